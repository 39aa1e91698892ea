"""Recipes: what steps, how much of each, and how a ``one_of`` is settled. Parsing is in recipe_yaml."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Union

from perturb.core.errors import UsageError, did_you_mean, or_list
from perturb.core.registry import Transform, family, transforms
from perturb.core.rng import Rng
from perturb.fitting import Fit
from perturb.resources import root
from perturb.writer import Writer


@dataclass(frozen=True)
class Step:
    """A transform and how much of it; ``governed`` where the recipe's writer says how much."""

    transform: Transform
    label: str
    params: dict[str, Any] = field(default_factory=dict)
    rate: float | None = None
    times: float | None = None
    p: float | None = None
    weight: float = 1.0
    intensity: float = 1.0
    writer: Writer | None = None
    governed: str = ""  # "", "typo" (severity) or a trait of the style
    share: float = 1.0  # of the writer's misspelt words, where several steps are governed
    must: bool = False  # what the recipe is for: without it a variant is none
    fits: tuple[Fit, ...] = ()  # which texts its recipe is for, and those that use it


@dataclass(frozen=True)
class OneOf:
    """Exactly one of several lists of steps, by weight."""

    label: str
    options: tuple[tuple[Node, ...], ...]
    weights: tuple[float, ...]
    p: float | None = None
    weight: float = 1.0  # inside another one_of


@dataclass(frozen=True)
class Group:
    """The steps of a used recipe, with a chance that they run at all."""

    label: str
    nodes: tuple[Node, ...]
    p: float | None = None
    weight: float = 1.0  # inside a one_of


Node = Union[Step, OneOf, Group]


class Settled(NamedTuple):
    """A step that will run in one variant (read often, so a tuple)."""

    transform: Transform
    label: str
    params: dict[str, Any]
    rate: float | None
    times: float
    writer: Writer | None
    governed: str
    share: float
    fits: tuple[Fit, ...] = ()


@dataclass(frozen=True)
class Recipe:
    """Steps in order, with the texts that they came from (name -> YAML) for the manifest."""

    name: str
    summary: str
    nodes: tuple[Node, ...]
    writer: Writer | None = None
    texts: dict[str, str] = field(default_factory=dict)

    def settle(self, rng: Rng, intensity: float = 1.0) -> Sequence[Settled]:
        """Decide every ``p`` and ``one_of`` for one variant; intensity scales amounts, never chances."""
        made = self._made.get(intensity)
        if made is None:
            made = self._made[intensity] = {id(s): _settled(s, intensity) for s in self.steps()}
            self._all_made[intensity] = [s for s in map(made.get, map(id, self.nodes)) if s is not None]
        if self._fixed:
            return self._all_made[intensity]
        out: list[Settled] = []
        _settle(self.nodes, rng, made, out)
        return out

    @cached_property
    def _fixed(self) -> bool:
        """Tell whether all steps run in every variant, so that there is nothing to decide."""
        return all(isinstance(node, Step) and node.p is None for node in self.nodes)

    @cached_property
    def _made(self) -> dict[float, dict[int, Settled | None]]:
        """Keep what each step comes to at an intensity: the same for all variants."""
        return {}

    @cached_property
    def _all_made(self) -> dict[float, list[Settled]]:
        """Keep the steps themselves where all of them run."""
        return {}

    def steps(self) -> list[Step]:
        """List all steps, whichever branch they stand in (for checks, resources and ``show``)."""
        return list(_walk(self.nodes))

    @cached_property
    def has_writer(self) -> bool:
        """Tell whether a writer's severity or style governs any step."""
        return any(s.governed for s in self.steps())

    @cached_property
    def measured(self) -> bool:
        """Tell whether it was measured how much differs from writer to writer or page to page: then some are left clean."""
        return self.has_writer or any(isinstance(n, Step) and n.transform.spread is not None for n in self.nodes)

    @cached_property
    def has_moves(self) -> bool:
        """Tell whether any step rearranges the item."""
        return any(s.transform.kind == "item" for s in self.steps())

    @cached_property
    def has_losses(self) -> bool:
        """Tell whether any step may lose something, so that there is something to judge."""
        return any(s.transform.reach == "loss" or s.transform.role for s in self.steps())

    @cached_property
    def musts(self) -> frozenset[str]:
        """Give the labels of the steps of which one must have done something, empty where none must."""
        return frozenset(s.label for s in self.steps() if s.must)

    @cached_property
    def limits(self) -> tuple[Fit, ...]:
        """List what its steps ask of a text that they are for (``for:``), each once; empty where all take any."""
        return tuple(dict.fromkeys(fit for s in self.steps() for fit in s.fits))

    @cached_property
    def style(self) -> str:
        """Name the style of the writer that governs some step ("chat"), "" where none does."""
        return next((s.writer.style for s in self.steps() if s.writer and s.writer.style), "")

    @property
    def needs(self) -> tuple[str, ...]:
        """Name the resources that some step needs ("spacy", "wordnet", "nlpaug")."""
        return tuple(sorted({n for s in self.steps() for n in s.transform.needs}))


