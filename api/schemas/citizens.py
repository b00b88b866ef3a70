"""Citizens, as they are sent and shown. What work must allow, never why."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, Field, PlainSerializer

from api.access.masking import MaskedCitizen, initials
from api.domain.accounts import AccessGrant as AccessGrantRecord
from api.domain.records import AnchorRecord, CitizenRecord, ListedCitizen
from api.schemas.shapes import (
    IDS,
    Body,
    CitizenId,
    Code,
    Day,
    Line,
    MunicipalityCode,
    Number,
    Shown,
    Truth,
    UserId,
    Version,
    Whole,
    looks_like,
)
from geo import Mode
from matching.citizens import NEEDS_FIELDS, Needs
from matching.vocabulary import Activity, AnchorKind, Answer, Attitude, Demand, Setting, Support

Name = Annotated[str, Field(min_length=1, max_length=200, examples=["Eksempel Borger"])]
Demands = Annotated[frozenset[Demand], PlainSerializer(sorted, return_type=list[Demand])]
Supports = Annotated[frozenset[Support], PlainSerializer(sorted, return_type=list[Support])]
Slots = Annotated[tuple[Line, ...], Field(max_length=50, examples=[["mon 10-14", "fri 10-14:30"]])]
Minutes = Annotated[Number, Field(ge=0, le=1440)]
Hours = Annotated[Number, Field(ge=0, le=168)]
NotAbleUntil = Annotated[Day, Field(description="Until this day the citizen is no candidate")]
Kroner = Annotated[Number, Field(ge=0, le=1_000_000)]


class AnchorFields(Body):
    """Where a citizen's way starts: a centre of the municipality, or a postal district; nothing finer."""

    model_config = looks_like(centre_id=IDS["centre_id"])

    kind: AnchorKind = AnchorKind.DROP_IN_CENTRE
    centre_id: Code | None = None
    postcode: Code | None = None


Anchors = Annotated[tuple[AnchorFields, ...], Field(min_length=1, max_length=10)]


class NeedsFields(BaseModel):
    """What a citizen likes, can do and has to avoid, and when and how far they can come.

    `avoids`, `needs`, `max_minutes`, `max_hours_per_week`, `availability` and "cannot" are hard, the rest
    soft. Silence constrains nothing.
    """

    attitudes: dict[Activity, Attitude] = Field(
        {}, examples=[{"green": "gladly", "outdoor_upkeep": "can", "machine_work": "cannot"}]
    )
    setting: dict[Setting, Attitude] = Field({}, examples=[{"outdoor": "gladly"}])
    avoids: Demands = Field(frozenset(), examples=[["alcohol_present", "machines"]])
    prefers_not: Demands = Field(frozenset(), examples=[["crowds"]])
    needs: Supports = Field(frozenset(), examples=[["contact_person"]])
    wishes: Supports = Field(frozenset(), examples=[["same_day_pay"]])
    abilities: dict[Demand, Answer] = Field({}, examples=[{"driving_licence": "no"}])
    mode: Mode = Mode.WALK
    max_minutes: Minutes | None = Field(None, examples=[45])
    availability: Slots = ()
    max_hours_per_week: Hours | None = Field(None, examples=[6])
    earnings_room_dkk: Kroner | None = None

    def to_needs(self) -> Needs:
        """The needs as the ranking knows them; raises `Refused` for a time or code that is not known."""
        return Needs(**{name: getattr(self, name) for name in NEEDS_FIELDS})


class CitizenCreate(Body, NeedsFields):
    """A new citizen of the caller's municipality, who becomes the caller's work."""

    name: Name
    anchors: Anchors
    ready: Truth = True
    objects_to_ranking: Truth = False
    waiting_since: Day | None = None
    not_able_until: NotAbleUntil | None = None

    def to_anchors(self) -> tuple[AnchorRecord, ...]:
        """The anchors as the desk keeps them."""
        return tuple(AnchorRecord(**anchor.model_dump()) for anchor in self.anchors)

    @classmethod
    def base(cls, record: CitizenRecord) -> dict[str, Any]:
        """What a merge patch starts from."""
        return Citizen.of(record).model_dump(mode="json", include=set(cls.model_fields))


