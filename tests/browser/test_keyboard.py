"""By keyboard: the focus goes as the eye does and stays near after a swap; single keys can be off."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import go, tab
from tests.browser.conftest import DESK, TABLET
from tests.browser.pictures import PAGES
from tests.browser.states import FILLED

WALKED = ("today", "shortlist", "intake-read", "job-order")
LISTS = ("today", "job-orders", "portfolio", "intake")
HERE = """() => {
  const at = document.activeElement;
  const seen = at.labels?.length && at.getBoundingClientRect().width < 2 ? at.labels[0] : at;
  const box = seen.getClientRects()[0] || seen.getBoundingClientRect();
  const name = `${at.tagName} ${at.id || at.textContent.trim().slice(0, 40)}`;
  const round = at === document.body || at.matches(".skipnav");
  return round ? null : {
    name,
    left: box.left + scrollX, right: box.right + scrollX,
    top: box.top + scrollY, bottom: box.bottom + scrollY,
  };
}"""


@pytest.fixture(scope="module")
def page(request, browser, running):
    with tab(browser, running.address, getattr(request, "param", DESK)) as opened:
        running.let_in(opened)
        yield opened


def _back(one, other):
    """Whether the eye goes back from one stop to the other: up and not to the right, or left in its line."""
    above = other["bottom"] <= one["top"] + 2 and other["left"] < one["right"] - 2
    beside = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 6
    return above or (beside and other["right"] <= one["left"] + 2)


@pytest.mark.parametrize("page", [DESK, TABLET], indirect=True, scope="module")
@pytest.mark.parametrize("name", WALKED)
def test_tab_goes_through_a_page_as_the_eye_does(page, name):
    FILLED[name].reach(page)
    page.locator(".skipnav").focus()
    page.keyboard.press("Tab")
    stops = []
    for _ in range(400):
        stop = page.evaluate(HERE)
        if stop is None:
            break
        stops.append(stop)
        page.keyboard.press("Tab")
    assert len(stops) > 20
    assert [
        f"{one['name']} > {other['name']}"
        for one, other in zip(stops, stops[1:], strict=False)
        if _back(one, other)
    ] == []


def test_after_a_filter_the_focus_stays_and_the_count_is_told(page):
    for name, field in (("shortlist", "#order"), ("job-orders", "#state"), ("portfolio", "#only")):
        page.goto(PAGES[name])
        told = page.locator("#told")
        expect(told).to_be_empty()
        page.locator(field).focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(told).to_have_text(re.compile(r"\d|Ingen"))
        expect(page.locator(field)).to_be_focused()


def test_while_a_call_is_taken_down_what_was_read_is_told_and_typing_goes_on(page):
    page.goto("/intake")
    page.locator("#f-text").press_sequentially("Luge bede fredag 9-11")
    expect(page.locator("#told")).to_have_text(re.compile(r"^\d+ ting er læst$"))
    expect(page.locator("#f-text")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("kirke")
    expect(page.locator("#told")).to_have_text(re.compile(r"^\d+ virksomhed"))
    expect(page.locator("#f-find")).to_be_focused()


def test_after_an_answer_the_focus_is_at_the_next_question_to_the_same_employer(page):
    """By keyboard alone: nothing else has moved, the answer is told, and the next one is a tab away."""
    call = page.locator(".call:has(.questions li:has([value=no]) ~ li:has([value=no]))").first
    for number in range(1, 17):
        page.goto(f"/citizens/citizen-0370-{number:02}/call-sheet")
        # what other tests have answered stands there without a form
        if call.count():
            break
    employers = page.locator(".call h3").all_inner_texts()
    lines = call.locator(".questions li:has([value=no])")
    asked, following = lines.nth(0).get_attribute("id"), lines.nth(1).get_attribute("id")
    above = page.locator(f"[id='{asked}']").bounding_box()
    page.locator(f"[id='{asked}']").get_by_role("button", name=re.compile("^Nej")).first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"[id='{following}']")).to_be_focused()
    expect(page.locator(f"[id='{asked}'] .answered")).to_contain_text("Nej")
    expect(page.locator("#told")).to_contain_text("? nej.")
    assert page.locator(".call h3").all_inner_texts()[: len(employers)] == employers
    assert page.locator(f"[id='{asked}']").bounding_box() == above
    page.keyboard.press("Tab")
    expect(
        page.locator(f"[id='{following}']").get_by_role("button", name=re.compile("^Ja")).first
    ).to_be_focused()
    page.locator(f"[id='{asked}']").get_by_role("button", name=re.compile("^Fortryd")).press("Enter")
    expect(page.locator(f"[id='{asked}']")).to_be_focused()
    expect(page.locator("#told")).to_contain_text("Svaret er trukket tilbage: ")


@pytest.mark.parametrize("name", LISTS)
def test_single_keys_work_on_a_page_and_can_be_switched_off(page, name):
    page.goto(PAGES[name])
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.goto("/keyboard")
    go(page, page.get_by_role("button", name="Slå enkelttaster fra"))
    page.goto(PAGES[name])
    page.evaluate("document.activeElement.blur()")
    for key in "/j":
        page.keyboard.press(key)
        assert page.evaluate(HERE) is None
    page.goto("/keyboard")
    go(page, page.get_by_role("button", name="Slå enkelttaster til"))


@pytest.mark.parametrize("name", ["today", "job-orders", "portfolio", "citizens"])
def test_arrows_go_through_a_list_and_enter_opens_what_they_are_on(page, name):
    page.goto(PAGES[name])
    rows = page.locator("[data-row]")
    page.keyboard.press("j")
    expect(rows.nth(0).locator("a, summary").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    second = rows.nth(1).locator("a, summary").first
    expect(second).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(rows.nth(0).locator("a, summary").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    where = second.get_attribute("href")
    page.keyboard.press("Enter")
    if where:
        page.wait_for_url(f"**{where}")


def test_from_the_days_work_to_a_suggestion_and_back_with_no_pointer(page):
    page.goto("/today")
    for name in ("^Åbn ", "^Find opgaver"):
        _tab_to(page, "link", name)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/shortlist"))
    suggest = _tab_to(page, "button", "^Foreslå ")
    task = suggest.locator(".sr-only").text_content().strip()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".kept [data-news]")).to_be_focused()
    expect(page.locator(".kept [data-news]")).to_contain_text(task)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_accessible_name(re.compile("^Fortryd forslaget"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".kept [data-news]")).to_contain_text("Fortrudt")


def _tab_to(page, role, name):
    """Press Tab until what is called so has the focus."""
    wanted = page.get_by_role(role, name=re.compile(name)).and_(page.locator(":focus"))
    for _ in range(200):
        if wanted.count():
            return wanted
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to a {role} called {name}")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_box_for_a_note_is_written_in_at_once_and_no_key_goes_astray(page, key):
    page.goto(PAGES["shortlist"])
    here = page.url
    opener = page.locator(".proposing summary").first
    opener.focus()
    page.keyboard.press(key)
    page.keyboard.type("jk/ kun efter kl. 10")
    box = page.locator(".proposing [name=note]").first
    expect(box).to_be_focused()
    expect(box).to_have_value("jk/ kun efter kl. 10")
    expect(page.locator(".proposing").first.get_by_role("button")).to_have_count(1)
    assert page.url == here
    opener.click()
    expect(box).to_be_hidden()
