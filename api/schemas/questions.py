"""What is still to be asked of a workplace or about an order, as it is shown."""

from collections.abc import Iterable
from typing import Self

from pydantic import Field

from api.domain.questions import OpenAnswer
from api.schemas.shapes import Shown
from matching.language import speech
from matching.vocabulary import Demand, Support


class StillToAsk(Shown):
    """A question that nobody has answered; without `job_order` the answer holds for the whole workplace."""

    about: Demand | Support = Field(examples=["alcohol_present"])
    job_order: str | None = Field(examples=[None])
    text: str = Field(examples=["Bliver der serveret eller drukket alkohol dér, hvor opgaven løses?"])


class StillToAskList(Shown):
    """What the municipality wants to know and nobody has answered, the most useful first."""

    items: tuple[StillToAsk, ...]

    @classmethod
    def of(cls, found: Iterable[OpenAnswer], language: str) -> Self:
        """The questions, said in one language; how many citizens hang on each is not told."""
        said = speech(language)
        items = [
            StillToAsk(about=one.about, job_order=one.order_id, text=said.about("question", one.about))
            for one in found
        ]
        return cls(items=items)
