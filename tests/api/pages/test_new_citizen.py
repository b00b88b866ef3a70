import re

import pytest

from api.domain.caller import Caller, Role
from api.store import assignments, audit, citizens
from tests.api.pages.conftest import Reader

DISTRICT = {"name": "Karen Eksempel", "postcode": "4700"}


@pytest.fixture
def havnen(service):
    return service.made("coordinator", "centres", {"name": "Havnen"})["id"]


def registered(reader, form):
    answer = reader.send("/citizens/new", form)
    assert answer.status_code == 303, answer.text
    return re.fullmatch(r"/citizens/(\w+)\?done=registered", answer.headers["location"])[1]


def actions(service, citizen_id):
    with service.store.unit(read_only=True) as unit:
        return [each.action for each in audit.entries(unit, "0370") if each.citizen_id == citizen_id]


def kept(service, citizen_id):
    caller = caller_of(service)
    with service.store.unit(read_only=True) as unit:
        return citizens.find(unit, caller, citizen_id), assignments.of_citizen(unit, caller, citizen_id)


def caller_of(service):
    return Caller(service.user_ids["consultant"], "consultant", "0370", Role.CONSULTANT)


def test_a_name_and_a_centre_make_a_citizen_who_is_the_consultants_work(service, reader, havnen):
    page = reader.get("/citizens/new").text
    assert f'<option value="{havnen}" selected>Havnen' in page
    citizen_id = registered(reader, {"name": " Karen  Eksempel ", "centre": havnen})
    record, whose = kept(service, citizen_id)
    assert (record.name, record.anchors[0].centre_id) == ("Karen Eksempel", havnen)
    assert whose == (service.user_ids["consultant"],)
    assert actions(service, citizen_id) == ["citizen_registered"]
    own = reader.get(f"/citizens/{citizen_id}?done=registered").text
    assert "is your work" in own
    assert f"/citizens/{citizen_id}/taken-back" in own


def test_a_citizen_at_a_housing_starts_from_a_housing(service, reader):
    housing = service.made("coordinator", "centres", {"name": "Bo", "kind": "supported_housing"})["id"]
    record, _ = kept(service, registered(reader, {"name": "Karen", "centre": housing}))
    assert record.anchors[0].kind == "supported_housing"


def test_without_a_centre_a_postcode_is_enough_and_it_is_told_who_writes_centres_down(service, reader):
    page = reader.get("/citizens/new").text
    assert "a coordinator writes them down" in page
    assert 'href="/centres"' in Reader(service, "coordinator").get("/citizens/new").text
    record, _ = kept(service, registered(reader, DISTRICT))
    assert record.anchors[0].postcode == "4700"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"name": " ", "postcode": "4700"}, "no name or reference"),
        ({"name": "Karen"}, "not said where the way starts"),
        ({"name": "Karen", "postcode": "0001"}, "no place to start from"),
        ({"name": "Karen", "centre": "0" * 32}, "no place to start from"),
        ({"name": "Karen 010190-1234", "postcode": "4700"}, "registration number (CPR)"),
        ({"name": "Karen", "postcode": "75000"}, "&#39;75000&#39; is no place to start from"),
        ({"name": "Karen" * 60, "postcode": "4700"}, "A name has 300 characters. Shorten it to 100."),
        ({"name": "Karen 010190-1234"}, "Take the number out; a name is enough."),
        ({"name": "Karen 010190-1234"}, "registration number (CPR)"),
        ({"name": "Karen 010190-1234", "postcode": "9999"}, "registration number (CPR)"),
    ],
)
def test_what_cannot_be_registered_comes_back_with_what_was_written(service, reader, form, said):
    page = reader.send("/citizens/new", form)
    assert page.status_code == 422
    assert said in page.text
    assert f'value="{" ".join(form["name"].split())}"' in page.text
    assert reader.get("/citizens").text.count("data-row") == 0


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"name": " "}, {"name": "no name or reference", "centre": "not said where the way starts"}),
        (
            {"name": "K" * 101, "postcode": "9999"},
            {"name": "101 characters", "postcode": "no place"},
        ),
        (
            {"name": "Karen 010190-1234", "centre": "CLOSED"},
            {"name": "registration number (CPR)", "centre": "is closed from"},
        ),
        (
            {"name": "", "centre": "CLOSED", "postcode": "4700"},
            {"name": "no name or reference", "postcode": "stands beside a place that was chosen"},
        ),
    ],
)
def test_all_that_is_wrong_is_told_at_once_at_its_field(service, reader, havnen, form, told):
    closed = {"valid_to": "2026-01-01"}
    path = f"/api/v1/centres/{havnen}"
    assert service.ask("coordinator", "PATCH", path, closed, If_Match="*").status_code == 200
    page = reader.send(
        "/citizens/new", {name: value.replace("CLOSED", havnen) for name, value in form.items()}
    )
    assert page.status_code == 422
    assert re.findall(r'<li><a href="#f-(\w+)">', page.text) == list(told)
    at = dict(re.findall(r'id="e-(\w+)">([^<]+)</span>', page.text))
    assert all(said in at[name] for name, said in told.items())


