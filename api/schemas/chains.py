"""Through whom a citizen is contacted, as it is sent and shown."""

from typing import Annotated, Self

from pydantic import Field

from api.domain.records import ChainLink, Means, Through
from api.schemas.shapes import IDS, Body, CitizenId, Code, Line, Shown, Version, looks_like


class LinkFields(Body):
    """One way to reach a citizen: who makes the contact, who to ask for, by which means and number."""

    model_config = looks_like(through="drop_in_centre")

    through: Through
    means: Means = Means.PHONE
    name: Line = Field("", examples=["Kontaktperson på bostedet"])
    number: Code = Field("", examples=["+45 55 55 12 12"])
    centre_id: Code | None = None


class ChainGiven(Body):
    """All ways to reach a citizen, the best one first; what was there before is replaced."""

    links: Annotated[tuple[LinkFields, ...], Field(max_length=10)]

    def to_chain(self) -> tuple[ChainLink, ...]:
        """The chain as the desk keeps it."""
        return tuple(ChainLink(**link.model_dump()) for link in self.links)


class Link(Shown):
    """One way to reach a citizen."""

    model_config = looks_like(
        through="drop_in_centre",
        name="Værestedet Åen (eksempel)",
        number="+45 00 37 09 01",
        centre_id=IDS["centre_id"],
    )

    through: Through
    means: Means
    name: str
    number: str
    centre_id: str | None

    @classmethod
    def of(cls, link: ChainLink) -> Self:
        """The link as it is kept."""
        return cls(
            through=link.through,
            means=link.means,
            name=link.name,
            number=link.number,
            centre_id=link.centre_id,
        )


class Chain(Shown):
    """All ways to reach a citizen, the best one first."""

    citizen: CitizenId
    links: tuple[Link, ...]
    version: Version
