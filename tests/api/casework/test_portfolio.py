"""The employers of a municipality, sifted and in order."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from api.casework.employer_search import sorted_by
from api.casework.portfolio import Sought, portfolio
from api.domain.portfolio import EmployerLine
from api.domain.records import Place
from api.store import employers
from geo import Point, Precision
from matching.vocabulary import Answer
from tests.api.makers import make_employer

TORVET = Point(55.23, 11.76)


def line(name, id_="e-1"):
    return EmployerLine(
        id=id_,
        name=name,
        cvr="",
        p_number="",
        industry="",
        street="",
        house_number="",
        postcode="",
        town="",
        point=None,
        precision=Precision.ADDRESS,
        last_contact_on=None,
        advertising_protected=Answer.NO,
        contact_basis=None,
    )


def test_names_stand_as_a_danish_telephone_book_has_them():
    names = ["Åens Gartneri", "Øens Café", "ærlig talt", "Zoo", "anna", "Bo"]
    ordered = sorted(map(line, names), key=sorted_by)
    assert [one.name for one in ordered] == ["anna", "Bo", "Zoo", "ærlig talt", "Øens Café", "Åens Gartneri"]


@given(
    st.lists(st.tuples(st.text(max_size=5), st.text("abc", min_size=1, max_size=3)), unique_by=lambda x: x[1])
)
def test_no_two_employers_stand_at_the_same_place_of_the_list(told):
    keys = {sorted_by(line(name, id_)) for name, id_ in told}
    assert len(keys) == len(told)


def test_pages_of_any_length_show_every_employer_once(store, naestved):
    with store.unit() as unit:
        made = [make_employer(naestved, name=f"Firma {number % 3}") for number in range(7)]
        employers.add_all(unit, naestved, made)
        for limit in (1, 2, 3, 7, 8):
            shown, after = [], None
            while True:
                found = portfolio(unit, naestved, Sought(), after, limit)
                shown += [one.line.id for one in found.items]
                after = found.next
                if after is None:
                    break
            assert sorted(shown) == sorted(one.id for one in made)
            assert (found.total, found.of) == (7, 7)


def test_more_kilometres_never_lose_an_employer_and_none_is_without_a_place(store, naestved):
    with store.unit() as unit:
        places = [Place(point=Point(55.23 + step / 100, 11.76)) for step in range(20)]
        added = [make_employer(naestved, place=place) for place in (*places, Place())]
        employers.add_all(unit, naestved, added)
        before: set[str] = set()
        for km in (0, 0.5, 1, 2, 5, 10, 50):
            found = portfolio(unit, naestved, Sought(near=TORVET, km=km), None, 100)
            near = {one.line.id for one in found.items}
            assert before <= near
            before = near
        assert before == {one.id for one in added[:-1]}
        assert portfolio(unit, naestved, Sought(near=TORVET), None, 100).total == 21


def test_what_a_list_told_of_the_last_contact_counts_as_one(store, naestved, time_machine):
    time_machine.move_to(date(2026, 11, 20))
    with store.unit() as unit:
        employers.add(unit, naestved, make_employer(naestved, last_contact_on=date(2026, 11, 2)))
        (one,) = portfolio(unit, naestved, Sought(resting=True)).items
        assert one.rests_until == date(2026, 11, 30)


def test_another_municipality_has_none_of_them(store, naestved, vejle):
    with store.unit() as unit:
        employers.add(unit, naestved, make_employer(naestved))
        assert portfolio(unit, vejle, Sought()).items == ()
