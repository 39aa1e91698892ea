"""A pytest plugin: ``@pytest.mark.perturb("hurried", n=3)`` asks a parametrised test of every case's variants too."""

from __future__ import annotations

import os
import secrets
from typing import Any

import pytest

KEY = "perturb_seed"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--perturb-seed``."""
    group = parser.getgroup("perturb")
    group.addoption("--perturb-seed", type=int, default=None, help="Repeat the variants of the run that had this seed.")


def pytest_configure(config: pytest.Config) -> None:
    """Settle one seed for the run; xdist's workers take the controller's."""
    config.addinivalue_line("markers", "perturb(recipe, n=1, arg=None): run each case also with n variants of its text")
    config.addinivalue_line("markers", "perturbed(variant, arg): put on a case by the perturb marker")
    seed = config.getoption("--perturb-seed")
    if seed is None:
        seed = (
            getattr(config, "workerinput", {}).get(KEY)
            or int(os.environ.get("PERTURB_SEED", 0))
            or secrets.randbits(31)
        )
    config.stash[_SEED] = seed


_SEED = pytest.StashKey[int]()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand the seed to a worker of xdist."""
    node.workerinput[KEY] = node.config.stash[_SEED]


def pytest_report_header(config: pytest.Config) -> str:
    """Say the seed, so that the run can be repeated."""
    return f"perturb: seed {config.stash[_SEED]} (repeat with --perturb-seed {config.stash[_SEED]})"


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Put the variants of a case beside it, in the marker that parametrises the test."""
    mark = metafunc.definition.get_closest_marker("perturb")
    if mark is None:
        return
    wanted = mark.kwargs.get("arg")
    for given in metafunc.definition.iter_markers("parametrize"):
        first = given.args[0]
        names: list[str] = list(first) if isinstance(first, (list, tuple)) else [n.strip() for n in first.split(",")]
        place = _place(names, list(given.args[1]), wanted)
        if place is None:
            continue
        cases = [case for n, old in enumerate(given.args[1]) for case in _cases(metafunc, mark, names, place, old, n)]
        given.args[1][:] = cases if isinstance(given.args[1], list) else []
        return
    raise pytest.UsageError(f"{metafunc.function.__qualname__}: @pytest.mark.perturb needs a list of cases with text in them, "
                            "from @pytest.mark.parametrize (name the argument with arg=)")  # fmt: skip


def _place(names: list[str], cases: list[Any], wanted: str | None) -> int | None:
    """Find the argument that holds the text: the one named, else the first that is text or an item in every case."""
    for i, name in enumerate(names):
        if wanted == name or (
            wanted is None and cases and all(isinstance(_values(c, names)[i], (str, dict)) for c in cases)
        ):
            return i
    return None


def _values(case: Any, names: list[str]) -> list[Any]:
    values = getattr(case, "values", case) if not isinstance(case, dict) else case
    return [case] if values is case and len(names) == 1 else list(values)


def _cases(metafunc: Any, mark: Any, names: list[str], place: int, case: Any, number: int) -> list[Any]:
    """Give a case and its variants; ids name item and variant, never the text, so that workers agree on them."""
    from perturb.variants import vary

    values = _values(case, names)
    label = (
        getattr(case, "id", None)
        or (values[place].get("id") if isinstance(values[place], dict) else None)
        or f"case{number}"
    )
    marks = list(getattr(case, "marks", ()))
    # A test asserts the old answer: what should be asked about is never held to it.
    options = {"expect": "same", **{k: v for k, v in mark.kwargs.items() if k not in ("n", "arg")}}
    out = [pytest.param(*values, id=f"{label}-clean", marks=marks)]
    recipe = mark.args[0] if mark.args else "hurried"
    for variant in vary(values[place], recipe, mark.kwargs.get("n", 1), metafunc.config.stash[_SEED], **options):
        new = variant.text if isinstance(values[place], str) else variant.item
        varied = [*values[:place], new, *values[place + 1 :]]
        out.append(
            pytest.param(
                *varied,
                id=f"{label}-{recipe}.{variant.number}",
                marks=[*marks, pytest.mark.perturbed(variant, names[place])],
            )
        )
    return out


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: Any, call: pytest.CallInfo[None]) -> Any:
    """Show, where a variant failed, its edits and the fewest of them that fail."""
    report = (yield).get_result()
    mark = item.get_closest_marker("perturbed")
    if mark is None or call.when != "call" or call.excinfo is None or call.excinfo.errisinstance(pytest.skip.Exception):
        return
    variant, name = mark.args
    item.user_properties += [("orig_id", variant.id), ("variant", variant.number), ("recipe", variant.recipe)]
    report.sections.append(("perturb", _told(item, variant, name, call.excinfo.type)))


def _told(item: Any, variant: Any, name: str, kind: type[BaseException]) -> str:
    from perturb.evaluate.shrink import shrink, with_edits

    given = {n: item.funcargs[n] for n in item._fixtureinfo.argnames}
    whole = isinstance(given[name], dict)

    def fails(edits: list[Any]) -> bool:
        new = with_edits(variant, edits)
        try:
            item.obj(**{**given, name: new if whole else new["text"]})
        except kind:
            return True
        except Exception:
            return False
        return False

    kept = shrink(variant.edits, fails)
    lines = [variant.diff(), f"expect: {variant.expect}"]
    if not kept:
        lines.append("it fails without any of the edits too")
    lines += [f"needed to fail: {e.step}: {e.old!r} -> {e.new!r} at {e.start}" for e in kept]
    return "\n".join([*lines, f"repeat with: --perturb-seed {item.config.stash[_SEED]}"])
