import re

import pytest

from tests.api.pages.conftest import Reader
from tests.api.routes.test_proposals import world

__all__ = ["world"]


@pytest.fixture
def path(world):
    return f"/citizens/{world['anna']}/contact-chain"


def seen(reader, path):
    return re.search(r'name="seen" value="(\d+)"', reader.get(path).text)[1]


def chain(service, world):
    return service.ask("consultant", "GET", f"/api/v1/citizens/{world['anna']}/contact-chain").json()["links"]


METTE = {"through.0": "drop_in_centre", "name.0": " Mette ", "means.0": "phone", "number.0": "55 55 12 12"}
BO = {"through.1": "caseworker", "name.1": "Bo", "means.1": "mail", "number.1": "bo@eksempel.dk"}


def test_the_ways_are_kept_in_the_order_of_the_lines(service, reader, world, path):
    sent = {"seen": seen(reader, path), **METTE, **BO, "through.2": "", "name.2": "", "means.2": "phone"}
    answer = reader.send(path, sent)
    assert answer.headers["location"] == f"{path}?done=saved"
    kept = chain(service, world)
    assert [(one["through"], one["name"], one["means"]) for one in kept] == [
        ("drop_in_centre", "Mette", "phone"),
        ("caseworker", "Bo", "mail"),
    ]
    page = reader.get(answer.headers["location"]).text
    assert "Saved." in page
    assert 'value="Mette"' in page
    assert page.count('<select class="form-select" id="through-') == 4


def test_a_line_that_is_emptied_is_a_way_less(service, reader, world, path):
    reader.send(path, {"seen": seen(reader, path), **METTE, **BO})
    reader.send(
        path, {"seen": seen(reader, path), **METTE, **BO, "through.0": "", "name.0": "", "number.0": ""}
    )
    assert [one["name"] for one in chain(service, world)] == ["Bo"]


WRONG = {
    "nobody chosen": ({**METTE, "through.0": ""}, "Choose through whom each way goes."),
    "no such way": ({**METTE, "through.0": "pigeon"}, "is not known"),
    "no such centre": ({**METTE, "centre.0": "0" * 32}, "There is no centre"),
}


@pytest.mark.parametrize(("sent", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_and_what_was_typed_stays(service, reader, world, path, sent, said):
    page = reader.send(path, {"seen": seen(reader, path), **sent})
    assert page.status_code == 422
    assert said in page.text
    assert 'value="Mette"' in page.text
    assert chain(service, world) == []


def test_who_was_slower_keeps_nothing_and_sees_how_it_stands(service, reader, world, path):
    slow = seen(reader, path)
    reader.send(path, {"seen": slow, **METTE})
    page = reader.send(path, {"seen": slow, **BO})
    assert page.status_code == 412
    assert "You have changed it yourself in another window" in page.text
    assert "Nothing of yours was stored." in page.text
    assert 'value="Mette"' in page.text
    assert len(chain(service, world)) == 1


def test_who_reads_citizens_only_is_not_led_there(service, world):
    staff = {"user_id": service.user_ids["centre_staff"]}
    service.ask("coordinator", "POST", f"/api/v1/citizens/{world['anna']}/assignments", staff)
    page = Reader(service, "centre_staff").get(f"/citizens/{world['anna']}").text
    assert "contact-chain" not in page
