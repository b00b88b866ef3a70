"""The head of every page stays calm: a line on a desk, a second for the search on a tablet."""

import pytest
from playwright.sync_api import expect

from api.domain.caller import Role
from tests.browser.chromium import go
from tests.browser.conftest import at_both_widths

LINES = {1280: 1, 820: 2}
SESSION = "form[action='/sign-out']"


@pytest.mark.parametrize("language", ["da", "en"])
@at_both_widths("page")
def test_the_head_takes_a_line_and_at_most_a_second_for_the_search(page, language):
    page.goto("/today")
    if language == "en":
        go(page, page.get_by_role("button", name="English"))
        expect(page.locator("html")).to_have_attribute("lang", "en")
    page.evaluate("document.fonts.ready.then(() => null)")
    middles = page.evaluate("""[...document.querySelectorAll('.top :is(a, button, input:not([type=hidden]))')]
        .map((one) => one.getBoundingClientRect()).map((box) => Math.round((box.top + box.bottom) / 2))""")
    assert len(middles) >= 10
    lines = {middle for middle in middles if not any(0 < middle - other < 22 for other in middles)}
    assert len(lines) <= LINES[page.viewport_size["width"]]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_coordinator_has_a_destination_more_and_the_head_is_still_a_line(stranger, running, language):
    running.let_in(stranger, Role.COORDINATOR)
    stranger.goto("/centres")
    if language == "en":
        go(stranger, stranger.get_by_role("button", name="English"))
    expect(stranger.locator(".destinations a")).to_have_count(7)
    stranger.evaluate("document.fonts.ready.then(() => null)")
    lines = {
        round(_middle(one)) for one in stranger.locator(f".destinations a, .search input, {SESSION}").all()
    }
    assert max(lines) - min(lines) <= 2
    assert _box(stranger.locator(".frame"))["height"] < 70
    frame, session = _box(stranger.locator(".frame")), _box(stranger.locator(SESSION))
    assert frame["x"] + frame["width"] - session["x"] - session["width"] < 40


def _middle(found):
    box = _box(found)
    return box["y"] + box["height"] / 2


def _box(found):
    return found.bounding_box()


def test_the_head_says_the_municipality_and_who_is_signed_in(page):
    page.goto("/today")
    expect(page.locator(".top .where")).to_contain_text("Næstved")
    expect(page.locator(".top .who")).to_contain_text("Jens Winther")


def test_before_signing_in_the_head_names_no_municipality(stranger):
    stranger.goto("/sign-in")
    expect(stranger.locator(".top")).to_be_visible()
    expect(stranger.locator(".top .where")).to_have_count(0)
