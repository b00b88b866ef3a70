"""What the store turns away. Every one is a `Refused`; the edge tells them apart by their class."""

from geo.errors import N_, Refused


class Unopened(Refused):
    """A database or key file that the service must not start with; nothing was written to it."""


class Missing(Refused):
    """A record that does not exist for this caller: foreign, erased and never made are the same."""

    def __init__(self, field: str, record_id: str) -> None:
        """`field` names the kind of record."""
        problem, remedy = N_("There is no {field} {value!r}."), N_("Check the id.")
        super().__init__(field, problem, remedy, value=record_id)


class Stale(Refused):
    """A change to a version that is no longer the current one; `current` is the record as it stands."""

    def __init__(self, field: str, current: object) -> None:
        """`current` is shown beside the caller's own text, so that nothing is lost."""
        self.current = current
        problem = N_("Somebody else has changed this in the meantime.")
        super().__init__(field, problem, N_("Look at the current one and make the change again."))


class Duplicate(Refused):
    """A record that the database already has, or that points to one that it does not have."""

    def __init__(self, rule: str) -> None:
        """`rule` is the name of the constraint or of its columns, never a value; it is said to nobody."""
        problem = N_("This is stored already, or what it belongs to is not there any more.")
        super().__init__("record", problem, N_("Look for the record that is there already."), rule=rule)


class Unstorable(Refused):
    """A value that no column can hold: a number too large, or a text with a character that is none."""

    def __init__(self) -> None:
        """The database does not say which value it was, and a value is not repeated here."""
        problem = N_(
            "A value cannot be stored: a number is too large, or a text holds an impossible character."
        )
        super().__init__("record", problem, N_("Correct the value; nothing was stored."))


class Busy(Refused):
    """The database was locked by somebody else for too long; nothing was stored, trying again is safe."""

    retry_after = 2
    """Seconds after which it is worth trying again."""

    def __init__(self) -> None:
        """Nothing more is known than that others are writing."""
        super().__init__("db", N_("The database is busy."), N_("Try again in a moment; nothing was stored."))


class StorageFailed(Refused):
    """The disk or the database server failed; nothing of this unit was stored."""

    def __init__(self, reason: str, *, full: bool = False) -> None:
        """`reason` is the database's own word for it, without values; `full` when there is no space left."""
        self.full = full
        problem = N_("The database could not be used ({reason}). Nothing was stored.")
        remedy = N_("Ask the operator to look at the disk and the database; reading may still work.")
        super().__init__("db", problem, remedy, reason=reason)


class SealBroken(Refused):
    """Sealed text that its key does not open: changed, moved from another row or column, or a lost key."""

    def __init__(self, owner: str) -> None:
        """`owner` is the table, column and row."""
        problem = N_("The sealed text of {owner} cannot be opened.")
        remedy = N_("Restore the database and its key file from the same backup.")
        super().__init__("sealed", problem, remedy, owner=owner)
