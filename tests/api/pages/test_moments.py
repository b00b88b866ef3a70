from datetime import UTC, date, datetime

import pytest

from api.pages.moments import Moments
from api.routes.language import translations
from matching.language import Language

TODAY = date(2026, 11, 25)
DAYS = [
    (date(2026, 11, 24), "i går"),
    (date(2026, 11, 25), "i dag"),
    (date(2026, 11, 26), "i morgen"),
    (date(2026, 11, 27), "fredag 27-11"),
    (date(2026, 11, 19), "torsdag 19-11"),
    (date(2026, 12, 2), "02-12"),
    (date(2026, 11, 18), "18-11"),
    (date(2026, 1, 2), "02-01-2026"),
    (date(2027, 11, 25), "25-11-2027"),
]


def moments(language=Language.DANISH):
    return Moments(language, translations(language))


@pytest.mark.parametrize(("day", "said"), DAYS)
def test_a_day_is_said_as_people_say_it(day, said):
    assert moments().day(day, TODAY) == said


def test_a_moment_has_the_time_of_the_danish_clock():
    assert moments().at(datetime(2026, 11, 25, 13, 5, tzinfo=UTC), TODAY) == "i dag kl. 14.05"
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    assert moments().at(late, TODAY) == "i morgen kl. 00.30"
    assert moments().on(late, TODAY) == "i morgen"


@pytest.mark.parametrize(
    ("days", "said"), [(0, "i dag er sidste dag"), (1, "1 hverdag tilbage"), (2, "2 hverdage tilbage")]
)
def test_what_is_left_is_told_in_working_days(days, said):
    assert moments().left(days) == said


def test_english_says_it_in_english():
    english = moments(Language.ENGLISH)
    assert english.day(date(2026, 11, 27), TODAY) == "Friday 27-11"
    assert english.left(1) == "1 working day left"
