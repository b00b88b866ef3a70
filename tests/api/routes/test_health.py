def test_health_answers_without_sign_in(service):
    answer = service.ask(None, "GET", "/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert answer.json()["database"] == "ok"


def test_a_stranger_learns_nothing_more(service):
    assert service.ask(None, "GET", "/api/v1/centres").status_code == 401
