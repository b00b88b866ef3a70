"""The day's work by keyboard and without scripts: what is recorded leaves its row, and focus stays near."""

import re

from playwright.sync_api import expect

from api.casework.municipalities import caller_at
from api.domain.records import CitizenRecord
from api.store import citizens
from tests.browser.a_day import OVERDUE, TO_ASK_AGAIN, opened_at, somebody_new, suggested_to
from tests.browser.chromium import go, settled


def known(running, citizen_id) -> CitizenRecord:
    with running.store.unit(read_only=True) as unit:
        found = citizens.find(unit, caller_at("0370"), citizen_id)
    assert found is not None
    return found


def test_a_contact_is_recorded_by_keyboard_and_what_comes_next_is_near(page, running):
    name = suggested_to(running.store, somebody_new(running.store))
    row = opened_at(page, name)
    expect(page.locator(".destinations [aria-current]")).to_have_text("I dag")
    expect(row.locator("h3")).to_contain_text(f"Kontakt {name}")
    row.get_by_role("button", name=re.compile("^Kontaktet")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_contain_text(f"{name}, ")
    expect(row.locator("h3")).to_be_hidden()
    expect(row.get_by_text("Noteret")).to_be_visible()
    expect(row.locator(".kept > p").first).to_be_focused()
    settled(page)
    page.keyboard.press("Tab")
    expect(row.get_by_role("button", name=re.compile("^Fortryd"))).to_be_focused()
    page.keyboard.press("Tab")
    expect(row.get_by_role("button", name=re.compile("^Har sagt ja"))).to_be_focused()
    page.reload()
    expect(page.locator("h1")).to_contain_text("I dag")
    expect(row).to_have_count(0)
    _rest_and_undo(page, name)


def _rest_and_undo(page, name):
    """Not able now after all, and that taken back by the button in its place."""
    made = page.request.get("/api/v1/proposals?state=contacted").json()["items"]
    proposal = next(one for one in made if one["citizen"]["name"] == name)
    page.goto(f"/proposals/{proposal['id']}/outcome?back=/today")
    page.get_by_text("Andet svar").click()
    page.get_by_label("Hvad der kom ud af det").select_option("not_able_now")
    expect(page.get_by_label("Hvem siger nej")).to_be_hidden()
    expect(page.get_by_label("Spørg igen den")).to_have_value(re.compile(r"^\d\d-\d\d-\d{4}$"))
    page.get_by_role("button", name=re.compile("^Notér")).click()
    expect(page.locator(".kept > p").first).to_be_focused()
    settled(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Fortryd")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".kept")).to_contain_text("kontaktet")


def test_without_javascript_the_page_comes_back_and_says_what_was_recorded(plain, running):
    name = suggested_to(running.store, somebody_new(running.store))
    row = opened_at(plain, name)
    go(plain, row.get_by_role("button", name=re.compile("^Kontaktet")))
    expect(plain).to_have_url(re.compile("/today"))
    expect(plain.locator(".alert-success")).to_contain_text(name)
    expect(row).to_have_count(0)


def test_without_javascript_a_no_needs_its_reason_and_keeps_what_was_typed(plain, running):
    name = known(running, OVERDUE).name
    found = opened_at(plain, f"Kontakt {name}")
    waiting, row = found.count(), found.first
    row.get_by_text("Andet svar").click()
    row.get_by_label("Notat").fill("Ringede to gange")
    go(plain, row.get_by_role("button", name=re.compile("^Notér")))
    expect(plain.get_by_role("alert").filter(has_text="Vælg, hvem der siger nej.")).to_be_visible()
    expect(plain.get_by_label("Notat")).to_have_value("Ringede to gange")
    go(plain, plain.get_by_role("link", name="Tilbage"))
    expect(found).to_have_count(waiting)


def test_what_is_overdue_stands_first_and_somebody_else_s_citizen_by_initials(page, running):
    page.goto("/today")
    first = page.locator("#due > li").first
    expect(first).to_contain_text(known(running, OVERDUE).name)
    expect(first).to_contain_text("Fristen var")
    name = known(running, TO_ASK_AGAIN).name
    expect(page.locator("#due")).not_to_contain_text(name)
