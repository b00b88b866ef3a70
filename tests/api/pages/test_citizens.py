import re
from html import unescape

import pytest

from api.store import audit
from geo import Refused
from tests.api.pages.conftest import Reader

DISTRICT = [{"kind": "postal_district", "postcode": "4700"}]
FORM = {"anchor.0": "postcode:4700"}


def made(service, who, name, **known):
    return service.made(who, "citizens", {"name": name, "anchors": DISTRICT, **known})["id"]


def actions(service, citizen_id):
    with service.store.unit(read_only=True) as unit:
        return [each.action for each in audit.entries(unit, "0370") if each.citizen_id == citizen_id]


def version(page):
    return re.search(r'id="seen" value="(\d+)"', page.text)[1]


@pytest.fixture
def anna(service):
    return made(service, "consultant", "Anna Marie Holm", max_hours_per_week=6)


@pytest.mark.parametrize(
    "part", ["", "/shortlist", "/call-sheet", "/contact-chain", "/assignments", "/stored"]
)
def test_a_title_which_a_browser_remembers_holds_initials_and_no_name(reader, anna, part):
    text = reader.get(f"/citizens/{anna}{part}").text
    title = unescape(re.search("<title>(.*?)</title>", text)[1])
    assert not {"Anna", "Marie", "Holm"} & set(re.findall(r"\w+", title))
    assert ("A.M.H." in title) == (part != "/stored")


def test_own_citizens_stand_by_who_is_ready_and_has_waited_longest(service, reader):
    made(service, "consultant", "Ny Klar", waiting_since="2026-10-01")
    made(service, "consultant", "Ikke Klar", ready=False, waiting_since="2026-01-01")
    made(service, "consultant", "Gammel Klar", waiting_since="2026-02-01")
    made(service, "colleague", "En Andens")
    page = reader.get("/citizens").text
    assert re.findall(r'<th scope="row"><a[^>]*>([^<]+)', page) == ["Gammel Klar", "Ny Klar", "Ikke Klar"]
    assert "01-02-2026" in page


def test_a_consultant_without_citizens_is_told_what_to_do(reader):
    assert "Nobody is your work yet." in reader.get("/citizens").text


def test_each_citizen_of_a_page_is_written_down(service, reader, anna):
    reader.get("/citizens")
    assert actions(service, anna)[-1] == "citizen_listed"


def test_somebody_elses_citizen_stands_by_initials(service, reader):
    made(service, "colleague", "Carl Dam Eg")
    page = reader.get("/citizens/all").text
    assert "C.D.E." in page
    assert "Carl" not in page


def test_the_list_of_all_goes_on_where_it_stopped(service, reader):
    ids = {made(service, "consultant", f"Borger {number}") for number in range(3)}
    page = reader.get("/citizens/all?limit=2").text
    more = re.search(r'href="(/citizens/all\?cursor=[^"]+)"', page)[1]
    both = page + reader.get(more).text
    assert ids == set(re.findall(r'href="/citizens/([0-9a-f]{32})"', both))


def test_a_citizen_is_shown_once_it_has_been_said_why(service, reader):
    other = made(service, "colleague", "Carl Dam Eg")
    asked = reader.get(f"/citizens/{other}")
    assert asked.status_code == 403
    assert "Carl" not in asked.text
    short = reader.send(f"/citizens/{other}/access", {"reason": "vil se"})
    assert short.status_code == 422
    assert "The reason has 6 characters." in short.text
    let_in = reader.send(f"/citizens/{other}/access", {"reason": "Ringer for en kollega, som er syg"})
    assert let_in.headers["location"] == f"/citizens/{other}"
    assert "Carl Dam Eg" in reader.get(f"/citizens/{other}").text


def test_what_is_saved_is_kept_and_can_be_undone(service, reader, anna):
    form = {**FORM, "name": "Anna Holm", "seen": "1", "attitude.green": "gladly"}
    saved = reader.send(f"/citizens/{anna}", form)
    assert saved.status_code == 303
    page = reader.get(saved.headers["location"])
    assert "Anna Holm" in page.text
    assert version(page) == "2"
    assert 'name="version" value="1"' in page.text
    undone = reader.send(f"/citizens/{anna}/undo", {"version": "1", "seen": "2"})
    assert undone.headers["location"] == f"/citizens/{anna}?done=undone&back=2#f-name"
    page = reader.get(undone.headers["location"])
    assert "Undone: Name, " in page.text
    assert 'data-told data-goes-to="f-name"' in page.text
    assert "Anna Marie Holm" in page.text
    assert version(page) == "3"


