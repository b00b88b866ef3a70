"""The employers of a municipality as a list shows them: what can be looked through without opening a seal."""

from dataclasses import dataclass
from datetime import date

from geo import Point, Precision


@dataclass(frozen=True, kw_only=True)
class EmployerLine:
    """An employer as far as a list needs it; who to ask for there, and on which telephone, is left out."""

    id: str
    name: str
    cvr: str
    p_number: str
    industry: str
    street: str
    house_number: str
    postcode: str
    town: str
    point: Point | None
    precision: Precision
    last_contact_on: date | None
