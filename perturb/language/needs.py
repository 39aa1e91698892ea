"""Resources that some steps need. They are asked for before any input is read; nothing is skipped silently."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.metadata import version as package_version

from perturb.core.errors import MissingResource


def _spacy() -> str:
    return str(import_module("perturb.language.analysis").model_name())


def _wordnet() -> str:
    return str(import_module("perturb.language.wordnet").version())


def _nlpaug() -> str:
    try:
        import_module("nlpaug")
    except ImportError as e:
        raise MissingResource(
            f'nlpaug cannot be imported ({e}); get it with: pip install "nlpaug>=1.1.11,<3"'
        ) from None
    return f"nlpaug {package_version('nlpaug')}"


NEEDS: dict[str, Callable[[], str]] = {"nlpaug": _nlpaug, "spacy": _spacy, "wordnet": _wordnet}


def require(names: Iterable[str]) -> dict[str, str]:
    """Load resources by name and give their versions for the manifest (["wordnet"] -> {"wordnet": "wordnet 3.0"}).

    Raises MissingResource with the command that gets the first one that is not here.
    """
    return {name: NEEDS[name]() for name in names}
