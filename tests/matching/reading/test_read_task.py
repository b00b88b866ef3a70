"""Reading a task as it is told: what is found, with which words, and what is left open."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import Refused
from matching.orders import Task
from matching.reading import Finding, TaskReading, read_task
from matching.reading.findings import LEAST_TO_COUNT
from matching.vocabulary import Setting

SENTENCES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8")
)["sentence"]
TOLD = "Feje gårdsplads og luge bede, fredag 9-11, 2 timer om ugen, 140 kr. i timen"


def value_of(finding: Finding[Any] | None) -> Any:
    return finding.value if finding else None


def answers_of(reading: TaskReading) -> dict[str, str]:
    demands = {str(code): str(finding.answer) for code, finding in reading.demands.items()}
    return demands | {str(code): str(finding.answer) for code, finding in reading.supports.items()}


def pieces_of(reading: TaskReading) -> list[tuple[int, int, str]]:
    listed: list[Any] = [reading.activities, reading.demands, reading.supports]
    findings: list[Any] = [finding for mapping in listed for finding in mapping.values()]
    findings += [reading.setting, reading.hours_per_week, reading.times, reading.weekdays]
    findings += [reading.pay_dkk_per_hour, reading.places, reading.starts_on]
    return [piece for finding in findings if finding for piece in finding.evidence]


@pytest.mark.parametrize("told", SENTENCES, ids=[told["text"][:40] for told in SENTENCES])
def test_sentences_read_as_a_consultant_would(told: dict[str, Any]) -> None:
    reading = read_task(told["text"])
    answers = answers_of(reading)
    assert (reading.main_activity or "") == told["main"]
    assert set(told.get("activities", reading.activities)) == set(reading.activities)
    assert {code: answers.get(code) for code in told.get("yes", [])} == dict.fromkeys(
        told.get("yes", []), "yes"
    )
    assert {code: answers.get(code) for code in told.get("no", [])} == dict.fromkeys(told.get("no", []), "no")
    assert not answers.keys() & set(told.get("open", []))
    got = {
        "setting": value_of(reading.setting),
        "weekdays": value_of(reading.weekdays) or [],
        "times": value_of(reading.times) or [],
        "hours": value_of(reading.hours_per_week),
        "pay": value_of(reading.pay_dkk_per_hour) or 0,
        "places": value_of(reading.places),
        "starts_on": str(value_of(reading.starts_on) or ""),
    }
    assert {name: got[name] for name in got if name in told} == {
        name: told[name] for name in got if name in told
    }


def test_the_sample_of_the_contract_reads_as_it_says() -> None:
    reading = read_task(TOLD)
    assert {code: finding.share for code, finding in reading.activities.items()} == {
        "outdoor_upkeep": 0.5,
        "green": 0.5,
    }
    assert value_of(reading.setting) == "outdoor"
    assert value_of(reading.weekdays) == ["fri"]
    assert value_of(reading.times) == ["fri 9-11"]
    assert value_of(reading.hours_per_week) == 2
    assert value_of(reading.pay_dkk_per_hour) == 140
    assert reading.places is None
    assert reading.starts_on is None


def test_json_holds_what_is_known_and_nothing_else() -> None:
    said = read_task("Luge bede, ikke noget med maskiner. Starter 07-12-2026").to_json()
    assert json.loads(json.dumps(said)) == said
    assert list(said) == ["text", "activities", "setting", "demands", "starts_on"]
    (green,) = said["activities"].values()  # type: ignore[attr-defined]
    assert (green["share"], green["evidence"]) == (1.0, [[0, 4, "Luge"]])
    assert 0.8 < green["confidence"] <= 1
    assert said["demands"] == {
        "machines": {
            "answer": "no",
            "confidence": 0.9,
            "evidence": [[11, 15, "ikke"], [26, 34, "maskiner"]],
        }
    }
    assert said["starts_on"]["value"] == "2026-12-07"  # type: ignore[index]


def test_a_reading_becomes_a_task_with_its_slots_and_back_to_json() -> None:
    task = read_task(TOLD + ", ingen tunge løft, arbejdstøj udleveres").to_task()
    assert isinstance(task, Task)
    assert task.activities == {"outdoor_upkeep": 0.5, "green": 0.5}
    assert task.demands["heavy_lifting"] == "no"  # type: ignore[index]
    assert task.supports == {"work_clothes": "yes"}
    assert [str(slot) for slot in task.times] == ["fri 9-11"]
    assert Task.from_json(task.to_json()) == task


def test_an_empty_reading_becomes_a_task_of_which_nothing_is_known() -> None:
    assert read_task("").to_task() == Task(setting=Setting.UNKNOWN)


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "...!?", "---", "\x00\x07", "🙂 🙃", "1234567890"])
def test_a_text_without_words_of_work_has_an_empty_reading(text: str) -> None:
    assert read_task(text).to_json() == {"text": text}


def test_a_very_long_text_is_refused_and_says_how_long_it_may_be() -> None:
    assert read_task("luge " * 4000).main_activity == "green"
    with pytest.raises(Refused, match="20000") as refused:
        read_task("luge " * 4000 + "!")
    assert refused.value.field == "text"


@pytest.mark.parametrize("value", [None, 7, b"luge", ["luge"]])
def test_what_is_no_text_is_refused(value: Any) -> None:
    with pytest.raises(Refused, match="not a text"):
        read_task(value)


def test_control_characters_part_words_and_evidence_still_points_at_the_text() -> None:
    reading = read_task("Luge\x00bede\x1bog\tklippe hæk")
    assert reading.main_activity == "green"
    assert (0, 4, "Luge") in pieces_of(reading)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Feje gårdspladsen og slå græs", "Feje gaardspladsen og slaa graes"),
        ("Rengøring på gården", "Rengo\u0308ring pa\u030a ga\u030arden"),
        ("havearbejde", "HAVEARBEJDE"),
        ("vinduespudsning", "vindues pudsning"),
    ],
)
def test_ways_of_spelling_read_alike(one: str, other: str) -> None:
    assert list(read_task(one).activities) == list(read_task(other).activities) != []


@pytest.mark.parametrize(
    ("slip", "meant"), [("havearbjde", "green"), ("rengoring", "cleaning"), ("snerydining", "outdoor_upkeep")]
)
def test_a_slip_of_spelling_is_forgiven(slip: str, meant: str) -> None:
    assert read_task(slip).main_activity == meant


def test_what_is_told_with_a_slip_is_trusted_less() -> None:
    slip, told = (read_task(text).activities["cleaning"].confidence for text in ("rengoring", "rengøring"))  # type: ignore[index]
    assert slip < told


def test_a_short_word_is_never_a_slip_of_another() -> None:
    assert read_task("lune bade").activities == {}


def test_feje_alone_is_left_open_and_its_object_decides() -> None:
    assert read_task("Vi mangler en til at feje").activities == {}
    objects = {"gårdspladsen": "outdoor_upkeep", "gulvet": "cleaning", "kældergangene": "cleaning"}
    objects |= {"staldgangen": "animals", "byggepladsen": "building_repair"}
    for thing, activity in objects.items():
        assert list(read_task(f"Feje {thing}").activities) == [activity], thing


def test_what_is_to_be_done_may_stand_before_its_verb() -> None:
    assert read_task("Gårdspladsen skal fejes").main_activity == "outdoor_upkeep"
    assert read_task("Vi har et græs der trænger til at blive slået").main_activity == "green"


def test_a_place_or_a_clause_of_time_is_no_activity() -> None:
    assert list(read_task("Luge bede, der er altid en mand i butikken").activities) == ["green"]
    assert list(read_task("Luge bede når opvasken er klaret").activities) == ["green"]


def test_three_activities_at_most_and_the_most_named_first() -> None:
    told = "Luge bede, klippe hæk, feje fortov, vaske biler og fodre høns"
    reading = read_task(told)
    shares = [finding.share for finding in reading.activities.values()]
    assert list(reading.activities) == ["green", "outdoor_upkeep", "vehicles"]
    assert shares == [0.5, 0.25, 0.25]


TWINS = [
    ("Der er tunge løft", "Der er ingen tunge løft", "heavy_lifting"),
    ("Man skal betjene maskiner", "Man skal ikke betjene maskiner", "machines"),
    ("Man skal køre maskinerne", "Maskinerne kører vi selv", "machines"),
    ("Loftet kræver stige", "Loftet kræver stige, det tager vi selv", "heights"),
    ("Der er kundekontakt", "Det er uden kundekontakt", "customer_contact"),
    (
        "Man snakker med kunder",
        "Kunder ser man ikke noget til, man snakker ikke med kunder",
        "customer_contact",
    ),
    ("Det støjer", "Det støjer ikke", "noise"),
    ("Man skal have kørekort", "Man behøver ikke kørekort", "driving_licence"),
    ("Kørekort er et krav", "Kørekort er rart, men ikke noget krav", "driving_licence"),
    ("Man arbejder alene", "Man arbejder aldrig alene", "working_alone"),
    ("Der er mange mennesker", "Der er ikke mange mennesker", "crowds"),
    ("Det er travlt", "Der er ingen stress", "time_pressure"),
    ("Der serveres øl", "Der serveres ikke øl", "alcohol_present"),
    ("Hygiejnebevis kræves", "Hygiejnebevis er ikke nødvendigt", "food_hygiene"),
    ("Man tager imod penge", "Man rører ikke penge", "cash_handling"),
    ("Der er børn", "Der er ingen børn", "children_present"),
    ("Her er en hund", "Her er ingen hund", "animals_present"),
    ("Vi går ud i al slags vejr", "Vi går ikke ud i al slags vejr", "all_weather"),
    ("Stående arbejde", "Siddende arbejde", "long_standing"),
    ("Man skal kunne læse", "Man behøver ikke kunne læse", "reading_writing"),
    ("Man bruger en tablet", "Man bruger ikke tablet", "digital_tools"),
    ("Vi beder om straffeattest", "Vi beder ikke om straffeattest", "clean_record"),
    ("Egen bil er nødvendig", "Egen bil er ikke nødvendig", "own_transport"),
    ("Vi møder tidligt", "Vi møder ikke tidligt", "early_start"),
    ("Det er aftenarbejde", "Det er ikke aftenarbejde", "evening_or_night"),
    ("Der er en kontaktperson", "Der er ingen kontaktperson", "contact_person"),
    ("Mødetiden er fleksibel", "Mødetiden er ikke fleksibel", "flexible_attendance"),
    ("Korte vagter", "Lange vagter", "short_shifts"),
    ("Pauser efter behov", "Ingen pauser", "extra_breaks"),
    ("Arbejdstøj udleveres", "Vi har ikke arbejdstøj", "work_clothes"),
    ("Løn udbetales samme dag", "Løn udbetales sidst på måneden", "same_day_pay"),
    ("Man må tage en ven med", "Man må ikke tage en ven med", "companion_welcome"),
    ("Vi henter ved værestedet", "Vi henter ikke ved værestedet", "lift_offered"),
    ("Der er et rum til at hvile sig i", "Der er ikke noget rum til at hvile sig i", "quiet_place"),
]


@pytest.mark.parametrize(("plain", "denied", "code"), TWINS, ids=[f"{code}: {no}" for _, no, code in TWINS])
def test_a_statement_and_its_denial_are_told_apart(plain: str, denied: str, code: str) -> None:
    assert answers_of(read_task(plain)).get(code) == "yes"
    assert answers_of(read_task(denied)).get(code) == "no"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("Man må ikke være bange for hunde", "animals_present"),
        ("Det er ikke kun tunge løft", "heavy_lifting"),
        ("Det kan ikke undgås at der er støj", "noise"),
        ("Ingen tunge løft og man får en kontaktperson", "contact_person"),
        ("Ikke kundekontakt, men gerne en computer på kontoret: man taster på computer", "digital_tools"),
    ],
)
def test_a_denial_ends_where_its_clause_ends(told: str, code: str) -> None:
    assert answers_of(read_task(told)).get(code) == "yes"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("Passe kassen i butikken", "customer_contact"),
        ("Rive billetter over", "cash_handling"),
        ("Bage boller", "food_hygiene"),
        ("Bære sten", "heavy_lifting"),
        ("Senere måske truck", "machines"),
        ("Kørekort er en fordel", "driving_licence"),
        ("Det er ikke altid tungt", "heavy_lifting"),
        ("Maskinerne er nye", "machines"),
        ("Der er støj i hallen, men der er ingen støj på kontoret", "noise"),
    ],
)
def test_what_is_implied_hedged_or_contradicted_stays_open(told: str, code: str) -> None:
    assert code not in answers_of(read_task(told))


def test_a_list_is_denied_to_its_end_and_no_further() -> None:
    answers = answers_of(read_task("Ingen tunge løft, støj eller kundekontakt, arbejdstøj udleveres"))
    assert answers == {"heavy_lifting": "no", "noise": "no", "customer_contact": "no", "work_clothes": "yes"}


def test_early_and_late_work_is_told_by_the_clock_with_the_time_as_evidence() -> None:
    early = read_task("Vi begynder kl. 6.30").demands["early_start"]  # type: ignore[index]
    assert (early.answer, early.evidence[0].text) == ("yes", "6.30")
    assert answers_of(read_task("Lørdag 8-18")) == {"early_start": "no", "evening_or_night": "no"}
    assert answers_of(read_task("Lørdag 8-18.15"))["evening_or_night"] == "yes"
    assert answers_of(read_task("Lørdag formiddag")) == {}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("Lågen svinger frit", "animals_present"),
        ("Vi drukner i blade", "alcohol_present"),
        ("Plast lægges for sig selv", "working_alone"),
        ("Metallet skal ligge for sig selv i en spand", "working_alone"),
        ("Luge bag ved maskinen", "machines"),
        ("Feje omme bag ved maskinerne", "machines"),
        ("Støvler står bag ved døren", "work_clothes"),
    ],
)
def test_words_that_only_look_alike_answer_nothing(told: str, code: str) -> None:
    assert code not in answers_of(read_task(told))


@pytest.mark.parametrize("told", ["Opgaven er uden ansvar", "Køre fræseren ud", "Havefræseren står klar"])
def test_words_that_only_look_alike_tell_no_setting(told: str) -> None:
    setting = read_task(told).setting
    assert setting is None or setting.confidence < LEAST_TO_COUNT


def test_children_who_are_elsewhere_are_not_there() -> None:
    assert answers_of(read_task("Feje skolegården. Børnene er i skole imens"))["children_present"] == "no"
    assert answers_of(read_task("Feje skolegården. Der er børn"))["children_present"] == "yes"


def test_what_is_only_named_gives_way_to_what_is_said_of_it() -> None:
    assert (
        answers_of(read_task("Børnenes legeplads, men der er ingen børn imens"))["children_present"] == "no"
    )


def test_what_the_work_implies_is_marked_and_answers_nothing() -> None:
    reading = read_task("Stå bag disken i genbrugsbutikken")
    assert {"customer_contact", "cash_handling"} <= set(reading.implied)
    assert not {"customer_contact", "cash_handling"} & set(reading.demands)
    assert reading.to_task().demands == {}
    assert [piece.text for piece in reading.implied["cash_handling"].evidence] == ["Stå bag disken"]  # type: ignore[index]


@pytest.mark.parametrize("told", ["Passe kassen, der er kundekontakt", "Passe kassen, ingen kundekontakt"])
def test_what_is_said_is_not_implied_any_more(told: str) -> None:
    assert "customer_contact" not in read_task(told).implied
    assert "customer_contact" in read_task(told).demands


def test_what_is_denied_implies_nothing() -> None:
    assert "cash_handling" not in read_task("Du skal ikke stå i kassen").implied


def test_a_setting_that_is_only_usual_is_shown_and_does_not_become_the_tasks() -> None:
    reading = read_task("Bilag nummereres og sættes bagest")
    assert value_of(reading.setting) == "indoor"
    assert reading.setting is not None
    assert reading.setting.confidence < LEAST_TO_COUNT
    assert reading.to_task().setting is Setting.UNKNOWN


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_text_is_read_alike_twice_and_evidence_is_cut_from_it(text: str) -> None:
    check_invariants(text)


WORDS = "feje luge gårdsplads bede ikke ingen maskiner kunder selv vi dem men og eller , . 9-11 fre man til 2"
WORDS += " timer en to mand kr. i timen fra 1. december øl børn ugen kl. måske krav a\u030a ½ - alene lørdag"
WORDS += " natten 22-2"


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=25).map(" ".join))
@settings(deadline=None)
def test_any_heap_of_telling_words_is_read_without_contradiction(text: str) -> None:
    check_invariants(text)


def check_invariants(text: str) -> None:
    reading = read_task(text, on=date(2026, 11, 22))
    assert reading == read_task(text, on=date(2026, 11, 22))
    shares = [finding.share for finding in reading.activities.values()]
    assert not shares or (len(shares) <= 3 and abs(sum(shares) - 1) < 1e-9)
    assert all(said and text[start:end] == said for start, end, said in pieces_of(reading))
    assert json.loads(json.dumps(reading.to_json())) == reading.to_json()
    reading.to_task()


@pytest.mark.parametrize(
    ("told", "code", "answer"),
    [
        ("Der er en stige, den tager min mand", "heights", "no"),
        ("Motorsaven må kun mester bruge", "machines", "no"),
        ("Det tunge klarer vi andre", "heavy_lifting", "no"),
        ("Jeg kan ikke selv løfte det tunge", "heavy_lifting", "yes"),
        ("Det er ikke fordi der skal løftes tungt", "heavy_lifting", "no"),
        ("Kørekort: nej", "driving_licence", "no"),
        ("Om du har kørekort er lige meget", "driving_licence", "no"),
        ("Næsten ingen kunder", "customer_contact", None),
        ("Hygiejnebevis er en fordel", "food_hygiene", None),
    ],
)
def test_who_does_it_and_how_firmly_it_is_said_turns_the_answer(
    told: str, code: str, answer: str | None
) -> None:
    assert answers_of(read_task(told)).get(code) == answer


def test_who_the_employers_are_is_not_what_they_want_done() -> None:
    assert (
        read_task("Vi driver et vaskeri og mangler en til at feje gården").main_activity == "outdoor_upkeep"
    )
    assert read_task("Det er fra bageriet. Hækken skal klippes").main_activity == "green"


def test_what_is_said_to_be_most_of_the_work_comes_first() -> None:
    assert read_task("Lidt rengøring, men mest opvask").main_activity == "kitchen"


def test_what_looks_like_a_demand_and_is_none_says_nothing() -> None:
    assert "machines" not in answers_of(read_task("Opvaskemaskinen skal tømmes"))
    assert "customer_contact" not in answers_of(read_task("Vi sender varer ud til kunderne"))
