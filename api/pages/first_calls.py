"""Whom to ring first: the calls that open something for most of those who wait, and what to say in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.access.scopes import Scope, may
from api.casework import first_calls as desk
from api.casework.contact_corrections import may_be_taken_back
from api.casework.first_calls import CallFound, CallsFound
from api.casework.prospecting import ENOUGH, Sought
from api.casework.supply import Kind
from api.domain.answers import fact_of
from api.domain.caller import Caller
from api.domain.contacts import ContactAbout
from api.domain.records import EmployerRecord
from api.exchange.firsts import address_line
from api.pages.part_by_weight import first_part, weight_of
from api.pages.rendering import render
from api.routes.answers import catalogues_of
from api.routes.bodies import StrictRoute
from api.routes.guards import CandidatesRead
from api.routes.language import language_of
from api.routes.units import store_of
from api.store import contacts, employers
from matching.language import speech
from matching.sentences import question
from matching.times import today_in_denmark

router = APIRouter(prefix="/calls", include_in_schema=False, route_class=StrictRoute)

POINTS = (40, 50, 60, 70, 80)
"""What can be chosen as enough."""

NAMED = 6
"""So many of the reader's own are named at first; the rest opens."""

HEAVIEST, NAME = 2_400, 130
"""Bytes of names that stand with a call, and those of a name beside its letters."""


@dataclass(frozen=True, slots=True)
class ToSay:
    """A question to an employer, about one of its orders or, with an empty `order_id`, about all of them.

    `fact` is what an answer settles, by which the page that asks it names its place.
    """

    text: str
    fact: str
    order_id: str
    title: str


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call: where the employer is, what to ask, and whom of the reader's it opens something for.

    Of `own` and `filled` as many are named as a page carries, by id; `more_own` and `more_filled` are not.
    """

    found: CallFound
    address: str
    to_say: tuple[ToSay, ...]
    own: tuple[tuple[str, str], ...]
    filled: tuple[tuple[str, str], ...]

    @property
    def more_own(self) -> int:
        """How many of the reader's own are not named."""
        return len(self.found.citizens) - len(self.own)

    @property
    def more_filled(self) -> int:
        """How many filled orders are not named."""
        return len(self.found.filled) - len(self.filled)

    @property
    def about(self) -> dict[str, str]:
        """What the call is about, as it is written down: of several orders, none is named."""
        if self.found.kind is Kind.EMPLOYERS:
            return {"about": ContactAbout.NEW_WORK}
        orders = set(self.found.tasks) if all(one.order_id for one in self.to_say) else set()
        return {"about": ContactAbout.JOB_ORDER} | ({"order": min(orders)} if len(orders) == 1 else {})

    @property
    def first_named(self) -> tuple[tuple[str, str], ...]:
        """Those who are named at first, by id and name."""
        return self.own[:NAMED]

    @property
    def also_named(self) -> tuple[tuple[str, str], ...]:
        """The rest of them."""
        return self.own[NAMED:]


@dataclass(frozen=True, slots=True)
class FirstCallsPage:
    """The calls, most useful first, and the further ones for the same citizens.

    `rung` is what the employer is called whose contact was recorded a moment ago, "" for none.
    """

    found: CallsFound
    rows: tuple[CallRow, ...]
    further: tuple[CallRow, ...]
    points: int
    writes: bool
    rung_id: str
    rung: str
    choices: tuple[int, ...] = POINTS
    template: str = "first_calls.html"

    @property
    def nobody(self) -> bool:
        """Whether there is nobody whom a call could be for."""
        return not (self.found.waiting or self.found.served)

    @property
    def address(self) -> str:
        """Where this list stands."""
        asked = {} if self.points == ENOUGH else {"points": self.points}
        return f"/calls?{urlencode(asked)}" if asked else "/calls"

    def recording(self, row: CallRow) -> str:
        """Where a call is written down, what it is about, and the way back."""
        query = urlencode({"back": self.address, **row.about})
        return f"/employers/{row.found.employer.id}?{query}#contacts"


@router.get("")
def first_calls(
    request: Request,
    caller: CandidatesRead,
    points: Annotated[int, Query(ge=0, le=100)] = int(ENOUGH),
    called: Annotated[str, Query(max_length=64)] = "",
) -> HTMLResponse:
    """The ten calls of the municipality; `called` is the contact that the caller has just written down."""
    store, kept, language = store_of(request), catalogues_of(request), language_of(request.scope)
    sought = Sought(least_points=points)
    found = desk.first_calls(store, kept, caller, sought, today_in_denmark(), language)
    rung = _rung(request, caller, called) if called else None
    page = FirstCallsPage(
        found=found,
        rows=tuple(_row(call, found, language) for call in found.calls),
        further=tuple(_row(call, found, language) for call in found.further),
        points=points,
        writes=may(caller, Scope.CONTACTS_WRITE),
        rung_id=rung.id if rung else "",
        rung=rung.name if rung else "",
        choices=tuple(sorted({*POINTS, points})),
    )
    return render(request, page)


def _row(call: CallFound, found: CallsFound, language: str) -> CallRow:
    said = speech(language)
    return CallRow(
        found=call,
        address=address_line(call.employer.place),
        to_say=tuple(
            ToSay(
                question(one.about, said), fact_of(one.about), one.order_id, call.tasks.get(one.order_id, "")
            )
            for one in call.questions
        ),
        own=_named([(citizen_id, found.names[citizen_id]) for citizen_id in call.citizens]),
        filled=_named([*call.filled.items()]),
    )


def _named(names: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The first of them, as many as stand with a call."""
    return first_part(names, lambda one: NAME + weight_of(one[1]), HEAVIEST)


def _rung(request: Request, caller: Caller, contact_id: str) -> EmployerRecord | None:
    """The employer of a contact that the caller has written down today; of anything else, None."""
    with store_of(request).unit(read_only=True) as unit:
        contact = contacts.find(unit, caller, contact_id)
        if contact is None or not may_be_taken_back(unit, caller, contact):
            return None
        return employers.some(unit, caller, [contact.employer_id]).get(contact.employer_id)
