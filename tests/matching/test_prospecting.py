"""Whom calls open something for, over many citizens: prospects, questions, and what a result changes."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from geo import Point
from matching import Catalogue, Citizen, Employer, Policy
from matching.assessment import whole_points
from matching.calls import plan_calls
from matching.industries import IndustrySystem, industries
from matching.prospecting import OpenQuestion, open_questions
from matching.prospects import Prospect, catalogue_of, open_to
from matching.ranking import shortlist
from matching.vocabulary import Activity, Demand
from tests.matching.makers import CENTRE, TODAY, make_citizen, make_order
from tests.matching.within_reach import orders_within_reach, prospects_within_reach, served

POLICY = Policy.default()
FAR = Point(55.9, 9.9)


def prospect(id: str, code: str = "813000", **known: Any) -> Prospect:
    employer = Employer(**{"id": id, "place": CENTRE, **known})
    return Prospect(employer=employer, code=code, system=IndustrySystem.DB07)


def within_reach(people: list[Citizen], prospects: list[Prospect], **more: Any) -> dict[str, set[str]]:
    return prospects_within_reach(people, catalogue_of(prospects), TODAY, POLICY, **more)


def town(random: Random) -> tuple[list[Citizen], list[Prospect]]:
    """Five citizens who wait and thirty firms around them."""
    people = [
        make_citizen(
            id=f"c-{number}",
            attitudes={
                activity: random.choice(["gladly", "can", "cannot", "cannot"])
                for activity in random.sample(list(Activity), 12)
            },
            avoids=random.sample(["machines", "alcohol_present", "noise"], random.randrange(3)),
            mode="bicycle",
            max_minutes=random.choice([10, 15, 30]),
        )
        for number in range(5)
    ]
    firms = [
        prospect(
            f"e-{number:02}",
            random.choice(random.choice(industries()).prefixes[IndustrySystem.DB07]),
            place=Point(CENTRE.lat + random.uniform(-0.05, 0.05), CENTRE.lon + random.uniform(-0.08, 0.08)),
            demands={"alcohol_present": random.choice(["yes", "no", "unknown"])},
        )
        for number in range(30)
    ]
    return people, firms


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("least_points", [None, 60.0])
def test_the_first_of_thirty_firms_opens_something_for_most_of_five_who_wait(
    seed: int, least_points: float | None
) -> None:
    people, firms = town(Random(seed))
    reach = within_reach(people, firms, least_points=least_points)
    counted = {firm.employer.id: 0 for firm in firms}
    for person in people:
        found = shortlist(person, open_to(catalogue_of(firms), person), k=30, on=TODAY)
        shown = [*found.items.itertuples(), *found.ask.itertuples()]
        for row in shown:
            points = getattr(row, "score", None) or getattr(row, "score_if_answered", 0)
            counted[str(row.order_id)] += least_points is None or points >= least_points
    best = max(counted.values())
    assert best > 0
    [first] = plan_calls(reach, 1).calls
    assert len(first.unlocks) == best
    assert first.employer_id == min(name for name, count in counted.items() if count == best)


def test_a_recorded_result_changes_the_next_call() -> None:
    people, firms = town(Random(7))
    reach = within_reach(people, firms)
    [first] = plan_calls(reach, 1).calls
    [after_no] = plan_calls(reach, 1, resting={first.employer_id}).calls
    assert after_no.employer_id != first.employer_id
    waiting = [person for person in people if person.id not in first.unlocks]
    others = [firm for firm in firms if firm.employer.id != first.employer_id]
    after_yes = plan_calls(within_reach(waiting, others), 30)
    assert not {person for call in after_yes.calls for person in call.reaches} & set(first.unlocks)


def test_a_prospect_in_conflict_or_too_far_opens_nothing() -> None:
    sober = make_citizen(avoids={"alcohol_present"}, max_minutes=30)
    firms = [
        prospect("bar", demands={"alcohol_present": "yes"}),
        prospect("far", place=FAR),
        prospect("unsaid"),
        prospect("dry", demands={"alcohol_present": "no"}),
    ]
    assert within_reach([sober], firms) == {"unsaid": {"c-1"}, "dry": {"c-1"}}


def test_what_hangs_on_the_citizen_is_not_opened_by_a_call() -> None:
    firms = [prospect("school", demands={"clean_record": "yes"})]
    assert within_reach([make_citizen()], firms) == {}
    assert within_reach([make_citizen(abilities={"clean_record": "yes"})], firms) == {"school": {"c-1"}}


def test_a_threshold_leaves_out_what_fits_badly_and_what_has_no_place() -> None:
    firms = [prospect("near"), prospect("far", place=FAR), prospect("nowhere", place=None)]
    gardener = [make_citizen(attitudes={"green": "gladly"})]
    assert set(within_reach(gardener, firms)) == {"near", "far", "nowhere"}
    assert set(within_reach(gardener, firms, least_points=50)) == {"near"}


def orders() -> Catalogue:
    return Catalogue.from_orders(
        [
            make_order(id="o-1", employer_id="bar", activities={"cleaning": 1}),
            make_order(id="o-2", employer_id="bar", activities={"kitchen": 1}, demands={"machines": "no"}),
            make_order(id="o-3", employer_id="shop"),
            make_order(id="o-4", employer_id="shop", demands={"alcohol_present": "yes"}),
        ]
    )


PEOPLE = [
    make_citizen(id="c-1", avoids={"alcohol_present"}),
    make_citizen(id="c-2", avoids={"alcohol_present", "machines"}),
    make_citizen(id="c-3", attitudes={"kitchen": "cannot", "cleaning": "cannot", "green": "cannot"}),
]


def test_questions_come_by_how_many_pairs_they_open() -> None:
    assert open_questions(PEOPLE, orders(), TODAY, POLICY) == (
        OpenQuestion("bar", "", "avoids:alcohol_present", pairs=4, unlocks_pairs=3, unlocks_people=2),
        OpenQuestion("shop", "", "avoids:alcohol_present", pairs=2, unlocks_pairs=1, unlocks_people=1),
        OpenQuestion("shop", "o-3", "attitude", pairs=1, unlocks_pairs=1, unlocks_people=1),
        OpenQuestion("shop", "o-4", "attitude", pairs=1, unlocks_pairs=1, unlocks_people=1),
        OpenQuestion("bar", "o-1", "avoids:machines", pairs=1, unlocks_pairs=0, unlocks_people=0),
        OpenQuestion("shop", "o-3", "avoids:machines", pairs=1, unlocks_pairs=0, unlocks_people=0),
    )


def test_what_comes_with_the_work_is_asked_of_each_order_and_what_comes_with_the_place_once() -> None:
    two = Catalogue.from_orders([make_order(id=name, employer_id="bar") for name in ("o-1", "o-2")])
    asked = open_questions([make_citizen(avoids={"machines", "noise"})], two, TODAY, POLICY)
    assert [(one.order_id, one.about, one.pairs) for one in asked] == [
        ("", "avoids:noise", 2),
        ("o-1", "avoids:machines", 1),
        ("o-2", "avoids:machines", 1),
    ]


def test_an_answer_opens_exactly_the_pairs_that_it_was_said_to_open() -> None:
    before = orders()
    question = open_questions(PEOPLE, before, TODAY, POLICY)[0]
    assert (question.employer_id, question.about) == ("bar", "avoids:alcohol_present")
    dry = Catalogue.from_orders(
        replace(order, demands={**order.demands, "alcohol_present": "no"})
        if order.employer_id == "bar"
        else order
        for order in map(before.order, before.ids)
    )
    opened = sum(ranked(person, dry) - ranked(person, before) for person in PEOPLE)
    assert opened == question.unlocks_pairs == 3


def ranked(person: Citizen, catalogue: Catalogue) -> int:
    return shortlist(person, catalogue, k=10, on=TODAY).items_total


def test_the_order_of_people_and_orders_changes_no_question() -> None:
    again = Catalogue.from_orders(orders().order(name) for name in reversed(orders().ids))
    assert open_questions(PEOPLE[::-1], again, TODAY, POLICY) == open_questions(
        PEOPLE, orders(), TODAY, POLICY
    )


def test_what_the_citizen_has_to_answer_is_no_question_to_the_employer() -> None:
    licensed = Catalogue.from_orders([make_order(employer_id="post", demands={"driving_licence": "yes"})])
    assert open_questions([make_citizen()], licensed, TODAY, POLICY) == ()
    both = open_questions([make_citizen(avoids={"noise"})], licensed, TODAY, POLICY)
    assert [(one.about, one.pairs, one.unlocks_pairs) for one in both] == [("avoids:noise", 1, 0)]


def test_a_call_about_orders_reaches_those_who_hang_on_its_answers() -> None:
    found = orders_within_reach(PEOPLE, orders(), TODAY, POLICY)
    assert found == {"bar": {"c-1", "c-2"}, "shop": {"c-1", "c-2", "c-3"}}


def test_orders_of_nobody_known_are_not_the_orders_of_one_employer() -> None:
    nobody_s = [make_order(id=f"o-{number}", employer_id="") for number in (1, 2, 3)]
    told = Catalogue.from_orders([*nobody_s, make_order(id="o-4", employer_id="bar")])
    quiet = [make_citizen(needs={"quiet_place"})]
    assert open_questions(quiet, told, TODAY, POLICY) == (
        *(
            OpenQuestion("", f"o-{number}", "needs:quiet_place", pairs=1, unlocks_pairs=1, unlocks_people=1)
            for number in (1, 2, 3)
        ),
        OpenQuestion("bar", "", "needs:quiet_place", pairs=1, unlocks_pairs=1, unlocks_people=1),
    )
    assert orders_within_reach(quiet, told, TODAY, POLICY) == {"bar": {"c-1"}}
    assert orders_within_reach(quiet, Catalogue.from_orders(nobody_s), TODAY, POLICY) == {}


def test_who_has_an_order_on_the_list_is_served() -> None:
    sober_order = make_order(id="o-5", demands={"alcohol_present": "no"}, activities={"green": 1})
    one = Catalogue.from_orders([sober_order])
    assert served(PEOPLE, orders(), TODAY, POLICY) == set()
    assert served(PEOPLE, one, TODAY, POLICY) == {"c-1"}
    assert served(PEOPLE, one, TODAY, POLICY, least_points=101) == set()


def test_a_suggestion_of_one_s_own_makes_nobody_fall_below_the_points_that_count() -> None:
    person = make_citizen(id="c-1")
    free, asked = (make_order(id="o-1", employer_id="e", open_proposals=n) for n in (0, 1))
    [points] = shortlist(person, Catalogue.from_orders([free]), 1, TODAY).items["score"]
    one, least = Catalogue.from_orders([asked]), float(whole_points(points))
    own = {"c-1": {"o-1"}}
    assert served([person], one, TODAY, POLICY, least) == set()
    assert served([person], one, TODAY, POLICY, least, own=own) == {"c-1"}
    silent = Catalogue.from_orders([replace(asked, demands={})])
    careful = [replace(person, avoids=frozenset({Demand.ALCOHOL_PRESENT}))]
    assert orders_within_reach(careful, silent, TODAY, POLICY, least) == {}
    assert orders_within_reach(careful, silent, TODAY, POLICY, least, own=own) == {"e": {"c-1"}}
