import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from api.casework.municipalities import caller_at
from api.domain.caller import Caller, Role
from api.domain.records import JobOrderRecord
from api.store import audit, job_orders, new_id, users
from matching.times import DENMARK_TIME
from tests.api.pages.conftest import Reader
from tests.api.routes.test_due import answered
from tests.api.routes.test_proposals import ANCHORS, came, propose, today, world

__all__ = ["answered", "world"]


def headings(page):
    found = re.findall(r"<h3>(.*?)</h3>", page.text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", each).split()) for each in found]


STEPS = ["/centres", "/imports", "/citizens/all"]
"""Where a municipality begins, for who coordinates."""


def part(page, heading):
    return page.text.partition(f'id="{heading}"')[2].partition("</section>")[0]


@pytest.fixture
def consultant_left(service, world):
    """The consultant is shut out, and with her the only one who works with two of the citizens."""
    with service.store.unit() as unit:
        users.disable(unit, Caller("", "root", "0370", Role.OPERATOR), service.user_ids["consultant"])
        unit.commit()


def names(page, heading="h-idle"):
    return re.findall(r"<strong>([^<]+)</strong>", part(page, heading))


def test_signing_in_leads_to_the_day(service):
    submitted = {"username": "consultant", "password": service.password}
    service.client.post("/sign-in", data=submitted, headers={"Sec-Fetch-Site": "same-origin"})
    assert service.client.get("/").headers["location"] == "/today"


def test_a_contact_to_make_stands_there_with_its_form(reader, service, world):
    made = propose(service, world, "anna").json()
    page = reader.get("/today")
    assert page.status_code == 200
    assert headings(page) == ["Contact Anna Holm about Luge bede"]
    assert f'action="/proposals/{made["id"]}/outcome"' in page.text
    assert "3 working days left" in page.text
    assert "None of your deadlines has passed." in page.text
    assert "1 thing to do." in page.text
    assert "your citizen" in page.text


def test_what_was_recorded_without_a_script_is_said_and_its_row_is_gone(reader, service, world):
    made = propose(service, world, "anna").json()
    told = {"outcome": "contacted", "back": "/today"}
    page = reader.get(reader.send(f"/proposals/{made['id']}/outcome", told).headers["location"])
    assert headings(page) == []
    assert re.search(r"Recorded</span> <strong>Anna Holm</strong>, Luge bede: contacted", page.text)
    undo = f"/proposals/{made['id']}/undo"
    notice = page.text.split('class="kept"')[1].split("</div>")[0]
    # the row is gone, so no script may look for its box
    assert f'action="{undo}"' in notice
    assert "hx-post" not in notice
    page = reader.get(reader.send(undo, {"back": "/today"}).headers["location"])
    assert "Undone</span> <strong>Anna Holm</strong>" in page.text
    assert headings(page) == ["Contact Anna Holm about Luge bede"]


def test_a_contact_to_make_says_every_way_to_reach_the_citizen(reader, service, world):
    propose(service, world, "anna")
    page = reader.get("/today").text
    assert "No way to reach the citizen is written down." in page
    assert f'href="/citizens/{world["anna"]}/contact-chain"' in page
    links = [
        {"through": "drop_in_centre", "name": "Mette", "number": "55 55 12 12"},
        {"through": "caseworker", "name": "Bo", "means": "mail", "number": "bo@eksempel.dk"},
    ]
    chain = f"/api/v1/citizens/{world['anna']}/contact-chain"
    tag = service.ask("consultant", "GET", f"/api/v1/citizens/{world['anna']}").headers["etag"]
    assert service.ask("consultant", "PUT", chain, {"links": links}, If_Match=tag).status_code == 200
    listed = part(reader.get("/today"), "h-due")
    assert "No way to reach" not in listed
    for name, way in (
        ("Mette", 'telephone</span> <a href="tel:55551212">+45 55 55 12 12</a>'),
        ("Bo", "mail</span> bo@eksempel.dk"),
    ):
        assert way in listed.partition(f"</span> {name}")[2]


def test_who_suggested_somebody_elses_citizen_is_told_whom_to_ask(reader, service, world):
    propose(service, world, "carla")
    listed = part(reader.get("/today"), "h-due")
    assert "Contact C.H. about Luge bede" in " ".join(listed.split())
    assert "The contact goes through the one who knows the citizen: colleague" in listed
    assert "contact-chain" not in listed
    assert "Carla" not in listed


def test_one_press_notes_the_way_that_the_row_names_and_an_undo_keeps_whom_to_ask(reader, service, world):
    made = propose(service, world, "carla").json()
    asked = "The contact goes through the one who knows the citizen: colleague"
    due = part(reader.get("/today"), "h-due")
    assert 'name="through" value="other"' in due
    assert "others: colleague" in due
    told = {"outcome": "contacted", "through": "other", "back": "/today"}
    noted = reader.send(f"/proposals/{made['id']}/outcome", told, HX_Request="true").text
    assert "C.H.</strong>, Luge bede: contacted (others)" in " ".join(noted.split())
    undone = reader.send(f"/proposals/{made['id']}/undo", {"back": "/today"}, HX_Request="true").text
    assert asked in undone
    assert 'name="through" value="other"' in undone


def test_where_no_way_is_named_one_press_notes_none(reader, service, world):
    propose(service, world, "anna")
    assert 'type="hidden" name="through"' not in reader.get("/today").text


@pytest.mark.parametrize(
    ("role", "through"),
    [
        (Role.CASEWORKER, "caseworker"),
        (Role.CENTRE_STAFF, "drop_in_centre"),
        (Role.COORDINATOR, "other"),
    ],
)
def test_the_way_to_a_colleague_is_that_of_their_work(reader, service, world, role, through):
    propose(service, world, "carla")
    with service.store.unit() as unit:
        users.set_role(unit, Caller("", "root", "0370", Role.OPERATOR), service.user_ids["colleague"], role)
        unit.commit()
    assert f'type="hidden" name="through" value="{through}"' in reader.get("/today").text


def test_an_old_address_of_something_recorded_says_nothing(reader, world):
    page = reader.get(f"/today?recorded={'0' * 32}")
    assert page.status_code == 200
    assert "Recorded" not in page.text


def test_an_order_that_waits_leads_to_the_order(reader, world):
    page = reader.get("/today")
    assert headings(page) == ["Find somebody for Luge bede"]
    assert f'href="/job-orders/{world["order"]}#candidates"' in part(page, "h-due")


def test_an_order_whose_candidate_said_no_asks_for_somebody_else(reader, service, world):
    made = propose(service, world, "anna").json()
    came(service, made, "declined", declined_by="citizen", reason="task")
    page = reader.get("/today")
    assert headings(page) == ["Find somebody else for Luge bede"]
    assert f'href="/job-orders/{world["order"]}#candidates"' in part(page, "h-due")
    assert "None of your deadlines has passed." in page.text


def test_an_order_of_the_municipality_is_explained_as_no_citizen(service, world):
    listed = part(Reader(service, "colleague").get("/today?whose=municipality"), "h-due")
    assert "<span>with consultant</span>" in listed
    assert "somebody else's work" not in listed


def test_who_has_waited_longest_without_a_suggestion_comes_first(reader, service, world):
    for name, since in (("Ny Holm", "2026-10-01"), ("Gammel Holm", "2026-01-01")):
        service.made("consultant", "citizens", {"name": name, "anchors": ANCHORS, "waiting_since": since})
    service.made("consultant", "citizens", {"name": "Ikke Klar", "anchors": ANCHORS, "ready": False})
    assert names(reader.get("/today")) == ["Gammel Holm", "Anna Holm", "Bent Holm", "Ny Holm"]
    made = propose(service, world, "anna").json()
    assert names(reader.get("/today")) == ["Gammel Holm", "Bent Holm", "Ny Holm"]
    came(service, made, "not-able-now")
    assert "Anna Holm" not in names(reader.get("/today"))


def test_new_orders_stand_by_the_way_from_where_my_citizens_start(reader, service, world):
    far = {"lat": 55.4600, "lon": 12.1800}
    for title, place in (("Langt væk", far), ("Ukendt sted", None)):
        firm = {"name": f"Firma {title}", **({"place": place} if place else {})}
        employer = service.made("consultant", "employers", firm)["id"]
        service.made("consultant", "job-orders", {"employer_id": employer, "title": title})
    old = {"employer_id": world["employer"], "title": "Gammel", "received_on": "2025-01-01"}
    service.made("consultant", "job-orders", old)
    page = reader.get("/today")
    titles = re.findall(r'<a href="/job-orders/\w+">([^<]+)</a>', part(page, "h-new"))
    assert titles == ["Luge bede", "Langt væk", "Ukendt sted"]
    assert "place not known" in part(page, "h-new")
    assert re.search(r"\d\.\d km from 4700 Næstved", part(page, "h-new"))


def undated(service, world, title, taken_in, version=1):
    """An order out of a list that names no day of receipt, changed until it has a version."""
    with service.store.unit() as unit:
        unit = replace(unit, at=taken_in)
        caller = replace(caller_at("0370"), user_id=service.user_ids["consultant"])
        order = JobOrderRecord(id=new_id(), municipality="0370", employer_id=world["employer"], title=title)
        (kept,) = job_orders.add_all(unit, caller, [order])
        unit.commit()
    for _ in range(1, version):
        with service.store.unit() as unit:
            kept = job_orders.replace(unit, caller, replace(kept, places=kept.places + 1), kept.version)
            unit.commit()


def test_an_order_out_of_a_list_without_a_day_is_new_by_the_day_it_was_taken_in(reader, service, world):
    # days of the calendar: one of them has 23 hours, one 25
    now = datetime.now(DENMARK_TIME)
    for title, days, version in (("Ny", 1, 1), ("Ny og rettet", 2, 3), ("Gammel", 9, 1), ("Rettet nu", 9, 2)):
        undated(service, world, title, (now - timedelta(days=days)).astimezone(UTC), version)
    listed = part(reader.get("/today"), "h-new")
    titles = re.findall(r'<a href="/job-orders/\w+">([^<]+)</a>', listed)
    assert titles == ["Luge bede", "Ny", "Ny og rettet"]
    assert listed.count("out of a list, ") == 2
    assert "out of a list, yesterday" in listed


def test_a_colleague_without_work_is_told_what_to_do(service, world):
    page = Reader(service, "away").get("/today")
    assert "Nothing waits for you." in page.text
    assert "a coordinator can make others your work" in page.text


def test_the_whole_municipality_stands_by_initials_without_forms(service, world):
    propose(service, world, "anna")
    page = Reader(service, "colleague").get("/today?whose=municipality")
    assert headings(page) == ["Contact A.H. about Luge bede"]
    assert "<span>with consultant</span>" in page.text
    assert "Anna" not in page.text
    assert 'name="outcome"' not in page.text


def test_centre_staff_see_their_citizens_and_nothing_of_orders(service, world):
    propose(service, world, "anna")
    staff = {"user_id": service.user_ids["centre_staff"]}
    service.ask("coordinator", "POST", f"/api/v1/citizens/{world['anna']}/assignments", staff)
    page = Reader(service, "centre_staff").get("/today")
    assert headings(page) == ["Contact Anna Holm about Luge bede"]
    assert "h-new" not in page.text
    assert "whose=municipality" not in page.text
    assert Reader(service, "centre_staff").get("/today?whose=municipality").status_code == 403


def test_centre_staff_look_at_tasks_and_are_told_who_suggests_one(reader, service, world):
    staff = {"user_id": service.user_ids["centre_staff"]}
    service.ask("coordinator", "POST", f"/api/v1/citizens/{world['anna']}/assignments", staff)
    theirs = part(Reader(service, "centre_staff").get("/today"), "h-idle")
    assert "See tasks" in theirs
    assert "a consultant suggests the one you agree on" in theirs
    own = part(reader.get("/today"), "h-idle")
    assert "Find tasks" in own
    assert "a consultant suggests" not in own


def test_who_has_said_yes_has_a_task_also_when_it_has_begun_until_they_look_for_more(reader, service, world):
    made = propose(service, world, "anna").json()
    assert "Anna Holm" not in names(reader.get("/today"))
    assert came(service, made, "accepted").status_code == 200
    assert "Anna Holm" not in names(reader.get("/today"))
    reader.send(f"/proposals/{made['id']}/begun", {"back": "/today"})
    assert "Anna Holm" not in names(reader.get("/today"))
    # who works may look for more, and is told of with what they do
    reader.send(f"/citizens/{world['anna']}/looks-for-more", {})
    page = reader.get("/today")
    assert "Anna Holm" in names(page)
    assert f"begun with Luge bede on {today():%d-%m-%Y}" in part(page, "h-idle")


def test_who_has_said_no_has_nothing_suggested_again(reader, service, world):
    made = propose(service, world, "anna").json()
    said = {"declined_by": "citizen", "reason": "task"}
    assert came(service, made, "declined", **said).status_code == 200
    assert "Anna Holm" in names(reader.get("/today"))


def test_a_coordinator_without_anything_to_see_to_sees_a_calm_page(service, world):
    calm = Reader(service, "coordinator").get("/today").text
    assert 'id="h-whole"' not in calm
    assert 'id="h-idle"' not in calm


@pytest.mark.usefixtures("consultant_left")
def test_a_coordinator_sees_what_is_nobodys_and_what_is_late_anywhere(service):
    boss = Reader(service, "coordinator")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=30)):
        page = boss.get("/today")
    whole = part(page, "h-whole")
    assert "1 deadline has passed" in whole
    assert 'href="/today?whose=municipality#h-due"' in whole
    assert "2 citizens have nobody who works with them" in whole
    assert headings(page) == ["Find somebody for Luge bede"]
    assert "on nobody's desk" in page.text


