import re
from datetime import datetime, timedelta
from html import unescape

import pytest

from api.domain.records import ContactBasis
from matching.times import DENMARK_TIME
from tests.api.pages.conftest import Reader

WORDS = "Luge bede hver fredag 9-11, 140 kr. i timen. Der er ingen maskiner."
TILL = "Sidde i kassen i vores butik"


@pytest.fixture
def nursery(service):
    """An employer who has answered once that alcohol is not there."""
    body = {
        "name": "Havnens Planteskole",
        "cvr": "12345674",
        "phone": "+45 55 55 12 12",
        "demands": {"alcohol_present": "no"},
    }
    return service.made("consultant", "employers", body)["id"]


def shown(reader, **form):
    answer = reader.send("/intake/reading", form)
    assert answer.status_code == 200, answer.text
    return answer.text


def fields(text):
    """What a browser would send of the page."""
    sent = {
        name: unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text)
    }
    for tag in re.findall(r"<input [^>]*>", text):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="radio"' not in tag or "checked" in tag):
            sent[name[1]] = unescape(value[1])
    for name, inside in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        sent[name] = chosen[1] if chosen else ""
    sent["text"] = unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", text, re.DOTALL)[1])
    return sent


def registered(reader, form):
    answer = reader.send("/intake", form)
    assert answer.status_code == 303, re.findall(r'<div class="alert.*?</div>', answer.text, re.DOTALL)
    order_id = re.fullmatch(r"/job-orders/(\w+)\?done=registered", answer.headers["location"])[1]
    return reader.service.ask(reader.who, "GET", f"/api/v1/job-orders/{order_id}").json()


def chip(text, name):
    """The chip of one field."""
    chips = re.split(r'(?=<div class="chip )', text)
    return next(one for one in chips if f'id="f-{name}"' in one and one.startswith("<div"))


def test_what_is_stated_stands_in_the_form_with_the_words_it_came_from(reader):
    text = shown(reader, text=WORDS)
    assert "“luge”" in chip(text, "activity.0").lower()
    machines = chip(text, "demand.machines")
    assert 'class="chip k-stated answered"' in machines
    assert re.search(r'value="no" checked', machines)
    assert "“ingen maskiner”" in machines
    sent = fields(text)
    assert (sent["times"], sent["pay_dkk_per_hour"], sent["title"]) == (
        "Fri 9-11",
        "140",
        "Luge bede hver fredag 9-11",
    )


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("Vi sku' bruge en til at feje gårdspladsen, fredag", "Feje gårdspladsen, fredag"),
        ("Hej, jeg mangler en stærk mand til at slæbe brænde", "Slæbe brænde"),
        ("Vi søger hjælp til opvasken. Det er fast.", "Opvasken"),
        ("Vi har en hæk til naboen", "Vi har en hæk til naboen"),
        ("Hej, det er Bente fra Bageriet, vi mangler en til at feje gården", "Feje gården"),
        ("Hej det er Bo fra Kroen vi sku' bruge en til at vaske op", "Vaske op"),
        (
            "Goddag. Mit navn er Ib. Der skal luges bede om fredagen. Ingen maskiner.",
            "Der skal luges bede om fredagen",
        ),
        ("Hej, det er Bente fra Kirken, der skal fejes og luges", "Der skal fejes og luges"),
        ("Hej, det er Bente", "Det er Bente"),
        (
            "Vi mangler en til at luge, 150 kr. i timen, og til at feje",
            "Luge, 150 kr. i timen, og til at feje",
        ),
        ("Vi mangler en til at luge og feje, vi giver 150 kr. i timen", "Luge og feje"),
        ("Luge for 150 kr. i timen", "Luge for 150 kr. i timen"),
        ("Det er opvask og lidt rengøring", "Det er opvask og lidt rengøring"),
        ("Vi skal bruge en til", "Vi skal bruge en til"),
        (
            "Vi mangler en til at luge og feje oppe ved drivhusene om tirsdagen og torsdagen, tre timer",
            "Luge og feje oppe ved drivhusene",
        ),
        (
            "Tirsdag og torsdag skal der luges og fejes oppe ved drivhusene og ryddes op efter os",
            "Tirsdag og torsdag skal der luges",
        ),
        ("Vi mangler en der ka vaske fade og sådan, ti og to", "Vaske fade og sådan, ti og to"),
        (
            "Kan I skaffe en til at luge ukrudt nede ved vejen og stien hver anden fredag fra ni til tolv",
            "Luge ukrudt nede ved vejen og stien",
        ),
        (
            "Vi skal have vasket fade og sådan noget i køkkenet, ti og så videre hele foråret",
            "Vi skal have vasket fade og sådan noget i køkkenet",
        ),
    ],
)
def test_a_title_begins_with_the_task_and_not_with_the_asking(reader, told, title):
    assert fields(shown(reader, text=told))["title"] == title


