import re
from datetime import datetime, timedelta
from html import unescape

import pytest
import time_machine
from sqlalchemy import select

from api.store import audit
from api.store.tables import ProposalRow
from matching.times import DENMARK_TIME
from tests.api.pages.conftest import Reader

NEAR = {"lat": 55.2350, "lon": 11.7700}
SOBER = {"alcohol_present": "no"}


@pytest.fixture
def world(service):
    """A task near the centre, Anna who is the consultant's work, and Bo who is a colleague's."""
    made = service.made
    centre = made("coordinator", "centres", {"name": "Havnen", "place": {"lat": 55.2306, "lon": 11.7605}})[
        "id"
    ]
    person = {"anchors": [{"centre_id": centre}], "attitudes": {"green": "gladly"}, "mode": "bicycle"}
    ids = {
        "anna": made("consultant", "citizens", person | {"name": "Anna Marie Holm"})["id"],
        "bo": made("colleague", "citizens", person | {"name": "Bo Birk", "avoids": ["machines"]})["id"],
        "employer": made("consultant", "employers", {"name": "Gartneriet", "place": NEAR, "demands": SOBER})[
            "id"
        ],
    }
    link = {"through": "drop_in_centre", "name": "Kirsten i køkkenet", "number": "55 55 33 44"}
    for who, name in (("consultant", "anna"), ("colleague", "bo")):
        address = f"/api/v1/citizens/{ids[name]}/contact-chain"
        assert service.ask(who, "PUT", address, {"links": [link]}, If_Match="*").status_code == 200
    body = {
        "title": "Luge bede",
        "employer_id": ids["employer"],
        "channel": "phone",
        "activities": {"green": 1},
    }
    ids["order"] = made("consultant", "job-orders", body)["id"]
    return ids


def page(reader, world, query=""):
    answer = reader.get(f"/job-orders/{world['order']}{query}")
    assert answer.status_code == 200, answer.text
    return answer.text


def sent(reader, world, part, form):
    answer = reader.send(f"/job-orders/{world['order']}/{part}", form)
    assert answer.status_code == 303, answer.text
    return reader.get(answer.headers["location"]).text


def part(text, name):
    """A section of the page."""
    return (
        text.split(f'aria-labelledby="h-{name}"')[1].split("</section>")[0] if f'"h-{name}"' in text else ""
    )


def test_an_order_that_nobody_suits_is_taken_down_without_a_promise(service, reader, world):
    told = reader.get(f"/job-orders/{world['order']}?done=registered").text
    assert "The job order is taken down. These citizens suit it." in told
    for citizen in ("anna", "bo"):
        who = "consultant" if citizen == "anna" else "colleague"
        path = f"/api/v1/citizens/{world[citizen]}"
        etag = service.ask(who, "GET", path).headers["etag"]
        assert service.ask(who, "PATCH", path, {"ready": False}, If_Match=etag).status_code == 200
    told = reader.get(f"/job-orders/{world['order']}?done=registered").text
    assert "The job order is taken down." in told
    assert "These citizens suit it." not in told


def test_the_day_an_order_came_is_told_also_where_nobody_wrote_how_it_came(service, reader, world):
    body = {"title": "Feje", "employer_id": world["employer"], "received_on": "2026-11-19"}
    order = service.made("consultant", "job-orders", body)["id"]
    assert "Received Thursday 19-11-2026." in unescape(part(page(reader, {"order": order}), "moves"))


def test_a_candidate_is_told_by_name_reasons_and_whom_to_ring(reader, world):
    listed = part(page(reader, world), "candidates")
    assert "Anna Marie Holm" in listed
    assert "Kirsten i køkkenet" in listed
    assert 'href="tel:55553344"' in listed
    assert 'class="points-bar"' in listed


def test_of_somebody_elses_citizen_initials_are_all_there_is(service, reader, world):
    machines = {"about": "avoids:machines", "answer": "no"}
    text = unescape(sent(reader, world, "answers", machines))
    for secret in ("Bo Birk", "Birk"):
        assert secret not in text
    before, row = text.split("Somebody else's work")
    assert "B.B." not in before
    assert "B.B." in row.split("</li>")[0]
    for hidden in ("points", "Kirsten", "55 55 33 44", "Why", "min."):
        assert hidden not in row.split("</li>")[0]


def test_a_candidate_is_suggested_in_one_click_with_a_note(reader, world):
    listed = page(reader, world)
    list_id = re.search(r'name="list_id" value="(\w+)"', listed)[1]
    form = {"citizen_id": world["anna"], "list_id": list_id, "note": "Ring efter kl. 10"}
    text = sent(reader, world, "proposals", form)
    assert "Anna Marie Holm" in part(text, "suggested")
    assert "Ring efter kl. 10" in part(text, "suggested")
    assert "Anna Marie Holm" not in part(text, "candidates")
    made = reader.service.ask("consultant", "GET", "/api/v1/proposals").json()["items"]
    assert [(one["citizen"]["id"], one["started_from"]) for one in made] == [(world["anna"], "job_order")]
    with reader.service.store.unit(read_only=True) as unit:
        assert unit.session.scalars(select(ProposalRow.list_id)).all() == [list_id]


