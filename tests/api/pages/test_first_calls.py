"""Whom to ring first: what the page says, the way to a call and back, and who is named on it."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from api.casework.municipalities import caller_at
from api.store import audit, contacts
from matching.times import today_in_denmark
from tests.api.pages.conftest import Reader

PLACE = {"lat": 55.2350, "lon": 11.7700}
FREE = {"advertising_protected": "no", "place": PLACE}
GARDENERS = {"industry_code": "813000", "industry_system": "db07"}
ANCHORS = [{"kind": "postal_district", "postcode": "4700"}]


def called(page):
    return re.findall(r'<h[23] class="title"><a href="/employers/[^>]+>([^<]+)', page)


def words(page):
    text = re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main>")[0])
    return " ".join(text.split())


@pytest.fixture
def town(service):
    """Two gardeners without an order, a bar with one, and three who avoid alcohol: one a colleague's work."""

    def made(path, body, who="consultant"):
        return service.made(who, path, body)["id"]

    ids = {
        "gardener": made("employers", {**FREE, **GARDENERS, "name": "Gartneren", "phone": "+45 55 55 12 12"}),
        "other": made("employers", {**FREE, **GARDENERS, "name": "Planteskolen"}),
        "bar": made("employers", {**FREE, "name": "Baren"}),
    }
    task = {"title": "Luge bede", "activities": {"green": 1}}
    ids["order"] = made("job-orders", {**task, "employer_id": ids["bar"]})
    wants = {
        "anchors": ANCHORS,
        "ready": True,
        "attitudes": {"green": "gladly"},
        "avoids": ["alcohol_present"],
    }
    for name in ("Anna Holm", "Bo Bæk"):
        ids[name] = made("citizens", {**wants, "name": name})
    made("citizens", {**wants, "name": "Karen Kirk"}, "colleague")
    return ids


def test_nobody_to_ring_for_leads_to_the_citizens(reader):
    page = reader.get("/calls").text
    assert "There is nobody to ring for yet." in page
    assert '<a href="/citizens">' in page
    assert "A task counts from" not in page


def test_each_call_says_whom_to_ring_what_to_ask_and_how_many_it_is_for(reader, town):
    page = reader.get("/calls").text
    assert called(page) == ["Gartneren", "Planteskolen", "Baren"]
    said = words(page)
    assert "3 citizens of the municipality wait : nothing is suggested for them" in said
    assert "1 call opens something for 3 of them." in said
    assert "opens something where work there could be worth 60 points" in said
    assert "Ask for: weed beds, rake leaves, trim hedges" in said
    assert 'href="tel:+4555551212"' in page
    assert "Where that comes to nothing" in said
    assert "Is alcohol served" in said
    assert said.count("no telephone number") == 2


def test_one_s_own_are_named_and_led_to_and_the_others_are_a_number(reader, service, town):
    page = reader.get("/calls").text
    assert f'href="/citizens/{town["Anna Holm"]}/shortlist?kind=employers">Anna Holm' in page
    assert f'href="/citizens/{town["Bo Bæk"]}/shortlist">Bo Bæk' in page
    assert "and 1 other" in words(page)
    assert not {"Karen", "K.K."} & set(words(page).split())
    with service.store.unit(read_only=True) as unit:
        looks = {row.citizen_id for row in audit.entries(unit, "0370") if row.action == "call_shown"}
    assert looks == {town["Anna Holm"], town["Bo Bæk"]}
    theirs = words(Reader(service, "coordinator").get("/calls").text)
    assert "None of them is open to you." in theirs
    assert "Anna" not in theirs


def test_a_call_is_written_down_at_the_employer_and_leads_back_to_the_list_reckoned_anew(
    reader, service, town
):
    gardener = f"/employers/{town['gardener']}"
    assert f'href="{gardener}?back=%2Fcalls&amp;about=new_work#contacts"' in reader.get("/calls").text
    form = reader.get(f"{gardener}?back=%2Fcalls&about=new_work").text
    assert '<option value="new_work" selected>' in form
    assert '<input type="hidden" name="back" value="/calls">' in form
    assert '<a href="/calls">Call first</a>' in form
    sent = reader.send(f"{gardener}/contacts", {"kind": "call", "reply": "not_answered", "back": "/calls"})
    with service.store.unit(read_only=True) as unit:
        (contact,), _ = contacts.of_employer(unit, caller_at("0370"), town["gardener"])
    assert (sent.status_code, sent.headers["location"]) == (303, f"/calls?called={contact.id}")
    page = reader.get(sent.headers["location"]).text
    assert called(page) == ["Planteskolen", "Baren"]
    assert "Gartneren : the contact is written down, and the list is reckoned anew." in words(page)
    assert "1 employer is left out" in words(page)


def test_a_call_about_questions_is_proposed_as_one_about_the_order(reader, service, town):
    bar = f"/employers/{town['bar']}"
    assert f'href="{bar}?back=%2Fcalls&amp;about=job_order#contacts"' in reader.get("/calls").text
    form = reader.get(f"{bar}?back=%2Fcalls&about=job_order&order={town['order']}").text
    assert '<option value="job_order" selected>' in form
    assert f'<option value="{town["order"]}" selected' in form
    assert '<option value="new_work" selected>' in reader.get(f"{bar}?about=nonsense").text


