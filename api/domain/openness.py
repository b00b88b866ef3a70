"""What counts as an employer's own yes or no, and what all answers of an employer come to on a day.

Only employers have a history. What was said about an order or a citizen is told by what became of the
proposal or the order; a contact counts only where work was asked for without either, so that no answer counts
twice. What a citizen said, was able to or gave up is no answer of an employer, and
neither is silence: what nobody can be sure of is unknown and counts nowhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from api.domain.contacts import ContactReply
from api.domain.moves import ProposalState, ReturnCause
from api.domain.proposals import DeclineReason, Side
from matching.prospects import aged
from matching.vocabulary import Answer

Given = tuple[date, bool]
"""One answer of an employer: the day it was recorded, and whether it was yes."""

History = tuple[float, float]
"""How many yes and how many no an employer has given, each halved by its age."""

NEW: History = (0.0, 0.0)
"""The history of an employer who has answered nothing yet."""

OF_STATE: Mapping[ProposalState, Answer] = {
    ProposalState.ACCEPTED: Answer.YES,  # the employer takes the citizen on
    ProposalState.PROPOSED: Answer.UNKNOWN,  # nobody has been asked yet
    ProposalState.CONTACTED: Answer.UNKNOWN,  # the citizen has been asked, not the employer
    ProposalState.NOT_ABLE_NOW: Answer.UNKNOWN,  # says how a citizen is
    ProposalState.WITHDRAWN: Answer.UNKNOWN,  # nobody's no: the desk closed it, or took a slip back
}
"""What the employer has said by where a proposal stands; of one that is declined, whose no it is decides."""

OF_REASON: Mapping[DeclineReason, Answer] = {
    DeclineReason.TASK: Answer.NO,
    DeclineReason.TIMES: Answer.NO,
    DeclineReason.PLACE: Answer.NO,
    DeclineReason.PAY: Answer.NO,
    DeclineReason.OTHER: Answer.NO,
    DeclineReason.TAKEN_OTHERWISE: Answer.UNKNOWN,  # the place was gone, maybe to another citizen
    DeclineReason.NOT_ANSWERED: Answer.UNKNOWN,  # silence is no no
}
"""What the employer has said by turning a suggestion down for this reason."""

OF_RETURN: Mapping[ReturnCause, Answer] = {
    ReturnCause.EMPLOYER_WITHDREW: Answer.NO,  # asked for help and called it off
    ReturnCause.CITIZEN_NOT_ABLE: Answer.UNKNOWN,
    ReturnCause.NO_CANDIDATE: Answer.UNKNOWN,  # the desk found nobody
    ReturnCause.UNSUITABLE: Answer.UNKNOWN,  # the desk's own judgement
    ReturnCause.OTHER: Answer.UNKNOWN,
}
"""What the employer has said by an order that stands returned for this cause."""

OF_REPLY: Mapping[ContactReply, Answer] = {
    ContactReply.YES: Answer.YES,  # wants to hear of somebody
    ContactReply.NO: Answer.NO,
    ContactReply.NOT_NOW: Answer.UNKNOWN,  # another time is neither
    ContactReply.NOT_ANSWERED: Answer.UNKNOWN,  # silence is no no
    ContactReply.UNKNOWN: Answer.UNKNOWN,  # nobody has written it down
}
"""What the employer has said to who asked for new work, naming neither an order nor a citizen."""


def said_by(state: ProposalState, declined_by: Side | None, reason: DeclineReason | None) -> Answer:
    """What a proposal says of its employer, as it stands now."""
    if state is not ProposalState.DECLINED:
        return OF_STATE[state]
    return OF_REASON[reason] if declined_by is Side.EMPLOYER and reason else Answer.UNKNOWN


@dataclass(frozen=True, kw_only=True, eq=False)
class Openness:
    """The answers of employers, by id, and what they come to on a day by a half-life.

    An employer who has answered nothing has no entry. An answer after `on` was not known then and does not
    count.
    """

    answers: Mapping[str, tuple[Given, ...]]
    histories: Mapping[str, History]
    on: date
    half_life_months: float

    @classmethod
    def reckoned(cls, answers: Mapping[str, tuple[Given, ...]], on: date, half_life_months: float) -> Self:
        """The histories of all who have answered, on a day."""
        histories = {id_: aged(given, on, half_life_months) for id_, given in answers.items()}
        return cls(answers=answers, histories=histories, on=on, half_life_months=half_life_months)

    def of(self, employer_id: str) -> History:
        """The history of one employer on the day."""
        return self.histories.get(employer_id, NEW)

    def aged_to(self, on: date, half_life_months: float) -> Self:
        """The same answers on another day, or by another half-life."""
        if (on, half_life_months) == (self.on, self.half_life_months):
            return self
        return self.reckoned(self.answers, on, half_life_months)

    def followed(self, employer_ids: Iterable[str], now: Mapping[str, tuple[Given, ...]]) -> Self:
        """The same after some employers' answers became what is given here; without an entry, none."""
        told = {id_: now.get(id_, ()) for id_ in employer_ids}
        if all(self.answers.get(id_, ()) == given for id_, given in told.items()):
            return self
        # copied whole and touched in few places, which is quicker than sifting everybody
        answers, histories = dict(self.answers), dict(self.histories)
        for id_, given in told.items():
            if given:
                answers[id_], histories[id_] = given, aged(given, self.on, self.half_life_months)
            else:
                answers.pop(id_, None)
                histories.pop(id_, None)
        return replace(self, answers=answers, histories=histories)
