import pytest

from api.exchange.columns import find_columns, offered_columns
from api.exchange.employers import FIELDS, REQUIRED
from api.exchange.job_orders import FIELDS as ORDER_FIELDS
from api.exchange.mappings import read_mapping
from api.exchange.reports import LIES_ELSEWHERE, REPORTED, Report
from api.exchange.tables import Row, Table
from geo import Refused, UnknownCode


def table(*rows):
    return Table(
        name="liste", rows=tuple(Row(number, tuple(row)) for number, row in enumerate(rows, start=1))
    )


def columns(*rows, mapping=None, report=None):
    return find_columns(table(*rows), FIELDS, REQUIRED, mapping, report or Report())


def refusal(*rows, mapping=None):
    with pytest.raises(Refused) as refused:
        columns(*rows, mapping=mapping)
    return refused.value.said()


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("CVR-nr", "cvr"),
        ("cvr nr.", "cvr"),
        ("CVRNUMMER", "cvr"),
        ("Længdegrad", "lon"),
        ("Laengdegrad", "lon"),
        ("LANGDEGRAD", "lon"),
        ("Reklamebeskyttelse", "advertising_protected"),
        ("advertising_protected", "advertising_protected"),
        ("Branchekode (DB25)", "industry_code"),
        ("X-koordinat", "easting"),
        ("UTM y", "northing"),
        ("Kontaktperson", "contact_person"),
        ("supports.contact_person", "supports.contact_person"),
        ("alcohol_present", "demands.alcohol_present"),
    ],
)
def test_headers_are_recognised_however_they_are_spelt(header, field):
    assert columns(["Navn", "P-nr", header] if field == "cvr" else ["Navn", "CVR", header]).place[field] == 2


@pytest.mark.parametrize("fields", [FIELDS, ORDER_FIELDS], ids=["employers", "job orders"])
def test_no_header_stands_for_two_fields(fields):
    for field in fields:
        for header in (field.name, *field.headers):
            required = [(field.name,)]
            assert find_columns(table([header]), fields, required, None, Report()).place == {field.name: 0}


def test_the_header_row_is_found_below_titles_and_merged_cells():
    found = columns(
        ["Udtræk fra Fasit", "", "", "21-11-2026"],
        ["Virksomhed", "", "Adresse", ""],
        ["Navn", "CVR-nr", "Vejnavn", "Postnr"],
        ["Eksempel", "99003626", "Grøndalvej", "4700"],
    )
    assert found.header == ("Navn", "CVR-nr", "Vejnavn", "Postnr")
    assert [row.number for row in found.rows] == [4]


def test_a_column_that_is_not_known_is_said_and_left_out():
    report = Report()
    columns(["Navn", "CVR", "Yndlingsfarve", "Afvist fordi"], report=report)
    assert [note.said() for note in report.notes] == [
        "The column 'Yndlingsfarve' is not known and was left out."
    ]


def test_a_column_without_a_header_is_said_only_when_something_stands_in_it():
    quiet, loud = Report(), Report()
    columns(["Navn", "CVR", ""], ["A", "99003626", ""], report=quiet)
    columns(["Navn", "CVR", ""], ["A", "99003626", "note"], report=loud)
    assert (len(quiet.notes), len(loud.notes)) == (0, 1)


def test_a_missing_column_says_what_was_looked_for_and_how_to_map_it():
    said = refusal(["Kundenavn", "CVR-nr"])
    assert "No column was found for 'Virksomhedsnavn'" in said
    assert "Kundenavn, CVR-nr" in said
    assert 'name = "the header in the file"' in said


def test_a_file_without_any_known_header_is_refused_with_the_row_that_looks_like_one():
    assert "The header row reads: a, b, c" in refusal(["titel"], ["a", "b", "c"], ["1", "2", "3"])


def test_the_same_header_twice_is_refused():
    assert "there twice" in refusal(["Navn", "CVR", "Note", "note"])


def test_two_headers_for_one_field_are_refused():
    said = refusal(["Navn", "CVR", "Telefon", "Mobil"])
    assert "'Telefon' and 'Mobil' are both taken for 'Telefon'" in said


def test_a_mapping_goes_before_what_is_recognised():
    found = columns(["Navn", "Kundenavn", "CVR"], mapping={"name": "kundenavn"})
    assert found.place["name"] == 1


def test_a_mapping_settles_which_of_two_headers_counts():
    assert columns(["Navn", "CVR", "Telefon", "Mobil"], mapping={"phone": "Mobil"}).place["phone"] == 3


def test_a_mapping_of_an_unknown_field_names_the_nearest():
    with pytest.raises(UnknownCode, match="'phone'"):
        columns(["Navn", "CVR"], mapping={"phon": "Navn"})