@pytest.mark.usefixtures("consultant_left")
def test_who_cannot_make_it_somebodys_sees_nothing_of_what_is_nobodys(service):
    page = Reader(service, "colleague").get("/today")
    assert headings(page) == []
    assert 'id="h-whole"' not in page.text


def test_a_citizen_of_nobody_leads_to_who_can_work_with_them(service, world):
    propose(service, world, "anna")
    with service.store.unit() as unit:
        users.disable(unit, Caller("", "root", "0370", Role.OPERATOR), service.user_ids["consultant"])
        unit.commit()
    page = Reader(service, "coordinator").get("/today")
    assert headings(page) == ["Contact A.H. about Luge bede"]
    assert f'<a href="/citizens/{world["anna"]}/assignments">nobody' in page.text


def test_who_has_no_part_in_it_keeps_the_start_page(service):
    assert Reader(service, "analyst").get("/today").status_code == 403


def test_everybody_on_the_page_is_written_down_once_for_each_reason(reader, service, world):
    propose(service, world, "anna")
    reader.get("/today")
    with service.store.unit(read_only=True) as unit:
        looked = [(one.action, one.citizen_id) for one in audit.entries(unit, "0370")][-2:]
    assert looked == [("due_listed", world["anna"]), ("citizen_listed", world["bent"])]


