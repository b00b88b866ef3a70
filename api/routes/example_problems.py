"""What a refusal of an operation looks like: its problem document in Danish, of what goes wrong there."""

from collections.abc import Mapping
from typing import Any

from api.routes.etags import missing
from api.routes.examples import answers, resolved
from api.routes.language import translator
from api.routes.problem import (
    CONFLICT,
    MALFORMED,
    PRECONDITION_REQUIRED,
    REFUSED,
    STALE,
    TOO_LARGE,
    WRONG_MEDIA_TYPE,
    Kind,
    document,
)
from api.routes.validation import SEE_DOCS, UNFIT
from geo import Refused, UnknownCode
from geo.errors import N_
from matching.language import Language

NUMBER = "5f0c2b7e9a1d4c38b6e2f4a7d9c01b35"
"""The number of a request."""

_WRONG: Mapping[Kind, Refused] = {
    MALFORMED: Refused("body", N_("The body is not JSON: line {line}, column {column}."), line=1, column=17),
    TOO_LARGE: Refused(
        "body", N_("The body is larger than {limit} bytes."), N_("Send less at a time."), limit=1_048_576
    ),
    WRONG_MEDIA_TYPE: Refused(
        "content-type",
        N_("{announced!r} cannot be read here."),
        N_("Send JSON with Content-Type: application/json."),
        announced="text/plain",
    ),
    PRECONDITION_REQUIRED: missing(),
}
_USED = Refused(
    "Idempotency-Key", N_("This key was used for another request."), N_("Use a new key for a new request.")
)


def example_problem(
    kind: Kind, operation: Mapping[str, Any], schemas: Mapping[str, Any]
) -> dict[str, object]:
    """What `operation` of a description answers for `kind`; `schemas` are those that it may name."""
    wrong = _wrong(kind, operation, schemas)
    current = _done(operation) if kind is STALE else None
    errors = [wrong] if wrong else []
    return document(kind, translator(Language.DANISH), errors, current=current, request_id=NUMBER)


def _wrong(kind: Kind, operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> Refused | None:
    parameters = operation.get("parameters", ())
    if kind is CONFLICT and any(one["name"] == "idempotency-key" for one in parameters):
        return _USED
    if kind is not REFUSED:
        return _WRONG.get(kind)
    if fields := _fields(operation, schemas):
        return UnknownCode(_misspelt(fields[0]), _misspelt(fields[0]), fields)
    asked = next((one["name"] for one in parameters if one["in"] == "query"), "body")
    return Refused(asked, UNFIT, SEE_DOCS, value="?")


def _fields(operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> tuple[str, ...]:
    for media in operation.get("requestBody", {}).get("content", {}).values():
        return tuple(resolved(media["schema"], schemas)["properties"])
    return ()


def _done(operation: Mapping[str, Any]) -> Any:
    return next(media["example"] for media in answers(operation))


def _misspelt(name: str) -> str:
    return f"{name[:-2]}{name[-1]}{name[-2]}"
