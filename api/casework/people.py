"""The citizens of a municipality who want work, as a list of candidates stands on them: without a name.

Reading them opens every seal, so they are held in memory as the catalogues are. What people are called is
read for those who are shown, when they are shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from api.casework.following import Changed
from api.casework.starts import Starts, anchors_of, starts_of
from api.domain.caller import Caller
from api.domain.records import CitizenRecord, RecordKind, rests_until
from api.store import Unit, citizens
from matching import Citizen


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A citizen who wants work; `citizen` is None where no place to start from is known."""

    id: str
    version: int
    citizen: Citizen | None
    objects_to_ranking: bool
    waiting_since: date | None
    not_able_until: date | None

    @classmethod
    def of(cls, record: CitizenRecord, starts: Starts) -> "Candidate":
        """What a list needs of a record."""
        anchors = anchors_of(record, starts)
        return cls(
            id=record.id,
            version=record.version,
            citizen=Citizen.of(record.id, anchors, record.needs, record.waiting_since) if anchors else None,
            objects_to_ranking=record.objects_to_ranking,
            waiting_since=record.waiting_since,
            not_able_until=record.not_able_until,
        )

    def able(self, on: date) -> bool:
        """Whether the citizen can be asked on a day; afterwards nothing is left of not having been able."""
        return rests_until(self.not_able_until, on) is None


@dataclass(frozen=True)
class People:
    """Candidates by id, in the order of their ids, at one change number."""

    seq: int
    by_id: Mapping[str, Candidate]


def read(unit: Unit, caller: Caller, seq: int = 0) -> People:
    """Everybody who wants work now, as the unit sees it."""
    return People(seq, _by_id(citizens.wanting_work(unit, caller), starts_of(unit, caller.municipality)))


def followed(unit: Unit, caller: Caller, seq: int, people: People, changed: Changed) -> People:
    """The same after some citizens and centres were changed."""
    if changed[RecordKind.CENTRE]:
        return read(unit, caller, seq)
    ids = changed[RecordKind.CITIZEN]
    if not ids:
        return replace(people, seq=seq)
    met = [record for record in citizens.some(unit, caller, ids).values() if record.ready]
    others = {id_: one for id_, one in people.by_id.items() if id_ not in ids}
    now = {**others, **_by_id(met, starts_of(unit, caller.municipality))}
    return People(seq, {id_: now[id_] for id_ in sorted(now)})


def _by_id(records: Iterable[CitizenRecord], starts: Starts) -> dict[str, Candidate]:
    return {record.id: Candidate.of(record, starts) for record in records}
