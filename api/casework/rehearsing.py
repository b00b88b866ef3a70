"""What happened at an example desk, done again: by the use cases of a desk, each at its own moment.

So every state has its log and its audit rows, and nothing is there that could not come about.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from api.casework import (
    beginnings,
    clocks,
    contacts,
    employers,
    job_orders,
    practices,
    proposals,
    reservations,
    returns,
)
from api.casework.catalogues import Catalogues
from api.domain.accounts import UserRecord
from api.domain.caller import Caller, Channel, Role
from api.domain.contacts import ContactAbout, ContactKind, ContactReply
from api.domain.moves import ProposalState, ReturnCause
from api.domain.proposals import DeclineReason, Side, StartedFrom
from api.domain.records import IntakeChannel, JobOrderRecord, OrderState, Origin, Through
from api.examples.desk import Desk, Did, Happening
from api.store import Unit, users
from api.store import proposals as kept_proposals
from matching.orders import Task
from matching.vocabulary import Answer, Demand, Support


def rehearse(
    unit: Unit, staff: Mapping[Role, UserRecord], desk: Desk, orders: Mapping[str, JobOrderRecord]
) -> None:
    """Let everything happen that a desk did; `orders` are those that it took down, by id."""
    callers = {role: users.caller_of(user, Channel.COMMAND_LINE) for role, user in staff.items()}
    if desk.practice:
        practices.change(unit, callers[Role.COORDINATOR], desk.practice, None)
    for one in desk.happened:
        then = replace(unit, at=one.at)
        if one.did is Did.TAKE_DOWN:
            _take_down(then, callers[one.by], one, orders[one.order_id])
        else:
            _DONE[one.did](then, callers[one.by], one)


def _take_down(unit: Unit, caller: Caller, one: Happening, order: JobOrderRecord) -> None:
    confirmed = one.said.get("confirmed", True)
    told = replace(
        order,
        received_on=None,
        heard_on=None,
        channel=IntakeChannel(one.said.get("channel", IntakeChannel.PHONE)),
        origin=Origin(one.said.get("origin", Origin.EMPLOYER)),
        state=OrderState.OPEN if confirmed else OrderState.RECEIVED,
        task=order.task if confirmed else Task(),
    )
    job_orders.register(unit, caller, told)


def _propose(unit: Unit, caller: Caller, one: Happening) -> None:
    new = proposals.NewProposal(
        citizen_id=one.citizen_id or "",
        order_id=one.order_id,
        started_from=StartedFrom.JOB_ORDER,
        note=one.said.get("note", ""),
    )
    proposals.propose(unit, caller, new)


def _came(unit: Unit, caller: Caller, one: Happening) -> None:
    said = one.said
    came = proposals.CameOf(
        state=ProposalState(one.did),
        note=said.get("note", ""),
        through=Through(said["through"]) if "through" in said else None,
        declined_by=Side(said["declined_by"]) if "declined_by" in said else None,
        reason=DeclineReason(said["reason"]) if "reason" in said else None,
        review_on=said.get("review_on"),
    )
    proposals.record(unit, caller, _proposal(unit, caller, one), came)


def _return(unit: Unit, caller: Caller, one: Happening) -> None:
    back = returns.Returned(
        cause=ReturnCause(one.said["cause"]),
        note=one.said.get("note", ""),
        proposal_id=_proposal(unit, caller, one) if one.citizen_id else None,
        review_on=one.said.get("review_on"),
    )
    returns.return_order(unit, caller, Catalogues().of(unit, caller), one.order_id, back)


def _pause(unit: Unit, caller: Caller, one: Happening) -> None:
    clocks.pause(unit, caller, one.order_id, one.said["reason"])


def _end(unit: Unit, caller: Caller, one: Happening) -> None:
    before = job_orders.read(unit, caller, one.order_id)
    job_orders.change(unit, caller, before, replace(before, state=OrderState.ENDED), {before.version})


def _contact(unit: Unit, caller: Caller, one: Happening) -> None:
    said = one.said
    new = contacts.NewContact(
        kind=ContactKind(said["kind"]),
        by_employer=said.get("by_employer", False),
        about=ContactAbout(said.get("about", ContactAbout.NEW_WORK)),
        order_id=one.order_id or None,
        citizen_id=one.citizen_id,
        note=said.get("note", ""),
        reply=ContactReply(said.get("reply", ContactReply.UNKNOWN)),
        follow_up_on=said.get("follow_up_on"),
    )
    contacts.record(unit, caller, one.employer_id, new)


def _reserve(unit: Unit, caller: Caller, one: Happening) -> None:
    reservations.reserve(unit, caller, one.employer_id, one.said["reserved_on"])


def _answer_for_order(unit: Unit, caller: Caller, one: Happening) -> None:
    job_orders.answer(unit, caller, one.order_id, *_answer(one))


def _answer_for_employer(unit: Unit, caller: Caller, one: Happening) -> None:
    order = job_orders.read(unit, caller, one.order_id)
    employers.answer(unit, caller, order.employer_id, *_answer(one))


def _answer(one: Happening) -> tuple[Demand | Support, Answer]:
    code = one.said["about"]
    about = Demand(code) if code in set(Demand) else Support(code)
    return about, Answer(one.said["answer"])


def _begin(unit: Unit, caller: Caller, one: Happening) -> None:
    beginnings.begin(unit, caller, _proposal(unit, caller, one), beginnings.Step())


def _proposal(unit: Unit, caller: Caller, one: Happening) -> str:
    """The last suggestion of this citizen for this order."""
    made = kept_proposals.of_order(unit, caller, one.order_id)
    return [each.id for each in made if each.citizen_id == one.citizen_id][-1]


_DONE: Mapping[Did, Callable[[Unit, Caller, Happening], None]] = {
    Did.PROPOSE: _propose,
    Did.BEGUN: _begin,
    Did.RETURN: _return,
    Did.PAUSE: _pause,
    Did.END: _end,
    Did.CONTACT: _contact,
    Did.RESERVE: _reserve,
    Did.ANSWER_FOR_ORDER: _answer_for_order,
    Did.ANSWER_FOR_EMPLOYER: _answer_for_employer,
    **dict.fromkeys(
        (Did.CONTACTED, Did.ACCEPTED, Did.DECLINED, Did.NOT_ABLE_NOW, Did.WITHDRAWN),
        _came,
    ),
}
