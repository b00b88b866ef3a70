import re
from datetime import date, timedelta
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.domain.answers import fact_of
from api.domain.working_days import Calendar
from api.pages import call_sheet
from matching.vocabulary import REQUIREMENTS, Demand
from tests.api.pages.conftest import Reader
from tests.api.routes.test_proposals import today

CENTRE = {"lat": 55.2306, "lon": 11.7605}
ANNA = {
    "name": "Anna Marie Holm",
    "attitudes": {"green": "gladly"},
    "avoids": ["alcohol_present", "machines"],
    "mode": "bicycle",
}


@pytest.fixture
def world(service):
    """Anna, and four employers to ask; the kro has two tasks, and nobody knows where the bod is."""
    made = service.made
    centre = made("coordinator", "centres", {"name": "Havnen", "place": CENTRE})["id"]
    ids = {"anna": made("consultant", "citizens", ANNA | {"anchors": [{"centre_id": centre}]})["id"]}
    settled = {"demands": {"machines": "no", "alcohol_present": "no"}}
    for name, body in {
        "Have": {"place": {"lat": 55.2310, "lon": 11.7610}},
        "Kro": {"place": {"lat": 55.2360, "lon": 11.7660}},
        "Park": {"place": {"lat": 55.2420, "lon": 11.7720}},
        "Bod": settled,
        "Taxa": {"place": {"lat": 55.2320, "lon": 11.7620}, **settled},
    }.items():
        ids[f"{name} A/S"] = made("consultant", "employers", {"name": f"{name} A/S", **body})["id"]
    for title, name, also in (
        ("Havearbejde", "Have", {}),
        ("Opvask", "Kro", {}),
        ("Oprydning", "Kro", {}),
        ("Parkarbejde", "Park", {}),
        ("Pakning", "Bod", {}),
        ("Blomsterbud", "Taxa", {"demands": {"driving_licence": "yes"}}),
    ):
        body = {"title": title, "employer_id": ids[f"{name} A/S"], "activities": {"green": 1}, **also}
        ids[title] = made("consultant", "job-orders", body)["id"]
    return ids


