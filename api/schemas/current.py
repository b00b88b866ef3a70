"""Records in the shape in which they are shown: the current state beside a change that came late."""

from api.casework.practices import PracticeSeen
from api.casework.proposals import ProposalSeen
from api.domain.accounts import UserRecord
from api.domain.records import Centre as CentreRecord
from api.domain.records import CitizenRecord, EmployerRecord, JobOrderRecord
from api.schemas.centres import Centre
from api.schemas.citizens import Citizen
from api.schemas.employers import Employer
from api.schemas.job_orders import JobOrder
from api.schemas.practices import PracticeShown
from api.schemas.proposals import ProposalShown
from api.schemas.shapes import Shown
from api.schemas.users import User

Record = CentreRecord | CitizenRecord | EmployerRecord | JobOrderRecord


def presented(record: object) -> Shown | None:
    """The record as its resource shows it, or what is shown already; None for what has no resource."""
    match record:
        case Shown():
            return record
        case ProposalSeen():
            return ProposalShown.of(record)
        case CentreRecord():
            return Centre.of(record)
        case CitizenRecord():
            return Citizen.of(record)
        case EmployerRecord():
            return Employer.of(record)
        case JobOrderRecord():
            return JobOrder.of(record)
        case PracticeSeen():
            return PracticeShown.of(record)
        case UserRecord():
            return User.of(record)
        case _:
            return None
