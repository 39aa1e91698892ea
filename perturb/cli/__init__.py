"""The command line: parse, call, print. Commands are modules here, imported when first named."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

COMMANDS = {
    "run": "Write variants of the ITEMS in files.",
    "preview": "Show what recipes do to a TEXT or to a file's items.",
    "join": "Put the SHARDS of one run together.",
    "ledger": "Show the runs that a LEDGER remembers.",
    "replay": "Repeat the run that a MANIFEST describes, byte for byte.",
    "explain": "Show each variant's edits and the step that made them.",
    "verify": "Check a file of variants against its clean items.",
    "audit": "Judge a sample of variants by hand, without seeing the recipe.",
    "wrap": "Let lm-eval run one of its own tasks over perturbed items.",
    "export": "Write variants in the form that another tool reads.",
    "pair": "Pair scored variants with their clean items, by id.",
    "list": "List recipes, transforms or profiles.",
    "show": "Show one recipe, transform or profile in full.",
    "realism": "Measure how close a generator's noise comes to people's.",
    "lint": "Check recipe FILES and report every mistake with its line.",
}
SECTIONS = {
    "Make variants": ("preview", "run", "replay", "join", "ledger"),
    "Look at them": ("explain", "verify", "audit"),
    "Score them with other tools": ("wrap", "export", "pair"),
    "Recipes, transforms and profiles": ("list", "show", "lint", "realism"),
}


class _Lazy(click.Group):
    """A group that imports a command's module only when that command is asked for: --help stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"perturb.cli.{cmd_name}_").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section, names in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(name, COMMANDS[name]) for name in names])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _drop(sys.stdout)  # the reader has seen enough
            raise click.exceptions.Exit(0) from None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        name = args[0] if args else ""
        if name not in COMMANDS and not name.startswith("-"):
            from perturb.core.errors import did_you_mean

            ctx.fail(f"no command {name!r}{did_you_mean(name, COMMANDS)}")
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from perturb import __version__

        click.echo(f"perturb {__version__}")
        ctx.exit()


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def main() -> None:
    """Write variants of benchmark items as people would have typed them: with typos, in slang, cut off, vague.

    Every run makes a new set, and can be repeated from its manifest. Try:

    \b
      perturb preview -r hurried "What is the capital of France?"
      perturb run mmlu.jsonl -r hurried -n 3 -o mmlu.hurried.jsonl
      perturb replay mmlu.hurried.jsonl.manifest.json -o again.jsonl
    """


def entry() -> None:
    """Run the command line; a user's mistake is one message and exit code 1 or 2, never a traceback."""
    import signal

    for stream in (sys.stdout, sys.stderr):
        # Text that a terminal's encoding cannot say, and lone surrogates, are shown as escapes.
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) == signal.SIG_DFL:
            signal.signal(getattr(signal, name), _stop)
    try:
        status = main.main(prog_name="perturb", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except Exception as e:
        status = _failed(e)
    except KeyboardInterrupt as e:
        status = _said(f"\n{_stopped(e)}", 130)
    except SystemExit as e:
        status = e.code if isinstance(e.code, int) and not _left(e) else _said(f"stopped{_left(e)}", int(e.code or 1))
    try:
        sys.stderr.flush()
    except (AttributeError, OSError):
        _drop(sys.stderr)
    sys.exit(status if isinstance(status, int) else 0)


def _stop(number: int, frame: Any) -> None:
    # As an exception, so that what is half-written is removed.
    sys.exit(128 + number)


def _failed(e: Exception) -> int:
    """Say what went wrong in one message and give the exit code."""
    import os

    from perturb.core.errors import PerturbError

    if isinstance(e, click.exceptions.Exit):
        return e.exit_code
    if isinstance(e, click.Abort):
        return _said(_stopped(e), 130)  # click has ended the line
    if isinstance(e, BrokenPipeError):
        _drop(sys.stdout)
        return 0
    if isinstance(e, click.ClickException):
        try:
            e.show()
        except OSError:
            _drop(sys.stderr)
        return e.exit_code
    if isinstance(e, PerturbError):
        return _said(f"Error: {e}{_left(e)}", e.exit_code)
    if os.environ.get("PERTURB_TRACEBACK"):
        raise e
    if isinstance(e, OSError):
        if e.filename is None:
            _drop(sys.stdout)
        where = "<stdout>" if e.filename is None else e.filename
        return _said(f"Error: {where}: {(e.strerror or str(e)).lower()}", 1)
    what = f"{type(e).__name__}: {e}" if str(e) else type(e).__name__
    return _said(
        f"Error: a bug in perturb or in a plugin ({what}); PERTURB_TRACEBACK=1 shows where; please report it", 1
    )


def _with(e: BaseException | None, name: str) -> BaseException | None:
    """Find the error that has an attribute: this one, or what it came of."""
    seen: list[BaseException] = []  # an error that somebody raised from itself goes round in a circle
    while e is not None and not hasattr(e, name):
        seen.append(e)
        e = e.__cause__ or e.__context__
        if any(e is one for one in seen):
            return None
    return e


def _left(e: BaseException | None) -> str:
    """Say that a run that was stopped can be gone on with, and how."""
    from perturb.core.errors import BadRecord, InputChanged

    e = _with(e, "left")
    if e is None:
        return ""
    n: int = e.left  # type: ignore[attr-defined]
    if isinstance(e, BadRecord):
        how = "the same command with --resume --rejects FILE passes over bad records; on a mended input --force starts again"
    elif isinstance(e, InputChanged) or hasattr(e, "unread"):
        how = "on the same input the same command with --resume goes on; on another one --force starts again"
    else:
        how = "the same command with --resume goes on"
    return f"\n{n} {'item is' if n == 1 else 'items are'} done: {how}"


def _stopped(e: BaseException) -> str:
    there = _with(e, "partial")
    said = "no file was written" if there is None else f"what went to {there.partial} is not whole"  # type: ignore[attr-defined]
    return f"stopped: {said}{_left(e)}"


def _said(message: str, status: int) -> int:
    try:
        click.echo(message, err=True)
    except OSError:
        _drop(sys.stderr)
    return status


def _drop(stream: Any) -> None:
    """Let a stream that cannot be written lead nowhere, so that Python does not complain when it closes it."""
    import os

    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (AttributeError, OSError, ValueError):
        pass
