"""What calls to employers open for the citizens who wait, over a whole municipality.

A call to a prospect opens work that a citizen could do there; a call to an employer with open orders settles
the questions that pairs hang on. Either way a call opens something for a set of citizens: `chances` finds
them, and `calls` chooses those that reach most of them. Pure functions: when a result is recorded, they are
asked again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matching.assessment import Assessment
from matching.catalogue import Catalogue
from matching.citizens import Citizen
from matching.constraints import HeldChecks, Party
from matching.facts import FactsByRows, Flags, Rows
from matching.policy import Policy
from matching.vocabulary import rule_of_the_place


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Something to ask an employer, and what a good answer does.

    `about` is a rule of the contract; `order_id` is empty where the answer holds for every order of the
    employer, `employer_id` where the order names none. `pairs` hang on the answer; `unlocks_pairs`, for
    `unlocks_people`, on nothing else.
    """

    employer_id: str
    order_id: str
    about: str
    pairs: int
    unlocks_pairs: int
    unlocks_people: int


def open_questions(
    people: Iterable[Citizen],
    orders: Catalogue,
    on: date,
    policy: Policy,
    employers: Iterable[str] | None = None,
) -> tuple[OpenQuestion, ...]:
    """Every question to an employer that a pair hangs on, the one that opens most pairs by itself first.

    Then by the people it opens them for, by all the pairs that hang on it, and by its names. Those to some
    `employers` alone where they are given.
    """
    pairs: Counter[_Subject] = Counter()
    alone: Counter[_Subject] = Counter()
    helped: defaultdict[_Subject, set[str]] = defaultdict(set)
    rows = _rows(orders, employers)
    asked_about = orders.columns.take(rows)
    names = [(orders.employer_ids[row], orders.ids[row]) for row in rows.tolist()]
    held = HeldChecks(FactsByRows(asked_about), on)
    for person in people:
        found = Assessment(person, asked_about, policy, on, held)
        for subjects, of_nobody_else in _hanging(found, names):
            pairs.update(subjects)
            if len(subjects) == 1 and of_nobody_else:
                alone.update(subjects)
                helped[min(subjects)].add(person.id)
    questions = (
        OpenQuestion(*subject, pairs[subject], alone[subject], len(helped[subject])) for subject in pairs
    )
    return tuple(sorted(questions, key=_usefulness))


def _rows(orders: Catalogue, employers: Iterable[str] | None) -> Rows:
    if employers is None:
        return np.flatnonzero(orders.columns.present)
    theirs = (orders.rows_of(employer).tolist() for employer in employers)
    return np.array(sorted(row for rows in theirs for row in rows), np.intp)


_Subject = tuple[str, str, str]
"""Employer, order (empty where the answer holds for all of the employer's) and rule."""


def _usefulness(question: OpenQuestion) -> tuple[object, ...]:
    counts = (-question.unlocks_pairs, -question.unlocks_people, -question.pairs)
    return (*counts, question.employer_id, question.order_id, question.about)


def _hanging(found: Assessment, names: Sequence[tuple[str, str]]) -> Iterator[tuple[set[_Subject], bool]]:
    """For each pair that hangs on the employer: on what, and whether on nobody else.

    `names` are those of the employer and the order in each row.
    """
    subjects: defaultdict[int, set[_Subject]] = defaultdict(set)
    for check in found.checks:
        if check.of is Party.EMPLOYER:
            for row in np.flatnonzero(check.unknown & found.asked).tolist():
                subjects[row].add(_subject(check.rule, *names[row]))
    by_employer = settled_by_employer(found)
    for row, asked in subjects.items():
        yield asked, bool(by_employer[row])


def _subject(rule: str, employer: str, order: str) -> _Subject:
    """What has to be asked: once of the employer what comes with the workplace, all else of each order.

    What an order consists of settles all of its questions about activities. An order without an employer's id
    stands for itself: nothing says that two such are of the same workplace.
    """
    family, _, _ = rule.partition(":")
    if family not in ("avoids", "needs"):
        return employer, order, family
    return employer, "" if employer and rule_of_the_place(rule) else order, rule


def settled_by_employer(found: Assessment) -> Flags:
    """Where nothing is in conflict and nothing hangs on the citizen."""
    settled: Flags = ~found.excluded & found.orders.present
    for check in found.checks:
        if check.of is Party.CITIZEN:
            settled &= ~check.unknown
    return settled
