"""The desk of citizens: every look is written down in the transaction that shows it.

A citizen of the own municipality who is not the caller's work appears in lists by initials; in detail only
after saying why. A citizen of another municipality does not exist.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import partial

from api.access import audit, breaking_glass, masking
from api.access.masking import MaskedCitizen, Named
from api.access.scopes import Scope, may
from api.casework.errors import NotYourWork, RegisteredOtherwise
from api.casework.versions import require_seen
from api.domain.accounts import AccessGrant, Outcome
from api.domain.caller import Caller
from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.names import LONGEST_REFERENCE, require_at_most
from api.domain.parts import Part, Place, part_of
from api.domain.plausible_days import require_not_years_away, require_waiting_since
from api.domain.records import AnchorRecord, ChainLink, CitizenRecord, ListedCitizen, RecordKind
from api.domain.working_days import day_of
from api.store import Unit, assignments, centres, citizens, versions
from api.store.errors import Duplicate, Missing, Stale
from geo import Gazetteer, Refused
from geo.errors import N_
from geo.names import fold
from matching.vocabulary import AnchorKind, Answer, Demand

Listed = CitizenRecord | ListedCitizen | MaskedCitizen


def page(
    unit: Unit, caller: Caller, after: str | None, limit: int, *, nobodys: bool = False
) -> tuple[list[Listed], str | None]:
    """A stretch of the municipality's citizens by id, and the id to go on after; one audit row for each.

    With `nobodys`, only those whom nobody works with.
    """
    found = citizens.page(unit, caller, after=after, limit=limit, nobodys=nobodys)
    return _shown(unit, caller, found.items, "citizen_listed"), found.next


def own_work(unit: Unit, caller: Caller, after: Place | None, most: int) -> Part[CitizenRecord]:
    """The citizens who are the caller's work: those who are ready first, longest waiting first.

    From the one after a place; an audit row for each shown.
    """
    part = part_of(sorted(citizens.work_of(unit, caller), key=_waiting), _waiting, after, most)
    looks = [(record.id, {"version": record.version, "masked": False}) for record in part.rows]
    audit.record_each(unit, caller, "citizen_listed", looks)
    return part


def _waiting(record: CitizenRecord) -> Place:
    return "01"[not record.ready], (record.waiting_since or date.max).isoformat(), record.id


def search(unit: Unit, caller: Caller, words: str, limit: int) -> list[Listed]:
    """The municipality's citizens whose name holds the words; the search itself is written down as well."""
    found = citizens.search(unit, caller, words, limit=limit)
    audit.record(unit, caller, "citizens_searched", details={"found": len(found)})
    return _shown(unit, caller, found, "citizen_found")


def found(unit: Unit, caller: Caller, words: str, most: int) -> tuple[list[Listed], int]:
    """The first `most` citizens whose name holds the words, the caller's own first, and how many there are.

    The search is written down, and so is each who is shown. Whom the caller does not list is not counted.
    """
    named = citizens.named(unit, caller, words)
    opened = citizens.open_to(unit, caller, named)
    theirs = named if may(caller, Scope.CITIZENS_LIST) else [id_ for id_ in named if id_ in opened]
    first = sorted(theirs, key=lambda id_: id_ not in opened)[:most]
    audit.record(unit, caller, "citizens_searched", details={"found": len(theirs)})
    shown = some(unit, caller, first, "citizen_found")
    return [shown[id_] for id_ in first if id_ in shown], len(theirs)


def some(unit: Unit, caller: Caller, citizen_ids: Iterable[str], action: str) -> dict[str, Listed]:
    """Those of the ids whom the caller sees in lists, by id; one audit row for each."""
    found = citizens.some(unit, caller, citizen_ids)
    records = [found[id_] for id_ in sorted(found)]
    return {shown.id: shown for shown in _shown(unit, caller, records, action)}


