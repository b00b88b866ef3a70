"""Which exception answers as which problem: the one place where they are caught."""

import logging
from collections.abc import Callable
from typing import Any, cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.access.attempts import TooManyAttempts
from api.access.one_time import PasswordDue
from api.access.scopes import Denied
from api.casework.errors import ContactLimitReached, NotYourWork
from api.routes.etags import tag_of
from api.routes.problem import (
    CONFLICT,
    DENIED,
    NOT_FOUND,
    REFUSED,
    STALE,
    STORAGE_FULL,
    TOO_MANY,
    UNAVAILABLE,
    UNEXPECTED,
    PreconditionMissing,
    Present,
    answer,
    as_document,
    by_status,
    refused,
    request_id,
)
from api.routes.validation import refusals
from api.schemas.current import presented
from api.store.errors import Busy, Duplicate, Missing, SealBroken, Stale, StorageFailed
from geo import Refused

log = logging.getLogger("frikortmatch.http")
Handler = Callable[[Request, Any], JSONResponse]


def on_refused(request: Request, refusal: Refused) -> JSONResponse:
    """A value that cannot be accepted."""
    return refused(request.scope, refusal)


def on_invalid(request: Request, invalid: RequestValidationError) -> JSONResponse:
    """What the schema found wrong; an address of another shape is one that does not exist."""
    if any(error["loc"][:1] == ("path",) for error in invalid.errors()):
        return answer(request.scope, NOT_FOUND)
    field = getattr(request.scope.get("route"), "body_field", None)
    found = refusals(invalid.errors(), field and field.field_info.annotation)
    for refusal in found:
        if isinstance(refusal, PreconditionMissing):
            return refused(request.scope, refusal)
    return answer(request.scope, REFUSED, found)


def on_missing(request: Request, missing: Missing) -> JSONResponse:
    """What does not exist for this caller; the same answer whether it exists for another."""
    return answer(request.scope, NOT_FOUND)


def on_not_open(request: Request, refusal: Refused) -> JSONResponse:
    """What the caller's role, or their work, does not include."""
    return answer(request.scope, DENIED, [refusal])


def on_stale(request: Request, stale: Stale) -> JSONResponse:
    """A change that came late: the current state is shown, so that both can be compared."""
    shown = presented(stale.current)
    if shown is None:
        return answer(request.scope, STALE)
    headers = {"ETag": tag_of(shown)}
    return answer(request.scope, STALE, current=shown.model_dump(mode="json"), headers=headers)


def on_limit(request: Request, reached: ContactLimitReached) -> JSONResponse:
    """One contact too many with an employer: the next free day is told, for people and for programs."""
    return answer(request.scope, CONFLICT, [reached], next_free_on=reached.next_free_on)


def on_too_many(request: Request, early: TooManyAttempts) -> JSONResponse:
    """Somebody who has to wait before the next attempt to sign in."""
    return answer(request.scope, TOO_MANY, [early], headers={"Retry-After": str(early.retry_after)})


def on_duplicate(request: Request, duplicate: Duplicate) -> JSONResponse:
    """A record that is there already."""
    return answer(request.scope, CONFLICT, [duplicate])


def on_busy(request: Request, busy: Busy) -> JSONResponse:
    """Others are writing for too long."""
    return answer(request.scope, UNAVAILABLE, headers={"Retry-After": str(busy.retry_after)})


def on_storage(request: Request, failed: StorageFailed) -> JSONResponse:
    """The disk or the database server failed, or there is no room left."""
    log.error("request %s: storage failed, full: %s", request_id(request.scope), failed.full)
    if failed.full:
        return answer(request.scope, STORAGE_FULL)
    return answer(request.scope, UNAVAILABLE, headers={"Retry-After": str(Busy.retry_after)})


def on_broken_seal(request: Request, broken: SealBroken) -> JSONResponse:
    """Sealed text that cannot be opened; which one stands in the log only."""
    log.error("request %s: %s", request_id(request.scope), broken)
    return answer(request.scope, UNEXPECTED)


def on_http(request: Request, exception: HTTPException) -> JSONResponse:
    """What the framework answers by itself, such as 404 and 405; its headers are kept."""
    headers = dict(exception.headers or {})
    if exception.status_code == 405:
        headers["Allow"] = ", ".join(sorted(_methods_at(request)))
    return by_status(request.scope, exception.status_code, headers)


def _methods_at(request: Request) -> set[str]:
    """All methods of an address; the framework names those of the first route there only."""
    contexts = iter_route_contexts(request.app.routes)
    there = (context for context in contexts if context.matches(request.scope)[0] is not Match.NONE)
    return {method for context in there for method in context.methods or ()}


HANDLERS: dict[type[Exception], Handler] = {
    Refused: on_refused,
    Missing: on_missing,
    Denied: on_not_open,
    PasswordDue: on_not_open,
    NotYourWork: on_not_open,
    Stale: on_stale,
    ContactLimitReached: on_limit,
    TooManyAttempts: on_too_many,
    Duplicate: on_duplicate,
    Busy: on_busy,
    StorageFailed: on_storage,
    SealBroken: on_broken_seal,
    RequestValidationError: on_invalid,
    HTTPException: on_http,
}


def install(app: FastAPI, present: Present = as_document) -> None:
    """Let the application answer with problem documents, or with what `present` makes of them."""
    for exception, handler in HANDLERS.items():
        app.add_exception_handler(exception, cast(Any, _presented(handler, present)))


def _presented(handler: Handler, present: Present) -> Callable[[Request, Any], Response]:
    def answer_as_asked(request: Request, exception: Any) -> Response:
        return present(request.scope, handler(request, exception))

    return answer_as_asked
