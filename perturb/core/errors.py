"""What can go wrong, and how it is said.

PerturbError
├── UsageError        the call is wrong (exit code 2)
│   └── RecipeError   a recipe is wrong; holds every mistake found, each as "file:line: what"
├── DataError         an input is wrong (exit code 1)
│   ├── InputChanged  an input is not what it was when the run began
│   ├── CannotGoOn    what a stopped run left is not of this run, or not as it left it
│   └── BadRecord     one record of it; the rest may go on
│       └── UnknownFields   no profile knows its fields, and flags must say (a UsageError too)
├── StepFailed        the code of a step raised something (exit code 1)
├── WorkerDied        no worker process can be started, or kept (exit code 1)
├── MissingResource   a model or word list is not installed; says the command that gets it (exit code 1)
└── DidNotReproduce   a replay cannot be exact; says what differs (exit code 1)
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class PerturbError(Exception):
    """Base of all errors that a user can cause; the message is one that a user can act on."""

    exit_code = 1


class UsageError(PerturbError):
    """The call cannot be carried out as it stands."""

    exit_code = 2


class RecipeError(UsageError):
    """A recipe has mistakes; ``mistakes`` holds all of them, one line each."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = list(mistakes)
        super().__init__("\n".join(self.mistakes))


class DataError(PerturbError):
    """An input file or item cannot be used."""


class InputChanged(DataError):
    """An input is not what it was when the run began."""


class CannotGoOn(DataError):
    """What a stopped run left is not of this run, or not as it left it."""


class BadRecord(DataError):
    """One record cannot be used; ``where`` is "file:line"."""

    def __init__(self, reason: str, where: str = "") -> None:
        self.reason, self.where = reason, where
        super().__init__(f"{where}: {reason}" if where else reason)


class UnknownFields(BadRecord, UsageError):
    """No profile knows an item's fields; flags must say which is which."""

    exit_code = 2


class StepFailed(PerturbError):
    """The code of a step raised something that is no PerturbError: a bug in a plugin, or in a shipped transform."""


class WorkerDied(PerturbError):
    """No worker process can be started, or it ended again and again."""


class MissingResource(PerturbError):
    """A step needs a resource that is not here."""


class DidNotReproduce(PerturbError):
    """A replay would not give the same bytes."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Suggest the nearest known name ("typo.nieghbor" -> "; did you mean 'typo.neighbor'?")."""
    near = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""


def or_list(suggestion: str, how: str) -> str:
    """Put how to see all names behind what ``did_you_mean`` suggested ("…? `perturb list` shows all")."""
    return f"{suggestion} {how}" if suggestion else f"; {how}"