def test_undoing_again_goes_back_through_the_changes_of_the_visit(service, reader, anna):
    page, kept = reader.get(f"/citizens/{anna}"), []
    for name in ("Anna Holm", "Anne Holm", "Ann Holm"):
        carried = re.search(r'id="undo_to" value="([^"]*)"', page.text)[1]
        form = {**FORM, "name": name, "seen": version(page), "undo_to": carried}
        page = reader.get(reader.send(f"/citizens/{anna}", form).headers["location"])
    while form := re.search(r'action="[^"]+/undo">(.*?)</form>', page.text, re.DOTALL):
        sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))
        page = reader.get(reader.send(f"/citizens/{anna}/undo", sent).headers["location"])
        kept.append(service.ask("consultant", "GET", f"/api/v1/citizens/{anna}").json()["name"])
    assert kept == ["Anne Holm", "Anna Holm", "Anna Marie Holm"]
    assert version(page) == "7"


def test_undoing_again_stops_where_a_colleague_has_changed_the_citizen(service, reader, anna):
    path, user = f"/api/v1/citizens/{anna}/assignments", {"user_id": service.user_ids["coordinator"]}
    service.ask("coordinator", "POST", path, user)
    reader.send(f"/citizens/{anna}", {**FORM, "name": "Anna Holm", "seen": "1"})
    Reader(service, "coordinator").send(f"/citizens/{anna}", {**FORM, "name": "Anne Holm", "seen": "2"})
    form = {**FORM, "name": "Ann Holm", "seen": "3", "undo_to": "1"}
    page = reader.get(reader.send(f"/citizens/{anna}", form).headers["location"])
    undo = {"version": "3", "seen": "4", "earlier": "1"}
    assert 'name="version" value="3"' in page.text
    page = reader.get(reader.send(f"/citizens/{anna}/undo", undo).headers["location"])
    assert "Undone: Name." in page.text
    assert f"/citizens/{anna}/undo" not in page.text


@pytest.mark.parametrize("carried", ["x", "1.x", "9" * 5000, "99", "0", "-1"])
def test_versions_that_are_none_are_not_carried_on(reader, anna, carried):
    saved = reader.send(f"/citizens/{anna}", {**FORM, "name": "Anna Holm", "seen": "1", "undo_to": carried})
    assert version(reader.get(saved.headers["location"])) == "2"
    assert reader.get(f"/citizens/{anna}?done=undone&back=1&earlier={carried[:200]}").status_code == 200


def test_an_undo_says_which_answer_and_leads_back_to_it(service, reader, anna):
    named = {"name": "Anna Marie Holm", "ready": "yes", "max_hours_per_week": "6"}
    reader.send(f"/citizens/{anna}", {**FORM, **named, "seen": "1", "hours.thu": "9-12"})
    then = version(reader.get(f"/citizens/{anna}"))
    reader.send(f"/citizens/{anna}", {**FORM, **named, "seen": then, "hours.thu": "10-12"})
    form = {"version": then, "seen": str(int(then) + 1)}
    undone = reader.send(f"/citizens/{anna}/undo", form).headers["location"]
    assert undone.endswith("#f-hours.thu")
    page = reader.get(undone, Accept_Language="da").text
    assert "Fortrudt: Tor." in page
    assert 'data-goes-to="f-hours.thu"' in page


def test_an_address_of_an_undo_without_its_version_names_no_answer(reader, anna):
    for address in ("done=undone", "done=undone&back=99"):
        page = reader.get(f"/citizens/{anna}?{address}").text
        assert "The change was undone." in page
        assert "data-goes-to" not in page


def test_saving_what_is_there_already_makes_no_version(reader, anna):
    form = {**FORM, "name": "Anna Marie Holm", "ready": "yes", "max_hours_per_week": "6", "seen": "1"}
    reader.send(f"/citizens/{anna}", form)
    assert version(reader.get(f"/citizens/{anna}")) == "1"


def test_a_script_gets_the_clock_and_the_new_version_and_nothing_else(reader, anna):
    saved = reader.send(f"/citizens/{anna}", {**FORM, "name": "Anna", "seen": "1"}, HX_Request="true")
    assert saved.status_code == 200
    told = unescape(re.search(r"Saved at (.*?)</span>\s", saved.text, re.DOTALL)[1])
    assert re.fullmatch(r"\d\d:\d\d: .*Name.*", told.strip())
    assert 'id="seen" value="2" hx-swap-oob="true"' in saved.text
    assert "<html" not in saved.text


