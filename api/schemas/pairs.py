"""One pair as it is shown: its parts, its way, what to ask, what stops it and what would change that."""

from typing import Annotated, Self

from pydantic import Field

from api.schemas.shapes import IDS, CitizenId, Shown, looks_like
from geo import Mode, Precision
from matching import Ledger
from matching.vocabulary import AnchorKind


def _part(*fields: object) -> dict[str, object]:
    return dict(zip(("part", "value", "weight", "lost", "reason"), fields, strict=True))


class Part(Shown):
    """A part of the score: its value and weight (null for the load), the points it loses, and why."""

    part: str
    value: float | None
    weight: float | None
    lost: float | None
    reason: str


Parts = Annotated[
    tuple[Part, ...],
    Field(
        examples=[
            [
                _part("nearness", 1.0, 0.35, 0.0, "0,6 km fra Værestedet Åen (eksempel), 5 min. på cykel"),
                _part("suitability", 0.91, 0.35, 3.1, "Grønt arbejde: gerne; Udendørs renhold og opsyn: kan"),
                _part("wishes", 1.0, 0.15, 0.0, "Ingen ønsker nævnt"),
                _part("employer_openness", 0.5, 0.15, 9.7, "Ny virksomhed, ingen svar endnu"),
                _part("load", None, None, 0.0, "Ingen åbne forslag"),
            ]
        ]
    ),
]


class Travel(Shown):
    """The way: kilometres and minutes (null where the place is unknown), from which anchor, how precise."""

    model_config = looks_like(mode="bicycle", km=0.6, minutes=4.6)

    mode: Mode
    km: float | None
    minutes: float | None
    anchor: AnchorKind
    precision: Precision


class Warned(Shown):
    """Something to know before proposing; it moves nothing."""

    model_config = looks_like(rule="check:heavy_lifting", text="Er der tunge løft?")

    rule: str
    text: str


class Question(Shown):
    """What has to be asked, and of whom."""

    model_config = looks_like(
        of="employer",
        about="avoids:alcohol_present",
        text="Bliver der serveret eller drukket alkohol dér, hvor opgaven løses?",
    )

    of: str
    about: str
    text: str


class Change(Shown):
    """One of the changes that would together bring a pair in: what it settles, and whose word it is."""

    model_config = looks_like(
        settles=["avoids:alcohol_present"], of="employer", text="Hvis opgaven kan løses uden alkohol"
    )

    settles: tuple[str, ...]
    of: str
    text: str


class Named(Shown):
    """An employer by id and name."""

    model_config = looks_like(id=IDS["employer_id"], name="Eksempel Sogns Menighedsråd")

    id: str
    name: str


class Item(Shown):
    """A place in a list; `rank` and `score` are null in a list without ranking."""

    rank: int | None = Field(examples=[1])
    score: float | None = Field(examples=[87.2])
    parts: Parts = Field(description="Always five; the points lost add up to 100 minus the score")
    travel: Travel | None
    warnings: tuple[Warned, ...] = Field(examples=[[]])


class Asked(Shown):
    """A pair that hangs on an answer, and the score and rank it has if the answer is a good one.

    `would_rank` is null where the answer would change the list for others too, or decides the points.
    """

    questions: tuple[Question, ...]
    warnings: tuple[Warned, ...] = Field(examples=[[]])
    score_if_answered: float | None = Field(examples=[87.8])
    would_rank: int | None = Field(examples=[2])


class Excluded(Shown):
    """A pair that a rule stops: the first that applies, all of them, what would change it, and to which rank.

    `would_rank` is null as it is for a pair that hangs on an answer.
    """

    model_config = looks_like(
        id="order-0370-11",
        rule="avoids:alcohol_present",
        rules=["avoids:alcohol_present"],
        text="Der er alkohol, og det skal undgås",
        would_change=["Hvis opgaven kan løses uden alkohol, bliver det nummer 3"],
        would_rank=3,
    )

    id: str
    rule: str
    rules: tuple[str, ...]
    text: str
    would_change: tuple[str, ...]
    would_rank: int | None


