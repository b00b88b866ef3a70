"""Days, hours and times of day as an employer says them on the telephone, and what only looks like them."""

from datetime import date

import pytest

from matching.reading import TaskReading, read_task, read_times
from matching.reading.text import MAX_CHARACTERS, Passage
from matching.reading.week import read_week, unread_times

WORK = "Feje gårdspladsen"


def told(words: str) -> TaskReading:
    return read_task(f"{WORK}, {words}", on=date(2026, 11, 23))


def slots(words: str) -> list[str]:
    return [str(slot) for slot in read_times(words).slots]


def asked(words: str) -> list[str]:
    return [piece.text for piece in read_times(words).unread]


def days(words: str) -> list[str]:
    return [str(day) for day in read_times(words).weekdays]


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("mandag fra halv ni til elleve", "8:30-11"),
        ("mandag fra halv 9 til 11", "8:30-11"),
        ("mandag halv ni til elleve", "8:30-11"),
        ("mandag halv-ni til halv-elleve", "8:30-10:30"),
        ("mandag fra halvni til elleve", "8:30-11"),
        ("mandag klokken halv ni til klokken elleve", "8:30-11"),
        ("mandag kl. halv ni til kl. elleve", "8:30-11"),
        ("mandag fra klokken halv ni til elleve", "8:30-11"),
        ("mandag mellem halv ni og elleve", "8:30-11"),
        ("mandag mellem kl. halv ni og kvart over ti", "8:30-10:15"),
        ("mandag fra kvart over otte til kvart i elleve", "8:15-10:45"),
        ("mandag fra et kvarter over otte til elleve", "8:15-11"),
        ("mandag fra kvarter i 9 til 11", "8:45-11"),
        ("mandag fra ti minutter over otte til elleve", "8:10-11"),
        ("mandag fra fem i halv ni til elleve", "8:25-11"),
        ("mandag fra fem over halv ni til elleve", "8:35-11"),
        ("mandag fra ti i ni til tolv", "8:50-12"),
        ("mandag fra tyve over otte til tolv", "8:20-12"),
        ("mandag fra 10 minutter i 9 til 12", "8:50-12"),
        ("mandag fra 8.30 til halv elleve", "8:30-10:30"),
        ("mandag fra otte til halv tolv", "8-11:30"),
        ("mandag fra ni frem til tolv", "9-12"),
        ("mandag fra ni indtil tolv", "9-12"),
        ("mandag fra ni til cirka tolv", "9-12"),
        ("mandag fra kl. 9 til ca. kl. 12", "9-12"),
        ("mandag fra ni til et", "9-13"),
        ("mandag fra ni til halv et", "9-12:30"),
        ("mandag fra ni til to", "9-14"),
        ("mandag fra halv ni til halv to", "8:30-13:30"),
        ("mandag fra tolv til tre", "12-15"),
        ("mandag fra et til fire", "13-16"),
        ("mandag fra to til syv", "14-19"),
        ("mandag fra kvart over et til halv tre", "13:15-14:30"),
        ("mandag kl. 9 i 2 timer", "9-11"),
        ("mandag klokken ni, to timer", "9-11"),
        ("mandag fra kl. 9 og to timer frem", "9-11"),
        ("mandag fra halv ni og så tre timer frem", "8:30-11:30"),
        ("mandag fra kl. halv ni i halvanden time", "8:30-10"),
        ("mandag fra ni til elleve om formiddagen", "9-11"),
        ("fra halv ni til elleve om mandagen", "8:30-11"),
        ("Mandag. Fra halv ni til elleve.", "8:30-11"),
        ("MANDAG FRA HALV NI TIL ELLEVE", "8:30-11"),
    ],
)
def test_hours_said_in_words_are_hours(words: str, hours: str) -> None:
    assert slots(words) == [f"mon {hours}"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("tirsdag og torsdag fra klokken halv ni", "halv ni"),
        ("fra kl. 8.30 tirsdag", "8.30"),
        ("tirsdag klokken kvart over otte", "kvart over otte"),
        ("tirsdag kl. 9", "9"),
        ("tirsdag kl 09.00", "09.00"),
        ("tirsdag klokken ni", "ni"),
        ("tirsdag fra halv 9", "halv 9"),
        ("tirsdage, vi møder halv otte", "halv otte"),
        ("tirsdag, vi begynder kl. 7", "7"),
        ("tirsdag efter klokken to", "to"),
        ("tirsdag ved 9-tiden", "9-tiden"),
        ("tirsdag ved ni-tiden", "ni-tiden"),
        ("tirsdag eftermiddag", "eftermiddag"),
        ("To gange om ugen. Fra halv ni.", "halv ni"),
    ],
)
def test_a_time_without_an_end_is_asked_about(words: str, shown: str) -> None:
    assert slots(words) == []
    assert asked(words) == [shown]


