"""What the page of a job order says of its list and its clock, and what it says can be done."""

import re
from html import unescape

from tests.api.pages.conftest import Reader
from tests.api.pages.test_job_orders import needing, page, part, sent, world

__all__ = ["world"]


def listed(text):
    """What stands over the list and in its place, without its rows."""
    return " ".join(re.sub("<[^>]+>", " ", unescape(part(text, "candidates").split("<ol")[0])).split())


def unready(service, world, who, citizen):
    path = f"/api/v1/citizens/{world[citizen]}"
    assert service.ask(who, "PATCH", path, {"ready": False}, If_Match="*").status_code == 200


def test_a_list_with_nobody_to_ask_about_says_neither_to_ask_nor_how_many_are_none(service, world):
    text = page(Reader(service, "coordinator"), world)
    told = listed(text)
    assert "You have no citizen who can be suggested for it." in told
    assert "Citizens of your colleagues can be suggested." in told
    assert "without asking first" not in told
    assert re.findall(r"\b0\b", told.split("Somebody else's work")[0]) == []


def test_that_it_can_be_sent_back_is_said_by_a_link_that_opens_the_form_without_scripts(
    service, reader, world
):
    needing(service, world, {"avoids": ["machines"]})
    sent(reader, world, "answers", {"about": "avoids:machines", "answer": "yes"})
    text = page(reader, world)
    assert "None of your citizens suits it." in listed(text)
    assert '<details id="return">' in text
    there = re.search(r'href="(/job-orders/\w+\?open=return)#return"', text)[1]
    assert '<details id="return" open>' in reader.get(there).text


def test_an_order_that_was_sent_back_is_not_told_to_be_sent_back(reader, service, world):
    unready(service, world, "consultant", "anna")
    unready(service, world, "colleague", "bo")
    assert "Send it back, so that others can look." in listed(page(reader, world))
    told = listed(sent(reader, world, "return", {"cause": "no_candidate"}))
    assert "It has been sent back, so that others can look." in told
    assert "Send it back, so that others can look." not in told


def test_who_hangs_on_an_answer_is_counted_and_the_answer_led_to(service, reader, world):
    needing(service, world, {"avoids": ["machines"]})
    told = listed(page(reader, world))
    assert "Nobody suits it without asking first." in told
    assert "1 hangs on an answer." in told
    assert "An answer from the employer may bring somebody onto the list." in told
    assert "Send it back" not in told


def test_where_only_the_citizen_can_answer_the_employer_is_not_named(reader, world):
    sent(reader, world, "answers", {"about": "check:driving_licence", "answer": "yes"})
    told = listed(page(reader, world))
    assert "An answer from the citizen may bring somebody onto the list." in told
    assert "An answer from the employer" not in told


def test_why_somebody_with_a_caution_suits_is_said_in_words(service, reader, world):
    assert "the employer has not said whether" not in listed(page(reader, world))
    needing(service, world, {"abilities": {"driving_licence": "no"}})
    assert "the citizen suits until the answer is yes" in listed(page(reader, world))


def test_a_clock_that_stands_still_says_why_and_since_when_at_the_top_and_in_the_present(reader, world):
    text = sent(reader, world, "pause", {"reason": "Virksomheden holder lukket"})
    top = text.split('<p class="standing">')[1].split("</p>")[0]
    assert re.search(r"The clock stands still since \d\d-\d\d-\d{4}: Virksomheden holder lukket", top)
    assert "the clock stands still: Virksomheden holder lukket" in part(text, "moves")
    over = part(sent(reader, world, "resume", {}), "moves")
    assert "the clock stood still: Virksomheden holder lukket" in over


def test_what_belongs_to_another_cause_is_not_read(reader, world):
    sent(reader, world, "proposals", {"citizen_id": world["anna"]})
    text = sent(reader, world, "return", {"cause": "no_candidate", "review_on": "engang"})
    assert "Sent back." in text


def test_who_looks_after_it_is_named_on_paper(reader, world):
    desk = part(page(reader, world), "desk")
    assert '<span class="unprinted">You look after it.</span>' in desk
    assert re.search(r'<span class="printed">\w[^<]* looks after it\.</span>', desk)
