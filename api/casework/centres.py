"""The desk of drop-in centres: places, not people, so looking at them is not written down."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import takewhile

from api.access import audit
from api.casework.addresses import NOTHING_ASKED
from api.casework.places import Mark, marked, moved, placed
from api.casework.versions import require_seen
from api.domain.caller import Caller
from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.plausible_days import require_not_years_away
from api.domain.postcodes import require_postcode
from api.domain.records import AnchorRecord, Centre, Place
from api.domain.telephones import require_telephone
from api.domain.working_days import day_of
from api.store import Unit, centres
from api.store.errors import Missing
from geo import Owner, Refused
from geo.address_service import Answers
from geo.errors import N_
from geo.names import fold


def read(unit: Unit, caller: Caller, centre_id: str) -> Centre:
    """A centre of the own municipality; raises `Missing`."""
    found = centres.find(unit, caller, centre_id)
    if found is None:
        raise Missing("centre", centre_id)
    return found


def by_id(unit: Unit, caller: Caller) -> Mapping[str, Centre]:
    """The municipality's centres, by id."""
    return {centre.id: centre for centre in centres.all_of(unit, caller.municipality)}


def names_of(unit: Unit, caller: Caller) -> Mapping[str, str]:
    """The names of the municipality's centres, by id."""
    return {centre.id: centre.name for centre in centres.all_of(unit, caller.municipality)}


def closing_starts(unit: Unit, caller: Caller, anchors: Iterable[AnchorRecord]) -> tuple[Centre, ...]:
    """The centres among the places to start from that are closed or about to be."""
    ids = {anchor.centre_id for anchor in anchors}
    return tuple(
        one for one in centres.all_of(unit, caller.municipality) if one.closed_from and one.id in ids
    )


def faults(unit: Unit, caller: Caller, centre: Centre, before: Centre | None = None) -> tuple[Refused, ...]:
    """Everything that keeps a centre from being written down, or from replacing `before`, one for a field."""
    found = [*_faults(centre, day_of(unit.at), before)]
    try:
        refuse_same_name(unit, caller, centre)
    except Refused as refused:
        found.append(refused)
    return tuple({one.field: one for one in reversed(found)}.values())[::-1]


def refuse_same_name(unit: Unit, caller: Caller, centre: Centre) -> None:
    """Raise `Refused` where another centre has the name: lists tell centres by nothing else."""
    for other in centres.all_of(unit, caller.municipality):
        if other.id != centre.id and fold(other.name) == fold(centre.name):
            problem = N_("There is a centre named {value!r} already.")
            remedy = N_("Correct that one, or give this one a name of its own.")
            raise Refused("name", problem, remedy, value=other.name)


def register(unit: Unit, caller: Caller, centre: Centre, answers: Answers = NOTHING_ASKED) -> Centre:
    """Keep a new centre, with the best point known for its address; `answers` are the address service's.

    Raises `Refused` for a postcode of no place, and for a telephone number that nobody can ring.
    """
    _check(centre, day_of(unit.at))
    place = placed(centre.place, Owner.CENTRE, caller.municipality, answers)
    kept = centres.add(unit, caller, replace(centre, place=place))
    audit.record(unit, caller, "centre_registered", subject=kept.id)
    return kept


def change(
    unit: Unit,
    caller: Caller,
    before: Centre,
    after: Centre,
    seen: Set[int] | None,
    answers: Answers = NOTHING_ASKED,
) -> Centre:
    """Replace a centre; what says nothing new makes no version. Raises `Stale` with the current state."""
    expected = require_seen("centre", before, seen)
    _check(after, day_of(unit.at), before)
    place = moved(before.place, after.place, Owner.CENTRE, caller.municipality, answers)
    after = replace(after, place=place)
    if after == before:
        return before
    kept = centres.replace(unit, caller, after, expected)
    audit.record(unit, caller, "centre_changed", subject=kept.id, details={"version": kept.version})
    return kept


def mark_by_hand(unit: Unit, caller: Caller, centre_id: str, mark: Mark, seen: Set[int] | None) -> Centre:
    """Put a centre where somebody has marked it on a map; raises `Missing`, and `Stale` as `change` does."""
    before = read(unit, caller, centre_id)
    expected = require_seen("centre", before, seen)
    kept = centres.replace(unit, caller, replace(before, place=marked(unit, before.place, mark)), expected)
    details = {"version": kept.version, "precision": str(mark.precision)}
    audit.record(unit, caller, "centre_marked", subject=kept.id, details=details)
    return kept


def close(
    unit: Unit, caller: Caller, centre_id: str, closed_from: date | None, seen: Set[int] | None
) -> Centre:
    """Keep the day from which a centre is closed, past or to come; whoever starts there still does.

    Raises `Refused` without a day or for one that is years away, and `Missing` and `Stale` as `change` does.
    """
    if closed_from is None:
        problem, remedy = N_("It is not said from which day the centre is closed."), N_("Write the day.")
        raise Refused("closed_from", problem, remedy)
    require_not_years_away("closed_from", closed_from, day_of(unit.at))
    last = closed_from - timedelta(days=1)
    return _opened_until(unit, caller, centre_id, last, "centre_closed", seen)


def reopen(unit: Unit, caller: Caller, centre_id: str, seen: Set[int] | None) -> Centre:
    """Take back that a centre closes, or open a closed one again; raises as `close` does."""
    return _opened_until(unit, caller, centre_id, None, "centre_reopened", seen)


def closing_told_at(unit: Unit, caller: Caller, centre: Centre) -> datetime:
    """When the day on which a centre closes was written down, whatever else was changed of it since."""
    past = reversed(centres.history(unit, caller, centre.id))
    told = [*takewhile(lambda one: one.valid_to == centre.valid_to, past)]
    return (told and told[-1].updated_at) or unit.at


def _opened_until(
    unit: Unit, caller: Caller, centre_id: str, last: date | None, action: str, seen: Set[int] | None
) -> Centre:
    before = read(unit, caller, centre_id)
    expected = require_seen("centre", before, seen)
    kept = centres.replace(unit, caller, replace(before, valid_to=last), expected)
    details = {"version": kept.version, "valid_to": last and last.isoformat()}
    audit.record(unit, caller, action, subject=kept.id, details=details)
    return kept


def _check(centre: Centre, today: date, before: Centre | None = None) -> None:
    for fault in _faults(centre, today, before):
        raise fault


def _faults(centre: Centre, today: date, before: Centre | None) -> Iterator[Refused]:
    """What is new and no name, number, postcode or day that can be meant.

    What is kept already stands in nobody's way.
    """
    was = before or Centre(id="", municipality="", name="", place=Place())
    checks: dict[str, Callable[[], None]] = {}
    if not centre.name:
        yield Refused("name", N_("The centre has no name."), N_("Write the name."))
    if centre.name != was.name:
        checks["name"] = partial(refuse_civil_numbers, {"name": centre.name})
    for part in ("street", "house_number", "town"):
        if (said := getattr(centre.place, part)) != getattr(was.place, part):
            checks[part] = partial(refuse_civil_numbers, {f"place.{part}": said})
    if centre.phone != was.phone:
        checks["phone"] = partial(require_telephone, "phone", centre.phone)
    if centre.place.postcode != was.place.postcode:
        checks["postcode"] = partial(require_postcode, "place.postcode", centre.place.postcode)
    checks |= {
        field: partial(require_not_years_away, field, getattr(centre, field), today)
        for field in ("valid_to", "verified_on")
        if getattr(centre, field) != getattr(was, field)
    }
    for check in checks.values():
        try:
            check()
        except Refused as refused:
            yield refused
