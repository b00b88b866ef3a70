"""Every role, every operation, every relation to what is asked for: what is answered.

The table is written out in words: which roles may, and what those who may are told about a thing that is
theirs, their municipality's, another municipality's, and nobody's.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from api.access.scopes import ROLES, Scope
from api.domain.caller import Role
from matching.times import DENMARK_TIME
from tests.api.described import description

RELATIONS = ("assigned", "unassigned", "foreign", "random")
IN_A_MONTH = datetime.now(DENMARK_TIME).date() + timedelta(days=30)
RANDOM = "0123456789abcdef0123456789abcdef"

CONSULTANT, CASEWORKER, COORDINATOR = Role.CONSULTANT, Role.CASEWORKER, Role.COORDINATOR
STAFF, ANALYST, OPERATOR, AUDITOR = Role.CENTRE_STAFF, Role.ANALYST, Role.OPERATOR, Role.AUDITOR
DESK = {CONSULTANT, CASEWORKER, COORDINATOR}
SUPPLY = DESK | {ANALYST, OPERATOR}

OWN_WORK = {"assigned": 200, "unassigned": 403, "foreign": 404, "random": 404}
"""What concerns a citizen in detail: open when the citizen is the caller's work."""

OWN_PLACE = {"assigned": 200, "unassigned": 200, "foreign": 404, "random": 404}
"""What concerns the municipality: open to everybody there whose role includes it."""

ANY = dict.fromkeys(RELATIONS, 200)
"""What names nothing in particular."""

CITIZEN = {"name": "Dorte Dam", "anchors": [{"kind": "postal_district", "postcode": "4700"}]}
ANSWER = {"about": "machines", "answer": "no"}
REORDER = {"shown": ["a", "b"], "order": ["b", "a"], "reason": "Har talt med stedet"}
NO = {"declined_by": "citizen", "reason": "times"}


@dataclass(frozen=True)
class Cell:
    """Who may, what they are told, and what is sent; `created` where 200 is said as 201."""

    roles: set[Role]
    told: dict[str, int]
    body: Any = None
    created: bool = False


