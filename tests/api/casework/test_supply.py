"""What is kept and follows changes is what would be built anew: the same records, and the same lists."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.casework.supply import Kind, Supply
from api.domain.caller import Caller, Role
from api.domain.contacts import ContactDays, ContactLimit
from api.domain.openness import NEW, Given, Openness
from api.domain.records import ContactBasis, EmployerRecord, JobOrderRecord, OrderState, Place
from api.store import job_orders
from geo import Point, Precision
from matching import Anchor, Catalogue, Citizen, Policy, Shortlist, shortlist
from matching.citizens import Needs
from matching.orders import Task
from matching.standing import Group
from matching.vocabulary import AnchorKind, Answer, Demand
from tests.api.makers import make_employer, make_order

BODIL = Caller("u-1", "bodil", "0370", Role.CONSULTANT)
TODAY = date(2026, 12, 1)
POLICY = Policy.default()
SQUARE = Point(55.2306, 11.7605)
ANNA = Citizen.of(
    "c-1",
    [Anchor(SQUARE, AnchorKind.DROP_IN_CENTRE, "Torvet")],
    Needs(attitudes={"green": "gladly", "kitchen": "cannot"}, avoids={"machines"}),
)

places = st.sampled_from([None, SQUARE, Point(55.25, 11.80), Point(55.40, 11.35)])
employers = st.builds(
    lambda number, protected, basis, industry, machines, point: make_employer(
        BODIL,
        id=f"e-{number}",
        name=f"Firma {number}",
        advertising_protected=protected,
        contact_basis=basis,
        industry_code=industry,
        demands={Demand.MACHINES: machines},
        place=Place(point=point, precision=Precision.ADDRESS),
    ),
    st.integers(0, 4),
    st.sampled_from(Answer),
    st.sampled_from([None, ContactBasis.CONSENT]),
    st.sampled_from(["013000", "561110", ""]),
    st.sampled_from(Answer),
    places,
)
orders = st.tuples(
    st.integers(0, 5),
    st.integers(0, 4),
    st.sampled_from(OrderState),
    st.sampled_from(["Luge bede", "Vaske op"]),
    st.sampled_from([{"green": 1.0}, {"kitchen": 0.5, "green": 0.5}]),
    st.integers(0, 2),
    st.none() | st.tuples(st.integers(-800, 0).map(lambda ago: TODAY + timedelta(days=ago)), st.booleans()),
)
days = st.lists(st.integers(-40, 20).map(lambda ago: TODAY + timedelta(days=ago)), max_size=2).map(tuple)
changes = st.tuples(
    st.lists(st.tuples(employers, st.builds(ContactDays, days, days)), max_size=3),
    st.lists(orders, max_size=4),
    st.integers(0, 2),
    st.sets(st.integers(0, 4)),
    st.sets(st.integers(0, 5)),
)
HALF_LIFE = 12.0


class Municipality:
    """The records as a database would hold them."""

    def __init__(self) -> None:
        self.employers: dict[str, EmployerRecord] = {"e-0": make_employer(BODIL, id="e-0")}
        self.orders: dict[str, JobOrderRecord] = {}
        self.contacts: dict[str, ContactDays] = {}
        self.answers: dict[str, tuple[Given, ...]] = {}
        self.today = TODAY

    def changed(self, firms, asked, days_later, firms_gone, orders_gone):
        # what a list has brought and nobody has used goes with it
        gone = {f"o-{number}" for number in orders_gone}
        gone |= {f"e-{number}" for number in firms_gone if number} - self.asking(gone)
        for held in (self.employers, self.orders, self.contacts, self.answers):
            for id_ in gone & held.keys():
                del held[id_]
        met, told, contacts, answers = self.told(firms, asked, days_later)
        return met, told, contacts, answers, gone - met.keys() - told.keys()

    def asking(self, gone):
        return {order.employer_id for id_, order in self.orders.items() if id_ not in gone}

    def told(self, firms, asked, days_later):
        self.today += timedelta(days=days_later)
        met = {firm.id: firm for firm, _ in firms}
        contacts = {firm.id: days for firm, days in firms}
        self.employers |= met
        self.contacts |= contacts
        # an order points to an employer that is there
        told = {}
        for number, (*facts, answer) in {number: facts for number, *facts in asked}.items():
            told[f"o-{number}"] = order = self.order(number, *facts)
            if answer:
                self.answers[order.employer_id] = (*self.answers.get(order.employer_id, ()), answer)
        self.orders |= told
        return met, told, contacts, dict(self.answers)

    def order(self, number, employer, state, title, activities, proposals) -> JobOrderRecord:
        firms = sorted(self.employers)
        firm = self.employers[firms[employer % len(firms)]]
        known = {"state": state, "title": title, "open_proposals": proposals}
        return make_order(firm, id=f"o-{number}", task=Task(activities=activities), **known)

    def supply(self) -> Supply:
        ranked = [order for order in self.orders.values() if order.state in job_orders.RANKED]
        openness = Openness.reckoned(dict(self.answers), self.today, HALF_LIFE)
        return Supply.of(self.employers.values(), ranked, self.contacts, openness)


def everything(found: Shortlist) -> tuple[object, ...]:
    shown = [[found.ids[row] for row in found.shown(group)] for group in Group]
    frames = [str(frame.to_dict("list")) for frame in (found.items, found.ask, found.excluded)]
    return shown, frames, found.totals


def lists(supply: Supply, k: int) -> list[tuple[object, ...]]:
    resting = supply.resting(ContactLimit(), TODAY).keys()
    catalogues = (supply.catalogue_for(ANNA, kind, without=resting) for kind in Kind)
    return [everything(shortlist(ANNA, catalogue, k, TODAY, POLICY)) for catalogue in catalogues]


@given(st.lists(changes, min_size=1, max_size=6), st.sampled_from([1, 1000]))
def test_after_any_changes_the_lists_are_those_of_what_is_built_anew(steps, k: int):
    municipality = Municipality()
    supply = municipality.supply()
    for step in steps:
        supply = supply.followed(*municipality.changed(*step)).as_of(municipality.today, HALF_LIFE)
        anew = municipality.supply()
        assert lists(supply, k) == lists(anew, k)
        assert (supply.employers, supply.orders) == (anew.employers, anew.orders)
        assert (supply.prospects, supply.silent_employers) == (anew.prospects, anew.silent_employers)
        assert supply.contacts == anew.contacts
        assert supply.openness.histories == anew.openness.histories
        assert [len(supply.catalogue(kind)) for kind in Kind] == [len(anew.catalogue(kind)) for kind in Kind]


@pytest.fixture
def supply() -> Supply:
    firms = [make_employer(BODIL, id=f"e-{number}") for number in range(3)]
    return Supply.of(firms, [make_order(firms[0], id="o-0"), make_order(firms[1], id="o-1")])


def test_a_change_builds_no_catalogue(supply: Supply, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(Catalogue, "_sorted")
    changed = replace(supply.orders["o-0"], state=OrderState.ENDED)
    again = supply.followed({}, {"o-0": changed})
    renamed = replace(again.employers["e-1"], demands={Demand.MACHINES: Answer.YES})
    last = again.followed({"e-1": renamed}, {})
    assert set(last.prospects) == {"e-0", "e-2"}
    assert last.catalogue(Kind.JOB_ORDERS).order("o-1").demands[Demand.MACHINES] == Answer.NO


def test_whoever_holds_what_was_kept_before_reads_on_undisturbed(supply: Supply):
    before = lists(supply, 10)
    supply.followed({}, {"o-0": replace(supply.orders["o-0"], state=OrderState.ENDED)})
    assert lists(supply, 10) == before
    assert "o-0" in supply.orders


def answered(supply: Supply, employer_id: str, *given: Given) -> Supply:
    return supply.followed({employer_id: supply.employers[employer_id]}, {}, {}, {employer_id: given})


def test_an_answer_is_felt_by_every_order_of_its_employer_and_by_no_other(supply: Supply):
    sibling = make_order(supply.employers["e-0"], id="o-2")
    known = supply.followed({}, {"o-2": sibling}).as_of(TODAY, HALF_LIFE)
    told = answered(known, "e-0", (TODAY, True), (TODAY, False), (TODAY, True))
    orders = told.catalogue(Kind.JOB_ORDERS)
    histories = {id_: (orders.order(id_).employer_yes, orders.order(id_).employer_no) for id_ in orders.ids}
    assert histories == {"o-0": (2.0, 1.0), "o-1": NEW, "o-2": (2.0, 1.0)}


def test_a_prospect_carries_what_it_has_answered(supply: Supply):
    told = answered(supply.as_of(TODAY, HALF_LIFE), "e-2", (TODAY, False))
    order, prospect = told.catalogue(Kind.EMPLOYERS).order("e-2"), told.prospects["e-2"]
    assert (order.employer_yes, order.employer_no) == (0.0, 1.0)
    assert (prospect.employer.yes, prospect.employer.no) == (0.0, 1.0)


def test_a_new_day_ages_the_answers_and_builds_nothing_else(supply: Supply, monkeypatch: pytest.MonkeyPatch):
    told = answered(supply.as_of(TODAY, HALF_LIFE), "e-0", (TODAY, True))
    monkeypatch.delattr(Catalogue, "_sorted")
    next_year = told.as_of(date(TODAY.year + 1, TODAY.month, TODAY.day), HALF_LIFE)
    assert next_year.catalogue(Kind.JOB_ORDERS).order("o-0").employer_yes == 0.5
    assert told.catalogue(Kind.JOB_ORDERS).order("o-0").employer_yes == 1.0
    assert told.as_of(TODAY, HALF_LIFE) is told
    # a day on which nobody's answers changed leaves the catalogues as they are
    tomorrow = supply.as_of(TODAY, HALF_LIFE).as_of(TODAY + timedelta(days=1), HALF_LIFE)
    assert tomorrow.catalogues is supply.catalogues


def test_another_half_life_ages_the_same_answers_otherwise(supply: Supply):
    told = answered(supply.as_of(TODAY, HALF_LIFE), "e-0", (date(2025, 12, 1), False))
    assert told.openness.of("e-0") == (0.0, 0.5)
    assert told.as_of(TODAY, 6).catalogue(Kind.JOB_ORDERS).order("o-0").employer_no == 0.25


def test_an_answer_after_the_day_of_a_list_was_not_known_then(supply: Supply):
    told = answered(supply.as_of(TODAY, HALF_LIFE), "e-0", (TODAY, False))
    assert told.as_of(TODAY - timedelta(days=1), HALF_LIFE).openness.of("e-0") == NEW