def test_days_without_hours_are_told_to_be_heard_and_nothing_in_the_empty_box_looks_like_an_answer(reader):
    told = chip(shown(reader, text="Luge bede tirsdag og torsdag formiddag"), "times")
    assert "“tirsdag og torsdag”" in told
    assert "the days were heard, the hours are missing" in told
    assert re.search(r'value="" [^>]*placeholder="days and hours"', told)


@pytest.mark.parametrize("text", ["Luge bede tirsdag 9-12", "Luge bede"])
def test_hours_are_missing_neither_where_they_are_told_nor_where_no_day_is(reader, text):
    assert "the hours are missing" not in chip(shown(reader, text=text), "times")


def test_a_day_without_its_year_says_beside_its_words_which_year_was_taken(reader, time_machine):
    time_machine.move_to(datetime(2026, 11, 23, 9, tzinfo=DENMARK_TIME))
    told = chip(shown(reader, text="Luge bede fra den 1/9"), "starts_on")
    assert 'value="01-09-2027"' in told
    assert "1/9”" in told
    assert "the year is not said: 2027, the next such day" in told


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Luge bede fra den 1/3-2031", {}),
        ("Luge bede fra den 1/3", {"starts_on": "01-03-2035"}),
        ("Luge bede", {}),
    ],
)
def test_a_day_whose_year_is_said_or_was_corrected_says_nothing_of_it(reader, text, typed):
    form = fields(shown(reader, text=text)) | typed
    assert "the year is not said" not in chip(shown(reader, **form), "starts_on")


def test_what_is_done_in_a_day_is_proposed_with_its_last_day_and_the_words_it_came_from(reader, time_machine):
    time_machine.move_to(datetime(2026, 11, 23, 9, tzinfo=DENMARK_TIME))
    once = shown(reader, text="Luge bede lørdag den 5. december fra kl. 10 til 14, 4 timer")
    for name in ("starts_on", "ends_on"):
        assert 'value="05-12-2026"' in chip(once, name)
        assert "“lørdag den 5. december”" in chip(once, name)
    weekly = shown(reader, text="Luge bede lørdag 10-14")
    assert fields(weekly)["ends_on"] == ""


NO_WORK = "No work was found in these words."


def test_words_that_name_no_work_say_what_to_ask_and_what_to_do(reader):
    text = unescape(shown(reader, text="Hej, det er Mette. Ring lige tilbage."))
    assert NO_WORK in text
    assert "Nothing yet." not in text


def test_nothing_is_said_of_missing_work_before_words_or_beside_work(reader):
    assert NO_WORK not in unescape(shown(reader, text=""))
    assert NO_WORK not in unescape(shown(reader, text=WORDS))
    chosen = {"activity.0": "green", "read.activity.0": ""}
    assert NO_WORK not in unescape(shown(reader, text="Hej, det er Mette.", **chosen))


