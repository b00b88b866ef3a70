"""Houses are asked for once, for employers and drop-in centres only, and a dead service fails nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from mypy import api as type_checker

from api.casework import centres as centre_desk
from api.casework import citizens as citizen_desk
from api.casework import employers as employer_desk
from api.casework.addresses import GOOD_FOR, Addresses
from api.casework.places import Mark, placed
from api.casework.starts import citizen_of, starts_of
from api.config import Settings
from api.domain.records import AnchorRecord, Place
from api.store import address_answers, audit, centres, citizens, employers
from api.store.errors import Missing, Stale
from geo import Owner, Point, Precision, Refused
from geo.address_service import Answer, Finding, Silence
from geo.questions import Question
from matching.times import DENMARK_TIME
from matching.vocabulary import AnchorKind
from tests.api.makers import make_centre, make_citizen, make_employer
from tests.conftest import ROOT
from tests.geo.address_stub import Said, Stub, says, serving

TORVET = Place(street="Torvet", house_number="1 A", postcode="4700", town="Næstved")
HOUSE = Question("Torvet", "1A", "4700")


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving(Stub()) as served:
        yield served


def addresses_at(stub: Stub, **known) -> Addresses:
    said = {"address_seconds": 5.0, "addresses_per_second": 100, **known}
    return Addresses.of(Settings(address_service=stub.url, address_token="a-token", **said))


def test_without_the_setting_nobody_is_asked(store, naestved):
    addresses = Addresses.of(Settings())
    assert not addresses.asks
    assert addresses.ask(store, naestved, [make_employer(naestved, place=TORVET)]) == {}


def test_a_house_is_asked_for_once_and_then_remembered(store, naestved, stub):
    employer = make_employer(naestved, place=TORVET)
    first = addresses_at(stub).ask(store, naestved, [employer])
    assert isinstance(first[HOUSE], Answer)
    assert len(stub.requests) == 2
    assert addresses_at(stub).ask(store, naestved, [employer, make_centre(naestved, place=TORVET)]) == first
    assert len(stub.requests) == 2


def test_what_one_municipality_asked_another_asks_itself(store, naestved, vejle, stub):
    addresses_at(stub).ask(store, naestved, [make_employer(naestved, place=TORVET)])
    addresses_at(stub).ask(store, vejle, [make_employer(vejle, place=TORVET)])
    assert len(stub.searched) == 2


@pytest.mark.parametrize("finding", Finding)
def test_an_answer_that_has_become_too_old_is_asked_for_again(store, naestved, stub, finding):
    point = Point(55.3, 11.8) if finding is Finding.FOUND else None
    addresses, employer = addresses_at(stub), make_employer(naestved, place=TORVET)
    today = addresses.ask(store, naestved, [employer])[HOUSE].on
    for age, asked in ((timedelta(days=-1), 0), (timedelta(), 1)):
        stub.requests.clear()
        old = Answer(finding=finding, on=today - GOOD_FOR[finding] - age, point=point)
        with store.unit() as unit:
            address_answers.keep(unit, naestved, {HOUSE: old})
            unit.commit()
        addresses.ask(store, naestved, [employer])
        assert len(stub.searched) == asked
    with store.unit(read_only=True) as unit:
        assert address_answers.find(unit, naestved, [HOUSE])[HOUSE].on == today


def test_silence_is_not_remembered(store, naestved, stub):
    stub.answer = says(Said(b"", 500))
    employer = make_employer(naestved, place=TORVET)
    assert addresses_at(stub).ask(store, naestved, [employer]) == {HOUSE: Silence.NO_ANSWER}
    with store.unit(read_only=True) as unit:
        assert address_answers.find(unit, naestved, [HOUSE]) == {}


def test_a_service_that_fails_is_left_alone_whoever_asks(store, naestved, stub):
    stub.answer = says(Said(b"", 500))
    addresses = addresses_at(stub)
    for number in range(1, 9):
        place = replace(TORVET, house_number=str(number))
        addresses.ask(store, naestved, [make_employer(naestved, place=place)])
    assert len(stub.requests) == 3
    assert addresses.paused


@pytest.mark.parametrize("kind", set(AnchorKind) - {AnchorKind.DROP_IN_CENTRE})
def test_where_citizens_live_is_not_asked_for_even_when_it_is_kept_as_a_centre(store, naestved, stub, kind):
    assert addresses_at(stub).ask(store, naestved, [make_centre(naestved, kind=kind, place=TORVET)]) == {}
    assert stub.requests == []


def test_what_stands_at_its_house_is_not_asked_for(store, naestved, stub):
    known = replace(TORVET, point=Point(55.2, 11.7), precision=Precision.ADDRESS)
    by_hand = replace(TORVET, point=Point(55.2, 11.7), precision=Precision.STREET, source="by hand")
    for place in (known, by_hand):
        addresses_at(stub).ask(store, naestved, [make_employer(naestved, place=place)])
    assert stub.requests == []


def test_a_citizen_cannot_be_asked_for(store, naestved, stub):
    record = make_citizen(naestved)
    with store.unit() as unit:
        citizen = citizen_of(record, starts_of(unit, "0370"))
    others = (record, record.anchors[0], citizen, citizen.anchors[0], record.id, TORVET, None)
    for other in others:
        with pytest.raises(Refused, match="Only the address of a drop-in centre or an employer"):
            addresses_at(stub).ask(store, naestved, [other])
    assert stub.requests == []


WRONG = """
from api.casework.addresses import Addresses
from api.domain.caller import Caller
from api.domain.records import AnchorRecord, Centre, CitizenRecord, EmployerRecord
from api.store import Store
from geo import AddressQuery, Owner
from geo.address_service import AddressService
from matching import Anchor, Citizen

