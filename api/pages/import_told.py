"""What a file would do, and what it did: how many rows, which were refused, and what was said of the others.

As many of the refused cells and of the notes are shown as a page carries; the refused rows are a file, too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request

from api.access.scopes import Scope, may
from api.casework.taking_lists_back import may_be_taken_back
from api.casework.users import names_of
from api.domain.caller import Caller
from api.domain.imports import ImportRun, TakenBack
from api.domain.uploads import Step, Upload
from api.exchange.reports import LIES_ELSEWHERE
from api.exchange.telling import Remark, remark, remarks
from api.exchange.uploading import FAILED
from api.pages.import_back import Staying, shown_of
from api.pages.imports import Run, run_of
from api.pages.part_by_weight import first_part, weight_of
from api.routes.language import language_of, translator
from api.store import Unit, uploads
from matching.times import DENMARK_TIME

SHOWN = 100
"""Refused cells, and notes, of which a page shows as many as fit."""

REFUSED, NOTES, ELSEWHERE, REMARK = 36_000, 12_000, 8_000, 360
"""Bytes of refused cells, notes and places elsewhere that a page holds, and those of one beside its words."""


@dataclass(frozen=True, slots=True)
class LookedPage:
    """What a file would do; `elsewhere` are the rows whose place lies outside the municipality."""

    upload: Upload
    told: Mapping[str, Any]
    refused: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    elsewhere: tuple[Remark, ...] = ()
    elsewhere_total: int = 0
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


def looked_page(request: Request, upload: Upload, wrong: str = "") -> LookedPage:
    """What a look at a file came to, or why it came to nothing."""
    language = language_of(request.scope)
    translate, told = translator(language), upload.told
    failed, noted = told.get(FAILED), _list(told, "notes")
    far = [one for one in noted if one.get("problem") == LIES_ELSEWHERE]
    return LookedPage(
        upload=upload,
        told=told,
        refused=_fitting(remarks(_list(told, "refused")[:SHOWN], language, translate), REFUSED),
        notes=_fitting(remarks([one for one in noted if one not in far][:SHOWN], language, translate), NOTES),
        elsewhere=_fitting(remarks(far[:SHOWN], language, translate), ELSEWHERE),
        elsewhere_total=len(far),
        failed=remark(failed, language, translate) if isinstance(failed, dict) else None,
        wrong=wrong,
    )


def _list(told: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    return list(told.get(name, []))


def run_page(request: Request, unit: Unit, caller: Caller, run: ImportRun) -> RunPage:
    """What was taken in, and what of it was taken back."""
    language = language_of(request.scope)
    told, back = run.told, run.taken_back
    kept = uploads.find(unit, caller, run.id)
    names = names_of(unit, caller, [run.by, *([back.by] if back else [])])
    failed = run.not_taken_back
    return RunPage(
        run=run_of(run, names.get(run.by, "")),
        refused=_fitting(remarks(_list(told, "refused")[:SHOWN], language, translator(language)), REFUSED),
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


def _fitting(told: Sequence[Remark], limit: int) -> tuple[Remark, ...]:
    return first_part(told, _weight_of, limit)


def _weight_of(one: Remark) -> int:
    return REMARK + weight_of(one.column, one.value, one.problem, one.remedy)
