"""Citizens. Every query takes the caller and narrows to the caller's municipality; there is no other.

Name, needs and chain are sealed. Whether a citizen is the caller's work decides between detail and initials:
ask `may_open` before showing more than that.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from pydantic import TypeAdapter
from sqlalchemy import Select, bindparam, delete, exists, func, insert, select, union
from sqlalchemy.orm import InstrumentedAttribute

from api.domain.caller import Caller, Channel
from api.domain.names import filed_as, holds
from api.domain.records import AnchorRecord, ChainLink, CitizenRecord, ListedCitizen, RecordKind
from api.domain.working_days import day_of
from api.store import changes, versions
from api.store.errors import Missing
from api.store.paging import Page, page_of
from api.store.sealing import Sealed
from api.store.tables import AnchorRow, AssignmentRow, CitizenRow, GrantRow, UserRow
from api.store.unit import Unit
from api.store.versioned import Versioned, chunks
from geo.names import fold
from matching.citizens import Needs

FEW = 100
"""Up to so many citizens, it is asked of them alone whether they are open."""


def find(unit: Unit, caller: Caller, citizen_id: str) -> CitizenRecord | None:
    """One citizen of the caller's municipality; says nothing about whose work the citizen is."""
    return _CITIZENS.find(unit, caller.municipality, citizen_id)


def held(unit: Unit, caller: Caller, citizen_id: str) -> CitizenRecord:
    """The same, and nobody else changes the citizen before this unit ends; raises `Missing`."""
    return _CITIZENS.held(unit, caller.municipality, citizen_id)


def some(unit: Unit, caller: Caller, citizen_ids: Iterable[str]) -> dict[str, CitizenRecord]:
    """Those of the ids that the caller's municipality has, by id."""
    return _CITIZENS.some(unit, caller.municipality, citizen_ids)


def held_some(unit: Unit, caller: Caller, citizen_ids: Iterable[str]) -> dict[str, CitizenRecord]:
    """The same, and nobody else changes any of them before this unit ends."""
    return _CITIZENS.held_some(unit, caller.municipality, citizen_ids)


def page(
    unit: Unit, caller: Caller, after: str | None = None, limit: int = 50, nobodys: bool = False
) -> Page[ListedCitizen]:
    """The next citizens in the order of their ids, as a list shows them; `nobodys` are those alone."""
    asked = {"municipality": caller.municipality, "after": after or "", "most": limit + 1}
    rows = unit.session.execute(_LISTED_OF_NOBODY if nobodys else _LISTED, asked).all()
    anchors = _anchors(unit, caller.municipality, [row.id for row in rows])
    listed = [
        ListedCitizen(
            id=row.id,
            name=unit.keys.open(row.name, CitizenRow.name, caller.municipality, row.id),
            anchors=tuple(anchors[row.id]),
            ready=row.ready,
            waiting_since=row.waiting_since,
            version=row.version,
            not_able_until=row.not_able_until,
        )
        for row in rows
    ]
    return page_of(listed, [row.id for row in rows], limit)


def ready(unit: Unit, caller: Caller, on: date | None = None) -> tuple[CitizenRecord, ...]:
    """The citizens who can be ranked for work on a day (the unit's own), in the order of their ids.

    They want work, are able to now, and have not objected to being ranked.
    """
    able = CitizenRow.not_able_until <= (on or day_of(unit.at))
    asked = _wanting_work(caller).where(
        CitizenRow.objects_to_ranking.is_(False), CitizenRow.not_able_until.is_(None) | able
    )
    return tuple(_CITIZENS.ask(unit, asked))


def wanting_work(unit: Unit, caller: Caller) -> tuple[CitizenRecord, ...]:
    """The same with those who object to being ranked and those who are not able to now."""
    return tuple(_CITIZENS.ask(unit, _wanting_work(caller)))


def _wanting_work(caller: Caller) -> Select[CitizenRow]:
    theirs = _CITIZENS.own(caller.municipality).where(CitizenRow.ready.is_(True))
    return theirs.order_by(CitizenRow.id)


def work_of(unit: Unit, caller: Caller) -> tuple[CitizenRecord, ...]:
    """The citizens who are assigned to the caller now, in the order of their ids."""
    asked = _CITIZENS.own(caller.municipality).where(CitizenRow.id.in_(_ASSIGNED))
    return tuple(_CITIZENS.ask(unit, asked.order_by(CitizenRow.id), _whose(caller)))