class Call:
    """Somebody who rings from the sheet: each form is sent as it stands on the page."""

    def __init__(self, reader, world):
        self.reader, self.world = reader, world
        self.open()

    def open(self):
        self.show(self.reader.get(f"/citizens/{self.world['anna']}/call-sheet"))

    def show(self, answer):
        assert answer.status_code == 200, answer.text
        self.text = answer.text

    def send(self, path, **form):
        """Send a form of the page that goes there; raises where there is none."""
        action = f"/citizens/{self.world['anna']}/answers/{path}"
        forms = re.findall(rf'<form[^>]* action="{re.escape(action)}".*?</form>', self.text, re.DOTALL)
        hidden = [dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', one)) for one in forms]
        told = next(one for one in hidden if one.get("about") == form.get("about", one.get("about")))
        return self.reader.send(action, told | form)

    def say(self, path, **form):
        """The same, and go where it leads."""
        told = self.send(path, **form)
        assert told.status_code == 303, told.text
        self.address = told.headers["location"]
        self.show(self.reader.get(self.address))

    @property
    def employers(self):
        return re.findall(r'<h3 id="call-[^>]*><a [^>]*>([^<]+)', self.text)

    @property
    def told(self):
        return " ".join(unescape(re.search(r"data-told>(.*?)</p>", self.text, re.DOTALL)[1]).split())

    @property
    def focus(self):
        found = re.search(r'id="([^"]+)" tabindex="-1" autofocus', self.text)
        return found and found[1]

    def line(self, id_):
        """A question with its answer or the way to give it."""
        return re.search(rf'<li[^>]* id="{id_}".*?</li>|<li id="{id_}".*?</li>', self.text, re.DOTALL)[0]


@pytest.fixture
def call(reader, world):
    return Call(reader, world)


AT = {"Havearbejde": "Have", "Opvask": "Kro", "Oprydning": "Kro", "Parkarbejde": "Park", "Pakning": "Bod"}


def asked_of(world, title, fact):
    """Where the employer of a task is asked about something, once for all tasks there."""
    return f"{world[f'{AT[title]} A/S']}-{fact}"


def order(world, title):
    return f"job-orders/{world[title]}"


def test_an_answer_leaves_every_employer_where_it_is_until_a_new_order_is_asked_for(call, world):
    first, second, *others = call.employers
    assert (first, second) == ("Have A/S", "Kro A/S")
    call.say(order(world, "Havearbejde"), about="avoids:machines", answer="no")
    call.say(order(world, "Havearbejde"), about="avoids:alcohol_present", answer="no")
    assert call.employers == [first, second, *others]
    assert "1 employer would stand elsewhere now." in call.text
    assert "now number 1 on the list" in call.text
    call.open()
    assert call.employers == [second, *others]
    assert "would stand elsewhere" not in call.text


def test_an_answer_that_moves_nothing_says_nothing_of_a_new_order(call, world):
    call.say(order(world, "Havearbejde"), about="avoids:machines", answer="no")
    assert "would stand elsewhere" not in call.text


def test_an_answer_stays_where_it_was_asked_and_is_taken_back_to_unknown(call, service, world):
    question = asked_of(world, "Havearbejde", "machines")
    call.say(order(world, "Havearbejde"), about="avoids:machines", answer="no")
    assert "<strong>No</strong>" in call.line(question)
    assert call.told.endswith("machines? no.")
    call.say(f"{order(world, 'Havearbejde')}/undo", about="avoids:machines")
    assert call.told == "The answer is taken back: Havearbejde, Have A/S."
    assert 'value="avoids:machines"' in call.line(question)
    assert "<strong>" not in call.line(question)
    kept = service.ask("consultant", "GET", f"/api/v1/job-orders/{world['Havearbejde']}").json()
    assert kept["demands"] == {}


def test_taking_an_answer_back_is_not_told_as_another_answer_of_the_same_call(call, world):
    asked = order(world, "Havearbejde")
    call.say(asked, about="avoids:machines", answer="no")
    call.say(asked, about="avoids:alcohol_present", answer="no")
    call.say(f"{asked}/undo", about="avoids:alcohol_present")
    assert call.told == "The answer is taken back: Havearbejde, Have A/S."
    assert call.focus == asked_of(world, "Havearbejde", "alcohol_present")
    assert "<strong>No</strong>" in call.line(asked_of(world, "Havearbejde", "machines"))


def test_of_two_answers_the_first_stands_again_and_leads_to_unknown(call, service, world):
    asked, question = order(world, "Havearbejde"), asked_of(world, "Havearbejde", "machines")
    call.say(asked, about="avoids:machines", answer="no")
    told = {"demands": {"machines": "yes"}}
    service.ask("colleague", "PATCH", f"/api/v1/{asked}", told, If_Match="*")
    call.show(call.reader.get(call.address))
    call.say(f"{asked}/undo", about="avoids:machines")
    assert "<strong>No</strong>" in call.line(question)
    call.say(f"{asked}/undo", about="avoids:machines")
    assert "<strong>" not in call.line(question)


def test_an_answer_is_taken_back_to_what_was_answered_before(service, reader, world):
    address = f"/api/v1/job-orders/{world['Havearbejde']}"
    service.ask("consultant", "PATCH", address, {"hours_per_week": 3}, If_Match="*")
    anna = f"/api/v1/citizens/{world['anna']}"
    service.ask("consultant", "PATCH", anna, {"max_hours_per_week": 4}, If_Match="*")
    call = Call(reader, world)
    service.ask("consultant", "PATCH", address, {"hours_per_week": 2}, If_Match="*")
    call.say(order(world, "Havearbejde"), about="avoids:machines", answer="no")
    assert "2 hours" in call.line(asked_of(world, "Havearbejde", "max_hours"))
    call.say(f"{order(world, 'Havearbejde')}/undo", about="max_hours")
    assert service.ask("consultant", "GET", address).json()["hours_per_week"] == 3


def test_an_answer_for_every_task_there_is_taken_back_for_every_task(call, service, world):
    kro = f"employers/{world['Kro A/S']}"
    call.say(kro, about="avoids:machines", answer="no")
    assert "for every task there" in call.line(asked_of(world, "Opvask", "machines"))
    call.say(f"{kro}/undo", about="avoids:machines")
    assert service.ask("consultant", "GET", f"/api/v1/{kro}").json()["demands"] == {}
    assert "<strong>" not in call.line(asked_of(world, "Opvask", "machines"))


def test_an_answer_that_somebody_else_has_changed_meanwhile_is_not_taken_back(call, service, world):
    address = f"/api/v1/{order(world, 'Havearbejde')}"
    call.say(order(world, "Havearbejde"), about="avoids:machines", answer="no")
    told = {"demands": {"machines": "yes"}}
    assert service.ask("colleague", "PATCH", address, told, If_Match="*").status_code == 200
    assert call.send(f"{order(world, 'Havearbejde')}/undo", about="avoids:machines").status_code == 412
    assert service.ask("consultant", "GET", address).json()["demands"] == {"machines": "yes"}


def test_what_somebody_else_changed_beside_an_answer_stays_when_it_is_taken_back(call, service, world):
    address = f"/api/v1/{order(world, 'Havearbejde')}"
    call.say(order(world, "Havearbejde"), about="avoids:machines", answer="no")
    service.ask("colleague", "PATCH", address, {"hours_per_week": 3}, If_Match="*")
    call.say(f"{order(world, 'Havearbejde')}/undo", about="avoids:machines")
    kept = service.ask("consultant", "GET", address).json()
    assert (kept["demands"], kept["hours_per_week"]) == ({}, 3)


def test_after_an_answer_one_goes_on_at_the_next_question_to_the_same_employer(call, world):
    assert call.focus is None
    call.say(order(world, "Opvask"), about="avoids:machines", answer="no")
    # the same is asked about the other task there
    assert call.focus == asked_of(world, "Opvask", "machines")
    call.say(order(world, "Oprydning"), about="avoids:machines", answer="no")
    assert call.focus == asked_of(world, "Opvask", "alcohol_present")
    call.say(f"{order(world, 'Oprydning')}/undo", about="avoids:machines")
    assert call.focus == asked_of(world, "Opvask", "machines")


def test_when_nothing_is_left_to_ask_one_stays_at_the_employer(call, world):
    call.say(order(world, "Havearbejde"), about="avoids:machines", answer="yes")
    assert "need not be asked now" in call.line(asked_of(world, "Havearbejde", "alcohol_present"))
    assert call.focus == f"call-{world['Have A/S']}"
    assert call.told.endswith(
        "Havearbejde is left out now. It involves work with machines, which has to be avoided"
    )


def test_an_answer_is_told_with_what_it_moved_and_nothing_that_moved_before(call, world):
    for about in ("avoids:machines", "avoids:alcohol_present"):
        call.say(order(world, "Havearbejde"), about=about, answer="no")
    assert "Havearbejde is now number" in call.told
    call.say(order(world, "Opvask"), about="avoids:machines", answer="yes")
    assert "Opvask is left out now." in call.told
    assert "Havearbejde" not in call.told
    call.say("abilities", about="abilities:driving_licence", answer="yes")
    assert "Blomsterbud is now number" in call.told
    assert not re.search("Havearbejde|Opvask", call.told)
    call.say(order(world, "Oprydning"), about="avoids:machines", answer="no")
    assert " is " not in call.told.partition("?")[2]


def test_one_task_that_was_left_out_is_not_told_again_when_the_next_one_there_is(call, world):
    call.say(order(world, "Opvask"), about="avoids:machines", answer="yes")
    for_all = f"employers/{world['Kro A/S']}"
    call.say(for_all, about="avoids:alcohol_present", answer="yes")
    assert "Oprydning is left out now." in call.told
    assert "Opvask" not in call.told


def test_no_address_of_an_answer_says_what_was_asked(call, world):
    call.say(order(world, "Havearbejde"), about="avoids:alcohol_present", answer="no")
    assert "alcohol" not in call.address


def test_who_has_only_to_wait_for_the_citizen_is_not_to_be_rung(call, world):
    assert "Taxa A/S" not in call.employers
    asked = call.line("citizen-driving_licence")
    assert "Blomsterbud" in asked
    call.say("abilities", about="abilities:driving_licence", answer="yes")
    assert "<strong>Yes</strong>" in call.line("citizen-driving_licence")
    assert "Blomsterbud is now number" in call.told
    call.say("abilities/undo", about="abilities:driving_licence")
    assert "<strong>" not in call.line("citizen-driving_licence")
    assert call.focus == "citizen-driving_licence"


def test_only_what_can_be_had_or_not_is_answered_for_a_citizen(call):
    for about, said in (("abilities:machines", "yes"), ("abilities:driving_licence", "perhaps")):
        told = {"about": about, "answer": said}
        assert call.reader.send(f"/citizens/{call.world['anna']}/answers/abilities", told).status_code == 422


def test_a_caution_is_a_question_beside_those_that_a_task_hangs_on(call, service, world):
    anna = f"/api/v1/citizens/{world['anna']}"
    service.ask("consultant", "PATCH", anna, {"abilities": {"driving_licence": "no"}}, If_Match="*")
    call.open()
    assert "citizen-driving_licence" not in call.text
    call.say(order(world, "Opvask"), about="check:driving_licence", answer="yes")
    assert "Opvask is left out now." in call.told
    call.say(f"{order(world, 'Opvask')}/undo", about="check:driving_licence")
    assert 'value="check:driving_licence"' in call.line(asked_of(world, "Opvask", "driving_licence"))


@pytest.mark.parametrize("text", ["4700", "Ringstedgade 12, 4700 Næstved", "Næstved"])
def test_where_the_work_is_is_answered_on_the_sheet(call, service, world, text):
    bod = f"employers/{world['Bod A/S']}"
    call.say(f"{bod}/place", answer=text)
    assert "Pakning is now number" in call.told
    assert service.ask("consultant", "GET", f"/api/v1/{bod}").json()["place"]["lat"] == pytest.approx(
        55.23, abs=0.01
    )
    call.say(f"{bod}/undo", about="place")
    assert service.ask("consultant", "GET", f"/api/v1/{bod}").json()["place"].get("lat") is None
    assert "or mark it on the map" in call.line(asked_of(world, "Pakning", "place"))


@pytest.mark.parametrize("text", ["", "et sted herude", "x" * 201])
def test_what_cannot_be_placed_is_refused_and_nothing_is_written_down(call, service, world, text):
    bod = f"employers/{world['Bod A/S']}"
    before = service.ask("consultant", "GET", f"/api/v1/{bod}").json()
    assert call.send(f"{bod}/place", answer=text).status_code == 422
    assert service.ask("consultant", "GET", f"/api/v1/{bod}").json() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ukendtvej 4, 9999 Ingenby", "No place known here has the postcode '9999'."),
        ("Ingenvej", "'Ingenvej' cannot be placed."),
    ],
)
def test_what_cannot_be_placed_stays_where_it_was_typed_with_the_reason(call, world, text, said):
    bod = world["Bod A/S"]
    call.text = call.send(f"employers/{bod}/place", answer=text).text
    line = unescape(call.line(asked_of(world, "Pakning", "place")))
    assert f'value="{text}" aria-invalid="true" aria-describedby="no-answer" autofocus' in line
    assert said in line
    assert f'<a href="/employers/{bod}#place">Or place the mark on' in line
    assert said in call.told
    # the sheet goes on from here
    call.say(f"employers/{bod}/place", answer="4700")
    assert "Pakning is now number" in call.told


