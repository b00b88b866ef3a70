import re
from datetime import datetime

import pytest

from api.access.scopes import ROLES
from api.domain.caller import Role
from api.pages.layout import DESTINATIONS
from api.store import audit
from matching.times import DENMARK_TIME
from tests.api.pages.conftest import Reader

ADDRESS = {"street": "Eksempelvej", "house_number": "4", "postcode": "4700", "town": "Næstved"}
HAVNEN = {"name": "Havnen"} | ADDRESS


@pytest.fixture
def coordinator(service):
    return Reader(service, "coordinator")


def registered(reader, form):
    answer = reader.send("/centres", form)
    assert answer.status_code == 303, answer.text
    return re.fullmatch(r"(/centres/\w+)\?done=registered", answer.headers["location"])[1]


def kept(service, address):
    return service.ask("coordinator", "GET", f"/api/v1{address}").json()


def actions(service):
    with service.store.unit(read_only=True) as unit:
        return [each.action for each in audit.entries(unit, "0370")]


def test_a_municipality_without_centres_is_told_what_they_are_for(coordinator, reader):
    assert "Write the first one down below" in coordinator.get("/centres").text
    consultant = reader.get("/centres").text
    assert "A coordinator writes them down." in consultant
    assert "<form" not in consultant.partition("<main")[2].partition("</main")[0]


def test_a_new_centre_is_placed_without_asking_anybody_and_shown_on_the_map(service, coordinator):
    address = registered(coordinator, HAVNEN | {"phone": " 55 77  12 12"})
    centre = kept(service, address)
    assert (centre["phone"], centre["place"]["lat"] is not None) == ("55 77 12 12", True)
    page = coordinator.get(f"{address}?done=registered").text
    assert "Look at the map whether it stands in the right place" in page
    assert "Known by: " in page
    assert 'id="mark-map"' in page
    assert 'href="tel:55771212"' in coordinator.get("/centres").text
    assert actions(service)[-1] == "centre_registered"


def test_a_centre_without_an_address_is_marked_on_a_map_of_the_municipality(service, coordinator):
    address = registered(coordinator, {"name": "Havnen"})
    page = coordinator.get(address).text
    assert "No way can start here before it is marked." in page
    assert 'id="mark-map"' in page
    form = {"seen": "1", "lat": "55,2299", "lon": "11.7609", "precision": "address"}
    assert coordinator.send(f"{address}/mark", form).headers["location"] == f"{address}?done=mark"
    place = kept(service, address)["place"]
    assert (place["lat"], place["source"], place["precision"]) == (55.2299, "by hand", "address")
    assert actions(service)[-1] == "centre_marked"


def test_a_mark_that_is_none_comes_back_as_it_was_written(coordinator):
    address = registered(coordinator, {"name": "Havnen"})
    page = coordinator.send(f"{address}/mark", {"seen": "1", "lat": "nord", "lon": "11.7"})
    assert page.status_code == 422
    assert "is not a coordinate" in page.text
    assert 'value="nord"' in page.text


def test_pressing_the_button_alone_makes_no_place_more_precise(coordinator, service):
    address = registered(coordinator, HAVNEN)
    place = kept(service, address)["place"]
    form = {"seen": "1", "lat": str(place["lat"]), "lon": str(place["lon"]), "precision": "address"}
    assert "has not been moved" in coordinator.send(f"{address}/mark", form).text


def test_name_and_telephone_are_corrected_and_the_mark_stays(service, coordinator):
    address = registered(coordinator, HAVNEN)
    coordinator.send(f"{address}/mark", {"seen": "1", "lat": "55.2299", "lon": "11.7609"})
    form = HAVNEN | {"seen": "2", "name": "Værestedet Havnen", "phone": "55 77 12 12"}
    assert coordinator.send(address, form).headers["location"] == f"{address}?done=changed"
    centre = kept(service, address)
    assert (centre["name"], centre["place"]["lat"]) == ("Værestedet Havnen", 55.2299)
    assert actions(service)[-1] == "centre_changed"


def test_another_address_is_placed_anew(service, coordinator):
    address = registered(coordinator, HAVNEN)
    coordinator.send(f"{address}/mark", {"seen": "1", "lat": "55.2299", "lon": "11.7609"})
    moved = HAVNEN | {"seen": "2", "street": "Torvet", "postcode": "7100", "town": "Vejle"}
    assert coordinator.send(address, moved).status_code == 303
    assert kept(service, address)["place"]["lat"] > 55.5


