"""The real harness over wrapped stock tasks and local data: fresh prompts, one seed the same, few-shots clean, no stale caches."""

from __future__ import annotations

import json
import re

import pytest
from shell import ITEMS, jsonl, perturb

pytest.importorskip("lm_eval")
from lm_eval import simple_evaluate
from lm_eval.api.model import LM
from lm_eval.tasks import TaskManager

SHOTS = [
    {"question": f"Pia has {n} pens and buys 2 more. How many pens has Pia?", "answer": f"#### {n + 2}"}
    for n in range(9)
]


class Scripted(LM):
    """Answers with what a function makes of the prompt, and remembers what it was sent."""

    def __init__(self, answer):
        super().__init__()
        self.answer, self.sent = answer, []

    def generate_until(self, requests, disable_tqdm=False):
        self.sent += [r.args[0] for r in requests]
        return [self.answer(r.args[0]) for r in requests]

    def loglikelihood(self, requests, disable_tqdm=False):
        self.sent += [r.args[0] for r in requests]
        return [(self.answer(*r.args), False) for r in requests]

    def loglikelihood_rolling(self, requests, disable_tqdm=False):
        raise NotImplementedError


@pytest.fixture(name="wrapped")
def _wrapped(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    test, train = jsonl(tmp_path / "test.jsonl", ITEMS), jsonl(tmp_path / "train.jsonl", SHOTS)
    done = perturb("wrap", "lm-eval", "gsm8k", "-r", "hurried", "-n", "2", "--data", f"test={test}", "--data", f"train={train}",
                   "-o", tmp_path / "tasks")  # fmt: skip
    assert done.code == 0, done.err
    return tmp_path / "tasks"


def run(folder, tasks, model, seed=None, **options):
    manager = TaskManager(include_path=str(folder), metadata={} if seed is None else {"seed": seed})
    return simple_evaluate(
        model=model, tasks=tasks, task_manager=manager, log_samples=True, bootstrap_iters=0, **options
    )


def sent(folder, seed=None, **options):
    model = Scripted(lambda prompt: " #### 1")
    found = run(folder, ["gsm8k_perturbed"], model, seed, **options)
    return model.sent, found["samples"]["gsm8k_perturbed"]


@pytest.mark.filterwarnings("ignore")
def test_runs_differ_a_seed_repeats_and_the_log_is_what_was_sent(wrapped):
    one, samples = sent(wrapped, 7)
    again, _ = sent(wrapped, 7)
    other, _ = sent(wrapped)
    fresh, _ = sent(wrapped)
    assert one == again and len({tuple(one), tuple(other), tuple(fresh)}) == 3
    assert len(one) == 2 * len(ITEMS)
    for prompt, doc in zip(one, [s["doc"] for s in samples if s["filter"] == "strict-match"]):
        assert prompt.endswith(f"Question: {doc['question']}\nAnswer:") and doc["perturb"]["expect"] == "same"
        shots = re.findall(r"Question: (.*)\nAnswer: ####", prompt)
        assert len(shots) == 5 and {s["question"] for s in SHOTS}.issuperset(shots)


@pytest.mark.filterwarnings("ignore")
def test_cached_requests_are_never_another_seeds(wrapped, tmp_path, monkeypatch):
    monkeypatch.setattr("lm_eval.caching.cache.PATH", str(tmp_path / "cache"))
    monkeypatch.setattr("lm_eval.caching.cache.OVERRIDE_PATH", str(tmp_path / "cache"), raising=False)
    first, _ = sent(wrapped, 1, cache_requests=True)
    second, _ = sent(wrapped, 2, cache_requests=True)
    again, samples = sent(wrapped, 1, cache_requests=True)
    assert first == again != second
    assert all(p.endswith(f"Question: {s['doc']['question']}\nAnswer:") for p, s in zip(again, samples[: len(again)]))


@pytest.mark.filterwarnings("ignore")
def test_clean_and_perturbed_run_in_one_group_and_pair_by_id(wrapped):
    golds = {item["question"]: item["answer"].split("####")[1].strip() for item in ITEMS}

    def knows_clean(prompt):
        return f" #### {golds.get(prompt.rsplit('Question: ', 1)[1].removesuffix(chr(10) + 'Answer:'), 'no')}"

    found = run(wrapped, ["gsm8k_perturb"], Scripted(knows_clean), 3)
    samples = {name: [s for s in rows if s["filter"] == "strict-match"] for name, rows in found["samples"].items()}
    assert [s["exact_match"] for s in samples["gsm8k_clean"]] == [1] * len(ITEMS)
    assert sum(s["exact_match"] for s in samples["gsm8k_perturbed"]) < len(ITEMS)
    ids = [s["doc"]["perturb"]["of"] for s in samples["gsm8k_clean"]]
    assert sorted(set(ids)) == sorted({s["doc"]["perturb"]["of"] for s in samples["gsm8k_perturbed"]})


@pytest.mark.filterwarnings("ignore")
def test_a_task_that_shuffles_its_choices_keeps_its_oracle(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    rows = [{"Question": f"Which of the {n} stones is going to be the heaviest because of its size?", "Correct Answer": f"gold {n}",
             **{f"Incorrect Answer {k}": f"stone {n} {k}" for k in (1, 2, 3)}} for n in range(20)]  # fmt: skip
    data = jsonl(tmp_path / "gpqa.jsonl", rows)
    done = perturb(
        "wrap", "lm-eval", "gpqa_main_zeroshot", "-r", "hurried", "--data", f"train={data}", "-o", tmp_path / "tasks"
    )
    assert done.code == 0, done.err

    def oracle(prompt, choice):
        right = re.search(r"\(([A-D])\) gold", prompt)[1]
        return 0.0 if choice.strip() == f"({right})" else -9.0

    found = run(tmp_path / "tasks", ["gpqa_main_zeroshot_perturb"], Scripted(oracle), 5)
    for name in ("clean", "perturbed"):
        assert found["results"][f"gpqa_main_zeroshot_{name}"]["acc,none"] == 1.0


def test_groups_are_wrapped_as_groups(tmp_path):
    done = perturb("wrap", "lm-eval", "mmlu", "-r", "hurried", "-o", tmp_path / "tasks")
    assert done.code == 0, done.err
    names = {p.stem for p in (tmp_path / "tasks").iterdir()}
    assert {
        "mmlu_perturb",
        "mmlu_perturbed",
        "mmlu_stem_perturbed",
        "mmlu_anatomy_perturbed",
        "mmlu_anatomy_clean",
    } <= names
    text = (tmp_path / "tasks" / "mmlu_anatomy_perturbed.yaml").read_text()
    assert "perturb.integrations.lm_eval.load" in text and "cais/mmlu" in text and "name: anatomy" in text


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["gsm9k", "-r", "hurried"], "did you mean"),
        (["gsm8k", "-r", "hurrid"], "hurried"),
        (["gsm8k", "-r", "hurried", "--data", "test"], "SPLIT=FILE"),
    ],
)
def test_what_cannot_be_wrapped_is_said(tmp_path, args, told):
    done = perturb("wrap", "lm-eval", *args, "-o", tmp_path / "tasks")
    assert done.code == 2 and told in done.err, done.err


def test_a_run_by_the_command_line_logs_what_pairs(wrapped, tmp_path):
    import subprocess
    import sys

    from shell import ENV

    done = subprocess.run([sys.executable, "-m", "lm_eval", "--model", "dummy", "--include_path", str(wrapped), "--tasks",
                           "gsm8k_perturb", "--log_samples", "--output_path", str(tmp_path / "out")],
                          env={**ENV, "HF_HUB_OFFLINE": "1"}, capture_output=True, text=True, timeout=400)  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert re.search(r"perturb: hurried, 12 rows of test, seed \d+; 0 left out", done.stderr)
    logs = {p.name.split("_20")[0]: p for p in (tmp_path / "out").rglob("samples_*.jsonl")}
    rows = [json.loads(line) for line in logs["samples_gsm8k_perturbed"].read_text().splitlines()]
    assert {row["doc"]["perturb"]["variant"] for row in rows} == {1, 2}
