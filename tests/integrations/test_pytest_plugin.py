"""The plugin in real runs of pytest, with workers and without."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import entry_points

import pytest
from shell import ENV

MODULE = "perturb.integrations.pytest_plugin"
# Where perturb is installed, pytest has the plugin already; a copy on the path alone must be named.
PLUGIN = [] if any(e.value == MODULE for e in entry_points(group="pytest11")) else ["-p", MODULE]

SUITE = """
import pytest

@pytest.mark.perturb("hurried", n=3)
@pytest.mark.parametrize("text,label", [
    ("Where is my card? I want to know because I need it.", "card"),
    pytest.param("Please tell me how to pay you, because people said I can.", "pay", id="paying"),
])
def test_classified(text, label):
    assert label in text.lower()
    assert "cuz" not in text.lower() and "bc" not in text.lower().split(), text

@pytest.mark.parametrize("n", [1, 2])
def test_other(n):
    assert n
"""


@pytest.fixture(name="run")
def _run(tmp_path):
    (tmp_path / "test_suite.py").write_text(SUITE)

    def run(*args):
        done = subprocess.run([sys.executable, "-m", "pytest", *PLUGIN, "-p", "no:cacheprovider",
                               "-rA", *args], cwd=tmp_path, env=ENV, capture_output=True, text=True, timeout=400)  # fmt: skip
        return done.stdout + done.stderr

    return run


def outcomes(out):
    return sorted(set(re.findall(r"^(PASSED|FAILED) test_suite\.py::(\S+)", out, re.M)))


def test_cases_are_multiplied_and_a_seed_repeats_them(run):
    out = run("--perturb-seed", "3")
    names = [name for _, name in outcomes(out)]
    assert (
        len(names) == 2 * 4 + 2
        and "test_classified[paying-hurried.3]" in names
        and "test_classified[case0-clean]" in names
    )
    assert "perturb: seed 3 " in out
    assert outcomes(run("--perturb-seed", "3")) == outcomes(out) == outcomes(run("--perturb-seed", "3", "-n", "2"))


def test_without_a_seed_every_run_differs_and_workers_agree(run):
    one, two = (run("-n", "2") for _ in range(2))
    seeds = [re.search(r"--perturb-seed (\d+)\)", out) for out in (one, two)]
    assert "Different tests were collected" not in one + two
    assert len(outcomes(one)) == len(outcomes(two)) == 10
    assert all(seeds) and seeds[0][1] != seeds[1][1]


def test_a_failure_shows_the_fewest_edits_that_fail(run):
    for seed in range(1, 30):
        out = run("--perturb-seed", str(seed))
        if "needed to fail" in out:
            break
    needed = re.findall(r"needed to fail: (\S+): ('.*') -> ('.*') at", out)
    assert needed and all(
        "because" in old.lower() or "card" in old.lower() or "pay" in old.lower() for _, old, _ in needed
    ), out
    assert f"repeat with: --perturb-seed {seed}" in out and "[-" in out


def test_a_mark_without_cases_is_refused(tmp_path):
    (tmp_path / "test_bad.py").write_text('import pytest\n\n@pytest.mark.perturb("hurried")\ndef test_x():\n    pass\n')
    done = subprocess.run([sys.executable, "-m", "pytest", *PLUGIN, str(tmp_path)], env=ENV,
                          capture_output=True, text=True, timeout=240)  # fmt: skip
    assert done.returncode and "needs a list of cases" in done.stdout + done.stderr
