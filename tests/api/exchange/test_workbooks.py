import io
import tracemalloc
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.domain.imports import ImportKind
from api.exchange import workbooks
from api.exchange.files import read_table
from api.exchange.limits import Limits
from api.exchange.packages import checked_package
from api.exchange.uploading import receive
from api.exchange.workbooks import read_sheets
from geo import Refused

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
HEAD = b'<?xml version="1.0"?>'
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.fixture(scope="module")
def small(workbook):
    return workbook({"Ark1": [["navn", "by"], ["A", "Næstved"]]})


def refusal(data, **options):
    with pytest.raises(Refused) as refused:
        read_table(data, "liste.xlsx", **options)
    return refused.value.said()


def outcome(data):
    """The rows, or why there are none; anything but a refusal is let through."""
    try:
        return read_table(data, "liste.xlsx").rows
    except Refused as refused:
        return refused.said()


def sheet_of(cells: bytes) -> bytes:
    return HEAD + b"<worksheet " + MAIN + b"><sheetData>" + cells + b"</sheetData></worksheet>"


def test_cells_keep_their_types(workbook):
    rows = [["navn", 1, 2.5, True, date(2026, 12, 3), datetime(2026, 12, 3, 9, 30), "=1+1", "0370"]]
    table = read_table(workbook({"Ark1": rows}), "liste.xlsx")
    assert table.rows[0].cells == (
        "navn", 1.0, 2.5, True, date(2026, 12, 3), datetime(2026, 12, 3, 9, 30), "=1+1", "0370",
    )  # fmt: skip


def test_dates_of_a_workbook_that_counts_from_1904_are_the_same(workbook):
    rows = [["dato"], [date(2026, 12, 3)]]
    later = read_table(workbook({"Ark1": rows}, date_1904=True), "liste.xlsx")
    assert later.rows == read_table(workbook({"Ark1": rows}), "liste.xlsx").rows


def test_row_numbers_are_those_of_the_sheet(workbook):
    table = read_table(workbook({"Ark1": [[], ["titel"], [], ["navn"], ["A"]]}), "liste.xlsx")
    assert [row.number for row in table.rows] == [2, 4, 5]


def test_the_first_visible_sheet_with_data_is_read_and_the_others_named(workbook):
    sheets = {"Tom": [], "Skjult": [["x"]], "Data": [["navn"], ["A"]], "Mere": [["y"]]}
    table = read_table(workbook(sheets, hidden=["Skjult"]), "liste.xlsx")
    assert table.sheet == "Data"
    assert [note.said() for note in table.notes] == [
        "Sheet 'Data' was read; Tom, Mere were not.",
        "Hidden sheets were not read: Skjult.",
    ]


def test_a_sheet_can_be_chosen_also_a_hidden_one(workbook):
    data = workbook({"Data": [["navn"]], "Skjult": [["x"]]}, hidden=["Skjult"])
    assert read_table(data, "liste.xlsx", sheet="Skjult").rows[0].cells == ("x",)


def test_every_sheet_that_holds_anything_is_read_hidden_ones_too(workbook):
    sheets = {"Tom": [], "Skjult": [["x"]], "Data": [["navn"], ["A"]]}
    found = list(read_sheets(workbook(sheets, hidden=["Skjult"]), "liste.xlsx"))
    assert [(table.sheet, table.rows[0].cells) for table in found] == [
        ("Skjult", ("x",)),
        ("Data", ("navn",)),
    ]


@pytest.mark.parametrize("kind", [ImportKind.EMPLOYERS, ImportKind.CITIZENS])
def test_a_file_of_many_sheets_is_unpacked_as_often_as_one_of_two(
    workbook, store, naestved, monkeypatch, kind
):
    unpacked = []

    def counted(*given):
        unpacked.append(given)
        return checked_package(*given)

    monkeypatch.setattr(workbooks, "checked_package", counted)
    head = {"Ark": [["Navn", "Værested"], ["Anna Holm", "Havnen"]]}
    counts = []
    for blank in (1, 30):
        data = workbook(head | {f"Tom {number}": [] for number in range(blank)})
        with store.unit() as unit:
            receive(unit, naestved, kind, data, "liste.xlsx")
        counts.append(len(unpacked))
        unpacked.clear()
    assert counts[0] == counts[1] <= 2


def test_an_unknown_sheet_is_refused_with_the_names(workbook):
    said = refusal(workbook({"Virksomheder": [["navn"]], "Ordrer": [["x"]]}), sheet="Virksomhed")
    assert said.endswith("Did you mean 'Virksomheder'? It has: Virksomheder, Ordrer.")


def test_a_workbook_of_empty_sheets_is_refused(workbook):
    assert "empty" in refusal(workbook({"Ark1": []}))


def test_an_error_value_of_excel_is_kept_to_be_refused_where_it_stands(small, repacked):
    cells = (
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>navn</t></is></c></row>'
        b'<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>'
    )
    table = read_table(repacked(small, {SHEET: sheet_of(cells)}), "liste.xlsx")
    assert table.rows[1].cells == ("#N/A",)


