"""The real harness over wrapped stock tasks and local data: fresh prompts, one seed the same, few-shots clean, no stale caches."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import datetime

import pytest
import yaml
from shell import ENV, ITEMS, jsonl, perturb

pytest.importorskip("lm_eval")
import datasets
from lm_eval.loggers import EvaluationTracker
from lm_eval_here import SHOTS, Dummy, Scripted, run, sent, stock, sums, wrapped

from perturb.core.errors import PerturbError, UsageError
from perturb.integrations.lm_eval import load

pytestmark = pytest.mark.filterwarnings("ignore")
EGGS = [{"question": f"Ann has {n} eggs and finds 12 more. How many eggs has Ann now?",
         "answer": f"{n}+12=<<{n}+12={n + 12}>>{n + 12}\n#### {n + 12}"} for n in range(30, 36)]  # fmt: skip


@pytest.fixture(autouse=True)
def _offline(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


def question(prompt):
    return prompt.rsplit("Question: ", 1)[1].removesuffix("\nAnswer:")


def shots(prompt):
    return prompt.rsplit("Question: ", 1)[0]


def test_two_runs_differ_and_one_seed_gives_the_same(tmp_path):
    tasks = sums(tmp_path, n=2)
    seven, again, fresh, fresher = (sent(tasks, seed=seed)[0] for seed in (7, 7, None, None))
    assert seven == again and len({tuple(seven), tuple(fresh), tuple(fresher)}) == 3
    assert len(seven) == 2 * len(ITEMS) == len({question(p) for p in seven})


def test_what_was_sent_is_what_was_logged(tmp_path):
    prompts, samples = sent(sums(tmp_path, n=2))
    assert prompts == [s["arguments"][0][0] for s in samples]
    assert [question(p) for p in prompts] == [s["doc"]["question"] for s in samples]
    assert {s["doc"]["perturb"]["expect"] for s in samples} == {"same"}
    clean = {item["question"] for item in ITEMS}
    assert all((s["doc"]["question"] in clean) == (not s["doc"]["perturb"]["edits"]) for s in samples)


def test_few_shots_are_those_of_the_stock_task(tmp_path):
    tasks = sums(tmp_path, n=3)
    files = {split: str(tmp_path / f"{split}.jsonl") for split in ("test", "train")}
    local = {"include": stock().task_index["gsm8k"].yaml_path, "task": "plain", "dataset_path": "json", "dataset_name": None,
             "dataset_kwargs": {"data_files": files}}  # fmt: skip
    (tasks / "plain.yaml").write_text(json.dumps(local, default=str))
    plain = {question(p): shots(p) for p in sent(tasks, "plain")[0]}
    assert len(set(plain.values())) > 1 and {question(p): shots(p) for p in sent(tasks, "gsm8k_clean")[0]} == plain
    prompts, samples = sent(tasks)
    of = {s["doc"]["perturb"]["of"]: s["doc"]["question"] for s in sent(tasks, "gsm8k_clean")[1]}
    assert len(prompts) == 3 * len(ITEMS)
    assert [shots(p) for p in prompts] == [plain[of[s["doc"]["perturb"]["of"]]] for s in samples]
    assert all(text in {s["question"] for s in SHOTS} for text in re.findall(r"Question: (.*)\n", shots(prompts[0])))


def test_few_shots_from_the_evaluated_split_are_clean_and_never_the_item_itself(tmp_path):
    own = {"task": "own", "dataset_path": "json", "test_split": "test", "fewshot_split": "test", "num_fewshot": 4,
           "output_type": "generate_until", "doc_to_text": "Question: {{question}}\nAnswer:", "doc_to_target": "{{answer}}",
           "metric_list": [{"metric": "exact_match"}]}  # fmt: skip
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "own.yaml").write_text(json.dumps(own))
    data = jsonl(tmp_path / "test.jsonl", ITEMS)
    tasks = wrapped(tmp_path, "own", include=str(tmp_path / "own"), n=3, data={"test": str(data)})
    known = {item["question"] for item in ITEMS}
    clean = {s["doc"]["perturb"]["of"]: s["doc"]["question"] for s in sent(tasks, "own_clean")[1]}
    for prompt, sample in zip(*sent(tasks, "own_perturbed")):
        shown = re.findall(r"Question: (.*)\n", shots(prompt))
        assert len(set(shown)) == 4 and known.issuperset(shown)
        assert clean[sample["doc"]["perturb"]["of"]] not in shown


def test_cached_requests_are_never_stale(tmp_path, monkeypatch):
    monkeypatch.setattr("lm_eval.caching.cache.PATH", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    tasks = sums(tmp_path)
    one, two, again, fresh = (sent(tasks, seed=seed, cache_requests=True) for seed in (1, 2, 1, None))
    assert len(list((tmp_path / "cache").iterdir())) == 3  # so the second of seed 1 was read
    more = sent(sums(tmp_path, n=2), seed=1, cache_requests=True)
    other = sent(sums(tmp_path, items=ITEMS[::-1]), seed=1, cache_requests=True)
    assert again[0] == one[0] and len({tuple(prompts) for prompts, _ in (one, two, fresh, more, other)}) == 5
    for prompts, samples in (one, two, again, fresh, more, other):
        assert [question(p) for p in prompts] == [s["doc"]["question"] for s in samples]
    for items in (ITEMS, ITEMS[:3]):
        sums(tmp_path, items=items)
        assert [question(p) for p in sent(tasks, "gsm8k_clean", cache_requests=True)[0]] == [
            item["question"] for item in items
        ]


def test_clean_and_perturbed_run_in_one_group_and_pair_by_id(tmp_path):
    golds = {item["question"]: item["answer"].split("####")[1].strip() for item in ITEMS}
    found = run(sums(tmp_path, n=2), "gsm8k_perturb", Scripted(lambda p: f" #### {golds.get(question(p), 'no')}"), 3)
    samples = {name: [s for s in rows if s["filter"] == "strict-match"] for name, rows in found["samples"].items()}
    assert [s["exact_match"] for s in samples["gsm8k_clean"]] == [1] * len(ITEMS)
    assert sum(s["exact_match"] for s in samples["gsm8k_perturbed"]) < len(ITEMS)
    ids = {name: {s["doc"]["perturb"]["of"] for s in rows} for name, rows in samples.items()}
    assert ids["gsm8k_clean"] == ids["gsm8k_perturbed"] and len(ids["gsm8k_clean"]) == len(ITEMS)


@pytest.mark.parametrize(
    ("task", "shown"), [("gpqa_main_zeroshot", 0), ("gpqa_main_n_shot", 0), ("gpqa_main_n_shot", 3)]
)
def test_a_task_that_shuffles_its_choices_keeps_its_oracle_at_one(tmp_path, task, shown):
    rows = [{"Question": f"Which of the {n} stones is going to be the heaviest because of its size?", "Correct Answer": f"gold {n}",
             **{f"Incorrect Answer {k}": f"stone {n} {k}" for k in (1, 2, 3)}} for n in range(20)]  # fmt: skip
    tasks = wrapped(tmp_path, task, data={"train": str(jsonl(tmp_path / "gpqa.jsonl", rows))})

    def oracle(prompt, choice):
        right = re.findall(r"\(([A-D])\) gold", prompt)[-1]
        return 0.0 if choice.strip() == f"({right})" else -9.0

    found = run(tasks, f"{task}_perturb", Scripted(oracle), 5, num_fewshot=shown)
    scores = {name: found["results"][f"{task}_{name}"]["acc,none"] for name in ("clean", "perturbed")}
    assert scores == {"clean": 1.0, "perturbed": 1.0}
    places = {s["doc"]["answer"] for s in found["samples"][f"{task}_perturbed"]}
    assert places == {"(A)", "(B)", "(C)", "(D)"}  # so they were shuffled


def test_what_expects_a_question_is_left_out_and_counted(tmp_path, capfd):
    some = tmp_path / "some.yaml"
    some.write_text("summary: at times a number short\nsteps:\n  - vague.number: {p: 0.5}\n  - typo.swap\n")
    tasks = sums(tmp_path, str(some), items=EGGS, n=4)
    samples = sent(tasks, seed=2)[1]
    said = re.search(r"perturb: gsm8k_perturbed: \S+, (\d+) rows of test, seed 2; (\d+) left out that cannot be scored \((\d+) clarify",
                     capfd.readouterr().err)  # fmt: skip
    assert said and int(said[1]) == len(samples) and int(said[2]) > 0 and len(samples) + int(said[2]) <= 4 * len(EGGS)
    assert {s["doc"]["perturb"]["expect"] for s in samples} == {"same"}


def test_a_group_is_wrapped_and_runs_as_a_group_under_one_seed(tmp_path, capfd):
    quiz = [{"question": f"Which of these is the number {n}, because I want to know it?", "choices": ["no", str(n), "some", "all"],
             "answer": 1, "subject": "x"} for n in range(3)]  # fmt: skip
    data = str(jsonl(tmp_path / "quiz.jsonl", quiz))
    tasks = wrapped(tmp_path, "mmlu_social_sciences", data={"test": data, "dev": data})
    found = run(tasks, "mmlu_social_sciences_perturb", Scripted(lambda p, c: 0.0 if c.strip() == "B" else -9.0))
    groups = found["groups"]
    assert (
        groups["mmlu_social_sciences_perturbed"]["acc,none"] == groups["mmlu_social_sciences_clean"]["acc,none"] == 1.0
    )
    seeds = re.findall(r"perturb: mmlu_(\w+)_perturbed: hurried, 3 rows of test, seed (\d+)", capfd.readouterr().err)
    assert len(seeds) == 12 and len({seed for _, seed in seeds}) == 1


def test_the_group_of_mmlu_is_wrapped_with_all_its_tasks(tmp_path):
    names = {p.stem for p in wrapped(tmp_path, "mmlu").iterdir()}
    assert {
        "mmlu_perturb",
        "mmlu_perturbed",
        "mmlu_stem_perturbed",
        "mmlu_anatomy_perturbed",
        "mmlu_anatomy_clean",
    } <= names
    assert sum(name.endswith("_clean") for name in names) == 57 + 4 + 4 + 1  # tasks, tags, groups, all
    text = (tmp_path / "tasks" / "mmlu_anatomy_perturbed.yaml").read_text()
    assert "perturb.integrations.lm_eval.load" in text and "cais/mmlu" in text and "name: anatomy" in text


def test_what_a_group_sets_for_its_tasks_holds_for_their_wrappers(tmp_path):
    files = {p.stem: yaml.load(p.read_text(), tagged()) for p in wrapped(tmp_path, "openllm").iterdir()}
    for kind in ("clean", "perturbed"):
        shown = {
            name: files[f"{name}_{kind}"].get("num_fewshot")
            for name in ("arc_challenge", "hellaswag", "gsm8k", "truthfulqa_mc2")
        }
        assert shown == {"arc_challenge": 25, "hellaswag": 10, "gsm8k": 5, "truthfulqa_mc2": 0}
        assert files[f"mmlu_anatomy_{kind}"]["num_fewshot"] == 5
    assert "mmlu_perturbed" in files["openllm_perturbed"]["task"] and files["openllm_perturb"]["task"] == [
        "openllm_clean",
        "openllm_perturbed",
    ]


def tagged():
    """Make a loader that reads lm-eval's own tag as text."""
    loader = type("Loader", (yaml.SafeLoader,), {})
    loader.add_constructor("!function", lambda _, node: node.value)
    return loader


