"""perturb lint: recipes checked, every mistake with its line."""

from __future__ import annotations

from pathlib import Path

import click

from perturb.cli.options import counted, load_plugins, plugin_option


@click.command("lint")
@click.argument("files", nargs=-1, required=True)
@plugin_option
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], plugins: tuple[str, ...]) -> None:
    """Check recipe FILES and report every mistake with its line.

    \b
      perturb lint mine.yaml
    """
    from perturb.core.errors import RecipeError, UsageError
    from perturb.recipe import recipe_file
    from perturb.recipe_yaml import read_recipe

    load_plugins(plugins)
    wrong = 0
    for file in files:
        try:
            recipe = read_recipe(recipe_file(file) or Path(file))
        except RecipeError as e:
            wrong += len(e.mistakes)
            click.echo("\n".join(e.mistakes), err=True)
        except UsageError as e:
            wrong += 1
            click.echo(str(e), err=True)
        else:
            click.echo(f"{file}: {counted(len(recipe.steps()), 'step')}, no mistakes")
    if wrong:
        click.echo(counted(wrong, "mistake"), err=True)
        ctx.exit(2)
