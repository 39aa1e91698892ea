"""What the tests share: resources, or the reason why a test is skipped; the command in a subprocess; items."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from shell import ITEMS, RunCli, jsonl, perturb

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


@pytest.fixture
def run_cli(tmp_path: Path) -> RunCli:
    """Give ``run_cli("run", "items.jsonl", "-r", "typo", input=b"…")``, which runs perturb in tmp_path."""
    return partial(perturb, cwd=tmp_path)


@pytest.fixture
def items(tmp_path: Path) -> Path:
    """Write six word problems to ``items.jsonl``."""
    return jsonl(tmp_path / "items.jsonl", ITEMS)
