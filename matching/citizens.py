"""A citizen as the ranking knows one: where the way starts, what is liked, what work must allow.

No trait is an input, and there is no field for one: no diagnosis, age, sex, origin or benefit, and no history
of what went wrong before.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from functools import cached_property
from math import inf, isfinite, nan
from numbers import Integral
from typing import Any, NamedTuple, Self, TypeVar

from geo import Mode, Point, Refused, UnknownCode
from geo.errors import N_
from matching.times import Slot, parse_day, parse_slots
from matching.vocabulary import (
    EXPOSURES,
    REQUIREMENTS,
    Activity,
    AnchorKind,
    Answer,
    Attitude,
    Code,
    Demand,
    Setting,
    Support,
    parse_code,
)

_Value = TypeVar("_Value", bound=StrEnum)
_PLACE = {code: place for kind in (Activity, Demand, Support) for place, code in enumerate(kind)}
_REQUIREMENTS = tuple(demand for demand in Demand if demand in REQUIREMENTS)
SETTINGS = frozenset({Setting.INDOOR, Setting.OUTDOOR})
"""The settings a citizen can have an attitude to."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that the citizen's way starts from; normally the drop-in centre, never a home address."""

    point: Point
    kind: AnchorKind = AnchorKind.DROP_IN_CENTRE
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse an unknown kind, and what is no point."""
        parse_point("anchors", self.point)
        object.__setattr__(self, "kind", parse_code(AnchorKind, "anchors", self.kind))


class Constraint(NamedTuple):
    """One hard thing: its rule, what it is about (a code, an answer, hours, free slots), and a key.

    The key is the same for all who state the same, so that an order is held against it once for all of them.
    """

    rule: str
    about: Any
    key: str


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What a citizen likes, can do and has to avoid, and when and how far they can come.

    `avoids`, `needs`, `max_hours_per_week`, `availability`, `max_minutes` and an attitude or setting of
    "cannot" are hard; `prefers_not`, `wishes` and the other attitudes are soft. Silence constrains nothing:
    empty and None mean that nothing was said. Codes may be given as text; an unknown one raises
    `UnknownCode`.
    """

    attitudes: Mapping[Activity, Attitude] = field(default_factory=dict)
    setting: Mapping[Setting, Attitude] = field(default_factory=dict)
    avoids: frozenset[Demand] = frozenset()
    prefers_not: frozenset[Demand] = frozenset()
    needs: frozenset[Support] = frozenset()
    wishes: frozenset[Support] = frozenset()
    abilities: Mapping[Demand, Answer] = field(default_factory=dict)
    mode: Mode = Mode.WALK
    max_minutes: float | None = None
    availability: tuple[Slot, ...] = ()
    max_hours_per_week: float | None = None
    earnings_room_dkk: float | None = None

    def __post_init__(self) -> None:
        """Turn text into codes and refuse what is not known."""
        settled = {
            "attitudes": _codes_to_codes("attitudes", self.attitudes, Activity, Attitude),
            "setting": _codes_to_codes("setting", self.setting, Setting, Attitude, SETTINGS),
            "avoids": _code_set("avoids", self.avoids, Demand, EXPOSURES),
            "prefers_not": _code_set("prefers_not", self.prefers_not, Demand, EXPOSURES),
            "needs": _code_set("needs", self.needs, Support),
            "wishes": _code_set("wishes", self.wishes, Support),
            "abilities": _codes_to_codes("abilities", self.abilities, Demand, Answer, REQUIREMENTS),
            "mode": parse_code(Mode, "mode", self.mode),
            "availability": parse_slots(self.availability, "availability"),
        }
        for name, value in settled.items():
            object.__setattr__(self, name, value)
        for name in ("max_minutes", "max_hours_per_week", "earnings_room_dkk"):
            object.__setattr__(self, name, amount(name, getattr(self, name)))

    @cached_property
    def constraints(self) -> tuple[Constraint, ...]:
        """Everything hard, in the order in which the contract names the rules."""
        return tuple(Constraint(rule, about, f"{rule} {about}") for rule, about in self._hard())

    def _hard(self) -> Iterator[tuple[str, Any]]:
        """Rule and matter of each; a constraint exists only where somebody has stated one."""
        # where the work is comes first: without it nothing else can be reckoned
        yield from (("place", None), ("ended", None), ("no_places_left", None))
        cannot = frozenset(code for code, word in self.attitudes.items() if word is Attitude.CANNOT)
        yield from ((f"attitude:{activity}", activity) for activity in _in_order(cannot))
        yield from ((f"avoids:{demand}", demand) for demand in _in_order(self.avoids))
        yield from ((f"needs:{support}", support) for support in _in_order(self.needs))
        for requirement in _REQUIREMENTS:
            ability = self.abilities.get(requirement, Answer.UNKNOWN)
            if ability is not Answer.YES:
                yield f"abilities:{requirement}", (requirement, ability)
        if self.max_hours_per_week is not None:
            yield "max_hours", self.max_hours_per_week
        for setting in (Setting.INDOOR, Setting.OUTDOOR):
            if self.setting.get(setting) is Attitude.CANNOT:
                yield f"setting:{setting}", setting
        if self.max_minutes is not None:
            yield "max_minutes", self.max_minutes
        if self.availability:
            yield "availability", self.availability

    def to_json(self) -> dict[str, object]:
        """What was said, in the words of the HTTP surface; what was not said is absent."""
        said = {name: _plain(getattr(self, name)) for name in NEEDS_FIELDS}
        return {name: value for name, value in said.items() if value not in (None, [])}

    @classmethod
    def from_json(cls, said: Mapping[str, object]) -> Self:
        """The inverse of `to_json`; an unknown field raises `UnknownCode`."""
        known = {name: said[name] for name in said if parse_field(name, NEEDS_FIELDS)}
        return cls(**known)  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class Citizen(Needs):
    """The needs of one person together with where they start from.

    Raises `Refused` without an id, and without an anchor: nearness has to start somewhere.
    """

    id: str
    anchors: tuple[Anchor, ...]
    waiting_since: date | None = None

    def __post_init__(self) -> None:
        """Refuse a citizen without an id or an anchor."""
        super().__post_init__()
        object.__setattr__(self, "id", parse_id("citizen_id", self.id))
        object.__setattr__(self, "anchors", _anchors(self.anchors))
        object.__setattr__(self, "waiting_since", parse_day(self.waiting_since, "waiting_since"))
        if not self.anchors:
            remedy = N_("Give the drop-in centre, or a postal district when there is none.")
            raise Refused("anchors", N_("The citizen has no place to start from."), remedy)

    @classmethod
    def of(
        cls, id: str, anchors: Iterable[Anchor], needs: Needs, waiting_since: date | None = None
    ) -> "Citizen":
        """A citizen out of needs that are kept apart from the person."""
        said = {name: getattr(needs, name) for name in NEEDS_FIELDS}
        return cls(id=id, anchors=tuple(anchors), waiting_since=waiting_since, **said)


