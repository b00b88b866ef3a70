"""The session ends while somebody types: nothing typed is lost, and nothing looks saved that is not."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.a_day import opened_at, somebody_new, suggested_to
from tests.browser.chromium import go, settled, tab

TYPED = "Feje gårdsplads, fredag 9-11"
IN_A_NEW_WINDOW = re.compile("^Log ind i et nyt vindue")


def _cannot(page, name):
    return page.locator(f"[id='f-{name}']").get_by_role("radio", name="kan ikke", exact=True)


def _answer(page, name):
    _cannot(page, name).check(force=True)


def _sign_in_beside(page, running, link):
    with page.context.expect_page() as opened:
        link.click()
    other, login = opened.value, running.login()
    other.fill("#username", login.username)
    other.fill("#password", login.password)
    go(other, other.locator("main button[type=submit]"))
    other.close()


def test_answers_that_were_not_saved_are_saved_with_the_next_after_signing_in(page, running):
    address = f"/citizens/{somebody_new(running.store).id}"
    page.goto(address)
    page.context.clear_cookies()
    _answer(page, "attitude.green")
    bar = page.locator("#saved")
    expect(bar).to_contain_text("Ikke gemt – Du er logget ud")
    expect(bar).to_have_class(re.compile("wrong"))
    expect(page.locator("#notices")).not_to_contain_text("Authorization")
    _sign_in_beside(page, running, bar.get_by_role("link", name=IN_A_NEW_WINDOW))
    _answer(page, "attitude.animals")
    expect(bar).to_contain_text("Gemt kl.")
    expect(page.locator("#notices")).to_be_empty()
    page.reload()
    for name in ("attitude.green", "attitude.animals"):
        expect(_cannot(page, name)).to_be_checked()


def test_an_answer_without_a_connection_does_not_look_saved(page, running):
    page.goto(f"/citizens/{somebody_new(running.store).id}")
    page.context.set_offline(True)
    _answer(page, "attitude.green")
    expect(page.locator("#saved.wrong")).to_contain_text("er ikke gemt endnu")
    page.context.set_offline(False)
    _answer(page, "attitude.animals")
    expect(page.locator("#saved")).to_contain_text("Gemt kl.")
    expect(page.locator("#saved.wrong")).to_have_count(0)


def test_a_form_stays_as_it_was_typed_and_is_sent_after_signing_in(page, running):
    page.goto("/intake")
    page.fill("#f-text", TYPED)
    expect(page.locator("#reading .chips").first).to_contain_text("fredag")
    settled(page)
    page.context.clear_cookies()
    page.locator("[data-registers]").click()
    link = page.locator("#notices").get_by_role("link", name=IN_A_NEW_WINDOW)
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    expect(page.locator("#f-text")).to_have_value(TYPED)
    _sign_in_beside(page, running, link)
    # it names no employer: that the service says so shows that it was sent
    page.locator("[data-registers]").click()
    expect(page.locator("#f-find")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#f-text")).to_have_value(TYPED)


def test_a_form_without_a_connection_stays_as_it_was_typed(page):
    page.goto("/intake")
    page.fill("#f-text", TYPED)
    settled(page)
    page.context.set_offline(True)
    page.locator("[data-registers]").click()
    expect(page.locator("#notices")).to_contain_text("er ikke gemt endnu")
    expect(page.locator("#f-text")).to_have_value(TYPED)


def test_without_javascript_the_sign_in_page_says_why_and_leads_back(plain, running):
    plain.goto("/intake")
    plain.fill("#f-text", TYPED)
    plain.context.clear_cookies()
    go(plain, plain.locator("[data-registers]"))
    expect(plain.locator("#ended")).to_contain_text("Det, du sendte sidst, er ikke gemt.")
    login = running.login()
    plain.fill("#username", login.username)
    plain.fill("#password", login.password)
    go(plain, plain.locator("main button[type=submit]"))
    expect(plain).to_have_url(re.compile("/intake$"))


def test_in_english_the_notice_is_in_english(browser, running):
    with tab(browser, running.address, locale="en-GB") as opened:
        running.let_in(opened)
        opened.goto("/intake")
        opened.context.clear_cookies()
        opened.locator("[data-registers]").click()
        expect(opened.locator("#notices")).to_contain_text("Your session has ended")
        expect(opened.locator("#notices")).to_contain_text("Then press again here.")


PRESS_WHAT_COMES = """([x, y]) => document.addEventListener("htmx:afterSettle", ({ detail: { elt } }) => {
  const button = document.getElementById(elt.id)?.querySelector("button[value=accepted]");
  if (!button || document.body.dataset.taken) return;
  const press = { bubbles: true, cancelable: true, detail: 1, clientX: x, clientY: y };
  document.body.dataset.taken = button.dispatchEvent(new MouseEvent("click", press));
})"""
"""A press at a place, as soon as the next button has come: at once, so that no clock decides the test."""


@pytest.mark.parametrize(("aside", "taken"), [(4, "false"), (60, "true")])
def test_a_second_press_on_the_same_spot_is_not_meant_for_what_has_come_there(page, running, aside, taken):
    citizen = somebody_new(running.store)
    row = opened_at(page, suggested_to(running.store, citizen))
    button = row.get_by_role("button", name=re.compile("^Kontaktet"))
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(PRESS_WHAT_COMES, [x + aside, y])
    page.mouse.click(x, y)
    expect(page.locator("body")).to_have_attribute("data-taken", taken)
    settled(page)
    made = page.request.get("/api/v1/proposals?limit=200").json()["items"]
    state = "accepted" if taken == "true" else "contacted"
    assert [one["state"] for one in made if one["citizen"]["id"] == citizen.id] == [state]
