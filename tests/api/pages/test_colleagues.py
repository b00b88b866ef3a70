"""Pages say what colleagues are called, and the user name where that is all that is known."""

import pytest

from api.domain.caller import Caller, Role
from api.store import audit, users
from tests.api.pages.conftest import Reader
from tests.api.routes.test_proposals import came, propose, world

__all__ = ["world"]


@pytest.fixture
def named(service):
    """The consultant and her colleague, with the names that one calls them by."""
    with service.store.unit() as unit:
        caller = Caller("", "root", "0370", Role.OPERATOR)
        users.set_name(unit, caller, service.user_ids["consultant"], "Mette Holm")
        users.set_name(unit, caller, service.user_ids["colleague"], "Ole Lund")
        unit.commit()


@pytest.mark.usefixtures("named")
def test_a_colleague_is_called_by_name_wherever_one_is_meant(service, reader, world):
    assert "Worked with by: Mette Holm" in reader.get(f"/citizens/{world['anna']}").text
    page = Reader(service, "coordinator").get(f"/citizens/{world['anna']}/assignments").text
    assert "<strong>Mette Holm</strong>" in page
    assert ">Ole Lund, " in page


@pytest.mark.usefixtures("named")
def test_who_was_faster_is_called_by_name(service, reader, world):
    proposal = propose(service, world, "anna").json()
    path = f"/proposals/{proposal['id']}/outcome"
    came(service, proposal, "contacted")
    assert "Mette Holm was faster" in reader.send(path, {"outcome": "contacted", "version": "1"}).text


def test_without_a_name_the_user_name_is_said(reader, world):
    assert "Worked with by: consultant" in reader.get(f"/citizens/{world['anna']}").text


@pytest.mark.usefixtures("named")
def test_the_log_holds_ids_and_no_names(service, reader, world):
    reader.get(f"/citizens/{world['anna']}")
    with service.store.unit(read_only=True) as unit:
        rows = audit.entries(unit, "0370")
    assert rows[-1].user_id == service.user_ids["consultant"]
    assert "Mette" not in str(rows)