TABLE = {
    "GET /api/v1/citizens": Cell(DESK | {STAFF}, ANY),
    "POST /api/v1/citizens": Cell(DESK, ANY, CITIZEN, created=True),
    "POST /api/v1/citizens/search": Cell(DESK | {STAFF}, ANY, {"name": "Dam"}),
    "GET /api/v1/citizens/{citizen_id}": Cell(DESK | {STAFF}, OWN_WORK),
    "PATCH /api/v1/citizens/{citizen_id}": Cell(DESK, OWN_WORK, {"ready": True}),
    "POST /api/v1/citizens/{citizen_id}/access-requests": Cell(
        DESK, OWN_PLACE, {"reason": "Ringer for en kollega, som er syg"}, created=True
    ),
    "GET /api/v1/citizens/{citizen_id}/assignments": Cell(DESK | {STAFF}, OWN_PLACE),
    "POST /api/v1/citizens/{citizen_id}/assignments": Cell({COORDINATOR}, OWN_PLACE, {}),
    "DELETE /api/v1/citizens/{citizen_id}/assignments/{user_id}": Cell({COORDINATOR}, OWN_PLACE),
    "GET /api/v1/citizens/{citizen_id}/shortlist": Cell(DESK | {STAFF}, OWN_WORK),
    "GET /api/v1/citizens/{citizen_id}/explanations/{other_id}": Cell(DESK | {STAFF}, OWN_WORK),
    "GET /api/v1/job-orders/{order_id}/explanations/{citizen_id}": Cell(DESK | {STAFF}, OWN_WORK),
    "GET /api/v1/centres": Cell(SUPPLY | {STAFF}, ANY),
    "POST /api/v1/centres": Cell({COORDINATOR, OPERATOR}, ANY, {"name": "Havnen"}, created=True),
    "GET /api/v1/centres/{centre_id}": Cell(SUPPLY | {STAFF}, OWN_PLACE),
    "PATCH /api/v1/centres/{centre_id}": Cell({COORDINATOR, OPERATOR}, OWN_PLACE, {"name": "Havnen"}),
    "GET /api/v1/employers": Cell(SUPPLY, ANY),
    "POST /api/v1/employers": Cell({CONSULTANT, COORDINATOR}, ANY, {"name": "Gartneriet"}, created=True),
    "GET /api/v1/employers/{employer_id}": Cell(SUPPLY, OWN_PLACE),
    "PATCH /api/v1/employers/{employer_id}": Cell(
        {CONSULTANT, COORDINATOR}, OWN_PLACE, {"phone": "55 55 12 12"}
    ),
    "POST /api/v1/employers/{employer_id}/mark": Cell(
        {CONSULTANT, COORDINATOR}, OWN_PLACE, {"lat": 55.23, "lon": 11.76}
    ),
    "POST /api/v1/employers/{employer_id}/answers": Cell({CONSULTANT, COORDINATOR}, OWN_PLACE, ANSWER),
    "GET /api/v1/employers/{employer_id}/contacts": Cell(DESK, OWN_PLACE),
    "POST /api/v1/employers/{employer_id}/contacts": Cell(DESK, OWN_PLACE, {"kind": "call"}, created=True),
    "GET /api/v1/employers/{employer_id}/contacts/{contact_id}": Cell(DESK, OWN_PLACE),
    "POST /api/v1/employers/{employer_id}/contacts/{contact_id}/settled": Cell(DESK, OWN_PLACE),
    "POST /api/v1/employers/{employer_id}/contacts/{contact_id}/note": Cell(DESK, OWN_PLACE, {"note": ""}),
    "POST /api/v1/employers/{employer_id}/contacts/{contact_id}/reply": Cell(
        DESK, OWN_PLACE, {"reply": "yes"}
    ),
    # the contact was written down by somebody else
    "POST /api/v1/employers/{employer_id}/contacts/{contact_id}/taken-back": Cell(
        DESK, OWN_PLACE | {"assigned": 409, "unassigned": 409}
    ),
    "GET /api/v1/employers/{employer_id}/questions": Cell(DESK, OWN_PLACE),
    "GET /api/v1/employers/{employer_id}/contact-reservations": Cell(DESK, OWN_PLACE),
    "POST /api/v1/employers/{employer_id}/contact-reservations": Cell(
        DESK, OWN_PLACE, {"reason": "Bestyreren bad om det"}, created=True
    ),
    "DELETE /api/v1/employers/{employer_id}/contact-reservations/{reservation_id}": Cell(DESK, OWN_PLACE),
    "GET /api/v1/job-orders": Cell(SUPPLY, ANY),
    "POST /api/v1/job-orders": Cell(DESK, ANY, {"title": "Luge bede"}, created=True),
    "GET /api/v1/job-orders/{order_id}": Cell(SUPPLY, OWN_PLACE),
    "PATCH /api/v1/job-orders/{order_id}": Cell(DESK, OWN_PLACE, {"places": 2}),
    "POST /api/v1/job-orders/{order_id}/answers": Cell(DESK, OWN_PLACE, ANSWER),
    "GET /api/v1/job-orders/{order_id}/candidates": Cell(DESK, OWN_PLACE),
    "GET /api/v1/citizens/{citizen_id}/contact-chain": Cell(DESK | {STAFF}, OWN_WORK),
    "PUT /api/v1/citizens/{citizen_id}/contact-chain": Cell(DESK, OWN_WORK, {"links": []}),
    "GET /api/v1/job-orders/{order_id}/moves": Cell(SUPPLY, OWN_PLACE),
    "GET /api/v1/job-orders/{order_id}/clock-pauses": Cell(SUPPLY, OWN_PLACE),
    "POST /api/v1/job-orders/{order_id}/clock-pauses": Cell(
        DESK, OWN_PLACE, {"reason": "Ferielukket"}, created=True
    ),
    "DELETE /api/v1/job-orders/{order_id}/clock-pauses": Cell(DESK, OWN_PLACE),
    "GET /api/v1/job-orders/{order_id}/questions": Cell(DESK, OWN_PLACE),
    "POST /api/v1/job-orders/{order_id}/still-wanted": Cell(DESK, OWN_PLACE, {}),
    "POST /api/v1/job-orders/{order_id}/taken-over": Cell(DESK, OWN_PLACE),
    # what was taken over the line before
    "POST /api/v1/job-orders/{order_id}/handed-back": Cell(DESK, OWN_PLACE),
    # of an order that nobody closed
    "POST /api/v1/job-orders/{order_id}/reopened": Cell(
        DESK, OWN_PLACE | {"assigned": 409, "unassigned": 409}
    ),
    "POST /api/v1/job-orders/{order_id}/return": Cell(DESK, OWN_PLACE, {"cause": "no_candidate"}),
    "GET /api/v1/proposals": Cell(DESK | {STAFF}, ANY),
    "POST /api/v1/proposals": Cell(DESK, OWN_WORK, {"started_from": "citizen"}, created=True),
    "GET /api/v1/proposals/{proposal_id}": Cell(DESK | {STAFF}, OWN_PLACE),
    "GET /api/v1/proposals/{proposal_id}/moves": Cell(DESK | {STAFF}, OWN_WORK),
    "POST /api/v1/proposals/{proposal_id}/contacted": Cell(DESK | {STAFF}, OWN_WORK, {}),
    "POST /api/v1/proposals/{proposal_id}/accepted": Cell(DESK | {STAFF}, OWN_WORK, {}),
    # nobody has said yes
    "POST /api/v1/proposals/{proposal_id}/start-agreed": Cell(
        DESK | {STAFF}, OWN_WORK | {"assigned": 409}, {"starts_on": "2030-01-02"}
    ),
    "POST /api/v1/proposals/{proposal_id}/begun": Cell(DESK | {STAFF}, OWN_WORK | {"assigned": 409}, {}),
    "POST /api/v1/proposals/{proposal_id}/declined": Cell(DESK | {STAFF}, OWN_WORK, NO),
    "POST /api/v1/proposals/{proposal_id}/not-able-now": Cell(DESK | {STAFF}, OWN_WORK, {}),
    "POST /api/v1/proposals/{proposal_id}/withdrawn": Cell(DESK | {STAFF}, OWN_WORK, {}),
    # nobody here has recorded the contact that would be taken back
    "POST /api/v1/proposals/{proposal_id}/taken-back": Cell(DESK | {STAFF}, OWN_WORK | {"assigned": 409}, {}),
    "POST /api/v1/lists/{list_id}/reorder": Cell(DESK, OWN_WORK, REORDER, created=True),
    "GET /api/v1/imports": Cell({CONSULTANT, COORDINATOR, OPERATOR}, ANY),
    "POST /api/v1/imports": Cell({CONSULTANT, COORDINATOR, OPERATOR}, dict.fromkeys(RELATIONS, 422), {}),
    "GET /api/v1/imports/{import_id}": Cell(
        {CONSULTANT, COORDINATOR, OPERATOR}, dict.fromkeys(RELATIONS, 404)
    ),
    "POST /api/v1/imports/{import_id}/taken-back": Cell(
        {CONSULTANT, COORDINATOR, OPERATOR}, dict.fromkeys(RELATIONS, 404), {}
    ),
    "GET /api/v1/due": Cell(DESK | {STAFF}, ANY),
    "GET /api/v1/calls": Cell(DESK, ANY),
    "GET /api/v1/practices": Cell(SUPPLY | {AUDITOR}, ANY),
    "PATCH /api/v1/practices": Cell({COORDINATOR}, ANY, {"contact_days": 3}),
    "GET /api/v1/users": Cell({COORDINATOR, OPERATOR}, ANY),
    "GET /api/v1/users/{user_id}": Cell({COORDINATOR, OPERATOR}, OWN_PLACE),
    "PATCH /api/v1/users/{user_id}": Cell({COORDINATOR, OPERATOR}, OWN_PLACE, {"name": "Ole Lund"}),
    "POST /api/v1/read-task": Cell(DESK | {ANALYST, STAFF}, ANY, {"text": "Feje gårdsplads"}),
}


