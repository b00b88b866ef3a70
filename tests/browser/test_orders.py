"""From the employer's words to a suggested citizen, by keyboard alone, and by forms alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.a_day import somebody_new, suggested_to
from tests.browser.chromium import TALL, go, settled, tab
from tests.browser.conftest import at_both_widths
from tests.browser.looking import lost

WORDS = "Vi skal have luget bede og fejet gård hver fredag 9-11, 140 kr. i timen. Der er ingen maskiner."


def _focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def _tab_to(page, wanted, key="Tab"):
    """Go on with the keyboard until what is wanted has the focus; where it never has, the test fails."""
    for _ in range(80):
        if re.search(wanted, _focused(page)):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} cannot be reached; the focus is on {_focused(page)}")


def _first_candidate(page):
    return page.locator(".proposing button").first.inner_text().partition(" ")[2].strip()


@at_both_widths("page")
def test_from_a_call_to_a_suggested_citizen_by_keyboard_alone(page):
    page.goto("/job-orders")
    _tab_to(page, "^Ny jobordre$")
    page.keyboard.press("Enter")
    page.wait_for_url("**/intake")
    expect(page.locator("#f-text")).to_be_focused()
    page.keyboard.type(WORDS)
    expect(page.locator("#f-demand\\.machines-no")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("kirke")
    page.locator(".found").first.wait_for()
    with page.expect_response("**/intake/reading"):
        page.keyboard.press("ArrowDown")
    settled(page)
    assert _focused(page).startswith("employer-")
    # what was read is corrected by an arrow, and Enter goes on to the next
    _tab_to(page, r"^f-demand\.machines-no$")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert _focused(page).startswith("f-")
    _tab_to(page, r"^f-support\.contact_person-nothing$", "Enter")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/job-orders/\w+\?done=registered"))
    expect(page.locator("[data-news]")).to_be_focused()
    known = page.locator(".answered-list")
    expect(known).to_contain_text("arbejde med maskiner: ja")
    expect(known).to_contain_text("kontaktperson: ja")
    first = _first_candidate(page)
    _tab_to(page, "^Foreslå")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"recorded=\w+$"))
    expect(page.locator("#suggested")).to_contain_text(first)


def test_without_javascript_a_call_becomes_a_suggestion_as_well(plain):
    plain.goto("/intake")
    plain.fill("#f-text", WORDS)
    go(plain, plain.get_by_role("button", name="Læs"))
    machines = plain.locator(".chip", has=plain.locator("#f-demand\\.machines"))
    expect(machines).to_contain_text("“ingen maskiner”")
    plain.fill("#f-find", "kirke")
    go(plain, plain.get_by_role("button", name="Find"))
    plain.locator(".found input").first.check()
    go(plain, plain.get_by_role("button", name="Registrér"))
    expect(plain).to_have_url(re.compile(r"/job-orders/\w+\?done=registered"))
    first = _first_candidate(plain)
    go(plain, plain.get_by_role("button", name="Foreslå").first)
    expect(plain.locator("#suggested")).to_contain_text(first)


def test_without_javascript_nothing_is_kept_of_what_nobody_has_looked_at(plain):
    plain.goto("/intake")
    plain.fill("#f-text", WORDS)
    go(plain, plain.get_by_role("button", name="Registrér"))
    expect(plain.get_by_text("Intet er gemt endnu")).to_be_visible()
    expect(plain.locator("#f-text")).to_have_value(WORDS)
    assert plain.locator(".chip.k-stated").count() > 3


def _news(page, text):
    """What was done is told, has the focus, and is told where readers of the screen listen."""
    news = page.locator("[data-news]")
    expect(news).to_contain_text(text)
    expect(news).to_be_focused()
    expect(page.locator("#told")).to_contain_text(text)


def test_what_was_done_on_an_order_has_the_focus_and_the_page_is_as_it_is_with_it(page, running):
    name = suggested_to(running.store, somebody_new(running.store))
    made = page.request.get("/api/v1/proposals?state=proposed&limit=200").json()["items"]
    order = next(one["job_order"] for one in made if one["citizen"]["name"] == name)
    page.goto(f"/job-orders/{order['id']}")
    expect(page.locator("#candidates")).to_be_visible()
    box = page.locator("#suggested > ul > li").filter(has_text=name)
    go(page, box.get_by_role("button", name=re.compile("^Har sagt ja")))
    _news(page, f"{name}, {order['title']}: sagt ja")
    expect(page.locator(".standing .tag")).to_have_text("besat")
    expect(page.locator("#candidates")).to_have_count(0)
    go(page, page.get_by_role("button", name=re.compile("^Fortryd")).first)
    _news(page, name)
    expect(page.locator(".standing .tag")).to_have_text("åben")
    go(page, page.locator("#candidates .proposing button").first)
    _news(page, "Foreslået")


def test_what_was_suggested_from_a_shortlist_has_the_focus_and_so_has_taking_it_back(page, running):
    page.goto(f"/citizens/{somebody_new(running.store).id}/shortlist")
    go(page, page.locator(".place .proposing button").first)
    _news(page, "Foreslået")
    go(page, page.get_by_role("button", name=re.compile("^Fortryd forslaget")).first)
    _news(page, "Fortrudt")


def test_an_employer_chosen_by_arrow_and_enter_keeps_the_focus_and_is_announced(page):
    page.goto("/intake")
    page.fill("#f-find", "kirke")
    page.locator(".found").first.wait_for()
    page.focus("#f-find")
    with page.expect_response("**/intake/reading"):
        page.keyboard.press("ArrowDown")
    settled(page)
    name = page.locator(".found strong").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".found input").first).to_be_focused()
    expect(page.locator("#told")).to_have_text(f"{name} valgt")
    page.keyboard.press("Enter")
    expect(page.locator(".found input").first).not_to_be_focused()


def test_an_order_sent_back_shows_who_is_next_on_the_same_page(page):
    page.goto("/intake")
    page.fill("#f-text", WORDS)
    page.locator(".chip.k-stated").first.wait_for()
    page.fill("#f-find", "kirke")
    page.locator(".found input").first.check()
    settled(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile("done=registered"))
    asked = page.locator("[name=citizen_id]").first.input_value()
    go(page, page.get_by_role("button", name="Foreslå").first)
    page.get_by_text("Send den retur").first.click()
    page.select_option("#cause", "citizen_not_able")
    go(page, page.get_by_role("button", name="Send den retur"))
    expect(page.locator("#suggested")).to_contain_text("kan ikke lige nu")
    expect(page.locator(f"#candidates [name=citizen_id][value='{asked}']")).to_have_count(0)


def test_the_list_of_orders_is_found_in_while_one_types(page):
    page.goto("/job-orders")
    before = page.locator(".orders tbody tr").count()
    page.fill("#q", "kirke")
    page.wait_for_url(re.compile("q=kirke"))
    expect(page.locator(".orders tbody tr")).not_to_have_count(before)
    settled(page)
    assert all("irke" in text for text in page.locator(".orders tbody th").all_inner_texts())


def _order_of_somebody_new(page, name):
    """Stand on the page of an order of whom nobody knows but the name."""
    page.goto("/intake")
    page.fill("#f-text", WORDS)
    go(page, page.get_by_role("button", name="Læs"))
    page.locator(".new-employer summary").click()
    page.fill("#f-new\\.name", name)
    go(page, page.get_by_role("button", name="Registrér"))


@pytest.mark.parametrize("plain", TALL, indirect=True)
def test_where_the_work_is_is_asked_in_a_few_lines_at_every_width(plain):
    # of a name of its own, since one like it would be asked about
    _order_of_somebody_new(plain, f"Lageret {plain.viewport_size['width']}")
    asked = plain.locator("#questions li", has_text="Hvor skal arbejdet udføres?")
    expect(asked.get_by_role("link", name="eller sæt mærket på kortet")).to_be_visible()
    assert asked.bounding_box()["height"] < 250
    assert lost(plain) == []


def _held(page, does):
    """A question about the words, on its way because of `does`, that is answered when the test says so."""
    waiting = []
    page.route("**/intake/reading", lambda route: route.continue_() if waiting else waiting.append(route))
    with page.expect_request("**/intake/reading"):
        does()
    # whatever the browser has told by now is heard
    page.evaluate("0")
    return waiting[0]


def _answered(page, held):
    with page.expect_response("**/intake/reading"):
        held.continue_()
    settled(page)


@at_both_widths("page")
def test_what_is_corrected_while_the_answer_is_on_its_way_stays(page):
    page.goto("/intake")
    page.fill("#f-text", WORDS)
    page.locator(".chip.k-stated").first.wait_for()
    page.fill("#f-find", "kirke")
    page.locator(".found input").first.wait_for()
    settled(page)
    held = _held(page, page.locator(".found input").first.check)
    page.fill("#f-title", "Bede ved kirken")
    page.locator("#f-demand\\.machines-yes").check()
    page.locator("#reading summary").click()
    page.fill("#f-times", "man 9-11")
    _answered(page, held)
    expect(page.locator("#f-title")).to_have_value("Bede ved kirken")
    expect(page.locator("#f-demand\\.machines-yes")).to_be_checked()
    expect(page.locator("#f-times")).to_have_value("man 9-11")
    expect(page.locator("#f-times")).to_be_focused()
    expect(page.locator("#reading details")).to_have_attribute("open", "")
    # what was not touched is as it was read
    expect(page.locator("#f-pay_dkk_per_hour")).to_have_value("140")


def test_an_answer_that_was_overtaken_puts_nothing_old_in_the_place_of_the_newer_one(page):
    page.goto("/intake")
    page.fill("#f-text", WORDS)
    page.fill("#f-find", "kirke")
    page.locator(".found input").first.wait_for()
    settled(page)
    page.evaluate(
        "document.addEventListener('htmx:xhr:abort', () => document.documentElement.dataset.aborted = '')"
    )
    _held(page, page.locator(".found input").first.check)
    # whoever asks anew waits no longer for what was asked before, in whichever field
    with page.expect_response("**/intake/reading"):
        page.fill("#f-text", WORDS.replace("140", "150"))
    expect(page.locator("html[data-aborted]")).to_have_count(1)
    settled(page)
    expect(page.locator("#f-pay_dkk_per_hour")).to_have_value("150")
    expect(page.locator(".found input").first).to_be_checked()


def test_words_and_a_name_typed_in_one_breath_are_both_answered(page):
    page.goto("/intake")
    _held(page, lambda: page.fill("#f-text", WORDS))
    with page.expect_response("**/intake/reading"):
        page.fill("#f-find", "kirke")
    settled(page)
    expect(page.locator(".found input").first).to_be_visible()
    expect(page.locator("#f-pay_dkk_per_hour")).to_have_value("140")


def _covered(page):
    """The fields that the bar of the buttons stands over once they have the focus."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".intake textarea, .intake input, .intake select")]
          .filter((field) => !field.closest(".registering"))
          .filter((field) => {
            field.focus();
            // what is folded away takes none, and stands anywhere
            if (document.activeElement !== field) return false;
            const { top } = document.querySelector(".registering").getBoundingClientRect();
            const box = field.getBoundingClientRect();
            return box.bottom > top && box.top < top;
          })
          .map((field) => field.id)"""
    )


@pytest.mark.parametrize("size", [(1280, 720), (820, 1180), (410, 590)], ids=["desk", "tablet", "enlarged"])
def test_the_bar_of_the_buttons_covers_no_field_that_is_filled_in(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("/intake")
    page.fill("#f-text", WORDS)
    page.locator(".chip.k-stated").first.wait_for()
    settled(page)
    assert _covered(page) == []


@pytest.mark.parametrize("plain", [320], indirect=True)
def test_without_javascript_the_bar_of_the_buttons_covers_no_field_on_a_telephone(plain):
    plain.goto("/intake")
    assert plain.locator("#f-title").is_visible()
    assert _covered(plain) == []


@pytest.mark.parametrize(("touch", "shown"), [(False, 1), (True, 0)], ids=["keyboard", "finger"])
def test_keys_are_named_on_a_button_only_where_somebody_has_them(browser, running, touch, shown):
    with tab(browser, running.address, 820, has_touch=touch, is_mobile=touch) as page:
        running.let_in(page)
        page.goto("/intake")
        assert page.locator(".registering .keys:visible").count() == shown
