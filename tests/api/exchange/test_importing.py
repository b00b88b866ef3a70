"""Files from their bytes into a store."""

import json

import pytest

from api.access import audit
from api.casework.municipalities import caller_at
from api.domain.imports import ImportKind
from api.exchange.importing import Asked, File, import_employers, import_job_orders
from api.exchange.refused_rows import refused_rows_csv
from api.store import audit as log
from api.store import changes, employers, imports, installation, job_orders
from geo import Refused

ASKED, DRY, SKIP = Asked(), Asked(dry_run=True), Asked(skip_refused=True)
HEADER = ["Virksomhedsnavn", "CVR-nr", "P-nr", "Telefon"]
GOOD = ["Eksempel Et", "99003626", "1999000367", "+45 95 63 35 48"]
BAD = ["Eksempel To", "99003627", "1999000484", ""]
ORDERS = ["Ordrenr", "CVR-nr", "P-nr", "Opgave"]


@pytest.fixture
def settings(one_settings):
    """One database is enough: what differs between the two is tested below the store."""
    return one_settings


@pytest.fixture
def stored(store):
    """All that an import may leave behind in a municipality."""

    def look(caller):
        with store.unit(read_only=True) as unit:
            return {
                "employers": employers.all_of(unit, caller.municipality),
                "orders": job_orders.all_of(unit, caller.municipality),
                "changes": changes.seq(unit, caller.municipality),
                "runs": imports.page(unit, caller, ImportKind).items,
                "audit": log.entries(unit, caller.municipality),
            }

    return look


@pytest.fixture
def reference_file(reference_data):
    def read(name):
        return File(data=(reference_data / "imports" / name).read_bytes(), name=name)

    return read


def test_the_reference_files_come_in_once(store, naestved, stored, reference_file):
    firms, orders = reference_file("virksomheder_naestved.csv"), reference_file("jobordrer_naestved.csv")
    assert import_employers(store, naestved, firms, ASKED).counts.added == 500
    assert import_job_orders(store, naestved, orders, ASKED).counts.added == 63
    before = stored(naestved)
    assert (len(before["employers"]), len(before["orders"]), len(before["runs"])) == (500, 63, 2)

    for again in (firms, reference_file("virksomheder_naestved.xlsx")):
        assert import_employers(store, naestved, again, ASKED).counts.unchanged == 500
    assert import_job_orders(store, naestved, orders, ASKED).counts.unchanged == 63
    after = stored(naestved)
    assert [after[kind] for kind in ("employers", "orders", "changes")] == [
        before[kind] for kind in ("employers", "orders", "changes")
    ]
    assert len(after["runs"]) == len(after["audit"]) == 5


@pytest.mark.parametrize(
    ("asked", "rows"),
    [(DRY, [GOOD]), (ASKED, [GOOD, BAD]), (Asked(dry_run=True, skip_refused=True), [GOOD, BAD])],
    ids=["a dry run", "a refused row", "a dry run that would leave rows out"],
)
def test_nothing_is_left_behind(store, naestved, stored, csv_file, asked, rows):
    before = stored(naestved)
    done = import_employers(store, naestved, File(data=csv_file([HEADER, *rows]), name="liste.csv"), asked)
    assert (done.stored, done.counts.added) == (False, 1)
    assert stored(naestved) == before


def test_rows_may_be_left_out_and_come_in_corrected(store, naestved, stored, csv_file):
    file = File(data=csv_file([HEADER, GOOD, BAD]), name="liste.csv")
    done = import_employers(store, naestved, file, SKIP)
    assert (done.stored, done.counts.added, len(done.reading.refused_rows)) == (True, 1, 1)

    returned = refused_rows_csv(done.reading)
    uncorrected = import_employers(store, naestved, File(data=returned, name="afvist.csv"), ASKED)
    assert not uncorrected.stored
    corrected = File(data=returned.replace(b"99003627", b"99004916", 1), name="afvist.csv")
    assert import_employers(store, naestved, corrected, ASKED).counts.added == 1
    found = stored(naestved)["employers"]
    assert {(one.name, one.cvr) for one in found} == {
        ("Eksempel Et", "99003626"),
        ("Eksempel To", "99004916"),
    }


