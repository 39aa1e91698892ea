"""What a text lost at its end: is it asked for, or would most guess it? And is it asked for once, in words that fit?"""

from __future__ import annotations

import pytest
from test_expect import judged

from perturb.core.verdict import Evidence
from perturb.items.evidence import evidence_of
from perturb.items.offers import offered
from perturb.items.profile_files import load_profile
from perturb.prepare import lexis

QA, CHAT, INTENT = Evidence("qa"), Evidence("chat"), Evidence("intent")
CALL = Evidence("chat", all_slots=True)
MATH = Evidence("math", frozenset({48.0, 2.0}))
CODE = Evidence("code")
ALL_MATH = Evidence("math", all_slots=True)


@pytest.mark.parametrize(
    ("marked", "evidence"),
    [
        # the rest of a term, of a name, of a word
        ("What did the old articles of[ confederation say?>]", QA),
        ("What are Newton's laws of[ motion?>]", QA),
        ("Who sets the minimum[ wage>]", QA),
        ("who leads the European[ Commission>]", QA),
        ("How high is Yellowstone[ National Park?>]", CALL),
        ("When was the Sky[+ Box?>]", QA),
        ("how many teeth do h[umans have>]", QA),
        ("in which gospel is the parable of the sower in the b[ible>]", QA),
        ("where does the constitution speak of the execu[tive branch>]", QA),
        ("which theory did two colleagues of Alan[ Turing attack?>]", QA),
        ("Tell me the height of Empire[ State building in feet?>]", CALL),
        ("Show the history of stars of both projects with their lines aligned, so that I can more c[learly observe the rate of change.>]", CALL),
        ("Hey bunny, how are[ you doing>]", CALL),
        ("Find all the major goals of the footballer Kylian[ Mbappe>]", CALL),
        ("[In the U.S., >]what happens to a driver who speeds?", QA),
        ("How does one become a judge[ in the U.S.?>]", QA),
        ("What time is it now in Sydney[, Australia?>]", CALL),
        ("Calculate the probability of drawing a ki[ng from a deck of cards.>]", CALL),
        ("[greta >]garbo and who else played in that film", QA),
        ("Show me the size of the painting 'Haystacks'[ by Monet>]", CALL),
        # next to nothing, or nothing that the request hangs on
        ("are sweet potatoes and yams the[ same>]", QA),
        ("which planet is closest to[ the Sun?>]", QA),
        ("How much did the new bridge[ cost?>]", QA),
        ("Which large city has just one vowel in its[ name?>]", QA),
        ("Which chemist described the structure of this alkaloid in[ 1925?>]", QA),
        ("Describe three sights of Lisbon and name one restaurant near each. Add a map and keep the[ whole thing short.>]", CHAT),
        ("who wrote an apple and an[ orange>]", QA),
        ("Which option of tar updates the files that have changed, without[ packing them all again?>]", CHAT),
        # told by what stands there
        ("[Four points, >]$A$, $B$, $C$ and $D$, are marked on a line. How far is $A$ from $D$?", ALL_MATH),
        ("What is the slope[ between two points>] at (1, -2) and (3, 4)?", CALL),
        ("The two of them share 48 pens. How much did she[ pay?>]", MATH),
        ("I need to file a new report on whales. Can you[ set this up for me?>]", CALL),
        ("Test it[ with scores of sample 1>]: 22, 33, 42", CALL),
        ("He buys 48 ties. How much did he[ spend on the ties?>]", MATH),
        ("Get the details[ from this URL>]: www.here.org", CALL),
        ("What are the odds of a king[ from a deck of 52 cards>]?", CALL),
        # the word that such a question ends on; a few letters left of a word, with nothing or a span of time behind it
        ("where can the crown jewels be f[ound today>]", QA),
        ('What does "WHSV" st[and for?>]', QA),
        ("what do the bumps on your na[ils mean>]", QA),
        ("when is the running of the sheep h[eld in wales>]", QA),
        ("How do I prepare for my bar exa[ms in two months?>]", CHAT),
        ("Explain how to encrypt my p[hotos for safety.>]", CHAT),
        ("Help me write a weekly meal pl[an to lose some weight.>]", CHAT),
        ("Show the owner and the date of each folder and f[older inside the archive.>]", CHAT),
        ("How do you set a second gateway for a virtual netwo[rk interface on Debian?>]", CHAT),
        # of a program: a list, numbers, what is given, by what means
        ("Write a function to find the sum of the odd numbers of a g[iven list of numbers using lambda function.>]", CODE),
        ("Write a function to double the elements in a[ list using lambda function.>]", CODE),
        ("Write a function to find the union of[ two arrays using lambda function.>]", CODE),
        ("Write a function to check whether the upper and[ lower parts of a given string are equal.>]", CODE),
        # a date or a span behind a whole request, a clause about a thing that was named, a sentence after one that asks
        ("an open-source clone of photoshop created in the[ late 1990s>]", QA),
        ("Who ruled the southern islands for[ 120 years?>]", QA),
        ("Recommend the best cameras available in[ 2021.>]", CHAT),
        ("Draw up a detailed plan for a new garden with hedges and trees over the[ next 3 years.>]", CHAT),
        ("host of the late show who was[ once a reporter for the daily news>]", QA),
        ("who backed the rebels of the north during[ the civil war>]", QA),
        ("Rewrite the whole poem entirely in Welsh, no other language is al[lowed, in the style of a bard.>]", CHAT),
        ("write a short dialog about a trip by train. the topic is 'how to find a seat on a busy day'. try to[ use many tenses>]", CHAT),
        ("A kingdom of the north, known for its fjords, ruled by a king, speaks a language of its own. It's called the[ Kingdom of what?>]", QA),
        # a rare word says much; titles; what is no name behind "an"; one of two names
        ("who voices gromlik in b is[ for bear>]", QA),
        ("who wrote the poem for whom the[ bell tolls>]", QA),
        ("who sings the river won't r[un anymore>]", QA),
        ("What are some films banned[ in Austria>] for being cruel?", QA),
        ("[What is due >]when a guest pays late?", QA),
        ("who carved the pieta and also painted the[ ceiling of a chapel>]", QA),
        ("What happens if you type your code backwards into[ an ATM?>]", QA),
        ("On what date was the Declaration of[ Independence officially signed?>]", QA),
        ("What did Paul Revere shout during his midnight[ ride to warn the towns?>]", QA),
        ("What did Paul Revere shout during his midnight ride to warn[ the American towns?>]", QA),
        ("[Oslo >]and Bergen are examples of what kind of town?", QA),
        ("Which machine does not belong to NP[ or PSPACE?>]", QA),
        ("What is the brightest star in the[ night sky?>]", QA),
        ("What do all twins have[ in common?>]", QA),
        ("How many ribs do[ humans have?>]", QA),
        ("How can you get spies to identify themselves in[ the U.S.?>]", QA),
        ("How has the rate of smoking changed over ti[me among Americans?>]", QA),
        ("Teach me how to read sheet m[usic for the piano.>]", CHAT),
        ("What are the richest countries in South America by[ GDP per capita?>]", QA),
        ("where does a roadrunner live in[ the desert>]", QA),
        ("Write a function to count the frequency of elements in the[ mixed nested tuple.>]", CODE),
        ("I have one function that calls another one, which writes to an object but never returns it. How to mock the writer when[ unit testing the caller.>]", CHAT),
        ("How can i run a gui application on linux when i do not have a sc[reen. I need to test it but it would not start>]", CHAT),
        ("[How>how] do you like sailing?[ Can you teach me?>]", CHAT),
    ],
)  # fmt: skip
def test_what_most_would_guess_is_in_doubt(marked: str, evidence: Evidence) -> None:
    assert judged(marked, evidence).settle() == "unsure"


