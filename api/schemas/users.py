"""Colleagues who can sign in, as they are sent and shown."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from api.casework.users import LONGEST_NAME
from api.domain.accounts import UserRecord
from api.domain.caller import Role
from api.schemas.shapes import IDS, Body, Shown, Truth, Version, looks_like

Name = Annotated[str, Field(max_length=LONGEST_NAME)]


class UserUpdate(Body):
    """A merge patch of a colleague: what is sent replaces; null takes the name away."""

    model_config = looks_like(name="Mette Holm (eksempel)", role="caseworker")

    name: Name | None = None
    role: Role | None = None
    disabled: Truth | None = Field(None, description="Whether they are shut out")


class User(Shown):
    """Somebody of the municipality who can sign in."""

    model_config = looks_like(
        id=IDS["user_id"], username="mette", name="Mette Holm (eksempel)", role="consultant", disabled_at=None
    )

    id: str
    username: str
    name: str = Field(description="What colleagues call them; empty where nobody has said it")
    role: Role
    disabled_at: datetime | None = Field(description="Since when they are shut out")
    version: Version

    @classmethod
    def of(cls, record: UserRecord) -> Self:
        """The colleague as known, without anything of the password."""
        return cls(
            id=record.id,
            username=record.username,
            name=record.name,
            role=record.role,
            disabled_at=record.disabled_at,
            version=record.version,
        )
