"""What employers and the citizen answer while somebody rings from the call sheet or looks at a list.

Each answer leads back to where it was given, as that stood; each is taken back by one press.
"""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.casework import answers as desk
from api.casework import calls
from api.casework import citizens as citizens_desk
from api.casework import contact_corrections as corrections
from api.casework.calls import Call
from api.domain.answers import fact_of
from api.domain.contacts import ContactReply
from api.exchange.days import day_ahead
from api.exchange.values import Given
from api.pages.answers import (
    About,
    NoAnswer,
    Said,
    Version,
    apart,
    record_for_employer,
    record_place,
    record_written,
)
from api.pages.call_order import LENGTH
from api.pages.call_sheet import BACK_ON, not_heard
from api.pages.sign_in import local
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import (
    CitizensWrite,
    ContactsWrite,
    EmployersRead,
    EmployersWrite,
    JobOrdersWrite,
    ShortlistsRead,
)
from api.routes.language import language_of, translator
from api.routes.units import WriteUnit, store_of
from geo import Refused
from matching.vocabulary import parse_code

router = APIRouter(prefix="/citizens/{citizen_id}/answers", include_in_schema=False, route_class=StrictRoute)

Sheet = Annotated[str, Form(max_length=LENGTH)]
View = Annotated[str | None, Form(max_length=1000)]


@router.post("/job-orders/{order_id}")
def answer_for_order(
    request: Request,
    citizen_id: Id,
    order_id: Id,
    caller: JobOrdersWrite,
    _lists: ShortlistsRead,
    _employers: EmployersRead,
    answer: Said,
    about: About = "",
    sheet: Sheet = "",
    view: View = None,
) -> Response:
    """Record what was answered about one task; with a `view` it was asked on the list.

    Words that tell of no hours or times stay in their field, with the reason.
    """
    with store_of(request).unit() as unit:
        citizens_desk.opened(unit, caller, citizen_id, "shortlist_read")
    if no_answer := record_written(request, caller, order_id, *apart(about, answer)):
        return not_heard(request, caller, citizen_id, sheet, no_answer)
    return _back(citizen_id, order_id, sheet, view)


@router.post("/job-orders/{order_id}/undo")
def take_back_of_order(
    citizen_id: Id,
    order_id: Id,
    caller: JobOrdersWrite,
    unit: WriteUnit,
    about: About,
    version: Version,
    seen: Version,
    sheet: Sheet = "",
    view: View = None,
) -> Response:
    """Let an answer about one task be what it was before it was given."""
    citizens_desk.opened(unit, caller, citizen_id, "shortlist_read")
    desk.take_back_of_order(unit, caller, order_id, fact_of(about), version, seen)
    return _back(citizen_id, order_id, sheet, view, undone=True)


@router.post("/employers/{employer_id}")
def answer_for_employer(
    citizen_id: Id,
    employer_id: Id,
    caller: EmployersWrite,
    unit: WriteUnit,
    answer: Said,
    about: About = "",
    sheet: Sheet = "",
    view: View = None,
) -> Response:
    """Record what holds for every task at an employer; with a `view` it was asked on the list."""
    citizens_desk.opened(unit, caller, citizen_id, "shortlist_read")
    record_for_employer(unit, caller, employer_id, *apart(about, answer))
    return _back(citizen_id, employer_id, sheet, view)


@router.post("/employers/{employer_id}/place")
def answer_place(
    request: Request,
    citizen_id: Id,
    employer_id: Id,
    caller: EmployersWrite,
    _lists: ShortlistsRead,
    _employers: EmployersRead,
    answer: Said,
    sheet: Sheet = "",
) -> Response:
    """Record where an employer is, from an address or a postcode; words that tell of no place stay there."""
    with store_of(request).unit() as unit:
        citizens_desk.opened(unit, caller, citizen_id, "shortlist_read")
    if no_answer := record_place(request, caller, employer_id, answer):
        return not_heard(request, caller, citizen_id, sheet, no_answer)
    return _back(citizen_id, employer_id, sheet)


