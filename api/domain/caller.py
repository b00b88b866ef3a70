"""Who is asking. Every query for a citizen takes a `Caller` and narrows to what is theirs to see."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person does for the municipality."""

    CONSULTANT = "consultant"
    CASEWORKER = "caseworker"
    COORDINATOR = "coordinator"
    CENTRE_STAFF = "centre_staff"
    ANALYST = "analyst"
    AUDITOR = "auditor"
    OPERATOR = "operator"


class Channel(StrEnum):
    """Which way in somebody came."""

    HTTP = "http"
    BROWSER = "browser"
    COMMAND_LINE = "command_line"


@dataclass(frozen=True, slots=True)
class Caller:
    """A person or program that has signed in, for one municipality; `name` is empty where nobody said it.

    With `password_due` they have signed in with a password that somebody else gave, and may do nothing but
    choose their own.
    """

    user_id: str
    username: str
    municipality: str
    role: Role
    channel: Channel = Channel.HTTP
    name: str = ""
    password_due: bool = False

    @property
    def called(self) -> str:
        """What colleagues read: the person's name, or the user name where that is all that is known."""
        return self.name or self.username
