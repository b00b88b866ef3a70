"""How a word of the text is meant: denied, hedged, not required, or done by the employer.

A denial reaches to the end of its clause, and across commas only along a list that ends in "eller":
"ingen tunge løft, støj eller kunder". A few turns of phrase deny nothing: "man må ikke være bange for".
"""

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


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(words).split())


DENIALS = _set("ikke ingen intet aldrig uden hverken ej slipper undgår ikk ingenting")
_DENIES_NOTHING = _set(
    "bange ræd sart sky imod kun bare blot undgå undgås mindst sippet nervøs udelukket utænkeligt"
)
_HALF = _set("altid så særlig særligt ret for nødvendigvis mange meget synderlig helt")
_HEDGES = _set("måske evt eventuelt senere muligvis")
_WISHES = _set("gerne helst fordel plus")
_NOT_NEEDED = _set("krav nødvendigt nødvendig påkrævet betingelse")
_STOPS = _set("men så hvis når fordi selvom mens før inden dog kun bare")
_SPEAKERS = _set("man vi du der det jeg de han hun her alt resten til")
_EMPLOYER = _set("vi jeg han hun chefen mesteren mester chaufføren ejeren")
_POINTERS = _set("dem det den dem")
_ANYONE = _set("man du en")


def stances(passage: Passage) -> list[Stance]:
    """The stance of every word of the passage."""
    words = passage.words
    said = [Stance.PLAIN] * len(words)
    for place, word in enumerate(words):
        if word.form in DENIALS:
            _deny(words, place, said)
        elif word.form in _HEDGES:
            _mark(said, _clause_from(words, place), Stance.HEDGED)
        elif word.form in _WISHES:
            _mark(said, _whole_clause(words, place), Stance.WISHED)
        elif word.form == "selv":
            _by_employer(words, place, said)
    return said


def _deny(words: list[Word], place: int, said: list[Stance]) -> None:
    following = [word.form for word in words[place + 1 : place + 5] if word.sentence == words[place].sentence]
    if _DENIES_NOTHING & set(following[:3]):
        return
    if _NOT_NEEDED & set(following):
        _mark(said, _sentence_before(words, place), Stance.NOT_REQUIRED)
        return
    if words[place].form == "ikke" and following and following[0] in _HALF:
        _mark(said, _clause_from(words, place), Stance.HEDGED)
        return
    listed = False
    for at in _reach_of_denial(words, place):
        listed = listed or words[at].form in {"og", "samt"}
        said[at] |= Stance.DENIED | (Stance.LISTED if listed else Stance.PLAIN)
    if words[place].form in {"ikke", "ej", "aldrig"}:
        _mark(said, _topic_in_front(words, place), Stance.DENIED)


def _reach_of_denial(words: list[Word], place: int) -> list[int]:
    reached: list[int] = []
    clause = words[place].clause
    closing = _closing_or(words, place)
    for at in range(place + 1, len(words)):
        word = words[at]
        if word.sentence != words[place].sentence or word.form in _STOPS:
            break
        if word.clause != clause and (closing is None or at > closing + 3 or word.clause > words[closing].clause):
            break
        if word.form in {"og", "samt"} and at + 1 < len(words) and words[at + 1].form in _SPEAKERS:
            break
        reached.append(at)
    return reached


def _closing_or(words: list[Word], place: int) -> int | None:
    """Where the "eller" of a list stands that this denial may begin; None without one."""
    for at in range(place + 1, min(place + 12, len(words))):
        if words[at].sentence != words[place].sentence or words[at].form in _SPEAKERS | _STOPS:
            return None
        if words[at].form == "eller":
            return at
    return None


def _topic_in_front(words: list[Word], place: int) -> list[int]:
    """"Kunder ser man ikke noget til": what the clause begins with is what is denied."""
    clause = [at for at in _whole_clause(words, place) if at < place]
    if not clause or len(clause) > 6 or words[clause[0]].form in _SPEAKERS:
        return []
    speakers = [at for at in clause if words[at].form in _SPEAKERS | {"er", "kraeves", "skal", "behoeves"}]
    return list(range(clause[0], speakers[0])) if speakers else []


def _by_employer(words: list[Word], place: int, said: list[Stance]) -> None:
    clause = _whole_clause(words, place)
    in_front = [words[at].form for at in clause if place - 4 <= at < place]
    if not _EMPLOYER & set(in_front) or _ANYONE & set(in_front):
        return
    _mark(said, clause, Stance.BY_EMPLOYER)
    first = clause[0]
    if first and words[first].form in _POINTERS and words[first - 1].sentence == words[first].sentence:
        _mark(said, _whole_clause(words, first - 1), Stance.BY_EMPLOYER)


def _clause_from(words: list[Word], place: int) -> list[int]:
    return [at for at in _whole_clause(words, place) if at >= place]


def _whole_clause(words: list[Word], place: int) -> list[int]:
    clause = words[place].clause
    first = last = place
    while first and words[first - 1].clause == clause:
        first -= 1
    while last + 1 < len(words) and words[last + 1].clause == clause:
        last += 1
    return list(range(first, last + 1))


def _sentence_before(words: list[Word], place: int) -> list[int]:
    return [at for at in range(max(0, place - 8), place) if words[at].sentence == words[place].sentence]


def _mark(said: list[Stance], places: Iterable[int], stance: Stance) -> None:
    for at in places:
        said[at] |= stance
