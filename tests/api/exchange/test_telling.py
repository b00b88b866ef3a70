"""What was found in a file, kept as JSON and said later in either language."""

import json
from dataclasses import replace
from enum import StrEnum

import pytest

from api.exchange.employers import read_employers
from api.exchange.files import read_table
from api.exchange.telling import remark, remarks, told_of
from api.routes.language import translator
from matching.language import Language, speech


@pytest.fixture
def reading(csv_file):
    rows = [["Virksomhedsnavn", "CVR-nr", "Postnr", "Ukendt"]]
    rows += [["Eksempel", "99003627", "47", "x"], ["", "99003626", "4700", ""]]
    return read_employers(read_table(csv_file(rows), "a.csv"), municipality="0370")


@pytest.mark.parametrize("language", Language)
def test_a_kept_refusal_is_said_as_the_refusal_itself(reading, language):
    translate = translator(language)
    told = json.loads(json.dumps(told_of(reading)))
    said = [
        " ".join(filter(None, (one.problem, one.remedy)))
        for one in remarks(told["refused"], language, translate)
    ]
    assert said == [cell.reason.said(translate) for cell in reading.refused]
    assert len(said) == reading.refused_total == told["refused_total"] > 2


def _labelled(fact, label):
    return label(fact) if isinstance(fact, StrEnum) else fact


@pytest.mark.parametrize("language", Language)
def test_a_kept_note_is_said_as_the_note_itself_with_its_codes_as_people_call_them(reading, language):
    translate, label = translator(language), speech(language).label
    told = json.loads(json.dumps(told_of(reading)))
    said = [one.problem for one in remarks(told["notes"], language, translate)]
    labelled = [
        replace(note, facts={name: _labelled(fact, label) for name, fact in note.facts.items()})
        for note in reading.notes
    ]
    assert said == [note.said(translate) for note in labelled]
    assert any(isinstance(fact, StrEnum) for note in reading.notes for fact in note.facts.values())


def test_a_report_of_an_earlier_version_is_said_in_english():
    kept = {"row": 3, "column": "CVR-nr", "value": "1", "reason": "'1' is not a CVR number."}
    assert remark(kept, Language.DANISH, translator(Language.DANISH)).problem == "'1' is not a CVR number."
