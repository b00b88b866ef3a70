"""One file on its way in: its columns, what it would do, and what it did. Each step has the same address."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.casework.addresses import Addresses
from api.casework.taking_lists_back import read
from api.config import Settings
from api.domain.caller import Caller
from api.domain.imports import ImportRun
from api.domain.uploads import WORKING, Step, Upload
from api.exchange import uploading
from api.exchange.importing import LookingUp
from api.exchange.telling import Voice
from api.exchange.uploading import Means
from api.pages.import_columns import Choosing, columns_page, refuse_missing
from api.pages.import_told import looked_page, run_page
from api.pages.imports import Run, run_of
from api.pages.rendering import by_htmx, render
from api.routes.answers import Id
from api.routes.background import background_of
from api.routes.bodies import StrictRoute
from api.routes.guards import ImportsRead, ImportsWrite
from api.routes.language import language_of, translator
from api.routes.units import ReadUnit, store_of
from api.store import imports
from api.store.errors import Missing
from geo import Refused
from geo.errors import N_

ANNOUNCED = 15
"""So many seconds lie between two announcements that a file is still being worked on."""

router = APIRouter(prefix="/imports/{import_id}", include_in_schema=False, route_class=StrictRoute)


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A file that is being worked on; the page asks again by itself.

    `told` are the seconds as they are announced: at the start and at each quarter of a minute.
    """

    upload: Upload
    seconds: int
    template: str = "import_waiting.html"

    @property
    def told(self) -> int:
        """The seconds at the last quarter of a minute."""
        return self.seconds // ANNOUNCED * ANNOUNCED


@dataclass(frozen=True, slots=True)
class TakingBackPage:
    """A list that is being taken back; announced as a file that is worked on is."""

    run: Run
    seconds: int
    told: int
    template: str = "import_taking_back.html"


async def _sent(request: Request) -> list[tuple[str, str]]:
    form = await request.form()
    return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]


Sent = Annotated[list[tuple[str, str]], Depends(_sent)]


@router.get("")
def one_import(request: Request, import_id: Id, caller: ImportsRead, unit: ReadUnit) -> Response:
    """The file where it stands: what it did, or the next step."""
    if imports.find(unit, caller, import_id):
        run = read(unit, caller, import_id)
        if since := run.being_taken_back_since(unit.at):
            return render(request, _taking_back(run, unit.at - since))
        return _there(request, import_id) or render(request, run_page(request, unit, caller, run))
    upload = uploading.opened(unit, caller, import_id, content=False)
    if upload.step in WORKING:
        return render(request, WaitingPage(upload, round((unit.at - upload.since).total_seconds())))
    if there := _there(request, import_id):
        return there
    if upload.step is Step.LOOKED:
        return render(request, looked_page(request, upload))
    return render(request, columns_page(uploading.opened(unit, caller, import_id)))


@router.get("/columns")
def columns(
    request: Request,
    import_id: Id,
    caller: ImportsWrite,
    unit: ReadUnit,
    sheet: Annotated[str, Query(max_length=200)] = "",
    part: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """The columns again, or those of another sheet."""
    return render(request, columns_page(uploading.opened(unit, caller, import_id), sheet or None, part))


@router.post("/columns")
def choose(request: Request, import_id: Id, caller: ImportsWrite, sent: Sent) -> Response:
    """Keep what each column is, and look through the file, or go on to other columns."""
    choosing = Choosing.of(sent)
    chosen = choosing.fields
    try:
        with store_of(request).unit() as unit:
            before = uploading.opened(unit, caller, import_id)
            chosen = choosing.among_all(before)
            if choosing.to:
                uploading.keep(unit, before, chosen, choosing.sheet)
                unit.commit()
                return RedirectResponse(f"/imports/{import_id}/columns?part={choosing.to}", 303)
            refuse_missing(language_of(request.scope), before, chosen)
            upload = uploading.choose(unit, before, chosen, choosing.sheet)
            unit.commit()
    except Missing:
        raise
    except Refused as refused:
        wrong = refused.said(translator(language_of(request.scope)))
        return render(request, columns_page(before, choosing.sheet, choosing.part, chosen, wrong), 422)
    background_of(request).do(partial(uploading.look, _means(request, caller), upload))
    return RedirectResponse(f"/imports/{import_id}", 303)


@router.post("/store")
def take_in(
    request: Request,
    import_id: Id,
    caller: ImportsWrite,
    skip_refused: Annotated[str, Form(max_length=3)] = "",
) -> Response:
    """Take the file in: all of its rows, or, where that was chosen, all but the refused ones."""
    with store_of(request).unit() as unit:
        upload = uploading.begin(unit, uploading.opened(unit, caller, import_id))
        unit.commit()
    work = partial(uploading.take_in, _means(request, caller), upload, skip_refused == "yes")
    background_of(request).do(work)
    return RedirectResponse(f"/imports/{import_id}", 303)


@router.post("/drop")
def drop(request: Request, import_id: Id, caller: ImportsWrite) -> Response:
    """Forget a file that was not taken in."""
    with store_of(request).unit() as unit:
        uploading.drop(unit, uploading.opened(unit, caller, import_id, content=False))
        unit.commit()
    return RedirectResponse("/imports?done=dropped", 303)


@router.get("/refused.csv")
def refused_rows(request: Request, import_id: Id, caller: ImportsRead, unit: ReadUnit) -> Response:
    """The refused rows with the reasons, to be corrected and sent again."""
    upload = uploading.opened(unit, caller, import_id)
    voice = _voice(request)
    content = uploading.refused_rows(unit, caller, upload, voice)
    name = voice.translate(N_("to-correct-{list}.csv")).format(list=import_id[:8])
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _there(request: Request, import_id: str) -> Response | None:
    """For a script that waits: the whole page, now that there is something to show."""
    return Response(headers={"HX-Redirect": f"/imports/{import_id}"}) if by_htmx(request) else None


def _means(request: Request, caller: Caller) -> Means:
    settings: Settings = request.app.state.settings
    addresses: Addresses = request.app.state.addresses
    return Means(
        store=store_of(request),
        caller=caller,
        voice=_voice(request),
        looking_up=LookingUp(addresses=addresses, seconds=settings.address_import_seconds),
    )


def _voice(request: Request) -> Voice:
    language = language_of(request.scope)
    return Voice(language, translator(language))


def _taking_back(run: ImportRun, since: timedelta) -> TakingBackPage:
    seconds = round(since.total_seconds())
    return TakingBackPage(run_of(run, ""), seconds, seconds // ANNOUNCED * ANNOUNCED)
