"""The moves that there are, written down by hand: what the product's own tables are held against."""

from collections.abc import Mapping

from api.domain.moves import ProposalState
from api.domain.records import OrderState

Made = tuple[OrderState, OrderState] | tuple[ProposalState, ProposalState]


def _table(text: str) -> Mapping[str, tuple[str, ...]]:
    lines = (line.split(":") for line in text.strip().splitlines())
    return {before.strip(): tuple(after.split()) for before, after in lines}


ORDER_MOVES: Mapping[OrderState, frozenset[OrderState]] = {
    OrderState(before): frozenset(map(OrderState, after))
    for before, after in _table(
        """
        received: open          returned  ended
        open:          filled   returned  ended
        filled:   open                    ended
        returned: open          returned  ended
        ended:    open
        """
    ).items()
}
"""What can become of a job order."""

PROPOSAL_MOVES: Mapping[ProposalState, frozenset[ProposalState]] = {
    ProposalState(before): frozenset(map(ProposalState, after))
    for before, after in _table(
        """
        proposed:     contacted accepted declined not_able_now withdrawn
        contacted:              accepted declined not_able_now withdrawn
        accepted:                                 not_able_now withdrawn
        declined:
        not_able_now: contacted accepted declined              withdrawn
        withdrawn:
        """
    ).items()
}
"""What can become of a proposal."""

TABLE: frozenset[Made] = frozenset(
    (before, after) for table in (ORDER_MOVES, PROPOSAL_MOVES) for before in table for after in table[before]
)
"""Every move of the two tables."""

OPEN_PROPOSALS = (ProposalState.PROPOSED, ProposalState.CONTACTED)
"""A suggestion that waits for an answer."""

GOES_ON = (ProposalState.CONTACTED, ProposalState.ACCEPTED)
"""What somebody goes on with a suggestion by: its order is taken up."""

HEARD = (
    ProposalState.CONTACTED,
    ProposalState.ACCEPTED,
    ProposalState.DECLINED,
    ProposalState.NOT_ABLE_NOW,
)
"""The citizen has been spoken to."""