@pytest.mark.parametrize("hostile", ['"><script>alert(1)</script>'])
def test_names_and_titles_stand_escaped(reader, service, world, hostile):
    service.made("consultant", "citizens", {"name": hostile, "anchors": ANCHORS})
    service.made("consultant", "job-orders", {"employer_id": world["employer"], "title": hostile})
    page = reader.get("/today").text
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;") >= 3


def test_a_new_municipality_is_told_where_to_start_by_what_the_reader_may_do(service):
    boss = part(Reader(service, "coordinator").get("/today"), "h-due")
    assert "The municipality starts here." in boss
    assert re.findall(r'<li><a href="([^"]+)">[^<]+</a>: \w[^<]+\.</li>', boss) == STEPS
    assert "A coordinator makes" not in boss
    own = part(Reader(service, "away").get("/today"), "h-due")
    assert '<a href="/citizens/new">New citizen</a>' in own
    assert "The municipality starts here." not in own
    assert "The first one</h2>" in Reader(service, "coordinator").get("/centres").text


def test_the_steps_lead_to_colleagues_and_the_practice_as_well(service):
    form = {"username": "coordinator", "password": service.password}
    headers = {"Origin": "http://127.0.0.1:8000"}
    assert service.client.post("/sign-in", data=form, headers=headers).status_code == 303
    steps = re.findall(r'<li><a href="([^"]+)">[^<]+</a>: ', part(service.client.get("/today"), "h-due"))
    assert [*STEPS, "/practice"] == [one for one in steps if one != "/colleagues"]
    assert "/colleagues" in steps