@router.post("/employers/{employer_id}/undo")
def take_back_of_employer(
    citizen_id: Id,
    employer_id: Id,
    caller: EmployersWrite,
    unit: WriteUnit,
    about: About,
    version: Version,
    seen: Version,
    sheet: Sheet = "",
    view: View = None,
) -> Response:
    """Let an answer for every task be what it was before it was given, the place among them."""
    citizens_desk.opened(unit, caller, citizen_id, "shortlist_read")
    desk.take_back_of_employer(unit, caller, employer_id, fact_of(about), version, seen)
    return _back(citizen_id, employer_id, sheet, view, undone=True)


@router.post("/employers/{employer_id}/call")
def write_call_down(
    request: Request,
    citizen_id: Id,
    employer_id: Id,
    caller: ContactsWrite,
    _lists: ShortlistsRead,
    _employers: EmployersRead,
    order_id: Annotated[str, Form(max_length=64)],
    reply: Annotated[str, Form(max_length=20)] = ContactReply.UNKNOWN,
    follow_up_on: Said = "",
    pressed_day: Annotated[str, Form(max_length=40)] = "",
    sheet: Sheet = "",
) -> Response:
    """Write down that the employer was rung today about a task, and what they said to it.

    `pressed_day` is one of the days that are offered; a day that is none stays in its field, with the reason.
    """
    with store_of(request).unit() as unit:
        citizens_desk.opened(unit, caller, citizen_id, "shortlist_read")
        unit.commit()
    typed = pressed_day or follow_up_on
    try:
        call = _call(order_id, reply, typed)
        with store_of(request).unit() as unit:
            calls.write_down(unit, caller, employer_id, call)
            unit.commit()
    except Refused as refused:
        if refused.field != BACK_ON:
            raise
        why = refused.said(translator(language_of(request.scope)))
        return not_heard(
            request, caller, citizen_id, sheet, NoAnswer(employer_id, BACK_ON, typed, why, order_id)
        )
    return _back(citizen_id, employer_id, sheet, called=True)


def _call(order_id: str, reply: str, typed_day: str) -> Call:
    said = parse_code(ContactReply, "reply", reply)
    day = day_ahead(Given.typed(BACK_ON, typed_day)) if said is ContactReply.NOT_NOW else None
    return Call(order_id=order_id, reply=said, follow_up_on=day)


@router.post("/employers/{employer_id}/call/undo")
def take_call_back(
    citizen_id: Id,
    employer_id: Id,
    caller: ContactsWrite,
    unit: WriteUnit,
    contact_id: Annotated[str, Form(max_length=64)],
    sheet: Sheet = "",
) -> Response:
    """Take back that the employer was rung."""
    citizens_desk.opened(unit, caller, citizen_id, "shortlist_read")
    corrections.take_back(unit, caller, employer_id, contact_id)
    return _back(citizen_id, employer_id, sheet, called=True)


@router.post("/abilities")
def answer_for_citizen(
    citizen_id: Id, caller: CitizensWrite, unit: WriteUnit, about: About, answer: Said, sheet: Sheet = ""
) -> Response:
    """Record whether the citizen has what tasks require."""
    desk.answer_of_citizen(unit, caller, citizen_id, fact_of(about), answer)
    return _back(citizen_id, citizen_id, sheet)


@router.post("/abilities/undo")
def take_back_of_citizen(
    citizen_id: Id,
    caller: CitizensWrite,
    unit: WriteUnit,
    about: About,
    version: Version,
    seen: Version,
    sheet: Sheet = "",
) -> Response:
    """Let what the citizen can be what it was before it was answered."""
    desk.take_back_of_citizen(unit, caller, citizen_id, fact_of(about), version, seen)
    return _back(citizen_id, citizen_id, sheet, undone=True)


def _back(
    citizen_id: str,
    about: str,
    sheet: str,
    view: str | None = None,
    *,
    undone: bool = False,
    called: bool = False,
) -> Response:
    # what was asked is a need, and needs stand in no address
    told = {"undone": "yes"} if undone else {"called": "yes"} if called else {}
    if view is None:
        asked = urlencode({"sheet": sheet, "moved": about, **told})
        return RedirectResponse(f"/citizens/{citizen_id}/call-sheet?{asked}", 303)
    joined = "&" if "?" in view else "?"
    address = f"/citizens/{citizen_id}/shortlist{view}{joined}{urlencode({'answered': about, **told})}"
    return RedirectResponse(local(address), 303)