def test_a_postcode_beside_a_chosen_centre_is_told_and_comes_back(reader, havnen):
    page = reader.send("/citizens/new", {"name": "Karen", "centre": havnen, "postcode": "99"})
    assert page.status_code == 422
    assert "stands beside a place that was chosen. Clear it, or choose no centre." in page.text
    assert re.search(r'id="f-postcode" name="postcode" value="99"[^>]* aria-invalid="true"', page.text)
    registered(reader, {"name": "Karen", "centre": havnen, "postcode": " "})


def test_a_name_of_a_hundred_signs_is_kept_and_a_longer_one_is_not_taken_later(service, reader):
    citizen_id = registered(reader, DISTRICT | {"name": "K" * 100})
    since = f"{kept(service, citizen_id)[0].waiting_since:%d-%m-%Y}"
    form = {"seen": "1", "anchor.0": "postcode:4700", "ready": "yes", "waiting_since": since}
    for name, said in (("K" * 101, "A name has 101 characters."), ("", "Nothing is written here.")):
        saved = reader.send(f"/citizens/{citizen_id}", form | {"name": name})
        assert saved.status_code == 422
        assert said in saved.text
    assert kept(service, citizen_id)[0].name == "K" * 100


def test_a_cpr_number_is_refused_on_the_citizens_page_and_by_programs_too(service, reader):
    citizen_id = registered(reader, DISTRICT)
    form = {"seen": "1", "name": "010190-1234", "anchor.0": "postcode:4700", "ready": "yes"}
    saved = reader.send(f"/citizens/{citizen_id}", form)
    assert saved.status_code == 422
    assert "registration number (CPR)" in saved.text
    body = {"name": "0101901234", "anchors": [{"kind": "postal_district", "postcode": "4700"}]}
    answer = service.ask("consultant", "POST", "/api/v1/citizens", body)
    assert answer.status_code == 422
    assert "0101901234" not in answer.text


def test_pressing_twice_registers_nobody_twice(service, reader):
    form = DISTRICT | {"id": re.search(r'name="id" value="(\w+)"', reader.get("/citizens/new").text)[1]}
    assert registered(reader, form) == registered(reader, form) == form["id"]
    assert reader.get("/citizens").text.count("data-row") == 1


@pytest.mark.parametrize("who", ["consultant", "colleague"])
def test_an_id_that_is_taken_by_something_else_is_a_conflict_and_the_form_stays(service, reader, who):
    taken = registered(Reader(service, who), DISTRICT)
    answer = reader.send("/citizens/new", {"id": taken, "name": "Bo Anden", "postcode": "4700"})
    assert answer.status_code == 409
    assert "This form was sent before, and with something else in it." in answer.text
    assert 'value="Bo Anden"' in answer.text
    fresh = re.search(r'name="id" value="(\w+)"', answer.text)[1]
    assert fresh != taken
    assert registered(reader, {"id": fresh, "name": "Bo Anden", "postcode": "4700"}) == fresh


def test_the_same_form_from_somebody_else_is_a_conflict_as_well(service, reader):
    taken = registered(Reader(service, "colleague"), DISTRICT)
    assert reader.send("/citizens/new", DISTRICT | {"id": taken}).status_code == 409
    assert kept(service, taken)[1] == (service.user_ids["colleague"],)


def namesakes_told(page):
    return re.findall(r'<li><a href="/citizens/(\w+)">', page.text)


@pytest.mark.parametrize("name", ["Karen Eksempel", " karen  EKSEMPEL"])
def test_a_name_that_the_consultant_knows_is_told_and_somebody_else_may_have_it(service, reader, name):
    first = registered(reader, DISTRICT)
    told = reader.send("/citizens/new", DISTRICT | {"name": name})
    assert told.status_code == 409
    assert "You know 1 citizen of this name already" in told.text
    assert namesakes_told(told) == [first]
    assert 'value="4700"' in told.text
    assert reader.get("/citizens").text.count("data-row") == 1
    assert actions(service, first)[1:2] == ["citizen_found"]
    again = re.search(r'name="another" value="([^"]*)"', told.text)[1]
    second = registered(reader, DISTRICT | {"name": name, "another": again})
    assert second != first
    assert namesakes_told(reader.send("/citizens/new", DISTRICT)) == sorted([first, second])


