"""What a right answer now is: same, clarify with what is missing, or unsure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perturb.core.edits import Labelled, compose
from perturb.core.expect import Change, Evidence, Verdict, ask_number, expect
from perturb.core.text import Text
from perturb.core.verdict import EXPECTATIONS, SEVERITY, worst
from perturb.language.protect import protected
from perturb.prepare import lexis

THREE = Evidence("math", frozenset({3.0, 2.0, 40.0}), uses=((3.0, 2),))
MATH = Evidence("math", frozenset({48.0, 24.0, 2.0}))
PASSAGE = Evidence("qa", passage=True)
QA, CHOICE, CHAT = Evidence("qa"), Evidence("choice"), Evidence("chat")


def judged(marked: str, evidence: Evidence = QA, role: str = "cut") -> Verdict:
    """Judge a text in which ``[old>new]`` is what a step of that role did."""
    raw, log, at = "", list[Labelled](), 0
    for m in re.finditer(r"\[([^>\]]*)>([^\]]*)\]", marked):
        raw += marked[at : m.start()]
        log.append((len(raw), len(raw) + len(m[1]), m[2], "cut.x" if role == "cut" else "vague.number"))
        raw, at = raw + m[1], m.end()
    raw += marked[at:]
    return expect(
        [Change("q", protected(raw), log)], lambda label: role if label[:3] in ("cut", "vag") else "", lexis(), evidence
    )


def said(verdict: Verdict) -> str:
    return " / ".join([verdict.settle(), *(f"{m['kind']}:{m['text']}" for m in verdict.missing)])


CLIPS = "Natalia sold clips to 48 friends in April, and half as many in May. "

TABLE: list[tuple[str, Evidence, str]] = [
    # milk and cream, no share
    ("I drank tea with[ half and half>] and 3 cakes. Can you log it?", Evidence("chat", None, True), "unsure"),
    # whom the rest speaks of stood in what went only
    ("[He has 7 sons. >]One of them is 24 and the other 2 years older. How many is 48 and 24?", MATH, "unsure"),
    ("[Ann has a new brother. >]He sold 48 clips to Tom. How many is that?", MATH, "unsure"),
    ("[Ann likes to sell clips. >]She sold 48 clips. How many is that?", MATH, "same"),
    # numbers of a worked derivation
    ("She sold [48>some] clips to 24 men. How many is that?", MATH, "clarify / number:48"),
    ("She sold [48 >]clips to 24 men. How many is that?", MATH, "clarify / number:48"),
    ("She is [7>some] years old and sold 48 clips. How many is that?", MATH, "same"),
    ("She sold 48 clips.[ She is 99 years old.>] How many is that?", MATH, "same"),
    ("She sold [48>some] clips, then 48 more. How many is that?", MATH, "unsure"),
    # as many steps take a number as the text says it; a third mention, or one told of before, may be spare
    (
        "It warms by 3 degrees, then cools by [3>some] degrees for 2 hours. How warm is it?",
        THREE,
        "clarify / number:3 degrees",
    ),
    (
        "It warms by 3 degrees, then cools by [three>some] degrees. How warm is it?",
        THREE,
        "clarify / number:three degrees",
    ),
    ("In 3 days it warms by 3 degrees, then cools by [3>some] degrees. How warm is it?", THREE, "unsure"),
    ("It warms by 3 degrees. For the [3>some] degrees it took 2 hours. How warm is it?", THREE, "unsure"),
    ("She sold [forty-eight>some] clips. How many is that?", MATH, "clarify / number:forty-eight"),
    ("She sold [48>some] clips. How many is that?", QA, "unsure"),
    ("Set it to [48>some], please.", Evidence("chat", None, True), "clarify / number:48"),
    # names
    ("When did [Lincoln>he] meet Washington?", QA, "clarify / name:Lincoln"),
    ("When did Lincoln say that [Lincoln>he] was tired?", QA, "same"),
    ("Where is [Lincoln's>his] grave?", QA, "clarify / name:Lincoln's"),
    ("[Natalia>She] sold 48 clips to 24 men. How many is that?", MATH, "same"),
    ("[Natalia>She] sold 48 clips to Zoe. How many is that?", MATH, "unsure"),
    # what is asked, though every word of it stands elsewhere
    ("Amy has 48 friends, Lily 24. How many friends do Amy[ and Lily have?>]", MATH, "unsure"),
    (
        "Amy has 48 friends, Lily 24. How many[ good friends does Amy have?>]",
        MATH,
        "clarify / question:How many good friends does Amy have?",
    ),
    ("Amy has 48 friends, Lily 24. How many friends does Lily have[?>]", MATH, "same"),
    ("Amy has 48 friends, Lily 24. How many friends[ has she made in 7 weeks?>]", MATH, "unsure"),
    ("How often does the Doctor travel[ by himself?>]", QA, "unsure"),
    ("What did the word originally stand[ for?>]", QA, "same"),
    # words that say nothing
    ("[Please >]tell me [the >]time of my train.", QA, "same"),
    ("[Hi, >]could you [please >]check my order? [Thanks!>]", CHAT, "same"),
    ("[Hello there! >]Where is my order?", CHAT, "same"),
    ("[What >]organ secretes insulin?", QA, "same"),
    ("[How do I >]cancel my order?", CHAT, "same"),
    ("The car is red, and the [red >]car is fast. Is it?", QA, "same"),
    # words that say something
    ("Where is the [largest >]harbour of the country?", QA, "unsure"),
    ("Where can I buy a [used >]bike?", QA, "unsure"),
    ("Which bird can [not >]fly?", QA, "unsure"),
    ("[How many >]clips are there?", QA, "unsure"),
    ("[Why >]is the sky blue?", QA, "unsure"),
    # the question itself
    ("My card was stolen.[ What can I do now?>]", QA, "clarify / question:What can I do now?"),
    ("My card was stolen.[ Where can I go now?>]", CHOICE, "unsure"),
    ("[My card was stolen. >]What can I do?", QA, "unsure"),
    # stopping short
    ("How can I get to the[ station?>]", QA, "clarify / rest:station?"),
    ("How can I get to the st[ation?>]", QA, "clarify / rest:ation?"),
    ("How can I get to the sta[tion?>]", QA, "unsure"),
    ("What are edge cases? How do[ you handle them?>]", CHAT, "clarify / rest:you handle them?"),
    ("Melatonin counteracts the production of[ what?>]", QA, "unsure"),
    ("Did Norway join the[ European Union?>]", PASSAGE, "clarify / rest:European Union?"),
    ("When did [Lincoln>he] meet Washington?", PASSAGE, "unsure"),
    ("Ann and Bob have 48 eggs. If [the pair>they] sell 24, how many stay?", MATH, "unsure"),
    ("How can I get home[ please?>]", QA, "same"),
    ("How can I get to the[ station?>]", CHOICE, "unsure"),
    ("How can I get home[ tonight?>]", CHOICE, "unsure"),
    # an ellipsis says nothing
    ("She sold 48 clips to 24 men. How[ many stay?>...]", MATH, "clarify / question:How many stay?"),
    ("How can I get to the[ station?>...]", QA, "clarify / rest:station?"),
    # cut behind a sentence, whatever word that ends on
    ("Write a rubric for how good an essay is.[ Use points.>]", QA, "unsure"),
    # a passage may answer what there is of a question for a thing
    ("What proclamation abolished protestantism in[ France?>]", PASSAGE, "unsure"),
    ("What was the name of the western half of[ the colony of 1788?>]", PASSAGE, "unsure"),
    ("When did the last war s[tart?>]", PASSAGE, "unsure"),
    # what is gone stands there still, or only says by what means
    ("These two lines are parallel. Find the distance between[ these two lines.>]", CHAT, "unsure"),
    ("Find the distance between[ these two planes.>]", CHAT, "clarify / rest:these two planes."),
    ("Find a word in a string by[ using regex.>]", CHAT, "unsure"),
    ("Write in Thai. No other language is allow[ed, and use no commas or colons.>]", CHAT, "unsure"),
    ("Write two jokes separated by ***.[ Each should be in Thai.>]", CHAT, "unsure"),
    ("Write a song. Put its name in stars. For[ example: my day.>]", CHAT, "unsure"),
    (
        "does kansas have[ the death penalty>]",
        Evidence("qa", passage=True, beside="Kansas has the death penalty."),
        "unsure",
    ),
    (
        "does kansas have[ the death penalty>]",
        Evidence("qa", passage=True, beside="Kansas is flat."),
        "clarify / rest:the death penalty",
    ),
    ("Fix one thing in[ your previous response.>]", CHAT, "unsure"),
    (
        "Find the Wi-Fi.[ I forgot the Wi-Fi name.>] Can you ask for the Wi-Fi name?",
        Evidence("chat", None, True),
        "unsure",
    ),
    ("Get it from the St[udentDB.>]", CHAT, "clarify / rest:udentDB."),
    ("It is 24 more as it is a weekend. The [normal >]price is $48. How many is that?", MATH, "unsure"),
    (
        "can the judge be[ impeached>]",
        Evidence("qa", passage=True, beside="An impeachment of a judge is rare."),
        "unsure",
    ),
    (
        "[A class has 30 pupils. >]If 20 got 80, 8 got 90 and 2 got 100, what is the mean?",
        Evidence("math", None, True),
        "unsure",
    ),
    (
        "[A class has 31 pupils. >]If 20 got 80, 8 got 90 and 2 got 100, what is the mean?",
        Evidence("math", None, True),
        "clarify / number:31",
    ),
    # a number that the text counts out, one beside a question for what is now, a time that goes without saying
    ("Find the area of a field with [two>some] sides of 4 and 5.", Evidence("chat", None, True), "unsure"),
    ("Find the area of [two>some] fields of 4 acres.", Evidence("chat", None, True), "clarify / number:two"),
    ("I stay for [5>some] days in Rome. What is the current weather?", Evidence("chat", None, True), "unsure"),
    ("I stay for [5>some] days in Rome. What does it cost?", Evidence("chat", None, True), "clarify / number:5 days"),
    ("What is a sum worth that is paid in [today>a while ago] at 5%?", Evidence("chat", None, True), "unsure"),
    # the noun comes with another qualifier, too
    ("Bo has 48 tubes of [red >]paint and 24 tubes of blue paint. How many is that?", MATH, "unsure"),
    # what leads up to a question is no part of it
    ("[Could you tell me the >]current weather, please?", QA, "same"),
    ("[I would like to know the >]current weather.", CHAT, "same"),
    ("[Explain the >]current weather.", CHAT, "unsure"),
    ("[Please >][o>O]nly name one.", QA, "same"),
    # a fraction's part is no second mention; the size of a list is
    ("She sold 2/24 of them, then [24>some] more. How many is that?", MATH, "clarify / number:24"),
    ("The [3>some] scores were 48, 24 and 2. How many is that?", Evidence("math", frozenset({3.0, 48.0})), "unsure"),
    ("She sold [two>a couple of] clips. How many is that?", MATH, "unsure"),
    # a unit without its number's company
    ("Plan the next 6[ months.>]", CHAT, "unsure"),
    # someone else is meant by a second "he"
    ("Dan took half of what he had and gave [Dan>him] 48 clips. How many is that?", MATH, "unsure"),
    # names, whole
    ("What is the weather in[ Naples, Florida?>]", QA, "clarify / rest:Naples, Florida?"),
    ("Is it warm[ on April 22nd>]?", Evidence("chat", None, True), "clarify / time:on April 22nd"),
    ("They meet [tomorrow>at some point]. How many is 48 plus 2?", Evidence("math", None, True), "unsure"),
    # what a word problem tells beside its sums
    ("[Ann and Bo love clips. >]Ann has 48 clips, Bo 24. How many is that?", MATH, "same"),
    ("[Ann and Bo share clips equally. >]Ann has 48 clips. How many is that?", MATH, "unsure"),
    ("Ann has 48 clips.[ She likes her new dress.>] How many is that?", MATH, "unsure"),
    ("She lost 24 at the [store>place] and has 48 clips. How many is that?", MATH, "same"),
    ("She lost 24 [cats>animals] and has 48 clips. How many is that?", MATH, "unsure"),
    ("She lost 24 and has 48 clips. How many [clips>things] is that?", MATH, "unsure"),
    # who does it is asked all the same; who did is another question
    ("[Who >]won the Super Bowl?", QA, "same"),
    ("[Who >]was the viceroy?", QA, "unsure"),
    # most will guess half a word
    ("Is it a part of Great Brit[ain?>]", QA, "unsure"),
    # a name that was told and not asked about; a day that no request hangs on
    ("In France they speak French. [In Wales they speak Welsh. >]In England they speak what?", QA, "unsure"),
    ("I travel[ in December>]. What is the weather in Rome now?", Evidence("chat", None, True), "unsure"),
    # an order's verb goes without saying where it only calls for a thing
    ("[Write >]a summary of the advertiser's page.", CHAT, "same"),
    ("[Calculate the >]area of a triangle with a base of 10 units.", CHAT, "same"),
    ("[Write a poetic >]summary of the page of the advertiser.", CHAT, "unsure"),
    ("[Rewrite >]the summary of the page of the advertiser.", CHAT, "unsure"),
    # without its first word a statement, which asks something else
    ("[What >]pop records are illegal in the UK?", QA, "unsure"),
    ("[What >]countries have kings?", QA, "unsure"),
    ("[What >]colour is the sky?", QA, "same"),
    ("[What >]pop records [are >]illegal in the UK?", QA, "same"),
    ("[How >]do I cancel my order?", CHAT, "unsure"),
    ("[How >]to cancel my order?", CHAT, "same"),
    ("Can a test identify psychop[aths?>]", QA, "unsure"),
    ("Who built the first early warn[ing system?>]", QA, "unsure"),
    ("Who built the first ea[rly warning system?>]", QA, "clarify / rest:rly warning system?"),
    ("What is the ranking of Rome in Premier Le[ague?>]", CHAT, "unsure"),
    ("It has 8 million square ki[lometers.>]", CHAT, "unsure"),
    # nor a question without the word that makes it one
    ("[Can >]I plug it in there like normal", CHAT, "unsure"),
    ("[can i >]plug it in there like normal", CHAT, "same"),
    ("[Can >]I plug it in there like normal", Evidence("intent"), "same"),
    ("[How >]do I cancel my order?", Evidence("intent"), "same"),
    # closed labels never have the answerer ask back
    ("When did [Lincoln>he] meet Washington?", CHOICE, "unsure"),
    ("When did [Lincoln>he] meet Washington?", Evidence("intent"), "unsure"),
    # nothing lost
    ("How far is it[?>]", QA, "same"),
    ("Tell me[,>] the time", QA, "same"),
]


@pytest.mark.parametrize(("marked", "evidence", "outcome"), TABLE)
def test_what_a_right_answer_is(marked: str, evidence: Evidence, outcome: str) -> None:
    role = (
        "vague"
        if re.search(r">(?:some|he|his|him|She|a couple of|at some point|place|animals|things)\]", marked)
        else "cut"
    )
    assert said(judged(marked, evidence, role)) == outcome


def test_a_place_in_small_letters_is_a_loss_too() -> None:
    change = Change("q", protected("who is in charge in the us"), [(17, 26, " there", "vague.entity")])
    assert expect([change], lambda label: "reference", lexis(), QA).settle() == "unsure"


def test_a_sentence_is_said_nowhere_else_though_its_words_are() -> None:
    raw = "Send the code now. I will send the code piece by piece. Read each piece of the code."
    change = Change("q", protected(raw), [(19, 56, "", "cut.sentence")])
    assert expect([change], lambda label: "cut", lexis(), CHAT).settle() == "unsure"


def test_what_is_asked_may_stand_in_another_field() -> None:
    body, question = protected("Fred had 48 clips. Then Fred met Jason."), protected("How many clips had Fred?")
    changes = [Change("body", body, [(24, 28, "he", "refer.x")]), Change("question", question, [])]
    assert expect(changes, lambda label: "referent", lexis(), MATH).settle() == "unsure"


@pytest.mark.parametrize(
    "kept", ["[forty-eight>48]", "[48>forty-eight]", "[Natalia>natalia] 48", "[48 clips>clips, 48]"]
)
def test_what_is_only_said_otherwise_is_not_lost(kept: str) -> None:
    assert said(judged(f"She sold {kept} of them. How many is that?", MATH)) in ("same", "unsure")


@pytest.mark.parametrize(
    ("raw", "evidence", "outcome"),
    [
        ("who won the champions league final[ in 2016]", QA, "clarify / time:in 2016"),
        ("who won the champions league final[ in 2016]", PASSAGE, "unsure"),
        ("who wrote the theory of sets[ in 1974]", QA, "unsure"),  # there is one theory
        ("who won the final[ last year]", QA, "unsure"),
        ("Settled[ in 1681], this city has a large population. What is it called?", QA, "unsure"),
        ("[In 1992], a cone cost 1200 lire. What do 5 cones cost?", Evidence("math", None, True), "unsure"),
        ("I paid[ on Monday] and it is still pending", Evidence("intent"), "same"),
        ("I paid[ on Monday] and it is still pending", CHOICE, "unsure"),
    ],
)
def test_a_year_said_roughly(raw: str, evidence: Evidence, outcome: str) -> None:
    start, end = raw.index("["), raw.index("]") - 1
    text = protected(raw.replace("[", "").replace("]", ""))
    edits = [(start + (text.raw[start] == " "), end, "back then", "vague.date")]
    assert said(expect([Change("q", text, edits)], lambda _: "vague", lexis(), evidence)) == outcome


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ("What books are banned[ in Ireland]?", "clarify / name:Ireland"),
        ("What is the busiest airport[ in Ireland]?", "unsure"),  # of the world, one may think
        ("Where did the Normans settle[ in Ireland]?", "unsure"),
        ("Where did they settle[ before the First Crusade]?", "unsure"),
        ("Have goods become cheaper[ for the average American]?", "unsure"),
    ],
)
def test_what_a_question_can_do_without_its_place(raw: str, outcome: str) -> None:
    start, end = raw.index("["), raw.index("]") - 1
    text = protected(raw.replace("[", "").replace("]", ""))
    edits = [(start, end, "", "cut.constraint")]
    assert said(expect([Change("q", text, edits)], lambda _: "constraint", lexis(), QA)) == outcome


def test_steps_that_lose_nothing_are_not_looked_at() -> None:
    text = protected("She sold 48 clips.")
    verdict = expect([Change("q", text, [(9, 11, "", "typo.omit")])], lambda label: "", lexis(), MATH)
    assert said(verdict) == "same"


def test_a_merged_edit_is_a_loss_where_one_of_its_steps_is() -> None:
    text = protected("She sold 48 clips to us.")
    change = Change("q", text, [(9, 12, "", "case.lower+cut.functions")])
    verdict = expect([change], lambda s: "cut" if s.startswith("cut") else "", lexis(), MATH)
    assert said(verdict) == "clarify / number:48"


def test_each_missing_thing_is_named_once_with_a_question() -> None:
    verdict = judged("[Lincoln>He] met Washington. When did [Lincoln>he] die?", QA, "reference")
    assert verdict.missing == [
        {"field": "q", "text": "Lincoln", "kind": "name", "ask": "Who do you mean?", "reply": "Lincoln."}
    ]


@pytest.mark.parametrize(
    ("raw", "number", "ask"),
    [
        ("He has 16 eggs", "16", "How many eggs?"), ("It cost $16 then", "$16", "How much money is it?"),
        ("He ran 5 miles", "5 miles", "How many miles?"), ("It grew by 40% then", "40%", "What percentage is it?"),
        ("Multiply it by 7.", "7", "Which number comes after “Multiply it by”?"), ("7.", "7", "Which number is it?"),
        ("He has 16 big red buses", "16", "How many buses?"), ("She has 20 sheep.", "20", "How many sheep?"),
        ("It has 4 times as many", "4", "How many times?"), ("Ann has twice that", "twice", "How many times as much?"),
        ("He took half", "half", "What share is it?"), ("wars in the 19th century", "19th century", "Which century?"),
        ("on the 3rd floor of it", "3rd", "Which floor?"), ("She came 2nd.", "2nd", "Which one?"),
        ("made in the year 1721", "1721", "In which year?"), ("a 30 day month", "30 day month", "How many days?"), ("an area of 1800 square feet", "1800 square feet", "How many square feet?"), ("Set it to 22 degrees Celsius", "22 degrees Celsius", "How many degrees?"), ("It is late. Ann ate 9 more red pears", "9", "Which number comes after “Ann ate”?"), ("Ann ate 9 more pears than Bo", "9", "How many more pears?"), ("It has 10 feet", "10 feet", "How many feet?"), ("It took 1721 years", "1721 years", "How many years?"),
        ("It is one inch long", "one inch", "How many inches?"), ("It costs 32 Mauritius rupee", "32", "Which number comes after “It costs”?"),
        ("At 50 miles per hour, it is far", "50 miles", "How many miles per hour?"), ("Ann bought 34 and 22 pears", "34", "How many pears?"), ("It has 4 upper class soldiers", "4", "How many soldiers?"), ("It is 24 Celsius", "24 Celsius", "How many degrees Celsius?"), ("He gives 14 out to his friends", "14", "Which number comes after “He gives”?"),
    ],
)  # fmt: skip
def test_how_to_ask_for_a_number(raw: str, number: str, ask: str) -> None:
    start = raw.index(number)
    assert ask_number(protected(raw), start, start + len(number)) == ask


@pytest.mark.parametrize(
    ("marked", "ask"),
    [
        ("Find me films[ by Hitchcock>]", "By whom or what?"), ("What is the weather[ in Rome>]?", "In which city?"),
        ("When did [Lincoln>he] die?", "Who do you mean?"), ("Where is [Rome>that city]?", "Which one do you mean?"),
        ("Who married[ Lincoln>]?", "There seems to be a name missing after “Who married”. What is it?"), ("What is the largest city[ in the U.S>]?", "Where or in what?"), ("Films by Alfred[ Hitchcock>]", "What comes after “Alfred”?"),
        ("Who drinks more tea[ on average than Texans>]?", "There seems to be something missing after “drinks more tea”. What is it?"),
        ("It is late. My name is[ Emily>].", "What is your name?"), ("We rode[ with Ann>], and it was late?", "With whom or what?"),
        ("I paid $5[ in Rome> there]. What is the tax?", "Where do you mean?"), ("What is completely[ legal in Rome?>]", "Your message stops at “What is completely”. Could you send the rest?"),
    ],
)  # fmt: skip
def test_how_to_ask_for_a_name(marked: str, ask: str) -> None:
    role = "vague" if re.search(r">\w", marked) else "cut"
    assert [m["ask"] for m in judged(marked, QA, role).missing if m["kind"] == "name"] == [ask]


ROWS = [
    ("", "same"), ("any_of", "any_of"), ("unsure", "unsure"), ("clarify", "clarify"), ("abstain", "abstain"),
    ("any_of unsure", "unsure"), ("any_of clarify", "clarify"), ("unsure clarify", "clarify"),
    ("clarify abstain", "abstain"), ("same any_of", "any_of"), ("any_of unsure clarify abstain", "abstain"),
]  # fmt: skip


def found(what: Iterable[str]) -> Verdict:
    verdict = Verdict()
    for one in what:
        verdict.broken |= one == "abstain"
        verdict.doubt |= one == "unsure"
        if one == "clarify":
            verdict.missing.append({"text": "48"})
        if one == "any_of":
            verdict.readings = ("a", "b")
    return verdict


@pytest.mark.parametrize(("what", "outcome"), ROWS)
def test_the_most_severe_settles_it(what: str, outcome: str) -> None:
    assert found(what.split()).settle() == worst(what.split()) == outcome


@given(st.lists(st.sampled_from(EXPECTATIONS)), st.sampled_from(EXPECTATIONS), st.randoms())
def test_order_does_not_matter_and_more_is_never_milder(what: list[str], more: str, rng: Random) -> None:
    mixed = rng.sample(what, len(what))
    assert found(what).settle() == found(mixed).settle() == worst(what)
    assert SEVERITY.index(found([*what, more]).settle()) >= SEVERITY.index(worst(what))


PROBLEM = (
    "Ann, who is 99 years old, sold 48 red clips in April and half as many in May. She never sold 24 of them to Zoe. "
    "How many clips did Ann sell in both months?"
)
PIECES = [m.span() for m in re.finditer(r"\S+\s*", PROBLEM)]


def after(lost: Iterable[int], evidence: Evidence) -> Verdict:
    """Judge the problem without some of its words; words that stand together go with one edit."""
    log: list[Labelled] = []
    for i in sorted(lost):
        start, end = PIECES[i]
        if log and log[-1][1] == start:
            start = log.pop()[0]
        log.append((start, end, "", "cut.x"))
    return expect([Change("q", protected(PROBLEM), log)], lambda label: "cut", lexis(), evidence)


WORDS = st.sets(st.integers(0, len(PIECES) - 1), max_size=len(PIECES) - 2)


@settings(max_examples=150)
@given(WORDS, st.integers(0, len(PIECES) - 1))
def test_a_further_loss_never_makes_a_text_safe(lost: set[int], more: int) -> None:
    before, then = after(lost, MATH), after(lost | {more}, MATH)
    assert then.settle() != "same" or before.settle() == "same"
    numbers = [m["text"] for m in before.missing if m["kind"] == "number"]
    assert numbers == [] or then.settle() == "clarify"


@settings(max_examples=60)
@given(WORDS, st.randoms())
def test_steps_in_any_order_end_in_one_verdict(lost: set[int], rng: Random) -> None:
    shuffled = rng.sample(sorted(lost), len(lost))
    log, text = list[Labelled](), protected(PROBLEM)
    for i in shuffled:  # each word by a step of its own, on the text that the steps before left
        start, end = PIECES[i]
        shift = sum(PIECES[j][1] - PIECES[j][0] for j in shuffled[: shuffled.index(i)] if j < i)
        log = compose(PROBLEM, log, [(start - shift, end - shift, "", "cut.x")])
    verdict = expect([Change("q", text, log)], lambda label: "cut", lexis(), MATH)
    assert said(verdict) == said(after(lost, MATH))


@pytest.mark.parametrize(
    ("label", "evidence", "outcome"),
    [
        ("premise.x", QA, "abstain"), ("premise.x+typo.omit", QA, "abstain"), ("premise.x+cut.x", QA, "unsure"),
        ("premise.x", CHOICE, "unsure"),
    ],
)  # fmt: skip
def test_a_premise_put_in_is_void_once_another_loss_meets_it(label: str, evidence: Evidence, outcome: str) -> None:
    roles = {"premise.x": "premise", "cut.x": "cut"}
    change = Change("q", protected("Why does the organ secrete insulin?"), [(13, 18, "stomach", label)])
    assert expect([change], lambda s: roles.get(s, ""), lexis(), evidence).settle() == outcome


def test_what_a_verdict_rests_on_must_still_be_there() -> None:
    assert said(judged("When did Lincoln say that [Lincoln>he] was tired?", QA, "reference")) == "same"
    assert judged("When did [Lincoln>Lincon] say that [Lincoln>he] was tired?", QA, "reference").settle() != "same"


@pytest.mark.parametrize(
    ("marked", "role", "reply"),
    [
        ("She sold [48>some] clips. How many is that?", "vague", "48 clips."),
        ("She got [$48>some money] for it. How much is that?", "vague", "$48."),
        ("When did [Lincoln's>his] wife die?", "vague", "Lincoln."),
        ("Where can I top up [my card>it]?", "reference", "My card."),
        ("My card was stolen.[ What can I do now?>]", "cut", "What can I do now?"),
        ("How can I get to the[ station?>]", "cut", "station?"),
        ("How can I get to the st[ation?>]", "cut", "station?"),
    ],
)
def test_the_reply_gives_what_went(marked: str, role: str, reply: str) -> None:
    evidence = MATH if "sold" in marked or "got" in marked else QA
    assert [m["reply"] for m in judged(marked, evidence, role).missing] == [reply]


def test_the_gravest_settles_it() -> None:
    assert Verdict([{"text": "48"}], True).settle() == "clarify"
    assert Verdict([], True).settle() == "unsure" and Verdict().settle() == "same"
    assert isinstance(protected("x"), Text)


@pytest.mark.parametrize(
    ("marked", "ask", "answer"),
    [
        ("[He gives 48 out to his friends. >]He eats 24. How many stay?", "There seems to be a number missing. Which one is it?",
         "He gives 48 out to his friends."),
        ("They share them equally with[ their 48 other friends, how many is it?>]", "Your message stops at “them equally with”. Could you send the rest?",
         "their 48 other friends, how many is it?"),
        ("He gives [48>some] out to his friends. How many stay?", "Which number comes after “He gives”?", "48."),
        # what ends with a sentence does not stop
        ("[Jo grows figs on a 48-acre farm. >]She plants 24 trees an acre. How many is it?", "How many acres?", "48 acres."),
        ("How many stay of 24?[ He gave 48 in all to Bo and to Cy.>]", "There seems to be something missing after “stay of 24?”. What is it?",
         "He gave 48 in all to Bo and to Cy."),
        ("He eats 24. The rest is shared[ among the 48 guests>].", "There seems to be something missing after “rest is shared”. What is it?",
         "Among the 48 guests."),
        ("It falls from [48 m>some height]. How fast is it?", "How many meters?", "48 m."),
    ],
)  # fmt: skip
def test_nobody_asks_by_words_that_are_gone(marked: str, ask: str, answer: str) -> None:
    missing = [m for m in judged(marked, MATH).missing if m["kind"] == "number"]
    assert [(m["ask"], m["reply"]) for m in missing] == [(ask, answer)]