def test_what_came_of_it_is_recorded_on_the_same_page(reader, world):
    text = part(sent(reader, world, "proposals", {"citizen_id": world["anna"]}), "suggested")
    address = re.search(r'action="(/proposals/\w+/outcome)"', text)[1]
    back = f"/job-orders/{world['order']}"
    answer = reader.send(address, {"outcome": "contacted", "through": "drop_in_centre", "back": back})
    text = part(reader.get(answer.headers["location"]).text, "suggested")
    assert "Recorded" in text
    assert "contacted (drop-in centre" in text


def test_a_pair_is_not_suggested_twice(reader, world):
    form = {"citizen_id": world["anna"]}
    sent(reader, world, "proposals", form)
    again = reader.send(f"/job-orders/{world['order']}/proposals", form)
    assert again.status_code == 409
    assert "suggested for this job order already" in again.text


def test_an_answer_brings_somebody_onto_the_list_and_can_be_taken_back(reader, world):
    asked = part(page(reader, world), "questions")
    assert "avoids:machines" in asked
    text = sent(reader, world, "answers", {"about": "avoids:machines", "answer": "no"})
    assert "avoids:machines" not in part(text, "questions")
    text = sent(reader, world, "answers", {"about": "avoids:machines", "answer": "unknown"})
    assert "avoids:machines" in part(text, "questions")


def test_the_clock_is_stopped_with_a_reason_and_runs_again(reader, world):
    assert "Contact a citizen by" in page(reader, world)
    text = sent(reader, world, "pause", {"reason": "Virksomheden holder lukket"})
    assert "Virksomheden holder lukket" in text
    assert "Contact a citizen by" not in text
    assert "Contact a citizen by" in sent(reader, world, "resume", {})


def test_a_clock_that_stands_still_already_is_told_on_the_page_of_its_order(reader, world):
    sent(reader, world, "pause", {"reason": "Virksomheden holder lukket"})
    again = reader.send(f"/job-orders/{world['order']}/pause", {"reason": "Ferie"})
    assert again.status_code == 409
    assert "The deadline has stood still since" in again.text
    assert "Virksomheden holder lukket" in again.text
    assert "uq_" not in again.text


def test_a_clock_without_a_reason_is_not_stopped(reader, world):
    assert reader.send(f"/job-orders/{world['order']}/pause", {"reason": ""}).status_code == 422
    assert "Contact a citizen by" in page(reader, world)


def test_an_order_sent_back_shows_the_next_candidates_without_those_asked_before(reader, world):
    sent(reader, world, "proposals", {"citizen_id": world["anna"]})
    text = sent(reader, world, "return", {"cause": "citizen_not_able", "note": "Ikke i denne uge"})
    assert "A new clock has started" in text
    assert "Ikke i denne uge" in part(text, "moves")
    assert "Anna Marie Holm" not in part(text, "candidates")
    again = reader.service.ask("consultant", "GET", "/api/v1/proposals").json()["items"][0]
    assert again["state"] == "not_able_now"


def test_an_order_that_the_employer_withdrew_promises_neither_clock_nor_candidates(reader, world):
    text = sent(reader, world, "return", {"cause": "employer_withdrew"})
    assert "Sent back." in text
    assert "these are the next" not in text.casefold()


def test_nothing_goes_on_with_what_the_employer_withdrew_from_its_page(reader, world):
    sent(reader, world, "proposals", {"citizen_id": world["anna"]})
    text = sent(reader, world, "return", {"cause": "citizen_not_able"})
    assert '<option value="accepted"' in part(text, "suggested")
    text = sent(reader, world, "return", {"cause": "employer_withdrew"})
    assert '<option value="declined"' in part(text, "suggested")
    assert '<option value="accepted"' not in part(text, "suggested")
    assert "/return" not in text


def test_a_suggestion_that_is_closed_says_so_once(reader, world):
    sent(reader, world, "proposals", {"citizen_id": world["anna"]})
    text = sent(reader, world, "return", {"cause": "no_candidate"})
    assert part(text, "suggested").count("withdrawn") == 1


def chosen(text, name):
    """What a select of the form holds before anybody has chosen."""
    options = text.split(f'name="{name}"')[1].split("</select>")[0]
    first = re.search(r'<option value="(\w*)"', options)[1]
    return next(iter(re.findall(r'<option value="(\w+)" selected', options)), first)


def test_why_an_order_goes_back_is_chosen_and_who_of_several_as_well(reader, world):
    text = sent(reader, world, "proposals", {"citizen_id": world["anna"]})
    assert chosen(text, "cause") == chosen(text, "proposal_id") == ""
    text = sent(reader, world, "proposals", {"citizen_id": world["bo"]})
    assert chosen(text, "cause") == chosen(text, "proposal_id") == ""
    address = f"/job-orders/{world['order']}/return"
    assert reader.send(address, {"cause": "", "proposal_id": ""}).status_code == 422
    assert reader.send(address, {"cause": "citizen_not_able", "proposal_id": ""}).status_code == 422