def search(unit: Unit, caller: Caller, words: str, limit: int = 50) -> tuple[CitizenRecord, ...]:
    """The first citizens, in the order of their names, whose name holds every one of the words.

    As `named` finds them.
    """
    first = named(unit, caller, words)[:limit]
    found = _CITIZENS.some(unit, caller.municipality, first)
    return tuple(found[citizen_id] for citizen_id in first)


def named(unit: Unit, caller: Caller, words: str) -> list[str]:
    """The ids of all citizens whose name holds every one of the words, in the order of their names.

    Case does not matter, nor what people vary in a spelling: Aage is found by Åge; single letters are
    initials. Names are sealed, so that each name of the municipality is opened and looked at.
    """
    wanted = fold(words).split()
    hits = [(filed_as(name), id_) for id_, name in names(unit, caller).items() if holds(fold(name), wanted)]
    return [citizen_id for _, citizen_id in sorted(hits)]


def starting_from(unit: Unit, caller: Caller, centre_ids: Iterable[str]) -> dict[str, str]:
    """The ids of the citizens whose way can start at one of the centres, each with the first of these."""
    asked = select(AnchorRow.citizen_id, AnchorRow.centre_id).where(
        AnchorRow.municipality == caller.municipality, AnchorRow.centre_id.in_(set(centre_ids))
    )
    found: dict[str, str] = {}
    for citizen_id, centre_id in unit.session.execute(
        asked.order_by(AnchorRow.citizen_id, AnchorRow.position)
    ):
        found.setdefault(citizen_id, centre_id or "")
    return found


def reached_through(unit: Unit, caller: Caller) -> frozenset[str]:
    """The ids of the centres through which any citizen is contacted; each seal is opened."""
    asked = select(CitizenRow.id, CHAIN).where(CitizenRow.municipality == caller.municipality)
    chains = (
        _chain(unit, sealed, (caller.municipality, citizen_id))
        for citizen_id, sealed in unit.session.execute(asked)
    )
    return frozenset(link.centre_id for chain in chains for link in chain if link.centre_id)


def names(unit: Unit, caller: Caller) -> dict[str, str]:
    """The name of every citizen of the municipality by id; each seal is opened. Not for showing."""
    asked = select(CitizenRow.id, CitizenRow.name).where(CitizenRow.municipality == caller.municipality)
    return {
        citizen_id: unit.keys.open(sealed, CitizenRow.name, caller.municipality, citizen_id)
        for citizen_id, sealed in unit.session.execute(asked)
    }


def add(unit: Unit, caller: Caller, record: CitizenRecord) -> CitizenRecord:
    """Add a citizen; raises `Duplicate` when the id is taken or a centre is not the municipality's."""
    return _CITIZENS.add_all(unit, caller, [record])[0]


def add_all(unit: Unit, caller: Caller, records: Iterable[CitizenRecord]) -> tuple[CitizenRecord, ...]:
    """Add many citizens at once."""
    return _CITIZENS.add_all(unit, caller, records)


def replace(unit: Unit, caller: Caller, record: CitizenRecord, expected: int) -> CitizenRecord:
    """Put `record` in the place of version `expected`; raises `Missing` or `Stale`."""
    return _CITIZENS.replace(unit, caller, record, expected)


def erase(unit: Unit, caller: Caller, citizen_id: str) -> None:
    """Remove a citizen with every version and everything that hangs on them; raises `Missing`.

    Contacts with employers hang on the employer: `contacts.forget_whom` comes first.
    """
    theirs = (CitizenRow.municipality == caller.municipality, CitizenRow.id == citizen_id)
    if unit.change(delete(CitizenRow).where(*theirs)) == 0:
        raise Missing(RecordKind.CITIZEN, citizen_id)
    versions.forget(unit, caller.municipality, RecordKind.CITIZEN, citizen_id)
    changes.note(unit, caller.municipality, RecordKind.CITIZEN, [citizen_id])


def version(unit: Unit, caller: Caller, citizen_id: str, version: int) -> CitizenRecord | None:
    """The citizen as they stood at one version; None as well when it was erased."""
    return _CITIZENS.version(unit, caller.municipality, citizen_id, version)


def past(
    unit: Unit, caller: Caller, wanted: Collection[tuple[str, int]]
) -> dict[tuple[str, int], CitizenRecord]:
    """Citizens as they stood at some versions, by id and version; those that are there."""
    return _CITIZENS.past(unit, caller.municipality, wanted)


