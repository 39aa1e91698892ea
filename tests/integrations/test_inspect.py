"""The real Inspect with a scripted model: entry point, pairs by id, expect and edits in the log, epochs that differ."""

from __future__ import annotations

from pathlib import Path

import pytest
from shell import ITEMS, jsonl, perturb

pytest.importorskip("inspect_ai")
import inspect_ai
from inspect_ai import Task
from inspect_ai._util.error import PrerequisiteError
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.log import read_eval_log
from inspect_ai.model import ChatMessageSystem, ChatMessageUser, ModelOutput, ModelUsage, get_model
from inspect_ai.scorer import includes
from inspect_ai.solver import generate
from inspect_here import TASK, inspect

from perturb import Perturber
from perturb.core.edits import apply
from perturb.integrations.inspect_ai import perturb_dataset, record_to_sample, with_perturbation
from perturb.integrations.inspect_registry import asks_or_answers, noise, wrap

pytestmark = pytest.mark.filterwarnings("ignore")
SAMPLES = [Sample(input=item["question"], target=item["answer"].split("####")[1].strip(), id=f"q{n}", metadata={"n": n})
           for n, item in enumerate(ITEMS)]  # fmt: skip
GOLDS = {s.input: s.target for s in SAMPLES}  # a model that knows the clean texts by heart
EGGS = [{"question": f"Ann has {n} eggs and finds 12 more. How many eggs has Ann now?",
         "answer": f"{n}+12=<<{n}+12={n + 12}>>{n + 12}\n#### {n + 12}"} for n in range(30, 50)]  # fmt: skip


def model(answer):
    def told(input, tools, tool_choice, config):
        out = ModelOutput.from_content("mockllm", answer(input[-1].text))
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


@pytest.fixture(name="evaluate")
def _evaluate(tmp_path):
    (tmp_path / "sums.py").write_text(TASK)
    jsonl(tmp_path / "items.jsonl", [{"id": f"q{n}", **item} for n, item in enumerate(ITEMS)])

    def evaluate(*args):
        args = [
            part
            for arg in ("task=sums.py@sums", "recipe=hurried", *args)
            for part in (("-T", arg) if "=" in arg else (arg,))
        ]
        path, said = inspect(tmp_path, "perturb/wrap", *args, answers=GOLDS)
        return path, read_eval_log(str(path)), said

    return evaluate


def replayed(clean, record):
    return apply(clean, [(e["start"], e["end"], e["new"]) for e in record["edits"]])


def test_through_the_entry_point_clean_and_perturbed_pair_by_id_and_the_log_shows_the_edits(
    evaluate, tmp_path, monkeypatch
):
    path, log, said = evaluate("n=2")
    by_id = {s.id: s for s in log.samples}
    assert sorted(by_id) == sorted(
        f"q{n}{more}" for n in range(len(ITEMS)) for more in ("", "#hurried.1", "#hurried.2")
    )
    for sample in log.samples:
        about, clean = sample.metadata, by_id[sample.metadata["orig_id"]]
        assert clean.metadata["variant"] == 0 and clean.target == sample.target and GOLDS[clean.input] == clean.target
        assert about["expect"] == "same" == about["perturb"]["expect"]
        assert replayed(clean.input, about["perturb"]) == sample.input == sample.messages[0].text
        assert bool(about["perturb"]["edits"]) == (sample.input != clean.input)
    changed = sum(s.input not in GOLDS for s in log.samples)
    paired = perturb("pair", path).out
    assert paired.startswith(
        f"hurried: 12 pairs of 6 items; clean 1.000, perturbed {1 - changed / 12:.3f}; lost {changed}, won 0;"
    )
    seed = log.eval.metadata["perturb"]["seed"]
    assert f"perturb: items: hurried, 18 samples of 6, seed {seed}; 0 left out" in said
    monkeypatch.chdir(tmp_path)
    again, fresh = ([s.input for s in wrap("sums.py@sums", n=2, **more).dataset] for more in ({"seed": seed}, {}))
    assert sorted(again) == sorted(s.input for s in log.samples) and len(fresh) == len(again) and fresh != again


