"""What one of the databases cannot hold is refused by both, and so is the rest of its unit."""

import pytest

from api.domain.caller import Caller
from api.store import Store, employers, job_orders, users
from api.store.errors import Unstorable
from tests.api.makers import make_employer, make_order


@pytest.mark.parametrize(
    "known",
    [{"name": "x\ud800"}, {"phone": "\udfff"}, {"id": "\ud800"}, {"industry": "x\0y"}, {"id": "\0"}],
)
def test_a_text_with_an_impossible_character_is_refused(store: Store, naestved: Caller, known):
    with store.unit() as unit, pytest.raises(Unstorable):
        employers.add(unit, naestved, make_employer(naestved, **known))


def test_nothing_is_found_by_a_text_that_cannot_be_there(store: Store, naestved: Caller):
    with store.unit(read_only=True) as unit, pytest.raises(Unstorable):
        users.by_username(unit, "bodil\0")


@pytest.mark.parametrize("places", [2**31, 2**63])
def test_a_number_beyond_32_bits_is_refused(store: Store, naestved: Caller, places: int):
    with store.unit() as unit:
        order = make_order(employers.add(unit, naestved, make_employer(naestved)), places=places)
        with pytest.raises(Unstorable):
            job_orders.add(unit, naestved, order)


def test_the_largest_number_of_32_bits_is_stored(store: Store, naestved: Caller):
    with store.unit() as unit:
        order = make_order(employers.add(unit, naestved, make_employer(naestved)), places=2**31 - 1)
        job_orders.add(unit, naestved, order)
        assert job_orders.find(unit, naestved, order.id).places == 2**31 - 1
