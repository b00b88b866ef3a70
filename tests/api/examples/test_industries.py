"""Industry codes against the classification, where the reference tables are at hand."""

import csv
from pathlib import Path

from rapidfuzz.fuzz import ratio

from api.domain.records import IndustrySystem
from api.examples.industries import industries


def test_codes_and_titles_are_those_of_the_classification(reference_data: Path):
    with (reference_data / "classification" / "db07_6digit.csv").open(encoding="utf-8") as file:
        titles = {row["db07"]: row["name_da"].strip() for row in csv.DictReader(file)}
    coded = [row for row in industries().values() if row.code]
    assert len(coded) > 40
    # one title is misspelt in the table
    assert [row.code for row in coded if ratio(titles.get(row.code, ""), row.title) < 95] == []


def test_an_industry_without_a_code_says_that_its_list_is_unknown():
    uncoded = [row for row in industries().values() if not row.code]
    assert uncoded
    assert {row.system for row in uncoded} == {IndustrySystem.UNKNOWN}
    assert {row.system for row in industries().values() if row.code} == {IndustrySystem.DB07}
