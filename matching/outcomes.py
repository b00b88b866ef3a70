"""Where a pair stands on its list, and where it would stand after the changes that bring it in.

A change of the pair's own side leaves the rest of the list as it is, but for what an answer about the
workplace brings in beside it: it holds for every order of the employer. A change of the side that the whole
list shares, as when the citizen of a shortlist accepts more minutes, can bring others in too: then the list
is made anew, for the one pair whose ledger is asked for, and the rank is not named in the rows of a list.
Where that side's answer leaves room, as "at most 6 hours" does, each answer makes another list, so that no
rank is named. Who accepts 19 minutes may accept more: a rank is named where it is the same however many.
"""

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from matching.counterfactuals import Place, WayIn, find_way_in
from matching.decoding import order_in
from matching.ledger import Stand
from matching.orders import JobOrder

if TYPE_CHECKING:
    from matching.lists import Ranking

Key = tuple[float, float, str]
"""What a list is sorted by, lowest first: whole points below zero, the tie-break, the id."""


def stand_of(listed: "Ranking", index: int, order_id: str, *, anew: bool) -> Stand:
    """What a list says of one of its pairs; `anew` when the list may be made anew for it."""
    pair = listed.pair(index)
    order = order_in(pair.assessment.orders, pair.row)
    rules, questions = pair.rules, pair.questions
    way_in = find_way_in(pair, order, rules, questions)
    rank = None if way_in else listed.rank_of(index)
    place = place_after(listed, index, order, way_in, anew=anew) if way_in else Place()
    return Stand(order_id, order, rules, questions, rank=rank, way_in=way_in, place=place)


def place_after(listed: "Ranking", index: int, order: JobOrder, way_in: WayIn, *, anew: bool) -> Place:
    """Where a pair would stand after the changes of its way in."""
    if way_in.points is None:
        return Place()
    if not way_in.changes_word_of(listed.shared):
        return _place_on(listed, index, way_in, way_in.points)
    if not anew or way_in.leaves_room_to(listed.shared):
        return Place()
    citizen, order = way_in.applied(listed.pair(index).citizen, order)
    farther = replace(citizen, max_minutes=None)
    # more minutes only bring others in, so what holds for these and for any number holds between
    answers = (citizen, farther) if way_in.lengthens_the_way_of(listed.shared) else (citizen,)
    places = {_place_on(listed.anew(each, order), index, way_in, way_in.points) for each in answers}
    return places.pop() if len(places) == 1 else Place()


def _place_on(listed: "Ranking", index: int, way_in: WayIn, points: float) -> Place:
    """Where a pair of so many points would stand on a list as it is, others of its workplace beside it."""
    key = listed.place_key(index, points)
    better = bisect_left(listed.place_keys, key)
    if answered := way_in.answered_for_the_place:
        better += bisect_left(listed.keys_beside(index, answered), key)
    return Place(beyond=listed.reach) if better >= listed.reach else Place(rank=better + 1)
