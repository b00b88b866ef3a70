"""What surrounds every page: the municipality, who is signed in, where one can go, how it is said."""

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import Request

from api.access.scopes import Scope, may
from api.casework.municipalities import name_of
from api.casework.searching import searched
from api.domain.caller import Caller
from api.routes.language import label, language_of
from geo.errors import N_
from matching.language import Language

SHORTCUTS = "shortcuts"
"""The cookie that switches single-key shortcuts off."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A part of the service; `here` when the page shown belongs to it."""

    name: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class SignedInAs:
    """Who is signed in, as people call role and municipality."""

    name: str
    role: str
    municipality: str
    searches: bool
    searches_citizens: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """The frame of a page; `address` is its own, to come back to after a change of language."""

    language: Language
    address: str
    shortcuts: bool
    signed_in: SignedInAs | None
    destinations: tuple[Destination, ...]
    further: tuple[Destination, ...] = ()

    def opens(self, address: str) -> bool:
        """Whether the reader may go to a part of the service, so that links lead nowhere else."""
        return any(one.address == address for one in (*self.destinations, *self.further))


DESTINATIONS = (
    (N_("Today"), "/today", Scope.PROPOSALS_READ),
    (N_("Citizens"), "/citizens", Scope.CITIZENS_READ),
    (N_("Job orders"), "/job-orders", Scope.JOB_ORDERS_READ),
    (N_("Employers"), "/employers", Scope.EMPLOYERS_READ),
    (N_("Call first"), "/calls", Scope.CANDIDATES_READ),
    (N_("Centres"), "/centres", Scope.CENTRES_WRITE),
    (N_("Job café"), "/cafe", Scope.CANDIDATES_READ),
)
"""Name, address and the scope that a caller needs to go there; what does not exist is not here."""

FURTHER = (
    (N_("The municipality's practice"), "/practice", Scope.POLICIES_READ),
    (N_("Colleagues"), "/colleagues", Scope.COLLEAGUES_WRITE),
    (N_("Who opened whom"), "/accesses", Scope.AUDIT_READ),
    (N_("What failed"), "/failures", Scope.FAILURES_READ),
)
"""The same of what is set once and seldom looked at: it stands at the foot of every page."""


def layout_of(request: Request) -> Layout:
    """The frame of the page that answers `request`; nothing is asked of the database."""
    caller: Caller | None = getattr(request.state, "caller", None)
    language = language_of(request.scope)
    path = request.url.path
    return Layout(
        language=language,
        address=path + (f"?{request.url.query}" if request.url.query else "") if _readable(request) else "/",
        shortcuts=request.cookies.get(SHORTCUTS) != "off",
        signed_in=_signed_in(caller, language) if caller else None,
        destinations=_open_to(caller, DESTINATIONS, path),
        further=_open_to(caller, FURTHER, path),
    )


def _open_to(
    caller: Caller | None, parts: Iterable[tuple[str, str, Scope]], path: str
) -> tuple[Destination, ...]:
    return tuple(
        Destination(name, address, path == address or path.startswith(f"{address}/"))
        for name, address, scope in parts
        if caller and may(caller, scope)
    )


def _readable(request: Request) -> bool:
    # the answer to a form cannot be asked for again by its address
    return request.method in ("GET", "HEAD")


def _signed_in(caller: Caller, language: Language) -> SignedInAs:
    return SignedInAs(
        name=caller.called,
        role=label(language, "role", caller.role),
        municipality=name_of(caller.municipality),
        searches=bool(searched(caller)),
        searches_citizens=may(caller, Scope.CITIZENS_READ),
    )
