"""perturb list: what there is."""

from __future__ import annotations

import json
from typing import Any

import click

from perturb.cli.options import json_option, load_plugins, plugin_option


@click.command("list")
@click.argument("what", type=click.Choice(["recipes", "transforms", "profiles"]), default="recipes")
@click.option("--realism", is_flag=True, help="List families, each with how near it comes to people's noise.")
@plugin_option
@json_option
def command(what: str, realism: bool, plugins: tuple[str, ...], as_json: bool) -> None:
    """List recipes, transforms or profiles.

    \b
      perturb list
      perturb list transforms --json
      perturb list --realism
    """
    load_plugins(plugins)
    if realism:
        _realism(as_json)
        return
    rows = {"recipes": _recipes, "transforms": _transforms, "profiles": _profiles}[what]()
    if as_json:
        click.echo(json.dumps(rows, indent=1))
        return
    width = max(len(r["name"]) for r in rows)
    for row in rows:
        extra = f"  [needs {', '.join(row['needs'])}]" if row.get("needs") else ""
        extra += f"  [for {'; '.join(row['for'])}]" if row.get("for") else ""
        click.echo(f"{row['name']:<{width}}  {row['summary']}{extra}")


def _recipes() -> list[dict[str, Any]]:
    from perturb.recipe import load_recipe, shipped

    found = [load_recipe(name) for name in shipped()]
    return [
        {"name": r.name, "summary": r.summary, "needs": list(r.needs), "for": [fit.said() for fit in r.limits]}
        for r in found
    ]


def _transforms() -> list[dict[str, Any]]:
    from perturb.core.registry import transforms

    return [
        {"name": t.name, "summary": t.summary, "kind": t.kind, "reach": t.reach, "rate": t.rate, "times": t.times,
         "needs": list(t.needs), "params": {k: p.default for k, p in t.params.items()}}
        for t in transforms().values()
    ]  # fmt: skip


def _profiles() -> list[dict[str, Any]]:
    from perturb.items.profile_files import profiles

    return [{"name": p.name, "summary": p.summary, "task": p.task, "input": list(p.input)} for p in profiles().values()]


def _realism(as_json: bool) -> None:
    from perturb.evaluate.realism.cards import cards, families, in_a_line

    known, names = cards(), families()
    if as_json:
        click.echo(json.dumps({name: known.get(name) for name in names}, indent=1))
        return
    width = max(map(len, names))
    for name in names:
        click.echo(f"{name:<{width}}  {in_a_line(known.get(name))}")