def test_several_processes_must_be_given_a_seed(tmp_path, monkeypatch):
    monkeypatch.setenv("WORLD_SIZE", "2")
    tasks = sums(tmp_path)
    with pytest.raises(UsageError, match="must agree on a seed"):
        run(tasks, "gsm8k_perturbed", Dummy())
    monkeypatch.setenv("WORLD_SIZE", "1")
    assert run(tasks, "gsm8k_perturbed", Dummy())["samples"]


def test_columns_of_every_type_come_through(tmp_path):
    rows = {"question": [item["question"] for item in ITEMS], "answer": [item["answer"] for item in ITEMS], "label": [0, 1] * 3,
            "at": [datetime(2026, 1, 2)] * 5 + [None], "raw": [b"\xff"] * 6, "share": [0.5, None] * 3}  # fmt: skip
    stock = datasets.Dataset.from_dict(rows).cast_column("label", datasets.ClassLabel(names=["no", "yes"]))
    stock.to_parquet(str(tmp_path / "t.parquet"))
    told = {"task": "t", "loader": {"path": "parquet", "data_files": {"test": str(tmp_path / "t.parquet")}}, "split": "test",
            "recipe": "hurried", "n": 1, "keep": True, "profile": "auto", "expect": "same"}  # fmt: skip
    new = load(told, seed=3)["test"]
    assert {name: new.features[name] for name in stock.features} == stock.features and new.cache_files
    assert [{k: row[k] for k in rows} for row in new if not row["perturb"]["variant"]] == list(stock)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["gsm8k", "-r", "hurrid"], "hurried"),
        (["gsm8k", "-r", "hurried", "--data", "test"], "SPLIT=FILE"),
    ],
)
def test_what_cannot_be_wrapped_is_said(tmp_path, args, told):
    done = perturb("wrap", "lm-eval", *args, "-o", tmp_path / "tasks")
    assert done.code == 2 and told in done.err, done.err


