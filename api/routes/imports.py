"""`/api/v1/imports`: lists from other systems, all or nothing unless refused rows may be left out.

The same list sent again changes nothing, so that no key is needed for sending it again. One that was taken in
by mistake is taken back as a whole.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.responses import JSONResponse

from api.access.scopes import lists_of
from api.casework.addresses import Addresses
from api.casework.taking_lists_back import make_way, read, take_back
from api.config import Settings
from api.domain.imports import ImportKind, ImportRun
from api.exchange.importing import Asked, Imported, LookingUp
from api.exchange.importing import File as Received
from api.exchange.kinds import take_in as import_list
from api.exchange.mappings import read_mapping
from api.exchange.telling import remarks, told_of
from api.exchange.uploading import base_name
from api.routes.answers import Id, changed, page, tagged
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretched
from api.routes.etags import IfTagSent, require_same
from api.routes.files import FileRoute
from api.routes.guards import ImportsRead, ImportsWrite, require_list
from api.routes.idempotency import CreatedOnce
from api.routes.language import language_of, translator
from api.routes.units import ReadUnit, WriteUnit, store_of
from api.schemas.imports import Import, RefusedCell, TakenBack
from api.schemas.shapes import Page
from api.store import imports
from matching.language import Language

COLLECTION = "/api/v1/imports"
router = APIRouter(prefix=COLLECTION, tags=["imports"], route_class=StrictRoute)
files = APIRouter(prefix=COLLECTION, tags=["imports"], route_class=FileRoute)
"""The one operation that takes a file."""


@router.get("", operation_id="list_imports")
def list_imports(caller: ImportsRead, stretch: Stretched, unit: ReadUnit) -> Page[Import]:
    """The lists that the municipality has taken in, newest first, without their refused cells.

    Lists of centres and of citizens are told of to those who may take them in.
    """
    found = imports.page(unit, caller, lists_of(caller), stretch.after_id, stretch.limit)
    return page(stretch, found.items, found.next, lambda run: _of(run, Language.ENGLISH, whole=False))


@files.post(
    "",
    operation_id="take_in_list",
    status_code=201,
    response_model=Import,
    responses={200: {"model": Import}},
)
def take_in_list(
    request: Request,
    caller: ImportsWrite,
    kind: Annotated[ImportKind, Form(examples=["employers"])],
    file: Annotated[
        UploadFile, File(description="CSV or an Excel workbook (.xlsx)", examples=["virksomheder.csv"])
    ],
    dry_run: Annotated[bool, Form(description="Only look")] = False,
    skip_refused: Annotated[bool, Form(description="Store the other rows")] = False,
    sheet: Annotated[str | None, Form(max_length=200)] = None,
    mapping: Annotated[str | None, Form(max_length=20_000, description="A mapping file, TOML")] = None,
) -> Response:
    """Take in a list: 201 when it is stored, 200 with what was refused when it is not."""
    require_list(request, caller, kind)
    name = base_name(file.filename or "")
    told = None if mapping is None else read_mapping(mapping.encode(), "mapping")
    received = Received(data=file.file.read(), name=name, sheet=sheet or None, mapping=told)
    done = _imported(request, caller, kind, received, Asked(dry_run=dry_run, skip_refused=skip_refused))
    shown = _shown(request, kind, name, done)
    headers = {"Location": f"{COLLECTION}/{done.run_id}"} if done.stored else None
    return JSONResponse(shown.model_dump(mode="json"), 201 if done.stored else 200, headers)


@router.get("/{import_id}", operation_id="read_import")
def read_import(
    request: Request, response: Response, import_id: Id, caller: ImportsRead, unit: ReadUnit
) -> Import:
    """One list that was taken in, with what was refused of it."""
    return tagged(response, _of(read(unit, caller, import_id), language_of(request.scope)))


@router.post("/{import_id}/taken-back", operation_id="take_back_list", response_model=Import)
def take_back_list(
    request: Request,
    import_id: Id,
    caller: ImportsWrite,
    seen: IfTagSent,
    once: CreatedOnce,
    unit: WriteUnit,
) -> Response:
    """Take back a list that was taken in by mistake, on the same working day and once.

    What it has added and nobody has used or changed since is removed, what it has changed becomes as it was
    where nothing came after, and everything else stays: `taken_back` says why. Nothing is done by half.
    """
    make_way(unit, caller, import_id)
    language = language_of(request.scope)

    def take() -> Response:
        require_same(unit, "import", seen, lambda: _of(read(unit, caller, import_id), language))
        return changed(_of(take_back(unit, caller, import_id), language))

    return once.answer(unit, caller, take)


def _imported(
    request: Request, caller: ImportsWrite, kind: ImportKind, received: Received, asked: Asked
) -> Imported[Any]:
    settings: Settings = request.app.state.settings
    addresses: Addresses = request.app.state.addresses
    looking_up = LookingUp(addresses=addresses, seconds=settings.address_import_seconds)
    return import_list(store_of(request), caller, kind, received, asked, looking_up)


def _shown(request: Request, kind: ImportKind, name: str, done: Imported[Any]) -> Import:
    told = told_of(done.reading)
    return Import(
        id=done.run_id,
        kind=kind,
        file_name=name,
        stored=done.stored,
        rows=told["rows"],
        added=done.counts.added,
        changed=done.counts.changed,
        unchanged=done.counts.unchanged,
        duplicates=done.duplicates,
        refused_rows=told["refused_rows"],
        refused_total=told["refused_total"],
        refused=_cells(told, language_of(request.scope)),
    )


def _of(run: ImportRun, language: Language, whole: bool = True) -> Import:
    told = run.told
    return Import(
        id=run.id,
        kind=run.kind,
        file_name=run.file_name,
        stored=True,
        rows=run.rows,
        added=run.added,
        changed=run.changed,
        unchanged=run.unchanged,
        duplicates=run.duplicates,
        refused_rows=run.refused,
        refused_total=told.get("refused_total", 0),
        refused=_cells(told, language) if whole else [],
        at=run.at,
        by=run.by,
        taken_back=TakenBack.of(run.taken_back, whole) if run.taken_back else None,
    )


def _cells(told: Mapping[str, Any], language: Language) -> list[RefusedCell]:
    said = remarks(told.get("refused", ()), language, translator(language))
    return [
        RefusedCell(row=one.row, column=one.column, value=one.value, detail=one.problem, remedy=one.remedy)
        for one in said
    ]