def test_a_time_without_its_end_is_asked_about(reader):
    text = unescape(shown(reader, text="Luge bede tirsdag og torsdag fra klokken halv ni"))
    assert re.search("Ask from when to when it is:.*“halv ni”", text)


def test_what_is_only_implied_is_asked_and_answers_nothing(reader):
    text = shown(reader, text=TILL)
    customers = chip(text, "demand.customer_contact")
    assert 'class="chip k-implied"' in customers
    assert "often goes with it: ask" in customers
    assert re.search(r'value="" checked', customers)
    assert fields(text)["demand.customer_contact"] == ""


def test_what_is_usual_is_asked_and_answers_nothing(reader):
    text = shown(reader, text="Hjælpe med at dele aviser ud")
    place = chip(text, "setting")
    assert ("k-usual" in place) == ("usual, not said: ask" in place)
    assert fields(text)["setting"] == "" or "k-stated" in place


def test_what_nobody_has_told_is_listed_as_open(reader):
    open_part = shown(reader, text="Luge bede").split(">Ask now<")[1].split("<details>")[0]
    for name in ("hours_per_week", "times", "pay_dkk_per_hour", "support.contact_person", "demand.machines"):
        assert f'id="f-{name}"' in open_part


def test_required_answers_that_hold_for_the_workplace_are_told_beside_the_question(reader, nursery):
    text = shown(reader, text="Luge bede", employer_id=nursery)
    assert "holds for the workplace: no" in chip(text, "demand.alcohol_present")


def test_a_correction_stays_while_more_is_written(reader):
    sent = fields(shown(reader, text=WORDS))
    sent |= {"demand.machines": "yes", "text": f"{WORDS} Der er tunge løft."}
    again = fields(shown(reader, **sent))
    assert again["demand.machines"] == "yes"
    assert again["demand.heavy_lifting"] == "yes"


def test_what_was_read_goes_when_its_words_go(reader):
    sent = fields(shown(reader, text=WORDS)) | {"text": "Luge bede"}
    assert fields(shown(reader, **sent))["demand.machines"] == ""


def test_an_order_is_registered_with_reading_and_correction(reader, nursery):
    sent = fields(shown(reader, text=WORDS, employer_id=nursery))
    sent |= {"demand.machines": "yes", "hours_per_week": "2,5", "support.contact_person": "yes"}
    order = registered(reader, sent)
    assert order["state"] == "open"
    assert (order["channel"], order["origin"]) == ("phone", "employer")
    assert order["received_on"] == f"{datetime.now(DENMARK_TIME):%Y-%m-%d}"
    assert (order["hours_per_week"], order["times"]) == (2.5, ["fri 9-11"])
    assert order["demands"]["machines"] == "yes"
    assert order["reading"]["proposed"]["demands"]["machines"]["answer"] == "no"
    assert order["reading"]["confirmed"]["demands"]["machines"] == "yes"
    assert order["reading"]["confirmed_by"] == reader.service.user_ids["consultant"]


def test_a_day_of_receipt_to_come_is_refused_at_its_field(reader, nursery):
    sent = fields(shown(reader, text=WORDS, employer_id=nursery)) | {"received_on": "01-02-2062"}
    answer = reader.send("/intake", sent)
    assert answer.status_code == 422
    assert "It cannot have been received on 2062-02-01" in unescape(answer.text)
    assert re.search(r'<input [^>]*name="received_on"[^>]*aria-invalid="true"', answer.text)


def test_shares_stay_as_read_and_are_equal_when_the_work_is_corrected(reader, nursery):
    sent = fields(shown(reader, text=WORDS, employer_id=nursery)) | {"activity.1": "cleaning"}
    assert registered(reader, sent)["activities"] == {"green": 0.5, "cleaning": 0.5}


def test_words_that_were_not_looked_at_are_shown_before_anything_is_kept(reader, nursery):
    answer = reader.send("/intake", {"text": WORDS, "employer_id": nursery, "title": "Luge"})
    assert answer.status_code == 422
    assert "Look at what was read here" in answer.text
    assert registered(reader, fields(answer.text))["title"] == "Luge"


