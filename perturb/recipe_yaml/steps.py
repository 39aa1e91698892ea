"""A recipe's steps: transforms with their amounts, families, ``one_of``."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from inspect import Parameter
from typing import Any

import yaml

from perturb.core.errors import MissingResource, UsageError, did_you_mean
from perturb.core.registry import Transform, family, transforms
from perturb.core.rng import Rng
from perturb.core.text import Text
from perturb.parameters import misfit, out_of_range
from perturb.recipe import Group, Node, OneOf, Step
from perturb.recipe_yaml.page import Page, is_null, kind_of
from perturb.writer import Writer, typing_of

_TRIAL = "Hello, I can't use my new card because the bank sent it to London on Monday. Where is it, please?"
_GOVERNED = "the writer's severity says how many; leave out rate and times, or the severity"
_BOTH = "give rate (edits per word) or times (edits per text), not both"
_MUST = Parameter("must", Parameter.KEYWORD_ONLY, default=False)
_TRAITS = ("lower_start", "lower_all", "lower_i", "no_final", "no_apostrophe", "slang")


class Steps:
    """Reads lists of steps off a page; ``use`` reads a step that uses another recipe, given its key and value."""

    def __init__(self, page: Page, writer: Writer | None, use: Callable[[Steps, Any, Any], Iterator[Node]]) -> None:
        self.page, self.writer, self.use = page, writer, use
        self.labels: dict[str, int] = {}

    def read(self, node: Any, depth: int = 0) -> tuple[Node, ...]:
        """Read a list of steps; ``depth`` counts the ``one_of`` around it."""
        if not isinstance(node, yaml.SequenceNode):
            self.page.wrong(node, f"steps is a list of steps (- typo.omit), not {kind_of(node)}")
            return ()
        if not node.value:
            self.page.wrong(node, "steps is empty; give at least one")
        return tuple(n for child in node.value for n in self._step(child, depth))

    def _step(self, node: Any, depth: int) -> Iterator[Node]:
        if isinstance(node, yaml.ScalarNode):
            if self.page.tagged(node):
                return
            yield from self._named(node, node.value, {}, depth)
        elif isinstance(node, yaml.MappingNode) and len(node.value) == 1:
            key, value = node.value[0]
            if not isinstance(key, yaml.ScalarNode):
                self.page.wrong(key, f"a step's name is text, not {kind_of(key)}")
            elif key.value == "one_of":
                yield from self._one_of(key, value, depth)
            elif key.value == "use":
                yield from self.use(self, key, value)
            elif is_null(value):
                yield from self._named(key, key.value, {}, depth)
            else:
                yield from self._named(key, key.value, self.page.mapping(value, key.value, None), depth)
        elif isinstance(node, yaml.MappingNode):
            names = [k.value for k, _ in node.value if isinstance(k, yaml.ScalarNode)]
            self.page.wrong(
                node, f"one name a step, found {', '.join(map(repr, names)) or 'none'}; start each step with '- '"
            )
        else:
            self.page.wrong(node, f"a step is NAME or NAME: {{…}}, not {kind_of(node)}")

    def _named(self, node: Any, name: str, given: dict[str, Any], depth: int) -> Iterator[Node]:
        known = transforms()
        if name in known:
            yield from self._one(node, known[name], given, depth)
            return
        if family(name):
            yield from self._family(node, name, given, depth)
            return
        every = [*known, *{t.family for t in known.values()}]
        self.page.wrong(node, f"no transform named {name!r}{did_you_mean(name, every)}")

    def _family(self, node: Any, name: str, given: dict[str, Any], depth: int) -> Iterator[Node]:
        """Read a family's name as one of its members; what is wrong with its parameters is said once."""
        everyone = family(name)
        light = [t for t in everyone if not t.needs]
        members = light or everyone
        edited = any(t.kind == "text" for t in members)  # how much of it: asked of these alone
        pairs: list[tuple[Transform, float, dict[str, Any]]] = [(t, 1.0, {}) for t in members]
        w = self.writer
        governed = name == "typo" and w is not None and w.severity is not None
        if governed and w is not None:
            known = transforms()
            pairs = [(known[n], share, params) for n, share, params in typing_of(w.typist, w.style, w.autocorrect)]
        own = dict(given)
        p = self.page.number(own.pop("p"), f"{name}: p", 0, 1) if "p" in own else None
        weight = self._weight(own.pop("weight"), name, depth) if "weight" in own else 1.0
        self._check_family(node, name, own, [t for t, _, _ in pairs], governed)
        options = []
        for t, share, params in pairs:
            amounts = () if edited and t.kind == "item" else ("rate", "times")
            fitting = {k: v for k, v in own.items() if k in t.params or k in amounts}
            one = [replace(s, params={**params, **s.params}) for s in self._one(node, t, fitting, depth)]
            options.append((tuple(one), share))
        if governed:
            # A writer's slips are of all kinds in one text: each kind has its share of them.
            total = sum(share for _, share in options)
            steps = tuple(
                replace(s, share=share / (total or 1.0), governed="typo", writer=self.writer)
                for option, share in options
                for s in option
            )
            yield Group(self.label(name), steps, p, weight)
            return
        yield OneOf(self.label(name), tuple(o for o, _ in options), tuple(s for _, s in options), p, weight)

    def _check_family(
        self, node: Any, name: str, own: dict[str, Any], members: list[Transform], governed: bool
    ) -> None:
        """Say what is wrong with a family's parameters and take it out of ``own``, so that no member says it again."""
        if governed and own.keys() & {"rate", "times"}:
            self.page.wrong(node, f"{name}: {_GOVERNED}")
        elif {"rate", "times"} <= own.keys():
            self.page.wrong(node, f"{name}: {_BOTH}")
        for key in list(own):
            if key in ("rate", "times"):
                amount = self.page.number(own[key], f"{name}: {key}", 0, 1 if key == "rate" else math.inf)
                if amount is None or governed or {"rate", "times"} <= own.keys():
                    del own[key]
            elif not any(key in t.params for t in members):
                options = ["rate", "times", "p", "weight", *(k for t in members for k in t.params)]
                self.page.wrong(own.pop(key), f"no parameter of {name} named {key!r}{did_you_mean(key, options)}")

    def _weight(self, node: Any, name: str, depth: int) -> float:
        if not depth:
            self.page.wrong(node, f"{name}: weight is for the options of a one_of; outside of one it says nothing")
        weight = self.page.number(node, f"{name}: weight", 0, math.inf)
        return 1.0 if weight is None else weight

    def _one(self, node: Any, t: Transform, given: dict[str, Any], depth: int) -> Iterator[Step]:
        params: dict[str, Any] = {}
        amounts: dict[str, float | None] = {}
        weight, must = 1.0, False
        for key, value in given.items():
            what = f"{t.name}: {key}"
            if key in ("rate", "p"):
                amounts[key] = self.page.number(value, what, 0, 1)
            elif key == "times":
                amounts[key] = self.page.number(value, what, 0, math.inf)
            elif key == "weight":
                weight = self._weight(value, t.name, depth)
            elif key == "must":
                must = bool(self.page.param(value, _MUST, what))
            elif key in t.params:
                params[key] = self.page.param(value, t.params[key], what)
            else:
                options = [*t.params, "rate", "times", "p", "weight", "must"]
                self.page.wrong(value, f"no parameter of {t.name} named {key!r}{did_you_mean(key, options)}")
        if "rate" in amounts and "times" in amounts:
            self.page.wrong(node, f"{t.name}: {_BOTH}")
        if t.kind == "item" and ("rate" in amounts or "times" in amounts):
            self.page.wrong(node, f"{t.name}: an item transform runs once or not; give p, the chance that it runs")
        if not (params and t.kind == "text" and self._tried(node, t, params)):
            for key, value in params.items():
                if why := out_of_range(t, key, value):
                    self.page.wrong(given[key], f"{t.name}: {key} {why}")
        rate, times = amounts.get("rate"), amounts.get("times")
        governed = self._governed(node, t, amounts)
        if rate is None and times is None:
            rate, times = t.rate, t.times
        yield Step(t, self.label(t.name), params, rate, times, amounts.get("p"), weight,
                   writer=self.writer if governed else None, governed=governed, must=must)  # fmt: skip

    def _tried(self, node: Any, t: Transform, params: dict[str, Any]) -> bool:
        """Call the transform once: a table that is not there, or a word it does not know, is a mistake here (-> True)."""
        before = len(self.page.mistakes)
        own = next((v for v in params.values() if isinstance(v, str) and v.endswith(".tsv")), "")
        try:
            next(iter(t.fn(Text(_TRIAL if own or not t.needs else ""), Rng(0), **params)), None)
        except MissingResource:
            pass  # said before the run, with the command that gets it
        except UsageError as e:
            self.page.wrong(node, f"{t.name}: {str(e).removeprefix(t.name + ': ')}")
        except Exception:
            if own:  # a table of another form; any other failure is said where the step runs
                self.page.wrong(node, f"{t.name}: {misfit(t, params, own)}")
        return len(self.page.mistakes) > before

    def _governed(self, node: Any, t: Transform, amounts: dict[str, Any]) -> str:
        w = self.writer
        if w is None or not t.trait:
            return ""
        if t.trait == "typo" and w.severity is not None:
            if "rate" in amounts or "times" in amounts:
                self.page.wrong(node, f"{t.name}: {_GOVERNED}")
            return "typo"
        if t.trait in _TRAITS and w.style and not amounts.keys() & {"p"}:
            return t.trait
        return ""

    def _one_of(self, key: Any, node: Any, depth: int) -> Iterator[Node]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self.page.wrong(
                key,
                f"one_of takes a list of steps, or of lists of steps, not {'an empty list' if getattr(node, 'value', 1) == [] else kind_of(node)}",
            )
            return
        options: list[tuple[Node, ...]] = []
        weights: list[float] = []
        for child in node.value:
            option = (
                self.read(child, depth + 1)
                if isinstance(child, yaml.SequenceNode)
                else tuple(self._step(child, depth + 1))
            )
            if option:
                options.append(option)
                weights.append(option[0].weight)
        if options and sum(weights) <= 0:
            self.page.wrong(key, "one_of: every weight is 0; at least one must be greater")
        elif options:
            yield OneOf(self.label("one_of"), tuple(options), tuple(weights))

    def label(self, name: str) -> str:
        """Give a step's label, its own in the recipe ("typo.omit", then "typo.omit#2")."""
        self.labels[name] = n = self.labels.get(name, 0) + 1
        return name if n == 1 else f"{name}#{n}"
