"""Which fact of which record an answer is: what may be asked, what stood before, and how it is taken back.

An answer is about a job order's task, about everything at an employer, or about what a citizen can. A fact
has one name whoever asks for it: a caution and a rule that ask for the same requirement ask for one fact.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from api.domain.records import CitizenRecord, EmployerRecord, JobOrderRecord
from matching.orders import Task
from matching.vocabulary import Answer, Code

Answering = CitizenRecord | EmployerRecord | JobOrderRecord
Record = TypeVar("Record", CitizenRecord, EmployerRecord, JobOrderRecord)

PLACE = "place"
_CODED = frozenset({"avoids", "needs", "abilities", "check"})
_OF_TASK = {
    "attitude": "activities",
    "max_hours": "hours_per_week",
    "setting": "setting",
    "availability": "times",
}


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that came to stand: about which fact, when, and in which version it did not stand yet."""

    fact: str
    at: datetime
    back_to: int


def fact_of(rule: str) -> str:
    """The fact that settles a rule or a caution: a demand, a support, or what a task is, by its family."""
    family, _, code = rule.partition(":")
    return code if family in _CODED else family


def facts_of(record: Answering) -> Mapping[str, object]:
    """Everything that can be answered about a record, as it stands; an answer nobody gave is absent."""
    if isinstance(record, CitizenRecord):
        return {str(code): said for code, said in record.needs.abilities.items()}
    if isinstance(record, EmployerRecord):
        return {**_answers(record), PLACE: record.place}
    return {
        **_answers(record.task),
        **{fact: getattr(record.task, name) for fact, name in _OF_TASK.items()},
    }


def given_in(past: Iterable[Answering]) -> Mapping[str, Given]:
    """The answers that came to stand after the first of these states of one record, by their fact.

    What stands again as it stood at first was given by nobody, and what stands again as it was answered
    before is that answer, so that nothing is taken back to what has been taken back itself.
    """
    first, *later = past
    base = before = facts_of(first)
    version, stood = first.version, dict[str, list[tuple[object, Given | None]]]()
    for record in later:
        now = facts_of(record)
        for fact in now.keys() | before.keys():
            if now.get(fact) == before.get(fact) or not record.updated_at:
                continue
            states = stood.setdefault(fact, [(base.get(fact), None)])
            values = [value for value, _ in states]
            if now.get(fact) in values:
                del states[values.index(now.get(fact)) + 1 :]
            else:
                states.append((now.get(fact), Given(fact, record.updated_at, version)))
        before, version = now, record.version
    return {fact: given for fact, states in stood.items() if (given := states[-1][1])}


def as_in(now: Record, earlier: Record, fact: str) -> Record:
    """The record with one fact as an earlier state of it had it, and nothing else of that state."""
    return replace(now, **_fact_of(now, earlier, fact))


def _fact_of(now: Answering, earlier: Answering, fact: str) -> dict[str, Any]:
    if isinstance(now, CitizenRecord) and isinstance(earlier, CitizenRecord):
        abilities = _swapped(now.needs.abilities, earlier.needs.abilities, fact)
        return {"needs": replace(now.needs, abilities=abilities)}
    if isinstance(now, JobOrderRecord) and isinstance(earlier, JobOrderRecord):
        name = _OF_TASK.get(fact)
        change = {name: getattr(earlier.task, name)} if name else _answers_as_in(now.task, earlier.task, fact)
        return {"task": replace(now.task, **change)}
    if isinstance(now, EmployerRecord) and isinstance(earlier, EmployerRecord):
        return {PLACE: earlier.place} if fact == PLACE else _answers_as_in(now, earlier, fact)
    raise TypeError(f"{type(now).__name__} and {type(earlier).__name__} are no two states of one record")


def _answers(answering: EmployerRecord | Task) -> dict[str, object]:
    told = (*answering.demands.items(), *answering.supports.items())
    return {str(code): said for code, said in told}


def _answers_as_in(now: EmployerRecord | Task, earlier: EmployerRecord | Task, fact: str) -> dict[str, Any]:
    return {
        "demands": _swapped(now.demands, earlier.demands, fact),
        "supports": _swapped(now.supports, earlier.supports, fact),
    }


def _swapped(now: Mapping[Code, Answer], earlier: Mapping[Code, Answer], fact: str) -> dict[Code, Answer]:
    others = {code: said for code, said in now.items() if code != fact}
    return others | {code: said for code, said in earlier.items() if code == fact}
