"""Questions of a choice asked of a wrong option as if it were so: "Which organ secretes insulin?" as "Why does the stomach …?"."""

from __future__ import annotations

import re
from typing import NamedTuple

from perturb.core.registry import item_transform
from perturb.core.rng import Rng
from perturb.core.stems import stem
from perturb.items.gold import gold_places, option_labels, option_texts
from perturb.items.view import ItemView
from perturb.language.grammar import is_plural
from perturb.language.lexicon import table, words
from perturb.language.places import is_base_verb

_ASKED = tuple(
    re.compile(rf"(?:Which|What) (?P<kind>{kind}) (?P<verb>[a-z]+) (?P<rest>[^?]+)\?\s*")
    for kind in (r"[a-z]+", r"[a-z]+ [a-z]+")
)
# Where several options may be true, or the question is of words.
_LOOSE = re.compile(
    r"\b(?:not|except|following|these|best|most|least|likely|likeliest|example|describes?|statement|term|word|one|would|could|should|"
    r"can|may|might|eats?|often|usually|helps?|sometimes|above|below|type|kind|name|sentence|question|option|answer|process|method|"
    r"which|that|who|if|when|diagram|figure|picture|graph|table|his|her|he|she|you|your)\b|[\"“'‘`$_0-9()]",
    re.IGNORECASE,
)
_BARE = frozenset(
    "gas element metal substance material mineral vitamin compound hormone chemical nutrient liquid force disease energy "
    "protein sugar acid food language religion game sport color colour country city state nation empire god company "
    "planet president philosopher author artist composer scientist king queen emperor poet month season".split()
)
_PLAIN = frozenset("river sea ocean lake rain wind sun moon soil air water fire ice snow wood rock sand plant animal bird fish insect tree heart lung "
                   "liver kidney brain skin blood bone muscle stomach iron gold copper oxygen nitrogen carbon hydrogen helium".split())  # fmt: skip
_CALLED = frozenset("city country state nation planet continent ocean river mountain lake island empire president author philosopher scientist artist "
                    "composer king queen emperor god goddess poet language religion company month season person man woman theorist "
                    "psychologist economist writer explorer leader team constellation".split())  # fmt: skip
_NAMED = frozenset(
    "city country state nation empire continent president philosopher author artist composer scientist".split()
)
_LIVES = frozenset("animal bird fish insect mammal reptile plant organism creature species predator people".split())
_PAST = {"wrote": "write", "won": "win", "became": "become", "made": "make", "gave": "give", "led": "lead", "built": "build",
         "began": "begin", "took": "take", "lost": "lose", "held": "hold", "had": "have", "fought": "fight", "ruled": "rule"}  # fmt: skip


_SMALL = re.compile(r"\b(?:of|do|does|did|is|are|was|were|has|have|in|to|the|a|part|role)\b")
_FINITE = re.compile(r" (?:will|would|does|did|do) ")
_OF_IT = re.compile(r" (?:it|them|itself|themselves)$")  # "Which bird has quills all over it?": parts go by many names
# "used to make a drink pink": behind "why is the juice" the last word would be what the reason is asked of.
_TURNS = re.compile(r"(?:used|made|found|known|said|needed|added) .* (?P<last>[a-z]+)$")
_COLOURS = frozenset("red blue green yellow pink purple orange brown black white grey gray".split())
_IS_SO = re.compile(r"(?:the|an?|known|called|used|found|located|responsible|famous|made|named|once|also) ")


_PERFECT = re.compile(
    r"(?:already |never |ever |just |not |long |been |always )*(?:been|become|[a-z]+(?:ed|en|un|wn))\b", re.I
)


class Verb(NamedTuple):
    """A verb as "why" wants it: the word that opens, and what follows the subject ("does", "secrete")."""

    helper: str
    base: str


