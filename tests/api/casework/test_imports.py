from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.casework import proposals as desk
from api.casework.directories import Directory
from api.casework.imports import TakenIn, ToldOrder, take_in_employers, take_in_job_orders
from api.casework.proposals import CameOf, NewProposal
from api.domain.moves import ProposalState
from api.domain.proposals import StartedFrom
from api.domain.records import ContactBasis, IndustrySystem, OrderState, Place
from api.store import assignments, citizens, employers, job_orders, moves
from geo import Point, Precision, Refused
from matching.orders import Task
from matching.vocabulary import Answer, Demand, Support
from tests.api.makers import SQUARE, make_citizen, make_employer, make_order

CVR, OTHER_CVR = "99003626", "99004916"
P, OTHER_P = "1999000367", "1999000484"
BLANK = {
    "place": Place(),
    "industry_code": "",
    "industry_system": IndustrySystem.UNKNOWN,
    "phone": "",
    "contact_person": "",
    "advertising_protected": Answer.UNKNOWN,
    "contact_basis": None,
    "contact_basis_note": "",
    "employees": "",
    "last_contact_on": None,
    "demands": {},
    "supports": {},
}


@pytest.fixture
def take(store, naestved):
    """Takes in employers, or orders, as a committed import of the caller does."""

    def take_in(*told, by=naestved):
        take_all = take_in_job_orders if isinstance(told[0], ToldOrder) else take_in_employers
        with store.unit() as unit:
            counts = take_all(unit, by, told)
            unit.commit()
        return counts

    return take_in


@pytest.fixture
def kept(store, naestved):
    """Everything that is kept of the municipality: its employers and its orders."""

    def look(by=naestved):
        with store.unit(read_only=True) as unit:
            return employers.all_of(unit, by.municipality), job_orders.all_of(unit, by.municipality)

    return look


@pytest.fixture
def told(naestved):
    """An employer as a list tells it: without an id."""

    def tell(**known):
        said = {"id": "", "cvr": CVR, "p_number": P, "contact_basis": None, "contact_basis_note": ""}
        return make_employer(naestved, **{**said, **known})

    return tell


@pytest.fixture
def order_of(take, kept, told):
    """A job order of the one employer that is kept, as a list tells it."""
    take(told())
    (employer,), _ = kept()

    def tell(stated=None, places=None, **known):
        said = {"id": "", "reference": "JO-1", "source": "Hotline", **known}
        return ToldOrder(order=make_order(employer, **said), stated=stated or Task(), places=places)

    return tell


def change(store, caller, record):
    """What a consultant changes at the desk."""
    desk = job_orders if hasattr(record, "task") else employers
    with store.unit() as unit:
        changed = desk.replace(unit, caller, record, record.version)
        unit.commit()
    return changed


def test_new_changed_and_unchanged_employers_are_counted_apart(take, kept, told):
    assert take(told(), told(p_number=OTHER_P)) == TakenIn(added=2)
    again = take(told(), told(p_number=OTHER_P, phone="12 34 56 78"), told(p_number="1999000999"))
    assert again == TakenIn(added=1, changed=1, unchanged=1)
    assert sorted(one.phone for one in kept()[0]) == ["+45 55 55 12 12", "+45 55 55 12 12", "12 34 56 78"]


def test_the_same_list_again_writes_no_version(take, kept, told):
    take(told(), told(p_number=OTHER_P, place=Place()))
    before = kept()
    assert take(told(), told(p_number=OTHER_P, place=Place())) == TakenIn(unchanged=2)
    assert kept() == before


def test_a_blank_cell_leaves_what_is_kept(take, kept, told):
    take(told())
    before = kept()
    assert take(told(**BLANK)) == TakenIn(unchanged=1)
    assert kept() == before


def test_answers_recorded_at_the_desk_stand_beside_those_of_the_list(store, naestved, take, kept, told):
    take(told(demands={}, supports={}))
    (employer,), _ = kept()
    change(store, naestved, replace(employer, demands={Demand.ALCOHOL_PRESENT: Answer.NO}))
    take(told(demands={Demand.NOISE: Answer.YES}, supports={Support.WORK_CLOTHES: Answer.YES}))
    (employer,), _ = kept()
    assert employer.demands == {Demand.ALCOHOL_PRESENT: Answer.NO, Demand.NOISE: Answer.YES}
    assert employer.supports == {Support.WORK_CLOTHES: Answer.YES}


