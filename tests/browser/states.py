"""Every page in every state somebody meets: filled, empty, and with what they did refused.

Each page's address alone is in `pictures`; here is what comes of using it, and who sees it empty.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from api.domain.caller import Role
from matching.times import DENMARK_TIME
from tests.browser.chromium import go, settled
from tests.browser.lists import COLUMNS
from tests.browser.pictures import CITIZEN, PAGES, plan_the_cafe
from tests.browser.served import NEWCOMERS

ORDER, CENTRE = PAGES["job-order"], PAGES["centre"]
EMPLOYER = PAGES["employer"]
WORDS = "Vi skal have luget bede og fejet gård hver fredag 9-11, 140 kr. i timen. Der er ingen maskiner."
OURS, NEW, IDLE = (Role.CONSULTANT, "0370"), (Role.CONSULTANT, NEWCOMERS), (Role.ANALYST, "0370")
BOSS = (Role.COORDINATOR, "0370")
"""Næstved's consultant, somebody whose municipality has nothing yet, somebody who does not meet citizens, and
who changes centres."""

STAFF = (Role.CENTRE_STAFF, "0370")
"""Somebody at a drop-in centre, who reads of citizens and writes nothing."""


@dataclass(frozen=True)
class State:
    """Where a state begins, what is done there, and who sees it."""

    address: str
    does: Callable[[Any], object] | None = None
    who: tuple[Role, str] = OURS

    def reach(self, page: Any) -> str:
        """Bring `page` there; the HTML of the first answer."""
        html: str = page.goto(self.address, wait_until="load").text()
        if self.does:
            self.does(page)
        page.wait_for_load_state("load")
        settled(page)
        return html


def _sends(form: str, found: str, button: str = "button", **values: str) -> Callable[[Any], None]:
    """Fill in a form and send it past what browser and script hold back; wait until `found` is there."""

    def does(page: Any) -> None:
        _open_all(page)
        for name, value in values.items():
            field = page.locator(f"{form} [name='{name}']").first
            if field.evaluate("field => field.type === 'hidden'"):
                field.evaluate("(field, value) => field.value = value", value)
            elif field.evaluate("field => field.tagName === 'SELECT'"):
                field.select_option(value)
            else:
                field.fill(value)
        pressed = page.locator(f"{form} {button}").first
        pressed.evaluate("button => button.formNoValidate = true")
        pressed.click()
        page.locator(found).first.wait_for()

    return does


def _sends_empty(form: str) -> Callable[[Any], None]:
    """Send a form in which nothing is filled in; the page itself says so at each field that has to be."""

    def does(page: Any) -> None:
        _open_all(page)
        page.locator(f"{form} button[type=submit]").first.click()
        page.locator(f"{form} [aria-invalid=true]").first.wait_for()

    return does


def _open_all(page: Any) -> None:
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


def _read(page: Any) -> None:
    page.fill("#f-text", WORDS)
    page.locator(".chip.k-stated").first.wait_for()
    page.fill("#f-find", "kirke")
    page.locator(".found").first.wait_for()


def _all_opened(page: Any) -> None:
    page.locator("main details").evaluate_all("all => all.forEach((one) => { one.open = true; })")


def _outcome(page: Any) -> None:
    made = page.request.get("/api/v1/proposals").json()["items"]
    open_one = next(
        one for one in made if one["state"] in ("proposed", "contacted") and one["citizen"].get("name")
    )
    page.goto(f"/proposals/{open_one['id']}/outcome?back=/today")


def _refused_outcome(page: Any) -> None:
    _outcome(page)
    _sends(".outcome-form", ".outcome-form [role=alert]", outcome="declined", reason="")(page)


def _namesake(page: Any) -> None:
    """Somebody is registered whom the consultant knows already."""
    page.goto(CITIZEN)
    known = page.input_value("#f-name")
    page.goto("/citizens/new")
    _sends("form[action='/citizens/new']", "#namesakes", "button", name=known, postcode="4700")(page)


def _giving_up(page: Any) -> None:
    """Taken on first where the citizen is not the reader's work yet."""
    coordinator = re.compile("tovholder|coordinator")
    own = page.locator("li[data-row]").filter(has_text=coordinator)
    if not own.count():
        offered = page.locator("#user_id option").filter(has_text=coordinator)
        page.select_option("#user_id", offered.get_attribute("value"))
        go(page, page.locator("#more button"))
    own.locator("button").click()
    page.locator(".alert-warning").wait_for()


