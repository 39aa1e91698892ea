"""perturb audit: a sheet that is blind to the recipe, and the rates that its answers give."""

from __future__ import annotations

import csv
import io
import json

import pytest
from shell import ITEMS, jsonl, perturb

from perturb.evaluate.realism.validity import told
from perturb.verify.audit import wilson


@pytest.fixture(name="written")
def _written(tmp_path):
    source = jsonl(
        tmp_path / "items.jsonl", [*ITEMS, {"question": "=SUM(1) is what I typed, why is it 1?", "answer": "#### 1"}]
    )
    done = perturb("run", source, "-r", "hurried", "-n", "2", "--seed", "4", "-o", tmp_path / "out.jsonl")
    assert done.code == 0, done.err
    return tmp_path / "out.jsonl"


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def test_the_sheet_says_nothing_of_the_recipe_and_runs_nothing(written, tmp_path):
    done = perturb("audit", written, "--sample", "30", "-o", tmp_path / "sheet.csv")
    assert done.code == 0, done.err
    text = (tmp_path / "sheet.csv").read_text("utf-8")
    assert "hurried" not in text and "typo" not in text and "slang" not in text
    rows = rows_of(tmp_path / "sheet.csv")
    assert len(rows) == 14 and {row["promise"] for row in rows} == {"the same answer is right"}
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row.values() if cell)


def test_answers_become_rates(written, tmp_path):
    sheet = tmp_path / "sheet.csv"
    perturb("audit", written, "-o", sheet)
    rows = rows_of(sheet)
    for n, row in enumerate(rows):
        row["valid"] = "n" if n < 2 else "Y"
    rows[-1]["valid"] = ""
    with sheet.open("w", newline="") as f:
        writer = csv.DictWriter(f, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    done = perturb("audit", written, "--read", sheet)
    assert done.code == 0 and done.out.splitlines()[0].split()[:5] == ["all", "11", "of", "13", "valid:"], done.out
    assert any(line.startswith("slang.texting") for line in done.out.splitlines())


def test_the_terminal_asks_and_keeps_what_was_said(written):
    done = perturb("audit", written, "--sample", "5", input=b"y\nn\ns\nq\n")
    assert done.code == 0 and "2 judged" in done.err, done.err
    sheet = written.with_name("out.jsonl.audit.csv")
    assert [row["valid"] for row in rows_of(sheet)] == ["y", "n", "", "", ""]
    assert perturb("audit", written).code == 2, "a sheet with answers is not replaced"


def test_rates_are_kept_in_the_cards(written, tmp_path):
    sheet, cards = tmp_path / "sheet.csv", tmp_path / "cards"
    perturb("audit", written, "-o", sheet)
    filled = sheet.read_text("utf-8").replace("right,,", "right,y,").replace("right,y,", "right,n,", 1)
    sheet.write_text(filled, "utf-8")
    cards.mkdir()
    known = {"transform": "slang.clip", "judged": 9, "valid": 8, "share": 0.8889, "interval": [0.5650, 0.9801]}
    before = {"subject": "slang", "run": "slang", "density": {"texts": 0.5}, "validity": {"by": "", "rates": [known]}}
    (cards / "slang.json").write_text(json.dumps(before))
    done = perturb("audit", written, "--read", sheet, "--cards", cards, "--by", "Ann")
    assert done.code == 0 and "slang.json" in done.err, done.err
    card = json.loads((cards / "slang.json").read_text("utf-8"))
    rates = {r["transform"]: r for r in card["validity"]["rates"]}
    assert card["density"] == {"texts": 0.5} and card["validity"]["by"] == "Ann" and rates["slang.clip"] == known
    rate = rates["slang.texting"]
    low, high = wilson(rate["valid"], rate["judged"])
    assert rate["judged"] > 5 and rate["interval"] == [round(low, 4), round(high, 4)]
    assert told(card) == f"valid: {8 + rate['valid']} of {9 + rate['judged']} judged"
    (cards / "slang.json").write_text("[]")
    done = perturb("audit", written, "--read", sheet, "--cards", cards)
    assert done.code == 1 and "slang.json: not a card" in done.err and "Traceback" not in done.err
    assert perturb("audit", written, "--cards", cards).code == 2, "there is nothing to keep yet"


def filled(path, change=lambda row: None):
    rows = rows_of(path)
    for row in rows:
        row["valid"] = "y"
    change(rows)
    with path.open("w", newline="") as f:
        writer = csv.DictWriter(f, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            lambda rows: [row.update(key=f"{n:012}") for n, row in enumerate(rows)],
            "14 of 14 rows are of no variant in ",
        ),
        (lambda rows: rows[3].update(key="0" * 12, valid=""), "1 of 14 rows is of no variant in "),
        (
            lambda rows: rows[3].update(key="0" * 12),
            "the first in row 5: no variant there has its key; read the sheet with the file",
        ),
        (
            lambda rows: rows[3].update(variant="What is it?"),
            "the first in row 5: its text is not that of the variant with its key",
        ),
        (
            lambda rows: rows[0].update(clean="What is it?"),
            "the first in row 2: its text is not that of the variant with its key",
        ),
    ],
)
def test_a_sheet_of_another_file_is_refused(written, tmp_path, change, says):
    sheet = tmp_path / "sheet.csv"
    perturb("audit", written, "-o", sheet)
    filled(sheet, change)
    done = perturb("audit", written, "--read", sheet)
    assert (done.code, done.out) == (1, "") and says in done.err and f"perturb audit {written} -o SHEET.csv" in done.err


