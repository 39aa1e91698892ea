"""What ``expect`` is given and gives back: word lists, evidence, a field's change, the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from perturb.core.edits import Labelled
from perturb.core.text import Text

EXPECTATIONS = ("same", "any_of", "clarify", "abstain", "unsure")
CLOSED = frozenset({"choice", "intent"})


class Lexis(NamedTuple):
    """Word lists that ``expect`` reads: function words, polite words, slot words' kinds, first names' kinds (f, m, u)."""

    functions: frozenset[str]
    polite: frozenset[str]
    kinds: dict[str, str]
    genders: dict[str, str]
    senses: dict[str, tuple[str, ...]] = {}  # what else a shorter name may mean ("computer mouse": the animal)


@dataclass(frozen=True)
class Evidence:
    """What is known of an answer's needs: the task, and the numbers that enter its derivation.

    ``needed`` is None where nothing is known; ``told`` may be needed; ``all_slots`` says that every slot is an argument of the answer.
    """

    task: str = "qa"
    needed: frozenset[float] | None = None
    all_slots: bool = False
    passage: bool = False  # a text that holds the answer stands beside the question
    told: frozenset[float] = frozenset()  # numbers that the derivation mentions in words beside its steps


@dataclass
class Verdict:
    """An expectation, what is missing, and whether anything was left undecided."""

    missing: list[dict[str, str]] = field(default_factory=list)
    doubt: bool = False
    broken: bool = False  # a premise is false or contradicted

    def settle(self) -> str:
        """Give the expectation: a need that is gone for sure outweighs a doubt, a broken premise both."""
        return "abstain" if self.broken else "clarify" if self.missing else "unsure" if self.doubt else "same"


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

    def miss(self, sure: bool, text: str, kind: str, ask: str) -> None:
        """Note what is gone and the question that asks for it, or a doubt where that is not sure."""
        if sure:
            self.verdict.missing.append({"field": self.where, "text": text, "kind": kind, "ask": ask})
        else:
            self.verdict.doubt = True

    def misses(self, text: str) -> bool:
        """Tell whether this text is noted as gone already."""
        return any(m["text"] == text and m["field"] == self.where for m in self.verdict.missing)