def _its_sheets(page: Any) -> None:
    plan_the_cafe(page)
    go(page, page.locator("main a[href$='/sheets']"))


def _chooses_others(page: Any) -> None:
    """The form of a café that is kept."""
    plan_the_cafe(page)
    page.click("a[href$='/change']")
    page.wait_for_selector("form[action$='/plan']")


def _nobody(page: Any) -> None:
    for chosen in page.locator("#f-citizens input").all():
        chosen.uncheck()
    page.click(".planning button")
    page.locator("[role=alert]:not(:empty)").first.wait_for()


def _unreadable(page: Any) -> None:
    page.fill("#f-max_minutes", "mange")
    page.locator("#f-max_hours_per_week").focus()
    page.locator("#saved.wrong").wait_for()


def _conflict(page: Any) -> None:
    """Somebody else saves another number while the page is open."""
    ours = page.locator("#f-max_hours_per_week")
    page.evaluate(
        """async () => {
          const address = "/api/v1" + location.pathname;
          const seen = await fetch(address);
          const number = (await seen.json()).max_minutes === 31 ? 32 : 31;
          await fetch(address, {
            method: "PATCH",
            headers: {"Content-Type": "application/merge-patch+json", "If-Match": seen.headers.get("ETag")},
            body: JSON.stringify({max_minutes: number}),
          });
        }"""
    )
    ours.fill("4" if ours.input_value() == "3" else "3")
    page.locator("#f-max_minutes").focus()
    page.locator("#notices table").wait_for()


def _unscripted(page: Any) -> None:
    """The same as a page of its own, as without JavaScript: `submit()` asks no script."""
    form = page.locator("form:has(#f-max_minutes)")
    form.evaluate("form => { form.elements.seen.value = '999'; form.elements.max_minutes.value = '77'; }")
    form.evaluate("form => form.submit()")
    page.locator("main table").wait_for()


def _basis(page: Any) -> None:
    _open_all(page)
    page.locator("#basis input[name=basis]").first.check()
    page.fill("#basis-note", "Ringede selv i dag")
    page.locator("form[action$='/contact-basis'] button").click()
    page.locator("#basis .alert-success").wait_for()


def _no_basis(page: Any) -> None:
    chosen = page.locator("#basis input[name=basis]")
    chosen.evaluate_all("all => all.forEach((one) => { one.checked = false; })")
    _sends("form[action$='/contact-basis']", "#wrong-basis", note="Aftalt")(page)


def _empty_basis(page: Any) -> None:
    chosen = page.locator("#basis input[name=basis]")
    chosen.evaluate_all("all => all.forEach((one) => { one.checked = false; })")
    _sends_empty("form[action$='/contact-basis']")(page)


def _empty_pause(page: Any) -> None:
    """Of the first order on the day's list: its clock runs."""
    go(page, page.locator(".due h3 a[href^='/job-orders/']").first)
    _sends_empty("form[action$='/pause']")(page)


def _basis_taken_back(page: Any) -> None:
    _basis(page)
    _sends("form[action$='/withdrawn']", "#basis .limit.stopped", reason="Vil ikke ringes op mere")(page)


def _no_list(page: Any) -> None:
    page.set_input_files(
        "#file", {"name": "b.csv", "mimeType": "text/csv", "buffer": b"\x89PNG\r\n\x1a\n0000"}
    )
    page.click("form[action='/imports'] button[type=submit]")
    page.locator("#wrong").wait_for()


def _unconnected(page: Any) -> None:
    page.context.set_offline(True)
    page.fill("#f-text", WORDS)
    page.locator("#notices:not(:empty)").wait_for()
    page.context.set_offline(False)


def _rung(page: Any) -> None:
    """The first call is made, and is not among those that follow."""
    go(page, page.locator(".first-calls .write-down a").first)
    go(page, page.locator("form[action$='/contacts'] button[type=submit]").first)
    page.locator(".alert-success").wait_for()


def _closing(page: Any) -> None:
    # ahead, so that nobody's citizen is overdue by it in the tests of other pages
    coming = datetime.now(DENMARK_TIME) + timedelta(days=60)
    page.fill("#closed_from", f"{coming:%d-%m-%Y}")
    go(page, page.locator("form#close button"))


def _relocation(page: Any) -> None:
    """Those of the centre that another state closes would move; here it may be closed already."""
    _closing(page)
    go(page, page.locator("form#relocate button"))


