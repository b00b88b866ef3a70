"""Walks of job orders and proposals over their tables, on the desk and in a model of it at once.

A step draws a move that the table has from where something stands, and the desk has to make it; or it tries
all that the table has not, and the desk has to refuse each. Weeks pass between the steps. After each step the
desk stands where the model does: states, places, load, clocks, who is not able now, and every log.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from api.casework import job_orders as orders_desk
from api.casework import proposals as desk
from api.casework.catalogues import Catalogues
from api.casework.errors import (
    AlreadyProposed,
    NoPlaceLeft,
    NotCandidate,
    NothingToTakeBack,
    OrderWithdrawn,
)
from api.casework.returns import Returned, return_order
from api.casework.taking_back import take_back
from api.domain.caller import Caller
from api.domain.moves import TAKEN_BACK, NotFromHere, ProposalState, ReturnCause
from api.domain.practice import Practice
from api.domain.proposals import DeclineReason, Side, StartedFrom
from api.domain.records import OrderState
from api.domain.working_days import day_of
from api.store import Store, Unit, assignments, citizens, employers, job_orders, moves, proposals
from geo import Refused
from tests.api.casework.tables import (
    GOES_ON,
    HEARD,
    OPEN_PROPOSALS,
    ORDER_MOVES,
    PROPOSAL_MOVES,
    TABLE,
    Made,
)
from tests.api.makers import make_citizen, make_employer, make_order

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
PEOPLE, MOST_ORDERS = 3, 4
NEWER = 4
"""How much rather a walk makes a move that it has not made yet: few walks come by all of them then."""

Way = tuple[str, Any]
"""What moves, by id, and what becomes of it."""

weeks, places = st.integers(1, 3), st.integers(1, 2)


@dataclass
class Suggested:
    """A proposal as the model knows it; `slip` while what was recorded last can be taken back.

    `mistaken` when it was taken back itself. `former` is how it and its citizen stood before that, None when
    it was not there. `took_up` is the state that its order left with that, and how long the log of the order
    was then; None when the order stayed as it was.
    """

    citizen_id: str
    order_id: str
    state: ProposalState = ProposalState.PROPOSED
    review_on: date | None = None
    slip: bool = True
    mistaken: bool = False
    former: tuple[ProposalState, date | None, date | None] | None = None
    took_up: tuple[OrderState, int] | None = None
    heard: list[datetime] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_PROPOSALS

    @property
    def stands(self) -> bool:
        return self.is_open or self.state is ProposalState.ACCEPTED


@dataclass
class Order:
    """A job order as the model knows it; `logged` counts the lines of its log."""

    places: int
    clock_from: datetime | None
    state: OrderState
    logged: int = 1

    @property
    def is_withdrawn(self) -> bool:
        return self.state is OrderState.RETURNED and self.clock_from is None


class Desk(RuleBasedStateMachine):
    """The desk beside a model of it. A test gives it the store and the caller, and reads what was made."""

    store: ClassVar[Store]
    caller: ClassVar[Caller]
    made: ClassVar[set[Made]]

    def __init__(self) -> None:
        super().__init__()
        self.at = MONDAY
        self.walked: set[Made] = set()
        self.suggested: dict[str, Suggested] = {}
        self.orders: dict[str, Order] = {}
        with self.unit() as unit:
            self.employer = employers.add(unit, self.caller, make_employer(self.caller))
            people = citizens.add_all(unit, self.caller, [make_citizen(self.caller) for _ in range(PEOPLE)])
            for person in people:
                assignments.assign(unit, self.caller, person.id, self.caller.user_id)
            unit.commit()
        self.not_able_until: dict[str, date | None] = {person.id: None for person in people}
        self.register(1, OrderState.RECEIVED)

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """A unit at the walk's own moment, which is later each time."""
        self.at += timedelta(seconds=1)
        with self.store.unit() as unit:
            yield replace(unit, at=self.at)

    @property
    def today(self) -> date:
        return day_of(self.at)

    def standing(self, order_id: str) -> Mapping[str, Suggested]:
        """The open proposals of an order."""
        return {id_: one for id_, one in self.suggested.items() if one.order_id == order_id and one.is_open}

    def able(self, order_id: str) -> list[str]:
        """The proposals of an order whose citizens can turn out not to be able now."""
        moves = (
            (id_, PROPOSAL_MOVES[one.state])
            for id_, one in self.suggested.items()
            if one.order_id == order_id
        )
        return [id_ for id_, possible in moves if ProposalState.NOT_ABLE_NOW in possible]

    def pair_stands(self, order_id: str, citizen_id: str, besides: str = "") -> bool:
        """Whether the pair has a proposal that is open or accepted, besides the one that is named."""
        return any(
            (one.order_id, one.citizen_id) == (order_id, citizen_id) and one.stands
            for id_, one in self.suggested.items()
            if id_ != besides
        )

    @rule(data=st.data())
    def something_happens(self, data: st.DataObject) -> None:
        """One step, drawn here and not as a rule each: of rules, whole walks would be without an outcome."""
        steps = [step for step, possible in STEPS if possible(self)]
        getattr(self, data.draw(st.sampled_from(steps)))(data)

    def take_down(self, data: st.DataObject) -> None:
        self.register(data.draw(places), data.draw(st.sampled_from([OrderState.RECEIVED, OrderState.OPEN])))

    def register(self, places: int, state: OrderState) -> None:
        with self.unit() as unit:
            said: dict[str, Any] = {"text": "", "times_text": "", "places": places, "state": state}
            order = make_order(self.employer, received_on=self.today, **said)
            taken = orders_desk.register(unit, self.caller, order)
            unit.commit()
        self.orders[taken.id] = Order(places, self.at, state)

    def weeks_pass(self, data: st.DataObject) -> None:
        self.at += timedelta(weeks=data.draw(weeks))
        for one in self.suggested.values():
            one.slip = False

    def propose(self, data: st.DataObject) -> None:
        citizen_id = data.draw(st.sampled_from(list(self.not_able_until)))
        order_id = data.draw(st.sampled_from(list(self.orders)))
        order, until = self.orders[order_id], self.not_able_until[citizen_id]
        new = desk.NewProposal(citizen_id=citizen_id, order_id=order_id, started_from=StartedFrom.JOB_ORDER)
        refused: type[Refused] | None = None
        if until and until > self.today:
            refused = NotCandidate
        elif order.is_withdrawn:
            refused = OrderWithdrawn
        elif order.places < 1 or order.state in (OrderState.FILLED, OrderState.ENDED):
            refused = NoPlaceLeft
        elif self.pair_stands(order_id, citizen_id):
            refused = AlreadyProposed
        with self.unit() as unit:
            if refused:
                with pytest.raises(refused):
                    desk.propose(unit, self.caller, new)
                return
            made = desk.propose(unit, self.caller, new)
            unit.commit()
        one = self.suggested[made.proposal.id] = Suggested(citizen_id, order_id)
        with self._taking_up(one):
            self._order_becomes(order, OrderState.OPEN)

    def _some_day(self, data: st.DataObject) -> date | None:
        """A day to look again, or none said."""
        later = data.draw(st.none() | weeks)
        return self.today + timedelta(weeks=later) if later else None

    def _some_move(self, data: st.DataObject, possible: Sequence[Way], new: Iterable[Way]) -> Way:
        """Any that is possible, and rather one that this walk has not made yet and the desk has to make."""
        return data.draw(st.sampled_from([*possible, *list(new) * NEWER]))

    def record(self, data: st.DataObject) -> None:
        known = {id_: one.state for id_, one in self.suggested.items()}
        possible = [(id_, after) for id_, now in known.items() for after in sorted(PROPOSAL_MOVES[now])]
        new = (
            (id_, after)
            for id_, after in possible
            if (known[id_], after) not in self.walked and not self._why_not(id_, after)
        )
        proposal_id, state = self._some_move(data, possible, new)
        one = self.suggested[proposal_id]
        review_on = self._some_day(data)
        came = came_of(state, review_on)
        refused = self._why_not(proposal_id, state)
        with self.unit() as unit:
            if refused:
                with pytest.raises(refused):
                    desk.record(unit, self.caller, proposal_id, came)
                return
            desk.record(unit, self.caller, proposal_id, came)
            unit.commit()
        self._recorded(one, state, review_on)

    def _why_not(self, proposal_id: str, state: ProposalState) -> type[Refused] | None:
        """What the desk has to say of a move that the table has, None when it has to make it."""
        one = self.suggested[proposal_id]
        order = self.orders[one.order_id]
        if state in GOES_ON and self.pair_stands(one.order_id, one.citizen_id, besides=proposal_id):
            return AlreadyProposed
        if state in GOES_ON and order.is_withdrawn:
            return OrderWithdrawn
        if state in GOES_ON and order.state is OrderState.ENDED:
            return NoPlaceLeft
        if state is ProposalState.ACCEPTED and order.places < 1:
            return NoPlaceLeft
        return None

    def take_back(self, data: st.DataObject) -> None:
        proposal_id = data.draw(st.sampled_from(list(self.suggested)))
        one = self.suggested[proposal_id]
        after = one.former[0] if one.former else ProposalState.WITHDRAWN
        refused = self._why_not_back(proposal_id, after)
        with self.unit() as unit:
            if refused:
                with pytest.raises(refused):
                    take_back(unit, self.caller, proposal_id)
                return
            take_back(unit, self.caller, proposal_id)
            unit.commit()
        self._taken_back(one, after)

    def _why_not_back(self, proposal_id: str, after: ProposalState) -> type[Refused] | None:
        one = self.suggested[proposal_id]
        order = self.orders[one.order_id]
        goes_on = after in (*OPEN_PROPOSALS, ProposalState.ACCEPTED)
        if not one.slip or (goes_on and order.state in (OrderState.RETURNED, OrderState.ENDED)):
            return NothingToTakeBack
        if goes_on and self.pair_stands(one.order_id, one.citizen_id, besides=proposal_id):
            return AlreadyProposed
        if after is ProposalState.ACCEPTED and order.places < 1:
            return NoPlaceLeft
        return None

    def _taken_back(self, one: Suggested, after: ProposalState) -> None:
        order, before = self.orders[one.order_id], one.state
        was_due, one.review_on, rested = one.review_on, None, None
        if one.former:
            _, one.review_on, rested = one.former
            rests = self.not_able_until[one.citizen_id]
            if ProposalState.NOT_ABLE_NOW in (before, after) and rests == was_due:
                self.not_able_until[one.citizen_id] = rested
        if before in HEARD:
            one.heard.pop()
        one.state, one.slip, one.mistaken = after, False, one.former is None
        taken = (after is ProposalState.ACCEPTED) - (before is ProposalState.ACCEPTED)
        order.places -= taken
        state = self._order_without(one, taken)
        order.logged += state is not order.state
        order.state = state

    def _order_without(self, one: Suggested, taken: int) -> OrderState:
        """The state of the order of a move that was taken back: as before it, if nothing came of it since."""
        order = self.orders[one.order_id]
        if taken > 0:
            return order.state if order.places else OrderState.FILLED
        left, logged = one.took_up or (OrderState.OPEN, 0)
        others = (other for other in self.suggested.values() if other is not one)
        alone = not any(other.order_id == one.order_id and other.stands for other in others)
        if left in (OrderState.RECEIVED, OrderState.RETURNED) and logged == order.logged and alone:
            return left
        return OrderState.OPEN if taken < 0 and order.state is OrderState.FILLED else order.state

    def try_what_the_desk_refuses(self, data: st.DataObject) -> None:
        for proposal_id, one in self.suggested.items():
            for state in sorted(PROPOSAL_MOVES[one.state]):
                if refused := self._why_not(proposal_id, state):
                    with self.unit() as unit, pytest.raises(refused):
                        desk.record(unit, self.caller, proposal_id, came_of(state))

    def try_what_the_tables_have_not(self, data: st.DataObject) -> None:
        for proposal_id, one in self.suggested.items():
            for state in sorted(set(ProposalState) - PROPOSAL_MOVES[one.state]):
                with self.unit() as unit, pytest.raises(NotFromHere):
                    desk.record(unit, self.caller, proposal_id, came_of(state))
        for order_id, order in self.orders.items():
            for state in sorted(set(OrderState) - self._by_hand(order)):
                with self.unit() as unit, pytest.raises(Refused):
                    self._change(unit, order_id, state)
            if OrderState.RETURNED not in ORDER_MOVES[order.state]:
                back = Returned(cause=ReturnCause.NO_CANDIDATE)
                with self.unit() as unit:
                    kept = Catalogues().of(unit, self.caller)
                    with pytest.raises(NotFromHere):
                        return_order(unit, self.caller, kept, order_id, back)

    def _by_hand(self, order: Order) -> frozenset[OrderState]:
        """What an order can be made: what was sent back stays so, and becoming so takes a cause."""
        return ORDER_MOVES[order.state] - {OrderState.RETURNED} | {order.state}

    def _change(self, unit: Unit, order_id: str, state: OrderState) -> None:
        before = orders_desk.read(unit, self.caller, order_id)
        orders_desk.change(unit, self.caller, before, replace(before, state=state), None)

    def move_order(self, data: st.DataObject) -> None:
        possible = [(id_, after) for id_, one in self.orders.items() for after in sorted(self._by_hand(one))]
        unmade = TABLE - self.walked
        new = ((id_, after) for id_, after in possible if (self.orders[id_].state, after) in unmade)
        order_id, state = self._some_move(data, possible, new)
        order = self.orders[order_id]
        with self.unit() as unit:
            self._change(unit, order_id, state)
            unit.commit()
        self._order_becomes(order, state)
        if state is OrderState.ENDED:
            self._close(order_id)

    def more_places(self, data: st.DataObject) -> None:
        order_id = data.draw(st.sampled_from(list(self.orders)))
        order = self.orders[order_id]
        with self.unit() as unit:
            before = orders_desk.read(unit, self.caller, order_id)
            more = replace(before, places=before.places + 1)
            orders_desk.change(unit, self.caller, before, more, None)
            unit.commit()
        order.places += 1
        if order.state is OrderState.FILLED:
            self._order_becomes(order, OrderState.OPEN)

    def send_back(self, data: st.DataObject) -> None:
        possible = [(id_, OrderState.RETURNED) for id_ in self.orders]
        unmade = TABLE - self.walked
        new = ((id_, after) for id_, after in possible if (self.orders[id_].state, after) in unmade)
        order_id, _ = self._some_move(data, possible, new)
        order, able = self.orders[order_id], self.able(order_id)
        meant = list(self.standing(order_id)) or able
        cause = data.draw(st.sampled_from(ReturnCause))
        not_able = cause is ReturnCause.CITIZEN_NOT_ABLE
        whose = data.draw(st.sampled_from([None, *able])) if not_able else None
        review_on = self._some_day(data) if not_able else None
        back = Returned(cause=cause, proposal_id=whose, review_on=review_on)
        refused: type[Refused] | None = None
        if order.is_withdrawn and cause is not ReturnCause.EMPLOYER_WITHDREW:
            refused = OrderWithdrawn
        elif not_able and whose is None and len(meant) != 1:
            refused = Refused
        elif (
            OrderState.RETURNED
            not in ORDER_MOVES[self._left_by(order, whose or meant[0] if not_able else "")]
        ):
            refused = NotFromHere
        with self.store.unit(read_only=True) as unit:
            kept = Catalogues().of(unit, self.caller)
        with self.unit() as unit:
            if refused:
                with pytest.raises(refused):
                    return_order(unit, self.caller, kept, order_id, back)
                return
            sent = return_order(unit, self.caller, kept, order_id, back)
            unit.commit()
        if not_able:
            self._recorded(self.suggested[whose or meant[0]], ProposalState.NOT_ABLE_NOW, review_on)
        self._order_becomes(order, OrderState.RETURNED, by_return=True)
        self._close(order_id)
        order.clock_from = None if cause is ReturnCause.EMPLOYER_WITHDREW else self.at
        assert (sent.next is None) == (cause is ReturnCause.EMPLOYER_WITHDREW)
        if sent.next is not None:
            assert self._not_to_be_asked(order_id).isdisjoint(sent.next.found.ids)

    def _left_by(self, order: Order, proposal_id: str) -> OrderState:
        """The state of an order without whom a proposal names: a place that is given back opens it again."""
        one = self.suggested.get(proposal_id)
        gives_back = one is not None and one.state is ProposalState.ACCEPTED
        return OrderState.OPEN if gives_back and order.state is OrderState.FILLED else order.state

    def _not_to_be_asked(self, order_id: str) -> set[str]:
        """Who rests, and who was suggested for the order before, but by mistake or who only was not able."""
        resting = {who for who, until in self.not_able_until.items() if until and until > self.today}
        return resting | {
            one.citizen_id
            for one in self.suggested.values()
            if one.order_id == order_id and one.state is not ProposalState.NOT_ABLE_NOW and not one.mistaken
        }

    def _recorded(self, one: Suggested, state: ProposalState, review_on: date | None) -> None:
        before, order, was_due = one.state, self.orders[one.order_id], one.review_on
        one.slip, one.former = True, (before, was_due, self.not_able_until[one.citizen_id])
        one.review_on = None
        if state is ProposalState.NOT_ABLE_NOW:
            one.review_on = review_on or self.today + timedelta(days=Practice.review_days)
            self.not_able_until[one.citizen_id] = one.review_on
        elif state in GOES_ON and was_due and self.not_able_until[one.citizen_id] == was_due:
            self.not_able_until[one.citizen_id] = None
        if state in HEARD:
            one.heard.append(self.at)
        self._stands(one, state)
        taken = (state is ProposalState.ACCEPTED) - (before is ProposalState.ACCEPTED)
        order.places -= taken
        with self._taking_up(one):
            if state in GOES_ON and order.state in (OrderState.RECEIVED, OrderState.RETURNED):
                self._order_becomes(order, OrderState.OPEN)
            if taken > 0 and order.places == 0:
                self._order_becomes(order, OrderState.FILLED)
            elif taken < 0 and order.state is OrderState.FILLED:
                self._order_becomes(order, OrderState.OPEN)

    @contextmanager
    def _taking_up(self, one: Suggested) -> Iterator[None]:
        """Note what the order of a move leaves with it."""
        order = self.orders[one.order_id]
        left, logged = order.state, order.logged
        yield
        one.took_up = (left, order.logged) if order.logged > logged else None

    def _stands(self, one: Suggested, state: ProposalState) -> None:
        self._made((one.state, state))
        one.state = state

    def _order_becomes(self, order: Order, state: OrderState, *, by_return: bool = False) -> None:
        if by_return or order.state is not state:
            self._made((order.state, state))
            order.logged += 1
        order.state = state

    def _made(self, move: Made) -> None:
        self.walked.add(move)
        self.made.add(move)

    def _close(self, order_id: str) -> None:
        for one in self.standing(order_id).values():
            one.slip = False
            self._stands(one, ProposalState.WITHDRAWN)

    @invariant()
    def the_desk_stands_where_the_model_does(self) -> None:
        with self.store.unit(read_only=True) as unit:
            for order_id, known in self.orders.items():
                order = job_orders.find(unit, self.caller, order_id)
                assert (order.state, order.places) == (known.state, known.places)
                assert order.open_proposals == len(self.standing(order_id))
                assert (order.clock_from, order.clock_met_at) == (known.clock_from, self._met_at(order_id))
                self._keeps_to(unit, moves.OF_ORDERS, order_id, known.state)
            for proposal_id, one in self.suggested.items():
                found = proposals.find(unit, self.caller, proposal_id)
                assert (found.state, found.review_on) == (one.state, one.review_on)
                self._keeps_to(unit, moves.OF_PROPOSALS, proposal_id, one.state)
            people = citizens.some(unit, self.caller, self.not_able_until)
            assert {id_: person.not_able_until for id_, person in people.items()} == self.not_able_until

    def _met_at(self, order_id: str) -> datetime | None:
        """The first contact since the clock began that was not taken back."""
        begun = self.orders[order_id].clock_from
        mine = [at for one in self.suggested.values() if one.order_id == order_id for at in one.heard]
        return min((at for at in mine if begun and at > begun), default=None)

    def _keeps_to(
        self, unit: Unit, log: moves.Log, record_id: str, state: OrderState | ProposalState
    ) -> None:
        """The log of a record is without a gap, and every line of it is a move of its table."""
        lines = moves.of(unit, self.caller, log, record_id)
        assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
        assert [line.before for line in lines] == [None, *(line.after for line in lines[:-1])]
        assert lines[-1].after == state
        assert {(line.before, line.after) for line in lines[1:] if line.cause != TAKEN_BACK} <= TABLE
        if log is moves.OF_PROPOSALS:
            back = {(line.after, line.before) for line in lines[1:] if line.cause == TAKEN_BACK}
            # one that should not have been made is withdrawn
            assert back - {(ProposalState.WITHDRAWN, ProposalState.PROPOSED)} <= TABLE