@pytest.mark.parametrize(
    ("marked", "evidence"),
    [
        ("get to the[ station>]", CHAT),
        ("how do I get my[ card>]", CHAT),
        ("what is the capital of[ France>]", QA),
        ("who won the world cup in[ 1998>]", QA),
        ("when did John[ Lennon die>]", CALL),
        ("list hotels in New[ York>]", CALL),
        ("How long does it take from San Francisco and[ Sydney>]", CALL),
        ("Convert 25 pounds to[ kilograms>]", CALL),
        ("John ran 5 miles. How much do both[ cars cost?>]", MATH),
        ("Write a recipe for[ a vegan cake without nuts>]", CHAT),
        ("create a bas[ic logo with a free tool>]", CHAT),
        ("Find a recipe for c[ake to eat>]", CHAT),
        ("Write a python function to check whether the given number can be represe[nted as a sum of cubes.>]", CODE),
        ("Write a function to remove the[ duplicates from the given tuple.>]", CODE),
        ("How is the weather in Oslo as compared to[ Rome?>]", QA),
        ("who sang the song i[ wanna be there>]", QA),
        ("What is the distance between Oslo and[ Bergen?>]", CALL),
    ],
)
def test_what_is_truly_gone_is_asked_for(marked: str, evidence: Evidence) -> None:
    assert judged(marked, evidence).settle() == "clarify"


