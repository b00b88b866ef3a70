import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.exchange.files import read_table
from api.exchange.limits import Limits
from geo import Refused

LINES = (
    "Virksomhedsnavn;By;Opgave\r\nEksempel Røgeri;Næstved;Slå græs på gården\r\nEksempel;Præstø;Gå ture\r\n"
)


def refusal(data, name="liste.csv", **options):
    with pytest.raises(Refused) as refused:
        read_table(data, name, **options)
    return refused.value.said()


def outcome(data):
    """The rows, or why there are none; anything but a refusal is let through."""
    try:
        return read_table(data, "liste.csv").rows
    except Refused as refused:
        return refused.said()


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "cp865", "mac_roman"],
)
def test_danish_letters_survive_every_usual_encoding(encoding):
    table = read_table(LINES.encode(encoding), "liste.csv")
    assert [row.cells for row in table.rows[1:]] == [
        ("Eksempel Røgeri", "Næstved", "Slå græs på gården"),
        ("Eksempel", "Præstø", "Gå ture"),
    ]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    text = 'Navn;By;Opgave\nA;Næstved;"feje, luge; rive | vaske"\nB;Præstø;gå\n'.replace(";", "\0")
    text = text.replace("luge\0", "luge;").replace("\0", delimiter)
    table = read_table(text.encode(), "liste.csv")
    assert table.rows[1].cells == ("A", "Næstved", "feje, luge; rive | vaske")


def test_a_quoted_text_may_run_over_lines_and_counts_as_one_row():
    table = read_table(b'a;b\r\n"to\r\nlinjer";1\r\n\r\nx;2\r\n', "liste.csv")
    assert [(row.number, row.cells[0]) for row in table.rows] == [(1, "a"), (2, "to\r\nlinjer"), (4, "x")]


def test_a_quotation_mark_that_is_never_closed_names_its_line():
    said = refusal(b'navn;opgave\nA;feje\nB;"luge bede\nC;rive\n')
    assert "line 3 (row 3)" in said
    assert "quotation mark" in said


def test_an_endless_quoted_text_is_refused_before_it_is_gathered():
    assert "quotation mark" in refusal(b'a;b\n"' + b"x;y\n" * 500_000)


def test_a_broken_byte_in_utf_8_is_not_taken_for_an_old_encoding():
    said = refusal("navn;by\nÆøå;Næstved\n".encode() + b"Pr\xe6st\n" + "Ærø;Å\n".encode())
    assert "byte 27" in said
    assert "line 3" in said


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"\r\n\r\n;;;\r\n", "empty"),
        (b"\x00\x00\x00", "empty"),
        ("\ufeff".encode(), "empty"),
        (b"%PDF-1.7 hello", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"<html><table></table></html>", "HTML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "old Excel format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\x01\x00\xff\xfe\x00\x9d\x81", "not a text file"),
        (b"navn;by\nN\x81stved;\x8d\x8f\x90\x9d\x81\n\xff\xfe\x00", "not a text file"),
    ],
    ids=[
        "no bytes",
        "blank rows",
        "zeros",
        "mark alone",
        "pdf",
        "png",
        "html",
        "xls",
        "locked",
        "binary",
        "zero byte",
    ],
)
def test_what_is_no_list_is_refused_by_name(data, word):
    assert word in refusal(data)


def test_a_sheet_of_a_text_file_is_refused():
    assert "no sheets" in refusal(b"a;b\n1;2\n", sheet="Ark1")


@pytest.mark.parametrize(
    ("limits", "word"),
    [
        (Limits(file_bytes=20), "20 bytes"),
        (Limits(rows=2), "2 rows"),
        (Limits(columns=2), "2 columns"),
        (Limits(cells=5), "5 cells"),
    ],
    ids=["bytes", "rows", "columns", "cells"],
)
def test_each_limit_is_named(limits, word):
    assert word in refusal(LINES.encode(), limits=limits)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400) | st.text(alphabet=";,\"\n\r\t|aæ\x00'=", max_size=200).map(str.encode))
def test_arbitrary_bytes_are_read_or_refused_and_nothing_else(data):
    assert outcome(data)


def test_commas_in_texts_do_not_pass_for_columns():
    text = "Navn;Opgave\nA;feje, luge, rive, vaske, male\nB;luge, feje, male, rive, vaske\n"
    assert read_table(text.encode(), "liste.csv").rows[0].cells == ("Navn", "Opgave")
