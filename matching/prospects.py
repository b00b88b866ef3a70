"""Employers without an open order, ranked like orders: by what firms of their industry are likely to need.

Only the activities come from the industry. Demands and supports are the employer's own answers, since what is
usual in an industry answers nothing about one workplace; openness is the employer's own yes and no.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date

from geo.errors import N_
from matching.catalogue import Catalogue
from matching.citizens import Needs
from matching.columns import Columns
from matching.industries import Ask, Industry, IndustrySystem, industry_of
from matching.language import Language, speech
from matching.orders import Employer, JobOrder, Task
from matching.registers import Mix, Mixes
from matching.vocabulary import Activity, Attitude

ASKS_SHOWN = 3
"""How many things to ask for are named: more are forgotten on the telephone."""


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """An employer who may have work; `code` is the industry's, from the list that `system` names."""

    employer: Employer
    code: str = ""
    system: IndustrySystem = IndustrySystem.UNKNOWN
    title: str = ""

    @property
    def industry(self) -> Industry | None:
        """What is known of the industry; None where its code or list is not known."""
        return industry_of(self.code, self.system)

    def to_order(self) -> JobOrder:
        """The prospect as the ranking sees it: work whose activities are likely and the rest not known."""
        likely: Mapping[Activity, float] = self.industry.activities if self.industry else {}
        task = Task(activities=likely)
        return JobOrder.of(self.employer.id, self.employer, task, title=self.title or self.employer.name)

    def ask_for(self, needs: Needs, language: str = Language.DANISH) -> tuple[str, ...]:
        """The few things to ask for on behalf of a citizen, what is done gladly first."""
        return self._told(self.industry.asks_for(needs) if self.industry else [], language)

    def ask_for_all(self, people: Iterable[Needs], language: str = Language.DANISH) -> tuple[str, ...]:
        """The few things to ask for on behalf of several citizens, what suits most of them first."""
        if self.industry is None:
            return ()
        asks = self.industry.asks
        suited = Counter(place for needs in people for place, ask in enumerate(asks) if ask.suits(needs))
        best = sorted(suited, key=lambda place: (-suited[place], place))
        return self._told([asks[place] for place in best], language)

    def because(self, language: str = Language.DANISH) -> str:
        """Why this is asked for here, or why nothing can be said."""
        said = speech(language)
        if not self.code:
            return said.say("The industry is not known")
        if self.industry and self.system is IndustrySystem.UNKNOWN:
            return said.say(
                "{reason} (it is not known which list {code} is from, but both say so)",
                reason=self.industry.reason[said.language],
                code=self.code,
            )
        if self.industry:
            return self.industry.reason[said.language]
        return said.say(_SILENT[self.system is IndustrySystem.UNKNOWN], code=self.code)

    def _told(self, asks: Iterable[Ask], language: str) -> tuple[str, ...]:
        return tuple(ask.text[speech(language).language] for ask in asks)[:ASKS_SHOWN]


_SILENT = {
    True: N_("It is not known which list of industries {code} is from"),
    False: N_("Nothing is written down about what industry {code} may need"),
}


def catalogue_of(prospects: Iterable[Prospect]) -> Catalogue:
    """The prospects as a catalogue for `shortlist`; their employers' ids are the orders' ids."""
    return Catalogue.from_orders(prospect.to_order() for prospect in prospects)


def open_to(catalogue: Catalogue, needs: Needs) -> Catalogue:
    """Prospects as one citizen can ask them: what the citizen cannot do is not asked for.

    An order is the whole of its task, but a prospect is asked for some of its work: who cannot do machine
    work may still tend the beds around the factory. Where nothing else is likely, the work stays as it is and
    the pair is excluded by its rule.
    """
    return catalogue.with_columns(parts_left(catalogue.columns, cannot_do(needs)))


def cannot_do(needs: Needs) -> frozenset[Activity]:
    """The activities that a citizen cannot do."""
    return frozenset(activity for activity, word in needs.attitudes.items() if word is Attitude.CANNOT)


def parts_left(prospects: Columns, cannot: Set[Activity]) -> Columns:
    """Prospects as those can ask them who cannot do some activities."""
    mixes = Mixes(tuple(_without(mix, cannot) for mix in prospects.mixes.entries))
    return replace(prospects, mixes=mixes)


def _without(mix: Mix, cannot: Set[Activity]) -> Mix:
    left = [(activity, share) for activity, share in mix if activity not in cannot]
    whole = sum(share for _, share in left)
    # a mix that nothing was taken from stays exactly as it is
    return mix if len(left) in (0, len(mix)) else tuple((activity, share / whole) for activity, share in left)


def aged(answers: Iterable[tuple[date, bool]], on: date, half_life_months: float) -> tuple[float, float]:
    """How many yes and how many no an employer has given, each halved whenever it is so many months older.

    What was answered after `on` was not known then, and does not count.
    """
    weight = {True: 0.0, False: 0.0}
    for day, said_yes in answers:
        if day <= on:
            weight[said_yes] += 0.5 ** (12 * _years(day, on) / half_life_months)
    return weight[True], weight[False]


def _years(since: date, on: date) -> float:
    """Whole years as the calendar has them, and the part of the running one."""
    whole = on.year - since.year - (_anniversary(since, on.year) > on)
    last, coming = _anniversary(since, since.year + whole), _anniversary(since, since.year + whole + 1)
    return whole + (on - last) / (coming - last)


def _anniversary(day: date, year: int) -> date:
    leap_day_elsewhere = day.month == 2 and day.day == 29 and (year % 4 or (year % 100 == 0 and year % 400))
    return date(year, 3, 1) if leap_day_elsewhere else day.replace(year=year)
