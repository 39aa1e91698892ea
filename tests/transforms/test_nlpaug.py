"""nlpaug's augmenters as steps: the same bytes in every process, its global randomness put back."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from perturb.core import engine
from perturb.core.edits import apply
from perturb.core.errors import MissingResource, UsageError
from perturb.core.registry import get
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, SLOT, Text

np = pytest.importorskip("numpy")
pytest.importorskip("nlpaug")
from perturb.transforms import nlpaug_  # noqa: E402  (it needs no nlpaug itself)

RAW = "Because their parcel  should arrive tomorrow, which\tpeople really receive it between 3 and 5 o'clock?"
STEPS: list[tuple[str, dict[str, Any]]] = [
    ("nlpaug.keyboard", {}),
    ("nlpaug.ocr", {}),
    *(("nlpaug.random", {"action": action}) for action in nlpaug_.ACTIONS),
    ("nlpaug.spelling", {}),
    ("nlpaug.split", {}),
    *(("nlpaug.augment", {"name": name}) for name in nlpaug_.NAMES if name != "ReservedAug"),
]


def variant(name: str, params: dict[str, Any], seed: int = 0, raw: str = RAW, rate: float = 0.3) -> str:
    edits = engine.run(Text(raw), get(name), params, Rng(seed), rate=rate, times=0)
    return apply(raw, edits)


@pytest.mark.parametrize(
    ("name", "word", "some"),
    [
        ("nlpaug.keyboard", "money", {"monry", "monwy", "moneu", "momey"}),
        ("nlpaug.ocr", "school", {"8chool", "scho0l", "schoo1"}),
        ("nlpaug.random", "their", {"thier", "theri"}),
        ("nlpaug.spelling", "their", {"thier", "theri"}),
        ("nlpaug.spelling", "Tomorrow", {"Tommorow", "Tomorow"}),
        ("nlpaug.split", "question", {"ques tion", "quest ion"}),
    ],
)
def test_makes(variants: Any, name: str, word: str, some: set[str]) -> None:
    made = variants(name, word)
    assert some <= made | {word}, made
    assert len(made) > 1


@pytest.mark.parametrize(("name", "params"), STEPS)
def test_changes_words_and_nothing_between(name: str, params: dict[str, Any]) -> None:
    for seed in range(10):
        new = variant(name, params, seed)
        assert new != RAW
        assert "  " in new
        assert "\t" in new
        assert "between 3 and 5 o'clock?" in new or "3 and 5 o'clock?" in new
        if "split" not in name.lower() and params.get("name") != "SplitAug":
            assert len(new.split()) == len(RAW.split())


@pytest.mark.parametrize(("name", "params"), STEPS)
def test_short_odd_and_empty_texts(name: str, params: dict[str, Any]) -> None:
    for raw in (
        "",
        "x",
        "48",
        "DNA iPhone 2nd don't",
        "été 日本語 \U0001f600",
        "e\u0301te\u0301s",
        "\0\0",
        "İstanbulİ ǅungla",
    ):
        variant(name, params, raw=raw, rate=1.0).encode()


def test_locked_text_and_values_hold() -> None:
    raw = "Answer seventeen apples tomorrow because people agree"
    mask = bytes([LOCKED] * 6 + [0] + [SLOT] * 9 + [0] * (len(raw) - 16))
    for name, params in STEPS:
        for seed in range(5):
            edits = engine.run(Text(raw, mask), get(name), params, Rng(seed), rate=1.0, times=0)
            assert apply(raw, edits).startswith("Answer seventeen ")


@pytest.mark.parametrize(("name", "params"), STEPS)
def test_more_keeps_every_edit_of_less(name: str, params: dict[str, Any]) -> None:
    few, many = (set(engine.run(Text(RAW), get(name), params, Rng(4), rate=r, times=0)) for r in (0.15, 0.5))
    assert few
    assert few <= many


# -- global randomness ------------------------------------------------------------------------------------


def test_global_random_is_put_back_and_not_listened_to() -> None:
    random.seed(1)
    np.random.seed(1)
    before = (random.getstate(), np.random.get_state()[1].tolist())
    first = [variant(name, params) for name, params in STEPS]
    assert (random.getstate(), np.random.get_state()[1].tolist()) == before
    random.seed(2)
    np.random.seed(2)
    assert [variant(name, params) for name, params in STEPS] == first


def test_put_back_after_an_error() -> None:
    before = random.getstate()
    with pytest.raises(ZeroDivisionError), nlpaug_.seeded(Rng(1)):
        random.random()
        raise ZeroDivisionError
    assert random.getstate() == before


DIGEST = """
import sys
sys.path[:0] = sys.argv[1:]
from hashlib import sha256
from test_nlpaug import STEPS, variant
print(sha256(repr([variant(n, p, seed) for n, p in STEPS for seed in range(20)]).encode()).hexdigest())
"""


def test_same_in_other_processes() -> None:
    """SpellingAug's own table changes its order with the process's hash seed."""
    here, top = Path(__file__).parent, Path(__file__).parents[2]
    digests = set()
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", DIGEST, str(here), str(top)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout.strip())
    mine = repr([variant(n, p, seed) for n, p in STEPS for seed in range(20)])
    assert digests == {sha256(mine.encode()).hexdigest()}


def test_leaves_the_host_its_spelling_table() -> None:
    from nlpaug.augmenter.word import SpellingAug

    variant("nlpaug.spelling", {})
    assert "becuase" in SpellingAug().model.dict  # turned round, as it comes
    assert "becuase" not in nlpaug_._augmenter("SpellingAug").model


# -- what nlpaug answers, and what is asked of it ---------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "kept"), [([], "word"), (["wrod"], "wrod"), ("wrod", "wrod"), ([""], "word"), (None, "word")]
)
def test_every_kind_of_answer(monkeypatch: pytest.MonkeyPatch, answer: object, kept: str) -> None:
    class Fake:
        def augment(self, word: str) -> object:
            return answer

    monkeypatch.setattr(nlpaug_, "_augmenter", lambda name, table: Fake())
    assert nlpaug_._call("KeyboardAug", "word", Rng(1)) == kept


def test_reserved_words_from_a_table(tmp_path: Path) -> None:
    table = tmp_path / "mine.tsv"
    table.write_text("refund\tmoney back\nplease\tpls\nplease\tplz\n")
    params = {"name": "ReservedAug", "table": str(table)}
    made = {variant("nlpaug.augment", params, seed, "Please refund me", 1.0) for seed in range(40)}
    assert made == {"Pls money back me", "Plz money back me"}


def test_mistakes_are_said() -> None:
    with pytest.raises(UsageError, match=r"name is one of KeyboardAug, .*did you mean 'OcrAug'"):
        variant("nlpaug.augment", {"name": "OCRAug"})
    with pytest.raises(UsageError, match="not 'SynonymAug'"):
        variant("nlpaug.augment", {"name": "SynonymAug"})
    with pytest.raises(UsageError, match=r"action is one of swap, .*did you mean 'swap'"):
        variant("nlpaug.random", {"action": "swop"})
    with pytest.raises(UsageError, match="ReservedAug needs a table"):
        variant("nlpaug.augment", {"name": "ReservedAug"})


def test_without_nlpaug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nlpaug.augmenter.char", None)
    nlpaug_._augmenter.cache_clear()
    with pytest.raises(MissingResource, match=r'pip install "nlpaug>=1\.1\.11,<3"'):
        variant("nlpaug.keyboard", {})
    nlpaug_._augmenter.cache_clear()


def test_registering_imports_nothing_heavy() -> None:
    program = "import perturb.transforms.nlpaug_, sys; print({'nlpaug', 'numpy', 'pandas'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
