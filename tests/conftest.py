"""What the tests share: resources, or the reason why a test is skipped; the command in a subprocess; items."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from shell import ITEMS, RunCli, jsonl, perturb

from perturb.core.errors import MissingResource

# A job in the background of a shell ignores Ctrl-C, and so would all that it starts: the runs that tests stop with one.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples on every run, so that a failure is the change's; HYPOTHESIS_PROFILE=fresh looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.register_profile("fresh", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


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


@pytest.fixture
def run_cli(tmp_path: Path) -> RunCli:
    """Give ``run_cli("run", "items.jsonl", "-r", "typo", input=b"…")``, which runs perturb in tmp_path."""
    return partial(perturb, cwd=tmp_path)


@pytest.fixture
def items(tmp_path: Path) -> Path:
    """Write six word problems to ``items.jsonl``."""
    return jsonl(tmp_path / "items.jsonl", ITEMS)
