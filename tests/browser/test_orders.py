"""From the employer's words to a suggested citizen, by keyboard alone, and by forms alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import sign_in, tab

WIDTHS = (1280, 820)
WORDS = "Vi skal have luget bede og fejet gård hver fredag 9-11, 140 kr. i timen. Der er ingen maskiner."


@pytest.fixture(params=WIDTHS)
def page(request, browser, running):
    """A page at each width; a fault of a script fails the test."""
    faults = []
    with tab(browser, running.address, request.param) as opened:
        opened.on("pageerror", lambda fault: faults.append(str(fault)))
        sign_in(opened, running.login())
        yield opened
    assert faults == []


@pytest.fixture(params=WIDTHS)
def plain(request, browser, running):
    """The same without JavaScript."""
    with tab(browser, running.address, request.param, java_script_enabled=False) as opened:
        sign_in(opened, running.login())
        yield opened


def _focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def _tab_to(page, wanted, key="Tab"):
    """Go on with the keyboard until what is wanted has the focus; where it never has, the test fails."""
    for _ in range(80):
        if re.search(wanted, _focused(page)):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} cannot be reached; the focus is on {_focused(page)}")


def _first_candidate(page):
    return page.locator(".proposing button").first.inner_text().partition(" ")[2].strip()


def test_from_a_call_to_a_suggested_citizen_by_keyboard_alone(page):
    page.goto("/job-orders")
    _tab_to(page, "^Ny jobordre$")
    page.keyboard.press("Enter")
    page.wait_for_url("**/intake")
    assert _focused(page) == "f-text"
    page.keyboard.type(WORDS)
    expect(page.locator("#f-demand\\.machines-no")).to_be_checked(timeout=15_000)
    page.keyboard.press("Tab")
    page.keyboard.type("kirke")
    page.locator(".found").first.wait_for()
    with page.expect_response("**/intake/reading"):
        page.keyboard.press("ArrowDown")
    assert _focused(page).startswith("employer-")
    # what was read is corrected by an arrow, and Enter goes on to the next
    _tab_to(page, r"^f-demand\.machines-no$")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert _focused(page).startswith("f-")
    _tab_to(page, r"^f-support\.contact_person-nothing$", "Enter")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/job-orders/\w+\?done=registered"))
    known = page.locator(".answered-list").inner_text()
    assert "arbejde med maskiner: ja" in known
    assert re.search("kontaktperson: ja", known)
    first = _first_candidate(page)
    _tab_to(page, "^Foreslå")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("done=proposed"))
    assert first in page.locator("#suggested").inner_text()


def test_without_javascript_a_call_becomes_a_suggestion_as_well(plain):
    plain.goto("/intake")
    plain.fill("#f-text", WORDS)
    plain.get_by_role("button", name="Læs").click()
    assert (
        "“ingen maskiner”" in plain.locator(".chip", has=plain.locator("#f-demand\\.machines")).inner_text()
    )
    plain.fill("#f-find", "kirke")
    plain.get_by_role("button", name="Find").click()
    plain.locator(".found input").first.check()
    plain.get_by_role("button", name="Registrér").click()
    assert re.search(r"/job-orders/\w+\?done=registered", plain.url)
    first = _first_candidate(plain)
    plain.get_by_role("button", name="Foreslå").first.click()
    assert first in plain.locator("#suggested").inner_text()


def test_without_javascript_nothing_is_kept_of_what_nobody_has_looked_at(plain):
    plain.goto("/intake")
    plain.fill("#f-text", WORDS)
    plain.get_by_role("button", name="Registrér").click()
    plain.get_by_text("Intet er gemt endnu").wait_for()
    assert plain.locator("#f-text").input_value() == WORDS
    assert plain.locator(".chip.k-stated").count() > 3


def test_an_order_sent_back_shows_who_is_next_on_the_same_page(page):
    page.goto("/intake")
    page.fill("#f-text", WORDS)
    page.locator(".chip.k-stated").first.wait_for()
    page.fill("#f-find", "kirke")
    page.locator(".found input").first.check()
    page.keyboard.press("Control+Enter")
    asked = page.locator("[name=citizen_id]").first.input_value()
    page.get_by_role("button", name="Foreslå").first.click()
    page.wait_for_url(re.compile("done=proposed"))
    page.get_by_text("Send den retur").first.click()
    page.select_option("#cause", "citizen_not_able")
    page.get_by_role("button", name="Send den retur").click()
    page.wait_for_url(re.compile("done=returned"))
    assert "kan ikke lige nu" in page.locator("#suggested").inner_text()
    assert page.locator(f"#candidates [name=citizen_id][value='{asked}']").count() == 0


def test_the_list_of_orders_is_found_in_while_one_types(page):
    page.goto("/job-orders")
    before = page.locator(".orders tbody tr").count()
    page.fill("#q", "kirke")
    page.wait_for_url(re.compile("q=kirke"))
    expect(page.locator(".orders tbody tr")).not_to_have_count(before)
    assert all("irke" in text for text in page.locator(".orders tbody th").all_inner_texts())
