"""The three citizens that the demonstration shows, and that there is something to show for each."""

from enum import StrEnum

import pytest

from api.domain.records import CitizenRecord, EmployerRecord, JobOrderRecord
from api.examples.municipality import ExampleMunicipality
from matching.vocabulary import REQUIREMENTS, Activity, AnchorKind, Answer, Attitude, Demand, Support

Written = dict[str, ExampleMunicipality]
NEAR_KM = 4.0


class Verdict(StrEnum):
    FITS = "fits"
    LEFT_OUT = "left out"
    ASK = "ask"


def verdict(citizen: CitizenRecord, order: JobOrderRecord, employer: EmployerRecord) -> Verdict:
    """The hard rules that these citizens state, one answer after the other."""
    needs, task = citizen.needs, order.task
    demands, supports = {**employer.demands, **task.demands}, {**employer.supports, **task.supports}
    met: list[bool | None] = [needs.attitudes.get(code) is not Attitude.CANNOT for code in task.activities]
    met += [{Answer.NO: True, Answer.YES: False}.get(demands.get(code)) for code in needs.avoids]
    met += [{Answer.YES: True, Answer.NO: False}.get(supports.get(code)) for code in needs.needs]
    met += [None for code in REQUIREMENTS - set(needs.abilities) if demands.get(code) is Answer.YES]
    if needs.max_hours_per_week is not None:
        met.append(None if task.hours_per_week is None else task.hours_per_week <= needs.max_hours_per_week)
    met.append(True if employer.place.point else None)
    return Verdict.LEFT_OUT if False in met else Verdict.ASK if None in met else Verdict.FITS


def orders(one: ExampleMunicipality) -> list[tuple[JobOrderRecord, EmployerRecord]]:
    employers = {employer.id: employer for employer in one.employers}
    return [(order, employers[order.employer_id]) for order in one.job_orders]


def km_from_centre(one: ExampleMunicipality, employer: EmployerRecord) -> float:
    centres = {centre.id: centre.place.point for centre in one.centres}
    start, there = centres[one.citizens[0].anchors[0].centre_id or ""], employer.place.point
    assert start is not None
    return start.distance_km(there) if there else float("inf")


def test_næstved_shows_someone_who_likes_gardening_away_from_machines_and_alcohol(written: Written):
    citizen = written["0370"].citizens[0]
    assert citizen.needs.attitudes[Activity.GREEN] is Attitude.GLADLY
    assert citizen.needs.attitudes[Activity.MACHINE_WORK] is Attitude.CANNOT
    assert citizen.needs.avoids == {Demand.ALCOHOL_PRESENT}
    assert citizen.anchors[0].kind is AnchorKind.DROP_IN_CENTRE


def test_vejle_shows_someone_who_cannot_do_machine_work_but_gladly_gardens(written: Written):
    citizen = written["0630"].citizens[0]
    assert citizen.needs.attitudes[Activity.GREEN] is Attitude.GLADLY
    assert citizen.needs.attitudes[Activity.MACHINE_WORK] is Attitude.CANNOT
    assert citizen.needs.needs == {Support.CONTACT_PERSON, Support.SHORT_SHIFTS}
    assert citizen.needs.wishes == {Support.SAME_DAY_PAY}


def test_vejle_has_the_garden_task_with_500_kroner_the_same_day(written: Written):
    one = written["0630"]
    found = [order for order, _ in orders(one) if "500 kr." in order.text]
    assert [order.task.supports[Support.SAME_DAY_PAY] for order in found] == [Answer.YES]
    assert [verdict(one.citizens[0], *pair) for pair in orders(one) if pair[0] in found] == [Verdict.FITS]


def test_holstebro_shows_someone_of_the_supported_housing_with_few_hours(written: Written):
    citizen = written["0661"].citizens[0]
    assert citizen.anchors[0].kind is AnchorKind.SUPPORTED_HOUSING
    assert citizen.needs.max_hours_per_week == 3
    assert citizen.needs.needs == {Support.FLEXIBLE_ATTENDANCE}


@pytest.mark.parametrize("code", ["0370", "0630", "0661"])
@pytest.mark.parametrize("wanted", Verdict)
def test_each_shown_citizen_has_orders_near_by_that_fit_are_left_out_and_hang_on_an_answer(
    written: Written, code: str, wanted: Verdict
):
    one = written[code]
    near = [pair for pair in orders(one) if km_from_centre(one, pair[1]) < NEAR_KM]
    assert sum(verdict(one.citizens[0], *pair) is wanted for pair in near) >= 3


@pytest.mark.parametrize("code", ["0370", "0630"])
def test_gardening_fits_and_machine_work_is_left_out(written: Written, code: str):
    one = written[code]
    found = [(verdict(one.citizens[0], *pair), pair[0].task.activities) for pair in orders(one)]
    assert any(said is Verdict.FITS and Activity.GREEN in activities for said, activities in found)
    assert all(said is Verdict.LEFT_OUT for said, activities in found if Activity.MACHINE_WORK in activities)


def test_one_firm_in_vejle_has_a_machine_task_left_out_and_a_garden_task_that_fits(written: Written):
    one = written["0630"]
    firm = next(employer for employer in one.employers if employer.name == "Eksempel Maskinfabrik")
    pairs = [pair for pair in orders(one) if pair[1] is firm]
    assert [verdict(one.citizens[0], *pair) for pair in pairs] == [Verdict.LEFT_OUT, Verdict.FITS]