def test_a_return_without_a_cause_is_refused(reader, world):
    assert reader.send(f"/job-orders/{world['order']}/return", {"note": "?"}).status_code == 422


def test_an_order_is_filled_and_opened_again(reader, world):
    text = sent(reader, world, "state", {"state": "filled", "seen": "1"})
    assert part(text, "candidates") == ""
    seen = re.search(r'name="seen" value="(\d+)"', text)[1]
    assert part(sent(reader, world, "state", {"state": "open", "seen": seen}), "candidates")


def test_who_was_faster_is_told_and_nothing_is_stored(service, reader, world):
    sent(Reader(service, "coordinator"), world, "state", {"state": "filled", "seen": "1"})
    late = reader.send(f"/job-orders/{world['order']}/state", {"state": "ended", "seen": "1"})
    assert late.status_code == 412
    assert "coordinator changed this job order on" in late.text
    kept = service.ask("consultant", "GET", f"/api/v1/job-orders/{world['order']}").json()
    assert kept["state"] == "filled"


def test_who_changes_an_order_in_two_windows_is_told_so(reader, world):
    sent(reader, world, "state", {"state": "filled", "seen": "1"})
    late = reader.send(f"/job-orders/{world['order']}/state", {"state": "ended", "seen": "1"})
    assert late.status_code == 412
    assert "You have changed it yourself in another window" in late.text
    assert "changed this job order" not in late.text


def test_those_who_rank_nobody_see_the_order_and_no_citizen(service, world):
    text = page(Reader(service, "analyst"), world)
    assert "Luge bede" in text
    assert part(text, "candidates") == part(text, "suggested") == ""
    assert "<form" not in text.split("<main")[1].split("</main>")[0]


def rows(text):
    return re.findall(r'<a href="/job-orders/\w+">([^<]+)</a>', text)


def test_the_list_has_the_newest_first_and_goes_on_where_it_stopped(service, reader, world):
    today = datetime.now(DENMARK_TIME).date()
    for number in range(30):
        body = {"title": f"Nr. {number}", "employer_id": world["employer"]}
        day = (today - timedelta(days=number + 1)).isoformat()
        service.made("consultant", "job-orders", body | {"received_on": day})
    first = reader.get("/job-orders").text
    more = unescape(re.search(r'href="(/job-orders\?cursor=[^"]+)"', first)[1])
    found = rows(first) + rows(reader.get(more).text)
    assert found == ["Luge bede", *(f"Nr. {number}" for number in range(30))]


def test_state_and_words_stand_in_the_address(service, reader, world):
    made = {"title": "Feje gård", "employer_id": world["employer"], "state": "ended"}
    service.made("consultant", "job-orders", made)
    assert rows(reader.get("/job-orders").text) == ["Luge bede"]
    assert rows(reader.get("/job-orders?state=ended").text) == ["Feje gård"]
    assert rows(reader.get("/job-orders?state=all&q=gartneri fej").text) == ["Feje gård"]
    nothing = reader.get("/job-orders?q=bageri")
    assert rows(nothing.text) == []
    assert "No job order here." in nothing.text


@pytest.mark.parametrize("query", ["?state=nowhere", "?cursor=garbled"])
def test_an_address_that_names_nothing_is_refused(reader, query):
    assert reader.get(f"/job-orders{query}").status_code == 422


def test_a_deadline_that_has_passed_is_told(service, reader, world):
    body = {
        "title": "Gammel",
        "employer_id": world["employer"],
        "channel": "mail",
        "received_on": "2026-01-05",
    }
    service.made("consultant", "job-orders", body)
    assert "overdue since 08-01-2026" in reader.get("/job-orders?q=gammel").text


def test_another_municipality_lists_none_of_it(service, world):
    assert rows(Reader(service, "away").get("/job-orders?state=all").text) == []


def test_a_task_is_suggested_from_the_shortlist_and_its_state_stands_in_the_row(reader, world):
    address = f"/citizens/{world['anna']}"
    form = {"order_id": world["order"], "note": "Gerne formiddag", "view": "?max_minutes=30"}
    answer = reader.send(f"{address}/proposals", form)
    way = answer.headers["location"]
    assert re.fullmatch(rf"{address}/shortlist\?max_minutes=30&recorded=\w+", way)
    row = shortlist_row(reader.get(way).text, world)
    assert re.search(r'<span class="tag warn">suggested on \d\d-\d\d-\d{4}</span>', row)
    assert "proposed" not in row
    assert re.search(r"is to be contacted by [^:]+: 3 working days left\.", row)
    assert '<p class="note">note: Gerne formiddag</p>' in row
    assert re.findall(r'action="([^"]+)"', row) == [f"/proposals/{way.rpartition('=')[2]}/undo"]
    undone = reader.send(f"/proposals/{way.rpartition('=')[2]}/undo", {"back": f"{address}/shortlist"})
    back = shortlist_row(reader.get(undone.headers["location"]).text, world)
    assert "as if it had not been suggested" in back
    assert f'form="suggest" name="order_id" value="{world["order"]}"' in back
    assert "Gerne formiddag" not in back


