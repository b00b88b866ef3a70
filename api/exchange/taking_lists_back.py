"""Taking a list back behind the page: it may be as long as the list, and is kept with the list's report.

What it has come to stands there for everybody; so does why it came to nothing.
"""

from api.casework import failures
from api.casework.errors import NothingToTakeBack
from api.casework.taking_lists_back import read, take_back
from api.domain.caller import Caller
from api.exchange.telling import refusal
from api.store import Store, imports
from geo import Refused
from geo.errors import N_


def take_back_behind(store: Store, caller: Caller, run_id: str) -> None:
    """Take a list back that somebody has begun to; all of it or nothing."""
    try:
        with store.unit() as unit:
            take_back(unit, caller, run_id)
            unit.commit()
    except Refused as refused:
        _keep_why(store, caller, run_id, refused)
    except Exception as fault:
        failures.tell_the_log("taking a list back", run_id, fault)
        problem = N_("The service failed on this list. Nothing was taken back.")
        _keep_why(store, caller, run_id, NothingToTakeBack(problem, N_("Try again.")))


def _keep_why(store: Store, caller: Caller, run_id: str, refused: Refused) -> None:
    with store.unit() as unit:
        run = read(unit, caller, run_id)
        # somebody may have been faster, and then it is done
        if not run.taken_back:
            imports.retell(unit, run.with_failure(refusal(refused)))
            unit.commit()
