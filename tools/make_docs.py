"""Fill in what the docs show of the program: ``python tools/make_docs.py`` writes it, ``--check`` only compares.

Three things in README.md and docs/*.md are made, so that they cannot be out of date:
- what stands between ``<!-- made: KIND … -->`` and ``<!-- end -->`` (tables of transforms, recipes, commands' help);
- under ``$ perturb …`` and ``$ make demo`` in a console block, the output, where some is shown; a line with nothing
  but "…" stands for what was left out;
- in a pycon block, what each ``>>>`` prints.
A fenced block that begins with ``# NAME.yaml``, ``# NAME.py`` or ``# NAME.txt`` is a file that the commands may use.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

MADE = re.compile(r"(<!-- made: (\w+)(?: (\w+))? -->\n).*?(<!-- end -->)", re.S)
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
FILE = re.compile(r"# ([\w.-]+\.(?:yaml|py|txt))$")
RUN_IN_PYTHON = """
import ast, sys, json
for code in json.load(sys.stdin):
    print("\\0", end="")
    exec(compile(ast.Interactive(ast.parse(code).body), "<docs>", "single"), globals())
"""


def pages() -> list[Path]:
    """List the pages that may hold something made."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


# -- tables and help ---------------------------------------------------------------------------------------


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


# -- commands and their output -----------------------------------------------------------------------------


class Shell:
    """Run a page's commands in a folder of their own, with data/samples and the page's files in it."""

    def __init__(self, folder: str, page: str) -> None:
        self.folder = Path(folder)
        self.said: list[str] = []  # the page's statements so far
        bin_ = self.folder / ".venv" / "bin"
        bin_.mkdir(parents=True)
        script = bin_ / "perturb"
        script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m perturb "$@"\n')
        script.chmod(0o755)
        (self.folder / "data").mkdir()
        (self.folder / "data" / "samples").symlink_to(ROOT / "data" / "samples")
        for block in FENCE.finditer(page):
            name = FILE.match(block[2].split("\n")[0])
            if name:
                (self.folder / name[1]).write_text(block[2], encoding="utf-8")
        kept = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES")}
        self.env = {**kept, "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "NO_COLOR": "1",
                    "COLUMNS": "96", "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip

    def __call__(self, command: str) -> str:
        """Give what a command prints, both streams as on a terminal; stop where it fails."""
        if command == "make demo":
            # What the target says and does once perturb is installed; -o leaves the installation out.
            command = f"make --no-print-directory -f {shlex.quote(str(ROOT / 'Makefile'))} -o .venv/.demo demo"
        return self._ran(["sh", "-c", command], "", command)

    def python(self, codes: list[str]) -> list[str]:
        """Give what each of several statements prints, as at a prompt that has read the page so far."""
        self.said += codes
        printed = self._ran([sys.executable, "-c", RUN_IN_PYTHON], json.dumps(self.said), "".join(codes))
        return printed.split("\0")[-len(codes) :]

    def _ran(self, command: list[str], given: str, shown: str) -> str:
        done = subprocess.run(
            command, input=given, cwd=self.folder, env=self.env, check=False, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"$ {shown}\n{done.stdout}\nexit code {done.returncode}")
        return done.stdout


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Split a console block into commands, each with the output shown under it."""
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        lines = part.split("\n")
        last = next(i for i, line in enumerate(lines) if not line.endswith("\\"))
        yield "\n".join(lines[: last + 1]), "\n".join(lines[last + 1 :])


def _console(shell: Shell, block: str) -> str:
    out = []
    for command, shown in commands(block):
        out.append(f"$ {command}\n")
        if command.startswith(("perturb ", "make demo", "cat ", "head ")):
            printed = shell(command)
            shown = _shortened(printed, shown) if shown.strip() else shown
        out.append(shown)
    return "".join(out)


def _shortened(printed: str, shown: str) -> str:
    """Leave out of an output what the page leaves out: the lines at a lone "…"."""
    old, new = shown.rstrip("\n").split("\n"), printed.rstrip("\n").split("\n")
    if "…" not in old:
        return "\n".join(new) + "\n"
    before = old.index("…")
    after = len(old) - before - 1
    return "\n".join([*new[:before], "…", *(new[-after:] if after else [])]) + "\n"


def _prompt(shell: Shell, block: str) -> str:
    """Write a pycon block again with what its statements print."""
    codes, lines = [], []
    for line in block.split("\n"):
        if line.startswith(">>> "):
            lines.append([line])
            codes.append(line[4:])
        elif line.startswith("..."):
            lines[-1].append(line)
            codes[-1] += "\n" + line[4:]
    for code in codes:
        ast.parse(code)
    printed = shell.python([code + "\n" for code in codes])
    return "".join("\n".join(source) + "\n" + text for source, text in zip(lines, printed))


def page_made(path: Path) -> str:
    """Give a page as it should stand."""
    text = path.read_text("utf-8")
    text = MADE.sub(lambda m: m[1] + made(m[2], m[3]) + m[4], text)
    with tempfile.TemporaryDirectory() as folder:
        shell = Shell(folder, text)

        def block(m: re.Match[str]) -> str:
            inside = _console(shell, m[2]) if m[1] == "console" else _prompt(shell, m[2]) if m[1] == "pycon" else m[2]
            return f"```{m[1]}\n{inside}```"

        return FENCE.sub(block, text)


def main() -> int:
    """Write the pages, or with --check compare them and say what differs (exit code 1)."""
    check, wrong = "--check" in sys.argv[1:], 0
    named = [Path(a).resolve() for a in sys.argv[1:] if not a.startswith("-")]
    for path in named or pages():
        old, new = path.read_text("utf-8"), page_made(path)
        if old == new:
            continue
        name = path.relative_to(ROOT).as_posix()
        if check:
            wrong += 1
            print("".join(unified_diff(old.splitlines(True), new.splitlines(True), name, f"{name}, as it should be")))
        else:
            path.write_text(new, encoding="utf-8")
            print(f"wrote {name}")
    if wrong:
        print("out of date; write it again with: python tools/make_docs.py", file=sys.stderr)
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
