import re
from itertools import count
from typing import Any

import pytest

from api.domain.caller import Role
from tests.api.pages.guarded import PAGES
from tests.api.routes.test_permissions import RANDOM, RELATIONS, STAFF, World, moves

ORDER = sorted(PAGES, key=lambda page: ("/access" in page, "/abilities" in page, "/undo" in page))
"""What is undone has been saved before, by the form alone; what opens a citizen comes last."""

ANSWERED = {
    "POST /search": 200,
    "POST /cafe": 422,
    "POST /intake/reading": 200,
}
"""Forms that are answered at once: a name never stands in an address, and what is being told neither.

Nobody is chosen for the café.
"""

NUMBERS = count(101)
"""So that all have names of their own: an id for one may look like a civil registration number.

Of three figures, since shorter words tell no name from a slip of it.
"""


class Pages(World):
    """The same world, asked for by a browser."""

    def ask(self, operation: str, role: Role, relation: str) -> Any:
        method, path = operation.split()
        ids = dict(self.ids[relation])
        home = self.ids["unassigned"]
        of_candidate = path.startswith("/job-orders") and "/abilities" in path
        body = _sent(operation) | ({"citizen_id": ids["citizen_id"]} if of_candidate else {})
        # the other side of a pair is there, so that the citizen decides
        paired = "{citizen_id}" in path or "{proposal_id}" in path
        at_home = relation in ("assigned", "unassigned")
        if paired:
            ids |= {name: home[name] for name in ("employer_id", "order_id")}
        if (paired or at_home) and moves(method, role, PAGES[operation].roles):
            if re.search("{order_id}|/proposals$", path):
                ids |= {"order_id": self._order(home)}
            if re.search("{(contact|reservation)_id}", path):
                ids |= self._contacted("colleague", home["employer_id"])
        ids |= {"import_id": RANDOM, "user_id": self.user(relation), "grant_id": RANDOM, "cafe_id": RANDOM}
        if path == "/intake/employee":
            body = body | {"employer_id": home["employer_id"]}
        if path.endswith("/proposals"):
            body = {"citizen_id": home["citizen_id"], "order_id": ids["order_id"]}
        if "{proposal_id}" in path and at_home and moves(method, role, PAGES[operation].roles):
            ids = self._fresh(operation, ids)
        if relation == "assigned":
            self._assign(role, ids["suggested_citizen" if "{proposal_id}" in path else "citizen_id"])
        if path.endswith("/reorder"):
            own = relation == "assigned"
            body = body | {"place.a": "2", "place.b": "1"}
            body = body | {"list_id": self._list(role, ids["citizen_id"]) if own else "none"}
        address = re.sub(r"{(\w+)}", lambda name: ids[name[1]], path)
        headers = {"Authorization": f"Bearer {self.service.tokens[str(role)]}", "Accept": "text/html"}
        return self.service.client.request(method, address, data=body, headers=headers)

    def _order(self, home: dict[str, str]) -> str:
        """Made anew for each who asks: some of what is asked moves it."""
        body = {"employer_id": home["employer_id"], "title": "Luge bede"}
        order: str = self.service.made("colleague", "job-orders", body)["id"]
        return order


def _sent(operation: str) -> dict[str, str]:
    """The form of the table; every centre and every new employer has a name of its own."""
    if operation == "POST /centres":
        return {"name": f"Havnen {next(NUMBERS)}"}
    body = PAGES[operation].body or {}
    return body | {"new.name": f"{body['new.name']} {next(NUMBERS)}"} if "new.name" in body else body


def expected(operation: str, role: Role, relation: str) -> int:
    cell = PAGES[operation]
    if role not in cell.roles:
        return 403
    told = cell.told[relation]
    names_a_citizen = "{citizen_id}" in operation or "{proposal_id}" in operation
    if names_a_citizen and role is STAFF and relation == "unassigned":
        return 404
    if told == 200 and operation.startswith("POST"):
        return ANSWERED.get(operation, 303)
    return told


@pytest.mark.parametrize("role", Role)
def test_every_role_gets_the_pages_that_the_table_says(service, role):
    world = Pages(service)
    got, wanted = {}, {}
    for relation in reversed(RELATIONS):
        for operation in ORDER:
            name = f"{operation} · {relation}"
            got[name] = world.ask(operation, role, relation).status_code
            wanted[name] = expected(operation, role, relation)
    assert got == wanted


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_sent_to_sign_in_and_told_nothing(service, page):
    method, path = page.split()
    address = re.sub(r"{\w+}", "anything", path)
    answer = service.client.request(method, address, headers={"Accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=")
    assert answer.text == ""


def test_what_is_foreign_is_shown_exactly_as_what_is_not_there(service):
    world = Pages(service)
    for operation in (name for name in PAGES if "{" in name):
        foreign, nothing = (world.ask(operation, Role.COORDINATOR, one) for one in ("foreign", "random"))
        assert foreign.status_code == nothing.status_code == 404
        texts = [
            re.sub("|".join({*world.ids[one].values(), world.user(one), RANDOM}), "ID", answer.text)
            for answer, one in ((foreign, "foreign"), (nothing, "random"))
        ]
        assert texts[0] == texts[1]
