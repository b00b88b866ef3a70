"""Finding the houses of what is only known by its postal district or town, a few at a time.

Every few are stored as soon as they are answered, so that stopping half way loses nothing. What somebody has
changed meanwhile is left for the next time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from api.access import audit
from api.casework.addresses import Addresses, houses_of, is_at_house
from api.casework.imports import finer
from api.casework.places import placed
from api.domain.caller import Caller
from api.domain.records import Centre, EmployerRecord
from api.store import Store, Unit, centres, employers
from api.store.errors import Stale
from geo import Owner
from geo.address_service import Answer, Answers, Finding

Placed = Centre | EmployerRecord
AT_ONCE = 20
"""So many are asked for before what was found is stored."""


@dataclass(frozen=True, kw_only=True)
class Refined:
    """What became of so many centres and employers whose house was looked for.

    `changed_meanwhile` were found, but not stored: somebody else had changed them since they were read.
    """

    looked_for: int = 0
    found: int = 0
    not_found: int = 0
    several: int = 0
    no_answer: int = 0
    changed_meanwhile: int = 0

    def __add__(self, other: "Refined") -> "Refined":
        """Both together."""
        return Refined(
            **{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)}
        )


def to_refine(store: Store, caller: Caller, addresses: Addresses) -> list[Placed]:
    """Centres first, then employers, whose house can be asked for and was not in vain lately."""
    with store.unit(read_only=True) as unit:
        kept: list[Placed] = [
            *centres.all_of(unit, caller.municipality),
            *employers.all_of(unit, caller.municipality),
        ]
    houses = [(record, house) for record in kept for house in houses_of([record])]
    known = addresses.known(store, caller, [house for _, house in houses])
    in_vain = {house for house, answer in known.items() if answer.finding is not Finding.FOUND}
    return [record for record, house in houses if house not in in_vain]


def refine(
    store: Store, caller: Caller, addresses: Addresses, records: Sequence[Placed]
) -> Iterator[Refined]:
    """Look for the houses of `records`, answering what became of every few; ends when the service fails."""
    for start in range(0, len(records), AT_ONCE):
        few = records[start : start + AT_ONCE]
        answers = addresses.ask(store, caller, few)
        with store.unit() as unit:
            done = _stored(unit, caller, few, answers)
            unit.commit()
        yield done
        if addresses.paused:
            return


def _stored(unit: Unit, caller: Caller, records: Sequence[Placed], answers: Answers) -> Refined:
    stored, late = [], 0
    for record in records:
        better = _placed_anew(record, caller, answers)
        if not (is_at_house(better.place) and finer(record.place, better.place)):
            continue
        try:
            kept = _replace(unit, caller, better)
        except Stale:
            late += 1
        else:
            stored.append(f"{kept.id}:{kept.version}")
    if stored:
        audit.record(unit, caller, "places_refined", details={"versions": stored})
    found = [answers.get(house) for record in records for house in houses_of([record])]
    findings = [answer.finding for answer in found if isinstance(answer, Answer)]
    return Refined(
        looked_for=len(records),
        found=len(stored),
        not_found=findings.count(Finding.NOT_FOUND),
        several=findings.count(Finding.SEVERAL),
        no_answer=len(found) - len(findings),
        changed_meanwhile=late,
    )


def _placed_anew(record: Placed, caller: Caller, answers: Answers) -> Placed:
    bare = replace(record.place, point=None)
    if isinstance(record, Centre):
        return replace(record, place=placed(bare, Owner.CENTRE, caller.municipality, answers))
    municipality = record.municipality_code or caller.municipality
    return replace(record, place=placed(bare, Owner.EMPLOYER, municipality, answers))


def _replace(unit: Unit, caller: Caller, record: Placed) -> Placed:
    if isinstance(record, Centre):
        return centres.replace(unit, caller, record, record.version)
    return employers.replace(unit, caller, record, record.version)
