"""Every registered transform keeps the contract, and the contract catches what breaks it."""

from pathlib import Path

import pytest

from perturb import testing
from perturb.core.errors import MissingResource
from perturb.core.registry import forget, get, transforms
from perturb.language.needs import require
from perturb.runs.plugins import load_plugin

WRONG = str(Path(__file__).with_name("wrong_transforms.py"))
SHIPPED = [name for name, t in transforms().items() if not t.plugin]
EXPECTED = {
    "wrong.global_random": "same_names_same_edits",
    "wrong.seeds_global": "leaves_global_randomness",
    "wrong.set_order": "another process",
    "wrong.hash_choice": "another process",
    "wrong.clock": "same_names_same_edits",
    "wrong.past_the_end": "",
    "wrong.surrogate": "does_something",
    "wrong.never": "does_something",
    "wrong.state": "same_names_same_edits",
    "wrong.no_example": "is_named_and_shown",
    "wrong.eager": "is_lazy",
    "wrong.reads_the_amount": "more_keeps_every_edit",
    "wrong.between_words": "keeps_to_single_words",
}


def available(name):
    try:
        require(get(name).needs)
    except MissingResource as e:
        pytest.skip(str(e))


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.resources] if get(n).needs else []) for n in SHIPPED]
)
def test_shipped_transforms_keep_the_contract(name):
    available(name)
    testing.check(name, processes=False)


def test_there_are_at_least_thirty_transforms_beside_nlpaugs():
    assert len([n for n in SHIPPED if not n.startswith("nlpaug.")]) >= 30


def test_shipped_transforms_do_the_same_in_other_processes():
    names = [n for n in SHIPPED if not get(n).needs]
    assert testing.digests(names, hash_seed=1) == testing.digests(names, hash_seed=2)


@pytest.fixture
def wrong():
    load_plugin(WRONG)
    yield
    for name in EXPECTED:
        forget(name)
    from perturb.runs import plugins

    plugins._loaded.clear()


@pytest.mark.parametrize("name", EXPECTED)
def test_wrong_transforms_are_caught(name, wrong):
    with pytest.raises(Exception) as caught:
        testing.check(name, plugin=WRONG)
    frames = [f.name for f in caught.traceback] + [str(caught.value)]
    assert any(EXPECTED[name] in f for f in frames), frames


def test_each_wrong_transform_breaks_only_what_it_says(wrong):
    """The contract passes a right one of the same shape: it is the fault that is caught, not the form."""
    from perturb import transform

    @transform("wrong.right", rate=0.1)
    def right(text, rng):
        """Write a word with an x ("the" -> "thex")."""
        for start, word in rng.shuffled(text.words):
            yield start, start + len(word), word + "x"

    try:
        testing.check("wrong.right", processes=False)
    finally:
        forget("wrong.right")
