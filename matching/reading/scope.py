"""How a word of the text is meant: denied, hedged, not required, or done by the employer.

A denial reaches to the end of its clause, and across commas only along a list that ends in "eller":
"ingen tunge løft, støj eller kunder". A few turns of phrase deny nothing: "man må ikke være bange for".
"""

from collections import defaultdict
from collections.abc import Iterable
from enum import Flag, auto

from matching.reading.text import Passage, Word, fold


class Stance(Flag):
    """How a word is meant; PLAIN when nothing speaks against it."""

    PLAIN = 0
    DENIED = auto()
    LISTED = auto()
    """Denied only as one more of a list ("ingen maskiner og ...")."""
    HEDGED = auto()
    WISHED = auto()
    """Welcome, not required."""
    NOT_REQUIRED = auto()
    BY_EMPLOYER = auto()


AGAINST = Stance.DENIED | Stance.BY_EMPLOYER
"""What is meant like this is not the work."""


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(words).split())


DENIALS = _set("ikke ingen intet aldrig uden hverken ej slipper undgår ikk ingenting")
"""Words that deny what follows."""

_DENIES_NOTHING = _set("bange ræd sart sky imod kun bare blot undgå undgås mindst sippet nervøs udelukket")
_HALF = _set("altid så særlig særligt ret for nødvendigvis mange meget synderlig helt")
_HEDGES = _set("måske evt eventuelt senere muligvis")
_WISHES = _set("gerne helst fordel plus")
_NOT_NEEDED = _set("krav nødvendigt nødvendig påkrævet betingelse")
_STOPS = _set("men så hvis når fordi selvom mens før inden dog kun bare")
_SPEAKERS = _set("man vi du der det jeg de han hun her alt resten til")
_VERBS_OF_TOPICS = _set("er kræves skal behøves bliver")
_EMPLOYER = _set("vi jeg han hun chefen mesteren mester chaufføren ejeren")
_ONE_OF_THEM = _set("jeg han hun chefen mesteren mester chaufføren")
_VERBS_OF_HAVING = _set("har får er vil kan skal og eller samt med")
_POINTERS = _set("dem det den")
_ANYONE = _set("man du en")
_JOINING = _set("og samt")
_FAR = 15
"""No stance reaches further than so many words, however long the clause."""