def test_the_box_for_a_note_has_a_label_and_a_button_and_nothing_is_told_of_no_note(reader, world):
    text = reader.get(f"/citizens/{world['anna']}/shortlist").text
    assert f'data-writes="{world["order"]}"' in shortlist_row(text, world)
    box = text.split('<template id="note-box">')[1].split("</template>")[0]
    assert re.search(r'<label [^>]*>Note to the suggestion.*</label>\s*<input [^>]*name="note"', box)
    assert re.search(r'<button [^>]*name="order_id">Suggest with the note', box)
    sent_to = reader.send(f"/citizens/{world['anna']}/proposals", {"order_id": world["order"]})
    row = shortlist_row(reader.get(sent_to.headers["location"]).text, world)
    assert "is to be contacted by" in row
    assert "note" not in row


def test_without_scripts_one_box_takes_the_note_to_whichever_task_is_suggested(reader, world):
    text = reader.get(f"/citizens/{world['anna']}/shortlist").text
    form = re.search(r'<form id="suggest".*?</form>', text, re.DOTALL)[0]
    assert re.search(
        r'<label [^>]*for="note">Note to the task that you suggest</label>\s*<input [^>]*id="note"', form
    )
    assert re.findall(r"<button[^>]*>", form) == ["<button disabled hidden>"]
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) | {
        "order_id": world["order"],
        "note": "Ring først",
    }
    made = reader.send(re.search(r'action="([^"]+)"', form)[1], sent)
    row = shortlist_row(reader.get(made.headers["location"]).text, world)
    assert '<p class="note">note: Ring først</p>' in row


def shortlist_row(text, world):
    return text.split(f'id="row-{world["order"]}"')[1].split('<details class="why-row"')[0]


def test_the_way_back_to_a_shortlist_never_leads_elsewhere(reader, world):
    form = {"order_id": world["order"], "view": "@evil.example\\"}
    answer = reader.send(f"/citizens/{world['anna']}/proposals", form)
    assert answer.headers["location"].startswith("/?recorded=")


def test_somebody_elses_citizen_is_not_suggested_from_a_shortlist(reader, world):
    assert reader.send(f"/citizens/{world['bo']}/proposals", {"order_id": world["order"]}).status_code == 403


def asked(text):
    """What is asked, in the order of the page: the rule and where the answer goes."""
    return [(rule, where) for where, rule in answer_forms(part(text, "questions"))]


def to_take_back(text):
    """Where each answer that counts is taken back, by the rule."""
    return {rule: where for where, rule in answer_forms(part(text, "known"))}


def answer_forms(section):
    return re.findall(
        r'action="/job-orders/\w+/([\w-]+)">\s*<input type="hidden" name="about" value="([^"]+)"', section
    )


def test_what_most_citizens_hang_on_is_asked_first_and_an_answer_is_never_asked_for_again(service, world):
    reader = Reader(service, "colleague")
    order = asked(page(reader, world))
    # machines decide for Bo, heavy lifting for nobody, and the workplace has said that nobody drinks there
    assert order[0] == ("avoids:machines", "answers")
    assert ("avoids:heavy_lifting", "answers") in order
    assert "avoids:alcohol_present" not in dict(order)
    text = sent(reader, world, "answers", {"about": "avoids:machines", "answer": "no"})
    assert asked(text) == order[1:]


def test_how_many_hang_on_an_answer_counts_nobody_who_is_not_open_to_the_reader(service, reader, world):
    hanging = "1 citizen hangs on it"
    assert hanging in part(page(Reader(service, "colleague"), world), "questions")
    text = page(reader, world)
    assert hanging not in part(text, "questions")
    assert asked(text)[0] != ("avoids:machines", "answers")


def test_what_goes_for_the_workplace_is_answered_for_all_its_orders(service, reader, world):
    assert ("needs:contact_person", "workplace-answers") in asked(page(reader, world))
    answer = {"about": "needs:contact_person", "answer": "yes"}
    assert "needs:contact_person" not in dict(asked(sent(reader, world, "workplace-answers", answer)))
    kept = service.ask("consultant", "GET", f"/api/v1/employers/{world['employer']}").json()
    assert kept["supports"] == {"contact_person": "yes"}


def test_an_answer_for_the_whole_workplace_is_taken_back_where_it_was_given(service, reader, world):
    answer = {"about": "needs:contact_person", "answer": "yes"}
    assert "needs:contact_person" not in to_take_back(page(reader, world))
    text = sent(reader, world, "workplace-answers", answer)
    assert to_take_back(text)["needs:contact_person"] == "workplace-answers"
    text = sent(reader, world, "workplace-answers", {**answer, "answer": "unknown"})
    assert "needs:contact_person" not in to_take_back(text)
    assert ("needs:contact_person", "workplace-answers") in asked(text)


def test_who_does_not_change_employers_takes_back_the_answers_of_the_order_alone(service, reader, world):
    caseworker = Reader(service, "caseworker")
    sent(reader, world, "workplace-answers", {"about": "needs:contact_person", "answer": "yes"})
    text = sent(reader, world, "answers", {"about": "avoids:machines", "answer": "no"})
    assert set(to_take_back(text).values()) == {"answers", "workplace-answers"}
    assert to_take_back(page(caseworker, world)) == {"avoids:machines": "answers"}


