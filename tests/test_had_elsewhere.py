"""A lost number that the text gives in another place, or that could be any other, is not asked for; one that is needed is."""

from __future__ import annotations

import pytest
from test_expect import judged

from perturb import Perturber
from perturb.core.verdict import Evidence
from perturb.items.derivation import Step, cancelling, counts, given, steps_of, worth
from perturb.items.evidence import evidence_of
from perturb.items.profile_files import load_profile


def solved(marked: str, solution: str) -> Evidence:
    question = "".join(part.partition(">")[0] for part in marked.replace("]", "[").split("["))
    return evidence_of({"question": question, "answer": solution}, load_profile("gsm8k"))


ROOM = "The hall has [3>a few] doors A, B, and C. Of 70 guests 3/5 leave by A. How many do not?"
BIDS = "[3>Several] other men bid once each and raise it by $5. Ann bids after each of the 3 other men. By how much did it rise?"
SOLD = "Cy had [2>some] pens. His 6 cousins have half as many as his 10 friends, who have 30 pens. How many have the cousins?"
PLANTS = (
    "There are [40>some] plants in a garden. One-fourth of them are herbs. What percent of the plants are no herbs?"
)
AGES = "Bea is [30>some] years old. Al is 4 years older than Bea and Di is 9 years older than Bea. How much older is Di than Al?"


@pytest.mark.parametrize(
    ("marked", "solution", "expect"),
    [
        (ROOM, "By A leave 3/5*70=<<3/5*70=42>>42. So 70-42=<<70-42=28>>28 do not.\n#### 28", "unsure"),
        (ROOM.replace("3/5", "2/5"), "2/5*70=<<2/5*70=28>>28, by 3 doors 28*3=<<28*3=84>>84.\n#### 84", "unsure"),
        ("He has [3>some] bags of 70 nuts and eats 3/5 of a bag. How many are left?",
         "3*70=<<3*70=210>>210. 3/5*70=<<3/5*70=42>>42. 210-42=<<210-42=168>>168\n#### 168", "clarify"),
        ("[Two>A few] years ago Cy had 30 pens. Bo has twice as many. How many has Bo?", "2*30=<<2*30=60>>60\n#### 60", "unsure"),
        ("Cy bought [2>some] bags of 30 nuts. Bo has twice as many. How many has Bo?",
         "2*30=<<2*30=60>>60 2*60=<<2*60=120>>120\n#### 120", "clarify"),
        ("Cy bought [2>some] bags of 30 nuts. Bo has half of them. How many has Bo?",
         "In the 2 bags are 30*2=<<30*2=60>>60, half are 60/2=<<60/2=30>>30\n#### 30", "clarify"),
        (SOLD, "Half of 30 is 30/2=<<30/2=15>>15\n#### 15", "unsure"),
        (BIDS, "They bid 3*5=<<3*5=15>>15. Ann bids 3*5=<<3*5=15>>15. That is 15+15=<<15+15=30>>30\n#### 30", "unsure"),
        ("A [600-watt>strong] heater runs 4 hours. Each hour it uses 600 watts. How many in all?", "600*4=<<600*4=2400>>2400\n#### 2400", "unsure"),
        ("Ed loads 2 crates with [5>some] jugs each. Then 4 crates come, and all the crates hold 5 jugs. How many jugs?",
         "2*5=<<2*5=10>>10 4*5=<<4*5=20>>20 10+20=<<10+20=30>>30\n#### 30", "unsure"),
        ("Ed has [5>some] jugs and Flo has 5 jugs of 4 cups. How many cups?", "5*4=<<5*4=20>>20 5*4=<<5*4=20>>20 20+20=<<20+20=40>>40\n#### 40", "clarify"),
        (PLANTS, "40*1/4=<<40*1/4=10>>10. 40-10=<<40-10=30>>30. Thus 30/40 x 100% = 75%.\n#### 75", "unsure"),
        (AGES, "30+4=<<30+4=34>>34 30+9=<<30+9=39>>39 39-34=<<39-34=5>>5\n#### 5", "unsure"),
        (AGES.replace("Di than", "Di, with twice 30, than"), "30+4=<<30+4=34>>34 60-34=<<60-34=26>>26\n#### 26", "unsure"),
        ("[Two>A few] runners race. The winner has 3/4 of 80 votes. How many has the loser?", "3/4*80=<<3/4*80=60>>60 80-60=<<80-60=20>>20\n#### 20", "unsure"),
        ("Ida gets $5 more if she teaches more than 3 classes. She teaches [6>some] classes for $40. What does she get?", "40+5=<<40+5=45>>45\n#### 45", "unsure"),
        ("There are 7 fish: 3 were red, and [4>some] were white. He buys 2 white ones. How many are white?", "4+2=<<4+2=6>>6\n#### 6", "unsure"),
        ("A gull flies [40>many] miles a day. How many days does it need for half of 800 miles?",
         "Half are 800/2=<<800/2=400>>400. It needs 400/40=10 days.\n#### 10", "clarify"),
    ],
)  # fmt: skip
def test_what_is_asked_for_is_needed_and_gone(marked: str, solution: str, expect: str) -> None:
    assert judged(marked, solved(marked, solution), "vague").settle() == expect


def test_a_premise_that_cancels_out_breaks_nothing() -> None:
    garden = PLANTS.replace("[40>some]", "100").replace("a garden", "Ann's garden")
    item = {
        "question": garden,
        "answer": "100*1/4=<<100*1/4=25>>25. 100-25=<<100-25=75>>75. Thus 75/100 x 100% = 75%.\n#### 75",
    }
    found = Perturber("contradict.amount", seed=1).one(item)
    assert found.changed and found.expect == "unsure"
    item["question"] = garden.replace("What percent of the plants", "How many of the plants")
    item["answer"] = "100*1/4=<<100*1/4=25>>25. 100-25=<<100-25=75>>75.\n#### 75"
    assert Perturber("contradict.amount", seed=1).one(item).expect == "abstain"


