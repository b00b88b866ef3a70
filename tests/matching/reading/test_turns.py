"""Who does it, what is denied, and what cannot be done without."""

import pytest

from matching.reading import TaskReading, read_task
from matching.reading.kinds import kinds, spelt_out
from matching.reading.patterns import Finder, Pattern
from matching.reading.text import Passage


def answers_of(reading: TaskReading) -> dict[str, str]:
    told = {str(code): str(found.answer) for code, found in reading.demands.items()}
    return told | {str(code): str(found.answer) for code, found in reading.supports.items()}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("Vi tager ikke folk uden kørekort", "driving_licence"),
        ("Uden kørekort går det ikke", "driving_licence"),
        ("Har du ikke bil, så glem det", "own_transport"),
        ("Kan man ikke læse dansk, er det her ikke så godt", "reading_writing"),
        ("Han tager kun folk der har kørekort", "driving_licence"),
        ("Gerne en der ikke er bange for plæneklippere", "machines"),
    ],
)
def test_what_cannot_be_done_without_is_asked_for(told: str, code: str) -> None:
    assert answers_of(read_task(told)).get(code) == "yes"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("Har du ikke kørekort, er det fint", "driving_licence"),
        ("Skal man have kørekort? Svar: nej, bussen kører hertil", "driving_licence"),
        ("Motorsaven kører værkstedslederen, du samler grene", "machines"),
        ("Plæneklipperen kører vi", "machines"),
        ("Trapper og tunge løft slipper man for", "heavy_lifting"),
        ("Der er en højtryksrenser, men den rører du ikke", "machines"),
    ],
)
def test_what_others_do_or_one_does_without_is_not_asked_for(told: str, code: str) -> None:
    assert answers_of(read_task(told)).get(code) == "no"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("Vaske trapper. Hvis du har lyst, kan du også køre plænetraktoren", "machines"),
        ("Vi taler om tiden med pedellen", "working_alone"),
        ("Hylderne skrues sammen med en skruemaskine", "working_alone"),
        ("Deadline er den 12. december, og der er akkord", "time_pressure"),
        ("Tøj slæbes ind", "heavy_lifting"),
        ("Vi har en skurvogn man kan sidde i", "long_standing"),
        ("Du får din løn kontant", "cash_handling"),
        ("Alle er velkomne her, også hunden", "animals_present"),
    ],
)
def test_what_is_left_to_the_worker_or_only_looks_alike_stays_open(told: str, code: str) -> None:
    assert code not in answers_of(read_task(told))


def test_a_name_inside_a_sentence_is_a_person_and_a_place_is_none() -> None:
    assert Passage.of("Spørg efter Flemming, vi bor i Vejle").names == {2}
    assert answers_of(read_task("Oplæring gives af Flemming"))["contact_person"] == "yes"
    assert "contact_person" not in answers_of(read_task("Oplæring gives i Vejle"))


def test_a_kind_stands_for_each_of_its_words_also_within_a_row() -> None:
    assert "smeden" in kinds()["person"]
    assert "sammen med smeden" in spelt_out("sammen med @role").split("|")
    with pytest.raises(KeyError):
        spelt_out("@nobody")


def test_a_last_part_means_compounds_only() -> None:
    pattern = Pattern.parse("-maskine")
    found = Finder([pattern]).find(Passage.of("En maskine og en fejemaskine"))
    assert [match.places for match in found] == [(4,)]


def test_a_row_of_words_does_not_reach_across_a_comma() -> None:
    finder = Finder([Pattern.parse("lyse timer")])
    assert finder.find(Passage.of("Kun i lyse timer"))
    assert not finder.find(Passage.of("Der er lyst, timer aftales"))


@pytest.mark.parametrize(
    ("told", "setting"),
    [
        ("Servere frokost for holdet. Bagefter skal man gå en tur", "both"),
        ("Rengøring, og bussen holder udenfor", "indoor"),
        ("Flyttehjælp lørdag formiddag", "unknown"),
    ],
)
def test_work_on_both_sides_of_a_door_is_both_and_a_removal_is_nowhere(told: str, setting: str) -> None:
    found = read_task(told).setting
    assert (str(found.value) if found else "unknown") == setting


@pytest.mark.parametrize(
    ("told", "pay"),
    [
        ("Løn 145.", 145),
        ("Luge bede, 138 kr.", 138),
        ("20 kroner pr. kasse", None),
        ("140 kr. for 2 timer", None),
    ],
)
def test_a_bare_amount_that_is_called_pay_is_pay_by_the_hour(told: str, pay: int | None) -> None:
    found = read_task(told).pay_dkk_per_hour
    assert (found.value if found else None) == pay


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("Lørdag, man skal være frisk", ["sat"]),
        ("Det skal være gjort inden fredag", []),
        ("Hver morgen, tirsdag til torsdag", ["tue", "wed", "thu"]),
        ("Vande krukker hver morgen", ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
    ],
)
def test_days_are_those_of_the_work(told: str, days: list[str]) -> None:
    found = read_task(told).weekdays
    assert (found.value if found else []) == days


def test_hours_with_minutes_tell_an_early_start_without_any_word() -> None:
    assert answers_of(read_task("Jordbærplukning, starter 5.30"))["early_start"] == "yes"
    assert answers_of(read_task("Støberi, 07:00-11:00 fire dage om ugen"))["early_start"] == "yes"
    assert "early_start" not in answers_of(read_task("Vi mangler 5-7 plukkere"))


OBJECTS = (
    *(
        "vogne",
        "indkøbsvogne",
        "cykler",
        "borde",
        "stole",
        "bænke",
        "varer",
        "kasser",
        "havemøbler",
        "skilte",
    ),
    *("de mange tunge blomsterkasser", "rollatorer", "redskaberne", "legetøj", "maskiner", "rum", "det hele"),
)
WHERETO = (
    *("på plads", "op", "frem", "ud", "ind", "an", "tilbage", "på plads igen i skuret", "i værkstedet"),
    *("ind i butikken", "hen i hjørnet", "på den store plads", "klar i kælderen"),
)


@pytest.mark.parametrize(
    "told",
    [
        "Vi mangler en til at stille {what} {whereto}",
        "Hun skal stille {what} {whereto}",
        "Du skal bare stille {what} {whereto}",
        "Feje gården og stille {what} {whereto}",
        "Stille {what} {whereto}",
        "Vi stiller {what} {whereto}",
    ],
)
def test_to_put_something_somewhere_is_no_word_on_noise(told: str) -> None:
    texts = [told.format(what=what, whereto=whereto) for what in OBJECTS for whereto in WHERETO]
    # "stille rum" in front of a clause alone can be either
    plain = [text for text in texts if not text.startswith("Stille rum") and "og stille rum" not in text]
    assert [text for text in plain if "noise" in answers_of(read_task(text))] == []


@pytest.mark.parametrize(
    "told",
    [
        *("Et stille sted", "Der er stille", "Her er stille på lageret", "Et stille og roligt lokale"),
        *("Kontoret er stille", "Vi har et stille hjørne på lageret", "Så er der bare stille"),
        "Vi er et stille værksted, hvor du skal stille varer på plads",
    ],
)
def test_a_quiet_place_is_without_noise(told: str) -> None:
    assert answers_of(read_task(told)).get("noise") == "no"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("Der er højt til loftet i butikken", "noise"),
        ("Kassen bæres ind i skuret", "cash_handling"),
    ],
)
def test_a_word_that_means_something_else_here_answers_nothing(told: str, code: str) -> None:
    assert code not in answers_of(read_task(told))
