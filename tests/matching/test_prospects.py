"""Employers without an open order: ranked like orders, asked for what suits, and never guessed about."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import Point
from matching import Employer, Policy, Shortlist, shortlist
from matching.industries import IndustrySystem, industries
from matching.language import Language
from matching.ledger import Ledger
from matching.prospects import ASKS_SHOWN, Prospect, aged, catalogue_of, open_to
from matching.vocabulary import Activity, Attitude, Demand
from tests.matching.generated import citizens
from tests.matching.makers import CENTRE, TODAY, make_citizen

DB07 = IndustrySystem.DB07
LANDSCAPER, METALWORKS, CHURCH = "813000", "256200", "949100"


def make_prospect(id: str = "e-1", code: str = LANDSCAPER, **known: Any) -> Prospect:
    employer = Employer(**{"id": id, "name": "Åens Have", "place": CENTRE, **known})
    return Prospect(employer=employer, code=code, system=DB07, title="Landskabspleje")


def listed(citizen: Any, *prospects: Prospect) -> Shortlist:
    catalogue = open_to(catalogue_of(prospects), citizen)
    return shortlist(citizen, catalogue, k=100, on=TODAY)


def ledger_of(citizen: Any, prospect: Prospect, language: str = Language.DANISH) -> Ledger:
    return listed(citizen, prospect).explain(prospect.employer.id, language)


def test_a_prospect_is_ranked_by_what_its_industry_is_likely_to_need() -> None:
    gardener = make_citizen(attitudes={"green": "gladly"})
    found = listed(gardener, make_prospect("garden"), make_prospect("metal", METALWORKS))
    assert list(found.items["order_id"]) == ["garden", "metal"]


def test_the_points_lost_add_up_as_for_an_order() -> None:
    ledger = ledger_of(make_citizen(attitudes={"green": "can"}), make_prospect(yes=1.0))
    assert ledger.score == pytest.approx(100 - sum(line.lost or 0 for line in ledger.parts), abs=1e-9)


def test_nothing_but_the_activities_comes_from_the_industry() -> None:
    order = make_prospect(demands={"noise": "yes"}).to_order()
    assert order.demands == {Demand.NOISE: "yes"}
    assert (order.supports, order.setting, order.hours_per_week, order.times) == ({}, "unknown", None, ())


@pytest.mark.parametrize("row", industries(), ids=lambda row: next(iter(row.prefixes[DB07])))
def test_what_is_usual_in_an_industry_answers_no_demand(row: Any) -> None:
    prospect = make_prospect(code=row.prefixes[DB07][0])
    for demand in {demand for ask in row.asks for demand in ask.brings}:
        assert demand not in prospect.to_order().demands
    avoiding = make_citizen(avoids={"machines"})
    assert [line.about for line in ledger_of(avoiding, prospect).questions] == ["avoids:machines"]


@pytest.mark.parametrize(("answer", "standing"), [("no", "ranked"), ("yes", "excluded"), ("unknown", "ask")])
def test_the_employer_s_own_answer_moves_it(answer: str, standing: str) -> None:
    citizen = make_citizen(avoids={"alcohol_present"})
    assert ledger_of(citizen, make_prospect(demands={"alcohol_present": answer})).standing == standing


def test_who_cannot_do_machine_work_may_still_tend_the_beds_around_the_factory() -> None:
    citizen = make_citizen(attitudes={"machine_work": "cannot", "green": "gladly"})
    factory = make_prospect(code=METALWORKS)
    assert ledger_of(citizen, factory).standing == "ranked"
    assert factory.ask_for(citizen)[0] == "passe bede"
    assert (
        shortlist(citizen, catalogue_of([factory]), on=TODAY).excluded["rule"][0] == "attitude:machine_work"
    )


def test_where_nothing_that_can_be_done_is_likely_the_rules_say_so() -> None:
    citizen = make_citizen(attitudes={"green": "cannot", "outdoor_upkeep": "cannot"})
    ledger = ledger_of(citizen, make_prospect())
    assert ledger.rules == ("attitude:green", "attitude:outdoor_upkeep")
    assert make_prospect().ask_for(citizen) == ()


@pytest.mark.parametrize(
    ("code", "system", "said"),
    [
        ("", DB07, "The industry is not known"),
        ("", IndustrySystem.UNKNOWN, "The industry is not known"),
        ("452010", IndustrySystem.UNKNOWN, "It is not known which list of industries 452010 is from"),
        ("990000", DB07, "Nothing is written down about what industry 990000 may need"),
    ],
)
def test_what_is_not_known_stays_unknown_and_is_said(code: str, system: IndustrySystem, said: str) -> None:
    prospect = Prospect(employer=Employer(id="e-1", place=CENTRE), code=code, system=system)
    assert prospect.to_order().activities == {}
    assert prospect.ask_for(make_citizen()) == prospect.ask_for_all([make_citizen()]) == ()
    assert prospect.because("en") == said
    assert prospect.because("da") != said
    hanging = ledger_of(make_citizen(attitudes={"green": "cannot"}), prospect)
    assert [line.about for line in hanging.questions] == ["attitude:green"]


def test_an_unknown_list_is_said_also_where_both_lists_agree() -> None:
    prospect = Prospect(employer=Employer(id="e-1"), code=CHURCH)
    assert prospect.to_order().activities[Activity.GREEN] == 0.6
    assert "hvilken liste 949100 er fra" in prospect.because("da")
    assert "which list 949100 is from" in prospect.because("en")


def test_what_to_ask_for_and_why_is_said_in_both_languages() -> None:
    citizen = make_citizen(attitudes={"green": "gladly"}, avoids={"machines"})
    prospect = make_prospect(code=CHURCH)
    assert prospect.ask_for(citizen, "da") == ("luge bede", "passe grave", "rive gange")
    assert prospect.ask_for(citizen, "en") == ("weed beds", "tend graves", "rake paths")
    assert prospect.because("da") != prospect.because("en")
    for line, other in zip(
        ledger_of(citizen, prospect, "da").parts, ledger_of(citizen, prospect, "en").parts, strict=True
    ):
        assert line.reason != other.reason


def test_for_several_citizens_what_suits_most_of_them_comes_first() -> None:
    people = [make_citizen(avoids={"machines"}), make_citizen(attitudes={"green": "cannot"}), make_citizen()]
    found = make_prospect().ask_for_all(people)
    assert found == ("feje efter gartnerne", "rense fliser for ukrudt", "luge bede")


@given(citizens(), st.sampled_from(industries()))
def test_what_cannot_be_is_never_asked_for(citizen: Any, row: Any) -> None:
    prospect = make_prospect(code=row.prefixes[DB07][0])
    told = prospect.ask_for(citizen)
    assert len(told) <= ASKS_SHOWN
    allowed = {
        ask.text[Language.DANISH]
        for ask in row.asks
        if citizen.attitudes.get(ask.activity) != Attitude.CANNOT
    }
    assert set(told) <= allowed


@given(citizens(), st.sampled_from(industries()))
def test_one_more_activity_that_cannot_be_never_adds_a_prospect(citizen: Any, row: Any) -> None:
    prospect = make_prospect(code=row.prefixes[DB07][0])
    before = ledger_of(citizen, prospect).standing
    for activity in row.activities:
        stricter = replace(citizen, attitudes={**citizen.attitudes, activity: "cannot"})
        if before == "excluded":
            assert ledger_of(stricter, prospect).standing == "excluded"


@given(
    citizens(),
    st.lists(st.integers(1, 200), min_size=2, max_size=6, unique=True),
    st.sampled_from(industries()),
)
def test_nearer_is_never_lower(citizen: Any, steps: list[int], row: Any) -> None:
    start = citizen.anchors[0].point
    alone = replace(citizen, anchors=citizen.anchors[:1], max_minutes=None)
    prospects = [
        make_prospect(f"e-{step:03}", row.prefixes[DB07][0], place=Point(start.lat + step / 1000, start.lon))
        for step in steps
    ]
    found = listed(alone, *prospects)
    for frame in (found.items, found.ask):
        assert list(frame["order_id"]) == sorted(frame["order_id"])


def test_an_answer_counts_whole_today_half_after_a_year_and_a_quarter_after_two() -> None:
    answers = [(date(2026, 12, 1), True), (date(2025, 12, 1), True), (date(2024, 12, 1), False)]
    assert aged(answers, date(2026, 12, 1), 12) == (1.5, 0.25)


def test_an_answer_given_on_a_leap_day_is_a_year_old_on_the_first_of_march() -> None:
    assert aged([(date(2024, 2, 29), True)], date(2025, 3, 1), 12) == (0.5, 0.0)


def test_no_answers_are_none_and_later_ones_do_not_count_yet() -> None:
    assert aged([], TODAY, 12) == (0.0, 0.0)
    assert aged([(TODAY + timedelta(days=1), False)], TODAY, 12) == (0.0, 0.0)


def test_how_soon_an_answer_counts_half_is_a_number_of_the_policy() -> None:
    assert aged([(date(2025, 12, 1), True)], date(2026, 12, 1), 6) == (0.25, 0.0)
    assert aged([(date(2025, 12, 1), True)], date(2026, 12, 1), Policy.default().half_life_months) == (0.5, 0)


@given(
    st.dates(date(2000, 1, 1), date(2026, 12, 1)), st.integers(1, 4000), st.sampled_from([6.0, 12.0, 24.0])
)
def test_an_answer_counts_less_every_day(day: date, later: int, months: float) -> None:
    def weight(days: int) -> float:
        return aged([(day, True)], day + timedelta(days=days), months)[0]

    assert 0 < weight(later) < weight(later - 1) <= 1