def require_once(people: Iterable[Citizen]) -> None:
    """Raises `Refused` when a citizen stands twice among people who are compared with one another."""
    twice = [name for name, times in Counter(person.id for person in people).items() if times > 1]
    if twice:
        raise Refused("people", N_("{value!r} stands more than once."), value=twice[0])


NEEDS_FIELDS = tuple(item.name for item in fields(Needs))
"""The names of what a citizen can say, in the order of the contract."""


def parse_field(name: str, known: Iterable[str]) -> str:
    """Answer `name` when it is known; raises `UnknownCode` with the nearest known one otherwise."""
    if name not in set(known):
        raise UnknownCode("field", name, known)
    return name


def parse_point(name: str, value: object) -> Point:
    """A point; raises `Refused` for anything else, as a pair of numbers is."""
    if isinstance(value, Point):
        return value
    raise Refused(name, N_("{value!r} is not a point."), N_("Give it as Point(lat, lon)."), value=value)


def parse_id(name: str, value: object) -> str:
    """An id as text; raises `Refused` for one that is blank, or neither text nor a whole number."""
    remedy = N_("Give text or a whole number.")
    if value is None or (isinstance(value, str) and not value.strip()):
        raise Refused(name, N_("The id is missing."), remedy)
    if isinstance(value, bool) or not isinstance(value, str | Integral):
        raise Refused(name, N_("{value!r} is not an id."), remedy, value=value)
    return str(value)


def amount(name: str, value: object, most: float = inf) -> float | None:
    """A number from 0 up to the most, or None for not known; raises `Refused` for anything else."""
    if value is None:
        return None
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        number = nan
    if isfinite(number) and 0 <= number <= most:
        return number
    raise refused_amount(name, value, most)


def refused_amount(name: str, value: object, most: float) -> Refused:
    """The refusal of what is no amount, wherever it comes from."""
    problem = N_("{value!r} is not an amount.")
    if most == inf:
        remedy = N_("Give a number from 0 up, or leave it out when it is not known.")
        return Refused(name, problem, remedy, value=value)
    remedy = N_("Give a number from {smallest} to {largest}.")
    return Refused(name, problem, remedy, value=value, smallest=0, largest=most)


def _in_order(codes: frozenset[Code]) -> list[Code]:
    """Codes in the order of their vocabulary."""
    return sorted(codes, key=_PLACE.__getitem__)


def _anchors(values: object) -> tuple[Anchor, ...]:
    return tuple(map(_anchor, values if isinstance(values, Iterable) else [values]))


def _anchor(value: object) -> Anchor:
    if isinstance(value, Anchor):
        return value
    remedy = N_("Give a list like [Anchor(Point(lat, lon))].")
    raise Refused("anchors", N_("{value!r} is not an anchor."), remedy, value=value)


def _code_set(
    name: str, values: object, kind: type[Code], allowed: Set[Code] | None = None
) -> frozenset[Code]:
    listed = [values] if isinstance(values, str) else values
    if not isinstance(listed, Iterable):
        raise Refused(name, N_("{value!r} is not a list of codes."), value=values)
    return frozenset(parse_code(kind, name, value, allowed) for value in listed)


def _codes_to_codes(
    name: str,
    values: object,
    kind: type[Code],
    answer: type[_Value],
    allowed: Set[Code] | None = None,
) -> Mapping[Code, _Value]:
    if not isinstance(values, Mapping):
        raise Refused(name, N_("{value!r} is not a mapping from code to answer."), value=values)
    return {
        parse_code(kind, name, key, allowed): parse_code(answer, name, value) for key, value in values.items()
    }


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): str(answer) for key, answer in value.items()} or []
    if isinstance(value, frozenset):
        return sorted(str(item) for item in value)
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value
