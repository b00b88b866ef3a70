"""What is known of a workplace, answer by answer: what was answered, on which day and by whom.

An employer's versions are kept for ever, so that nothing more has to be: the one in which an answer came to
stand as it stands now says when, and who wrote it down.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from api.casework.users import names_of
from api.domain.caller import Caller
from api.domain.records import EmployerRecord, RecordKind
from api.store import Unit, versions
from api.store.versions import Kept
from matching.vocabulary import Answer, Demand, Support


@dataclass(frozen=True, slots=True)
class Fact:
    """A demand or support of a workplace; `at` and `by` are None and empty while it is unknown.

    `by` is what a colleague is called, empty for what came from the command line.
    """

    about: Demand | Support
    answer: Answer
    at: datetime | None = None
    by: str = ""


def past_of(unit: Unit, caller: Caller, employer: EmployerRecord) -> tuple[Kept, ...]:
    """Every version of an employer, the first one first."""
    return versions.all_of(unit, caller.municipality, RecordKind.EMPLOYER, employer.id)


def facts_of(unit: Unit, caller: Caller, employer: EmployerRecord, past: Iterable[Kept]) -> tuple[Fact, ...]:
    """Every demand and support, known or not, demands first, in the order of the vocabulary.

    `past` are the employer's versions, as `past_of` answers them.
    """
    since = _since(past)
    names = names_of(unit, caller, [by for _, by in since.values()])
    answers: dict[str, Answer] = {str(code): said for code, said in employer.demands.items()}
    answers |= {str(code): said for code, said in employer.supports.items()}
    facts = []
    for about in (*Demand, *Support):
        at, by = since.get(about, (None, ""))
        facts.append(Fact(about, answers.get(about, Answer.UNKNOWN), at, names.get(by, "")))
    return tuple(facts)


def _since(past: Iterable[Kept]) -> Mapping[str, tuple[datetime, str]]:
    """When each answer that stands came to stand as it does, and the id of whoever wrote it down."""
    since: dict[str, tuple[datetime, str]] = {}
    before: dict[str, str] = {}
    for kept in past:
        body = json.loads(kept.body)
        now = {**body["demands"], **body["supports"]}
        since = {code: told for code, told in since.items() if code in now}
        since |= {code: (kept.at, kept.by) for code, said in now.items() if before.get(code) != said}
        before = now
    return since
