"""The contract that every transform keeps: ``perturb.testing.check("typo.omit")``, for yours as for the shipped ones.

Each promise is one small function; a failure is an AssertionError that names the promise, the text and the seed.
Texts, masks and seeds are made here by named streams, so a failure comes again.
"""

from __future__ import annotations

import copy
import inspect
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any

from perturb.core import engine
from perturb.core.edits import apply, compose
from perturb.core.registry import Transform, get
from perturb.core.rng import Rng
from perturb.core.text import LOCKED, NAME, SLOT, Edit, Text
from perturb.core.values import same_value

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
)
STRANGE = (
    "", " ", "a", "?", "\n\n", "I", "no", "42", "x = 3", "😀", "👩‍👩‍👧 and 👍🏽 are here", "cafe\u0301 naive\u0308 words stay whole",
    "a\u200db", "tabs\tand\r\nline ends\r\nare kept", "word " * 40, "ALL CAPITALS HERE, AND LOUD!", "שלום is a word",
    "🇫🇷🇩🇪 flags", "…—– “quoted” ‘so’", "don’t can't won't isn’t", "3.14 and 1,000 and 50% of $9.99", "nul\x00inside",
)  # fmt: skip
SEEDS = 20


def check(name: str, *, plugin: str | None = None, processes: bool = True) -> None:
    """Run the whole contract over one registered transform (``check("typo.omit")``); AssertionError where it fails.

    ``plugin`` is the file that registers it, for the promise that asks two other processes; ``processes=False`` leaves
    that one out (the shipped suite asks it once for all transforms, see ``digests``).
    """
    t = get(name)
    for promise in ITEM_PROMISES if t.kind == "item" else TEXT_PROMISES:
        promise(t)
    if processes:
        first, second = (digests([name], hash_seed=seed, plugin=plugin) for seed in (1, 2))
        assert first == second, f"{name}: other edits in another process; never iterate a set, use hash() or a clock"


# -- promises of text transforms ---------------------------------------------------------------------------


def is_named_and_shown(t: Transform) -> None:
    """The name is family.verb, the family is its module's, the summary ends in an example."""
    module = t.fn.__module__.rsplit(".", 1)[-1].rstrip("_")
    assert t.plugin or t.family == module or t.kind == "item", f"{t.name} stands in module {module}"
    assert re.search(r"\(.+ -> .+\)\.?$", t.summary), f'{t.name}: its summary ends in no example like ("the" -> "teh")'


def is_lazy(t: Transform) -> None:
    """It gives an iterator, not a list: what is not read costs nothing."""
    made = t.fn(Text(TEXTS[0]).view(t.reach), Rng(0), **{k: p.default for k, p in t.params.items()})
    assert inspect.isgenerator(made), f"{t.name} gives a {type(made).__name__}: yield edits, do not return them"


def same_names_same_edits(t: Transform) -> None:
    """The same streams give the same edits, whatever ran before."""
    for text, seed in cases():
        first = edits_of(t, text, seed)
        edits_of(t, Text(TEXTS[seed % len(TEXTS)]), seed + 1)
        again = edits_of(t, Text(text.raw, text.mask, info=text._info), seed)
        assert first == again, (
            f"{t.name}: {first} and then {again} on {text.raw!r}, seed {seed}: it keeps state or draws elsewhere"
        )


def leaves_global_randomness(t: Transform) -> None:
    """Python's and NumPy's global generators stay where they were."""
    numpy: Any = sys.modules.get("numpy")
    edits_of(t, Text(TEXTS[0]), 0)  # whatever a first call imports may seed what it likes
    for seed in range(3):
        random.seed(f"nobody else's seed {seed}")
        before = random.getstate(), numpy.random.get_state()[1].tolist() if numpy else None
        for raw in TEXTS:
            edits_of(t, Text(raw), seed)
        after = random.getstate(), numpy.random.get_state()[1].tolist() if numpy else None
        assert before == after, f"{t.name} moves a global random generator; draw from rng alone"


def nothing_at_zero(t: Transform) -> None:
    """Intensity 0 is the identity."""
    for text, seed in cases():
        assert not edits_of(t, text, seed, 0.0), f"{t.name} changes {text.raw!r} at intensity 0"


def more_keeps_every_edit(t: Transform) -> None:
    """A greater amount reads the same stream further: no edit of a smaller one is lost."""
    for text, seed in cases():
        few, many = edits_of(t, text, seed, 0.5), edits_of(t, text, seed, 1.7)
        assert set(few) <= set(many), f"{t.name}: {few} at half is not kept in {many} on {text.raw!r}, seed {seed}"


