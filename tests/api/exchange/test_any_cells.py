"""Whatever stands in the cells, every row ends as a draft, a refusal or a repeat that was said."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.exchange import employers, job_orders
from api.exchange.delimited import read_delimited
from api.exchange.limits import LIMITS
from api.exchange.refused_rows import refused_rows_csv
from api.exchange.tables import Row, Table

USUAL = [
    "99003626",
    "1999000367",
    "Eksempel",
    "55,2",
    "11,7",
    "6122106",
    "675341",
    "4700",
    "2,5",
    "03-12-2026",
    "Ja",
]
CELLS = (
    st.sampled_from(["", *USUAL])
    | st.text(max_size=12)
    | st.floats(allow_nan=True)
    | st.booleans()
    | st.dates(date(1, 1, 1))
    | st.datetimes(datetime(1, 1, 1))
    | st.just(time(9, 30))
    | st.just(timedelta(hours=2))
)
READERS = {
    "employers": (employers.read_employers, employers.FIELDS),
    "job orders": (job_orders.read_job_orders, job_orders.FIELDS),
}


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_every_row_is_accounted_for(kind, data):
    read, fields = READERS[kind]
    header = tuple(field.name for field in fields)
    cells = st.lists(CELLS, min_size=len(header) - 2, max_size=len(header) + 1).map(tuple)
    rows = [
        Row(number, row)
        for number, row in enumerate(data.draw(st.lists(cells, min_size=1, max_size=3)), start=2)
    ]
    reading = read(Table(name="liste", rows=(Row(1, header), *rows)), municipality="0370")
    repeats = [note for note in reading.notes if note.said().startswith("The same as row")]
    assert len(reading.drafts) + len(reading.refused_rows) + len(repeats) == len(rows)
    assert {cell.row for cell in reading.refused} == {row.number for row in reading.refused_rows}
    assert all(said.said() for said in (*reading.notes, *(cell.reason for cell in reading.refused)))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.text(max_size=10), min_size=2, max_size=3), min_size=1, max_size=4))
def test_refused_rows_come_back_cell_for_cell(texts):
    header = ("name", "cvr", "phone", "source")
    # no CVR number has a letter in front, so that every row is refused and handed back
    rows = tuple(
        Row(number, ("Eksempel", "x" + text[0], *text[1:])) for number, text in enumerate(texts, start=2)
    )
    reading = employers.read_employers(Table(name="liste", rows=(Row(1, header), *rows)), municipality="0370")
    returned = read_delimited(refused_rows_csv(reading), "liste", LIMITS)
    assert [
        row.cells[: len(row_before.cells)] for row, row_before in zip(returned.rows[1:], rows, strict=True)
    ] == [row.cells for row in rows]
