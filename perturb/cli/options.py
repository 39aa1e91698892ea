"""Options that several commands share, and how text is shown."""

from __future__ import annotations

import sys
import time
from typing import Any, Callable, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def together(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Put several options on a command, in the order that the help shows."""

    def decorate(fn: F) -> F:
        for option in reversed(options):
            fn = option(fn)
        return fn

    return decorate


recipe_options = together(
    click.option("-r", "--recipe", "recipes", multiple=True, required=True, metavar="RECIPE",
                 help="A shipped recipe, a .yaml file, a transform or a family; a+b runs both. Repeat for several sets."),
    click.option("-n", "--variants", "n", type=click.IntRange(1), default=1, show_default=True,
                 help="Variants of each item, distinct from each other."),
    click.option("-s", "--seed", type=int, help="Repeat the run that had this seed.  [default: a new one]"),
    click.option("--intensity", type=click.FloatRange(0), default=1.0, show_default=True,
                 help="Scale every amount of the recipe; 0 changes nothing."),
    click.option("--plugin", "plugins", multiple=True, metavar="FILE.py",
                 help="Transforms of your own: trusted Python, its hash in the manifest."),
)  # fmt: skip

item_options = together(
    click.option("-p", "--profile", default="auto", show_default=True, metavar="NAME|FILE",
                 help="Which fields are question, answer, choices."),
    click.option("--input-field", "input_field", multiple=True, metavar="PATH", help="The field to perturb."),
    click.option("--target-field", default="", metavar="PATH[:KIND]", help="The field with the right answer."),
    click.option("--choices-field", default="", metavar="PATH", help="The field with the options."),
    click.option("--context-field", default="", metavar="PATH", help="The field with the passage."),
    click.option("--id-field", default="", metavar="PATH", help="The field with the item's id."),
    click.option("--fields", multiple=True, metavar="PATH", help="More fields to perturb than the input."),
    click.option("--protect", default="", metavar="FILE", help="Terms that nothing may change, one a line."),
    click.option("--analysis", type=click.Choice(["rules", "spacy"]), default="rules", show_default=True,
                 help="Find names by rules alone, or also by spaCy's entities."),
)  # fmt: skip

choose_options = together(
    click.option("--limit", type=click.IntRange(1), help="Only the first N items."),
    click.option("--sample", type=click.IntRange(1), help="Only N items, chosen by a hash of their ids."),
)

plugin_option = click.option("--plugin", "plugins", multiple=True, metavar="FILE.py", help="Transforms of your own.")
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON, for programs.")


def load_plugins(paths: tuple[str, ...]) -> None:
    """Register the transforms of the user's files."""
    if paths:
        from perturb.runs.plugins import load_plugin

        for path in paths:
            load_plugin(path)


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
