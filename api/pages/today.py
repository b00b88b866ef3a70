"""The day's work on one page: what is due, new job orders nearby, and who has nothing suggested yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.access.scopes import Scope, may
from api.casework import accesses, failures, follow_ups, kept_cafes, suggestions
from api.casework import due as desk
from api.casework.catalogues import Catalogues
from api.casework.centres import by_id
from api.casework.due import Due
from api.casework.follow_ups import FollowUp
from api.casework.kept_cafes import Coming
from api.casework.leavers import lost
from api.casework.new_orders import NearOrder, new_orders
from api.casework.proposals import ProposalSeen
from api.casework.suggestions import Begun
from api.casework.unsuggested import unsuggested
from api.casework.users import names_of as called
from api.domain.caller import Caller
from api.domain.due import Whose
from api.domain.parts import Part
from api.domain.records import Centre, CitizenRecord
from api.domain.working_days import day_of
from api.exchange.firsts import address_line
from api.pages import due_count
from api.pages.call_draft import begun_calls
from api.pages.contact_chain import chain_at
from api.pages.due_count import DueCount
from api.pages.intake_page import BegunCall
from api.pages.outcomes import Outcomes, outcomes_of, recorded_of
from api.pages.rendering import render
from api.routes.answers import catalogues_of
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretched
from api.routes.guards import ProposalsRead
from api.routes.units import WriteUnit
from api.store import Unit
from api.store import citizens as store
from matching import Anchor

router = APIRouter(prefix="/today", include_in_schema=False, route_class=StrictRoute)

SHOWN_ORDERS, SHOWN_CITIZENS = 8, 8
"""So many of each are shown; the rest is counted, and stands on the page of all."""

NEW = timedelta(days=7)
"""A job order is new for so long."""


@dataclass(frozen=True, slots=True)
class WaitingCitizen:
    """One of the caller's citizens for whom nothing is suggested, since when they wait, where they work."""

    id: str
    name: str
    waiting_since: date | None
    begun: tuple[Begun, ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """What a coordinator keeps an eye on: citizens whom nobody works with, deadlines that passed anywhere.

    `accesses` counts the citizens whom somebody opened who does not work with them, as nobody has seen yet,
    `failures` what failed in the background and does not work again. `left` are colleagues who are shut out,
    by id, what they are called and how many citizens have got nobody in their place.
    """

    nobodys: int
    overdue: int
    accesses: int
    failures: int
    left: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class TodayPage:
    """What is due with the forms to record what came of it, new orders, and citizens without a suggestion.

    By id: `centres` are all there are, `chains` where the ways to reach a citizen are written. `whole` is for
    who coordinates. `recorded` is the proposal about which something was recorded just now, `awaited` are
    those who were contacted; `orders` is None for who does not read them. `followed_up` is the contact that
    somebody came back to just now, or that this was taken back of; `calls_begun` are calls broken off.
    `cafes` are those of today, and `resting` want work and are not able to now. `onward` is where what is due
    and who is awaited go on, `goes_on` which of them does so on this page. `begins` says that the
    municipality is not set up yet: it has no centre, no employer or no citizen who wants work.
    """

    due: Part[Due]
    awaited: Part[ProposalSeen]
    outcomes: Mapping[str, Outcomes]
    centres: Mapping[str, Centre]
    chains: Mapping[str, str]
    count: DueCount
    address: str
    onward: Mapping[str, str]
    goes_on: str
    whose: Whose
    widens: bool
    orders: tuple[NearOrder, ...] | None
    orders_total: int
    citizens: tuple[WaitingCitizen, ...]
    citizens_total: int
    own_total: int
    cafes: tuple[Coming, ...] = ()
    resting: tuple[CitizenRecord, ...] = ()
    whole: Whole | None = None
    begins: bool = False
    proposes: bool = False
    registers: bool = False
    calls: bool = False
    follows_up: bool = False
    followed_up: FollowUp | None = None
    recorded: Outcomes | None = None
    new_days: int = NEW.days
    calls_begun: tuple[BegunCall, ...] = ()
    template: str = "today.html"

    @property
    def reckons_ways(self) -> bool:
        """Whether somebody's way to a new order is known, so that the nearest one comes first."""
        return any(one.km is not None for one in self.orders or ())

    @staticmethod
    def where(order: NearOrder) -> str:
        """Where a new order is, as one line; "" where nobody has said."""
        return address_line(order.place)


@router.get("")
def today(
    request: Request,
    caller: ProposalsRead,
    unit: WriteUnit,
    stretch: Stretched,
    whose: Whose = Whose.MINE,
    awaited: Annotated[str, Query(max_length=500)] = "",
    recorded: Annotated[str, Query(max_length=64)] = "",
    followed_up: Annotated[str, Query(max_length=64)] = "",
) -> HTMLResponse:
    """The caller's day; the whole municipality's by initials when that is asked for."""
    asked = due_count.stretch_of(whose, stretch.cursor, stretch.limit)
    asked_who = due_count.awaited_stretch(whose, awaited)
    # where one of the two goes on, the other is counted alone
    most, most_who = 0 if awaited else asked.limit, 0 if stretch.cursor else asked_who.limit
    found = desk.due(unit, caller, whose, most, asked.after)
    waited = suggestions.awaited(unit, caller, whose, most_who, asked_who.after)
    listed = [*(one.proposal for one in found.items if one.proposal), *waited.rows]
    kept = catalogues_of(request)
    work = unsuggested(unit, caller, kept.people(unit, caller), SHOWN_CITIZENS)
    begun = suggestions.begun(unit, caller, {one.id for one in work.shown})
    near = _near(unit, caller, kept, work.starts)
    centres = by_id(unit, caller)
    page = TodayPage(
        due=found.part,
        awaited=waited,
        outcomes=outcomes_of(unit, caller, listed),
        centres=centres,
        chains={id_: chain_at(caller, id_) for id_ in _opened(found.items)},
        count=DueCount.of(found, waited, whose, most),
        address=due_count.address_of(whose, cursor=stretch.cursor, awaited=awaited),
        goes_on="awaited" if awaited else "due" if stretch.cursor else "",
        onward={
            "due": due_count.address_of(whose, cursor=asked.next(found.part.next)),
            "awaited": due_count.address_of(whose, awaited=asked_who.next(waited.next)),
            "beginning": due_count.address_of(whose),
        },
        whose=whose,
        widens=may(caller, Scope.CITIZENS_LIST),
        orders=None if near is None else tuple(near[:SHOWN_ORDERS]),
        orders_total=len(near or ()),
        citizens=tuple(
            WaitingCitizen(one.id, one.name, one.waiting_since, begun.get(one.id, ())) for one in work.shown
        ),
        citizens_total=work.total,
        own_total=work.own,
        cafes=_cafes(unit, caller),
        resting=tuple(work.resting),
        whole=_whole(unit, caller) if may(caller, Scope.CITIZENS_ASSIGN) else None,
        begins=not (centres and kept.of(unit, caller).supply.employers and kept.people(unit, caller).by_id),
        proposes=may(caller, Scope.PROPOSALS_WRITE),
        registers=may(caller, Scope.CITIZENS_WRITE),
        calls=may(caller, Scope.CANDIDATES_READ),
        follows_up=may(caller, Scope.CONTACTS_WRITE),
        followed_up=follow_ups.of(unit, caller, followed_up) if followed_up else None,
        recorded=recorded_of(unit, caller, recorded) if recorded else None,
        calls_begun=begun_calls(unit, caller),
    )
    return render(request, page)


def _whole(unit: Unit, caller: Caller) -> Whole:
    return Whole(
        nobodys=store.count_of_nobody(unit, caller),
        overdue=desk.overdue(unit, caller),
        accesses=accesses.count(unit, caller),
        failures=failures.count(unit, caller),
        left=_left(unit, caller),
    )


def _cafes(unit: Unit, caller: Caller) -> tuple[Coming, ...]:
    if not may(caller, Scope.CANDIDATES_READ):
        return ()
    return kept_cafes.coming(unit, caller, day_of(unit.at))


def _left(unit: Unit, caller: Caller) -> tuple[tuple[str, str, int], ...]:
    found = lost(unit, caller)
    names = called(unit, caller, found) if found else {}
    return tuple((id_, names[id_], count) for id_, count in found.items())


def _opened(items: Iterable[Due]) -> set[str]:
    seen = (one.proposal for one in items if one.proposal and one.proposal.open)
    return {one.proposal.citizen_id for one in seen}


def _near(unit: Unit, caller: Caller, kept: Catalogues, starts: Iterable[Anchor]) -> list[NearOrder] | None:
    if not may(caller, Scope.JOB_ORDERS_READ):
        return None
    return new_orders(unit, caller, kept.of(unit, caller), starts, day_of(unit.at) - NEW)
