"""Grades of a written name: exact, safe with small variations, uncertain or several."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.names import Grade, Match, Names, Note, fold

TOWNS = Names(
    ["Næstved", "Århus", "Vester-Skerninge", "Ry", "Hornslet", "Hornsyld", "Bording", "Gording"], str
)


@pytest.mark.parametrize(
    ("written", "grade", "meant"),
    [
        ("Næstved", Grade.A, "Næstved"),
        ("  Næstved ", Grade.A, "Næstved"),
        ("næstved", Grade.B, "Næstved"),
        ("NÆSTVED", Grade.B, "Næstved"),
        ("Naestved", Grade.B, "Næstved"),
        ("Aarhus", Grade.B, "Århus"),
        ("Vester Skerninge", Grade.B, "Vester-Skerninge"),
        ("Næstvd", Grade.B, "Næstved"),
        ("Nætsved", Grade.B, "Næstved"),
        ("Vester Skaarninge", Grade.C, "Vester-Skerninge"),
    ],
)
def test_a_name_is_graded_by_how_far_it_is_off(written: str, grade: Grade, meant: str):
    assert TOWNS.match(written) == Match(grade, (meant,))


@pytest.mark.parametrize("written", ["", "   ", "Rye", "R", "København", "?!"])
def test_a_name_that_is_too_short_or_too_far_off_is_not_known(written: str):
    assert TOWNS.match(written) is None


def test_a_slip_that_fits_two_names_is_said_and_none_is_picked():
    match = TOWNS.match("Nording")
    assert match is not None
    assert (match.grade, set(match.candidates), match.row) == (Grade.C, {"Bording", "Gording"}, None)


def test_names_that_differ_only_in_spelling_are_both_in_question():
    match = Names(["Aarup", "Årup"], str).match("Årup")
    assert match == Match(Grade.C, ("Aarup", "Årup"))


def test_the_worst_grade_is_the_greatest():
    assert max(Grade.A, Grade.C, Grade.B) is Grade.C


@given(st.text())
def test_folding_twice_changes_nothing_more(name: str):
    assert fold(fold(name)) == fold(name)


@given(st.sampled_from(["Næstved", "Århus", "Hornslet"]), st.data())
def test_case_never_changes_what_is_meant(name: str, data: st.DataObject):
    upper = data.draw(st.lists(st.booleans(), min_size=len(name), max_size=len(name)))
    written = "".join(a.upper() if up else a.lower() for a, up in zip(name, upper, strict=True))
    match = TOWNS.match(written)
    assert match is not None
    assert match.row == name


def test_a_note_is_said_late_and_in_the_language_asked_for():
    note = Note.of("{town} is not known.", town="Xby")
    assert note.said() == "Xby is not known."
    assert note.said({"{town} is not known.": "{town} kendes ikke."}.__getitem__) == "Xby kendes ikke."