def test_a_mapping_to_a_header_that_is_not_there_names_the_nearest():
    assert "Did you mean 'Kundenavn'?" in refusal(["Kundenavn", "CVR"], mapping={"name": "Kundenavne"})


def test_a_mapping_file_is_field_to_header():
    data = b'name = "Kundenavn"\ndemands.machines = "Maskiner"\nsupports.contact_person = "Kontakt"\n'
    assert read_mapping(data, "m.toml") == {
        "name": "Kundenavn",
        "demands.machines": "Maskiner",
        "supports.contact_person": "Kontakt",
    }


@pytest.mark.parametrize(
    "data",
    [b"name = ", b"name = 3", b'name = ""', b"\xff\xfe", b"a.b.c = 'x'", b"x = " + b"[" * 100_000],
    ids=["cut", "number", "blank", "bytes", "too deep", "nested"],
)
def test_what_is_no_mapping_file_is_refused_with_an_example(data):
    with pytest.raises(Refused) as refused:
        read_mapping(data, "m.toml")
    assert 'name = "the header in the file"' in refused.value.said()


@pytest.mark.parametrize("key", ["a." * 600 + "a", '"\u2028".' + "a." * 600 + "a"])
def test_a_name_of_very_many_parts_is_refused_before_it_is_taken_apart(key):
    with pytest.raises(Refused, match="line 2 is longer than 1000 characters"):
        read_mapping(f"name = 'Kundenavn'\n{key} = 'x'".encode(), "m.toml")


def test_a_field_that_is_mapped_to_nothing_has_no_column():
    found = columns(["Virksomhedsnavn", "CVR-nr", "Telefon"], ["A", "1", "2"], mapping={"phone": ""})
    assert set(found.place) == {"name", "cvr"}


def test_a_required_field_that_is_mapped_to_nothing_is_missing():
    said = refusal(["Virksomhedsnavn", "CVR-nr"], ["A", "1"], mapping={"name": ""})
    assert "No column was found for 'Virksomhedsnavn'" in said


def test_no_refusal_of_columns_speaks_of_fields_by_our_names_but_to_map_them():
    with pytest.raises(Refused) as missing:
        find_columns(table(["Virksomhed", "CVR"]), ORDER_FIELDS, [("text",)], None, Report())
    assert (missing.value.field, missing.value.facts["looked"]) == ("file", "'Opgave'")
    assert "text" not in missing.value.said().replace('text = "the header in the file"', "")
    with pytest.raises(Refused) as twice:
        find_columns(table(["Opgave", "Opgavebeskrivelse"]), ORDER_FIELDS, [], None, Report())
    assert "'Opgave' and 'Opgavebeskrivelse' are both taken for 'Opgave'" in twice.value.said()


def test_what_the_file_has_no_column_for_is_told_of_the_whole_row():
    assert columns(["Navn", "CVR"]).title("phone") == ""
    assert columns(["Navn", "CVR", "Mobil"]).title("phone", "cvr") == "Mobil"


def test_columns_are_offered_with_what_they_seem_to_be_and_some_of_their_cells():
    rows = [["En liste"], ["Hvem", "CVR-nr", "CVR", "Afvist fordi"], ["A", "1", "", "x"], ["A", "2", "", ""]]
    offers = offered_columns(table(*rows), FIELDS)
    assert [(one.header, one.samples, one.field) for one in offers] == [
        ("Hvem", ("A",), ""),
        ("CVR-nr", ("1", "2"), "cvr"),
        ("CVR", (), ""),
    ]


def test_no_example_of_a_column_repeats_a_civil_registration_number():
    rows = [
        ["Kontaktperson", "CPR", "P-nummer"],
        ["Ali 010180-1234", "010180-1234", "1003141592"],
        ["Mette", "0101801234", "1003141593"],
    ]
    person, number, place = (one.samples for one in offered_columns(table(*rows), FIELDS))
    assert not any(figures in " ".join((*person, *number)) for figures in ("1234", "010180"))
    assert person[1] == "Mette"
    assert place == ("1003141592", "1003141593")


def test_a_header_that_is_there_twice_cannot_be_offered():
    with pytest.raises(Refused, match="there twice"):
        offered_columns(table(["CVR", "cvr"]), FIELDS)


def test_what_was_tidied_crowds_no_place_far_away_out_of_the_report():
    report = Report()
    for row in range(2 * REPORTED):
        report.teller(row, "Telefon")("{value!r} was read as {read}.", value="x", read="y")
    report.teller(999, "Postnr")(LIES_ELSEWHERE, names="Skagen")
    assert len(report.notes) == REPORTED + 1
    assert report.notes[-1].row == 999
