"""A text beside what was heard in it: every finding by its own words, of its own kind, and the rest open."""

import re
from html import unescape
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.reading import Evidence, Finding, ImpliedFinding, SharedFinding, TaskReading, read_task
from matching.times import Weekday
from matching.vocabulary import Activity, Answer, Demand, Setting, Support
from tests.evaluate.told import to_steer_by
from tests.notebooks.kernels import beside

TEXT = "Bære <møbler> i laden <3"
HEAVY = [Evidence(0, 4, "Bære"), Evidence(5, 13, "<møbler>")]


@pytest.fixture(scope="module")
def heard() -> ModuleType:
    return beside("heard")


@pytest.fixture
def reading() -> TaskReading:
    return TaskReading(
        text=TEXT,
        activities={Activity.WAREHOUSE: SharedFinding(1.0, 0.9, HEAVY)},
        setting=Finding(Setting.INDOOR, 0.7, HEAVY[1:]),
        implied={Demand.HEAVY_LIFTING: ImpliedFinding(Answer.YES, 0.7, HEAVY)},
    )


def spoken(html: str) -> str:
    """The words of a marked text without its numbers."""
    first = html.split("</p>")[0]
    return unescape(re.sub(r"<sup>.*?</sup>|<(?:span|p) [^>]*>|</span>", "", first))


def test_each_kind_is_told_apart(heard: ModuleType, reading: TaskReading) -> None:
    found = {each.kind: (each.told, each.words) for each in heard.heard(reading)}
    assert found == {
        heard.SAID: ("Lager, pakning og sortering", "Bære … <møbler>"),
        heard.USUAL: ("indendørs", "<møbler>"),
        heard.IMPLIED: ("tunge løft: spørg", "Bære … <møbler>"),
    }


def test_words_carry_the_number_and_the_looks_of_what_they_gave_away(
    heard: ModuleType, reading: TaskReading
) -> None:
    html = heard.marked(reading)
    said, usual, implied = (heard.LOOKS[kind] for kind in (heard.SAID, heard.USUAL, heard.IMPLIED))
    assert f'<span style="{said}; {implied}">Bære</span><sup>1,2</sup>' in html
    assert f'<span style="{said}; {usual}; {implied}">&lt;møbler&gt;</span><sup>1,2,3</sup>' in html
    assert all(kind in html for kind in heard.LOOKS), "a legend"


@given(st.sampled_from([text for text, _ in to_steer_by()]))
def test_a_marked_text_is_the_text(text: str) -> None:
    assert spoken(beside("heard").marked(read_task(text))) == text


def test_a_setting_that_is_told_is_said(heard: ModuleType) -> None:
    found = Finding(Setting.INDOOR, heard.LEAST_TO_COUNT, HEAVY)
    assert heard.kind_of_setting(found) == heard.SAID


def test_days_are_told_only_where_no_times_are(heard: ModuleType) -> None:
    days = Finding([Weekday.TUE], 0.95, HEAVY)
    times = Finding(["tue 9-11"], 0.95, HEAVY)
    assert [each.told for each in heard.heard(TaskReading(text=TEXT, weekdays=days))] == ["tir"]
    (timed,) = heard.heard(TaskReading(text=TEXT, weekdays=days, times=times))
    assert timed.told.endswith("9-11")


def test_what_is_only_implied_stands_open(heard: ModuleType, reading: TaskReading) -> None:
    assert heard.left_open(reading) == [*Demand, *Support]
    answered = read_task("Der er ingen tunge løft")
    assert heard.left_open(answered) == [
        code for code in (*Demand, *Support) if code is not Demand.HEAVY_LIFTING
    ]


def test_of_a_text_that_says_nothing_nothing_is_heard(heard: ModuleType) -> None:
    assert heard.heard(read_task("")) == []
    assert spoken(heard.marked(read_task("Goddag"))) == "Goddag"
