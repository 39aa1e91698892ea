"""pytest: what is said of variants, where one failed and at the end."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

SEED = pytest.StashKey[int]()
MADE = pytest.StashKey["Counter[str]"]()
WANTS_CASES = pytest.StashKey[bool]()
_KEY = "perturb_made"


def failed(definition: Any, why: Any) -> BaseException:
    """Give what ends the collection of a file with one message (a CollectError is shown without its traceback)."""
    return pytest.Collector.CollectError(f"{definition.nodeid}: {why}")


@pytest.hookimpl(trylast=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Say of a marked test, when all its cases are there, that none had a text."""
    if metafunc.definition.stash.get(WANTS_CASES, False):
        raise failed(metafunc.definition, "@pytest.mark.perturb needs cases with text in them, from @pytest.mark.parametrize "
                                          "(name the argument with arg=)")  # fmt: skip


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
    lines = [*told(item, variant, name, call.excinfo.type), f"repeat with: --perturb-seed {item.config.stash[SEED]}"]
    report.sections.append(("perturb", "\n".join(lines)))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand on what was left out, from a worker of xdist."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        made = session.config.stash[MADE]
        output[_KEY] = dict(made)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take what a worker left out; each collects all tests, so the last says it for all."""
    left = getattr(node, "workeroutput", {}).get(_KEY)
    if left:
        node.config.stash[MADE] = Counter(left)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say how many variants were left out, where any were."""
    from perturb.integrations.host import left_out

    stats = config.stash[MADE]
    if any(what.startswith("left out: ") for what in stats):
        made = stats["variants"]
        terminalreporter.write_line(f"perturb: {made} variant{'s' * (made != 1)} run; {left_out(stats)}")
