"""Where one goes on after a press: at what came of it, never at the top of a page."""

import re

from playwright.sync_api import expect

from tests.browser.chromium import go
from tests.browser.pictures import CITIZEN, plan_the_cafe


def test_what_is_wrong_with_a_cafe_has_the_focus(page):
    page.goto("/cafe")
    page.locator("#f-minutes").fill("mange")
    page.locator("#f-talk").fill("ingen")
    go(page, page.locator(".planning button").first)
    expect(page.locator("#wrong")).to_be_focused()
    expect(page.locator("#e-minutes")).to_be_visible()
    expect(page.locator("#e-talk")).to_be_visible()
    expect(page.locator("#f-minutes")).to_have_value("mange")


def test_after_somebody_was_taken_out_of_a_cafe_one_goes_on_at_what_became_of_the_others(page):
    page.goto("/cafe")
    plan_the_cafe(page)
    go(page, page.get_by_role("button", name=re.compile("^Er gået: ")).first)
    expect(page.locator("#placed")).to_be_focused()


def test_a_call_that_is_taken_up_again_begins_at_its_heading(page):
    page.goto("/intake")
    page.locator("#f-text").fill("Luge bede på fredag")
    with page.expect_response("**/intake/draft"):
        page.keyboard.press("Tab")
    page.goto("/intake")
    _unfold(page)
    go(page, page.get_by_role("link", name=re.compile("^Gå videre med det")).first)
    expect(page.locator("h1")).to_be_focused()
    page.goto("/intake")
    _unfold(page)
    go(page, page.get_by_role("button", name=re.compile("^Smid det væk")).first)


def _unfold(page):
    """Several calls that were begun are folded, and other tests begin some as well."""
    for folded in page.locator("details:has(a[href*='draft=']) > summary").all():
        folded.click()


def test_a_trial_is_told_of_where_one_goes_on(page):
    page.goto(f"{CITIZEN}/shortlist?max_minutes=90")
    expect(page.locator(".alert-info [data-news]")).to_be_focused()


def test_a_place_that_is_no_number_is_told_of_at_its_field_with_what_was_typed(page):
    page.goto(f"{CITIZEN}/shortlist")
    page.get_by_text("Ret rækkefølgen").click()
    place = page.locator(".reordering [name^='place.']").nth(1)
    place.fill("to")
    page.locator("#reorder-reason").fill("Kender stedet")
    page.get_by_role("button", name="Gem rækkefølgen").click()
    expect(place).to_be_focused()
    expect(place).to_have_value("to")
    expect(place.locator("xpath=following-sibling::*[1]")).to_contain_text("helt tal")
