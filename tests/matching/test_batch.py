"""A batch is the single lists."""

from datetime import date

import pytest

from geo import Refused
from matching import Catalogue, Citizen, shortlist, shortlists
from tests.matching.makers import make_citizen, make_order

TODAY = date(2026, 12, 1)
CATALOGUE = Catalogue.from_orders(
    make_order(id=f"o-{number}", activities="green" if number % 2 else "shop", places=number % 3)
    for number in range(40)
)
PEOPLE = [
    make_citizen(id=f"c-{number}", attitudes={"green": "gladly" if number % 3 else "cannot"})
    for number in range(250)
]


@pytest.mark.parametrize("workers", [None, 1, 2])
def test_a_batch_equals_the_single_lists(workers: int | None) -> None:
    lists = shortlists(PEOPLE, CATALOGUE, 5, TODAY, workers=workers)
    assert [found.citizen.id for found in lists] == [person.id for person in PEOPLE]
    for found in lists[::25]:
        alone = shortlist(found.citizen, CATALOGUE, 5, TODAY)
        assert found.items.equals(alone.items)
        assert found.ask.equals(alone.ask)
        assert found.excluded_counts == alone.excluded_counts


def test_a_batch_tells_how_far_it_is() -> None:
    told: list[int] = []
    shortlists(PEOPLE, CATALOGUE, 5, TODAY, progress=told.append)
    assert told == [100, 200, 250]


def test_a_batch_of_nobody_is_empty() -> None:
    assert shortlists([], CATALOGUE) == []


@pytest.mark.parametrize("k", [-1, 2.5, None, "5", True])
@pytest.mark.parametrize("people", [[], PEOPLE[:1]])
def test_a_length_that_is_none_is_refused_before_anything_is_searched(
    people: list[Citizen], k: object
) -> None:
    with pytest.raises(Refused, match="is not a length"):
        shortlists(people, CATALOGUE, k, TODAY)
