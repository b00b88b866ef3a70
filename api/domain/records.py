"""What is kept of centres, citizens, employers and job orders, as the desk speaks of them.

The ranking's own types are inside (`Needs`, `Task`), so that what a consultant records is what is ranked.
Ids are opaque text; times are UTC; a place that is not known is None, never a point.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from api.domain.names import visible
from geo import Point, Precision
from matching.citizens import Needs
from matching.industries import IndustrySystem as IndustrySystem
from matching.orders import Task
from matching.vocabulary import AnchorKind, Answer, Demand, Support

BY_HAND = "by hand"
"""The source of a point that somebody has marked on a map."""


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
    """A drop-in centre or supported housing where citizens feel at home; a citizen's way starts here.

    `valid_to` is the last day on which it is open, None while nobody has said that it closes.
    """

    id: str
    municipality: str
    name: str
    kind: AnchorKind = AnchorKind.DROP_IN_CENTRE
    place: Place
    phone: str = ""
    verified_on: date | None = None
    valid_to: date | None = None
    version: int = 1
    updated_at: datetime | None = None

    def __post_init__(self) -> None:
        """Whatever brings a name, what nobody sees is no part of it."""
        object.__setattr__(self, "name", visible(self.name))

    @property
    def closed_from(self) -> date | None:
        """The first day on which it is closed."""
        return self.valid_to and self.valid_to + timedelta(days=1)

    def closed_on(self, day: date) -> bool:
        """Whether it is closed on a day."""
        return self.valid_to is not None and self.valid_to < day


@dataclass(frozen=True, kw_only=True)
class AnchorRecord:
    """Where a citizen starts from: a centre of the municipality, or a postal district; nothing finer."""

    kind: AnchorKind
    centre_id: str | None = None
    postcode: str | None = None


class Through(StrEnum):
    """Who makes the contact with a citizen."""

    DROP_IN_CENTRE = "drop_in_centre"
    SUPPORTED_HOUSING = "supported_housing"
    CASEWORKER = "caseworker"
    CITIZEN = "citizen"
    OTHER = "other"


class Means(StrEnum):
    """In which way somebody is contacted."""

    PHONE = "phone"
    TEXT_MESSAGE = "text_message"
    MAIL = "mail"
    LETTER = "letter"
    VISIT = "visit"


@dataclass(frozen=True, kw_only=True)
class ChainLink:
    """One way to reach a citizen: who makes the contact, who to ask for there, by which means and number."""

    through: Through
    means: Means = Means.PHONE
    name: str = ""
    number: str = ""
    centre_id: str | None = None


def rests_until(not_able_until: date | None, on: date) -> date | None:
    """The day on which somebody is asked again; None for who can be asked on a day, whether ready or not."""
    return not_able_until if not_able_until and not_able_until > on else None


@dataclass(frozen=True, kw_only=True)
class CitizenRecord:
    """A citizen with a card, as the desk knows one. `name`, `needs` and `chain` are sealed at rest.

    `chain` says through whom a citizen is contacted, the best way first. Until the day `not_able_until` the
    citizen is no candidate; afterwards nothing is left of it.
    """

    id: str
    municipality: str
    name: str
    anchors: tuple[AnchorRecord, ...]
    needs: Needs = field(default_factory=Needs)
    ready: bool = True
    objects_to_ranking: bool = False
    waiting_since: date | None = None
    not_able_until: date | None = None
    chain: tuple[ChainLink, ...] = ()
    version: int = 1
    updated_at: datetime | None = None

    def __post_init__(self) -> None:
        """Whatever brings a name, what nobody sees is no part of it."""
        object.__setattr__(self, "name", visible(self.name))


@dataclass(frozen=True, kw_only=True)
class ListedCitizen:
    """A citizen as a list shows one; what the person needs stays sealed."""

    id: str
    name: str
    anchors: tuple[AnchorRecord, ...]
    ready: bool
    waiting_since: date | None
    version: int
    not_able_until: date | None = None


class ContactBasis(StrEnum):
    """Why an employer may be contacted although the register protects it from advertising."""

    OWN_RELATION = "own_relation"
    INBOUND_ORDER = "inbound_order"
    CONSENT = "consent"


def may_be_contacted_first(advertising_protected: Answer, contact_basis: ContactBasis | None) -> bool:
    """Whether a consultant may make the first contact (CVR-loven §§ 19, 22: block by default)."""
    return advertising_protected is Answer.NO or contact_basis is not None


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

    def __post_init__(self) -> None:
        """Whatever brings a name, what nobody sees is no part of it."""
        object.__setattr__(self, "name", visible(self.name))
        object.__setattr__(self, "contact_person", visible(self.contact_person))

    @property
    def is_numbered(self) -> bool:
        """Whether the business register knows it by a number that is known here."""
        return bool(self.cvr or self.p_number)

    @property
    def may_be_contacted_first(self) -> bool:
        """Whether a consultant may make the first contact."""
        return may_be_contacted_first(self.advertising_protected, self.contact_basis)


class OrderState(StrEnum):
    """Where a job order stands."""

    RECEIVED = "received"
    OPEN = "open"
    FILLED = "filled"
    RETURNED = "returned"
    ENDED = "ended"


class IntakeChannel(StrEnum):
    """How a job order reached the municipality."""

    PHONE = "phone"
    MAIL = "mail"
    FORM = "form"
    MEETING = "meeting"


class Origin(StrEnum):
    """Who or what a job order was found through."""

    EMPLOYER = "employer"
    FASIT_LIST = "fasit_list"
    LIONS = "lions"
    ROTARY = "rotary"
    BUSINESS_COUNCIL = "business_council"
    PARISH_COUNCIL = "parish_council"
    VILLAGE_ASSOCIATION = "village_association"
    HOUSING_ASSOCIATION = "housing_association"
    FAIR = "fair"
    AWARD_EVENT = "award_event"
    SPONSOR_EVENT = "sponsor_event"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class KeptReading:
    """What was read out of an order's words, and what a person made of it: None until somebody has.

    `proposed` is the reading with the words it rests on, `confirmed` the task as confirmed or corrected.
    """

    proposed: Mapping[str, object]
    confirmed: Mapping[str, object] | None = None
    confirmed_by: str = ""
    confirmed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class JobOrderRecord:
    """A job order as it was told, and the task that was read out of it and confirmed.

    `text` is the employer's own words, `times_text` what was said about days and hours; `task` is what ranks.
    `reference` is the number in the system it came from. `taken_by` is the user who looks after it,
    `heard_on` the last day on which the employer was heard to want it still. The contact clock runs from
    `clock_from`, the receipt or the last return, until a citizen is contacted at `clock_met_at`, by the
    practice of the version `clock_practice`; a posting out of a list has promised nobody anything and has
    no clock.
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
    channel: IntakeChannel | None = None
    origin: Origin | None = None
    taken_by: str = ""
    heard_on: date | None = None
    clock_from: datetime | None = None
    clock_met_at: datetime | None = None
    clock_practice: int | None = None
    reading: KeptReading | None = None
    version: int = 1
    updated_at: datetime | None = None

    def __post_init__(self) -> None:
        """Whatever brings a name, what nobody sees is no part of it."""
        object.__setattr__(self, "title", visible(self.title))

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was sent back because the employer withdrew it: every other return starts a clock."""
        return self.state is OrderState.RETURNED and self.clock_from is None


class RecordKind(StrEnum):
    """What has versions, and what a change that a ranking can feel was made to."""

    CITIZEN = "citizen"
    CENTRE = "centre"
    EMPLOYER = "employer"
    JOB_ORDER = "job_order"
    POLICY = "policy"
    PRACTICE = "practice"


@dataclass(frozen=True, kw_only=True)
class Municipality:
    """A municipality by its four-digit code; `example` when its people and employers are made up."""

    code: str
    name: str
    example: bool = False


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something that a ranking can feel happened to this record."""

    seq: int
    kind: RecordKind
    record_id: str


@dataclass(frozen=True, kw_only=True)
class PolicyRecord:
    """A named version of a municipality's ranking numbers, as TOML text; adopted by a named person."""

    municipality: str
    version: str
    text: str
    created_by: str
    created_at: datetime
    adopted_by: str | None = None
    adopted_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PracticeRecord:
    """What a municipality does its own way, as data."""

    municipality: str
    body: Mapping[str, object] = field(default_factory=dict)
    version: int = 1
    updated_by: str = ""
    updated_at: datetime | None = None
