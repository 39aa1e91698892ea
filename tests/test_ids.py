"""Ids: the item's own, or a hash of its clean content; never its place in the file."""

from __future__ import annotations

import re
from typing import Any

import pytest

from perturb.core.errors import BadRecord
from perturb.items.ids import Ids, canonical, digest, item_id
from perturb.items.profiles import Profile

OWN = Profile("own", ("q",), id="id")
NONE = Profile("none", ("q",))


@pytest.mark.parametrize(
    ("value", "name"),
    [("chal-1", "chal-1"), ("007", "007"), (7, "7"), (7.0, "7"), (0, "0"), (1.5, "1.5"), (10**20, "1" + "0" * 20)],
)
def test_an_id_field_is_kept_as_it_is(value: Any, name: str) -> None:
    assert item_id({"id": value, "q": "x"}, OWN) == name


@pytest.mark.parametrize("value", [None, "", True, ["a"], {"a": 1}])
def test_what_is_no_id_is_not_used(value: Any) -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", item_id({"id": value, "q": "x"}, OWN))


def test_a_nested_id() -> None:
    assert item_id({"metadata": {"orig_id": "a1"}}, Profile("p", ("q",), id="metadata.orig_id")) == "a1"


def test_the_hash_is_of_the_clean_content() -> None:
    item = {"q": "Where?", "a": ["x", {"b": 1, "a": 2}]}
    other = {"a": ["x", {"a": 2, "b": 1}], "q": "Where?"}
    assert digest(item) == digest(other) == digest({**item, "perturb": {"of": "zzz"}})
    assert digest(item) != digest({**item, "q": "where?"})
    assert canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()


def test_the_hash_is_part_of_the_file_format() -> None:
    assert digest({"question": "Where is it?", "answer": 3}) == "ecc446a27b44"


def test_lone_surrogates_have_an_id() -> None:
    assert len(digest({"q": "a\ud800b"})) == 12


def test_what_is_no_json_object_is_a_bad_record() -> None:
    with pytest.raises(BadRecord):
        digest({"a": 1, 2: "b"})  # type: ignore[dict-item]


def test_identical_records_are_told_apart_with_a_notice() -> None:
    ids = Ids(NONE)
    names = [ids.name({"q": "x"}) for _ in range(3)]
    assert names == [names[0], f"{names[0]}~2", f"{names[0]}~3"]
    assert ids.notices == [f"2 records the same as an earlier one; its id is {names[0]}~2, and so on"]


def test_different_records_with_one_id_are_told_apart_with_another_notice() -> None:
    ids = Ids(OWN)
    assert [ids.name({"id": 7, "q": q}) for q in "aba"] == ["7", "7~2", "7~3"]
    assert ids.notices == [
        "1 record the same as an earlier one; its id is 7~2, and so on",
        "1 record with an id ('id') that another record has; its id is 7~2, and so on; is that the id field?",
    ]


def test_a_made_name_never_meets_a_given_one() -> None:
    ids = Ids(OWN)
    names = [ids.name({"id": i, "q": str(n)}) for n, i in enumerate(["a", "a~2", "a", "a", "a~2"])]
    assert len(set(names)) == 5 and names[:2] == ["a", "a~2"]


def test_no_notice_where_all_differ() -> None:
    ids = Ids(NONE)
    assert ids.name({"q": "x"}) != ids.name({"q": "y"}) and ids.notices == []