@pytest.mark.parametrize(
    ("text", "said"),
    [("mange", "'mange' is not a number"), ("900", "900")],
    ids=["no number", "more than a week has"],
)
def test_hours_that_are_none_stay_where_they_were_typed_with_the_reason(reader, service, world, text, said):
    anna = f"/api/v1/citizens/{world['anna']}"
    service.ask("consultant", "PATCH", anna, {"max_hours_per_week": 4}, If_Match="*")
    call = Call(reader, world)
    asked = order(world, "Havearbejde")
    refused = call.send(asked, about="max_hours", answer=text)
    assert refused.status_code == 422
    call.text = refused.text
    line = unescape(call.line(asked_of(world, "Havearbejde", "max_hours")))
    assert f'value="{text}" aria-invalid="true" aria-describedby="no-answer" autofocus' in line
    assert re.search(rf'id="no-answer">[^<]*{re.escape(said)}', line), line
    assert call.told
    assert call.text.count('id="no-answer"') == 1
    # the sheet goes on from here
    call.say(asked, about="max_hours", answer="3")
    assert "3 hours" in call.line(asked_of(world, "Havearbejde", "max_hours"))


def test_a_choice_that_is_none_is_refused_and_not_told_at_a_field(call, world):
    refused = call.send(order(world, "Havearbejde"), about="avoids:machines", answer="perhaps")
    assert refused.status_code == 422
    assert 'id="no-answer"' not in refused.text