class ExcludedGroup(Shown):
    """What was left out: counted by the first rule that applies; the k that fit best otherwise in detail."""

    model_config = looks_like(
        total=23, counts={"max_minutes": 9, "avoids:alcohol_present": 8, "attitude:machine_work": 6}
    )

    total: int
    counts: dict[str, int]
    items: tuple[Excluded, ...]


class Explanation(Shown):
    """Why one pair stands where it stands, shown in a list or not."""

    model_config = looks_like(
        id=IDS["order_id"],
        standing="ranked",
        rank=1,
        score=87.2,
        warnings=[],
        questions=[],
        rules=[],
        texts=[],
        changes=[],
        would_change=[],
    )

    citizen: CitizenId
    id: str
    standing: str
    rank: int | None
    score: float | None
    parts: Parts
    travel: Travel
    warnings: tuple[Warned, ...]
    questions: tuple[Question, ...]
    rules: tuple[str, ...]
    texts: tuple[str, ...]
    changes: tuple[Change, ...]
    would_change: tuple[str, ...]
    would_rank: int | None

    @classmethod
    def of(cls, ledger: Ledger, *, scored: bool = True) -> Self:
        """The ledger of the pair; without points, which could be compared with others', unless `scored`."""
        return cls(
            citizen=ledger.citizen_id,
            id=ledger.order_id,
            standing=str(ledger.standing),
            rank=ledger.rank if scored else None,
            score=ledger.score if scored else None,
            parts=_parts(ledger) if scored else _unscored(ledger),
            travel=_travel(ledger),
            warnings=_warnings(ledger),
            questions=questions_of(ledger),
            rules=list(ledger.rules),
            texts=[line.text for line in ledger.stopped_by],
            changes=[
                Change(settles=list(line.settles), of=str(line.of), text=line.text) for line in ledger.changes
            ],
            would_change=list(ledger.would_change),
            would_rank=ledger.would_rank if scored else None,
        )


def item_fields(ledger: Ledger, ranked: bool) -> dict[str, object]:
    """What every item of a list shows of its pair."""
    return {
        "rank": ledger.rank if ranked else None,
        "score": ledger.score if ranked else None,
        "parts": _parts(ledger),
        "travel": _travel(ledger),
        "warnings": _warnings(ledger),
    }


def asked_fields(ledger: Ledger) -> dict[str, object]:
    """What every pair that hangs on an answer shows."""
    return {
        "questions": questions_of(ledger),
        "warnings": _warnings(ledger),
        "score_if_answered": ledger.score,
        "would_rank": ledger.would_rank,
    }


def excluded(other_id: str, ledger: Ledger) -> Excluded:
    """A pair that a rule stops, as it is shown."""
    rules = list(ledger.rules)
    text = ledger.stopped_by[0].text
    return Excluded(
        id=other_id,
        rule=rules[0],
        rules=rules,
        text=text,
        would_change=list(ledger.would_change),
        would_rank=ledger.would_rank,
    )


def _parts(ledger: Ledger) -> list[Part]:
    return [
        Part(part=line.part, value=line.value, weight=line.weight, lost=line.lost, reason=line.reason)
        for line in ledger.parts
    ]


def _unscored(ledger: Ledger) -> list[Part]:
    return [
        Part(part=line.part, value=None, weight=None, lost=None, reason=line.reason) for line in ledger.parts
    ]


def _travel(ledger: Ledger) -> Travel:
    way = ledger.travel
    return Travel(mode=way.mode, km=way.km, minutes=way.minutes, anchor=way.anchor, precision=way.precision)


def questions_of(ledger: Ledger) -> list[Question]:
    """The questions of a pair, as they are shown."""
    return [Question(of=str(item.of), about=item.about, text=item.text) for item in ledger.questions]


def _warnings(ledger: Ledger) -> list[Warned]:
    return [Warned(rule=item.rule, text=item.text) for item in ledger.warnings]