def test_the_first_steps_are_told_until_the_municipality_has_what_they_lead_to(service):
    boss = Reader(service, "coordinator")

    def steps():
        return re.findall(r'<li><a href="([^"]+)">[^<]+</a>: ', part(boss.get("/today"), "h-due"))

    # it has employers and citizens, and nowhere that they come
    assert steps() == STEPS
    service.made("coordinator", "centres", {"name": "Caféen"})
    assert steps() == []
    assert "Nothing waits for you." in part(boss.get("/today"), "h-due")


def test_who_has_said_yes_stands_there_until_they_have_begun(reader, service, world):
    made = propose(service, world, "anna").json()
    came(service, made, "accepted")
    assert headings(reader.get("/today")) == ["Ring Gartneriet and agree when Anna Holm begins: Luge bede"]
    reader.send(f"/proposals/{made['id']}/start-agreed", {"starts_on": today().strftime("%d-%m-%Y")})
    assert headings(reader.get("/today")) == ["Has Anna Holm begun at Gartneriet? Luge bede"]
    reader.send(f"/proposals/{made['id']}/begun", {})
    assert headings(reader.get("/today")) == []


def test_whoever_was_promised_a_task_that_has_ended_is_to_be_told(reader, service, world):
    made = propose(service, world, "anna").json()
    came(service, made, "accepted")
    path = f"/api/v1/job-orders/{world['order']}"
    tag = service.ask("consultant", "GET", path).headers["etag"]
    service.ask("consultant", "PATCH", path, {"state": "ended"}, If_Match=tag)
    (heading,) = headings(reader.get("/today"))
    assert heading == "Tell Anna Holm, who has said yes, what becomes of Luge bede: it is ended"


