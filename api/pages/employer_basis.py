"""On what basis an employer may be contacted first, written down and taken back on its page."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.casework import contact_basis as desk
from api.domain.records import ContactBasis
from api.pages.employer_changes import Code, Seen, kept
from api.routes.answers import Id
from api.routes.bodies import StrictRoute
from api.routes.guards import EmployersWrite
from api.store import Unit
from geo import Refused
from geo.errors import N_
from matching.vocabulary import parse_code

router = APIRouter(
    prefix="/employers/{employer_id}/contact-basis", include_in_schema=False, route_class=StrictRoute
)

Note = Annotated[str, Form(max_length=1000)]


@router.post("")
def record(
    request: Request, employer_id: Id, caller: EmployersWrite, seen: Seen, basis: Code = "", note: Note = ""
) -> Response:
    """Write down why the employer may be contacted first."""

    def write(unit: Unit) -> None:
        if not basis:
            problem = N_("It is not said why the employer may be contacted first.")
            raise Refused("basis", problem, N_("Choose one of the three."))
        ground = parse_code(ContactBasis, "basis", basis)
        desk.record(unit, caller, employer_id, ground, " ".join(note.split()), {seen})

    return kept(request, caller, employer_id, ("basis", "basis"), {"basis": basis, "note": note}, write)


@router.post("/withdrawn")
def withdraw(
    request: Request, employer_id: Id, caller: EmployersWrite, seen: Seen, reason: Note = ""
) -> Response:
    """Take the basis back: the employer must not be contacted first any more."""

    def take_back(unit: Unit) -> None:
        desk.record(unit, caller, employer_id, None, " ".join(reason.split()), {seen})

    done = ("basis", "basis-withdrawn")
    return kept(request, caller, employer_id, done, {"reason": reason}, take_back)


@router.post("/undo")
def undo(
    request: Request,
    employer_id: Id,
    caller: EmployersWrite,
    seen: Seen,
    version: Annotated[int, Form(ge=1, lt=2**63)],
) -> Response:
    """Put the basis back as it was before somebody changed it."""

    def put_back(unit: Unit) -> None:
        desk.put_back(unit, caller, employer_id, version, {seen})

    return kept(request, caller, employer_id, ("basis", "basis-undone"), {}, put_back)
