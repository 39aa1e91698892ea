"""HELM's own augmenter over a recipe: ids of the clean instances, fresh variants, answers kept."""

from __future__ import annotations

import pytest
from shell import ITEMS

pytest.importorskip("helm", reason="HELM brings 6 GB; try it with pip install crfm-helm")
from helm.benchmark.augmentations.data_augmenter import DataAugmenterSpec
from helm.benchmark.run_expander import PERTURBATION_SPECS_DICT
from helm.benchmark.scenarios.scenario import CORRECT_TAG, Input, Instance, Output, Reference

import perturb.integrations.helm  # noqa: F401

INSTANCES = [Instance(Input(text=item["question"]), [Reference(Output(text="9"), tags=[CORRECT_TAG])], split="test", id=f"id{n}")
             for n, item in enumerate(ITEMS)]  # fmt: skip


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


def test_exported_instances_are_helms(tmp_path):
    from helm.benchmark.augmentations.perturbation_description import PerturbationDescription
    from helm.common.general import asdict_without_nones
    from shell import jsonl, perturb

    items = jsonl(tmp_path / "items.jsonl", ITEMS)
    assert perturb("run", items, "-r", "hurried", "-o", tmp_path / "out.jsonl").code == 0
    assert perturb("export", tmp_path / "out.jsonl", "--to", "helm", "-o", tmp_path / "instances.json").code == 0
    import json

    row = json.loads((tmp_path / "instances.json").read_text("utf-8"))[0]
    told = PerturbationDescription(**row["perturbation"])
    made = Instance(Input(**row["input"]), [Reference(Output(**r["output"]), r["tags"]) for r in row["references"]],
                    row["split"], id=row["id"], perturbation=told)  # fmt: skip
    assert asdict_without_nones(made) == row