def starting_from(
    unit: Unit, caller: Caller, centre_id: str, most: int, after: str = ""
) -> tuple[list[Listed], int, str]:
    """`most` citizens whose way can start at a centre, how many there are in all, and where they go on.

    One audit row for each who is shown; none are, and none counted, for who reads no citizens.
    """
    if not may(caller, Scope.CITIZENS_READ):
        return [], 0, ""
    theirs = citizens.starting_from(unit, caller, [centre_id])
    if not may(caller, Scope.CITIZENS_LIST):
        theirs = {id_: theirs[id_] for id_ in citizens.open_to(unit, caller, theirs)}
    ids, following = stretch_of(theirs, most, after)
    return list(some(unit, caller, ids, "citizen_listed").values()), len(theirs), following


def stretch_of(citizen_ids: Iterable[str], most: int, after: str) -> tuple[list[str], str]:
    """`most` of the ids after `after`, and the one to go on after, "" at the end.

    Nobody is passed over where `after` itself has gone; after the last of them it begins again.
    """
    ids = sorted(citizen_ids)
    rest = [id_ for id_ in ids if id_ > after] or ids
    return rest[:most], rest[most - 1] if len(rest) > most else ""


def namesakes(unit: Unit, caller: Caller, name: str) -> list[CitizenRecord]:
    """The citizens of the same name, however it is spelt, who are open to the caller; one audit row for each.

    Of those who are not open nothing is told, not even that there are any: they would be found out by name.
    """
    alike = [id_ for id_, other in citizens.names(unit, caller).items() if _spelt(other) == _spelt(name)]
    found = citizens.some(unit, caller, sorted(citizens.open_to(unit, caller, alike)))
    looks = [(id_, {"version": record.version, "masked": False}) for id_, record in found.items()]
    audit.record_each(unit, caller, "citizen_found", looks)
    return [*found.values()]


def _spelt(name: str) -> str:
    return fold(name) or name


def _shown(unit: Unit, caller: Caller, records: Sequence[Named], action: str) -> list[Listed]:
    listed: list[Named | MaskedCitizen] = masking.for_list(unit, caller, records)
    versions = {record.id: record.version for record in records}
    looks = [
        (shown.id, {"version": versions[shown.id], "masked": isinstance(shown, MaskedCitizen)})
        for shown in listed
    ]
    audit.record_each(unit, caller, action, looks)
    return [*listed]


def known(unit: Unit, caller: Caller, citizen_id: str) -> CitizenRecord:
    """A citizen of the own municipality, whoever's work; raises `Missing` otherwise. Not for showing."""
    record = citizens.find(unit, caller, citizen_id)
    if record is None:
        raise Missing("citizen", citizen_id)
    return record


def opened(unit: Unit, caller: Caller, citizen_id: str, action: str) -> CitizenRecord:
    """A citizen whose detail is open to the caller, without an audit row for what is then shown.

    Raises `Missing` for one that does not exist here and `NotYourWork` for one that is not open, once that
    has been written down for good. Who may not list others' citizens is not told that there is one.
    """
    record = known(unit, caller, citizen_id)
    if not citizens.may_open(unit, caller, citizen_id):
        # who was erased just now is nobody's work, and is not there
        known(unit, caller, citizen_id)
        audit.record(unit, caller, action, citizen_id=citizen_id, outcome=Outcome.DENIED)
        unit.commit()
        if not may(caller, Scope.CITIZENS_LIST):
            raise Missing("citizen", citizen_id)
        raise NotYourWork(citizen_id, nobodys=is_nobodys(unit, caller, citizen_id))
    return record


def opened_and_held(unit: Unit, caller: Caller, citizen_id: str, action: str) -> CitizenRecord:
    """The same, and nobody else changes or erases the citizen before the unit ends."""
    opened(unit, caller, citizen_id, action)
    return citizens.held(unit, caller, citizen_id)


def is_nobodys(unit: Unit, caller: Caller, citizen_id: str) -> bool:
    """Whether nobody works with a citizen."""
    return not citizens.worked_with(unit, caller, [citizen_id])


def read(unit: Unit, caller: Caller, citizen_id: str) -> CitizenRecord:
    """A citizen in detail; raises as `opened` does."""
    record = opened(unit, caller, citizen_id, "citizen_read")
    audit.record(unit, caller, "citizen_read", citizen_id=citizen_id, details={"version": record.version})
    return record


