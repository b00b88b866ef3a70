"""The citizens of a centre that closes, moved to another one together: where the whole house moves.

Each becomes a new version with a row in the citizen's own log. Whoever was changed after somebody looked
stays where they are. The ways to reach them through the centre move along where whoever moves them says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from api.access import audit
from api.casework import citizens as desk
from api.casework.centres import read
from api.casework.citizens import Listed
from api.casework.errors import NothingToTakeBack
from api.casework.practices import practice_of
from api.casework.steps import is_put_back, naming
from api.domain.caller import Caller
from api.domain.records import AnchorRecord, Centre, ChainLink, CitizenRecord, RecordKind
from api.domain.telephones import telephone_shown
from api.store import Unit, centres, citizens, versions
from geo import Refused
from geo.errors import N_

_MOVED_BACK = "citizens_relocated_back"
"""What the log calls it that they were moved back."""


@dataclass(frozen=True, slots=True)
class Coming:
    """Who would move: all by id with the version that was seen, and some of them as a list shows them.

    `next` is the id after which a list goes on, "" at the end. `reached_there` are those whom somebody
    contacts through the centre that closes.
    """

    centre: Centre
    other: Centre
    seen: Mapping[str, int]
    shown: tuple[Listed, ...]
    next: str
    reached_there: int


@dataclass(frozen=True, slots=True)
class Relocated:
    """How many moved and when; `stayed` did not, as they have come or were changed since somebody looked.

    Where none moved as they had been moved before, `at` is the moment of that; None where nobody was.
    """

    moved: int
    stayed: int
    at: datetime | None


def open_to_all(unit: Unit, caller: Caller, centre: Centre) -> tuple[Centre, ...]:
    """The other centres that everybody could move to: they do not close, and where they are is known."""
    known = centres.all_of(unit, caller.municipality)
    return tuple(one for one in known if one.id != centre.id and not one.closed_from and one.place.point)


def coming(unit: Unit, caller: Caller, centre_id: str, other_id: str, most: int, after: str = "") -> Coming:
    """Who would move from one centre to another, `most` of them listed after an id.

    Raises `Missing`, and `Refused` where nobody can move.
    """
    centre, other = _both(unit, caller, centre_id, other_id)
    found = citizens.some(unit, caller, citizens.starting_from(unit, caller, [centre_id]))
    ids, following = desk.stretch_of(found, most, after)
    listed = desk.some(unit, caller, ids, "citizen_listed")
    return Coming(
        centre=centre,
        other=other,
        seen={id_: record.version for id_, record in sorted(found.items())},
        shown=tuple(listed.values()),
        next=following,
        reached_there=sum(_is_reached_at(record, centre_id) for record in found.values()),
    )


def relocate(
    unit: Unit,
    caller: Caller,
    centre_id: str,
    other_id: str,
    seen: Mapping[str, int],
    *,
    with_chains: bool = False,
) -> Relocated:
    """Move those of `seen`, by id, who are still as they were seen; raises as `coming` does.

    With `with_chains` they are also reached through the other centre where they were through this one.
    """
    centre, other = _both(unit, caller, centre_id, other_id)
    moved = []
    held = citizens.held_some(unit, caller, seen).values()
    for record in held:
        if record.version == seen[record.id] and _starts_at(record, centre_id):
            after = _started_anew(record, centre_id, other)
            after = _reached_anew(after, centre, other) if with_chains else after
            moved.append(citizens.replace(unit, caller, after, record.version))
    here = citizens.starting_from(unit, caller, [centre_id])
    if not moved:
        return Relocated(0, len(here), _moved_before(unit, caller, centre_id, held, seen))
    details: dict[str, object] = {"to": other_id, **({"chains": True} if with_chains else {})}
    _write_down(unit, caller, "citizens_relocated", centre_id, moved, details)
    return Relocated(len(moved), len(here), unit.at)


def may_be_undone(unit: Unit, caller: Caller, centre_id: str, at: datetime) -> int:
    """How many whom the caller has moved away from a centre at a moment can still be moved back."""
    if not _in_time(unit, caller, at):
        return 0
    return len(_moved_at(unit, caller, centre_id, at))


def undo(unit: Unit, caller: Caller, centre_id: str, at: datetime) -> Relocated:
    """Put back where the ways of those start whom the caller has moved from a centre at a moment.

    Also where the centre has closed since; whoever was changed after that stays. It is done once: asked for
    again it does nothing. Raises `Missing`, and `NothingToTakeBack` for what is another's or of an earlier
    day, and where everybody was changed since.
    """
    read(unit, caller, centre_id)
    written = versions.written(unit, caller.municipality, RecordKind.CITIZEN, caller.user_id, at)
    moved = _moved_at(unit, caller, centre_id, at, held=True)
    # asked once all are held: whoever pressed at the same moment has moved them back by then
    if is_put_back(unit, caller, _MOVED_BACK, centre_id, at):
        return Relocated(0, 0, at)
    if not moved or not _in_time(unit, caller, at):
        problem = N_("Who moved them moves them back, on the same working day and before they are changed.")
        raise NothingToTakeBack(problem, N_("Choose another start on the page of each."))
    back = [
        citizens.replace(unit, caller, replace(before, version=now.version), now.version)
        for now, before in moved
    ]
    _write_down(unit, caller, _MOVED_BACK, centre_id, back, naming(at))
    return Relocated(len(back), len(written) - len(back), unit.at)


def _both(unit: Unit, caller: Caller, centre_id: str, other_id: str) -> tuple[Centre, Centre]:
    centre = read(unit, caller, centre_id)
    if not centre.closed_from:
        problem = N_("The centre does not close: its citizens stay.")
        raise Refused("to", problem, N_("Write the day on which it closes first."))
    other = next((one for one in open_to_all(unit, caller, centre) if one.id == other_id), None)
    if other is None:
        problem = N_("Nobody can be moved there.")
        raise Refused("to", problem, N_("Choose a centre that stays open and stands on the map."))
    return centre, other


def _in_time(unit: Unit, caller: Caller, at: datetime) -> bool:
    return practice_of(unit, caller.municipality).calendar.in_one_working_day(at, unit.at)


def _moved_before(
    unit: Unit, caller: Caller, centre_id: str, records: Iterable[CitizenRecord], seen: Mapping[str, int]
) -> datetime | None:
    """When the caller has moved some of them as they were seen: the same form was sent before."""
    theirs = {one.updated_at for one in records if one.updated_at and one.version == seen[one.id] + 1}
    return next((at for at in sorted(theirs) if _moved_at(unit, caller, centre_id, at)), None)


def _moved_at(
    unit: Unit, caller: Caller, centre_id: str, at: datetime, *, held: bool = False
) -> list[tuple[CitizenRecord, CitizenRecord]]:
    """Those whom the caller moved from a centre at a moment and nobody has changed since: now, and before."""
    written = versions.written(unit, caller.municipality, RecordKind.CITIZEN, caller.user_id, at)
    records = (citizens.held_some if held else citizens.some)(unit, caller, written)
    pairs = (
        (now, citizens.version(unit, caller, now.id, now.version - 1))
        for now in records.values()
        if now.version == written[now.id] and now.version > 1
    )
    return [
        (now, before)
        for now, before in pairs
        if before and _starts_at(before, centre_id) and not _starts_at(now, centre_id)
    ]


def _starts_at(record: CitizenRecord, centre_id: str) -> bool:
    return any(anchor.centre_id == centre_id for anchor in record.anchors)


def _is_reached_at(record: CitizenRecord, centre_id: str) -> bool:
    return any(link.centre_id == centre_id for link in record.chain)


def _reached_anew(record: CitizenRecord, centre: Centre, other: Centre) -> CitizenRecord:
    """Reached through the other centre; who is asked for there stays, and so does a number of their own."""

    def moved(link: ChainLink) -> ChainLink:
        if link.centre_id != centre.id:
            return link
        told = bool(link.number and other.phone)
        of_centre = told and telephone_shown(link.number) == telephone_shown(centre.phone)
        return replace(link, centre_id=other.id, number=other.phone if of_centre else link.number)

    return replace(record, chain=tuple(dict.fromkeys(map(moved, record.chain))))


def _started_anew(record: CitizenRecord, centre_id: str, other: Centre) -> CitizenRecord:
    there = AnchorRecord(kind=other.kind, centre_id=other.id)
    anchors = (there if anchor.centre_id == centre_id else anchor for anchor in record.anchors)
    # who could start at the other one already starts there once
    return replace(record, anchors=tuple(dict.fromkeys(anchors)))


def _write_down(
    unit: Unit,
    caller: Caller,
    action: str,
    centre_id: str,
    moved: list[CitizenRecord],
    details: Mapping[str, object],
) -> None:
    looks = [(one.id, {"version": one.version, **details}) for one in moved]
    audit.record_each(unit, caller, "citizen_changed", looks, subject=centre_id)
    audit.record(unit, caller, action, subject=centre_id, details={"citizens": len(moved), **details})