def test_nothing_is_told_of_a_call_that_the_reader_has_not_just_written_down(reader, service, town):
    gardener = f"/employers/{town['gardener']}"
    sent = reader.send(f"{gardener}/contacts", {"kind": "call", "back": "/calls"})
    theirs = sent.headers["location"]
    told = "the contact is written down"
    assert told in words(reader.get(theirs).text)
    others = [Reader(service, who).get(theirs).text for who in ("colleague", "away")]
    named = [reader.get(f"/calls?called={id_}").text for id_ in (town["gardener"], town["bar"], "x" * 64)]
    assert [page for page in (*others, *named) if told in words(page)] == []


def test_a_contact_that_is_refused_keeps_the_way_back(reader, town):
    gardener = f"/employers/{town['gardener']}"
    form = {"kind": "call", "on": "31-02-2026", "back": "/calls?points=50"}
    page = reader.send(f"{gardener}/contacts", form)
    assert page.status_code == 422
    assert '<input type="hidden" name="back" value="/calls?points=50">' in page.text


@pytest.mark.parametrize(
    "back", ["//evil.example/calls", "https://evil.example/calls", "/today", "/calls/../x"]
)
def test_the_way_back_leads_to_the_list_of_calls_and_nowhere_else(reader, town, back):
    gardener = f"/employers/{town['gardener']}"
    page = reader.get(f"{gardener}?back={quote(back, safe='')}").text
    assert 'name="back"' not in page.partition("<main")[2].partition("</main>")[0]
    sent = reader.send(f"{gardener}/contacts", {"kind": "call", "back": back})
    assert sent.headers["location"] == f"{gardener}?done=contact#contacts"


def test_the_points_that_are_enough_are_chosen_and_kept_on_the_way(reader, town):
    page = reader.get("/calls?points=50").text
    assert '<option value="50" selected>' in page
    assert "back=%2Fcalls%3Fpoints%3D50" in page
    page = reader.get("/calls?points=100").text
    assert "3 citizens wait, and no call opens something for them today." in words(page)
    assert '<option value="100" selected>100 points' in page
    # an address that cannot be read is answered without what cannot be read of it
    assert called(reader.get("/calls?points=mange").text) == ["Gartneren", "Planteskolen", "Baren"]


def test_where_everybody_has_a_task_nobody_waits(reader, service, town):
    answer = {"about": "alcohol_present", "answer": "no"}
    service.ask("consultant", "POST", f"/api/v1/employers/{town['bar']}/answers", answer)
    page = words(reader.get("/calls").text)
    assert "Nobody waits." in page
    assert "or one on their list that is worth 60 points" in page


def test_today_and_the_employers_lead_there_for_who_may_see_candidates(reader, service, town):
    for address in ("/today", "/employers"):
        assert 'href="/calls"' in reader.get(address).text
    assert 'href="/calls"' not in Reader(service, "centre_staff").get("/today").text
    assert 'href="/calls"' not in Reader(service, "analyst").get("/employers").text


def test_an_employer_of_whom_nobody_knows_what_it_needs_is_asked_what_there_is(reader, service, town):
    day = str(today_in_denmark() - timedelta(days=1))
    for name in ("gardener", "other"):
        path = f"/api/v1/employers/{town[name]}"
        service.ask("consultant", "PATCH", path, {"industry_code": "", "last_contact_on": day}, If_Match="*")
    service.made("consultant", "employers", {**FREE, "name": "Ukendt"})
    page = words(reader.get("/calls?points=0").text)
    assert "Ukendt" in page
    assert "nothing is known of what firms like this one need" in page


def test_the_page_speaks_danish(reader, town):
    page = words(reader.get("/calls", Accept_Language="da").text)
    assert "Ring først" in page
    assert "Spørg efter: luge bede, rive blade, klippe hæk" in page
    assert "Hvis det ikke fører til noget" in page
    assert "hvor arbejdet kan give 60 point" in page


def test_an_employer_whose_task_is_filled_is_not_called_one_without_a_task(reader, service, town):
    task = {"title": "Brygge kaffe", "activities": {"green": 1}, "employer_id": town["gardener"]}
    filled = service.made("consultant", "job-orders", {**task, "places": 0})["id"]
    service.ask("consultant", "PATCH", f"/api/v1/job-orders/{filled}", {"state": "filled"}, If_Match="*")
    page = reader.get("/calls").text
    said = words(page)
    assert said.count("no task yet") == 1
    assert said.count("no free task right now") == 1
    assert "Its tasks that are filled: Brygge kaffe" in said
    assert f'<a href="/job-orders/{filled}"' in page


@pytest.mark.parametrize("of_order", [False, True], ids=["of the workplace", "of one task"])
def test_a_question_leads_to_the_very_place_where_it_is_answered(reader, service, town, of_order):
    demand = "heavy_lifting" if of_order else "alcohol_present"
    body = {"name": "Eva Eng", "anchors": ANCHORS, "ready": True, "attitudes": {"green": "gladly"}}
    service.made("consultant", "citizens", {**body, "avoids": [demand]})
    bar = f"/employers/{town['bar']}"
    page = f"/job-orders/{town['order']}" if of_order else bar
    link = f"{page}#fact-{demand}"
    assert f'href="{link}"' in reader.get("/calls").text
    assert f'id="fact-{demand}"' in reader.get(page).text
