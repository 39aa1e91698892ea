"""Speech: fillers at onsets, small words twice, false starts, words put right in front of what stays."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from perturb import Perturber, Profile
from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.items.profile_files import load_profile
from perturb.language.lexicon import rows
from perturb.language.protect import protected

Variants = Callable[..., "set[str]"]
CUES = {row[0] for row in rows("disfluency", "cues")}
TEXTS = [
    "What is the tallest tower in Paris?",
    "Natalia sold 48 clips on Monday. How many clips did she sell?",
    "I ordered a card on Monday but it has not arrived yet.",
    "Write a letter to your landlord about the kitchen, and ask for 20 dollars.",
    "which of these is not a reason to buy a house",
]


def said(name: str, raw: str, n: int = 150, **params: object) -> set[str]:
    """Collect what one use of a transform makes of a text that is masked by rule."""
    text, transform = protected(raw), get(name)
    rate = None if transform.rate is None else 1.5 / max(1, len(text.words))
    return {apply(raw, engine.run(text, transform, params, Rng(s), rate=rate, times=1)) for s in range(n)} - {raw}


@pytest.mark.parametrize("name", ["filler", "repeat", "restart", "repair"])
@pytest.mark.parametrize("raw", TEXTS)
def test_words_are_put_in_and_none_goes(name: str, raw: str) -> None:
    params = {"values": True} if name == "repair" else {}
    for made in said(f"disfluency.{name}", raw, **params):
        words = iter(made.lower().split())
        assert all(w in words for w in raw.lower().split()), made
        assert made.endswith(raw.split()[-1]) and len(made) > len(raw)


def test_fillers_stand_at_onsets() -> None:
    made = said("disfluency.filler", "We paid for it, but the museum was closed.")
    assert {"Um we paid for it, but the museum was closed.", "We paid for it, but uh the museum was closed."} <= made
    assert any(re.search(r"the (uh|um|er) museum", m) for m in made)
    assert not any("like 30" in m for m in said("disfluency.filler", "He came, but 30 people left.", 600))


def test_small_words_are_said_twice() -> None:
    made = said("disfluency.repeat", "How many are in the box?", 300)
    assert "How many are in the the box?" in made and "How many how many are in the box?" in made
    assert not any("not not" in m or "no no" in m for m in said("disfluency.repeat", "I do not have no money at home."))


def test_a_beginning_is_dropped_and_said_again() -> None:
    made = said("disfluency.restart", TEXTS[0])
    assert "What is the uh what is the tallest tower in Paris?" in made
    assert "What is what is the tallest tower in Paris?" in made
    assert "um Write" not in " ".join(said("disfluency.restart", TEXTS[3]))


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        ("They met on Monday evening.", r"They met on [A-Z]\w+day .+ (on )?Monday evening\."),
        ("She flew to Paris by train.", r"She flew to [A-Z]\w+ .+ (to )?Paris by train\."),
        ("He bought an apple and left.", r"He bought an? \w+ .+ an apple and left\."),
        ("Where did the Normans land?", r"(Wh\w+|How|What) .*where did the Normans land\?"),
    ],
)
def test_words_are_put_right(raw: str, form: str) -> None:
    made = said("disfluency.repair", raw)
    fits = [m for m in made if re.fullmatch(form, m)]
    assert fits
    for m in fits:
        assert any(f" {cue} " in f" {m.lower()} " for cue in CUES), m


def test_articles_agree_with_what_is_said_wrong() -> None:
    for m in said("disfluency.repair", "He bought an apple and left.", 600):
        assert not re.search(r"\ban [bcdfgjklmnpqrstvwxz]", m) and not re.search(r"\ba [aeio]", m), m


def test_numbers_are_put_right_only_where_asked() -> None:
    raw = "The shop sold 20 lamps and seven kettles."
    assert all(re.findall(r"\d+", m) == ["20"] for m in said("disfluency.repair", raw, 300))
    made = said("disfluency.repair", raw, 300, values=True)
    assert any(re.search(r"sold \d0 .+ 20 lamps", m) for m in made)
    assert any(re.search(r"and \w+ .+ seven kettles", m) for m in made)
    assert not any(re.search(r"\bno 20 lamps|\bno seven", m) for m in made)  # would deny them
    assert not any(
        re.search(r"(two|three) .+ two thirds", m)
        for m in said("disfluency.repair", "About two thirds left.", values=True)
    )


def test_what_is_said_wrong_is_never_an_answer() -> None:
    item = {"question": "Which fruit did Ann eat on Monday after she gave the apple away?",
            "choices": ["pear", "orange", "plum", "the banana, on Tuesday"], "answer": 1}  # fmt: skip
    wrong = set()
    for v in Perturber("disfluency.repair", 200, 1, load_profile("mmlu"))([item | {"subject": "food"}]):
        assert v.expect == "same"
        wrong |= {w for e in v.edits for w in re.findall(r"\w+", e.new.lower())}
    assert not {"pear", "orange", "plum", "banana", "tuesday"} & wrong
    assert {"peach", "friday"} & wrong


@pytest.mark.parametrize("raw", ["Statement 1 | A ring. Statement 2 | A field.", "x = 3", "", "The ____ is red."])
@pytest.mark.parametrize("name", ["filler", "repeat", "restart", "repair"])
def test_what_nobody_says_is_left(raw: str, name: str) -> None:
    assert said(f"disfluency.{name}", raw) == set()


def test_small_letters_stay_small() -> None:
    for name in ("filler", "repeat", "restart", "repair"):
        assert all(m == m.lower() for m in said(f"disfluency.{name}", TEXTS[4]))


def test_what_is_meant_is_mistaken_more_often_than_a_preposition() -> None:
    text, repair = (
        protected("A horse of the farm in Paris went to the river by the road on Monday."),
        get("disfluency.repair"),
    )
    made = [engine.run(text, repair, {}, Rng(s), rate=None, times=1)[0] for s in range(300)]
    words = [new.split() for _, _, new in made]
    hanging = sum(w[0] in "at by for from in near of on to under with about".split() and len(w) < 4 for w in words)
    assert 0 < hanging < 0.15 * len(made)


def test_no_question_is_begun_for_a_remark_of_ones_own() -> None:
    made = said("disfluency.repair", "I do not have my pin and my card is gone.", 300)
    assert made and not any(m.startswith(("Is it", "How", "What", "When")) for m in made)


PASSAGE = "The bridge was built by Anna Holm and her brother. It crosses the river beside the old temple near Oslo, where Holm lived."
QUESTION = {
    "question": "What city did Edward Lindt design the harbor for?",
    "context": PASSAGE,
    "answers": {"text": ["Bergen"]},
}


def repaired(item: dict[str, object], seeds: int = 150) -> set[str]:
    profile = Profile("reading", ("question",), target="answers.text", context="context", task="qa")
    return {v.text for s in range(seeds) for v in Perturber("disfluency.repair", 1, s, profile=profile)([item])}


def test_what_is_said_wrong_comes_from_the_passage() -> None:
    said = " ".join(repaired(QUESTION))
    assert "What river" in said and "What temple" in said  # things that the passage speaks of
    assert "Anna Holm" in said and "Bergen" not in said
    without = " ".join(repaired({**QUESTION, "context": ""}))
    assert "Holm" not in without and "What temple" not in without and "What country" in without


def test_no_name_holds_the_answer() -> None:
    said = " ".join(repaired({**QUESTION, "answers": {"text": ["Holm"]}}))
    assert "Holm" not in said


def test_another_thing_of_its_kind_is_asked_for() -> None:
    found = repaired(
        {"question": "Who founded the oldest school of the valley?", "context": "", "answers": {"text": ["Ida"]}}
    )
    assert any(
        re.match(r"Who (?:led|built|owned|taught|named|started|opened)\b.* who founded the oldest", t) for t in found
    )


@pytest.mark.parametrize("raw", ["the rate of rates is high for rates", "i was late and i want it back"])
def test_nothing_reads_as_if_it_went_on(raw: str) -> None:
    for text in repaired({"question": raw, "context": "", "answers": {"text": []}}):
        assert not re.search(r"\bI\b|\b(?:was|is|are) sorry", text)


def test_in_talk_words_are_put_right_and_hardly_ever_the_question_word() -> None:
    made = said("disfluency.repair", "How do I block my card before it gets lost?", 300, talk=True)
    assert any("I cancel" in m or "I close" in m for m in made) and any("my account" in m for m in made)
    raw, step = protected("How do I block my card?"), get("disfluency.repair")
    drawn = [engine.run(raw, step, {"talk": True}, Rng(s), rate=None, times=1)[0] for s in range(300)]
    assert 0 < sum(start == 0 for start, _, _ in drawn) < 30
    wholes = [new for start, _, new in drawn if start == 0]
    assert not any(re.search(r"(that|rather) \w$", new) for new in wholes)  # "when do I make that how do I"


def test_what_is_said_wrong_could_stand_there() -> None:
    assert not any("yesterday" in m or "tomorrow" in m for m in said("disfluency.repair", "It is very hot today.", 200))
    assert any(
        "tomorrow" in m or "today" in m for m in said("disfluency.repair", "We will leave from Oslo tomorrow.", 200)
    )
    for m in said("disfluency.repair", "The shop lends boats on Monday and sells a special.", 300, talk=True):
        assert not re.search(r"\b(?:at|in) Monday|of them no of", m), m
    made = said(
        "disfluency.repair", "I want to lend a book of the museum and pay per hour at the special.", 300, talk=True
    )
    assert not any("per special" in m for m in made) and any("borrow" in m for m in made)


def test_no_filler_puts_right_what_was_said() -> None:
    made = said("disfluency.filler", "Is this card real or fake, and may I have a transaction?", 600)
    assert not any(re.search(r"or (?:I mean|like|you know) fake|\ba like\b", m) for m in made)
    assert any(re.search(r"or (?:uh|um|er) fake", m) for m in made)
