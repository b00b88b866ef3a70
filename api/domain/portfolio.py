"""The employers of a municipality as a list shows them: what can be looked through without opening a seal."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from api.domain.records import ContactBasis, may_be_contacted_first
from geo import Point, Precision
from matching.vocabulary import Answer


class EmployerNamed(NamedTuple):
    """An employer as far as a search needs it, which reads every one of a municipality."""

    id: str
    name: str
    cvr: str
    p_number: str


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
    advertising_protected: Answer
    contact_basis: ContactBasis | None

    @property
    def may_be_contacted_first(self) -> bool:
        """Whether a consultant may make the first contact."""
        return may_be_contacted_first(self.advertising_protected, self.contact_basis)
