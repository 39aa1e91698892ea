"""perturb realism: how near a generator's noise comes to people's."""

from __future__ import annotations

from typing import Any

import click

from perturb.cli.options import json_option, load_plugins, plugin_option, together

_options = together(
    click.option("--pairs", metavar="FILE", help="Misspelt words: clean and noisy in a .tsv, .csv or .jsonl file."),
    click.option("--text-pairs", metavar="FILE", help="Whole texts: clean and noisy in a .jsonl, .tsv or .csv file."),
    click.option("--clean-field", default="clean", show_default=True, metavar="NAME",
                 help="The clean side's column or field, of --text-pairs where both are given."),
    click.option("--noisy-field", default="noisy", show_default=True, metavar="NAME",
                 help="The same of what people wrote."),
    click.option("--generator", default="", metavar="MODULE:FUNCTION",
                 help="Measure a function of your own: it takes a text and a seed."),
    click.option("--seeds", type=click.IntRange(1), help="Draws of each.  [default: 2 of words, 20 of texts]"),
    click.option("--sample", type=click.IntRange(50), default=3280, show_default=True, help="Pairs of words to take."),
    click.option("--half", type=click.Choice(["tune", "test"]),
                 help="Only one half, by a hash of the id or clean side: tune on the other."),
    click.option("--only", default="", metavar="NAME", help="Only rows whose 'corpus' is NAME."),
    click.option("--corpus", default="", metavar="TEXT", help="What the card calls it.  [default: the file's name]"),
    click.option("--licence", default="", metavar="TEXT", help="The corpus' licence, for the card."),
    click.option("-o", "--output", default="", metavar="CARD", help="Write the card to a .json file."),
    click.option("--force", is_flag=True, help="Write over a card that is there."),
)  # fmt: skip


@click.command("realism")
@click.argument("subject", required=False, default="", metavar="[RECIPE_OR_TRANSFORM]")
@_options
@plugin_option
@json_option
def command(
    subject: str,
    pairs: str | None,
    text_pairs: str | None,
    generator: str,
    plugins: tuple[str, ...],
    output: str,
    force: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Measure how close a generator's noise comes to people's.

    A recipe, a transform, a family or a function of your own rewrites the clean side of pairs (clean, as a person wrote it).
    Classifiers then try to tell its output from the people's: an AUC of 0.5 means they cannot, 1 that they always can. Needs scikit-learn.

    \b
      perturb realism typo --pairs human.tsv
      perturb realism hurried --text-pairs typed.jsonl --noisy-field typed --half test
      perturb realism --generator my_noise:misspell --pairs human.tsv -o card.json
    """
    from perturb.core.errors import UsageError
    from perturb.evaluate.realism import cards, compare
    from perturb.evaluate.realism.measuring import Human, measure
    from perturb.evaluate.realism.reading import Columns
    from perturb.items.sinks import Sink

    if bool(subject) == bool(generator):
        raise UsageError("name either a recipe, transform or family, or a --generator MODULE:FUNCTION")
    if not pairs and not text_pairs:
        raise UsageError("nothing to measure against; give --pairs (words), --text-pairs (whole texts) or both")
    compare.need_sklearn()
    load_plugins(plugins)
    # Made first: that a card is there already is said before anything is measured.
    sink = Sink(output, force=force, inputs=[f for f in (pairs, text_pairs) if f], as_lines=True) if output else None
    columns = Columns(given.pop("clean_field"), given.pop("noisy_field"))
    human = {
        "half": given.pop("half"),
        "only": given.pop("only"),
        "name": given.pop("corpus"),
        "licence": given.pop("licence"),
    }
    words = Human(pairs, None if text_pairs else columns, **human) if pairs else None
    texts = Human(text_pairs, columns, **human) if text_pairs else None
    card = measure(subject or generator, subject, generator=generator, words=words, texts=texts, **given)
    if sink is not None:
        with sink:
            sink.write_text(cards.written(card))
    click.echo(cards.written(card).rstrip("\n") if as_json else _shown(card))


def _shown(card: dict[str, Any]) -> str:
    """Write a card for a person."""
    lines = []
    if "pairs" in card:
        lines += _pairs_shown(card["subject"], card["pairs"])
    if "texts" in card:
        lines += ([""] if lines else []) + _texts_shown(card["subject"], card["texts"])
    if "density" in card:
        d = card["density"]
        lines += ["", f"as it comes it changes {d['words']:.1f} % of words, {d['characters']:.1f} % of characters, "
              f"{100 * d['texts']:.0f} % of texts"]  # fmt: skip
    return "\n".join(lines)


def _pairs_shown(subject: str, p: dict[str, Any]) -> list[str]:
    told = ", ".join(f"{name} {value:.3f}" for name, value in p["auc_by"].items())
    far = sorted(p["jsd_by"].items(), key=lambda f: -f[1])[:4]
    return [
        f"{subject} against {_named(p['corpus'])}: {p['n']} pairs of {p['words']} words, {p['seeds']} seeds",
        f"  realism        {p['realism']:6.1f}   of 100",
        f"  AUC            {p['auc_adj']:6.3f}   told from people; 0.5 is not at all ({told})",
        f"  unusable       {100 * p['unusable']:6.1f} % left as they were, or made words; counted as told",
        f"  divergence     {p['jsd']:6.3f}   bits, mean of {len(p['jsd_by'])} features (most: "
        + ", ".join(f"{name} {value:.3f}" for name, value in far) + ")",
        f"  coverage       {p['coverage']:6.3f}   of {p['distinct']} misspellings found in 100 draws"
        + (f"; {100 * p['corpus']['on_record']:.0f} % of the pairs stand in the shipped lists"
           if p["corpus"].get("on_record") else ""),
        f"  hit            {p['hit']:6.3f}   of draws are the very misspelling",
    ]  # fmt: skip


def _texts_shown(subject: str, t: dict[str, Any]) -> list[str]:
    told = ", ".join(f"{name} {value:.3f}" for name, value in t["auc_by"].items())
    lines = [f"{subject} against {_named(t['corpus'])}: {t['n']} texts, {t['seeds']} seeds",
             f"  AUC {t['auc']:.3f}: told from people; 0.5 is not at all ({told})",
             f"  {'':24} {'people':>8} {'± 2 s.e.':>9} {'ours':>8}"]  # fmt: skip
    for f in t["figures"]:
        near = abs(f["ours"] - f["human"]) <= max(0.15 * f["human"], f["two_se"])
        lines.append(f"  {f['name']:24} {100 * f['human']:8.2f} {100 * f['two_se']:9.2f} {100 * f['ours']:8.2f}"
                     f"{'' if near else '  *'}")  # fmt: skip
    return [*lines, "  in %; * is off by more than 15 % and two standard errors"]


def _named(corpus: dict[str, Any]) -> str:
    return f"{corpus['name']} ({corpus['part']})" if corpus["part"] else corpus["name"]