@pytest.mark.parametrize(
    ("task", "options", "told"),
    [
        ("gsm9k", {}, "no task 'gsm9k'; did you mean 'gsm8k'"),
        ("gsm8k", {"expect": "sam"}, "expect takes same, .*not 'sam'"),
        ("gsm8k", {"profile": "gsm9k"}, "no profile.*gsm9k"),
        ("gsm8k", {"include": "nowhere"}, "nowhere: no such folder"),
        ("gsm8k", {"data": {"test": "nowhere.jsonl"}}, "nowhere.jsonl: no such file"),
        (
            "gsm8k",
            {"data": {"test": "good.jsonl"}},
            "shows examples from its split 'train'; give it too: --data train=FILE",
        ),
        ("gsm8k", {"data": {"train": "good.jsonl"}}, "evaluates its split 'test'"),
        ("gsm8k", {"data": {"test": "broken.jsonl", "train": "good.jsonl"}}, "broken.jsonl:1:2: not JSON"),
        ("gsm8k", {"data": {"test": "empty.jsonl", "train": "good.jsonl"}}, "empty.jsonl"),
        ("gsm8k", {"data": {"test": "strange.jsonl", "train": "good.jsonl"}}, "strange.jsonl:1: no shipped profile"),
        (
            "gsm8k",
            {"data": {"test": "other.jsonl", "train": "good.jsonl"}, "profile": "gsm8k"},
            "other.jsonl:1: .*question",
        ),
    ],
)
def test_what_a_run_would_stumble_over_is_said_when_it_is_wrapped(tmp_path, monkeypatch, task, options, told):
    monkeypatch.chdir(tmp_path)
    jsonl(tmp_path / "good.jsonl", ITEMS)
    jsonl(tmp_path / "strange.jsonl", [{"wrong": 3}])
    jsonl(tmp_path / "other.jsonl", [{"text": "What is it?", "label": "x"}])
    (tmp_path / "broken.jsonl").write_text("{")
    (tmp_path / "empty.jsonl").write_text("")
    with pytest.raises(PerturbError, match=told):
        wrapped(tmp_path, task, **options)
    assert not (tmp_path / "tasks").exists()


