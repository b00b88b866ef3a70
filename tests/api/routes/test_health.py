from api.casework import failures
from api.casework.municipalities import caller_at
from api.domain.failed_work import Work


def test_health_answers_without_sign_in(service):
    answer = service.ask(None, "GET", "/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["database"] == "ok"


def test_a_stranger_learns_nothing_more(service):
    assert service.ask(None, "GET", "/api/v1/centres").status_code == 401


def test_a_monitor_is_told_how_many_things_failed_and_not_what(service):
    assert service.ask(None, "GET", "/health").json()["failed"] == 0
    failures.note(service.store, caller_at("0370"), Work.STORING, RuntimeError(), "upload-1")
    said = service.ask(None, "GET", "/health")
    assert said.json()["failed"] == 1
    assert "upload-1" not in said.text
