"""A pytest plugin: ``@pytest.mark.perturb("hurried", n=3)`` asks a parametrised test of every case's variants too."""

from __future__ import annotations

import os
import secrets
from collections import Counter
from typing import Any

import pytest

from perturb.integrations import pytest_report
from perturb.integrations.pytest_report import MADE, SEED, WANTS_CASES, failed

KEY = "perturb_seed"


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
    # Not by "pytest_plugins": of a module that is imported already pytest warns, and in many projects warnings are errors.
    config.pluginmanager.register(pytest_report, pytest_report.__name__)
    config.stash[MADE] = Counter()
    config.stash[SEED] = next((seed for seed in given if seed is not None), secrets.randbits(31))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand the seed to a worker of xdist."""
    node.workerinput[KEY] = node.config.stash[SEED]


def pytest_report_header(config: pytest.Config) -> str:
    """Say the seed, so that the run can be repeated."""
    return f"perturb: seed {config.stash[SEED]} (repeat with --perturb-seed {config.stash[SEED]})"


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Put the variants of a case beside it, where the test is parametrised."""
    mark = metafunc.definition.get_closest_marker("perturb")
    if mark is None:
        return
    from perturb.core.errors import PerturbError
    from perturb.integrations.pytest_cases import multiplied, perturber_of

    definition, plain = metafunc.definition, metafunc.parametrize
    definition.stash[WANTS_CASES] = True

    def parametrize(argnames: Any, argvalues: Any, *args: Any, **options: Any) -> None:
        argvalues = list(argvalues)
        if definition.stash[WANTS_CASES]:
            try:
                cases = multiplied(argnames, argvalues, mark.kwargs.get("arg"), perturber, options.get("ids"))
            except PerturbError as e:
                raise failed(definition, e) from None
            if cases:
                argvalues, options = cases, {**options, "ids": None}
                metafunc.config.stash[MADE].update(perturber.stats)
            definition.stash[WANTS_CASES] = bool(argvalues) and not cases  # of no cases pytest itself speaks
        plain(argnames, argvalues, *args, **options)

    try:
        perturber = perturber_of(mark, metafunc.config.stash[SEED])
    except PerturbError as e:
        raise failed(definition, e) from None
    metafunc.parametrize = parametrize  # type: ignore[method-assign]
