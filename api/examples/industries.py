"""The industries that example employers are in."""

from dataclasses import dataclass
from functools import cache

from api.domain.records import IndustrySystem
from api.examples.files import Answers, known, read_answers, read_data
from matching.citizens import parse_field


@dataclass(frozen=True, kw_only=True)
class Industry:
    """A kind of workplace: its name in speech, its code and title in DB07, and what usually holds there."""

    said: str
    code: str = ""
    title: str = ""
    usual: Answers

    @property
    def system(self) -> IndustrySystem:
        """The list the code is from; unknown where there is no code."""
        return IndustrySystem.DB07 if self.code else IndustrySystem.UNKNOWN


@cache
def industries() -> dict[str, Industry]:
    """All industries by their key."""
    return {
        key: Industry(
            said=known(row, "said", "code", "title", "yes", "no")["said"],
            code=row.get("code", ""),
            title=row.get("title", row["said"].capitalize()),
            usual=read_answers(row),
        )
        for key, row in read_data("industries").items()
    }


def industry(key: str) -> Industry:
    """The industry of a key; raises `UnknownCode` for one that is not known."""
    return industries()[parse_field(key, industries())]
