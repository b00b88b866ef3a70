from datetime import timedelta

from api.casework.own_week import Act, monday_of, own_week
from api.domain.working_days import day_of
from tests.api.casework.test_erasure import erased, world

__all__ = ["world"]


def this_week(store, caller, weeks=0):
    with store.unit() as unit:
        return own_week(unit, caller, monday_of("", day_of(unit.at)) + timedelta(weeks=weeks))


def test_a_week_holds_the_caller_s_own_acts_with_where_they_stand(store, naestved, colleague, world):
    anna, _, employer, order, _ = world
    week = this_week(store, naestved)
    assert week.counts == {Act.TAKEN_DOWN: 1, Act.SUGGESTED: 1, Act.CONTACTED: 1}
    [done] = week.days.values()
    addresses = [f"/job-orders/{order.id}", f"/job-orders/{order.id}", f"/employers/{employer.id}"]
    assert [one.address for one in done] == addresses
    assert [one.citizen for one in done] == ["", anna.name, anna.name]
    assert this_week(store, colleague).counts == {}
    assert this_week(store, naestved, weeks=-1).counts == {}


def test_what_is_erased_since_keeps_its_line_without_a_name(store, naestved, world):
    anna, *_ = world
    erased(store, naestved, anna.id)
    week = this_week(store, naestved)
    assert week.counts[Act.SUGGESTED] == 1
    assert "Anna" not in repr(week)
