"""Changes that a ranking can feel, numbered per municipality in the order of commits.

Whoever has seen number n has seen all up to n: the number is taken by an update of the municipality's row,
whose lock is held until the commit.
"""

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, select, update

from api.domain.records import Change, RecordKind
from api.store.tables import ChangeRow, MunicipalityRow
from api.store.unit import Unit


def note(unit: Unit, municipality: str, kind: RecordKind, record_ids: Sequence[str]) -> None:
    """Add one change per record, within the unit that made the change."""
    if not record_ids:
        return
    theirs = MunicipalityRow.code == municipality
    taken = update(MunicipalityRow).where(theirs)
    unit.session.execute(taken.values(change_seq=MunicipalityRow.change_seq + len(record_ids)))
    first = seq(unit, municipality) - len(record_ids) + 1
    rows = [
        {"municipality": municipality, "seq": first + i, "kind": kind, "record_id": record_id, "at": unit.at}
        for i, record_id in enumerate(record_ids)
    ]
    unit.session.execute(insert(ChangeRow), rows)


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
