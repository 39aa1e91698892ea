"""What kind of message a text is: a question, a request, somebody's own words, a greeting."""

from __future__ import annotations

import re

from perturb.core.text import LOCKED, Text
from perturb.language.lexicon import rows, table
from perturb.language.places import OBJECTS, SUBJECTS, ahead, behind, is_base_verb, is_participle

_ASKING = frozenset(
    "who what when where why how which whose whom is are was were do does did can could will would "
    "should may has have had "
    "am what's where's who's how's whats isn't aren't don't doesn't didn't can't won't".split()
)
_OWN = frozenset("i i'm i've i'd i'll im ive my me we we're we've our us mine".split())
# First words that may lose their capital behind other words; anything else may be a name.
_COMMON = _ASKING | frozenset(
    "the a an my our your his her their its this that these those there here it he she we you they if in "
    "on at for from to "
    "with by of as after before because when while since although though some any all every each no not "
    "one two three "
    "four five six seven eight nine ten many most both please suppose given let after during under "
    "according based using "
    "assuming consider compare between among about also only such following".split()
)
# A text that stops on one of these waits for its end ("… is called"): an exam's stem, not a message.
_UNFINISHED = frozenset(
    "a an the of to in on by as at is are was were be been called that than because with from for and or "
    "when if will can "
    "would should could may must has have had which who known termed named into between through their its".split()
)
_LINKS = frozenset(("and", "or", "of", "to", "with", "equals", "gives", "says", "in", "by", "for", "the"))
_NAMES_TOO = frozenset(("will", "may"))  # "Will bought six" is no question, "Will I pay" is
_STATES = frozenset(
    "buy sell pay need want like love hate hope know have be seem wish cost belong "
    "mean die lose become fail wonder".split()
)
LONGEST = 120  # words; what is longer is a passage or a task
# "Which of the following …": an exam's stem. Its options come after it, so no thanks may.
_EXAM = re.compile(
    r"\bof the following\b|\bthe following (?:statements?|options?|terms?|concepts?|pairs?|items?) (?:is|are|was|were)\b"
    r"|\b(?:refers to|based on) the following\b|\bScenario 1\b|\bthe (?:passage|statements?) above\b|\b[Ss]tatement 1\b"
)
_CUES = re.compile(r"\?|\b(?:please|pls|plz|help me|tell me|need|want)\b", re.IGNORECASE)


def words_of(text: str) -> list[str]:
    """Split into lower-case words ("I'm late." -> ["i'm", "late"])."""
    return [m.lower().replace("’", "'") for m in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text)]


def asks(text: str) -> bool:
    """Tell whether a sentence is a question, marked or not ("where is my card" -> True)."""
    if "?" in text:
        return True
    word = ahead(text, 0)[1]
    following = ahead(text, ahead_end(text, 0))[1]
    if word in ("when", "while", "had"):
        return following in _ASKING
    if word in _NAMES_TOO:
        return following in SUBJECTS
    return word in _ASKING


def ahead_end(text: str, at: int) -> int:
    """Give the end of the next word."""
    gap, word = ahead(text, at)
    return at + len(gap) + len(word)


def orders(text: str) -> bool:
    """Tell whether a sentence is a request in the imperative ("Write a poem" -> True)."""
    gap, word = ahead(text, 0)
    kind = table("slang", "verbs").get(word, ("",))[0]
    if gap or not kind or word in _STATES or (word in _ASKING and "?" in text):
        return False  # "Do violent offenders …?" asks
    between, following = ahead(text, len(word))
    if word == "do" and following in SUBJECTS - OBJECTS:
        return False  # "do you know where" asks with no mark at its end too
    if kind == "either":  # "Return policy" is no order, "Return my shoes" is
        return between == " " and following in OBJECTS
    return (
        between == " " and bool(following) and following not in _ASKING and following not in ("of", "and", "or", "not")
    )


def first_person(text: str) -> bool:
    """Tell whether a sentence speaks of its writer ("my card is lost" -> True)."""
    return any(w in _OWN for w in words_of(text))


