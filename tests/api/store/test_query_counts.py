"""A list asks the database as often for a hundred rows as for one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import event

from api.access import audit
from api.casework import contacts as contacts_desk
from api.casework import employer_search, follow_ups, order_lists, silence
from api.casework.portfolio import Sought, portfolio
from api.domain.caller import Caller
from api.domain.contacts import ContactKind
from api.domain.records import OrderState
from api.domain.working_days import day_of
from api.store import Store, Unit, citizens, contact_days, contacts, employer_answers, employers, job_orders
from tests.api.makers import make_citizen, make_employer, make_order

Query = Callable[[Unit, Caller], object]


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    yield statements
    event.remove(store.engine, "before_cursor_execute", note)


def due_today(unit: Unit, caller: Caller) -> list[str]:
    return [one.id for one in contacts.due(unit, caller, day_of(unit.at))]


def add(store: Store, caller: Caller, count: int) -> None:
    with store.unit() as unit:
        citizens.add_all(unit, caller, [make_citizen(caller) for _ in range(count)])
        added = employers.add_all(unit, caller, [make_employer(caller) for _ in range(count)])
        job_orders.add_all(unit, caller, [make_order(employer) for employer in added])
        if employers.find(unit, caller, "e-1") is None:
            employers.add(unit, caller, make_employer(caller, id="e-1"))
        told = contacts_desk.NewContact(kind=ContactKind.CALL, follow_up_on=day_of(unit.at))
        for _ in range(count):
            contacts_desk.record(unit, caller, "e-1", told)
        unit.commit()


LISTS: dict[str, Query] = {
    "page": lambda unit, caller: citizens.page(unit, caller, limit=200),
    "ready": citizens.ready,
    "search": lambda unit, caller: citizens.search(unit, caller, "anna"),
    "employers": lambda unit, caller: employers.page(unit, caller, limit=200),
    "all employers": lambda unit, caller: employers.all_of(unit, caller.municipality),
    "open orders": lambda unit, caller: job_orders.open_of(unit, caller.municipality),
    "days of contacts": lambda unit, caller: contact_days.of(unit, caller.municipality),
    "answers of employers": lambda unit, caller: employer_answers.of(unit, caller.municipality),
    "follow-ups": lambda unit, caller: follow_ups.to_come_back_to(unit, caller, due_today(unit, caller)),
    "listed orders": lambda unit, caller: order_lists.listed(unit, caller, tuple(OrderState), limit=200),
    "found orders": lambda unit, caller: order_lists.listed(
        unit, caller, tuple(OrderState), "eksempel", limit=200
    ),
    "found employers": lambda unit, caller: employer_search.found_by(unit, caller, "eksempel", 200),
    "history": lambda unit, caller: contacts_desk.of_employer(unit, caller, "e-1", limit=200),
    "silent orders": lambda unit, caller: silence.silent_orders(unit, caller, date(2999, 1, 1)),
    "portfolio": lambda unit, caller: portfolio(unit, caller, Sought(words="gartneri", resting=True)),
}


def asked(store: Store, caller: Caller) -> dict[str, int]:
    """How often each list asks the database."""
    counts = {}
    for name, ask in LISTS.items():
        with counted(store) as statements, store.unit(read_only=True) as unit:
            ask(unit, caller)
        counts[name] = len(statements)
    return counts


def test_a_list_asks_as_often_for_many_as_for_one(store: Store, naestved: Caller):
    add(store, naestved, 1)
    for_one = asked(store, naestved)
    add(store, naestved, 99)
    assert asked(store, naestved) == for_one
    assert {name: count for name, count in for_one.items() if count > 9} == {}


def test_a_list_is_written_down_in_as_many_statements_as_one_look(store: Store, naestved: Caller):
    counts = []
    for looks in (1, 200):
        shown = [(f"c-{number}", {"version": 1}) for number in range(looks)]
        with counted(store) as statements, store.unit() as unit:
            audit.record_each(unit, naestved, "citizen_listed", shown)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 6


def test_adding_many_writes_as_often_as_adding_one(store: Store, naestved: Caller):
    counts = []
    for more in (1, 99):
        with counted(store) as statements, store.unit() as unit:
            employers.add_all(unit, naestved, [make_employer(naestved) for _ in range(more)])
        counts.append(len(statements))
    assert counts[0] == counts[1]
