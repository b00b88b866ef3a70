"""What was refused: told behind its field whoever tells it, and no dead end when one goes back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import go, settled
from tests.browser.test_fields import DESCRIPTION

BEHIND = "(field) => field.nextElementSibling.textContent"


def _an_employer(page):
    page.goto("/employers")
    page.goto(page.locator("[data-row] a[href^='/employers/']").first.get_attribute("href"))


def _write_a_contact_down(page, day):
    form = page.locator("form[action$='/contacts']")
    form.locator("xpath=ancestor::details").evaluate("(one) => { one.open = true; }")
    form.locator("[name=on]").fill(day)
    go(page, form.get_by_role("button"))


def test_back_leads_to_the_page_of_a_form_that_was_refused(page):
    _an_employer(page)
    address = page.url
    _write_a_contact_down(page, "20-11-1990")
    expect(page.locator("#wrong-contact")).to_contain_text("mere end 5 år siden")
    page.goto("/today")
    page.go_back()
    expect(page.locator("h1")).to_be_visible()
    assert page.url == address
    expect(page.locator("#wrong-contact")).to_have_count(0)


def test_what_came_back_as_it_was_typed_is_not_left_without_a_word(page):
    _an_employer(page)
    _write_a_contact_down(page, "20-11-1990")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    # a browser asks only where somebody has touched the page
    page.locator("#note").click()
    page.goto("/today")
    assert asked == ["beforeunload"]


def test_back_to_a_search_leads_to_what_can_be_searched(page):
    page.goto("/citizens")
    page.fill("#search", "zzzz")
    go(page, page.locator("form[role=search] button"))
    expect(page.locator(".empty")).to_be_visible()
    page.goto("/today")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith("/search")


def test_without_scripts_who_signs_in_again_comes_to_the_page_of_the_form(plain, running):
    _an_employer(plain)
    address = plain.url
    _write_a_contact_down(plain, "20-11-1990")
    assert plain.url == f"{address}/contacts"
    plain.context.clear_cookies()
    _write_a_contact_down(plain, "20-11-1990")
    login = running.login()
    plain.fill("#username", login.username)
    plain.fill("#password", login.password)
    go(plain, plain.locator("main button[type=submit]"))
    assert plain.url == address


@pytest.mark.parametrize("told_by", ["script", "server"])
def test_a_fault_stands_behind_its_field_whoever_tells_it(page, plain, told_by):
    shown = page if told_by == "script" else plain
    shown.goto("/citizens/new")
    if told_by == "server":
        shown.locator("#f-name").evaluate("(field) => field.removeAttribute('required')")
    shown.locator("form[action='/citizens/new'] button").click()
    name = shown.locator("#f-name")
    expect(name).to_have_attribute("aria-invalid", "true")
    said = name.evaluate(BEHIND)
    assert said
    assert said in name.evaluate(DESCRIPTION)


def test_what_a_notice_refuses_is_marked_at_its_field_until_it_is_mended(page):
    page.goto("/employers")
    km = page.locator("#km")
    km.fill("mange")
    km.press("Tab")
    expect(page.locator("#notices")).to_contain_text("er ikke et tal")
    expect(km).to_have_attribute("aria-invalid", "true")
    assert "er ikke et tal" in km.evaluate(BEHIND)
    assert "er ikke et tal" in km.evaluate(DESCRIPTION)
    km.fill("7,5 km")
    km.press("Tab")
    settled(page)
    expect(km).not_to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text(re.compile("er ikke et tal")).locator("visible=true")).to_have_count(0)
