"""The generated citizens and orders make lists of which the invariants say something."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from matching import Citizen, JobOrder, candidates
from matching.lists import Ranking
from tests.matching.generated import catalogues, citizens, crowds, orders
from tests.matching.makers import TODAY, make_list

DRAWN = 200
"""Hypothesis draws constants of the code under test as well, so that a change of it draws others."""
often = settings(
    max_examples=DRAWN,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def count(found: Ranking, seen: Counter[str]) -> None:
    seen["ranked"] += found.items_total > 0
    seen["in an order"] += found.items_total > 1
    seen["asked"] += found.ask_total > 0
    seen["excluded"] += found.excluded_total > 0


@pytest.mark.parametrize("end", ["shortlist", "candidates"])
def test_of_two_hundred_lists_every_group_is_filled_in_many(end: str) -> None:
    seen: Counter[str] = Counter()

    @often
    @given(citizens(), catalogues())
    def shortlists(citizen: Citizen, listed: list[JobOrder]) -> None:
        count(make_list(citizen, listed), seen)

    @often
    @given(orders(), crowds())
    def lists_of_candidates(order: JobOrder, people: list[Citizen]) -> None:
        count(candidates(order, people, on=TODAY), seen)

    (shortlists if end == "shortlist" else lists_of_candidates)()
    assert seen["ranked"] >= 20
    assert seen["in an order"] >= 10
    assert seen["asked"] >= 20
    assert seen["excluded"] >= 20
