from datetime import date

from api.casework import rankings
from api.casework.catalogues import Catalogues
from api.store import audit, citizens, employers, job_orders
from tests.api.makers import make_citizen, make_employer, make_order

ON = date(2026, 12, 1)


def test_reading_everybody_for_candidates_holds_no_writer_up(store, naestved, monkeypatch):
    with store.unit() as unit:
        person = citizens.add(unit, naestved, make_citizen(naestved))
        order = job_orders.add(
            unit, naestved, make_order(employers.add(unit, naestved, make_employer(naestved)))
        )
        unit.commit()
    everybody = citizens.wanting_work

    def while_somebody_writes(unit, caller):
        # raises `Busy` where the reading unit has locked the database
        with store.unit() as other:
            other.commit()
        return everybody(unit, caller)

    monkeypatch.setattr(citizens, "wanting_work", while_somebody_writes)
    listed = rankings.for_order(store, Catalogues(), naestved, order.id, 20, True, ON)
    assert listed.found.ids == [person.id]
    with store.unit(read_only=True) as unit:
        actions = [entry.action for entry in audit.entries(unit, naestved.municipality)]
    assert actions[0] == "candidates_read"