HERE, THERE = Point(55.2306, 11.7605), Point(55.2401, 11.7702)


@pytest.mark.parametrize(
    ("known", "said", "found"),
    [
        ({"precision": Precision.ADDRESS}, {"point": THERE, "precision": Precision.TOWN}, HERE),
        ({"precision": Precision.TOWN}, {"point": THERE, "precision": Precision.ADDRESS}, THERE),
        ({"point": None}, {"point": THERE, "precision": Precision.MUNICIPALITY}, THERE),
        ({}, {"point": None}, HERE),
        ({"source": "given"}, {"point": THERE, "source": "import"}, HERE),
        ({"source": "import"}, {"point": THERE, "source": "import"}, THERE),
        ({}, {"point": THERE, "street": "Havnegade"}, THERE),
        ({}, {"point": None, "street": "Havnegade"}, None),
        ({}, {"point": None, "street": "TORVET"}, HERE),
    ],
    ids=[
        "a vaguer point",
        "a finer point",
        "a first point",
        "no point",
        "a point against one given by hand",
        "the list's own point corrected",
        "another address",
        "another address of unknown place",
        "the same address in capitals",
    ],
)
def test_the_place_that_is_known_better_stays(take, kept, told, known, said, found):
    before = replace(SQUARE, **known)
    take(told(place=before))
    take(told(place=replace(before, **said)))
    (employer,), _ = kept()
    assert employer.place.point == found


def test_coordinates_without_an_address_do_not_take_the_address_away(take, kept, told):
    take(told(place=replace(SQUARE, precision=Precision.TOWN)))
    take(told(place=Place(point=THERE, source="import")))
    (employer,), _ = kept()
    assert (employer.place.street, employer.place.postcode) == ("Torvet", "4700")
    assert (employer.place.point, employer.place.precision) == (THERE, Precision.ADDRESS)


def test_an_address_that_is_blank_in_part_is_filled_in(take, kept, told):
    take(told(place=replace(SQUARE, postcode="", town="")))
    take(told(place=SQUARE))
    assert kept()[0][0].place == SQUARE


@pytest.mark.parametrize(
    ("first", "second", "workplaces"),
    [
        ({}, {"p_number": ""}, 1),
        ({"p_number": ""}, {}, 1),
        ({"p_number": ""}, {"p_number": "", "place": Place()}, 1),
        ({"p_number": "", "place": Place()}, {"p_number": ""}, 1),
        ({}, {"cvr": ""}, 1),
        ({"p_number": ""}, {"p_number": "", "place": replace(SQUARE, street="torvet", town="")}, 1),
        ({}, {"p_number": OTHER_P}, 2),
        ({"p_number": ""}, {"p_number": "", "place": replace(SQUARE, street="Havnegade")}, 2),
        ({"p_number": ""}, {"p_number": "", "cvr": OTHER_CVR}, 2),
    ],
    ids=[
        "a later list without the P-number",
        "a later list with the P-number",
        "a later list without the address",
        "an earlier list without the address",
        "by P-number alone",
        "the address spelt otherwise",
        "two P-numbers at one address",
        "two addresses of one firm",
        "two firms at one address",
    ],
)
def test_a_workplace_is_recognised_by_p_number_else_cvr_and_address(
    take, kept, told, first, second, workplaces
):
    take(told(**first))
    take(told(**second))
    take(told(**second))
    assert len(kept()[0]) == workplaces


def test_two_workplaces_at_one_address_are_told_apart_by_name(take, kept, told):
    take(told(name="Bageriet"), told(name="Caféen", p_number=OTHER_P))
    assert take(told(name="CAFÉEN", p_number="", phone="1")) == TakenIn(changed=1)
    assert {one.p_number: one.phone for one in kept()[0]}[OTHER_P] == "1"
    assert take(told(name="Kiosken", p_number="")) == TakenIn(added=1)
    assert take(told(name="Kiosken", p_number="")) == TakenIn(unchanged=1)


