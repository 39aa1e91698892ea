"""The mask, as marked text: ⟦locked⟧, ⟨slot⟩, ⟪name⟫, and all else free."""

from __future__ import annotations

import re
import time
import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perturb.core.text import LOCKED
from perturb.items.locks import terms_pattern
from perturb.language.protect import protected

OPEN, CLOSE = ("", "⟪", "⟨", "⟦"), ("", "⟫", "⟩", "⟧")


def shown(raw: str, mask: bytes) -> str:
    out, last = [], 0
    for c, level in zip(raw, mask):
        if level != last:
            out += [CLOSE[last], OPEN[level]]
            last = level
        out.append(c)
    return "".join(out) + CLOSE[last]


def check(marked: str, **options: object) -> None:
    raw = re.sub("[⟪⟫⟨⟩⟦⟧]", "", marked)
    assert shown(raw, protected(raw, **options).mask) == marked  # type: ignore[arg-type]


NUMBERS = """
It costs ⟨$48⟩, or ⟨3.50 euros⟩, ⟨not⟩ ⟨£1,200⟩.
I ran ⟨5 km⟩ in ⟨25 minutes⟩ and drank ⟨0.5 L⟩.
She paid ⟨40%⟩ ⟨less⟩; ⟨twenty⟩-⟨five percent⟩ of ⟨forty⟩-⟨eight⟩.
⟨two⟩-⟨thirds⟩ of the ⟨first⟩ ⟨three⟩ and a ⟨couple⟩ of ⟨dozen⟩
⟨10am⟩, ⟨6pm⟩, ⟨1990s⟩, ⟨½ cup⟩ and ⟨32°C⟩ outside.
The dose is ⟨5mg/kg⟩ ⟨twice⟩ ⟨daily⟩ of ⟨H2O⟩; or ⟨5 mg/kg⟩.
The ratio is ⟨3:4⟩, i.e. ⟦3/4⟧ or ⟨1/2⟩ of it, between ⟨10-20⟩.
The ⟨total⟩ is ⟨1,234.56⟩.
I paid ⟨20 dollars⟩ and ⟨50 cents⟩ on ⟦12/03/2021⟧.
Percent is a word and so is euro
"""
DATES = """
On ⟨March⟩ ⟨3⟩, ⟨2021⟩ at ⟨5:30 pm⟩ we met.
We leave ⟨next⟩ ⟨Monday⟩, ⟨two weeks⟩ before the ⟨3rd⟩ of ⟨June⟩.
May I ask? It was in ⟨May⟩ and ⟨March⟩ ⟨2020⟩.
A train leaves at ⟨9:15 a.m.⟩ and covers ⟨120 miles⟩ in ⟨1.5 hours⟩.
"""
WORDS = """
I do ⟨not⟩ like it, I ⟨don't⟩, I ⟨never⟩ did and I ⟨cannot⟩ ⟨without⟩ it.
⟨All⟩ of them ⟨except⟩ ⟨one⟩, at ⟨least⟩ ⟨half⟩, ⟨only⟩ ⟨twice⟩, ⟨none⟩.
⟨How⟩ ⟨many⟩ ⟨more⟩ does he have ⟨than⟩ her?
⟨What⟩ is the ⟨best⟩ way to the station and ⟨where⟩ can I park?
⟨What’s⟩ up? ⟨Who's⟩ there? ⟨How'd⟩ it go?
He slept; ⟨neither⟩ was easy. It's the dogs' bone, ⟨isn't⟩ it?
⟨Which⟩ of the following is ⟨NOT⟩ a function of the human liver?
"""
NAMES = """
⟪Natalia⟫ sold clips to ⟨48⟩ of her friends.
⟪Weng⟫ earns ⟨$12⟩ an hour. ⟨Yesterday⟩, ⟪Weng⟫ worked.
⟪Jamaar⟫ has ⟨two⟩ cats. ⟪Sarah's⟫ dog and ⟪Bob’s⟫ cat.
⟨Where⟩ is the ⟪Bank of England in New York City⟫?
The capital of ⟪France⟫ is ⟨bigger⟩ ⟨than⟩ ⟪NASA's⟫.
Apples are red. Bananas are yellow. ⟨Nobody⟩ knows. Hi there.
my name is ⟪anna⟫ and i live in paris
⟨WHERE⟩ IS MY CARD? I WANT IT
⟪Dr⟫. ⟪Smith⟫ lives on ⟨5th⟩ ⟪Avenue⟫ with an ⟪iPhone⟫ and ⟪macOS⟫.
⟪Jack's⟫ mom and ⟪Mr⟫. ⟪Brown⟫ met ⟪Will⟫ at the ⟪Grand Hotel⟫.
⟨How⟩ old was ⟪Lincoln⟫ ⟨when⟩ ⟪Washington⟫ died? Did ⟪Lincoln⟫ like him?
I'm sure I've seen I.
"""
CODE = """
Run ⟦```print(1)```⟧ and ⟦`x = 2`⟧ or ⟦``a b``⟧, call ⟦foo(bar, 1)⟧ now.
Call ⟦getUserName⟧ or ⟦my_var⟧ in ⟦os.path⟧ please, e.g. this.
In ⟪Python⟫, ⟨what⟩ does ⟦list.append()⟧ return?
Let ⟦$x^2 + 1 = 0$⟧ and ⟦\\(a+b\\)⟧ with ⟦\\frac{1}{2}⟧ be so, cost ⟨$5⟩ and ⟨$6⟩ too.
Solve ⟦3x + 5 = 20⟧ for x, then ⟦y = 2x⟧. Is ⟦7 > 5⟧ and ⟦a < b⟧?
See ⟦https://example.com/a?b=c⟧, mail ⟦me@example.org⟧ or ⟦www.test.io⟧.
Open ⟦/etc/hosts⟧, ⟦~/notes.txt⟧, ⟦C:\\temp\\a.doc⟧ and ⟦data.csv⟧ now.
Hello ⟦{name}⟧, ⟦{{user}}⟧ and ⟦<item>⟧ or ⟦%s⟧ and ⟦%(x)d⟧ please.
The capital of ⟦___⟧ is ⟦_⟧ and so on.
He calls them ⟦"<"⟧ and ⟦">"⟧, and ⟦f.read()⟧ is it.
He said ⟦"leave me alone"⟧ and ⟦“never mind”⟧ and ⟦'why not'⟧ to us.
Read ⟦{"a": 1, "b": [2, 3]}⟧ and ⟦[1, 2, 3]⟧ for me.
⟨Which⟩ ⟨one⟩ is it? ⟦(A)⟧ red ⟦(B)⟧ blue
Hi ⟦@bob⟧, see ⟦#topic⟧ or part ⟦II⟧!
"""
ORDERS = """
⟦Answer with a single word.⟧ ⟨What⟩ is the colour of the sky?
Write a poem about my dog. ⟦Your response should contain at least 3 paragraphs.⟧ Make it sad.
Tell a story. ⟦Use the word snow at least 3 times.⟧ ⟦Start with the word Once.⟧ ⟦Highlight two sections.⟧
⟪Bea⟫ has ⟨2⟩ ⟨less⟩ ⟨than⟩ ⟨3⟩ times as ⟨many⟩ pens. She reads ⟨200⟩ words a minute. ⟨How⟩ ⟨many⟩ did she start with? It highlights the trees.
⟦Explain it in JSON format please.⟧ I like it short.
Write to my landlord about the heating. ⟦Do not use any commas.⟧ Be kind.
It costs ⟨no⟩ ⟨more⟩ ⟨than⟩ usual and I use ⟨no⟩ sugar.
Write about dogs. ⟦Separate the parts with ***.⟧
⟦Give me replies separated by 6 asterisk symbols: ******.⟧ Be kind.
The charges are separated by ⟨3 m⟩ of air, the towns separated by a hill.
Write about dogs. ⟦No other words should follow this.⟧
Make parts of it stand out like ⟦*this part*⟧ please.
"""
LINES = [line for block in (NUMBERS, DATES, WORDS, NAMES, CODE, ORDERS) for line in block.strip().split("\n")]


