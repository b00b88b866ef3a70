import re
from datetime import timedelta

import pytest

from api.domain.practice import Practice
from tests.api.pages.conftest import Reader
from tests.api.routes.test_proposals import came, order, propose, today, world

__all__ = ["world"]

SCRIPT = {"HX_Request": "true"}


@pytest.fixture
def proposal(service, world):
    return propose(service, world, "anna").json()


def path(proposal):
    return f"/proposals/{proposal['id']}/outcome"


def state(service, proposal):
    return service.ask("consultant", "GET", f"/api/v1/proposals/{proposal['id']}").json()


def undo(proposal):
    return f"/proposals/{proposal['id']}/undo"


def undoes(page):
    return re.findall(r'action="/proposals/\w+/(undo)"', page.text)


def version(page):
    return re.search(r'name="version" value="(\d+)"', page.text)[1]


def buttons(page):
    return re.findall(r'name="outcome" value="(\w+)"', page.text)


def test_one_press_records_a_contact_and_leads_back(service, reader, proposal):
    answer = reader.send(
        path(proposal), {"outcome": "contacted", "through": "caseworker", "back": "/citizens"}
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/citizens?recorded={proposal['id']}"
    now = state(service, proposal)
    assert (now["state"], now["contacted_through"]) == ("contacted", "caseworker")


def test_the_way_back_keeps_its_question_and_leads_nowhere_else(reader, proposal, service, world):
    kept = reader.send(path(proposal), {"outcome": "contacted", "back": "/job-orders?state=open#row"})
    assert kept.headers["location"] == f"/job-orders?state=open&recorded={proposal['id']}#row"
    away = reader.send(path(proposal), {"outcome": "withdrawn", "back": "//evil.example"})
    assert away.headers["location"] == f"/?recorded={proposal['id']}"


def test_a_script_gets_the_box_in_its_place_and_an_announcement(reader, proposal):
    page = reader.send(path(proposal), {"outcome": "contacted"}, **SCRIPT)
    assert page.status_code == 200
    assert "<html" not in page.text
    assert page.text.count(f'id="outcomes-{proposal["id"]}"') == 1
    assert re.search(r'id="told"[^>]*hx-swap-oob="innerHTML">Anna Holm, Luge bede: contacted<', page.text)
    assert buttons(page) == ["accepted"]
    assert undoes(page) == ["undo"]


def test_the_form_offers_what_can_follow_and_nothing_else(service, reader, proposal):
    page = reader.get(path(proposal))
    assert buttons(page) == ["contacted", "accepted"]
    came(service, proposal, "accepted")
    page = reader.get(path(proposal))
    outcome = page.text.partition('name="outcome">')[2].partition("</select>")[0]
    assert re.findall(r'<option value="(\w+)"', outcome) == ["not_able_now", "withdrawn"]
    came(service, proposal, "withdrawn")
    assert "<select" not in reader.get(path(proposal)).text


def test_on_paper_there_is_no_form_to_fill_in(reader, proposal):
    box = re.search(r'<div class="outcomes".*', reader.get(path(proposal)).text, re.DOTALL)[0]
    assert "<select" not in box.partition('class="outcome-row unprinted"')[0]
    assert "<select" in box


def test_who_has_a_chain_is_contacted_through_its_first_link(service, reader, world, proposal):
    links = [{"through": "drop_in_centre", "name": "Mette"}, {"through": "caseworker"}]
    chain = f"/api/v1/citizens/{world['anna']}/contact-chain"
    tag = service.ask("consultant", "GET", f"/api/v1/citizens/{world['anna']}").headers["etag"]
    assert service.ask("consultant", "PUT", chain, {"links": links}, If_Match=tag).status_code == 200
    page = reader.get(path(proposal)).text
    assert 'name="through" value="drop_in_centre"' in page
    assert "drop-in centre: Mette" in page


@pytest.mark.parametrize(
    ("said", "told"),
    [({}, "Choose whose no it is."), ({"declined_by": "citizen"}, "Choose why.")],
)
def test_a_no_without_side_or_reason_is_asked_for_with_what_was_typed(service, reader, proposal, said, told):
    page = reader.send(path(proposal), {"outcome": "declined", "note": "Vil ikke", **said}, **SCRIPT)
    assert page.status_code == 422
    assert told in page.text
    assert 'value="Vil ikke"' in page.text
    assert "<details open>" in page.text
    assert state(service, proposal)["state"] == "proposed"


def test_a_no_is_kept_with_its_side_and_its_reason(service, reader, proposal):
    no = {"outcome": "declined", "declined_by": "employer", "reason": "taken_otherwise"}
    assert reader.send(path(proposal), no).status_code == 303
    now = state(service, proposal)
    assert (now["state"], now["declined_by"], now["reason"]) == ("declined", "employer", "taken_otherwise")


def test_a_word_that_is_no_outcome_is_refused(service, reader, proposal):
    assert reader.send(path(proposal), {"outcome": "maybe"}).status_code == 422
    assert reader.send(path(proposal), {"outcome": "contacted", "through": "pigeon"}).status_code == 422
    assert reader.send(path(proposal), {}).status_code == 422
    assert state(service, proposal)["state"] == "proposed"


def test_not_able_now_is_proposed_the_practices_day_and_can_be_undone(service, reader, proposal):
    came(service, proposal, "contacted")
    proposed = Practice().review_day(today())
    assert f'value="{proposed:%d-%m-%Y}"' in reader.get(path(proposal)).text
    day = today() + timedelta(days=3)
    page = reader.send(path(proposal), {"outcome": "not_able_now", "review_on": f"{day:%d-%m-%Y}"}, **SCRIPT)
    assert f"ask again on {day:%A %d-%m-%Y}" in page.text
    assert state(service, proposal)["review_on"] == str(day)
    undone = reader.send(undo(proposal), {"version": version(page)}, **SCRIPT)
    assert "Undone</span> <strong>Anna Holm</strong>, Luge bede: contacted" in undone.text
    assert state(service, proposal)["state"] == "contacted"


@pytest.mark.parametrize("day", ["snart", "01-01-2020"])
def test_a_day_that_is_none_or_has_been_is_refused(service, reader, proposal, day):
    page = reader.send(path(proposal), {"outcome": "not_able_now", "review_on": day})
    assert page.status_code == 422
    assert f'value="{day}"' in page.text
    assert state(service, proposal)["state"] == "proposed"


@pytest.mark.parametrize("headers", [{}, SCRIPT], ids=["page", "script"])
def test_who_was_faster_is_said_with_the_time(service, reader, world, proposal, headers):
    assigned = {"user_id": service.user_ids["coordinator"]}
    service.ask("coordinator", "POST", f"/api/v1/citizens/{world['anna']}/assignments", assigned)
    seen = version(reader.get(path(proposal)))
    assert came(service, proposal, "contacted", who="coordinator").status_code == 200
    page = reader.send(path(proposal), {"outcome": "accepted", "version": seen}, **headers)
    assert page.status_code == 412
    assert re.search(r"coordinator was faster, today at \d\d:\d\d: contacted", page.text)
    assert state(service, proposal)["state"] == "contacted"
    assert version(page) != seen


def test_who_records_in_two_windows_is_told_so(reader, proposal):
    seen = version(reader.get(path(proposal)))
    reader.send(path(proposal), {"outcome": "contacted", "version": seen})
    page = reader.send(path(proposal), {"outcome": "accepted", "version": seen})
    assert page.status_code == 412
    assert re.search(
        r"You have recorded it yourself in another window, today at \d\d:\d\d: contacted", page.text
    )
    assert "was faster" not in page.text


def test_what_cannot_follow_any_more_is_said_as_somebody_faster(service, reader, proposal):
    came(service, proposal, "withdrawn")
    assert reader.send(path(proposal), {"outcome": "contacted"}).status_code == 412


def test_without_a_place_left_nothing_of_an_acceptance_is_kept(service, reader, world, proposal):
    other = propose(service, world, "bent").json()
    came(service, other, "accepted")
    page = reader.send(path(proposal), {"outcome": "accepted"})
    assert page.status_code == 422
    assert "has no place left" in page.text
    assert state(service, proposal)["state"] == "proposed"
    assert order(service, world)["places"] == 0


def test_a_pair_that_is_suggested_anew_is_not_contacted_twice(service, reader, world, proposal):
    came(service, proposal, "not-able-now")
    citizen = f"/api/v1/citizens/{world['anna']}"
    service.ask("consultant", "PATCH", citizen, {"not_able_until": None}, If_Match="*")
    propose(service, world, "anna")
    page = reader.send(path(proposal), {"outcome": "contacted"})
    assert page.status_code == 422
    assert "This citizen is suggested for this job order already" in page.text
    assert came(service, proposal, "contacted").status_code == 409
    assert state(service, proposal)["state"] == "not_able_now"


def test_somebody_elses_citizen_is_not_moved_from_here(service, world):
    carla = propose(service, world, "carla", who="colleague").json()
    page = Reader(service).send(path(carla), {"outcome": "contacted"})
    assert page.status_code == 403
    assert "Carla" not in page.text
    form = Reader(service).get(path(carla))
    assert "C.H." in form.text
    assert buttons(form) == []


def test_a_contact_recorded_by_mistake_is_undone_by_who_recorded_it(service, reader, proposal):
    reader.send(path(proposal), {"outcome": "contacted"})
    page = reader.get(path(proposal), Accept_Language="da")
    assert buttons(page) == ["accepted"]
    assert "Fortryd" in page.text
    undone = reader.send(undo(proposal), {"version": version(page)}, **SCRIPT)
    assert undone.status_code == 200
    now = state(service, proposal)
    assert (now["state"], now["contacted_through"]) == ("proposed", None)
    assert now["contact_by"] == proposal["contact_by"]
    assert "proposed" not in re.findall(r'<option value="(\w+)"', undone.text)


def test_a_contact_that_somebody_else_recorded_has_no_undo(service, reader, world, proposal):
    assigned = {"user_id": service.user_ids["coordinator"]}
    service.ask("coordinator", "POST", f"/api/v1/citizens/{world['anna']}/assignments", assigned)
    assert came(service, proposal, "contacted", who="coordinator").status_code == 200
    assert undoes(reader.get(path(proposal))) == []
    answer = reader.send(undo(proposal), {})
    assert answer.status_code == 422
    assert "by who recorded it, on the same working day" in answer.text
    assert state(service, proposal)["state"] == "contacted"


def test_what_waits_is_counted_anew_where_an_outcome_was_recorded_and_announced_with_it(reader, proposal):
    assert "2 things to do." in reader.get("/today").text
    page = reader.send(path(proposal), {"outcome": "contacted", "back": "/today"}, **SCRIPT).text
    assert "1 thing to do." in page.split('id="due-count" hx-swap-oob="true">')[1].split("</p>")[0]
    assert page.count('role="status"') == 1
    assert "Luge bede: contacted. 1 thing to do<" in page
    assert '<span class="soft" id="awaited-count" hx-swap-oob="true">(1)</span>' in page
    everybody = reader.send(undo(proposal), {"back": "/today?whose=municipality"}, **SCRIPT).text
    assert "2 things to do." in everybody.split('id="due-count"')[1]
    assert 'id="awaited-count" hx-swap-oob="true">(0)<' in everybody


@pytest.mark.parametrize("end", ["outcome", "undo"])
def test_a_script_reads_the_whole_order_again_that_hangs_on_what_was_recorded(reader, world, proposal, end):
    back = f"/job-orders/{world['order']}"
    sent = {"outcome": "accepted", "back": back}
    answer = reader.send(f"/proposals/{proposal['id']}/{end}", sent, **SCRIPT)
    assert (answer.status_code, answer.text) == (204, "")
    assert answer.headers["hx-redirect"] == f"{back}?recorded={proposal['id']}"
    page = reader.get(answer.headers["hx-redirect"]).text
    standing = page.split('<p class="standing">')[1].split("</p>")[0]
    accepted = end == "outcome"
    assert ("filled" in standing) is accepted
    assert ('id="candidates"' not in page) is accepted
    assert page.count("autofocus") == 1


def test_what_kept_a_script_from_recording_is_told_in_its_place_on_an_order(reader, world, proposal):
    told = {"outcome": "declined", "back": f"/job-orders/{world['order']}"}
    answer = reader.send(path(proposal), told, **SCRIPT)
    assert answer.status_code == 422
    assert "hx-redirect" not in answer.headers


def test_what_waits_is_not_counted_on_other_pages(reader, proposal):
    page = reader.send(path(proposal), {"outcome": "contacted", "back": "/job-orders"}, **SCRIPT).text
    assert "due-count" not in page
    assert "awaited-count" not in page
    assert "to do" not in page


FOLLOWS = {
    "contacted": ("contacted", {}, ["recorded in the same place when it comes"]),
    "not able now": ("not_able_now", {}, ["find somebody else for Luge bede"]),
    "accepted": ("accepted", {}, ["call Gartneriet and agree how it begins", 'href="tel:55551212"']),
    "declined": (
        "declined",
        {"declined_by": "citizen", "reason": "task"},
        ["find somebody else for Luge bede", "find another task for Anna Holm"],
    ),
    "withdrawn": ("withdrawn", {}, ["find somebody else for Luge bede", "find another task for Anna Holm"]),
}


@pytest.mark.parametrize(("outcome", "more", "said"), FOLLOWS.values(), ids=FOLLOWS.keys())
@pytest.mark.parametrize("headers", [{}, SCRIPT], ids=["page", "script"])
def test_each_outcome_says_what_was_recorded_undoes_and_leads_to_the_next_step(
    service, reader, world, proposal, outcome, more, said, headers
):
    changed = {"phone": "55 55 12 12"}
    address = f"/api/v1/employers/{world['employer']}"
    tag = service.ask("consultant", "GET", address).headers["etag"]
    assert service.ask("consultant", "PATCH", address, changed, If_Match=tag).status_code == 200
    back = f"/citizens/{world['anna']}" if headers else f"/job-orders/{world['order']}"
    answer = reader.send(path(proposal), {"outcome": outcome, "back": back, **more}, **headers)
    page = answer if headers else reader.get(answer.headers["location"])
    kept = page.text.split('class="kept"')[1].split("</div>")[0]
    assert "Recorded</span> <strong>Anna Holm</strong>" in kept
    assert f'action="/proposals/{proposal["id"]}/undo"' in kept
    for each in said:
        assert each in kept


def test_who_reads_no_employers_and_no_orders_is_led_to_none(service, world, proposal):
    staff = {"user_id": service.user_ids["centre_staff"]}
    service.ask("coordinator", "POST", f"/api/v1/citizens/{world['anna']}/assignments", staff)
    page = Reader(service, "centre_staff").send(path(proposal), {"outcome": "not_able_now"}, **SCRIPT).text
    kept = page.split('class="kept"')[1].split("</div>")[0]
    assert "Undo" in kept
    assert "/job-orders/" not in kept
    assert "/employers/" not in kept


def test_what_something_builds_on_is_not_undone_and_it_is_said_why(service, reader, world, proposal):
    reader.send(path(proposal), {"outcome": "accepted"})
    ended = {"state": "ended", "seen": str(order(service, world)["version"])}
    assert reader.send(f"/job-orders/{world['order']}/state", ended).status_code == 303
    page = reader.send(undo(proposal), {}, **SCRIPT)
    assert page.status_code == 422
    assert "The job order has gone on since: it is ended." in page.text
    assert state(service, proposal)["state"] == "accepted"


def test_what_somebody_has_moved_meanwhile_is_not_undone(service, reader, world, proposal):
    assigned = {"user_id": service.user_ids["coordinator"]}
    service.ask("coordinator", "POST", f"/api/v1/citizens/{world['anna']}/assignments", assigned)
    seen = version(reader.send(path(proposal), {"outcome": "contacted"}, **SCRIPT))
    came(service, proposal, "accepted", who="coordinator")
    page = reader.send(undo(proposal), {"version": seen}, **SCRIPT)
    assert page.status_code == 412
    assert "coordinator was faster" in page.text


def test_a_suggestion_says_until_when_and_how_the_citizen_is_reached(service, reader, world):
    back = f"/job-orders/{world['order']}"
    sent = reader.send(f"{back}/proposals", {"citizen_id": world["anna"]})
    page = reader.get(sent.headers["location"]).text
    kept = page.split('class="kept"')[1].split("</div>")[0]
    assert "Suggested</span> <strong>Anna Holm</strong>, Luge bede" in kept
    assert re.search(r"Anna Holm is to be contacted by [^:]+: 3 working days left\.", kept)
    assert "No way to reach the citizen is written down." in kept
    assert f'href="/citizens/{world["anna"]}/contact-chain"' in kept
    assert "Undo the suggestion" in kept


def test_a_suggestion_that_is_undone_leaves_the_order_as_if_it_had_not_been(service, reader, world, proposal):
    back = f"/job-orders/{world['order']}"
    page = reader.get(reader.send(undo(proposal), {"back": back}).headers["location"]).text
    assert "as if it had not been suggested" in page
    assert 'id="suggested"' not in reader.get(back).text
    assert re.search(r'href="/citizens/\w+">Anna Holm</a></h3>', reader.get(back).text)


def test_an_acceptance_that_is_undone_stands_in_the_orders_log_in_words(service, reader, proposal, world):
    reader.send(path(proposal), {"outcome": "contacted"}, **SCRIPT)
    page = reader.send(path(proposal), {"outcome": "accepted"}, **SCRIPT)
    reader.send(undo(proposal), {"version": version(page)}, **SCRIPT)
    log = reader.get(f"/job-orders/{world['order']}").text.split('class="history"')[1]
    assert "open: taken back, " in log.split("</ol>")[0]
    assert "taken_back" not in log


def steps(page):
    return re.findall(r'action="/proposals/\w+/(start-agreed|begun)"', page.text)


def test_after_a_yes_a_first_day_is_agreed_on_and_then_it_has_begun(service, reader, proposal):
    came(service, proposal, "accepted")
    page = reader.get(path(proposal))
    assert steps(page) == ["start-agreed", "begun"]
    day = (today() + timedelta(days=3)).strftime("%d-%m-%Y")
    agreed = reader.send(f"/proposals/{proposal['id']}/start-agreed", {"starts_on": day}, **SCRIPT)
    assert re.search(rf"begins on \w+day {day}", agreed.text)
    assert "until it is recorded that it has begun" in agreed.text
    assert undoes(agreed) == ["undo"]
    begun = reader.send(f"/proposals/{proposal['id']}/begun", {"back": "/citizens"})
    assert begun.headers["location"] == f"/citizens?recorded={proposal['id']}"
    assert steps(reader.get(path(proposal))) == []
    assert state(service, proposal)["began_on"] == today().isoformat()


def test_a_first_day_that_is_none_comes_back_at_its_field(service, reader, proposal):
    came(service, proposal, "accepted")
    address = f"/proposals/{proposal['id']}/start-agreed"
    for typed in ("snart", "01-01-2020", ""):
        page = reader.send(address, {"starts_on": typed}, **SCRIPT)
        assert page.status_code == 422
        field = re.search(r'<input[^>]*name="starts_on"[^>]*>', page.text)[0]
        assert 'aria-invalid="true"' in field
        assert f'value="{typed}"' in field
    assert state(service, proposal)["starts_on"] is None


def test_the_day_beside_the_button_is_the_one_on_which_it_began(service, reader, proposal):
    came(service, proposal, "accepted")
    box = reader.get(path(proposal)).text
    [form] = [one for one in re.findall(r"<form.*?</form>", box, re.DOTALL) if 'name="starts_on"' in one]
    assert f'formaction="/proposals/{proposal["id"]}/begun"' in form
    day = today() - timedelta(days=2)
    page = reader.send(f"/proposals/{proposal['id']}/begun", {"starts_on": f"{day:%d-%m-%Y}"}, **SCRIPT)
    assert page.status_code == 200
    assert f"begun on {day:%A %d-%m-%Y}" in page.text
    assert state(service, proposal)["began_on"] == day.isoformat()


@pytest.mark.parametrize("headers", [{}, SCRIPT], ids=["page", "script"])
def test_an_agreed_day_to_come_is_not_recorded_as_begun_and_the_way_out_is_said(
    service, reader, proposal, headers
):
    came(service, proposal, "accepted")
    wanted = today() + timedelta(days=3)
    day = f"{wanted:%d-%m-%Y}"
    reader.send(f"/proposals/{proposal['id']}/start-agreed", {"starts_on": day})
    assert f'value="{day}"' in reader.get(path(proposal)).text
    page = reader.send(f"/proposals/{proposal['id']}/begun", {"starts_on": day}, **headers)
    assert page.status_code == 422
    assert f"{wanted} is still to come. Give the day on which it began, or no day for today." in page.text
    field = re.search(r'<input[^>]*name="starts_on"[^>]*>', page.text)[0]
    assert 'aria-invalid="true"' in field
    assert state(service, proposal)["began_on"] is None


def test_nobody_begins_who_has_not_said_yes(service, reader, proposal):
    assert steps(reader.get(path(proposal))) == []
    assert reader.send(f"/proposals/{proposal['id']}/begun", {}).status_code == 412
    assert state(service, proposal)["state"] == "proposed"


def test_who_has_begun_is_not_waiting_and_one_press_says_that_they_look_for_more(reader, service, world):
    made = propose(service, world, "anna").json()
    came(service, made, "accepted")
    asked = f"/citizens/{world['anna']}/looks-for-more"
    assert asked not in reader.get("/citizens").text
    page = reader.send(f"/proposals/{made['id']}/begun", {}, **SCRIPT)
    assert "Anna Holm is not counted as waiting any more." in page.text
    assert asked in page.text
    listed = reader.get("/citizens").text
    assert f"begun with Luge bede on {today():%d-%m-%Y}" in listed
    assert asked in listed
    answer = reader.send(asked, {})
    assert answer.status_code == 303
    shown = reader.get(answer.headers["location"]).text
    assert f"begun with Luge bede on {today():%d-%m-%Y}" in shown
    now = service.ask("consultant", "GET", f"/api/v1/citizens/{world['anna']}").json()
    assert (now["ready"], now["waiting_since"]) == (True, today().isoformat())
    assert asked not in reader.get("/citizens").text


def test_the_first_day_says_that_it_comes_from_the_job_order_until_one_is_agreed(service, reader, world):
    made = propose(service, world, "anna").json()
    came(service, made, "accepted")
    said = "as the job order says"
    assert said not in reader.get(path(made)).text
    wanted = today() + timedelta(days=60)
    now = service.ask("consultant", "GET", f"/api/v1/job-orders/{world['order']}")
    change = {"starts_on": wanted.isoformat()}
    headers = {"If-Match": now.headers["etag"]}
    path_ = f"/api/v1/job-orders/{world['order']}"
    kept = service.ask("consultant", "PATCH", path_, change, **headers)
    assert kept.status_code == 200, kept.text
    page = reader.get(path(made)).text
    assert said in page
    assert f'value="{wanted:%d-%m-%Y}"' in page
    day = f"{today() + timedelta(days=3):%d-%m-%Y}"
    agreed = reader.send(f"/proposals/{made['id']}/start-agreed", {"starts_on": day}, **SCRIPT)
    assert said not in agreed.text