@pytest.mark.parametrize(
    "words",
    [
        "tirsdag 9-11",
        "tirsdag kl. 9 til 11",
        "tirsdag kl. 9 i 2 timer",
        "tirsdag, færdig inden kl. 12",
        "tirsdag, senest klokken halv ni",
        "tirsdag. Ring efter kl. 16",
        "tirsdag. Butikken har åbent fra kl. 9",
        "tirsdag, to timer",
        "tirsdag, en halv time",
        "tirsdag på Nygade 9",
    ],
)
def test_a_time_that_is_whole_or_of_something_else_is_not_asked_about(words: str) -> None:
    assert asked(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "mandag, Nørregade 8-10",
        "mandag, adressen er Halvejen 9",
        "mandag, en halv til en hel dag",
        "mandag, en halv time",
        "mandag, to og en halv time",
        "mandag, halvdelen til tolv mand",
        "mandag, fra to til fire kasser",
        "mandag, fra ti til tolv kilo",
        "mandag, mellem otte og ti personer",
        "mandag, mellem to og tre gange",
        "mandag, halv pris",
        "mandag, kvart liter",
        "mandag, 150 kr. i timen",
        "mandag, 120-140 kr.",
        "mandag, ring 23 45 67 89",
        "mandag, tlf. 20-30-40-50",
        "mandag den 7. december",
        "mandag d. 7/12",
        "mandag 7.-9. december",
        "mandag, uge 48-50",
        "mandag, butikken har åbent fra ni til tolv",
        "mandag, åbningstid halv ti til fem",
        "mandag, ring mellem halv ni og elleve",
        "mandag, telefontid fra ni til elleve",
        "mandag, der holder bestyrelsen møde fra halv otte til ni",
        "mandag, fem i arbejde",
        "mandag, fem over hele huset",
        "mandag, en til tolv stykker",
        "mandag, otte til ni mennesker",
        "mandag, de er fra seks til ti år",
    ],
)
def test_other_numbers_of_a_call_are_no_hours(words: str) -> None:
    assert slots(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "starter på mandag",
        "starter mandag",
        "vi starter op på mandag",
        "vi kan starte på mandag",
        "kan starte allerede mandag",
        "start på mandag",
        "opstart mandag",
        "opstart på mandag",
        "begynder på mandag",
        "kan begynde mandag",
        "begynder gerne på mandag",
        "fra på mandag",
        "allerede på mandag",
        "går i gang på mandag",
        "første dag er mandag",
        "første arbejdsdag bliver mandag",
        "fra næste mandag",
        "Det starter på mandag.",
    ],
)
def test_the_day_that_work_begins_on_is_no_day_of_every_week(words: str) -> None:
    assert days(words) == []


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("starter på mandag, tirsdag og torsdag 9-11", ["mon", "tue", "thu"]),
        ("tirsdag og torsdag, starter på mandag", ["tue", "thu"]),
        ("mandag og torsdag, starter på mandag", ["mon", "thu"]),
        ("starter mandag kl. 9-11", ["mon"]),
        ("vi starter kl. 9 om mandagen", ["mon"]),
        ("starter om mandagen", ["mon"]),
        ("begynder mandag og torsdag kl. 9", ["mon", "thu"]),
        ("på mandag", ["mon"]),
        ("hver mandag", ["mon"]),
        ("man ons fre 8.30-10.30", ["mon", "wed", "fri"]),
        ("mandag onsdag fredag", ["mon", "wed", "fri"]),
        ("tirs tors 9-11", ["tue", "thu"]),
        ("det kan man onsdag", ["wed"]),
    ],
)
def test_other_days_of_a_call_stay_days_of_the_week(words: str, named: list[str]) -> None:
    assert days(words) == named


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("to formiddage om ugen, 2-3 timer ad gangen", 6),
        ("to formiddage om ugen, tre fire timer", 8),
        ("to formiddage om ugen, tre, fire timer ad gangen", 8),
        ("to formiddage om ugen på tre timer", 6),
        ("to korte formiddage om ugen, halvanden time hver gang", 3),
        ("tre dage om ugen, fire timer om dagen", 12),
        ("tre dage om ugen a fire timer", 12),
        ("2 dage om ugen à 3 timer", 6),
        ("2 eftermiddage i ugen, ca. 3 timer", 6),
        ("en dag om ugen, 3 timer", 3),
        ("to aftener om ugen, et par timer hver gang", 4),
        ("2 vagter om ugen, 4 timer pr. gang", 8),
        ("2 dage om ugen, 12 timer i alt", 12),
        ("2 dage, 10 timer om ugen", 10),
        ("2-3 timer ad gangen, to gange om ugen", 6),
        ("tre timer, to formiddage om ugen", 6),
        ("mandag og torsdag, 2 timer ad gangen", 4),
        ("mandag og torsdag, to timer begge dage", 4),
        ("mandag, tirsdag og torsdag, en time hver gang", 3),
        ("tre fire timer om fredagen", 4),
        ("tre-fire timer om fredagen", 4),
        ("tre, fire timer om fredagen", 4),
        ("to tre timers tid om fredagen", 3),
        ("fem seks timer om ugen", 6),
        ("en times tid om mandagen", 1),
        ("en times tid om ugen", 1),
        ("en times tid hver fredag", 1),
        ("en times arbejde om ugen", 1),
        ("et par timers tid om ugen", 2),
        ("to timers arbejde om ugen", 2),
        ("en time eller to om ugen", 2),
        ("en time eller to hver fredag", 2),
        ("en halv times tid om ugen", 0.5),
        ("halvanden times tid om ugen", 1.5),
        ("2 formiddage om ugen ca 3 timer ad gangen", 6),
    ],
)
def test_hours_are_told_as_one_speaks_of_them(words: str, hours: float) -> None:
    found = told(words).hours_per_week
    assert found is not None
    assert found.value == hours


