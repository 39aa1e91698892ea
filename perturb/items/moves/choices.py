"""Options in another order, the target moved along; options that speak of other options keep their sense."""

from __future__ import annotations

import re
from typing import Any

from perturb.core.errors import UsageError
from perturb.core.registry import item_transform
from perturb.core.rng import Rng
from perturb.items.field_paths import expand, get_path
from perturb.items.gold import gold_places, moved_target, option_labels, option_texts
from perturb.items.view import ItemView

# "none of these", "All of the above are correct", "Both": they speak of the others as a set.
_SET = re.compile(
    r"\W*(?:(?:all|none|any|both|neither|either|some|two|three|each|more\s+than\s+one)\s+(?:of\s+)?(?:the\s+)?"
    r"(?:above|these|those|them|following|preceding|previous|other\s+(?:answer|option|choice)s?)\b"
    r"|(?:all|none)\s+(?:are|is)\s+(?:true|correct|right|false|wrong)\b"
    r"|(?:none|both|neither|either)\s*,|(?:all|none|any|both|neither|either|nothing|other|the\s+above)\W*$)",
    re.I,
)
_ABOVE_OR_BELOW = re.compile(r"\b(?:above|preceding|previous|below|following)\b", re.I)

# "both A and C", "(a) or (b)", "neither a. nor b.", "A, B, and D only": nothing but letters of options.
_LETTER = r"\(?(?<![A-Za-z0-9])[A-Ja-j1-9](?![A-Za-z0-9'’])\)?\.?"
_JOINED = r"(?:\s*,?\s*(?:and|or|nor|&|/)\s*|\s*,\s*)"
_LETTERS = re.compile(
    r"\s*(?:(?:both|neither|either|all\s+of|none\s+of|only|answers?|options?|choices?|not)\s+)*"
    rf"({_LETTER}(?:{_JOINED}{_LETTER})+|{_LETTER}(?=\s+only)|(?<=only\s){_LETTER})"
    r"(?:\s+(?:only|above|both|are|is|correct|true|right|false|together))*\s*[.!]*\s*",
    re.I,
)
_ONE = re.compile(r"(?<![A-Za-z0-9])[A-Ja-j1-9](?![A-Za-z0-9'’])")
# A stem with things of its own called A, B …: letters in the options mean those.
_STEM_LETTERS = re.compile(r"(?<![\w'’.])(?:[B-HJ](?![\w'’])|A(?=[,;:.)?]|\s+(?:and|or|is|was)\b)|\(?[a-e][).]\s)")
# What cannot be put right: options named by their place, or pointed at from a sentence.
_PLACED = re.compile(
    r"(?i:\b(?:first|second|third|fourth|last|previous|preceding|next)\s+(?:option|choice|answer|alternative)s?\b)"
    r"|(?i:\b(?:options?|choices?|answers?|alternatives?))\s+\(?(?:[A-HJ]|[1-9])\)?(?![\w'’.,]\w)"
)
_PLACED_IN_OPTION = re.compile(
    r"(?i:^\W*(?:the\s+)?(?:former|latter|first\s+two|last\s+two|first\s+three)\W*$)"
    r"|\b(?:same\s+as|[Ee]xcept(?:\s+for)?|but\s+not)\s+\(?[A-HJ]\)?(?=[\s.,;)]*$)"
)


@item_transform("choices.shuffle")
def shuffle(item: ItemView, rng: Rng, *, numbers: str = "mixed") -> None:
    """Put the options in another order and move the target along (["4", "6"], answer 1 -> ["6", "4"], answer 0).

    ``numbers: reversed`` turns options that are numbers in order round, since whoever writes an exam does not mix those
    (an item then has that one other order).
    """
    if numbers not in ("mixed", "reversed"):
        raise UsageError(f"choices.shuffle: numbers is {numbers!r}; expected mixed or reversed")
    profile, old = item.profile, option_texts(item.item, item.profile)
    labels = option_labels(item.item, profile)
    targets = _targets(item, old, labels)
    if targets is None or len(old) < 2 or (labels and len(labels) != len(old)):
        return
    groups = movable(old, _stem(item), digits=bool(labels) and labels[0].strip().isdigit())
    order = _order(old, groups, rng)
    if numbers == "reversed" and len(groups) == 1 and _rising([old[i] for i in groups[0]]):
        order = list(range(len(old)))
        for place, i in zip(groups[0], reversed(groups[0]), strict=True):
            order[place] = i
    if order is None:
        return
    to = [0] * len(old)
    for place, i in enumerate(order):
        to[i] = place
    new = [_rewritten(old[i], to) if refers(old[i], len(old)) else old[i] for i in order]
    if profile.choice_fields or "[*]" in profile.choices:
        places = profile.choice_fields or expand(item.item, profile.choices)
        for path, text in zip(places, new, strict=True):
            item.set(path, text)
    else:
        item.set(profile.choices, new)
    for path, kind, value in targets:
        item.set(path, moved_target(value, kind, old, labels, to, new))


