"""A page asks before it is left only while something typed is not kept."""

import pytest
from playwright.sync_api import expect

from tests.browser.a_day import somebody_new
from tests.browser.chromium import go, settled

WORDS = "Feje gårdsplads, fredag 9-11"


@pytest.fixture
def asked(page):
    """The questions that a page has asked so far, each answered with leaving."""
    questions = []
    page.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.accept()))
    return questions


def _type_a_call(page):
    page.goto("/intake")
    # typed, so that the browser takes the page for touched
    page.locator("#f-text").press_sequentially(WORDS)


def test_a_call_that_is_saved_by_itself_is_left_without_a_question(page, asked):
    _type_a_call(page)
    expect(page.locator("#saved")).to_contain_text("Gemt kl.")
    settled(page)
    page.goto("/today")
    assert asked == []


def test_a_call_that_could_not_be_saved_by_itself_is_not_left_without_a_question(page, asked):
    page.route("**/intake/draft", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        _type_a_call(page)
    expect(page.locator("#saved.wrong")).to_be_visible()
    page.goto("/today")
    assert asked == ["beforeunload"]


def test_what_is_typed_while_a_save_is_on_its_way_is_not_taken_for_kept(page, asked):
    held = []
    page.route("**/intake/draft", lambda route: None if held else held.append(route))
    with page.expect_request("**/intake/draft"):
        _type_a_call(page)
    page.locator("#f-text").press_sequentially(" eller mandag")
    with page.expect_response("**/intake/draft"):
        held[0].continue_()
    expect(page.locator("#saved")).to_contain_text("Gemt kl.")
    page.goto("/today")
    assert asked == ["beforeunload"]


def test_a_field_that_is_as_it_was_before_is_left_without_a_question(page, asked):
    page.goto("/citizens/new")
    name = page.locator("#f-name")
    name.press_sequentially("Bo")
    for _ in "Bo":
        name.press("Backspace")
    page.goto("/today")
    assert asked == []


def test_who_drops_what_was_written_is_not_asked_whether_to(page, asked):
    page.goto("/job-orders/order-0370-01/facts")
    page.locator("#f-text").press_sequentially("Mere")
    go(page, page.get_by_role("link", name="Kassér det, du skrev"))
    assert asked == []


def test_a_citizen_is_left_without_a_question_once_an_answer_is_saved(page, running, asked):
    page.goto(f"/citizens/{somebody_new(running.store).id}")
    minutes = page.locator("#f-max_minutes")
    minutes.press_sequentially("25")
    expect(page.locator("#saved")).to_contain_text("Gemt kl.")
    settled(page)
    page.goto("/today")
    assert asked == []


def test_a_swapped_list_leaves_the_title_of_the_page_as_it_is(page):
    page.goto("/job-orders")
    page.evaluate("document.title = 'Jobordrer, mit vindue'")
    with page.expect_response("**/job-orders?*"):
        page.select_option("#state", "all")
    settled(page)
    assert page.title() == "Jobordrer, mit vindue"
