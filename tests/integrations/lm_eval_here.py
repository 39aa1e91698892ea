"""The real harness: stock tasks wrapped over local data, and models that remember what they were sent."""

from __future__ import annotations

from functools import cache
from unittest import mock

from lm_eval import simple_evaluate
from lm_eval.api.model import LM
from lm_eval.models.dummy import DummyLM
from lm_eval.tasks import TaskManager
from shell import ITEMS, jsonl

from perturb.integrations.lm_eval_wrap import wrap

SHOTS = [
    {"question": f"Pia has {n} pens and buys 2 more. How many pens has Pia?", "answer": f"#### {n + 2}"}
    for n in range(9)
]


class Dummy(DummyLM):
    """lm-eval's dummy model, remembering."""

    def __init__(self):
        super().__init__()
        self.sent = []

    def generate_until(self, requests, disable_tqdm=False):
        self.sent += [r.args[0] for r in requests]
        return super().generate_until(requests, disable_tqdm)

    def loglikelihood(self, requests, disable_tqdm=False):
        self.sent += [r.args[0] for r in requests]
        return super().loglikelihood(requests, disable_tqdm)


class Scripted(LM):
    """Answers with what a function makes of the prompt (and of the choice, where there are choices)."""

    def __init__(self, answer):
        super().__init__()
        self.answer = answer

    def generate_until(self, requests, disable_tqdm=False):
        return [self.answer(r.args[0]) for r in requests]

    def loglikelihood(self, requests, disable_tqdm=False):
        return [(self.answer(*r.args), False) for r in requests]

    def loglikelihood_rolling(self, requests, disable_tqdm=False):
        raise NotImplementedError


@cache
def stock():
    """List lm-eval's own tasks, which takes seconds, once."""
    return TaskManager()


def tasks_of(include_path=None):
    """List a folder's tasks alone, or lm-eval's."""
    return TaskManager(include_path=include_path, include_defaults=False) if include_path else stock()


def wrapped(folder, task, recipe="hurried", include="", **options):
    """Wrap a task as ``perturb wrap lm-eval`` does; the folder with the files."""
    with mock.patch("lm_eval.tasks.TaskManager", tasks_of):
        wrap(task, folder / "tasks", recipe, include=include, **options)
    return folder / "tasks"


def sums(folder, recipe="hurried", items=ITEMS, **options):
    """Wrap gsm8k over local items."""
    test, train = jsonl(folder / "test.jsonl", items), jsonl(folder / "train.jsonl", SHOTS)
    return wrapped(folder, "gsm8k", recipe, data={"test": str(test), "train": str(train)}, **options)


def run(folder, task, model, seed=None, **options):
    """Evaluate a wrapped task; lm-eval's results."""
    manager = TaskManager(
        include_path=str(folder), include_defaults=False, metadata={} if seed is None else {"seed": seed}
    )
    return simple_evaluate(
        model=model, tasks=[task], task_manager=manager, log_samples=True, bootstrap_iters=0, **options
    )


def sent(folder, task="gsm8k_perturbed", seed=None, **options):
    """Evaluate the dummy model; the prompts that it was sent, and the samples that lm-eval logged, one for each document."""
    model = Dummy()
    samples = run(folder, task, model, seed, **options)["samples"][task]
    return model.sent, [s for s in samples if s["filter"] == samples[0]["filter"]]
