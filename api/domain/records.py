"""What is kept of centres, citizens, employers and job orders, as the desk speaks of them.

The ranking's own types are inside (`Needs`, `Task`), so that what a consultant records is what is ranked.
Ids are opaque text; times are UTC; a place that is not known is None, never a point.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from geo import Point, Precision
from matching.citizens import Needs
from matching.orders import Task
from matching.vocabulary import AnchorKind, Answer, Demand, Support


@dataclass(frozen=True, kw_only=True)
class Place:
    """An address and the best point known for it, with where the point came from and when."""

    street: str = ""
    house_number: str = ""
    postcode: str = ""
    town: str = ""
    point: Point | None = None
    precision: Precision = Precision.ADDRESS
    source: str = ""
    dated: date | None = None


@dataclass(frozen=True, kw_only=True)
class Centre:
    """A drop-in centre or supported housing where citizens feel at home; a citizen's way starts here."""

    id: str
    municipality: str
    name: str
    kind: AnchorKind = AnchorKind.DROP_IN_CENTRE
    place: Place
    verified_on: date | None = None
    valid_to: date | None = None
    version: int = 1


@dataclass(frozen=True, kw_only=True)
class AnchorRecord:
    """Where a citizen starts from: a centre of the municipality, or a postal district; nothing finer."""

    kind: AnchorKind
    centre_id: str | None = None
    postcode: str | None = None


@dataclass(frozen=True, kw_only=True)
class CitizenRecord:
    """A citizen with a card, as the desk knows one. `name` is sealed at rest; so is `needs`."""

    id: str
    municipality: str
    name: str
    anchors: tuple[AnchorRecord, ...]
    needs: Needs = field(default_factory=Needs)
    ready: bool = True
    objects_to_ranking: bool = False
    waiting_since: date | None = None
    version: int = 1
    updated_at: datetime | None = None


class IndustrySystem(StrEnum):
    """Which list an industry code is from; DB25 replaced DB07 in the business register during 2025."""

    DB07 = "db07"
    DB25 = "db25"
    UNKNOWN = "unknown"


class ContactBasis(StrEnum):
    """Why an employer may be contacted although the register protects it from advertising."""

    OWN_RELATION = "own_relation"
    INBOUND_ORDER = "inbound_order"
    CONSENT = "consent"


@dataclass(frozen=True, kw_only=True)
class EmployerRecord:
    """A workplace. One CVR number may have several; the P-number tells them apart.

    `demands` and `supports` hold for every task there. `advertising_protected` is the register's
    *reklamebeskyttelse*: yes and unknown both forbid a first contact unless `contact_basis` is recorded.
    """

    id: str
    municipality: str
    name: str
    cvr: str = ""
    p_number: str = ""
    place: Place = field(default_factory=Place)
    municipality_code: str = ""
    industry_code: str = ""
    industry_system: IndustrySystem = IndustrySystem.UNKNOWN
    industry: str = ""
    employees: str = ""
    phone: str = ""
    contact_person: str = ""
    advertising_protected: Answer = Answer.UNKNOWN
    contact_basis: ContactBasis | None = None
    contact_basis_note: str = ""
    source: str = ""
    last_contact_on: date | None = None
    demands: Mapping[Demand, Answer] = field(default_factory=dict)
    supports: Mapping[Support, Answer] = field(default_factory=dict)
    version: int = 1
    updated_at: datetime | None = None

    @property
    def may_be_contacted_first(self) -> bool:
        """Whether a consultant may make the first contact (CVR-loven §§ 19, 22: block by default)."""
        return self.advertising_protected is Answer.NO or self.contact_basis is not None


class OrderState(StrEnum):
    """Where a job order stands."""

    RECEIVED = "received"
    OPEN = "open"
    FILLED = "filled"
    RETURNED = "returned"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class JobOrderRecord:
    """A job order as it was told, and the task that was read out of it and confirmed.

    `text` is the employer's own words, `times_text` what was said about days and hours; `task` is what ranks.
    `reference` is the number in the system it came from.
    """

    id: str
    municipality: str
    employer_id: str
    title: str
    text: str = ""
    times_text: str = ""
    reference: str = ""
    source: str = ""
    received_on: date | None = None
    state: OrderState = OrderState.OPEN
    places: int = 1
    open_proposals: int = 0
    task: Task = field(default_factory=Task)
    version: int = 1
    updated_at: datetime | None = None
