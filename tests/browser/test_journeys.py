import re

import pytest
from playwright.sync_api import expect

from api.domain.caller import Role
from tests.browser.a_day import somebody_new
from tests.browser.chromium import OFFICE, TALL, go, sign_in, tab
from tests.browser.conftest import TABLET, at_both_widths

KAREN = "/citizens/citizen-0370-01"


@at_both_widths("stranger")
def test_from_signing_in_to_a_note_in_the_clipboard(stranger, running):
    stranger.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(stranger, running.login())
    link = stranger.get_by_role("link", name=re.compile("Find opgaver")).first
    name = link.inner_text().partition(":")[2].strip()
    go(stranger, link)
    first = stranger.locator(".place h2").first.inner_text().partition(".")[2].strip()
    stranger.get_by_role("button", name="Kopiér til journal").click()
    stranger.get_by_text("Kopieret. Sæt det ind i journalen.").wait_for()
    note = stranger.evaluate("navigator.clipboard.readText()")
    assert note.startswith("Opgaver, der kan passe\n")
    assert re.search(rf"^1\. {re.escape(first)}, .*, \d+ point$", note, re.MULTILINE)
    assert re.search("^Spørg først.*:$", note, re.MULTILINE)
    assert name.split()[0] not in note


def test_forms_are_taken_where_the_service_has_a_name_and_no_https(browser, running):
    with tab(browser, running.address.replace("127.0.0.1", OFFICE)) as opened:
        sign_in(opened, running.login())
        expect(opened).to_have_url(re.compile(rf"//{OFFICE}:\d+/today$"))
        opened.get_by_role("button", name="Log ud").click()
        expect(opened).to_have_url(re.compile("/sign-in$"))


def test_without_javascript_the_note_stands_there_to_be_copied_by_hand(plain):
    plain.goto("/today")
    go(plain, plain.get_by_role("link", name=re.compile("Find opgaver")).first)
    plain.get_by_text("Notatet som ren tekst").first.click()
    expect(plain.locator("#journal")).to_have_value(re.compile("^Opgaver, der kan passe"))
    expect(plain.locator("#map")).to_be_hidden()


@at_both_widths("page")
def test_an_answer_on_the_phone_moves_a_task_onto_the_list(page):
    _answer(page)


def test_without_javascript_an_answer_moves_the_task_as_well(plain):
    _answer(plain)


def _answer(page):
    """Deny what a task hangs on, until a task hung on nothing else; answers of other tests leave others."""
    for number in range(1, 17):
        page.goto(f"/citizens/citizen-0370-{number:02}/call-sheet")
        calls = page.locator(".call").filter(has=page.locator('[name=about][value^="avoids:"]'))
        if calls.count() == 0:
            continue
        employers = page.locator(".call h3").all_inner_texts()
        line = page.locator(f"[id='{_avoided(calls.first).get_attribute('id')}']")
        with page.expect_response(re.compile(r"/answers/(job-orders|employers)/")):
            _avoided(calls.first).get_by_role("button", name="Nej").first.click()
        expect(line.locator(".answered")).to_contain_text("Nej")
        # who was further down than the sheet reaches may follow where a place became free
        assert page.locator(".call h3").all_inner_texts()[: len(employers)] == employers
        moved = page.locator(".call").filter(has=line).locator(".became.good")
        if moved.count():
            title = moved.first.locator("xpath=../strong").inner_text()
            expect(page.locator(".short-rows .moved").filter(has_text=title)).to_be_visible()
            expect(page.locator(".moves-told").filter(has_text=title)).to_be_in_viewport()
            # a quick second click on the spot of the first would be taken for a slow double click
            line.get_by_role("button", name=re.compile("^Fortryd")).press("Enter")
            expect(line.locator(".answered")).to_have_count(0)
            expect(page.locator(".short-rows .moved")).to_have_count(0)
            return
    raise AssertionError("no answer brought a task onto a list")


def _avoided(call):
    """The first line of an employer that asks for what has to be avoided."""
    return call.locator(".questions li").filter(has=call.page.locator('[name=about][value^="avoids:"]')).first


def test_what_is_chosen_is_saved_by_itself_and_can_be_undone(page):
    page.goto("/citizens/citizen-0370-02")
    seen = page.locator("#seen")
    first = int(seen.input_value())
    question = page.locator("[id='f-attitude.animals']")
    other = "kan" if question.get_by_role("radio", name="gerne").is_checked() else "gerne"
    chosen = question.get_by_role("radio", name=other, exact=True)
    chosen.check(force=True)
    expect(seen).to_have_value(str(first + 1))
    expect(page.locator("#saved")).to_contain_text(re.compile(r"Gemt kl\. \d\d\.\d\d"))
    chosen.press("ArrowRight")
    expect(seen).to_have_value(str(first + 2))
    expect(chosen).not_to_be_checked()
    page.locator("#saved").get_by_role("button", name="Fortryd").click()
    expect(page.locator("#saved")).to_contain_text("Fortrudt: Dyrepasning.")
    expect(page.locator("#told")).to_contain_text("Fortrudt: Dyrepasning.")
    expect(chosen).to_be_checked()
    expect(chosen).to_be_focused()


