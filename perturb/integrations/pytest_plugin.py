"""A pytest plugin: ``@pytest.mark.perturb("hurried", n=3)`` asks a parametrised test of every case's variants too."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from typing import Any

import pytest

KEY = "perturb_seed"
_SEED = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--perturb-seed``."""
    group = parser.getgroup("perturb")
    group.addoption("--perturb-seed", type=int, default=None, help="Repeat the variants of the run that had this seed.")


def pytest_configure(config: pytest.Config) -> None:
    """Settle one seed for the run; xdist's workers take the controller's."""
    config.addinivalue_line("markers", "perturb(recipe, n=1, arg=None): run each case also with n variants of its text")
    config.addinivalue_line("markers", "perturbed(variant, arg): put on a case by the perturb marker")
    said = os.environ.get("PERTURB_SEED", "")
    given = [config.getoption("--perturb-seed"), getattr(config, "workerinput", {}).get(KEY)]
    try:
        given.append(int(said) if said else None)
    except ValueError:
        raise pytest.UsageError(f"PERTURB_SEED is {said!r}; expected a whole number") from None
    config.stash[_SEED] = next((seed for seed in given if seed is not None), None) or secrets.randbits(31)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand the seed to a worker of xdist."""
    node.workerinput[KEY] = node.config.stash[_SEED]


def pytest_report_header(config: pytest.Config) -> str:
    """Say the seed, so that the run can be repeated."""
    return f"perturb: seed {config.stash[_SEED]} (repeat with --perturb-seed {config.stash[_SEED]})"


@pytest.hookimpl(hookwrapper=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> Iterator[None]:
    """Put the variants of a case beside it, where the test is parametrised."""
    mark = metafunc.definition.get_closest_marker("perturb")
    if mark is None:
        yield
        return
    from perturb.integrations.pytest_cases import multiplied

    done: list[str] = []
    plain = metafunc.parametrize

    def parametrize(argnames: Any, argvalues: Any, *args: Any, **options: Any) -> None:
        if not done:
            cases = multiplied(argnames, argvalues, mark, metafunc.config.stash[_SEED], options.get("ids"))
            if cases:
                done.append(str(argnames))
                argvalues, options = cases, {**options, "ids": None}
        plain(argnames, argvalues, *args, **options)

    metafunc.parametrize = parametrize  # type: ignore[method-assign]
    yield
    if not done:
        raise pytest.UsageError(f"{metafunc.function.__qualname__}: @pytest.mark.perturb needs cases with text in them, "
                                "from @pytest.mark.parametrize (name the argument with arg=)")  # fmt: skip


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: Any, call: pytest.CallInfo[None]) -> Any:
    """Show, where a variant failed, its edits and the fewest of them that fail."""
    report = (yield).get_result()
    mark = item.get_closest_marker("perturbed")
    if mark is None or call.when != "call" or call.excinfo is None or call.excinfo.errisinstance(pytest.skip.Exception):
        return
    from perturb.integrations.pytest_shrunk import told

    variant, name = mark.args
    item.user_properties += [("orig_id", variant.id), ("variant", variant.number), ("recipe", variant.recipe)]
    lines = [*told(item, variant, name, call.excinfo.type), f"repeat with: --perturb-seed {item.config.stash[_SEED]}"]
    report.sections.append(("perturb", "\n".join(lines)))
