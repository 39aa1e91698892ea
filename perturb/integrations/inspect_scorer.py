"""Inspect AI: a scorer that goes by what is expected, a question where what the answer needs is missing."""

from __future__ import annotations

from typing import Any

from inspect_ai.scorer import (
    CORRECT,
    INCORRECT,
    Metric,
    SampleScore,
    Score,
    Scorer,
    Target,
    accuracy,
    includes,
    metric,
    scorer,
)
from inspect_ai.solver import TaskState

from perturb.evaluate.asking import asked_for, asks


@metric
def over_answer() -> Metric:
    """Share of the samples that needed a question and were answered."""

    def rate(scores: list[SampleScore]) -> float:
        return _share(scores, lambda m: m["expect"] == "clarify", lambda m: not m["asked"])

    return rate


@metric
def over_clarify() -> Metric:
    """Share of the samples that could be answered and met with a question."""

    def rate(scores: list[SampleScore]) -> float:
        return _share(scores, lambda m: m["expect"] in ("same", "any_of"), lambda m: m["asked"])

    return rate


def _share(scores: list[SampleScore], among: Any, wrong: Any) -> float:
    told = [s.score.metadata for s in scores if s.score.metadata and among(s.score.metadata)]
    return sum(map(wrong, told)) / len(told) if told else 0.0


@scorer(metrics=[accuracy(), over_answer(), over_clarify()])
def asks_or_answers(answer: Scorer | None = None) -> Scorer:
    """Score by what is expected: the answer where one can be given (any of several under ``any_of``), a question where not.

    ``answer`` scores answers (the task's own scorer; ``includes()`` by default). A right question names what is missing or asks in
    its words. ``abstain`` and ``unsure`` samples get no score: no answer is known to be right there.
    """
    by_answer = answer or includes()

    async def score(state: TaskState, target: Target) -> Score | None:
        record = state.metadata.get("perturb", {})
        expect, said = state.metadata.get("expect", "same"), state.output.completion
        about = {"expect": expect, "asked": asks(said)}
        if expect in ("abstain", "unsure"):
            return None
        if expect == "clarify":
            right = asked_for(said, record.get("missing", []))
            return Score(value=CORRECT if right else INCORRECT, answer=said, metadata=about)
        found = await by_answer(state, Target(record["any_of"]) if expect == "any_of" else target)
        if found is None:
            return None
        value = INCORRECT if about["asked"] else found.value
        return Score(value=value, answer=found.answer, explanation=found.explanation, metadata=about)

    return score
