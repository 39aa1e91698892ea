"""spaCy's analysis, and what is said where it is not there."""

from __future__ import annotations

import pytest

from perturb.core.errors import MissingResource
from perturb.core.text import SLOT, WORD
from perturb.language import analysis
from perturb.language.protect import protected

RAW = "Janet's ducks lay 16 eggs in Paris."


@pytest.mark.resources
@pytest.mark.usefixtures("model")
def test_analysis() -> None:
    found = list(analysis.analyse([RAW, "", "Hi \ud83d there", RAW]))
    assert [a.raw for a in found] == [RAW, "", "Hi \ud83d there", RAW]
    assert found[0] == found[3]
    assert found[0].tags[8] == "NOUN"
    assert (0, 5, "PERSON") in found[0].ents
    assert (0, 13, "nsubj") in found[0].chunks
    assert analysis.model_name().startswith("en_core_web_") or "md" in analysis.model_name()


@pytest.mark.resources
@pytest.mark.usefixtures("model")
@pytest.mark.parametrize(
    ("raw", "slots"),
    [
        ("Which small town has no airport?", "Which town no airport"),
        ("Janine didn't sell any eggs.", "didn't sell any"),
        ("How many apples did the tall girl buy?", "How many apples"),
        ("What kind of animal is the fastest of all?", "What kind animal fastest all"),
    ],
)
def test_what_an_answer_hangs_on_is_a_slot(raw: str, slots: str) -> None:
    def words(info: object) -> list[str]:
        text = protected(raw, info=info)
        return [w[0] for w in WORD.finditer(raw) if text.mask[w.start()] == SLOT]

    (info,) = analysis.analyse([raw])
    assert " ".join(words(info)) == slots and len(words(None)) < len(words(info))


@pytest.mark.resources
@pytest.mark.usefixtures("model")
def test_a_long_text_is_analysed_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "PART", 40)
    raw = " ".join(["The cat sat down."] * 9)
    (found,) = analysis.analyse([raw])
    assert all(raw[at].isalpha() or raw[at] == "." for at in found.tags)
    assert [raw[s:e] for s, e, _ in found.chunks] == ["The cat"] * 9


def test_parts_join_to_the_text() -> None:
    raw = "word " * 30_000 + "x" * 90_000
    parts = list(analysis._parts([raw]))
    assert "".join(text for text, _ in parts) == raw
    assert [at for _, (_, at) in parts] == sorted({at for _, (_, at) in parts})


def test_tokens_need_no_model() -> None:
    assert [t for _, _, t in analysis.tokens("I'd go. Ok?")] == ["I", "'d", "go", ".", "Ok", "?"]


def test_no_model_is_said_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "_installed", lambda spacy: "")
    analysis._model.cache_clear()
    try:
        with pytest.raises(MissingResource, match=r"pip install \"perturb\[en\]\""):
            analysis.model_name()
    finally:
        analysis._model.cache_clear()