def test_words_that_were_not_looked_at_and_a_caller_who_is_not_chosen_are_told_at_once(reader):
    text = reader.send("/intake", {"text": WORDS}).text
    assert "Who asks? Choose who asks, or write down a new employer." in " ".join(text.split())
    assert "In short: Look at what was read here" in text
    assert "Write what the employer says:" not in text


def test_an_employer_is_found_by_name_cvr_and_telephone(reader, nursery):
    for words in ("plante hav", "1234", "5555 1212", "+45 55551212"):
        assert f'id="employer-{nursery}"' in shown(reader, find=words), words
    for words in ("p", "123", "plantebutik", "99 99 99 99"):
        assert nursery not in shown(reader, find=words), words


def test_another_municipalitys_employer_is_not_found(service, reader, nursery):
    assert nursery not in shown(Reader(service, "away"), find="Havnens Planteskole")


def test_a_foreign_employer_cannot_be_chosen(service, nursery):
    away = Reader(service, "away")
    answer = away.send("/intake", {"title": "Luge", "employer_id": nursery})
    assert answer.status_code == 422
    assert "Register the employer first" in answer.text


def test_a_new_employer_is_written_down_with_the_order(reader):
    sent = fields(shown(reader, text="Luge bede")) | {"new.name": "Kirken", "new.phone": "55 55 00 11"}
    order = registered(reader, sent)
    employer = reader.service.ask("consultant", "GET", f"/api/v1/employers/{order['employer_id']}").json()
    assert (employer["name"], employer["phone"]) == ("Kirken", "55 55 00 11")
    assert employer["contact_basis"] == ContactBasis.INBOUND_ORDER


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"employer_id": ""}, "Choose who asks, or write down a new employer."),
        ({"pay_dkk_per_hour": "mange"}, "is not a number"),
        ({"times": "engang"}, "tells no day and hours"),
        ({"starts_on": "31-02-2027"}, "starts_on"),
        ({"title": ""}, "In short: Nothing is written here."),
        ({"employer_id": "", "new.name": "Kirken", "new.cvr": "12345678"}, "is not a CVR number"),
        ({"employer_id": "", "new.name": "Kirken", "new.cvr": "1"}, "CVR number: it has eight digits."),
        ({"employer_id": "", "new.name": "Kirken", "new.phone": "123"}, "'123' is not a telephone number"),
        ({"employer_id": "", "new.name": "Kirken", "new.postcode": "9999"}, "has the postcode '9999'"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_is_stored(reader, nursery, wrong, said):
    sent = fields(shown(reader, text="Luge bede", employer_id=nursery)) | wrong
    answer = reader.send("/intake", sent)
    assert answer.status_code == 422
    assert said in unescape(answer.text)
    assert "Nothing was saved yet" in answer.text
    assert reader.service.ask("consultant", "GET", "/api/v1/job-orders").json()["items"] == []
    assert len(reader.service.ask("consultant", "GET", "/api/v1/employers").json()["items"]) == 1


def test_all_that_is_wrong_is_marked_at_once_and_nothing_typed_is_lost(reader):
    typed = {"new.name": "Kirken", "new.cvr": "123", "new.phone": "123", "new.postcode": "9999"}
    typed |= {"pay_dkk_per_hour": "mange"}
    text = reader.send("/intake", fields(shown(reader, text="Luge bede")) | typed).text
    for name in ("new.cvr", "new.phone", "new.postcode", "pay_dkk_per_hour"):
        said = f'aria-invalid="true" aria-describedby="e-{name}"'
        assert re.search(f'<input [^>]*name="{name}"[^>]*{said}', text), name
        assert f'id="e-{name}"' in text
        assert f'href="#f-{name}"' in text
    assert fields(text).items() >= typed.items()
    assert '<details class="new-employer" open>' in text


@pytest.mark.parametrize(
    ("find", "field"),
    [("Bageriet Krummen", "name"), ("12 34 56 74", "cvr"), ("55 55 00 11", "phone"), ("12", "name")],
)
def test_whom_one_looked_for_and_did_not_find_is_carried_to_a_new_employer(reader, find, field):
    text = shown(reader, text="Luge bede", find=find)
    sent = fields(text)
    assert {name: sent[f"new.{name}"] for name in ("name", "cvr", "phone")} == {
        name: find if name == field else "" for name in ("name", "cvr", "phone")
    }
    assert '<details class="new-employer" open>' in text
    assert f'data-carries="f-new.{field}"' in text


def test_who_is_found_or_written_down_otherwise_is_not_carried(reader, nursery):
    assert fields(shown(reader, find="Havnens"))["new.name"] == ""
    kept = fields(shown(reader, find="Krummen", **{"new.name": "Bageriet"}))
    assert kept["new.name"] == "Bageriet"


def test_after_a_refusal_the_list_of_what_is_wrong_has_the_focus(reader):
    refused = reader.send("/intake", fields(shown(reader, text="Luge bede"))).text
    assert re.findall(r"<(\w+) [^>]*autofocus", refused) == ["div"]
    assert re.search(r'id="wrong" tabindex="-1" autofocus', refused)
    assert re.findall(r"<(\w+) [^>]*autofocus", reader.get("/intake").text) == ["textarea"]


def contacts_of(reader, employer_id):
    address = f"/api/v1/employers/{employer_id}/contacts"
    return reader.service.ask("consultant", "GET", address).json()["items"]


@pytest.mark.parametrize("address", ["/intake", "/intake/employee"])
def test_a_civil_number_is_refused_where_it_was_written(reader, nursery, address):
    words = "Luge bede med Anna, 010190-1234"
    answer = reader.send(address, fields(shown(reader, text=words, employer_id=nursery)))
    assert answer.status_code == 422
    assert re.search(r'<textarea [^>]*name="text"[^>]*aria-invalid="true"', answer.text)
    assert fields(answer.text)["text"] == words
    assert contacts_of(reader, nursery) == []


def test_a_call_about_somebody_employed_is_a_contact_and_no_order(reader, nursery):
    form = {"text": "Det går godt, men om fredagen er der for travlt", "employer_id": nursery}
    coming = datetime.now(DENMARK_TIME).date() + timedelta(days=30)
    call = {"channel": "phone", "follow_up_on": f"{coming:%d-%m-%Y}"}
    answer = reader.send("/intake/employee", form | call)
    assert answer.status_code == 303
    assert "The call is written down" in reader.get(answer.headers["location"]).text
    (kept,) = contacts_of(reader, nursery)
    told = (kept["kind"], kept["about"], kept["by_employer"], kept["follow_up_on"], kept["note"])
    assert told == ("call", "employee", True, str(coming), form["text"])
    assert reader.service.ask("consultant", "GET", "/api/v1/job-orders").json()["items"] == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"employer_id": ""}, "Choose the employer, or write down a new one."),
        ({"follow_up_on": "snart"}, "is not a date"),
    ],
)
def test_a_call_that_nobody_made_or_comes_back_to_is_not_written_down(reader, nursery, wrong, said):
    answer = reader.send("/intake/employee", {"text": "Det går godt", "employer_id": nursery} | wrong)
    assert answer.status_code == 422
    assert said in unescape(answer.text)
    assert "Det går godt" in answer.text
    assert contacts_of(reader, nursery) == []


