"""Answering, asking, objecting: the cells of a reply, and who comes out ahead of whom on scripted replies."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from perturb import Perturber
from perturb.evaluate.three_way import CELLS, Rates, cell, objects, rates
from perturb.items.codec import loads
from perturb.items.gold import answer_text

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
EGGS = [{"text": "16", "kind": "number", "ask": "How many eggs?", "reply": "16 eggs."}]


@pytest.mark.parametrize(
    ("reply", "record", "told"),
    [
        ("She has 18 eggs.", {"expect": "same"}, "right"),
        ("She has 180 eggs.", {"expect": "same"}, "wrong"),
        ("How many eggs does she have?", {"expect": "same"}, "asked_needlessly"),
        ("How many eggs does she have?", {"expect": "clarify", "missing": EGGS}, "asked"),
        ("What colour is her hat?", {"expect": "clarify", "missing": EGGS}, "asked_beside"),
        ("18", {"expect": "clarify", "missing": EGGS}, "answered_needlessly"),
        ("card_arrival", {"expect": "any_of", "any_of": ["card_lost", "card_arrival"]}, "right"),
        ("atm_support", {"expect": "any_of", "any_of": ["card_lost", "card_arrival"]}, "wrong"),
        ("Is it lost, or has it not arrived?", {"expect": "any_of", "any_of": ["card_lost", "card_arrival"]}, "asked"),
        ("The pancreas does; the stomach does not actually secrete insulin.", {"expect": "abstain"}, "objected"),
        ("To keep the sugar down.", {"expect": "abstain"}, "answered_needlessly"),
        ("18", {"expect": "unsure"}, "unscored"),
    ],
)
def test_a_reply_falls_into_one_cell(reply, record, told):
    assert cell(reply, record, ["18"]) == told and told in CELLS


def test_rates_count_the_failures_apart():
    assert rates(["right", "asked_needlessly"]) == Rates(0.25, 0.5, 0.0, 0.5, 2)
    assert rates(["asked", "answered_needlessly"]) == Rates(0.0, 0.5, 0.5, 0.0, 2)
    assert rates(["unscored"]).scored == 0
    assert objects("The two prices contradict each other.") and not objects("It costs $5.")


def scripted():
    """Make variants of the sample sums with every expectation that they can have: (record, gold)."""
    items = [loads(line) for line in (SAMPLES / "math.jsonl").read_text("utf-8").splitlines() if line]
    recipes = ["hurried", "vague.number", "cut.constraint", "attach.instead", "contradict.amount", "truncated"]
    return [(v.record, answer_text(v.source, v.profile)) for v in Perturber(recipes, n=3, seed=5)(items) if v.changed]


def oracle(record, gold):
    if record["expect"] == "clarify":
        return record["missing"][0]["ask"]
    return "These two statements contradict each other." if record["expect"] == "abstain" else f"It is {gold}."


def answers(record, gold):
    return f"It is {gold}."


def asks_always(record, gold):
    return "Could you tell me more about what you need?"


def test_always_answering_always_asking_a_coin_and_an_oracle_rank_as_they_should():
    variants, rng = scripted(), Random(3)

    def coin(record, gold):
        return (answers if rng.random() < 0.5 else asks_always)(record, gold)

    found = {}
    for system in (oracle, answers, coin, asks_always):
        found[system.__name__] = rates(cell(system(r, gold), r, [gold]) for r, gold in variants)
        print(system.__name__, *(f"{v:.3f}" for v in found[system.__name__]))
    assert {"same", "clarify", "abstain"} <= {r["expect"] for r, _ in variants}
    assert found["oracle"][:4] == (1.0, 1.0, 0.0, 0.0)
    assert found["answers"].over_answer == 1.0 and found["answers"].over_clarify == 0.0
    assert found["asks_always"].over_clarify == 1.0 and found["asks_always"].over_answer == 0.0
    worth = [found[name].utility for name in ("oracle", "answers", "coin", "asks_always")]
    assert worth == sorted(worth, reverse=True) and len(set(worth)) == 4
    assert 0 < found["coin"].over_answer < 1 and 0 < found["coin"].over_clarify < 1
