"""Realism cards: what was measured of a family, on which corpus, kept in ``data/realism``; and whether that still holds."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from typing import Any

import perturb
from perturb.core.registry import transforms
from perturb.evaluate.realism.fingerprint import draws, hashes, tables_of
from perturb.evaluate.realism.pairs import PairCard
from perturb.evaluate.realism.texts import TextCard
from perturb.recipe import load_recipe
from perturb.resources import root

Card = dict[str, Any]


def made(
    subject: str,
    *,
    run: str = "",
    generator: str = "",
    pairs: tuple[PairCard, dict[str, Any]] | None = None,
    texts: tuple[TextCard, dict[str, Any]] | None = None,
    density: dict[str, float] | None = None,
) -> Card:
    """Make a card; of ``run`` (a recipe, transform or family) with its fingerprint, of a ``generator`` without one.

    A plugin's has none either: it is not known what it depends on.
    """
    card: Card = {"subject": subject, "run": run, "generator": generator, "perturb": perturb.__version__}
    if pairs is not None:
        card["pairs"] = {"corpus": _rounded(pairs[1]), **_rounded(asdict(pairs[0]))}
    if texts is not None:
        card["texts"] = {"corpus": texts[1], **_rounded(asdict(texts[0]))}
    if density is not None:
        card["density"] = _rounded(density)
    if run and not any(s.transform.plugin for s in load_recipe(run).steps()):
        card["fingerprint"] = {"draws": draws(run), "tables": hashes(tables_of(run))}
    return card


def stale(card: Card) -> list[str]:
    """Say what a card depends on that is another now, empty where it still holds."""
    then = card.get("fingerprint")
    if not then:
        return []
    wrong = [f"the table {name}" for name, h in hashes(then["tables"]).items() if h != then["tables"][name]]
    return wrong + (["its draws"] if draws(card["run"]) != then["draws"] else [])


def written(card: Card) -> str:
    """Write a card as it stands in its file."""
    return json.dumps(card, indent=1, ensure_ascii=False) + "\n"


@cache
def cards() -> dict[str, Card]:
    """Read the shipped cards by subject (-> {"typo": {…}, …})."""
    folder = root("data") / "realism"
    return {p.stem: json.loads(p.read_text("utf-8")) for p in sorted(folder.glob("*.json"))}


def families() -> list[str]:
    """List the shipped families that change text, and what else has a card, families first."""
    own = sorted({t.family for t in transforms().values() if t.kind == "text" and not t.plugin})
    return [*own, *(name for name in cards() if name not in own)]


def in_a_line(card: Card | None) -> str:
    """Say a card in one line ("realism 85.1, AUC 0.557 …"); "not measured" where there is none."""
    if card is None:
        return "not measured: no human pairs"
    from perturb.evaluate.realism.validity import told

    said = []
    if "pairs" in card:
        p = card["pairs"]
        known = p["corpus"].get("on_record", 0)
        lists = f", {100 * known:.0f} % of them in our lists" if known >= 0.005 else ""
        said.append(f"realism {p['realism']:.1f}, AUC {p['auc_adj']:.3f}, divergence {p['jsd']:.3f}, coverage "
                    f"{p['coverage']:.2f}, hit {p['hit']:.3f} ({p['n']} words of {p['corpus']['name']}{lists})")  # fmt: skip
    if "texts" in card:
        t = card["texts"]
        by = {f["name"]: f for f in t["figures"]}
        c, w = by["character error rate"], by["word error rate"]
        said.append(f"texts: AUC {t['auc']:.3f}, characters {percent(c['ours'])} (people {percent(c['human'])}), words "
                    f"{percent(w['ours'])} ({percent(w['human'])}) ({t['n']} texts of {t['corpus']['name']})")  # fmt: skip
    kind = "" if "." in card["run"] else "recipe "  # a transform has its family's name before it
    run = f"{kind}{card['run']}: " if card["run"] not in ("", card["subject"]) else ""
    said = said or (["not measured"] if told(card) == "" else ["not measured: no human pairs"])
    return run + "; ".join([*said, *filter(None, [told(card)])])


def percent(share: float) -> str:
    """Write a share in percent (0.0201 -> "2.0 %")."""
    return f"{100 * share:.1f} %"


def _rounded(value: Any) -> Any:
    """Round to four decimals, which is finer than any of the figures is known."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    return [_rounded(v) for v in value] if isinstance(value, (list, tuple)) else value
