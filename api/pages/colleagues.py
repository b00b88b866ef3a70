"""Colleagues: what they are called, what they do, and whether they come in; set by who looks after them.

A password that somebody is given is shown in the answer to the form that asked for it, and nowhere after.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.access.one_time import OneTime
from api.access.scopes import GIVES, Scope, may
from api.casework import colleagues as desk
from api.casework.handing_back import may_be_undone
from api.casework.leavers import Work, open_to, work_of
from api.casework.users import LONGEST_NAME, LONGEST_USERNAME, listed
from api.domain.accounts import UserRecord
from api.domain.caller import Caller, Role
from api.domain.names import filed_as
from api.domain.working_days import day_of
from api.pages.centres import Moment, Starting, Stayed
from api.pages.part_by_weight import Part, part_at, weight_of
from api.pages.rendering import render
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretch, Stretched
from api.routes.guards import ColleaguesWrite
from api.routes.language import language_of, translator
from api.routes.units import ReadUnit, WriteUnit, store_of
from api.store import Unit, assignments
from api.store.errors import Stale
from geo import Refused
from matching.vocabulary import parse_code

router = APIRouter(prefix="/colleagues", include_in_schema=False, route_class=StrictRoute)
Seen = Annotated[int, Form(ge=0, lt=2**31)]
Number = Annotated[int, Query(ge=1, le=10_000)]
HEAVIEST, ROW = 30_000, 330
"""Bytes of colleagues that a list of them holds, and those of one beside the two names."""

SHOWN = 100
"""So many citizens of a colleague are shown at a time, and as many orders."""

DONE = ("saved", "disabled", "enabled", "handed", "handed_already", "handed_back", "back_already")


@dataclass(frozen=True, slots=True)
class ColleaguesPage:
    """A part of those who can sign in, and one of those shut out; `citizens` counts whose work they are."""

    present: Part[UserRecord]
    shut_out: Part[UserRecord]
    citizens: dict[str, int]
    reader_id: str
    roles: tuple[Role, ...]
    longest: int = LONGEST_NAME
    longest_username: int = LONGEST_USERNAME
    template: str = "colleagues.html"


@dataclass(frozen=True, slots=True)
class ColleaguePage:
    """One colleague; `was` is the role before the change that was made just now.

    `total` counts the citizens who are the colleague's work; `work` is what the colleague has on the desk,
    for who may give it to one of `receivers`; `handed_at` is when some of it was handed over a moment ago, as
    long as that may be undone.
    """

    user: UserRecord
    roles: tuple[Role, ...]
    total: int
    changeable: bool
    own: bool
    work: Work | None = None
    receivers: tuple[UserRecord, ...] = ()
    handed_at: datetime | None = None
    stayed: int = 0
    next: str | None = None
    done: str = ""
    was: Role | None = None
    wrong: str = ""
    longest: int = LONGEST_NAME
    template: str = "colleague.html"

    @property
    def citizens(self) -> tuple[Starting, ...]:
        """The colleague's citizens as the reader sees them in lists."""
        return tuple(map(Starting.of, self.work.citizens.rows)) if self.work else ()

    @property
    def shows_all(self) -> bool:
        """Whether all that is on the desk stands on the page, so that what is ticked can be everything."""
        return self.work is None or (self.work.citizens.is_whole and self.work.orders.is_whole)

    @property
    def out_since(self) -> date | None:
        """The day from which the colleague is shut out."""
        return self.user.disabled_at and day_of(self.user.disabled_at)


@dataclass(frozen=True, slots=True)
class PasswordPage:
    """A password that was given a moment ago; `ended` sessions ended with it, None for who is new."""

    user: UserRecord
    secret: str
    ended: int | None = None
    template: str = "password_given.html"

    def __repr__(self) -> str:
        """Whose it is without the password, as a log may show it."""
        return f"PasswordPage(user={self.user!r})"

    @property
    def last_day(self) -> date | None:
        """The last day on which it lets in."""
        return self.user.one_time_until and day_of(self.user.one_time_until)


@router.get("")
def colleagues(
    request: Request, caller: ColleaguesWrite, unit: ReadUnit, part: Number = 1, out: Number = 1
) -> Response:
    """Who can sign in for the municipality: a part of them by name, and one of those who are shut out."""
    found = sorted(listed(unit, caller), key=lambda one: filed_as(one.called))
    page = ColleaguesPage(
        present=_part([one for one in found if not one.disabled_at], part),
        shut_out=_part([one for one in found if one.disabled_at], out),
        citizens=assignments.counts(unit, caller),
        reader_id=caller.user_id,
        roles=_given_by(caller),
    )
    return render(request, page)


