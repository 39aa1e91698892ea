"""The matcher of profiles' forms: what Python's own finds, and no pattern that runs away."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perturb.items.linear_regex import like
from perturb.items.profile_files import profiles

_atoms = st.sampled_from(
    [
        "a",
        "b",
        "ab",
        ".",
        r"\s",
        r"\S",
        r"\d",
        r"\w",
        r"\W",
        "[ab]",
        "[^a]",
        r"[^\s,]",
        "[a-c1]",
        r"\b",
        r"\B",
        "^",
        "$",
        r"\Z",
        r"\A",
        "\\n",
        "",
    ]
)
_patterns = st.recursive(
    _atoms,
    lambda inner: st.one_of(
        st.builds("{}{}".format, inner, inner),
        st.builds("(?:{}|{})".format, inner, inner),
        st.builds("({}){}".format, inner, st.sampled_from(["*", "+", "?", "*?", "{2}", "{1,3}", "{0,2}"])),
    ),
    max_leaves=6,
)


@given(_patterns, st.text(alphabet="abc1 ,\n_é", max_size=7))
def test_it_finds_what_python_finds(pattern: str, text: str) -> None:
    assert like(pattern)(text) == (re.search(pattern, text) is not None)


def test_the_shipped_forms_find_what_python_finds() -> None:
    forms = [f[5:] for p in profiles().values() for _, f in p.detect if f.startswith("like ")]
    forms += [s.like for p in profiles().values() for s in p.skip if s.like]
    texts = [
        "",
        "a\n#### 72",
        "#### 72 \n",
        "#### ",
        "not ( True and False ) is",
        "(1 + 2) =",
        "Why\nOptions:\n(A) x",
        "Options:\n- x",
        r"\boxed{7}",
        "a b",
    ]
    assert len(forms) >= 5
    for form in forms:
        assert [like(form)(t) for t in texts] == [re.search(form, t) is not None for t in texts]


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|aa)+$", "(a|a)*$", "(?:a?){50}a{50}b", "^(a*)*b", ".*.*.*.*=", r"(\w+\s?)*$"]
)
def test_none_runs_away(pattern: str) -> None:
    """Counts calls, not seconds: a step a character, or few more."""
    steps = 0

    def count(frame: object, event: str, arg: object) -> None:
        nonlocal steps
        steps += event in ("call", "c_call")
        assert steps < 3_000_000, "it runs away"

    test = like(pattern)
    sys.setprofile(count)
    try:
        test("a" * 300 + "!")
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize(("pattern", "says"), [
    ("(", "not a regular expression"), (r"(a)\1", "no look around"), ("(?=a)", "no look around"), ("(?<!a)b", "no look around"),
    ("(?i)a", "no flags"), ("(?i:a)", "no flags"), ("a" * 1001, "at most 1000 parts"), ("(?:(?:abc){40}){40}", "at most 1000 parts"),
    ("(" * 5000, "not a regular expression"),
])  # fmt: skip
def test_what_is_refused(pattern: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        like(pattern)