def test_two_rows_about_one_kept_workplace_are_both_taken_in(take, kept, told):
    take(told())
    take(told(phone="1"), told(p_number="", phone="", contact_person="Ny"))
    (employer,), _ = kept()
    assert (employer.phone, employer.contact_person, employer.version) == ("1", "Ny", 2)


NUMBERS = st.sampled_from([(CVR, ""), (CVR, P), (CVR, OTHER_P), (OTHER_CVR, "")])
SAID = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["A", "B"]),
        "place": st.sampled_from([Place(), SQUARE, replace(SQUARE, street="Havnegade", point=THERE)]),
        "phone": st.sampled_from(["", "1", "2"]),
    }
)
rows = st.lists(st.tuples(NUMBERS, SAID), min_size=1, max_size=5)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows)
def test_any_list_taken_in_again_adds_nobody(store, naestved, told, rows):
    with store.unit() as unit:
        records = [told(cvr=cvr, p_number=p, **row) for (cvr, p), row in rows]
        first = take_in_employers(unit, naestved, records)
        again = take_in_employers(unit, naestved, records)
        assert first.added + first.changed + first.unchanged + first.duplicates == len(rows)
        assert again.added == 0


def test_an_order_is_recognised_by_its_number_and_keeps_its_state(store, naestved, take, kept, order_of):
    assert take(order_of()) == TakenIn(added=1, bases=1)
    (order,) = kept()[1]
    change(store, naestved, replace(order, state=OrderState.FILLED, open_proposals=3, places=2))
    assert take(order_of()) == TakenIn(unchanged=1)
    (order,) = kept()[1]
    assert (order.state, order.open_proposals, order.places) == (OrderState.FILLED, 3, 2)


@pytest.fixture
def filled(store, naestved, take, kept, order_of):
    """An order of one place from a list, which somebody has accepted."""
    take(order_of(places=1))
    (order,) = kept()[1]
    with store.unit() as unit:
        citizen = citizens.add(unit, naestved, make_citizen(naestved))
        assignments.assign(unit, naestved, citizen.id, naestved.user_id)
        new = NewProposal(citizen_id=citizen.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
        made = desk.propose(unit, naestved, new).proposal
        for state in (ProposalState.CONTACTED, ProposalState.ACCEPTED):
            desk.record(unit, naestved, made.id, CameOf(state=state))
        unit.commit()
    return order.id


def test_the_places_of_a_list_that_are_accepted_stay_taken(take, kept, order_of, filled):
    assert take(order_of(places=1)) == TakenIn(unchanged=1)
    (order,) = kept()[1]
    assert (order.state, order.places) == (OrderState.FILLED, 0)


def test_more_places_in_a_list_open_a_filled_order_again(store, naestved, take, kept, order_of, filled):
    more = order_of(places=3)
    assert take(replace(more, order=replace(more.order, places=3))) == TakenIn(changed=1)
    (order,) = kept()[1]
    assert (order.state, order.places) == (OrderState.OPEN, 2)
    with store.unit(read_only=True) as unit:
        states = [one.after for one in moves.of(unit, naestved, moves.OF_ORDERS, filled)]
    assert states[-2:] == [OrderState.FILLED, OrderState.OPEN]


def test_an_order_without_a_number_is_recognised_by_its_words(take, order_of):
    assert take(order_of(reference="")) == TakenIn(added=1, bases=1)
    assert take(order_of(reference="")) == TakenIn(unchanged=1)
    assert take(order_of(reference="JO-7")) == TakenIn(changed=1)
    assert take(order_of(reference="JO-8")) == TakenIn(added=1)


def test_a_corrected_task_stays_while_the_words_are_the_same(store, naestved, take, kept, order_of):
    take(order_of())
    (order,) = kept()[1]
    corrected = replace(
        order.task,
        activities={"animals": 1.0},
        hours_per_week=5,
        demands={Demand.MACHINES: Answer.YES, Demand.ALCOHOL_PRESENT: Answer.NO},
    )
    change(store, naestved, replace(order, task=corrected, title="Passe geder"))
    assert take(order_of()) == TakenIn(unchanged=1)
    assert take(order_of(times_text="")) == TakenIn(unchanged=1)
    (order,) = kept()[1]
    assert (order.task, order.title) == (corrected, "Passe geder")


def test_what_the_columns_say_goes_before_a_corrected_task(store, naestved, take, kept, order_of):
    take(order_of())
    (order,) = kept()[1]
    change(store, naestved, replace(order, task=replace(order.task, hours_per_week=5)))
    stated = Task(hours_per_week=4, demands={Demand.NOISE: Answer.YES}, starts_on=date(2027, 1, 4))
    take(order_of(stated=stated, places=2, received_on=date(2026, 11, 21)))
    (order,) = kept()[1]
    assert (order.task.hours_per_week, order.task.starts_on, order.places) == (4, date(2027, 1, 4), 1)
    assert order.task.demands == {Demand.MACHINES: Answer.NO, Demand.NOISE: Answer.YES}


def test_a_stated_start_after_the_known_end_drops_the_end(take, kept, order_of):
    take(order_of(task=Task(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 24))))
    take(order_of(stated=Task(starts_on=date(2027, 2, 1))))
    (order,) = kept()[1]
    assert (order.task.starts_on, order.task.ends_on) == (date(2027, 2, 1), None)