def since(unit: Unit, caller: Caller, citizen_id: str, moment: datetime) -> tuple[CitizenRecord, ...]:
    """The citizen as it stood at a moment, and after every later change."""
    return _CITIZENS.since(unit, caller.municipality, citizen_id, moment)


def assigned_to(unit: Unit, caller: Caller) -> frozenset[str]:
    """The citizens who are the caller's work now, by id."""
    return frozenset(unit.session.scalars(_ASSIGNED, _whose(caller)))


def _whose(caller: Caller) -> dict[str, str]:
    return {"municipality": caller.municipality, "user_id": caller.user_id}


def worked_with(unit: Unit, caller: Caller, citizen_ids: Sequence[str]) -> frozenset[str]:
    """Those of the ids who are the work now of anybody who is not shut out."""
    asked = _of_somebody(caller)
    found = (
        unit.session.scalars(asked.where(AssignmentRow.citizen_id.in_(some))) for some in chunks(citizen_ids)
    )
    return frozenset(citizen_id for some in found for citizen_id in some)


def of_somebody(unit: Unit, caller: Caller) -> frozenset[str]:
    """All of the municipality of whom the same is true."""
    return frozenset(unit.session.scalars(_of_somebody(caller)))


def _of_somebody(caller: Caller) -> Select[str]:
    return select(AssignmentRow.citizen_id).where(
        AssignmentRow.municipality == caller.municipality, *_BY_SOMEBODY
    )


def count_of_nobody(unit: Unit, caller: Caller) -> int:
    """How many citizens of the municipality are nobody's work, or only of those who are shut out."""
    asked = select(func.count()).select_from(CitizenRow).where(CitizenRow.municipality == caller.municipality)
    return unit.session.scalar(asked.where(_OF_NOBODY)) or 0


def may_open(unit: Unit, caller: Caller, citizen_id: str) -> bool:
    """Whether the caller sees the citizen in detail: by assignment, or by a grant that has not run out."""
    return citizen_id in open_to(unit, caller, [citizen_id])


def open_to(unit: Unit, caller: Caller, citizen_ids: Iterable[str]) -> frozenset[str]:
    """Those of the ids whom the caller sees in detail.

    Who runs commands on the machine holds the database and its keys: everybody of the municipality is open to
    them, and the audit rows say where it was done.
    """
    if caller.channel is Channel.COMMAND_LINE:
        return frozenset(citizen_ids)
    wanted = frozenset(citizen_ids)
    if not wanted:
        return wanted
    theirs = {**_whose(caller), "at": unit.at}
    # a caller has some hundreds of citizens at most: reading them all costs less than sending many ids
    if len(wanted) > FEW:
        return wanted & frozenset(unit.session.scalars(_OPEN, theirs))
    return frozenset(unit.session.scalars(_OPEN_AMONG, {**theirs, "citizen_ids": list(wanted)}))


def _read(unit: Unit, rows: Sequence[CitizenRow]) -> list[CitizenRecord]:
    if not rows:
        return []
    anchors = _anchors(unit, rows[0].municipality, [row.id for row in rows])
    return [_record(unit, row, anchors[row.id]) for row in rows]


def _record(unit: Unit, row: CitizenRow, anchors: Sequence[AnchorRecord]) -> CitizenRecord:
    cell = (row.municipality, row.id)
    return CitizenRecord(
        id=row.id,
        municipality=row.municipality,
        name=unit.keys.open(row.name, CitizenRow.name, *cell),
        anchors=tuple(anchors),
        needs=Needs.from_json(json.loads(unit.keys.open(row.needs, CitizenRow.needs, *cell))),
        ready=row.ready,
        objects_to_ranking=row.objects_to_ranking,
        waiting_since=row.waiting_since,
        not_able_until=row.not_able_until,
        chain=_chain(unit, row.chain, cell),
        version=row.version,
        updated_at=row.updated_at,
    )


def _anchors(unit: Unit, municipality: str, ids: Iterable[str]) -> Mapping[str, list[AnchorRecord]]:
    found: defaultdict[str, list[AnchorRecord]] = defaultdict(list)
    for some in chunks(ids):
        asked = unit.session.execute(_ANCHORS, {"municipality": municipality, "citizen_ids": some})
        for citizen_id, kind, centre_id, postcode in asked:
            found[citizen_id].append(AnchorRecord(kind=kind, centre_id=centre_id, postcode=postcode))
    return found