def test_without_javascript_a_citizen_is_saved_by_a_button(plain):
    plain.goto("/citizens/citizen-0370-03")
    hours = plain.locator("[id='f-hours.wed']")
    before = hours.input_value()
    hours.fill("9-12, 13-15.30")
    plain.get_by_role("button", name="Gem", exact=True).click()
    expect(hours).to_have_value("9.00–12.00, 13.00–15.30")
    plain.get_by_role("button", name="Fortryd", exact=True).click()
    expect(hours).to_have_value(before)


def test_what_cannot_be_read_is_told_and_stays_where_it_was_typed(page):
    page.goto("/citizens/citizen-0370-04")
    page.fill("#f-max_minutes", "mange")
    page.locator("#f-max_hours_per_week").focus()
    saved = page.locator("#saved")
    expect(saved).to_contain_text("Ikke gemt")
    expect(saved).to_contain_text("er ikke et tal")
    wrong = page.locator("#f-max_minutes")
    expect(wrong).to_have_value("mange")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description(re.compile("'mange' er ikke et tal"))
    expect(page.locator("[aria-invalid]")).to_have_count(1)
    page.fill("#f-max_minutes", "")
    page.locator("#f-max_hours_per_week").focus()
    expect(saved).to_contain_text("Gemt kl.")
    expect(page.locator("[aria-invalid], [data-marked]")).to_have_count(0)


def test_a_postcode_goes_when_a_place_is_chosen_and_one_that_is_written_beside_it_is_told(page):
    page.goto("/citizens/citizen-0370-04")
    start, postcode, saved = (
        page.locator(one) for one in ("[id='f-anchor.0']", "[id='f-district.0']", "#saved")
    )
    before = start.input_value()
    assert before.startswith("centre:")
    start.select_option("postcode:")
    postcode.fill("4700")
    start.select_option(before)
    expect(postcode).to_have_value("")
    expect(saved).to_contain_text("Gemt kl.")
    postcode.fill("99")
    expect(saved).to_contain_text("'99' står ved siden af et sted, der er valgt")
    postcode.fill("")
    expect(saved).to_contain_text("Gemt kl.")


UNDER_THE_EDGE = """() => {
  const edge = document.querySelector(".saving").getBoundingClientRect();
  const controls = document.querySelectorAll("#citizen :is(select, input:not([type=hidden]))");
  return [...controls].filter((control) => {
    control.focus();
    const place = (control.closest(".choice") || control).getBoundingClientRect();
    return place.bottom > edge.top && place.top < edge.bottom && edge.bottom >= innerHeight - 1;
  }).map((control) => control.name);
}"""


def test_what_tells_that_all_is_saved_covers_nothing_that_somebody_goes_to(page):
    page.goto("/citizens/citizen-0370-02")
    expect(page.locator("#saved")).to_contain_text(re.compile("gemt", re.IGNORECASE))
    for width, height in TALL.items():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(UNDER_THE_EDGE) == [], width


def test_two_who_change_a_citizen_at_once_are_shown_both_versions(page, browser, running):
    address = "/citizens/citizen-0370-07"
    page.goto(address)
    minutes, hours = page.locator("#f-max_minutes"), page.locator("#f-max_hours_per_week")
    theirs, mine = _another(minutes, 17), _another(hours, 3)
    with tab(browser, running.address) as other:
        running.let_in(other, Role.CASEWORKER)
        other.goto(address)
        other.fill("#f-max_minutes", theirs)
        other.locator("#f-max_hours_per_week").focus()
        other.locator("#saved").get_by_role("button", name="Fortryd").wait_for()
    hours.fill(mine)
    minutes.focus()
    conflict = page.locator("#notices")
    conflict.get_by_text("En anden har ændret borgeren imens").wait_for()
    expect(page.locator("#saved")).to_have_text(re.compile("Ikke gemt – en anden har ændret borgeren"))
    expect(conflict.locator("tbody tr")).to_have_count(2)
    go(page, conflict.get_by_role("button", name="Gem det valgte"))
    expect(minutes).to_have_value(theirs)
    expect(hours).to_have_value(mine)


def _another(field, number):
    """A number that does not stand in a field yet."""
    return str(number + (field.input_value() == str(number)))


def test_other_minutes_make_another_list_whose_address_keeps_them(page):
    page.goto(f"{KAREN}/shortlist")
    before = page.locator(".place").count()
    page.fill("#max_minutes", "6")
    page.locator("#mode").focus()
    page.wait_for_url(re.compile("max_minutes=6"))
    expect(page.locator(".place")).not_to_have_count(before)
    page.reload()
    expect(page.locator("#max_minutes")).to_have_value("6")
    assert 0 < page.locator(".place").count() < before
    expect(page.locator("#map .m-row")).not_to_have_count(0)