def test_a_coin_is_no_share() -> None:
    marked = "Jo plays[ with 1 quarter>] for 20 minutes. How much are 3 hours?"
    found = judged(marked, solved(marked, "60/20*3=<<60/20*3=9>>9 9*.25=<<9*.25=2.25>>2.25\n#### 2.25"))
    assert [(m["ask"], m["reply"]) for m in found.missing] == [("How many quarters?", "1 quarter.")]


def test_sums_without_brackets_are_steps_where_they_come_out() -> None:
    assert steps_of("He has 5 * 2 = <<5*2=10>>10. Then 10 - 4 = 6, and 2x + 3 = 9, 7 - 1 = 5.") == [
        Step((5.0, 2.0), 10.0, "5*2"),
        Step((10.0, 4.0), 6.0, "10 - 4", marked=False),
    ]
    assert given(steps_of("8 x 3 = 24. 24/6 = 4")) == {8.0, 3.0, 6.0}


@pytest.mark.parametrize(
    ("said", "value"),
    [("3/5*700", 420.0), ("$40 x 25%", 10.0), ("1,200 - 200", 1000.0), ("2x", None), ("4/0", None), ("007+1", 8.0), ("", None), ("2**9", None)],
)  # fmt: skip
def test_a_sum_is_worked_out(said: str, value: float | None) -> None:
    assert worth(said) == value


def test_what_cancels_is_said_once_and_goes_through_plain_steps() -> None:
    steps = steps_of("<<50-20=30>>, <<50-10=40>>, <<40-30=10>>")
    assert cancelling(steps, frozenset({50.0, 20.0, 10.0}), "Of 50 pens one has 20 fewer, one 10 fewer.") == {50.0}
    assert not cancelling(steps, frozenset({50.0}), "Of 50 pens and 50 pins")
    assert not cancelling(steps, frozenset({50.0}), "Of 50 pens … 30 …")  # whose 30 the last step takes nobody knows


def test_what_a_solution_counts() -> None:
    assert counts("So 3*2=<<3*2=6>>6 red boxes. In two years") >= {(6.0, "red"), (6.0, "box"), (2.0, "year")}


@pytest.mark.parametrize(
    ("marked", "evidence", "role", "expect", "asks"),
    [
        # "2 feet" is not in "12 feet"
        ("[A room is 2 feet long and 12 feet wide. >]How many tiles of 4 square feet cover it?", Evidence("math", frozenset({2.0, 12.0, 4.0})),
         "cut", "clarify", ["There seems to be something missing before “How many tiles”. What is it?"]),
        # a number that opens a sentence which went
        ("There are 90 in my school. [30 take music, and 7 take nothing. >]How many take art?", Evidence("math", None, True),
         "cut", "clarify", ["There seems to be something missing after “in my school.”. What is it?"]),
        ("Jo had 4 pens. He lost 16 and found [8>several] new ones. How many more did he lose?", Evidence("math", frozenset({16.0, 8.0})),
         "vague", "clarify", ["How many are meant by “16 and found several new ones”?"]),
        # half of what it was said of
        ("[A shop has half as many hats as scarfs. >]If it has 20 scarfs, how many has it of both?", Evidence("math", frozenset({2.0, 20.0})),
         "cut", "clarify", ["There seems to be something missing before “If it has”. What is it?"]),
        ("The second and third sides take 5 minutes. The last [2>few] take 3 each. How long are all?", Evidence("math", frozenset({2.0, 5.0, 3.0})),
         "vague", "unsure", []),
        ("In how many ways can 8 people sit if [3>some] of the people -- Al, Bo, and Cy -- sit together?", Evidence("math", None, True),
         "vague", "unsure", []),
        ("Is a point nearer to $O$ than to any of the [five >]corners?", Evidence("math", None, True), "vague", "unsure", []),
        ("A total of 24 books is on 3 shelves: [8>some] on the first, 10 on the second, and 6 on the third. What share has the second?",
         Evidence("math", None, True), "vague", "unsure", []),
        ("A number is drawn[ from 1>] through 90. Is it a multiple of 7?", Evidence("math", None, True), "cut", "unsure", []),
        ("The signs $+$, $-$ and $*$ stand for [three>some] digits. What is $+$?", Evidence("math", None, True), "vague", "unsure", []),
        ("The signs $+$ and $-$ stand for [seven>some] digits. What is $+$?", Evidence("math", None, True), "vague", "clarify",
         ["How many digits?"]),
    ],
)  # fmt: skip
def test_the_question_names_all_that_is_gone(
    marked: str, evidence: Evidence, role: str, expect: str, asks: list[str]
) -> None:
    found = judged(marked, evidence, role)
    assert (found.settle(), [m["ask"] for m in found.missing]) == (expect, asks)


def test_a_question_that_lost_what_it_asks_for_is_in_doubt() -> None:
    assert judged("Is a SWIFT transfer[ okay>]?", Evidence("intent")).settle() == "unsure"
    assert judged("My transfer is late[ please>]", Evidence("intent")).settle() == "same"


def test_nobody_asks_who_he_is_where_one_is_spoken_of() -> None:
    told = "Tom has 3 clients and talks to 5 more. He earns $92. "
    item = {"question": f"{told}What will Bob make?", "answer": "3+5=<<3+5=8>>8 92-8=<<92-8=84>>84\n#### 84"}
    found = [v for n in range(9) for v in Perturber("vague.entity", seed=n)([item]) if "will he" in v.text]
    assert found and {v.expect for v in found} == {"unsure"}
