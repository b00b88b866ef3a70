"""Lists from other systems: what was taken in, what waits, and a new file."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from api.access.scopes import Scope, lists_of, may
from api.casework.users import names_of
from api.domain.caller import Caller
from api.domain.imports import ImportKind, ImportRun
from api.domain.uploads import KEPT_FOR, Upload
from api.exchange import uploading
from api.pages.rendering import render
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretch, Stretched
from api.routes.files import FileRoute
from api.routes.guards import ImportsRead, ImportsWrite, require_list
from api.routes.language import language_of, translator
from api.routes.units import ReadUnit, store_of
from api.store import Unit, imports, uploads
from geo import Refused
from geo.errors import N_
from matching.times import DENMARK_TIME

router = APIRouter(prefix="/imports", include_in_schema=False, route_class=StrictRoute)
files = APIRouter(prefix="/imports", include_in_schema=False, route_class=FileRoute)
"""The one page that takes a file."""


@dataclass(frozen=True, slots=True)
class Run:
    """A file that was taken in, when and by whom."""

    id: str
    file_name: str
    kind: ImportKind
    at: datetime
    by: str
    added: int
    changed: int
    unchanged: int
    duplicates: int
    refused: int
    rows: int
    is_taken_back: bool


@dataclass(frozen=True, slots=True)
class ImportsPage:
    """What was taken in, newest first, and the form for a new file with what is wrong with the last one."""

    runs: tuple[Run, ...]
    next: str | None
    waiting: tuple[Upload, ...]
    writes: bool
    kinds: tuple[ImportKind, ...]
    kind: ImportKind = ImportKind.EMPLOYERS
    like: str = ""
    wrong: str = ""
    dropped: bool = False
    template: str = "imports.html"

    @staticmethod
    def came_at(upload: Upload) -> datetime:
        """When a file came, by the clock on the wall."""
        return (upload.expires_at - KEPT_FOR).astimezone(DENMARK_TIME)


@router.get("")
def all_imports(
    request: Request,
    caller: ImportsRead,
    stretch: Stretched,
    unit: ReadUnit,
    kind: ImportKind = ImportKind.EMPLOYERS,
    like: Annotated[str, Query(max_length=64)] = "",
    done: str = "",
) -> HTMLResponse:
    """Every list that the municipality has taken in, and the caller's own files that wait."""
    page = _page(unit, caller, stretch, kind, like)
    return render(request, replace(page, dropped=done == "dropped"))


@files.post("")
def upload(
    request: Request,
    caller: ImportsWrite,
    kind: Annotated[ImportKind, Form()],
    file: Annotated[UploadFile | None, File()] = None,
    like: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Keep a file for its next step, or say why it cannot be read."""
    require_list(request, caller, kind)
    data, name = (file.file.read(), file.filename or "") if file else (b"", "")
    with store_of(request).unit() as unit:
        earlier = uploads.find(unit, caller, like) if like else None
        try:
            if not name:
                raise Refused(
                    "file", N_("No file was chosen."), N_("Choose a CSV file or an Excel workbook.")
                )
            kept = uploading.receive(unit, caller, kind, data, name, earlier)
        except Refused as refused:
            wrong = refused.said(translator(language_of(request.scope)))
            return render(request, _page(unit, caller, Stretch(router.prefix), kind, like, wrong), 422)
        unit.commit()
    return RedirectResponse(f"/imports/{kept.id}", 303)


def _page(
    unit: Unit, caller: Caller, stretch: Stretch, kind: ImportKind, like: str, wrong: str = ""
) -> ImportsPage:
    found = imports.page(unit, caller, lists_of(caller), stretch.after_id, stretch.limit)
    names = names_of(unit, caller, (run.by for run in found.items))
    return ImportsPage(
        runs=tuple(run_of(run, names.get(run.by, "")) for run in found.items),
        next=stretch.next(found.next and (found.next,)),
        waiting=uploads.waiting(unit, caller),
        writes=may(caller, Scope.IMPORTS_WRITE),
        kinds=lists_of(caller),
        kind=kind,
        like=like,
        wrong=wrong,
    )


def run_of(run: ImportRun, by: str) -> Run:
    """A run as it stands in the list; `by` is the name of whoever did it."""
    assert run.at is not None
    return Run(
        id=run.id,
        file_name=run.file_name,
        kind=run.kind,
        at=run.at.astimezone(DENMARK_TIME),
        by=by,
        added=run.added,
        changed=run.changed,
        unchanged=run.unchanged,
        duplicates=run.duplicates,
        refused=run.refused,
        rows=run.rows,
        is_taken_back=run.taken_back is not None,
    )
