"""The municipalities of an installation, and which of them a record belongs to.

Only the command line asks the second: whoever signs in belongs to one municipality from the start.
"""

import getpass

from api.domain.caller import Caller, Channel, Role
from api.domain.records import Municipality
from api.store import Unit, citizens, job_orders, municipalities
from api.store.errors import Missing
from geo import Gazetteer, Refused
from geo.errors import N_
from geo.names import Grade


def taken_on(unit: Unit, code: str) -> Municipality:
    """The municipality of a code, added when it is new; raises `Refused` for a code that none has."""
    found = municipalities.find(unit, code)
    if found is not None:
        return found
    return municipalities.add(unit, Municipality(code=code, name=name_of(code)))


def name_of(code: str) -> str:
    """The name of the municipality with this code; raises `Refused` for a code that none has."""
    match = Gazetteer.shipped().municipality(code)
    if match is None or match.row is None or match.grade is not Grade.A or match.row.code != code:
        remedy = N_("Give its four digits, such as 0370 for Næstved.")
        raise Refused("municipality", N_("There is no municipality {value!r}."), remedy, value=code)
    return match.row.name


def caller_at(municipality: str) -> Caller:
    """Whoever runs a command, for one municipality.

    They hold the database and its keys, so everything of the municipality is open to them; the audit rows say
    that it was done at the command line.
    """
    return Caller(
        user_id="",
        username=_username(),
        municipality=municipality,
        role=Role.COORDINATOR,
        channel=Channel.COMMAND_LINE,
    )


def caller_of_citizen(unit: Unit, citizen_id: str) -> Caller:
    """The caller for the municipality that has this citizen; raises `Missing`."""
    for municipality in municipalities.all_of(unit):
        caller = caller_at(municipality.code)
        if citizens.find(unit, caller, citizen_id):
            return caller
    raise Missing("citizen", citizen_id)


def caller_of_order(unit: Unit, order_id: str) -> Caller:
    """The caller for the municipality that has this job order; raises `Missing`."""
    for municipality in municipalities.all_of(unit):
        caller = caller_at(municipality.code)
        if job_orders.find(unit, caller, order_id):
            return caller
    raise Missing("job order", order_id)


def _username() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        # a container may run under a number that has no name
        return ""
