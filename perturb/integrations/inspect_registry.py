"""What ``inspect`` finds through the entry point: ``perturb/wrap``, ``perturb/noise``, ``perturb/asks_or_answers``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from inspect_ai import Task, task, task_with
from inspect_ai.dataset import Sample
from inspect_ai.solver import Generate, Solver, TaskState, solver

from perturb.core.errors import UsageError
from perturb.integrations.host import fresh
from perturb.integrations.inspect_ai import with_perturbation
from perturb.integrations.inspect_samples import Samples
from perturb.integrations.inspect_scorer import asks_or_answers, over_answer, over_clarify
from perturb.integrations.inspect_tasks import made, told
from perturb.recipe import load_recipe


@task
def wrap(
    task: str, recipe: str = "hurried", n: int = 1, seed: int | None = None, keep_clean: bool = True, questions: bool = False,
    per_epoch: bool = False, **task_args: Any,
) -> Task:  # fmt: skip
    """Run another task over perturbed samples (``inspect eval perturb/wrap -T task=inspect_evals/gsm8k -T recipe=hurried``).

    ``questions`` keeps what expects a question, too, and puts ``asks_or_answers`` around the task's scorer. ``per_epoch`` perturbs at
    run time instead, anew in every epoch (the first stays clean with ``keep_clean``); ``n`` is then the number of ``--epochs``.
    """
    with told():
        found = made(task, task_args)
        if questions and len(found.scorer or ()) > 1:
            raise UsageError(
                f"task {task!r} has {len(found.scorer)} scorers; questions=true needs one that scores answers"
            )
        if questions:
            found = task_with(found, scorer=asks_or_answers(*(found.scorer or ())))
        expect = "same,any_of,clarify" if questions else "same"
        wrapped: Task = (_at_run_time if per_epoch else with_perturbation)(
            found, recipe, n, seed, keep_clean, expect=expect
        )
        return wrapped


def _at_run_time(found: Task, recipe: str, n: int, seed: int | None, keep_clean: bool, expect: str) -> Task:
    """Give a task with our noise before its own setup."""
    seed, own = fresh(seed), found.setup or []
    setup = [noise(recipe, seed, keep_clean, expect), *(own if isinstance(own, Sequence) else [own])]
    metadata = {**(found.metadata or {}), "perturb": {"recipe": recipe, "n": 1, "seed": seed}}
    return task_with(found, setup=setup, name=f"{found.name}-perturbed", metadata=metadata)


@solver
def noise(recipe: str = "hurried", seed: int | None = None, clean_first: bool = True, expect: str = "same") -> Solver:
    """Perturb what the user says at run time, anew in every epoch (``Task(…, setup=noise("typos"), epochs=3)``).

    As ``setup``, never as ``--solver``, which would take the place of the task's own. Epoch 1 stays clean with ``clean_first``, and so
    does an epoch whose variant is none of ``expect``: its metadata say variant 0.
    """
    loaded, drawn = load_recipe(recipe), fresh(seed)
    Samples(loaded, 1, drawn, expect=expect)  # what cannot be meant is said before the first sample

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        number = state.epoch - 1 if clean_first else state.epoch
        name = str(state.sample_id)
        sample = Sample(input=state.user_prompt.text, target=list(state.target), id=name)
        made = Samples(loaded, max(number, 1), drawn, expect=expect).of(sample, name)
        found = next((s for s in made if (s.metadata or {})["variant"] == number), made[0])
        state.user_prompt.text = str(found.input)
        state.metadata.update(found.metadata or {})
        return state

    return solve


__all__ = ["asks_or_answers", "noise", "over_answer", "over_clarify", "wrap"]
