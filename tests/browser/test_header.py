"""The head of every page stays calm: a line on a desk, a second for the search on a tablet."""

import pytest

from tests.browser.chromium import sign_in

LINES = {1280: 1, 820: 2}


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_head_takes_a_line_and_at_most_a_second_for_the_search(page, running, language):
    sign_in(page, running.login())
    if language == "en":
        page.get_by_role("button", name="English").click()
        page.wait_for_selector("html[lang=en]")
    page.evaluate("document.fonts.ready.then(() => null)")
    middles = page.evaluate("""[...document.querySelectorAll('.top :is(a, button, input:not([type=hidden]))')]
        .map((one) => one.getBoundingClientRect()).map((box) => Math.round((box.top + box.bottom) / 2))""")
    assert len(middles) >= 10
    lines = {middle for middle in middles if not any(0 < middle - other < 22 for other in middles)}
    assert len(lines) <= LINES[page.viewport_size["width"]]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_head_says_the_municipality_and_who_is_signed_in(page, running):
    sign_in(page, running.login())
    assert "Næstved" in page.inner_text(".top .where")
    assert "consultant-0370" in page.inner_text(".top .who")


def test_before_signing_in_the_head_names_no_municipality(page):
    page.goto("/sign-in")
    assert page.locator(".top .where").count() == 0
