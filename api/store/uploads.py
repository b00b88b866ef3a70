"""Files on their way in: nobody but who sent them sees them. Content and choices are sealed.

A file is packed before it is sealed, as a list of employers packs to a fifth.
"""

import json
import zlib
from base64 import b64decode, b64encode
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import defer

from api.domain.caller import Caller
from api.domain.imports import LONGEST
from api.domain.uploads import WORKING, Step, Upload
from api.store.errors import Missing
from api.store.sealing import Sealed
from api.store.tables import UploadRow
from api.store.unit import Unit


def add(unit: Unit, upload: Upload) -> None:
    """Keep a new file; what has expired, of anybody, goes."""
    unit.change(delete(UploadRow).where(UploadRow.expires_at <= unit.at))
    key = {"municipality": upload.municipality, "id": upload.id, "by": upload.by, "kind": upload.kind}
    unit.session.execute(insert(UploadRow), [key | _columns(unit, upload)])


def find(unit: Unit, caller: Caller, upload_id: str, *, content: bool = True) -> Upload | None:
    """One file of the caller that has not expired; without its content it costs little."""
    asked = select(UploadRow).where(
        UploadRow.municipality == caller.municipality,
        UploadRow.by == caller.user_id,
        UploadRow.id == upload_id,
        UploadRow.expires_at > unit.at,
    )
    row = unit.session.scalar(asked if content else asked.options(defer(UploadRow.content)))
    return _upload(unit, row, content) if row else None


def waiting(unit: Unit, caller: Caller) -> tuple[Upload, ...]:
    """The caller's files that are not stored yet, newest first, without their content."""
    asked = select(UploadRow).where(
        UploadRow.municipality == caller.municipality,
        UploadRow.by == caller.user_id,
        UploadRow.step != Step.STORED,
        UploadRow.expires_at > unit.at,
    )
    asked = asked.order_by(UploadRow.id.desc()).options(defer(UploadRow.content))
    return tuple(_upload(unit, row, content=False) for row in unit.session.scalars(asked))


def broken_off(unit: Unit, caller: Caller) -> tuple[Upload, ...]:
    """Everybody's files of the municipality on which work has not ended in time, without their content."""
    asked = select(UploadRow).where(
        UploadRow.municipality == caller.municipality,
        UploadRow.step.in_(WORKING),
        UploadRow.since < unit.at - LONGEST,
        UploadRow.expires_at > unit.at,
    )
    asked = asked.order_by(UploadRow.since.desc()).options(defer(UploadRow.content))
    return tuple(_upload(unit, row, content=False) for row in unit.session.scalars(asked))


def replace(unit: Unit, upload: Upload) -> None:
    """Keep the file as it stands now; raises `Missing` when it was dropped in the meantime.

    A content that is None was not asked for, and stays.
    """
    changing = update(UploadRow).where(*_is(upload)).values(**_columns(unit, upload))
    if unit.change(changing) == 0:
        raise Missing("import", upload.id)


def drop(unit: Unit, upload: Upload) -> None:
    """Forget a file."""
    unit.change(delete(UploadRow).where(*_is(upload)))


def _is(upload: Upload) -> tuple[Any, Any]:
    return UploadRow.municipality == upload.municipality, UploadRow.id == upload.id


def _columns(unit: Unit, upload: Upload) -> dict[str, Any]:
    cell = (upload.municipality, upload.id)
    about = {
        "file_name": upload.file_name,
        "sheet": upload.sheet,
        "mapping": upload.mapping,
        "told": upload.told,
    }
    columns = {
        "step": upload.step,
        "since": upload.since,
        "expires_at": upload.expires_at,
        "about": unit.keys.seal(json.dumps(about), UploadRow.about, *cell),
    }
    if upload.content is not None:
        packed = b64encode(zlib.compress(upload.content, 1)).decode()
        columns["content"] = unit.keys.seal(packed, UploadRow.content, *cell)
    return columns


def _upload(unit: Unit, row: UploadRow, content: bool) -> Upload:
    cell = (row.municipality, row.id)
    about = json.loads(unit.keys.open(row.about, UploadRow.about, *cell))
    return Upload(
        id=row.id,
        municipality=row.municipality,
        kind=row.kind,
        content=_unpacked(unit, row.content, cell) if content else None,
        step=row.step,
        since=row.since,
        by=row.by,
        expires_at=row.expires_at,
        **about,
    )


def _unpacked(unit: Unit, content: Sealed, cell: tuple[str, str]) -> bytes:
    return zlib.decompress(b64decode(unit.keys.open(content, UploadRow.content, *cell)))