def test_a_name_that_was_changed_after_the_warning_is_looked_for_anew(reader):
    registered(reader, DISTRICT)
    registered(reader, DISTRICT | {"name": "Bo Eksempel"})
    told = reader.send("/citizens/new", DISTRICT | {"name": "Bo Eksempel", "another": "Karen Eksempel"})
    assert told.status_code == 409
    assert len(namesakes_told(told)) == 1


@pytest.mark.parametrize("other", ["colleague", "coordinator", "away"])
def test_who_does_not_see_a_citizen_is_not_told_that_the_name_exists(service, reader, other):
    first = registered(Reader(service, other), DISTRICT)
    form = DISTRICT | {"id": re.search(r'name="id" value="(\w+)"', reader.get("/citizens/new").text)[1]}
    fresh = reader.send("/citizens/new", form)
    assert (fresh.status_code, fresh.text) == (303, "")
    assert "namesakes" not in reader.get(fresh.headers["location"]).text
    assert "citizen_found" not in actions(service, first)


def test_what_nobody_sees_is_no_part_of_a_name(service, reader):
    unseen = "Ka\0ren\u202e Eksempel\u2069"
    by_page, _ = kept(service, registered(reader, DISTRICT | {"name": unseen}))
    body = {"name": unseen.replace("\0", ""), "anchors": [{"kind": "postal_district", "postcode": "4700"}]}
    by_program = service.made("consultant", "citizens", body)
    assert by_page.name == by_program["name"] == "Karen Eksempel"
    boss = Reader(service, "coordinator")
    assert boss.send("/centres", {"name": "Ha\u202evn\0en"}).status_code == 303
    assert ">Havnen</a>" in boss.get("/centres").text
    hidden = reader.send("/citizens/new", DISTRICT | {"name": "\u202e\0"})
    assert (hidden.status_code, "no name or reference" in hidden.text) == (422, True)
    number = reader.send("/citizens/new", DISTRICT | {"name": "0101\u202e90-1234"})
    assert (number.status_code, "(CPR)" in number.text) == (422, True)


def test_a_registration_is_undone_and_leaves_only_that_it_was_done(service, reader):
    citizen_id = registered(reader, DISTRICT)
    undone = reader.send(f"/citizens/{citizen_id}/taken-back", {})
    assert undone.headers["location"] == "/citizens?done=taken-back"
    assert "registration is undone" in reader.get("/citizens?done=taken-back").text
    assert kept(service, citizen_id) == (None, ())
    assert actions(service, citizen_id) == ["citizen_registered", "citizen_erased"]


def test_a_citizen_of_whom_more_was_said_is_not_undone_and_whom_to_ask_is_told(service, reader):
    citizen_id = registered(reader, DISTRICT)
    form = {"seen": "1", "name": "Karen", "anchor.0": "postcode:4700", "ready": "yes", "mode": "bicycle"}
    assert reader.send(f"/citizens/{citizen_id}", form).status_code == 303
    refused = reader.send(f"/citizens/{citizen_id}/taken-back", {})
    page = reader.get(refused.headers["location"]).text
    assert "cannot be undone any more" in page
    assert "all of it is kept. Is the citizen not to be here any more? Ask a coordinator" in page
    assert "frikortmatch erase" not in page
    assert f"/citizens/{citizen_id}/taken-back" not in page
    assert "Nothing was saved yet" not in page
    assert kept(service, citizen_id)[0].name == "Karen"


def test_a_colleague_does_not_undo_what_somebody_else_registered(service, reader):
    citizen_id = registered(reader, DISTRICT)
    assert Reader(service, "colleague").send(f"/citizens/{citizen_id}/taken-back", {}).status_code == 403
    service.ask("coordinator", "POST", f"/api/v1/citizens/{citizen_id}/assignments", {})
    refused = Reader(service, "coordinator").send(f"/citizens/{citizen_id}/taken-back", {})
    assert refused.headers["location"] == f"/citizens/{citizen_id}?done=stands"
    assert kept(service, citizen_id)[0] is not None


def test_the_first_answer_takes_the_undo_of_the_registration_off_the_page(service, reader):
    citizen_id = registered(reader, DISTRICT)
    form = {"seen": "1", "name": "Karen", "anchor.0": "postcode:4700", "ready": "yes"}
    saved = reader.send(f"/citizens/{citizen_id}", form, **{"hx-request": "true"})
    assert saved.status_code == 200
    assert '<form id="take-back" hx-swap-oob="delete">' in saved.text
    assert 'id="take-back"' not in reader.get(f"/citizens/{citizen_id}?done=registered").text