@pytest.mark.parametrize("form", [{"name": " "}, {"name": "havnen"}, {"name": "Åen", "kind": "castle"}])
def test_a_centre_without_a_name_of_its_own_or_of_no_kind_is_refused(coordinator, form):
    registered(coordinator, HAVNEN)
    page = coordinator.send("/centres", form | {"town": "Fensmark"})
    assert page.status_code == 422
    assert 'id="wrong-new"' in page.text
    assert 'value="Fensmark"' in page.text
    assert coordinator.get("/centres").text.count("data-row") == 1


ALL_WRONG = {"name": "010190-1234", "phone": "12", "postcode": "0000"}


def faults_at_fields(page):
    """The names of the fields that are said to be wrong, each with its sentence at the field."""
    return re.findall(
        r'name="(\w+)"[^>]*aria-invalid="true"[^>]*><span class="form-error-message">[^<]', page
    )


def test_all_that_is_wrong_with_a_new_centre_is_told_at_once_and_at_its_field(coordinator):
    page = coordinator.send("/centres", ALL_WRONG)
    assert page.status_code == 422
    assert faults_at_fields(page.text) == ["name", "phone", "postcode"]
    summary = page.text.partition('id="wrong-new"')[2].partition("</div>")[0]
    assert re.findall(r'href="#(\w+)"', summary) == ["name", "phone", "postcode"]
    assert "data-row" not in coordinator.get("/centres").text


def test_all_that_is_wrong_with_a_correction_is_told_at_once_and_nothing_of_it_is_kept(service, coordinator):
    address = registered(coordinator, HAVNEN)
    before = kept(service, address)
    page = coordinator.send(address, HAVNEN | ALL_WRONG | {"seen": "1"})
    assert page.status_code == 422
    assert faults_at_fields(page.text) == ["name", "phone", "postcode"]
    assert kept(service, address) == before


def test_one_fault_alone_is_one_sentence_at_its_field(coordinator):
    page = coordinator.send("/centres", {"name": "Havnen", "phone": "12"}).text
    assert faults_at_fields(page) == ["phone"]
    assert "<ul>" not in page.partition('id="wrong-new"')[2].partition("</div>")[0]


def test_what_two_have_changed_is_told_and_not_overwritten(service, coordinator):
    address = registered(coordinator, HAVNEN)
    assert coordinator.send(address, HAVNEN | {"seen": "1", "phone": "55771212"}).status_code == 303
    late = coordinator.send(address, HAVNEN | {"seen": "1", "phone": "55771213"})
    assert late.status_code == 412
    assert 'id="wrong-change"' in late.text
    assert kept(service, address)["phone"] == "55771212"


def test_only_who_may_change_centres_has_them_in_the_menu():
    (scope,) = (scope for _, address, scope in DESTINATIONS if address == "/centres")
    assert {role for role in Role if scope in ROLES[role]} == {Role.COORDINATOR, Role.OPERATOR}


def closing(coordinator, service, day):
    """A centre that closes on a day, with one citizen of the consultant's who starts there."""
    address = registered(coordinator, HAVNEN)
    anchor = {"kind": "drop_in_centre", "centre_id": address.rpartition("/")[2]}
    body = {"name": "Dorte Dam", "anchors": [anchor]}
    citizen = service.made("consultant", "citizens", body)
    answer = coordinator.send(f"{address}/closed", {"seen": "1", "closed_from": day})
    assert answer.headers["location"] == f"{address}?done=closed"
    return address, citizen


def test_a_centre_is_closed_from_a_day_and_says_who_starts_there_still(service, coordinator, reader):
    address, citizen = closing(coordinator, service, "02-11-2026")
    assert kept(service, address)["valid_to"] == "2026-11-01"
    page = coordinator.get(f"{address}?done=closed").text
    assert "Closed from Monday 02-11-2026 on" in page
    assert "1 citizen starts here still." in page
    assert "No other centre is open" in page
    assert "D.D." in page
    assert "Dorte" not in page
    assert f"/citizens/{citizen['id']}/assignments" in page
    assert actions(service)[-1] == "citizen_listed"
    mine = reader.get(address).text
    assert f"/citizens/{citizen['id']}#h-start" in mine
    assert "Dorte Dam" in mine
    assert "<form" not in mine.partition("<main")[2].partition("</main")[0]


def test_a_day_that_is_past_is_asked_about_and_today_is_not(service, coordinator):
    address, _ = closing(coordinator, service, "02-11-2026")
    asked = "closed since Monday 02-11-2026: if that is not the day that was meant"
    assert asked in coordinator.get(f"{address}?done=closed").text
    assert asked not in coordinator.get(address).text
    today = f"{datetime.now(DENMARK_TIME):%d-%m-%Y}"
    assert coordinator.send(f"{address}/closed", {"seen": "2", "closed_from": today}).status_code == 303
    assert "closed since" not in coordinator.get(f"{address}?done=closed").text


