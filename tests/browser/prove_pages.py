"""Every page in every state, at three widths, in both languages, light and dark: `make prove`.

Also at 200 %, where nothing may be cut off, written over or out of reach.
"""

import pytest

from tests.browser.chromium import TALL, tab
from tests.browser.looking import AXE, lost, violations
from tests.browser.states import STATES

ZOOMED = {"width": 640, "height": 450}
"""What a window of 1280 by 900 pixels shows at 200 %, in pixels of CSS."""


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", STATES)
def test_a_state_breaks_no_rule_and_loses_nothing_at_any_size(browser, running, name, language):
    state = STATES[name]
    found = []
    with tab(browser, running.address, locale=language, bypass_csp=True) as page:
        page.context.add_init_script(path=AXE / "axe.min.js")
        running.let_in(page, *state.who)
        state.reach(page)
        for width, height in TALL.items():
            page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                found += [f"{width} {scheme}: {told}" for told in violations(page)]
        for size in (ZOOMED, {"width": 320, "height": 700}):
            page.set_viewport_size(size)
            found += [f"{size['width']}: {told}" for told in lost(page)]
    assert found == []
