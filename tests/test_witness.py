"""The corpus as a witness, and the judge that is asked last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shell import jsonl, perturb, read_jsonl

from perturb import Perturber
from perturb.core.errors import DataError, StepFailed, UsageError
from perturb.core.registry import _transforms, transform
from perturb.core.rng import Rng
from perturb.core.text import Proposals, Text
from perturb.items.witness import Witness
from perturb.items.wording import normal
from perturb.prepare import lexis

FORMS = ("is my {0} {1}?", "its {1}, I mean the {0}", "the {0} {1} for days", "why is the {0} {1} now", "{1} {0}")
MESSAGES = [
    ("What are your exchange rates?", "exchange_rate"), ("How are exchange rates worked out?", "exchange_rate"),
    ("Are exchange rates fixed over the weekend?", "exchange_rate"), ("Where are the exchange rates?", "exchange_rate"),
    ("What about exchange rates on Sunday?", "exchange_rate"),
    ("Which exchange rates apply to euros and yen?", "currencies"), ("Do exchange rates differ for yen?", "currencies"),
    ("What exchange rates for euros?", "currencies"), ("exchange rates: which currencies?", "currencies"),
    ("I still havent got my new card", "card_arrival"), ("when does my new card arrive", "card_arrival"),
    ("My new card did not arrive", "card_arrival"), ("the new card should arrive by now", "card_arrival"),
    *((form.format(thing, "still pending"), label) for form in FORMS
      for thing, label in (("transfer", "pending_transfer"), ("top up", "pending_top_up"))),
    ("My pin is blocked at the machine", "pin_blocked"),
]  # fmt: skip
WITNESS = Witness(MESSAGES, lexis())


@pytest.mark.parametrize(
    ("text", "gold", "outcome", "labels"),
    [
        ("it's still pending", "pending_transfer", "any_of", ("pending_transfer", "pending_top_up")),
        ("Exchange rates", "exchange_rate", "any_of", ("exchange_rate", "currencies")),
        ("rates of exchange", "currencies", "any_of", ("currencies", "exchange_rate")),
        ("pending, still", "pending_top_up", "unsure", ()),
        ("my new card does not arrive", "card_arrival", "unsure", ()),
        ("new card arriving", "card_arrival", "same", ("card_arrival",)),
        ("pin blocked", "pin_blocked", "unsure", ()),
        ("the swimming pool", "card_arrival", "unsure", ()),
        ("is my", "pending_transfer", "unsure", ()),
        ("", "pending_transfer", "unsure", ()),
    ],
)
def test_what_a_corpus_says(text: str, gold: str, outcome: str, labels: tuple[str, ...]) -> None:
    said = WITNESS.says(text, gold)
    assert (said.expect, said.labels) == (outcome, labels), said.why


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("my cup rates", "any_of"),
        ("what are my cup rates", "unsure"),
        ("are cup rates", "any_of"),
    ],
)
def test_whoever_begins_to_ask_asks_what_so_begins(text: str, outcome: str) -> None:
    ways = ("are cup rates {}", "are the cup rates {} now", "cup rates {}", "the cup rates {}", "my cup rates {}")
    told = [(way.format(word), word) for way in ways for word in ("fixed", "shown")]
    told.append(("what are my cup rates fixed at", "fixed"))
    assert Witness(told, lexis()).says(text, "fixed").expect == outcome


def test_a_message_is_no_witness_for_itself() -> None:
    rest = [m for m in MESSAGES if "should arrive" not in m[0]]
    three = Witness(rest, lexis())
    assert three.says("new card arrive", "card_arrival").expect == "unsure"
    clean = "The new card should arrive by now!"
    assert WITNESS.says("new card arrive", "card_arrival", clean).expect == "unsure"
    assert WITNESS.says("new card arrive", "card_arrival", "another").expect == "same"


def test_the_order_of_the_corpus_does_not_matter() -> None:
    turned = Witness(reversed(MESSAGES), lexis())
    for text, gold in MESSAGES:
        short = " ".join(text.split()[:3])
        assert turned.says(short, gold) == WITNESS.says(short, gold)
    assert len(turned) == len(MESSAGES) and "pin_blocked" in turned and normal("Where's  MY card?") == "wheres my card"


def test_a_text_that_fits_too_many_labels_says_nothing() -> None:
    many = Witness([(f"please block it: case {i}", f"label{i}") for i in range(9)], lexis())
    assert many.says("please block it", "label0").expect == "unsure"


@pytest.fixture
def losing() -> Iterator[None]:
    @transform("testcut.to", times=1, reach="loss", role="cut")
    def to(text: Text, rng: Rng, *, keep: str = "still pending") -> Proposals:
        """Leave the words kept alone ("is it still pending?" -> "still pending")."""
        at = text.raw.find(keep)
        if at > 0:
            edits = [(0, at, "")]
            end = at + len(keep)
            yield edits + ([(end, len(text.raw), "")] if end < len(text.raw) else [])

    yield
    del _transforms["testcut.to"]


ITEM = {"text": "The payment that I made is still pending, is it?", "category": "pending_transfer"}
CALL = {"text": "Tell me: is the ferry to the old harbour still pending or not?"}


def cut(item: dict[str, Any], **options: Any) -> Any:
    return Perturber("testcut.to", seed=1, **options).one(item)


@pytest.mark.usefixtures("losing")
def test_the_witness_decides_what_rules_leave_open() -> None:
    alone, heard = cut(ITEM), cut(ITEM, witness=WITNESS)
    assert (alone.expect, alone.any_of, alone.record["any_of"]) == ("unsure", [], [])
    assert (heard.text, heard.expect) == ("still pending", "any_of")
    assert heard.any_of == heard.record["any_of"] == ["pending_transfer", "pending_top_up"]
    assert heard.missing == [] and heard.record["target_if_answered"] == ""


@pytest.mark.usefixtures("losing")
def test_the_judge_is_asked_only_what_is_left_open() -> None:
    seen: list[tuple[dict[str, Any], str]] = []

    def judge(item: dict[str, Any], text: str) -> str:
        seen.append((item, text))
        return "clarify"

    asked = cut(CALL, judge=judge, profile="chat" if "messages" in CALL else "auto")
    assert seen == [(CALL, "still pending")] and asked.expect == "clarify"
    assert all(m["ask"].endswith("?") and m["reply"] for m in asked.missing) and asked.missing
    seen.clear()
    assert cut(ITEM, witness=WITNESS, judge=judge).expect == "any_of" and seen == []
    assert Perturber("case.lower", seed=1, judge=judge).one(CALL).expect == "same" and seen == []
    assert cut(ITEM, judge=judge).expect == "unsure", "with closed labels nobody can be asked"


@pytest.mark.usefixtures("losing")
def test_what_a_judge_may_say() -> None:
    for said, outcome in (("same", "same"), ("abstain", "abstain"), (None, "unsure"), ("unsure", "unsure")):
        assert cut(CALL, judge=lambda item, text, said=said: said).expect == outcome
    both = cut(CALL, judge=lambda item, text: ("any_of", ["yes", "no"]))
    assert (both.expect, both.any_of) == ("any_of", ["yes", "no"])
    with pytest.raises(UsageError, match="the judge said 'maybe'; expected same, any_of"):
        cut(CALL, judge=lambda item, text: "maybe")
    with pytest.raises(UsageError, match="without answers"):
        cut(CALL, judge=lambda item, text: "any_of")
    with pytest.raises(StepFailed, match="the judge failed: ZeroDivisionError"):
        cut(CALL, judge=lambda item, text: str(1 // 0))


def test_the_command_reads_witnesses_and_replays_with_them(tmp_path: Path) -> None:
    rows = [
        {"text": text, "category": label} for text, label in [*MESSAGES, ("still pending top up", "pending_top_up")]
    ]
    waiting = {"text": "My transfer is still pending.", "category": "pending_transfer"}
    items, corpus = jsonl(tmp_path / "items.jsonl", [waiting]), jsonl(tmp_path / "train.jsonl", rows)
    done = perturb(
        "run",
        items,
        "-r",
        "refer.turn",
        "-n",
        "2",
        "--seed",
        "2",
        "--witness",
        corpus,
        "-o",
        tmp_path / "out.jsonl",
    )
    assert done.code == 0, done.err
    records = [row["perturb"] for row in read_jsonl(tmp_path / "out.jsonl")]
    assert any(r["expect"] == "any_of" and len(r["any_of"]) > 1 for r in records)
    assert perturb("verify", tmp_path / "out.jsonl").code == 0
    assert "any of: pending" in perturb("explain", tmp_path / "out.jsonl", "--limit", "30").out
    assert perturb("replay", tmp_path / "out.jsonl.manifest.json", "--check").code == 0
    corpus.write_text(corpus.read_text() + '{"text": "still pending", "category": "other"}\n')
    done = perturb("replay", tmp_path / "out.jsonl.manifest.json", "--check")
    assert done.code == 1 and "train.jsonl has changed" in done.err


def test_a_file_that_is_no_witness(tmp_path: Path) -> None:
    sums = jsonl(tmp_path / "sums.jsonl", [{"question": "What is 1 + 1?", "answer": "#### 2"}])
    with pytest.raises(DataError, match=r"sums.jsonl:1: items of profile gsm8k cannot be witnesses; expected messages"):
        Perturber("cut.tail", witness=sums)
    with pytest.raises(DataError, match="expected a JSON Lines file|no such file|not there"):
        Perturber("cut.tail", witness=tmp_path / "none.jsonl")


def said_of(two: dict[str, str], words: str) -> list[tuple[str, str]]:
    return [(form.format(thing, words), label) for form in FORMS for thing, label in two.items()]


def test_a_contracted_denial_is_the_same_denial() -> None:
    said = said_of({"card": "card", "parcel": "parcel"}, "has not arrived")
    for text in ("hasnt arrived", "hasn't arrived", "has not arrived"):
        assert Witness(said, lexis()).says(text, "card").labels == ("card", "parcel")
    said = said_of({"card": "card", "parcel": "parcel"}, "can't be traced")
    for text in ("cannot be traced", "cant be traced"):
        assert Witness(said, lexis()).says(text, "card").labels == ("card", "parcel")


def test_it_is_any_thing() -> None:
    said = [(f"{name} {form}", label) for name, label in (("It", "transfer"), ("my card payment", "payment"))
            for form in ("was declined", "was declined yesterday", "was declined again", "was declined, hello", "was declined there")]  # fmt: skip
    assert Witness(said, lexis()).says("it was declined", "transfer").labels == ("transfer", "payment")
    assert Witness(said, lexis()).says("it", "transfer").expect == "unsure"


TWO = said_of({"transfer": "pending_transfer", "top up": "pending_top_up"}, "still pending")


@pytest.mark.parametrize(
    ("more", "text", "why"),
    [
        ([(f"hello, the {w} for my flat in town is still pending", w) for w in ("refund", "fee")], "still pending", "labels that no message shows"),
        ([(f"it is pending for {i} days", "other") for i in range(9)], "still pending", "lean to other labels"),
        ([(f"{w}: transfer is pending", f"l{i}{j}") for i, w in enumerate("tax rent loan bill fee tip".split()) for j in (0, 1)],
         "still pending", "none of its words"),
        ([], "is it still pending or my", "it is one word"),
    ],
)  # fmt: skip
def test_a_list_that_may_lack_a_label_is_none(more: list[tuple[str, str]], text: str, why: str) -> None:
    said = Witness([*TWO, *more], lexis()).says(text, "pending_transfer")
    assert (said.expect, said.labels) == ("unsure", ()) and why in said.why
    assert Witness(TWO, lexis()).says("still pending", "pending_transfer").expect == "any_of"
    assert Witness(TWO[:4], lexis()).says("still pending", "pending_transfer").expect == "unsure"


def test_a_word_that_says_nothing_by_itself_narrows_nothing_down() -> None:
    """ "chase account" stands under few labels, since few messages name this bank: any other message on an account may be meant."""
    said = [(f"{ask} my {bank} account", ask) for ask in ("close", "freeze", "check", "open", "find", "share", "move")
            for bank in ("chase", "acme", "first", "home")]  # fmt: skip
    said += [
        (f"{w} the chase account", ask)
        for ask in ("close", "freeze")
        for w in ("now", "please", "hello", "quick", "today")
    ]
    found = Witness(said, lexis()).says("chase account", "close")
    assert (found.expect, found.labels) == ("unsure", ())


def test_a_question_that_names_nothing_says_nothing() -> None:
    said = [("Can you tell me why?", "failed"), ("It was declined. Can you tell me why?", "declined")]
    assert Witness(said, lexis()).says("can you tell me why", "failed").expect == "unsure"