def test_epochs_are_fresh_variants_through_the_entry_point(evaluate):
    path, log, _ = evaluate("per_epoch=true", "seed=5", "--epochs", "3")
    for n, item in enumerate(ITEMS):
        sent = {s.epoch: s.messages[0].text for s in log.samples if s.id == f"q{n}"}
        assert sent[1] == item["question"] and len(set(sent.values())) == 3
    for sample in log.samples:
        assert sample.metadata["variant"] == sample.epoch - 1
        assert replayed(sample.input, sample.metadata["perturb"]) == sample.messages[0].text
    assert perturb("pair", path).out.startswith("hurried: 12 pairs of 6 items; clean 1.000, perturbed 0.")


def test_what_expects_a_question_is_left_out_and_counted(tmp_path, capfd):
    some = tmp_path / "some.yaml"
    some.write_text("summary: at times a number short\nsteps:\n  - vague.number: {p: 0.5}\n  - typo.swap\n")
    made = record_to_sample(lambda r: Sample(input=r["question"], target="1"), str(some), 4, 2)
    assert {s.metadata["expect"] for row in EGGS for s in made(row)} == {"same"} and made.stats["left out: clarify"] > 0
    suite = task(MemoryDataset(SAMPLES, name="six"))
    every = perturb_dataset(
        suite.dataset, "vague.number", 2, 1, expect=("same", "any_of", "clarify", "abstain", "unsure")
    )
    held = [s.id for s in every if s.metadata["expect"] == "same"]
    assert [s.id for s in with_perturbation(suite, "vague.number", 2, 1).dataset] == held and len(held) < len(every)
    told = f"perturb: six: vague.number, {len(held)} samples of 6, seed 1; {len(every) - len(held)} left out that cannot be scored ("
    assert told in capfd.readouterr().err


def test_questions_are_scored_through_the_entry_point(evaluate):
    _, log, said = evaluate("questions=true", "recipe=interrupted", "n=6", "seed=1")
    expected = {s.metadata["expect"] for s in log.samples}
    assert "clarify" in expected and expected <= {"same", "any_of", "clarify"} and "unsure)" in said
    for sample in log.samples:
        (score,) = sample.scores.values()
        right = sample.metadata["expect"] != "clarify" and GOLDS.get(sample.input) == sample.target
        assert score.value == ("C" if right else "I")  # this model never asks
    names = {m.name.split("/")[-1]: m.value for m in log.results.scores[0].metrics.values()}
    assert names["over_answer"] == 1.0 and names["over_clarify"] == 0.0


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ({"task": "sums.py@sums", "recipe": "hurrid"}, "named 'hurrid'; did you mean 'hurried'?"),
        ({"task": "sums.py@sums", "recipe": "hurrid", "per_epoch": True}, "named 'hurrid'"),
        ({"task": "sums.py@sums", "n": "two"}, "n must be a whole number of 1 or more, not 'two'"),
        ({"task": "sums.py@sum"}, "there is no task 'sum' there; did you mean 'sums'?"),
        ({"task": "nowhere.py@sums"}, "no file nowhere.py"),
        ({"task": "sums.py"}, "expected FILE.py@NAME or PACKAGE/NAME"),
        ({"task": "no_such_package/sums"}, "no package 'no_such_package' is installed"),
        ({"task": "sums.py@sums", "shots": 2}, "got an unexpected keyword argument 'shots'"),
        ({"task": "two.py@two", "questions": True}, "has 2 scorers"),
    ],
)
def test_what_cannot_be_wrapped_is_said_without_a_traceback(tmp_path, monkeypatch, args, told):
    (tmp_path / "sums.py").write_text(TASK)
    (tmp_path / "two.py").write_text(
        TASK.replace("scorer=", "scorer=[match()] + [").replace("))\n", ")])\n").replace("sums()", "two()")
    )
    jsonl(tmp_path / "items.jsonl", [{"id": f"q{n}", **item} for n, item in enumerate(ITEMS)])
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PrerequisiteError) as error:
        wrap(**args)
    assert told in str(error.value.message) and str(error.value.message).startswith("perturb: ")
    if args["task"] == "sums.py@sum":
        shown = inspect(tmp_path, "perturb/wrap", "-T", "task=sums.py@sum", answers={}, code=1)[1]
        assert "did you mean 'sums'?" in shown and "Traceback" not in shown


