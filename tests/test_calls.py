"""What went of a request to functions: asked for where one of them cannot do without it, by the argument's name; else in doubt."""

from __future__ import annotations

from typing import Any

import pytest
from test_expect import judged

from perturb.core.params import Param
from perturb.core.verdict import Evidence
from perturb.items.evidence import evidence_of
from perturb.items.profile_files import load_profile


def calls(name: str, says: str = "", **params: Any) -> Evidence:
    """Make the evidence of an item with one function; a parameter is its type, with "?" where it can be left out, or all of it."""
    every, must = {}, []
    for key, about in params.items():
        kind, _, told = about.partition(":") if isinstance(about, str) else ("", "", "")
        every[key] = {"type": kind.rstrip("?"), "description": told} if isinstance(about, str) else about
        must += [key] if not kind.endswith("?") and not (isinstance(about, dict) and "default" in about) else []
    function = {"name": name, "description": says, "parameters": {"properties": every, "required": must}}
    return evidence_of({"id": "a", "question": [[{"role": "user", "content": "x"}]], "function": [function]}, load_profile("bfcl"))  # fmt: skip


SONG = calls("play_tunebox_song", "Plays a song on Tunebox.", query="string:What to look for", volume="integer?")
STATS = calls("player_stats", player_name="string", tournament="string", season="string:Season as YYYY-YYYY", parts="array?")  # fmt: skip
FORECAST = calls("forecast", latitude="float", longitude="float", units={"type": "string", "default": "metric"})
BEER = calls("find_beer", brewery="string:The brewery", taste="string", style="string", strength="float?")
DROP = calls("final_speed", height="integer:The height it falls from.", gravity="float?:Default is 9.8.")
PRICE = calls("price", model="string", finish="string:The finish of it.")
BOOK = calls("book", hotel_name="string", location="string:The city.", start_date="string", nights="integer")
TAX = calls("tax", amount="float:The amount in dollars", state="string", city={"type": "string", "default": "none"})
EVENT = calls("move_event", event_id="string", new_datetime="string:The new date and time.")
FILES = calls("fetch", "Gets rows.", database_name="string", table_name="string", limit="integer?")
FLIGHT = calls("flight_status", flight_id="string", passenger_name="string", ticket_number="string")
CASES = calls("top_cases", field="string:The field of law.", number="integer", country="string?:Optional, default is France.")  # fmt: skip
USER = calls("update_user", user_id="integer:Who it is.", profile="dict")
WEATHER = calls("weather", city="string:The city.", lat="float", lon="float")
FEE = calls("exchange", base="string", target="string", fee="float:The fee. Default is 0.")
DECK = calls("chance", outcomes="integer:How many can be drawn.", wanted="integer")
YEARS = calls("wars", country="string", start_year="integer", end_year="integer")
DISTANCE = calls("drive", start_location="string", end_location="string")
CHARGE = calls("field", charge="float:The charge.", distance="integer:The distance.")
ROWS = calls("get_rows", url="string:Where to send it.", fabric="string?")
SORT = calls("sort_numbers", "Sorts numbers.", numbers="array")


@pytest.mark.parametrize(
    ("marked", "evidence"),
    [
        ("I want to listen to 'Lake' by Ada Stone[ on Tunebox>].", SONG),  # the function says it
        ("Find the best of the lake songs from[ Tunebox store.>]", SONG),
        ("Which acts are there[ of 2013>]?", calls("acts", year="integer:The year. If not provided, the latest.")),
        ("Give the hourly forecast[ for the next 10 days>] at 37.8651 N, 119.5383 W?", FORECAST),  # no argument
        ("A dark and bitter stout from Creek brewery please. All[ other wishes are the usual ones.>]", BEER),
        ("Get the top 10 cases in family law[ in China.>]", CASES),  # it can be left out
        ("How warm is it[ in Chennai>]? The latitude is 13.0827 and the longitude 80.2707.", WEATHER),
        ("Get the rate from pounds to yen[ with the fee 0.02 included>].", FEE),  # a default is told in words
        ("What is the chance of 1 king in a pack of[ 52 cards?>]", DECK),
        ("How do I ask for the rows[ on Lagoon Nexus Dashboard>]?", ROWS),  # no link
        ("I have the numbers [3, 1, 2>3, 1, 2].[ Could you sort them for me?>]", SORT),  # the function tells
    ],
)  # fmt: skip
def test_what_no_function_needs_is_in_doubt(marked: str, evidence: Evidence) -> None:
    assert judged(marked, evidence).settle() == "unsure"


