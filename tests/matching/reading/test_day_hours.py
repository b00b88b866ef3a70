import pytest

from matching.reading import read_hours, read_times


def told(text):
    return [f"{one.begins / 60:g}-{one.ends / 60:g}" for one in read_hours(text)]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("9-12", ["9-12"]),
        ("9.00–12.00, 13.00–15.30", ["9-12", "13-15.5"]),
        ("kl. 9 til 12", ["9-12"]),
        ("fra kl. 9 til kl. 12", ["9-12"]),
        ("fra ni til tolv", ["9-12"]),
        ("ni til to", ["9-14"]),
        ("to til fire", ["14-16"]),
        ("halv ni til kvart over elleve", ["8.5-11.25"]),
        ("mellem 9 og 12 og 13-15", ["9-12", "13-15"]),
        ("9 til 12 og igen 13 til 15", ["9-12", "13-15"]),
        ("kl. 9 og to timer frem", ["9-11"]),
        ("kl. 9 i tre timer, 14-16", ["9-12", "14-16"]),
        ("between 9 and 12", ["9-12"]),
        ("0.00–24.00", ["0-24"]),
    ],
)
def test_hours_of_a_day_are_read_as_they_are_said(text, hours):
    assert told(text) == hours


@pytest.mark.parametrize(
    "text",
    [
        "",
        "formiddag",
        "9",
        "kl. 9",
        "9 og 12",
        "12-9",
        "9-25",
        "20-2",
        "9-12 hver anden uge",
        "9-12 eller",
        "9,12",
    ],
)
def test_what_says_anything_but_hours_of_the_day_is_not_read_by_half(text):
    assert told(text) == []


def test_a_short_name_of_a_day_goes_with_hours_in_words():
    assert [str(slot) for slot in read_times("fre 9 til 12").slots] == ["fri 9-12"]
    assert read_times("det kan man 9 til 5 dage om ugen").slots == ()
