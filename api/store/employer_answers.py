"""What employers have answered: outcomes of proposals, of orders sent back and of contacts about new work.

Nothing here names a citizen; `api.domain.openness` says what counts as whose answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVarTuple

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from api.domain.contacts import ContactAbout
from api.domain.moves import ProposalState, ReturnCause
from api.domain.openness import OF_REPLY, OF_RETURN, Given, said_by
from api.domain.records import OrderState
from api.domain.working_days import day_of
from api.store.tables import EmployerContactRow, JobOrderRow, OrderMoveRow, ProposalRow
from api.store.unit import Unit
from api.store.versioned import chunks
from matching.vocabulary import Answer

Told = TypeVarTuple("Told")

ANSWERED = (ProposalState.ACCEPTED, ProposalState.DECLINED)
"""The only states of a proposal in which an employer has said anything."""

SAID_AT_ONCE = tuple(reply for reply, answer in OF_REPLY.items() if answer is not Answer.UNKNOWN)
"""What employers reply to a contact that is a yes or a no."""

SAID_BACK = tuple(cause for cause, answer in OF_RETURN.items() if answer is not Answer.UNKNOWN)
"""The causes of a return that are an answer of the employer."""


def of(
    unit: Unit, municipality: str, employer_ids: Iterable[str] | None = None
) -> Mapping[str, tuple[Given, ...]]:
    """The answers of some employers or of all, by id, oldest first; who has given none is left out."""
    found: defaultdict[str, list[Given]] = defaultdict(list)
    for ids in [None] if employer_ids is None else list(chunks(employer_ids)):
        for employer_id, on, answer in _told(unit, municipality, ids):
            if answer is not Answer.UNKNOWN:
                found[employer_id].append((on, answer is Answer.YES))
    return {employer_id: tuple(sorted(given)) for employer_id, given in found.items()}


def _told(unit: Unit, municipality: str, ids: list[str] | None) -> Iterator[tuple[str, date, Answer]]:
    # nothing of a proposal but its last move sets the moment, so that it is the moment of the answer
    proposed = unit.session.execute(_theirs(_PROPOSALS, municipality, ids))
    for employer_id, at, state, declined_by, reason in proposed:
        yield employer_id, day_of(at), said_by(state, declined_by, reason)
    for employer_id, cause, at in unit.session.execute(_theirs(_RETURNS, municipality, ids)):
        yield employer_id, day_of(at), OF_RETURN[ReturnCause(cause)]
    contacts = _theirs(_REPLIES, municipality, ids, EmployerContactRow)
    for employer_id, on, reply in unit.session.execute(contacts):
        yield employer_id, on, OF_REPLY[reply]


def _theirs(
    asked: Select[*Told],
    municipality: str,
    ids: list[str] | None,
    row: type[JobOrderRow] | type[EmployerContactRow] = JobOrderRow,
) -> Select[*Told]:
    own = asked.where(row.municipality == municipality)
    return own if ids is None else own.where(row.employer_id.in_(ids))


_PROPOSALS = (
    select(
        JobOrderRow.employer_id,
        ProposalRow.updated_at,
        ProposalRow.state,
        ProposalRow.declined_by,
        ProposalRow.reason,
    )
    .join(
        ProposalRow,
        and_(ProposalRow.municipality == JobOrderRow.municipality, ProposalRow.order_id == JobOrderRow.id),
    )
    .where(ProposalRow.state.in_(ANSWERED))
)

_REPLIES = select(EmployerContactRow.employer_id, EmployerContactRow.on, EmployerContactRow.reply).where(
    EmployerContactRow.reply.in_(SAID_AT_ONCE),
    EmployerContactRow.about == ContactAbout.NEW_WORK,
    EmployerContactRow.order_id.is_(None),
    EmployerContactRow.citizen_id.is_(None),
)

_LATER = aliased(OrderMoveRow)
_RETURNS = (
    select(JobOrderRow.employer_id, OrderMoveRow.cause, func.max(OrderMoveRow.at))
    .join(
        OrderMoveRow,
        and_(OrderMoveRow.municipality == JobOrderRow.municipality, OrderMoveRow.record_id == JobOrderRow.id),
    )
    .where(
        OrderMoveRow.after == OrderState.RETURNED,
        OrderMoveRow.cause.in_(SAID_BACK),
        # an order that is open again is wanted again, and one that is sent back twice is one answer
        ~exists().where(
            _LATER.municipality == OrderMoveRow.municipality,
            _LATER.record_id == OrderMoveRow.record_id,
            _LATER.seq > OrderMoveRow.seq,
            _LATER.after.in_((OrderState.RECEIVED, OrderState.OPEN)),
        ),
    )
    .group_by(JobOrderRow.employer_id, JobOrderRow.id, OrderMoveRow.cause)
)
