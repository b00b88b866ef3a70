"""A list with faults until it is corrected and taken in, and the employers that it brought."""

import re
from itertools import count

from playwright.sync_api import expect

from tests.browser.chromium import go
from tests.browser.conftest import at_both_widths
from tests.browser.lists import GOOD, HEADER, WRONG

PORTFOLIO = "/employers"
NUMBERS = count(1999100000, 10)
"""Production units that only the test which takes the next one uses."""


def _list(name, first):
    """Three employers, one with a wrong number."""
    rows = [
        f"{name} {place};{WRONG if place == 2 else GOOD};{first + place};Torvet {place};4700;Næstved;;;"
        for place in (1, 2, 3)
    ]
    return "\r\n".join((HEADER, *rows)).encode("utf-8-sig")


def _send(opened, name, data):
    opened.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": data})
    go(opened, opened.get_by_role("button", name="Næste: kolonnerne"))


def _corrected(opened, first):
    """Send a list with a fault, take in what is right, correct the rest and send it again."""
    name = f"Liste{first}"
    opened.goto("/imports")
    _send(opened, "udtræk.csv", _list(name, first))
    opened.get_by_label("Navn på firma").select_option("Virksomhedens navn")
    go(opened, opened.get_by_role("button", name="Næste: hvad den vil gøre"))
    expect(opened.get_by_text("1 række er afvist")).to_be_visible()
    refused = opened.locator("table").first
    expect(refused.locator("tbody tr").first).to_contain_text(re.compile(rf"\b3\s*CVR-nr\s*{WRONG}"))
    expect(refused).to_contain_text("Slå det op i CVR.")
    with opened.expect_download() as fetched:
        opened.get_by_role("link", name="Hent de afviste rækker").click()
    rows = fetched.value.path().read_text(encoding="utf-8-sig")
    assert f"{name} 2" in rows
    assert f"{name} 1" not in rows
    opened.get_by_role("button", name="Indlæs de andre 2 rækker").click()
    opened.get_by_text("1 række blev afvist og er ikke gemt").wait_for()
    go(opened, opened.get_by_role("link", name="Send de rettede rækker"))
    _send(opened, "rettet.csv", rows.replace(WRONG, GOOD).encode("utf-8-sig"))
    # the columns are those that were chosen for the first file
    expect(opened.get_by_label("Navn på firma")).to_have_value("name")
    go(opened, opened.get_by_role("button", name="Næste: hvad den vil gøre"))
    opened.get_by_role("button", name="Indlæs 1 række").click()
    opened.get_by_text("rettet.csv er indlæst").wait_for()
    opened.goto(f"{PORTFOLIO}?words={name}")
    assert opened.locator(".place h2").all_inner_texts() == [f"{name} {place}" for place in (1, 2, 3)]


@at_both_widths("page")
def test_from_a_list_with_faults_to_the_corrected_list(page):
    _corrected(page, next(NUMBERS))


def test_without_javascript_a_list_is_corrected_and_taken_in_as_well(plain):
    _corrected(plain, next(NUMBERS))


def test_a_file_that_is_no_list_is_refused_where_it_was_chosen(page):
    page.goto("/imports")
    _send(page, "billede.csv", b"\x89PNG\r\n\x1a\n" + b"0" * 50)
    expect(page.get_by_text("er en PNG-fil")).to_be_visible()
    expect(page.get_by_role("button", name="Næste: kolonnerne")).to_be_visible()


def test_the_portfolio_is_sifted_beside_its_map_and_its_address_keeps_it(page):
    page.goto("/today")
    go(page, page.get_by_role("link", name="Virksomheder", exact=True))
    expect(page.locator("#map .m-row")).not_to_have_count(0)
    before = page.locator(".place").count()
    page.get_by_label("Kun", exact=True).select_option("uden sted")
    page.wait_for_url(re.compile("only=unplaced"))
    expect(page.locator(".place")).not_to_have_count(before)
    page.reload()
    expect(page.get_by_label("Kun", exact=True)).to_have_value("unplaced")
    assert page.locator(".place .tag.warn").count() == page.locator(".place").count() > 0


def _employer(opened, words):
    opened.goto(f"{PORTFOLIO}?words={words}")
    go(opened, opened.locator(".place h2 a").first)


def test_a_click_on_the_map_marks_the_place_of_an_employer(page):
    _employer(page, "Frisør")
    latitude = page.locator("#lat").input_value()
    page.locator("#mark-map").scroll_into_view_if_needed()
    page.locator("#mark-map").click(position={"x": 40, "y": 60})
    expect(page.locator("#lat")).not_to_have_value(latitude)
    expect(page.locator("#precision")).to_have_value("street")
    go(page, page.get_by_role("button", name="Gem mærket"))
    expect(page.get_by_text("Stedet er mærket.")).to_be_visible()
    expect(page.locator("#place")).to_contain_text("Kendt på: vej, sat på kortet")


def test_without_javascript_a_place_is_marked_by_its_coordinates(plain):
    _employer(plain, "Camping")
    expect(plain.locator("#mark-map")).to_be_hidden()
    plain.fill("#lat", "55,2299")
    plain.fill("#lon", "11,7609")
    go(plain, plain.get_by_role("button", name="Gem mærket"))
    expect(plain.locator("#place")).to_contain_text("Kendt på: adresse, sat på kortet")


def test_a_day_beyond_the_limit_is_told_kindly_with_the_next_free_one(page):
    _beyond_the_limit(page, "Byggemarked")


def test_without_javascript_the_next_free_day_is_told_as_well(plain):
    _beyond_the_limit(plain, "Metal")


def _beyond_the_limit(opened, words):
    _employer(opened, words)
    opened.get_by_text("Reservér en dag til næste kontakt").click()
    go(opened, opened.get_by_role("button", name="Reservér dagen"))
    expect(opened.get_by_text("Dagen er reserveret.")).to_be_visible()
    opened.get_by_text("Reservér en dag til næste kontakt").click()
    taken = opened.locator(".reserved li span").last.inner_text().split()[0]
    opened.fill("#reserve-on", taken)
    go(opened, opened.get_by_role("button", name="Reservér dagen"))
    expect(opened.get_by_text("Den dag er for tidlig")).to_be_visible()
    take = opened.get_by_role("button", name=re.compile(r"^Tag \d\d-\d\d-\d{4}$"))
    free = take.get_attribute("value")
    go(opened, take)
    expect(opened.get_by_text("Dagen er reserveret.")).to_be_visible()
    expect(opened.locator(".reserved")).to_contain_text(free)


def test_a_contact_is_written_down_and_the_list_says_that_contacts_rest(page):
    _employer(page, "Rideskole")
    name = page.locator("h1").inner_text()
    page.get_by_text("Skriv en kontakt ned").click()
    page.locator("#note").fill("Vil gerne høre mere til foråret")
    go(page, page.get_by_role("button", name="Skriv ned"))
    expect(page.get_by_text("Kontakten er skrevet ned.")).to_be_visible()
    expect(page.locator(".history")).to_contain_text("Vil gerne høre mere til foråret")
    page.goto(f"{PORTFOLIO}?only=resting")
    assert name in page.locator(".place h2").all_inner_texts()
