"""What ``inspect`` finds through the entry point: ``perturb/wrap``, ``perturb/noise``, ``perturb/asks``."""

from __future__ import annotations

import importlib
import runpy
from typing import Any

from inspect_ai import Task, task
from inspect_ai.scorer import CORRECT, INCORRECT, Metric, SampleScore, Score, Scorer, Target, accuracy, metric, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from perturb.core.errors import UsageError
from perturb.evaluate.asking import asked_for, asks
from perturb.integrations.host import fresh
from perturb.integrations.inspect_ai import _varied, with_perturbation


@task
def wrap(
    task: str, recipe: str = "hurried", n: int = 1, seed: int | None = None, keep_clean: bool = True, **task_args: Any
) -> Task:
    """Run another task over perturbed samples (``inspect eval perturb/wrap -T task=inspect_evals/gsm8k -T recipe=hurried``)."""
    found: Task = with_perturbation(_task(task)(**task_args), recipe, n, seed, keep_clean)
    return found


def _task(name: str) -> Any:
    """Find a task by FILE.py@NAME or PACKAGE/NAME."""
    file, at, inner = name.partition("@")
    try:
        if at:
            return runpy.run_path(file)[inner]
        package, _, inner = name.rpartition("/")
        try:
            return getattr(importlib.import_module(f"{package}._registry"), inner)
        except ModuleNotFoundError:
            return getattr(importlib.import_module(package), inner)
    except (KeyError, AttributeError, ImportError, OSError, ValueError) as e:
        raise UsageError(f"task {name!r} was not found ({e}); expected FILE.py@NAME or PACKAGE/NAME") from None


@solver
def noise(recipe: str = "hurried", seed: int | None = None, clean_first: bool = True) -> Solver:
    """Perturb what the user says at run time, anew in every epoch (``Task(…, setup=noise("typos"), epochs=3)``).

    As ``setup``, never as ``--solver``, which would take the place of the task's own. Epoch 1 stays clean with ``clean_first``.
    """
    drawn = fresh(seed)

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        number = state.epoch - 1 if clean_first else state.epoch
        about: dict[str, Any] = {"orig_id": str(state.sample_id), "variant": number, "expect": "same"}
        if number > 0:
            from inspect_ai.dataset import Sample

            sample = Sample(input=state.user_prompt.text, target=list(state.target), id=str(state.sample_id))
            found = _varied(sample, 1, recipe, number, drawn, False, {})
            if len(found) == number:
                state.user_prompt.text = str(found[-1].input)
                about = dict(found[-1].metadata or {})
        state.metadata.update(about)
        return state

    return solve


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
    """Score by what is expected: the answer where one can be given, a question for what is missing where not.

    ``answer`` scores answers (the task's own scorer; ``includes()`` by default). A right question names what is missing or asks in
    its words; abstaining and ``unsure`` samples are not scored as answers.
    """
    from inspect_ai.scorer import includes

    by_answer = answer or includes()

    async def score(state: TaskState, target: Target) -> Score | None:
        record = state.metadata.get("perturb", {})
        expect, said = state.metadata.get("expect", "same"), state.output.completion
        about = {"expect": expect, "asked": asks(said)}
        if expect == "clarify":
            right = asked_for(said, record.get("missing", []))
            return Score(value=CORRECT if right else INCORRECT, answer=said, metadata=about)
        found = await by_answer(state, target)
        if found is None:
            return None
        value = INCORRECT if about["asked"] else found.value
        return Score(value=value, answer=found.answer, explanation=found.explanation, metadata=about)

    return score


__all__ = ["asks_or_answers", "noise", "over_answer", "over_clarify", "wrap"]
