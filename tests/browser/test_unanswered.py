"""A form that gets no answer of the service says calmly that nothing was kept, and keeps what was typed."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.a_day import opened_at, somebody_new, suggested_to
from tests.browser.chromium import settled

REMARK = "Ring helst om formiddagen"
BARE = "<html><title>503</title><h1>Service Unavailable</h1></html>"


def _bare(route):
    route.fulfill(status=503, content_type="text/html", body=BARE)


def _aborted(route):
    route.abort()


@pytest.mark.parametrize(
    ("answer", "said"), [(_bare, "Tjenesten svarer ikke"), (_aborted, "ingen forbindelse")]
)
def test_an_outcome_that_nobody_answers_is_told_and_stays_as_it_was_typed(page, running, answer, said):
    name = suggested_to(running.store, somebody_new(running.store))
    row = opened_at(page, name)
    row.get_by_text("Andet svar").click()
    row.get_by_label("Hvad der kom ud af det").select_option("not_able_now")
    row.get_by_label("Notat").fill(REMARK)
    page.route("**/proposals/**", answer)
    row.get_by_role("button", name=re.compile("^Notér")).click()
    notices = page.get_by_role("alert").filter(has_text=said)
    expect(notices).to_contain_text("ikke gemt")
    expect(notices).to_be_in_viewport()
    settled(page)
    expect(row.get_by_label("Notat")).to_have_value(REMARK)
    page.unroute("**/proposals/**")
    row.get_by_role("button", name=re.compile("^Notér")).click()
    expect(page.locator("#told")).to_contain_text("kan ikke lige nu")
    expect(page.locator("#notices")).to_be_empty()


def test_a_list_that_nobody_answers_stays_where_it_is(page):
    page.goto("/job-orders")
    rows = page.locator(".orders tbody tr").count()
    page.route("**/job-orders?*", _bare)
    page.select_option("#state", "all")
    expect(page.locator("#notices")).to_contain_text("Tjenesten svarer ikke")
    settled(page)
    expect(page.locator(".orders tbody tr")).to_have_count(rows)


def test_a_form_that_is_sent_as_a_page_stays_while_the_service_does_not_answer(page):
    page.goto("/citizens/new")
    page.fill("#f-name", "Prøve Prøvesen")
    page.route("**/session", _bare)
    page.locator("form[action='/citizens/new'] button").click()
    expect(page.locator("#notices")).to_contain_text("Tjenesten svarer ikke")
    expect(page.locator("#f-name")).to_have_value("Prøve Prøvesen")