@pytest.fixture
def follow_up(service, world):
    """A contact of today about the order, to be come back to today; it uses the month's only one up."""
    on = f"{today():%Y-%m-%d}"
    said = {"kind": "call", "about": "job_order", "order_id": world["order"], "note": "Ring igen om nøglen"}
    said |= {"on": on, "follow_up_on": on}
    path = f"/api/v1/employers/{world['employer']}/contacts"
    return service.ask("consultant", "POST", path, said).json()


def row_of(page, heading):
    """The row of a heading on the list of what is due; empty without one."""
    rows = part(page, "h-due").split("<li data-row")
    return next((" ".join(row.split()) for row in rows if heading in row), "")


def follow(reader, contact, to):
    path = f"/employers/{contact['employer_id']}/contacts/{contact['id']}/{to}"
    answer = reader.send(path, {"back": "/today"})
    assert answer.headers["location"] == f"/today?followed_up={contact['id']}"
    return reader.get(answer.headers["location"])


def test_a_follow_up_says_what_it_is_about_and_until_when_contacts_rest(reader, follow_up):
    row = row_of(reader.get("/today"), "Come back to")
    rests = f"{today() + timedelta(days=28):%d-%m-%Y}"
    assert f"The day was agreed, so you may ring. Other contacts rest until {rests}" in row
    assert "Do not ring yet" not in row
    assert f"contact on {today():%d-%m-%Y} about Luge bede" in row
    assert "Ring igen om nøglen" in row