ORDER = sorted(TABLE, key=lambda operation: "access-requests" in operation or "assignments" in operation)
"""What changes a relation comes after what depends on it."""


def operations() -> list[str]:
    paths = description()["paths"]
    found = [f"{method.upper()} {path}" for path, methods in paths.items() for method in methods]
    return [operation for operation in found if operation != "GET /health"]


def expected(operation: str, role: Role, relation: str) -> int:
    cell = TABLE[operation]
    if role not in cell.roles:
        return 403
    told = cell.told[relation]
    # centre staff come no further than their own citizens, and are not told that there are others
    names_a_citizen = "{citizen_id}" in operation or "{proposal_id}" in operation
    if names_a_citizen and role is STAFF and relation == "unassigned":
        return 404
    return 201 if told == 200 and cell.created else told


def moves(method: str, role: Role, roles: set[Role]) -> bool:
    """Whether an operation leaves what it is asked about changed; else it can be asked about again.

    Who may not and is let in all the same is told something else than 403, which no table says.
    """
    return method != "GET" and role in roles


class World:
    """One of everything in both municipalities; the citizen of Næstved is one colleague's work."""

    def __init__(self, service: Any) -> None:
        self.service = service
        self._assigned: set[tuple[Role, str]] = set()
        self.ids = {
            "unassigned": self._filled("colleague"),
            "foreign": self._filled("away"),
            "random": dict.fromkeys(
                (
                    *("citizen_id", "centre_id", "employer_id", "order_id", "proposal_id"),
                    *("contact_id", "reservation_id"),
                ),
                RANDOM,
            ),
        }
        self.ids["assigned"] = self.ids["unassigned"]

    def _filled(self, who: str) -> dict[str, str]:
        made = self.service.made
        employer = made(who, "employers", {"name": "Gartneriet", "advertising_protected": "no"})["id"]
        order = made(who, "job-orders", {"employer_id": employer, "title": "Luge bede"})["id"]
        citizen = made(who, "citizens", CITIZEN)["id"]
        boss = "coordinator" if who == "colleague" else "away_coordinator"
        centre = made(boss, "centres", {"name": "Havnen"})["id"]
        ids = {"citizen_id": citizen, "centre_id": centre, "employer_id": employer, "order_id": order}
        return ids | self._suggested(who, employer) | self._contacted(who, employer)

    def _suggested(self, who: str, employer: str) -> dict[str, str]:
        """A pair of its own, so that what becomes of it touches nothing else."""
        made = self.service.made
        citizen = made(who, "citizens", CITIZEN)["id"]
        order = made(who, "job-orders", {"employer_id": employer, "title": "Feje"})["id"]
        proposal = made(who, "proposals", {"citizen_id": citizen, "order_id": order})["id"]
        return {"proposal_id": proposal, "suggested_citizen": citizen, "suggested_order": order}

    def _contacted(self, who: str, employer: str) -> dict[str, str]:
        made, path = self.service.made, f"employers/{employer}"
        contact = made(who, f"{path}/contacts", {"kind": "call", "follow_up_on": str(IN_A_MONTH)})["id"]
        reserved = made(who, f"{path}/contact-reservations", {"reason": "Prøve"})["id"]
        return {"contact_id": contact, "reservation_id": reserved}

    def _fresh(self, operation: str, ids: dict[str, str]) -> dict[str, str]:
        """What an operation moves is made anew for each who asks."""
        if re.search("{proposal_id}|clock-pauses|/return", operation):
            ids |= self._suggested("colleague", ids["employer_id"])
        if "contact" in operation and "employers" in operation:
            ids |= self._contacted("colleague", ids["employer_id"])
        if "clock-pauses" in operation or "/return" in operation:
            ids["order_id"] = ids["suggested_order"]
        if "{user_id}" in operation:
            ids["citizen_id"] = self.service.made("colleague", "citizens", CITIZEN)["id"]
        return ids

    def ask(self, operation: str, role: Role, relation: str) -> Any:
        method, path = operation.split()
        ids = dict(self.ids[relation])
        home = self.ids["unassigned"]
        asks_of_user = path.startswith("/api/v1/users")
        ids |= {"import_id": RANDOM, "user_id": self.user(relation if asks_of_user else "assigned")}
        if "{citizen_id}" in path:  # the other side of a pair is there, so that the citizen decides
            ids |= {"order_id": home["order_id"], "other_id": home["order_id"]}
        body = TABLE[operation].body
        if relation in ("assigned", "unassigned") and moves(method, role, TABLE[operation].roles):
            ids = self._fresh(operation, ids)
        if operation == "POST /api/v1/job-orders":
            body = body | {"employer_id": home["employer_id"]}
        if operation == "POST /api/v1/proposals":
            body = body | {"citizen_id": ids["citizen_id"], "order_id": home["order_id"]}
        if relation == "assigned":
            self._assign(role, ids["suggested_citizen" if "{proposal_id}" in path else "citizen_id"])
        if "{list_id}" in path:
            body = body | {"citizen_id": ids["citizen_id"]}
            ids["list_id"] = self._list(role, ids["citizen_id"]) if relation == "assigned" else RANDOM
        filled = re.sub(r"{(\w+)}", lambda name: ids[name[1]], path)
        return self.service.ask(str(role), method, filled, body, If_Match="*")

    def user(self, relation: str) -> str:
        """A colleague, somebody of another municipality, or nobody."""
        if relation == "random":
            return RANDOM
        found: str = self.service.user_ids["away" if relation == "foreign" else "colleague"]
        return found

    def _list(self, role: Role, citizen_id: str) -> str:
        """A list that somebody of the role was shown; of no use to those who may see none."""
        read = self.service.ask(str(role), "GET", f"/api/v1/citizens/{citizen_id}/shortlist").json()
        found: str = read.get("list", RANDOM)
        return found

    def _assign(self, role: Role, citizen_id: str) -> None:
        """No assignment that is made here is ended, so once is enough; who sees no citizens has none."""
        if (role, citizen_id) in self._assigned:
            return
        self._assigned.add((role, citizen_id))
        path = f"/api/v1/citizens/{citizen_id}/assignments"
        user = {"user_id": self.service.user_ids[str(role)]}
        answered = self.service.ask("coordinator", "POST", path, user).status_code
        assert answered == (200 if Scope.CITIZENS_READ in ROLES[role] else 422)


def test_the_table_names_every_operation_and_no_other():
    assert set(TABLE) == set(operations())


@pytest.mark.parametrize("role", Role)
def test_every_role_gets_what_the_table_says(service, role):
    world = World(service)
    asked = [(operation, relation) for relation in reversed(RELATIONS) for operation in ORDER]
    got, wanted = {}, {}
    for operation, relation in asked:
        name = f"{operation} · {relation}"
        got[name] = world.ask(operation, role, relation).status_code
        wanted[name] = expected(operation, role, relation)
    assert got == wanted


def test_what_is_foreign_answers_exactly_as_what_is_not_there(service):
    world = World(service)
    for operation in (name for name in TABLE if "{" in name):
        for role in TABLE[operation].roles:
            foreign, nothing = (world.ask(operation, role, relation) for relation in ("foreign", "random"))
            assert (operation, foreign.status_code) == (operation, 404)
            assert _without_number(foreign) == _without_number(nothing)


def _without_number(answer: Any) -> tuple[Any, dict[str, str]]:
    body = {name: value for name, value in answer.json().items() if name != "request_id"}
    return body, {name: value for name, value in answer.headers.items() if name != "x-request-id"}
