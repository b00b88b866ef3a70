"""A conflict never shows a pair, an unknown neither passes nor fails, silence constrains nothing."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from geo import Precision
from matching import Citizen, JobOrder, Shortlist, candidates
from matching.vocabulary import Activity, Answer, Attitude, Demand, Setting, Support
from tests.matching.generated import (
    ACTIVITIES,
    EXPOSURES,
    REQUIREMENTS,
    SIDES,
    SUPPORTS,
    catalogues,
    citizens,
    orders,
    points,
)
from tests.matching.makers import TODAY, make_citizen, make_list, standing

Pair = tuple[Citizen, JobOrder]


@st.composite
def conflicts(draw: st.DrawFn, citizen: Citizen, order: JobOrder) -> tuple[str, Citizen, JobOrder]:
    """The pair with a conflict of any kind added, and the rule that it breaks."""
    demand, support = draw(st.sampled_from(EXPOSURES)), draw(st.sampled_from(SUPPORTS))
    required, activity = draw(st.sampled_from(REQUIREMENTS)), draw(st.sampled_from(ACTIVITIES))
    side = draw(st.sampled_from(SIDES))
    said: dict[str, Pair] = {
        "ended": (citizen, replace(order, starts_on=None, ends_on=TODAY - timedelta(days=1))),
        "no_places_left": (citizen, replace(order, places=0)),
        f"attitude:{activity}": (
            replace(citizen, attitudes={**citizen.attitudes, activity: Attitude.CANNOT}),
            replace(order, activities={activity: 0.1, Activity.OFFICE: 0.9}),
        ),
        f"avoids:{demand}": (
            replace(citizen, avoids=citizen.avoids | {demand}),
            replace(order, demands={**order.demands, demand: Answer.YES}),
        ),
        f"needs:{support}": (
            replace(citizen, needs=citizen.needs | {support}),
            replace(order, supports={**order.supports, support: Answer.NO}),
        ),
        f"abilities:{required}": (
            replace(citizen, abilities={**citizen.abilities, required: Answer.NO}),
            replace(order, demands={**order.demands, required: Answer.YES}),
        ),
        "max_hours": (replace(citizen, max_hours_per_week=2), replace(order, hours_per_week=2.25)),
        f"setting:{side}": (
            replace(citizen, setting={**citizen.setting, side: Attitude.CANNOT}),
            replace(order, setting=draw(st.sampled_from([side, Setting.BOTH]))),
        ),
        "availability": (
            replace(citizen, availability=["tue 9-12"]),
            replace(order, times=["wed 9-12", "tue 11:30-15"]),
        ),
    }
    rule = draw(st.sampled_from(sorted(said)))
    return rule, *said[rule]


@given(st.data(), citizens(), orders())
def test_a_conflict_of_any_kind_excludes_by_its_rule_from_both_ends(
    data: Any, citizen: Citizen, order: JobOrder
) -> None:
    rule, told, worse = data.draw(conflicts(citizen, order))
    for found in (make_list(told, worse), candidates(worse, [told], on=TODAY)):
        assert rule in found.excluded["rules"].iloc[0]
        assert (found.items_total, found.ask_total, found.excluded_total) == (0, 0, 1)


@given(citizens(), orders(place=points))
def test_a_way_longer_than_the_limit_excludes(citizen: Citizen, order: JobOrder) -> None:
    minutes = make_list(citizen, order).explain(order.id, "en").travel.minutes
    assume(minutes)
    assert minutes is not None
    found = make_list(replace(citizen, max_minutes=minutes * (1 - 1e-9)), order)
    assert "max_minutes" in found.excluded["rules"].iloc[0]


@st.composite
def untold(draw: st.DrawFn, citizen: Citizen, order: JobOrder) -> tuple[str, Citizen, JobOrder]:
    """The pair with a constraint whose fact nobody has told, and the question that it becomes."""
    demand, support = draw(st.sampled_from(EXPOSURES)), draw(st.sampled_from(SUPPORTS))
    required, activity = draw(st.sampled_from(REQUIREMENTS)), draw(st.sampled_from(ACTIVITIES))
    side = draw(st.sampled_from(SIDES))
    said: dict[str, Pair] = {
        "place": (citizen, replace(order, place=None)),
        f"attitude:{activity}": (
            replace(citizen, attitudes={**citizen.attitudes, activity: Attitude.CANNOT}),
            replace(order, activities={}),
        ),
        f"avoids:{demand}": (
            replace(citizen, avoids=citizen.avoids | {demand}),
            replace(order, demands={**order.demands, demand: Answer.UNKNOWN}),
        ),
        f"needs:{support}": (
            replace(citizen, needs=citizen.needs | {support}),
            replace(order, supports={**order.supports, support: Answer.UNKNOWN}),
        ),
        f"abilities:{required}": (
            replace(citizen, abilities={**citizen.abilities, required: Answer.UNKNOWN}),
            replace(order, demands={**order.demands, required: Answer.YES}),
        ),
        "max_hours": (replace(citizen, max_hours_per_week=2), replace(order, hours_per_week=None)),
        f"setting:{side}": (
            replace(citizen, setting={**citizen.setting, side: Attitude.CANNOT}),
            replace(order, setting=Setting.UNKNOWN),
        ),
        "availability": (replace(citizen, availability=["tue 9-12"]), replace(order, times=[])),
    }
    rule = draw(st.sampled_from(sorted(said)))
    return rule, *said[rule]


@given(st.data(), citizens(), orders())
def test_an_unknown_of_any_kind_neither_passes_nor_fails(
    data: Any, citizen: Citizen, order: JobOrder
) -> None:
    rule, told, open_still = data.draw(untold(citizen, order))
    found = make_list(told, open_still)
    assert found.items_total == 0
    assert rule not in {name for rules in found.excluded["rules"] for name in rules}
    if not found.excluded_total:
        assert rule in [about for _, about in found.ask["questions"].iloc[0]]
        of = "citizen" if rule.startswith("abilities") else "employer"
        assert (of, rule) in [(str(who), about) for who, about in found.ask["questions"].iloc[0]]


@given(citizens(silent=True), catalogues(place=points))
def test_silence_constrains_nothing(citizen: Citizen, listed: list[JobOrder]) -> None:
    able = dict.fromkeys(REQUIREMENTS, Answer.YES)
    found = make_list(replace(citizen, abilities=able), listed)
    still_there = {order.id for order in listed if order.places and (order.ends_on or TODAY) >= TODAY}
    assert set(found.items["order_id"]) == still_there
    assert found.ask_total == 0


@given(st.sampled_from(Demand), st.sampled_from(Support), st.sampled_from(Answer))
def test_what_the_citizen_has_not_spoken_of_is_no_matter_of_rules(
    demand: Demand, support: Support, said: Answer
) -> None:
    order = JobOrder(
        id="o-1",
        place=make_citizen().anchors[0].point,
        demands={demand: Answer.NO if demand in REQUIREMENTS or said is Answer.NO else Answer.UNKNOWN},
        supports={support: said},
    )
    assert standing(make_citizen(), order) == "ranked"


# a soft wish, and what is none


@given(st.data(), citizens(silent=True), catalogues(place=points))
def test_a_wish_that_turns_out_to_be_met_never_lowers_a_place(
    data: Any, citizen: Citizen, listed: list[JobOrder]
) -> None:
    wished, unwelcome = data.draw(st.sampled_from(SUPPORTS)), data.draw(st.sampled_from(EXPOSURES))
    citizen = replace(
        citizen,
        wishes=citizen.wishes | {wished},
        prefers_not=citizen.prefers_not | {unwelcome},
        abilities=dict.fromkeys(REQUIREMENTS, Answer.YES),
    )
    before = make_list(citizen, listed)
    assume(before.items_total)
    name = data.draw(st.sampled_from(list(before.items["order_id"])))
    (order,) = [one for one in listed if one.id == name]
    met = data.draw(
        st.sampled_from(
            [
                replace(order, supports={**order.supports, wished: Answer.YES}),
                replace(order, demands={**order.demands, unwelcome: Answer.NO}),
            ]
        )
    )
    after = make_list(citizen, [met if one is order else one for one in listed])
    assert place_of(name, after) <= place_of(name, before)


@given(st.data(), citizens(silent=True), orders(place=points), st.sampled_from(ACTIVITIES))
def test_liking_an_activity_more_never_lowers_a_score(
    data: Any, citizen: Citizen, order: JobOrder, activity: Activity
) -> None:
    words = [Attitude.RATHER_NOT, Attitude.UNKNOWN, Attitude.CAN, Attitude.GLADLY]
    scores = [
        score_of_any(replace(citizen, attitudes={**citizen.attitudes, activity: word}), order)
        for word in words
    ]
    assert scores == sorted(scores)


@given(citizens(silent=True), orders(place=points))
def test_a_vaguer_place_never_raises_a_score(citizen: Citizen, order: JobOrder) -> None:
    by_error = sorted(Precision, key=lambda precision: precision.error_km)
    scores = [score_of_any(citizen, replace(order, precision=precision)) for precision in by_error]
    assert scores == sorted(scores, reverse=True)


@given(citizens(silent=True), orders(place=points), st.floats(0, 30), st.floats(0, 30))
def test_an_employer_without_history_is_neither_behind_a_no_nor_before_a_yes(
    citizen: Citizen, order: JobOrder, yes: float, no: float
) -> None:
    unwilling, new, willing = (
        score_of_any(citizen, replace(order, employer_yes=said[0], employer_no=said[1]))
        for said in ((0, no), (0, 0), (yes, 0))
    )
    assert unwilling <= new <= willing


@given(citizens(), catalogues(), orders(id="o-refused"))
def test_what_one_employer_answers_leaves_the_scores_of_all_others_alone(
    citizen: Citizen, listed: list[JobOrder], refused: JobOrder
) -> None:
    later = replace(refused, employer_no=refused.employer_no + 3)
    before, after = (make_list(citizen, [*listed, one]) for one in (refused, later))
    for order in listed:
        assert before.explain(order.id, "en").score == after.explain(order.id, "en").score


def score_of_any(citizen: Citizen, order: JobOrder) -> float:
    """The score of a pair, ranked or not."""
    score = make_list(citizen, order).explain(order.id, "en").score
    assert score is not None
    return score


def place_of(name: str, found: Shortlist) -> int:
    return list(found.items["order_id"]).index(name)