def test_what_the_work_is_is_chosen_where_nobody_has_said(call, service, world):
    made = service.made("consultant", "job-orders", {"title": "Hjælp", "employer_id": world["Have A/S"]})
    anna = f"/api/v1/citizens/{world['anna']}"
    wont = {"attitudes": {"green": "gladly", "machine_work": "cannot", "driving": "cannot"}}
    service.ask("consultant", "PATCH", anna, wont, If_Match="*")
    call.open()
    assert call.text.count(f'id="{world["Have A/S"]}-attitude"') == 1
    call.say(f"job-orders/{made['id']}", about="attitude:driving", answer="cleaning")
    kept = service.ask("consultant", "GET", f"/api/v1/job-orders/{made['id']}").json()
    assert kept["activities"] == {"cleaning": 1}


def test_who_does_not_change_employers_is_not_asked_to(service, world):
    caseworker = Reader(service, "caseworker")
    reason = {"reason": "Ringer for en syg kollega"}
    caseworker.send(f"/citizens/{world['anna']}/access", reason)
    text = Call(caseworker, world).text
    assert f"/answers/{order(world, 'Opvask')}" in text
    assert not re.search(r"/answers/employers/\w+(/place)?\"", text)
    # whom one has rung is written down by whoever rings
    assert "Write the call down:" in text