class Stances:
    """The stance of every word of a passage, and the words that give it."""

    def __init__(self, passage: Passage) -> None:
        """Walk once over the passage."""
        self.passage, self.words = passage, passage.words
        self._said: dict[int, Stance] = defaultdict(lambda: Stance.PLAIN)
        self._cues: dict[int, set[int]] = defaultdict(set)
        for place, word in enumerate(self.words):
            if word.form in DENIALS:
                self._deny(place)
            elif word.form in _HEDGES:
                self._mark([at for at in self._clause(place) if at > place], Stance.HEDGED, place)
            elif word.form in _WISHES:
                self._mark(self._clause(place), Stance.WISHED, place)
            elif word.form == "selv":
                self._by_employer(place)
            elif word.form in _ONE_OF_THEM:
                self._by_one_of_them(place)

    def of(self, places: Iterable[int]) -> Stance:
        """How words at these places are meant together."""
        together = Stance.PLAIN
        for at in places:
            together |= self._said.get(at, Stance.PLAIN)
        return together

    def cues(self, places: Iterable[int]) -> frozenset[int]:
        """The places of the words that give them their stance."""
        return frozenset(cue for at in places for cue in self._cues.get(at, ()))

    def meant(self) -> list[int]:
        """The places of the words that nothing speaks against."""
        return [
            place for place in range(len(self.words)) if not self._said.get(place, Stance.PLAIN) & AGAINST
        ]

    def _mark(self, places: Iterable[int], stance: Stance, cue: int) -> None:
        for at in places:
            self._said[at] |= stance
            self._cues[at].add(cue)

    def _deny(self, place: int) -> None:
        following = [word.form for word in self._following(place, 4)]
        if _DENIES_NOTHING & set(following[:3]):
            return
        if _NOT_NEEDED & set(following):
            self._mark(self._in_front(place, 8), Stance.NOT_REQUIRED, place)
        elif self._half(place, following):
            self._mark([at for at in self._clause(place) if at > place], Stance.HEDGED, place)
        else:
            self._deny_what_follows(place)
            if self.words[place].form in {"ikke", "ej", "aldrig"}:
                self._mark({*self._topic(place), *self._verb(place)}, Stance.DENIED, place)

    def _half(self, place: int, following: list[str]) -> bool:
        """ "Ikke så tungt" is half a denial; "det gør vi ikke, så ..." is a whole one."""
        at_once = bool(following) and self.passage.neighbours(place)
        return self.words[place].form == "ikke" and at_once and following[0] in _HALF

    def _deny_what_follows(self, place: int) -> None:
        listed = Stance.PLAIN
        closing = self._closing_or(place)
        for at in range(place + 1, min(place + _FAR, len(self.words))):
            if self._ends_denial(place, at, closing):
                return
            if self.words[at].form in _JOINING:
                listed = Stance.LISTED
            self._mark([at], Stance.DENIED | listed, place)

    def _ends_denial(self, place: int, at: int, closing: int | None) -> bool:
        word = self.words[at]
        if word.sentence != self.words[place].sentence or word.form in _STOPS:
            return True
        if word.clause != self.words[place].clause and (
            closing is None or word.clause > self.words[closing].clause
        ):
            return True
        return word.form in _JOINING and at + 1 < len(self.words) and self.words[at + 1].form in _SPEAKERS

    def _closing_or(self, place: int) -> int | None:
        """Where the "eller" stands that closes a list after this denial; None without one."""
        for at in range(place + 1, place + 1 + len(self._following(place, 12))):
            if self.words[at].form in _SPEAKERS | _STOPS:
                return None
            if self.words[at].form == "eller":
                return at
        return None

    def _topic(self, place: int) -> list[int]:
        """What the clause begins with is what is denied: "kunder ser man ikke noget til"."""
        clause = [at for at in self._clause(place) if at < place]
        if not clause or len(clause) > 6 or self.words[clause[0]].form in _SPEAKERS:
            return []
        after = [at for at in clause if self._ends_topic(at)]
        return list(range(clause[0], after[0])) if after else []

    def _ends_topic(self, at: int) -> bool:
        form = self.words[at].form
        # the passive: "scanner bruges ikke"
        return form in _SPEAKERS | _VERBS_OF_TOPICS or (len(form) > 4 and form.endswith("es"))

    def _verb(self, place: int) -> list[int]:
        """The verb stands in front of its denial: "det støjer ikke", "det støjer det ikke"."""
        before = [at for at in self._clause(place) if place - 2 <= at < place]
        verbs = [at for at in before if self.words[at].form not in _SPEAKERS]
        return verbs[-1:]

    def _by_employer(self, place: int) -> None:
        """The employer does it: "maskinerne kører vi selv", "loftet kræver stige, det tager jeg selv"."""
        clause = self._clause(place)
        in_front = {self.words[at].form for at in clause if place - 4 <= at < place}
        if not _EMPLOYER & in_front or _ANYONE & in_front:
            return
        self._mark(clause, Stance.BY_EMPLOYER, place)
        first = clause[0]
        if first and self.words[first].form in _POINTERS:
            before = [
                at for at in self._clause(first - 1) if self.words[at].sentence == self.words[place].sentence
            ]
            self._mark(before, Stance.BY_EMPLOYER, place)

    def _by_one_of_them(self, place: int) -> None:
        """What the clause begins with is done by one who is not the worker: "motorsaven bruger han"."""
        clause = self._clause(place)
        if place - clause[0] in {2, 3} and not {self.words[place - 1].form} & _VERBS_OF_HAVING:
            self._mark(range(clause[0], place - 1), Stance.BY_EMPLOYER, place)

    def _clause(self, place: int) -> list[int]:
        clause = self.words[place].clause
        nearby = range(max(0, place - _FAR), min(place + _FAR + 1, len(self.words)))
        return [at for at in nearby if self.words[at].clause == clause]

    def _following(self, place: int, most: int) -> list[Word]:
        nearby = self.words[place + 1 : place + 1 + most]
        return [word for word in nearby if word.sentence == self.words[place].sentence]

    def _in_front(self, place: int, most: int) -> list[int]:
        nearby = range(max(0, place - most), place)
        return [at for at in nearby if self.words[at].sentence == self.words[place].sentence]
