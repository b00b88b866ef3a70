from dataclasses import fields
from datetime import UTC, date, datetime

import pytest

from api.domain.caller import Caller, Channel, Role
from api.domain.records import AnchorRecord, ChainLink, CitizenRecord, Means, Through
from api.store import assignments, centres, citizens
from matching.citizens import Needs
from matching.vocabulary import AnchorKind
from tests.api.makers import make_centre, make_citizen
from tests.api.pages.conftest import Reader

TOLD = {
    "id": ">citizen-77<",
    "municipality": "<dd>Næstved</dd>",
    "name": "Anna Marie Holm",
    "anchors": "Café Åsen",
    "ready": "Ready for a task now",
    "objects_to_ranking": "Does not want to be ranked for tasks",
    "waiting_since": "01-09-2026",
    "not_able_until": "24-12-2030",
    "chain": "Bo på værestedet",
    "version": "Times written down",
    "updated_at": "last on",
    "attitudes": "gladly",
    "setting": "Outdoors",
    "avoids": "must be avoided",
    "prefers_not": "rather not",
    "needs": "is needed",
    "wishes": "a wish",
    "abilities": "no</dd>",
    "mode": "Comes",
    "max_minutes": "<dd>37</dd>",
    "availability": "9.00–12.00",
    "max_hours_per_week": "<dd>6</dd>",
    "earnings_room_dkk": "12000",
}


def naestved(service) -> Caller:
    known = service.user_ids["consultant"]
    return Caller(
        user_id=known,
        username="consultant",
        municipality="0370",
        role=Role.CONSULTANT,
        channel=next(iter(Channel)),
    )


@pytest.fixture
def anna(service):
    caller = naestved(service)
    needs = Needs(
        attitudes={"green": "gladly"},
        setting={"outdoor": "gladly"},
        avoids={"machines"},
        prefers_not={"crowds"},
        needs={"contact_person"},
        wishes={"same_day_pay"},
        abilities={"driving_licence": "no"},
        mode="bicycle",
        max_minutes=37,
        availability=["fri 9-12"],
        max_hours_per_week=6,
        earnings_room_dkk=12_000,
    )
    with service.store.unit() as unit:
        centre = centres.add(unit, caller, make_centre(caller, name="Café Åsen"))
        anchor = AnchorRecord(kind=AnchorKind.DROP_IN_CENTRE, centre_id=centre.id)
        link = ChainLink(through=Through.DROP_IN_CENTRE, means=Means.PHONE, name="Bo på værestedet")
        record = make_citizen(
            caller,
            id="citizen-77",
            anchors=(anchor,),
            needs=needs,
            objects_to_ranking=True,
            not_able_until=date(2030, 12, 24),
            chain=(link,),
            updated_at=datetime(2026, 11, 1, tzinfo=UTC),
        )
        kept = citizens.add(unit, caller, record)
        assignments.assign(unit, caller, kept.id, caller.user_id)
        unit.commit()
    return kept.id


def test_every_field_of_a_citizen_has_its_word_on_the_page():
    known = {field.name for field in fields(CitizenRecord)} | {field.name for field in fields(Needs)}
    assert known == set(TOLD)


def test_every_field_of_a_citizen_stands_on_the_page(reader, anna):
    page = reader.get(f"/citizens/{anna}/stored")
    assert page.status_code == 200
    assert [name for name, said in TOLD.items() if said not in page.text] == []


def test_colleagues_who_looked_are_told_by_role_and_by_name_to_who_reads_the_log(service, reader, anna):
    looks = reader.get(f"/citizens/{anna}/stored").text.split('id="h-looks"')[1]
    assert "consultant, 1 time" in looks
    with service.store.unit() as unit:
        assignments.assign(unit, naestved(service), anna, service.user_ids["coordinator"])
        unit.commit()
    seen = Reader(service, "coordinator").get(f"/citizens/{anna}/stored").text.split('id="h-looks"')[1]
    assert "consultant, consultant, 1 time" in seen


def test_centre_staff_are_told_what_is_left_out(service, anna):
    with service.store.unit() as unit:
        assignments.assign(unit, naestved(service), anna, service.user_ids["centre_staff"])
        unit.commit()
    page = Reader(service, "centre_staff").get(f"/citizens/{anna}/stored").text
    assert page.count("Whoever prints this may not see it.") == 1


def test_the_page_of_a_citizen_leads_there(reader, anna):
    assert f'href="/citizens/{anna}/stored"' in reader.get(f"/citizens/{anna}").text
