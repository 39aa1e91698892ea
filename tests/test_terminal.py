"""What a terminal gets and a pipe does not: colours, progress; and shell completion."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from shell import ENV, PERTURB, RunCli, jsonl

pty = pytest.importorskip("pty", reason="needs a system with terminals")
TEXT = "Where is my new card? I don't know, because it has not arrived on Monday."


def on_terminal(cwd: Path, *args: str, stdout: bool = True, env: dict[str, str] | None = None) -> str:
    """Run perturb with stderr (and stdout) on a terminal (-> what the terminal got)."""
    main, side = pty.openpty()
    started = subprocess.Popen([*PERTURB, *args], stdin=subprocess.DEVNULL, stdout=side if stdout else subprocess.DEVNULL,
                               stderr=side, cwd=cwd, env={**ENV, "TERM": "xterm-256color", **(env or {})})  # fmt: skip
    os.close(side)
    got = b""
    try:
        while block := os.read(main, 65536):
            got += block
    except OSError:  # how Linux says that the other side is closed
        pass
    os.close(main)
    assert started.wait(30) == 0, got
    return got.decode()


def test_preview_shows_edits_in_colour(tmp_path: Path) -> None:
    shown = on_terminal(tmp_path, "preview", "-r", "case.lower", "-s", "1", TEXT)
    assert "\x1b[31;9mWhere\x1b[0m\x1b[32mwhere\x1b[0m is my new card?" in shown


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_it_is_not_wanted(tmp_path: Path, env: dict[str, str]) -> None:
    shown = on_terminal(tmp_path, "preview", "-r", "case.lower", "-s", "1", TEXT, env=env)
    assert "\x1b[3" not in shown and "where is my new card" in shown


def test_explain_in_colour(run_cli: RunCli, items: Path, tmp_path: Path) -> None:
    run_cli("run", items, "-r", "case.lower", "-o", "o.jsonl")
    explained = on_terminal(tmp_path, "explain", "o.jsonl", "--limit", "1")
    assert "\x1b[1m" in explained and "\x1b[31;9m" in explained and "\x1b[32m" in explained, "the edits in place"
    shown = on_terminal(tmp_path, "explain", "--mask", "Janet has 16 eggs for http://a.b")
    assert "\x1b[36mJanet\x1b[0m has \x1b[33m16\x1b[0m eggs for \x1b[31mhttp://a.b\x1b[0m" in shown


def test_no_colour_in_a_pipe(run_cli: RunCli, items: Path) -> None:
    run_cli("run", items, "-r", "case.lower", "-o", "o.jsonl")
    for args in (["preview", "-r", "case.lower", TEXT], ["explain", "o.jsonl"], ["explain", "--mask", TEXT], ["list"],
                 ["show", "hurried"]):  # fmt: skip
        done = run_cli(*args, env={"TERM": "xterm-256color"})
        assert "\x1b" not in done.out + done.err


SLOW = '''import time
from perturb import transform

@transform("my.slow", times=1)
def slow(text, rng):
    """Take one's time ("Hi" -> "Hi!")."""
    time.sleep(0.02)
    yield len(text.raw), len(text.raw), "!"
'''


def test_progress_on_a_terminal_only(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "my.py").write_text(SLOW)
    jsonl(tmp_path / "long.jsonl", [{"id": i, "question": f"Where is my new card {i}?"} for i in range(90)])
    args = ["run", "long.jsonl", "-r", "my.slow", "--plugin", "my.py", "-o", "o.jsonl", "--force"]
    done = run_cli(*args)
    assert "\r" not in done.err and "s left" not in done.err
    shown = on_terminal(tmp_path, *args, stdout=False)
    assert "/s, " in shown and " s left\x1b[K" in shown
    assert shown.index("\r\x1b[K") < shown.index("wrote ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(run_cli: RunCli, shell: str) -> None:
    done = run_cli(env={"_PERTURB_COMPLETE": f"{shell}_source"})
    assert done.code == 0 and "_PERTURB_COMPLETE" in done.out and "perturb" in done.out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("perturb ru", ["plain,run"]),
        ("perturb run --with", ["plain,--with-clean"]),
        ("perturb run -r hur", ["plain,hurried"]),
        ("perturb run -r hurried+typo.om", ["plain,hurried+typo.omit"]),
        ("perturb run -p gsm", ["plain,gsm8k"]),
        ("perturb run -r ./mi", ["file,./mi"]),
        ("perturb list tr", ["plain,transforms"]),
    ],
)
def test_completion(run_cli: RunCli, words: str, expected: list[str]) -> None:
    done = run_cli(env={"_PERTURB_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))})
    assert done.code == 0 and done.out.splitlines() == expected


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not here")
def test_bash_completes_with_the_script(tmp_path: Path) -> None:
    """A real bash sources the script and asks the function that it defines."""
    (tmp_path / "perturb").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m perturb "$@"\n')
    (tmp_path / "perturb").chmod(0o755)
    script = """eval "$(_PERTURB_COMPLETE=bash_source perturb)"
COMP_WORDS=(perturb prev); COMP_CWORD=1; _perturb_completion perturb; echo "${COMPREPLY[@]}" """
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=30,
                          env={**ENV, "PATH": f"{tmp_path}:{ENV['PATH']}"})  # fmt: skip
    assert done.stdout.strip() == "preview", done.stderr
