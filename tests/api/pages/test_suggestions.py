"""What was suggested stays in sight until it is answered: on the citizen's page, their list and the day's."""

import re

import pytest

from api.store import audit
from tests.api.pages.conftest import Reader
from tests.api.routes.test_proposals import came, propose, world

__all__ = ["world"]


def suggested(page):
    return page.text.partition('id="suggested"')[2].partition("</section>")[0]


def standing(page):
    lines = re.findall(r'class="who-line">(.*?)</p>', suggested(page), re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in lines]


def ways(page):
    return re.findall(r'action="/proposals/\w+/([\w-]+)"', suggested(page))


def answers(page):
    outcome = suggested(page).partition('name="outcome">')[2].partition("</select>")[0]
    return re.findall(r'<option value="(\w+)"', outcome)


def test_a_citizens_page_without_a_suggestion_has_no_room_for_any(reader, world):
    assert 'id="suggested"' not in reader.get(f"/citizens/{world['anna']}").text


def test_who_was_suggested_stands_with_the_deadline_and_can_be_answered_for(service, reader, world):
    made = propose(service, world, "anna", note="Glæder sig").json()
    page = reader.get(f"/citizens/{world['anna']}")
    assert re.match(r"Luge bede suggested on \d\d-\d\d-\d{4} contact by \d\d-\d\d-\d{4}$", standing(page)[0])
    assert "Glæder sig" in suggested(page)
    assert f'action="/proposals/{made["id"]}/outcome"' in suggested(page)


@pytest.mark.parametrize(("outcome", "next_ones"), [("contacted", 4), ("accepted", 2)])
def test_who_was_contacted_or_said_yes_is_still_there_and_can_be_answered_for(
    service, reader, world, outcome, next_ones
):
    came(service, propose(service, world, "anna").json(), outcome)
    page = reader.get(f"/citizens/{world['anna']}")
    assert standing(page)[0].startswith(f"Luge bede {outcome} ")
    assert "contact by" not in standing(page)[0]
    assert len(answers(page)) == next_ones


def test_what_was_withdrawn_has_a_line_and_only_the_way_back(service, reader, world):
    came(service, propose(service, world, "anna").json(), "withdrawn")
    page = reader.get(f"/citizens/{world['anna']}")
    assert standing(page)[0].startswith("Luge bede withdrawn ")
    assert ways(page) == ["undo"]


NO = {"declined_by": "citizen", "reason": "task", "note": "Vil hellere ud"}


@pytest.mark.parametrize("where", ["citizens/{anna}", "job-orders/{order}"])
def test_a_no_says_whose_it_is_why_and_what_was_noted_and_is_undone_there(service, reader, world, where):
    address = f"/{where.format(**world)}"
    made = propose(service, world, "anna").json()
    came(service, made, "declined", **NO)
    page = reader.get(address)
    assert "declined (the citizen: the task)" in " ".join(suggested(page).split())
    assert '<p class="note">Vil hellere ud</p>' in suggested(page)
    assert ways(page) == ["undo"]
    undone = reader.send(f"/proposals/{made['id']}/undo", {"back": address})
    assert undone.status_code == 303
    again = suggested(reader.get(address))
    assert "declined" not in again.partition("<form")[0]
    assert "Vil hellere ud" not in again


def test_a_no_that_somebody_else_recorded_is_read_and_not_undone(service, reader, world):
    assigned = {"user_id": service.user_ids["coordinator"]}
    service.ask("coordinator", "POST", f"/api/v1/citizens/{world['anna']}/assignments", assigned)
    made = propose(service, world, "anna").json()
    assert (
        service.ask("coordinator", "POST", f"/api/v1/proposals/{made['id']}/declined", NO).status_code == 200
    )
    page = reader.get(f"/citizens/{world['anna']}")
    assert "Vil hellere ud" in suggested(page)
    assert ways(page) == []


def test_to_whom_the_citizen_is_not_open_a_no_tells_neither_reason_nor_note(service, world):
    came(service, propose(service, world, "anna").json(), "declined", **NO)
    page = Reader(service, "colleague").get(f"/job-orders/{world['order']}")
    assert "declined" in suggested(page)
    assert "the citizen: the task" not in page.text
    assert "Vil hellere ud" not in page.text


