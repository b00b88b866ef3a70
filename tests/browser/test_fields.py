"""What has to be filled in is said at its field in the language of the page; the focus goes to the first."""

from playwright.sync_api import expect

from tests.browser.chromium import go

DESCRIPTION = """(field) => (field.getAttribute('aria-describedby') || '').split(' ')
    .map((id) => document.getElementById(id)?.textContent || '').join(' ')"""


def test_what_is_missing_is_said_at_its_field_and_goes_when_it_is_there(stranger):
    stranger.goto("/sign-in")
    stranger.get_by_role("button", name="Log ind").click()
    name, password = stranger.locator("#username"), stranger.locator("#password")
    expect(name).to_be_focused()
    for field in (name, password):
        expect(field).to_have_attribute("aria-invalid", "true")
        assert "Udfyld feltet." in field.evaluate(DESCRIPTION)
    expect(stranger.locator("#told")).to_have_text("Udfyld feltet. Udfyld feltet.")
    expect(stranger.get_by_text("Udfyld feltet.", exact=True).locator("visible=true")).to_have_count(2)
    name.press_sequentially("mette")
    expect(name).not_to_have_attribute("aria-invalid", "true")
    expect(stranger.locator(".form-error-message")).to_have_count(1)
    stranger.get_by_role("button", name="Log ind").click()
    expect(password).to_be_focused()
    assert stranger.url.endswith("/sign-in")


def test_the_language_is_that_of_the_page_and_not_of_the_browser(stranger):
    stranger.goto("/sign-in")
    go(stranger, stranger.get_by_role("button", name="English"))
    stranger.get_by_role("button", name="Sign in").click()
    assert "Fill this in." in stranger.locator("#username").evaluate(DESCRIPTION)


def test_what_is_filled_in_is_sent_and_what_the_server_says_stands_there(stranger):
    stranger.goto("/sign-in")
    stranger.locator("#username").fill("nobody")
    stranger.locator("#password").fill("nothing")
    go(stranger, stranger.get_by_role("button", name="Log ind"))
    expect(stranger.get_by_text("Udfyld feltet.")).to_have_count(0)
    expect(stranger.get_by_text("Brugernavn eller adgangskode")).to_be_visible()


def test_a_choice_that_is_missing_is_asked_for_in_words(page):
    page.goto("/job-orders/order-0370-41")
    form = page.locator("form[action$='/return']")
    page.locator("details", has=form).locator("summary").click()
    form.get_by_role("button").click()
    cause = form.locator("#cause")
    expect(cause).to_be_focused()
    assert "Vælg en mulighed." in cause.evaluate(DESCRIPTION)
    cause.select_option(index=1)
    expect(form.get_by_text("Vælg en mulighed.")).to_have_count(0)


def test_a_reason_that_is_too_short_says_how_long(page):
    page.goto("/citizens/citizen-0370-05")
    reason = page.locator("#reason")
    reason.press_sequentially("kort")
    page.locator("form[action$='/access'] button").click()
    expect(reason).to_be_focused()
    assert "Skriv mindst 10 tegn." in reason.evaluate(DESCRIPTION)


def test_without_scripts_the_browser_still_asks(plain):
    plain.goto("/citizens/new")
    assert plain.locator("#f-name").get_attribute("required") is not None
    assert plain.locator("form:has(#f-name)").get_attribute("novalidate") is None
