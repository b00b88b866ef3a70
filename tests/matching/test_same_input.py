"""The same input gives the same list, however it is ordered, named or handed in."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Catalogue, Citizen, JobOrder, candidates, shortlist, shortlists
from matching.lists import Ranking
from tests.matching.generated import catalogues, citizens, crowds, orders
from tests.matching.makers import TODAY, make_list


def turned(thing: Any, names: list[str]) -> Any:
    """The same facts, told the other way round."""
    return replace(thing, **{name: the_other_way_round(getattr(thing, name)) for name in names})


def the_other_way_round(said: Any) -> Any:
    return dict(reversed(said.items())) if isinstance(said, dict) else list(reversed(list(said)))


@given(citizens(), catalogues(most=4))
def test_the_order_in_which_things_are_said_changes_nothing(citizen: Citizen, listed: list[JobOrder]) -> None:
    said_by_citizen = ["attitudes", "setting", "avoids", "prefers_not", "needs", "wishes", "abilities"]
    before = make_list(citizen, listed)
    after = make_list(
        turned(citizen, [*said_by_citizen, "availability"]),
        [turned(order, ["demands", "supports", "times"]) for order in listed],
    )
    equal(before, after)


@given(citizens(), orders())
def test_the_order_of_the_activities_changes_the_score_by_rounding_at_most(
    citizen: Citizen, order: JobOrder
) -> None:
    ledgers = [
        make_list(citizen, one).explain(order.id, "en") for one in (order, turned(order, ["activities"]))
    ]
    before, after = ledgers
    assert (before.standing, before.rules) == (after.standing, after.rules)
    assert before.score == pytest.approx(after.score, abs=1e-9)


@given(orders(), crowds())
def test_other_names_of_people_in_the_same_order_change_nothing_but_the_names(
    order: JobOrder, people: list[Citizen]
) -> None:
    names = {name: f"x{place:03}" for place, name in enumerate(sorted(person.id for person in people))}
    before = candidates(order, people, on=TODAY)
    renamed = [replace(person, id=names[person.id]) for person in people]
    after = candidates(replace(order, id="o-other", employer_id="e-other", title="Other"), renamed, on=TODAY)
    for frame in ("items", "ask", "excluded"):
        left, right = getattr(before, frame), getattr(after, frame)
        assert (
            left.assign(citizen_id=left["citizen_id"].map(names)).astype({"citizen_id": "str"}).equals(right)
        )


@given(orders(), crowds(), st.integers(0, 2**32 - 1))
def test_who_else_is_a_candidate_changes_no_score(order: JobOrder, people: list[Citizen], seed: int) -> None:
    together = candidates(order, people, k=100, on=TODAY)
    chosen = random.Random(seed).sample(people, k=len(people) // 2)
    fewer = candidates(order, chosen, k=100, on=TODAY)
    for frame in ("items", "ask"):
        whole, part = getattr(together, frame), getattr(fewer, frame)
        kept = whole[whole["citizen_id"].isin([person.id for person in chosen])].reset_index(drop=True)
        columns = [name for name in part.columns if name != "rank"]
        assert kept[columns].equals(part[columns])


NOT_WEIGHED: dict[str, tuple[Callable[[JobOrder], JobOrder], Callable[[Citizen], Citizen]]] = {
    "pay": (lambda order: replace(order, pay_dkk_per_hour=900.0), lambda citizen: citizen),
    "start": (
        lambda order: replace(order, starts_on=min(order.ends_on or TODAY, TODAY - timedelta(days=900))),
        lambda citizen: citizen,
    ),
    "title": (lambda order: replace(order, title="Let arbejde"), lambda citizen: citizen),
    "employer": (lambda order: replace(order, employer_id="e-2"), lambda citizen: citizen),
    "earnings room": (lambda order: order, lambda citizen: replace(citizen, earnings_room_dkk=1)),
    "waiting": (lambda order: order, lambda citizen: replace(citizen, waiting_since=date(2000, 1, 1))),
}


@pytest.mark.parametrize("fact", NOT_WEIGHED)
@given(citizen=citizens(), listed=catalogues())
def test_what_the_policy_does_not_weigh_changes_no_shortlist(
    fact: str, citizen: Citizen, listed: list[JobOrder]
) -> None:
    of_order, of_citizen = NOT_WEIGHED[fact]
    equal(make_list(citizen, listed), make_list(of_citizen(citizen), [of_order(order) for order in listed]))


@given(crowds(), catalogues(), st.sampled_from([0, 1, 3, 20]))
def test_a_batch_of_anybody_equals_the_single_lists(
    people: list[Citizen], listed: list[JobOrder], k: int
) -> None:
    catalogue = Catalogue.from_orders(listed)
    together = shortlists(people, catalogue, k, TODAY, workers=1)
    assert [found.citizen for found in together] == people
    for found in together:
        equal(found, shortlist(found.citizen, catalogue, k, TODAY))


def equal(before: Ranking, after: Ranking) -> None:
    for frame in ("items", "ask", "excluded"):
        assert getattr(before, frame).equals(getattr(after, frame)), frame
    assert before.excluded_counts == after.excluded_counts