@pytest.mark.parametrize(
    ("marked", "evidence", "text", "ask"),
    [
        ("Cancel the order [d290f1ee-6c54-4b01-90e6 >]for me and tell them.", CALL, "d290f1ee-6c54-4b01-90e6", "after “Cancel the order”"),
        ("Send it to [123 Main St, Springfield, IL 62704 >]for me.", CALL, "123 Main St, Springfield, IL 62704", "after “Send it to”"),
        ("Find a hotel[ in Manhattan, New York>] for my boss", CALL, "Manhattan, New York", "Where or in what?"),
        ("Find a hotel[ in Manhattan, New York, for 2 people.>]", CALL, "in Manhattan, New York, for 2 people.", "stops at “Find a hotel”"),
        ("What is[ 15% of 80 and 20% of 50>]?", CALL, "15% of 80 and 20% of 50", "missing after “What is”"),
        ("Ann has 48 pens. How many[ boxes do 2 of her friends need?>]", MATH, "How many boxes do 2 of her friends need?", "stops at “pens. How many”"),
        ("Ann has 48 pens.[ How many boxes do 2 of them need?>]", MATH, "How many boxes do 2 of them need?", "What would you like to know?"),
        ("A shop buys 48 pens on a[ Monday, and 2 more come. How many are there?>]", MATH, "Monday, and 2 more come. How many are there?", "stops at “pens on a”"),
        ("Train a forest[ with a depth of 5>], and 100 trees.", CALL, "5", "after “Train a forest”"),
        ("Tell me the weather in Oslo on April[ 22nd 2023?>]", CALL, "on April 22nd", "When?"),
    ],
)  # fmt: skip
def test_what_one_edit_took_is_asked_for_once(marked: str, evidence: Evidence, text: str, ask: str) -> None:
    (found,) = judged(marked, evidence).missing
    assert found["text"] == text and ask in found["ask"]
    assert text.strip(" .").lower() in found["reply"].lower()


VOLUME = {
    "name": "set_volume",
    "description": "Sets how loud it plays.",
    "parameters": {"properties": {"level": {"type": "integer"}, "fade_seconds": {"type": "integer"}}, "required": ["level"]},
}  # fmt: skip


def test_a_function_tells_what_is_meant_and_what_it_can_do_without() -> None:
    offer = offered({"function": [VOLUME]})
    assert offer.wants == {"number"} and "fad" in offer.spares and "volume" in offer.words.split()
    item = {"id": "a", "question": [[{"role": "user", "content": "Set the volume to 70 with a fade of 3."}]], "function": [VOLUME]}  # fmt: skip
    evidence = evidence_of(item, load_profile("bfcl"))
    assert judged("Set the volume to 70[ with a fade of 3>].", evidence).settle() == "unsure"
    assert judged("Set the[ volume>]", evidence).settle() == "unsure"
    assert judged("Set the volume to[ 70>]", evidence).settle() == "clarify"
    assert offered({"function": "no list"}) == offered({}) == offered({"tools": [3]})


