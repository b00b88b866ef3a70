"""The people of a municipality, who speak to the service in turn: what each does, sees and is told."""

from dataclasses import dataclass
from typing import Any

import pytest

from api.access import tokens
from api.domain.caller import Role
from api.domain.records import Municipality
from api.store import municipalities, users
from tests.api.service import Service

ROLES = {
    "coordinator": Role.COORDINATOR,
    "consultant": Role.CONSULTANT,
    "colleague": Role.CONSULTANT,
    "caseworker": Role.CASEWORKER,
    "housing_staff": Role.CENTRE_STAFF,
}
ROOT = "/api/v1/"


@dataclass(frozen=True)
class Person:
    """Somebody at a desk. What is done has to succeed; what is refused is asked for by `told`."""

    service: Service
    name: str
    user_id: str

    def sees(self, path: str, language: str = "en") -> Any:
        """What stands there."""
        answer = self.service.ask(self.name, "GET", ROOT + path, Accept_Language=language)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def adds(self, path: str, **said: Any) -> Any:
        """Something new, as it is kept."""
        return self.service.made(self.name, path, said)

    def records(self, path: str, **said: Any) -> Any:
        """What became of something, and what is shown then."""
        answer = self.service.ask(self.name, "POST", ROOT + path, said)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def changes(self, path: str, method: str = "PATCH", **said: Any) -> Any:
        """Something that is there, from the version that is there."""
        answer = self.service.ask(self.name, method, ROOT + path, said, If_Match="*")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def told(self, status: int, method: str, path: str, **said: Any) -> Any:
        """Why something cannot be done."""
        body = None if method in ("GET", "DELETE") else said
        answer = self.service.ask(self.name, method, ROOT + path, body)
        assert answer.status_code == status, answer.text
        return answer.json()


@dataclass(frozen=True)
class Town:
    """Whom one meets in a municipality."""

    coordinator: Person
    consultant: Person
    colleague: Person
    caseworker: Person
    housing_staff: Person


@pytest.fixture
def vejle(service: Service) -> Town:
    return _town(service, "0630", "Vejle")


@pytest.fixture
def holstebro(service: Service) -> Town:
    return _town(service, "0661", "Holstebro")


@pytest.fixture
def naestved(service: Service) -> Town:
    return _town(service, "0370", "Næstved")


def names(listed: dict[str, Any]) -> list[str]:
    """The citizens of a list of candidates, as the caller may call them."""
    return [item["citizen"]["name"] or item["citizen"]["initials"] for item in listed["items"]]


def titles(listed: dict[str, Any]) -> list[str]:
    """The tasks of a shortlist, best first."""
    return [item["title"] for item in listed["items"]]


def _town(service: Service, code: str, name: str) -> Town:
    people = {}
    with service.store.unit() as unit:
        if municipalities.find(unit, code) is None:
            municipalities.add(unit, Municipality(code=code, name=name, example=True))
        for person, role in ROLES.items():
            called = f"{person} of {name}"
            user = users.add(unit, code, called, role)
            service.tokens[called] = tokens.issue(unit, user).secret
            people[person] = Person(service, called, user.id)
        unit.commit()
    return Town(**people)
