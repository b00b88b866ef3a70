import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine

from tests.api.pages.test_intake import fields, shown
from tests.api.pages.test_sign_in import OURS, signed_in

SCRIPTED = {"HX_Request": "true"}
WORDS = "Vi mangler en, der kan vaske fade"


def typed(reader, **told):
    """A form that was saved while somebody typed into it, as a browser would send it."""
    form = fields(shown(reader, **told))
    answer = reader.send("/intake/draft", form, **SCRIPTED)
    assert answer.status_code == 200, answer.text
    return form


def offered(text):
    return re.findall(r'href="/intake\?draft=([^"]+)"', text)


def test_what_was_typed_of_a_call_is_offered_on_return_and_gone_on_with(reader):
    form = typed(reader, text=WORDS, find="Krummen")
    for page in ("/today", "/intake", "/job-orders"):
        assert offered(reader.get(page).text) == [form["token"]]
    again = fields(reader.get(f"/intake?draft={form['token']}").text)
    assert (again["text"], again["find"], again["token"]) == (WORDS, "Krummen", form["token"])


def test_what_was_corrected_stays_corrected_in_a_call_that_is_gone_on_with(reader):
    form = fields(shown(reader, text="Luge bede, 140 kr. i timen"))
    reader.send("/intake/draft", form | {"pay_dkk_per_hour": "155"}, **SCRIPTED)
    again = fields(reader.get(f"/intake?draft={form['token']}").text)
    assert again["pay_dkk_per_hour"] == "155"


def test_a_save_says_when_it_was(reader):
    form = fields(shown(reader, text=WORDS))
    answer = reader.send("/intake/draft", form, **SCRIPTED)
    assert re.search(r"Saved at \d\d:\d\d", answer.text)


def test_without_scripts_a_button_puts_a_call_aside_and_the_day_offers_it(reader):
    form = fields(shown(reader, text=WORDS))
    answer = reader.send("/intake/draft", form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/today")
    assert offered(reader.get("/today").text) == [form["token"]]


def test_a_call_that_is_thrown_away_is_not_offered_any_more(reader):
    form = typed(reader, text=WORDS)
    answer = reader.send("/intake/draft/dropped", {"form": form["token"], "back": "/today"})
    assert answer.headers["location"] == "/today"
    assert offered(reader.get("/today").text) == []


def test_a_call_that_is_registered_is_not_offered_even_where_a_save_of_it_comes_late(reader):
    form = fields(shown(reader, text=WORDS, **{"new.name": "Bageriet"}))
    reader.send("/intake/draft", form, **SCRIPTED)
    assert reader.send("/intake", form).status_code == 303
    late = reader.send("/intake/draft", form, **SCRIPTED)
    assert (late.status_code, "Saved" in late.text) == (200, False)
    assert offered(reader.get("/today").text) == []


def test_a_call_that_is_thrown_away_among_the_job_orders_leads_back_to_them(reader):
    form = typed(reader, text=WORDS)
    page = reader.get("/job-orders").text
    assert '<input type="hidden" name="back" value="/job-orders">' in page
    answer = reader.send("/intake/draft/dropped", {"form": form["token"], "back": "/job-orders"})
    assert answer.headers["location"] == "/job-orders"
    assert offered(reader.get("/job-orders").text) == []


def test_two_calls_that_were_broken_off_stand_beside_each_other(reader):
    first, second = typed(reader, text=WORDS), typed(reader, text="Luge bede")
    assert set(offered(reader.get("/today").text)) == {first["token"], second["token"]}


def test_a_form_that_nobody_typed_in_is_not_kept(reader):
    typed(reader)
    assert offered(reader.get("/today").text) == []


@pytest.mark.parametrize("scripted", [True, False])
def test_a_civil_number_is_not_kept_in_a_draft(reader, scripted):
    form = fields(shown(reader, text="Anna, 010190-1234"))
    answer = reader.send("/intake/draft", form, **(SCRIPTED if scripted else {}))
    assert answer.status_code == 422
    assert "civil registration number (CPR) is not kept" in unescape(answer.text)
    assert offered(reader.get("/today").text) == []


def test_nobody_else_is_offered_a_call_or_reads_it(reader, service):
    form = typed(reader, text=WORDS)
    said = service.ask("colleague", "GET", f"/intake?draft={form['token']}", Accept="text/html")
    assert said.status_code == 200
    assert WORDS not in said.text


def test_a_call_that_was_broken_off_is_gone_after_a_day(reader):
    form, begun = typed(reader, text=WORDS), datetime.now(UTC)
    with time_machine.travel(begun + timedelta(hours=23, minutes=58), tick=False):
        assert offered(reader.get("/intake").text) == [form["token"]]
    with time_machine.travel(begun + timedelta(hours=24, minutes=1), tick=False):
        assert offered(reader.get("/intake").text) == []


def test_signing_out_leaves_only_what_was_put_aside_on_purpose(service):
    signed_in(service)
    for form, scripted in (("typed", {"HX-Request": "true"}), ("aside", {})):
        sent = {"token": form, "text": WORDS}
        answer = service.client.post("/intake/draft", data=sent, headers={**OURS, **scripted})
        assert answer.status_code in (200, 303)
    assert set(offered(service.client.get("/today", headers=OURS).text)) == {"typed", "aside"}
    service.client.post("/sign-out", headers=OURS)
    signed_in(service)
    assert offered(service.client.get("/today", headers=OURS).text) == ["aside"]