def test_a_task_finds_its_modules_and_data_in_its_own_folder(tmp_path, monkeypatch):
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / "beside.py").write_text("WORD = 'said'\n")
    (tmp_path / "tasks" / "sums.py").write_text(f"from beside import WORD\n{TASK}")
    jsonl(tmp_path / "tasks" / "items.jsonl", [{"id": f"q{n}", **item} for n, item in enumerate(ITEMS)])
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text("summary: swaps\nsteps:\n  - typo.swap\n")
    made = wrap("tasks/sums.py@sums", "mine.yaml", per_epoch=False)
    assert len(made.dataset) == 2 * len(ITEMS) and Path.cwd() == tmp_path


def test_a_seed_repeats_and_without_one_every_call_differs():
    def texts(seed):
        return [s.input for s in perturb_dataset(MemoryDataset(SAMPLES), "hurried", 2, seed)]

    assert texts(7) == texts(7) and len({tuple(texts(None)), tuple(texts(None)), tuple(texts(7))}) == 3


def test_choices_are_shuffled_with_their_target():
    sample = Sample(input="Which is a fruit?", choices=["oak", "pear", "salt", "clay"], target="B", id="f")
    for new in perturb_dataset(MemoryDataset([sample]), "shuffled_options", 6, 1, keep_clean=False):
        assert new.choices["ABCD".index(new.target)] == "pear" and new.choices != sample.choices


def test_of_a_conversation_only_what_the_user_says_is_perturbed():
    system, user = (
        "Answer in one word, because people want to know.",
        "Where is my card? I want to know because I need it.",
    )
    chat = Sample(input=[ChatMessageSystem(content=system), ChatMessageUser(content=user)], target="x", id="c")
    for new in perturb_dataset(MemoryDataset([chat]), "hurried", 3, 1, keep_clean=False):
        assert new.input[0].text == system and new.input[1].text != user == chat.input[1].text


def test_every_sample_is_read_by_the_profile_that_is_given():
    rows = [Sample(input=f"keep {n} KEEP because you want to", target="1", id=n) for n in range(1, 4)]
    new = perturb_dataset(MemoryDataset(rows), "hurried", 2, 1, keep_clean=False, profile="auto", protect=["because"])
    assert len(new) == 6 and all("because" in s.input.lower() for s in new)
    assert {s.metadata["perturb"]["edits"][0]["field"] for s in new} == {"input"}


def test_records_are_perturbed_before_a_template_puts_them_together():
    def make(record):
        return Sample(input=f"PASSAGE\nQuestion: {record['question']}", target="1", id=None)

    made = record_to_sample(make, "hurried", 2, 3)
    known = [v.text for v in Perturber("hurried", 2, 3)(ITEMS)]
    new = [made(item) for item in ITEMS]
    assert [s.input.removeprefix("PASSAGE\nQuestion: ") for _, *some in new for s in some] == known
    assert all(len({clean.id, *(s.id.split("#")[0] for s in some)}) == 1 for clean, *some in new)


def test_noise_at_run_time_is_fresh_in_every_epoch(tmp_path):
    log = run(task(MemoryDataset(SAMPLES), setup=noise("hurried", 5), epochs=3), lambda text: "7", tmp_path)
    for sample in SAMPLES:
        sent = {s.epoch: s.messages[0].text for s in log.samples if s.id == sample.id}
        assert sent[1] == sample.input and len(set(sent.values())) == 3


