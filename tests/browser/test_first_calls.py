"""From whom to ring first to the very question that is asked there."""

import re

from playwright.sync_api import expect

from tests.browser.chromium import go


def _to_the_first_question(opened):
    opened.goto("/calls?points=40")
    go(opened, opened.locator(".to-say a[href^='/employers/'][href*='#fact-']").first)
    asked = opened.locator(f"[id='{opened.url.partition('#')[2]}']")
    expect(asked).to_be_in_viewport()
    expect(asked.get_by_role("button", name=re.compile("^Ja"))).to_be_visible()
    return asked


def test_a_question_to_be_asked_leads_to_where_it_is_answered(page):
    expect(_to_the_first_question(page)).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "yes"


def test_without_javascript_a_question_leads_to_where_it_is_answered_as_well(plain):
    _to_the_first_question(plain)
