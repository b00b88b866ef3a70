"""One text as it was told, each finding beside the words it came from, and what nobody said.

Three kinds of finding are told apart, and not by colour alone: what is said, what is only usual for such
work, and what its nature implies. Only what is said becomes an answer.
"""

from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

from drawing import ASK, INK, PALE, said

from matching.reading import Evidence, Finding, TaskReading
from matching.reading.findings import LEAST_TO_COUNT
from matching.times import parse_slots
from matching.vocabulary import Demand, Setting, Support

SAID, USUAL, IMPLIED = "sagt", "plejer at være sådan", "ligger i arbejdet"

LOOKS = {
    SAID: f"background:{PALE}; color:{INK}",
    USUAL: "text-decoration:overline dotted 2px",
    IMPLIED: f"border-bottom:2px dashed {ASK}",
}
"""How the words behind each kind look; words behind several kinds have all of it."""


class Heard(NamedTuple):
    """One finding: what it says, of which kind it is, how far it can be relied on, and its words."""

    told: str
    kind: str
    confidence: float
    evidence: list[Evidence]

    @property
    def words(self) -> str:
        """The words of the text, as they stand in it."""
        return " … ".join(piece.text for piece in self.evidence)


def heard(reading: TaskReading) -> list[Heard]:
    """Everything that was found, in the order of the text."""
    return sorted(_findings(reading), key=lambda each: [piece.start for piece in each.evidence])


def marked(reading: TaskReading) -> str:
    """The text as HTML: the words behind each finding marked by its kind, with its number in `heard`."""
    found = list(enumerate(heard(reading), start=1))
    pieces = [(number, each.kind, piece) for number, each in found for piece in each.evidence]
    ends = sorted({0, len(reading.text), *(at for _, _, piece in pieces for at in (piece.start, piece.end))})
    told = []
    for start, end in zip(ends, ends[1:], strict=False):
        kinds = {kind for _, kind, piece in pieces if piece.start <= start and end <= piece.end}
        looks = "; ".join(LOOKS[kind] for kind in LOOKS if kind in kinds)
        numbers = ",".join(str(number) for number, _, piece in pieces if piece.end == end)
        told.append(_span(reading.text[start:end], looks) + (f"<sup>{numbers}</sup>" if numbers else ""))
    legend = ", ".join(_span(kind, looks) for kind, looks in LOOKS.items())
    return f'<p style="line-height:2; max-width:48em">{"".join(told)}</p><p>{legend}</p>'


def left_open(reading: TaskReading) -> list[Demand | Support]:
    """The demands and supports of which nothing is said, also those that the work implies."""
    answered = {*reading.demands, *reading.supports}
    return [code for code in (*Demand, *Support) if code not in answered]


def kind_of_setting(found: Finding[Setting]) -> str:
    """Whether a setting is told or only usual for such work."""
    return SAID if found.confidence >= LEAST_TO_COUNT else USUAL


def _findings(reading: TaskReading) -> Iterator[Heard]:
    for activity, share in reading.activities.items():
        yield _heard(said.label(activity), SAID, share)
    if reading.setting:
        yield _heard(said.label(reading.setting.value), kind_of_setting(reading.setting), reading.setting)
    for answers in (reading.demands, reading.supports):
        for code, answer in answers.items():
            yield _heard(f"{said.label(code)}: {said.label(answer.value)}", SAID, answer)
    for demand, finding in reading.implied.items():
        yield _heard(f"{said.label(demand)}: spørg", IMPLIED, finding)
    yield from _figures(reading)


def _figures(reading: TaskReading) -> Iterator[Heard]:
    if reading.times:
        slots = parse_slots(reading.times.value, "times")
        yield _heard(", ".join(map(said.slot, slots)), SAID, reading.times)
    elif reading.weekdays:
        yield _heard(", ".join(map(said.label, reading.weekdays.value)), SAID, reading.weekdays)
    if reading.hours_per_week:
        yield _heard(
            f"{said.brief(reading.hours_per_week.value)} timer om ugen", SAID, reading.hours_per_week
        )
    if reading.pay_dkk_per_hour:
        yield _heard(
            f"{said.brief(reading.pay_dkk_per_hour.value)} kr. i timen", SAID, reading.pay_dkk_per_hour
        )
    if reading.places:
        yield _heard(f"pladser: {reading.places.value}", SAID, reading.places)
    if reading.starts_on:
        yield _heard(f"begynder {said.day(reading.starts_on.value)}", SAID, reading.starts_on)


def _heard(told: str, kind: str, finding: Finding[Any]) -> Heard:
    return Heard(told, kind, finding.confidence, finding.evidence)


def _span(text: str, looks: str) -> str:
    return f'<span style="{looks}">{escape(text)}</span>' if looks else escape(text)
