"""What has no bearing stands beside the problem and leaves it as it is."""

from __future__ import annotations

import pytest

from perturb.core import engine
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.language.protect import protected

PROBLEM = "Maria baked 12 cakes and sold 5 of them. How many cakes are left?"
MAIL = "My card has not arrived. When will the bank send a new one?"

PAST = ("was", "had", "were", "smelled", "followed", "kept", "hummed", "waved")


def written(name: str, raw: str, seed: int = 1, **params: object) -> str:
    text = protected(raw)
    return text.spliced(engine.run(text, get(name), dict(params), Rng(seed), rate=None, times=1)).raw


@pytest.mark.parametrize("raw", [PROBLEM, MAIL])
def test_a_sentence_comes_before_the_question(raw: str) -> None:
    first, question = raw.split(". ")
    for seed in range(20):
        new = written("distract.sentence", raw, seed)
        assert new.startswith(f"{first}. ") and new.endswith(f" {question}") and new != raw
        assert not any(c.isdigit() for c in new.removeprefix(first).removesuffix(question))


def test_numbers_come_only_where_they_are_asked_for() -> None:
    assert any(c.isdigit() for c in written("distract.sentence", MAIL, numbers=True).removesuffix("?"))


@pytest.mark.parametrize(
    "raw",
    [
        "Bacteria use iron to guide their movement. What triggers it?",
        "Which of these is a mammal? It is warm.",
        "Cells divide. What is this called?",
        "What is 2 + 2?",
        "",
    ],
)
def test_an_exam_gets_none(raw: str) -> None:
    assert written("distract.sentence", raw) == raw


def test_who_flies_has_no_car() -> None:
    raw = "Jo's plane travels 1200 miles in 3 hours. How far does she travel in 4 hours?"
    assert not any(
        w in written("distract.sentence", raw, seed) for seed in range(60) for w in (" car ", "traffic", "road")
    )


def test_mail_programs_add_their_lines_below() -> None:
    assert written("distract.signature", MAIL).startswith(MAIL + "\n\n")
    assert written("distract.thread", MAIL).startswith(MAIL + "\n\n> ")
    assert written("distract.signature", "What is the capital of France?") == "What is the capital of France?"


@pytest.mark.parametrize(
    ("raw", "past"),
    [
        ("Ann sold 12 pens and 5 caps. How many did she sell?", True),
        ("Ann has 12 pens and 5 caps. How many has she?", False),
    ],
)
def test_a_remark_has_the_tense_of_its_story(raw: str, past: bool) -> None:
    head, tail = raw.split(". ")
    for seed in range(40):
        said = written("distract.sentence", raw, seed).removeprefix(head + ". ").removesuffix(tail)
        assert said.strip() and past == any(w in said.split() for w in PAST), said


@pytest.mark.parametrize(
    "raw",
    [
        "My card was declined today. Why has this happened?",  # "this" would be the remark
        "A nurse weighs 3 boys and 4 girls. Which of the following is true of her?",
        "The current is I = 4 A, and type I cells have 3 of them. It is warm.",
        "Act as a clerk. I will give you 2 names. Sort them.",
        "An alien of 30 years and her 2 sons are told to leave. Will the court agree?",
    ],
)
def test_no_remark_where_it_would_be_taken_up_or_nobody_writes(raw: str) -> None:
    assert all(written("distract.sentence", raw, seed) == raw for seed in range(20))


def test_a_topic_is_no_name_and_no_running() -> None:
    run = "Sam Miles ran 3 laps and then 4 laps more. How many laps did he run?"
    assert not any(w in written("distract.sentence", run, seed) for seed in range(60) for w in ("road", "traffic"))


def test_one_sentence_gets_a_remark_before_it() -> None:
    for raw in ("How do I top up my card?", "I lost my card"):
        for seed in range(30):
            new = written("distract.opening", raw, seed)
            assert new.endswith(f" {raw}") and not any(c.isdigit() for c in new)
    said = {written("distract.opening", "I lost my card", seed) for seed in range(60)}
    assert len(said) > 10 and not any(" ask" in s and "wrong place" not in s for s in said), "nothing is asked there"
    small = written("distract.opening", "how do i top up my card", 3)
    assert small == small.lower()


@pytest.mark.parametrize(
    "raw", ["What is the capital of Peru?", "set a timer for my eggs", "Hi, where is my card?", "Act as a clerk and help me."]
)  # fmt: skip
def test_no_remark_before_an_exam_a_machine_or_a_greeting(raw: str) -> None:
    assert all(written("distract.opening", raw, seed) == raw for seed in range(20))


def test_a_story_s_remark_is_of_its_one_person() -> None:
    raw = "Ann sold 12 lamps and 5 caps and kept her hat. How many things did she sell?"
    said = {written("distract.sentence", raw, seed) for seed in range(90)}
    assert any(" She " in s for s in said) and not any(" He " in s or " His " in s for s in said)
    two = "Ann sold 12 lamps to her uncle and he sold 5. How many lamps did she sell?"
    assert not any("neighbor waved" in written("distract.sentence", two, seed) for seed in range(90))


def test_no_weather_where_nothing_happens() -> None:
    raw = "The ages of Ann, Bo and Cy add up to 90. Bo is 30 and Cy is 20. How old is Ann?"
    assert all(written("distract.sentence", raw, seed) == raw for seed in range(40))


def test_a_mail_s_lines_are_no_name_of_the_item_and_below_no_small_letters() -> None:
    assert not any(
        "Best wishes" in written("distract.signature", "My card, says Ruth, is lost.", seed) for seed in range(80)
    )
    assert written("distract.signature", "where is my card") == "where is my card"
