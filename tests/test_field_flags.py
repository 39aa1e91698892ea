"""Field flags over what the items' fields tell: where none names the input, the profile is found and the flags replace its fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from shell import RunCli, jsonl

from perturb.items.detect import detect, from_fields
from perturb.items.profile_files import load_profile

SUM = {
    "question": "Ida bakes 12 rolls and eats 3 of them. How many are left?",
    "answer": "<<12-3=9>>9\n#### 9",
    "nr": "a1",
}
MESSAGES = [
    {
        "text": f"My parcel number {n} has not come and I would like to know where it is.",
        "category": "late",
        "nr": f"m{n}",
    }
    for n in range(40)
]


def test_flags_replace_fields_of_the_profile_that_is_found() -> None:
    base, over = load_profile("gsm8k"), detect(SUM, {"id": "nr"})
    assert (over.name, over.id, base.id) == ("gsm8k*", "nr", "id")
    assert (over.input, over.target_kind, over.evidence) == (base.input, base.target_kind, base.evidence)
    assert detect(SUM, {"target": "answer"}) == detect(SUM)  # what it says of that field is more
    assert detect(SUM, {"target": "answer:text"}).target_kind == "text"
    assert detect(SUM, {"context": "story"}).context == "story"


def test_what_flags_name_is_not_the_only_text() -> None:
    item = {"complaint_en": "My card is gone since Monday.", "said": "We send a new one.", "nr": 3}
    with pytest.raises(Exception, match="several or none may be the input"):
        detect(item)
    found = detect(item, {"target": "said", "id": "nr"})
    assert (found.name, found.input, found.target, found.id) == ("auto:complaint_en", ("complaint_en",), "said", "nr")
    assert found.lock == ("target",)


def test_the_options_of_a_profile_say_what_another_target_looks_like() -> None:
    base = load_profile("mmlu")
    assert from_fields(target="gold", base=base).target_kind == "auto"
    assert from_fields(target=base.target, choices=base.choices, base=base).target_kind == "auto"


def test_a_run_with_an_id_field_gives_the_same_bytes_however_it_is_done(run_cli: RunCli, tmp_path: Path) -> None:
    items = jsonl(tmp_path / "m.jsonl", MESSAGES * 8)
    run = ["run", items, "-r", "hurried", "-s", "5", "--id-field", "nr"]
    one = run_cli(*run, "-o", "one.jsonl")
    assert one.code == 0 and "profile: intent_category*\n" in one.err
    assert run_cli(*run, "-j", "2", "-o", "two.jsonl", "-q").code == 0
    parts = [f"{i}.jsonl" for i in (1, 2)]
    assert [run_cli(*run, "--shard", f"{i}/2", "-o", f"{i}.jsonl", "-q").code for i in (1, 2)] == [0, 0]
    assert run_cli("join", *parts, "-o", "all.jsonl").code == 0
    whole = (tmp_path / "one.jsonl").read_bytes()
    assert whole == (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "all.jsonl").read_bytes()
    assert b'"of": "m1"' in whole and b'"of": "m1~2"' in whole
    assert run_cli("replay", "one.jsonl.manifest.json", "--check", "-j", "2").code == 0
    named = run_cli(*run, "--profile", "intent_category", "-q")
    assert named.out.encode() == whole


def test_a_run_that_was_stopped_goes_on_with_its_field_flags(run_cli: RunCli, tmp_path: Path) -> None:
    items = jsonl(
        tmp_path / "m.jsonl", [*MESSAGES, *(dict(m, nr=f"b{n}") for n, m in enumerate(MESSAGES * 8)), {"text": 5}]
    )
    run = ["run", items, "-r", "hurried", "-s", "5", "--target-field", "category", "--id-field", "nr"]
    assert "--resume" in run_cli(*run, "-o", "o.jsonl").err
    assert run_cli("run", "--resume", "-o", "o.jsonl", "--rejects", "bad.jsonl").code == 0
    assert run_cli(*run, "--rejects", "b.jsonl", "-q").out.encode() == (tmp_path / "o.jsonl").read_bytes()


def test_a_text_has_no_fields(run_cli: RunCli) -> None:
    assert "a TEXT has no fields" in run_cli("preview", "-r", "typo", "--id-field", "nr", "Where is it?").err
    missing = run_cli(
        "preview", "-r", "typo", "--id-field", "id", "-", input=b'{"question": "Where is it?", "answer": "x"}\n'
    )
    assert missing.code == 2 and "no item has a field 'id'" in missing.err