def test_what_is_recorded_there_without_a_script_is_told_there(service, reader, world):
    made, address = propose(service, world, "anna").json(), f"/citizens/{world['anna']}"
    told = {"outcome": "contacted", "back": address}
    page = reader.get(reader.send(f"/proposals/{made['id']}/outcome", told).headers["location"])
    assert "Recorded</span> <strong>Anna Holm</strong>, Luge bede: contacted" in suggested(page)


def test_a_suggestion_taken_back_there_is_told_above_and_is_gone(service, reader, world):
    made, address = propose(service, world, "anna").json(), f"/citizens/{world['anna']}"
    page = reader.get(reader.send(f"/proposals/{made['id']}/undo", {"back": address}).headers["location"])
    assert "as if it had not been suggested" in page.text
    assert suggested(page) == ""


def test_the_page_of_somebody_elses_citizen_says_nothing_of_suggestions(service, reader, world):
    propose(service, world, "carla", started_from="job_order")
    page = reader.get(f"/citizens/{world['carla']}")
    assert page.status_code == 403
    assert "Luge bede" not in page.text


def test_a_look_at_a_citizens_suggestions_is_the_look_at_the_citizen(service, reader, world):
    propose(service, world, "anna")

    def looks():
        with service.store.unit(read_only=True) as unit:
            return [one.action for one in audit.of_citizen(unit, "0370", world["anna"])]

    before = len(looks())
    reader.get(f"/citizens/{world['anna']}")
    assert len(looks()) == before + 1


def awaited(page):
    """Who is waited for; nothing while the part is hidden, where its count can be told anew."""
    assert page.text.count('id="awaited-count"') == 1
    if '<section aria-labelledby="h-awaited" class="day-part" hidden>' in page.text:
        return ""
    part = page.text.partition('id="h-awaited"')[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", part.partition("<form")[0].partition(">")[2]).split())


def test_who_was_contacted_waits_for_an_answer_on_the_days_page(service, reader, world):
    assert awaited(reader.get("/today")) == ""
    made = propose(service, world, "anna").json()
    assert awaited(reader.get("/today")) == ""
    came(service, made, "contacted", through="caseworker")
    page = reader.get("/today")
    assert (
        awaited(page) == "Waiting for an answer (1) Anna Holm , Luge bede contacted (caseworker) since today"
    )
    assert f'action="/proposals/{made["id"]}/outcome"' in page.text
    assert awaited(Reader(service, "colleague").get("/today")) == ""
    came(service, made, "accepted")
    assert awaited(reader.get("/today")) == ""


def test_who_is_somebody_elses_work_waits_for_an_answer_by_initials(service, world):
    came(service, propose(service, world, "anna").json(), "contacted", through="caseworker")
    colleague = Reader(service, "colleague")
    page = colleague.get("/today?whose=municipality")
    assert awaited(page).startswith("Waiting for an answer (1) A.H., Luge bede contacted")
    assert "Anna" not in page.text
    assert "/outcome" not in page.text


def test_a_candidate_who_is_suggested_elsewhere_is_told_so_and_somebody_elses_is_not(service, reader, world):
    task = {"employer_id": world["employer"], "title": "Feje gård", "activities": {"green": 1}}
    other = service.made("consultant", "job-orders", task)["id"]
    made = propose(service, world, "anna").json()
    propose(service, world, "carla")
    page = reader.get(f"/job-orders/{other}").text
    assert len(re.findall(r"suggested for Luge bede on \d\d-\d\d-\d{4}<", page)) == 1
    came(service, made, "accepted")
    page = reader.get(f"/job-orders/{other}").text
    assert "suggested for Luge bede" not in page
    assert page.count("has said yes to Luge bede<") == 1
    theirs = Reader(service, "colleague").get(f"/job-orders/{other}").text
    assert "has said yes" not in theirs
    assert theirs.count("suggested for Luge bede on") == 1


def test_the_list_of_citizens_leads_to_what_waits_for_an_answer(service, reader, world):
    way = f'href="/citizens/{world["anna"]}#suggested"'
    assert way not in reader.get("/citizens").text
    made = propose(service, world, "anna").json()
    came(service, made, "contacted")
    assert way in reader.get("/citizens").text
    came(service, made, "withdrawn")
    assert way not in reader.get("/citizens").text
    assert way not in Reader(service, "colleague").get("/citizens").text