@item_transform("premise.option", role="premise")
def option(item: ItemView, rng: Rng) -> None:
    """Ask why a wrong option is so ("Which organ secretes insulin?" -> "Why does the stomach secrete insulin?").

    Only where the options are short names of one kind, exactly one is right, and the question would be false of each other one.
    """
    profile = item.profile
    options, labels = option_texts(item.item, profile), option_labels(item.item, profile)
    places = gold_places(item.get(profile.target), profile.target_kind, options, labels) if profile.target else []
    path = profile.input[0]
    raw = item.get(path)
    if len(places) != 1 or len(options) < 3 or not isinstance(raw, str):
        return
    parsed = [m for m in (form.fullmatch(raw) for form in _ASKED) if m is not None and _plain(m)]
    if not parsed or not all(_short(o) for o in options):
        return
    right = options[places[0]].lower()
    wrong = [o for i, o in enumerate(options) if i != places[0] and o.lower() not in right and right not in o.lower()]
    for chosen in rng.shuffled(wrong):
        new = next((w for w in (_why(chosen, m) for m in parsed) if w), "")
        if new and not any(w.lower().strip(".") in raw.lower().split() for w in chosen.split() if len(w) > 3):
            item.set(path, new)
            return


def _plain(asked: re.Match[str]) -> bool:
    """Tell whether a question asks which of some things does something, and only one can."""
    return not _LOOSE.search(asked.string, asked.start("kind")) and not _SMALL.search(asked["kind"])


def _short(option: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z][A-Za-z'-]*(?: [A-Za-z][A-Za-z'-]*){0,4}\.?", option)) and not re.search(
        r"\b(?:all|none|both|neither|and|or|yes|no|not|above|cannot|that|which|who|is|are|was|were|has|have|to|it|they)\b",
        option,
        re.IGNORECASE,
    )


def _why(option: str, asked: re.Match[str]) -> str:
    """Write the question, "" where grammar does not allow it."""
    name = option.rstrip(".")
    many = is_plural(name.split()[-1]) and name.islower()
    verb = _verb(asked["verb"], many, bool(_PERFECT.match(asked["rest"])))
    kind = asked["kind"].split()[-1]
    if verb is not None and not verb.base and not _IS_SO.match(asked["rest"]):
        return ""  # "What country is the ferret popular in?"
    turns = _TURNS.match(asked["rest"].strip()) if verb is not None and not verb.base else None
    if turns and turns["last"] in _COLOURS | table("vague", "qualifiers").keys():
        return ""
    if _OF_IT.search(asked["rest"].strip()):
        return ""
    if _FINITE.search(asked["rest"]):
        return ""  # "What ball filled with gas will fly?"
    if verb is None or is_plural(kind) or kind.endswith(("ing", "ed", "ly")):
        return ""
    if (
        name.istitle()
        and " " not in name
        and (name.lower() in words("words") or name.lower() in table("hypernyms") or name.lower() in _PLAIN)
    ):
        name = name.lower()  # options are written with a capital
    if name.istitle() and " " not in name and kind not in _CALLED:
        return ""  # whether it is a name cannot be told
    if (
        (kind in _NAMED and name.islower())
        or (many and kind not in _BARE | _LIVES)
        or is_base_verb(name.split()[0].lower())
    ):
        return ""  # no state is a "seaside town", no technique "demand characteristics", nothing a "become adult"
    low = name[0].lower() + name[1:] if name.split()[0].lower() in ("a", "an", "the") else name
    first = low.split()[0]
    if len(name.split()) == 1 and name.lower().endswith(("al", "ar", "ic", "ous", "ive", "ful")):
        return ""  # "centrifugal"
    abstract = low.endswith(("tion", "sion", "ism", "ance", "ence", "ing", "ity", "ment", "ness", "cy", "sis"))
    if not abstract and first not in ("a", "an", "the") and not many and kind not in _BARE and name.islower():
        low = f"the {low}"
    return f"Why {verb.helper} {low} {verb.base + ' ' if verb.base else ''}{asked['rest'].strip()}?"


