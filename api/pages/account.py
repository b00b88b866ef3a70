"""One's own access: another password, and signing out of every other browser."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.access import own_password, sessions
from api.access.attempts import TooManyAttempts
from api.access.passwords import LONGEST, SHORTEST
from api.domain.caller import Caller
from api.pages.failures import wants_page
from api.pages.rendering import render
from api.routes.bodies import StrictRoute
from api.routes.guards import Known, SignedIn, cookie_name
from api.routes.language import language_of, translator
from api.routes.units import ReadUnit, WriteUnit, store_of
from api.store import Unit
from geo import Refused
from geo.errors import N_

router = APIRouter(prefix="/account", include_in_schema=False, route_class=StrictRoute)
Password = Annotated[str, Form(max_length=1000)]
DONE = ("password", "others")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """Who is signed in, and in how many other browsers; `early` says that an attempt has to wait."""

    reader: Caller
    others: int
    done: str = ""
    early: str = ""
    shortest: int = SHORTEST
    longest: int = LONGEST
    template: str = "account.html"


@router.get("")
def account(request: Request, caller: Known, unit: ReadUnit, done: str = "") -> Response:
    """The reader's own access."""
    return render(request, _page(request, unit, caller, done=done if done in DONE else ""))


@router.post("/password")
def change_password(
    request: Request, caller: Known, current: Password = "", password: Password = "", again: Password = ""
) -> Response:
    """Put another password, or say why not; what was typed never comes back."""
    if password != again:
        problem, remedy = N_("This is not the new password."), N_("Write it twice alike.")
        raise Refused("again", problem, remedy)
    state, address = request.app.state, request.client.host if request.client else ""
    try:
        own_password.change(
            state.store, state.settings, caller, current, password, secret=_secret(request), address=address
        )
    except TooManyAttempts as refused:
        if not wants_page(request):
            raise
        return _early(request, caller, refused)
    return RedirectResponse("/account?done=password", 303)


@router.post("/others")
def end_others(request: Request, caller: SignedIn, unit: WriteUnit) -> Response:
    """Sign the reader out of every other browser."""
    sessions.end_others(unit, caller, _secret(request))
    return RedirectResponse("/account?done=others", 303)


def _early(request: Request, caller: Caller, refused: TooManyAttempts) -> Response:
    said = refused.said(translator(language_of(request.scope)))
    with store_of(request).unit(read_only=True) as unit:
        page = _page(request, unit, caller, early=said)
    return render(request, page, 429, {"Retry-After": str(refused.retry_after)})


def _page(request: Request, unit: Unit, caller: Caller, done: str = "", early: str = "") -> AccountPage:
    others = sessions.others(unit, request.app.state.settings, caller, _secret(request))
    return AccountPage(reader=caller, others=others, done=done, early=early)


def _secret(request: Request) -> str:
    return request.cookies.get(cookie_name(request), "")
