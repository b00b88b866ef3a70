"""What pairs are worth, held for whoever asks again: the same as judged anew, and as the plain reckoning."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Catalogue, Citizen, JobOrder, Policy
from matching import chances as chances_module
from matching.chances import Chances, Terms, as_a_whole, in_part
from tests.matching.generated import catalogues, crowds, policies
from tests.matching.makers import TODAY, make_citizen, make_order
from tests.matching.within_reach import orders_within_reach, prospects_within_reach, served

points = st.sampled_from([0, 20, 35.5, 60, 100])
terms = st.builds(
    Terms,
    on=st.just(TODAY),
    policy=policies,
    least_points=points,
    seen=st.sampled_from([as_a_whole, in_part]),
)


def by_id(people: list[Citizen]) -> dict[str, Citizen]:
    return {person.id: person for person in people}


def judged(before: Chances, people: list[Citizen], orders: list[JobOrder]) -> Chances:
    stand_on = {order.id: order for order in orders}
    return before.followed(by_id(people), stand_on, Catalogue.from_orders(orders))


def named(found: Chances) -> dict[tuple[str, str], int]:
    pairs: Mapping[tuple[str, str], int] = {
        (citizen, order): int(found.codes[row, column])
        for row, citizen in enumerate(found.people)
        for column, order in enumerate(found.orders)
    }
    return dict(pairs)


@given(terms, crowds(), catalogues(), crowds(), catalogues(), st.data())
def test_what_is_held_is_what_is_found_anew_whoever_and_whatever_has_changed(
    by, people, orders, others, more, data
):
    # some stay as they are, some are others by the same name, some come and some go
    stay = {one.id: one for one in data.draw(st.permutations([*people, *others]))}
    there = {one.id: one for one in data.draw(st.permutations([*orders, *more]))}
    anew = Chances.of_nobody(by)
    held = judged(judged(anew, people, orders), [*stay.values()], [*there.values()])
    assert named(held) == named(judged(anew, [*stay.values()], [*there.values()]))
    assert held.people == stay
    assert held.orders == there


@given(crowds(), catalogues(), policies, points, points)
def test_what_is_held_of_orders_is_the_plain_reckoning(people, orders, policy, first, second):
    least, asked = sorted((first, second))
    owned = [replace(one, employer_id=one.id) for one in orders]
    catalogue = Catalogue.from_orders(owned)
    found = judged(Chances.of_nobody(Terms(on=TODAY, policy=policy, least_points=least)), people, owned)
    assert found.on_a_list(asked) == served(people, catalogue, TODAY, policy, asked)
    hanging = orders_within_reach(people, catalogue, TODAY, policy, asked)
    assert found.hanging(by_id(people), asked) == hanging


@given(crowds(), catalogues(), policies, points)
def test_what_is_held_of_prospects_is_the_plain_reckoning(people, prospects, policy, least):
    by = Terms(on=TODAY, policy=policy, least_points=least, seen=in_part)
    found = judged(Chances.of_nobody(by), people, prospects)
    plain = prospects_within_reach(people, Catalogue.from_orders(prospects), TODAY, policy, least)
    assert found.possible(by_id(people), least) == plain
    some = [person.id for person in people[:2]]
    theirs = {order: reached & set(some) for order, reached in plain.items() if reached & set(some)}
    assert found.possible(some, least) == theirs


def test_only_pairs_of_which_a_side_is_another_are_judged_again(monkeypatch):
    seen = []

    def assess(person, orders, on, policy):
        seen.append((person.id, len(orders)))
        return plain(person, orders, on, policy)

    plain = chances_module.assess
    monkeypatch.setattr(chances_module, "assess", assess)
    anna, bo, karen = (make_citizen(id=name) for name in ("anna", "bo", "karen"))
    one, two, three = (make_order(id=name) for name in ("one", "two", "three"))
    by = Terms(on=TODAY, policy=Policy.default(), least_points=0)
    found = judged(Chances.of_nobody(by), [anna, bo], [one, two])
    assert seen == [("anna", 2), ("bo", 2)]
    seen.clear()
    assert judged(found, [anna, bo], [one, two]) is found
    assert seen == []
    judged(found, [anna, karen], [two, three])
    assert seen == [("anna", 1), ("karen", 2)]


@pytest.mark.parametrize(
    ("other", "covered"),
    [
        ({"least_points": 70}, True),
        ({"least_points": 60}, True),
        ({"least_points": 50}, False),
        ({"on": TODAY.replace(year=2030)}, False),
        ({"seen": in_part}, False),
        ({"policy": Policy.default().with_numbers({"load.points": 5}, version="2", source="x")}, False),
    ],
)
def test_what_was_judged_by_some_terms_answers_others_that_only_ask_for_more_points(other, covered):
    by = {"on": TODAY, "policy": Policy.default(), "least_points": 60}
    assert Terms(**by).cover(Terms(**{**by, **other})) is covered


def test_a_pair_is_one_byte():
    found = judged(
        Chances.of_nobody(Terms(on=TODAY, policy=Policy.default(), least_points=0)),
        [make_citizen(id=f"c-{number}") for number in range(5)],
        [make_order(id=f"o-{number}") for number in range(7)],
    )
    assert (found.codes.dtype, found.codes.nbytes) == (np.uint8, 35)