def test_kept_clean_items_stand_in_the_one_task_and_pair(tmp_path):
    tasks = sums(tmp_path, n=3, keep=True)
    assert {p.stem for p in tasks.iterdir()} == {"gsm8k_perturb", "gsm8k_perturbed"}
    golds = {item["question"]: item["answer"].split("####")[1].strip() for item in ITEMS}
    model = Scripted(lambda p: f" #### {golds.get(question(p), 'no')}")
    tracker = EvaluationTracker(output_path=str(tmp_path / "out"))
    found = run(tasks, "gsm8k_perturb", model, 3, evaluation_tracker=tracker)
    tracker.save_results_aggregated(results=found, samples=found["samples"])
    tracker.save_results_samples(task_name="gsm8k_perturbed", samples=found["samples"]["gsm8k_perturbed"])
    (log,) = (tmp_path / "out").rglob("samples_*.jsonl")
    done = perturb("pair", log, "--filter", "strict-match")
    assert re.match(r"hurried: 18 pairs of 6 items; clean 1\.000, perturbed 0\.", done.out), done.out + done.err


def test_splits_may_have_fields_of_their_own_and_a_profile_is_found_from_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text("input: question\ntarget: answer\n")
    shots_ = [{**row, "source": {"page": n}} for n, row in enumerate(SHOTS)]
    data = {"test": str(jsonl(tmp_path / "t.jsonl", ITEMS)), "train": str(jsonl(tmp_path / "s.jsonl", shots_))}
    tasks = wrapped(tmp_path, "gsm8k", data=data, profile="mine.yaml")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert len(sent(tasks)[0]) == len(ITEMS)