_NUMERIC = re.compile(r"[^\d]{0,4}?([-−]?\d[\d,]*(?:\.\d+)?)(?:\s.*|[^\d/^]{0,8})", re.DOTALL)


def _rising(options: list[str]) -> bool:
    """Tell whether options are numbers from small to great, or from great to small (["$4", "$6", "$9"])."""
    found = [_NUMERIC.fullmatch(text.strip()) for text in options]
    values = [float(m[1].replace(",", "").replace("−", "-")) for m in found if m is not None]
    steps = [b > a for a, b in zip(values, values[1:]) if a != b]
    return len(values) == len(options) and len(steps) == len(options) - 1 and len(set(steps)) == 1


def movable(options: list[str], stem: str, *, digits: bool = False) -> list[list[int]]:
    """Group the places whose options may change among each other; [] where no order but this one makes sense.

    Options that speak of all others ("none of these") or of some by letter ("both A and B") keep their places,
    and what stands above an "all of the above" stays above it. ``digits`` says that the labels are 1, 2, 3.
    """
    if any(_PLACED.search(text) for text in (stem, *options)) or any(map(_PLACED_IN_OPTION.search, options)):
        return []
    letters = [refers(text, len(options)) for text in options]
    named = sum(map(bool, letters))
    if named and (2 * named > len(options) or _STEM_LETTERS.search(stem)):
        return []  # "A and B" of a question about blocks, vitamins, blood groups
    if sum(re.fullmatch(r"\W*[A-Ja-j]\W*", text) is not None for text in options) > 1:
        return []  # bare letters: they repeat the labels, or name parts of a figure
    if digits and any(_LETTERS.fullmatch(text) for text in options):
        return []
    groups: list[list[int]] = [[]]
    for i, text in enumerate(options):
        if i in letters[i]:
            return []
        whole = _SET.match(text) is not None
        if not whole and not letters[i]:
            groups[-1].append(i)
        elif (whole and _ABOVE_OR_BELOW.search(text)) or (letters[i] and max(letters[i]) < i):
            groups.append([])
    return [group for group in groups if len(group) > 1]


def refers(text: str, n: int) -> list[int]:
    """List the options that a text names by letter ("both A and C" of four -> [0, 2]); [] where it is another text."""
    found = _LETTERS.fullmatch(text)
    ones = _ONE.findall(found[1]) if found else []
    if not ones or any(one.isdigit() for one in ones) or len({one.isupper() for one in ones}) > 1:
        return []
    if "I" in ones and "H" not in ones and "J" not in ones:
        return []  # a Roman numeral: "I only"
    places = [ord(one.lower()) - ord("a") for one in ones]
    return places if max(places) < n and len(set(places)) == len(places) else []


def _rewritten(text: str, to: list[int]) -> str:
    """Name the moved options by their new letters, in order ("both A and B" -> "both A and C")."""
    found = _LETTERS.fullmatch(text)
    assert found is not None
    start, end = found.span(1)
    ones = list(_ONE.finditer(text, start, end))
    places = sorted(to[ord(one[0].lower()) - ord("a")] for one in ones)
    out, at = "", 0
    for one, place in zip(ones, places, strict=True):
        out += text[at : one.start()] + chr(ord("A" if one[0].isupper() else "a") + place)
        at = one.end()
    return out + text[at:]


def _order(options: list[str], groups: list[list[int]], rng: Rng) -> list[int] | None:
    """Draw an order that reads differently from this one; None where there is none."""
    groups = [g for g in groups if len({options[i] for i in g}) > 1]
    if not groups:
        return None
    for _ in range(16):
        order = list(range(len(options)))
        for group in groups:
            for place, i in zip(group, list(rng.shuffled(group)), strict=True):
                order[place] = i
        if [options[i] for i in order] != options:
            return order
    first = groups[0][0]
    other = next(i for i in groups[0] if options[i] != options[first])
    order = list(range(len(options)))
    order[first], order[other] = other, first
    return order


def _targets(item: ItemView, options: list[str], labels: list[str]) -> list[tuple[str, str, Any]] | None:
    """List the fields to move with their kinds and values; None where one of them names no option for sure."""
    profile, found = item.profile, []
    if not profile.target:
        return None
    for path, kind in ((profile.target, profile.target_kind), *profile.also):
        value = get_path(item.item, path) if path else None
        if path and (value is not None or path == profile.target):
            if not gold_places(value, kind, options, labels):
                return None
            found.append((path, kind, value))
    return found


def _stem(item: ItemView) -> str:
    return "\n".join(str(item.get(p)) for path in item.profile.input for p in item.profile.expand(item.item, path))
