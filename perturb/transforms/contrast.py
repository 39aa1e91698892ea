"""The opposite said: what is asked is another thing then, so nothing of this is ever expected to keep its answer."""

from __future__ import annotations

from perturb.core.registry import transform
from perturb.core.rng import Rng
from perturb.core.text import Proposals, Text
from perturb.language import wordnet
from perturb.language.inflection import replace_word


@transform("contrast.antonym", times=1, reach="loss", role="vague", needs=("wordnet",))
def antonym(text: Text, rng: Rng) -> Proposals:
    """Say the opposite, by WordNet ("a hot day" -> "a cold day")."""
    for start, word in rng.shuffled([w for w in text.words if len(w[1]) > 2 and w[1].islower()]):
        tag = text.tag(start)
        opposite = next((o for pos in _PLACES.get(tag, "") for o in wordnet.antonyms(word, pos)), "")
        edits = replace_word(text, start, start + len(word), opposite) if opposite else []
        if edits:
            yield edits if len(edits) > 1 else edits[0]


# Where no analysis was made, adjectives alone: their opposites need no inflection.
_PLACES = {"ADJ": "a", "ADV": "r", "NOUN": "n", "": "a"}
