"""Every page, filled, in Danish: no violation of WCAG 2.2 AA that axe-core finds, nothing cut off, light."""

import json
from pathlib import Path

import pytest

from tests.browser.chromium import sign_in, tab
from tests.browser.pictures import PAGES, plan_the_cafe

AXE = Path(__file__).parents[1] / "vendor" / "axe-core"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module", params=[320, 1280])
def signed_in(request, browser, running):
    """One page signed in for all addresses at a width; axe is let past the CSP as no page's script is."""
    with tab(browser, running.address, request.param, bypass_csp=True) as page:
        sign_in(page, running.login())
        page.context.add_init_script(path=AXE / "axe.min.js")
        yield page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_breaks_no_rule_of_accessibility(signed_in, name):
    signed_in.goto(PAGES[name], wait_until="networkidle")
    assert _violations(signed_in) == []


def test_the_plan_of_a_cafe_breaks_none_either_and_is_light_and_narrow_enough(signed_in):
    signed_in.goto(PAGES["cafe"])
    with signed_in.expect_response("**/cafe/plan") as sent:
        plan_the_cafe(signed_in)
    assert len(sent.value.body()) < 100_000
    assert signed_in.evaluate(WIDER) <= 0
    assert _violations(signed_in) == []


def _violations(signed_in):
    signed_in.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    locale = json.loads((AXE / "da.json").read_text(encoding="utf-8"))
    signed_in.evaluate("locale => axe.configure({ locale })", locale)
    found = signed_in.evaluate("rules => axe.run(document, rules)", RULES)
    assert found["passes"]
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_lighter_than_100_kb_beside_shared_files(signed_in, name):
    assert len(signed_in.goto(PAGES[name]).body()) < 100_000


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_never_wider_than_its_window(signed_in, name):
    signed_in.goto(PAGES[name], wait_until="networkidle")
    assert signed_in.evaluate(WIDER) <= 0
