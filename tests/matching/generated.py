"""Generated citizens and orders: few codes and places, so that ties, conflicts and unknowns are common.

A pair is stopped by any one of many constraints, so half of the citizens state one at most and half of the
orders are well known; otherwise hardly any list would show a pair, and nothing would be said of places in it.
What is rare stands last among the choices, for the first ones are drawn more often.

Strategies are made once and not in each draw: making and checking them takes longer than drawing from them.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from geo import Mode, Point, Precision
from matching import Anchor, Citizen, JobOrder, Policy
from matching.times import Slot, Weekday
from matching.vocabulary import Activity, AnchorKind, Answer, Attitude, Demand, Setting, Support
from tests.matching.makers import CENTRE, TODAY, policy_with

KNOWN_PLACES = [
    CENTRE,
    Point(55.7093, 9.5457),
    Point(55.7151, 9.5357),
    Point(55.75588, 9.4258),
    Point(55.64195, 9.64958),
]
EXPOSURES = [Demand.MACHINES, Demand.ALCOHOL_PRESENT, Demand.CROWDS, Demand.EARLY_START]
REQUIREMENTS = [Demand.DRIVING_LICENCE, Demand.CLEAN_RECORD]
SUPPORTS = [Support.CONTACT_PERSON, Support.SAME_DAY_PAY, Support.QUIET_PLACE]
ACTIVITIES = [Activity.GREEN, Activity.MACHINE_WORK, Activity.KITCHEN, Activity.PEOPLE_SUPPORT]
SIDES = [Setting.INDOOR, Setting.OUTDOOR]

points = st.sampled_from(KNOWN_PLACES) | st.builds(Point, st.floats(55.6, 55.8), st.floats(9.3, 9.8))
perhaps_points = points | points | st.none()
anchors = st.lists(
    st.builds(Anchor, points, st.sampled_from(AnchorKind)),
    min_size=1,
    max_size=3,
    unique_by=lambda at: at.point,
)


of_activities, of_exposures = st.sampled_from(ACTIVITIES), st.sampled_from(EXPOSURES)
of_requirements, of_supports = st.sampled_from(REQUIREMENTS), st.sampled_from(SUPPORTS)
of_answers, of_attitudes = st.sampled_from(Answer), st.sampled_from(Attitude)
either = st.booleans()

slot_starts, slot_lengths = st.sampled_from([0, 540, 570, 600, 690, 1320]), st.integers(1, 120)
slot_days = st.sampled_from([Weekday.MON, Weekday.FRI])


@st.composite
def slots(draw: st.DrawFn) -> Slot:
    start = draw(slot_starts)
    return Slot(draw(slot_days), start, start + draw(slot_lengths))


any_slot = slots()
mixed_codes, parts = st.lists(of_activities, max_size=3, unique=True), st.integers(1, 7)


@st.composite
def mixes(draw: st.DrawFn) -> dict[Activity, float]:
    """None to three activities, with shares that need not be round."""
    codes = draw(mixed_codes)
    raw = [draw(parts) for _ in codes]
    return {code: part / sum(raw) for code, part in zip(codes, raw, strict=True)}


histories = st.sampled_from([0.0, 1.0, 3.0]) | st.floats(0, 20)
days = st.none() | st.integers(-40, 400).map(lambda shift: TODAY + timedelta(days=shift))


def answers(codes: list[Any], welcome: Answer) -> tuple[st.SearchStrategy[dict[Any, Answer]], ...]:
    """Answers on some of the codes; then those on what is well known: on all codes, and mostly welcome."""
    told = st.sampled_from([welcome] * 6 + list(Answer))
    return st.dictionaries(st.sampled_from(codes), of_answers), st.fixed_dictionaries(
        dict.fromkeys(codes, told)
    )


of_demands, of_offers = answers(EXPOSURES + REQUIREMENTS, Answer.NO), answers(SUPPORTS, Answer.YES)
precisions = st.just(Precision.ADDRESS) | st.sampled_from(Precision)
sides = st.sampled_from(Setting)
hours, pay = st.sampled_from([2.0, 6.0, 0.0, 37.5, None]), st.sampled_from([None, 0.0, 140.0])
times = st.lists(any_slot, max_size=2)
vacancies, proposed = st.sampled_from([1, 2, 1, 5, 3, 0]), st.integers(0, 7)
any_mix = mixes()


@st.composite
def orders(
    draw: st.DrawFn, id: str = "o-1", place: st.SearchStrategy[Point | None] = perhaps_points
) -> JobOrder:
    starts_on, ends_on = draw(days), draw(days)
    if starts_on and ends_on and ends_on < starts_on:
        starts_on, ends_on = ends_on, starts_on
    well_known = draw(either)
    return JobOrder(
        id=id,
        place=draw(place),
        precision=draw(precisions),
        activities=draw(any_mix),
        setting=draw(sides),
        demands=draw(of_demands[well_known]),
        supports=draw(of_offers[well_known]),
        hours_per_week=draw(hours),
        pay_dkk_per_hour=draw(pay),
        times=draw(times),
        places=draw(vacancies),
        open_proposals=draw(proposed),
        employer_yes=draw(histories),
        employer_no=draw(histories),
        starts_on=starts_on,
        ends_on=ends_on,
    )


@cache
def names(prefix: str, most: int) -> st.SearchStrategy[list[str]]:
    """Ids in no order of their own, rarely none."""
    every = st.sampled_from([f"{prefix}-{place}" for place in range(30)])
    so_many = [st.lists(every, min_size=number, max_size=number, unique=True) for number in range(most + 1)]
    return st.sampled_from([*range(most, -1, -1)]).flatmap(so_many.__getitem__)


one_in_four = st.integers(0, 3).map(lambda drawn: drawn == 0)


@st.composite
def catalogues(
    draw: st.DrawFn, most: int = 7, place: st.SearchStrategy[Point | None] = perhaps_points
) -> list[JobOrder]:
    """Orders with ids in no order of their own, some of them alike but for the id."""
    order = orders(place=place)
    found: list[JobOrder] = []
    for name in draw(names("o", most)):
        of = draw(st.sampled_from(found)) if found and draw(one_in_four) else draw(order)
        found.append(replace(of, id=name))
    return found


def attitudes(said: list[Attitude]) -> tuple[st.SearchStrategy[dict[Any, Attitude]], ...]:
    """To some activities, and to some settings."""
    of = st.sampled_from(said)
    return st.dictionaries(of_activities, of, max_size=3), st.dictionaries(st.sampled_from(SIDES), of)


of_anybody = attitudes([*Attitude])
of_the_silent = attitudes([item for item in Attitude if item is not Attitude.CANNOT])
disliked, wished = st.sets(of_exposures), st.sets(of_supports)
abilities = st.dictionaries(of_requirements, of_answers)
modes, rooms = st.sampled_from(Mode), st.sampled_from([None, 0, 12_000])
waits = st.none() | st.sampled_from([date(2026, 1, 5), date(2026, 9, 1)])


@st.composite
def citizens(draw: st.DrawFn, id: str = "c-1", silent: bool = False) -> Citizen:
    """Anyone; a silent one has stated no hard constraint but may have wishes."""
    to_activities, to_settings = of_the_silent if silent else of_anybody
    return Citizen(
        id=id,
        anchors=draw(anchors),
        attitudes=draw(to_activities),
        setting=draw(to_settings),
        prefers_not=draw(disliked),
        wishes=draw(wished),
        abilities=draw(abilities),
        mode=draw(modes),
        earnings_room_dkk=draw(rooms),
        waiting_since=draw(waits),
        **({} if silent else draw(any_constraints)),
    )


constraints: dict[str, st.SearchStrategy[Any]] = {
    "max_minutes": st.sampled_from([90, 45, 30, 10, 0]),
    "avoids": st.sets(of_exposures, min_size=1, max_size=2),
    "max_hours_per_week": st.sampled_from([6, 2]),
    "needs": st.sets(of_supports, min_size=1, max_size=2),
    "availability": st.lists(any_slot, min_size=1, max_size=3),
}
one_at_most, any_of_them = (st.sets(st.sampled_from([*constraints]), max_size=most) for most in (1, 5))


@st.composite
def hard_constraints(draw: st.DrawFn) -> dict[str, Any]:
    """What may be stated of constraints: any of it, or one."""
    stated = draw(one_at_most if draw(either) else any_of_them)
    return {name: draw(constraints[name]) for name in sorted(stated)}


any_constraints = hard_constraints()
anybody = citizens()


@st.composite
def limited(draw: st.DrawFn) -> Citizen:
    """Somebody whose only hard constraint is when there is time for work, or how much of it."""
    stated = {name: draw(constraints[name]) for name in draw(of_limits)}
    return replace(draw(of_silent_people), abilities={}, **stated)


of_limits = st.sampled_from(
    [["max_hours_per_week"], ["availability"], ["max_hours_per_week", "availability"]]
)
of_silent_people = citizens(silent=True)
of_the_limited = limited()


@st.composite
def crowds(draw: st.DrawFn, of: st.SearchStrategy[Citizen] = anybody, most: int = 6) -> list[Citizen]:
    """Several citizens with ids in no order of their own."""
    return [replace(draw(of), id=name) for name in draw(names("c", most))]


policies = st.sampled_from(
    [
        Policy.default(),
        policy_with({"weights.nearness": 0.15, "weights.wishes": 0.35}),
        policy_with({"weights.nearness": 0, "weights.employer_openness": 0.5, "parts.plateau_minutes": 0}),
        policy_with({"load.points": 80, "load.most_per_place": 5, "parts.floor": 0.001}),
        policy_with(
            {"wishes.no": 0.2, "wishes.unknown": 0.3, "attitudes.unknown": 0.1, "openness.prior_yes": 9}
        ),
    ]
)