@pytest.fixture
def missed(service, world):
    """A call of today that nobody answered, with a promise for today: nobody rings again before tomorrow."""
    on = f"{today():%Y-%m-%d}"
    said = {"kind": "call", "about": "job_order", "order_id": world["order"], "reply": "not_answered"}
    path = f"/api/v1/employers/{world['employer']}/contacts"
    answer = service.ask("consultant", "POST", path, said | {"on": on, "follow_up_on": on})
    assert answer.status_code == 201, answer.text


def test_who_did_not_answer_is_not_to_be_rung_again_on_the_same_day(reader, missed):
    row = row_of(reader.get("/today"), "Come back to")
    assert f"Do not ring yet. Contacts rest until {today() + timedelta(days=1):%d-%m-%Y}" in row
    assert "tel:" not in row


def test_a_follow_up_of_an_employer_who_does_not_rest_has_its_telephone(reader, follow_up):
    with time_machine.travel(datetime.now(UTC) + timedelta(days=29)):
        row = row_of(reader.get("/today"), "Come back to")
    assert "Contacts rest" not in row
    assert "Ring igen om nøglen" in row


def test_a_follow_up_is_done_by_one_press_and_undone_by_another(reader, follow_up):
    done = follow(reader, follow_up, "settled")
    assert row_of(done, "Come back to") == ""
    assert "The follow-up is done." in done.text
    undone = follow(reader, follow_up, "reopened")
    assert row_of(undone, "Come back to")
    assert "to be come back to" in undone.text
    assert "The follow-up is done." not in undone.text


def test_a_call_about_the_same_order_settles_yesterdays_promise_and_undoing_it_brings_it_back(
    reader, world, follow_up
):
    employer = f"/employers/{world['employer']}"
    call = {"kind": "call", "about": "job_order", "order_id": world["order"], "reply": "yes"}
    made = reader.send(f"{employer}/contacts", call)
    assert made.status_code == 303, made.text
    assert row_of(reader.get("/today"), "Come back to") == ""
    history = reader.get(employer).text.partition('class="history"')[2]
    assert f"Come back to on {today():%A %d-%m-%Y}" in history
    assert "come back to it on" not in history
    (undo,) = set(re.findall(r'action="([^"]+/taken-back)"', history)) - {
        f"{employer}/contacts/{follow_up['id']}/taken-back"
    }
    assert reader.send(undo, {}).status_code == 303
    assert row_of(reader.get("/today"), "Come back to")
    assert "come back to it on" in reader.get(employer).text


def test_what_was_said_of_somebody_elses_citizen_is_not_told_on_the_day_s_list(service, reader, world):
    on = f"{today():%Y-%m-%d}"
    said = {"kind": "call", "about": "employee", "citizen_id": world["carla"], "note": "Carla er glad"}
    path = f"/api/v1/employers/{world['employer']}/contacts"
    made = service.ask("colleague", "POST", path, {**said, "on": on, "follow_up_on": on})
    assert made.status_code == 201
    row = row_of(reader.get("/today?whose=municipality"), "Come back to")
    assert "an employee with a card" in row
    assert "Carla" not in row


def test_an_address_of_a_follow_up_that_is_not_there_says_nothing(reader, world):
    page = reader.get(f"/today?followed_up={'0' * 32}")
    assert page.status_code == 200
    assert "to be come back to" not in page.text


