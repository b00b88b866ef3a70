"""The numbers of a municipality's ranking, as one versioned file in which every number carries its source.

`policy.toml` beside this module holds the defaults and is the model for a municipality's own. A file is
refused when it leaves a number out, names one that does not exist, or says something that cannot hold.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from geo import Mode, Pace, Refused
from geo.errors import N_
from matching.citizens import parse_field
from matching.vocabulary import Answer, Attitude, Code


class Part(StrEnum):
    """The parts of a pair's score that carry a weight."""

    NEARNESS = "nearness"
    SUITABILITY = "suitability"
    WISHES = "wishes"
    EMPLOYER_OPENNESS = "employer_openness"


_SOFT_ATTITUDES = tuple(attitude for attitude in Attitude if attitude is not Attitude.CANNOT)
_BY_MODE = tuple(Mode)
_SECTIONS: dict[str, tuple[str, ...]] = {
    "weights": tuple(Part),
    "parts": ("floor", "plateau_minutes"),
    "half_minutes": _BY_MODE,
    "attitudes": _SOFT_ATTITUDES,
    "wishes": tuple(Answer),
    "openness": ("prior_yes", "prior_no", "half_life_months"),
    "load": ("points", "most_per_place"),
    "kmh": _BY_MODE,
    "detour": _BY_MODE,
    "fixed_minutes": _BY_MODE,
}