def firm(world, name):
    return f"employers/{world[name]}"


def contacts(service, world, name):
    return service.ask("consultant", "GET", f"/api/v1/{firm(world, name)}/contacts").json()["items"]


def block(call, world, name):
    """What stands on the sheet of one employer."""
    return call.text.split(f'id="employer-{world[name]}"')[1].split('<li class="call"')[0]


def test_one_press_writes_the_call_down_and_the_sheet_says_so(service, call, world):
    call.say(f"{firm(world, 'Have A/S')}/call", reply="no")
    assert call.told == "The call to Have A/S is written down: no thanks."
    assert "What came of the call:" not in block(call, world, "Have A/S")
    assert "What came of the call:" in block(call, world, "Kro A/S")
    assert call.focus == f"call-{world['Have A/S']}"
    assert "The call of today is written down</strong>: no thanks" in block(call, world, "Have A/S")
    (made,) = contacts(service, world, "Have A/S")
    assert (made["kind"], made["reply"], made["order_id"], made["citizen"]) == (
        "call",
        "no",
        world["Havearbejde"],
        None,
    )
    call.say(f"{firm(world, 'Have A/S')}/call/undo")
    assert call.told == "The call to Have A/S is taken back."
    assert contacts(service, world, "Have A/S") == []


def test_who_has_answered_a_question_is_not_asked_whether_anybody_answered(service, call, world):
    assert 'value="not_answered"' in block(call, world, "Have A/S")
    call.say(order(world, "Havearbejde"), about="avoids:machines", answer="no")
    assert 'value="not_answered"' not in block(call, world, "Have A/S")
    call.say(f"{firm(world, 'Have A/S')}/call", reply="unknown")
    assert [one["reply"] for one in contacts(service, world, "Have A/S")] == ["unknown"]
    # the answers of the sitting stand where they were given
    assert "Undo" in call.line(asked_of(world, "Havearbejde", "machines"))


def test_not_now_is_written_down_with_its_day_and_comes_back_without_one(service, call, world):
    path = f"{firm(world, 'Have A/S')}/call"
    assert call.send(path, reply="not_now").status_code == 422
    assert contacts(service, world, "Have A/S") == []
    given = today() + timedelta(days=30)
    call.say(path, reply="not_now", follow_up_on=given.strftime("%d-%m-%Y"))
    (made,) = contacts(service, world, "Have A/S")
    assert (made["reply"], made["follow_up_on"]) == ("not_now", given.isoformat())


@pytest.mark.parametrize("typed", ["til foråret", "", "31-02-2027"])
def test_a_day_to_ring_again_that_is_none_stays_in_its_marked_field(service, call, world, typed):
    body = {"reply": "not_now", "follow_up_on": typed, "order_id": world["Oprydning"]}
    text = call.send(f"{firm(world, 'Kro A/S')}/call", **body).text
    kro = text.split(f'id="employer-{world["Kro A/S"]}"')[1].split('<li class="call"')[0]
    assert f'value="{typed}" aria-invalid="true" aria-describedby="no-day"' in kro
    assert re.search(r'id="no-day">[^<]+', kro)
    assert f'<option value="{world["Oprydning"]}" selected>' in kro
    assert text.count("no-day") == 2
    assert contacts(service, world, "Kro A/S") == []


def test_a_day_that_is_offered_takes_one_press(service, call, world):
    offered = re.search(
        r'name="pressed_day" value="([^"]+)"[^>]*>in four weeks', block(call, world, "Have A/S")
    )
    call.say(f"{firm(world, 'Have A/S')}/call", reply="not_now", follow_up_on="", pressed_day=offered[1])
    (made,) = contacts(service, world, "Have A/S")
    assert made["follow_up_on"] == (today() + timedelta(weeks=4)).isoformat()