def _walk(nodes: tuple[Node, ...]) -> Any:
    for node in nodes:
        if isinstance(node, Step):
            yield node
        elif isinstance(node, OneOf):
            for option in node.options:
                yield from _walk(option)
        else:
            yield from _walk(node.nodes)


def _settle(nodes: tuple[Node, ...], rng: Rng, made: dict[int, Settled | None], out: list[Settled]) -> None:
    for node in nodes:
        if node.p is not None and rng.stream("p:" + node.label).random() >= node.p:
            continue
        if isinstance(node, Step):
            settled = made[id(node)]
            if settled is not None:
                out.append(settled)
        elif isinstance(node, OneOf):
            stream = rng.stream(node.label)
            _settle(stream.weighted(list(zip(node.options, node.weights))), rng, made, out)
        else:
            _settle(node.nodes, rng, made, out)


def _settled(step: Step, intensity: float) -> Settled | None:
    """Work out how much of a step there is; None for a move at intensity 0."""
    scale = intensity * step.intensity
    if step.transform.kind == "item" and scale <= 0:
        return None
    rate = None if step.rate is None else step.rate * scale
    times = 0.0 if step.times is None else step.times * scale
    if step.governed == "typo" and step.writer is not None and step.writer.severity is not None:
        rate, times = None, step.writer.severity / 100.0 * scale
    return Settled(
        step.transform, step.label, step.params, rate, times, step.writer, step.governed, step.share, step.fits
    )


def shipped() -> list[str]:
    """List the names of the shipped recipes, sorted."""
    return sorted(p.stem for p in root("recipes").glob("*.yaml"))


def recipe_file(name: str) -> Path | None:
    """Find the file that a recipe's name means: a path ending in .yaml, or a shipped one."""
    if name.endswith((".yaml", ".yml")):
        return Path(name)
    path = root("recipes") / f"{name}.yaml"
    return path if os.path.isfile(path) and "/" not in name else None


def load_recipe(name: str) -> Recipe:
    """Load a recipe by name or file (``load_recipe("hurried")``); "a+b" composes, a transform or family is a recipe of one step.

    Raises RecipeError with every mistake of the file, UsageError where there is no such name.
    """
    from perturb.recipe_yaml import compose_recipes, parse_recipe, read_recipe

    if isinstance(name, os.PathLike):
        name = os.fspath(name)
    if not isinstance(name, str) or not name.strip():
        raise UsageError(f"a recipe is the name of a recipe, transform or family, or a .yaml file; not {name!r}")
    if "+" in name and not os.path.isfile(name):
        if not all(part.strip() for part in name.split("+")):
            raise UsageError(f"{name!r}: a name is missing beside '+'; expected NAME+NAME")
        name = "+".join(part.strip() for part in name.split("+"))
        return compose_recipes(name, [load_recipe(part) for part in name.split("+")])
    path = recipe_file(name)
    if path is not None:
        return read_recipe(path)
    known = transforms()
    if name in known or family(name):
        what = known[name].summary if name in known else f"One of the {name} transforms"
        # Slips at human rates would leave most short texts as they are, and pages many: who names one wants to see it.
        slips = known[name].trait == "typo" if name in known else name == "typo"
        pages = name in known and known[name].spread is not None
        step = f"{name}: {{times: 1}}" if slips else f"{name}: {{must: true}}" if pages else name
        return replace(parse_recipe(f"summary: {_quoted(what)}\nsteps:\n- {step}\n", name=name), name=name)
    if "," in name:
        raise UsageError(
            f"no recipe, transform or family named {name!r}; to run several, join them with +: slang+typos"
        )
    every = [*shipped(), *known, *{t.family for t in known.values()}]
    raise UsageError(
        f"no recipe, transform or family named {name!r}{or_list(did_you_mean(name, every), '`perturb list` shows all')}"
    )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
