"""What a list says where it has no columns, and what a page says where nothing can be pressed."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import TALL
from tests.browser.pictures import PAGES, plan_the_cafe

PHONE = 320
UNSAID = """() => [...document.querySelectorAll("main .table:not(.times) tbody td")]
  .filter((cell) => cell.checkVisibility() && /^[\\d–-]*$/.test(cell.innerText.trim()))
  .filter((cell) => !/\\w/.test(getComputedStyle(cell, "::before").content.replace("none", "")))
  .map((cell) => cell.outerHTML)"""
"""The cells that show a number, a day or nothing, and do not say of what."""

LISTS = ("job-orders", "citizens", "all-citizens", "centres", "imports", "import-looked", "employer")


@pytest.mark.parametrize("name", LISTS)
def test_on_a_telephone_a_value_says_what_it_is(page, name):
    page.set_viewport_size({"width": PHONE, "height": TALL[PHONE]})
    page.goto(PAGES[name])
    expect(page.locator("main .labelled [data-label]")).not_to_have_count(0)
    assert page.evaluate(UNSAID) == []


def test_a_value_that_does_not_say_what_it_is_is_found(page):
    page.set_viewport_size({"width": PHONE, "height": TALL[PHONE]})
    page.goto(PAGES["job-orders"])
    page.locator("main .labelled [data-label]").first.evaluate("cell => cell.removeAttribute('data-label')")
    assert len(page.evaluate(UNSAID)) == 1


def test_a_call_sheet_on_paper_has_boxes_to_tick_instead_of_buttons(page):
    page.goto(PAGES["call-sheet"])
    expect(page.locator(".by-hand .box").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".by-hand .box").first).to_be_visible()
    expect(page.locator("main button:visible")).to_have_count(0)


@pytest.mark.parametrize("name", ["employer", "job-order", "shortlist", "first-calls"])
def test_paper_has_no_empty_fields_of_what_can_be_changed(page, name):
    page.goto(PAGES[name])
    page.emulate_media(media="print")
    expect(page.locator("main :is(input, select, textarea):visible")).to_have_count(0)


TOGETHER = """(selector) => [...document.querySelectorAll(selector)]
  .filter((one) => getComputedStyle(one).breakInside !== "avoid").map((one) => one.outerHTML)"""


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("shortlist", ".map-side, .place, .asked > li"),
        ("call-sheet", ".call, .short-rows > li"),
        ("today", ".due > li"),
    ],
)
def test_no_row_and_no_map_is_cut_over_two_sheets(page, name, parts):
    page.goto(PAGES[name])
    page.emulate_media(media="print")
    assert page.locator(parts).count()
    assert page.evaluate(TOGETHER, parts) == []


def test_a_heading_on_paper_stays_with_what_is_said_below_it(page):
    page.goto(PAGES["shortlist"])
    page.emulate_media(media="print")
    for part in ("#h-ask", "#h-ask + p"):
        assert page.locator(part).evaluate("one => getComputedStyle(one).breakAfter") == "avoid"


def test_paper_leads_nowhere(page):
    page.goto(PAGES["today"])
    further = page.locator(".short-list > li > a:last-child")
    expect(further.first).to_be_visible()
    page.emulate_media(media="print")
    expect(further.locator("visible=true")).to_have_count(0)


def test_paper_is_light_where_the_screen_is_dark(page):
    page.emulate_media(color_scheme="dark")
    page.goto(PAGES["job-order"])
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(20, 24, 26)"
    page.emulate_media(color_scheme="dark", media="print")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


LONGER = """name => {
  const row = document.querySelector(".times thead tr"), rows = document.querySelectorAll(".times tbody tr");
  row.replaceChildren(row.cells[0], ...Array.from({length: 6}, (_, at) => {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = `13.${at}0`;
    return cell;
  }));
  for (const one of rows) one.replaceChildren(one.cells[0], ...Array.from({length: 6}, () => {
    const cell = document.createElement("td"); cell.textContent = name; return cell;
  }));
  const cut = [...document.querySelectorAll(".times td")].filter(cell => {
    const words = document.createRange();
    words.selectNodeContents(cell);
    return words.getClientRects().length !== 1;
  });
  const table = document.querySelector(".times").getBoundingClientRect();
  return [rows.length > 0, cut.length, table.right <= innerWidth];
}"""


@pytest.mark.parametrize("page", [820], indirect=True)
@pytest.mark.parametrize("name", ["Karen", "Christoffer"])
def test_first_names_stay_whole_at_six_times_of_a_cafe_on_a_tablet(page, name):
    page.goto("/cafe")
    plan_the_cafe(page)
    assert page.evaluate(LONGER, name) == [True, 0, True]
