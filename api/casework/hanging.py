"""What still has to be asked before those who were suggested for a job order can do it.

Who is suggested stands on no list of candidates any more, and the answers that were missing are so still.
"""

from collections.abc import Mapping
from datetime import date

from api.access import audit
from api.casework import employers as employers_desk
from api.casework import job_orders as orders_desk
from api.casework.catalogues import Catalogues
from api.casework.rankings import state_of
from api.casework.supply import ranked_order
from api.domain.caller import Caller
from api.domain.moves import ProposalState
from api.store import Store, citizens, proposals
from matching import candidates
from matching.constraints import Party

Asked = tuple[Party, str]
"""Who is asked, and about which rule."""

Hanging = Mapping[str, tuple[Asked, ...]]
"""What each citizen hangs on, by id."""


def of_order(store: Store, kept_in: Catalogues, caller: Caller, order_id: str, on: date) -> Hanging:
    """What each citizen who is suggested for the order, or has accepted it, hangs on; by id.

    Only citizens who are open to the caller and do not object to being ranked. One audit row for each of whom
    anything is told, before the answer.
    """
    with store.unit(read_only=True) as unit:
        kept, everybody = kept_in.of(unit, caller), kept_in.people(unit, caller).by_id
        order = orders_desk.read(unit, caller, order_id)
        employer = employers_desk.read(unit, caller, order.employer_id)
        standing = {
            one.citizen_id
            for one in proposals.of_order(unit, caller, order_id)
            if one.is_open or one.state is ProposalState.ACCEPTED
        }
        opened = citizens.open_to(unit, caller, standing & everybody.keys())
    known = [everybody[id_] for id_ in sorted(opened) if not everybody[id_].objects_to_ranking]
    people = [one.citizen for one in known if one.citizen]
    if not people:
        return {}
    found = candidates(ranked_order(order, employer), people, 0, on, kept.policy)
    hanging = {one.id: found.pair(index).questions for index, one in enumerate(people)}
    told = {id_: asked for id_, asked in hanging.items() if asked}
    if told:
        details = {**state_of(kept), "order_version": order.version}
        looks = [(id_, {**details, "version": everybody[id_].version}) for id_ in told]
        with store.unit() as unit:
            audit.record_each(unit, caller, "explanation_read", looks, subject=order_id)
            unit.commit()
    return told