@pytest.mark.parametrize("marked", LINES)
def test_lines(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "⟪Maya⟫ bakes ⟨24⟩ muffins ⟨every⟩ ⟨Monday⟩. She sells ⟨half⟩ of them for ⟨$1.50⟩ ⟨each⟩ and gives ⟨5⟩"
        " to her sister ⟪Zoe⟫. ⟨How⟩ ⟨much⟩ money does ⟪Maya⟫ make in ⟨three weeks⟩?",
        "⟨Which⟩ ⟨one⟩?\n⟦A. the red one⟧\n⟦B. the blue one⟧\n⟦C) the green⟧",
        "Pick the ⟨best⟩.\n⟦1. one thing⟧\n⟦2. other thing⟧",
        '"""Brackets are ⟦"<"⟧ and ⟦">"⟧."""',
        "It lies ⟨three⟩ ⟨hundred⟩ ⟨and⟩ ⟨seventy miles⟩ and a day west.",
        "⟦```python\ndef f():\n    return 1\n```⟧\nPlease fix it.",
        "Please fix my code:\n⟦import torch as t\n# mix it well\nfor x in items:\n    print(x)⟧\nIt does ⟨nothing⟩.",
        "My program, ⟨why⟩ does it crash?\n⟦.data\n\t.align 4\nmain:\n\tli $t0, 5\n  x += f(4);⟧\nThanks",
        "⟨What⟩ is the ⟨highest⟩?\n⟦Date,Open,Close\n2022-01-01,150.02,155.28\n2022-01-02,154.32,157.25⟧\nthanks, ⟪Jo⟫, ⟪Al⟫, and ⟪Bo⟫",
        'It fails:\n⟦cd /tmp/app\ndocker build -t app .\np <- run(app)\nif [ -n "$x" ]; then⟧\n⟨Why⟩?',
        "Dear ⟨all⟩,\nwe met ⟨today⟩: it was fine;\nthe food was good;\nsee you",
        "Please fix\n⟦~~~\nnever closed⟧",
        "Statement ⟨1⟩ ⟦|⟧ ⟨Every⟩ group is abelian. Statement ⟨2⟩ ⟦|⟧ Fine.",
        "",
        " ",
    ],
)
def test_texts_like_those_of_benchmarks(marked: str) -> None:
    check(marked)


