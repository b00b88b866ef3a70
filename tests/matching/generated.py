"""Generated citizens and orders: few codes and places, so that ties, conflicts and unknowns are common.

A pair is stopped by any one of many constraints, so half of the citizens state one at most and half of the
orders are well known; otherwise hardly any list would show a pair, and nothing would be said of places in it.
What is rare stands last among the choices, for the first ones are drawn more often.
"""

from datetime import date, timedelta
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


@st.composite
def slots(draw: st.DrawFn) -> Slot:
    start = draw(st.sampled_from([0, 540, 570, 600, 690, 1320]))
    return Slot(draw(st.sampled_from([Weekday.MON, Weekday.FRI])), start, start + draw(st.integers(1, 120)))


@st.composite
def mixes(draw: st.DrawFn) -> dict[Activity, float]:
    """None to three activities, with shares that need not be round."""
    codes = draw(st.lists(st.sampled_from(ACTIVITIES), max_size=3, unique=True))
    raw = [draw(st.integers(1, 7)) for _ in codes]
    return {code: part / sum(raw) for code, part in zip(codes, raw, strict=True)}


histories = st.sampled_from([0.0, 1.0, 3.0]) | st.floats(0, 20)
days = st.none() | st.integers(-40, 400).map(lambda shift: TODAY + timedelta(days=shift))


@st.composite
def answers(draw: st.DrawFn, codes: list[Any], welcome: Answer, well_known: bool) -> dict[Any, Answer]:
    """Answers on some of the codes; of what is well known nearly all, and mostly welcome ones."""
    if not well_known:
        return draw(st.dictionaries(st.sampled_from(codes), st.sampled_from(Answer)))
    told = [welcome] * 6 + list(Answer)
    return {code: draw(st.sampled_from(told)) for code in codes}


@st.composite
def orders(
    draw: st.DrawFn, id: str = "o-1", place: st.SearchStrategy[Point | None] = perhaps_points
) -> JobOrder:
    starts_on, ends_on = draw(days), draw(days)
    if starts_on and ends_on and ends_on < starts_on:
        starts_on, ends_on = ends_on, starts_on
    well_known = draw(st.booleans())
    return JobOrder(
        id=id,
        place=draw(place),
        precision=draw(st.just(Precision.ADDRESS) | st.sampled_from(Precision)),
        activities=draw(mixes()),
        setting=draw(st.sampled_from(Setting)),
        demands=draw(answers(EXPOSURES + REQUIREMENTS, Answer.NO, well_known)),
        supports=draw(answers(SUPPORTS, Answer.YES, well_known)),
        hours_per_week=draw(st.sampled_from([2.0, 6.0, 0.0, 37.5, None])),
        pay_dkk_per_hour=draw(st.sampled_from([None, 0.0, 140.0])),
        times=draw(st.lists(slots(), max_size=2)),
        places=draw(st.sampled_from([1, 2, 1, 5, 3, 0])),
        open_proposals=draw(st.integers(0, 7)),
        employer_yes=draw(histories),
        employer_no=draw(histories),
        starts_on=starts_on,
        ends_on=ends_on,
    )


@st.composite
def names(draw: st.DrawFn, prefix: str, most: int) -> list[str]:
    """Ids in no order of their own, rarely none."""
    number = draw(st.sampled_from([*range(most, -1, -1)]))
    every = st.sampled_from([f"{prefix}-{place}" for place in range(30)])
    return draw(st.lists(every, min_size=number, max_size=number, unique=True))


@st.composite
def catalogues(
    draw: st.DrawFn, most: int = 7, place: st.SearchStrategy[Point | None] = perhaps_points
) -> list[JobOrder]:
    """Orders with ids in no order of their own, some of them alike but for the id."""
    ids = draw(names("o", most))
    found: list[JobOrder] = []
    for name in ids:
        if found and draw(st.integers(0, 3)) == 0:
            twin = draw(st.sampled_from(found))
            found.append(JobOrder(**{**vars(twin), "id": name}))
        else:
            found.append(draw(orders(id=name, place=place)))
    return found


@st.composite
def citizens(draw: st.DrawFn, id: str = "c-1", silent: bool = False) -> Citizen:
    """Anyone; a silent one has stated no hard constraint but may have wishes."""
    attitudes = st.sampled_from([item for item in Attitude if not silent or item is not Attitude.CANNOT])
    return Citizen(
        id=id,
        anchors=draw(anchors),
        attitudes=draw(st.dictionaries(st.sampled_from(ACTIVITIES), attitudes, max_size=3)),
        setting=draw(st.dictionaries(st.sampled_from(SIDES), attitudes)),
        prefers_not=draw(st.sets(st.sampled_from(EXPOSURES))),
        wishes=draw(st.sets(st.sampled_from(SUPPORTS))),
        abilities=draw(st.dictionaries(st.sampled_from(REQUIREMENTS), st.sampled_from(Answer))),
        mode=draw(st.sampled_from(Mode)),
        earnings_room_dkk=draw(st.sampled_from([None, 0, 12_000])),
        waiting_since=draw(st.none() | st.sampled_from([date(2026, 1, 5), date(2026, 9, 1)])),
        **({} if silent else draw(hard_constraints())),
    )


@st.composite
def hard_constraints(draw: st.DrawFn) -> dict[str, Any]:
    """What may be stated of constraints: any of it, or one."""
    stated: dict[str, st.SearchStrategy[Any]] = {
        "max_minutes": st.sampled_from([90, 45, 30, 10, 0]),
        "avoids": st.sets(st.sampled_from(EXPOSURES), min_size=1, max_size=2),
        "max_hours_per_week": st.sampled_from([6, 2]),
        "needs": st.sets(st.sampled_from(SUPPORTS), min_size=1, max_size=2),
        "availability": st.lists(slots(), min_size=1, max_size=3),
    }
    few = draw(st.booleans())
    names_of = st.sets(st.sampled_from(list(stated)), max_size=1 if few else len(stated))
    return {name: draw(stated[name]) for name in sorted(draw(names_of))}


@st.composite
def crowds(draw: st.DrawFn, most: int = 6) -> list[Citizen]:
    """Several citizens with ids in no order of their own."""
    ids = draw(names("c", most))
    return [draw(citizens(id=name)) for name in ids]


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
