"""What a ledger says, word for word in both languages: parts, rules, ways out, questions and warnings."""

import re
from datetime import date
from math import ceil
from typing import Any

import pytest
from hypothesis import given

from geo import Point
from matching import Anchor, Citizen, JobOrder, Ledger
from matching.sentences import LOAD
from tests.matching.generated import citizens, orders
from tests.matching.makers import CENTRE, make_citizen, make_list, make_order

NEAR = Point(55.7193, 9.5357)


def ledger(said: dict[str, Any], known: dict[str, Any], language: str) -> Ledger:
    return make_list(make_citizen(**said), make_order(**known)).explain("o-1", language=language)


RULES: list[tuple[dict[str, Any], dict[str, Any], tuple[str, str], tuple[str, str]]] = [
    (
        {},
        {"ends_on": date(2026, 11, 30)},
        ("Perioden sluttede den 30-11-2026", "Virksomheden forlænger perioden"),
        ("The period ended on 30-11-2026", "The employer prolongs the period"),
    ),
    (
        {},
        {"places": 0},
        ("Der er ingen ledige pladser", "En plads bliver ledig"),
        ("No places are left", "A place becomes free"),
    ),
    (
        {"attitudes": {"machine_work": "cannot"}},
        {"activities": "machine_work"},
        (
            "Maskinarbejde og produktion: det kan borgeren ikke",
            "Borgeren siger ja til “Maskinarbejde og produktion”",
        ),
        (
            "Machine work and production: the citizen cannot",
            "The citizen says yes to “Machine work and production”",
        ),
    ),
    (
        {"attitudes": {"machine_work": "cannot"}},
        {"activities": ["green", "machine_work"]},
        (
            "Maskinarbejde og produktion: det kan borgeren ikke",
            "Virksomheden kan udelade “Maskinarbejde og produktion”",
        ),
        (
            "Machine work and production: the citizen cannot",
            "The employer can leave out “Machine work and production”",
        ),
    ),
    (
        {"avoids": {"alcohol_present"}},
        {"demands": {"alcohol_present": "yes"}},
        ("Der er alkohol, og det skal undgås", "Opgaven kan løses uden alkohol"),
        ("It involves alcohol, which has to be avoided", "The task can be done without alcohol"),
    ),
    (
        {"needs": {"contact_person"}},
        {"supports": {"contact_person": "no"}},
        (
            "Arbejdspladsen kan ikke tilbyde en fast kontaktperson",
            "Virksomheden kan tilbyde en fast kontaktperson",
        ),
        (
            "The workplace cannot offer a regular contact person",
            "The employer can offer a regular contact person",
        ),
    ),
    (
        {"abilities": {"driving_licence": "no"}},
        {"demands": {"driving_licence": "yes"}},
        ("Det kræver kørekort, og det har borgeren ikke", "Opgaven kan løses uden kørekort"),
        (
            "It takes a driving licence, which the citizen does not have",
            "The task can be done without a driving licence",
        ),
    ),
    (
        {"abilities": {"reading_writing": "no"}},
        {"demands": {"reading_writing": "yes"}},
        (
            "Det kræver at kunne læse og skrive, og det kan borgeren ikke",
            "Opgaven kan løses uden at kunne læse og skrive",
        ),
        (
            "It takes reading and writing, which the citizen cannot do",
            "The task can be done without reading and writing",
        ),
    ),
    (
        {"max_hours_per_week": 6},
        {"hours_per_week": 7.5},
        ("7,5 timer om ugen; borgeren kan højst 6", "Virksomheden kan nøjes med 6 timer om ugen"),
        ("7.5 hours a week; the citizen can do at most 6", "The employer makes do with 6 hours a week"),
    ),
    (
        {"max_hours_per_week": 1},
        {"hours_per_week": 2},
        ("2 timer om ugen; borgeren kan højst 1", "Virksomheden kan nøjes med 1 time om ugen"),
        ("2 hours a week; the citizen can do at most 1", "The employer makes do with 1 hour a week"),
    ),
    (
        {"setting": {"indoor": "cannot"}},
        {"setting": "indoor"},
        ("Arbejdet foregår indendørs, og det kan borgeren ikke", "Arbejdet kan udføres udendørs"),
        ("The work is indoors, which the citizen cannot do", "The work can be done outdoors"),
    ),
    (
        {"setting": {"outdoor": "cannot"}},
        {"setting": "both"},
        ("Arbejdet foregår både inde og ude, og det kan borgeren ikke", "Arbejdet kan udføres indendørs"),
        (
            "The work is both indoors and outdoors, which the citizen cannot do",
            "The work can be done indoors",
        ),
    ),
    (
        {"setting": {"outdoor": "cannot", "indoor": "cannot"}},
        {"setting": "outdoor"},
        (
            "Arbejdet foregår udendørs, og det kan borgeren ikke",
            "Borgeren siger ja til at arbejde udendørs",
        ),
        (
            "The work is outdoors, which the citizen cannot do",
            "The citizen says yes to working outdoors",
        ),
    ),
    (
        {"max_minutes": 18},
        {"place": NEAR},
        ("19 min. på vejen; grænsen er 18", "19 min. på vejen er i orden"),
        ("19 min. on the way; the limit is 18", "19 min. on the way are all right"),
    ),
    (
        {"availability": ["mon 10-14", "fri 10-14:30"]},
        {"times": ["tue 9-12"]},
        (
            "Arbejdet ligger tir 9-12, hvor borgeren ikke kan komme",
            "Der aftales en tid inden for man 10-14, fre 10-14.30",
        ),
        (
            "The work is Tue 9-12, when the citizen cannot come",
            "A time is agreed within Mon 10-14, Fri 10-14:30",
        ),
    ),
]