def test_what_a_spreadsheet_does_to_a_sheet_is_no_other_text(written, tmp_path):
    def rewritten(rows):
        for row in rows:
            row["variant"] = row["variant"].replace(" ", "  ").lstrip("'") + "\r\n"
            del row["clean"]

    perturb("audit", written, "-o", tmp_path / "sheet.csv")
    filled(tmp_path / "sheet.csv", rewritten)
    done = perturb("audit", written, "--read", tmp_path / "sheet.csv")
    assert done.code == 0 and "  14 of   14 valid" in done.out, done.err


@pytest.mark.parametrize(("cell", "told"), [("maybe", "expected y, n or nothing"), ("", "no answers yet")])
def test_an_answer_that_is_none_is_named(written, tmp_path, cell, told):
    perturb("audit", written, "-o", tmp_path / "sheet.csv")
    text = (tmp_path / "sheet.csv").read_text("utf-8").replace("right,,", f"right,{cell},", 1)
    (tmp_path / "sheet.csv").write_text(text, "utf-8")
    done = perturb("audit", written, "--read", tmp_path / "sheet.csv")
    assert done.code in (1, 2) and told in done.err


def test_what_nobody_can_judge_makes_no_sheet(written, tmp_path):
    source, sheet = tmp_path / "items.jsonl", tmp_path / "sheet.csv"
    done = perturb("audit", source, "--source", source, "-o", sheet)
    assert done.code == 2 and "nothing to judge: no variant differs from its clean item" in done.err
    assert not sheet.exists()
    for args, says in (
        (("--by", "me"), "--by says in the cards who judged; give it with --cards FOLDER"),
        (("--cards", tmp_path), "--cards keeps the rates of a sheet that was filled in"),
        (("--read", jsonl(tmp_path / "none.csv", [])), "none.csv: holds no rows; expected a sheet that perturb audit"),
    ):
        done = perturb("audit", written, *args)
        assert done.code in (1, 2) and says in done.err and done.out == ""


def test_intervals_are_wilsons():
    low, high = wilson(95, 100)
    assert (round(low, 4), round(high, 4)) == (0.8882, 0.9785)  # Newcombe 1998, method 3
    assert wilson(0, 0) == (0.0, 1.0)
