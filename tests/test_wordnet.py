"""WordNet behind its guards."""

from __future__ import annotations

import pytest

from perturb.core.errors import MissingResource
from perturb.language import wordnet

pytestmark = [pytest.mark.resources]


@pytest.mark.usefixtures("wordnet")
def test_guards_keep_what_reads_well() -> None:
    assert wordnet.version() == "wordnet 3.0"
    assert wordnet.synonyms("buy", "v") == ("purchase",)
    assert wordnet.synonyms("student", "n") == ("pupil",)
    assert wordnet.hypernyms("marigold", "n") == ("flower",)
    assert wordnet.antonyms("hot", "a") == ("cold",)
    assert wordnet.base("children", "n") == "child"


@pytest.mark.usefixtures("wordnet")
@pytest.mark.parametrize(
    ("word", "pos"), [("pie", "n"), ("like", "v"), ("client", "n"), ("use", "v"), ("zzz", "n"), ("can", "n")]
)
def test_guards_drop_the_rest(word: str, pos: str) -> None:
    assert wordnet.synonyms(word, pos) == ()


class Broken:
    """Stands in for NLTK's reader where data is missing or damaged."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error

    def ensure_loaded(self) -> None:
        if self.error:
            raise self.error

    def synsets(self, word: str) -> list[None]:
        return [None]


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (LookupError("x"), "needs WordNet"),
        (PermissionError("a link"), "cannot be read"),
        (OSError("part"), "cannot be read"),
        (None, "damaged"),
    ],
)
def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch, error: Exception | None, says: str) -> None:
    module = type("corpus", (), {"wordnet": Broken(error)})
    monkeypatch.setattr(wordnet, "import_module", lambda name: module)
    wordnet.wordnet.cache_clear()
    try:
        with pytest.raises(MissingResource, match=f"{says}.*python -m nltk.downloader wordnet"):
            wordnet.wordnet()
    finally:
        wordnet.wordnet.cache_clear()
