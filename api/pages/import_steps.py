"""One file on its way in: its columns, what it would do, and what it did. Each step has the same address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from api.access.scopes import Scope, may
from api.casework.addresses import Addresses
from api.casework.taking_lists_back import may_be_taken_back, read
from api.casework.users import names_of
from api.config import Settings
from api.domain.caller import Caller
from api.domain.imports import ImportKind, ImportRun, TakenBack
from api.domain.uploads import WORKING, Step, Upload
from api.exchange import uploading
from api.exchange.importing import LookingUp
from api.exchange.kinds import FIELDS
from api.exchange.reports import LIES_ELSEWHERE
from api.exchange.telling import Remark, Voice, remark, remarks
from api.exchange.uploading import FAILED, Means, Offered
from api.pages.import_back import Staying, shown_of
from api.pages.imports import Run, run_of
from api.pages.rendering import by_htmx, render
from api.routes.answers import Id
from api.routes.background import background_of
from api.routes.bodies import StrictRoute
from api.routes.guards import ImportsRead, ImportsWrite
from api.routes.language import label, language_of, translator
from api.routes.units import ReadUnit, store_of
from api.store import Unit, imports, uploads
from api.store.errors import Missing
from geo import Refused
from geo.errors import N_
from matching.times import DENMARK_TIME
from matching.vocabulary import Demand, Support

ANNOUNCED = 15
"""So many seconds lie between two announcements that a file is still being worked on."""

router = APIRouter(prefix="/imports/{import_id}", include_in_schema=False, route_class=StrictRoute)
SHOWN = 100
"""Refused cells, and notes, that a page shows; all of the rows stand in the file to correct."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A field that a column can be; `group` is which half of an employer's answers it belongs to, or ""."""

    name: str
    group: str
    code: Demand | Support | None = None


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    """Which column is which, as it is guessed or was chosen."""

    upload: Upload
    offered: Offered
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]
    wrong: str = ""
    template: str = "import_columns.html"

    @property
    def unnamed(self) -> tuple[str, ...]:
        """The columns of which nobody has said what they are."""
        return tuple(column.header for column in self.offered.columns if not column.field)

    @property
    def leaves_out(self) -> bool:
        """Whether a column may be passed over: of a list of citizens none is kept that would be."""
        return self.upload.kind is not ImportKind.CITIZENS


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


@dataclass(frozen=True, slots=True)
class LookedPage:
    """What a file would do; `elsewhere` are the rows whose place lies outside the municipality."""

    upload: Upload
    told: Mapping[str, Any]
    refused: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    elsewhere: tuple[Remark, ...] = ()
    failed: Remark | None = None
    wrong: str = ""
    template: str = "import_looked.html"


@dataclass(frozen=True, slots=True)
class RunPage:
    """What a file did; `correctable` when its refused rows can still be fetched.

    `returnable` says that the reader may take the list back; `taken_back` what came of that, `back_by` whom,
    `staying` what stayed, and `failed` why it came to nothing.
    """

    run: Run
    refused: tuple[Remark, ...]
    refused_total: int
    correctable: bool
    writes: bool
    bases: int = 0
    returnable: bool = False
    taken_back: TakenBack | None = None
    back_by: str = ""
    staying: tuple[Staying, ...] = ()
    failed: Remark | None = None
    template: str = "import_run.html"

    @property
    def back_at(self) -> datetime:
        """When the list was taken back, by the clock on the wall."""
        assert self.taken_back is not None
        return self.taken_back.at.astimezone(DENMARK_TIME)

    @property
    def stayed(self) -> int:
        """How many records stayed as they were."""
        return sum(one.count for one in self.staying)


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
        return _there(request, import_id) or render(request, _run_page(request, unit, caller, run))
    upload = uploading.opened(unit, caller, import_id, content=False)
    if upload.step in WORKING:
        return render(request, WaitingPage(upload, round((unit.at - upload.since).total_seconds())))
    if there := _there(request, import_id):
        return there
    if upload.step is Step.LOOKED:
        return render(request, _looked(request, upload))
    return render(request, _columns(uploading.opened(unit, caller, import_id)))