def _columns(unit: Unit, record: CitizenRecord) -> dict[str, Any]:
    cell = (record.municipality, record.id)
    needs = json.dumps(record.needs.to_json(), ensure_ascii=False)
    return {
        "name": unit.keys.seal(record.name, CitizenRow.name, *cell),
        "needs": unit.keys.seal(needs, CitizenRow.needs, *cell),
        "ready": record.ready,
        "objects_to_ranking": record.objects_to_ranking,
        "waiting_since": record.waiting_since,
        "not_able_until": record.not_able_until,
        "chain": unit.keys.seal(_CHAIN.dump_json(record.chain).decode(), CHAIN, *cell),
    }


def _chain(unit: Unit, sealed: Sealed | None, cell: tuple[str, str]) -> tuple[ChainLink, ...]:
    return () if sealed is None else _CHAIN.validate_json(unit.keys.open(sealed, CHAIN, *cell))


def _write_anchors(unit: Unit, records: Sequence[CitizenRecord]) -> None:
    for ids in chunks(record.id for record in records):
        theirs = AnchorRow.municipality == records[0].municipality
        gone = delete(AnchorRow).where(theirs, AnchorRow.citizen_id.in_(ids))
        unit.change(gone)
    rows = [
        {
            "municipality": record.municipality,
            "citizen_id": record.id,
            "position": position,
            "kind": anchor.kind,
            "centre_id": anchor.centre_id,
            "postcode": anchor.postcode,
        }
        for record in records
        for position, anchor in enumerate(record.anchors)
    ]
    if rows:
        unit.session.execute(insert(AnchorRow), rows)


# built once, as building a statement costs more than asking it; values, not rows of the session, which cost
# three times as much
_LISTED = (
    select(
        *(CitizenRow.id, CitizenRow.name, CitizenRow.ready, CitizenRow.waiting_since),
        *(CitizenRow.version, CitizenRow.not_able_until),
    )
    .where(CitizenRow.municipality == bindparam("municipality"), CitizenRow.id > bindparam("after"))
    .order_by(CitizenRow.id)
    .limit(bindparam("most"))
)
_BY_SOMEBODY = (
    AssignmentRow.ended_at.is_(None),
    UserRow.municipality == AssignmentRow.municipality,
    UserRow.id == AssignmentRow.user_id,
    UserRow.disabled_at.is_(None),
)
_OF_NOBODY = ~exists().where(
    AssignmentRow.municipality == CitizenRow.municipality,
    AssignmentRow.citizen_id == CitizenRow.id,
    *_BY_SOMEBODY,
)
_LISTED_OF_NOBODY = _LISTED.where(_OF_NOBODY)
_ANCHORS = (
    select(AnchorRow.citizen_id, AnchorRow.kind, AnchorRow.centre_id, AnchorRow.postcode)
    .where(
        AnchorRow.municipality == bindparam("municipality"),
        AnchorRow.citizen_id.in_(bindparam("citizen_ids", expanding=True)),
    )
    .order_by(AnchorRow.citizen_id, AnchorRow.position)
)
_ASSIGNED = select(AssignmentRow.citizen_id).where(
    AssignmentRow.municipality == bindparam("municipality"),
    AssignmentRow.user_id == bindparam("user_id"),
    AssignmentRow.ended_at.is_(None),
)
_GRANTED = select(GrantRow.citizen_id).where(
    GrantRow.municipality == bindparam("municipality"),
    GrantRow.user_id == bindparam("user_id"),
    GrantRow.expires_at > bindparam("at"),
)
_OPEN = union(_ASSIGNED, _GRANTED)
_OPEN_AMONG = union(
    _ASSIGNED.where(AssignmentRow.citizen_id.in_(bindparam("citizen_ids", expanding=True))),
    _GRANTED.where(GrantRow.citizen_id.in_(bindparam("citizen_ids", expanding=True))),
)
CHAIN = cast("InstrumentedAttribute[Sealed]", CitizenRow.chain)
_CHAIN = TypeAdapter(tuple[ChainLink, ...])
_CITIZENS = Versioned(
    kind=RecordKind.CITIZEN,
    row=CitizenRow,
    body=TypeAdapter(CitizenRecord),
    read=_read,
    columns=_columns,
    parts=_write_anchors,
)
