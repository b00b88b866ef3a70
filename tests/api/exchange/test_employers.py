import pytest

from api.domain.records import ContactBasis, IndustrySystem
from api.exchange.employers import read_employers
from api.exchange.files import read_table
from api.exchange.reports import RefusedCell
from geo import Point, Precision, Refused
from matching.vocabulary import Answer, Demand, Support

BASE = {
    "CVR-nr": "99003626",
    "P-nr": "1999000367",
    "Virksomhedsnavn": "Eksempel Terminal",
    "Vejnavn": "Grøndalvej",
    "Husnr": "83",
    "Postnr": "4700",
    "By": "Næstved",
}


@pytest.fixture
def reading_of(table_of):
    """Rows as dictionaries, read as a list of employers for Næstved."""

    def read(*rows, **options):
        return read_employers(table_of(BASE, *rows), municipality="0370", **options)

    return read


def refusals(reading):
    return [(cell.row, cell.column, cell.reason.said()) for cell in reading.refused]


def notes(reading):
    return [note.said() for note in reading.notes if note.row]


@pytest.mark.parametrize("name", ["virksomheder_naestved.csv", "virksomheder_naestved.xlsx"])
def test_the_reference_list_comes_in_clean(reference_data, name):
    data = (reference_data / "imports" / name).read_bytes()
    reading = read_employers(read_table(data, name), municipality="0370")
    records = [draft.record for draft in reading.drafts]
    assert reading.clean
    assert reading.refused_total == 0
    assert (len(records), reading.rows_read) == (500, 500)
    assert len({record.cvr for record in records}) == 463
    answers = [record.advertising_protected for record in records]
    assert [answers.count(answer) for answer in Answer] == [162, 320, 18]
    blank = [record.place for record in records if record.place.source != "import"]
    assert len(blank) == 13
    assert all(place.point and place.precision is not Precision.ADDRESS for place in blank)
    assert sum(not record.phone for record in records) == 35


def test_the_reference_list_reads_the_same_as_csv_and_as_workbook(reference_data):
    drafts = [
        read_employers(
            read_table((reference_data / "imports" / name).read_bytes(), name), municipality="0370"
        ).drafts
        for name in ("virksomheder_naestved.csv", "virksomheder_naestved.xlsx")
    ]
    assert drafts[0] == drafts[1]


def test_a_row_becomes_an_employer(reading_of):
    row = {
        "Kommunekode": "370",
        "Branchekode": "021000",
        "Antal ansatte": "2-4",
        "Breddegrad": "55,214320",
        "Længdegrad": "11,756130",
        "Telefon": "+45 95 63 35 48",
        "Reklamebeskyttet": "Ja",
        "contact_basis": "samtykke",
        "alcohol_present": "Nej",
        "supports.contact_person": "Ja",
    }
    reading = reading_of(row)
    record = reading.drafts[0].record
    assert reading.drafts[0].row == 2
    assert (record.id, record.municipality, record.municipality_code) == ("", "0370", "0370")
    assert (record.industry_code, record.employees, record.phone) == ("021000", "2-4", "+45 95 63 35 48")
    assert record.place.point == Point(55.21432, 11.75613)
    assert record.advertising_protected is Answer.YES
    assert record.contact_basis is ContactBasis.CONSENT
    assert record.demands == {Demand.ALCOHOL_PRESENT: Answer.NO}
    assert record.supports == {Support.CONTACT_PERSON: Answer.YES}


def test_what_the_list_does_not_say_stays_unknown(reading_of):
    record = reading_of().drafts[0].record
    assert record.advertising_protected is Answer.UNKNOWN
    assert not record.may_be_contacted_first
    assert record.industry_system is IndustrySystem.UNKNOWN
    assert (record.demands, record.supports, record.last_contact_on) == ({}, {}, None)


@pytest.mark.parametrize(
    ("row", "option", "system"),
    [
        ({"Branchekode (DB25)": "521000"}, IndustrySystem.UNKNOWN, IndustrySystem.DB25),
        ({"Branchekode": "521000", "Kodesystem": "DB07"}, IndustrySystem.DB25, IndustrySystem.DB07),
        ({"Branchekode": "521000"}, IndustrySystem.DB25, IndustrySystem.DB25),
    ],
    ids=["by header", "by column", "by option"],
)
def test_the_list_of_industries_is_known_where_it_is_stated(reading_of, row, option, system):
    assert reading_of(row, industry_system=option).drafts[0].record.industry_system is system