def _relocated(page: Any) -> None:
    _relocation(page)
    go(page, page.locator("form#relocate button[type=submit]"))
    page.locator(".alert-success form").wait_for()


def _relocated_back(page: Any) -> None:
    """What is moved is moved back, so that the tests of other pages find everybody where they were."""
    _relocated(page)
    go(page, page.locator(".alert-success form button"))


def _colleague(page: Any) -> None:
    go(page, page.locator("main table tbody tr:last-child a"))


def _added(page: Any) -> str:
    """A colleague of a name that nobody has yet; the password that was shown."""
    page.fill("#add #name", "Ida Lund (eksempel)")
    page.fill("#add #username", f"ida-{uuid4().hex[:8]}")
    page.select_option("#add #role", "consultant")
    go(page, page.locator("#add button"))
    return str(page.locator(".secret code").inner_text())


def _given(page: Any) -> None:
    _added(page)
    go(page, page.locator("main .actions a"))
    go(page, page.locator("#password button"))
    page.locator(".secret").wait_for()


def _first_sign_in(page: Any) -> None:
    """Who was added signs in, in a browser without a session."""
    secret = _added(page)
    username = page.locator("main .facts-line span").nth(1).inner_text().split()[-1]
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.fill("#username", username)
    page.fill("#password", secret)
    go(page, page.locator("form[action='/sign-in'] button"))
    page.locator("form#change").wait_for()


def _all_found(page: Any) -> None:
    _sends("form[role=search]", "main #h-citizens", words="eksempel")(page)
    # one page is there whole before the next is asked for, or the first one's coming is taken for the other's
    page.wait_for_load_state("load")
    go(page, page.locator("button[name=only]").first)


FILLED = {
    **{name: State(address) for name, address in PAGES.items()},
    "start": State("/", who=IDLE),
    "citizen-read-only": State(CITIZEN, who=STAFF),
    "documentation": State("/docs"),
    "operation": State("/docs/update_job_order", _all_opened),
    "unranked": State(f"{CITIZEN}/shortlist?ranked=no"),
    "found": State("/citizens", _sends("form[role=search]", "main #h-citizens", words="eksempel")),
    "found-all": State("/citizens", _all_found),
    "centres-written": State("/centres", who=BOSS),
    "centre-written": State(f"{CENTRE}?done=registered", who=BOSS),
    "centre-closed": State("/centres/centre-0370-02", _closing, BOSS),
    "relocation": State("/centres/centre-0370-02", _relocation, BOSS),
    "relocated-back": State("/centres/centre-0370-02", _relocated_back, BOSS),
    "practice-written": State("/practice?done=saved", who=BOSS),
    "colleagues": State("/colleagues", who=BOSS),
    "account-changed": State("/account?done=password", who=BOSS),
    "accesses": State("/accesses", who=BOSS),
    "failed-work": State("/failures", who=BOSS),
    "accesses-read": State("/accesses", who=(Role.AUDITOR, "0370")),
    "colleague": State("/colleagues", _colleague, BOSS),
    "password-given": State("/colleagues", _given, BOSS),
    "colleague-added": State("/colleagues", _added, BOSS),
    "own-password-first": State("/colleagues", _first_sign_in, BOSS),
    "assignments": State(f"{CITIZEN}/assignments", who=BOSS),
    # of a citizen of its own: it leaves the coordinator at work with the citizen
    "own-access": State("/citizens/citizen-0370-09/assignments", _giving_up, BOSS),
    "outcome": State("/today", _outcome),
    "conflict": State("/citizens/citizen-0370-03", _conflict),
    "cafe-plan": State("/cafe", plan_the_cafe),
    "cafe-change": State("/cafe", _chooses_others),
    "cafe-sheets": State("/cafe", _its_sheets),
    "intake-read": State("/intake", _read),
    "job-order-done": State(f"{ORDER}?done=returned"),
    "job-order-corrected": State(f"{ORDER}?done=corrected&back=1"),
    "citizen-saved": State(f"{CITIZEN}?done=saved&back=1"),
    "conflict-unscripted": State("/citizens/citizen-0370-06", _unscripted),
    "first-call-to-write-down": State(f"{EMPLOYER}?back=/calls"),
    "first-calls-reckoned-anew": State("/calls", _rung),
    "basis-written": State("/employers/employer-0370-05", _basis),
    "basis-taken-back": State("/employers/employer-0370-06", _basis_taken_back),
}
"""What there is when there is something."""

