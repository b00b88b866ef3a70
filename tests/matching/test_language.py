"""Danish and English: every code has a label, every question a text, every message a translation."""

from collections.abc import Iterator
from datetime import date, datetime, time
from enum import StrEnum
from gettext import translation
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from geo import Mode, Precision, UnknownCode
from matching.constraints import Party
from matching.language import Language, speech
from matching.ledger import Standing
from matching.policy import Part
from matching.sentences import question
from matching.times import Slot, Weekday
from matching.vocabulary import (
    EXPOSURES,
    REQUIREMENTS,
    Activity,
    AnchorKind,
    Answer,
    Attitude,
    Demand,
    Setting,
    Support,
)

FOLDER = Path(str(files("matching"))) / "translations"
VOCABULARIES: list[type[StrEnum]] = [
    *(
        Activity,
        AnchorKind,
        Answer,
        Attitude,
        Demand,
        Mode,
        Part,
        Party,
        Precision,
        Setting,
        Standing,
        Support,
    ),
    Weekday,
]
QUESTIONS = [
    *(f"avoids:{code}" for code in sorted(EXPOSURES)),
    *(f"needs:{code}" for code in Support),
    *(f"abilities:{code}" for code in sorted(REQUIREMENTS)),
    *("attitude:machine_work", "max_hours", "setting:outdoor", "place", "availability"),
]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", VOCABULARIES, ids=lambda kind: kind.__name__)
def test_every_code_has_a_label_of_its_own(kind: type[StrEnum], language: Language) -> None:
    labels = [speech(language).label(code) for code in kind]
    assert len(set(labels)) == len(kind)
    assert not [label for label in labels if "_" in label or not label.strip()]


@pytest.mark.parametrize("kind", VOCABULARIES, ids=lambda kind: kind.__name__)
def test_every_code_is_in_the_catalogue_of_labels_of_both_languages(kind: type[StrEnum]) -> None:
    context = "".join(
        f" {letter.lower()}" if letter.isupper() else letter for letter in kind.__name__
    ).strip()
    for language in Language:
        assert {str(code) for code in kind} <= {
            name for where, name, _ in entries(language, "labels") if where == context
        }


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("rule", QUESTIONS)
def test_every_question_can_be_asked(rule: str, language: Language) -> None:
    text = question(rule, speech(language))
    assert text.endswith("?")
    assert text[0].isupper()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("code", [*Demand, *Support])
def test_an_employer_can_be_asked_about_every_demand_and_support(code: StrEnum, language: Language) -> None:
    text = speech(language).about("question", code)
    assert text.endswith("?")
    assert text[0].isupper()


@pytest.mark.parametrize("code", Activity)
def test_the_danish_labels_of_activities_are_those_of_the_contract(code: Activity) -> None:
    assert speech("da").label(code) == CONTRACT_LABELS[code]


CONTRACT_LABELS = {
    "green": "Grønt arbejde",
    "outdoor_upkeep": "Udendørs renhold og opsyn",
    "cleaning": "Rengøring og oprydning",
    "kitchen": "Køkken, kantine og café",
    "shop": "Butik",
    "warehouse": "Lager, pakning og sortering",
    "machine_work": "Maskinarbejde og produktion",
    "assembly": "Montage",
    "crafts": "Værksted og håndværk",
    "building_repair": "Byggeri, maling og reparation",
    "caretaking": "Pedel og vicevært",
    "driving": "Kørsel, bud og omdeling",
    "vehicles": "Vask og pasning af køretøjer",
    "animals": "Dyrepasning",
    "farming_forestry": "Landbrug, skov og brænde",
    "office": "Kontor, post og it",
    "laundry_textiles": "Vask, strygning og syning",
    "recycling": "Affald og genbrug",
    "events": "Arrangementer og markeder",
    "people_support": "Omsorg og følgeskab",
}


def test_both_languages_have_the_same_labels() -> None:
    danish, english = (
        {(where, name) for where, name, _ in entries(language, "labels")} for language in Language
    )
    assert danish == english