def edits_are_sound(t: Transform) -> None:
    """Edits are ordered, disjoint, in range, each changes something, and the result is valid Unicode."""
    for text, seed in cases():
        edits = edits_of(t, text, seed)
        end = 0
        for s, e, new in edits:
            assert end <= s <= e <= len(text.raw), f"{t.name}: {edits} out of order or range on {text.raw!r}"
            assert text.raw[s:e] != new, f"{t.name}: {(s, e, new)} changes nothing in {text.raw!r}"
            end = e
        apply(text.raw, edits).encode()


def protected_text_survives(t: Transform) -> None:
    """Locked characters stay in order under any reach; names and slots keep place and value unless it is a loss."""
    for text, seed in cases():
        after = text.spliced(edits_of(t, text, seed))
        assert _locked(text) == _locked(after), f"{t.name} touches locked text in {text.raw!r} -> {after.raw!r}"
        if t.reach == "free":
            assert _held(text, (NAME, SLOT)) == _held(after, (NAME, SLOT)), f"{t.name}: {text.raw!r} -> {after.raw!r}"
        elif t.reach == "form":
            olds, news = _runs(text, SLOT), [n[1] for n in _runs(after, SLOT)]
            kept = len(olds) == len(news) and all(any(_says(o, n) for o in old) for old, n in zip(olds, news))
            assert kept, f"{t.name}: slots {olds} became {news} in {text.raw!r} -> {after.raw!r}"


def log_replays(t: Transform) -> None:
    """Composed with a step before it, the log is flat and gives the text again."""
    before = get("case.lower")
    for text, seed in cases():
        first = edits_of(before, text, seed)
        between = text.spliced(first)
        second = edits_of(t, between, seed)
        log = compose(text.raw, [(s, e, n, before.name) for s, e, n in first], second, t.name)
        assert apply(text.raw, log) == between.spliced(second).raw, (
            f"{t.name}: the log does not replay on {text.raw!r}, seed {seed}"
        )
        assert all(a[1] <= b[0] for a, b in zip(log, log[1:])), f"{t.name}: {log} is not flat"


def words_are_not_offered_twice(t: Transform) -> None:
    """After a step, the words on offer are whole words of the new text that it left alone."""
    for text, seed in cases():
        after = text.spliced(edits_of(t, text, seed))
        for start, word in after.words:
            assert after.raw[start : start + len(word)] == word, (
                f"{t.name}: {word!r} is not at {start} in {after.raw!r}"
            )


def does_something(t: Transform) -> None:
    """It fires on ordinary text."""
    for seed in range(SEEDS):
        if any(edits_of(t, _ordinary(raw), seed, 3.0) for raw in TEXTS):
            return
    raise AssertionError(f"{t.name} does nothing on {len(TEXTS)} ordinary texts with {SEEDS} seeds")


TEXT_PROMISES: tuple[Callable[[Transform], None], ...] = (
    is_named_and_shown, is_lazy, same_names_same_edits, leaves_global_randomness, nothing_at_zero, more_keeps_every_edit,
    edits_are_sound, protected_text_survives, log_replays, words_are_not_offered_twice, does_something,
)  # fmt: skip

# -- promises of item transforms ---------------------------------------------------------------------------

ITEMS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("mmlu", {"question": "Which is a fruit?", "subject": "food", "choices": ["oak", "pear", "salt", "clay"], "answer": 1}),
    ("arc", {"id": "q1", "question": "What do cows eat?", "choices": {"text": ["grass", "sand", "tin"], "label": ["A", "B", "C"]},
             "answerKey": "A"}),
    ("chat", {"messages": [{"role": "system", "content": "Be brief."},
                           {"role": "user", "content": "Hi there. I lost my card, and I need a new one. Can you help?"}]}),
)  # fmt: skip


def moves_are_repeatable(t: Transform) -> None:
    """The same streams move the same fields; the item given is never changed; each move replays and can be undone."""
    from perturb.items.profiles import get_path

    for profile, item in ITEMS:
        for seed in range(SEEDS):
            clean = copy.deepcopy(item)
            one, two = _moved(t, profile, item, seed), _moved(t, profile, item, seed)
            assert one.moves == two.moves, f"{t.name}: {one.moves} and then {two.moves}, seed {seed}"
            assert item == clean, f"{t.name} changes the item that it was given"
            for move in one.moves:
                assert json.loads(move["new"]) == get_path(one.item, move["field"]) or len(one.moves) > 1
                assert move["old"] != move["new"], f"{t.name}: {move} moves nothing"


