"""The real Inspect with a scripted model: entry point, pairs by id, expect and edits in the log, epochs that differ."""

from __future__ import annotations

import pytest
from shell import ITEMS

pytest.importorskip("inspect_ai")
import inspect_ai
from inspect_ai import Task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ModelOutput, ModelUsage, get_model
from inspect_ai.scorer import includes
from inspect_ai.solver import generate

from perturb.integrations.inspect_ai import perturb_dataset, record_to_sample, with_perturbation

pytestmark = pytest.mark.filterwarnings("ignore")
SAMPLES = [Sample(input=item["question"], target=item["answer"].split("####")[1].strip(), id=f"q{n}", metadata={"n": n})
           for n, item in enumerate(ITEMS)]  # fmt: skip


def model(answer):
    def told(input, tools, tool_choice, config):
        text = answer(input[-1].text)
        out = ModelOutput.from_content("mockllm", text)
        out.usage = ModelUsage(
            input_tokens=1, output_tokens=1, total_tokens=2
        )  # else it counts with a tokenizer from the net
        return out

    return get_model("mockllm/model", custom_outputs=told)


def run(task, answer, tmp_path, **options):
    (log,) = inspect_ai.eval(task, model=model(answer), log_dir=str(tmp_path / "logs"), display="none", **options)
    assert log.status == "success", log.error
    return log


def task(dataset, **more):
    return Task(dataset=dataset, solver=generate(), scorer=includes(), name="sums", **more)


def test_clean_and_perturbed_pair_by_id_and_the_log_shows_the_edits(tmp_path):
    log = run(with_perturbation(task(MemoryDataset(SAMPLES)), "hurried", 2, 7), lambda text: "7", tmp_path)
    assert len(log.samples) == 3 * len(SAMPLES)
    by_id = {s.id: s for s in log.samples}
    for sample in log.samples:
        about = sample.metadata
        clean = by_id[about["orig_id"]]
        assert (
            clean.metadata["variant"] == 0
            and clean.input == SAMPLES[about["n"]].input
            and sample.target == clean.target
        )
        assert about["expect"] == "same" and bool(about["perturb"]["edits"]) == (about["variant"] > 0)
        assert (sample.id == clean.id) == (about["variant"] == 0)


def test_a_seed_repeats_and_without_one_every_call_differs():
    def texts(seed):
        return [s.input for s in perturb_dataset(MemoryDataset(SAMPLES), "hurried", 2, seed)]

    assert texts(7) == texts(7) and len({tuple(texts(None)), tuple(texts(None)), tuple(texts(7))}) == 3


def test_choices_are_shuffled_with_their_target():
    sample = Sample(input="Which is a fruit?", choices=["oak", "pear", "salt", "clay"], target="B", id="f")
    for new in perturb_dataset(MemoryDataset([sample]), "shuffled_options", 6, 1, keep_clean=False):
        assert new.choices["ABCD".index(new.target)] == "pear" and new.choices != sample.choices


def test_records_are_perturbed_before_a_template_puts_them_together():
    def make(record):
        return Sample(input=f"PASSAGE\nQuestion: {record['question']}", target="1", id=None)

    made = record_to_sample(make, "hurried", 2, 3)
    for item in ITEMS:
        clean, *new = made(item)
        assert clean.input.endswith(item["question"]) and all(s.input.startswith("PASSAGE\nQuestion: ") for s in new)
        assert len({clean.id, *(s.id.split("#")[0] for s in new)}) == 1


def test_the_entry_point_wraps_a_task_from_a_file(tmp_path, monkeypatch):
    import json
    import subprocess
    import sys

    from shell import ENV

    (tmp_path / "mine.py").write_text(
        "from inspect_ai import Task, task\nfrom inspect_ai.dataset import MemoryDataset, Sample\n"
        "from inspect_ai.scorer import includes\nfrom inspect_ai.solver import Generate, solver\n"
        "from inspect_ai.model import ModelOutput\n\n@solver\ndef scripted():\n    async def solve(state, generate):\n"
        "        state.output = ModelOutput.from_content('m', '7')\n        return state\n    return solve\n\n"
        "@task\ndef sums():\n    return Task(dataset=MemoryDataset([Sample(input='What is going to be 3 plus 4, because people ask?', "
        "target='7', id='a')]), solver=scripted(), scorer=includes())\n"
    )
    args = ["eval", "perturb/wrap", "-T", "task=mine.py@sums", "-T", "recipe=hurried", "-T", "n=2", "-T", "seed=4", "--model",
            "mockllm/model", "--log-dir", "logs", "--log-format", "json", "--display", "plain"]  # fmt: skip
    env = {
        key: value for key, value in ENV.items() if key != "PYTHONPATH"
    }  # Inspect names what is installed, not what lies about
    done = subprocess.run([sys.executable, "-c", "from inspect_ai._cli.main import main; main()", *args], cwd=tmp_path, env=env,
                          capture_output=True, text=True, timeout=400)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    log = json.loads(next((tmp_path / "logs").glob("*.json")).read_text())
    assert [s["id"] for s in log["samples"]] == ["a", "a#hurried.1", "a#hurried.2"]


def test_noise_at_run_time_is_fresh_in_every_epoch(tmp_path):
    from perturb.integrations.inspect_registry import noise

    log = run(task(MemoryDataset(SAMPLES), setup=noise("hurried", 5), epochs=3), lambda text: "7", tmp_path)
    for sample in SAMPLES:
        sent = {s.epoch: s.messages[0].text for s in log.samples if s.id == sample.id}
        assert sent[1] == sample.input and len(set(sent.values())) == 3


def test_the_scorer_ranks_who_asks_when_it_should(tmp_path):
    from perturb.integrations.inspect_registry import asks_or_answers

    rows = [{"question": f"Ann has {n} eggs and finds 12 more. How many eggs has Ann now?",
             "answer": f"{n}+12=<<{n}+12={n + 12}>>{n + 12}\n#### {n + 12}"} for n in range(30, 50)]  # fmt: skip

    def make(record):
        return Sample(input=record["question"], target=record["answer"].split("#### ")[1])

    samples = [s for row in rows for s in record_to_sample(make, "vague.number", 1, 2)(row)]
    assert {s.metadata["expect"] for s in samples} == {"same", "clarify"}
    gold = {s.metadata["orig_id"]: s.target for s in samples}
    by_text = {s.input: s for s in samples}

    def oracle(text):
        sample = by_text[text]
        asked = sample.metadata["perturb"]["missing"]
        return asked[0]["ask"] if sample.metadata["expect"] == "clarify" else gold[sample.metadata["orig_id"]]

    models = {"oracle": oracle, "always asks": lambda text: "How many eggs is it?",
              "always answers": lambda text: gold[by_text[text].metadata["orig_id"]],
              "coin": lambda text: "How many eggs is it?" if len(text) % 2 else "42 is the answer."}  # fmt: skip
    found = {}
    for name, answer in models.items():
        log = run(
            Task(dataset=MemoryDataset(samples), solver=generate(), scorer=asks_or_answers(), name="t"),
            answer,
            tmp_path,
        )
        found[name] = {m.name: m.value for m in log.results.scores[0].metrics.values()}
    right = {name: _of(m, "accuracy") for name, m in found.items()}
    assert right["oracle"] == 1.0 and right["coin"] < right["oracle"]
    assert right["always asks"] == right["always answers"] == 0.5
    assert _of(found["always answers"], "over_answer") == 1.0 and _of(found["always asks"], "over_clarify") == 1.0


def _of(metrics, name):
    return next(value for key, value in metrics.items() if name in key)