def ask(addresses: Addresses, store: Store, caller: Caller, service: AddressService,
        employer: EmployerRecord, centre: Centre, record: CitizenRecord, start: AnchorRecord,
        citizen: Citizen, anchor: Anchor) -> None:
    addresses.ask(store, caller, [employer, centre])
    addresses.ask(store, caller, [record])
    addresses.ask(store, caller, [start])
    addresses.ask(store, caller, [citizen])
    addresses.ask(store, caller, [anchor])
    AddressQuery(Owner.CENTRE, citizen)
    AddressQuery(Owner.CENTRE, anchor)
    AddressQuery("citizen", employer.place)
"""
"""Only the first call of `ask` is right."""


def test_asking_for_a_citizen_is_a_type_error(tmp_path):
    path = tmp_path / "wrong.py"
    path.write_text(WRONG)
    # as `make types` runs it, so that the two share what they have read already
    said, _, _ = type_checker.run(["--config-file", str(ROOT / "pyproject.toml"), "--no-pretty", str(path)])
    wrong = {int(line.split(":")[1]) for line in said.splitlines() if ": error:" in line}
    first = WRONG.splitlines().index("    addresses.ask(store, caller, [employer, centre])") + 1
    assert wrong == set(range(first + 1, first + 8)), said


def test_nothing_of_a_citizen_is_in_any_request(store, naestved, stub):
    """Everything that is kept of citizens here is looked for in everything that the service was sent."""
    addresses = addresses_at(stub)
    centre, employer = make_centre(naestved, place=TORVET), make_employer(naestved, place=TORVET)
    home = make_centre(
        naestved,
        name="Bostedet Birkely",
        kind=AnchorKind.SUPPORTED_HOUSING,
        place=Place(street="Birkelyvej", house_number="9", postcode="4733"),
    )
    records = [centre, home, replace(employer, place=replace(TORVET, house_number="3"))]
    answers = addresses.ask(store, naestved, records)
    with store.unit() as unit:
        kept = centre_desk.register(unit, naestved, centre, answers)
        centre_desk.register(unit, naestved, home, answers)
        employer_desk.register(unit, naestved, records[2], answers)
        start = AnchorRecord(kind=AnchorKind.DROP_IN_CENTRE, centre_id=kept.id)
        citizen = citizen_desk.register(unit, naestved, make_citizen(naestved, anchors=(start,)))
        unit.commit()
    addresses.ask(store, naestved, records)
    assert stub.searched == ["Torvet 1A, 4700", "Torvet 3, 4700"]
    sent = "\n".join(stub.requests).casefold()
    secrets = (
        [*citizen.name.split(), citizen.id, naestved.username, naestved.user_id, kept.id, kept.name]
        + [employer.name, employer.cvr, employer.phone, "birkely", "4733", "machines", "green", "centre"]
        + ["citizen", "borger", "frikort", "0370", "referer", "cookie", "authorization"]
    )
    assert [secret for secret in secrets if secret.casefold() in sent] == []


def test_a_place_says_where_its_point_comes_from_and_of_which_day(store, naestved, stub):
    answers = addresses_at(stub).ask(store, naestved, [make_employer(naestved, place=TORVET)])
    found = placed(TORVET, Owner.EMPLOYER, "0370", answers)
    assert (found.precision, found.source, found.dated) == (
        Precision.ADDRESS,
        "Adressevælger",
        answers[HOUSE].on,
    )
    silent = placed(TORVET, Owner.EMPLOYER, "0370", {HOUSE: Silence.NO_ANSWER})
    assert (silent.precision, silent.source) == (Precision.POSTAL_DISTRICT, "GeoNames")


MARK = Mark(point=Point(55.2311, 11.7612))


@pytest.mark.parametrize("which", ["centre", "employer"])
def test_a_point_put_by_hand_is_a_version_with_its_source_its_day_and_an_audit_row(store, naestved, which):
    desk, kept, make = {
        "centre": (centre_desk, centres, make_centre),
        "employer": (employer_desk, employers, make_employer),
    }[which]
    with store.unit() as unit:
        before = desk.register(unit, naestved, make(naestved, place=TORVET))
        after = desk.mark_by_hand(unit, naestved, before.id, MARK, {1})
        unit.commit()
        assert after == replace(before, place=after.place, version=2, updated_at=after.updated_at)
        today = unit.at.astimezone(DENMARK_TIME).date()
        assert after.place == replace(TORVET, point=MARK.point, source="by hand", dated=today)
        assert kept.version(unit, naestved, before.id, 1).place == before.place
        last = audit.entries(unit, "0370")[-1]
    assert (last.action, last.subject) == (f"{which}_marked", before.id)
    assert last.details == {"version": 2, "precision": "address"}


def test_what_is_marked_stays_until_its_address_changes(store, naestved):
    with store.unit() as unit:
        before = employer_desk.register(unit, naestved, make_employer(naestved, place=TORVET, p_number=""))
        marked = employer_desk.mark_by_hand(unit, naestved, before.id, MARK, None)
        sent = replace(marked.place, point=None)
        called = replace(marked, name="Et andet navn", place=sent)
        same = employer_desk.change(unit, naestved, marked, called, None)
        assert same.place == marked.place
        elsewhere = replace(same, place=replace(sent, street="Havnegade"))
        moved = employer_desk.change(unit, naestved, same, elsewhere, None)
    assert (moved.place.precision, moved.place.source) == (Precision.POSTAL_DISTRICT, "GeoNames")


def test_a_mark_on_a_version_that_was_not_seen_or_on_nothing_is_refused(store, naestved, vejle):
    with store.unit() as unit:
        centre = centre_desk.register(unit, naestved, make_centre(naestved))
        with pytest.raises(Stale):
            centre_desk.mark_by_hand(unit, naestved, centre.id, MARK, {7})
        with pytest.raises(Missing):
            centre_desk.mark_by_hand(unit, vejle, centre.id, MARK, None)
        assert citizens.page(unit, naestved).items == ()