def test_the_users_terms_are_locked_wherever_they_stand_whole() -> None:
    check(
        "My ⟦Acme Pay⟧ or ⟦acme pay⟧ card, the ⟪Acme Payer⟫, ⟦C++⟧.",
        terms=terms_pattern(["Acme Pay", "C++", "# no", " "]),
    )
    assert terms_pattern([]) is None and terms_pattern(["#a", ""]) is None


def test_the_profiles_spans_are_locked() -> None:
    check("a ⟦red bag⟧ is here", lock=[(2, 9)])


@given(st.text("aA1 .$`'\"{}[]()<>=\\_/\n%?éI-", max_size=60))
def test_every_text_has_a_mask(raw: str) -> None:
    text = protected(raw)
    assert len(text.mask) == len(raw) and set(text.mask) <= {0, 1, 2, 3}
    assert all(text.mask[m.start()] for m in re.finditer(r"\d", raw)), "no digit is free"
    assert all(raw[s : s + len(w)] == w for s, w in text.words)


@pytest.mark.parametrize(
    "unit", ["a" * 50, "( ", "{", "<a ", "`", '"x ', "1 + ", "$x ", "[", "a.b.", "'a ", "A) ", "x_", "http://"]
)
def test_long_texts_take_no_long_time(unit: str) -> None:
    """A text of 20,000 characters takes no seconds, whatever is never closed in it."""
    raw = unit * (20_000 // len(unit))
    assert len(protected(raw).mask) == len(raw)


def test_the_mask_of_a_locked_text_is_locked() -> None:
    assert set(protected("`all of it`").mask) == {LOCKED}


RUNS = [
    "(a ",
    "$a ",
    "{",
    "[",
    "' a",
    '"',
    "`",
    "_",
    "a.b ",
    "1,",
    "<a",
    "\\",
    "=a",
    "!?",
    " ",
    "\n",
    "how many ",
    "Bank of ",
]


@pytest.mark.parametrize("run", RUNS)
def test_the_rules_stay_linear_on_any_text(run: str) -> None:
    """Sixteen times the text costs about sixteen times the work; a form that tries again from each place, 256 times."""

    def seconds(size: int) -> float:
        raw = (run * size)[:size]
        return min(timeit.repeat(lambda: protected(raw).sentences(), timer=time.process_time, number=1, repeat=3))

    assert seconds(64_000) < 80 * seconds(4_000) + 0.1