class CitizenUpdate(Body):
    """A merge patch of a citizen: what is sent replaces, null takes away; objects are merged key by key."""

    model_config = looks_like(
        max_minutes=30,
        avoids=["alcohol_present", "crowds"],
        attitudes={"kitchen": "can"},
    )

    name: Line | None = None
    anchors: Anchors | None = None
    ready: Truth | None = None
    objects_to_ranking: Truth | None = None
    waiting_since: Day | None = None
    not_able_until: NotAbleUntil | None = None
    attitudes: dict[Activity, Attitude | None] | None = None
    setting: dict[Setting, Attitude | None] | None = None
    avoids: Demands | None = None
    prefers_not: Demands | None = None
    needs: Supports | None = None
    wishes: Supports | None = None
    abilities: dict[Demand, Answer | None] | None = None
    mode: Mode | None = None
    max_minutes: Minutes | None = None
    availability: Slots | None = None
    max_hours_per_week: Hours | None = None
    earnings_room_dkk: Kroner | None = None


class Citizen(Shown, NeedsFields):
    """A citizen in detail: for those whose work it is, or who have said why they look."""

    model_config = looks_like(
        name="Karen Marie Eksempel",
        ready=True,
        objects_to_ranking=False,
        mode="bicycle",
        max_minutes=45.0,
        waiting_since="2026-09-23",
        updated_at="2026-11-23T09:30:00Z",
    )

    id: CitizenId
    municipality: MunicipalityCode
    name: str
    anchors: tuple[AnchorFields, ...]
    ready: bool
    objects_to_ranking: bool
    waiting_since: date | None
    not_able_until: date | None
    version: Version
    updated_at: datetime | None

    @classmethod
    def of(cls, record: CitizenRecord) -> Self:
        """The citizen as the desk knows one."""
        return cls(
            id=record.id,
            municipality=record.municipality,
            name=record.name,
            anchors=tuple(AnchorFields(**_anchor(anchor)) for anchor in record.anchors),
            ready=record.ready,
            objects_to_ranking=record.objects_to_ranking,
            waiting_since=record.waiting_since,
            not_able_until=record.not_able_until,
            version=record.version,
            updated_at=record.updated_at,
            **_said(record.needs),
        )


class CitizenListed(Shown):
    """A citizen in a list. `open` says whether the detail is open to the caller; if not, initials are all."""

    model_config = looks_like(
        initials="K.M.E.", open=True, name="Karen Marie Eksempel", ready=True, waiting_since="2026-09-23"
    )

    id: CitizenId
    initials: str
    open: bool
    name: str | None = None
    ready: bool | None = None
    waiting_since: date | None = None
    nobodys: bool | None = Field(
        None, description="Whether nobody works with the citizen; null for who is open to the caller"
    )

    @classmethod
    def of(cls, record: CitizenRecord | ListedCitizen | MaskedCitizen) -> Self:
        """The citizen as much as the caller may see in a list."""
        if isinstance(record, MaskedCitizen):
            return cls(id=record.id, initials=record.initials, open=False, nobodys=record.nobodys)
        return cls(
            id=record.id,
            initials=initials(record.name),
            open=True,
            name=record.name,
            ready=record.ready,
            waiting_since=record.waiting_since,
        )


class CitizenSearch(Body):
    """Part of a name; in the body, because names never stand in an address."""

    name: Annotated[str, Field(min_length=2, max_length=100, examples=["Karen"])]
    limit: Annotated[Whole, Field(ge=1, le=200)] = 50


class AccessRequest(Body):
    """Why somebody has to see a citizen who is not their work."""

    reason: Annotated[str, Field(min_length=1, max_length=1000, examples=["Ringer for kollega, der er syg"])]


class AccessGranted(Shown):
    """Sight of a citizen until `expires_at`; the coordinator is shown that it was asked for."""

    model_config = looks_like(granted_at="2026-11-23T09:30:00Z", expires_at="2026-11-23T10:30:00Z")

    citizen: CitizenId
    granted_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, grant: AccessGrantRecord) -> Self:
        """The grant as it is kept, without the reason."""
        return cls(citizen=grant.citizen_id, granted_at=grant.granted_at, expires_at=grant.expires_at)


class AssignmentCreate(Body):
    """Whose work a citizen becomes; without a user, the caller's own."""

    model_config = looks_like(user_id=IDS["user_id"])

    user_id: Code | None = None


class Assignments(Shown):
    """Whose work a citizen is."""

    citizen: CitizenId
    users: list[UserId]


def _anchor(anchor: AnchorRecord) -> Mapping[str, Any]:
    return {"kind": anchor.kind, "centre_id": anchor.centre_id, "postcode": anchor.postcode}


def _said(needs: Needs) -> dict[str, Any]:
    said = {name: getattr(needs, name) for name in NEEDS_FIELDS}
    return {**said, "availability": tuple(str(slot) for slot in needs.availability)}