def test_a_task_is_read_anew_when_its_words_change(store, naestved, take, kept, order_of):
    take(order_of())
    (order,) = kept()[1]
    change(store, naestved, replace(order, task=Task(activities={"animals": 1.0}, times=["fri 9-12"])))
    anew = Task(activities={"kitchen": 1.0})
    assert take(order_of(text="Vaske op", times_text="", title="Vaske op", task=anew)) == TakenIn(changed=1)
    (order,) = kept()[1]
    assert (order.title, order.task.activities) == ("Vaske op", anew.activities)
    assert order.task.times == order_of().order.task.times, "hours that the list leaves blank are kept"


def test_a_new_order_is_a_basis_for_contact_where_none_was(take, kept, order_of):
    take(order_of())
    (employer,), _ = kept()
    assert (employer.contact_basis, employer.contact_basis_note) == (ContactBasis.INBOUND_ORDER, "JO-1")


@pytest.mark.parametrize(
    "known",
    [
        {"contact_basis": ContactBasis.CONSENT, "contact_basis_note": "Aftalt i maj"},
        {"advertising_protected": Answer.NO},
    ],
    ids=["another basis", "not protected"],
)
def test_no_basis_is_recorded_where_none_is_needed(store, naestved, take, kept, order_of, known):
    (employer,), _ = kept()
    change(store, naestved, replace(employer, **known))
    take(order_of())
    (after,), _ = kept()
    assert (after.contact_basis, after.version) == (known.get("contact_basis"), 2)


def test_a_basis_that_was_taken_back_stays_away_when_the_order_comes_in_again(
    store, naestved, take, kept, order_of
):
    take(order_of())
    (employer,), _ = kept()
    change(store, naestved, replace(employer, contact_basis=None, contact_basis_note=""))
    take(order_of())
    take(order_of(text="Luge bede og rive"))
    assert kept()[0][0].contact_basis is None


def test_nothing_of_another_municipality_is_seen_or_touched(store, vejle, take, kept, told, order_of):
    take(order_of())
    before = kept()
    take(replace(told(phone="1"), municipality="0630"), by=vejle)
    assert kept() == before
    (theirs,), orders = kept(vejle)
    assert (theirs.municipality, theirs.phone, orders) == ("0630", "1", ())