def test_macros_and_links_are_left_behind_and_said(small, repacked):
    parts = {"xl/vbaProject.bin": b"macro", "xl/externalLinks/externalLink1.xml": HEAD + b"<a/>"}
    table = read_table(repacked(small, parts), "liste.xlsx")
    said = " ".join(note.said() for note in table.notes)
    assert "macros" in said
    assert "links" in said


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_that_was_cut_off_is_refused(small, kept):
    assert "damaged" in refusal(small[: int(len(small) * kept)])


@pytest.mark.parametrize(
    ("part", "word"),
    [
        ("word/document.xml", "Word"),
        ("xl/workbook.bin", "xlsb"),
        ("content.xml", "OpenDocument"),
        ("anything.txt", "not an Excel workbook"),
    ],
)
def test_another_kind_of_package_is_named(part, word):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(part, b"<a/>")
    assert word in refusal(out.getvalue())


def test_a_package_with_a_password_is_named(small):
    locked = bytearray(small)
    at = 0
    while (at := locked.find(b"PK\x01\x02", at)) >= 0:
        locked[at + 8] |= 1
        at += 1
    assert "password" in refusal(bytes(locked))


def claims_four_gigabytes(small, repacked):
    data = bytearray(repacked(small, {SHEET: sheet_of(b" " * 1000)}))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(SHEET.encode()))
    data[at + 24 : at + 28] = (0xFFFFFFFE).to_bytes(4, "little")
    return bytes(data)


def hides_its_size(small, repacked):
    """The directory says a kilobyte; the stream goes on for a hundred megabytes."""
    data = bytearray(repacked(small, {SHEET: sheet_of(b" " * 100_000_000)}))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(SHEET.encode()))
    data[at + 24 : at + 28] = (1_000).to_bytes(4, "little")
    return bytes(data)


def laughs(small, repacked):
    entities = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 30))
    doctype = HEAD + b'<!DOCTYPE sst [<!ENTITY l0 "ha">' + entities + b"]>"
    texts = doctype + b"<sst " + MAIN + b"><si><t>&l29;</t></si></sst>"
    return repacked(small, {STRINGS: texts})


def reads_a_file(small, repacked):
    doctype = HEAD + b'<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return repacked(small, {STRINGS: doctype + b"<sst " + MAIN + b"><si><t>&x;</t></si></sst>"})


def in_two_corners(small, repacked):
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return repacked(small, {SHEET: sheet_of(cells)})


def a_million_columns(small, repacked):
    cells = b"".join(b"<c><v>%d</v></c>" % (n * 7919 % 1_000_003) for n in range(1_000_000))
    return repacked(small, {SHEET: sheet_of(b'<row r="1">' + cells + b"</row>")})


def repeats_a_long_text(small, repacked):
    texts = HEAD + b"<sst " + MAIN + b"><si><t>" + b"abcdefghij" * 90_000 + b"</t></si></sst>"
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 1000))
    return repacked(small, {STRINGS: texts, SHEET: sheet_of(cells)})


def unpacks_from_nothing(small, repacked):
    return repacked(small, {SHEET: sheet_of(b" " * 100_000_000)})


def ten_thousand_parts(small, repacked):
    return repacked(small, {f"xl/worksheets/sheet{n}.xml": b"" for n in range(2, 10_000)})


def twice_the_same_part(small, repacked):
    out = io.BytesIO(repacked(small, {}))
    with zipfile.ZipFile(out, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr(SHEET, sheet_of(b""))
    return out.getvalue()


BOMBS = {
    claims_four_gigabytes: "unpacks to more than 150000000 bytes",
    hides_its_size: "damaged",
    laughs: "XML entities",
    reads_a_file: "XML entities",
    in_two_corners: "more than 100000 rows",
    a_million_columns: "more than 200 columns",
    repeats_a_long_text: "texts of all cells are longer",
    unpacks_from_nothing: "times its size",
    ten_thousand_parts: "more than 1000 parts",
    twice_the_same_part: "damaged",
}


@pytest.mark.parametrize(("bomb", "word"), BOMBS.items(), ids=[bomb.__name__ for bomb in BOMBS])
def test_a_hostile_workbook_is_refused_in_little_memory(bomb, word, small, repacked):
    data = bomb(small, repacked)
    tracemalloc.start()
    try:
        said = refusal(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert word in said
    assert peak < 100 * 2**20


def test_a_rectangle_larger_than_its_cells_is_refused(workbook):
    assert "cells" in refusal(
        workbook({"Ark1": [[1], *[[]] * 50, [None] * 60 + [1]]}), limits=Limits(cells=1000)
    )


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_workbook_with_bytes_changed_is_read_or_refused_and_nothing_else(small, data):
    changed = bytearray(small)
    for _ in range(data.draw(st.integers(1, 8))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    assert outcome(bytes(changed))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_a_sheet_with_anything_in_it_is_read_or_refused_and_nothing_else(small, repacked, inside):
    assert outcome(repacked(small, {SHEET: sheet_of(inside), STRINGS: inside}))