def test_who_rings_with_an_order_stands_in_the_history_of_the_employer(reader, nursery):
    sent = fields(shown(reader, text="Luge bede", employer_id=nursery))
    made = reader.send("/intake", sent).headers["location"].split("?")[0]
    (kept,) = contacts_of(reader, nursery)
    assert (kept["kind"], kept["by_employer"], kept["order_id"]) == ("call", True, made.rsplit("/", 1)[1])
    assert "call by the employer, a job order" in reader.get(f"/employers/{nursery}").text


def orders(reader):
    return reader.service.ask(reader.who, "GET", "/api/v1/job-orders").json()["items"]


def test_registering_twice_without_scripts_leads_to_the_same_order(reader):
    sent = fields(shown(reader, text="Luge bede")) | {"new.name": "Kirken"}
    first, second = (reader.send("/intake", sent) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    assert len(orders(reader)) == 1


def test_the_next_form_and_a_form_that_says_something_else_are_orders_of_their_own(reader, nursery):
    sent = fields(shown(reader, text="Luge bede")) | {"employer_id": nursery}
    registered(reader, sent)
    registered(reader, sent | {"title": "Feje gård"})
    registered(reader, fields(shown(reader, text="Luge bede")) | {"employer_id": nursery})
    assert len(orders(reader)) == 3


def test_what_was_turned_away_can_be_registered_with_the_same_form(reader, nursery):
    sent = fields(shown(reader, text="Luge bede"))
    wrong = reader.send("/intake", sent)
    assert wrong.status_code == 422
    registered(reader, fields(wrong.text) | {"employer_id": nursery})
    assert len(orders(reader)) == 1


def test_two_who_press_with_the_same_token_register_an_order_each(service, reader, nursery):
    sent = fields(shown(reader, text="Luge bede")) | {"employer_id": nursery}
    registered(reader, sent)
    registered(Reader(service, "colleague"), sent)
    assert len(orders(reader)) == 2


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"new.cvr": "1"}, "CVR number: it has eight digits."),
        ({"new.phone": "123"}, "'123' is not a telephone number"),
        ({"new.postcode": "9999"}, "has the postcode '9999'"),
        ({"new.street": "v" * 500}, "The text is too long."),
        ({"title": ""}, "In short: Nothing is written here."),
    ],
    ids=["cvr", "phone", "postcode", "street", "title"],
)
def test_a_name_that_looks_like_a_civil_number_is_told_beside_any_other_fault(reader, other, said):
    named = {"employer_id": "", "new.name": "Ole 010190-1234"}
    answer = reader.send("/intake", fields(shown(reader, text="Luge bede")) | named | other)
    listed = unescape(answer.text.split('id="wrong"')[1].split("</ul>")[0])
    assert answer.status_code == 422
    assert "What looks like a civil registration number (CPR) is not kept here." in listed
    assert said in listed