def test_who_is_late_stands_by_name_with_the_whole_municipality(service, world):
    propose(service, world, "anna")
    page = Reader(service, "coordinator").get("/today?whose=municipality")
    assert "<span>with consultant</span>" in page.text
    assert "The contact goes through the one who knows the citizen: consultant" in page.text
    assert "Whoever knows the citizen" not in page.text


def test_who_is_shut_out_is_told_and_named_as_nobody_to_ask(service, world):
    propose(service, world, "anna")
    with service.store.unit() as unit:
        users.disable(unit, Caller("", "root", "0370", Role.OPERATOR), service.user_ids["consultant"])
        unit.commit()
    for who, link in (("coordinator", "nobody's work: choose somebody"), ("colleague", "was with")):
        listed = part(Reader(service, who).get("/today?whose=municipality"), "h-due")
        assert link in listed
        assert "was with consultant, who is shut out" in listed
        assert "Nobody who comes in works with the citizen." in listed
        assert "knows the citizen: consultant" not in listed
    citizen = Reader(service, "coordinator").get(f"/citizens/{world['anna']}/assignments").text
    assert "shut out" in citizen


def test_whose_citizen_only_a_shut_out_colleague_knew_has_nobody_to_ask_for(reader, service, world):
    propose(service, world, "carla")
    with service.store.unit() as unit:
        users.disable(unit, Caller("", "root", "0370", Role.OPERATOR), service.user_ids["colleague"])
        unit.commit()
    listed = part(reader.get("/today"), "h-due")
    assert "Nobody who comes in works with the citizen. A coordinator chooses somebody" in listed
    assert f'href="/citizens/{world["carla"]}/assignments"' in listed
    assert "colleague" not in listed.replace("Choose", "")


def test_who_has_no_citizens_reads_where_a_new_order_is_and_no_distance(service, world):
    place = {"street": "Havnevej", "house_number": "1", "postcode": "4700", "town": "Næstved"}
    firm = service.made("consultant", "employers", {"name": "Slagteren", "place": place})["id"]
    service.made("consultant", "job-orders", {"employer_id": firm, "title": "Feje", "activities": {}})
    listed = part(Reader(service, "coordinator").get("/today"), "h-new")
    assert "place not known" not in listed
    assert "where your citizens start" not in listed
    assert "Of the last 7 days, the newest first." in listed
    assert "<span>Havnevej 1, 4700 Næstved</span>" in listed
    assert "where your citizens start" in part(Reader(service).get("/today"), "h-new")


def test_a_telephone_in_a_way_to_a_citizen_says_whose_it_is_and_can_be_rung(reader, service, world):
    propose(service, world, "anna")
    place = {"street": "Havnevej", "house_number": "1", "postcode": "4700", "town": "Næstved"}
    house = {"name": "Huset", "place": place, "phone": "11223344"}
    centre = service.made("coordinator", "centres", house)["id"]
    path = f"/api/v1/citizens/{world['anna']}/contact-chain"
    links = [
        {"through": "drop_in_centre", "means": "visit", "number": "55551212", "centre_id": centre},
        {"through": "drop_in_centre", "number": "+45 11 22 33 44", "centre_id": centre},
        {"through": "caseworker", "means": "visit", "name": "Bo", "number": "Torvet 1"},
    ]
    assert service.ask("consultant", "PUT", path, {"links": links}, If_Match="*").status_code == 200
    listed = part(reader.get("/today"), "h-due").partition('class="chain"')[2].partition("</ol>")[0]
    first, second, third = (" ".join(one.split()) for one in listed.split("<li>")[1:])
    assert 'visit, ring first:</span> <a href="tel:55551212">+45 55 55 12 12</a>' in first
    assert "(written with the citizen)" in first
    own = 'the place\'s own telephone</span> <a href="tel:11223344">+45 11 22 33 44</a>'
    assert own in first.replace("&#39;", "'")
    assert 'telephone</span> <a href="tel:+4511223344">+45 11 22 33 44</a>' in second
    assert "own telephone" not in second
    assert "Torvet 1" in third
    assert "tel:" not in third
