from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

from api.routes import health as route
from api.routes.turns import AT_ONCE

ROUNDS = 3


def test_so_many_requests_are_worked_on_at_once_and_the_others_wait_for_their_turn(service, monkeypatch):
    together, lock, inside, most = Barrier(AT_ONCE), Lock(), 0, 0
    is_example = route.installation.is_example_data

    def counted(unit):
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        # each round goes on when it is full, so fewer at once would never be answered
        together.wait(30)
        with lock:
            inside -= 1
        return is_example(unit)

    monkeypatch.setattr(route.installation, "is_example_data", counted)
    with ThreadPoolExecutor(AT_ONCE * ROUNDS) as people:
        asked = [people.submit(service.ask, None, "GET", "/health") for _ in range(AT_ONCE * ROUNDS)]
        statuses = [one.result().status_code for one in asked]
    assert statuses == [200] * AT_ONCE * ROUNDS
    assert most == AT_ONCE


def test_a_refused_request_gives_its_turn_back(service):
    statuses = {service.ask(None, "GET", "/api/v1/centres").status_code for _ in range(AT_ONCE + 1)}
    assert statuses == {401}
    assert service.ask(None, "GET", "/health").status_code == 200


def test_there_are_fewer_turns_than_connections(service):
    assert service.store.engine.pool.size() + service.store.engine.pool._max_overflow > AT_ONCE
