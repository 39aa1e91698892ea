"""Texts, masks, seeds and items that the promises are asked on, and how a transform is run on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from perturb.core import engine
from perturb.core.registry import Transform
from perturb.core.rng import Rng
from perturb.core.text import Edit, Text

# Ordinary texts: on some of these, with some seed, a transform must do something.
TEXTS = (
    "Hello, I think I'm going to need a new card because my old one doesn't work. It's been 3 weeks! Could you help?",
    "Maria has 12 apples and gives half of them to her brother in Paris. How many apples does Maria have left?",
    "What is the most likely effect of a larger amount of rainfall on the growth of plants in the desert?",
    "I don't know whether you are able to tell me, but there is a separate payment on my account from yesterday.",
    "Please let me know as soon as possible. I want to get my money back, and I have been waiting since Monday. Thanks!",
    "Which of the following is not a reason that people would rather buy a house than rent an apartment?",
    "Write a short letter to your landlord. It is too cold in the kitchen, so ask for it to be repaired next week.",
    "my phone's screen is broken and i can't see anything on it, what should i do now",
    "The old library was built in 1902 by Anna Weber, and it was closed for 15 years. Who built the library?",
    "You're going to love this: it's so good that I was out of words! Their new album is really, really great.",
    "Hi there, I lost my wallet on Tuesday. Is there a way to block the cards in it right now, or do I have to call?",
    "Give me a list of things to do in the evening. I would like something calm. I am here with my students.",
    "How do I change the PIN of the card that I got last week?",
    "I have been a customer of yours for many years and I have never had a problem like this one before, so I would really "
    "like to know what you are going to do about it, because nobody has been able to tell me anything yet.",
    "Maria drove 1,200 miles in twelve days and met three old friends. How far did she drive on a day?",
    "My fiancée is looking for it: she left a well-known café in Zürich and forgot her e-mail address. She needs it now. Where did she find it?",
    "Newton's third law has three parts. The rainforest of Kenya costs $5, in 2015 it was the fourth largest.",
    "Where is my money? I tried to take out £30 and the machine gave me ten pounds. How do I report it?",
    "One glass costs $5, but every second glass costs only 60% of the price. Tom and Ben each bought 8 glasses. How much did they pay?",
    "Ann has 3 old pens and 4 old pins. Tom and Ben have some too. Carl met Jill. Jill has 5 more pens than Tom. How many pens do Jill and Ben have?",
    "A big pack holds 12 new pens. Anna met Maria at the shop. Maria bought 2 packs of pens. How many pens are in the packs?",
    "He saw old men and old women there.",
    "Why is my card not working?",
    "My transfer is still pending.",
    "Which organ secretes insulin?",
    "How do I cancel my last payment in London?",
    "What are your exchange rates?",
    "I still haven't got my credit card",
    "The enzymes of yeast are located in the:",
)
STRANGE = (
    "", " ", "a", "?", "\n\n", "I", "no", "42", "x = 3", "😀", "👩‍👩‍👧 and 👍🏽 are here", "cafe\u0301 naive\u0308 words stay whole",
    "a\u200db", "tabs\tand\r\nline ends\r\nare kept", "word " * 40, "ALL CAPITALS HERE, AND LOUD!", "שלום is a word",
    "🇫🇷🇩🇪 flags", "…—– “quoted” ‘so’", "don’t can't won't isn’t", "3.14 and 1,000 and 50% of $9.99", "nul\x00inside",
)  # fmt: skip
SEEDS = 20
ITEMS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("mmlu", {"question": "Which is a fruit?", "subject": "food", "choices": ["oak", "pear", "salt", "clay"], "answer": 1}),
    ("mmlu", {"question": "Which organ secretes insulin?", "subject": "body", "choices": ["stomach", "pancreas", "liver"], "answer": 1}),
    ("arc", {"id": "q1", "question": "What do cows eat?", "choices": {"text": ["grass", "sand", "tin"], "label": ["A", "B", "C"]},
             "answerKey": "A"}),
    ("boolq", {"question": "is a tomato blue", "passage": "Tomatoes are red, mostly.", "answer": False}),
    ("gsm8k", {"question": "Natalie has 12 apples and gives her brother 5. How many has Natalie now?",
               "answer": "Natalie has 12-5=<<12-5=7>>7.\n#### 7"}),
    ("squad", {"id": "s1", "question": "Where does he live?", "answers": {"text": ["Rome"], "answer_start": [161]},
               "context": "It was late. The train was slow. Nobody spoke to him. He read a book about birds. It rained a little. "
                          "He thought of home. Then he slept. He lives in the city of Rome. He is fond of it. It is old. The end "
                          "came soon. He woke. He went on. The rain had stopped by then. He took his bag."}),
    ("chat", {"messages": [{"role": "system", "content": "Be brief."},
                           {"role": "user", "content": "Hi there. I lost my card, and I need a new one. Can you help?"}]}),
    ("chat", {"messages": [{"role": "user", "content": "I lost my card in a shop today."},
                           {"role": "user", "content": "What should I do now?"}]}),
)  # fmt: skip


def cases() -> Iterator[tuple[Text, int]]:
    """Yield texts with masks, and seeds: ordinary ones by rule, then ordinary and strange ones with random masks."""
    for seed, raw in enumerate(TEXTS):
        yield ordinary(raw), seed
    for seed, raw in enumerate((*TEXTS, *STRANGE)):
        yield _random_mask(raw, seed), seed


def ordinary(raw: str) -> Text:
    """Mask a text by rule."""
    from perturb.language.protect import protected

    return protected(raw, info=_Info(raw))


class _Info:
    """A stand-in analysis for transforms that read tags: enough to make them propose, without a model."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.tags = {m.start(): "NOUN" if len(m[0]) > 3 else "X" for m in re.finditer(r"[^\W_]+", raw)}
        self.ents: list[tuple[int, int, str]] = []
        self.bears: list[tuple[int, int, str]] = []
        owned = re.finditer(r"\b(?:my|the|a) [a-z]{3,}\b", raw)
        self.chunks: list[tuple[int, int, str]] = [(m.start(), m.end(), "dobj") for m in owned]


def _random_mask(raw: str, seed: int) -> Text:
    rng = Rng(seed, raw)
    mask = bytearray(len(raw))
    for m in re.finditer(r"\S+", raw):
        if rng.chance(0.3):
            mask[m.start() : m.end()] = bytes([1 + rng.below(3)]) * len(m[0])
    return Text(raw, bytes(mask), info=_Info(raw))


def edits_of(t: Transform, text: Text, seed: int, intensity: float = 1.0) -> list[Edit]:
    """Run one transform with its default parameters and a generous amount (rate 0.4 or three times)."""
    rng = Rng(seed, "contract").stream(t.name)
    rate = None if t.rate is None else 0.4 * intensity
    return engine.run(text, t, {k: p.default for k, p in t.params.items()}, rng, rate=rate, times=3.0 * intensity)


def moved(t: Transform, profile: str, item: dict[str, Any], seed: int) -> Any:
    """Run one item transform on an item; the view that it moved."""
    from perturb.items.profile_files import load_profile
    from perturb.items.view import ItemView

    view = ItemView(item, load_profile(profile), t.name)
    t.fn(view, Rng(seed, "item").stream(t.name))
    return view
