"""Messages sent in two goes."""

from __future__ import annotations

from typing import Any

import pytest

from perturb.core.clauses import clause_gaps, sentence_gaps
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, Text
from perturb.items.detect import detect
from perturb.items.moves.turns import merge, reorder, split
from perturb.items.view import ItemView
from perturb.transforms.split import lines

SYSTEM = {"role": "system", "content": "Be brief. Be kind."}


def user(text: str, **more: str) -> dict[str, Any]:
    return {"role": "user", "content": text, **more}


def after(item: dict[str, Any], seed: int = 1) -> dict[str, Any]:
    view = ItemView(item, detect(item), "turns.split")
    split(view, Rng(seed, "item"))
    return view.item


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hi there. Where is my card?", ["Hi there.", "Where is my card?"]),
        ("my card is lost and i need a new one", ["my card is lost", "and i need a new one"]),
        ("It never came, so can you send another?", ["It never came", "so can you send another?"]),
    ],
)
def test_a_message_becomes_two(text: str, parts: list[str]) -> None:
    item = {"messages": [SYSTEM, user(text, name="ann")], "id": "m1"}
    assert after(item) == {"messages": [SYSTEM, *(user(p, name="ann") for p in parts)], "id": "m1"}


def test_the_message_of_a_nested_chat() -> None:
    item = {"id": "b", "question": [[SYSTEM, user("Book a table. It is for two.")]], "function": []}
    assert after(item)["question"] == [[SYSTEM, user("Book a table."), user("It is for two.")]]


@pytest.mark.parametrize(
    "text",
    [
        "Where is my card?",
        "Hi. Where is my card?",  # one word alone
        "salt and pepper or oil and vinegar",
        'Translate "He came. He saw it." now',
        "Take these:\n1. one thing. more\n2. two things",
        "Compute (it is. or so they say) now",
        "",
    ],
)
def test_what_is_not_parted(text: str) -> None:
    item = {"messages": [user(text)]}
    assert after(item) is item


@pytest.mark.parametrize(
    "item",
    [
        {"question_id": 1, "turns": ["Write it down. Keep it short.", "Now again. Longer please."]},
        {"question": "It is late. Where is it?", "answer": "here"},
        {"input": "It is late. Where is it?", "ideal": "here"},
        {"messages": [SYSTEM, {"role": "assistant", "content": "It is late. It is here."}]},
        {"messages": [user("x"), {"role": "user", "content": [{"type": "text", "text": "It is late. Where is it?"}]}]},
    ],
)
def test_only_messages_of_a_user_are_parted(item: dict[str, Any]) -> None:
    assert after(item) is item


def test_gaps() -> None:
    assert sentence_gaps(Text("It is late. Where is it? (Not. here I think.)")) == [(11, 12), (24, 25)]
    assert clause_gaps(Text("it broke, and i need bread and butter")) == [(8, 9 + 1)]


def test_a_new_line_where_a_clause_ends() -> None:
    text = Text("Hi there. I lost it, and i need it")
    assert list(lines(text, Rng(1))) == [(9, 10, "\n"), (19, 21, "\n")]
    mask = bytearray(len(text.raw))
    mask[5:12] = bytes([LOCKED]) * 7
    assert list(lines(Text(text.raw, bytes(mask)), Rng(1))) == [(19, 21, "\n")]
    assert list(lines(Text("a list. of things\n- one thing. and more"), Rng(1))) == []


@pytest.mark.parametrize(
    ("raw", "parted"),
    [
        ("If it is marked $5 now, how much is it?", set()),  # not behind a "$" that may open a formula
        ("If it is on sale now, how much is it?", {"If it is on sale now⏎how much is it?"}),
        ("I was charged twice when I paid it.", {"I was charged twice⏎when I paid it."}),
        ("Do this: 1. Begin it. 2. End it.", {"Do this: 1. Begin it.⏎2. End it."}),
        ("Where is my card?", set()),
    ],
)
def test_lines(raw: str, parted: set[str]) -> None:
    made = set()
    for seed in range(20):
        for start, end, new in list(lines(Text(raw), Rng(seed)))[:1]:
            made.add((raw[:start] + new + raw[end:]).replace("\n", "⏎"))
    assert made == parted


def moved(move: Any, messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    item = {"messages": messages}
    view = ItemView(item, detect(item), "turns.x")
    move(view, Rng(1, "item"))
    return view.item["messages"]


REPLY = {"role": "assistant", "content": "Hello."}


def test_two_messages_become_one() -> None:
    assert moved(merge, [SYSTEM, user("Hi there."), user("Where is my card?")]) == [
        SYSTEM,
        user("Hi there. Where is my card?"),
    ]
    assert moved(merge, [user("i lost my card"), user("help")]) == [user("i lost my card\nhelp")]
    apart = [user("Hi there."), REPLY, user("Where is my card?")]
    assert moved(merge, apart) == apart


@pytest.mark.parametrize(
    ("one", "two", "changed"),
    [
        ("I lost my card.", "What should I do now?", True),
        ("I lost my card.", "Can I block it?", False),  # points back
        ("Is my card lost?", "What should I do now?", False),
        ("I lost my card.", "Help me.", False),
    ],
)
def test_the_question_first(one: str, two: str, changed: bool) -> None:
    messages = [user(one), user(two)]
    assert moved(reorder, messages) == (messages[::-1] if changed else messages)