def faults(unit: Unit, caller: Caller, record: CitizenRecord) -> tuple[Refused, ...]:
    """Everything that keeps a new citizen from being registered, one for a field."""
    checks = (
        partial(refuse_civil_numbers, _names(record)),
        partial(require_at_most, LONGEST_REFERENCE, record.name),
        partial(_check_anchors, unit, caller, record.anchors),
        partial(_check_open, unit, caller, record.anchors),
        partial(_check_waiting, unit, record),
        partial(_check_rest, unit, record),
    )
    found: dict[str, Refused] = {}
    for check in checks:
        try:
            check()
        except Refused as refused:
            found.setdefault(refused.field, refused)
    return tuple(found.values())


def register(unit: Unit, caller: Caller, record: CitizenRecord) -> CitizenRecord:
    """Keep a new citizen, who becomes the caller's work; raises `Refused` for an anchor that is none here."""
    for fault in faults(unit, caller, record):
        raise fault
    kept = citizens.add(unit, caller, record)
    assignments.assign(unit, caller, kept.id, caller.user_id)
    audit.record(unit, caller, "citizen_registered", citizen_id=kept.id, details={"version": kept.version})
    return kept


def register_once(unit: Unit, caller: Caller, record: CitizenRecord) -> None:
    """Keep a new citizen, or nothing where the caller has registered just this under the id.

    Raises `RegisteredOtherwise` for an id that is taken by anything else, and as `register` does.
    """
    if citizens.find(unit, caller, record.id) is None:
        try:
            register(unit, caller, record)
        except Duplicate:
            raise RegisteredOtherwise from None
    elif not _registered(unit, caller, record):
        raise RegisteredOtherwise


def _registered(unit: Unit, caller: Caller, record: CitizenRecord) -> bool:
    made = versions.made(unit, caller.municipality, RecordKind.CITIZEN, record.id, 1)
    first = citizens.version(unit, caller, record.id, 1)
    if made is None or first is None or made[0] != caller.user_id:
        return False
    return (first.name, first.anchors) == (record.name, record.anchors)


def repeated(unit: Unit, caller: Caller, citizen_id: str) -> None:
    """Write down that the answer to a registration is given once more; raises as `opened` does."""
    opened(unit, caller, citizen_id, "citizen_registration_repeated")
    audit.record(unit, caller, "citizen_registration_repeated", citizen_id=citizen_id)


def change(
    unit: Unit, caller: Caller, before: CitizenRecord, after: CitizenRecord, seen: Set[int] | None
) -> CitizenRecord:
    """Replace a citizen; what says nothing new makes no version, and is a look as any.

    Raises `Stale` with the current state, which is a look and written down as one.
    """
    expected = _seen(unit, caller, before, seen)
    if after == before:
        details = {"version": before.version}
        audit.record(unit, caller, "citizen_read", citizen_id=before.id, details=details)
        return before
    _check_open(unit, caller, [anchor for anchor in after.anchors if anchor not in before.anchors])
    return _kept(unit, caller, before, after, expected)


def _seen(unit: Unit, caller: Caller, before: CitizenRecord, seen: Set[int] | None) -> int:
    try:
        return require_seen("citizen", before, seen)
    except Stale:
        details = {"version": before.version}
        audit.record(unit, caller, "citizen_read", citizen_id=before.id, details=details)
        unit.commit()
        raise


def _kept(
    unit: Unit, caller: Caller, before: CitizenRecord, after: CitizenRecord, expected: int
) -> CitizenRecord:
    refuse_civil_numbers(_names(after))
    if after.name != before.name:
        require_at_most(LONGEST_REFERENCE, after.name)
    _check_anchors(unit, caller, after.anchors)
    if after.waiting_since != before.waiting_since:
        _check_waiting(unit, after)
    if after.not_able_until != before.not_able_until:
        _check_rest(unit, after)
    _check_chain(unit, caller, after.chain)
    kept = citizens.replace(unit, caller, after, expected)
    audit.record(unit, caller, "citizen_changed", citizen_id=kept.id, details={"version": kept.version})
    return kept