@pytest.mark.parametrize(
    ("said", "known", "danish", "english"), RULES, ids=[str(row[0] or row[1]) for row in RULES]
)
def test_a_rule_says_why_it_stops_a_pair_and_what_would_change_that(
    said: dict[str, Any], known: dict[str, Any], danish: tuple[str, str], english: tuple[str, str]
) -> None:
    for language, sentences in (("da", danish), ("en", english)):
        (line,) = ledger(said, known, language).stopped_by
        assert (line.text, line.would_change) == sentences


@pytest.mark.parametrize("minutes", [18, 18.4, 18.7])
def test_the_minutes_that_a_rule_asks_for_are_enough(minutes: float) -> None:
    (line,) = ledger({"max_minutes": minutes}, {"place": NEAR}, "en").stopped_by
    asked = float(line.would_change.split()[0])
    assert ledger({"max_minutes": asked}, {"place": NEAR}, "en").rules == ()


@pytest.mark.parametrize("further", [0.0, 1e-4, 2e-4, 3e-4, 4e-4, 5e-4])
def test_a_way_takes_as_many_minutes_in_its_reason_as_in_the_rule_that_stops_it(further: float) -> None:
    told = ledger({"max_minutes": 18}, {"place": Point(NEAR.lat + further, NEAR.lon)}, "en")
    (line,), minutes = told.stopped_by, ceil(told.travel.minutes or 0)
    assert line.text == f"{minutes} min. on the way; the limit is 18"
    assert told.parts[0].reason.endswith(f", {minutes} min. on foot")


QUESTIONS: list[tuple[dict[str, Any], dict[str, Any], str, str, str]] = [
    (
        {"avoids": {"alcohol_present"}},
        {},
        "employer",
        "Bliver der serveret eller drukket alkohol dér, hvor opgaven løses?",
        "Is alcohol served or drunk where the work is done?",
    ),
    (
        {"needs": {"contact_person"}},
        {},
        "employer",
        "Er der en fast kontaktperson til borgeren?",
        "Is there a regular contact person for the citizen?",
    ),
    (
        {},
        {"demands": {"driving_licence": "yes"}},
        "citizen",
        "Har borgeren kørekort?",
        "Does the citizen have a driving licence?",
    ),
    ({}, {"place": None}, "employer", "Hvor skal arbejdet udføres?", "Where is the work done?"),
    (
        {"attitudes": {"shop": "cannot"}},
        {},
        "employer",
        "Hvad består opgaven af?",
        "What does the task consist of?",
    ),
    (
        {"max_hours_per_week": 6},
        {},
        "employer",
        "Hvor mange timer om ugen er det?",
        "How many hours a week is it?",
    ),
    (
        {"setting": {"outdoor": "cannot"}},
        {},
        "employer",
        "Foregår arbejdet inde eller ude?",
        "Is the work done indoors or outdoors?",
    ),
    (
        {"availability": ["fri 9-12"]},
        {},
        "employer",
        "Hvilke dage og hvornår skal arbejdet udføres?",
        "On which days and at what times is the work done?",
    ),
]


@pytest.mark.parametrize(
    ("said", "known", "of", "danish", "english"), QUESTIONS, ids=[str(row[0] or row[1]) for row in QUESTIONS]
)
def test_a_question_says_what_to_ask_and_whom(
    said: dict[str, Any], known: dict[str, Any], of: str, danish: str, english: str
) -> None:
    for language, sentence in (("da", danish), ("en", english)):
        told = ledger(said, known, language)
        assert [(str(line.of), line.text) for line in told.questions] == [(of, sentence)]


