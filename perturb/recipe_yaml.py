"""Read recipes strictly from YAML's node graph: every mistake is reported, with its file and line.

A recipe is data: no tags, no anchors, bounded in size and depth; it can never import or run anything.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from perturb.core.errors import MissingResource, RecipeError, UsageError, did_you_mean
from perturb.core.registry import Transform, family, transforms
from perturb.core.rng import Rng
from perturb.core.text import Text
from perturb.recipe import Group, Node, OneOf, Recipe, Step, recipe_file, shipped
from perturb.writer import SEVERITIES, STYLES, TYPISTS, Writer, typing_of

MAX_BYTES, MAX_DEPTH = 256_000, 24
_TRIAL = "Hello, I can't use my new card because the bank sent it to London on Monday. Where is it, please?"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = {
    f"tag:yaml.org,2002:{t}"
    for t in ("str", "int", "float", "bool", "null", "seq", "map", "timestamp", "merge", "value")
}
_GOVERNED = "the writer's severity says how many; leave out rate and times, or the severity"
_BOTH = "give rate (edits per word) or times (edits per text), not both"
_TRAITS = ("lower_start", "lower_all", "lower_i", "no_final", "no_apostrophe", "slang")


def read_recipe(path: Path, *, _way: tuple[str, ...] = ()) -> Recipe:
    """Read a recipe file (``recipes/hurried.yaml``); RecipeError with all its mistakes."""
    try:
        data = path.read_bytes()
    except IsADirectoryError:
        raise UsageError(f"{path}: is a directory; expected a recipe file (.yaml)") from None
    except OSError as e:
        near = did_you_mean(path.stem, shipped())
        raise UsageError(f"{path}: {e.strerror}; expected a recipe file{near}") from None
    if len(data) > MAX_BYTES:
        raise RecipeError([f"{path}:1: {len(data)} bytes; a recipe has at most {MAX_BYTES}"])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        line = data[: e.start].count(b"\n") + 1
        raise RecipeError([f"{path}:{line}: not UTF-8 (byte {data[e.start]:#04x}); save the file as UTF-8"]) from None
    return parse_recipe(text, name=path.stem, file=str(path), _way=_way)


def parse_recipe(
    text: str, *, name: str = "recipe", file: str = "", texts: dict[str, str] | None = None, _way: tuple[str, ...] = ()
) -> Recipe:
    """Parse a recipe's YAML (``parse_recipe("summary: x\\nsteps: [typo.omit]")``).

    ``texts`` are recipes by name that ``use`` finds before any file (a manifest's). Raises RecipeError whose message
    lists every mistake as ``file:line: what``.
    """
    return _Parser(name, file or f"<{name}>", text, texts or {}, _way).parse()


def compose_recipes(name: str, parts: list[Recipe]) -> Recipe:
    """Make one recipe of several, run in order ("slang+typos")."""
    nodes: list[Node] = []
    seen: dict[str, int] = {}
    texts: dict[str, str] = {}
    for part in parts:
        seen[part.name] = n = seen.get(part.name, 0) + 1
        prefix = part.name.replace("+", "_") + (f"#{n}" if n > 1 else "")
        nodes.append(Group(prefix, tuple(_prefixed(node, prefix) for node in part.nodes)))
        for known, text in part.texts.items():
            if texts.setdefault(known, text) != text:
                raise UsageError(f"two different recipes are named {known!r}; rename one of the files")
    writer = next((p.writer for p in parts if p.writer), None)
    return Recipe(name, "; ".join(p.summary for p in parts), tuple(nodes), writer, texts)


def _prefixed(node: Node, prefix: str, intensity: float = 1.0, writer: Writer | None = None) -> Node:
    """Put a recipe's name before the labels of its nodes, so that its streams are its own."""
    label = f"{prefix}/{node.label}"
    if isinstance(node, Step):
        return replace(node, label=label, intensity=node.intensity * intensity,
                       writer=_over(node.writer, writer) if node.governed else node.writer)  # fmt: skip
    if isinstance(node, OneOf):
        options = tuple(tuple(_prefixed(n, prefix, intensity, writer) for n in option) for option in node.options)
        return replace(node, label=label, options=options)
    return replace(node, label=label, nodes=tuple(_prefixed(n, prefix, intensity, writer) for n in node.nodes))


def _over(inner: Writer | None, outer: Writer | None) -> Writer | None:
    """Put the using recipe's writer over the used one's; what it leaves open stays as it was."""
    if inner is None or outer is None:
        return inner
    severity = inner.severity if outer.severity is None else outer.severity
    return Writer(severity, outer.style or inner.style, outer.typist)


class _Parser:
    """One recipe's parse: collects mistakes instead of stopping at the first."""

    def __init__(self, name: str, file: str, text: str, texts: dict[str, str], way: tuple[str, ...]) -> None:
        self.name, self.file, self.text, self.given, self.way = name, file, text, texts, (*way, name)
        self.mistakes: list[str] = []
        self.texts: dict[str, str] = {name: text}
        self.labels: dict[str, int] = {}
        self.writer: Writer | None = None

    # -- the document ------------------------------------------------------------------------------------

    def parse(self) -> Recipe:
        root_node = self._compose()
        fields = self._mapping(root_node, "a recipe", ("summary", "writer", "steps")) if root_node is not None else {}
        summary = self._text(fields["summary"], "summary") if "summary" in fields else ""
        if root_node is not None and isinstance(root_node, yaml.MappingNode):
            for key in ("summary", "steps"):
                if key not in fields:
                    self._wrong(root_node, f"'{key}' is missing; a recipe is summary, optional writer, steps")
        if "writer" in fields:
            self.writer = self._writer(fields["writer"])
        nodes = self._steps(fields["steps"], 0) if "steps" in fields else ()
        if self.mistakes:
            raise RecipeError(sorted(self.mistakes, key=self._line))
        return Recipe(self.name, summary, _shares(nodes), self.writer, self.texts)

    def _compose(self) -> Any:
        try:
            size = len(self.text.encode("utf-8"))
        except UnicodeEncodeError as e:
            line = self.text.count("\n", 0, e.start) + 1
            raise RecipeError([f"{self.file}:{line}: not UTF-8 (a lone surrogate, {self.text[e.start]!r})"]) from None
        if size > MAX_BYTES:
            raise RecipeError([f"{self.file}:1: a recipe has at most {MAX_BYTES} bytes"])
        try:
            depth = 0
            event: Any
            for event in yaml.parse(self.text, Loader=_Loader):
                if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                    raise RecipeError(
                        [
                            f"{self.file}:{event.start_mark.line + 1}: anchors and aliases are not part of a recipe; write it out, or `use` a recipe"
                        ]
                    )
                if getattr(event, "tag", None) and not (isinstance(event, yaml.ScalarEvent) and any(event.implicit)):
                    self._wrong(event, f"tags such as {event.tag!r} are not part of a recipe")
                depth += isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
                depth -= isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
                if depth > MAX_DEPTH:
                    raise RecipeError([f"{self.file}:{event.start_mark.line + 1}: nested deeper than {MAX_DEPTH}"])
            node = yaml.compose(self.text, Loader=_Loader)
        except yaml.YAMLError as e:
            mark = getattr(e, "problem_mark", None)
            line = mark.line + 1 if mark is not None else 1
            what = getattr(e, "problem", None) or str(e).split("\n")[0]
            raise RecipeError([f"{self.file}:{line}: not YAML: {what}"]) from None
        if node is None:
            raise RecipeError([f"{self.file}:1: empty; a recipe is summary, optional writer, steps"])
        return node

    # -- steps -------------------------------------------------------------------------------------------

    def _steps(self, node: Any, depth: int) -> tuple[Node, ...]:
        if not isinstance(node, yaml.SequenceNode):
            self._wrong(node, f"steps is a list of steps (- typo.omit), not {_kind(node)}")
            return ()
        if not node.value:
            self._wrong(node, "steps is empty; give at least one")
        return tuple(n for child in node.value for n in self._step(child, depth))

    def _step(self, node: Any, depth: int) -> Iterator[Node]:
        if isinstance(node, yaml.ScalarNode):
            if self._tagged(node):
                return
            yield from self._named(node, node.value, {}, depth)
        elif isinstance(node, yaml.MappingNode) and len(node.value) == 1:
            key, value = node.value[0]
            if not isinstance(key, yaml.ScalarNode):
                self._wrong(key, f"a step's name is text, not {_kind(key)}")
            elif key.value == "one_of":
                yield from self._one_of(key, value, depth)
            elif key.value == "use":
                yield from self._use(key, value)
            elif _is_null(value):
                yield from self._named(key, key.value, {}, depth)
            else:
                yield from self._named(key, key.value, self._mapping(value, key.value, None), depth)
        elif isinstance(node, yaml.MappingNode):
            names = [k.value for k, _ in node.value if isinstance(k, yaml.ScalarNode)]
            self._wrong(
                node, f"one name a step, found {', '.join(map(repr, names)) or 'none'}; start each step with '- '"
            )
        else:
            self._wrong(node, f"a step is NAME or NAME: {{…}}, not {_kind(node)}")

    def _named(self, node: Any, name: str, given: dict[str, Any], depth: int) -> Iterator[Node]:
        known = transforms()
        if name in known:
            yield from self._one(node, known[name], given, depth)
            return
        if family(name):
            yield from self._family(node, name, given, depth)
            return
        every = [*known, *{t.family for t in known.values()}]
        self._wrong(node, f"no transform named {name!r}{did_you_mean(name, every)}")

    def _family(self, node: Any, name: str, given: dict[str, Any], depth: int) -> Iterator[Node]:
        """Read a family's name as one of its members; what is wrong with its parameters is said once."""
        everyone = family(name)
        light = [t for t in everyone if not t.needs]
        members = [t for t in light if t.kind == "text"] or light or everyone
        pairs = [(t, 1.0) for t in members]
        governed = name == "typo" and self.writer is not None and self.writer.severity is not None
        if governed and self.writer is not None:
            known = transforms()
            pairs = [(known[n], w) for n, w in typing_of(self.writer.typist) if n in known]
        own = dict(given)
        p = self._number(own.pop("p"), f"{name}: p", 0, 1) if "p" in own else None
        weight = self._weight(own.pop("weight"), name, depth) if "weight" in own else 1.0
        if governed and own.keys() & {"rate", "times"}:
            self._wrong(node, f"{name}: {_GOVERNED}")
        elif {"rate", "times"} <= own.keys():
            self._wrong(node, f"{name}: {_BOTH}")
        for key in list(own):
            if key in ("rate", "times"):
                amount = self._number(own[key], f"{name}: {key}", 0, 1 if key == "rate" else math.inf)
                if amount is None or governed or {"rate", "times"} <= own.keys():
                    del own[key]
            elif not any(key in t.params for t, _ in pairs):
                options = ["rate", "times", "p", "weight", *(k for t, _ in pairs for k in t.params)]
                self._wrong(own.pop(key), f"no parameter of {name} named {key!r}{did_you_mean(key, options)}")
        options_ = []
        for t, w in pairs:
            fitting = {k: v for k, v in own.items() if k in t.params or k in ("rate", "times")}
            options_.append((tuple(self._one(node, t, fitting, depth)), w))
        if governed:
            # A writer's slips are of all kinds in one text: each kind has its share of them.
            total = sum(w for _, w in options_)
            steps = tuple(
                replace(s, share=w / total, governed="typo", writer=self.writer)
                for option, w in options_
                for s in option
            )
            yield Group(self._label(name), steps, p, weight)
            return
        yield OneOf(self._label(name), tuple(o for o, _ in options_), tuple(w for _, w in options_), p, weight)

    def _weight(self, node: Any, name: str, depth: int) -> float:
        if not depth:
            self._wrong(node, f"{name}: weight is for the options of a one_of; outside of one it says nothing")
        weight = self._number(node, f"{name}: weight", 0, math.inf)
        return 1.0 if weight is None else weight

    def _one(self, node: Any, t: Transform, given: dict[str, Any], depth: int) -> Iterator[Step]:
        params: dict[str, Any] = {}
        amounts: dict[str, float | None] = {}
        weight = 1.0
        for key, value in given.items():
            what = f"{t.name}: {key}"
            if key in ("rate", "p"):
                amounts[key] = self._number(value, what, 0, 1)
            elif key == "times":
                amounts[key] = self._number(value, what, 0, math.inf)
            elif key == "weight":
                weight = self._weight(value, t.name, depth)
            elif key in t.params:
                params[key] = self._param(value, t.params[key], what)
            else:
                options = [*t.params, "rate", "times", "p", "weight"]
                self._wrong(value, f"no parameter of {t.name} named {key!r}{did_you_mean(key, options)}")
        if "rate" in amounts and "times" in amounts:
            self._wrong(node, f"{t.name}: {_BOTH}")
        if t.kind == "item" and ("rate" in amounts or "times" in amounts):
            self._wrong(node, f"{t.name}: an item transform runs once or not; give p, the chance that it runs")
        if params and t.kind == "text":
            self._try(node, t, params)
        rate, times = amounts.get("rate"), amounts.get("times")
        governed = self._governed(node, t, amounts)
        if rate is None and times is None:
            rate, times = t.rate, t.times
        yield Step(t, self._label(t.name), params, rate, times, amounts.get("p"), weight,
                   writer=self.writer if governed else None, governed=governed)  # fmt: skip

    def _try(self, node: Any, t: Transform, params: dict[str, Any]) -> None:
        """Call the transform once: a table that is not there, or a word it does not know, is a mistake here."""
        own = next((v for v in params.values() if isinstance(v, str) and v.endswith(".tsv")), "")
        try:
            next(iter(t.fn(Text(_TRIAL if own or not t.needs else ""), Rng(0), **params)), None)
        except MissingResource:
            pass  # said before the run, with the command that gets it
        except UsageError as e:
            self._wrong(node, f"{t.name}: {e}")
        except Exception as e:
            if own:  # a table of another form; any other failure is said where the step runs
                self._wrong(
                    node, f"{t.name}: {own} is no table for this step ({e}); expected the columns of the shipped one"
                )

    def _governed(self, node: Any, t: Transform, amounts: dict[str, Any]) -> str:
        w = self.writer
        if w is None or not t.trait:
            return ""
        if t.trait == "typo" and w.severity is not None:
            if "rate" in amounts or "times" in amounts:
                self._wrong(node, f"{t.name}: {_GOVERNED}")
            return "typo"
        if t.trait in _TRAITS and w.style and not amounts.keys() & {"p"}:
            return t.trait
        return ""

    def _one_of(self, key: Any, node: Any, depth: int) -> Iterator[Node]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self._wrong(key, f"one_of takes a list of steps, or of lists of steps, not {_kind(node)}")
            return
        options: list[tuple[Node, ...]] = []
        weights: list[float] = []
        for child in node.value:
            option = (
                self._steps(child, depth + 1)
                if isinstance(child, yaml.SequenceNode)
                else tuple(self._step(child, depth + 1))
            )
            if option:
                options.append(option)
                weights.append(option[0].weight)
        if options and sum(weights) <= 0:
            self._wrong(key, "one_of: every weight is 0; at least one must be greater")
        elif options:
            yield OneOf(self._label("one_of"), tuple(options), tuple(weights))

    def _use(self, key: Any, node: Any) -> Iterator[Node]:
        given: dict[str, Any] = {"recipe": node}
        if isinstance(node, yaml.MappingNode):
            given = self._mapping(node, "use", ("recipe", "intensity", "p"))
        if "recipe" not in given or _is_null(given["recipe"]):
            self._wrong(key, "use needs a recipe: `use: hurried` or `use: {recipe: hurried, intensity: 0.5, p: 0.7}`")
            return
        name = self._text(given["recipe"], "use")
        intensity = self._number(given["intensity"], "use: intensity", 0, math.inf) if "intensity" in given else 1.0
        p = self._number(given["p"], "use: p", 0, 1) if "p" in given else None
        used = self._load(key, name)
        if used is None:
            return
        for other, text in used.texts.items():
            if self.texts.setdefault(other, text) != text:
                self._wrong(key, f"two different recipes are named {other!r}; rename one of the files")
        label = self._label(used.name.replace("+", "_"))  # "+" joins the labels of edits that met
        yield Group(label, tuple(_prefixed(n, label, intensity or 0.0, self.writer) for n in used.nodes), p)

    def _load(self, key: Any, name: str) -> Recipe | None:
        try:
            stem = Path(name).stem
            path = None if stem in self.given else recipe_file(name)
            if (
                stem == self.name
                and path is not None
                and path.resolve() != Path(self.file).resolve()
                and path.is_absolute()
            ):
                self._wrong(key, f"this recipe has the name of the one it uses, {stem!r}; rename its file")
                return None
            if stem in self.way:
                way = " -> ".join((*self.way[self.way.index(stem) :], stem))
                self._wrong(key, f"this recipe uses itself: {way}")
                return None
            if stem in self.given:
                return parse_recipe(self.given[stem], name=stem, texts=self.given, _way=self.way)
            if path is None:
                self._wrong(key, f"no recipe named {name!r}{did_you_mean(name, shipped())}")
                return None
            beside = Path(self.file).parent / path
            return read_recipe(beside if not path.is_absolute() and beside.is_file() else path, _way=self.way)
        except RecipeError as e:
            self.mistakes += e.mistakes
        except UsageError as e:
            self._wrong(key, str(e))
        return None

    # -- the writer --------------------------------------------------------------------------------------

    def _writer(self, node: Any) -> Writer:
        given = self._mapping(node, "writer", ("severity", "style", "typist"))
        severity: float | None = None
        if "severity" in given:
            text = self._text(given["severity"], "writer: severity")
            try:
                severity = SEVERITIES[text] if text in SEVERITIES else float(text)
                if not 0 <= severity <= 50:
                    raise ValueError
            except ValueError:
                self._wrong(
                    given["severity"],
                    f"writer: severity is {', '.join(SEVERITIES)} or misspelt words per 100 (0 to 50), not {text!r}",
                )
        style = self._word(given, "style", STYLES, "")
        typist = self._word(given, "typist", TYPISTS, "residual")
        return Writer(severity, style, typist)

    def _word(self, given: dict[str, Any], key: str, known: tuple[str, ...], default: str) -> str:
        if key not in given:
            return default
        text = self._text(given[key], f"writer: {key}")
        if text not in known:
            self._wrong(
                given[key], f"writer: {key} is one of {', '.join(known)}, not {text!r}{did_you_mean(text, known)}"
            )
        return text

    # -- values ------------------------------------------------------------------------------------------

    def _mapping(self, node: Any, what: str, known: tuple[str, ...] | None) -> dict[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            form = f"a mapping of {', '.join(known)}" if known else "parameters: {param: value}"
            self._wrong(node, f"{what} is {form}, not {_kind(node)}")
            return {}
        self._tagged(node)
        found: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._wrong(key, f"{what}: a key is text, not {_kind(key)}")
            elif key.value in found:
                self._wrong(key, f"{key.value!r} is given twice")
            elif known is not None and key.value not in known:
                self._wrong(
                    key, f"{what} has no {key.value!r}{did_you_mean(key.value, known)}; it has {', '.join(known)}"
                )
            else:
                found[key.value] = value
        return found

    def _text(self, node: Any, what: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or self._tagged(node) or not node.value.strip():
            if isinstance(node, yaml.ScalarNode) and not node.value.strip():
                self._wrong(node, f"{what} is empty; expected text")
            elif not isinstance(node, yaml.ScalarNode):
                self._wrong(node, f"{what} is text, not {_kind(node)}")
            return ""
        return str(node.value)

    def _number(self, node: Any, what: str, low: float, high: float) -> float | None:
        to = f"from {low:g} to {high:g}" if high < math.inf else f"of {low:g} or more"
        try:
            if (
                not isinstance(node, yaml.ScalarNode)
                or node.tag.endswith((":bool", ":null"))
                or ":" in node.value
                or "_" in node.value
            ):
                raise ValueError
            value = float(node.value)
            if not low <= value <= high or math.isinf(value):
                raise ValueError
        except ValueError:
            self._wrong(node, f"{what} must be a number {to}, not {_shown(node)}")
            return None
        return value

    def _param(self, node: Any, param: inspect.Parameter, what: str) -> Any:
        default = param.default
        if isinstance(node, yaml.ScalarNode) and not self._tagged(node):
            kind, text = node.tag.rsplit(":", 1)[-1], node.value
            if isinstance(default, bool):
                if kind == "bool":
                    return text.lower() in ("true", "yes", "on")
            elif isinstance(default, int):
                if kind == "int" and text.lstrip("+-").isdigit():
                    return int(text)
            elif isinstance(default, float):
                try:
                    if kind in ("int", "float", "str") and math.isfinite(float(text)):
                        return float(text)
                except ValueError:
                    pass
            elif isinstance(default, str) and kind == "str":
                if text.endswith(".tsv") and not Path(text).is_absolute() and (Path(self.file).parent / text).is_file():
                    return str(Path(self.file).parent / text)
                return text
        self._wrong(node, f"{what} must be {type(default).__name__}, not {_shown(node)}")
        return default

    def _tagged(self, node: Any) -> bool:
        if node.tag not in _PLAIN:
            self._wrong(node, f"tags such as {node.tag!r} are not part of a recipe")
            return True
        return False

    def _label(self, name: str) -> str:
        self.labels[name] = n = self.labels.get(name, 0) + 1
        return name if n == 1 else f"{name}#{n}"

    def _line(self, mistake: str) -> int:
        """Give the line of a mistake of this file; those of used recipes come last."""
        line, _, _ = mistake.removeprefix(f"{self.file}:").partition(":")
        return int(line) if line.isdigit() else 1 << 30

    def _wrong(self, node: Any, what: str) -> None:
        mistake = f"{self.file}:{node.start_mark.line + 1}: {what}"
        if mistake not in self.mistakes:
            self.mistakes.append(mistake)


def _shares(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Divide the writer's misspelt words among the steps that severity governs side by side."""
    governed = [n for n in nodes if _types(n)]
    if len(governed) < 2:
        return nodes
    return tuple(_with_share(n, 1.0 / len(governed)) if _types(n) else n for n in nodes)


def _types(node: Node) -> bool:
    if isinstance(node, Step):
        return node.governed == "typo"
    nodes = [n for option in node.options for n in option] if isinstance(node, OneOf) else list(node.nodes)
    return any(_types(n) for n in nodes)


def _with_share(node: Node, share: float) -> Node:
    if isinstance(node, Step):
        return replace(node, share=node.share * share)
    if isinstance(node, OneOf):
        return replace(node, options=tuple(tuple(_with_share(n, share) for n in o) for o in node.options))
    return replace(node, nodes=tuple(_with_share(n, share) for n in node.nodes))


def _kind(node: Any) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    return "nothing" if _is_null(node) else repr(node.value)


def _shown(node: Any) -> str:
    if isinstance(node, yaml.ScalarNode) and node.tag.endswith(":bool"):
        return "True" if node.value.lower() in ("true", "yes", "on") else "False"
    return node.value if isinstance(node, yaml.ScalarNode) and node.tag.endswith((":int", ":float")) else _kind(node)


def _is_null(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null")
