"""What one municipality of example data holds, and how its records are numbered and marked.

Nobody in it exists: names carry "Eksempel", those of colleagues are put together by number, streets are
called Eksempelvej, telephone numbers begin with 00 and reach no one. Ids tell kind, municipality and number
("citizen-0370-01"), the same for everybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from api.domain.caller import Role
from api.domain.records import Centre, CitizenRecord, EmployerRecord, JobOrderRecord
from api.examples.phrases import phrases

SOURCE = "example data"
"""Where example employers, orders and places say they come from."""

STREET = "Eksempelvej"
"""The street of every example: a real one would give a real house a made-up tenant."""


@dataclass(frozen=True, kw_only=True)
class ExampleUser:
    """Somebody who signs in. Passwords and tokens are made by whoever stores this, never kept here."""

    municipality: str
    username: str
    name: str
    role: Role


class Assignment(NamedTuple):
    """That a citizen is the work of the user in that role."""

    citizen_id: str
    role: Role


@dataclass(frozen=True, kw_only=True)
class ExampleMunicipality:
    """The records of one municipality, ready to be stored; a demonstration shows the first citizen."""

    code: str
    name: str
    centres: tuple[Centre, ...]
    employers: tuple[EmployerRecord, ...]
    job_orders: tuple[JobOrderRecord, ...]
    citizens: tuple[CitizenRecord, ...]
    users: tuple[ExampleUser, ...]

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """Whose work the citizens are, the shown one first; every fifth is not the consultant's.

        The caseworker has every second one, the centre's staff those who start from the first one's centre.
        """
        return tuple(self._assignments())

    def _assignments(self) -> Iterator[Assignment]:
        for number, citizen in enumerate(self.citizens, start=1):
            if number % 5:
                yield Assignment(citizen.id, Role.CONSULTANT)
            if number % 2:
                yield Assignment(citizen.id, Role.CASEWORKER)
            if citizen.anchors[0].centre_id == self.citizens[0].anchors[0].centre_id:
                yield Assignment(citizen.id, Role.CENTRE_STAFF)


def identify(kind: str, municipality: str, number: int | str) -> str:
    """The id of an example: "citizen-0370-01" for a citizen of Næstved."""
    return (
        f"{kind}-{municipality}-{number:02}" if isinstance(number, int) else f"{kind}-{municipality}-{number}"
    )


def municipality_of(id: str) -> str:
    """The code of the municipality that an id of `identify` is from."""
    return id.split("-")[1]


def logins(municipality: str) -> tuple[ExampleUser, ...]:
    """One user per role; the caller adds a random password and token to each."""
    return tuple(
        ExampleUser(
            municipality=municipality,
            username=f"{role.replace('_', '-')}-{municipality}",
            name=_colleague(int(municipality), number),
            role=role,
        )
        for number, role in enumerate(Role)
    )


def _colleague(code: int, number: int) -> str:
    """A name for each user of a municipality, and others for the next one's."""
    words = phrases()
    # steps that share no factor with how many there are: no two of a municipality are called alike
    first = words.first_names[(code + 3 * number) % len(words.first_names)]
    return f"{first} {words.family_names[(code + 5 * number) % len(words.family_names)]}"
