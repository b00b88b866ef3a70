"""Strings put into every personal and sensitive text field, to be looked for where data might have gone."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from api.domain.records import CitizenRecord, EmployerRecord, JobOrderRecord
from api.examples.municipality import ExampleMunicipality, municipality_of

_Record = CitizenRecord | EmployerRecord | JobOrderRecord

Canary = Callable[[str, str], str]
"""Answers a string of its own for a field ("citizen.name") of the record of an id."""

CANARY_FIELDS = {
    "citizen": ("name",),
    "employer": ("phone", "contact_person", "contact_basis_note"),
    "job_order": ("text", "times_text"),
}
"""The fields that carry one: they name a person, or are free text in which one may be named."""


@dataclass(frozen=True)
class CanaryLine:
    """Which string stands in which field of which record."""

    field: str
    id: str
    municipality: str
    canary: str


@dataclass(frozen=True)
class Canaries:
    """A `Canary` that keeps what it gave out; `make` answers an unguessable string, new at every call."""

    make: Callable[[], str]
    lines: list[CanaryLine] = field(default_factory=list)

    def __call__(self, field: str, id: str) -> str:
        """A new string, noted down."""
        self.lines.append(CanaryLine(field, id, municipality_of(id), self.make()))
        return self.lines[-1].canary


def with_canaries(made: ExampleMunicipality, canary: Canary) -> ExampleMunicipality:
    """The same municipality with a canary at the end of each of `CANARY_FIELDS`, also of an empty one."""
    return replace(
        made,
        citizens=tuple(replace(row, **_marked("citizen", row, canary)) for row in made.citizens),
        employers=tuple(replace(row, **_marked("employer", row, canary)) for row in made.employers),
        job_orders=tuple(replace(row, **_marked("job_order", row, canary)) for row in made.job_orders),
    )


def _marked(kind: str, record: _Record, canary: Canary) -> dict[str, Any]:
    said = {name: getattr(record, name) for name in CANARY_FIELDS[kind]}
    return {name: f"{value} {canary(f'{kind}.{name}', record.id)}".strip() for name, value in said.items()}
