"""How well task texts are read: the activity by lexicon, by model and by both, and everything else that is
said.

Of the blind texts only sums are shown, so that they stay blind.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from matching.reading import TaskReading, read_task
from matching.reading.activities import read_activities, words_of_work
from matching.reading.entries import Part
from matching.reading.hits import hits_in
from matching.reading.naming import mentions, named_activities
from matching.reading.scope import Stances
from matching.reading.text import Passage
from matching.vocabulary import Activity, Answer, Demand, Setting, Support
from tests.evaluate import learning
from tests.evaluate.figures import Figure, Section
from tests.evaluate.measures import Kept, calibration_error, share
from tests.evaluate.reading.labels import Label, Span
from tests.evaluate.told import Told, blind_corpora, job_orders, studied, to_steer_by

SHOWN_CONFUSIONS = 12

RECEIVED = date(2026, 11, 23)
"""The day that each text counts as received on, by the rules of labelling."""

KINDS = ("demands", "supports")

InText = tuple[int, Demand | Support]
"""The number of a text and a code that is about it."""


class Answered(NamedTuple):
    """A main activity with its confidence."""

    activity: Activity
    confidence: float


def sections(reference_data: Path) -> Iterator[Section]:
    """The texts by how far they were seen by whoever writes the reading, and how the model learns."""
    corpora = {"texts to steer by": to_steer_by(), "texts studied since": studied()}
    corpora |= {f"blind texts, {name}": told for name, told in blind_corpora().items()}
    if orders := job_orders(reference_data):
        corpora["job orders of the reference data"] = orders
    for name, told in corpora.items():
        yield activities(name, told)
        yield statements(name, told)
        yield figures(name, told)
    yield learning.topics()
    yield from learning.titles(reference_data)
    yield speed([text for text, _ in corpora["texts to steer by"]])


def by_lexicon(text: str) -> Answered | None:
    """The main activity as the lexicon alone names it."""
    passage, stances = _passage(text)
    hits = [hit for hit in hits_in(passage, stances) if hit.entry.part is Part.ACTIVITIES]
    named = named_activities(passage, mentions(passage, hits))
    return next((Answered(code, found.sure) for code, found in named.items()), None)


def by_model(text: str) -> Answered | None:
    """The main activity as the model alone guesses it."""
    passage, stances = _passage(text)
    return _first(read_activities(passage, {}, words_of_work(stances, hits_in(passage, stances))))


def by_both(text: str) -> Answered | None:
    """The main activity as it is read."""
    return _first(read_task(text).activities)


def activities(name: str, told: Sequence[Told]) -> Section:
    """The main activity: how often it is answered, how often rightly, and how sure."""
    rows: list[Figure] = []
    for way, read in (("lexicon alone", by_lexicon), ("model alone", by_model), ("both", by_both)):
        targets = {"coverage": 0.85, "right": 0.9} if way == "both" else {}
        rows += _of_activities(way, told, read, targets)
    return Section(f"Main activity, {name} ({len(told)})", tuple(rows), _confusions(told))


def _of_activities(
    way: str, told: Sequence[Told], read: Callable[[str], Answered | None], targets: dict[str, float]
) -> Iterator[Figure]:
    answers = [(read(text), label) for text, label in told]
    asked = [(answer, label) for answer, label in answers if label.main]
    given = [(answer, label) for answer, label in asked if answer]
    right = [answer.activity == label.main for answer, label in given]
    among = [answer.activity in (label.main, *label.further) for answer, label in given]
    beside = [answer is not None for answer, label in answers if not label.main]
    yield Figure(
        f"{way}: answered", share([a is not None for a, _ in asked]), targets.get("coverage"), percent=True
    )
    yield Figure("  right among those answered", share(right), targets.get("right"), percent=True)
    yield Figure("  right, or one of the further activities", share(among), percent=True)
    yield Figure("  answered where no activity is told", share(beside), percent=True)
    yield Figure("  calibration error (ECE)", calibration_error([a.confidence for a, _ in given], right))


def _confusions(told: Sequence[Told]) -> str:
    read = ((by_both(text), label) for text, label in told)
    wrong = Counter(
        f"{label.main} read as {answer.activity}"
        for answer, label in read
        if answer and label.main and answer.activity != label.main
    )
    return (
        "; ".join(f"{kind} {count}" for kind, count in wrong.most_common(SHOWN_CONFUSIONS))
        or "No confusions."
    )


def statements(name: str, told: Sequence[Told]) -> Section:
    """Stated demands and supports by polarity, and what is only implied."""
    read = [read_task(text) for text, _ in told]
    rows: list[Figure] = []
    for kind in KINDS:
        for answer in (Answer.YES, Answer.NO):
            kept = Kept.of(*stated(told, read, kind, answer))
            rows += _figures(f"{kind} stated as {answer} ({kept.said})", kept, 0.95, 0.85)
    kept = Kept.of(*implied(told, read))
    rows += _figures(f"implied demands ({kept.said})", kept) if kept.said else []
    return Section(f"Demands and supports, {name}", tuple(rows), _worst(told, read))


def stated(
    told: Sequence[Told], read: Sequence[TaskReading], kind: str, answer: Answer
) -> tuple[set[InText], set[InText]]:
    """What is stated as yes or no, by those who labelled the texts and by the readings of them.

    What is `rightly_beside` is left out.
    """
    said = {
        (at, code)
        for at, (_, label) in enumerate(told)
        for code, a in getattr(label, kind).items()
        if a == answer
    }
    found = {
        (at, code)
        for at, reading in enumerate(read)
        for code, finding in getattr(reading, kind).items()
        if finding.answer == answer and not rightly_beside(told[at].label, code, answer)
    }
    return said, found


def rightly_beside(label: Label, code: Demand | Support, answer: Answer) -> bool:
    """Whether a finding that is not labelled counts neither way, as the rules have it.

    A finding of what is implied is not wrong; and clock times are labelled as a yes of `early_start` and
    `evening_or_night` but never as a no, which a reader may well reckon from them.
    """
    if code in label.demands or code in label.supports:
        return False
    implied = answer is Answer.YES and code in label.implied
    return implied or (answer is Answer.NO and code in _BY_THE_CLOCK and bool(label.times or label.clock))


_BY_THE_CLOCK = {Demand.EARLY_START, Demand.EVENING_OR_NIGHT}


def implied(told: Sequence[Told], read: Sequence[TaskReading]) -> tuple[set[InText], set[InText]]:
    """What goes with the work though nobody says it, by labels and by readings."""
    said = {(at, code) for at, (_, label) in enumerate(told) for code in label.implied}
    return said, {(at, code) for at, reading in enumerate(read) for code in reading.implied}


def _figures(
    name: str, kept: Kept, precision: float | None = None, recall: float | None = None
) -> Iterator[Figure]:
    yield Figure(f"{name}: precision", kept.precision, precision, percent=True)
    yield Figure("  recall", kept.recall, recall, percent=True)


def _worst(told: Sequence[Told], read: Sequence[TaskReading]) -> str:
    missed, beside = Counter[str](), Counter[str]()
    for (_, label), reading in zip(told, read, strict=True):
        said = {(c, a) for answers in (label.demands, label.supports) for c, a in answers.items()}
        found = {(c, f.answer) for m in (reading.demands, reading.supports) for c, f in m.items()}
        found = {(c, a) for c, a in found if not rightly_beside(label, c, a)}
        missed.update(f"{code} {answer}" for code, answer in said - found)
        beside.update(f"{code} {answer}" for code, answer in found - said)
    return f"Missed: {_listed(missed)}. Beside: {_listed(beside)}."


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{code} {count}" for code, count in counts.most_common(SHOWN_CONFUSIONS)) or "none"


def figures(name: str, told: Sequence[Told]) -> Section:
    """Setting, numbers and days: right when the same is read, or rightly nothing.

    Most texts say nothing of most fields, so each is told once more where it is said or read.
    """
    read = [(read_task(text, on=RECEIVED), label) for text, label in told]
    settings = [(reading.setting, label.setting) for reading, label in read]
    given = [found.value == said for found, said in settings if found]
    known = [found is not None for found, said in settings if said is not Setting.UNKNOWN]
    right = [(found.value if found else Setting.UNKNOWN) == said for found, said in settings]
    rows = [
        Figure("setting: right among those answered", share(given), at_least=0.92, percent=True),
        Figure("  answered where it is told", share(known), percent=True),
        Figure("  right, or rightly open", share(right), percent=True),
    ]
    for field, same in _FIELDS.items():
        found = [(getattr(reading, field), label) for reading, label in read]
        rows.append(Figure(field, share([same(*pair) for pair in found]), at_least=0.95, percent=True))
        said = [same(*pair) for pair in found if pair[0] or getattr(pair[1], field)]
        rows.append(Figure(f"  where it is said or read ({len(said)})", share(said), percent=True))
    return Section(f"Setting, numbers and days, {name}", tuple(rows))


def _within(field: str) -> Callable[[Any, Label], bool]:
    def same(found: Any, label: Label) -> bool:
        span: Span | None = getattr(label, field)
        if found is None or span is None:
            return found is None and span is None
        return span.low <= found.value and (span.high is None or found.value <= span.high)

    return same


_FIELDS: dict[str, Callable[[Any, Label], bool]] = {
    "hours_per_week": _within("hours_per_week"),
    "pay_dkk_per_hour": _within("pay_dkk_per_hour"),
    "places": _within("places"),
    "weekdays": lambda found, label: tuple(found.value if found else ()) == label.weekdays,
    "times": lambda found, label: sorted(found.value if found else ()) == sorted(map(str, label.times)),
    "starts_on": lambda found, label: (found.value if found else None) == label.starts_on,
}


def speed(texts: Sequence[str], rounds: int = 5) -> Section:
    """Texts read in a second once the model is fitted."""
    read_task(texts[0])
    began = perf_counter()
    for text in texts * rounds:
        read_task(text)
    rate = len(texts) * rounds / (perf_counter() - began)
    return Section("Speed", (Figure("texts read in a second", rate, at_least=200),))


def _first(found: Any) -> Answered | None:
    return next((Answered(code, finding.confidence) for code, finding in found.items()), None)


def _passage(text: str) -> tuple[Passage, Stances]:
    passage = Passage.of(text)
    return passage, Stances(passage)