def test_hours_are_told_as_they_were_understood_when_a_script_saves(reader, anna):
    form = {**FORM, "name": "Anna Marie Holm", "ready": "yes", "seen": "1", "hours.mon": "kl. 9 til 12"}
    answer = reader.send(f"/citizens/{anna}", form, HX_Request="true")
    assert re.search(r"Saved at [0-9:]+: [^<]*Mon 9\.00–12\.00", answer.text)


def test_a_page_that_is_opened_says_on_which_day_it_was_last_saved(reader, anna):
    page = reader.get(f"/citizens/{anna}").text
    assert re.search(r"Last saved \d\d-\d\d-\d{4} at \d\d:\d\d", page)
    assert "Saved at" not in page


CHANGED = {
    "consultant": "you have changed the citizen yourself in another window",
    "coordinator": "somebody else has changed the citizen",
}


@pytest.fixture(params=CHANGED)
def faster(request, service, anna):
    """Who saves first: the reader in another window, or a coordinator whose work the citizen is too."""
    path, user = f"/api/v1/citizens/{anna}/assignments", {"user_id": service.user_ids["coordinator"]}
    service.ask("coordinator", "POST", path, user)
    return request.param


def test_who_has_the_citizen_open_twice_is_told_so_and_nobody_else_is_blamed(service, reader, anna, faster):
    Reader(service, faster).send(f"/citizens/{anna}", {**FORM, "name": "Anna M. Holm", "seen": "1"})
    late = reader.send(f"/citizens/{anna}", {**FORM, "name": "A. M. Holm", "seen": "1"})
    own = faster == "consultant"
    assert late.status_code == 412
    assert ("You have changed it yourself in another window" in late.text) is own
    assert ("Saved in the other window" in late.text) is own
    assert ("Saved by coordinator</th>" in late.text) is not own
    assert ("Somebody else has changed this citizen" in late.text) is not own


def test_of_two_changes_one_by_somebody_else_is_enough(service, reader, anna, faster):
    Reader(service, "coordinator").send(f"/citizens/{anna}", {**FORM, "name": "Anna M. Holm", "seen": "1"})
    Reader(service, faster).send(f"/citizens/{anna}", {**FORM, "name": "Anne M. Holm", "seen": "2"})
    late = reader.send(f"/citizens/{anna}", {**FORM, "name": "A. M. Holm", "seen": "1"})
    assert "Somebody else has changed this citizen" in late.text


def test_a_script_that_saves_beside_a_conflict_is_told_that_nothing_was_saved(service, reader, anna, faster):
    Reader(service, faster).send(f"/citizens/{anna}", {**FORM, "name": "Anna M. Holm", "seen": "1"})
    late = reader.send(f"/citizens/{anna}", {**FORM, "name": "A. M. Holm", "seen": "1"}, HX_Request="true")
    assert (late.status_code, late.headers["hx-retarget"]) == (412, "#notices")
    pill = re.search(r'<div id="saved".*?</div>', late.text, re.DOTALL)[0]
    assert 'hx-swap-oob="true"' in pill
    assert 'Not saved</strong> – <a href="#conflict">' + CHANGED[faster] in pill
    assert 'id="conflict"' in late.text
    assert re.search(r'id="told" role="status"[^>]*>Not saved', late.text)


def test_what_is_wrong_is_told_with_what_was_typed(service, reader, anna):
    answer = reader.send(f"/citizens/{anna}", {**FORM, "name": "Anna", "seen": "1", "max_minutes": "mange"})
    assert answer.status_code == 422
    assert 'value="mange"' in answer.text
    assert "is not a number" in answer.text


def test_all_that_is_wrong_is_told_at_once_and_the_rest_is_kept(service, reader, anna):
    wrong = {"max_minutes": "-5", "hours.mon": "12-9", "waiting_since": "31-02-2026", "name": ""}
    right = {**FORM, "seen": "1", "max_hours_per_week": "4", "hours.fri": "9-12"}
    answer = reader.send(f"/citizens/{anna}", right | wrong)
    assert answer.status_code == 422
    told = answer.text.split('id="wrong"')[1].split("</div>")[0]
    assert sorted(re.findall(r'href="#f-([^"]+)"', told)) == sorted(wrong)
    assert "Everything else on the page is saved." in told
    for name, typed in wrong.items():
        assert re.search(rf'name="{re.escape(name)}" value="{typed}"', answer.text)
    kept = service.ask("consultant", "GET", f"/api/v1/citizens/{anna}").json()
    assert (kept["name"], kept["max_minutes"], kept["waiting_since"]) == ("Anna Marie Holm", None, None)
    assert (kept["max_hours_per_week"], kept["availability"]) == (4.0, ["fri 9-12"])
    # what is put right next is a change of what was kept
    assert version(answer) == "2"
    mended = reader.send(f"/citizens/{anna}", right | {"name": "Anna", "seen": "2", "max_minutes": "5"})
    assert mended.status_code == 303


