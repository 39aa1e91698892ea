"""HELM's own augmenter and a whole run of HELM over a recipe: ids of the clean instances, fresh variants, answers kept, pairs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from hosts_here import HOSTS, host
from shell import ENV, ITEMS, jsonl, perturb

host("helm.benchmark.run")
from helm.benchmark.augmentations.data_augmenter import DataAugmenterSpec
from helm.benchmark.augmentations.perturbation_description import PerturbationDescription
from helm.benchmark.run_expander import PERTURBATION_SPECS_DICT
from helm.benchmark.scenarios.scenario import CORRECT_TAG, Input, Instance, Output, Reference
from helm.common.general import asdict_without_nones

from perturb import vary
from perturb.integrations.helm import _PROFILE, RecipePerturbation

pytestmark = pytest.mark.filterwarnings("ignore")
INSTANCES = [Instance(Input(text=item["question"]), [Reference(Output(text="9"), tags=[CORRECT_TAG])], split="test", id=f"id{n}")
             for n, item in enumerate(ITEMS)]  # fmt: skip
# A scenario of six sums, and HELM's simple model made to know the clean ones by heart.
SUMS = """
import json
from helm.benchmark.adaptation.common_adapter_specs import get_generation_adapter_spec
from helm.benchmark.metrics.common_metric_specs import get_exact_match_metric_specs
from helm.benchmark.run_spec import RunSpec, run_spec_function
from helm.benchmark.scenarios.scenario import CORRECT_TAG, Input, Instance, Output, Reference, Scenario, ScenarioSpec
from helm.clients.simple_client import SimpleClient

ITEMS = [json.loads(line) for line in open("items.jsonl")]
KNOWN = {item["question"]: item["answer"].split("#### ")[1] for item in ITEMS}

class Sums(Scenario):
    name, description, tags = "sums", "sums", []

    def get_instances(self, output_path):
        return [Instance(Input(text=q), [Reference(Output(text=a), tags=[CORRECT_TAG])], split="test", id=f"s{n}")
                for n, (q, a) in enumerate(KNOWN.items())]

@run_spec_function("sums")
def sums():
    adapter = get_generation_adapter_spec(input_noun="Question", output_noun="Answer", max_train_instances=0)
    return RunSpec(name="sums", scenario_spec=ScenarioSpec("sums_of_helm.Sums", {}), adapter_spec=adapter,
                   metric_specs=get_exact_match_metric_specs(), groups=["sums"])

def answer(self, request):
    said = [gold for question, gold in KNOWN.items() if question in request["prompt"]]
    return {"completions": said or ["none"]}

SimpleClient.invoke_model = answer
"""


def augmented(seeds):
    (specs,) = PERTURBATION_SPECS_DICT["perturb_hurried"].values()
    made = DataAugmenterSpec(perturbation_specs=specs).perturbations
    return [p.apply(i, s) for p in made for i in INSTANCES for s in seeds]


def test_variants_keep_the_id_and_say_what_made_them():
    done = augmented([None, 1])
    assert [i.id for i in done[::2]] == [i.id for i in INSTANCES]
    assert {i.perturbation.recipe for i in done} == {"hurried"} and {i.perturbation.seed for i in done} == {None, 1}
    assert [i.input.text for i in done] == [i.input.text for i in augmented([None, 1])]
    changed = [i.input.text for i in done if i.input.text != i.contrast_inputs[0].text]
    assert len(set(changed)) > len(INSTANCES)


def test_another_seed_gives_other_texts():
    one, two, again = (
        [RecipePerturbation("hurried", seed).apply(i).input.text for i in INSTANCES] for seed in (1, 2, 1)
    )
    assert one == again != two


def test_what_expects_something_else_stays_clean():
    text, gold = "Ann has 30 eggs and finds 12 more. How many eggs has she got?", "42"
    raw = vary({"text": text, "golds": [gold]}, "vague.number", 3, 1, profile=_PROFILE)
    assert raw and all(v.expect != "same" and v.text != text for v in raw)
    eggs = Instance(Input(text=text), [Reference(Output(text=gold), tags=[CORRECT_TAG])], id="e")
    assert [RecipePerturbation("vague.number", 1).apply(eggs, s).input.text for s in (None, 1, 2)] == [text] * 3


def test_a_whole_run_pairs_by_id(tmp_path):
    (tmp_path / "sums_of_helm.py").write_text(SUMS)
    jsonl(tmp_path / "items.jsonl", ITEMS)
    paths = os.pathsep.join([str(tmp_path), ENV["PYTHONPATH"]])
    start = f"import sys; sys.path.append({str(HOSTS)!r}); from helm.benchmark.run import main; main()"
    command = [sys.executable, "-c", start, "--run-entries", "sums:model=simple/model1,data_augmentation=perturb_hurried", "--suite", "s",
               "-m", "9", "--disable-cache", "--plugins", "sums_of_helm", "perturb.integrations.helm"]  # fmt: skip
    done = subprocess.run(command, cwd=tmp_path, env={**ENV, "PYTHONPATH": paths, "PERTURB_SEED": "4"}, capture_output=True, text=True,
                          timeout=400)  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    (results,) = tmp_path.rglob("per_instance_stats.json")
    sent = json.loads(results.with_name("scenario_state.json").read_text())["request_states"]
    texts = {s["instance"]["id"]: s["instance"]["input"]["text"] for s in sent if s["instance"].get("perturbation")}
    made = {i.id: RecipePerturbation("hurried", 4).apply(i).input.text for i in
            (Instance(Input(item["question"]), [Reference(Output(item["answer"].split("#### ")[1]), [CORRECT_TAG])], id=f"s{n}")
             for n, item in enumerate(ITEMS))}  # fmt: skip
    changed = {name for name, text in made.items() if text != ITEMS[int(name[1:])]["question"]}
    assert {name: made[name] for name in changed} == texts  # HELM drops what is unchanged
    out = perturb("pair", results, "--metric", "exact_match").out
    n = len(changed)
    assert out.startswith(f"hurried: {n} pairs of {n} items; clean 1.000, perturbed 0.000; lost {n}, won 0;")


def test_exported_instances_are_helms(tmp_path):
    items = jsonl(tmp_path / "items.jsonl", ITEMS)
    assert perturb("run", items, "-r", "hurried", "-o", tmp_path / "out.jsonl").code == 0
    assert perturb("export", tmp_path / "out.jsonl", "--to", "helm", "-o", tmp_path / "instances.json").code == 0
    row = json.loads((tmp_path / "instances.json").read_text("utf-8"))[0]
    told = PerturbationDescription(**row["perturbation"])
    made = Instance(Input(**row["input"]), [Reference(Output(**r["output"]), r["tags"]) for r in row["references"]],
                    row["split"], id=row["id"], perturbation=told)  # fmt: skip
    assert asdict_without_nones(made) == row
