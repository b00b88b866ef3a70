"""Filling an empty database with example data, marked as such for ever.

Every example user gets a password and a token of their own; they are answered once and kept only as hashes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from api.access import passwords, tokens
from api.casework.marking import mark_desk
from api.casework.municipalities import caller_at
from api.casework.rehearsing import rehearse
from api.domain.accounts import UserRecord
from api.domain.caller import Channel, Role
from api.domain.records import Municipality
from api.examples.canaries import Canary
from api.examples.desk import Desk
from api.examples.municipality import ExampleMunicipality
from api.store import (
    Store,
    Unit,
    assignments,
    centres,
    citizens,
    employers,
    installation,
    job_orders,
    municipalities,
    users,
)
from geo import Refused
from geo.errors import N_


@dataclass(frozen=True, kw_only=True)
class Login:
    """How an example user signs in."""

    municipality: str
    role: Role
    username: str
    password: str
    token: str


def seed(
    store: Store,
    examples: Iterable[ExampleMunicipality],
    canary: Canary | None = None,
    desks: Mapping[str, Desk] | None = None,
) -> Iterator[list[Login]]:
    """Store example municipalities one by one, answering the logins of each as soon as it is there.

    `desks`, by code, say what happened there lately. With a `canary`, what is noted down at the desk is
    marked, too. Raises `Refused` when the database holds anything already: example data never mixes with real
    people.
    """
    with store.unit() as unit:
        if not installation.is_empty(unit):
            problem = N_("The database is not empty, and example data never mixes with real data.")
            raise Refused("db", problem, N_("Name a new database with --db."))
        installation.mark_example_data(unit)
        unit.commit()
    for example in examples:
        with store.unit() as unit:
            logins = _keep(unit, example, canary, (desks or {}).get(example.code, Desk()))
            unit.commit()
        yield logins


def _keep(unit: Unit, example: ExampleMunicipality, canary: Canary | None, desk: Desk) -> list[Login]:
    municipalities.add(unit, Municipality(code=example.code, name=example.name, example=True))
    caller = caller_at(example.code)
    logins, added = [], {}
    for one in example.users:
        password = passwords.made_up()
        hashed = passwords.hash_password(password)
        added[one.role] = users.add(unit, example.code, one.username, one.role, hashed, one.name)
        logins.append(_login(unit, added[one.role], password))
    centres.add_all(unit, caller, example.centres)
    employers.add_all(unit, caller, example.employers)
    to_take_down = {order.id: order for order in example.job_orders if order.id in desk.taken_down}
    there = (order for order in example.job_orders if order.id not in to_take_down)
    job_orders.add_all(unit, caller, there)
    citizens.add_all(unit, caller, example.citizens)
    for citizen_id, role in example.assignments:
        assignments.assign(unit, caller, citizen_id, added[role].id)
    rehearse(unit, added, desk, to_take_down)
    if canary:
        consultant = users.caller_of(added[Role.CONSULTANT], Channel.COMMAND_LINE)
        mark_desk(unit, consultant, example, canary)
    return logins


def _login(unit: Unit, user: UserRecord, password: str) -> Login:
    token = tokens.issue(unit, user, "example")
    return Login(
        municipality=user.municipality,
        role=user.role,
        username=user.username,
        password=password,
        token=token.secret,
    )