def test_no_time_is_asked_for_where_no_function_needs_one() -> None:
    museum = {"name": "hours", "parameters": {"properties": {"museum": {"type": "string"}, "day": {"type": "string"}}, "required": ["museum"]}}  # fmt: skip
    free, bound = offered({"function": [museum]}), offered({"function": [{**museum, "parameters": {**museum["parameters"], "required": ["day"]}}]})  # type: ignore[dict-item]  # fmt: skip
    for offer, outcome in ((free, "unsure"), (bound, "clarify")):
        evidence = Evidence("chat", all_slots=True, tools=offer.words, wants=offer.wants, spares=offer.spares)
        assert judged("When is the Met open[ on Saturday>]?", evidence).settle() == outcome


def test_a_question_that_asks_for_what_was_wished_for_is_no_loss() -> None:
    assert judged("I would like to know the forecast for Bergen.[ Could you tell me?>]", CALL).settle() == "same"


def test_another_message_of_the_item_tells() -> None:
    item = {
        "question_id": 1,
        "category": "writing",
        "turns": ["Write three facts as YAML records.", "Add two more in the YAML format."],
    }
    evidence = evidence_of(item, load_profile("mt_bench"))
    assert evidence.passage and "YAML" in evidence.beside
    assert judged("Add two more in the[ YAML format.>]", evidence).settle() == "unsure"


def test_a_verb_without_its_particle_may_be_another() -> None:
    assert judged("when did the first frozen castle come[ out>]", QA).settle() == "unsure"
    assert judged("when did the first frozen castle come out[ please>]", QA).settle() == "same"


def test_how_terms_go_on_is_a_table() -> None:
    ends = lexis().ends()
    assert ends["minimum"] == "wage" and "confederation" in ends["articles of"].split()
    assert all(1 <= len(nexts.split()) <= 8 for nexts in ends.values())


def test_the_title_beside_a_question_tells() -> None:
    item = {"question": "is there a fifth season of grey harbour", "answer": True, "title": "Grey Harbour (TV series)", "passage": "It was cancelled in May."}  # fmt: skip
    evidence = evidence_of(item, load_profile("boolq"))
    assert "Grey Harbour" in evidence.beside
    assert judged("is there a fifth season of[ grey harbour>]", evidence).settle() == "unsure"
    ball = {**item, "title": "Kick-off (football)"}
    assert (
        judged("can you score direct from a[ kickoff>]", evidence_of(ball, load_profile("boolq"))).settle() == "unsure"
    )


@pytest.mark.parametrize(
    ("gold", "outcome"),
    [("You can protect yourself by asking whoever holds the rights", "unsure"), ("In the U.K. you can ask a lawyer", "clarify"), ("a lawyer", "clarify")],
)  # fmt: skip
def test_a_lost_place_is_asked_for_where_the_answer_names_it(gold: str, outcome: str) -> None:
    item = {"question": "In the U.K., how can you protect yourself?", "best_answer": gold, "correct_answers": [], "incorrect_answers": []}  # fmt: skip
    evidence = evidence_of(item, load_profile("truthfulqa"))
    assert judged("[In the U.K., >]how can you protect yourself against claims?", evidence).settle() == outcome


@pytest.mark.parametrize(
    ("marked", "outcome"),
    [
        ("[Can people>peopl] turn into pillars of sand[?>]", "unsure"),
        ("[Do >]most dogs bark at night[?>]", "unsure"),
        ("[Are >]all stars stars[?>]", "unsure"),
        ("[Can >]people turn into pillars of sand?", "same"),
        ("[Does >]the sun shine at night[?>]", "same"),
    ],
)
def test_a_question_turned_into_a_statement_is_in_doubt(marked: str, outcome: str) -> None:
    assert judged(marked, QA).settle() == outcome


def test_whoever_sends_a_topic_alone_wants_to_read_about_it() -> None:
    for lead, outcome in (
        ("Find information about the ", "unsure"),
        ("Tell me about the ", "unsure"),
        ("Rank the ", "clarify"),
    ):
        assert judged(f"[{lead}>]latest phishing scams[.>]", CHAT, "topic").settle() == outcome


def test_short_everyday_words_are_a_table() -> None:
    common = lexis().common()
    assert {"water", "king"} <= common and "adidas" not in common
