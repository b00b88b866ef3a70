"""On whose desk something stands: the colleagues to ask, and whether they still come in.

What a colleague is called is no citizen's data; whose work a citizen is may be told to who may list citizens.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from api.domain.accounts import UserRecord
from api.domain.caller import Caller
from api.store import Unit, users


@dataclass(frozen=True, slots=True)
class Keeper:
    """A colleague on whose desk something stands; `shut_out` does not come in any more."""

    name: str
    shut_out: bool

    @classmethod
    def of(cls, user: UserRecord) -> Self:
        """The colleague as others read of them."""
        return cls(user.called, user.disabled_at is not None)


def keepers(unit: Unit, caller: Caller, asked: Mapping[str, Iterable[str]]) -> dict[str, tuple[Keeper, ...]]:
    """Who has what is asked about: for each key those of its user ids who come in, else those shut out.

    A key whose users are none of the municipality's has nobody.
    """
    listed = {key: tuple(dict.fromkeys(ids)) for key, ids in asked.items()}
    known = {
        one.id: Keeper.of(one)
        for one in users.some(unit, caller, {i for ids in listed.values() for i in ids})
    }
    told = {key: tuple(known[id_] for id_ in ids if id_ in known) for key, ids in listed.items()}
    return {key: tuple(one for one in found if not one.shut_out) or found for key, found in told.items()}