def _verb(verb: str, many: bool, perfect: bool) -> Verb | None:
    if verb in ("do", "does", "did"):
        return None  # "What area does a guard patrol?"
    if verb.removesuffix("s") in ("happen", "occur", "exist", "happened", "occurred", "existed"):
        return None  # most things do
    if verb in ("is", "are"):
        return Verb("are" if many else "is", "")
    if verb in ("was", "were"):
        return Verb("were" if many else "was", "")
    if verb in _PAST:
        return Verb("did", _PAST[verb])
    if verb in ("has", "have") and perfect:
        return None  # "Which has already broken down?"
    if verb in ("has", "have"):
        return Verb("do" if many else "does", "have")
    past = next((base for base in (verb[:-1], verb[:-2]) if verb.endswith("ed") and is_base_verb(base)), "")
    if past:
        return Verb("did", past)
    if not verb.endswith("s") or verb.endswith(("ss", "us", "is")) or len(verb) < 4:
        return None
    base = re.sub(r"ies$", "y", re.sub(r"(ch|sh|ss|x)es$", r"\1", verb))
    return Verb("do" if many else "does", base.removesuffix("s") if base == verb else base)


# A question that wants yes or no: what it asks whether, one may ask the reason of.
_WHETHER = re.compile(
    r"(?:is|are|was|were|do|does|did|can|could|will|would|has|have|had|should|must) (?!not\b|you\b|u\b|\w+ not\b)[^?.!]+\??\s*",
    re.I,
)
_NO = re.compile(r"\b(?:not|n't|never|no|any|ever|or|either|anyone|anything)\b|\w+n't\b", re.I)
# What one may or must do, or what was at a time, is so for some and at times, and has a reason whatever the benchmark says.
_DEPENDS = re.compile(
    r"(?:can|could|may|might|must|should)\b|.*\b(?:ha(?:ve|s|d) to|need to|required|supposed to|allowed|related|similar|the same (?!as\b)[a-z]+|based on|inspired|can|could|legal|illegal)\b",
    re.I,
)
# What changes with time, so that a benchmark's "no" may be out of date, and what a film or a book is partly.
_CHANGES = re.compile(
    r"\b(?:will|going to|still|yet|now|new|ever|coming|comes? (?:back|out)|seasons?|series|sequel|episodes?|movies?|films?|filmed|shot|shows?|books?|"
    r"releas\w+|available|official|dvd|cancel\w+|closed|open|won|win|wins|medals?|champion\w*|cup|records?|only|largest|longest|biggest|highest|tallest|"
    r"real|really|true|called|name|named|owned|own|part of|considered|work|works|all|have a|has a|finish\w*|married|baby|twins?|"
    r"visas?|pays?|used|designed|stays?|for good|did .*die)\b",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:usually|generally|typically|normally|mostly|often|sometimes|occasionally|if|unless|except|some|certain|most|many|may|might|largely|partly|"
    r"depending|depends|although|though|however)\b",
    re.IGNORECASE,
)


def _hedged(passage: object, question: str) -> bool:
    """Tell whether a passage says of what is asked that it is so at times, or of some."""
    if not isinstance(passage, str):
        return False
    asked = {stem(w) for w in re.findall(r"[a-z]{3,}", question.lower())} - set(
        map(stem, (*words("functions"), "same"))
    )
    for said in re.split(r"(?<=[.?!])\s+", passage):
        if _HEDGED.search(said) and len(asked & {stem(w) for w in re.findall(r"[a-z]{3,}", said.lower())}) > (
            len(asked) > 1
        ):
            return True
    return False


@item_transform("premise.claim", role="premise")
def claim(item: ItemView, rng: Rng) -> None:
    """Ask why something is so that is not ("is a tomato blue", answer false -> "why is a tomato blue").

    Only where the right answer is no: the benchmark itself says that the premise is false.
    """
    profile = item.profile
    path = profile.input[0]
    raw, gold = item.get(path), item.get(profile.target) if profile.target else None
    false = (
        gold is False
        or (gold == 0 and profile.target_kind == "bool")
        or (isinstance(gold, str) and gold.strip().lower() in ("false", "no"))
    )
    if not false or not isinstance(raw, str) or not _WHETHER.fullmatch(raw) or _NO.search(raw):
        return  # "why is there any …" asks nobody's reason
    if option_texts(item.item, profile) or _DEPENDS.match(raw) or _CHANGES.search(raw):
        return
    if profile.context and _hedged(item.get(profile.context), raw):
        return
    item.set(path, f"Why {raw[0].lower()}{raw[1:]}" if raw[0].isupper() else f"why {raw}")
