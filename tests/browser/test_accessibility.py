"""Every page, filled, in Danish: no violation of WCAG 2.2 AA that axe-core finds, nothing cut off, light.

At the widths of a desk and of a telephone. Empty and refused, in both languages, at every width and in the
dark: `make prove` looks at those.
"""

import re
from dataclasses import dataclass

import pytest

from api.app import PAGES as ROUTERS
from tests.api.pages.inline import inline_in
from tests.browser.chromium import TALL, tab
from tests.browser.conftest import DESK
from tests.browser.lists import COLUMNS
from tests.browser.looking import AXE, WIDER, broken, lost, stretch, touching, violations, words_of_data
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


@pytest.fixture(scope="module")
def names(seen_by):
    """What the example data calls everything, but for what the pages say themselves."""
    page = seen_by(FILLED["citizens"].who)
    page.goto("/today")
    return words_of_data(page)


@dataclass(frozen=True)
class Sight:
    """What there was to see of a state, by the width of the window where that matters."""

    name: str
    html: str
    missing: list[str]
    wider: dict[int, int]
    violated: dict[int, list[str]]
    broken: dict[int, list[str]]
    touching: dict[int, list[str]]
    stretched: int
    stretched_wider: dict[int, int]


@pytest.fixture(scope="module", params=FILLED)
def sight(request, seen_by, missing, names):
    """One visit to a state: the page once it is there, and with its words stretched."""
    name = request.param
    page = seen_by(FILLED[name].who)
    missing.clear()
    html = FILLED[name].reach(page)
    wider, violated, torn, close = {}, {}, {}, {}
    for width in _windows(page):
        if width in (DESK, PHONE):
            wider[width], violated[width] = page.evaluate(WIDER), violations(page)
        torn[width], close[width] = broken(page), touching(page)
    stretched = stretch(page, names)
    pulled = {width: page.evaluate(WIDER) for width in _windows(page)}
    return Sight(name, html, list(missing), wider, violated, torn, close, stretched, pulled)


def _windows(page):
    """Every width, once the window has it."""
    for width, height in TALL.items():
        page.set_viewport_size({"width": width, "height": height})
        yield width


def test_a_page_breaks_no_rule_of_accessibility_is_light_and_fits_its_window(sight):
    assert len(sight.html.encode()) < 100_000
    assert inline_in(sight.html) == []
    assert [width for width, pixels in sight.wider.items() if pixels > 0] == []
    assert sight.violated == {DESK: [], PHONE: []}
    assert [url for url in sight.missing if not url.endswith(PAGES["not-found"])] == []


NAMELESS = {
    "sign-in",
    "access",
    "assignments",
    "intake",
    "new-citizen",
    "imports",
    "import-storing",
    "import-stored",
    "import-taken-back",
    "import-words",
    "practice",
    "search",
    "practice-written",
    "colleagues",
    "colleague",
    "colleague-added",
    "password-given",
    "own-password-first",
    "accesses",
    "accesses-read",
    "failed-work",
    "account",
    "account-changed",
    "keyboard",
    "not-found",
}
NAMELESS |= {"start", "documentation"}
"""The pages that say no name of the data, or need not."""


def test_a_word_without_an_end_widens_no_page_and_ordinary_ones_stay_whole(sight):
    assert sight.broken == {width: [] for width in TALL}
    assert sight.stretched or sight.name in NAMELESS
    assert [width for width, pixels in sight.stretched_wider.items() if pixels > 0] == []


def test_no_words_stand_right_at_a_button_a_field_or_a_box(sight):
    assert sight.touching == {width: [] for width in TALL}


def test_words_right_below_a_field_are_found(seen_by):
    page = seen_by(FILLED["new-citizen"].who)
    FILLED["new-citizen"].reach(page)
    page.eval_on_selector(".form-group + p", "words => words.style.margin = '0'")
    assert len(touching(page)) == 1


def test_the_plan_of_a_cafe_is_light(seen_by):
    page = seen_by(FILLED["cafe"].who)
    page.goto(PAGES["cafe"])
    with page.expect_response(re.compile("/cafe/[0-9a-f]{32}$")) as sent:
        plan_the_cafe(page)
    assert len(sent.value.body()) < 100_000


def _addresses():
    """The address of every page; a workbook, a list of refused rows and what a script asks are none."""
    for router in ROUTERS:
        for route in router.routes:
            if "GET" in route.methods and not route.path.endswith((".xlsx", ".csv", "/session")):
                yield pytest.param(route.path_regex, id=route.path)


REACHED = [
    *(state.address.partition("?")[0] for state in STATES.values()),
    "/proposals/1/outcome",
    f"{COLUMNS}/columns",
    "/colleagues/1",
    "/centres/1/relocation",
    "/cafe/1",
    "/cafe/1/sheets",
    "/cafe/1/change",
]
"""The last seven are come to by the states that go on from a page before them."""


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