def test_where_nothing_but_what_is_wrong_was_changed_nothing_is_kept_anew(service, reader, anna):
    said = {**FORM, "name": "Anna Marie Holm", "ready": "yes", "max_hours_per_week": "6", "seen": "1"}
    answer = reader.send(f"/citizens/{anna}", said | {"max_minutes": "-5"})
    assert (answer.status_code, version(answer)) == (422, "1")


def test_a_postcode_beside_a_place_that_was_chosen_is_told_and_one_that_stood_there_is_not(service, reader):
    centre = service.made("coordinator", "centres", {"name": "Havnen", "place": {"postcode": "4700"}})["id"]
    anna = made(service, "consultant", "Anna")
    said = {"name": "Anna", "ready": "yes", "anchor.0": f"centre:{centre}", "district.0": "4700", "seen": "1"}
    assert reader.send(f"/citizens/{anna}", said).status_code == 303
    beside = reader.send(f"/citizens/{anna}", said | {"district.0": "99", "seen": "2", "max_minutes": "20"})
    assert beside.status_code == 422
    assert "&#39;99&#39; stands beside a place that was chosen, and was not used." in beside.text
    kept = service.ask("consultant", "GET", f"/api/v1/citizens/{anna}").json()
    assert (kept["anchors"][0]["centre_id"], kept["max_minutes"]) == (centre, 20.0)


@pytest.mark.parametrize(
    ("name", "typed", "tag"),
    [
        ("max_minutes", "mange", "input"),
        ("anchor.0", "centre:nowhere", "select"),
        ("mode", "fly", "fieldset"),
    ],
)
def test_the_field_that_is_wrong_is_marked_with_what_is_wrong(reader, anna, name, typed, tag):
    said = {**FORM, "name": "Anna", "seen": "1", name: typed}
    text = reader.send(f"/citizens/{anna}", said).text
    marked = f'aria-invalid="true" aria-describedby="e-{name}"'
    assert re.search(rf'<{tag} [^>]*id="f-{name}"[^>]*{marked}', text)
    assert text.count(f'id="e-{name}"') == 1
    assert "aria-invalid" not in reader.get(f"/citizens/{anna}").text


def test_a_script_is_told_what_is_wrong_that_the_rest_is_saved_and_what_it_is_a_change_of_now(reader, anna):
    wrong = {**FORM, "name": "Anna", "seen": "1", "max_minutes": "mange"}
    answer = reader.send(f"/citizens/{anna}", wrong, HX_Request="true")
    assert answer.status_code == 422
    assert 'data-wrong="f-max_minutes"' in answer.text
    assert "Everything else on the page is saved." in answer.text
    assert version(answer) == "2"
    assert re.search(r'id="undo_to" value="1" hx-swap-oob="true"', answer.text)
    assert re.search(r'<input type="hidden" name="version" value="1"', answer.text)


def test_what_stood_there_and_cannot_be_kept_keeps_the_rest_back(service, reader, anna, monkeypatch):
    def refuse(*_):
        raise Refused("name", "Not this one.")

    monkeypatch.setattr("api.casework.citizens.change", refuse)
    wrong = {**FORM, "name": "Anna", "seen": "1"}
    for said in ({}, {"HX_Request": "true"}):
        answer = reader.send(f"/citizens/{anna}", wrong, **said)
        assert answer.status_code == 422
        assert "Everything else on the page is saved." not in answer.text
    assert "Nothing else on the page is saved until this is put right." in answer.text


def test_a_number_that_is_too_large_is_said_as_it_is_written(reader, anna):
    answer = reader.send(f"/citizens/{anna}", {**FORM, "name": "Anna", "seen": "1", "max_minutes": "9999"})
    assert "9999 is too large. Give at most 1440." in answer.text


