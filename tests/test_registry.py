"""Registration: declared once, checked at once, found by name and family."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from shell import ENV

from perturb.core.errors import UsageError
from perturb.core.registry import family, forget, get, item_transform, transform, transforms
from perturb.core.rng import Rng
from perturb.core.text import Edit, Text
from perturb.core.unclear import ROLES


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    yield
    forget("test.own")


def proposals(text: Text, rng: Rng, *, size: int = 3) -> Iterator[Edit]:
    """Do a thing
    over two lines ("a" -> "b").

    More of it.
    """
    yield 0, 1, "b"


def test_what_is_registered_is_found() -> None:
    assert transform("test.own", rate=0.1, reach="form", needs=("spacy",), trait="typo")(proposals) is proposals
    found = get("test.own")
    assert found.summary == 'Do a thing over two lines ("a" -> "b").'
    assert (found.family, found.kind, found.reach, found.rate, found.times) == ("test", "text", "form", 0.1, None)
    assert list(found.params) == ["size"] and found.plugin
    assert [t.name for t in family("test")] == ["test.own"] and family("nothing") == []


def test_an_item_transform() -> None:
    def turn(item: Any, rng: Rng) -> None:
        """Turn it ("ab" -> "ba")."""

    item_transform("test.own")(turn)
    assert get("test.own").kind == "item"


def test_the_same_function_may_come_again_and_another_may_not() -> None:
    transform("test.own", times=1)(proposals)
    transform("test.own", times=1)(proposals)
    with pytest.raises(UsageError, match=r"'test\.own' is registered already"):
        transform("test.own", times=1)(_other)


def _other(text: Text, rng: Rng) -> Iterator[Edit]:
    """Do another thing ("a" -> "c")."""
    yield 0, 1, "c"


def _bare(text: Text, rng: Rng) -> None: ...


def _positional(text: Text, rng: Rng, size: int) -> None:
    """Do ("a" -> "b")."""


def _no_default(text: Text, rng: Rng, *, size: int) -> None:
    """Do ("a" -> "b")."""


def _reserved(text: Text, rng: Rng, *, rate: float = 1.0) -> None:
    """Do ("a" -> "b")."""


@pytest.mark.parametrize(
    ("name", "options", "fn", "message"),
    [
        ("test.own", {}, proposals, "either rate .* or times"),
        ("test.own", {"rate": 0.1, "times": 1}, proposals, "either rate .* or times"),
        ("test.own", {"rate": 0.1, "reach": "all"}, proposals, "reach must be one of free, form, loss, not 'all'"),
        ("test.own", {"rate": 0.1, "spot": "lst"}, proposals, "spot must be one of first, last, end, not 'lst'"),
        ("own", {"rate": 0.1}, proposals, "family.verb in lower case"),
        ("Test.Own", {"rate": 0.1}, proposals, "family.verb in lower case"),
        ("test.own", {"rate": 0.1}, _bare, "needs a docstring"),
        ("test.own", {"rate": 0.1}, _positional, "'size' must be keyword-only and have a default"),
        ("test.own", {"rate": 0.1}, _no_default, "'size' must be keyword-only and have a default"),
        ("test.own", {"rate": 0.1}, _reserved, "'rate' is a word of recipes"),
    ],
)
def test_a_wrong_declaration_is_refused(name: str, options: dict[str, Any], fn: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        transform(name, **options)(fn)
    assert "test.own" not in transforms()


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"no transform named 'typo\.nieghbor'; did you mean 'typo\.neighbor'"):
        get("typo.nieghbor")


def test_what_is_shipped_is_well_declared() -> None:
    shipped = transforms()
    assert len(shipped) >= 30 and list(shipped) == sorted(shipped)
    for name, t in shipped.items():
        if t.plugin:
            continue  # of another test
        assert t.role in {"", "cut", "vague", "reference", "misheard", "misread"} | ROLES, name
        assert bool(t.role) == (t.reach == "loss") or t.kind == "item", (
            f"{name}: a loss says what kind of loss it is, nothing else does"
        )
        assert t.summary.endswith(".") and "->" in t.summary, f"{name}: the summary ends in an example"
        assert len(t.summary) < 160, name
        assert not t.plugin, name


def test_threads_that_ask_at_once_all_find_what_is_shipped() -> None:
    code = (
        "from concurrent.futures import ThreadPoolExecutor\nfrom threading import Barrier\n"
        "from perturb.core.registry import get\nstart = Barrier(8)\n"
        "def ask(_):\n    start.wait()\n    return get('typo.swap').name\n"
        "print(*set(ThreadPoolExecutor(8).map(ask, range(8))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=ENV, timeout=120)
    assert (done.returncode, done.stdout) == (0, "typo.swap\n"), done.stderr