def test_one_bad_row_among_ten_thousand_keeps_all_of_them_out(store, naestved, stored, csv_file):
    good = [[f"Eksempel {n}", "99003626", str(1_999_000_000 + n), ""] for n in range(10_000)]
    rows = [*good[:7_000], BAD, *good[7_001:]]
    before = stored(naestved)
    done = import_employers(store, naestved, File(data=csv_file([HEADER, *rows]), name="liste.csv"), ASKED)
    assert [(cell.row, cell.column, cell.value) for cell in done.reading.refused] == [
        (7_002, "CVR-nr", "99003627")
    ]
    assert not done.stored
    assert stored(naestved) == before


def test_what_became_of_a_file_is_kept_with_one_audit_row(store, naestved, stored, csv_file):
    data = csv_file([HEADER, GOOD, BAD])
    done = import_employers(store, naestved, File(data=data, name="liste.csv"), SKIP)
    found = stored(naestved)
    (run,), (row,) = found["runs"], found["audit"]
    assert (run.id, run.file_name, run.added, run.refused, run.by) == (
        done.run_id,
        "liste.csv",
        1,
        1,
        naestved.user_id,
    )
    assert [cell["value"] for cell in json.loads(run.report)["refused"]] == ["99003627"]
    assert (row.action, row.subject) == ("file_imported", run.id)
    assert row.details == {"kind": "employers", "added": 1, "changed": 0, "refused": 1}
    with store.unit(read_only=True) as unit:
        assert audit.verify_chain(unit, naestved.municipality) == ()


def test_an_order_of_nobody_is_refused_under_the_header_of_the_file(store, naestved, stored, csv_file):
    import_employers(store, naestved, File(data=csv_file([HEADER, GOOD]), name="liste.csv"), ASKED)
    rows = [["JO-1", "99003626", "1999000367", "Luge"], ["JO-2", "99003626", "1999000999", "Feje"]]
    file = File(data=csv_file([ORDERS, *rows]), name="ordrer.csv")
    done = import_job_orders(store, naestved, file, ASKED)
    (cell,) = done.reading.refused
    assert (cell.row, cell.column, cell.value, done.stored) == (3, "P-nr", "1999000999", False)
    assert stored(naestved)["orders"] == ()
    assert import_job_orders(store, naestved, file, SKIP).counts.added == 1


def test_an_employer_of_another_municipality_is_nobody(store, naestved, vejle, csv_file):
    import_employers(store, vejle, File(data=csv_file([HEADER, GOOD]), name="liste.csv"), ASKED)
    rows = [ORDERS, ["JO-1", "99003626", "", "Luge bede"]]
    done = import_job_orders(store, naestved, File(data=csv_file(rows), name="ordrer.csv"), ASKED)
    assert len(done.reading.refused_rows) == 1


def test_a_blank_number_of_places_leaves_the_known_one(store, naestved, stored, csv_file):
    import_employers(store, naestved, File(data=csv_file([HEADER, GOOD]), name="liste.csv"), ASKED)
    for places, known in (("3", 3), ("", 3), ("2", 2)):
        rows = [[*ORDERS, "Pladser"], ["JO-1", "99003626", "", "Luge bede", places]]
        import_job_orders(store, naestved, File(data=csv_file(rows), name="ordrer.csv"), ASKED)
        assert [order.places for order in stored(naestved)["orders"]] == [known]


def test_a_failed_first_import_leaves_no_municipality_behind(store, csv_file):
    caller = caller_at("0630")
    file = File(data=csv_file([HEADER, BAD]), name="liste.csv")
    assert not import_employers(store, caller, file, ASKED).stored
    with store.unit(read_only=True) as unit:
        assert installation.is_empty(unit)


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"PK\x03\x04", b"Navn;CVR-nr\r\n", b"a;b\r\n1;2\r\n"])
def test_a_file_that_cannot_be_read_is_refused_before_anything_is_touched(store, naestved, stored, data):
    before = stored(naestved)
    for import_file in (import_employers, import_job_orders):
        with pytest.raises(Refused):
            import_file(store, naestved, File(data=data, name="liste.csv"), SKIP)
    assert stored(naestved) == before