ANSWERS: list[tuple[dict[str, Any], dict[str, Any], str, str]] = [
    (
        {"avoids": {"alcohol_present"}},
        {},
        "Hvis virksomheden siger, at der ikke er alkohol, bliver det nummer 1",
        "If the employer says that it is without alcohol, this becomes number 1",
    ),
    (
        {"needs": {"contact_person"}},
        {},
        "Hvis virksomheden siger ja til en fast kontaktperson, bliver det nummer 1",
        "If the employer says yes to a regular contact person, this becomes number 1",
    ),
    (
        {},
        {"demands": {"driving_licence": "yes"}},
        "Hvis borgeren har kørekort, kommer det på listen",
        "If the citizen has a driving licence, this comes onto the list",
    ),
    (
        {},
        {"place": None},
        "Hvis virksomheden siger, hvor arbejdet er, kommer det på listen",
        "If the employer says where the work is, this comes onto the list",
    ),
    (
        {"max_minutes": 20},
        {"place": None},
        "Hvis arbejdet ligger højst 20 min. væk, kommer det på listen",
        "If the work is at most 20 min. away, this comes onto the list",
    ),
    (
        {"attitudes": {"shop": "cannot"}},
        {},
        "Hvis opgaven er noget, borgeren kan, kommer det på listen",
        "If the task is something that the citizen can do, this comes onto the list",
    ),
    (
        {"max_hours_per_week": 6},
        {},
        "Hvis det er højst 6 timer om ugen, bliver det nummer 1",
        "If it is at most 6 hours a week, this becomes number 1",
    ),
    (
        {"setting": {"outdoor": "cannot"}},
        {},
        "Hvis arbejdet foregår indendørs, bliver det nummer 1",
        "If the work is indoors, this becomes number 1",
    ),
    (
        {"availability": ["fri 9-12"]},
        {},
        "Hvis arbejdet ligger inden for fre 9-12, bliver det nummer 1",
        "If the work is within Fri 9-12, this becomes number 1",
    ),
]


@pytest.mark.parametrize(
    ("said", "known", "danish", "english"), ANSWERS, ids=[str(row[0] or row[1]) for row in ANSWERS]
)
def test_a_question_says_what_a_good_answer_would_bring(
    said: dict[str, Any], known: dict[str, Any], danish: str, english: str
) -> None:
    for language, sentence in (("da", danish), ("en", english)):
        found = make_list(make_citizen(**said), make_order(**known))
        assert found.ledger(0, language).would_change == (sentence,)


@pytest.mark.parametrize("language", ["da", "en"])
@given(citizens(), orders())
def test_every_sentence_starts_with_a_capital_or_a_figure_and_fits_a_row(
    language: str, citizen: Citizen, order: JobOrder
) -> None:
    told = make_list(citizen, order).explain(order.id, language)
    sentences = [
        *(line.text for line in told.stopped_by),
        *(line.would_change for line in told.stopped_by),
        *told.would_change,
        *(item.text for item in told.questions),
        *(item.text for item in told.warnings),
    ]
    # a caution about times has a sentence for those that do not fit, those that do in part, and what is left
    for sentence in (one for text in sentences for one in re.split(r"\. (?=[A-ZÆØÅ])", text)):
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert len(sentence) <= 100, sentence
        assert "{" not in sentence


