"""What the resources share in asking and answering: ids, versions, new records, patched ones, cursors."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Protocol, TypeVar

from fastapi import Path, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError

from api.access import audit
from api.casework.catalogues import Catalogues
from api.domain.caller import Caller
from api.routes.cursors import Stretch
from api.routes.etags import etag, tag_of
from api.routes.idempotency import Once
from api.routes.merge_patch import merge_patch
from api.schemas.shapes import OfCitizens, Page
from api.store import Unit, citizens

Model = TypeVar("Model", bound=BaseModel)
Record = TypeVar("Record")
Item = TypeVar("Item")
Told = TypeVar("Told", bound=OfCitizens)

Id = Annotated[str, Path(max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
"""An id in an address; one of another shape is one that does not exist."""


class Versioned(Protocol):
    """What is shown with an id and a version."""

    @property
    def id(self) -> str:
        """Opaque."""

    @property
    def version(self) -> int:
        """Counts from 1."""

    def model_dump(self, *, mode: str) -> dict[str, Any]:
        """The shape as JSON."""


def created(shown: Versioned, collection: str) -> JSONResponse:
    """201 with the new record, its address and its tag."""
    headers = {"Location": f"{collection}/{shown.id}", "ETag": etag(shown.version)}
    return JSONResponse(shown.model_dump(mode="json"), 201, headers=headers)


def changed(shown: BaseModel, status: int = 200) -> JSONResponse:
    """What a change has led to, with its tag."""
    return JSONResponse(shown.model_dump(mode="json"), status, headers={"ETag": tag_of(shown)})


def once_about(
    once: Once, unit: Unit, caller: Caller, citizen_id: str, make: Callable[[], Response]
) -> Response:
    """The answer of `make`, or the one given for this key before, which is a look at the citizen."""
    answer, repeated = once.answered(unit, caller, make)
    if repeated:
        audit.record(unit, caller, "answer_repeated", citizen_id=citizen_id, subject=str(once.key))
    return answer


def once_shown(
    once: Once,
    unit: Unit,
    caller: Caller,
    make: Callable[[], Told],
    afresh: Callable[[Told], Told],
    shape: type[Told],
    collection: str | None = None,
) -> Response:
    """What `make` shows, or what was shown for this key before; 201 with an address for a new record.

    What was shown of citizens is shown again while they are open to the caller, and written down as a look
    at each; afterwards it is looked up `afresh`, as for anybody who asks now.
    """

    def respond() -> Response:
        answer = changed(made := make(), 200 if collection is None else 201)
        if collection is not None:
            answer.headers["Location"] = f"{collection}/{made.model_dump()['id']}"
        return answer

    answer, repeated = once.answered(unit, caller, respond)
    if not repeated:
        return answer
    told = shape.model_validate_json(bytes(answer.body))
    if not _all_open(unit, caller, told):
        told = afresh(told)
        answer = _replaced(answer, told)
    looks = [(citizen_id, {"masked": not is_open}) for citizen_id, is_open in told.whom.items()]
    audit.record_each(unit, caller, "answer_repeated", looks, subject=str(once.key))
    return answer


def _all_open(unit: Unit, caller: Caller, told: OfCitizens) -> bool:
    named = {citizen_id for citizen_id, is_open in told.whom.items() if is_open}
    return named <= citizens.open_to(unit, caller, named)


def _replaced(answer: Response, told: BaseModel) -> Response:
    location = answer.headers.get("location")
    fresh = changed(told, answer.status_code)
    if location:
        fresh.headers["Location"] = location
    return fresh


def tag(response: Response, version: int) -> None:
    """Give the version along as `ETag`."""
    response.headers["ETag"] = etag(version)


def tagged(response: Response, shown: Model) -> Model:
    """What is shown, its tag given along."""
    response.headers["ETag"] = tag_of(shown)
    return shown


def patched(whole: type[Model], base: dict[str, Any], patch: BaseModel) -> Model:
    """The state that a merge patch asks for, checked as a whole; what is wrong names its field."""
    merged = merge_patch(base, patch.model_dump(mode="json", exclude_unset=True))
    try:
        return whole.model_validate(merged)
    except ValidationError as wrong:
        errors = [{**error, "loc": ("body", *error["loc"])} for error in wrong.errors()]
        raise RequestValidationError(errors) from None


def page(
    stretch: Stretch, records: Sequence[Record], next_id: str | None, show: Callable[[Record], Item]
) -> Page[Item]:
    """A stretch of a list that is sorted by id."""
    return Page(items=[show(record) for record in records], next=stretch.next(next_id and (next_id,)))


def catalogues_of(request: Request) -> Catalogues:
    """The catalogues of this application."""
    kept: Catalogues = request.app.state.catalogues
    return kept
