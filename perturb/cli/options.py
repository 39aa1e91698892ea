"""Options that several commands share, and how text is shown."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def together(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Put several options on a command, in the order that the help shows."""

    def decorate(fn: F) -> F:
        for option in reversed(options):
            fn = option(fn)
        return fn

    return decorate


def _begins(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Complete a recipe's or profile's name, and files."""
    from click.shell_completion import CompletionItem

    if param.name == "profile":
        from perturb.items.profile_files import profiles

        names = list(profiles())
    else:
        from perturb.core.registry import transforms
        from perturb.recipe import shipped

        names = [*shipped(), *transforms()]
    head, plus, last = incomplete.rpartition("+")
    found = [CompletionItem(head + plus + name) for name in names if name.startswith(last)]
    return found or [CompletionItem(incomplete, type="file")]


jobs_option = click.option("-j", "--jobs", type=click.IntRange(0), default=1, show_default=True,
                           help="Processes; 0 for one a core. The bytes are the same.")  # fmt: skip


# ``needed`` asks for a recipe: a run that goes on has them in its journal.
recipe_options = together(
    click.option("-r", "--recipe", "recipes", multiple=True, metavar="RECIPE", shell_complete=_begins,
                 help="A shipped recipe (see perturb list), a .yaml file, a transform or a family of transforms. a+b runs both on the same "
                      "text; several -r make several sets."),
    click.option("-n", "--variants", "n", type=click.IntRange(1), default=1, show_default=True,
                 help="Variants of each item, all different but for those that are equal to it (see --unchanged)."),
    click.option("-s", "--seed", type=int, help="Repeat the run that had this seed.  [default: a new one]"),
    click.option("--intensity", type=click.FloatRange(0), default=1.0, show_default=True,
                 help="Multiply the amount of noise: 0 changes nothing, 2 is twice as much."),
    click.option("--plugin", "plugins", multiple=True, metavar="FILE.py",
                 help="A Python file with transforms of your own. It is run, so trust it; its hash goes into the manifest."),
)  # fmt: skip


def field_options(profile: str, input_field: str) -> Callable[[F], F]:
    """Give the options that say which fields of an item are what: the profile's default, "" for auto, and what the input is."""
    return together(
        click.option("-p", "--profile", default="auto", show_default=profile or True, metavar="NAME|FILE", shell_complete=_begins,
                     help="Which fields are question, answer, options: a format's name (see perturb list profiles) or a .yaml file."),
        click.option("--input-field", "input_field", multiple=True, metavar="PATH", help=f"{input_field} May be repeated."),
        click.option("--target-field", default="", metavar="PATH[:KIND]",
                     help="The field with the right answer; KIND is text, index, index1, letter, label, option, bool, marked or boxed."),
        click.option("--choices-field", default="", metavar="PATH",
                     help="The field with the options; options[*].text where they are objects."),
        click.option("--context-field", default="", metavar="PATH", help="The field with the passage."),
        click.option("--id-field", default="", metavar="PATH", help="The field with the item's id."),
    )  # fmt: skip


item_options = together(
    field_options("", "The field to perturb (question, messages[*].content)."),
    click.option("--fields", multiple=True, metavar="PATH", help="A further field to perturb. May be repeated."),
    click.option("--protect", default="", metavar="FILE", help="A file of terms that must not change, one a line."),
    click.option("--analysis", type=click.Choice(["rules", "spacy"]), default="rules", show_default=True,
                 help="Find names by rules alone, or also by spaCy's entities."),
)  # fmt: skip

choose_options = together(
    click.option("--limit", type=click.IntRange(1), help="Only the first N items."),
    click.option("--sample", type=click.IntRange(1), help="Only N items, chosen by a hash of their ids."),
)


def _listed(ctx: click.Context, param: click.Parameter, value: str | None) -> list[str]:
    """Split what is separated by commas; a value with nothing in it is a mistake."""
    found = [one.strip() for one in (value or "").split(",") if one.strip()]
    if value is not None and not found:
        raise click.UsageError("--expect needs a value: --expect same,clarify", ctx)
    return found


# Which of the variants that are drawn are given.
keep_options = together(
    click.option("--unchanged", type=click.Choice(["keep", "redraw", "drop"]),
                 help="What to do with a variant that is equal to its item.  "
                      "[default: keep where a writer's severity governs or pages are scanned, else redraw up to eight times]"),
    click.option("--expect", metavar="LIST", callback=_listed,
                 help="Keep only variants with these expectations, as in same,clarify; count the rest."),
    click.option("--witness", multiple=True, metavar="FILE",
                 help="Labelled messages of the same benchmark (its training split): they tell what a shortened message can still mean."),
)  # fmt: skip

plugin_option = click.option(
    "--plugin", "plugins", multiple=True, metavar="FILE.py", help="A Python file with transforms of your own."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON, for programs.")


def load_plugins(paths: tuple[str, ...]) -> None:
    """Register the transforms of the user's files."""
    if paths:
        from perturb.runs.plugins import load_plugin

        for path in paths:
            load_plugin(path)


def as_job(given: dict[str, Any]) -> dict[str, Any]:
    """Give options as a Job has them: lists for what may be repeated."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in given.items()}


def is_file(text: str) -> bool:
    """Tell whether an argument that is a file or a text is a file ("items.jsonl", "-"), there or not."""
    import os

    from perturb.items.formats import KINDS, PACKINGS

    return text == "-" or text.lower().endswith((*KINDS, *PACKINGS)) or ("\0" not in text and os.path.exists(text))


def taken_as_text(text: str) -> None:
    """Say where one word was taken for a text that may have been meant for a file ("items.jsnol")."""
    if len(text.split()) == 1 and ("." in text[:-1] or "/" in text):
        click.echo(f"note: no file is named {text!r}; it is taken as a text", err=True)


def needed(recipes: tuple[str, ...]) -> None:
    """Complain of a missing recipe where a command needs one."""
    if not recipes:
        raise click.MissingParameter(
            "Try -r hurried; perturb list shows all recipes.", param_hint="'-r' / '--recipe'", param_type="option"
        )


def processes(jobs: int) -> int:
    """Settle -j 0: as many processes as there are cores for this one."""
    import os

    if jobs:
        return jobs
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def taken_as_input(profile: str) -> list[str]:
    """Say which field was taken where only one could be meant ("auto:stem")."""
    field = profile.removeprefix("auto:")
    return [f"note: {field!r} is taken as the input, since no known format fits; --input-field names another"] \
        if field != profile else []  # fmt: skip


def counted(n: int, what: str) -> str:
    """Write a number with its noun (1, "variant" -> "1 variant")."""
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def colour() -> bool:
    """Tell whether standard output is a terminal that shows colours."""
    import os

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class Progress:
    """Show rate and time left on stderr, on a terminal only, once work takes longer than a second."""

    def __init__(self, total_bytes: int) -> None:
        self.total, self.began, self.shown, self.on = total_bytes, time.monotonic(), 0.0, sys.stderr.isatty()

    def __call__(self, items: int, size: int) -> None:
        """Report so many items and bytes read."""
        now = time.monotonic()
        spent = now - self.began
        if not self.on or spent < 1 or now - self.shown < 0.2:
            return
        self.shown = now
        left = f", {spent * (self.total - size) / size:.0f} s left" if size and self.total > size else ""
        click.echo(f"\r{items} items, {items / spent:.0f}/s{left}\x1b[K", err=True, nl=False)

    def done(self) -> None:
        """Take the line away."""
        if self.shown:
            click.echo("\r\x1b[K", err=True, nl=False)