@pytest.mark.parametrize("path", ["/intake/reading", "/intake", "/intake/employee"])
@pytest.mark.parametrize(("name", "most"), [("text", 10_000), ("find", 100)])
def test_words_that_are_too_long_are_told_of_at_their_field(reader, path, name, most):
    answer = reader.send(path, {name: "x" * (most + 1)})
    assert answer.status_code == 422
    assert f'id="refused-{name}">The text is too long. At most {most} characters.' in answer.text


def test_as_many_characters_as_the_form_takes_are_read_however_a_browser_ends_lines(reader):
    page = reader.get("/intake").text
    assert 'id="f-text" name="text" rows="5" maxlength="10000"' in page
    words = "Feje\n" * 2000
    assert "Feje" in shown(reader, text=words.replace("\n", "\r\n"))


@pytest.mark.parametrize(("length", "status"), [(10_000, 200), (10_001, 422)])
def test_a_program_may_send_as_much_to_be_read_as_an_order_holds(service, length, status):
    sent = {"text": "x" * length}
    answer = service.ask("consultant", "POST", "/api/v1/read-task", sent)
    assert answer.status_code == status
    if status == 422:
        assert answer.json()["remedy"] == "At most 10000 characters."


def test_a_call_about_somebody_employed_may_come_from_an_employer_who_is_new(reader):
    form = {"text": "Hun er glad for arbejdet", "new.name": "Bageriet på Torvet", "new.phone": "55 55 12 13"}
    answer = reader.send("/intake/employee", form)
    assert answer.status_code == 303, answer.text
    new = [one for one in employers_of(reader) if one["name"] == "Bageriet på Torvet"]
    assert len(new) == 1
    told = [(one["about"], one["note"]) for one in contacts_of(reader, new[0]["id"])]
    assert told == [("employee", "Hun er glad for arbejdet")]


