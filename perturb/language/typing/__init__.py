"""How people type: a model learnt from what they left in, and the misspellings on record (docs/typing.md)."""

from __future__ import annotations

from perturb.core.errors import UsageError
from perturb.core.rng import Rng
from perturb.language.typing.spelling import TYPISTS, Speller, Spelling, cased, speller


def misspell(word: str, *, seed: int | str, typist: str = "residual", keyboard: str = "qwerty") -> str:
    """Misspell a word as a person might ("because" -> "becuase"); the same seed, the same misspelling.

    Much of what is drawn for a common word is on record for it; the rest is drawn from a model of all single edits.
    ``typist`` is ``residual`` (what people leave in), ``hasty`` (chat), ``learner`` or ``poor_speller``; ``keyboard``
    ``qwerty``, ``qwertz``, ``azerty`` or ``phone``. The result is never a word; the word itself comes back where every
    edit makes one, or where there are no letters in it. Raises UsageError for an unknown typist or keyboard.
    """
    if not isinstance(word, str):
        raise UsageError(f"misspell takes a word, not {word!r}")
    low = word.lower()
    if len(low) != len(word) or not any("a" <= c <= "z" for c in low):
        return word
    written = speller(typist, keyboard)[low].draw(Rng(seed, "misspell", low))
    return cased(word, written) if written else word


__all__ = ["TYPISTS", "Speller", "Spelling", "cased", "misspell", "speller"]