def test_who_reads_no_citizens_is_told_of_none_by_a_closed_centre(service, coordinator):
    address, _ = closing(coordinator, service, "02-11-2026")
    page = Reader(service, "operator").get(address).text
    assert "Closed from Monday 02-11-2026 on" in page
    assert "D.D." not in page
    assert "starts here still" not in page


def test_a_closed_centre_is_told_wherever_its_citizens_are_looked_at(service, coordinator, reader):
    _, citizen = closing(coordinator, service, "02-11-2026")
    today = reader.get("/today").text
    assert "Ask Dorte Dam where the way starts now: Havnen closes" in today
    assert "Havnen is closed from 02-11-2026 on" in reader.get(f"/citizens/{citizen['id']}").text
    assert "the minutes are reckoned from there" in reader.get(f"/citizens/{citizen['id']}/shortlist").text
    items = service.ask("consultant", "GET", "/api/v1/due").json()["items"]
    (item,) = [one for one in items if one["kind"] == "start_closed"]
    assert (item["centre_name"], item["href"]) == ("Havnen", f"/api/v1/citizens/{citizen['id']}")


def test_a_closed_centre_is_offered_to_who_starts_there_alone(service, coordinator, reader):
    address, citizen = closing(coordinator, service, "02-11-2026")
    choice = f'value="centre:{address.rpartition("/")[2]}"'
    assert "Havnen (closed from 02-11-2026)" in reader.get(f"/citizens/{citizen['id']}").text
    elsewhere = {"name": "Bo", "anchors": [{"kind": "postal_district", "postcode": "4700"}]}
    other = service.made("consultant", "citizens", elsewhere)
    assert choice not in reader.get(f"/citizens/{other['id']}").text
    assert "Havnen" not in reader.get("/citizens/new").text.partition("<main")[2]


def test_a_closed_centre_is_opened_again_by_one_press(service, coordinator):
    address, _ = closing(coordinator, service, "02-11-2026")
    assert "closed from 02-11-2026" in coordinator.get("/centres").text
    answer = coordinator.send(f"{address}/reopened", {"seen": "2"})
    assert answer.headers["location"] == f"{address}?done=reopened"
    assert kept(service, address)["valid_to"] is None
    assert "closed from" not in coordinator.get("/centres").text
    assert "starts here still" not in coordinator.get(f"{address}?done=reopened").text


@pytest.mark.parametrize(("day", "said"), [("", "from which day"), ("snart", "is not a date")])
def test_a_day_that_is_none_comes_back_as_it_was_written(service, coordinator, day, said):
    address = registered(coordinator, HAVNEN)
    page = coordinator.send(f"{address}/closed", {"seen": "1", "closed_from": day})
    assert page.status_code == 422
    assert said in page.text.partition('id="wrong-close"')[2]
    assert f'value="{day}"' in page.text
    assert kept(service, address)["valid_to"] is None


def test_a_closing_that_somebody_else_has_changed_meanwhile_is_told(service, coordinator):
    address, _ = closing(coordinator, service, "02-11-2026")
    for part, form in (("closed", {"closed_from": "03-11-2026"}), ("reopened", {})):
        late = coordinator.send(f"{address}/{part}", form | {"seen": "1"})
        assert late.status_code == 412
        assert 'id="wrong-close"' in late.text
    assert kept(service, address)["valid_to"] == "2026-11-01"


VEJLE = {"street": "Torvet", "house_number": "1", "postcode": "7100", "town": "Vejle"}


def test_a_centre_outside_the_municipality_is_kept_and_said_to_be(service, coordinator):
    address = registered(coordinator, {"name": "Åen"} | VEJLE)
    page = coordinator.get(address).text
    assert "outside the municipality" in page
    assert "it lies in Vejle or Hedensted." in page
    assert kept(service, address)["place"]["elsewhere"] == ["Vejle", "Hedensted"]


def test_a_centre_of_the_municipality_gets_no_such_remark(service, coordinator):
    address = registered(coordinator, HAVNEN)
    assert "outside the municipality" not in coordinator.get(address).text
    assert kept(service, address)["place"]["elsewhere"] == []


def test_an_employer_outside_the_municipality_is_said_to_be_where_it_is_placed(service, reader):
    inside, outside = (
        service.made("consultant", "employers", {"name": "Gartneriet", "place": place})["id"]
        for place in (ADDRESS, VEJLE)
    )
    assert "it lies in Vejle or Hedensted." in reader.get(f"/employers/{outside}").text
    assert "outside the municipality" not in reader.get(f"/employers/{inside}").text