def test_a_centre_that_is_not_the_municipalitys_is_no_start(reader, anna):
    answer = reader.send(f"/citizens/{anna}", {"anchor.0": "centre:nowhere", "name": "Anna", "seen": "1"})
    assert answer.status_code == 422
    assert "is no place to start from" in answer.text


def test_two_changes_are_laid_side_by_side_with_whose_is_whose(service, reader, anna):
    base = {**FORM, "name": "Anna Marie Holm", "ready": "yes", "max_hours_per_week": "6", "seen": "1"}
    reader.send(f"/citizens/{anna}", {**base, "max_minutes": "20", "name": "Anna M. Holm"})
    late = reader.send(f"/citizens/{anna}", {**base, "max_hours_per_week": "3", "name": "A. M. Holm"})
    assert late.status_code == 412
    chosen = dict(re.findall(r'name="(\w+)" value="([^"]*)" required checked', late.text))
    assert chosen == {"max_minutes": "20", "max_hours_per_week": "3"}
    assert re.findall(r'name="name" value="([^"]*)" required>', late.text) == ["Anna M. Holm", "A. M. Holm"]
    settled = {**dict(re.findall(r'type="hidden" name="([\w.]+)" value="([^"]*)"', late.text)), **chosen}
    assert reader.send(f"/citizens/{anna}", {**settled, "name": "Anna"}).status_code == 303
    found = service.ask("consultant", "GET", f"/api/v1/citizens/{anna}").json()
    assert (found["name"], found["max_minutes"], found["max_hours_per_week"]) == ("Anna", 20, 3)


def test_centre_staff_read_and_do_not_write(service, anna):
    staff = service.user_ids["centre_staff"]
    service.ask("coordinator", "POST", f"/api/v1/citizens/{anna}/assignments", {"user_id": staff})
    page = Reader(service, "centre_staff").get(f"/citizens/{anna}")
    assert "You can read this, not change it." in page.text
    assert "hx-post" not in page.text


def test_names_and_texts_stand_escaped_in_every_page(service, reader):
    hostile = '"><script>alert(1)</script>'
    citizen = made(service, "consultant", hostile)
    for path in ("/citizens", f"/citizens/{citizen}", f"/citizens/{citizen}/shortlist"):
        page = reader.get(path).text
        assert "<script>alert" not in page, path
        assert "&lt;script&gt;" in page, path


def test_a_citizen_whom_nobody_works_with_is_not_called_somebody_elses(service, reader):
    theirs, free = made(service, "colleague", "Carl Dam Eg"), made(service, "colleague", "Bo Fri")
    boss = Reader(service, "coordinator")
    assert "nobody who works with them" not in boss.get("/today").text
    boss.send(f"/citizens/{free}/assignments/ended", {"user_id": service.user_ids["colleague"]})
    listed = reader.get("/citizens/all").text
    assert (listed.count("Somebody else's work"), listed.count("soft\">Nobody's work yet")) == (1, 1)
    only = reader.get("/citizens/all?nobodys=yes").text
    assert (free in only, theirs in only) == (True, False)
    line = '<a href="/citizens/all?nobodys=yes">1 citizen has nobody who works with them</a>'
    assert line in boss.get("/today").text
    assert line not in reader.get("/today").text
    told = {"username": "consultant", "password": service.password}
    service.client.post("/sign-in", data=told, headers={"Sec-Fetch-Site": "same-origin"})
    closed = {
        one: service.client.get(f"/citizens/{one}", headers={"Accept": "text/html"}) for one in (free, theirs)
    }
    assert "This citizen is nobody's work yet" in closed[free].text
    assert "This citizen is somebody else's work" in closed[theirs].text


def test_others_of_one_initials_are_told_apart_by_a_short_reference_and_no_page_shows_an_id(service, reader):
    first, second = (made(service, "colleague", name) for name in ("Anna Holm", "Arne Hald"))
    for page in (reader.get("/citizens/all"), reader.send("/search", {"words": "an"})):
        assert not re.search(r">[^<]*[0-9a-f]{32}", page.text)
    page = reader.get("/citizens/all").text
    for citizen_id in (first, second):
        assert f"reference {citizen_id[-6:]}" in page
        assert f'href="/citizens/{citizen_id}/assignments"' in page


def test_ones_own_citizens_stand_by_name_without_a_reference(reader, anna):
    page = reader.get("/citizens/all").text
    assert "Anna Marie Holm" in page
    assert f"reference {anna[-6:]}" not in page
