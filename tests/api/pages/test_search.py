import pytest

from tests.api.pages.conftest import Reader
from tests.api.pages.test_citizens import made


@pytest.fixture
def anna(service):
    return made(service, "consultant", "Anna Marie Holm")


@pytest.fixture
def nursery(service):
    return service.made("consultant", "employers", {"name": "Åens Gartneri", "cvr": "12345674"})["id"]


def test_a_search_finds_part_of_a_name_and_leaves_it_out_of_every_address(reader, anna):
    page = reader.send("/search", {"words": "holm"})
    assert page.status_code == 200
    assert f'href="/citizens/{anna}"' in page.text
    assert "words=holm" not in page.text


def test_too_few_letters_are_told_with_what_can_be_searched(reader):
    page = reader.send("/search", {"words": "h"})
    assert page.status_code == 422
    assert "Write at least 2 letters, or 4 figures of a number." in page.text


@pytest.mark.parametrize("page", ["empty", "asked for"])
def test_an_empty_search_says_what_can_be_searched(reader, page):
    answer = reader.get("/search") if page == "asked for" else reader.send("/search", {"words": " "})
    assert answer.status_code == 200
    for said in ("Citizens, by name", "Job orders, by title", "Employers, by name, CVR", "Drop-in centres"):
        assert said in answer.text


def test_what_is_not_found_is_said_and_what_was_searched(reader):
    page = reader.send("/search", {"words": "zzzz"}).text
    assert "Nothing here is called that." in page
    assert "Citizens, by name or initials" in page


def test_the_only_hit_named_in_full_is_opened(reader, nursery, anna):
    answer = reader.send("/search", {"words": "12 34 56 74"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/employers/{nursery}")
    assert reader.send("/search", {"words": "anna marie holm"}).headers["location"] == f"/citizens/{anna}"


def test_more_than_a_handful_are_asked_for_by_a_form_without_an_address(service, reader):
    for number in range(7):
        made(service, "consultant", f"Bo Eg {number}")
    page = reader.send("/search", {"words": "bo eg"}).text
    assert "All 7" in page
    assert page.count("<li data-row") == 5
    assert reader.send("/search", {"words": "bo eg", "only": "citizens"}).text.count("<li data-row") == 7


def test_who_reads_no_citizens_is_not_told_of_them(service, anna, nursery):
    analyst = Reader(service, "analyst")
    assert "Nothing here is called that." in analyst.send("/search", {"words": "holm"}).text
    assert "Citizens, by name" not in analyst.get("/search").text
    assert f"/employers/{nursery}" in analyst.send("/search", {"words": "gartneri"}).text


def test_centre_staff_find_their_own_citizens_alone(service, anna):
    staff = Reader(service, "centre_staff")
    assert "Nothing here is called that." in staff.send("/search", {"words": "holm"}).text


def test_who_can_search_nothing_has_no_field_for_it(service):
    auditor = Reader(service, "auditor")
    page = auditor.get("/search").text
    assert 'role="search"' not in page
    assert "There is nothing here that you can search." in page


def test_who_has_begun_is_told_alike_in_the_search_and_in_every_list(service, anna):
    firm = service.made("consultant", "employers", {"name": "Gartneriet"})["id"]
    task = {"employer_id": firm, "title": "Luge bede", "activities": {"green": 1}}
    order = service.made("consultant", "job-orders", task)["id"]
    pair = service.made("consultant", "proposals", {"citizen_id": anna, "order_id": order})["id"]
    for outcome in ("accepted", "begun"):
        answer = service.ask("consultant", "POST", f"/api/v1/proposals/{pair}/{outcome}", {})
        assert answer.status_code == 200, answer.text
    reader = Reader(service, "consultant")
    pages = [
        reader.send("/search", {"words": "holm"}),
        *(reader.get(path) for path in ("/citizens", "/citizens/all")),
    ]
    for page in pages:
        assert "begun with Luge bede on" in page.text
        assert "not now" not in page.text


@pytest.mark.parametrize("words", ["gartnri", "aaens gartnerie", "gratneri"])
def test_a_misspelt_employer_or_centre_is_asked_about_and_not_opened(service, reader, nursery, words):
    page = reader.send("/search", {"words": words})
    assert page.status_code == 200
    near = page.text.partition("Did you mean …?")[2]
    assert f'href="/employers/{nursery}"' in near
    centre = service.made("coordinator", "centres", {"name": "Værestedet Kilden", "phone": "55 77 66 55"})[
        "id"
    ]
    near = reader.send("/search", {"words": "verestedet kilen"}).text.partition("Did you mean …?")[2]
    assert f'href="/centres/{centre}"' in near


def test_a_misspelt_citizen_is_nobody(reader, anna):
    page = reader.send("/search", {"words": "anna marie hulm"}).text
    assert "Nothing here is called that." in page
    assert anna not in page
    assert "Did you mean" not in page


def test_what_is_found_asks_about_nothing_else(service, reader, nursery):
    service.made("consultant", "employers", {"name": "Åens Gartnere"})
    assert "Did you mean" not in reader.send("/search", {"words": "gartneri"}).text
