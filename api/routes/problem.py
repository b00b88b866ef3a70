"""Every refusal and fault as a problem document (RFC 9457), in the reader's language.

A document tells a stranger nothing: what is not theirs is "not found", and what went wrong inside has a
number and no detail. `type` is stable and for programs; the sentences are for people.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from fastapi.responses import JSONResponse
from starlette.responses import Response
from starlette.types import Scope

from api.casework.errors import (
    AlreadyProposed,
    NoPlaceLeft,
    NotAccepted,
    NothingToTakeBack,
    OrderWithdrawn,
    PausedAlready,
    ReferenceTaken,
)
from api.domain.moves import NotFromHere
from api.routes.language import Translate, language_of, translator
from geo import Refused
from geo.errors import N_

MEDIA_TYPE = "application/problem+json"

Present = Callable[[Scope, JSONResponse], Response]
"""How a problem reaches whoever asked: programs get the document, readers of pages a page of it."""


def as_document(scope: Scope, document: JSONResponse) -> Response:
    """The problem document itself."""
    return document


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its stable name, its HTTP status, its title and what to say when nothing is."""

    name: str
    status: HTTPStatus
    title: str
    detail: str = ""


MALFORMED = Kind("malformed", HTTPStatus.BAD_REQUEST, N_("The request cannot be read."))
NOT_SIGNED_IN = Kind(
    "not-signed-in",
    HTTPStatus.UNAUTHORIZED,
    N_("Nobody is signed in."),
    N_("Sign in, or send a valid token in the Authorization header."),
)
DENIED = Kind(
    "denied",
    HTTPStatus.FORBIDDEN,
    N_("This is not open to you."),
    N_("Your role does not include this."),
)
NOT_FOUND = Kind(
    "not-found",
    HTTPStatus.NOT_FOUND,
    N_("There is no such thing."),
    N_("Nothing that you can see has this address. What stood here may have been erased since."),
)
NOT_ALLOWED = Kind(
    "method-not-allowed",
    HTTPStatus.METHOD_NOT_ALLOWED,
    N_("This cannot be done here."),
    N_("The address exists, but not for this method."),
)
CONFLICT = Kind("conflict", HTTPStatus.CONFLICT, N_("This does not go together with what is there."))
STALE = Kind(
    "stale",
    HTTPStatus.PRECONDITION_FAILED,
    N_("Somebody else has changed this in the meantime."),
    N_("Look at the current state, decide again, and send its version in If-Match."),
)
TOO_LARGE = Kind("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, N_("The request is too large."))
WRONG_MEDIA_TYPE = Kind(
    "wrong-media-type", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, N_("The content type cannot be read here.")
)
REFUSED = Kind("refused", HTTPStatus.UNPROCESSABLE_ENTITY, N_("Something in the request cannot be accepted."))
TOO_MANY = Kind(
    "too-many-attempts",
    HTTPStatus.TOO_MANY_REQUESTS,
    N_("This comes too soon."),
    N_("Wait as long as Retry-After says, then try again."),
)
PRECONDITION_REQUIRED = Kind(
    "precondition-required", HTTPStatus.PRECONDITION_REQUIRED, N_("The version you saw is missing.")
)
UNEXPECTED = Kind(
    "unexpected",
    HTTPStatus.INTERNAL_SERVER_ERROR,
    N_("Something went wrong on our side."),
    N_("It has been written down under the number of this request; nothing of yours was changed."),
)
UNAVAILABLE = Kind(
    "unavailable",
    HTTPStatus.SERVICE_UNAVAILABLE,
    N_("This cannot be answered right now."),
    N_("Nothing was changed. Try again in a moment."),
)
STORAGE_FULL = Kind(
    "storage-full",
    HTTPStatus.INSUFFICIENT_STORAGE,
    N_("There is no room left to write."),
    N_("Nothing was changed. Ask the operator to make room."),
)
OTHER = Kind("http", HTTPStatus.BAD_REQUEST, N_("The request cannot be answered."))

KINDS = (
    MALFORMED,
    NOT_SIGNED_IN,
    DENIED,
    NOT_FOUND,
    NOT_ALLOWED,
    CONFLICT,
    STALE,
    TOO_LARGE,
    WRONG_MEDIA_TYPE,
    REFUSED,
    PRECONDITION_REQUIRED,
    TOO_MANY,
    UNEXPECTED,
    UNAVAILABLE,
    STORAGE_FULL,
)
"""All kinds that have a name of their own; the rest of HTTP answers as `OTHER` with its own status."""

_BY_STATUS = {int(kind.status): kind for kind in KINDS}


class Malformed(Refused):
    """A request that cannot be read at all."""


class TooLarge(Refused):
    """A body beyond the limit of its route."""


class WrongMediaType(Refused):
    """A body that is not of the type the route reads."""


class PreconditionMissing(Refused):
    """A change without the version that it is a change of."""


class Conflict(Refused):
    """A request that does not go together with an earlier one."""


class Several(Refused):
    """All that cannot be accepted at once, so that nobody mends one thing only to be told of the next."""

    def __init__(self, each: Sequence[Refused]) -> None:
        """At least one; the first is what a single sentence says."""
        first = each[0]
        super().__init__(first.field, first.problem, first.remedy, **first.facts)
        self.each = tuple(each)


REFUSAL_KINDS: Mapping[type[Refused], Kind] = {
    Malformed: MALFORMED,
    TooLarge: TOO_LARGE,
    WrongMediaType: WRONG_MEDIA_TYPE,
    PreconditionMissing: PRECONDITION_REQUIRED,
    Conflict: CONFLICT,
    AlreadyProposed: CONFLICT,
    NothingToTakeBack: CONFLICT,
    NoPlaceLeft: CONFLICT,
    NotAccepted: CONFLICT,
    OrderWithdrawn: CONFLICT,
    PausedAlready: CONFLICT,
    ReferenceTaken: CONFLICT,
    NotFromHere: CONFLICT,
}
"""Refusals of the edge that are more than a value which cannot be accepted."""


def answer(
    scope: Scope,
    kind: Kind,
    errors: Sequence[Refused] = (),
    *,
    detail: str = "",
    current: Mapping[str, object] | None = None,
    next_free_on: date | None = None,
    headers: Mapping[str, str] | None = None,
    status: int | None = None,
) -> JSONResponse:
    """The answer that says `kind`; the first of `errors` is also its field, detail and remedy."""
    language = language_of(scope)
    more = {
        "status": status or int(kind.status),
        "current": current,
        "next_free_on": next_free_on and next_free_on.isoformat(),
        "request_id": request_id(scope),
    }
    shown = document(kind, translator(language), errors, detail=detail, **more)
    own = {"Content-Language": str(language), "Vary": "Accept-Language", **(headers or {})}
    return JSONResponse(shown, status or int(kind.status), headers=own, media_type=MEDIA_TYPE)


def document(
    kind: Kind, translate: Translate, errors: Sequence[Refused] = (), *, detail: str = "", **more: object
) -> dict[str, object]:
    """The problem document of `kind`, said by `translate`; what is None in `more` is left out."""
    said = [_error(error, translate) for error in errors]
    first = said[0] if said else {"detail": translate(detail or kind.detail or kind.title)}
    found = {
        "type": f"/problems/{kind.name}",
        "title": translate(kind.title),
        "status": int(kind.status),
        **{name: text for name, text in first.items() if text},
        "errors": said or None,
        **more,
    }
    return {name: value for name, value in found.items() if value is not None}


def refused(scope: Scope, refusal: Refused) -> JSONResponse:
    """The answer to a refusal of ours, by its class."""
    kinds = (REFUSAL_KINDS[parent] for parent in type(refusal).__mro__ if parent in REFUSAL_KINDS)
    each = refusal.each if isinstance(refusal, Several) else [refusal]
    return answer(scope, next(kinds, REFUSED), each)


def by_status(scope: Scope, status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer for a bare HTTP status, such as the framework's own 404 and 405; its headers are kept."""
    kind = _BY_STATUS.get(status, OTHER)
    return answer(scope, kind, headers=headers, status=status)


def request_id(scope: Scope) -> str:
    """The number under which this request stands in the log and in the answer's headers."""
    return str(scope.get("state", {}).get("request_id", ""))


def _error(refusal: Refused, translate: Translate) -> dict[str, str]:
    problem, remedy = refusal.sentences(translate)
    return {"field": refusal.field, "detail": problem, "remedy": remedy}