def gold_moves_along(t: Transform) -> None:
    """The right answer's text is the same before and after."""
    from perturb.items.gold import gold_texts

    for profile, item in ITEMS:
        for seed in range(SEEDS):
            view = _moved(t, profile, item, seed)
            before, after = gold_texts(item, view.profile), gold_texts(view.item, view.profile)
            assert before == after, f"{t.name}: the answer {before} became {after}, seed {seed}"


def moves_something(t: Transform) -> None:
    """It does something on some ordinary item."""
    fired = any(_moved(t, profile, item, seed).moves for profile, item in ITEMS for seed in range(SEEDS))
    assert fired, f"{t.name} moves nothing on {len(ITEMS)} ordinary items"


ITEM_PROMISES: tuple[Callable[[Transform], None], ...] = (
    is_named_and_shown, moves_are_repeatable, gold_moves_along, moves_something,
)  # fmt: skip


def _moved(t: Transform, profile: str, item: dict[str, Any], seed: int) -> Any:
    from perturb.items.profile_files import load_profile
    from perturb.items.view import ItemView

    view = ItemView(item, load_profile(profile), t.name)
    t.fn(view, Rng(seed, "item").stream(t.name))
    return view


# -- texts, edits, processes -------------------------------------------------------------------------------


def cases() -> Iterator[tuple[Text, int]]:
    """Yield texts with masks, and seeds: ordinary ones by rule, then ordinary and strange ones with random masks."""
    for seed, raw in enumerate(TEXTS):
        yield _ordinary(raw), seed
    for seed, raw in enumerate((*TEXTS, *STRANGE)):
        yield _random_mask(raw, seed), seed


def _ordinary(raw: str) -> Text:
    from perturb.language.protect import protected

    return protected(raw, info=_Info(raw))


class _Info:
    """A stand-in analysis for transforms that read tags: enough to make them propose, without a model."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.tags = {m.start(): "NOUN" if len(m[0]) > 3 else "X" for m in re.finditer(r"[^\W_]+", raw)}
        self.ents: list[tuple[int, int, str]] = []
        self.chunks: list[tuple[int, int, str]] = []


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


def _locked(text: Text) -> str:
    return "".join(c for c, m in zip(text.raw, text.mask) if m == LOCKED)


def _held(text: Text, levels: Sequence[int]) -> str:
    return "".join(c for c, m in zip(text.raw, text.mask) if m in levels)


def _says(old: str, new: str) -> bool:
    """Tell whether a slot's new text says the old value, words put before it apart ("Hey, what" says "What")."""
    return same_value(old, new) or same_value(old, " ".join(new.split()[-len(old.split()) :]))


def _runs(text: Text, level: int) -> list[tuple[str, str, str, str]]:
    """List the runs of a level: with the word before, alone, with the word after (a contraction takes one in), with both."""
    out = []
    for m in re.compile(rb"%c+" % level).finditer(text.mask):
        before = re.search(r"[^\W_]+ *\Z", text.raw[: m.start()])
        after = re.match(r" *[^\W_]+", text.raw[m.end() :])
        start, end = m.start() - len(before[0] if before else ""), m.end() + len(after[0] if after else "")
        raw = text.raw
        out.append((raw[start : m.end()], raw[m.start() : m.end()], raw[m.start() : end], raw[start:end]))
    return out


def digests(names: Sequence[str], *, hash_seed: int, plugin: str | None = None) -> dict[str, str]:
    """Ask another process, with its own PYTHONHASHSEED, for a digest of each transform's edits."""
    command = [sys.executable, "-m", "perturb.testing", plugin or "", *names]
    path = os.pathsep.join([p for p in sys.path if p])
    env = {**os.environ, "PYTHONHASHSEED": str(hash_seed), "PYTHONPATH": path}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def _digest(name: str) -> str:
    t = get(name)
    if t.kind == "item":
        made: Any = [_moved(t, profile, item, seed).moves for profile, item in ITEMS for seed in range(5)]
    else:
        made = [edits_of(t, text, seed) for text, seed in cases()]
    return sha256(repr(made).encode("utf-8", "surrogatepass")).hexdigest()


if __name__ == "__main__":
    if sys.argv[1]:
        from perturb.runs.plugins import load_plugin

        load_plugin(sys.argv[1])
    print(json.dumps({name: _digest(name) for name in sys.argv[2:]}))  # noqa: T201