def test_tomorrow_and_the_next_working_day_are_offered_where_they_are_two_days():
    calendar = Calendar(single=frozenset({date(2026, 11, 30)}))
    wednesday, friday = date(2026, 11, 25), date(2026, 11, 27)
    assert call_sheet.offered_days(wednesday, calendar) == (
        ("tomorrow", date(2026, 11, 26)),
        ("in a week", date(2026, 12, 2)),
        ("in four weeks", date(2026, 12, 23)),
    )
    assert call_sheet.offered_days(friday, calendar)[:2] == (
        ("tomorrow", date(2026, 11, 28)),
        ("next working day", date(2026, 12, 1)),
    )


def test_a_day_to_ring_again_is_offered_with_its_date_and_kept_by_one_press(service, call, world):
    day = today() + timedelta(days=1)
    offered = re.search(
        rf'value="([^"]+)"[^>]*>tomorrow, {day:%A} {day:%d-%m}<', block(call, world, "Have A/S")
    )
    call.say(f"{firm(world, 'Have A/S')}/call", reply="not_now", follow_up_on="", pressed_day=offered[1])
    (made,) = contacts(service, world, "Have A/S")
    assert made["follow_up_on"] == day.isoformat()


def test_of_several_tasks_one_says_which_the_call_was_about(service, call, world):
    assert f'<option value="{world["Oprydning"]}">' in block(call, world, "Kro A/S")
    call.say(f"{firm(world, 'Kro A/S')}/call", reply="no", order_id=world["Oprydning"])
    call.say(f"{firm(world, 'Kro A/S')}/call", reply="yes", order_id=world["Opvask"])
    said = {one["order_id"]: one["reply"] for one in contacts(service, world, "Kro A/S")}
    assert said == {world["Oprydning"]: "no", world["Opvask"]: "yes"}
    limit = service.ask("consultant", "GET", f"/api/v1/{firm(world, 'Kro A/S')}/contacts").json()["limit"]
    assert len(limit["taken"]) == 1


def test_a_no_stands_at_its_task_and_one_press_closes_the_order(service, reader, call, world):
    call.say(f"{firm(world, 'Have A/S')}/call", reply="no")
    assert "The employer said no on" in block(call, world, "Have A/S")
    assert "The employer said no on" not in block(call, world, "Kro A/S")
    came = f"/citizens/{world['anna']}/call-sheet"
    form = re.search(
        rf'action="(/job-orders/{world["Havearbejde"]}/state)">.*?name="seen" value="(\d+)".*?value="{came}"',
        call.text,
        re.DOTALL,
    )
    closed = reader.send(form[1], {"state": "ended", "seen": form[2], "came": came})
    page = reader.get(closed.headers["location"]).text
    assert "The job order is closed." in page
    assert f'href="{came}"' in page
    seen = re.search(r'/reopened"><input type="hidden" name="seen" value="(\d+)"', page)[1]
    undone = reader.send(f"/job-orders/{world['Havearbejde']}/reopened", {"seen": seen})
    assert "The change was undone." in reader.get(undone.headers["location"]).text
    call.open()
    assert "The employer said no on" in block(call, world, "Have A/S")
    listed = reader.get(f"/citizens/{world['anna']}/shortlist").text
    assert "The employer said no on" in listed


def test_who_reads_no_contacts_is_asked_to_write_none_down(service, call, world):
    staff = Reader(service, "centre_staff").get(f"/citizens/{world['anna']}/call-sheet")
    assert staff.status_code in (403, 404)
    assert "Write the call down:" in call.text


def test_not_now_stands_at_the_employer_with_its_day_and_asks_nothing_on_paper(reader, call, world):
    told = "not now, ring again on"
    assert told not in call.text
    assert "by-hand" in block(call, world, "Have A/S")
    given = f"{today() + timedelta(days=90):%d-%m-%Y}"
    call.say(f"{firm(world, 'Have A/S')}/call", reply="not_now", follow_up_on=given)
    rested = block(call, world, "Have A/S")
    assert f"{told} {given}" in rested
    assert "by-hand" not in rested
    assert told not in block(call, world, "Kro A/S")
    listed = reader.get(f"/citizens/{world['anna']}/shortlist").text
    assert f"{told} {given}" in listed
    assert f"{told} {given}" in reader.get(f"/job-orders/{world['Havearbejde']}").text
    call.say(f"{firm(world, 'Have A/S')}/call", reply="yes")
    assert told not in call.text
    assert told not in reader.get(f"/job-orders/{world['Havearbejde']}").text


