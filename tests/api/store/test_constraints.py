"""Rules that the database keeps by itself, whoever writes to it."""

import pytest
from sqlalchemy import insert, text, update

from api.domain.caller import Caller
from api.store import Store, centres, citizens, employers, job_orders
from api.store.errors import Duplicate
from api.store.tables import (
    AnchorRow,
    CentreRow,
    ChainRow,
    EmployerRow,
    JobOrderRow,
    MunicipalityRow,
    PolicyRow,
    UserRow,
)
from tests.api.makers import make_centre, make_citizen, make_employer, make_order


@pytest.fixture
def filled(store: Store, naestved: Caller) -> Store:
    with store.unit() as unit:
        centres.add(unit, naestved, make_centre(naestved))
        citizens.add(unit, naestved, make_citizen(naestved, id="c-1"))
        employer = employers.add(unit, naestved, make_employer(naestved))
        job_orders.add(unit, naestved, make_order(employer))
        unit.commit()
    return store


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (CentreRow, {"lat": None}),
        (CentreRow, {"lon": None}),
        (CentreRow, {"lat": 91.0}),
        (CentreRow, {"version": 0}),
        (EmployerRow, {"cvr": "1234567"}),
        (EmployerRow, {"p_number": "123456789"}),
        (EmployerRow, {"lon": 181.0}),
        (JobOrderRow, {"places": -1}),
        (JobOrderRow, {"open_proposals": -1}),
        (JobOrderRow, {"employer_id": "e-9"}),
        (JobOrderRow, {"version": 0}),
        (AnchorRow, {"postcode": None}),
        (AnchorRow, {"postcode": "470"}),
        (AnchorRow, {"centre_id": "w-9", "postcode": None}),
        (UserRow, {"username": ""}),
        (MunicipalityRow, {"change_seq": -1}),
        (MunicipalityRow, {"code": "370"}),
        (ChainRow, {"last_seq": -1}),
    ],
    ids=lambda said: said.__tablename__ if isinstance(said, type) else "-".join(said),
)
def test_a_row_that_breaks_a_rule_is_refused(filled: Store, row, wrong: dict[str, object]):
    with filled.unit() as unit:
        assert unit.session.query(row).count() > 0
        with pytest.raises(Duplicate):
            unit.session.execute(update(row).values(wrong))


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("user_account", "role"),
        ("job_order", "state"),
        ("centre", "kind"),
        ("employer", "advertising_protected"),
        ("employer", "precision"),
        ("citizen_anchor", "kind"),
        ("catalogue_change", "kind"),
        ("record_version", "kind"),
    ],
)
def test_a_code_that_is_not_in_its_vocabulary_is_refused(filled: Store, table: str, column: str):
    with filled.unit() as unit, pytest.raises(Duplicate):
        unit.session.execute(text(f"UPDATE {table} SET {column} = 'stop'"))


def test_a_policy_is_adopted_by_somebody_at_a_moment_or_not_at_all(filled: Store):
    row = {"municipality": "0370", "version": "1", "text": "", "created_by": "u"}
    with filled.unit() as unit, pytest.raises(Duplicate):
        unit.session.execute(insert(PolicyRow), [{**row, "created_at": unit.at, "adopted_by": "u"}])


def test_a_centre_where_citizens_start_cannot_be_taken_away(filled: Store, naestved: Caller):
    with filled.unit() as unit:
        unit.session.execute(
            text("UPDATE citizen_anchor SET postcode = NULL, centre_id = (SELECT id FROM centre)")
        )
        with pytest.raises(Duplicate):
            unit.session.execute(text("DELETE FROM centre"))
