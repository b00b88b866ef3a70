"""Whatever is refused of an address or a form comes back as its page, with the fault at its field."""

import re
from urllib.parse import urlencode

import pytest
from fastapi.routing import iter_route_contexts

from api.pages.refilling import refilled
from tests.api.described import bare_app
from tests.api.pages.conftest import Reader
from tests.api.pages.guarded import PAGES
from tests.api.routes.test_permissions import RANDOM, World

LONG = "x" * 6_000
BARE = "Go to the start page"


def _dependants(dependant):
    yield dependant
    for inner in dependant.dependencies:
        yield from _dependants(inner)


def _taken(kind):
    """Every page with what it takes: its query or the fields of its form, by operation."""
    for context in iter_route_contexts(bare_app().routes):
        route = context.original_route
        if getattr(route, "include_in_schema", True) or getattr(route, "dependant", None) is None:
            continue
        names = {field.alias for one in _dependants(route.dependant) for field in getattr(one, kind)}
        for method in context.methods or ():
            if names:
                yield f"{method} {context.path}", sorted(names)


ADDRESSES = {name: taken for name, taken in _taken("query_params") if name.startswith("GET")}
FORMS = {name: taken for name, taken in _taken("body_params") if name.startswith("POST")}
UNGUARDED = {"POST /sign-in", "POST /keyboard", "POST /language", "GET /sign-in"}


COORDINATORS = re.compile("/(centres|assignments|accesses|colleagues|practice|failures)")
"""The pages of who looks after the others."""


class Everywhere:
    """Somebody who may go to every page, with one of everything."""

    def __init__(self, service):
        self.service = service
        self.ids = World(service).ids["unassigned"] | {
            "import_id": RANDOM,
            "cafe_id": RANDOM,
            "grant_id": RANDOM,
            "user_id": service.user_ids["colleague"],
        }

    def reader(self, path):
        return Reader(
            self.service,
            "coordinator" if COORDINATORS.search(path) else "colleague",
        )

    def path(self, operation):
        return re.sub(r"{(\w+)}", lambda name: self.ids[name[1]], operation.split()[1])


@pytest.fixture
def everywhere(service):
    return Everywhere(service)


def is_whole(answer):
    """Whether it is a page of the service with its frame, and not the bare page of a problem."""
    return "<h1" in answer.text and 'id="notices"' in answer.text and BARE not in answer.text


def test_every_page_with_a_query_and_every_form_is_looked_at():
    assert len(ADDRESSES) > 15
    assert len(FORMS) > 35
    assert set(ADDRESSES) - UNGUARDED <= set(PAGES)
    assert set(FORMS) - UNGUARDED <= set(PAGES)


def test_junk_in_an_address_never_takes_the_page_away(everywhere):
    refused = set()
    for operation, names in ADDRESSES.items():
        path = everywhere.path(operation)
        if RANDOM in path or path.endswith(".xlsx"):
            continue
        for name in names:
            answer = everywhere.reader(path).get(f"{path}?{urlencode({name: LONG})}")
            assert answer.status_code in (200, 422), (operation, name)
            assert is_whole(answer), (operation, name)
            if answer.status_code == 422:
                refused.add(name)
                assert 'id="refused"' in answer.text, (operation, name)
    assert {"km", "kind", "whose", "limit", "cursor", "words", "mode", "q"} <= refused


def test_junk_in_a_form_never_takes_its_page_away(everywhere):
    refused = []
    for operation, names in FORMS.items():
        path = everywhere.path(operation)
        if RANDOM in path or operation == "POST /imports":
            continue
        form = {name: "1" for name in names} | (PAGES[operation].body or {} if operation in PAGES else {})
        for name in names:
            answer = everywhere.reader(path).send(path, {**form, name: LONG})
            assert answer.status_code < 500, (operation, name)
            if answer.status_code == 422:
                refused.append(operation)
                assert is_whole(answer), (operation, name)
                assert 'id="refused"' in answer.text, (operation, name)
    assert len(refused) > 100


def test_a_distance_that_is_none_is_told_at_its_field_and_the_rest_is_kept(reader):
    page = reader.get("/employers?km=abc&words=gartner&only=orders&limit=0")
    assert page.status_code == 422
    assert re.search(
        r'<input[^>]* name="km" value="abc"[^>]* aria-invalid="true" aria-describedby="refused-km">'
        r'<span class="form-error-message" id="refused-km">&#x27;abc&#x27; is not a number.',
        page.text,
    )
    assert 'name="words" type="search" value="gartner"' in page.text
    assert '<option value="orders" selected>' in page.text
    assert '<li><a href="#km">' in page.text
    assert "too small" in page.text
    danish = reader.get("/employers?km=abc", Accept_Language="da").text
    assert "Ikke alt kunne bruges" in danish
    assert "er ikke et tal" in danish


def test_a_script_is_told_in_place_as_before(reader):
    answer = reader.get("/employers?km=abc", HX_Request="true")
    assert answer.headers["HX-Retarget"] == "#notices"
    assert "<html" not in answer.text