class TestWithoutNumbers:
    """Associations and others of whom no list has a number are known again by name and address."""

    @pytest.fixture
    def club(self, told):
        def tell(**known):
            road = Place(street="Skovvej", house_number="4", postcode="4700")
            return told(**{"name": "Sportsklubben", "cvr": "", "p_number": "", "place": road, **known})

        return tell

    def test_the_same_list_again_changes_nothing(self, take, kept, club):
        rows = (club(), club(name="Menighedsrådet"), club(name="Spejderne", place=Place()))
        assert take(*rows) == TakenIn(added=3)
        before = kept()
        assert take(*reversed(rows)) == TakenIn(unchanged=3)
        assert kept() == before

    @pytest.mark.parametrize("number", [{"cvr": CVR}, {"p_number": P}], ids=["CVR", "P"])
    def test_who_gets_a_number_later_stays_the_same(self, take, kept, club, number):
        take(club())
        assert take(club(name="SPORTSKLUBBEN", **number)) == TakenIn(changed=1)
        assert take(club()) == TakenIn(changed=1)  # the name as this list spells it, the number stays
        ((employer,), _) = kept()
        assert employer.is_numbered

    def test_either_list_may_leave_the_address_out_where_there_is_one_of_the_name(self, take, kept, club):
        take(club(place=Place()))
        assert take(club()) == TakenIn(changed=1)
        assert take(club(place=Place())) == TakenIn(unchanged=1)

    @pytest.mark.parametrize(
        "other",
        [
            {"name": "Svømmeklubben"},
            {"place": Place(street="Havnevej", house_number="1", postcode="4700")},
            {"cvr": CVR, "place": Place()},
        ],
        ids=["name", "address", "a number at no address"],
    )
    def test_another_one_is_another_one(self, take, kept, club, other):
        take(club())
        assert take(club(**other)) == TakenIn(added=1)

    def test_an_order_finds_the_only_one_of_its_name(self, club):
        known = Directory([one := club(id="one"), club(id="two", name="Spejderne")])
        assert known.find("", "", "sportsklubben") is one

    @pytest.mark.parametrize(
        ("name", "said"), [("Kirken", "no employer named 'Kirken'"), ("Sportsklubben", "has 2 workplaces")]
    )
    def test_an_order_of_nobody_or_of_several_is_refused(self, club, name, said):
        known = Directory([club(id="one"), club(id="two", place=Place())])
        with pytest.raises(Refused, match=said) as refused:
            known.find("", "", name)
        assert refused.value.field == "employer_name"


class TestWhoseOrderItIs:
    def test_the_p_number_names_the_workplace(self, told):
        one, other = told(id="one"), told(id="other", p_number=OTHER_P)
        found = Directory([one, other])
        assert found.find(CVR, OTHER_P) is found.find("", OTHER_P) is other

    def test_a_workplace_that_another_firm_took_over_is_theirs_alone(self, told):
        known = Directory([told(id="one")])
        known.put(after := told(id="one", cvr=OTHER_CVR))
        assert known.find(OTHER_CVR, "") is after
        with pytest.raises(Refused, match="no employer"):
            known.find(CVR, "")

    def test_a_cvr_number_names_the_only_workplace(self, told):
        assert Directory([one := told(id="one")]).find(CVR, "") is one

    @pytest.mark.parametrize(
        ("cvr", "p_number", "field", "said"),
        [
            (CVR, "", "cvr", "has 2 workplaces"),
            (OTHER_CVR, "", "cvr", "no employer with CVR number 99004916"),
            (CVR, "1999000999", "p_number", "no employer with P-number 1999000999"),
            (OTHER_CVR, P, "p_number", "belongs to CVR number 99003626"),
        ],
    )
    def test_what_names_nobody_or_several_is_refused(self, told, cvr, p_number, field, said):
        known = Directory([told(id="one"), told(id="other", p_number=OTHER_P)])
        with pytest.raises(Refused, match=said) as refused:
            known.find(cvr, p_number)
        assert refused.value.field == field


def test_recorded_answers_stay_when_other_words_are_told_of_the_same_work(
    store, naestved, take, kept, order_of
):
    words = {"text": "Luge bede", "task": Task(activities={"green": 1.0})}
    take(order_of(**words))
    (order,) = kept()[1]
    answered = {Demand.ALCOHOL_PRESENT: Answer.NO, Demand.MACHINES: Answer.NO}
    change(store, naestved, replace(order, task=replace(order.task, demands=answered)))
    more = {
        "text": "Luge bede og hegn, der er støj",
        "task": Task(activities={"green": 1.0}, demands={"noise": "yes"}),
    }
    assert take(order_of(**more)) == TakenIn(changed=1)
    (order,) = kept()[1]
    assert order.task.demands == {**answered, Demand.NOISE: Answer.YES}
    other = {"text": "Vaske op", "task": Task(activities={"kitchen": 1.0})}
    take(order_of(**other))
    (order,) = kept()[1]
    assert order.task.demands == {Demand.ALCOHOL_PRESENT: Answer.NO}