@pytest.mark.parametrize("task", ["mmlu_anatomy", "arc_easy"])
def test_moved_options_and_their_answer_reach_the_task(tmp_path, task):
    """An oracle that knows the right option by its text stays at 1.0: question, options and target move as one."""
    options = [[f"right {n}", f"wrong {n}", f"false {n}", f"never {n}"] for n in range(12)]
    mmlu = [
        {"question": f"Which is number {n}?", "choices": o, "answer": 0, "subject": "x"} for n, o in enumerate(options)
    ]
    arc = [{"id": f"a{n}", "question": f"Which is number {n}?", "choices": {"text": o, "label": list("ABCD")}, "answerKey": "A"}
           for n, o in enumerate(options)]  # fmt: skip
    data = str(jsonl(tmp_path / "quiz.jsonl", mmlu if task == "mmlu_anatomy" else arc))
    tasks = wrapped(
        tmp_path, task, "shuffled_options", n=2, data=dict.fromkeys(("test", "dev", "train", "validation"), data)
    )

    def oracle(prompt, choice):
        listed = dict(re.findall(r"^([A-D])\. (.*)$", prompt, re.M))
        return 0.0 if listed.get(choice.strip(), choice.strip()).startswith("right") else -9.0

    found = run(tasks, f"{task}_perturb", Scripted(oracle), 5)
    assert {name: found["results"][f"{task}_{name}"]["acc,none"] for name in ("clean", "perturbed")} == {
        "clean": 1.0,
        "perturbed": 1.0,
    }
    docs = [s["doc"] for s in found["samples"][f"{task}_perturbed"]]
    assert len(docs) == 24 and all(
        doc["perturb"]["target_changed"] == (doc.get("answer", doc.get("answerKey")) not in (0, "A")) for doc in docs
    )
    assert len({str(doc.get("answer", doc.get("answerKey"))) for doc in docs}) == 4


def test_a_run_by_the_command_line_can_be_repeated_from_what_it_said(tmp_path):
    tasks = sums(tmp_path, n=2)
    done = subprocess.run([sys.executable, "-m", "lm_eval", "--model", "dummy", "--include_path", str(tasks), "--tasks",
                           "gsm8k_perturb", "--log_samples", "--output_path", str(tmp_path / "out")],
                          env=ENV, capture_output=True, text=True, timeout=400)  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    said = re.search(r"perturb: gsm8k_perturbed: hurried, 12 rows of test, seed (\d+); 0 left out", done.stderr)
    logs = {p.name.split("_20")[0]: p for p in (tmp_path / "out").rglob("samples_*.jsonl")}
    rows = [json.loads(line) for line in logs["samples_gsm8k_perturbed"].read_text().splitlines()]
    logged = [row["arguments"]["gen_args_0"]["arg_0"] for row in rows if row["filter"] == "strict-match"]
    assert {row["doc"]["perturb"]["variant"] for row in rows} == {1, 2}
    assert sent(tasks, seed=int(said[1]))[0] == logged
