"""Recipes from files and texts, with the recipes that they use."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from perturb.core.errors import RecipeError, UsageError, did_you_mean
from perturb.fitting import KINDS, Fit
from perturb.recipe import Group, Node, Recipe, recipe_file, shipped
from perturb.recipe_yaml.document import compose, decoded
from perturb.recipe_yaml.nodes import fitted, prefixed, shares
from perturb.recipe_yaml.page import Page, is_null
from perturb.recipe_yaml.steps import Steps
from perturb.writer import SEVERITIES, STYLES, TYPISTS, Writer

MAX_STEPS = 4096  # of the recipes that a recipe uses


def read_recipe(path: Path, *, _way: tuple[str, ...] = ()) -> Recipe:
    """Read a recipe file (``recipes/hurried.yaml``); RecipeError with all its mistakes."""
    try:
        data = path.read_bytes()
    except IsADirectoryError:
        raise UsageError(f"{path}: is a directory; expected a recipe file (.yaml)") from None
    except ValueError:  # a NUL, half a surrogate pair
        raise UsageError(f"{str(path)!r}: not a file name") from None
    except OSError as e:
        near = did_you_mean(path.stem, shipped())
        raise UsageError(f"{path}: {e.strerror}; expected a recipe file{near}") from None
    return parse_recipe(decoded(data, path), name=path.stem, file=str(path), _way=_way)


def parse_recipe(
    text: str, *, name: str = "recipe", file: str = "", texts: dict[str, str] | None = None, _way: tuple[str, ...] = ()
) -> Recipe:
    """Parse a recipe's YAML (``parse_recipe("summary: x\\nsteps: [typo.omit]")``).

    ``texts`` are recipes by name that ``use`` finds before any file (a manifest's). Raises RecipeError whose message
    lists every mistake as ``file:line: what``.
    """
    if not isinstance(text, str):
        raise UsageError(f"parse_recipe takes a recipe's YAML as a text, not {type(text).__name__}")
    return _Reader(Page(name, file or f"<{name}>"), text, texts or {}, _way).recipe()


class _TooMany(RecipeError):
    pass


class _Reader:
    """Reads one recipe; ``given`` are recipes by name for ``use``, ``way`` the recipes that use one another up to here."""

    def __init__(self, page: Page, text: str, given: dict[str, str], way: tuple[str, ...]) -> None:
        self.page, self.text, self.given, self.way = page, text, given, (*way, page.name)
        self.texts: dict[str, str] = {page.name: text}
        self.writer: Writer | None = None
        self.used = 0

    def recipe(self) -> Recipe:
        page = self.page
        root = compose(page, self.text)
        fields = page.mapping(root, "a recipe", ("summary", "for", "writer", "steps"))
        summary = page.text(fields["summary"], "summary") if "summary" in fields else ""
        if isinstance(root, yaml.MappingNode):
            for key in ("summary", "steps"):
                if key not in fields:
                    page.wrong(root, f"'{key}' is missing; a recipe is summary, steps, and if wanted for and writer")
        if "writer" in fields:
            self.writer = _writer(page, fields["writer"])
        fit = _fit(page, fields["for"]) if "for" in fields else None
        nodes = Steps(page, self.writer, self._use).read(fields["steps"]) if "steps" in fields else ()
        if page.mistakes:
            raise RecipeError(page.in_order())
        return Recipe(page.name, summary, shares(nodes if fit is None else fitted(nodes, fit)), self.writer, self.texts)

    def _use(self, steps: Steps, key: Any, node: Any) -> Iterator[Node]:
        given: dict[str, Any] = {"recipe": node}
        if isinstance(node, yaml.MappingNode):
            given = self.page.mapping(node, "use", ("recipe", "intensity", "p"))
        if "recipe" not in given or is_null(given["recipe"]):
            self.page.wrong(
                key, "use needs a recipe: `use: hurried` or `use: {recipe: hurried, intensity: 0.5, p: 0.7}`"
            )
            return
        name = self.page.text(given["recipe"], "use")
        intensity = self.page.number(given["intensity"], "use: intensity", 0, math.inf) if "intensity" in given else 1.0
        p = self.page.number(given["p"], "use: p", 0, 1) if "p" in given else None
        used = self._load(key, name)
        if used is None:
            return
        # At once, not among the mistakes: recipes that use others many times over grow without end.
        self.used += len(used.steps())
        if self.used > MAX_STEPS:
            line = key.start_mark.line + 1
            raise _TooMany([f"{self.page.file}:{line}: the recipes used have more than {MAX_STEPS} steps together"])
        for other, text in used.texts.items():
            if self.texts.setdefault(other, text) != text:
                self.page.wrong(key, f"two different recipes are named {other!r}; rename one of the files")
        label = steps.label(used.name.replace("+", "_"))  # "+" joins the labels of edits that met
        yield Group(label, tuple(prefixed(n, label, intensity or 0.0, self.writer) for n in used.nodes), p)

    def _load(self, key: Any, name: str) -> Recipe | None:
        try:
            stem = Path(name).stem
            path = None if stem in self.given else recipe_file(name)
            if (
                stem == self.page.name
                and path is not None
                and path.resolve() != Path(self.page.file).resolve()
                and path.is_absolute()
            ):
                self.page.wrong(key, f"this recipe has the name of the one it uses, {stem!r}; rename its file")
                return None
            if stem in self.way:
                way = " -> ".join((*self.way[self.way.index(stem) :], stem))
                self.page.wrong(key, f"this recipe uses itself: {way}")
                return None
            if stem in self.given:
                return parse_recipe(self.given[stem], name=stem, texts=self.given, _way=self.way)
            if path is None:
                self.page.wrong(key, f"no recipe named {name!r}{did_you_mean(name, shipped())}")
                return None
            beside = Path(self.page.file).parent / path
            return read_recipe(beside if not path.is_absolute() and os.path.isfile(beside) else path, _way=self.way)
        except _TooMany:
            raise
        except RecipeError as e:
            self.page.mistakes += e.mistakes
        except UsageError as e:
            self.page.wrong(key, str(e))
        return None


def _fit(page: Page, node: Any) -> Fit:
    given = page.mapping(node, "for", ("words", "kind"))
    if not given and not page.mistakes:
        page.wrong(node, "for is empty; give words (at most), kind, or both")
    words = page.number(given["words"], "for: words", 1, math.inf) if "words" in given else 0
    if words and words != int(words):
        page.wrong(given["words"], f"for: words must be a whole number, not {words:g}")
    return Fit(int(words or 0), _word(page, given, "kind", tuple(KINDS), "", "for"))


def _writer(page: Page, node: Any) -> Writer:
    given = page.mapping(node, "writer", ("severity", "style", "typist", "autocorrect"))
    severity: float | None = None
    if "severity" in given:
        text = page.text(given["severity"], "writer: severity")
        try:
            severity = SEVERITIES[text] if text in SEVERITIES else float(text)
            if not 0 <= severity <= 50:
                raise ValueError
        except ValueError:
            page.wrong(
                given["severity"],
                f"writer: severity is {', '.join(SEVERITIES)} or misspelt words per 100 (0 to 50), not {text!r}",
            )
    style = _word(page, given, "style", STYLES, "")
    typist = _word(page, given, "typist", TYPISTS, "residual")
    autocorrect = "autocorrect" in given and _yes(page, given["autocorrect"])
    return Writer(severity, style, typist, autocorrect)


def _yes(page: Page, node: Any) -> bool:
    text = page.text(node, "writer: autocorrect")
    if text not in ("true", "false"):
        page.wrong(node, f"writer: autocorrect is true or false, not {text!r}")
    return text == "true"


def _word(
    page: Page, given: dict[str, Any], key: str, known: tuple[str, ...], default: str, what: str = "writer"
) -> str:
    if key not in given:
        return default
    text = page.text(given[key], f"{what}: {key}")
    if text not in known:
        near = did_you_mean(text, known)
        page.wrong(given[key], f"{what}: {key} is one of {', '.join(known)}, not {text!r}{near}")
    return text
