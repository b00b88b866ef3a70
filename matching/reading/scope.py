"""How a word of the text is meant: denied, hedged, not required, or done by the employer.

A denial reaches to the end of its clause, and across commas only along a list that ends in "eller":
"ingen tunge løft, støj eller kunder", and into what is told of the denied: "ingen ordning, der giver ...".
A few turns of phrase deny nothing: "man må ikke være bange for".
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import Flag, auto
from functools import cache
from typing import Any

from matching.reading.kinds import kinds, read_lexicon
from matching.reading.text import Passage, Word, fold


class Stance(Flag):
    """How a word is meant; PLAIN when nothing speaks against it."""

    PLAIN = 0
    DENIED = auto()
    LISTED = auto()
    """Denied only as one more of a list ("ingen maskiner og ...")."""
    HEDGED = auto()
    NEARLY = auto()
    """Half denied by what stands in front of the denial ("næsten ingen"); hedged as well."""
    WISHED = auto()
    """Welcome, not required."""
    NOT_REQUIRED = auto()
    BY_EMPLOYER = auto()


AGAINST = Stance.DENIED | Stance.BY_EMPLOYER
"""What is meant like this is not the work."""


@cache
def _turns() -> dict[str, Any]:
    return read_lexicon("turns")


def _set(name: str) -> frozenset[str]:
    return frozenset(fold(_turns()[name]).split())


def _rows(name: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(row).split()) for row in _turns()[name])


DENIALS = _set("denials")
"""Words that deny what follows."""

_DENIALS_OF_TWO = _rows("denials_of_two")
_DENIES_NOTHING, _DENY_NOTHING_OF_TWO = _set("deny_nothing"), _rows("deny_nothing_of_two")
_HALF, _NEARLY = _set("half"), _set("nearly")
_HEDGES, _WISHES = _set("hedges"), _set("wishes")
_NOT_NEEDED, _INDIFFERENT = _set("not_needed"), _rows("indifferent")
_THERE_IS = _set("there_is")
NOBODY = _set("nobody")
"""Who is nobody yet, behind a denial: "ikke nogen"."""

_STOPS, _SPEAKERS = _set("stops"), _set("speakers")
_VERBS_OF_TOPICS, _VERBS_OF_HAVING = _set("verbs_of_topics"), _set("verbs_of_having")
_EMPLOYER, _ANYONE = _set("employer"), _set("anyone")
_ROLES = [fold(word) for word in kinds()["role"] if " " not in word]
_OTHERS = _set("others") | {word for word in _ROLES if not word.startswith("*")}
_ENDS_OF_OTHERS = tuple(word.strip("*") for word in _ROLES if word.startswith("*"))
_OWNERS, _OF_SOMEBODY = _set("owners"), _set("others_of_somebody")
_TAKEN_ON = _set("taken_on")
_TAKES, _WE_TAKE = _set("takes"), _set("we_take")
MOSTLY = _set("mostly")
"""Words of the main thing."""

INTRODUCTIONS, INTRODUCED_UNTIL = _rows("introductions"), _set("introduced_until")
"""How employers begin to tell who they are, and the words that end it."""

BESIDE_THE_POINT = _set("beside_the_point")
"""Words of asking, of days and of hours, which tell nothing of what the work is."""

_AS_ONE_LIKES = _rows("as_one_likes")
BESIDE_THE_WORK = _set("beside_the_work")
"""What others do, or the worker in a pause: where that is done says nothing of the work."""

_IS_ABLE = _set("is_able")
_ASKS, _CONSEQUENCES = _set("asks"), _set("consequences")
_REFUSES, _LENIENT = _set("refuses"), _set("lenient")
_POINTERS, _JOINING, _OPENINGS = _set("pointers"), _set("joining"), _set("openings")
_FAR = 15
"""No stance reaches further than so many words, however long the clause."""


class Stances:
    """The stance of every word of a passage, and the words that give it."""

    def __init__(self, passage: Passage) -> None:
        """Walk once over the passage."""
        self.passage, self.words = passage, passage.words
        self._said: dict[int, Stance] = defaultdict(lambda: Stance.PLAIN)
        self._cues: dict[int, set[int]] = defaultdict(set)
        self.idle: set[int] = set()
        """Where a denial denies nothing: "ikke bange for"."""
        for place in range(len(self.words)):
            self._turned_by(place)
            if self.words[place].form == "nej":
                self._mark(self._asked(place), Stance.DENIED, place)
            if self._row_at(place, _INDIFFERENT):
                self._mark(self._named(place), Stance.NOT_REQUIRED, place)

    def _turned_by(self, place: int) -> None:
        """What the word at this place does to others."""
        form = self.words[place].form
        if form in DENIALS or self._row_at(place, _DENIALS_OF_TWO):
            self._deny(place)
        elif form in _HEDGES:
            self._mark([at for at in self._clause(place) if at > place], Stance.HEDGED, place)
        elif form in _WISHES:
            self._mark(self._clause(place), Stance.WISHED, place)
        elif form == "selv":
            self._by_employer(place)
        elif (subject := self._somebody(place)) is not None:
            self._by_others(place, subject)
        elif form == "vi":
            self._by_us(place)
        elif self._row_at(place, _AS_ONE_LIKES):
            self._mark(self._rest(place), Stance.HEDGED, place)

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
        behind = [at for at in self._clause(place) if at > place]
        following = [self.words[at].form for at in behind[:4]]
        if self._denies_nothing(place, following) or self._indispensable(place):
            self.idle.add(place)
        elif self._unable(place):
            return
        elif _NOT_NEEDED & set(following):
            self._mark([*self._named(place), *behind], Stance.NOT_REQUIRED, place)
        elif self._nearly(place):
            self._mark(behind, Stance.HEDGED | Stance.NEARLY, place)
        elif self._half(place, following):
            self._mark(behind, Stance.HEDGED, place)
        elif [word.form for word in self._following(place, 1)] == ["fordi"]:
            self._mark(self._clause(place + 1), Stance.DENIED, place)
        elif self._fills_in(place):
            self._mark(range(max(0, place - 4), place), Stance.DENIED, place)
        else:
            self._deny_what_follows(place)
            self._mark(self._denied_before(place), Stance.DENIED, place)

    def _denies_nothing(self, place: int, following: list[str]) -> bool:
        """ "Ikke bange for", "ikke noget imod"."""
        return bool(_DENIES_NOTHING & set(following[:3])) or self._row_at(place + 1, _DENY_NOTHING_OF_TWO)

    def _denied_before(self, place: int) -> set[int]:
        """What a denial turns in front of it: "kunder ser man ikke", "slæberi slipper man for"."""
        if self.words[place].form in {"slipper", "undgaar"}:
            return set(self._in_front(place, 4))
        if self.words[place].form in {"ikke", "ik", "ikk", "ej", "aldrig"}:
            return {*self._topic(place), *self._verb(place), *self._left_alone(place)}
        return set()

    def _unable(self, place: int) -> bool:
        """Why help is wanted: "jeg kan ikke selv løfte"."""
        before = [self.words[at].form for at in self._clause(place) if place - 2 <= at < place]
        return "jeg" in before and bool(_IS_ABLE & set(before))

    def _indispensable(self, place: int) -> bool:
        """What cannot be done without: "ingen uden kørekort", "har du ikke bil, så glem det"."""
        forms = [self.words[at].form for at in self._clause(place)]
        if self.words[place].form == "uden":
            return self._denied_twice(place) or (
                place == self._clause(place)[0] and self._harsh(place) and bool(_CONSEQUENCES & set(forms))
            )
        asked = forms[0] == "hvis" or (forms[0] in _ASKS and len(forms) > 1 and forms[1] in _ANYONE)
        return asked and self._harsh(place)

    def _denied_twice(self, place: int) -> bool:
        """ "Vi tager ikke folk uden kørekort"."""
        before = [at for at in self._clause(place) if place - 6 <= at < place]
        return any(self.words[at].form in DENIALS for at in before)

    def _harsh(self, place: int) -> bool:
        """Whether what follows in the sentence refuses: "glem det", "går det ikke"."""
        following = [word.form for word in self._following(place, 8)]
        return bool(_REFUSES & set(following)) and not _LENIENT & set(following)

    def _asked(self, place: int) -> list[int]:
        """The question that this answers: "Kørekort? Nej", "Skal man have bil? Svar: nej"."""
        first = place
        while first and self.words[first - 1].sentence == self.words[place].sentence:
            first -= 1
        if first and self.words[first - 1].form == "svar":
            first -= 1
        if not first or "?" not in self.passage.folded[self.words[first - 1].end : self.words[first].start]:
            return []
        asked = self.words[first - 1].sentence
        return [at for at in range(max(0, first - _FAR), first) if self.words[at].sentence == asked]

    def _fills_in(self, place: int) -> bool:
        """A form that is filled in: "Kørekort: nej"."""
        before = self.words[place - 1] if place else None
        return before is not None and ":" in self.passage.folded[before.end : self.words[place].start]

    def _named(self, place: int) -> list[int]:
        """What stands in front in the clause; where nothing does ("men ikke et krav"), the clause before."""
        clause = self._clause(place)
        before = [at for at in clause if at < place and self.words[at].form not in _STOPS]
        return [*before, *self._pointed_at(clause[0])] if before else self._clause_before(clause[0])

    def _pointed_at(self, first: int) -> list[int]:
        """The clause before, when this one begins with "det"."""
        return self._clause_before(first) if self.words[first].form in _POINTERS else []

    def _clause_before(self, first: int) -> list[int]:
        sentence = self.words[first].sentence
        before = self._clause(first - 1) if first else []
        return [at for at in before if self.words[at].sentence == sentence]

    def _row_at(self, place: int, rows: frozenset[tuple[str, ...]]) -> bool:
        forms = tuple(word.form for word in self.words[place : place + 4])
        return any(forms[: len(row)] == row for row in rows)

    def _nearly(self, place: int) -> bool:
        """ "Næsten ingen", "helst ikke"."""
        before = self.words[place - 1] if place else None
        return before is not None and before.form in _NEARLY and before.clause == self.words[place].clause

    def _half(self, place: int, following: list[str]) -> bool:
        """ "Ikke så tungt" is half a denial; "det gør vi ikke, så ..." is a whole one."""
        at_once = bool(following) and self.passage.neighbours(place)
        return self.words[place].form in {"ikke", "ik", "ikk"} and at_once and following[0] in _HALF

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
        if word.sentence != self.words[place].sentence or word.form in _STOPS or word.form == "uden":
            return True
        if word.clause != self.words[place].clause and (
            closing is None or word.clause > self.words[closing].clause
        ):
            return not self._is_told_of(place, at)
        return word.form in _JOINING and at + 1 < len(self.words) and self.words[at + 1].form in _SPEAKERS

    def _is_told_of(self, place: int, at: int) -> bool:
        """Whether the clause of a word tells of what was denied right before: "der giver", never "der er".

        Who is nobody yet is told of: "der er ikke nogen, du kan spørge".
        """
        clause = self._clause(at)
        if self.words[at].clause != self.words[place].clause + 1 or len(clause) < 2:
            return False
        denied = [self.words[near].form for near in self._clause(place)]
        if denied[-1] in NOBODY:
            return True
        first, second = (self.words[near].form for near in clause[:2])
        return first == "som" or (first == "der" and second not in _THERE_IS)

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

    def _left_alone(self, place: int) -> list[int]:
        """What the worker has nothing to do with: "kunderne lægger penge i kassen, det rører du ikke ved"."""
        clause = self._clause(place)
        forms = [self.words[at].form for at in clause if at < place]
        told = forms[1:] if forms[:1] == ["men"] else forms
        pointed = len(told) in range(1, 5) and told[0] in _POINTERS and bool(_ANYONE & set(told))
        return self._clause_before(clause[0]) if pointed else []

    def _verb(self, place: int) -> list[int]:
        """The verb stands in front of its denial: "det støjer ikke", "det støjer det ikke"."""
        before = [at for at in self._clause(place) if place - 2 <= at < place]
        verbs = [at for at in before if self.words[at].form not in _SPEAKERS]
        return verbs[-1:]

    def _by_employer(self, place: int) -> None:
        """The employer does it: "maskinerne kører vi selv", "loftet kræver stige, det tager jeg selv"."""
        clause = self._clause(place)
        in_front = {self.words[at].form for at in clause if place - 4 <= at < place}
        if not _EMPLOYER & in_front or (_ANYONE | DENIALS) & in_front:
            return
        self._mark([*clause, *self._pointed_at(clause[0])], Stance.BY_EMPLOYER, place)

    def _somebody(self, place: int) -> int | None:
        """Where it begins to tell who is not the worker: "værkstedslederen", "Flemming", "min mand"."""
        form = self.words[place].form
        if form in _OTHERS or form.endswith(_ENDS_OF_OTHERS) or place in self.passage.names:
            return place
        owned = form in _OF_SOMEBODY and place > 0 and self.words[place - 1].form in _OWNERS
        return place - 1 if owned else None

    def _by_others(self, place: int, subject: int) -> None:
        """Somebody else does it: "motorsaven bruger han", "pedellen kører maskinen"."""
        clause = self._clause(place)
        behind = self._following(place, 1)
        if subject == clause[0]:
            if behind and behind[0].form in _TAKES and not self._takes_on(place):
                self._mark(self._until_another(clause, place + 2), Stance.BY_EMPLOYER, place)
        elif self._turned(clause, subject):
            verb = self.words[subject - 1].form
            named = self.words[place].form in {"jeg", "han", "hun"} and verb not in _VERBS_OF_HAVING
            if named or verb in _TAKES or verb == "kun":
                objects = range(clause[0], subject - 1)
                self._mark([*objects, *self._pointed_at(clause[0])], Stance.BY_EMPLOYER, place)

    def _takes_on(self, place: int) -> bool:
        """ "Han tager kun folk med kørekort" takes on people, and no work over."""
        return bool({word.form for word in self._following(place, 3)} & _TAKEN_ON)

    def _by_us(self, place: int) -> None:
        """The employer takes it over: "det tunge tager vi"; "det tager vi stille og roligt" takes nothing."""
        clause = self._clause(place)
        if not self._turned(clause, place) or self.words[place - 1].form not in _WE_TAKE:
            return
        behind = {self.words[at].form for at in clause if at > place}
        pointed = self._pointed_at(clause[0]) if not behind or behind & {"selv", "andre", "os"} else []
        self._mark([*range(clause[0], place - 1), *pointed], Stance.BY_EMPLOYER, place)

    def _turned(self, clause: list[int], subject: int) -> bool:
        """Whether the clause begins with what is done, and the subject stands behind the verb."""
        return 2 <= subject - clause[0] <= 5 and self.words[clause[0]].form not in _OPENINGS

    def _until_another(self, clause: list[int], start: int) -> Iterator[int]:
        """The rest of the clause, as far as it is about the same person."""
        for at in clause:
            joined = self.words[at].form in _JOINING | {"mens", "men"} and at + 1 < len(self.words)
            if at >= start and joined and self.words[at + 1].form in _SPEAKERS:
                return
            if at >= start:
                yield at

    def _clause(self, place: int) -> list[int]:
        clause = self.words[place].clause
        nearby = range(max(0, place - _FAR), min(place + _FAR + 1, len(self.words)))
        return [at for at in nearby if self.words[at].clause == clause]

    def _rest(self, place: int) -> list[int]:
        """The sentence from here on, or what stands before in it when this is its end."""
        behind = [place + 1 + at for at in range(len(self._following(place, _FAR)))]
        return behind if len(behind) > 4 else self._in_front(place, _FAR)

    def _following(self, place: int, most: int) -> list[Word]:
        nearby = self.words[place + 1 : place + 1 + most]
        return [word for word in nearby if word.sentence == self.words[place].sentence]

    def _in_front(self, place: int, most: int) -> list[int]:
        nearby = range(max(0, place - most), place)
        return [at for at in nearby if self.words[at].sentence == self.words[place].sentence]
