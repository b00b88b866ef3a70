"""Changes that a ranking can feel, numbered per municipality in the order of commits.

Whoever has seen number n has seen all up to n: the number is taken by an update of the municipality's row
as the unit commits, and the row is held until it has.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, insert, select, update

from api.domain.records import Change, RecordKind
from api.store.tables import ChangeRow, MunicipalityRow
from api.store.unit import Last, Unit

Noted = tuple[str, RecordKind, str]
"""Municipality, kind and id of a record that was changed."""


def note(unit: Unit, municipality: str, kind: RecordKind, record_ids: Iterable[str]) -> None:
    """Let the unit that changed these records add one change for each, however often it changes one."""
    unit.lastly(Last.CHANGES, _write, [(municipality, kind, record_id) for record_id in record_ids])


def _write(unit: Unit, noted: Sequence[Noted]) -> None:
    by_municipality = defaultdict(list)
    for municipality, kind, record_id in dict.fromkeys(noted):
        by_municipality[municipality].append({"kind": kind, "record_id": record_id, "at": unit.at})
    rows = []
    for municipality, changes in sorted(by_municipality.items()):
        first = _taken(unit, municipality, len(changes))
        rows += [
            {"municipality": municipality, "seq": number, **change}
            for number, change in enumerate(changes, start=first)
        ]
    if rows:
        unit.session.execute(insert(ChangeRow), rows)


def _taken(unit: Unit, municipality: str, count: int) -> int:
    """The first of so many numbers, which nobody else gets."""
    theirs = update(MunicipalityRow).where(MunicipalityRow.code == municipality)
    unit.session.execute(theirs.values(change_seq=MunicipalityRow.change_seq + count))
    return seq(unit, municipality) - count + 1


def seq(unit: Unit, municipality: str) -> int:
    """The number of the last change; 0 before the first one, and for a municipality that is not there."""
    return unit.session.scalar(_SEQ, {"municipality": municipality}) or 0


def since(unit: Unit, municipality: str, seq: int) -> tuple[Change, ...]:
    """The changes after number `seq`, in order."""
    asked = (
        select(ChangeRow.seq, ChangeRow.kind, ChangeRow.record_id)
        .where(ChangeRow.municipality == municipality, ChangeRow.seq > seq)
        .order_by(ChangeRow.seq)
    )
    return tuple(Change(seq=n, kind=kind, record_id=which) for n, kind, which in unit.session.execute(asked))


# asked before every list, and building a statement costs more than asking it
_SEQ = select(MunicipalityRow.change_seq).where(MunicipalityRow.code == bindparam("municipality"))
