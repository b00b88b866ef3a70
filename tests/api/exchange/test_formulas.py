import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.exchange.formulas import guarded, unguarded

RISKY = [
    "=1+1",
    "+45 95 63 35 48",
    "-2+3",
    "@SUM(A1)",
    "%x",
    "|calc",
    "\tx",
    "\rx",
    "\x00x",
    "  =1",
    "\u200b=1",
    "'=1",
    "'\t",
    "\N{NO-BREAK SPACE}=1",
    "\uff1d1",
]


@pytest.mark.parametrize("text", RISKY)
def test_what_a_spreadsheet_would_run_is_guarded(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Eksempel", "95 42 61 57", "10-19", "'t Hoekje", "mor's kro"])
def test_other_text_is_left_alone_both_ways(text):
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.text(alphabet="'=+-@%|\t\r\n \x00\u200baæ1", max_size=8) | st.text())
def test_reading_gives_back_what_was_written(text):
    assert unguarded(guarded(text)) == text