def test_all_problems_of_a_row_are_told_at_once(reading_of):
    reading = reading_of(
        {"CVR-nr": "99003627", "Postnr": "47", "Reklamebeskyttet": "måske", "Sidst kontaktet": "31-02-2026"}
    )
    assert reading.drafts == ()
    assert [(row, column) for row, column, _ in refusals(reading)] == [
        (2, "CVR-nr"),
        (2, "Postnr"),
        (2, "Reklamebeskyttet"),
        (2, "Sidst kontaktet"),
    ]
    assert reading.refused[0].value == "99003627"


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ({"Virksomhedsnavn": " \u200b "}, "has no name"),
        ({"Virksomhedsnavn": "#N/A"}, "error from Excel"),
        ({"Virksomhedsnavn": "x" * 10_001}, "longer than 10000"),
    ],
    ids=["no name", "error value", "too long"],
)
def test_a_row_without_what_it_takes_is_refused(reading_of, row, word):
    assert word in refusals(reading_of(row))[0][2]


def test_a_row_without_a_number_is_taken_in_and_says_what_it_is_known_by(reading_of):
    reading = reading_of({"CVR-nr": "", "P-nr": ""})
    assert reading.refused == ()
    assert not reading.drafts[0].record.is_numbered
    assert [(note.row, note.column) for note in reading.notes if "known again by name" in note.text] == [
        (2, "CVR-nr")
    ]


@pytest.mark.parametrize(
    ("row", "point"),
    [
        ({"Breddegrad": "55,21432", "Længdegrad": "11,75613"}, Point(55.21432, 11.75613)),
        ({"Lat": "55.214320", "Lon": "11.756"}, Point(55.21432, 11.756)),
        ({"X-koordinat": "675341", "Y-koordinat": "6122106"}, Point(55.21432, 11.75613)),
        ({"UTM X": "675.341,0", "UTM Y": "6.122.106,0"}, Point(55.21432, 11.75613)),
        ({"Breddegrad": "6122106", "Længdegrad": "675341"}, Point(55.21432, 11.75613)),
        ({"X": "11,75613", "Y": "55,21432"}, Point(55.21432, 11.75613)),
    ],
    ids=["comma", "point", "utm", "utm with thousands", "utm under degrees", "degrees under x and y"],
)
def test_coordinates_are_told_apart_by_size(reading_of, row, point):
    place = reading_of(row).drafts[0].record.place
    assert place.point
    assert place.point.distance_km(point) < 0.01
    assert (place.precision, place.source) == (Precision.ADDRESS, "import")


@pytest.mark.parametrize(
    ("row", "column", "word"),
    [
        ({"Breddegrad": "11,75613", "Længdegrad": "55,21432"}, "Breddegrad", "Swapped?"),
        ({"X-koordinat": "6122106", "Y-koordinat": "675341"}, "Y-koordinat", "Swapped?"),
        ({"Breddegrad": "0", "Længdegrad": "0"}, "Breddegrad", "0, 0"),
        ({"Breddegrad": "48,85", "Længdegrad": "2,35"}, "Breddegrad", "not in Denmark"),
        ({"Breddegrad": "55,2", "Længdegrad": ""}, "Længdegrad", "Only one"),
        ({"Breddegrad": "", "Længdegrad": "11,7"}, "Breddegrad", "Only one"),
        ({"Breddegrad": "nord", "Længdegrad": "11,7"}, "Breddegrad", "not a number"),
        (
            {"Breddegrad": "55,21432", "Længdegrad": "11,75613", "X": "600000", "Y": "6122106"},
            "Breddegrad",
            "km apart",
        ),
    ],
    ids=[
        "swapped",
        "swapped utm",
        "null island",
        "abroad",
        "latitude alone",
        "longitude alone",
        "text",
        "two places",
    ],
)
def test_impossible_coordinates_are_refused(reading_of, row, column, word):
    reading = reading_of(row)
    assert [found for _, found, _ in refusals(reading)] == [column]
    assert word in refusals(reading)[0][2]


def test_degrees_and_metres_may_stand_in_one_column(reading_of):
    reading = reading_of(
        {"Breddegrad": "55,21432", "Længdegrad": "11,75613"},
        {"P-nr": "1999000368", "Breddegrad": "6122106", "Længdegrad": "675341"},
    )
    points = [draft.record.place.point for draft in reading.drafts]
    assert points[0].distance_km(points[1]) < 0.01


def test_a_blank_place_is_found_by_its_address_and_said(reading_of):
    reading = reading_of({"Breddegrad": "", "Længdegrad": ""})
    place = reading.drafts[0].record.place
    assert place.point
    assert place.precision is Precision.POSTAL_DISTRICT
    assert any("precision postal_district" in said for said in notes(reading))


def test_an_address_in_one_column_is_taken_apart(reading_of):
    row = {"Vejnavn": "", "Husnr": "", "Postnr": "", "By": "", "Adresse": "Grøndalvej 83, 4700 Næstved"}
    place = reading_of(row).drafts[0].record.place
    assert (place.street, place.house_number, place.postcode, place.town) == (
        "Grøndalvej",
        "83",
        "4700",
        "Næstved",
    )
    assert place.point