# "I" is a pronoun before a verb; elsewhere it may count, or be a current ("I = 2 A", "type I").
_SPEAKS = re.compile(r"(?:\b[Ii](?:['’](?:m|ve|d|ll)\b| (?P<verb>[a-z']+))|\b(?:im|ive|[Mm]y|[Mm]ine)\b)")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")


def speaks(raw: str) -> bool:
    """Tell whether somebody speaks of himself, and is not quoted ("I need help" -> True, "Type I errors" -> False)."""
    for m in _SPEAKS.finditer(_QUOTED.sub("", raw)):
        verb = m["verb"]
        if verb is None or verb in _OF_I or is_base_verb(verb) or is_participle(verb):
            return True
    return False


_OF_I = (_ASKING - frozenset("is are were does has isn't aren't doesn't".split())) | frozenset(
    "also just only really still already never always cannot went got might must want don't".split()
)


def is_message(text: Text) -> bool:
    """Tell whether somebody could have sent this: it asks, orders or speaks of its writer, in no exam's form."""
    raw = text.raw
    at = text.over_space(0)
    if at >= len(raw) or text.mask[at] == LOCKED or not raw[at].isalnum() or len(text.words) > LONGEST:
        return False
    if "|" in raw or _EXAM.search(raw) or raw.rstrip()[-1:] in (":", "_", ",") or "___" in raw:
        return False  # something is to be filled in or follows: a form, not a message
    if stem_of_exam(raw):
        return False
    if raw.rstrip()[-1:].isalpha() and raw[at].isupper() and len(text.words) > 11 and not asks(raw):
        return False  # "If the price of copper exceeds … we would expect": an exam's stem
    return asks(raw) or orders(raw[at:]) or first_person(raw) or _CUES.search(raw) is not None


def stem_of_exam(raw: str) -> bool:
    """Tell whether a text stops where an option goes on ("Coal is formed from" -> True)."""
    return raw.rstrip()[-1:].isalpha() and behind(raw, len(raw))[1] in _UNFINISHED


def exam(raw: str) -> bool:
    """Tell whether a text has the form of an exam's stem ("Which of the following is true?" -> True)."""
    return _EXAM.search(raw) is not None


def pleads(raw: str) -> bool:
    """Tell whether a text says please already ("pls send it" -> True)."""
    return _PLEASE.search(raw) is not None


_PLEASE = re.compile(r"\b(?:please|pls|plz)\b", re.IGNORECASE)


def greets(raw: str) -> bool:
    """Tell whether a text begins with a greeting already ("Hello sir" -> True)."""
    known = {row[1] for row in rows("greetings") if row[0] == "begins"}
    return any(w in known for w in words_of(raw[:60])[:3])


def lowers(raw: str, at: int) -> bool:
    """Tell whether the word at ``at`` can lose its capital: it has none, or is surely no name."""
    word = ahead(raw, at)[1]
    if word in _NAMES_TOO and raw[at].isupper():
        return ahead(raw, ahead_end(raw, at))[1] in SUBJECTS
    if word == "a" and raw[at] == "A":  # "A robe takes", but not "A is the father of B"
        gap, following = ahead(raw, at + 1)
        return gap == " " and len(following) > 1 and following not in _ASKING and following not in _LINKS
    if len(word) > 1 and raw[at : at + len(word)].isupper():
        return False
    return not raw[at].isupper() or word in _COMMON or (is_base_verb(word) and orders(raw[at:]))


def put_before(text: Text, at: int, front: str) -> tuple[int, int, str]:
    """Put words before the sentence at ``at``, in its own casing ("What is" , "so" -> "So what is")."""
    raw = text.raw
    if raw.isupper():
        return at, at, front.upper() + " "
    if not raw[at].isupper():
        return at, at, front + " "
    front = front[0].upper() + front[1:]
    if front.endswith((":", "!")) or not lowers(raw, at):
        return at, at, front + " "
    return at, at + 1, f"{front} {raw[at].lower()}"
