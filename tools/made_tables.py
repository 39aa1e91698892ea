"""The tables and help that tools/make_docs.py puts between ``<!-- made: KIND … -->`` and ``<!-- end -->``.

They are read off the program, off the realism cards, and off what tools/measure_recipes.py measured (bench/recipes.json).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def made(kind: str, what: str) -> str:
    """Make one block ("help", "run" -> what ``perturb run --help`` prints)."""
    makers = {
        "help": _help,
        "transforms": _transforms,
        "parameters": _parameters,
        "tables": _own_tables,
        "recipes": _recipes,
        "commands": _commands,
        "needs": _needs,
        "realism": _realism_of_words,
        "realism_texts": _realism_of_texts,
        "recipe_shares": _recipe_shares,
        "truncated_kinds": _truncated_kinds,
        "truncated_steps": _truncated_steps,
    }
    return makers[kind](what or "")


def _help(command: str) -> str:
    from click.testing import CliRunner

    from perturb.cli import main

    words = [command, "--help"] if command != "perturb" else ["--help"]
    result = CliRunner().invoke(main, words, prog_name="perturb", terminal_width=96)
    assert result.exit_code == 0, result.output
    return f"```text\n{result.output.rstrip()}\n```\n"


def _commands(_: str) -> str:
    from perturb.cli import COMMANDS

    return "".join(f"- [`perturb {name}`](#perturb-{name}): {summary}\n" for name, summary in COMMANDS.items())


def _recipes(width: str) -> str:
    from perturb.recipe import load_recipe, shipped

    columns = 2 if width == "wide" else 1
    recipes = [load_recipe(name) for name in shipped()]
    if columns == 1:
        rows = [
            f"| `{r.name}` | {_cell(r.summary)} | {_cell('; '.join(f.said() for f in r.limits))} |\n" for r in recipes
        ]
        return "| recipe | the person | for |\n|---|---|---|\n" + "".join(rows)
    cells = [f"| `{r.name}` | {_cell(r.summary)} " for r in recipes]
    cells += ["| | "] * (-len(cells) % columns)
    rows = ["".join(cells[i : i + columns]) + "|\n" for i in range(0, len(cells), columns)]
    return "| recipe | the person " * columns + "|\n" + "|---|---" * columns + "|\n" + "".join(rows)


def _needs(_: str) -> str:
    from perturb.core.registry import transforms

    wanted = {"spacy": ["`--analysis spacy`"]}
    for t in transforms().values():
        for need in t.needs:
            wanted.setdefault(need, []).append(f"`{t.name}`")
    return "| needs | what |\n|---|---|\n" + "".join(f"| {n} | {', '.join(w)} |\n" for n, w in sorted(wanted.items()))


def _cards(which: str) -> dict[str, Any]:
    """Give the realism cards of the families, or of other programs ("peers")."""
    from perturb.evaluate.realism.cards import cards, families

    if which == "peers":
        found: dict[str, Any] = json.loads((ROOT / "bench" / "peers.json").read_text("utf-8"))
        return found
    return {name: cards().get(name, {}) for name in families()}


def _named(subject: str, card: Any) -> str:
    if not card.get("run"):
        return subject
    kind = "" if "." in card["run"] else "recipe "
    return f"`{subject}`" + (f", {kind}`{card['run']}`" if card["run"] != subject else "")


def _realism_of_words(which: str) -> str:
    head = ("what", "realism", "AUC", "unusable", "divergence", "coverage", "hit", "in our lists", "against")
    rows = []
    for subject, card in _cards(which).items():
        if "pairs" in card:
            p = card["pairs"]
            known = p["corpus"].get("on_record")
            rows.append((_named(subject, card), f"{p['realism']:.1f}", f"{p['auc_adj']:.3f}", f"{100 * p['unusable']:.0f} %",
                         f"{p['jsd']:.3f}", f"{p['coverage']:.2f}", f"{p['hit']:.3f}",
                         "" if known is None else f"{100 * known:.0f} %", _corpus(p)))  # fmt: skip
    return _table(head, rows) + _unmeasured(which)


def _realism_of_texts(which: str) -> str:
    head = ("what", "AUC", "characters wrong: ours, people's", "words wrong", "unchanged", "figures near", "against")
    rows = []
    for subject, card in _cards(which).items():
        if "texts" in card:
            t = card["texts"]
            by = {f["name"]: f for f in t["figures"]}
            near = sum(abs(f["ours"] - f["human"]) <= max(0.15 * f["human"], f["two_se"]) for f in t["figures"])
            shown = ("character error rate", "word error rate", "unchanged texts")
            rates = (f"{100 * by[n]['ours']:.1f} %, {100 * by[n]['human']:.1f} %" for n in shown)
            rows.append((_named(subject, card), f"{t['auc']:.3f}", *rates, f"{near} of {len(by)}", _corpus(t)))
    return _table(head, rows)


def _unmeasured(which: str) -> str:
    names = [f"`{name}`" for name, card in _cards(which).items() if not {"pairs", "texts"} & set(card)]
    return f"\nNot measured, for want of human pairs: {', '.join(names)}.\n" if names else ""


def _corpus(card: Any) -> str:
    c = card["corpus"]
    return f"{c['name']}{', ' + c['part'] if c['part'] else ''} ({card['n']})"


def _table(head: Iterable[str], rows: list[tuple[str, ...]]) -> str:
    if not rows:
        return "None is measured yet.\n"
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(_cell, row))} |\n" for row in lines)


def _transforms(_: str) -> str:
    from perturb.core.registry import transforms

    shipped = [t for t in transforms().values() if not t.plugin]
    lines: list[str] = []
    for family in dict.fromkeys(t.family for t in shipped):
        lines.append(f"\n## {family}\n\n| name | what it does | reach | amount | parameters |\n|---|---|---|---|---|\n")
        for t in shipped:
            if t.family == family:
                needs = f" Needs {', '.join(t.needs)}." if t.needs else ""
                given = ", ".join(f"`{k}: {_plain(p.default)}`" for k, p in t.params.items())
                cells = (f"`{t.name}`", _cell(t.summary) + needs, _reach(t), _amount(t), _cell(given))
                lines.append(f"| {' | '.join(cells)} |\n")
    return "".join(lines) + "\n"


def _parameters(_: str) -> str:
    from perturb.core.registry import transforms
    from perturb.parameters import MEANINGS, meaning

    uses: dict[tuple[str, str], list[str]] = {}
    for t in transforms().values():
        for key in t.params:
            said = MEANINGS.get(f"{t.name}: {key}") or MEANINGS.get(key, "")
            if not t.plugin and said and meaning(t, key):
                uses.setdefault((key, said), []).append(f"`{t.name}`")
    rows = [(f"`{key}`", _cell(said), ", ".join(names)) for (key, said), names in sorted(uses.items())]
    return _table(("parameter", "what", "of"), rows)


def _own_tables(_: str) -> str:
    from perturb.core.registry import transforms
    from perturb.parameters import columns, topic

    uses: dict[tuple[str, str], list[str]] = {}
    for t in transforms().values():
        for key, p in t.params.items():
            folder = "" if t.plugin else topic(t, key)
            if folder and p.default:
                uses.setdefault((folder, str(p.default)), []).append(f"`{t.name}: {key}`")
    rows = [(f"`{folder}/{name}.tsv`", ", ".join(who), _cell(columns(folder, name)))
            for (folder, name), who in sorted(uses.items())]  # fmt: skip
    return _table(("shipped table", "of", "columns"), rows)


def _reach(t: Any) -> str:
    return "item" if t.kind == "item" else str(t.reach)


def _amount(t: Any) -> str:
    if t.kind == "item":
        return "once"
    return f"rate {t.rate:g}" if t.rate is not None else f"times {t.times:g}"


def _plain(value: Any) -> str:
    return '""' if value == "" else str(value).lower() if isinstance(value, bool) else str(value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("⏎", "↵")


# -- what recipes do to benchmark files ------------------------------------------------------------------------


def _measured() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "bench" / "recipes.json").read_text("utf-8"))
    return found


def _recipe_shares(_: str) -> str:
    from perturb.recipe import shipped

    found = _measured()["shares"]
    head = ("recipe", "bank's customers", "shop's customers", "questions on a passage", "sums", "exams", "prompts")
    redrawn, kept = found["redrawn"], found["kept"]
    rows = [(f"`{name}`", *map(str, redrawn[name])) for name in shipped() if name in redrawn]
    as_run = [(f"`{name}`", *map(str, kept[name])) for name in shipped() if name in kept]
    missing = ", ".join(f"`{name}`" for name in shipped() if name not in redrawn)
    boolq = f"Of BoolQ's first 400 items `false_premise` changes {found['boolq']['false_premise']} %.\n"
    return (
        _table(head, rows)
        + f"\n{boolq}"
        + "\nOf these a run keeps the unchanged variants (it does where a severity governs), and so it changes (%):\n\n"
        + _table(head, as_run)
        + (f"\nNot measured: {missing}.\n" if missing else "")
    )


# Of truncation's kinds: what each is, and the share that people's messages would have.
_TRUNCATED = {
    "key words": ("key words, telegraphic", "25–45 %"),
    "missing": ("something needed is missing", "35–50 %"),
    "goes on": ("goes on from a message before", "10 %"),
    "parts": ("one thought in two messages", "10 %"),
    "at a word": ("cut off at a word", "≤ 5 %"),
    "inside a word": ("cut off inside a word", "≤ 1 %"),
}


def _truncated_kinds(_: str) -> str:
    from measure_recipes import KINDS

    found = _measured()["truncated"]["kinds"]
    rows = [
        (
            what,
            wanted,
            f"{found['per cent'][kind]} %",
            ", ".join(f"`{step}`" for step, its in KINDS.items() if its == kind),
        )
        for kind, (what, wanted) in _TRUNCATED.items()
    ]
    head = ("kind", "wanted", f"measured, of {found['variants']:,} variants", "transforms")
    return _table(head, rows)


def _truncated_steps(_: str) -> str:
    found = _measured()["truncated"]["steps"]
    rows = [
        (name, f"{f['items']} %", f"{f['light']} %", ", ".join(f"`{step}` {share} %" for step, share in f["steps"]))
        for name, f in sorted(found.items(), key=lambda pair: -pair[1]["items"])
    ]
    return _table(("", "items", "light", "most frequent steps"), rows)