@router.post("")
def add(
    request: Request,
    caller: ColleaguesWrite,
    username: Annotated[str, Form(max_length=200)] = "",
    name: Annotated[str, Form(max_length=200)] = "",
    role: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Add a colleague, and show the password that they choose their own with."""
    wanted, given = parse_code(Role, "role", role), OneTime.made()
    with store_of(request).unit() as unit:
        added = desk.add(unit, caller, username.strip(), wanted, name, given)
        unit.commit()
    return render(request, PasswordPage(added, given.secret))


@router.post("/{user_id}/password")
def give_password(request: Request, user_id: Id, caller: ColleaguesWrite, seen: Seen) -> Response:
    """Give a colleague who has forgotten theirs another password, and show it."""
    given = OneTime.made()
    try:
        with store_of(request).unit() as unit:
            user, ended = desk.give_password(unit, caller, user_id, {seen}, given)
            unit.commit()
    except Stale as stale:
        return _overtaken(request, caller, user_id, stale)
    return render(request, PasswordPage(user, given.secret, ended))


@router.get("/{user_id}")
def colleague(
    request: Request,
    user_id: Id,
    caller: ColleaguesWrite,
    unit: WriteUnit,
    stretch: Stretched,
    done: str = "",
    was: str = "",
    at: Moment | None = None,
    stayed: Stayed = 0,
) -> Response:
    """One colleague, with what can be changed."""
    undone = at and may(caller, Scope.CITIZENS_ASSIGN) and may_be_undone(unit, caller, user_id, at)
    page = _page(unit, caller, user_id, stretch)
    role = Role(was) if was in set(page.roles) and was != page.user.role else None
    told = replace(page, done=done if done in DONE else "", was=role)
    return render(request, replace(told, handed_at=at if undone else None, stayed=stayed))


@router.post("/{user_id}")
def change(
    request: Request,
    user_id: Id,
    caller: ColleaguesWrite,
    seen: Seen,
    name: Annotated[str | None, Form(max_length=200)] = None,
    role: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Put what colleagues call somebody and what they do; what is not sent stays."""
    wanted = parse_code(Role, "role", role) if role else None
    try:
        with store_of(request).unit() as unit:
            before = desk.read(unit, caller, user_id)
            desk.change(unit, caller, user_id, {seen}, name=name, role=wanted)
            unit.commit()
    except Stale as stale:
        return _overtaken(request, caller, user_id, stale)
    was = f"&was={before.role}" if wanted not in (None, before.role) else ""
    return RedirectResponse(f"/colleagues/{user_id}?done=saved{was}", 303)


@router.post("/{user_id}/disabled")
def shut_out(request: Request, user_id: Id, caller: ColleaguesWrite, seen: Seen) -> Response:
    """Shut somebody out, from their next request on."""
    return _let_in(request, user_id, caller, seen, disabled=True)


@router.post("/{user_id}/enabled")
def let_in(request: Request, user_id: Id, caller: ColleaguesWrite, seen: Seen) -> Response:
    """Let somebody in again."""
    return _let_in(request, user_id, caller, seen, disabled=False)


def _let_in(request: Request, user_id: str, caller: Caller, seen: int, *, disabled: bool) -> Response:
    try:
        with store_of(request).unit() as unit:
            desk.change(unit, caller, user_id, {seen}, disabled=disabled)
            unit.commit()
    except Stale as stale:
        return _overtaken(request, caller, user_id, stale)
    return RedirectResponse(f"/colleagues/{user_id}?done={'disabled' if disabled else 'enabled'}", 303)


def _overtaken(request: Request, caller: Caller, user_id: str, stale: Stale) -> Response:
    return with_fault(request, caller, user_id, stale, 412)


def with_fault(request: Request, caller: Caller, user_id: str, fault: Refused, status: int = 422) -> Response:
    """The colleague's page with why nothing was kept."""
    wrong = fault.said(translator(language_of(request.scope)))
    # whose work the colleague has is on the page, and each look is written down
    with store_of(request).unit() as unit:
        page = replace(_page(unit, caller, user_id, Stretch(f"/colleagues/{user_id}")), wrong=wrong)
        unit.commit()
    return render(request, page, status)


def _page(unit: Unit, caller: Caller, user_id: str, stretch: Stretch) -> ColleaguePage:
    user = desk.read(unit, caller, user_id)
    hands = may(caller, Scope.CITIZENS_ASSIGN)
    work = work_of(unit, caller, user_id, stretch.after, SHOWN) if hands else None
    return ColleaguePage(
        user=user,
        roles=_given_by(caller),
        total=assignments.counts(unit, caller).get(user_id, 0),
        work=work,
        next=stretch.next(work.citizens.next) if work else None,
        receivers=open_to(unit, caller, user_id) if hands else (),
        changeable=desk.changeable(caller, user),
        own=user.id == caller.user_id,
    )


def _part(users: list[UserRecord], number: int) -> Part[UserRecord]:
    return part_at(users, lambda one: ROW + weight_of(one.called, one.username), HEAVIEST, number)


def _given_by(caller: Caller) -> tuple[Role, ...]:
    return tuple(role for role in Role if role in GIVES.get(caller.role, ()))
