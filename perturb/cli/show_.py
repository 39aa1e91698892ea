"""perturb show: one recipe, transform or profile in full."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

import click

from perturb.cli.options import json_option, load_plugins, plugin_option


@click.command("show")
@click.argument("name")
@click.option("--on", "path", default="", metavar="FILE", help="Say what share of this file's items a recipe changes.")
@plugin_option
@json_option
def command(name: str, path: str, plugins: tuple[str, ...], as_json: bool) -> None:
    """Show one recipe, transform or profile in full, with an example.

    \b
      perturb show hurried
      perturb show typo.omit
      perturb show phone_user --on questions.jsonl
    """
    from perturb.core.errors import UsageError, did_you_mean, or_list
    from perturb.core.registry import family, transforms
    from perturb.items.profile_files import load_profile, profiles
    from perturb.recipe import load_recipe, recipe_file, shipped

    load_plugins(plugins)
    if path:
        from perturb.cli.show_on import expected, said

        found = expected(name, path)
        click.echo(json.dumps({"name": name, "file": path, **found}, indent=1) if as_json else "\n".join(said(found)))
        return
    aliases = {alias for p in profiles().values() for alias in (p.name, *p.aliases)}
    if recipe_file(name):
        recipe = load_recipe(name)
        _print({"name": recipe.name, "summary": recipe.summary, "needs": list(recipe.needs),
                "for": [fit.said() for fit in recipe.limits], "text": recipe.texts[recipe.name]},
               as_json, recipe.texts[recipe.name].rstrip() + "\n" + _example(name))  # fmt: skip
    elif name in transforms():
        t = transforms()[name]
        _print({"name": t.name, "summary": t.summary, "reach": t.reach, "rate": t.rate, "times": t.times,
                "needs": list(t.needs), "params": {k: p.default for k, p in t.params.items()}},
               as_json, _transform(t) + ("" if t.kind == "item" else _example(name)))  # fmt: skip
    elif family(name):
        members = {t.name: t.summary for t in family(name)}
        lines = "".join(f"{k}: {v}\n" for k, v in members.items())
        _print({"family": name, "members": members}, as_json, lines + _example(name))
    elif name in aliases:
        fields = {k: v for k, v in asdict(load_profile(name)).items() if v not in ("", (), False)}
        _print(fields, as_json, "\n".join(f"{k}: {v}" for k, v in fields.items()))
    else:
        near = did_you_mean(name, [*shipped(), *transforms(), *sorted(aliases)])
        raise UsageError(f"nothing named {name!r}{or_list(near, '`perturb list` shows recipes; also `perturb list transforms`, `profiles`')}")  # fmt: skip


def _print(fields: dict[str, Any], as_json: bool, text: str) -> None:
    click.echo(json.dumps(fields, indent=1) if as_json else text)


def _plain(value: Any) -> str:
    """Write a default as a recipe has it."""
    word = isinstance(value, str) and re.fullmatch(r"[\w.-]+", value)
    return str(value).lower() if isinstance(value, bool) else value if word else repr(value)


def _transform(t: Any) -> str:
    from perturb.parameters import meaning

    amount = f"rate {t.rate:g} (edits per word)" if t.rate is not None else f"times {t.times:g} (edits per text)"
    lines = [
        f"{t.name}: {t.summary}",
        f"reach: {t.reach}",
        f"amount: {'once or not (p)' if t.kind == 'item' else amount}",
    ]
    for key, p in t.params.items():
        said = meaning(t, key)
        lines.append(f"{key}: {_plain(p.default)}{f'   ({said})' if said else ''}")
    if t.needs:
        lines.append(f"needs: {', '.join(t.needs)}")
    return "\n".join(lines) + "\n"


_TEXTS = (
    "Hello, I ordered a new card on Monday because the old one doesn't work, and it still hasn't arrived. Is it possible to "
    "speak to someone about it, please? I have been waiting for 9 days.",
    "Maria has 12 apples. She gives half of them to her brother and buys 5 more. How many apples does Maria have now?",
)


def _example(name: str) -> str:
    from perturb.core.errors import MissingResource, StepFailed, UsageError
    from perturb.variants import vary

    try:
        found = [v for text in _TEXTS for v in vary(text, name, n=2, seed=1, unchanged="keep")]
    except (MissingResource, StepFailed) as e:
        return f"example: {e}"
    except UsageError:
        return ""  # a family of item transforms only
    shown = [f"  {v.text}" + ("" if v.expect == "same" else f"   [{v.expect}]") for v in found if v.changed]
    return "\nfor example:\n" + "\n".join(dict.fromkeys(shown)) if shown else ""
