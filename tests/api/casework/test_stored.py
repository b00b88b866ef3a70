"""What is told to a citizen of what is stored is held to what erasing empties, on both databases."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from api.casework.errors import NotYourWork
from api.casework.stored import TABLES, Stored, stored
from api.domain.reordering import Reordered
from api.store import audit, new_id, reorderings
from api.store.errors import Missing
from api.store.tables import Base
from tests.api.casework.test_erasure import erased, world

__all__ = ["world"]


@pytest.fixture
def reordered(store, naestved, world):
    """The same world, where somebody has put the citizen's list in another order too."""
    anna, _, _, order, _ = world
    mine = {"id": new_id(), "municipality": "0370", "list_id": "l-1", "citizen_id": anna.id}
    said = {"shown": (order.id,), "order": (order.id,), "reason": "Anna kender stedet"}
    new = Reordered(**mine, **said, by=naestved.user_id, at=datetime(2026, 11, 24, tzinfo=UTC))
    with store.unit() as unit:
        reorderings.add(unit, naestved, new)
        unit.commit()
    return world


def rows(store):
    """What tells the rows of each table apart."""
    with store.unit(read_only=True) as unit:
        return {
            table.name: {tuple(row) for row in unit.session.execute(select(*table.primary_key.columns))}
            for table in Base.metadata.sorted_tables
        }


def test_every_table_that_erasing_empties_or_that_names_a_citizen_is_told(store, naestved, reordered):
    anna, *_ = reordered
    before = rows(store)
    erased(store, naestved, anna.id)
    after = rows(store)
    emptied = {name for name, kept in before.items() if kept - after[name]}
    naming = {table.name for table in Base.metadata.sorted_tables if "citizen_id" in table.columns}
    assert len(emptied) >= 8
    assert emptied | naming == set(TABLES)


def test_every_place_that_a_table_is_told_at_holds_what_is_stored(store, naestved, reordered):
    anna, *_ = reordered
    with store.unit() as unit:
        found = stored(unit, naestved, anna.id)
    assert {*TABLES.values()} <= {*Stored.__dataclass_fields__}
    assert [name for name in TABLES.values() if not getattr(found, name)] == []
    assert found.contacts
    assert [one.now.day for one in found.cafes] == [date(2026, 12, 3)]
    assert found.suggested
    assert found.reorderings[0].reason == "Anna kender stedet"
    assert found.contacts[0].contact.note == "Anna kommer fredag"
    assert found.suggested[0].proposal.note == "Anna vil gerne"
    assert found.grants[0].reason == "Ringer for en kollega, som er syg"


def test_a_look_at_it_is_written_down(store, naestved, world):
    anna, *_ = world
    with store.unit() as unit:
        stored(unit, naestved, anna.id)
        unit.commit()
        assert audit.of_citizen(unit, "0370", anna.id)[-1].action == "citizen_stored_read"


def test_nobody_else_sees_it(store, vejle, colleague, world):
    anna, bent, *_ = world
    with store.unit() as unit, pytest.raises(Missing):
        stored(unit, vejle, anna.id)
    with store.unit() as unit, pytest.raises(NotYourWork):
        stored(unit, colleague, bent.id)
