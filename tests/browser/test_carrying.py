"""What is typed in a row and not sent outlives every swap of its list, and stays where the row stays."""

import re

from playwright.sync_api import expect

from tests.browser.a_day import opened_at, somebody_new, suggested_to
from tests.browser.chromium import settled

REMARK = "Ring helst om formiddagen"


def _noting(page, row):
    """The box of a row of the list, opened, and its field."""
    row.locator("details[data-writes] > summary").click()
    return row.locator("[name=note]")


def test_a_remark_half_typed_on_the_shortlist_outlives_another_order_of_the_list(page, running):
    page.goto(f"/citizens/{somebody_new(running.store).id}/shortlist")
    row = page.locator(f"[id='{page.locator('.place').last.get_attribute('id')}']")
    _noting(page, row).fill(REMARK)
    with page.expect_response("**/shortlist?*"):
        page.select_option("#order", "title")
    settled(page)
    expect(row.locator("[name=note]")).to_have_value(REMARK)
    expect(row.locator("[name=note]")).to_be_visible()
    assert [one for one in page.locator("[name=note]:visible").all() if one.input_value() == REMARK]
    expect(page.locator(".place [name=note]")).to_have_count(1)


def test_a_remark_of_a_row_that_leaves_the_list_is_there_when_the_row_comes_back(page, running):
    page.goto(f"/citizens/{somebody_new(running.store).id}/shortlist")
    row = page.locator(f"[id='{page.locator('.place').first.get_attribute('id')}']")
    _noting(page, row).fill(REMARK)
    before = page.input_value("#max_minutes")
    for minutes, rows in (("0", 0), (before, 1)):
        with page.expect_response("**/shortlist?*"):
            page.fill("#max_minutes", minutes)
            page.press("#max_minutes", "Tab")
        settled(page)
        expect(row).to_have_count(rows)
    expect(row.locator("[name=note]")).to_have_value(REMARK)


def test_a_day_half_typed_on_the_call_sheet_outlives_an_answer_in_another_row(page, running):
    page.goto(f"/citizens/{somebody_new(running.store).id}/call-sheet")
    call = page.locator(f"[id='{page.locator('.call').first.get_attribute('id')}']")
    call.locator("details[data-writes] > summary").click()
    call.locator("[name=follow_up_on]").fill("på fredag")
    with page.expect_response("**/abilities"):
        page.locator(".asked-line button[value=no]").first.click()
    settled(page)
    expect(call.locator("[name=follow_up_on]")).to_have_value("på fredag")
    expect(call.locator("[name=follow_up_on]")).to_be_visible()


def test_a_note_half_typed_today_stays_when_the_same_row_is_answered_by_a_button(page, running):
    name = suggested_to(running.store, somebody_new(running.store))
    row = opened_at(page, name)
    row.get_by_text("Andet svar").click()
    row.get_by_label("Notat").fill(REMARK)
    row.get_by_role("button", name=re.compile("^Kontaktet")).click()
    expect(row.get_by_text("Noteret")).to_be_visible()
    settled(page)
    expect(row.get_by_label("Notat")).to_have_value(REMARK)
    row.get_by_label("Hvad der kom ud af det").select_option("not_able_now")
    row.get_by_role("button", name=re.compile("^Notér")).click()
    expect(page.locator("#told")).to_contain_text("kan ikke lige nu")
    settled(page)
    # what was sent is kept, and comes back nowhere
    values = [field.input_value() for field in page.locator("[name=note]").all()]
    assert REMARK not in values


def test_who_goes_on_typing_while_an_answer_comes_goes_on_in_the_same_place(page, running):
    page.goto(f"/citizens/{somebody_new(running.store).id}/shortlist")
    row = page.locator(f"[id='{page.locator('.place').first.get_attribute('id')}']")
    held = []
    page.route("**/shortlist?*", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/shortlist?*"):
        page.select_option("#order", "title")
    _noting(page, row).press_sequentially("Ring")
    with page.expect_response("**/shortlist?*"):
        held[0].continue_()
    settled(page)
    expect(row.locator("[name=note]")).to_be_focused()
    page.keyboard.type(" først")
    expect(row.locator("[name=note]")).to_have_value("Ring først")
