"""Who works with a citizen: whose work the citizen is now, and, for those who may, somebody more or fewer.

Colleagues read it without opening the citizen, so that they know whom to ask.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.access.masking import initials
from api.access.scopes import Scope, may
from api.casework import assignments as desk
from api.casework import citizens as citizens_desk
from api.domain.accounts import UserRecord
from api.domain.caller import Caller
from api.domain.names import filed_as
from api.pages.rendering import render
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import CitizensAssign, CitizensRead
from api.routes.language import language_of, translator
from api.routes.units import WriteUnit
from api.store import Unit, citizens, users
from geo import Refused
from geo.errors import N_

router = APIRouter(
    prefix="/citizens/{citizen_id}/assignments", include_in_schema=False, route_class=StrictRoute
)
UserId = Annotated[str, Form(max_length=64)]


@dataclass(frozen=True, slots=True)
class AssignmentsPage:
    """Whose work a citizen is, longest first; `confirming` asks the reader about giving up their own."""

    citizen_id: str
    name: str
    people: tuple[UserRecord, ...]
    others: tuple[UserRecord, ...]
    reader_id: str
    assigns: bool
    done: str = ""
    wrong: str = ""
    confirming: bool = False
    template: str = "assignments.html"


@router.get("")
def assignments(
    request: Request, citizen_id: Id, caller: CitizensRead, unit: WriteUnit, done: str = ""
) -> Response:
    """Who works with the citizen."""
    told = done if done in ("added", "removed") else ""
    return render(request, _page(unit, caller, citizen_id, done=told))


@router.post("")
def assign(
    request: Request, citizen_id: Id, caller: CitizensAssign, unit: WriteUnit, user_id: UserId = ""
) -> Response:
    """Make the citizen somebody's work as well."""
    if user_id not in {user.id for user in desk.assignable(unit, caller)}:
        reason = Refused("user_id", N_("Nobody is chosen."), N_("Choose who is to work with the citizen."))
        wrong = reason.said(translator(language_of(request.scope)))
        return render(request, _page(unit, caller, citizen_id, wrong=wrong), 422)
    desk.assign(unit, caller, citizen_id, user_id)
    return _back(citizen_id, "added")


@router.post("/ended")
def unassign(
    request: Request,
    citizen_id: Id,
    caller: CitizensAssign,
    unit: WriteUnit,
    user_id: UserId = "",
    confirmed: Annotated[str, Form(max_length=3)] = "",
) -> Response:
    """End that the citizen is somebody's work; about one's own it is asked once more."""
    if user_id == caller.user_id and confirmed != "yes":
        return render(request, _page(unit, caller, citizen_id, confirming=True))
    desk.unassign(unit, caller, citizen_id, user_id)
    return _back(citizen_id, "removed")


def _page(
    unit: Unit, caller: Caller, citizen_id: str, *, done: str = "", wrong: str = "", confirming: bool = False
) -> AssignmentsPage:
    ids = desk.assigned(unit, caller, citizen_id)
    known = {user.id: user for user in users.some(unit, caller, ids)}
    name = citizens_desk.known(unit, caller, citizen_id).name
    assigns = may(caller, Scope.CITIZENS_ASSIGN)
    possible = desk.assignable(unit, caller) if assigns else ()
    return AssignmentsPage(
        citizen_id=citizen_id,
        name=name if citizens.may_open(unit, caller, citizen_id) else initials(name),
        people=tuple(known[id_] for id_ in ids if id_ in known),
        others=tuple(sorted((user for user in possible if user.id not in ids), key=_named)),
        reader_id=caller.user_id,
        assigns=assigns,
        done=done,
        wrong=wrong,
        confirming=confirming and caller.user_id in ids,
    )


def _named(user: UserRecord) -> tuple[str, str, str]:
    return user.role, *filed_as(user.called)


def _back(citizen_id: str, done: str) -> Response:
    return RedirectResponse(f"/citizens/{citizen_id}/assignments?done={done}", 303)
