"""The maps beside the lists: every number can be read, wherever its place lies, on screen and on paper."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import TALL
from tests.browser.pictures import CITIZEN

LISTS = ("/employers", f"{CITIZEN}/shortlist")
COVERED = (Path(__file__).parent / "covered.js").read_text("utf-8")
WITHIN = (Path(__file__).parent / "within.js").read_text("utf-8")


def _drawn(page, address):
    page.goto(address)
    expect(page.locator("#map .m-row")).not_to_have_count(0)
    expect(page.locator("#map .m-start")).not_to_have_count(0)


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("width", TALL)
def test_no_number_on_a_map_lies_on_another_or_on_where_the_way_begins(page, address, width):
    page.set_viewport_size({"width": width, "height": TALL[width]})
    _drawn(page, address)
    assert page.evaluate(COVERED) == []


def test_numbers_that_overlap_are_found(page):
    _drawn(page, LISTS[0])
    page.evaluate("document.querySelector('#map .m-row').append('0'.repeat(300))")
    assert page.evaluate(COVERED) != []


@pytest.mark.parametrize("address", LISTS)
def test_numbers_stay_apart_when_one_comes_closer(page, address):
    _drawn(page, address)
    scale = page.locator("#map .leaflet-control-scale-line")
    before = scale.text_content()
    page.locator("#map").focus()
    page.keyboard.press("+")
    expect(scale).not_to_have_text(before)
    expect(page.locator("#map.leaflet-zoom-anim, #map .leaflet-zoom-anim")).to_have_count(0)
    assert page.evaluate(COVERED) == []


def test_a_number_that_was_moved_aside_is_tied_to_its_place(page):
    _drawn(page, LISTS[0])
    assert page.locator("#map .m-tie").count() == page.locator("#map .m-tied").count() > 0


def test_a_map_names_the_country_around_its_middle(page):
    _drawn(page, LISTS[0])
    expect(page.locator("#map .m-town:not(.crowded)").filter(has_text="Næstved")).to_have_count(1)
    expect(page.locator("#map .m-district").filter(has_text="4684 Holmegaard")).to_have_count(1)
    expect(page.locator("#map .m-north")).to_have_text("N")


def test_all_of_a_map_is_on_paper_and_as_it_was_after_that(page):
    _drawn(page, LISTS[1])
    seen = page.evaluate(WITHIN)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate(WITHIN) >= seen > 0
    assert page.evaluate(COVERED) == []
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#map.printing")).to_have_count(0)
    assert page.evaluate(WITHIN) == seen


ALONE = """(share) => {
  const [row, ...others] = document.querySelectorAll(".place[data-lat]");
  for (const other of [...others, ...document.querySelectorAll("[data-asked]")]) delete other.dataset.lat;
  const map = document.getElementById("map"), told = JSON.parse(map.dataset.map);
  const [[lat, lon]] = told.starts, reach = told.reach * share;
  map.dataset.map = JSON.stringify({ ...told, reach });
  row.dataset.lat = L.latLng(lat, lon).toBounds(reach * 2).getSouth();
  row.dataset.lon = lon;
  const target = document.getElementById("result");
  const detail = { target, elt: target, requestConfig: { elt: target } };
  target.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true, detail }));
}"""
INSIDE = """() => {
  const box = (one) => document.querySelector(one).getBoundingClientRect();
  const [mark, map] = [box("#map .m-row"), box("#map")];
  return mark.top >= map.top && mark.bottom <= map.bottom && mark.left >= map.left && mark.right <= map.right;
}"""


# a map comes nearer in steps of a quarter, a fifth of the reach: the place lies anywhere in what is left over
@pytest.mark.parametrize("share", [1 + step / 50 for step in range(0, 10, 2)])
def test_the_only_number_is_whole_where_it_lies_as_far_away_as_the_map_reaches(page, share):
    _drawn(page, LISTS[1])
    page.evaluate(ALONE, share)
    expect(page.locator("#map .m-row")).to_have_count(1)
    assert page.evaluate(INSIDE)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate(INSIDE)
