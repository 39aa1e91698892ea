"""What tools/fuzz.py throws at perturb: texts, records, files' bytes and recipes, all drawn from one generator by seed."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples"
WORDS = """Where is my new card? I have not been told, please, because the bank sent 3 of 48 to London on Monday; don't you know
when "it" is (really) going to arrive: 2.5 kg, $1,200.50, 50% off, half past nine, twenty-one and the the other""".split()
# What stands in real logs now and then, and what has broken programs like this one before.
ODD = [
    "", " ", "  ", "\t", "\n", "\r\n", "\r", "\x00", "\x0b", "\x1b[31m", "\x7f", "\x85", "\xa0", "\xad", "\u200b", "\u200d", "\u2028",
    "\u2029", "\u202e", "\ufeff", "\ufffd", "\ufffe", "\U0010ffff", "\ud800", "\udfff", "\ud83d", "\ude00\ud83d", "👩‍👩‍👧‍👦", "🇩🇪🇩", "é", "e\u0301",
    "ß", "İ", "ı", "ŉ", "ﬁ", "ǅ", "ΐ", "Σς", "ﬀ", "ẞ", "½", "²", "٣", "१२३", "Ⅷ", "一二三", "안녕", "שלום", "مرحبا", "ไทย", "𝒳", "𝟘", "＝1", "１２",
    "=1+1", "+1", "-1", "@SUM(A1)", "'=x", "''", '"', '""', "“x”", "‘", "’s", "don’t", "n't", "'", "`x`", "```py\nx = 1\n```", "$x^2$", "\\frac{1}{2}",
    "{x}", "{{x}}", "<b>", "</script><script>", "<<48/2=24>>", "#### 72", "\\boxed{7}", "A) x\nB) y\nC) z", "(A)", "http://a.b/c?d=e&f",
    "a@b.co", "/etc/passwd", "..\\..", "%s", "%n", "{0}", "\\", "\\n", "\\u0041", "null", "NaN", "1e999", "-0", "007", "1,000,000", "1.000,5", "12:61", "0x1F",
    "III.", "…", "...", "?!?!", "-----", "____", "_____", "|a|b|\n|-|-|", "# x", "* x", "1. x", "[1]", "(((((", ")))))", "aaaaaaaaaaaaaaaaaaaaaaaa",
]  # fmt: skip
NAMES = ["question", "answer", "text", "id", "choices", "context", "messages", "label", "a.b", "x[0]", "", "perturb", "q:json", "=x", "\ud83d",
         "Frage", "long " * 20, "*", "input"]  # fmt: skip
NUMBERS = ["0", "-0", "0.10", "1e5", "1E+5", "-1.5e-10", "1e308", "1e999", "123456789012345678901234567890", "0.1234567890123456789", "NaN",
           "Infinity", "-Infinity", "01", "1.", ".5", "+1", "0x10", "9" * 5000, "2.0", "1_000"]  # fmt: skip


@cache
def samples(kind: str = "*") -> list[dict[str, Any]]:
    """List the sample items that records are made of, of one file ("chat") or of all."""
    return [
        json.loads(line) for p in sorted(SAMPLES.glob(f"{kind}.jsonl")) for line in p.read_text("utf-8").splitlines()
    ]


def text(rng: random.Random, most: int = 24) -> str:
    """Make a text: words, now and then something odd, rarely something huge."""
    kind = rng.random()
    if kind < 0.0002:
        return rng.choice(
            ["a", "a ", "' ", "1", "1 ", "the ", "not ", "(", "\U0001f600", "ab-", ". ", "\n", "one "]
        ) * rng.randint(10**3, 10**5)
    if kind < 0.002:
        most = 3000
    words = [rng.choice(WORDS) for _ in range(rng.randint(0, most))]
    if kind < 0.6:
        for _ in range(rng.randint(1, 4)):
            words.insert(rng.randint(0, len(words)), odd(rng))
    joined = rng.choice([" ", " ", " ", " ", "", "\n", "  "]).join(words)
    return joined.upper() if kind > 0.97 else joined


def odd(rng: random.Random) -> str:
    """Make something odd: from the list, or characters of any plane."""
    if rng.random() < 0.6:
        return rng.choice(ODD)
    plane = rng.randrange(17) << 16
    run = "".join(chr(plane + rng.randrange(0x10000)) for _ in range(rng.randint(1, 6)))
    return rng.choice(
        [
            run,
            f"card{run}",
            f"{run}s",
            "x" + "\u0301" * rng.randint(1, 30),
            chr(rng.randrange(0x300)) * rng.randint(1, 9),
        ]
    )


def value(rng: random.Random, depth: int = 0) -> Any:
    """Make any JSON value."""
    kind = rng.randrange(9 if depth < 4 else 6)
    if kind < 3:
        return text(rng, 8)
    if kind < 6:
        return rng.choice([None, True, False, 0, -1, 3, 2.5, 1e300, 10**30, -0.0, 1 << 63, ""])
    if kind == 6:
        return [value(rng, depth + 1) for _ in range(rng.randint(0, 4))]
    if kind == 7:
        return {rng.choice(NAMES): value(rng, depth + 1) for _ in range(rng.randint(0, 4))}
    return deep(rng)


def deep(rng: random.Random) -> Any:
    """Make something nested, up to deeper than is allowed."""
    made: Any = text(rng, 3)
    for _ in range(rng.choice([2, 10, 60, 98, 99, 100, 101, 130])):
        made = [made] if rng.random() < 0.5 else {"a": made}
    return made


def record(rng: random.Random, kind: str = "*") -> Any:
    """Make a record like those of a sample file: mostly a sample item with other texts in it, at times with a field of another kind, rarely anything."""
    if rng.random() < 0.03:
        return value(rng)
    made = {key: _varied(rng, v) for key, v in rng.choice(samples(kind)).items()}
    if rng.random() < 0.5:
        made["id"] = rng.choice([f"q{rng.randrange(10**9)}", rng.randrange(10**6), "q1", text(rng, 1)])
    if rng.random() < 0.08:
        made[rng.choice([*made, *NAMES])] = value(rng)
    if rng.random() < 0.02:
        del made[rng.choice(list(made))]
    return made


def _varied(rng: random.Random, old: Any) -> Any:
    if isinstance(old, str):
        if rng.random() < 0.5:
            return text(rng)
        words = old.split(" ")
        words.insert(rng.randint(0, len(words)), odd(rng))
        return " ".join(words[: rng.randint(1, 40)])
    if isinstance(old, list):
        return [_varied(rng, v) for v in old]
    return {k: v if k == "role" else _varied(rng, v) for k, v in old.items()} if isinstance(old, dict) else old


def line(rng: random.Random, made: Any) -> bytes:
    """Write a record as a line of JSON, at times not quite."""
    ascii_ = rng.random() < 0.3
    written = json.dumps(made, ensure_ascii=ascii_, separators=rng.choice([(", ", ": "), (",", ":")]))
    kind = rng.random()
    if kind < 0.03:  # a number that only its own text says, or that is none
        written = (
            written.replace(": ", ": " + rng.choice(NUMBERS) + ', "n": ', 1) if ": " in written else rng.choice(NUMBERS)
        )
    elif kind < 0.04 and written.startswith("{"):
        written = '{"id": 1, "id": 2, ' + written[1:]
    data = written.encode(
        "utf-8", "surrogatepass" if rng.random() < 0.1 else "backslashreplace" if ascii_ else "replace"
    )
    return broken(rng, data) if 0.04 <= kind < 0.09 else data


def broken(rng: random.Random, data: bytes) -> bytes:
    """Break bytes at one place or a few."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        at = rng.randint(0, len(out))
        how = rng.randrange(6)
        if how == 0:
            out[at : at + 1] = bytes([rng.randrange(256)])
        elif how == 1:
            out[at:at] = rng.choice([b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"\x00", b"\xef\xbb\xbf", b'"', b",", b"\\", b"\r",
                                     b"{", b"]", b"/*x*/", b"'", b"\x1a", b"\xe2\x80"])  # fmt: skip
        elif how == 2:
            del out[at : at + rng.randint(1, 9)]
        elif how == 3:
            out[at:at] = out[max(0, at - rng.randint(1, 20)) : at]
        elif how == 4:
            del out[at:]
        else:
            out[at:at] = b"[" * rng.choice([5, 101, 3000])
    return bytes(out)
