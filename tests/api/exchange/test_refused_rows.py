import csv
import io
import json
from datetime import date

import pytest

from api.domain.civil_numbers import MASK
from api.exchange.centres import read_centres
from api.exchange.columns import REASON_COLUMN
from api.exchange.employers import read_employers
from api.exchange.files import read_table
from api.exchange.job_orders import read_job_orders
from api.exchange.refused_rows import refused_rows_csv
from api.exchange.reports import REPORTED
from api.exchange.telling import told_of


def employers(data):
    return read_employers(read_table(data, "liste"), municipality="0370")


def lines(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


HEADER = ["Navn", "CVR-nr", "Telefon", "Postnr", "Kilde"]
BAD = ["Eksempel", "99003627", "+45 95 63 35 48", "4700", "=1+1"]


def test_refused_rows_come_back_with_their_cells_and_the_reason(csv_file):
    rows = lines(refused_rows_csv(employers(csv_file([HEADER, BAD, ["Godt", "99003626", "", "4700", ""]]))))
    assert rows[0] == [*HEADER, REASON_COLUMN]
    assert rows[1][:5] == ["Eksempel", "99003627", "'+45 95 63 35 48", "4700", "'=1+1"]
    assert "CVR-nr: '99003627' is not a CVR number" in rows[1][5]
    assert len(rows) == 2


def test_a_corrected_file_comes_in_with_every_cell_as_it_was(csv_file):
    returned = refused_rows_csv(employers(csv_file([HEADER, BAD])))
    reading = employers(returned.replace(b"99003627", b"99003626", 1))
    record = reading.drafts[0].record
    assert (record.cvr, record.phone, record.source) == ("99003626", "+45 95 63 35 48", "=1+1")


def test_an_uncorrected_file_gives_the_same_file_again(csv_file):
    returned = refused_rows_csv(employers(csv_file([HEADER, BAD])))
    assert refused_rows_csv(employers(returned)) == returned


def test_typed_cells_of_a_workbook_come_back_as_they_are_read(workbook):
    rows = [
        ["Navn", "CVR-nr", "Breddegrad", "Længdegrad", "Sidst kontaktet", "Reklamebeskyttet"],
        ["Eksempel", 99003627, 55.21432, 11.75613, date(2026, 12, 3), True],
    ]
    returned = refused_rows_csv(employers(workbook({"Ark1": rows})))
    assert lines(returned)[1][:6] == ["Eksempel", "99003627", "55,21432", "11,75613", "03-12-2026", "Ja"]
    good = employers(workbook({"Ark1": [rows[0], ["Eksempel", 99003626, *rows[1][2:]]]}))
    corrected = employers(returned.replace(b"99003627", b"99003626", 1))
    assert [draft.record for draft in corrected.drafts] == [draft.record for draft in good.drafts]


def test_cells_beyond_the_header_are_not_lost(csv_file):
    rows = lines(refused_rows_csv(employers(csv_file([["Navn", "CVR"], ["A", "99003626", "", "x"]]))))
    assert rows[1][3:] == ["", "x"]


def test_a_text_over_several_lines_comes_back_whole(csv_file):
    data = b'Navn;CVR-nr;Kilde\r\nA;1;"to ""linjer""\r\nog mere"\r\n'
    returned = refused_rows_csv(employers(data))
    assert lines(returned)[1][2] == 'to "linjer"\r\nog mere'


@pytest.mark.parametrize("written", ["010190-1234", "0101901234", "3112901234", "010190 1234"])
@pytest.mark.parametrize("around", ["{}", "Malerfirma Jens {}"])
def test_a_civil_number_in_a_name_is_one_fault_and_is_repeated_nowhere(csv_file, written, around):
    row = [around.format(written), "99003626", "", "4700", "Liste"]
    reading = employers(csv_file([HEADER, row]))
    returned = refused_rows_csv(reading)
    assert [(cell.column, cell.reason.field) for cell in reading.refused] == [("Navn", "name")]
    assert lines(returned)[1][0] == around.format(MASK)
    for told in (json.dumps(told_of(reading)), returned.decode("utf-8-sig")):
        assert written not in told
    assert refused_rows_csv(employers(returned)) == returned


@pytest.mark.parametrize(
    "column",
    ["Branche", "Ansatte", "Kilde", "Vejnavn", "Husnr", "By", "Adresse", "Postnr og by", "Kontaktperson"],
)
def test_a_civil_number_is_refused_in_whichever_text_of_an_employer_it_stands(csv_file, column):
    reading = employers(csv_file([["Navn", "CVR", column], ["Eksempel", "99003626", "Jens 010190-1234"]]))
    assert [(cell.column, cell.value) for cell in reading.refused] == [(column, f"Jens {MASK}")]


@pytest.mark.parametrize("column", ["Værested", "Adresse", "By"])
def test_a_civil_number_is_refused_in_whichever_text_of_a_centre_it_stands(csv_file, column):
    row = {"Værested": "Havnen", "Adresse": "Algade 1", "By": "Næstved", column: "Jens 010190-1234"}
    table = read_table(csv_file([list(row), list(row.values())]), "vaeresteder.csv")
    reading = read_centres(table, municipality="0370")
    assert [(cell.column, cell.value) for cell in reading.refused] == [(column, f"Jens {MASK}")]


@pytest.mark.parametrize("column", ["Ordrenr", "Kilde", "Virksomhed"])
def test_a_civil_number_is_refused_in_whichever_text_of_a_job_order_it_stands(csv_file, column):
    row = {"Opgave": "Luge", "CVR": "99003626", column: "Jens 010190-1234"}
    table = read_table(csv_file([list(row), list(row.values())]), "jobordrer.csv")
    reading = read_job_orders(table, municipality="0370")
    assert [(cell.column, cell.value) for cell in reading.refused] == [(column, f"Jens {MASK}")]


def test_a_civil_number_is_repeated_nowhere_however_many_rows_were_refused_before(csv_file):
    many = [["Eksempel", "99003627", "", "4700", "Liste"]] * (REPORTED + 5)
    last = ["0101901234", "99003626", "", "4700", "Liste"]
    reading = employers(csv_file([HEADER, *many, last]))
    assert reading.refused_total > REPORTED
    assert last[0] not in {cell.value for cell in reading.refused}
    returned = refused_rows_csv(reading)
    assert lines(returned)[-1][0] == MASK
    assert last[0] not in returned.decode("utf-8-sig")


def test_a_number_of_a_workplace_that_looks_like_a_civil_one_is_left_as_it_is(csv_file):
    header, row = ["Navn", "P-nr", "Telefon"], ["", "1010901234", "55 55 12 12"]
    assert lines(refused_rows_csv(employers(csv_file([header, row]))))[1][:3] == row
