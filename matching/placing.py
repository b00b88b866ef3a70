"""What one citizen got at a job café, out of which choices, and why it was not the first of them.

Told in words that speak of places and of how well pairs fit, never of another person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from geo.errors import N_
from matching.constraints import Party
from matching.language import Language, Speech, speech
from matching.sentences import question


class Why(StrEnum):
    """Why a citizen has, or has not, the first of their choices."""

    FIRST_CHOICE = "first_choice"
    FITS_AS_WELL = "fits_as_well"
    PLACES_TAKEN = "places_taken"
    BEST_FOR_ALL = "best_for_all"
    KEPT = "kept"
    NOTHING_FITS = "nothing_fits"


@dataclass(frozen=True, slots=True)
class Choice:
    """A task that fits a citizen; `points` are the whole points of the pair's score."""

    order_id: str
    employer_id: str
    title: str
    score: float
    points: int


@dataclass(frozen=True, slots=True)
class Possible:
    """A task that hangs on answers; the score once they are good is None where its place is unknown."""

    order_id: str
    title: str
    score_if_answered: float | None
    questions: tuple[tuple[Party, str], ...]


@dataclass(frozen=True, slots=True)
class Placing:
    """What a citizen got: `choices` are all tasks that fit, best first, as in the citizen's shortlist.

    `rank` is the place of the assigned task among them, None without a task. `possible` are the tasks that
    hang on an answer, best first; they are never assigned.
    """

    citizen_id: str
    rank: int | None
    why: Why
    choices: tuple[Choice, ...]
    possible: tuple[Possible, ...]

    @property
    def choice(self) -> Choice | None:
        """The task that was assigned."""
        return None if self.rank is None else self.choices[self.rank - 1]

    @property
    def points_below_first(self) -> int:
        """Whole points between the first choice and the task; 0 without a task."""
        return self.choices[0].points - self.choice.points if self.choice else 0

    @property
    def employers(self) -> tuple[str, ...]:
        """Whom to meet: the employer of the task, then those of the other choices, best first."""
        ordered = ((self.choice,) if self.choice else ()) + self.choices
        return tuple(dict.fromkeys(choice.employer_id for choice in ordered))

    def reasons(self, language: str = Language.DANISH) -> list[str]:
        """What to tell the citizen: which of their choices it is, why, and what could still be asked."""
        said = speech(language)
        sentences = [said.say(_WHY[self.why])]
        if self.choices and self.why is not Why.FIRST_CHOICE:
            sentences.insert(0, self._standing(said))
        return sentences + self.questions(said)

    def questions(self, said: Speech, most: int | None = None) -> list[str]:
        """What could still be asked, of the first tasks that hang on it: each question once."""
        titles: dict[tuple[tuple[Party, str], ...], list[str]] = {}
        for item in self.possible[:most]:
            titles.setdefault(item.questions, []).append(item.title)
        return [_possible(named, asked, said) for asked, named in titles.items()]

    def _standing(self, said: Speech) -> str:
        first = self.choices[0].title
        if self.rank is None:
            return said.say(
                "No place was left among the tasks that fit; the first choice was {task}", task=first
            )
        return said.plural(
            "Choice {rank} of {choices}, {number} point below the first, {task}",
            "Choice {rank} of {choices}, {number} points below the first, {task}",
            self.points_below_first,
            rank=self.rank,
            choices=len(self.choices),
            task=first,
        )


_WHY = {
    Why.FIRST_CHOICE: N_("This is the first choice"),
    Why.FITS_AS_WELL: N_("It fits as well as the first choice"),
    Why.PLACES_TAKEN: N_("The places of the first choice went to pairs that fit at least as well"),
    Why.BEST_FOR_ALL: N_(
        "The places of the first choice were given so that most people get a task, "
        "and none fits worse than it must"
    ),
    Why.KEPT: N_("When the plan is made anew, those who have a task keep it as far as possible"),
    Why.NOTHING_FITS: N_("No task here fits as things stand"),
}


def _possible(titles: list[str], questions: Iterable[tuple[Party, str]], said: Speech) -> str:
    asked = " ".join(question(about, said) for _, about in questions)
    tasks = ", ".join(titles)
    return said.say("{task} would be possible; ask first: {questions}", task=tasks, questions=asked)
