"""A variant: the rewritten item, its edits, and what a right answer now is."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from typing import Any

from perturb.core.edits import FlatEdit, Labelled, locate
from perturb.core.expect import Verdict
from perturb.core.keys import variant_key
from perturb.core.text import Text
from perturb.items.field_paths import get_path, set_path
from perturb.items.gold import answer_text
from perturb.items.profiles import Profile, rejoin
from perturb.prepare import Prepared


class Variant:
    """One variant of an item (``v.text``, ``v.item``, ``v.edits``, ``v.expect``, ``v.missing``, ``v.diff()``).

    Number 0 is the clean item itself. ``source`` is the clean item; ``item`` the same schema with the text replaced and
    one field added (``record``). Edits' coordinates refer to the moved item: replay is moves, then edits.
    """

    __slots__ = ("_field", "_fingerprint", "_logs", "_moved", "_prepared", "_texts", "any_of", "changed", "expect", "missing", "moves", "number",
                 "recipe", "run", "steps", "texts", "verdict")  # fmt: skip

    def __init__(
        self,
        prepared: Prepared,
        number: int,
        recipe: str,
        run: str,
        moves: list[dict[str, str]],
        logs: list[list[Labelled]],
        texts: list[tuple[str, Text]],
        news: list[str],
        verdict: Verdict,
        field: str = "perturb",
        moved: dict[str, Any] | None = None,
        steps: Sequence[Any] = (),
    ) -> None:
        self._prepared, self._texts, self._field = prepared, texts, field
        self._fingerprint: int | None = None
        self._logs = logs or [[] for _ in texts]
        self._moved = prepared.item if moved is None else moved
        self.number, self.recipe, self.run, self.moves, self.steps = number, recipe, run, moves, steps
        self.texts = news or [t.raw for _, t in texts]
        self.changed = bool(moves) or any(self._logs)  # whether anything differs from the clean item
        self.rule(verdict)

    def rule(self, verdict: Verdict) -> None:
        """Take a verdict on what a right answer now is; ``missing`` and ``any_of`` show what it found that its expectation rests on."""
        self.verdict, self.expect = verdict, verdict.settle()
        self.missing = verdict.missing if self.expect == "clarify" else []
        self.any_of = list(verdict.readings) if self.expect == "any_of" else []

    @property
    def target_if_answered(self) -> str:
        """Give the right answer once the questions of ``missing`` are answered, as text; "" where none is to be asked."""
        return answer_text(self._moved, self._prepared.profile) if self.expect == "clarify" else ""

    @property
    def id(self) -> str:
        """Give the id of the clean item ("q7")."""
        return self._prepared.id

    @property
    def source(self) -> dict[str, Any]:
        """Give the clean item."""
        return self._prepared.item

    @property
    def profile(self) -> Profile:
        """Give the profile by which the item was read."""
        return self._prepared.profile

    @property
    def text(self) -> str:
        """Give the new text of the input ("how far is it"); several fields are joined by a line end."""
        return "\n".join(self.texts)

    @property
    def clean_text(self) -> str:
        """Give the text that the edits were made on ("How far is it?")."""
        return "\n".join(t.raw for _, t in self._texts)

    @property
    def key(self) -> Any:
        """Tell variants apart: the new texts and moves."""
        texts = tuple(self.texts)
        return (texts, *((m["field"], m["new"]) for m in self.moves)) if self.moves else texts

    @property
    def fingerprint(self) -> int:
        """Hash what tells variants of the item apart to 64 bits, with a sign: what a ledger remembers."""
        if self._fingerprint is None:
            self._fingerprint = variant_key(self.key)
        return self._fingerprint

    @property
    def target_changed(self) -> bool:
        """Tell whether the target, or a field that repeats it, was rewritten (options shuffled)."""
        if not self.moves:
            return False
        profile = self._prepared.profile
        heads = [_head(profile.target), *(_head(path) for path, _ in profile.also)]
        return any(_head(m["field"]) in heads and m["field"] for m in self.moves if heads[0])

    @property
    def edits(self) -> list[FlatEdit]:
        """List the edits of the (moved) source, field by field, in order (-> [FlatEdit("question", 0, 3, "How", "how", …)])."""
        return [
            FlatEdit(path, start, end, text.raw[start:end], new, step)
            for (path, text), log in zip(self._texts, self._logs)
            for start, end, new, step in log
        ]

    @property
    def record(self) -> dict[str, Any]:
        """Give what the added field says ({"of": "q7", "variant": 1, …}); all keys always present and of one type."""
        return {
            "of": self._prepared.id,
            "variant": self.number,
            "recipe": self.recipe,
            "run": self.run if self.number else "",
            "changed": self.changed,
            "expect": self.expect,
            "target_changed": self.target_changed,
            "any_of": self.any_of,
            "missing": self.missing,
            "target_if_answered": self.target_if_answered,
            "moves": self.moves,
            "edits": [
                {"field": path, "start": start, "end": end, "old": text.raw[start:end], "new": new, "step": step}
                for (path, text), log in zip(self._texts, self._logs)
                for start, end, new, step in log
            ],
        }

    @property
    def item(self) -> dict[str, Any]:
        """Give the rewritten item with the added field ({"question": "how far", "perturb": {…}}); the clean item is never changed."""
        item = self.bare
        item[self._field] = self.record
        return item

    @property
    def bare(self) -> dict[str, Any]:
        """Give the rewritten item without the added field ({"question": "how far"})."""
        changed = [(p, new, log) for (p, _), new, log in zip(self._texts, self.texts, self._logs) if log]
        profile, plain = self._prepared.profile, dict(self._moved)
        if not (profile.join or profile.offsets):
            for path, new, _ in changed:
                if path not in plain:
                    break  # within a list or object
                plain[path] = new
            else:
                return plain
        elif not changed:
            return plain
        item = copy.deepcopy(self._moved)
        for path, new, _ in changed:
            set_path(item, path, new)
        for path, value in rejoin(self._moved, item, profile):
            set_path(item, path, value)
        for offsets, where in profile.offsets:
            log = next((log for p, _, log in changed if p == where), None)
            starts = get_path(item, offsets)
            if log and isinstance(starts, list):
                set_path(item, offsets, [locate(log, at) if isinstance(at, int) else at for at in starts])
        return item

    def diff(self, colour: bool = False) -> str:
        """Show the edits in place ("[-How-]{+how+} far"), or in colours for a terminal."""
        return "\n".join(marked(text.raw, log, colour) for (_, text), log in zip(self._texts, self._logs))

    def __repr__(self) -> str:
        return f"<Variant {self.id} {self.recipe}#{self.number} {self.expect}: {json.dumps(self.text)[:60]}>"


def marked(raw: str, log: Sequence[Labelled], colour: bool) -> str:
    """Write a source with its edits marked; removed text red and struck, new text green."""
    minus, plus = ("\x1b[31;9m{}\x1b[0m", "\x1b[32m{}\x1b[0m") if colour else ("[-{}-]", "{{+{}+}}")
    parts, at = [], 0
    for start, end, new, _ in log:
        parts.append(raw[at:start])
        if start < end:
            parts.append(minus.format(raw[start:end]))
        if new:
            parts.append(plus.format(new))
        at = end
    return "".join([*parts, raw[at:]])


def _head(path: str) -> str:
    return path.split(".")[0].split("[")[0]