def put_back(
    unit: Unit, caller: Caller, citizen_id: str, version: int, seen: Set[int] | None
) -> CitizenRecord:
    """Undo: the citizen as at an earlier version, kept as a new one; raises as `change` does.

    Where a way started before, it starts again, also at a centre that has closed.
    """
    now = opened(unit, caller, citizen_id, "citizen_changed")
    before = citizens.version(unit, caller, citizen_id, version)
    if before is None:
        raise Missing("version", str(version))
    expected = _seen(unit, caller, now, seen)
    return _kept(unit, caller, now, replace(before, version=now.version), expected)


def answer(
    unit: Unit, caller: Caller, before: CitizenRecord, requirement: Demand, said: Answer
) -> CitizenRecord:
    """Record whether an opened citizen has what a requirement asks for; unknown takes an answer back."""
    others = {code: told for code, told in before.needs.abilities.items() if code is not requirement}
    abilities = others if said is Answer.UNKNOWN else {**others, requirement: said}
    return change(
        unit, caller, before, replace(before, needs=replace(before.needs, abilities=abilities)), None
    )


def version(unit: Unit, caller: Caller, citizen_id: str, version: int) -> CitizenRecord:
    """A citizen who is open to the caller as at an earlier version; raises `Missing`. Not for showing."""
    opened(unit, caller, citizen_id, "citizen_read")
    found = citizens.version(unit, caller, citizen_id, version)
    if found is None:
        raise Missing("version", str(version))
    return found


def ask_access(unit: Unit, caller: Caller, citizen_id: str, reason: str) -> AccessGrant:
    """Open a citizen for an hour, with a reason, flagged; raises `Missing` for one that does not exist."""
    refuse_civil_numbers({"reason": reason})
    citizens.held(unit, caller, citizen_id)
    return breaking_glass.open_citizen(unit, caller, citizen_id, reason)


def _names(record: CitizenRecord) -> dict[str, str]:
    through = {f"links.{number}.name": link.name for number, link in enumerate(record.chain)}
    numbers = {f"links.{number}.number": link.number for number, link in enumerate(record.chain)}
    return {"name": record.name, **through, **numbers}


def _check_anchors(unit: Unit, caller: Caller, anchors: tuple[AnchorRecord, ...]) -> None:
    for number, anchor in enumerate(anchors):
        if anchor.kind is AnchorKind.POSTAL_DISTRICT:
            field, value = f"anchors.{number}.postcode", anchor.postcode
            here = bool(value) and Gazetteer.shipped().postal_district(value or "") is not None
        else:
            field, value = f"anchors.{number}.centre_id", anchor.centre_id
            here = bool(value) and centres.find(unit, caller, value or "") is not None
        if not here:
            remedy = N_("Choose a drop-in centre of your municipality, or give a postcode of four digits.")
            raise Refused(field, N_("{value!r} is no place to start from."), remedy, value=value)


def _check_open(unit: Unit, caller: Caller, anchors: Sequence[AnchorRecord]) -> None:
    """Refuse a start at a closed centre that is new; who starts there already is not held up by it."""
    for number, anchor in enumerate(anchors):
        centre = centres.find(unit, caller, anchor.centre_id) if anchor.centre_id else None
        if centre and centre.closed_on(day_of(unit.at)):
            problem = N_("{centre} is closed from {day} on.")
            remedy = N_("Choose where the citizen comes now, or give a postcode.")
            facts = {"centre": centre.name, "day": centre.closed_from}
            raise Refused(f"anchors.{number}.centre_id", problem, remedy, **facts)


def _check_waiting(unit: Unit, record: CitizenRecord) -> None:
    require_waiting_since(record.waiting_since, day_of(unit.at))


def _check_rest(unit: Unit, record: CitizenRecord) -> None:
    require_not_years_away("not_able_until", record.not_able_until, day_of(unit.at))


def _check_chain(unit: Unit, caller: Caller, chain: tuple[ChainLink, ...]) -> None:
    for number, link in enumerate(chain):
        if link.centre_id and centres.find(unit, caller, link.centre_id) is None:
            remedy = N_("Give the id of a centre of your municipality, or leave it out.")
            problem = N_("There is no centre {value!r}.")
            raise Refused(f"links.{number}.centre_id", problem, remedy, value=link.centre_id)
