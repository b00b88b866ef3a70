"""A day of work for Næstved's consultant on the example data: overdue, due, to ask again, sent back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from api.access.breaking_glass import open_citizen
from api.casework.proposals import CameOf, NewProposal, propose, record
from api.domain.caller import Caller, Channel
from api.domain.moves import ProposalState
from api.domain.proposals import Proposal, StartedFrom
from api.domain.records import ChainLink, CitizenRecord, JobOrderRecord, OrderState, Through
from api.domain.working_days import day_of
from api.store import Store, Unit, assignments, citizens, job_orders, moves, new_id, proposals, users
from api.store.users import caller_of
from tests.api.makers import make_citizen
from tests.browser.chromium import go

OVERDUE, TO_ASK_AGAIN = "citizen-0370-08", "citizen-0370-15"
"""The second is somebody else's work, and shown by initials."""

TO_CONTACT = ("citizen-0370-11", "citizen-0370-12", "citizen-0370-13", "citizen-0370-14")


def opened_at(page: Any, name: str) -> Any:
    """The row of somebody among what is to do, on whichever part of the day's page it stands."""
    row = page.locator("#due > li").filter(has_text=name)
    page.goto("/today")
    while row.count() == 0:
        go(page, page.locator("section", has=page.locator("#due")).get_by_role("link", name="Vis flere"))
    return row


def a_day(store: Store) -> None:
    """Lay it out in a unit of its own."""
    with store.unit() as unit:
        caller = _consultant(unit)
        orders = iter(_taken(unit, caller, days) for days in (9, 0, 0, 0, 1, 0, 2, 0))
        suggest = {
            person: _suggested(unit, caller, person, next(orders))
            for person in (OVERDUE, *TO_CONTACT, TO_ASK_AGAIN)
        }
        _ask_again(unit, caller, suggest)
        _sent_back(unit, caller, next(orders))
        next(orders)
        open_citizen(unit, _user(unit, "caseworker-0370"), OVERDUE, "Ringer for en kollega, der er syg i dag")
        unit.commit()


def somebody_new(store: Store, hers: bool = True) -> CitizenRecord:
    """A citizen whom no other test knows, as the consultant's work or somebody else's."""
    with store.unit() as unit:
        caller = _consultant(unit)
        # the end of an id: its beginning is the time, the same for a minute
        known = {"name": f"Prøve {new_id()[-8:]}", "waiting_since": day_of(unit.at)}
        citizen = citizens.add(unit, caller, make_citizen(caller, **known))
        if hers:
            assignments.assign(unit, caller, citizen.id, caller.user_id)
        unit.commit()
    return citizen


def suggested_to(store: Store, citizen: CitizenRecord) -> str:
    """The name of a citizen to whom a task was suggested today."""
    with store.unit() as unit:
        caller = _consultant(unit)
        _suggested(unit, caller, citizen.id, _taken(unit, caller, 0))
        unit.commit()
    return citizen.name


def _consultant(unit: Unit) -> Caller:
    return _user(unit, "consultant-0370")


def _user(unit: Unit, username: str) -> Caller:
    user = users.by_username(unit, username)
    assert user is not None
    return caller_of(user, Channel.BROWSER)


def _taken(unit: Unit, caller: Caller, days: int) -> JobOrderRecord:
    """The next order nobody took down yet, with one place, as though the consultant had done it days ago."""
    found = job_orders.open_of(unit, caller.municipality)
    free = [one for one in found if not one.taken_by and not one.open_proposals]
    # from the end: the beginning of the list is what other tests look at
    since = unit.at - timedelta(days=days)
    taken = replace(free[-1], taken_by=caller.user_id, clock_from=since, places=1)
    return job_orders.replace(unit, caller, taken, taken.version)


def _suggested(unit: Unit, caller: Caller, person: str, order: JobOrderRecord) -> Proposal:
    citizen = citizens.find(unit, caller, person)
    assert citizen is not None
    chain = (ChainLink(through=Through.DROP_IN_CENTRE, name="Mette", number="00 12 34 56"),)
    able = replace(citizen, chain=chain, ready=True, not_able_until=None)
    citizens.replace(unit, caller, able, citizen.version)
    _take_back(unit, caller, person)
    new = NewProposal(citizen_id=person, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
    return propose(unit, caller, new).proposal


def _take_back(unit: Unit, caller: Caller, person: str) -> None:
    """Whatever else is suggested to a citizen of the consultant's, so that there is one row for each."""
    waiting = (ProposalState.PROPOSED, ProposalState.CONTACTED, ProposalState.NOT_ABLE_NOW)
    for one in proposals.in_states(unit, caller, waiting):
        if one.citizen_id == person and citizens.may_open(unit, caller, person):
            record(unit, caller, one.id, CameOf(state=ProposalState.WITHDRAWN))


def _ask_again(unit: Unit, caller: Caller, suggest: Mapping[str, Proposal]) -> None:
    now = proposals.find(unit, caller, suggest[TO_ASK_AGAIN].id)
    assert now is not None
    resting = replace(now, state=ProposalState.NOT_ABLE_NOW, review_on=day_of(unit.at))
    proposals.move(unit, caller, now, resting)


def _sent_back(unit: Unit, caller: Caller, order: JobOrderRecord) -> None:
    sent = replace(order, state=OrderState.RETURNED)
    moves.keep(unit, caller, moves.OF_ORDERS, order.id, order.state, sent.state, "no_candidate")
    job_orders.replace(unit, caller, sent, order.version)