def test_postcode_and_town_in_one_column_are_taken_apart(reading_of):
    place = reading_of({"Postnr": "", "By": "", "Postnr. og by": "4700 Næstved"}).drafts[0].record.place
    assert (place.postcode, place.town) == ("4700", "Næstved")


def test_an_address_that_nobody_can_read_refuses_its_own_row_alone(reading_of):
    unread = {"Vejnavn": "", "Husnr": "", "Adresse": 201 * "x", "P-nr": "1999000484"}
    reading = reading_of(unread, {})
    assert [(cell.row, cell.column, cell.reason.facts["length"]) for cell in reading.refused] == [
        (2, "Adresse", 201)
    ]
    assert [draft.row for draft in reading.drafts] == [3]


def test_a_row_without_any_address_is_taken_with_its_place_unknown(reading_of):
    reading = reading_of({"Vejnavn": "", "Husnr": "", "Postnr": "", "By": ""})
    assert reading.clean
    assert reading.drafts[0].record.place.point is None
    assert any("the place is not known" in said for said in notes(reading))


def test_the_same_row_twice_is_taken_once_and_said(reading_of):
    reading = reading_of({}, {})
    assert (len(reading.drafts), reading.clean) == (1, True)
    assert "The same as row 2; taken once." in notes(reading)


def test_the_same_p_number_with_other_facts_is_refused(reading_of):
    reading = reading_of({}, {"Telefon": "95 42 61 57"})
    assert [draft.row for draft in reading.drafts] == [2]
    assert refusals(reading) == [
        (3, "P-nr", "Row 2 describes the same one differently: Telefon. Keep the row that is right.")
    ]


def test_without_p_numbers_workplaces_are_told_by_cvr_and_address(reading_of):
    one, same, other = {"P-nr": ""}, {"P-nr": "", "Vejnavn": "GRØNDALVEJ"}, {"P-nr": "", "Husnr": "85"}
    reading = reading_of(one, same, other)
    assert [draft.row for draft in reading.drafts] == [2, 4]
    assert [cell.row for cell in reading.refused] == [3]


def test_several_workplaces_of_one_company_stay_apart(reading_of):
    assert len(reading_of({}, {"P-nr": "1999000368"}).drafts) == 2


def test_a_cell_too_many_is_refused_and_one_too_few_is_said():
    data = "Navn;CVR;By\nA;99003626;Næstved;x\nB;99003626\n".encode()
    reading = read_employers(read_table(data, "liste.csv"), municipality="0370")
    assert [(cell.row, cell.column) for cell in reading.refused] == [(2, "")]
    assert [draft.row for draft in reading.drafts] == [3]
    assert any("taken as blank" in said for said in notes(reading))


def test_a_list_of_headers_alone_is_refused(csv_file):
    with pytest.raises(Refused, match="nothing below the headers"):
        read_employers(read_table(csv_file([list(BASE)]), "liste.csv"), municipality="0370")


def test_a_report_keeps_the_first_thousand_and_counts_the_rest(reading_of):
    reading = reading_of(*({"CVR-nr": "1", "P-nr": "2"} for _ in range(700)))
    assert (len(reading.refused), reading.refused_total) == (1000, 1400)
    assert len(reading.refused_rows) == 700


def test_ten_thousand_rows_with_one_bad_one_name_that_one(reading_of):
    rows = [{"P-nr": str(1999000000 + number)} for number in range(10_000)]
    rows[9_998]["Postnr"] = "47OO"
    reading = reading_of(*rows)
    assert refusals(reading) == [
        (10_000, "Postnr", "'47OO' does not have 4 digits. Write all of them, zeros in front included.")
    ]
    assert len(reading.drafts) == 9_999


def test_invisible_characters_are_taken_out_of_names_and_said(reading_of):
    reading = reading_of({"Virksomhedsnavn": "Eksempel\u202e Bageri\u200b\x07"})
    assert reading.drafts[0].record.name == "Eksempel Bageri"
    assert "Invisible or control characters were taken out." in notes(reading)


def test_a_later_refusal_takes_the_row_out_of_the_drafts(reading_of):
    reading = reading_of({}, {"P-nr": "1999000368"})
    later = reading.refusing([RefusedCell(3, "P-nr", "1999000368", Refused("p_number", "Not here."))])
    assert [draft.row for draft in later.drafts] == [2]
    assert (later.refused_total, [row.number for row in later.refused_rows]) == (1, [3])
    assert reading.clean


def test_a_list_of_job_orders_is_not_taken_for_one_of_employers():
    data = "CVR-nr;P-nr;Virksomhedsnavn;Opgave\n99003626;1999000367;Eksempel;Feje gården\n".encode()
    with pytest.raises(Refused, match="This is a list of job orders"):
        read_employers(read_table(data, "jobordrer.csv"), municipality="0370")
