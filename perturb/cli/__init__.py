"""The command line: parse, call, print. Commands are modules here, imported when first named."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

COMMANDS = {
    "run": "Write variants of the ITEMS in a JSON Lines file.",
    "preview": "Show what recipes do to a TEXT or to a file's items.",
    "replay": "Repeat the run that a MANIFEST describes, byte for byte.",
    "explain": "Show each variant's edits and the step that made them.",
    "list": "List recipes, transforms or profiles.",
    "show": "Show one recipe, transform or profile in full.",
    "lint": "Check recipe FILES and report every mistake with its line.",
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
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

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
    """Make realistic variants of benchmark items.

    Every run differs; every run can be repeated from its manifest.

    \b
      perturb preview -r hurried "What is the capital of France?"
      perturb run mmlu.jsonl -r hurried -n 3 -o mmlu.hurried.jsonl
      perturb replay mmlu.hurried.jsonl.manifest.json -o again.jsonl
    """


def entry() -> None:
    """Run the command line; a user's mistake is one message and exit code 1 or 2, never a traceback."""
    import os

    try:
        status = main.main(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as e:
        status = e.exit_code
    except click.Abort:
        click.echo("\nstopped: nothing was written", err=True)
        status = 130
    except click.ClickException as e:
        e.show()
        status = e.exit_code
    except BrokenPipeError:
        # The reader has seen enough; do not let Python complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except KeyboardInterrupt:
        click.echo("\nstopped: nothing was written", err=True)
        status = 130
    except Exception as e:
        from perturb.core.errors import PerturbError

        if not isinstance(e, PerturbError):
            raise
        click.echo(f"Error: {e}", err=True)
        status = e.exit_code
    sys.exit(status if isinstance(status, int) else 0)
