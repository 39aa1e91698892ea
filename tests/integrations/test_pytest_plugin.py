"""The plugin in real runs of pytest, with xdist's workers and without."""

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

CASES = [
    ("Where is my card? I want to know because I need it.", "card"),
    pytest.param("Please tell me how to pay you, because people said I can.", "pay", id="paying"),
]

@pytest.mark.perturb("hurried", n=3)
@pytest.mark.parametrize("text,label", CASES)
def test_multiplied(text, label):
    assert label

@pytest.mark.parametrize("text,label", CASES)
def test_of_the_same_list(text, label):
    assert label

@pytest.mark.perturb("typos", n=1, arg="item")
@pytest.mark.parametrize("wanted", ("a", "b"), ids=["A", "B"])
@pytest.mark.parametrize("item", ({"id": "q7", "question": "Where is the station, please?"},))
class TestItems:
    def test_item(self, item, wanted):
        assert item["id"] == "q7"
"""
# Fails only where both words are changed; other edits are beside the point.
PLANTED = """
import pytest

@pytest.mark.perturb("slangy.yaml", n=6)
@pytest.mark.parametrize("text", ["Please tell me why people wait tomorrow, because I thought you know what they are doing."])
def test_planted(text):
    assert "people" in text or "because" in text

@pytest.mark.perturb("slangy.yaml", n=2)
@pytest.mark.parametrize("text", ["Please tell me why people wait."])
def test_always(text):
    assert not text
"""
SLANGY = "summary: all that can be slang\nsteps:\n  - slang.texting: {rate: 1}\n  - typo.swap: {rate: 0.3}\n"


@pytest.fixture(name="run")
def _run(tmp_path):
    (tmp_path / "slangy.yaml").write_text(SLANGY)

    def run(suite, *args, **env):
        (tmp_path / "test_suite.py").write_text(suite)
        done = subprocess.run([sys.executable, "-m", "pytest", *PLUGIN, "-p", "no:cacheprovider", "-rA", *args], cwd=tmp_path,
                              env={**ENV, **env}, capture_output=True, text=True, timeout=400)  # fmt: skip
        return done.stdout + done.stderr

    return run


def outcomes(out):
    return sorted(set(re.findall(r"^(PASSED|FAILED) test_suite\.py::(\S+)", out, re.M)))


def test_cases_are_multiplied_each_list_of_its_own_and_a_seed_repeats_them(run):
    out = run(SUITE, "--perturb-seed", "3")
    names = [name for _, name in outcomes(out)]
    of = {
        name: [n.split("[")[1][:-1] for n in names if n.startswith(name)]
        for name in ("test_mult", "test_of", "TestItems")
    }
    varied = ["clean", "hurried.1", "hurried.2", "hurried.3"]
    assert of["test_mult"] == [f"{case}-{kind}" for case in ("case0", "paying") for kind in varied]
    assert len(of["test_of"]) == 2 and not any("hurried" in name for name in of["test_of"])
    assert sorted(of["TestItems"]) == ["q7-clean-A", "q7-clean-B", "q7-typos.1-A", "q7-typos.1-B"]
    assert "perturb: seed 3 " in out and "failed" not in out
    assert outcomes(run(SUITE, "-n", "2", PERTURB_SEED="3")) == outcomes(out)


def failures(out):
    """Give each failing test's section of the report."""
    parts = re.split(r"^_{3,} (test_\w+\[\S+\]) _{3,}$", out, flags=re.M)[1:]
    return {name: text.split("\n====")[0] for name, text in zip(parts[::2], parts[1::2])}


def needed(section):
    return re.findall(r"needed to fail: (\S+): '(.*)' -> '(.*)' at \d+", section)


def test_under_xdist_a_planted_failure_shows_its_smallest_edits_and_the_line_that_repeats_it(run):
    out = run(PLANTED, "-n", "2")
    assert "Different tests were collected" not in out
    seed = re.search(r"^perturb: seed (\d+) ", out, re.M)[1]
    found = failures(out)
    planted = {name: text for name, text in found.items() if name.startswith("test_planted")}
    assert (
        planted and f"FAILED test_suite.py::{next(iter(planted))}" in out and "test_planted[case0-clean]" not in planted
    )
    for text in planted.values():
        edits = needed(text)
        assert len(edits) == 2 and text.count("{+") > 2  # of several edits the two that it takes
        assert [old.lower() in word for (_, old, _), word in zip(edits, ("people", "because"))] == [True, True]
        assert text.rstrip().splitlines()[-1] == f"repeat with: --perturb-seed {seed}"
    assert "it fails without any of the edits too" in found["test_always[case0-slangy.1]"]
    again = failures(run(PLANTED, "-n", "3", "--perturb-seed", seed))
    assert {name: needed(text) for name, text in again.items()} == {name: needed(text) for name, text in found.items()}
    other = run(PLANTED, "-n", "2")
    assert re.search(r"^perturb: seed (\d+) ", other, re.M)[1] != seed


@pytest.mark.parametrize(
    ("suite", "env", "told"),
    [
        (
            'import pytest\n\n@pytest.mark.perturb("hurried")\ndef test_x():\n    pass\n',
            {},
            "needs cases with text in them",
        ),
        ("def test_x():\n    pass\n", {"PERTURB_SEED": "seven"}, "PERTURB_SEED is 'seven'; expected a whole number"),
    ],
)
def test_what_cannot_be_done_is_said(run, suite, env, told):
    assert told in run(suite, **env)