@pytest.mark.parametrize(
    "words",
    [
        "tre fire timer",
        "en times tid",
        "to formiddage om ugen",
        "2-3 timer ad gangen",
        "en times kørsel herfra om mandagen",
        "der er en times tid i alt hver vej",
        "40 kroner timen om ugen",
        "to tre stykker om ugen",
        "to dage om ugen",
        "tre fire gange om ugen",
        "pause hver times tid",
        "to formiddage om måneden, 2 timer",
    ],
)
def test_lengths_of_no_week_are_no_hours_a_week(words: str) -> None:
    assert told(words).hours_per_week is None


@pytest.mark.parametrize(
    "words",
    [
        "mandag fra halv ni til elleve",
        "mandag fra kvart over otte til kvart i elleve",
        "mandag klokken ni, to timer",
    ],
)
def test_the_words_of_hours_are_shown_as_they_stand_in_the_text(words: str) -> None:
    text = f"Også på Ærø: {words}. Tak!"
    found = read_task(text).times
    assert found is not None
    assert all(text[piece.start : piece.end] == piece.text for piece in found.evidence)
    assert found.evidence[0].text.startswith("mandag")


def test_early_work_is_heard_in_words() -> None:
    early = {words: told(words).demands.get("early_start") for words in ("vi møder halv otte", "klokken syv")}  # type: ignore[call-overload]
    assert {words: found.answer if found else None for words, found in early.items()} == {
        "vi møder halv otte": "yes",
        "klokken syv": "yes",
    }


def test_the_longest_text_of_times_is_read_in_one_walk() -> None:
    words = "fra halv ni til elleve mandag og kl. 9 i to timer ad gangen 2 dage om ugen, "
    passage = Passage.of(words * (MAX_CHARACTERS // len(words)))
    assert read_week(passage).weekdays
    assert unread_times(passage) == []


GREETINGS = (
    "Hej, det er Mette fra Kirkebyens Brugsforening. Vi kunne godt bruge en der kan hjælpe os med at ",
    "Goddag, du taler med Jens Holm, jeg har fået jeres nummer af min svoger. Vi mangler en til at ",
    "Hej ja det er Karin, jeg ringer fra menighedsrådet i Tvis, og jeg tænkte på om I havde en der kunne ",
)
ENDINGS = (
    "gerne tirsdag og torsdag fra klokken halv ni",
    "helst tre timer om mandagen, fra kvart over otte",
)


@pytest.mark.parametrize("greeting", GREETINGS)
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("work", "activity"),
    [
        ("feje gårdspladsen", "outdoor_upkeep"),
        ("luge bedene", "green"),
        ("sætte varer på plads", "shop"),
        ("få sat varer på plads", "shop"),
        ("male plankeværket", "building_repair"),
        ("vaske op i køkkenet", "kitchen"),
        ("rydde op på lageret", "warehouse"),
    ],
)
def test_a_long_call_with_a_greeting_and_times_is_about_its_work(
    greeting: str, ending: str, work: str, activity: str
) -> None:
    assert read_task(f"{greeting}{work}, {ending}").main_activity == activity


def test_a_call_of_greetings_and_times_alone_is_about_no_work() -> None:
    assert not read_task("Hej, det er Mette. Vi mangler en tirsdag og torsdag fra klokken halv ni").activities
