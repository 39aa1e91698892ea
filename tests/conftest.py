"""What the tests share: the resources that some need, or the reason why they are skipped."""

from __future__ import annotations

import pytest

from perturb.core.errors import MissingResource


@pytest.fixture(name="wordnet")
def _wordnet() -> None:
    """Skip where WordNet is not installed (``make test`` gets it)."""
    from perturb.language import wordnet

    try:
        wordnet.wordnet()
    except MissingResource as e:
        pytest.skip(str(e))


@pytest.fixture(name="model")
def _model() -> None:
    """Skip where no English spaCy model is installed (``make test`` gets one)."""
    from perturb.language import analysis

    try:
        analysis.model_name()
    except MissingResource as e:
        pytest.skip(str(e))
