import pytest

from api.store import audit
from tests.api.pages.conftest import Reader

DISTRICT = [{"kind": "postal_district", "postcode": "4700"}]


@pytest.fixture
def boss(service):
    return Reader(service, "coordinator")


@pytest.fixture
def carl(service):
    """A colleague's citizen."""
    return service.made("colleague", "citizens", {"name": "Carl Dam Eg", "anchors": DISTRICT})["id"]


@pytest.fixture
def address(carl):
    return f"/citizens/{carl}/assignments"


def whose(service, carl):
    users = service.ask("coordinator", "GET", f"/api/v1/citizens/{carl}/assignments").json()["users"]
    names = {user_id: name for name, user_id in service.user_ids.items()}
    return [names[user_id] for user_id in users]


def log(service, carl):
    with service.store.unit(read_only=True) as unit:
        return [(one.action, one.subject) for one in audit.entries(unit, "0370") if one.citizen_id == carl]


def test_a_colleague_sees_whom_to_ask_and_nothing_of_the_citizen(service, reader, address, carl):
    page = reader.get(address).text
    assert "<strong>colleague</strong>" in page
    assert "C.D.E." in page
    assert "Carl" not in page
    assert "A coordinator changes" in page
    assert log(service, carl)[-1] == ("assignments_read", "")
    assert f'href="{address}"' in reader.send(f"/citizens/{carl}/access", {}).text


def test_a_coordinator_adds_a_colleague_and_takes_one_off(service, boss, address, carl):
    staff = service.user_ids["centre_staff"]
    assert f'value="{staff}"' in boss.get(address).text
    assert boss.send(address, {"user_id": staff}).headers["location"] == f"{address}?done=added"
    assert whose(service, carl) == ["colleague", "centre_staff"]
    gone = boss.send(f"{address}/ended", {"user_id": service.user_ids["colleague"]})
    assert gone.headers["location"] == f"{address}?done=removed"
    assert whose(service, carl) == ["centre_staff"]
    assert ("citizen_assigned", staff) in log(service, carl)
    assert ("citizen_unassigned", service.user_ids["colleague"]) in log(service, carl)
    assert Reader(service, "colleague").get(f"/citizens/{carl}").status_code == 403


@pytest.mark.parametrize("who", ["", "analyst", "operator", "away", "nobody"])
def test_only_a_colleague_who_works_with_citizens_can_be_chosen(service, boss, address, carl, who):
    answer = boss.send(address, {"user_id": service.user_ids.get(who, who)})
    assert answer.status_code == 422
    assert "Nobody is chosen." in answer.text
    assert whose(service, carl) == ["colleague"]


def test_taking_away_ones_own_access_is_asked_about_first(service, boss, address, carl):
    own = {"user_id": service.user_ids["coordinator"]}
    boss.send(address, own)
    asked = boss.send(f"{address}/ended", own)
    assert asked.status_code == 200
    assert "You take away your own access" in asked.text
    assert "until somebody adds you again" in asked.text
    assert boss.get(f"/citizens/{carl}").status_code == 200
    assert boss.send(f"{address}/ended", own | {"confirmed": "yes"}).status_code == 303
    assert boss.get(f"/citizens/{carl}").status_code == 403


def test_the_last_one_is_told_that_the_citizen_will_be_nobodys_work(service, boss, address, carl):
    boss.send(address, {"user_id": service.user_ids["coordinator"]})
    boss.send(f"{address}/ended", {"user_id": service.user_ids["colleague"]})
    own = {"user_id": service.user_ids["coordinator"]}
    assert "is nobody's work, and you see initials only" in boss.send(f"{address}/ended", own).text
    boss.send(f"{address}/ended", own | {"confirmed": "yes"})
    assert "The citizen is nobody's work." in boss.get(address).text


def test_who_works_with_the_citizen_stands_on_the_citizens_page(service, carl, address):
    page = Reader(service, "colleague").get(f"/citizens/{carl}").text
    assert "Worked with by: colleague" in page
    assert f'href="{address}"' in page


def test_taking_off_who_is_not_there_answers_as_for_what_does_not_exist(service, boss, address):
    assert boss.send(f"{address}/ended", {"user_id": service.user_ids["analyst"]}).status_code == 404
