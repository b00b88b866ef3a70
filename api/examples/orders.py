"""Made-up job orders, as employers would phone them in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from api.domain.records import EmployerRecord, JobOrderRecord
from api.examples.industries import industries
from api.examples.municipality import SOURCE, identify
from api.examples.phrases import Phrases, TaskPhrase, phrases
from api.examples.weeks import timetable, told_by_times
from api.examples.workplaces import TOLD
from matching.orders import Task
from matching.times import Slot
from matching.vocabulary import Answer, Demand, Setting, Support

EXTRA = 0.08
"""How often anything else has been told."""

EXTRA_YES = {Demand: 0.25, Support: 0.6}
"""How often that is a yes."""

SENTENCES = 3
"""How many answers the text itself mentions; the others were noted on the telephone."""

_Fact = tuple[Demand | Support, Answer]
# what the hours tell, and what is nobody's to tell of a task indoors, is left to the times and the setting
_DRAWN = [
    code
    for code in (*Demand, *Support)
    if code not in (Demand.EARLY_START, Demand.EVENING_OR_NIGHT, Demand.ALL_WEATHER, Support.SHORT_SHIFTS)
]


def job_orders(
    rng: np.random.Generator, employers: tuple[EmployerRecord, ...], n: int, on: date
) -> Iterator[JobOrderRecord]:
    """n job orders of employers drawn at random, each with a task found in their industry."""
    words = phrases()
    found = {row.title: words.tasks_in(key) for key, row in industries().items()}
    whose = rng.integers(len(employers), size=n).tolist() if n else []
    draws = rng.random((n, 17)).tolist()
    told = (rng.random((n, 8)) < TOLD).tolist()
    extras = _extras(rng, n)
    for number, (which, draw, heard, extra) in enumerate(
        zip(whose, draws, told, extras, strict=True), start=1
    ):
        employer = employers[which]
        tasks = found[employer.industry]
        phrase = tasks[int(draw[0] * len(tasks))]
        order = _Order(phrase, _facts(phrase, heard, extra), draw, on)
        yield JobOrderRecord(
            id=identify("order", employer.municipality, f"g{number:06}"),
            municipality=employer.municipality,
            employer_id=employer.id,
            title=phrase.title,
            text=order.text(words, employer),
            times_text=words.times_said(order.times),
            source=SOURCE,
            received_on=on - timedelta(days=int(draw[1] * 60)),
            places=1 + int(draw[2] * draw[2] * 3),
            task=order.task(),
        )


def _extras(rng: np.random.Generator, n: int) -> list[list[_Fact]]:
    """For each order the answers told beyond the usual ones."""
    share = np.array([EXTRA_YES[type(code)] for code in _DRAWN])
    told, yes = rng.random((n, len(_DRAWN))) < EXTRA, rng.random((n, len(_DRAWN))) < share
    found: list[list[_Fact]] = [[] for _ in range(n)]
    for order, column in zip(*(axis.tolist() for axis in np.nonzero(told)), strict=True):
        found[order].append((_DRAWN[column], Answer.YES if yes[order, column] else Answer.NO))
    return found


def _facts(phrase: TaskPhrase, heard: list[bool], extra: list[_Fact]) -> dict[Demand | Support, Answer]:
    usual = dict[Demand | Support, Answer]((*phrase.usual.demands.items(), *phrase.usual.supports.items()))
    told = {code: answer for (code, answer), is_told in zip(usual.items(), heard, strict=False) if is_told}
    return {**{code: answer for code, answer in extra if code not in usual}, **told}


@dataclass(frozen=True)
class _Order:
    """A job order in the making: phrase, answers, and 17 numbers from 0 to 1 that settle the rest."""

    phrase: TaskPhrase
    facts: dict[Demand | Support, Answer]
    draw: list[float]
    on: date

    @cached_property
    def times(self) -> tuple[Slot, ...]:
        early = self.facts.get(Demand.EARLY_START) is Answer.YES
        short = self.facts.get(Support.SHORT_SHIFTS) is Answer.YES
        long = self.draw[4] / 2 if short else self.draw[4]
        return timetable(self.draw[3], long, early=early) if self.draw[5] < 0.7 else ()

    @cached_property
    def hours(self) -> float | None:
        if self.times:
            return sum(slot.end - slot.start for slot in self.times) / 60
        return float(2 + int(self.draw[4] * 9)) if self.draw[6] < 0.8 else None

    @property
    def pay(self) -> int | None:
        return 130 + int(self.draw[7] * 46) if self.draw[8] < 0.9 else None

    def task(self) -> Task:
        """What a consultant would have confirmed."""
        demands = {code: answer for code, answer in self.facts.items() if isinstance(code, Demand)}
        starts = self.on + timedelta(days=int(self.draw[9] * 60)) if self.draw[9] < 0.6 else None
        ends = self.on + timedelta(days=60 + int(self.draw[10] * 200)) if self.draw[10] < 0.4 else None
        return Task(
            activities=self.phrase.activities,
            setting=self.phrase.setting if self.draw[11] < 0.9 else Setting.UNKNOWN,
            demands={**told_by_times(self.times), **demands},
            supports={code: answer for code, answer in self.facts.items() if isinstance(code, Support)},
            hours_per_week=self.hours,
            pay_dkk_per_hour=self.pay,
            times=self.times,
            starts_on=starts,
            ends_on=ends,
        )

    def text(self, words: Phrases, employer: EmployerRecord) -> str:
        """The order in the employer's words."""
        who = {
            "contact": employer.contact_person,
            "employer": employer.name,
            "said": employer.name.partition(" Eksempel")[0].lower(),
            "town": employer.place.town,
        }
        said = [words.fact(code, answer) for code, answer in list(self.facts.items())[:SENTENCES]]
        opening, closing = _pick(words.openings, self.draw[12]), _pick(words.closings, self.draw[13])
        sentences = [
            opening.format(**who),
            self.phrase.text,
            *said,
            *self._figures(words),
            closing.format(**who),
        ]
        return " ".join(sentence for sentence in sentences if sentence)

    def _figures(self, words: Phrases) -> Iterator[str]:
        if self.times:
            yield _pick(words.times, self.draw[14]).format(times=words.times_said(self.times))
        if self.hours is not None:
            yield _pick(words.hours, self.draw[15]).format(hours=f"{self.hours:g}".replace(".", ","))
        if self.pay is not None:
            yield _pick(words.pay, self.draw[16]).format(pay=self.pay)


def _pick(sentences: tuple[str, ...], drawn: float) -> str:
    return sentences[int(drawn * len(sentences))]
