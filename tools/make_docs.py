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
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from made_tables import made  # noqa: E402

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
