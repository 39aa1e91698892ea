"""Transforms that each break one promise of the contract, on purpose. tests/test_contract.py asks that all are caught."""

import random
import time

from perturb import Rng, Text, transform

_calls = [0]


@transform("wrong.global_random", rate=0.1)
def global_random(text: Text, rng: Rng):
    """Draw from the global generator ("the" -> "teh")."""
    words = list(text.words)
    random.shuffle(words)
    for start, word in words:
        yield start, start + len(word), word + "x"


@transform("wrong.seeds_global", rate=0.1)
def seeds_global(text: Text, rng: Rng):
    """Seed the global generator, as many tools do ("the" -> "teh")."""
    random.seed(0)
    for start, word in rng.shuffled(text.words):
        yield start, start + len(word), word + "x"


@transform("wrong.set_order", rate=0.1)
def set_order(text: Text, rng: Rng):
    """Take words in the order of a set ("the" -> "teh")."""
    for start, word in {(start, word) for start, word in text.words}:
        yield start, start + len(word), word + "x"


@transform("wrong.hash_choice", rate=0.1)
def hash_choice(text: Text, rng: Rng):
    """Choose by Python's own hash ("the" -> "teh")."""
    for start, word in rng.shuffled(text.words):
        yield start, start + len(word), word + "xyz"[hash(word) % 3]


@transform("wrong.clock", rate=0.1)
def clock(text: Text, rng: Rng):
    """Choose by the clock ("the" -> "teh")."""
    for start, word in rng.shuffled(text.words):
        yield start, start + len(word), word + "abcdefghij"[time.perf_counter_ns() // 100 % 10]


@transform("wrong.past_the_end", rate=0.1)
def past_the_end(text: Text, rng: Rng):
    """Count past the end ("the" -> "teh")."""
    for start, word in rng.shuffled(text.words):
        yield start, len(text.raw) + 1, word


@transform("wrong.surrogate", rate=0.1)
def surrogate(text: Text, rng: Rng):
    """Write half a character ("the" -> "th?")."""
    for start, word in rng.shuffled(text.words):
        yield start, start + len(word), word + "\ud83d"


@transform("wrong.never", rate=0.1)
def never(text: Text, rng: Rng):
    """Do nothing at all ("the" -> "teh")."""
    for start, word in rng.shuffled(text.words):
        yield start, start + len(word), word


@transform("wrong.state", rate=0.1)
def state(text: Text, rng: Rng):
    """Keep state between calls ("the" -> "teh")."""
    _calls[0] += 1
    for start, word in rng.shuffled(text.words):
        yield start, start + len(word), f"{word}{'x' * (1 + _calls[0] % 3)}"


@transform("wrong.no_example", rate=0.1)
def no_example(text: Text, rng: Rng):
    """Swap two letters of a word."""
    for start, word in rng.shuffled(text.words):
        yield start, start + len(word), word + "x"


@transform("wrong.eager", rate=0.1)
def eager(text: Text, rng: Rng):
    """Return all edits at once instead of yielding them ("the" -> "teh")."""
    return [(start, start + len(word), word + "x") for start, word in text.words]


@transform("wrong.reads_the_amount", rate=0.1)
def reads_the_amount(text: Text, rng: Rng):
    """Look at how much is wanted, through the caller's frame ("the" -> "teh")."""
    import sys

    wanted = sys._getframe(1).f_locals.get("wanted", 0)
    for start, word in rng.shuffled(text.words):
        yield start, start + len(word), word + "x" * max(wanted, 1)


@transform("wrong.between_words", rate=0.1, wordwise=True)
def between_words(text: Text, rng: Rng):
    """Write behind a word although it says that it keeps within one ("the end" -> "the, end")."""
    for start, word in rng.shuffled(text.words):
        end = start + len(word)
        if text.raw[end : end + 1] == " ":
            yield end, end + 1, ", "
