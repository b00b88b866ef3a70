"""What reads is loaded before anything is held: it takes seconds, and others write meanwhile."""

import pytest

from api.casework import readings
from api.store import municipalities
from tests.api.service import HOME

WORDS = {"text": "Vi skal have luget bede hver fredag 9-11"}


@pytest.fixture
def others_write(service, monkeypatch):
    """Somebody else's change, at the moment at which what reads is loaded; told how often."""
    written = []

    def loaded() -> None:
        with service.store.unit() as unit:
            assert municipalities.find(unit, HOME)
            unit.commit()
        written.append(HOME)

    monkeypatch.setattr(readings, "_loaded", loaded)
    return written


def test_others_write_while_what_reads_an_order_is_loaded(service, others_write):
    employer = service.made("consultant", "employers", {"name": "Gartneriet"})["id"]
    order = service.made("consultant", "job-orders", {"employer_id": employer, "title": "Luge", **WORDS})
    assert others_write == [HOME]
    version = {"If_Match": f'"{order["version"]}"'}
    answer = service.ask(
        "consultant", "PATCH", f"/api/v1/job-orders/{order['id']}", {"text": "Feje gård"}, **version
    )
    assert (answer.status_code, others_write) == (200, [HOME] * 2)


def test_others_write_while_what_reads_a_corrected_task_is_loaded(service, others_write):
    employer = service.made("consultant", "employers", {"name": "Gartneriet"})["id"]
    order = service.made("consultant", "job-orders", {"employer_id": employer, "title": "Luge", **WORDS})
    others_write.clear()
    answer = service.ask(
        "consultant",
        "POST",
        f"/job-orders/{order['id']}/facts",
        Accept="text/html",
        Sec_Fetch_Site="same-origin",
    )
    assert answer.status_code < 500
    assert others_write == [HOME]
