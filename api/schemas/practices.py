"""A municipality's practice, as it is sent and shown."""

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field

from api.casework.practices import PracticeSeen
from api.domain.practice import CandidateOrder, asked, day_of_year
from api.schemas.shapes import Body, Code, Day, Shown, Version, Whole, looks_like

Count = Annotated[Whole, Field(ge=1, le=366)]
# what the domain refuses is refused here as well, so that all that is wrong is told at once
DayOfYear = Annotated[Code, AfterValidator(day_of_year), AfterValidator(str)]
Asked = Annotated[Code, AfterValidator(asked), AfterValidator(str)]


class PracticeUpdate(Body):
    """A merge patch of a practice: what is sent replaces."""

    model_config = looks_like(contact_days=3, contact_limit=2)

    contact_days: Count | None = None
    yearly_days_off: Annotated[tuple[DayOfYear, ...], Field(max_length=366)] | None = Field(
        None, examples=[["06-05", "12-24", "12-31"]]
    )
    extra_days_off: Annotated[tuple[Day, ...], Field(max_length=1000)] | None = Field(
        None, examples=[["2027-05-07"]]
    )
    candidates_by: CandidateOrder | None = None
    required_answers: Annotated[tuple[Asked, ...], Field(max_length=40)] | None = Field(
        None, examples=[["contact_person", "machines"]]
    )
    contact_limit: Count | None = None
    contact_window_days: Count | None = None
    silence_days: Count | None = None
    review_days: Count | None = None


class PracticeShown(Shown):
    """How the municipality works: deadlines, days off, limits, and in which order candidates are shown."""

    model_config = looks_like(
        contact_days=3,
        yearly_days_off=["06-05", "12-24", "12-31"],
        extra_days_off=["2027-05-07"],
        candidates_by="score",
        required_answers=["contact_person", "machines"],
        contact_limit=2,
        contact_window_days=28,
        silence_days=45,
        review_days=14,
    )

    contact_days: int
    yearly_days_off: tuple[str, ...]
    extra_days_off: tuple[date, ...]
    candidates_by: CandidateOrder
    required_answers: tuple[str, ...]
    contact_limit: int
    contact_window_days: int
    silence_days: int
    review_days: int
    version: Version

    @classmethod
    def of(cls, seen: PracticeSeen) -> Self:
        """The practice that counts."""
        return cls(**seen.practice.to_json(), version=seen.version)
