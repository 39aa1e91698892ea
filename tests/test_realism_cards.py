"""The shipped cards: whole, in their place, and of the program as it is now."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from perturb.core.registry import transforms
from perturb.evaluate.realism.cards import cards, families, in_a_line, stale, written
from perturb.evaluate.realism.fingerprint import draws, hashes, tables_of
from perturb.resources import data_digest, root

TOOLS = Path(__file__).resolve().parent.parent / "tools"


@pytest.mark.parametrize("name", cards())
def test_a_card_is_of_the_program_as_it_is(name: str) -> None:
    wrong = stale(cards()[name])
    assert not wrong, f"{', '.join(wrong)} changed: measure again with: python tools/make_cards.py FACTS {name}"


@pytest.mark.parametrize("name", cards())
def test_a_card_is_whole(name: str) -> None:
    path = root("data") / "realism" / f"{name}.json"
    card = cards()[name]
    text = path.read_text("utf-8")
    assert text == written(card) and card["subject"] == name
    assert not re.search(r"\d{4}-\d\d-\d\d|/work|/home|/tmp|\.jsonl|\.tsv\"?,", text.split('"fingerprint"')[0])
    for rate in card.get("validity", {}).get("rates", ()):
        assert rate["transform"].startswith(f"{name}.") and rate["transform"] in transforms()
        assert 0 <= rate["valid"] <= rate["judged"] and len(rate["interval"]) == 2
    if set(card) == {"subject", "run", "generator", "perturb", "validity"}:
        return  # judged, not measured
    for part in (card[p] for p in ("pairs", "texts") if p in card):
        assert part["corpus"]["name"] and part["corpus"]["licence"] and part["n"] and part["seeds"]
    assert card["fingerprint"]["tables"] or card["run"] not in ("typo", "misspelling")
    plan = yaml.safe_load((TOOLS / "cards.yaml").read_text("utf-8"))["cards"]
    assert plan[name]["run"] == card["run"], "tools/cards.yaml makes it"


def test_what_changes_makes_a_card_stale() -> None:
    table = "misspellings/en.tsv"
    card = {
        "run": "misspelling.attested",
        "fingerprint": {"draws": draws("misspelling.attested"), "tables": hashes([table])},
    }
    assert stale(card) == []
    then = {"draws": "0" * 16, "tables": {table: "0" * 16, "gone/en.tsv": "0" * 16}}
    assert stale({**card, "fingerprint": then}) == [
        "the table misspellings/en.tsv",
        "the table gone/en.tsv",
        "its draws",
    ]
    assert stale({"run": "", "generator": "peers:ocr"}) == []


def test_tables_are_found_by_what_is_read() -> None:
    assert tables_of("misspelling.attested") == ["misspellings/en.tsv", "misspellings/en_sa.tsv"]
    assert tables_of("case.lower") == []


def test_every_family_has_a_line() -> None:
    assert {"typo", "misspelling", "case", "slang"} <= set(families())
    assert in_a_line(None) == "not measured: no human pairs"
    text = {"run": "spoken", "subject": "asr", "texts": {"auc": 0.7, "n": 20, "corpus": {"name": "x"}, "figures": [
        {"name": "character error rate", "human": 0.16, "ours": 0.15}, {"name": "word error rate", "human": 0.4, "ours": 0.41},
    ]}}  # fmt: skip
    assert in_a_line(text) == "recipe spoken: texts: AUC 0.700, characters 15.0 % (people 16.0 %), words 41.0 % (40.0 %) " \
                              "(20 texts of x)"  # fmt: skip


def test_cards_alter_no_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from perturb import resources

    (tmp_path / "realism").mkdir()
    (tmp_path / "slang").mkdir()
    (tmp_path / "slang" / "en.tsv").write_text("a\tb\n")
    monkeypatch.setattr(resources, "root", lambda kind: tmp_path)
    before = data_digest.__wrapped__()
    (tmp_path / "realism" / "typo.json").write_text(json.dumps({}))
    assert data_digest.__wrapped__() == before
    (tmp_path / "slang" / "en.tsv").write_text("a\tc\n")
    assert data_digest.__wrapped__() != before


def test_the_plan_names_what_there_is() -> None:
    plan = yaml.safe_load((TOOLS / "cards.yaml").read_text("utf-8"))
    known = {"file", "name", "licence", "bench", "clean", "noisy", "id", "half"}
    assert all(c.keys() <= known and c["name"] and c["licence"] for c in plan["corpora"].values())
    functions = re.findall(r"^def ([a-z]\w+)\(text", (TOOLS.parent / "bench" / "peers.py").read_text("utf-8"), re.M)
    for what in (*plan["cards"].values(), *plan["peers"].values()):
        assert {what[k] for k in ("words", "texts") if k in what} <= plan["corpora"].keys()
        assert ("run" in what) != ("generator" in what)
        assert "run" in what or what["generator"].removeprefix("peers:") in functions
    assert list(json.loads((TOOLS.parent / "bench" / "peers.json").read_text("utf-8"))) == list(plan["peers"])
