"""A list stays open in one window while its citizen is erased in another: a plain page, and never a fault."""

from datetime import date

import pytest

from api.casework import cafes, rankings
from api.casework.erasure import erase
from api.domain.caller import Caller, Role
from api.pages import call_sheet as call_sheet_page
from api.pages import shortlist as shortlist_page
from tests.api.meanwhile import after
from tests.api.pages.conftest import Reader
from tests.api.routes.test_proposals import propose, world

__all__ = ["world"]
OPERATOR = Caller("", "root", "0370", Role.OPERATOR)


def erased(service, citizen_id):
    with service.store.unit() as unit:
        erase(unit, OPERATOR, citizen_id)
        unit.commit()


@pytest.fixture
def made(service, world):
    return propose(service, world, "anna").json()["id"]


OPEN_LISTS = {
    "the shortlist": ("GET", "/citizens/{anna}/shortlist", {}, 404),
    "the shortlist after a suggestion": ("GET", "/citizens/{anna}/shortlist?recorded={made}", {}, 404),
    "its workbook": ("GET", "/citizens/{anna}/shortlist.xlsx", {}, 404),
    "a suggestion from it": ("POST", "/citizens/{anna}/proposals", {"order_id": "{order}"}, 404),
    "its own order": ("POST", "/citizens/{anna}/reorder", {"reason": "Har talt", "list_id": "x"}, 404),
    "the call sheet": ("GET", "/citizens/{anna}/call-sheet?moved={order}", {}, 404),
    "an answer on it": (
        "POST",
        "/citizens/{anna}/answers/job-orders/{order}",
        {"about": "avoids:machines", "answer": "no"},
        404,
    ),
    "the candidates": ("GET", "/job-orders/{order}?recorded={made}", {}, 200),
    "a suggestion from them": ("POST", "/job-orders/{order}/proposals", {"citizen_id": "{anna}"}, 404),
    "an answer about a candidate": (
        "POST",
        "/job-orders/{order}/abilities",
        {"citizen_id": "{anna}", "about": "abilities:driving_licence", "answer": "yes"},
        404,
    ),
    "the day": ("GET", "/today?recorded={made}", {}, 200),
    "the whole day": ("GET", "/today?whose=municipality&recorded={made}", {}, 200),
    "an outcome": ("POST", "/proposals/{made}/outcome", {"outcome": "contacted", "version": "1"}, 404),
    "the page of an outcome": ("GET", "/proposals/{made}/outcome", {}, 404),
    "the café": ("POST", "/cafe", {"citizens": "{anna}", "show": "yes"}, 200),
    "a plan": ("POST", "/cafe", {"citizens": "{anna}", "orders": "{order}"}, 422),
    "the calls": ("GET", "/calls", {}, 200),
    "who opened whom": ("GET", "/accesses", {}, 200),
}


@pytest.mark.parametrize("what", OPEN_LISTS)
def test_what_is_open_of_a_citizen_who_was_erased_answers_with_a_plain_page(service, world, made, what):
    method, path, form, status = OPEN_LISTS[what]
    ids = {**world, "made": made}
    reader = Reader(service, "coordinator" if path == "/accesses" else "consultant")
    erased(service, world["anna"])
    sent = {name: value.format(**ids) for name, value in form.items()}
    address = path.format(**ids)
    answer = reader.get(address) if method == "GET" else reader.send(address, sent)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert "Anna" not in answer.text
    if status == 404:
        assert "There is no such thing." in answer.text
        assert "may have been erased since" in answer.text
        assert "Go to the start page" in answer.text


@pytest.mark.parametrize(("module", "path"), [(shortlist_page, "shortlist"), (call_sheet_page, "call-sheet")])
def test_a_list_whose_citizen_is_erased_while_it_is_made_is_no_page(
    service, reader, world, monkeypatch, module, path
):
    after(monkeypatch, module, "find", lambda: erased(service, world["anna"]))
    answer = reader.get(f"/citizens/{world['anna']}/{path}")
    assert answer.status_code == 404
    assert "Anna" not in answer.text


@pytest.mark.parametrize("who", ["consultant", "colleague"])
def test_candidates_of_whom_one_is_erased_while_they_are_ranked_are_shown_without(
    service, world, monkeypatch, who
):
    after(monkeypatch, rankings, "rank", lambda: erased(service, world["anna"]))
    page = Reader(service, who).get(f"/job-orders/{world['order']}")
    assert page.status_code == 200
    assert world["anna"] not in page.text
    assert world["bent"] in page.text


def test_programs_are_told_the_same(service, world, made, monkeypatch):
    path = f"/api/v1/job-orders/{world['order']}/candidates"
    after(monkeypatch, rankings, "rank", lambda: erased(service, world["anna"]))
    found = service.ask("consultant", "GET", path)
    assert found.status_code == 200
    assert world["anna"] not in found.text
    assert world["bent"] in found.text
    for gone in (f"/api/v1/citizens/{world['anna']}/shortlist", f"/api/v1/proposals/{made}"):
        answer = service.ask("consultant", "GET", gone)
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
    late = service.ask("consultant", "POST", f"/api/v1/proposals/{made}/contacted", {})
    assert late.status_code == 404


def test_a_cafe_is_offered_without_who_is_erased_while_it_is_made(service, reader, world, monkeypatch):
    after(monkeypatch, cafes, "kept_now", lambda: erased(service, world["anna"]))
    page = reader.get(f"/cafe?day={date.today():%d-%m-%Y}")
    assert page.status_code == 200
    assert world["anna"] not in page.text
    assert world["bent"] in page.text
