"""A call that is broken off: saved while one types, offered on return, gone on with or thrown away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from api.access.scopes import Scope, may
from api.casework import drafts
from api.domain.caller import Caller
from api.domain.drafts import CallDraft
from api.pages import intake_form
from api.pages.forms import Values, Wrong
from api.pages.intake_form import Bounded
from api.pages.intake_page import BegunCall, page_of
from api.pages.rendering import by_htmx, render
from api.pages.sign_in import local
from api.routes.bodies import StrictRoute
from api.routes.guards import JobOrdersWrite
from api.routes.language import language_of, translator
from api.routes.units import WriteUnit
from api.store import Unit, new_id
from geo import Refused
from matching.times import DENMARK_TIME

router = APIRouter(prefix="/intake/draft", include_in_schema=False, route_class=StrictRoute)

_LONGEST_FORM, _LONGEST_NAME = 64, 60


@dataclass(frozen=True, slots=True)
class DraftSaved:
    """When the form was saved, or why it cannot be; neither where the call is written down already."""

    at: datetime | None = None
    wrong: str = ""
    template: str = "call_saved.html"


@router.post("")
def save(request: Request, caller: JobOrdersWrite, unit: WriteUnit, sent: Bounded) -> Response:
    """Keep what stands in the form; sent by a button, it is put aside, and the day's page offers it."""
    form = sent.get(intake_form.TOKEN, "")[:_LONGEST_FORM] or new_id()
    scripted = by_htmx(request)
    try:
        saved = _saved(unit, caller, form, sent, kept=not scripted)
    except Refused as refused:
        wrong = refused.said(translator(language_of(request.scope)))
        if scripted:
            return render(request, DraftSaved(wrong=wrong), 422)
        place = refused.field if refused.field in intake_form.sent(sent) else "text"
        page = page_of(unit, caller, sent, language_of(request.scope), (Wrong(place, wrong),))
        return render(request, page, 422)
    if scripted:
        return render(request, DraftSaved(unit.at.astimezone(DENMARK_TIME) if saved else None))
    return RedirectResponse("/today", 303)


@router.post("/dropped")
def drop(
    caller: JobOrdersWrite,
    unit: WriteUnit,
    form: Annotated[str, Form(max_length=_LONGEST_FORM)],
    back: Annotated[str, Form(max_length=1000)] = "/intake",
) -> Response:
    """Throw it away."""
    drafts.drop(unit, caller, form)
    return RedirectResponse(local(back), 303)


def begun_calls(unit: Unit, caller: Caller) -> tuple[BegunCall, ...]:
    """What the caller has begun, the latest first."""
    if not may(caller, Scope.JOB_ORDERS_WRITE):
        return ()
    return tuple(_begun(drafts.begun(unit, caller)))


def fields_of(unit: Unit, caller: Caller, form: str) -> Values:
    """What stood in a form that was broken off; empty for one that is not there any more."""
    return next((draft.fields for draft in drafts.begun(unit, caller) if draft.form == form), {})


def _saved(unit: Unit, caller: Caller, form: str, sent: Values, *, kept: bool) -> bool:
    fields = intake_form.typed(sent)
    if not fields:
        drafts.drop(unit, caller, form)
        return False
    return drafts.save(unit, caller, form, {**fields, intake_form.TOKEN: form}, kept=kept)


def _begun(found: Iterable[CallDraft]) -> Iterable[BegunCall]:
    for draft in found:
        named = (draft.fields.get(name, "") for name in ("title", "text", "new.name", "find"))
        about = " ".join(next(filter(None, named), "").split())
        short = about if len(about) <= _LONGEST_NAME else f"{about[:_LONGEST_NAME].rpartition(' ')[0]} …"
        yield BegunCall(draft.form, draft.since, short)