def test_a_new_employer_is_not_registered_with_a_call_that_is_refused(reader):
    words = {"text": "Det går godt med Anna, 010190-1234", "new.name": "Bageriet på Torvet"}
    for path in ("/intake/employee", "/intake"):
        assert reader.send(path, fields(shown(reader, **words)) | words).status_code == 422
    assert "Bageriet på Torvet" not in [one["name"] for one in employers_of(reader)]


def test_a_call_about_somebody_employed_says_what_is_wrong_with_a_new_employer(reader):
    answer = reader.send("/intake/employee", {"text": "Det går godt", "new.name": "Bageriet", "new.cvr": "1"})
    assert answer.status_code == 422
    assert re.search(r'id="e-new.cvr">[^<]*it has eight digits', answer.text)


def test_a_call_about_somebody_employed_is_written_down_once_however_often_it_is_pressed(reader, nursery):
    form = fields(shown(reader, text="Det går godt", employer_id=nursery))
    assert [reader.send("/intake/employee", form).status_code for _ in range(2)] == [303, 303]
    assert len(contacts_of(reader, nursery)) == 1


def employers_of(reader):
    return reader.service.ask("consultant", "GET", "/api/v1/employers?limit=200").json()["items"]


def test_a_misspelt_caller_is_asked_about_and_can_be_chosen(reader, nursery):
    text = shown(reader, text=WORDS, find="havnes planteskol")
    assert "Nobody here has that name or number." in text
    near = text.partition("Did you mean …?")[2]
    assert f'value="{nursery}" data-chosen' in near
    order = registered(reader, {**fields(text), "employer_id": nursery})
    assert order["employer_id"] == nursery


def test_a_new_employer_of_a_name_that_is_near_is_told_of_before_it_is_stored(reader, nursery):
    form = {**fields(shown(reader, text=WORDS)), "new.name": "Havnens planteskolen"}
    for address in ("/intake", "/intake/employee"):
        answer = reader.send(address, form)
        assert answer.status_code == 422
        assert "There is already Havnens Planteskole." in answer.text
        assert f'value="{nursery}" data-chosen' in answer.text
    listed = reader.service.ask("consultant", "GET", "/api/v1/employers").json()["items"]
    assert [one["id"] for one in listed] == [nursery]
    again = fields(answer.text)
    assert again["new.name"] == "Havnens planteskolen"
    assert registered(reader, again)["employer_id"] != nursery


def test_a_call_about_somebody_employed_is_led_to_and_can_be_undone(reader, nursery):
    assert "Write no name of a citizen or of somebody who works there." in reader.get("/intake").text
    form = {**fields(shown(reader, text="Hun trives")), "employer_id": nursery}
    kept = reader.send("/intake/employee", form)
    assert kept.status_code == 303
    page = reader.get(kept.headers["location"]).text
    assert f'href="/employers/{nursery}#contacts">Havnens Planteskole' in page
    (undo,) = re.findall(r'action="([^"]+/taken-back)"', page)
    assert (
        reader.send(undo, {}).headers["location"].startswith(f"/employers/{nursery}?done=contact-taken-back")
    )
    assert "is written down with the employer" not in reader.get(kept.headers["location"]).text


def test_the_field_for_a_new_employer_says_whose_name_it_is(reader):
    assert re.search(r'<label[^>]* for="f-new.name"[^>]*>Name of the employer<', reader.get("/intake").text)