EMPTY = {
    **{
        f"no-{name}": State(PAGES[name], who=NEW)
        for name in ("today", "citizens", "all-citizens", "cafe", "job-orders", "portfolio", "imports")
    },
    **{f"no-{name}": State(PAGES[name], who=NEW) for name in ("centres", "new-citizen", "first-calls")},
    "nobody-waits": State("/calls?points=0"),
    "no-call": State("/calls?points=100"),
    "nothing-found": State("/citizens", _sends("form[role=search]", ".empty", words="zzzz")),
    "no-task": State(f"{CITIZEN}/shortlist?max_minutes=0"),
    "no-employer": State(f"{CITIZEN}/shortlist?kind=employers&max_minutes=0"),
    # who was erased is told like who never was
    "erased": State("/citizens/citizen-0370-erased"),
    "erased-outcome": State("/proposals/proposal-0370-erased/outcome"),
    "why-nothing": State(f"{CITIZEN}/shortlist?why=zzzz"),
    "job-orders-sifted-out": State("/job-orders?q=zzzz"),
    "portfolio-sifted-out": State("/employers?words=zzzz"),
}
"""What there is when there is nothing."""

REFUSED = {
    "sign-in-refused": State(
        "/sign-in", _sends("form[action='/sign-in']", "#problem", username="x", password="y")
    ),
    "sign-in-empty": State("/sign-in", _sends_empty("form[action='/sign-in']")),
    "account-empty": State("/account", _sends_empty("form#change"), BOSS),
    "colleague-empty": State("/colleagues", _sends_empty("form#add"), BOSS),
    "colleague-refused": State(
        "/colleagues",
        _sends("form#add", "#refused-username", username="ida lund", role="consultant"),
        BOSS,
    ),
    "account-refused": State(
        "/account",
        _sends("form#change", "#refused", current="en gammel en", password="kort", again="kort"),
        BOSS,
    ),
    "centre-empty": State("/centres", _sends_empty("form[action='/centres']"), BOSS),
    "access-empty": State(PAGES["access"], _sends_empty("form[action$='/access']")),
    "words-too-short": State("/citizens", _sends("form[role=search]", ".alert-error", words="z")),
    "address-refused": State("/employers?km=abc&words=gartner"),
    "access-refused": State(PAGES["access"], _sends("form[action$='/access']", "#problem", reason="kort")),
    "new-citizen-refused": State(
        "/citizens/new", _sends("form[action='/citizens/new']", "#wrong", name="010190-1234")
    ),
    "new-citizen-known": State("/citizens/new", _namesake),
    "centre-refused": State("/centres", _sends("form[action='/centres']", "#wrong-new", name=""), BOSS),
    "practice-refused": State(
        "/practice", _sends("form#practice", "[aria-invalid]", contact_days="tre"), BOSS
    ),
    "centre-overtaken": State(CENTRE, _sends("#change", "#wrong-change", seen="999", name="Havnen"), BOSS),
    "citizen-refused": State("/citizens/citizen-0370-04", _unreadable),
    "outcome-refused": State("/today", _refused_outcome),
    "minutes-refused": State(f"{CITIZEN}/shortlist?max_minutes=mange"),
    "basis-refused": State(EMPLOYER, _no_basis),
    "cafe-refused": State("/cafe", _nobody),
    "intake-refused": State("/intake", _sends("form.intake", "#wrong", "[data-registers]", text="")),
    "intake-unconnected": State("/intake", _unconnected),
    "job-order-refused": State(ORDER, _sends("form[action$='/state']", ".alert-error", seen="999")),
    "facts-refused": State(f"{ORDER}/facts", _sends("form.intake", "#wrong", "[data-registers]", title="")),
    "facts-overtaken": State(
        f"{ORDER}/facts",
        _sends("form.intake", ".alert-warning table", "[data-registers]", seen="9", title="x"),
    ),
    "basis-overtaken": State(
        EMPLOYER, _sends("form[action$='/contact-basis']", "#wrong-basis", seen="999", note="Aftalt")
    ),
    "mark-refused": State(EMPLOYER, _sends("#mark", "#wrong-mark", lat="nord")),
    "no-list": State("/imports", _no_list),
    "basis-empty": State(EMPLOYER, _empty_basis),
    "pause-empty": State("/today", _empty_pause),
    "columns-refused": State(
        COLUMNS, _sends("form[action$='/columns']", ".alert-error", **{"field.0": "", "field.1": ""})
    ),
}
"""What there is when something was refused, overtaken or not sent."""

STATES = FILLED | EMPTY | REFUSED
