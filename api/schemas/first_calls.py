"""The calls that open something for most of those who wait, as they are shown."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Self

from pydantic import Field

from api.access.masking import initials
from api.casework.first_calls import CallFound, CallsFound
from api.casework.supply import Kind
from api.schemas.candidates import Person
from api.schemas.pairs import Named
from api.schemas.shapes import IDS, ListId, OfCitizens, Shown, looks_like
from matching.language import Speech, speech
from matching.sentences import question


class CallQuestion(Shown):
    """A question to the employer; without `job_order` the answer holds for all of its orders."""

    about: str = Field(examples=["avoids:alcohol_present"])
    job_order: str | None = Field(examples=[IDS["order_id"]])
    text: str = Field(examples=["Bliver der serveret eller drukket alkohol dér, hvor opgaven løses?"])


class FirstCall(Shown):
    """A call to make: about orders that the employer has placed, or to one who has placed none."""

    kind: Kind = Field(examples=["job-orders"])
    employer: Named
    phone: str = Field(examples=["+45 00 37 00 01"])
    contact_person: str = Field(examples=["graveren"])
    reaches: int = Field(description="Waiting citizens for whom the call opens something", examples=[4])
    unlocks: int = Field(description="Those of them whom no call before it reaches", examples=[3])
    citizens: tuple[Person, ...] = Field(description="Those of them who are open to the caller")
    others: int = Field(description="How many of them are not: nothing else is told of those", examples=[3])
    ask_for: tuple[str, ...] = Field(
        description="What to ask an employer without an order for, what suits most first", examples=[[]]
    )
    questions: tuple[CallQuestion, ...] = Field(
        description="What most hangs on, where the employer has placed orders; the first few"
    )
    more_questions: int = Field(examples=[0])


class FirstCalls(OfCitizens):
    """The calls for those who wait, most useful first; `list` names this very list.

    Who waits can be asked now, has no task suggested or agreed on, and no job order on the list that is worth
    `least_points`. Where fewer than k calls open something for as many as can be, `further` are the next
    calls for the same citizens.
    """

    model_config = looks_like(policy="2026-1", generated_at="2026-11-23T09:30:00Z", further=[])

    policy: str
    list: ListId
    generated_at: datetime
    least_points: float = Field(examples=[60.0])
    waiting: int = Field(examples=[5])
    served: int = Field(description="Citizens who can be asked and do not wait", examples=[8])
    resting: int = Field(description="Employers who are left alone for now", examples=[3])
    unlocked: int = Field(description="Citizens for whom `calls` open something, together", examples=[4])
    at_most: int = Field(description="No k calls could open something for more than these", examples=[4])
    calls: tuple[FirstCall, ...]
    further: tuple[FirstCall, ...]

    @property
    def whom(self) -> Mapping[str, bool]:
        """Everybody who is named."""
        return {person.id: True for call in (*self.calls, *self.further) for person in call.citizens}

    @classmethod
    def of(cls, found: CallsFound, language: str) -> Self:
        """The calls, said in one language."""
        said = speech(language)
        return cls(
            policy=found.policy,
            list=found.list_id,
            generated_at=found.at,
            least_points=found.sought.least_points,
            waiting=found.waiting,
            served=found.served,
            resting=found.resting,
            unlocked=found.unlocked,
            at_most=found.at_most,
            calls=_calls(found.calls, found.names, said),
            further=_calls(found.further, found.names, said),
        )


def _calls(found: Iterable[CallFound], names: Mapping[str, str], said: Speech) -> tuple[FirstCall, ...]:
    return tuple(_call(one, names, said) for one in found)


def _call(found: CallFound, names: Mapping[str, str], said: Speech) -> FirstCall:
    employer = found.employer
    return FirstCall(
        kind=found.kind,
        employer=Named(id=employer.id, name=employer.name),
        phone=employer.phone,
        contact_person=employer.contact_person,
        reaches=found.reaches,
        unlocks=found.unlocks,
        citizens=[Person(id=id_, initials=initials(names[id_]), name=names[id_]) for id_ in found.citizens],
        others=found.others,
        ask_for=found.ask_for,
        questions=[
            CallQuestion(about=one.about, job_order=one.order_id or None, text=question(one.about, said))
            for one in found.questions
        ],
        more_questions=found.more_questions,
    )
