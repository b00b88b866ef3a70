"""Every page, filled, in Danish: no violation of WCAG 2.2 AA that axe-core finds, nothing cut off, light.

At the widths of a desk and of a telephone. Empty and refused, in both languages, at every width and in the
dark: `make prove` looks at those.
"""

import pytest

from api.app import PAGES as ROUTERS
from tests.api.pages.inline import inline_in
from tests.browser.chromium import TALL, tab
from tests.browser.conftest import DESK
from tests.browser.lists import COLUMNS
from tests.browser.looking import AXE, WIDER, broken, lost, stretch, violations, words_of_data
from tests.browser.pictures import PAGES, plan_the_cafe
from tests.browser.states import FILLED, STATES

PHONE = 320
ZOOMED = 640
"""What a window of 1280 pixels shows at 200 %, in pixels of CSS."""


@pytest.fixture(scope="module")
def missing():
    """The addresses that a page asked for and that were not there."""
    return []


@pytest.fixture(scope="module")
def seen_by(browser, running, missing):
    """A page for each who looks; axe is let past the CSP as no script is."""
    with tab(browser, running.address, bypass_csp=True) as page:
        page.context.add_init_script(path=AXE / "axe.min.js")
        page.on("response", lambda answer: missing.append(answer.url) if answer.status == 404 else None)

        def opened(who):
            running.let_in(page, *who)
            page.set_viewport_size({"width": DESK, "height": TALL[DESK]})
            return page

        yield opened


@pytest.mark.parametrize("name", FILLED)
def test_a_page_breaks_no_rule_of_accessibility_is_light_and_fits_its_window(seen_by, missing, name):
    state = FILLED[name]
    page = seen_by(state.who)
    missing.clear()
    html = state.reach(page)
    assert len(html.encode()) < 100_000
    assert inline_in(html) == []
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": TALL[width]})
        assert page.evaluate(WIDER) <= 0
        assert violations(page) == []
    assert [url for url in missing if not url.endswith(PAGES["not-found"])] == []


@pytest.fixture(scope="module")
def names(seen_by):
    """What the example data calls everything, but for what the pages say themselves."""
    page = seen_by(FILLED["citizens"].who)
    page.goto("/today")
    return words_of_data(page)


NAMELESS = {
    "sign-in",
    "access",
    "assignments",
    "intake",
    "new-citizen",
    "imports",
    "import-storing",
    "import-stored",
    "keyboard",
    "not-found",
}
NAMELESS |= {"start", "documentation"}
"""The pages that say no name of the data, or need not."""


@pytest.mark.parametrize("name", FILLED)
def test_a_word_without_an_end_widens_no_page_and_ordinary_ones_stay_whole(seen_by, names, name):
    state = FILLED[name]
    page = seen_by(state.who)
    state.reach(page)
    for width, height in TALL.items():
        page.set_viewport_size({"width": width, "height": height})
        assert broken(page) == [], width
    assert stretch(page, names) or name in NAMELESS
    for width, height in TALL.items():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(WIDER) <= 0, width


def test_the_plan_of_a_cafe_is_light(seen_by):
    page = seen_by(FILLED["cafe"].who)
    page.goto(PAGES["cafe"])
    with page.expect_response("**/cafe/plan") as sent:
        plan_the_cafe(page)
    assert len(sent.value.body()) < 100_000


def _addresses():
    """The address of every page; a workbook and a list of refused rows are none."""
    for router in ROUTERS:
        for route in router.routes:
            if "GET" in route.methods and not route.path.endswith((".xlsx", ".csv")):
                yield pytest.param(route.path_regex, id=route.path)


REACHED = [
    *(state.address.partition("?")[0] for state in STATES.values()),
    "/proposals/1/outcome",
    f"{COLUMNS}/columns",
]
"""The last two are come to by the states that go on from there: of the day, and of the first step."""


@pytest.mark.parametrize("address", list(_addresses()))
def test_every_page_one_can_go_to_is_looked_at(address):
    assert any(address.fullmatch(reached) for reached in REACHED)


@pytest.mark.parametrize("name", ["today", "shortlist"])
def test_at_twice_the_size_nothing_of_a_page_is_lost(browser, running, name):
    with tab(
        browser, running.address, viewport={"width": ZOOMED, "height": 450}, device_scale_factor=2
    ) as page:
        running.let_in(page)
        FILLED[name].reach(page)
        assert lost(page) == []
