"""perturb realism: what it reads, prints, writes, and says where something is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shell import RunCli

from perturb.core.errors import DataError
from perturb.evaluate.realism.cards import cards
from perturb.evaluate.realism.halves import half_of
from perturb.evaluate.realism.reading import Columns, read_pairs
from perturb.language.lexicon import rows

PAIRS = [(r[0], r[1]) for r in rows("misspellings", "en")][::20]
LONG = 300  # seconds that a busy machine may need to import scikit-learn and fit
NOUNS = "card parcel train window garden teacher bottle ticket museum bridge letter kitchen".split()
QUESTIONS = [f"Where is the {noun} that Maria has bought for {n} pounds?" for n, noun in enumerate(NOUNS * 2)]


@pytest.fixture
def human(tmp_path: Path) -> Path:
    path = tmp_path / "human.tsv"
    path.write_text("corpus\tclean\tnoisy\n" + "".join(f"x\t{c}\t{n}\n" for c, n in PAIRS), "utf-8")
    return path


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    path = tmp_path / "typed.jsonl"
    path.write_text("".join(json.dumps({"id": str(i), "clean": q, "typed": q.lower().rstrip("?")}) + "\n"
                            for i, q in enumerate(QUESTIONS)), "utf-8")  # fmt: skip
    return path


def test_words_are_measured(run_cli: RunCli, human: Path) -> None:
    done = run_cli("realism", "typo", "--pairs", human, "--seeds", "1", "--sample", "60", timeout=LONG)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("typo against human.tsv: 60 pairs of ")
    for figure in ("realism ", "AUC ", "unusable ", "divergence ", "coverage ", "hit ", "as it comes it changes "):
        assert f"\n  {figure}" in done.out or f"\n{figure}" in done.out


def test_texts_are_measured_and_the_card_is_written_once(run_cli: RunCli, typed: Path, tmp_path: Path) -> None:
    args = ["realism", "hurried", "--text-pairs", typed, "--noisy-field", "typed", "--seeds", "1", "-o", "card.json"]
    done = run_cli(*args, "--corpus", "ours", "--licence", "MIT", "--json", timeout=LONG)
    assert (done.code, done.err) == (0, "")
    card = json.loads(done.out)
    assert json.loads((tmp_path / "card.json").read_text("utf-8")) == card
    assert card["subject"] == card["run"] == "hurried"
    assert card["texts"]["corpus"] == {"name": "ours", "licence": "MIT", "part": ""}
    figures = {f["name"]: f for f in card["texts"]["figures"]}
    assert figures["lower-case start"]["human"] == figures["final mark lost"]["human"] == 1
    assert 0.2 < figures["lower-case start"]["ours"] < 1 and card["density"]["words"] > 0
    assert card["fingerprint"]["draws"] and "slang/en.tsv" in card["fingerprint"]["tables"]
    assert str(tmp_path) not in done.out, "no path of this machine"
    again = run_cli(*args)
    assert again.code and "card.json" in again.err and "--force" in again.err


def test_a_generator_of_ones_own(run_cli: RunCli, human: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "def swap(text, seed):\n    i = seed % max(1, len(text) - 1)\n"
        "    return text[:i] + text[i:i + 2][::-1] + text[i + 2:]\n"
        "def broken(text, seed):\n    return text[seed + 99]\ndef listed(text, seed):\n    return [text]\n"
    )
    args = ["realism", "--pairs", human, "--seeds", "1", "--sample", "60", "--generator"]
    done = run_cli(*args, "mine:swap", "--json", timeout=LONG)
    assert (done.code, done.err) == (0, "") and "fingerprint" not in json.loads(done.out)
    for name, code, says in (
        ("mine:nope", 2, "the generator mine:nope cannot be imported (AttributeError"),
        ("nope:swap", 2, "the generator nope:swap cannot be imported (ModuleNotFoundError"),
        ("mine", 2, "a generator is MODULE:FUNCTION"),
        ("mine:broken", 1, "the generator mine:broken failed on '"),
        ("mine:listed", 1, "the generator mine:listed gave list for '"),
    ):
        done = run_cli(*args, name)
        assert done.code == code and says in done.err, done


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        ([], 2, "name either a recipe, transform or family, or a --generator"),
        (["typo", "--generator", "a:b", "--pairs", "human.tsv"], 2, "name either"),
        (["typo"], 2, "nothing to measure against; give --pairs"),
        (["typoo", "--pairs", "human.tsv"], 2, "did you mean 'typo'?"),
        (["choices.shuffle", "--pairs", "human.tsv"], 2, "rearranges items"),
        (["typo", "--pairs", "none.tsv"], 1, "none.tsv: no such file"),
        (["typo", "--pairs", "human.tsv", "--only", "y"], 1, "human.tsv: holds no pairs that fit"),
        (["typo", "--pairs", "human.tsv", "--clean-field", "right"], 1, "human.tsv:1: found 3 columns (corpus, clean"),
        (["typo", "--text-pairs", "typed.jsonl"], 1, "typed.jsonl:1: no field 'noisy' (there: 'id', 'clean', 'typed')"),
    ],
)
def test_what_is_wrong_is_said(
    run_cli: RunCli, human: Path, typed: Path, args: list[str], code: int, says: str
) -> None:
    done = run_cli("realism", *args)
    assert (done.code, done.out) == (code, "") and says in done.err, done


def test_without_scikit_learn_one_message_says_how_to_get_it(run_cli: RunCli, human: Path, tmp_path: Path) -> None:
    from shell import ENV

    (tmp_path / "hidden" / "sklearn").mkdir(parents=True)
    (tmp_path / "hidden" / "sklearn" / "__init__.py").write_text("raise ImportError('No module named sklearn')\n")
    path = f"{tmp_path / 'hidden'}:{ENV['PYTHONPATH']}"
    done = run_cli("realism", "typo", "--pairs", human, env={"PYTHONPATH": path})
    assert done.code == 1 and done.err.count("\n") == 1 and 'pip install "perturb[realism]"' in done.err


# -- files -------------------------------------------------------------------------------------------------

THREE = [("their", "thier"), ("their", "thier"), ("until", "untill")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tsv", "clean\tnoisy\ntheir\tthier\ntheir\tthier\nuntil\tuntill\n"),
        ("a.tsv", "their\tthier\ntheir\tthier\r\n\nuntil\tuntill"),
        ("a.txt", "# said by us\ncount\tnoisy\tclean\n2\tthier\ttheir\n1\tuntill\tuntil\n"),
        ("a.csv", '\ufeffclean,noisy\ntheir,thier\n"their","thier"\nuntil,untill\n'),
        ("a.jsonl", '{"clean": "their", "noisy": "thier", "count": 2}\n{"clean": "until", "noisy": "untill"}\n'),
    ],
)
def test_files_of_pairs(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_bytes(content.encode())
    assert read_pairs(str(tmp_path / name)) == THREE


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.tsv", b"", "a.tsv: is empty"),
        ("a.tsv", b"their thier\n", "a.tsv:1: found 1 columns"),
        ("a.tsv", b"a\tb\tc\n", "a.tsv:1: found 3 columns (a, b, c)"),
        ("a.tsv", b"clean\tnoisy\n", "a.tsv: holds no pairs"),
        ("a.tsv", b"clean\tnoisy\na\tb\n\na\n", "a.tsv:4: found 1 columns; expected 2 (clean, noisy)"),
        ("a.tsv", b"clean\tnoisy\na\t\n", "a.tsv:2: 'noisy' holds nothing; expected text"),
        ("a.tsv", b"clean\tnoisy\tcount\na\tb\tmany\n", "a.tsv:2: the count is 'many'"),
        ("a.tsv", b"a\tb\nc\t\xff\n", "a.tsv:2: not UTF-8 (0xff)"),
        ("a.jsonl", b'{"clean": "a", "noisy": 3}\n', "a.jsonl:1: 'noisy' holds 3; expected text"),
        ("a.jsonl", b'{"clean": "a"}\n', "a.jsonl:1: no field 'noisy'"),
        ("a.jsonl", b"nonsense\n", "a.jsonl:1"),
    ],
)
def test_bad_files_are_told_by_line(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_pairs(str(tmp_path / name))
    assert says in str(caught.value)


def test_halves_go_by_id_and_cover_the_file(typed: Path) -> None:
    columns = Columns(noisy="typed")
    tune, test = (read_pairs(str(typed), columns, half=half) for half in ("tune", "test"))
    assert sorted(tune + test) == sorted(read_pairs(str(typed), columns))
    assert len(tune) == sum(half_of(str(i)) == "tune" for i in range(len(QUESTIONS)))


def test_cards_are_listed(run_cli: RunCli) -> None:
    lines = dict(line.split(maxsplit=1) for line in run_cli("list", "--realism").out.splitlines())
    assert lines["greeting"] == "not measured: no human pairs"
    for name, card in cards().items():
        assert ("realism " in lines[name]) == ("pairs" in card) and ("texts: AUC " in lines[name]) == ("texts" in card)
    shown = json.loads(run_cli("list", "--realism", "--json").out)
    assert shown["greeting"] is None and {k: v for k, v in shown.items() if v} == cards()
