"""The portfolio of employers, and one employer: its facts, contacts and place."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine

from api.domain.practice import Practice
from api.domain.working_days import day_of
from api.store import audit
from matching.times import DENMARK_TIME
from tests.api.pages.conftest import Reader
from tests.api.service import Service

NAESTVED = {"lat": 55.23, "lon": 11.76}
DUE = re.compile(r"contacts rest until (\d\d-\d\d-\d{4})")


def today(service):
    with service.store.unit(read_only=True) as unit:
        return day_of(unit.at)


def said(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def named(page):
    return re.findall(r'<h2 class="title"><a href="[^"]+">([^<]+)', page.text)


@pytest.fixture
def firms(service):
    """Three employers by a word each."""
    made = {
        "ø": {"name": "Østerbro Café", "cvr": "99003626", "industry": "Caféer", "place": NAESTVED},
        "bakery": {"name": "Bageriet", "phone": "+45 95 63 35 48", "industry": "Bagerier"}
        | {"advertising_protected": "no"},
        "bike": {"name": "Cykelværkstedet", "place": {"lat": 55.40, "lon": 11.76}},
    }
    return {word: service.made("consultant", "employers", body)["id"] for word, body in made.items()}


@pytest.fixture
def bakery(firms):
    return f"/employers/{firms['bakery']}"


def version(service, employer):
    return service.ask("consultant", "GET", f"/api/v1{employer}").json()["version"]


def test_employers_stand_in_danish_order(reader, firms):
    assert named(reader.get("/employers")) == ["Bageriet", "Cykelværkstedet", "Østerbro Café"]


def test_a_municipality_without_employers_is_led_to_the_lists(reader):
    page = reader.get("/employers").text
    assert "No employers are known yet." in page
    assert 'href="/imports"' in page


SOUGHT = {
    "part of a name": ("words=cykel", ["Cykelværkstedet"]),
    "a name without its accents": ("words=cafe", ["Østerbro Café"]),
    "a CVR number": ("words=990036", ["Østerbro Café"]),
    "a telephone number": ("words=95633548", ["Bageriet"]),
    "a telephone number with blanks": ("words=%2B45+95+63+35+48", ["Bageriet"]),
    "three figures": ("words=956", []),
    "nobody": ("words=xyz", []),
    "an industry": ("industry=Bagerier", ["Bageriet"]),
    "without a place": ("only=unplaced", ["Bageriet"]),
    "not to be contacted first": ("only=silent", ["Cykelværkstedet", "Østerbro Café"]),
    "open orders": ("only=orders", ["Cykelværkstedet"]),
    "something that cannot be sifted by": ("only=nonsense", ["Bageriet", "Cykelværkstedet", "Østerbro Café"]),
}


@pytest.mark.parametrize(("asked", "found"), SOUGHT.values(), ids=SOUGHT.keys())
def test_the_list_is_sifted(service, reader, firms, asked, found):
    service.made("consultant", "job-orders", {"employer_id": firms["bike"], "title": "Smøre kæder"})
    page = reader.get(f"/employers?{asked}")
    assert named(page) == found
    assert found or "No employer is like that." in page.text


def test_kilometres_are_counted_from_a_centre(service, reader, firms):
    centre = service.made("coordinator", "centres", {"name": "Havnen", "place": NAESTVED})["id"]
    page = reader.get(f"/employers?centre={centre}&km=10")
    assert named(page) == ["Østerbro Café"]
    assert "0.0 km" in page.text
    assert named(reader.get(f"/employers?centre={centre}&km=50")) == ["Cykelværkstedet", "Østerbro Café"]
    for km in ("mange", "100000"):
        assert reader.get(f"/employers?centre={centre}&km={km}").status_code == 422


def test_the_list_goes_on_where_it_stopped_and_keeps_what_is_sought(reader, firms):
    page = reader.get("/employers?limit=1&words=er")
    more = re.search(r'href="(/employers\?[^"]+cursor=[^"]+)"', page.text)[1].replace("&amp;", "&")
    assert "words=er" in more
    assert named(page) + named(reader.get(more)) == ["Bageriet", "Cykelværkstedet", "Østerbro Café"]


def test_a_page_of_other_employers_than_the_ones_shown_is_refused(reader, firms):
    page = reader.get("/employers?limit=1&words=er&utm_source=mail")
    more = re.search(r'href="(/employers\?[^"]+cursor=[^"]+)"', page.text)[1].replace("&amp;", "&")
    assert reader.get(more).status_code == 200
    other = reader.get(more.replace("words=er", "words=a"))
    assert other.status_code == 422
    assert "This is not a cursor of this list." in other.text


def test_who_was_contacted_lately_rests_until_a_day_that_is_told(service, reader, bakery):
    service.made("colleague", f"{bakery[1:]}/contacts", {"kind": "call"})
    free = said(today(service) + timedelta(days=28))
    page = reader.get("/employers?only=resting")
    assert named(page) == ["Bageriet"]
    assert DUE.findall(page.text) == [free]
    assert f"Contacts rest until {free}." in reader.get(bakery).text


def test_a_municipality_sees_its_own_employers_only(service, firms):
    assert named(Reader(service, "away").get("/employers")) == []


def test_answers_stand_with_the_day_and_who_wrote_them_down(service, reader, bakery):
    told = {"about": "noise", "answer": "no"}
    assert Reader(service, "colleague").send(f"{bakery}/answers", told).headers["location"].startswith(bakery)
    reader.send(f"{bakery}/answers", {"about": "contact_person", "answer": "yes"})
    page = re.sub(r"\s+", " ", reader.get(bakery).text)
    assert re.search(rf"Noise: no</strong> <span class=\"soft\">{said(today(service))} colleague<", page)
    assert re.search(r"yes</strong> <span class=\"soft\">[\d-]+ consultant<", page)


def test_an_answer_that_is_taken_back_is_known_no_more(reader, bakery):
    reader.send(f"{bakery}/answers", {"about": "noise", "answer": "no"})
    reader.send(f"{bakery}/answers", {"about": "noise", "answer": "unknown"})
    assert "Nothing is known yet." in reader.get(bakery).text


def test_an_answer_about_nothing_is_refused(reader, bakery):
    for about, answer in (("xyz", "no"), ("noise", "perhaps")):
        assert reader.send(f"{bakery}/answers", {"about": about, "answer": answer}).status_code == 422


def test_a_contact_is_written_down_and_shown(service, reader, bakery):
    form = {"kind": "visit", "on": said(today(service)), "about": "new_work", "note": "Vil gerne <høre> mere"}
    follow = said(today(service) + timedelta(days=3))
    answer = reader.send(f"{bakery}/contacts", {**form, "follow_up_on": follow})
    page = reader.get(answer.headers["location"]).text
    assert "The contact is written down." in page.split('id="contacts"')[1].split("</section>")[0]
    assert "visit, new work" in page
    assert "Vil gerne &lt;høre&gt; mere" in page
    settle = re.search(r'action="([^"]+/settled)"', page)[1]
    assert reader.send(settle, {}).status_code == 303
    assert "/settled" not in reader.get(bakery).text


def test_a_contact_written_down_by_mistake_is_undone_and_nothing_rests(service, reader, bakery):
    address = f"/api/v1{bakery}"
    before = service.ask("consultant", "GET", address).json()["last_contact_on"]
    reader.send(f"{bakery}/contacts", {"kind": "call", "about": "new_work", "note": "Forkert"})
    page = reader.get(bakery).text
    assert "Contacts rest until" in page
    undo = re.search(r'action="([^"]+/taken-back)"', page)[1]
    assert "/taken-back" not in Reader(service, "colleague").get(bakery).text
    assert Reader(service, "colleague").send(undo, {}).status_code == 409
    page = reader.get(reader.send(undo, {}).headers["location"]).text
    assert "as if it had not been written down" in page
    assert "May be contacted today." in page
    assert "Forkert" not in page
    assert service.ask("consultant", "GET", address).json()["last_contact_on"] == before
    with service.store.unit(read_only=True) as unit:
        assert "contact_taken_back" in {one.action for one in audit.entries(unit, "0370")}
    assert reader.send(undo, {}).status_code == 404


def test_a_contact_of_an_earlier_day_stays(service, reader, bakery):
    with time_machine.travel(datetime.now(DENMARK_TIME) - timedelta(days=1), tick=False):
        made = service.made("consultant", f"{bakery[1:]}/contacts", {"kind": "call"})["id"]
    assert "/taken-back" not in reader.get(bakery).text
    refused = reader.send(f"{bakery}/contacts/{made}/taken-back", {})
    assert refused.status_code == 409
    assert "by who wrote it down, on the same day" in refused.text


def test_what_the_employer_said_stands_in_the_history_and_in_the_portfolio(service, reader, bakery):
    spring = said(today(service) + timedelta(days=120))
    form = {"kind": "call", "about": "new_work", "reply": "not_now", "follow_up_on": spring}
    page = reader.get(reader.send(f"{bakery}/contacts", form).headers["location"]).text
    assert '<span class="tag">not now</span>' in page
    told = f"said on {said(today(service))}: not now, come back to it on {spring}"
    assert told in reader.get("/employers").text
    rests = f"contacts rest until {spring}"
    assert f"{rests}, as they have asked" in reader.get("/employers?only=resting").text
    assert f"C{rests[1:]}." in page
    left_alone = "The employer has asked to be left alone until then, and to be contacted again"
    assert left_alone in page
    unseen = Reader(service, "analyst").get("/employers").text
    assert rests in unseen
    assert "as they have asked" not in unseen
    too_soon = reader.send(f"{bakery}/reservations", {"on": said(today(service) + timedelta(days=60))})
    assert too_soon.status_code == 409
    assert left_alone in too_soon.text
    # who sees no contacts is not told what was said in them
    assert "not now" not in Reader(service, "analyst").get("/employers").text


def test_after_a_call_that_nobody_answered_the_employer_is_left_alone_until_tomorrow(service, reader, bakery):
    form = {"kind": "call", "about": "new_work", "reply": "not_answered"}
    page = reader.get(reader.send(f"{bakery}/contacts", form).headers["location"]).text
    tomorrow = said(today(service) + timedelta(days=1))
    assert f"Contacts rest until {tomorrow}." in page
    assert "Somebody has tried, and nobody answered." in page
    assert f"contacts rest until {tomorrow}, nobody answered" in reader.get("/employers").text


def test_who_did_not_answer_is_to_be_tried_again_on_the_day_that_the_form_has_said(service, reader, bakery):
    proposed = re.search(r"give no day, you are reminded on (\w+ [0-9-]+)\.", reader.get(bakery).text)[1]
    reader.send(f"{bakery}/contacts", {"kind": "call", "reply": "not_answered"})
    assert f"come back to it on {proposed}" in reader.get(bakery).text
    other = said(today(service) + timedelta(days=9))
    reader.send(f"{bakery}/contacts", {"kind": "call", "reply": "not_answered", "follow_up_on": other})
    assert re.search(rf"come back to it on \w+day {other}", reader.get(bakery).text)


def test_not_now_without_a_day_is_told_at_the_day_with_what_was_written(reader, bakery):
    answer = reader.send(f"{bakery}/contacts", {"kind": "call", "note": "Travlt", "reply": "not_now"})
    assert answer.status_code == 422
    assert "It is not said when to come back to it." in answer.text
    day = re.search(r'<input [^>]*id="contact-follow_up_on"[^>]*>', answer.text)[0]
    assert 'aria-invalid="true"' in day
    assert '<option value="not_now" selected>' in answer.text
    assert "Travlt" in answer.text


def test_what_the_employer_said_is_put_right_and_put_back_by_one_press(service, reader, bakery):
    spring = said(today(service) + timedelta(days=120))
    form = {"kind": "call", "reply": "not_now", "follow_up_on": spring}
    reader.send(f"{bakery}/contacts", form)
    action = re.search(r'action="([^"]+/reply)"', reader.get(bakery).text)[1]
    sent = {"reply": "yes", "follow_up_on": "", "was": "not_now", "until": spring}
    page = reader.get(reader.send(action, sent).headers["location"]).text
    assert "What they said is written down." in page
    assert '<span class="tag good">yes</span>' in page
    undo = re.search(rf'<form class="inline" method="post" action="{action}">(.*?)</form>', page)[1]
    back = dict(re.findall(r'name="(\w+)" value="([^"]*)"', undo))
    assert back == {"reply": "not_now", "follow_up_on": spring}
    page = reader.get(reader.send(action, back).headers["location"]).text
    assert "The change was undone." in page
    assert '<span class="tag">not now</span>' in page
    assert re.search(rf"come back to it on \w+day {spring}", page)
    refused = reader.send(action, {"reply": "not_now", "was": "yes"})
    assert refused.status_code == 422
    assert "It is not said when to come back to it." in refused.text
    assert reader.send(action, {"reply": "perhaps"}).status_code == 422


def test_an_address_that_makes_up_what_stood_before_offers_no_undo_of_it(reader, bakery):
    page = reader.get(f"{bakery}?done=reply&of=x&was=perhaps").text
    assert "/reply" not in page


def test_a_note_is_corrected_and_removed_on_the_page(service, reader, bakery):
    service.made("colleague", f"{bakery[1:]}/contacts", {"kind": "call", "note": "Anna fra Havnen"})
    action = re.search(r'action="([^"]+/note)"', reader.get(bakery).text)[1]
    refused = reader.send(action, {"note": "Anna 010190-1234"})
    assert refused.status_code == 422
    assert re.search(
        r'<textarea [^>]*name="note"[^>]* aria-invalid="true"[^>]*>Anna 010190-1234<', refused.text
    )
    page = reader.get(reader.send(action, {"note": "Ring efter jul"}).headers["location"]).text
    assert "The note is corrected." in page
    assert "Ring efter jul" in page
    assert "Anna fra Havnen" not in page
    assert reader.send(action, {}).status_code == 303
    assert "Ring efter jul" not in reader.get(bakery).text


WRONG = {
    "a day to come": {"on": "01-01-2999"},
    "no day": {"on": "for nylig"},
    "another's order": {"order_id": "0" * 32},
    "a follow-up before it": {"follow_up_on": "01-01-2020"},
    "no such kind": {"kind": "smoke"},
    "a day of long ago": {"on": "20-11-1990"},
    "a follow-up far ahead": {"follow_up_on": "20-11-2090"},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_contact_that_cannot_be_is_told_with_what_was_written(reader, bakery, wrong):
    answer = reader.send(f"{bakery}/contacts", {"kind": "call", "note": "Ring efter kl. 10", **wrong})
    assert answer.status_code == 422
    assert 'id="wrong-contact"' in answer.text
    assert "Ring efter kl. 10" in answer.text
    assert "No contact is written down." in answer.text


def test_what_can_be_done_with_a_contact_is_named_with_what_it_is_done_to(service, reader, bakery):
    coming, now = (said(today(service) + timedelta(days=days)) for days in (7, 0))
    contact = {"kind": "call", "note": "Ring efter kl. 10", "reply": "not_now", "follow_up_on": coming}
    reader.send(f"{bakery}/contacts", contact)
    reader.send(f"{bakery}/reservations", {"on": coming, "reason": "Kun åbent i denne uge"})
    page = reader.get(bakery).text
    for act in ("Undo the contact", "Correct the note", "Remove the note", "The follow-up is done"):
        assert f'aria-label="{act}: call {now}">{act}<' in page
    assert f'Correct what they said<span class="sr-only">: call {now}</span>' in page
    assert f'aria-label="Give the day back: {coming}">Give the day back<' in page


def test_no_day_that_nobody_has_written_looks_filled_in(reader, bakery):
    page = reader.get(bakery).text
    assert not re.search(r'placeholder="[^"]*\d', page)
    described = '<input [^>]*name="follow_up_on" value="" [^>]*aria-describedby="contact-follow_up_on-hint"'
    assert re.search(described, page)
    assert 'id="contact-follow_up_on-hint">for example Friday, 1/12 or in a week<' in page


def test_a_day_far_ahead_is_not_reserved_whatever_the_reason(reader, bakery):
    answer = reader.send(f"{bakery}/reservations", {"on": "20-11-2090", "reason": "Aftalt"})
    assert answer.status_code == 422
    assert "is more than 2 years ahead. Is the year right?" in answer.text
    assert 'value="20-11-2090"' in answer.text


def test_a_day_beyond_the_limit_is_told_with_the_next_free_one(service, reader, bakery):
    now = today(service)
    assert reader.send(f"{bakery}/reservations", {"on": said(now)}).status_code == 303
    free = said(Practice().calendar.working_day_of(now + timedelta(days=28)))
    answer = reader.send(f"{bakery}/reservations", {"on": said(now + timedelta(days=5))})
    assert answer.status_code == 409
    assert f"The next free day is {free}." in answer.text
    assert f'name="on" value="{free}"' in answer.text
    assert f'value="{said(now + timedelta(days=5))}"' in answer.text
    assert reader.send(f"{bakery}/reservations", {"on": free}).status_code == 303


def test_a_day_beyond_the_limit_is_kept_with_a_reason_and_can_be_given_back(service, reader, bakery):
    now = said(today(service))
    reader.send(f"{bakery}/reservations", {"on": now})
    beyond = reader.send(f"{bakery}/reservations", {"on": now, "reason": "Kun åbent i denne uge"})
    page = reader.get(beyond.headers["location"]).text
    assert "Kun åbent i denne uge" in page
    given_back = re.findall(r'action="([^"]+/given-back)"', page)
    assert len(given_back) == 2
    for address in given_back:
        assert reader.send(address, {}).status_code == 303
    assert "May be contacted today." in reader.get(bakery).text


def test_a_mark_says_that_it_was_made_by_hand(service, reader, bakery):
    assert "place not known" in reader.get(bakery).text
    form = {"seen": version(service, bakery), "lat": "55,2299", "lon": "11.7609", "precision": "street"}
    page = reader.get(reader.send(f"{bakery}/mark", form).headers["location"]).text
    assert "The place is marked." in page
    assert "Known by: street, marked by hand" in page
    assert 'data-lat="55.2299"' in page


@pytest.mark.parametrize("where", [("abc", "11.7"), ("", ""), ("11.7", "55.2"), ("0", "0"), ("nan", "11")])
def test_a_mark_outside_denmark_is_told_with_what_was_written(service, reader, bakery, where):
    form = {"seen": version(service, bakery), "lat": where[0], "lon": where[1]}
    answer = reader.send(f"{bakery}/mark", form)
    assert answer.status_code == 422
    assert 'id="wrong-mark"' in answer.text
    assert f'name="lat" required value="{where[0]}"' in answer.text


def test_a_mark_is_preset_as_precise_as_the_place_is_known(service, reader, bakery):
    assert '<option value="address" selected>' in reader.get(bakery).text
    form = {"seen": version(service, bakery), "lat": "55.2299", "lon": "11.7609", "precision": "town"}
    reader.send(f"{bakery}/mark", form)
    assert '<option value="town" selected>' in reader.get(bakery).text


def test_a_mark_is_no_more_precise_for_being_saved_where_it_is(service, reader, bakery):
    town = {"lat": "55.2299", "lon": "11.7609", "precision": "town"}
    reader.send(f"{bakery}/mark", {**town, "seen": version(service, bakery)})
    seen = version(service, bakery)
    unmoved = reader.send(f"{bakery}/mark", {**town, "precision": "address", "seen": seen})
    assert unmoved.status_code == 422
    assert "The mark has not been moved" in unmoved.text
    assert "Known by: town" in reader.get(bakery).text
    put = reader.send(f"{bakery}/mark", {**town, "lat": "55.2301", "precision": "address", "seen": seen})
    assert put.status_code == 303


def test_a_mark_on_what_somebody_else_has_changed_is_not_kept(service, reader, bakery):
    reader.send(f"{bakery}/answers", {"about": "noise", "answer": "no"})
    assert reader.send(f"{bakery}/mark", {"seen": "1", "lat": "55.2", "lon": "11.7"}).status_code == 412


def test_an_address_is_written_down_and_its_place_looked_up(service, reader, bakery):
    form = {
        "seen": version(service, bakery),
        "street": "Ringstedgade",
        "house_number": "1",
        "postcode": "4700",
    }
    page = reader.get(reader.send(f"{bakery}/address", form).headers["location"]).text
    assert "Ringstedgade 1, 4700" in page
    assert "Known by: postal district" in page


def test_the_json_mark_needs_the_version_that_was_seen(service, firms):
    path = f"/api/v1/employers/{firms['bakery']}/mark"
    assert service.ask("consultant", "POST", path, NAESTVED).status_code == 428
    kept = service.ask("consultant", "POST", path, NAESTVED, If_Match='"1"')
    assert (kept.json()["place"]["source"], kept.headers["etag"]) == ("by hand", '"2"')
    assert service.ask("consultant", "POST", path, NAESTVED, If_Match='"1"').status_code == 412
    nowhere = service.ask("consultant", "POST", path, {"lat": 0, "lon": 0}, If_Match='"2"')
    assert nowhere.status_code == 422


def test_who_may_not_see_contacts_sees_the_employer_without_them(service, bakery):
    service.made("colleague", f"{bakery[1:]}/contacts", {"kind": "call", "note": "Vil høre mere"})
    page = Reader(service, "analyst").get(bakery).text
    assert "Bageriet" in page
    assert "Vil høre mere" not in page
    assert "<form" not in page.partition("<h1>")[2]


def test_a_citizen_that_a_contact_names_stands_by_initials_and_the_look_is_written_down(service, bakery):
    district = [{"kind": "postal_district", "postcode": "4700"}]
    citizen = service.made("colleague", "citizens", {"name": "Carl Dam Eg", "anchors": district})["id"]
    contact = {"kind": "call", "citizen_id": citizen, "note": "Han kan kun formiddage"}
    service.made("colleague", f"{bakery[1:]}/contacts", contact)
    page = Reader(service).get(bakery).text
    assert "C.D.E." in page
    assert "formiddage" not in page
    assert actions(service, citizen)[-1] == "contact_listed"


def actions(service: Service, citizen: str) -> list[str]:
    with service.store.unit(read_only=True) as unit:
        return [each.action for each in audit.entries(unit, "0370") if each.citizen_id == citizen]


def test_a_postcode_of_no_place_is_marked_with_what_was_typed(service, reader, bakery):
    typed = {"seen": version(service, bakery), "street": "Torvet", "house_number": "1", "postcode": "9999"}
    page = reader.send(f"{bakery}/address", typed)
    assert page.status_code == 422
    marked = 'value="9999"[^>]* aria-invalid="true" aria-describedby="wrong-address"'
    assert re.search(rf'<input [^>]*name="postcode" {marked}', page.text)
    assert page.text.count('aria-invalid="true"') == 1
    assert 'value="Torvet"' in page.text
    assert reader.send(f"{bakery}/address", typed | {"postcode": "4700"}).status_code == 303


def test_names_and_notes_of_employers_stand_escaped(service, reader):
    hostile = "<script>alert(1)</script>"
    body = {"name": hostile, "industry": hostile, "contact_person": hostile}
    made = service.made("consultant", "employers", body)["id"]
    service.made("consultant", "job-orders", {"employer_id": made, "title": hostile})
    for path in ("/employers", f"/employers/{made}"):
        page = reader.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_nobody_reserves_a_day_at_who_must_not_be_contacted_first(reader, firms):
    quiet = f"/employers/{firms['bike']}"
    page = reader.get(quiet).text
    assert "Must not be contacted first" in page
    assert "May be contacted today" not in page
    assert f'action="{quiet}/reservations"' not in page
    answer = reader.send(f"{quiet}/reservations", {"on": "", "reason": "Det haster"})
    assert answer.status_code == 422
    assert "Record a basis for contact first" in answer.text
