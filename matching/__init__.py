"""WHAT FITS: the words, constraints, score, ranking and reading of task texts. No SQL, no HTTP."""

from matching.batch import shortlists
from matching.catalogue import Catalogue
from matching.citizens import Anchor, Citizen, Needs
from matching.ledger import Ledger
from matching.orders import Employer, JobOrder, Task
from matching.policy import Policy
from matching.ranking import CandidateList, Shortlist, candidates, shortlist
from matching.reading import TaskReading, read_task

__all__ = [
    "Anchor",
    "CandidateList",
    "Catalogue",
    "Citizen",
    "Employer",
    "JobOrder",
    "Ledger",
    "Needs",
    "Policy",
    "Shortlist",
    "Task",
    "TaskReading",
    "candidates",
    "read_task",
    "shortlist",
    "shortlists",
]
