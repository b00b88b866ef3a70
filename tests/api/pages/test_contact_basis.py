"""On what basis an employer may be contacted first, as its page lets a consultant write it down."""

import re

import pytest

from api.store import audit
from tests.api.pages.conftest import Reader

HOSTILE = "<b>Aftalt</b> på messen"


@pytest.fixture
def quiet(service):
    """The page of an employer whom the register protects from advertising."""
    body = {"name": "Bageriet", "advertising_protected": "yes"}
    return f"/employers/{service.made('consultant', 'employers', body)['id']}"


def seen(page):
    return re.search(r'name="seen" value="(\d+)"', page)[1]


def basis_of(page):
    """The section as it is read: without its marks, in one line."""
    section = page.split('id="basis"')[1].split("</section>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", section))


def record(reader, quiet, **said):
    form = {"seen": seen(reader.get(quiet).text), "basis": "consent", "note": "Grethe, 12. maj", **said}
    return reader.send(f"{quiet}/contact-basis", form)


def withdraw(reader, quiet, reason="Vil ikke ringes op mere"):
    form = {"seen": seen(reader.get(quiet).text), "reason": reason}
    return reader.send(f"{quiet}/contact-basis/withdrawn", form)


def undo(reader, quiet, page):
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    return reader.send(f"{quiet}/contact-basis/undo", {"seen": seen(page), "version": version})


def test_with_a_basis_an_employer_may_be_contacted_first_and_the_page_says_who_wrote_it_down(
    service, reader, quiet
):
    assert "Must not be contacted first." in basis_of(reader.get(quiet).text)
    page = reader.get(record(reader, quiet).headers["location"]).text
    assert "The basis for contact is written down." in basis_of(page)
    assert re.search(
        r"May be contacted first: They agreed to be contacted: Grethe, 12\. maj [\d-]+ consultant",
        basis_of(page),
    )
    assert f'action="{quiet}/reservations"' in page
    stored = service.ask("consultant", "GET", f"/api/v1{quiet}").json()
    assert (stored["contact_basis"], stored["may_be_contacted_first"]) == ("consent", True)


def test_a_basis_that_is_taken_back_blocks_again_and_stays_in_the_history(service, reader, quiet):
    record(reader, quiet)
    page = reader.get(withdraw(reader, quiet).headers["location"]).text
    assert "Must not be contacted first." in basis_of(page)
    assert "They agreed to be contacted: Grethe, 12. maj" in basis_of(page).split("What stood before")[1]
    assert not service.ask("consultant", "GET", f"/api/v1{quiet}").json()["may_be_contacted_first"]
    again = reader.get(record(reader, quiet, basis="own_relation").headers["location"]).text
    assert "Taken back: Vil ikke ringes op mere" in basis_of(again).split("What stood before")[1]


@pytest.mark.parametrize(("change", "before"), [(record, None), (withdraw, "consent")])
def test_a_change_of_the_basis_can_be_undone_where_it_was_made(service, reader, quiet, change, before):
    if before:
        record(reader, quiet)
    page = reader.get(change(reader, quiet).headers["location"]).text
    back = reader.get(undo(reader, quiet, page).headers["location"]).text
    assert "The change was undone." in basis_of(back)
    assert "Undo" not in basis_of(back)
    assert service.ask("consultant", "GET", f"/api/v1{quiet}").json()["contact_basis"] == before


def test_an_undo_leaves_alone_what_else_was_changed_meanwhile(service, reader, quiet):
    page = reader.get(record(reader, quiet).headers["location"]).text
    reader.send(f"{quiet}/answers", {"about": "noise", "answer": "no"})
    assert undo(reader, quiet, page).status_code == 412
    assert (
        undo(reader, quiet, page.replace('name="seen" value="2"', 'name="seen" value="3"')).status_code == 303
    )
    stored = service.ask("consultant", "GET", f"/api/v1{quiet}").json()
    assert (stored["contact_basis"], stored["demands"]) == (None, {"noise": "no"})


@pytest.mark.parametrize("basis", ["", "because"])
def test_a_basis_that_is_none_is_told_with_what_was_written(reader, quiet, basis):
    answer = record(reader, quiet, basis=basis, note=HOSTILE)
    assert answer.status_code == 422
    assert 'id="wrong-basis"' in answer.text
    assert "&lt;b&gt;Aftalt&lt;/b&gt; på messen" in answer.text
    assert "<b>Aftalt" not in answer.text


def test_what_somebody_else_has_changed_is_told_and_nothing_typed_is_lost(service, reader, quiet):
    reader.send(f"{quiet}/answers", {"about": "noise", "answer": "no"})
    answer = record(reader, quiet, seen="1")
    assert answer.status_code == 412
    assert "Somebody else has changed this in the meantime." in answer.text
    assert "Grethe, 12. maj" in answer.text
    assert record(reader, quiet, seen=seen(answer.text)).status_code == 303


def test_every_change_of_the_basis_is_written_down(service, reader, quiet):
    record(reader, quiet)
    record(reader, quiet)  # the same once more changes nothing
    withdraw(reader, quiet)
    with service.store.unit(read_only=True) as unit:
        actions = [
            one.action for one in audit.entries(unit, "0370") if one.action.startswith("contact_basis")
        ]
    assert actions == ["contact_basis_recorded", "contact_basis_withdrawn"]


@pytest.mark.parametrize("who", ["caseworker", "analyst"])
def test_who_may_not_change_employers_reads_the_basis_and_gets_no_form(service, reader, quiet, who):
    record(reader, quiet)
    page = Reader(service, who).get(quiet).text
    assert "They agreed to be contacted" in basis_of(page)
    assert "/contact-basis" not in page
    refused = Reader(service, who).send(f"{quiet}/contact-basis", {"seen": "1", "basis": "consent"})
    assert refused.status_code == 403


def test_in_danish_the_basis_is_said_as_people_say_it(reader, quiet):
    record(reader, quiet, basis="own_relation")
    page = reader.get(quiet, Accept_Language="da").text
    assert "Vi kender dem i forvejen" in basis_of(page)
