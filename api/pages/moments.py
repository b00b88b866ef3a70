"""Times as people say them: today at 14.05, tomorrow, Friday 27-11, two working days left."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from gettext import NullTranslations

from babel.dates import format_date

from geo.errors import N_
from matching.language import Language, speech
from matching.times import DENMARK_TIME

_NEAR = {
    -1: N_("yesterday"),
    0: N_("today"),
    1: N_("tomorrow"),
}
_WEEK = timedelta(days=7)
_HALF_A_YEAR = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Moments:
    """Says days and moments in one language, as seen from now, by the Danish clock."""

    language: Language
    messages: NullTranslations

    def day(self, day: date, today: date | None = None) -> str:
        """A day: by its own word next to today, by its weekday within a week, with its year when far off."""
        away = day - (today or self.now().date())
        if near := _NEAR.get(away.days):
            return self.messages.gettext(near)
        if abs(away) < _WEEK:
            return f"{self.weekday(day)} {day:%d-%m}"
        return f"{day:%d-%m}" if abs(away) < _HALF_A_YEAR else f"{day:%d-%m-%Y}"

    def weekday(self, day: date) -> str:
        """The weekday of a day."""
        return str(format_date(day, "EEEE", self.language))

    def whole(self, day: date) -> str:
        """A day in full with its weekday, as one is shown what was understood: Tuesday 24-11-2026."""
        return f"{self.weekday(day)} {day:%d-%m-%Y}"

    def on(self, moment: datetime, today: date | None = None) -> str:
        """The day of a moment."""
        return self.day(moment.astimezone(DENMARK_TIME).date(), today)

    def at(self, moment: datetime, today: date | None = None) -> str:
        """A moment: its day, and the time of day."""
        here = moment.astimezone(DENMARK_TIME)
        said = self.messages.gettext(N_("{day} at {clock}"))
        return said.format(day=self.on(moment, today), clock=speech(self.language).clock(here))

    def left(self, working_days: int) -> str:
        """How long there is to a deadline, in working days after today."""
        if working_days == 0:
            return self.messages.gettext(N_("today is the last day"))
        said = self.messages.ngettext("{number} working day left", "{number} working days left", working_days)
        return said.format(number=working_days)

    @staticmethod
    def now() -> datetime:
        """This moment, by the Danish clock."""
        return datetime.now(DENMARK_TIME)