@pytest.mark.parametrize(("language", "domain"), [("da", "labels"), ("en", "labels"), ("da", "messages")])
def test_the_compiled_catalogue_is_that_of_the_text(language: str, domain: str) -> None:
    compiled = translation(domain, FOLDER, [language])
    said = [entry for entry in entries(language, domain) if all(texts(entry[2]))]
    told = [
        tuple(compiled.ngettext(*name, number) for number in (1, 2))
        if isinstance(name, tuple)
        else compiled.pgettext(where, str(name))
        if where
        else compiled.gettext(str(name))
        for where, name, _ in said
    ]
    assert told == [text for _, _, text in said]


def test_every_message_of_the_code_is_said_in_danish() -> None:
    said = {english for _, english, danish in entries("da", "messages") if all(texts(danish))}
    keywords = {"N_": None, "say": None, "plural": (1, 2)}
    for package in ("geo", "matching"):
        found = extract_from_dir(str(files(package)), [("**.py", "python")], {}, keywords)
        assert {message for _, _, message, _, _ in found} - said == set()


@pytest.mark.parametrize("domain", ["messages"])
def test_a_danish_message_has_the_facts_of_the_english_one(domain: str) -> None:
    for _, english, danish in entries("da", domain):
        for told, translated in zip(texts(english), texts(danish), strict=True):
            if translated:
                assert facts(translated) == facts(told), told


def test_a_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(UnknownCode, match="language: 'de' is not known"):
        speech("de")


@pytest.mark.parametrize(
    ("language", "number", "brief", "day", "slot"),
    [
        ("da", "1.234,5", "2,5", "01-12-2026", "fre 9-12.30"),
        ("en", "1,234.5", "2.5", "01-12-2026", "Fri 9-12:30"),
    ],
)
def test_numbers_days_and_times_are_said_as_the_language_does(
    language: str, number: str, brief: str, day: str, slot: str
) -> None:
    said = speech(language)
    assert said.number(1234.5, 1) == number
    assert (said.brief(2.5), said.brief(3.0)) == (brief, "3")
    assert said.day(date(2026, 12, 1)) == day
    assert said.slot(Slot.parse("fri 9-12:30")) == slot


@pytest.mark.parametrize(("language", "told"), [("da", "09.05"), ("en", "09:05")])
def test_a_time_of_day_is_written_as_the_hours_of_a_week_are(language: str, told: str) -> None:
    said = speech(language)
    assert said.clock(time(9, 5)) == said.clock(datetime(2026, 12, 1, 9, 5)) == told
    assert said.slot(Slot.parse("fri 09:05-12")).endswith(f" {told.removeprefix('0')}-12")


@pytest.mark.parametrize(
    ("minutes", "told"), [(0.0, "0"), (4.2, "5"), (30.0, "30"), (30.06, "31"), (1439.5, "1.440")]
)
def test_a_begun_minute_is_said_as_a_whole_one(minutes: float, told: str) -> None:
    assert speech("da").minutes(minutes) == told


@given(st.floats(0, 1440), st.integers(0, 1440))
def test_minutes_said_pass_a_limit_where_the_minutes_do_and_only_there(minutes: float, limit: int) -> None:
    said = int(speech("en").minutes(minutes).replace(",", ""))
    assert (said > limit) is (minutes > limit)


@given(st.floats(-1e9, 1e9) | st.integers(-(10**12), 10**12), st.sampled_from(Language))
def test_numbers_are_written_as_the_locale_data_has_it(value: float, language: Language) -> None:
    said = speech(language)
    for decimals, pattern in ((0, "#,##0"), (1, "#,##0.0"), (2, "#,##0.00")):
        assert said.number(value, decimals) == format_decimal(value, format=pattern, locale=language)
    assert said.brief(value).removeprefix("-") == format_decimal(
        abs(value), format="#,##0.##", locale=language
    )


def entries(language: str, domain: str) -> Iterator[tuple[str | None, object, object]]:
    with (FOLDER / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        yield from [(item.context, item.id, item.string) for item in read_po(file) if item.id]


def texts(said: object) -> tuple[str, ...]:
    return tuple(said) if isinstance(said, tuple | list) else (str(said),)


def facts(text: str) -> set[str]:
    return {piece.split("}")[0] for piece in text.replace("{{", "").split("{")[1:]}
