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


def test_it_loads_where_warnings_are_errors(run):
    out = run(SUITE, "-W", "error", "--perturb-seed", "3")
    assert "perturb: seed 3 " in out and "error" not in out.lower().replace("-w error", ""), out


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


def test_nought_is_a_seed(run):
    one, two = run(SUITE, "--perturb-seed", "0"), run(SUITE, "-n", "1", PERTURB_SEED="0")
    assert (
        "perturb: seed 0 (" in one
        and "perturb: seed 0 (" in two
        and "perturb: seed 1 (" in run(SUITE, "--co", "--perturb-seed", "1", PERTURB_SEED="0")
    )


def test_what_expects_a_question_is_left_out_and_counted(run):
    suite = """
import pytest

@pytest.mark.perturb("vague.number", n=4)
@pytest.mark.parametrize("text", ["Ann has 12 eggs and gets 9 more. How many eggs has Ann?", "Where is it, please?"])
def test_numbers(text):
    assert text
"""
    for workers in ("0", "2"):
        out = run(suite, "-n", workers)
        said = re.search(r"^perturb: (\d+) variants? run; (\d+) left out that cannot be scored \((.*)\)$", out, re.M)
        assert said and int(said[1]) == sum(name.count("vague") for _, name in outcomes(out)), out
        assert int(said[2]) > 0 and "same" not in said[3]
    assert "left out" not in run(SUITE)


FLAKY = """
import pytest

@pytest.fixture
def shouted(request):
    return request.param.upper()

@pytest.mark.perturb("slangy.yaml", n=1)
@pytest.mark.parametrize("shouted", ["Please tell me why people wait because of you."], indirect=True)
def test_made_otherwise(shouted):
    assert not shouted

SEEN = []

@pytest.mark.perturb("slangy.yaml", n=1)
@pytest.mark.parametrize("text", ["Please tell me why people wait because of you."])
def test_once(text):
    SEEN.append(text)
    print("printed by the test")
    assert SEEN.count(text) > 1

@pytest.mark.perturb("slangy.yaml", n=1)
@pytest.mark.parametrize("text", ["Please tell me why people wait because of you."])
def test_loud(text):
    print("said", "once")
    assert "because" in text
"""


def test_what_running_a_test_again_cannot_tell_is_said_and_nothing_is_printed_twice(run):
    out = run(FLAKY, "--perturb-seed", "2")
    found = failures(out)
    assert "not run again" in found["test_made_otherwise[case0-slangy.1]"]
    assert "run again as it is, it does not fail" in found["test_once[case0-slangy.1]"]
    assert len(needed(found["test_loud[case0-slangy.1]"])) == 1
    assert out.count("said once") == 2  # by the clean case and by the variant, each time it ran for pytest


MARKED = "import pytest\n\n@pytest.mark.perturb({})\n@pytest.mark.parametrize('x', {})\ndef test_x(x):\n    pass\n"
ASKED = "['Where is it?']"
WRONG = [
    ("'hurrid'", ASKED, "named 'hurrid'; did you mean 'hurried'?"),
    ("'hurried', 'typos'", ASKED, "the mark takes one recipe first"),
    ("'hurried', N=2", ASKED, "the mark does not take N"),
    ("'hurried', seed=2", ASKED, "the mark does not take seed"),
    ("'hurried', n='two'", ASKED, "n must be a whole number of 1 or more, not 'two'"),
    ("'hurried', n=0", ASKED, "n must be a whole number of 1 or more, not 0"),
    ("'hurried', arg='y'", ASKED, "@pytest.mark.perturb needs cases with text in them"),
    ("'hurried'", "[3]", "@pytest.mark.perturb needs cases with text in them"),
    ("'hurried'", "iter([1, 'Where is it?'])", "@pytest.mark.perturb needs cases with text in them"),
    ("'hurried', arg='x'", "[3]", "x is 3 in a case; expected a text or an item"),
    ("'hurried'", "[{'wrong': 3}]", "no shipped profile has these fields"),
]


def test_a_mark_that_cannot_be_meant_ends_in_one_message(run, tmp_path):
    for n, (mark, cases, _) in enumerate(WRONG):
        (tmp_path / f"test_wrong{n:02}.py").write_text(MARKED.format(mark, cases))
    (tmp_path / "test_unmarked.py").write_text(
        'import pytest\n\n@pytest.mark.perturb("hurried")\ndef test_x():\n    pass\n'
    )
    out = run("def test_fine():\n    pass\n", "--continue-on-collection-errors")
    errors = re.split(r"^_+ ERROR collecting (\S+) _+$", out, flags=re.M)
    found = dict(zip(errors[1::2], errors[2::2]))
    told = {f"test_wrong{n:02}.py": message for n, (*_, message) in enumerate(WRONG)}
    told["test_unmarked.py"] = "@pytest.mark.perturb needs cases with text in them"
    for name, message in told.items():
        assert f"{name}::test_x: " in found[name] and message in found[name], out
    assert "pluggy" not in "".join(found.values()) and "warning" not in out and "1 passed, 12 errors" in out, out


def test_a_seed_that_is_no_number_is_said(run):
    assert "PERTURB_SEED is 'seven'; expected a whole number" in run("def test_x():\n    pass\n", PERTURB_SEED="seven")


def test_of_no_cases_pytest_itself_speaks_and_a_stream_of_cases_is_taken(run):
    streamed = MARKED.format("'hurried'", "('Where is it?' for _ in 'ab')").replace("test_x", "test_y")
    out = run(MARKED.format("'hurried'", "[]") + streamed)
    assert re.search(r"4 passed, 1 skipped", out), out