def test_an_epoch_without_a_variant_that_can_be_scored_stays_clean(tmp_path):
    eggs = [Sample(input=row["question"], target="1", id=str(n)) for n, row in enumerate(EGGS[:3])]
    log = run(
        task(MemoryDataset(eggs), setup=noise("vague.number", 5, expect="abstain"), epochs=2),
        lambda text: "7",
        tmp_path,
    )
    assert {(s.metadata["variant"], s.messages[0].text == s.input) for s in log.samples} == {(0, True)}


def asked_or_answered(samples, answer, tmp_path):
    log = run(
        Task(dataset=MemoryDataset(samples), solver=generate(), scorer=asks_or_answers(), name="t"), answer, tmp_path
    )
    return {m.name.split("/")[-1]: m.value for m in log.results.scores[0].metrics.values()}, log


def test_the_scorer_ranks_who_asks_when_it_should(tmp_path):
    def make(record):
        return Sample(input=record["question"], target=record["answer"].split("#### ")[1])

    samples = [s for row in EGGS for s in record_to_sample(make, "vague.number", 1, 2, expect="same,clarify")(row)]
    assert {s.metadata["expect"] for s in samples} == {"same", "clarify"}
    gold = {s.metadata["orig_id"]: s.target for s in samples}
    by_text = {s.input: s for s in samples}

    def oracle(text):
        sample = by_text[text]
        asked = sample.metadata["perturb"]["missing"]
        return asked[0]["ask"] if sample.metadata["expect"] == "clarify" else gold[sample.metadata["orig_id"]]

    models = {"oracle": oracle, "always asks": lambda text: "How many eggs is it?",
              "asks for something else": lambda text: oracle(text) if "?" not in oracle(text) else "What colour is the sky?",
              "always answers": lambda text: gold[by_text[text].metadata["orig_id"]],
              "coin": lambda text: "How many eggs is it?" if len(text) % 2 else "42 is the answer."}  # fmt: skip
    found = {name: asked_or_answered(samples, answer, tmp_path)[0] for name, answer in models.items()}
    right = {name: one["accuracy"] for name, one in found.items()}
    assert right["oracle"] == 1.0 and right["coin"] < right["oracle"]
    assert right["always asks"] == right["always answers"] == right["asks for something else"] == 0.5
    assert found["always answers"]["over_answer"] == 1.0 and found["always asks"]["over_clarify"] == 1.0
    assert found["oracle"]["over_answer"] == found["oracle"]["over_clarify"] == 0.0


def test_one_of_several_answers_is_right_and_what_cannot_be_known_is_not_scored(tmp_path):
    def about(number, expect, **more):
        return {"orig_id": "a", "variant": number, "expect": expect, "perturb": {"of": "a", "variant": number, "recipe": "r" * bool(number),
                "run": "k", "expect": expect, "missing": [], "any_of": [], **more}}  # fmt: skip

    samples = [Sample(input="clean", target="one", id="a", metadata=about(0, "same")),
               Sample(input="two", target="one", id="a#r.1", metadata=about(1, "any_of", any_of=["one", "two"])),
               Sample(input="three", target="one", id="a#r.2", metadata=about(2, "any_of", any_of=["one", "two"])),
               Sample(input="one", target="one", id="a#r.3", metadata=about(3, "unsure"))]  # fmt: skip
    _, log = asked_or_answered(samples, lambda text: "one" if text == "clean" else text, tmp_path)
    scores = {s.id: [one.value for one in (s.scores or {}).values()] for s in log.samples}
    assert scores == {"a": ["C"], "a#r.1": ["C"], "a#r.2": ["I"], "a#r.3": []}
    done = perturb("pair", log.location.removeprefix("file://"))
    assert done.out.startswith("r: 2 pairs of 1 item; clean 1.000, perturbed 0.500; lost 1, won 0"), done.err