REASONS: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    (
        "nearness",
        {"mode": "bicycle"},
        {"place": NEAR},
        "1,4 km fra værestedet, 9 min. på cykel",
        "1.4 km from the drop-in centre, 9 min. by bicycle",
    ),
    (
        "nearness",
        {"anchors": [Anchor(CENTRE, "supported_housing", "Skovly")]},  # type: ignore[arg-type]
        {"place": NEAR, "precision": "postal_district"},
        "1,4 km fra Skovly, 55 min. til fods (stedet kendes kun på postdistrikt)",
        "1.4 km from Skovly, 55 min. on foot (place known by its postal district)",
    ),
    (
        "nearness",
        {},
        {"place": None},
        "Ingen har sagt, hvor arbejdet er",
        "Nobody has said where the work is",
    ),
    (
        "suitability",
        {"attitudes": {"green": "gladly"}},
        {"activities": {"green": 0.7, "outdoor_upkeep": 0.3}},
        "Grønt arbejde: gerne; Udendørs renhold og opsyn: intet sagt",
        "Green work: gladly; Outdoor upkeep: nothing said",
    ),
    (
        "suitability",
        {},
        {},
        "Ingen har sagt, hvad opgaven består af",
        "Nobody has said what the task consists of",
    ),
    ("wishes", {}, {}, "Ingen ønsker nævnt", "No wishes stated"),
    (
        "wishes",
        {
            "wishes": {"same_day_pay", "quiet_place"},
            "prefers_not": {"crowds"},
            "setting": {"outdoor": "gladly"},
        },
        {"supports": {"same_day_pay": "yes"}, "demands": {"crowds": "yes"}, "setting": "outdoor"},
        "opfyldt: løn samme dag; ikke opfyldt: uden mange mennesker; "
        "ikke oplyst: et roligt sted; udendørs: gerne",
        "met: pay on the same day; not met: without crowds; not known: a quiet place; outdoors: gladly",
    ),
    (
        "wishes",
        {"setting": {"outdoor": "gladly", "indoor": "can"}},
        {"setting": "both"},
        "indendørs: kan; udendørs: gerne",
        "indoors: can; outdoors: gladly",
    ),
    (
        "employer_openness",
        {},
        {},
        "Ny virksomhed, ingen svar endnu",
        "New employer, no answers yet",
    ),
    (
        "employer_openness",
        {},
        {"employer_yes": 2.46, "employer_no": 1},
        "Virksomhedens tidligere svar, gamle tæller mindre: 2,5 ja, 1 nej",
        "Employer's earlier answers, old ones counting less: 2.5 yes, 1 no",
    ),
    (
        "employer_openness",
        {},
        {"employer_yes": 2, "employer_no": 1},
        "Virksomhedens tidligere svar: 2 ja, 1 nej",
        "Employer's earlier answers: 2 yes, 1 no",
    ),
    (
        "employer_openness",
        {},
        {"employer_yes": 0.04},
        "Virksomhedens tidligere svar, gamle tæller mindre: 0 ja, 0 nej",
        "Employer's earlier answers, old ones counting less: 0 yes, 0 no",
    ),
    (LOAD, {}, {}, "Ingen åbne forslag", "No open proposals"),
    (
        LOAD,
        {},
        {"open_proposals": 1, "places": 4},
        "1 åbent forslag til 4 pladser",
        "1 open proposal for 4 places",
    ),
    (LOAD, {}, {"open_proposals": 3}, "3 åbne forslag til 1 plads", "3 open proposals for 1 place"),
]


@pytest.mark.parametrize(
    ("part", "said", "known", "danish", "english"), REASONS, ids=[row[3] for row in REASONS]
)
def test_a_part_says_why_it_loses_points(
    part: str, said: dict[str, Any], known: dict[str, Any], danish: str, english: str
) -> None:
    for language, sentence in (("da", danish), ("en", english)):
        told = {line.part: line.reason for line in ledger(said, known, language).parts}
        assert told[part] == sentence


def test_warnings_say_what_to_look_out_for() -> None:
    said = {"abilities": {"driving_licence": "no"}, "earnings_room_dkk": 1280}
    known = {"hours_per_week": 8, "pay_dkk_per_hour": 150}
    danish, english = (
        [line.text for line in ledger(said, known, language).warnings] for language in ("da", "en")
    )
    assert danish == [
        "Ca. 6.000 kr. i år; der er plads til 1.280 kr., svarende til 8 timer",
        "Kræver opgaven kørekort? Borgeren har ikke kørekort.",
    ]
    assert english == [
        "About 6,000 kr. this year; room for 1,280 kr., that is 8 hours",
        "Does the task take a driving licence? The citizen has no driving licence.",
    ]


def test_danish_is_what_is_said_when_nothing_else_is_asked_for() -> None:
    found = make_list(make_citizen(), make_order())
    assert found.explain("o-1") == found.explain("o-1", language="da") != found.explain("o-1", "en")
    assert hash(found.explain("o-1")) == hash(found.explain("o-1", language="da"))
    assert "reason='Ny virksomhed" in repr(found.explain("o-1"))
    assert found.reasons().equals(found.reasons(language="da"))


def test_a_ledger_holds_standing_rank_travel_and_five_parts() -> None:
    told = ledger({"mode": "bus"}, {"place": NEAR, "precision": "street"}, "en")
    assert (told.citizen_id, told.order_id, told.standing, told.rank) == ("c-1", "o-1", "ranked", 1)
    assert (told.travel.mode, told.travel.anchor, told.travel.precision) == (
        "bus",
        "drop_in_centre",
        "street",
    )
    assert [line.part for line in told.parts] == [
        "nearness",
        "suitability",
        "wishes",
        "employer_openness",
        "load",
    ]
    assert [line.weight for line in told.parts] == [0.35, 0.35, 0.15, 0.15, None]
    assert told.parts[-1].value is None
    assert told.reasons == tuple(line.reason for line in told.parts)
    assert told.would_change == ()