def test_an_answer_of_the_order_is_taken_back_before_that_of_the_workplace(reader, world):
    answer = {"about": "needs:contact_person", "answer": "yes"}
    sent(reader, world, "workplace-answers", answer)
    text = sent(reader, world, "answers", {**answer, "answer": "no"})
    assert to_take_back(text)["needs:contact_person"] == "answers"
    text = sent(reader, world, "answers", {**answer, "answer": "unknown"})
    assert to_take_back(text)["needs:contact_person"] == "workplace-answers"


def test_who_does_not_change_employers_answers_for_the_order_alone(service, world):
    caseworker = Reader(service, "caseworker")
    assert ("needs:contact_person", "answers") in asked(page(caseworker, world))
    form = {"about": "needs:contact_person", "answer": "yes"}
    assert caseworker.send(f"/job-orders/{world['order']}/workplace-answers", form).status_code == 403


def test_an_answer_just_given_is_told_beside_the_questions_and_undone_by_one_press(reader, world):
    text = sent(reader, world, "answers", {"about": "avoids:machines", "answer": "no"})
    assert "The answer is written down" in part(text, "questions")
    undo = undo_form(text, "answers/undo")
    text = sent(reader, world, "answers/undo", undo)
    assert "The answer is taken back." in part(text, "questions")
    assert "avoids:machines" not in to_take_back(text)
    text = sent(reader, world, "workplace-answers", {"about": "needs:contact_person", "answer": "yes"})
    text = sent(reader, world, "workplace-answers/undo", undo_form(text, "workplace-answers/undo"))
    assert "needs:contact_person" not in to_take_back(text)


def test_an_answer_that_somebody_else_has_changed_meanwhile_is_not_undone(service, reader, world):
    text = sent(reader, world, "answers", {"about": "avoids:machines", "answer": "no"})
    sent(Reader(service, "colleague"), world, "answers", {"about": "avoids:machines", "answer": "yes"})
    told = reader.send(f"/job-orders/{world['order']}/answers/undo", undo_form(text, "answers/undo"))
    assert told.status_code == 412
    assert to_take_back(page(reader, world))["avoids:machines"] == "answers"


