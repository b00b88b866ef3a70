"""Why one pair stands where it stands on the citizen's list; written down first, as the list is."""

from dataclasses import dataclass
from datetime import date

from api.access import audit
from api.casework import citizens as citizens_desk
from api.casework import employers as employers_desk
from api.casework import job_orders as orders_desk
from api.casework.catalogues import Catalogues, Kept
from api.casework.practices import practice_of
from api.casework.rankings import kept_now, stood_on
from api.casework.starts import citizen_of, starts_of
from api.casework.supply import Kind, ranked_order
from api.domain.caller import Caller
from api.store import Store, Unit, proposals
from matching import Catalogue, Citizen, Ledger, shortlist
from matching.load import without_own


@dataclass(frozen=True, slots=True)
class Explained:
    """The ledger of a pair, and whether its citizen objects to being ranked among others."""

    ledger: Ledger
    objects_to_ranking: bool


def explained(
    store: Store, kept_in: Catalogues, caller: Caller, citizen_id: str, other_id: str, on: date, language: str
) -> Explained:
    """Why one pair stands where it stands; `other_id` is a job order or an employer of the municipality.

    An order is explained in whatever state it is, as `rankings.for_order` ranks citizens for it. Raises as
    `citizens.opened` does, and `Missing` for what is neither an order nor an employer on a shortlist.
    """
    kept = kept_now(store, kept_in, caller).as_of(on)
    with store.unit() as unit:
        record = citizens_desk.opened(unit, caller, citizen_id, "explanation_read")
        person = citizen_of(record, starts_of(unit, caller.municipality))
        own = proposals.open_orders_of(unit, caller, citizen_id)
        catalogue = without_own(_catalogue_with(unit, caller, kept, person, other_id, on), own)
        details = stood_on(kept, record, own)
        audit.record(
            unit, caller, "explanation_read", citizen_id=record.id, subject=other_id, details=details
        )
        unit.commit()
    ledger = shortlist(person, catalogue, 0, on, kept.policy).explain(other_id, language)
    return Explained(ledger, record.objects_to_ranking)


def _catalogue_with(
    unit: Unit, caller: Caller, kept: Kept, person: Citizen, other_id: str, on: date
) -> Catalogue:
    """The catalogue that the list of an order or an employer is made from.

    An employer who rests is told of as if it did not; an order that is on no shortlist now stands alone.
    """
    supply = kept.supply
    if other_id in supply.catalogue(Kind.JOB_ORDERS):
        return supply.catalogue_for(person, Kind.JOB_ORDERS)
    if other_id in supply.catalogue(Kind.EMPLOYERS):
        resting = supply.resting(practice_of(unit, caller.municipality).limit, on).keys()
        return supply.catalogue_for(person, Kind.EMPLOYERS, without=resting - {other_id})
    order = orders_desk.read(unit, caller, other_id)
    employer = employers_desk.read(unit, caller, order.employer_id)
    return Catalogue.from_orders([ranked_order(order, employer, supply.openness.of(employer.id))])
