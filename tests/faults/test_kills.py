"""Runs that are killed at random moments, or whose workers are, end in the bytes of one that nobody killed."""

from __future__ import annotations

import importlib.util
import random
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest
from shell import REPO

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux's /proc")


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kill_test", REPO / "tools" / "kill_test.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["kill_test"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("times", "ledger"), [(8, False), (5, True)], ids=["plain", "ledger"])
def test_the_same_bytes_after_kills(tool: ModuleType, tmp_path: Path, times: int, ledger: bool) -> None:
    known, duration = tool.undisturbed(tmp_path, items=600, ledger=ledger)
    rng = random.Random(8)  # the moments differ all the same, as the machine's speed does
    told = []
    for n in range(times):
        (tmp_path / f"run{n}").mkdir()
        if ledger:
            shutil.copy(tmp_path / "first.db", tmp_path / f"run{n}.db")
        told.append(tool.killed(tmp_path / f"run{n}", known, duration, rng))
    assert [t.wrong for t in told] == [""] * times
    assert sum(t.kills for t in told) >= times // 2