def undo_form(text, where):
    """The hidden fields of the form that takes the last answer back."""
    form = re.search(rf'<form[^>]*/{where}".*?</form>', text, re.DOTALL)[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def needing(service, world, needs):
    """Anna, once more is known of her."""
    address = f"/api/v1/citizens/{world['anna']}"
    assert service.ask("consultant", "PATCH", address, needs, If_Match="*").status_code == 200


def test_what_the_suggested_hang_on_is_asked_for_as_long_as_nobody_has_answered(service, reader, world):
    needing(service, world, {"max_hours_per_week": 4, "avoids": ["machines"]})
    before = asked(page(reader, world))
    assert {"max_hours", "avoids:machines"} <= {rule for rule, _ in before}
    text = sent(reader, world, "proposals", {"citizen_id": world["anna"]})
    assert {rule for rule, _ in asked(text)} == {rule for rule, _ in before}
    assert "1 citizen hangs on it" in part(text, "questions")
    text = sent(reader, world, "answers", {"about": "max_hours", "answer": "3"})
    assert "max_hours" not in dict(asked(text))


def test_what_a_suggested_citizen_hangs_on_is_not_told_to_whom_the_citizen_is_not_open(
    service, reader, world
):
    needing(service, world, {"max_hours_per_week": 4})
    sent(reader, world, "proposals", {"citizen_id": world["anna"]})
    assert "max_hours" in dict(asked(page(reader, world)))
    assert "max_hours" not in dict(asked(page(Reader(service, "colleague"), world)))


def test_what_the_suggested_hang_on_is_written_down_as_a_look_at_them(service, reader, world):
    needing(service, world, {"max_hours_per_week": 4})
    sent(reader, world, "proposals", {"citizen_id": world["anna"]})

    def looks():
        with service.store.unit(read_only=True) as unit:
            looked = [one for one in audit.entries(unit, "0370") if one.action == "explanation_read"]
        return [(one.citizen_id, one.subject) for one in looked]

    before = looks()
    page(reader, world)
    assert looks() == [*before, (world["anna"], world["order"])]
    page(Reader(service, "colleague"), world)
    assert looks() == [*before, (world["anna"], world["order"])]


def test_a_filled_order_is_asked_about_still_and_an_ended_one_is_not(reader, world):
    assert asked(sent(reader, world, "state", {"state": "filled", "seen": "1"}))
    assert not asked(sent(reader, world, "state", {"state": "ended", "seen": "2"}))


def test_the_task_stands_before_whom_it_suits_and_what_is_asked(reader, world):
    def told(text):
        return text.index('id="task"')

    text = page(reader, world)
    assert told(text) < text.index('id="candidates"') < text.index('id="questions"')
    text = sent(reader, world, "state", {"state": "ended", "seen": "1"})
    assert told(text) < text.index('id="questions"')


def test_a_caution_is_answered_where_it_stands(service, reader, world):
    needing(service, world, {"abilities": {"driving_licence": "no"}})
    candidates = part(page(reader, world), "candidates")
    assert answer_forms(candidates) == [("answers", "check:driving_licence")]
    assert "avoids:driving_licence" in dict(asked(page(reader, world)))
    text = sent(reader, world, "answers", {"about": "check:driving_licence", "answer": "no"})
    assert "Anna Marie Holm" in part(text, "candidates")
    assert answer_forms(part(text, "candidates")) == []
    assert "avoids:driving_licence" not in dict(asked(text))
    text = sent(reader, world, "answers", {"about": "check:driving_licence", "answer": "yes"})
    assert "Anna Marie Holm" not in part(text, "candidates")


def test_what_a_candidate_can_is_answered_on_the_order_and_undone(service, reader, world):
    sent(reader, world, "answers", {"about": "check:driving_licence", "answer": "yes"})
    form = {"citizen_id": world["anna"], "about": "abilities:driving_licence", "answer": "yes"}
    assert answer_forms_of_citizens(page(reader, world)) == [(world["anna"], "abilities:driving_licence")]
    text = sent(reader, world, "abilities", form)
    assert answer_forms_of_citizens(text) == []
    text = sent(reader, world, "abilities/undo", undo_form(text, "abilities/undo"))
    assert answer_forms_of_citizens(text) == [(world["anna"], "abilities:driving_licence")]


def test_a_suggested_citizen_is_asked_still_and_somebody_elses_is_not_answered_for(service, reader, world):
    sent(reader, world, "answers", {"about": "check:driving_licence", "answer": "yes"})
    text = sent(reader, world, "proposals", {"citizen_id": world["anna"]})
    assert answer_forms_of_citizens(text) == [(world["anna"], "abilities:driving_licence")]
    form = {"citizen_id": world["bo"], "about": "abilities:driving_licence", "answer": "yes"}
    assert reader.send(f"/job-orders/{world['order']}/abilities", form).status_code == 403


def answer_forms_of_citizens(text):
    """Whom the page asks which ability of."""
    return re.findall(
        r'name="citizen_id" value="(\w+)">\s*<input type="hidden" name="about" value="(abilities:[^"]+)"',
        text,
    )


def test_where_the_work_is_is_answered_on_the_order(service, reader, world):
    somewhere = service.made("consultant", "employers", {"name": "Boden"})["id"]
    body = {"title": "Pakke", "employer_id": somewhere, "activities": {"green": 1}}
    order = world | {"order": service.made("consultant", "job-orders", body)["id"]}
    assert 'href="/employers/' + somewhere + '#place"' in part(page(reader, order), "questions")
    assert reader.send(f"/job-orders/{order['order']}/place", {"answer": "ude på marken"}).status_code == 422
    text = sent(reader, order, "place", {"answer": "4700"})
    assert "#place" not in part(text, "questions")
    text = sent(reader, order, "workplace-answers/undo", undo_form(text, "workplace-answers/undo"))
    assert "#place" in part(text, "questions")


@pytest.mark.parametrize(
    ("text", "said"),
    [("Ukendtvej 4, 9999 Ingenby", "has the postcode '9999'."), ("Ingenvej", "'Ingenvej' cannot be placed.")],
)
def test_what_cannot_be_placed_stays_in_its_field_with_the_reason_and_the_way_to_the_map(
    service, reader, world, text, said
):
    somewhere = service.made("consultant", "employers", {"name": "Boden"})["id"]
    body = {"title": "Pakke", "employer_id": somewhere, "activities": {"green": 1}}
    order = service.made("consultant", "job-orders", body)["id"]
    answer = reader.send(f"/job-orders/{order}/place", {"answer": text})
    assert answer.status_code == 422
    questions = unescape(part(answer.text, "questions"))
    assert f'value="{text}" aria-invalid="true" aria-describedby="no-answer" autofocus' in questions
    assert said in questions
    assert f'<a href="/employers/{somewhere}#place">Or place the mark on' in questions


@pytest.mark.parametrize(
    ("needs", "about", "text", "said"),
    [
        ({"max_hours_per_week": 4}, "max_hours", "mange", "'mange' is not a number"),
        ({"availability": ["mon 10-12"]}, "availability", "engang", "'engang' does not answer this."),
    ],
    ids=["hours", "times"],
)
def test_what_is_no_answer_stays_in_its_field_with_the_reason(
    service, reader, world, needs, about, text, said
):
    needing(service, world, needs)
    answer = reader.send(f"/job-orders/{world['order']}/answers", {"about": about, "answer": text})
    assert answer.status_code == 422
    questions = unescape(part(answer.text, "questions"))
    assert f'value="{text}" aria-invalid="true" aria-describedby="no-answer" autofocus' in questions
    assert questions.count("aria-invalid") == 1
    assert said in questions
    assert about in dict(asked(page(reader, world)))


def test_when_nobody_suits_before_an_answer_the_page_leads_to_the_questions(service, reader, world):
    needing(service, world, {"max_hours_per_week": 4})
    assert '<a href="#questions">An answer from the employer may bring' in page(reader, world)


@pytest.fixture
def silent(service, world):
    """The order, told long ago and not heard of since."""
    long_ago = datetime.now(DENMARK_TIME) - timedelta(days=60)
    with time_machine.travel(long_ago, tick=False):
        body = {"title": "Stille", "employer_id": world["employer"], "channel": "phone"}
        return world | {"order": service.made("consultant", "job-orders", body)["id"]}


def test_a_silent_order_is_still_wanted_and_its_log_says_so_in_words(reader, silent):
    assert "Nothing was heard of it for 60 days" in page(reader, silent)
    text = sent(reader, silent, "still-wanted", {})
    assert 'id="silent"' not in text
    assert ": still wanted, consultant" in part(text, "moves")
    danish = reader.get(f"/job-orders/{silent['order']}", Accept_Language="da").text
    assert "ønskes stadig" in part(danish, "moves")
    assert "still_wanted" not in danish


def test_a_silent_order_that_is_not_wanted_is_ended_with_one_press(reader, silent):
    text = page(reader, silent)
    seen = re.search(r'name="seen" value="(\d+)"', text.split('id="silent"')[1])[1]
    text = sent(reader, silent, "state", {"state": "ended", "seen": seen})
    assert 'id="silent"' not in text
    assert "There is nothing to ask." in part(text, "questions")


def test_an_order_heard_of_lately_is_not_asked_about_and_one_that_is_done_cannot_be_wanted(reader, world):
    assert 'id="silent"' not in page(reader, world)
    sent(reader, world, "state", {"state": "ended", "seen": "1"})
    assert reader.send(f"/job-orders/{world['order']}/still-wanted", {}).status_code == 422


def test_those_who_only_read_see_that_it_is_silent_and_no_buttons(service, silent):
    text = page(Reader(service, "analyst"), silent)
    assert 'id="silent"' in text
    assert "<form" not in text.split('id="silent"')[1].split("</main>")[0]


def test_a_pause_of_an_order_sent_back_is_asked_about_after_a_long_silence(reader, world):
    sent(reader, world, "return", {"cause": "other"})
    sent(reader, world, "pause", {"reason": "Ferielukket"})
    assert 'id="silent"' not in page(reader, world)
    with time_machine.travel(datetime.now(DENMARK_TIME) + timedelta(days=45), tick=False):
        day = " ".join(reader.get("/today").text.split())
        assert "Is the clock of Luge bede still to stand still?" in day
        assert "Is the reason still there?" in page(reader, world)
        wanted = sent(reader, world, "still-wanted", {})
        assert 'id="silent"' not in wanted
        assert "Is the clock of Luge bede" not in reader.get("/today").text
    with time_machine.travel(datetime.now(DENMARK_TIME) + timedelta(days=90), tick=False):
        asked = page(reader, world).split('id="silent"')[1].split("</div>\n</div>")[0]
        assert f'action="/job-orders/{world["order"]}/resume"' in asked
        assert 'id="silent"' not in sent(reader, world, "resume", {})


def test_a_pause_that_goes_on_over_a_return_is_said_where_it_is_made_and_after_it(reader, world):
    assert "goes on doing so" not in page(reader, world)
    assert "goes on doing so for the next candidates" in sent(reader, world, "pause", {"reason": "Ferie"})
    text = sent(reader, world, "return", {"cause": "no_candidate"})
    assert "Sent back. The clock still stands still" in text
    assert "The clock stands still since" in text
    assert "A new clock has started" not in text


def test_a_colleague_takes_an_order_over_with_one_press_and_undoes_it_with_another(service, reader, world):
    own = page(reader, world)
    assert "You look after it." in part(own, "desk")
    assert "taken-over" not in own
    colleague = Reader(service, "colleague")
    assert "consultant looks after it." in part(page(colleague, world), "desk")
    text = sent(colleague, world, "taken-over", {})
    assert "You look after it." in part(text, "desk")
    assert ": taken over, colleague" in part(text, "moves")
    assert "taken down by consultant" in part(text, "moves")
    undo = re.search(r'action="[^"]+/handed-back"><input type="hidden" name="seen" value="(\d+)"', text)[1]
    text = sent(colleague, world, "handed-back", {"seen": undo})
    assert "consultant looks after it." in part(text, "desk")
    assert ": handed back, colleague" in part(text, "moves")
    again = colleague.send(f"/job-orders/{world['order']}/handed-back", {"seen": undo})
    assert again.status_code == 412
    danish = reader.get(f"/job-orders/{world['order']}", Accept_Language="da").text
    assert "givet tilbage" in part(danish, "moves")


def test_the_page_offers_no_undo_to_who_has_not_taken_it_over(service, reader, world):
    assert "handed-back" not in page(Reader(service, "colleague"), world, "?done=taken-over")


def test_an_order_that_has_ended_is_not_taken_over(service, reader, world):
    seen = re.search(r'name="seen" value="(\d+)"', page(reader, world))[1]
    sent(reader, world, "state", {"state": "ended", "seen": seen})
    colleague = Reader(service, "colleague")
    assert "taken-over" not in page(colleague, world)
    assert colleague.send(f"/job-orders/{world['order']}/taken-over", {}).status_code == 422


def said_no(service, world, **said):
    body = {"kind": "call", "about": "job_order", "order_id": world["order"], "reply": "no", **said}
    path = f"/api/v1/employers/{world['employer']}/contacts"
    assert service.ask("consultant", "POST", path, body).status_code == 201


def test_an_employer_s_no_stands_on_the_order_and_asks_whether_to_close_it(service, reader, world):
    assert "The employer said no on" not in page(reader, world)
    said_no(service, world, note="De har fundet en anden")
    shown = page(reader, world)
    assert "The employer said no on" in shown
    assert "De har fundet en anden" in shown
    assert "Close the job order" in shown
    assert "Gartneriet said no to Luge bede: close it?" in reader.get("/today").text
    wanted = sent(reader, world, "still-wanted", {})
    assert "The employer said no on" not in wanted


def test_what_the_employer_has_withdrawn_shows_its_cause_and_suggests_nobody(service, reader, world):
    said_no(service, world)
    shown = sent(reader, world, "return", {"cause": "employer_withdrew"})
    assert "Sent back. Nobody is suggested for it any more." in shown
    assert re.search(r'class="tag warn">returned: the employer withdrew', shown)
    assert "The employer said no on" not in shown
    assert "/proposals" not in shown
    assert part(shown, "candidates") == ""
    listed = reader.get("/job-orders").text
    assert re.search(r"returned: the employer withdrew", listed)
    body = {"citizen_id": world["anna"], "order_id": world["order"]}
    refused = service.ask("consultant", "POST", "/api/v1/proposals", body)
    assert refused.status_code == 409
    assert "withdrawn" in refused.json()["detail"]
    found = service.ask("consultant", "GET", f"/api/v1/job-orders/{world['order']}/candidates").json()
    assert (found["items"], found["not_open"]) == ([], 0)
    back = sent(reader, world, "reopened", {"seen": re.search(r'name="seen" value="(\d+)"', shown)[1]})
    assert "Anna Marie Holm" in part(back, "candidates")


def test_an_order_that_was_sent_back_otherwise_shows_its_cause_and_goes_on(service, reader, world):
    shown = sent(reader, world, "return", {"cause": "unsuitable"})
    assert re.search(r'class="tag warn">returned: ', shown)
    assert "Anna Marie Holm" in part(shown, "candidates")


def test_an_order_is_opened_again_over_http_by_who_ended_it(service, world):
    path = f"/api/v1/job-orders/{world['order']}"
    tag = service.ask("consultant", "GET", path).headers["etag"]
    ended = service.ask("consultant", "PATCH", path, {"state": "ended"}, If_Match=tag)
    tag = ended.headers["etag"]
    assert service.ask("colleague", "POST", f"{path}/reopened", If_Match=tag).status_code == 409
    assert service.ask("consultant", "POST", f"{path}/reopened", If_Match='"1"').status_code == 412
    again = service.ask("consultant", "POST", f"{path}/reopened", If_Match=tag)
    assert (again.status_code, again.json()["state"]) == (200, "open")


def test_an_order_is_taken_over_with_what_was_suggested_for_citizens_one_may_see(service, reader, world):
    for citizen in ("anna", "bo"):
        body = {"citizen_id": world[citizen], "order_id": world["order"]}
        assert service.ask("consultant", "POST", "/api/v1/proposals", body).status_code == 201
    colleague = Reader(service, "colleague")
    desk = part(page(colleague, world), "desk")
    assert "with what was suggested: Bo Birk" in desk
    assert "A.M.H. stays with consultant." in desk
    assert "Anna" not in desk
    text = sent(colleague, world, "taken-over", {"along": "yes"})

    def held():
        items = service.ask("consultant", "GET", "/api/v1/proposals").json()["items"]
        return {one["citizen"]["id"]: one["taken_by"] for one in items}

    assert held() == {world["anna"]: "", world["bo"]: service.user_ids["colleague"]}
    undo = re.search(r'action="[^"]+/handed-back"><input type="hidden" name="seen" value="(\d+)"', text)[1]
    sent(colleague, world, "handed-back", {"seen": undo})
    assert held() == {world["anna"]: "", world["bo"]: ""}
    sent(colleague, world, "taken-over", {})
    assert held() == {world["anna"]: "", world["bo"]: ""}


def test_suggestions_are_taken_along_over_http(service, world):
    body = {"citizen_id": world["bo"], "order_id": world["order"]}
    made = service.ask("consultant", "POST", "/api/v1/proposals", body).json()
    path = f"/api/v1/job-orders/{world['order']}/taken-over?with_suggestions=true"
    assert service.ask("colleague", "POST", path).status_code == 200
    now = service.ask("colleague", "GET", f"/api/v1/proposals/{made['id']}").json()
    assert now["taken_by"] == service.user_ids["colleague"]
    assert now["created_by"] == service.user_ids["consultant"]