def _always(desk: Desk) -> bool:
    return True


def _moves_on(desk: Desk) -> bool:
    return any(PROPOSAL_MOVES[one.state] for one in desk.suggested.values())


STEPS: Sequence[tuple[str, Callable[[Desk], bool]]] = (
    ("take_down", lambda desk: len(desk.orders) < MOST_ORDERS),
    *[("propose", _always)] * 4,
    *[("record", _moves_on)] * 7,
    ("try_what_the_tables_have_not", lambda desk: bool(desk.suggested)),
    *[("try_what_the_desk_refuses", lambda desk: bool(desk.suggested))] * 2,
    *[("take_back", lambda desk: bool(desk.suggested))] * 2,
    *[("move_order", _always)] * 2,
    ("more_places", _always),
    *[("send_back", _always)] * 2,
    ("weeks_pass", _always),
)
"""What can happen when, as often as it takes to come by every move of the tables."""


def came_of(state: ProposalState, review_on: date | None = None) -> desk.CameOf:
    """An outcome with what has to go with it."""
    said: dict[str, Any] = {}
    if state is ProposalState.DECLINED:
        said = {"declined_by": Side.CITIZEN, "reason": DeclineReason.TASK}
    if state is ProposalState.NOT_ABLE_NOW:
        said = {"review_on": review_on}
    return desk.CameOf(state=state, **said)
