"""The tables, a file per group of words. Every row names its municipality: the data can be partitioned."""

from api.store.tables.accounts import MunicipalityRow, SessionRow, SignInFailureRow, TokenRow, UserRow
from api.store.tables.addresses import AddressAnswerRow
from api.store.tables.base import Base
from api.store.tables.cafes import CafeGuestRow, CafeRow
from api.store.tables.citizens import AnchorRow, AssignmentRow, CentreRow, CitizenRow, GrantRow
from api.store.tables.contacts import EmployerContactRow, ReservationRow
from api.store.tables.drafts import CallDraftRow
from api.store.tables.employers import EmployerRow, JobOrderRow
from api.store.tables.failed_work import FailedWorkRow
from api.store.tables.policies import MetaRow, PolicyRow, PracticeRow
from api.store.tables.proposals import OrderMoveRow, PauseRow, ProposalMoveRow, ProposalRow, ReorderRow
from api.store.tables.trail import AnswerRow, AuditRow, ChainRow, ChangeRow, ImportRow, VersionRow
from api.store.tables.uploads import UploadRow

__all__ = [
    "AddressAnswerRow",
    "AnchorRow",
    "AnswerRow",
    "AssignmentRow",
    "AuditRow",
    "Base",
    "CallDraftRow",
    "CafeGuestRow",
    "CafeRow",
    "CentreRow",
    "ChainRow",
    "ChangeRow",
    "CitizenRow",
    "EmployerContactRow",
    "EmployerRow",
    "FailedWorkRow",
    "GrantRow",
    "ImportRow",
    "JobOrderRow",
    "MetaRow",
    "MunicipalityRow",
    "OrderMoveRow",
    "PauseRow",
    "PolicyRow",
    "PracticeRow",
    "ProposalMoveRow",
    "ProposalRow",
    "ReorderRow",
    "ReservationRow",
    "SessionRow",
    "SignInFailureRow",
    "TokenRow",
    "UploadRow",
    "UserRow",
    "VersionRow",
]