_RANGES: dict[str, tuple[float, float]] = {
    "weights": (0, 1),
    # at a thousandth a part that weighs a third takes nine points in ten; lower, it decides alone
    "parts.floor": (0.001, 0.5),
    "parts.plateau_minutes": (0, 60),
    # a nearness that is half after a minute, and one that four hours leave at half: both are extreme already
    "half_minutes": (1, 240),
    "attitudes": (0, 1),
    "wishes": (0, 1),
    # with a tenth of an answer a first yes settles the matter, with a hundred no answer is ever felt
    "openness.prior_yes": (0.1, 100),
    "openness.prior_no": (0.1, 100),
    "openness.half_life_months": (1, 120),
    # the score has a hundred points to lose
    "load": (0, 100),
    # from somebody with a walker to the motorway (færdselsloven, section 42: 130 km/h)
    "kmh": (1, 130),
    # no way is shorter than the straight line; five times as long is a fjord without a bridge
    "detour": (1, 5),
    "fixed_minutes": (0, 120),
}
"""By section or number, the smallest and the largest that is no slip [judged, where no source is named]."""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Everything a pair's score depends on besides the pair itself.

    `numbers` holds every number by its name in the file, "weights.nearness", and `sources` where each of them
    comes from.
    """

    version: str
    text: str
    weights: Mapping[Part, float]
    floor: float
    plateau_minutes: float
    half_minutes: Mapping[Mode, float]
    attitudes: Mapping[Attitude, float]
    wishes: Mapping[Answer, float]
    prior_yes: float
    prior_no: float
    half_life_months: float
    load_points: float
    load_most_per_place: float
    pace: Mapping[Mode, Pace]
    numbers: Mapping[str, float]
    sources: Mapping[str, str]

    @classmethod
    def default(cls) -> "Policy":
        """The policy that is shipped."""
        return _default()

    @classmethod
    def from_toml(cls, text: str) -> "Policy":
        """Read a policy; raises `Refused` with the number that is missing, unknown or out of bounds."""
        try:
            told = tomllib.loads(text)
        except (ValueError, RecursionError) as error:  # also numbers without end, and brackets
            remedy = N_("Compare it with the policy that is shipped.")
            raise Refused("policy", N_("It is not TOML: {value}."), remedy, value=error) from None
        version = told.pop("version", None)
        if not isinstance(version, str) or not version.strip():
            raise Refused(
                "version", N_("The policy has no version."), N_('Add a line like version = "2026-1".')
            )
        numbers = _numbers(told)
        _check(numbers)
        return cls(
            version=version,
            text=text,
            weights=_keyed(Part, numbers["weights"]),
            floor=numbers["parts"]["floor"],
            plateau_minutes=numbers["parts"]["plateau_minutes"],
            half_minutes=_keyed(Mode, numbers["half_minutes"]),
            attitudes=_keyed(Attitude, numbers["attitudes"]),
            wishes=_keyed(Answer, numbers["wishes"]),
            prior_yes=numbers["openness"]["prior_yes"],
            prior_no=numbers["openness"]["prior_no"],
            half_life_months=numbers["openness"]["half_life_months"],
            load_points=numbers["load"]["points"],
            load_most_per_place=numbers["load"]["most_per_place"],
            pace={mode: _pace(numbers, mode) for mode in Mode},
            numbers={name: numbers[section][each] for name, section, each in _named()},
            sources={name: told[section][each]["source"] for name, section, each in _named()},
        )

    def with_numbers(self, changes: Mapping[str, float], *, version: str, source: str) -> "Policy":
        """Another version of this policy in which some numbers differ, all of them from one source.

        `changes` names them as `numbers` does. Raises `UnknownCode` for a name that does not exist, and
        `Refused` for numbers that cannot hold: weights have to sum to 1 here as well.
        """
        numbers = {**self.numbers, **{parse_field(name, self.numbers): changes[name] for name in changes}}
        sources = {**self.sources, **dict.fromkeys(changes, source)}
        return Policy.from_toml(_written(version, numbers, sources))


@cache
def _default() -> Policy:
    return Policy.from_toml((files("matching") / "policy.toml").read_text(encoding="utf-8"))


def _named() -> Iterator[tuple[str, str, str]]:
    """Every number by its full name, its section and its name there, in the order of the file."""
    for section, names in _SECTIONS.items():
        yield from ((f"{section}.{name}", section, str(name)) for name in names)


def _written(version: str, numbers: Mapping[str, float], sources: Mapping[str, str]) -> str:
    """The file of a policy; what JSON writes is TOML as well, but for a number that is none."""

    def lines(section: str, names: tuple[str, ...]) -> Iterator[str]:
        yield f"\n[{section}]"
        for name in (f"{section}.{each}" for each in names):
            value, source = (json.dumps(told, ensure_ascii=False) for told in (numbers[name], sources[name]))
            yield f"{name.partition('.')[2]} = {{ value = {value}, source = {source} }}"

    sections = (line for section, names in _SECTIONS.items() for line in lines(section, names))
    return "\n".join((f"version = {json.dumps(version, ensure_ascii=False)}", *sections, ""))


def _keyed(kind: type[Code], numbers: Mapping[str, float]) -> dict[Code, float]:
    return {kind(name): value for name, value in numbers.items()}


def _pace(numbers: Mapping[str, Mapping[str, float]], mode: Mode) -> Pace:
    return Pace(numbers["kmh"][mode], numbers["detour"][mode], numbers["fixed_minutes"][mode])


def _numbers(told: Mapping[str, object]) -> dict[str, dict[str, float]]:
    for section in told:
        parse_field(section, _SECTIONS)
    return {section: _section(section, names, told.get(section)) for section, names in _SECTIONS.items()}


def _section(section: str, names: tuple[str, ...], told: object) -> dict[str, float]:
    entries = told if isinstance(told, Mapping) else {}
    for name in entries:
        parse_field(name, names)
    return {str(name): _number(f"{section}.{name}", entries.get(name)) for name in names}


def _number(where: str, entry: object) -> float:
    value = entry.get("value") if isinstance(entry, Mapping) else None
    source = entry.get("source") if isinstance(entry, Mapping) else None
    a_number = isinstance(value, int | float) and not isinstance(value, bool) and value == value
    if not a_number or not isinstance(source, str) or not source.strip():
        remedy = N_('Write it as {{ value = 0.35, source = "where it comes from" }}.')
        raise Refused(where, N_("{value!r} is not a number with a source."), remedy, value=entry)
    smallest, largest = _RANGES.get(where) or _RANGES[where.partition(".")[0]]
    if not smallest <= value <= largest:  # type: ignore[operator]
        remedy = N_("Give a number from {smallest} to {largest}.")
        problem = N_("{value} is out of bounds.")
        raise Refused(where, problem, remedy, value=value, smallest=smallest, largest=largest)
    return float(value)  # type: ignore[arg-type]


def _check(numbers: Mapping[str, Mapping[str, float]]) -> None:
    """Refuse numbers that would break a promise of the ranking, naming the promise."""
    weights, attitudes, wishes = numbers["weights"], numbers["attitudes"], numbers["wishes"]
    promises = {
        "weights": (abs(sum(weights.values()) - 1) < 1e-9, N_("The weights have to sum to 1.")),
        "attitudes": (
            attitudes["gladly"] >= attitudes["can"] >= attitudes["rather_not"]
            and attitudes["gladly"] >= attitudes["unknown"],
            N_("What is done gladly counts at least as much as anything else."),
        ),
        "wishes": (
            wishes["yes"] >= wishes["unknown"] >= wishes["no"],
            N_("An answer of yes counts at least as much as none, and none as much as no."),
        ),
    }
    for field, (kept, promise) in promises.items():
        if not kept:
            raise Refused(field, promise, N_("Change the numbers so that it holds."))