def test_a_form_comes_back_to_the_page_it_was_sent_from_as_it_was_filled_in(everywhere):
    path = f"{everywhere.path('GET /employers/{employer_id}')}"
    reader = everywhere.reader(path)
    came_from = f"http://127.0.0.1:8000{path}?done=answer"
    form = {"kind": "visit", "on": "20-11-2026", "note": LONG, "by_employer": "yes"}
    page = reader.send(f"{path}/contacts", form, Referer=came_from)
    assert page.status_code == 422
    assert "Nothing was saved yet" in page.text
    assert f"{LONG}</textarea>" in page.text
    assert 'value="20-11-2026"' in page.text
    assert re.search('value="visit"[^>]* (checked|selected)', page.text)
    assert re.search('id="refused-note">The text is too long. At most 5000 characters.', page.text)


@pytest.mark.parametrize("referer", ["http://elsewhere.test/today", "http://127.0.0.1:8000/nothing/here", ""])
def test_a_form_from_nowhere_comes_back_to_the_nearest_page(everywhere, referer):
    path = everywhere.path("POST /job-orders/{order_id}/pause")
    page = everywhere.reader(path).send(path, {"reason": LONG}, Referer=referer)
    assert page.status_code == 422
    assert is_whole(page)
    assert "Luge bede" in page.text


def test_what_is_not_the_readers_stays_so(everywhere, service):
    path = everywhere.path("POST /employers/{employer_id}/contacts")
    page = Reader(service, "away").send(path, {"kind": "call", "note": LONG})
    assert everywhere.ids["employer_id"] not in page.text


def test_an_address_that_takes_a_form_only_leads_to_the_page_of_the_form(everywhere):
    pages = {name.split()[1] for name in PAGES if name.startswith("GET")}
    led = {}
    for operation in PAGES:
        method, template = operation.split()
        if method == "GET" or template in pages:
            continue
        path = everywhere.path(operation)
        answer = everywhere.reader(path).get(path)
        assert answer.status_code == 303, operation
        above = answer.headers["location"]
        assert path.startswith(above), operation
        assert everywhere.reader(path).get(above).status_code in (200, 303, 403, 404), operation
        led[template] = above
    assert len(led) > 35
    employer = everywhere.path("GET /employers/{employer_id}")
    assert led["/employers/{employer_id}/contacts"] == employer
    assert led["/cafe/{cafe_id}/plan"] == everywhere.path("GET /cafe/{cafe_id}")
    assert led["/proposals/{proposal_id}/undo"] == "/"


def test_programs_and_scripts_are_told_that_an_address_takes_a_form_only(reader):
    for told in ({"Accept": "application/json"}, {"HX_Request": "true"}):
        answer = reader.get(f"/cafe/{'0' * 32}/plan", **told)
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_what_only_a_page_takes_is_told_to_who_sends_something_there(reader):
    assert reader.send("/keyboard/nothing", {}).status_code == 404
    assert reader.send("/health", {}, Accept="application/json").status_code == 405


@pytest.mark.parametrize("path", ["/citizens/new", "/cafe"])
def test_a_refused_form_is_told_apart_from_the_page_it_stands_on(reader, path):
    refused = reader.send(path, {"name": "", "tables": "mange"})
    assert refused.status_code == 422
    assert "<body data-once" in refused.text
    assert "data-once" not in reader.get(path).text


FORM = """<p>Ø</p><form action="/a"><input type="hidden" name="id" value="1"><input name="x"></form>
<details><summary>Mere</summary><form action="/a"><input type="hidden" name="id" value="2">
<label for="x2">X</label><input id="x2" name="x" value="før" aria-describedby="h">
<input type="password" name="p">
<fieldset><legend>Y</legend><input type="radio" name="y" value="1" checked>
<input type="radio" name="y" value="2"></fieldset>
<input type="checkbox" name="z" checked><textarea name="t">gammel</textarea>
<select name="s"><option value="a" selected>A</option><option value="b">B</option></select>
</form></details>"""


def test_only_the_form_that_was_sent_is_filled_in_and_what_is_folded_opens():
    typed = {"id": ["2"], "x": ['"><b>'], "p": ["hemmelig"], "y": ["2"], "t": ["ny & <lang>"], "s": ["b"]}
    again = refilled(FORM, "/a", typed, {"x": "For langt", "y": "Nej", "gone": "Væk"})
    assert again.places == {"x": "x2", "y": "refused-y"}
    first, _, second = again.html.partition("<details open>")
    assert first == FORM.partition("<details>")[0]
    assert 'value="&quot;&gt;&lt;b&gt;" aria-describedby="h refused-x" aria-invalid="true">' in second
    assert '<span class="form-error-message" id="refused-x">For langt</span>' in second
    assert "hemmelig" not in second
    assert '</legend><span class="form-error-message" id="refused-y">Nej</span>' in second
    assert (
        '<input type="radio" name="y" value="1">\n<input type="radio" name="y" value="2" checked>' in second
    )
    assert '<input type="checkbox" name="z">' in second
    assert "\nny &amp; &lt;lang&gt;</textarea>" in second
    assert '<option value="a">A</option><option value="b" selected>' in second


def test_a_page_without_the_form_stays_as_it_is():
    assert refilled(FORM, "/b", {"x": ["1"]}, {"x": "Nej"}).html == FORM