@pytest.mark.parametrize(
    ("marked", "evidence", "ask"),
    [
        ("Show the goals of Ronda[ in the Lagoon Cup 2020-2021 season>]", STATS, "What are the tournament and the season?"),
        ("An object is dropped[ from 100 m>] without drag. How fast is it?", DROP, "How many meters?"),
        ("What does a Lute II cost[ in Rosewood Finish>]?", PRICE, "Which finish?"),
        ("Book a room for two nights[ at the Plume Hotel>] in Oslo from 10th May 2022.", BOOK, "What is the hotel name?"),  # fmt: skip
        ("Book 2 nights at the Plume Hotel[ in Oslo>] from 10th May 2022.", BOOK, "Which location?"),
        ("I bought it for $250[ in New York>]. How much tax is it?", TAX, "Which state?"),
        ("[I bought it for $250 in New York. >]How much tax is it?", TAX, "What are the amount and the state?"),
        ("Move event E12 to next Thursday at 4:30 PM?[ Today is Monday 2022-10-20>]", EVENT, "What is today's date?"),
        ("Fetch all rows of 'pupils' that study Art[ from the PupilDB>].", FILES, "What is the database name?"),
        ("[Hi, I am Karl. >]What is the status of flight 6E123? My ticket number is IN4567.", FLIGHT, "What is your name?"),  # fmt: skip
        ("Set my new age, 30. My user ID[ is 12345.>]", USER, "What is the user id?"),
        ("List wars in German history from 1871[ to 1945.>]", YEARS, "Which end year?"),
        ("How far is it from Rome[ to Oslo>] by car?", DISTANCE, "Which end location?"),
        ("How strong is it 4 meters away[ from a charge of 0.01 Coulombs>].", CHARGE, "What is the charge?"),
        ("Get the news[ on Bitfish>] in Peru.", calls("news", topic="string", region="string?"), "Which topic?"),
        ("Guess the price of a house with 3 rooms and an area[ of 1800 square feet>].", calls("guess", area="integer", rooms="integer"), "How many square feet?"),
        ("Move 'Standup' to May 3rd at 8pm[ London time.>]", calls("move", id="string", date="string", timezone="string:The time zone."), "Which timezone?"),
        ("How high does it fly from[ a 150 meter hill, starting at zero?>]", DROP, "Your message stops at “it fly from”. Could you send the rest?"),
        ("Book 2 nights at the Plume[ Hotel in Oslo, from 10th May 2022.>...]", BOOK, "Your message stops at “at the Plume...”. Could you send the rest?"),
        ("Find a stout from[ Creek brewery.>]", BEER, "Your message stops at “a stout from”. Could you send the rest?"),
    ],
)  # fmt: skip
def test_what_a_function_needs_is_asked_for_by_its_name(marked: str, evidence: Evidence, ask: str) -> None:
    verdict = judged(marked, evidence)
    assert verdict.settle() == "clarify"
    assert [m["ask"] for m in verdict.missing] == [ask]


@pytest.mark.parametrize(
    ("param", "ask"),
    [
        (Param("num matches", "", frozenset(), numeric=True), "How many matches?"),
        (Param("years", "", frozenset(), numeric=True), "How many years?"),
        (Param("restaurants", "", frozenset()), "Which restaurants?"),
        (Param("release year", "", frozenset(), numeric=True), "Which release year?"),
        (Param("loc", "the pickup place of the ride", frozenset()), "Which pickup place?"),
        (Param("radius", "", frozenset(), numeric=True), "What is the radius?"),
        (Param("time", "", frozenset(), numeric=True), "How long?"),
        (Param("x", "the x-coordinate value.", frozenset(), numeric=True), ""),
        (Param("params", "the parameters of it", frozenset()), ""),
    ],
)
def test_how_an_argument_is_asked_for(param: Param, ask: str) -> None:
    assert param.ask() == ask


def test_a_date_of_which_a_part_is_there_is_missing_from_there_on() -> None:

    days = {name: {"type": "string", "description": f"The {name}."} for name in ("start_date", "end_date")}
    tool = {
        "name": "hotel.book",
        "description": "Book a room.",
        "parameters": {"type": "dict", "properties": days, "required": [*days]},
    }
    item = {"question": [[{"role": "user", "content": "x"}]], "function": [tool], "ground_truth": []}
    evidence = evidence_of(item, load_profile("bfcl"))
    for cut in ("July 10[, 2022 to July 20, 2022.>]", "July[ 10, 2022 to July 20, 2022.>]"):
        for m in judged(f"Book a room from {cut}", evidence).missing:
            assert m["text"].strip(" ,.") in cut and m["text"].strip(" ,.") in m["reply"], m


def test_of_a_message_that_stops_all_that_went_is_missing() -> None:
    place = {
        "city": {"type": "string", "description": "The city."},
        "date": {"type": "string", "description": "The day."},
    }
    tool = {
        "name": "weather.get",
        "description": "Get the weather.",
        "parameters": {"type": "dict", "properties": place, "required": ["city"]},
    }
    item = {"question": [[{"role": "user", "content": "x"}]], "function": [tool], "ground_truth": []}
    evidence = evidence_of(item, load_profile("bfcl"))
    (missing,) = judged("What will the weather be like[ in Oslo, on April 2nd 2023?>...]", evidence).missing
    assert missing["text"] == "in Oslo, on April 2nd 2023" and "stops at" in missing["ask"]