@router.get("/columns")
def columns(
    request: Request,
    import_id: Id,
    caller: ImportsWrite,
    unit: ReadUnit,
    sheet: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The columns again, or those of another sheet."""
    return render(request, _columns(uploading.opened(unit, caller, import_id), sheet or None))


@router.post("/columns")
def choose(request: Request, import_id: Id, caller: ImportsWrite, sent: Sent) -> Response:
    """Keep what each column is, and look through the file."""
    chosen, sheet = _chosen(sent)
    try:
        with store_of(request).unit() as unit:
            before = uploading.opened(unit, caller, import_id)
            _refuse_missing(request, before, chosen)
            upload = uploading.choose(unit, before, chosen, sheet)
            unit.commit()
    except Missing:
        raise
    except Refused as refused:
        wrong = refused.said(translator(language_of(request.scope)))
        return render(request, _columns(before, sheet, chosen, wrong), 422)
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


def _refuse_missing(request: Request, upload: Upload, chosen: Mapping[str, str]) -> None:
    """Refuse, in the words of the form, columns among which something is missing that every list needs."""
    if group := uploading.missing(upload.kind, chosen):
        language = language_of(request.scope)
        said = " / ".join(label(language, "field", name) for name in group)
        problem, remedy = (
            N_("No column is chosen as: {fields}."),
            N_("Choose it for the column that holds it."),
        )
        raise Refused("columns", problem, remedy, fields=said)


def _chosen(sent: list[tuple[str, str]]) -> tuple[dict[str, str], str | None]:
    """Header to field, out of pairs of `header.N` and `field.N`; and the sheet."""
    told = dict(sent)
    numbers = [name.removeprefix("header.") for name in told if name.startswith("header.")]
    chosen = {told[f"header.{number}"]: told.get(f"field.{number}", "") for number in numbers}
    return {header: field for header, field in chosen.items() if field}, told.get("sheet") or None


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


def _columns(
    upload: Upload, sheet: str | None = None, chosen: Mapping[str, str] | None = None, wrong: str = ""
) -> ColumnsPage:
    offered = uploading.offered(upload, sheet, chosen)
    return ColumnsPage(upload, offered, _choices(upload.kind), wrong)


def _choices(kind: ImportKind) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """What a column can be, in the groups in which people look for it."""
    choices = (_choice(field.name) for field in FIELDS[kind])
    return tuple((group, tuple(found)) for group, found in groupby(choices, lambda choice: choice.group))


def _choice(name: str) -> Choice:
    group, _, code = name.rpartition(".")
    if group == "demands":
        return Choice(name, group, Demand(code))
    return Choice(name, group, Support(code) if group == "supports" else None)


def _looked(request: Request, upload: Upload, wrong: str = "") -> LookedPage:
    language = language_of(request.scope)
    translate, told = translator(language), upload.told
    failed, noted = told.get(FAILED), _list(told, "notes")
    far = [one for one in noted if one.get("problem") == LIES_ELSEWHERE]
    return LookedPage(
        upload=upload,
        told=told,
        refused=remarks(_list(told, "refused")[:SHOWN], language, translate),
        notes=remarks([one for one in noted if one not in far][:SHOWN], language, translate),
        elsewhere=remarks(far[:SHOWN], language, translate),
        failed=remark(failed, language, translate) if isinstance(failed, dict) else None,
        wrong=wrong,
    )


def _list(told: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    return list(told.get(name, []))


def _taking_back(run: ImportRun, since: timedelta) -> TakingBackPage:
    seconds = round(since.total_seconds())
    return TakingBackPage(run_of(run, ""), seconds, seconds // ANNOUNCED * ANNOUNCED)


def _run_page(request: Request, unit: Unit, caller: Caller, run: ImportRun) -> RunPage:
    language = language_of(request.scope)
    told, back = run.told, run.taken_back
    kept = uploads.find(unit, caller, run.id)
    names = names_of(unit, caller, [run.by, *([back.by] if back else [])])
    failed = run.not_taken_back
    return RunPage(
        run=run_of(run, names.get(run.by, "")),
        refused=remarks(_list(told, "refused")[:SHOWN], language, translator(language)),
        refused_total=int(told.get("refused_total", 0)),
        correctable=bool(kept and kept.step is Step.STORED and kept.content),
        writes=may(caller, Scope.IMPORTS_WRITE),
        bases=int(told.get("bases", 0)),
        returnable=may_be_taken_back(unit, caller, run),
        taken_back=back,
        back_by=names.get(back.by, "") if back else "",
        staying=shown_of(request, unit, caller, run, back.stays) if back else (),
        failed=remark(failed, language, translator(language)) if failed else None,
    )
