"""Recipes for tools/fuzz.py: most of them nearly right, by the registry's own names and parameters; some no YAML at all."""

from __future__ import annotations

import json
import random
from functools import cache
from typing import Any

from fuzz_grammar import broken, odd

from perturb.core.registry import Transform, transforms
from perturb.recipe import shipped
from perturb.writer import SEVERITIES, STYLES, TYPISTS

SCALARS = ["0", "1", "0.5", "-1", "2", "1e3", "1e999", ".nan", ".inf", "-.inf", "yes", "no", "true", "false", "null", "~", "", "0x10", "0o7", "1_000", "12:30:45",
           "2024-01-01", "'x'", '"\\u0041"', '"\\ud800"', '"\\x00"', "[]", "{}", "!!int 3", "!!python/object/apply:os.system [ls]", "!x y", "&a 1", "*a", "<<", "= ", "|",
           "> \n   x", "? x", "- x", "qwerty", "en", "light", "chat", "hasty", "9" * 400, "9" * 5000, "-" + "1" * 4400, "%", "@", "`", "\t", "#", "'", '"', "{", "[", "[a, [b, [c]]]", "{a: {b: 1}}", "1.5.2",
           "typo", "typo.omit", "hurried", "./x.yaml", "/etc/passwd", "../../x.yaml", "x.tsv", "/dev/zero", "café", "\u2028", "💥"]  # fmt: skip
WRITER = {"severity": [*SEVERITIES, "3", "0", "51", ".nan"], "style": [*STYLES, "x"],
          "typist": [*TYPISTS, "x"], "autocorrect": ["true", "false", "true", "false", "yes"]}  # fmt: skip


@cache
def _known() -> tuple[list[Transform], list[str]]:
    light = [t for t in transforms().values() if not t.needs]
    return light, sorted({t.family for t in light})


def recipe(rng: random.Random) -> bytes:
    """Make a recipe's bytes."""
    kind = rng.random()
    if kind < 0.02:
        return bytes(rng.randrange(256) for _ in range(rng.randint(0, 60)))
    if kind < 0.03:
        nest = rng.choice(["[", "{a: ", "- ", "- one_of: [", "? "])
        return ("summary: x\nsteps: " + nest * rng.choice([3, 20, 25, 500, 50_000])).encode()
    if kind < 0.035:
        return ("a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" + rng.choice(["", "<<: *a\n"]) + "steps: *c\n").encode()
    if kind < 0.037:
        return b"summary: " + b"x" * rng.choice([255_000, 256_000, 300_000]) + b"\nsteps: [typo.omit]\n"
    keys = [f"summary: {rng.choice(['x'] * 9 + [scalar(rng), odd(rng)])}"] if rng.random() < 0.97 else []
    if rng.random() < 0.3:
        keys.append(f"writer: {_writer(rng)}")
    keys.append("steps:" + _steps(rng, 0))
    if rng.random() < 0.03:
        keys.append(
            rng.choice(
                [
                    keys[0],
                    "steps: [typo.omit]",
                    f"{scalar(rng)}: {scalar(rng)}",
                    "---",
                    "...",
                    "%YAML 1.1",
                    f"!!{scalar(rng)}",
                ]
            )
        )
    rng.shuffle(keys) if rng.random() < 0.1 else None
    data = ("\n".join(keys) + "\n").encode("utf-8", "surrogatepass" if rng.random() < 0.5 else "replace")
    if rng.random() < 0.01:
        data = rng.choice([b"\xef\xbb\xbf", b"\xff\xfe", b"\x00"]) + data
    return broken(rng, data) if rng.random() < 0.04 else data


def scalar(rng: random.Random) -> str:
    """Make a YAML value."""
    return rng.choice(SCALARS) if rng.random() < 0.8 else json.dumps(odd(rng))


def _writer(rng: random.Random) -> str:
    if rng.random() < 0.05:
        return scalar(rng)
    given = {
        key: rng.choice(known) if rng.random() < 0.97 else scalar(rng)
        for key, known in WRITER.items()
        if rng.random() < 0.5
    }
    if rng.random() < 0.03:
        given[rng.choice(["sevrity", "name"])] = scalar(rng)
    return "{" + ", ".join(f"{k}: {v}" for k, v in given.items()) + "}"


def _steps(rng: random.Random, depth: int) -> str:
    if rng.random() < 0.01:
        return " " + scalar(rng)
    indent = "\n" + "  " * (depth + 1)
    return "".join(f"{indent}- {_step(rng, depth)}" for _ in range(rng.choice([0, 1, 1, 1, 2, 2, 3, 5])))


def _step(rng: random.Random, depth: int) -> str:
    light, families = _known()
    kind = rng.random()
    if kind < 0.1 and depth < rng.choice([2, 2, 2, 30]):
        return "one_of:" + _steps(rng, depth + 2)
    if kind < 0.16:
        name = rng.choice([*shipped(), "huried", "recipe"])
        return rng.choice(
            [
                f"use: {name}",
                f"use: {{recipe: {name}, intensity: {_number(rng)}, p: {_number(rng)}}}",
                f"use: {scalar(rng)}",
            ]
        )
    if kind < 0.18:
        return scalar(rng)
    t: Any = rng.choice(light)
    name, params = (t.name, t.params) if rng.random() < 0.85 else (rng.choice(families), {})
    if rng.random() < 0.02:
        at = rng.randrange(len(name))
        name = name[:at] + name[at + 1 :]
    if rng.random() < 0.4:
        return name
    given = {key: _of(rng, params[key]) for key in params if rng.random() < 0.5}
    for key in ("rate", "times", "p", "weight"):
        if rng.random() < 0.25:
            given[key] = _number(rng)
    if rng.random() < 0.05:
        given[rng.choice([*given, "longer", "rte"])] = scalar(rng)
    pairs = [f"{k}: {v}" for k, v in given.items()]
    return f"{name}: {{{', '.join(pairs)}}}"


def _of(rng: random.Random, param: Any) -> str:
    """Make a parameter's value: like its default, or not."""
    default = getattr(param, "default", param)
    if rng.random() < 0.06:
        return scalar(rng)
    if isinstance(default, bool):
        return rng.choice(["true", "false"])
    if isinstance(default, (int, float)):
        return _number(rng)
    return json.dumps(default, default=str)


def _number(rng: random.Random) -> str:
    if rng.random() < 0.9:
        return rng.choice(["0", "0.0", "0.3", "0.5", "0.001", "1e-9", "1", "1.0"])
    return rng.choice(
        [
            "0",
            "0.0",
            "0.3",
            "1",
            "1.0",
            "2",
            "7",
            "0.001",
            "1e-9",
            "100000",
            "-1",
            "1e999",
            ".nan",
            "x",
            "true",
            "0.5",
            "0.5",
        ]
    )
