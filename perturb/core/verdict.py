"""What ``expect`` is given and gives back: word lists, evidence, a field's change, the verdict; and how verdicts compose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from perturb.core.asking import reply
from perturb.core.edits import Labelled
from perturb.core.params import Param
from perturb.core.text import Text

EXPECTATIONS = ("same", "any_of", "clarify", "abstain", "unsure")
# Mildest first. A doubt outweighs a list of answers (there may be more of them); what is gone for sure outweighs a doubt.
SEVERITY = ("same", "any_of", "unsure", "clarify", "abstain")
CLOSED = frozenset({"choice", "intent"})


def worst(expectations: Iterable[str]) -> str:
    """Give the most severe of some expectations (same, clarify, unsure -> "clarify"), "same" of none."""
    return max(expectations, key=SEVERITY.index, default="same")


class Lexis(NamedTuple):
    """Word lists that ``expect`` reads: function words, polite words, slot words' kinds, first names' kinds (f, m, u)."""

    functions: frozenset[str]
    polite: frozenset[str]
    kinds: dict[str, str]
    genders: dict[str, str]
    senses: dict[str, tuple[str, ...]] = {}  # what else a shorter name may mean ("computer mouse": the animal)
    ends: Callable[[], dict[str, str]] = (
        dict  # how terms go on ("articles of": "agreement confederation incorporation")
    )
    common: Callable[[], frozenset[str]] = frozenset  # stems of words of up to eight letters that are no rare ones
    places: Callable[[], dict[str, str]] = dict  # known places' kinds ("rome": "city")


@dataclass(frozen=True)
class Evidence:
    """What is known of an answer's needs: the task, and the numbers that enter its derivation.

    ``needed`` is None where nothing is known; ``told`` may be needed; ``all_slots`` says that every slot is an argument of the answer.
    """

    task: str = "qa"
    needed: frozenset[float] | None = None
    all_slots: bool = False
    told: frozenset[float] = frozenset()  # numbers that the derivation mentions or works out itself
    complete: bool = True  # whether the derivation ends in the answer: else a number beside it may be needed
    uses: tuple[tuple[float, int], ...] = ()  # how many steps of the derivation take a number from the text
    sums: tuple[str, ...] = ()  # its steps as they stand there ("3/5*700")
    cancels: frozenset[float] = frozenset()  # numbers that it takes and that could be any others
    counts: frozenset[tuple[float, str]] = frozenset()  # what it says of which number ("3 boxes" -> (3, "box"))
    passage: bool = False  # whether a text beside the question may tell what the question no longer does
    beside: str = ""  # that text, or all messages of an item that has several
    tools: str = ""  # what the one function says of itself that the item offers, in lower case
    wants: frozenset[str] | None = (
        None  # what its functions cannot do without: "number", "time", "name"; None where none are offered
    )
    spares: frozenset[str] = frozenset()  # stems of the names of arguments that they can do without
    params: tuple[Param, ...] = ()  # their arguments
    tools_told: str = ""  # the words of their names and of what is said of them as a whole
    gold: str = ""  # the answer that an item gives, where it is told in a sentence


@dataclass
class Verdict:
    """What was found: what is missing for sure, what may be, the answers left, whether a premise is broken.

    ``readings`` are the answers that a text with more than one reading allows, the gold one first; ``doubts`` are like
    ``missing``, of what may be needed.
    """

    missing: list[dict[str, str]] = field(default_factory=list)
    doubt: bool = False
    doubts: list[dict[str, str]] = field(default_factory=list)
    readings: tuple[str, ...] = ()
    broken: bool = False

    def settle(self) -> str:
        """Give the expectation: the most severe of all that was found."""
        if not (self.broken or self.missing or self.doubt or self.readings):
            return "same"  # nearly all
        found = [self.broken and "abstain", self.missing and "clarify", self.doubt and "unsure"]
        return worst([*(f for f in found if isinstance(f, str)), "any_of" if len(self.readings) > 1 else "same"])


class Change(NamedTuple):
    """One field's source and its log."""

    field: str
    source: Text
    edits: Sequence[Labelled]


class Case(NamedTuple):
    """One field's change under judgement, with all that its judges look at; ``left`` are the words that it still has."""

    where: str
    source: Text
    left: list[str]
    lexis: Lexis
    evidence: Evidence
    verdict: Verdict
    asking: tuple[int, int] = (0, 0)  # the sentence that asks
    tail: tuple[int, int] = (0, 0)  # what a cut took from its end
    question: frozenset[str] = frozenset()  # the stems of what is asked, in whatever field
    values: frozenset[float] = frozenset()  # the numbers that it still has, however they are written
    asks: bool = False  # whether it still has a question mark

    def miss(self, sure: bool, text: str, kind: str, ask: str, answer: str = "") -> None:
        """Note what is gone, the question that asks for it and the reply that restores it; a doubt where that is not sure."""
        found = {"field": self.where, "text": text, "kind": kind, "ask": ask, "reply": answer or reply(text, kind)}
        if sure:
            self.verdict.missing.append(found)
        else:
            self.verdict.doubt = True
            self.verdict.doubts.append(found)

    def misses(self, text: str) -> bool:
        """Tell whether this text is noted as gone already, by itself or with the rest of the message."""
        here = [m for m in self.verdict.missing if m["field"] == self.where]
        return any(
            m["text"] == text
            or (m["kind"] == "rest" and (text in m["text"] or text in m["reply"]))
            or (m["kind"] == "reference" and text in m["text"].split())
            for m in here
        )