def test_who_did_not_answer_is_rung_again_on_a_working_day_that_can_be_another(service, call, world):
    call.say(f"{firm(world, 'Have A/S')}/call", reply="not_answered")
    (made,) = contacts(service, world, "Have A/S")
    again = date.fromisoformat(made["follow_up_on"])
    assert again > today()
    assert again.weekday() < 5
    assert f"ring again on {again:%A %d-%m-%Y}" in block(call, world, "Have A/S")
    assert f'href="/employers/{world["Have A/S"]}#contacts"' in block(call, world, "Have A/S")


SCOPES = ["Yes, for every task there", "No, for every task there"] + 2 * [
    "Yes, for this task alone",
    "No, for this task alone",
]


def buttons(line):
    return re.findall(r'<button[^>]* name="answer"[^>]*>([^<]+)</button>', line)


@pytest.mark.parametrize("fact", ["machines", "alcohol_present"], ids=["of the work", "of the workplace"])
def test_a_question_about_several_tasks_is_asked_once_and_each_button_says_for_which(call, world, fact):
    kro = block(call, world, "Kro A/S")
    assert kro.count(f'id="{world["Kro A/S"]}-{fact}"') == 1
    line = call.line(asked_of(world, "Opvask", fact))
    assert buttons(line) == SCOPES
    assert re.findall(r'class="for-one"><span>([^<]+)', line) == ["Opvask", "Oprydning"]


def test_a_question_about_the_only_task_there_is_answered_yes_or_no(call, world):
    assert buttons(call.line(asked_of(world, "Havearbejde", "machines"))) == ["Yes", "No"]


def test_an_answer_about_one_of_several_tasks_names_it_and_leaves_the_other_open(call, world):
    call.say(order(world, "Opvask"), about="avoids:machines", answer="no")
    line = call.line(asked_of(world, "Opvask", "machines"))
    assert "<span>Opvask:</span> <strong>No</strong>" in line
    assert re.findall(r'class="for-one"><span>([^<]+)', line) == ["Oprydning"]
    assert call.told.startswith("Opvask, Kro A/S: ")


def test_an_answer_for_every_task_is_told_with_the_employer_and_one_of_the_citizen_with_the_name(call, world):
    call.say(firm(world, "Kro A/S"), about="avoids:machines", answer="no")
    assert call.told.startswith("Kro A/S: ")
    call.say("abilities", about="abilities:driving_licence", answer="yes")
    assert call.told.startswith("Anna Marie Holm: ")


def test_what_an_answer_moved_stands_beside_it_with_its_number_before_and_now(call, world):
    assert "Moved by the last answer" not in call.text
    call.say("abilities", about="abilities:driving_licence", answer="yes")
    assert "<li><span>Blomsterbud</span>: <strong>new, no. 1</strong></li>" in call.text
    for about in ("avoids:machines", "avoids:alcohol_present"):
        call.say(order(world, "Havearbejde"), about=about, answer="no")
    assert "<li><span>Havearbejde</span>: <strong>new, no. 1</strong></li>" in call.text
    assert "no. 1 → 2" in call.text.split('id="h-now"')[1]
    call.say("abilities/undo", about="abilities:driving_licence")
    call.say(order(world, "Opvask"), about="avoids:machines", answer="yes")
    assert "<li><span>Opvask</span>: <strong>left out now</strong></li>" in call.text


def test_the_call_of_each_employer_is_told_by_its_own_name(call, world):
    for name in ("Have A/S", "Park A/S"):
        call.say(f"{firm(world, name)}/call", reply="yes")
        assert call.told == f"The call to {name} is written down: wants the task done."


def test_a_refused_order_stands_last_in_a_new_order_and_promises_nothing(call, world):
    assert call.employers[0] == "Have A/S"
    assert "points if so" in block(call, world, "Have A/S")
    call.say(f"{firm(world, 'Have A/S')}/call", reply="no")
    assert call.employers[0] == "Have A/S"
    assert "points if so" not in block(call, world, "Have A/S")
    call.open()
    assert call.employers[-1] == "Have A/S"


def test_nothing_more_is_asked_about_a_task_that_its_employer_said_no_to(call, world):
    asked = block(call, world, "Have A/S")
    assert 'name="about"' in asked
    questions = re.findall(r"<li id[^>]*><span[^>]*>([^<]+)", asked)
    call.say(f"{firm(world, 'Have A/S')}/call", reply="no")
    block_now = block(call, world, "Have A/S").partition('class="list-side"')[0]
    assert 'name="about"' not in block_now
    assert 'class="box"' not in block_now
    assert re.findall(r"<li id[^>]*><span[^>]*>([^<]+)", block_now) == questions
    assert block_now.count("need not be asked now") == len(questions)
    call.open()
    assert 'name="about"' not in block(call, world, "Have A/S").partition('class="list-side"')[0]


