"""The answer that was written down a moment ago, told with the way to take it back."""

from dataclasses import dataclass

from api.casework import answers
from api.domain.answers import Answering, facts_of
from api.domain.caller import Caller
from api.domain.records import CitizenRecord
from api.pages.answers import said_of
from api.store import Unit
from matching.language import Speech
from matching.sentences import question
from matching.vocabulary import Demand, Support

_CODES = frozenset(map(str, (*Demand, *Support)))


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """What was asked and answered about which record, and the versions by which it is taken back.

    `is_known` unless it was an answer that was taken back.
    """

    of: str
    about: str
    text: str
    said: str
    back_to: int
    seen: int
    is_known: bool


def last_answer(unit: Unit, caller: Caller, record: Answering, speech: Speech) -> LastAnswer | None:
    """The last change of a record, if it was an answer; who may see the record is decided before."""
    given = answers.last(unit, caller, record)
    if given is None:
        return None
    family = "abilities" if isinstance(record, CitizenRecord) else "avoids"
    rule = f"{family}:{given.fact}" if given.fact in _CODES else given.fact
    value = facts_of(record).get(given.fact)
    text, said = question(rule, speech), said_of(value, speech)
    return LastAnswer(record.id, given.fact, text, said, given.back_to, record.version, bool(value))