def test_list_and_map_point_at_each_other(page):
    page.goto(f"{KAREN}/shortlist")
    row = page.locator(".place[data-lat]").first
    row.locator("summary").first.focus()
    number = row.get_attribute("data-number")
    expect(page.locator("#map .m-row.at")).to_have_text(re.compile(rf"\b{number}\b"))


def test_a_slash_goes_to_the_search_unless_it_is_switched_off(page):
    page.goto("/today")
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    expect(page.locator("#search")).to_have_value("")
    page.goto("/keyboard")
    go(page, page.get_by_role("button", name="Slå enkelttaster fra"))
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("#search")).not_to_be_focused()


def test_a_search_finds_by_name_and_leaves_no_name_in_the_address(plain):
    plain.goto("/today")
    plain.fill("#search", "birthe")
    plain.get_by_role("button", name="Søg").click()
    expect(plain.get_by_role("link", name="Birthe Lis Eksempel", exact=True)).to_have_count(1)
    assert "irthe" not in plain.url


def test_somebody_elses_citizen_is_opened_by_saying_why(plain, running):
    address = f"/citizens/{somebody_new(running.store, hers=False).id}"
    plain.goto(address)
    plain.fill("#reason", "Ringer for en kollega, som er syg")
    plain.get_by_role("button", name="Åbn i 60 minutter").click()
    expect(plain.locator("#citizen")).to_be_attached()
    assert plain.url.endswith(address)


@pytest.mark.parametrize("page", [TABLET], indirect=True)
def test_a_job_cafe_from_the_list_of_people_to_the_sheets_and_somebody_leaving(page):
    _hold_a_cafe(page)
    guests = page.locator(".guest h3").count()
    go(page, page.get_by_role("link", name="Ark til udskrift"))
    page.emulate_media(media="print")
    sheets = page.locator(".sheet")
    expect(sheets).to_have_count(1 + page.locator(".sheet-employer").count() + guests)
    expect(sheets.first).to_be_visible()
    expect(page.get_by_role("heading", name="Ark til udskrift")).to_be_hidden()
    assert "frikort" not in page.locator(".sheets").inner_text().lower()
    expect(page).to_have_title("Jobcafé")


def test_without_javascript_a_job_cafe_is_held_as_well(plain):
    _hold_a_cafe(plain)


def _hold_a_cafe(page):
    """With four of those listed for a Wednesday, of whom one leaves and comes back after all."""
    page.goto("/today")
    go(page, page.get_by_role("link", name="Jobcafé", exact=True))
    # whom and what it begins with hangs on the weekday
    page.goto("/cafe?day=onsdag")
    people = page.locator("#f-citizens input")
    names = [text.split("\n")[0].strip() for text in page.locator("#f-citizens .pick-one").all_inner_texts()]
    for number in range(people.count()):
        people.nth(number).set_checked(1 <= number < 5)
    go(page, page.get_by_role("button", name="Læg planen"))
    expect(page.get_by_text(re.compile(r"\d+ af 4 får en opgave\."))).to_be_visible()
    expect(page.get_by_role("link", name=names[0])).to_have_count(0)
    tables = page.locator(".times tbody").inner_text()
    leaves = next(name for name in names[4:0:-1] if name.split()[0] in tables)
    called = leaves.split()[0]
    told = _meetings(page)
    go(page, page.get_by_role("button", name=re.compile(f"(Er gået|Har meldt afbud): {leaves}")))
    line = page.get_by_text(re.compile(r"\d+ af 3 får en opgave\. \d+ af \d+ beholder deres opgave"))
    kept, had = map(int, re.search(r"(\d+) af (\d+) beholder", line.inner_text()).groups())
    assert kept == had
    now = _meetings(page)
    assert all(now[name] >= meetings for name, meetings in told.items() if name != leaves)
    expect(page.locator(".times tbody")).not_to_contain_text(called)
    go(page, page.get_by_role("link", name="Vælg andre"))
    expect(page.locator("#f-citizens .tag.warn")).to_have_text("har meldt afbud")
    checked = [people.nth(number).is_checked() for number in range(people.count())]
    listed = [text.split("\n")[0].strip() for text in page.locator("#f-citizens .pick-one").all_inner_texts()]
    stay = {name for name in names[1:5] if name != leaves}
    assert {name for name, one in zip(listed, checked, strict=True) if one} == stay
    go(page, page.get_by_role("button", name="Læg planen"))
    go(page, page.get_by_role("button", name=re.compile(f"(Er her|Kommer) alligevel: {leaves}")))
    expect(page.get_by_text(re.compile(r"\d+ af 4 får en opgave\."))).to_be_visible()
    assert _meetings(page)[leaves] >= told[leaves]


def _meetings(page):
    """When and where each meets whom, by name."""
    return {
        guest.locator("h3").inner_text(): set(guest.locator(".meetings li").all_inner_texts())
        for guest in page.locator(".guest[data-row]").all()
    }
