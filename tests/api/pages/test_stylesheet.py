"""The stylesheet is whole: a brace lost in a merge would confine all that follows to paper or a telephone."""

import re

import pytest

from api.pages.assets import HERE, style_sheet

STYLES = sorted([*(HERE / "static").glob("*.css"), *(HERE / "styles").glob("*.css")])


def openings(css):
    """What stands before each opening brace, and the openings around it; fails on a brace too many."""
    css = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", css, flags=re.DOTALL)
    within, found = [], []
    for before, brace in re.findall(r"([^{};]*)([{};])", css):
        if brace == "{":
            found.append((before.strip(), tuple(within)))
            within.append(before.strip())
        elif brace == "}":
            assert within, f"closes what nobody opened, after {found[-1][0]}"
            within.pop()
    assert within == [], f"never closed: {within}"
    return found


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_rule_stands_by_itself_or_in_one_condition(path):
    found = openings(path.read_text("utf-8"))
    assert found
    assert [
        (rule, within) for rule, within in found if within and not (len(within) == 1 and within[0][0] == "@")
    ] == []


def test_no_part_is_written_twice():
    parts = re.findall(r"^/\* (.*) \*/$", style_sheet(), flags=re.MULTILINE)
    assert len(parts) == len(set(parts))


@pytest.mark.parametrize("css", ["@media print { p { margin: 0; ", "p { margin: 0; } }"])
def test_a_brace_too_few_or_too_many_is_told(css):
    with pytest.raises(AssertionError, match="never closed|nobody opened"):
        openings(css)


def test_a_row_that_is_overdue_does_not_colour_what_is_recorded_in_it():
    rules = [rule for path in STYLES for rule, _ in openings(path.read_text("utf-8"))]
    selectors = [one.strip() for rule in rules for one in rule.split(",\n")]
    assert ":is(span, strong).overdue" in selectors
    assert ".overdue" not in selectors