def test_of_two_tasks_there_the_one_without_a_no_is_asked_about_still(call, world):
    call.say(f"{firm(world, 'Kro A/S')}/call", reply="no", order_id=world["Opvask"])
    text = block(call, world, "Kro A/S")
    assert "Opvask: need not be asked now" in " ".join(re.sub(r"<[^>]+>", " ", text).split())
    asked = re.findall(r'action="[^"]*/answers/job-orders/(\w+)"', text)
    assert set(asked) == {world["Oprydning"]}


def test_the_citizen_is_not_asked_about_what_only_a_refused_task_wants(call, service, world):
    licence = re.compile(r'<li class="asked-line" id="citizen-driving_licence".*?</li>', re.DOTALL)
    assert 'name="answer"' in licence.search(call.text)[0]
    no = {"kind": "call", "about": "job_order", "order_id": world["Blomsterbud"], "reply": "no"}
    service.made("consultant", f"employers/{world['Taxa A/S']}/contacts", no)
    call.open()
    asked = licence.search(call.text)[0]
    assert 'name="answer"' not in asked
    assert "need not be asked now" in asked


@given(st.sets(st.sampled_from([str(code) for code in Demand if code in REQUIREMENTS])))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
def test_every_question_that_a_row_of_the_list_asks_stands_on_the_call_sheet(service, reader, world, lacking):
    anna = f"/api/v1/citizens/{world['anna']}"
    needs = {"avoids": ["machines"], "abilities": dict.fromkeys(sorted(lacking), "no")}
    service.ask("consultant", "PATCH", anna, needs, If_Match="*")
    listed = service.ask("consultant", "GET", f"{anna}/shortlist").json()
    asked = set()
    for row in (*listed["items"], *listed["ask"]["items"]):
        rules = [one["about"] for one in row.get("questions", ()) if one["of"] == "employer"]
        rules += [one["rule"] for one in row.get("warnings", ()) if one["rule"].startswith("check:")]
        asked |= {(row["employer"]["id"], fact_of(rule)) for rule in rules}
    call = Call(reader, world)
    assert asked
    shown = set(re.findall(r'<li id="(\w+)-(\w+)"', call.text.split('id="h-calls"')[1].split("list-side")[0]))
    assert asked <= shown


@pytest.fixture
def in_twos(monkeypatch):
    monkeypatch.setattr(call_sheet, "AT_ONCE", 2)


def following(call, says="The next employers"):
    return unescape(re.search(rf'href="([^"]+)">{says}</a>', call.text)[1])


def test_a_short_sheet_has_no_parts(call):
    assert "Sheet 1" not in call.text


def test_a_long_sheet_is_rung_in_parts_that_leave_nobody_out(reader, call, world, in_twos):
    whole = call.employers
    call.open()
    first = call.employers
    assert "Sheet 1 of 2." in call.text
    assert "The employers before" not in call.text
    call.show(reader.get(following(call)))
    assert (first + call.employers, len(first)) == (whole, 2)
    assert "Sheet 2 of 2." in call.text
    assert "The next employers" not in call.text
    call.show(reader.get(following(call, "The employers before")))
    assert call.employers == first


def test_an_answer_in_the_second_part_leads_back_to_it(reader, call, world, in_twos):
    call.open()
    call.show(reader.get(following(call)))
    there = call.employers
    call.say(f"{firm(world, there[0])}/call", reply="yes")
    assert call.employers == there
    assert "Sheet 2 of 2." in call.text


def test_a_sheet_opens_at_the_part_of_an_employer(reader, call, world, in_twos):
    last = call.employers[-1]
    address = f"/citizens/{world['anna']}/call-sheet"
    call.show(reader.get(f"{address}?at={world[last]}"))
    assert last in call.employers
    assert "Sheet 2 of 2." in call.text
    call.show(reader.get(f"{address}?at=nobody"))
    assert "Sheet 1 of 2." in call.text


def test_a_part_that_there_is_not_is_the_last(reader, call, world, in_twos):
    call.open()
    beyond = re.sub(r"-2$", "-9", following(call))
    call.show(reader.get(beyond))
    assert "Sheet 2 of 2." in call.text