def test_who_may_be_called_is_told_by_all_that_is_known_and_not_by_the_list_alone(store, naestved, csv_file):
    def taken_in(*rows):
        return import_employers(store, naestved, File(data=csv_file(rows), name="x.csv"), Asked())

    told = taken_in([*HEADER, "Reklamebeskyttet"], [*GOOD, "Nej"])
    silent_list = taken_in(HEADER, GOOD)
    assert (told.not_to_be_called, silent_list.not_to_be_called) == (0, 0)
    assert taken_in(HEADER, ["Eksempel To", "99004916", "1999000484", ""]).not_to_be_called == 1


def test_who_has_no_number_is_taken_in_once_and_its_orders_find_it_by_name(store, naestved, csv_file, stored):
    club = ["Eksempel Klubben", "", "", ""]
    first = import_employers(store, naestved, File(data=csv_file([HEADER, club]), name="x.csv"), ASKED)
    again = import_employers(store, naestved, File(data=csv_file([HEADER, club]), name="y.csv"), ASKED)
    counts = [(one.counts.added, one.counts.unchanged, one.unnumbered) for one in (first, again)]
    assert counts == [(1, 0, 1), (0, 1, 1)]
    rows = [[*ORDERS, "Virksomhed"], ["JO-9", "", "", "Luge bede", "eksempel klubben"]]
    done = import_job_orders(store, naestved, File(data=csv_file(rows), name="ordrer.csv"), ASKED)
    assert (done.counts.added, done.reading.refused) == (1, ())


def test_a_day_of_receipt_to_come_is_refused_at_its_cell(store, naestved, stored, csv_file):
    def taken(day):
        row = [day, "JO-1", "99003626", "1999000367", "Luge bede"]
        file = File(data=csv_file([["Modtaget", *ORDERS], row]), name="ordrer.csv")
        return import_job_orders(store, naestved, file, ASKED)

    import_employers(store, naestved, File(data=csv_file([HEADER, GOOD]), name="liste.csv"), ASKED)
    coming = taken("01-02-2062")
    assert (coming.stored, stored(naestved)["orders"]) == (False, ())
    (refused,) = coming.reading.refused
    assert (refused.row, refused.column, refused.value) == (2, "Modtaget", "01-02-2062")
    assert "still to come" in refused.reason.said()
    assert taken("01-11-2026").stored


@pytest.mark.parametrize("day", ["01-01-1899", "31-12-9999"])
@pytest.mark.parametrize("header", ["Modtaget", "Startdato", "Slutdato"])
def test_a_day_of_an_order_that_nobody_can_mean_is_refused_at_its_cell(
    store, naestved, stored, csv_file, header, day
):
    import_employers(store, naestved, File(data=csv_file([HEADER, GOOD]), name="liste.csv"), ASKED)
    row = [day, "JO-1", "99003626", "1999000367", "Luge bede"]
    file = File(data=csv_file([[header, *ORDERS], row]), name="ordrer.csv")
    done = import_job_orders(store, naestved, file, ASKED)
    (refused,) = done.reading.refused
    assert (refused.row, refused.column, refused.value) == (2, header, day)
    assert (done.stored, stored(naestved)["orders"]) == (False, ())


@pytest.mark.parametrize("day", ["01-01-1899", "31-12-9999"])
def test_a_last_contact_that_nobody_can_mean_is_refused_at_its_cell(store, naestved, stored, csv_file, day):
    file = File(data=csv_file([[*HEADER, "Sidst kontaktet"], [*GOOD, day]]), name="liste.csv")
    done = import_employers(store, naestved, file, ASKED)
    (refused,) = done.reading.refused
    assert (refused.row, refused.column, refused.value) == (2, "Sidst kontaktet", day)
    assert (done.stored, stored(naestved)["employers"]) == (False, ())


def test_a_last_contact_of_many_years_ago_is_kept(store, naestved, csv_file):
    rows = [[*HEADER, "Sidst kontaktet"], [*GOOD, "01-05-2015"]]
    assert import_employers(store, naestved, File(data=csv_file(rows), name="liste.csv"), ASKED).stored
