"""Why a pair loses points, why it is left out, and what would change it: one sentence for each fact.

The same facts in Danish and in English, short enough for a row.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import floor

from geo import Mode, Precision
from geo.errors import N_
from matching.assessment import Pair
from matching.cautions import CHECK, Caution, EarningsCaution, PartOfTime, TimesCaution
from matching.citizens import Needs
from matching.constraints import Party
from matching.counterfactuals import Change, Place, other_side
from matching.language import Speech
from matching.orders import JobOrder
from matching.policy import Part
from matching.scoring import soft_setting
from matching.times import Slot
from matching.vocabulary import (
    REQUIREMENTS,
    Activity,
    Answer,
    Attitude,
    Demand,
    Setting,
    Support,
    parse_code,
)

LOAD = "load"
"""The fifth line of every ledger: open proposals, which carry a price instead of a weight."""
SLOTS_SHOWN = 3
"""How many times of the week a sentence names before it breaks off."""

_MET = {
    Answer.YES: N_("met: {wishes}"),
    Answer.NO: N_("not met: {wishes}"),
    Answer.UNKNOWN: N_("not known: {wishes}"),
}
_FLIPPED = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.UNKNOWN: Answer.UNKNOWN}
_PLACE = {code: place for kind in (Demand, Support) for place, code in enumerate(kind)}


def reasons(pair: Pair, order: JobOrder, speech: Speech) -> dict[str, str]:
    """One sentence for each part of the score, the load included."""
    return {
        Part.NEARNESS: _nearness(pair, order, speech),
        Part.SUITABILITY: _suitability(pair.citizen, order, speech),
        Part.WISHES: _wishes(pair.citizen, order, speech),
        Part.EMPLOYER_OPENNESS: _openness(order, speech),
        LOAD: _load(order, speech),
    }


def _nearness(pair: Pair, order: JobOrder, speech: Speech) -> str:
    if pair.km is None or pair.minutes is None:
        return speech.say("Nobody has said where the work is")
    sentence = speech.say(
        "{km} km from {anchor}, {minutes} min. {mode}",
        km=speech.number(pair.km, 1),
        anchor=pair.anchor.name or speech.label(pair.anchor.kind),
        minutes=speech.minutes(pair.minutes),
        mode=speech.label(pair.citizen.mode),
    )
    if order.precision is Precision.ADDRESS:
        return sentence
    return sentence + speech.say(" (place known by its {precision})", precision=speech.label(order.precision))


def _suitability(needs: Needs, order: JobOrder, speech: Speech) -> str:
    if not order.activities:
        return speech.say("Nobody has said what the task consists of")
    return "; ".join(
        f"{speech.label(activity)}: {speech.label(needs.attitudes.get(activity, Attitude.UNKNOWN))}"
        for activity in order.activities
    )


def _wishes(needs: Needs, order: JobOrder, speech: Speech) -> str:
    groups: dict[Answer, list[str]] = {}
    for wish, answered in _wished(needs, order, speech):
        groups.setdefault(answered, []).append(wish)
    parts = [
        speech.say(text, wishes=", ".join(groups[answer]))
        for answer, text in _MET.items()
        if answer in groups
    ]
    if soft_setting(needs):
        parts += _setting_wish(needs, order.setting, speech)
    return "; ".join(parts) or speech.say("No wishes stated")


def _setting_wish(needs: Needs, setting: Setting, speech: Speech) -> list[str]:
    if setting is Setting.UNKNOWN:
        return [speech.label(setting)]
    return [
        f"{speech.label(side)}: {speech.label(needs.setting.get(side, Attitude.UNKNOWN))}"
        for side in setting.sides
    ]


def _wished(needs: Needs, order: JobOrder, speech: Speech) -> list[tuple[str, Answer]]:
    supports = [
        (speech.label(support), order.supports.get(support, Answer.UNKNOWN))
        for support in sorted(needs.wishes, key=_PLACE.__getitem__)
    ]
    exposures = [
        (
            speech.say("without {demand}", demand=speech.label(demand)),
            _FLIPPED[order.demands.get(demand, Answer.UNKNOWN)],
        )
        for demand in sorted(needs.prefers_not, key=_PLACE.__getitem__)
    ]
    return supports + exposures


def _openness(order: JobOrder, speech: Speech) -> str:
    if order.employer_yes == order.employer_no == 0:
        return speech.say("New employer, no answers yet")
    counts = round(order.employer_yes, 1), round(order.employer_no, 1)
    yes, no = map(speech.brief, counts)
    # what is left of old answers may round to nothing, and still they were given
    if any(counts) and all(count.is_integer() for count in counts):
        return speech.say("Employer's earlier answers: {yes} yes, {no} no", yes=yes, no=no)
    return speech.say(
        "Employer's earlier answers, old ones counting less: {yes} yes, {no} no", yes=yes, no=no
    )


def _load(order: JobOrder, speech: Speech) -> str:
    if not order.open_proposals:
        return speech.say("No open proposals")
    places = speech.plural("{number} place", "{number} places", order.places)
    return speech.plural(
        "{number} open proposal for {places}",
        "{number} open proposals for {places}",
        order.open_proposals,
        places=places,
    )


def rule_text(rule: str, pair: Pair, order: JobOrder, speech: Speech) -> str:
    """Why a rule stops the pair."""
    family, _, code = rule.partition(":")
    facts = _FACTS[family](pair.citizen, order, code, speech)
    return speech.say(_STOPS[family], **facts, **_way(pair, speech))


def change_text(change: Change, pair: Pair, order: JobOrder, speech: Speech) -> str:
    """What would have to be otherwise, as a clause: "the employer can offer a quiet place"."""
    family, _, code = change.settles[0].partition(":")
    if change.minutes is not None:
        minutes = speech.minutes(change.minutes)
        return speech.say(N_("{minutes} min. on the way are all right"), minutes=minutes)
    if change.of is Party.CITIZEN and family == "abilities":
        return speech.about("ability", code)
    if family == "place" and pair.citizen.max_minutes is not None:
        return speech.say(N_("the work is at most {limit} min. away"), **_way(pair, speech))
    answered = _ANSWERED if change.asked else _UNDONE
    texts = _CITIZEN_SAYS if change.of is Party.CITIZEN else answered
    return speech.say(texts[family], **_FACTS[family](pair.citizen, order, code, speech))


def instead_text(modes: Iterable[tuple[Mode, float]], speech: Speech) -> str:
    """The modes of travel that do in place of accepting more minutes; empty without one."""
    ways = [
        speech.say("{mode} ({minutes} min.)", mode=speech.label(mode), minutes=speech.minutes(minutes))
        for mode, minutes in modes
    ]
    return speech.say("Or {ways}", ways=", ".join(ways)) if ways else ""


def way_in_text(changes: Sequence[str], instead: str, place: Place, speech: Speech) -> tuple[str, ...]:
    """The way in as sentences: one change together with its outcome, several one by one before it."""
    facts = {"rank": place.rank, "most": place.beyond}
    if len(changes) == 1:
        lines = [speech.say(_BECOMES_IF[place.kind], change=changes[0], **facts), instead]
    else:
        first, *others = changes
        also = (speech.say("And if {change}", change=one) for one in others)
        lines = [speech.say("If {change}", change=first), *also, instead]
        lines.append(speech.say(_BECOMES[place.kind], **facts))
    return tuple(filter(None, lines))


def sentence(clause: str) -> str:
    """A clause that stands for itself."""
    return clause[:1].upper() + clause[1:]


def rule_heading(rule: str, speech: Speech) -> str:
    """A rule in few words, as it heads a count: "skal undgås: alkohol"."""
    family, _, code = rule.partition(":")
    heading = speech.about("rule", family)
    return f"{heading}: {speech.label(_CODED[family](code))}" if code else heading


def question(rule: str, speech: Speech) -> str:
    """What to ask to settle a pair that hangs on it, or a caution that names a requirement."""
    family, _, code = rule.partition(":")
    if family in ("avoids", "needs", CHECK):
        return speech.about("question", code)
    if family == "abilities":
        return speech.about("question to the citizen", code)
    return speech.about("question", family)


def caution_text(caution: Caution, speech: Speech) -> str:
    """What a warning says."""
    if isinstance(caution, EarningsCaution):
        return speech.say(
            "About {expected} kr. this year; room for {room} kr., that is {hours}",
            expected=speech.number(caution.expected_dkk),
            room=speech.number(caution.room_dkk),
            hours=hours_text(floor(caution.hours_left), speech),  # an hour that does not fit is no room
        )
    if isinstance(caution, TimesCaution):
        return ". ".join(_told_of_times(caution, speech))
    requirement = parse_code(Demand, "rule", caution.rule.partition(":")[2])
    # who has to have it and who has not is said: a yes is the task's and not the citizen's
    return f"{speech.about('question', requirement)} {speech.about('missing ability', requirement)}"


def _told_of_times(caution: TimesCaution, speech: Speech) -> Iterator[str]:
    # each of them is named: the one that is cut off would be the one that is forgotten
    if caution.times:
        yield speech.say(
            "Some of the work is {times}, when the citizen has not said that they can come",
            times=", ".join(map(speech.slot, caution.times)),
        )
    if caution.parts:
        yield speech.say(
            "The citizen has said only part of the time: {times}",
            times=", ".join(_part_of_time(part, speech) for part in caution.parts),
        )
    if short := caution.short:
        yield speech.say(
            "The times said make {hours} of {needed} a week",
            hours=speech.brief(short.said),
            needed=hours_text(short.needed, speech),
        )


def _part_of_time(part: PartOfTime, speech: Speech) -> str:
    return speech.say(
        "{time} (said {said})", time=speech.slot(part.slot), said=", ".join(map(speech.slot, part.said))
    )


_STOPS = {
    "ended": N_("The period ended on {ends_on}"),
    "no_places_left": N_("No places are left"),
    "attitude": N_("{activity}: the citizen cannot"),
    "avoids": N_("It involves {demand}, which has to be avoided"),
    "needs": N_("The workplace cannot offer {support}"),
    "abilities": N_("It takes {demand}, {lacking}"),
    "max_hours": N_("{hours} a week; the citizen can do at most {most}"),
    "setting": N_("The work is {setting}, which the citizen cannot do"),
    "max_minutes": N_("{minutes} min. on the way; the limit is {limit}"),
    "availability": N_("The work is {times}, when the citizen cannot come"),
}

_UNDONE = {
    "ended": N_("the employer prolongs the period"),
    "no_places_left": N_("a place becomes free"),
    "attitude": N_("the employer can leave out “{activity}”"),
    "avoids": N_("the task can be done without {demand}"),
    "needs": N_("the employer can offer {support}"),
    "abilities": N_("the task can be done without {demand}"),
    "max_hours": N_("the employer makes do with {most_hours} a week"),
    "setting": N_("the work can be done {other_setting}"),
    "availability": N_("a time is agreed within {availability}"),
}

_ANSWERED = {
    "place": N_("the employer says where the work is"),
    "attitude": N_("the task is something that the citizen can do"),
    "avoids": N_("the employer says that it is without {demand}"),
    "needs": N_("the employer says yes to {support}"),
    "max_hours": N_("it is at most {most_hours} a week"),
    "setting": N_("the work is {other_setting}"),
    "availability": N_("the work is within {availability}"),
}

_CITIZEN_SAYS = {
    "attitude": N_("the citizen says yes to “{activity}”"),
    "setting": N_("the citizen says yes to working {side}"),
}

_BECOMES_IF = {
    "rank": N_("If {change}, this becomes number {rank}"),
    "beyond": N_("If {change}, this comes in after number {most}"),
    "untold": N_("If {change}, this comes onto the list"),
}

_BECOMES = {
    "rank": N_("Then this becomes number {rank}"),
    "beyond": N_("Then this comes in after number {most}"),
    "untold": N_("Then this comes onto the list"),
}

_CODED: dict[str, type[Activity] | type[Demand] | type[Support] | type[Setting]] = {
    "attitude": Activity,
    "avoids": Demand,
    "needs": Support,
    "abilities": Demand,
    "setting": Setting,
}


_Facts = Callable[[Needs, JobOrder, str, Speech], dict[str, str]]


def _labelled(kind: type[Activity] | type[Support]) -> _Facts:
    def facts(needs: Needs, order: JobOrder, code: str, speech: Speech) -> dict[str, str]:
        return {kind.__name__.lower(): speech.label(kind(code))} if code else {}

    return facts


def _nothing(needs: Needs, order: JobOrder, code: str, speech: Speech) -> dict[str, str]:
    return {}


def _demand(needs: Needs, order: JobOrder, code: str, speech: Speech) -> dict[str, str]:
    demand = Demand(code)
    lacking = speech.about("lacking ability", code) if demand in REQUIREMENTS else ""
    return {"demand": speech.label(demand), "lacking": lacking}


def _end(needs: Needs, order: JobOrder, code: str, speech: Speech) -> dict[str, str]:
    return {"ends_on": speech.day(order.ends_on) if order.ends_on else ""}


def _hours(needs: Needs, order: JobOrder, code: str, speech: Speech) -> dict[str, str]:
    hours, most = order.hours_per_week or 0, needs.max_hours_per_week or 0
    return {
        "hours": hours_text(hours, speech),
        "most": speech.brief(most),
        "most_hours": hours_text(most, speech),
    }


def hours_text(hours: float, speech: Speech) -> str:
    """Hours with their unit: "1 hour", "2.5 hours"."""
    return speech.plural("{hours} hour", "{hours} hours", 1 if hours == 1 else 2, hours=speech.brief(hours))


def _setting(needs: Needs, order: JobOrder, code: str, speech: Speech) -> dict[str, str]:
    return {
        "setting": speech.label(order.setting),
        "side": speech.label(Setting(code)),
        "other_setting": speech.label(other_side(code)),
    }


def _way(pair: Pair, speech: Speech) -> dict[str, str]:
    minutes, most = pair.minutes or 0, pair.citizen.max_minutes or 0
    return {"minutes": speech.minutes(minutes), "limit": speech.brief(most)}


def _times(needs: Needs, order: JobOrder, code: str, speech: Speech) -> dict[str, str]:
    def told(slots: tuple[Slot, ...]) -> str:
        more = " …" if len(slots) > SLOTS_SHOWN else ""
        return ", ".join(speech.slot(slot) for slot in slots[:SLOTS_SHOWN]) + more

    return {"times": told(order.times), "availability": told(needs.availability)}


_FACTS: dict[str, _Facts] = {
    "place": _nothing,
    "ended": _end,
    "no_places_left": _nothing,
    "attitude": _labelled(Activity),
    "avoids": _demand,
    "needs": _labelled(Support),
    "abilities": _demand,
    "max_hours": _hours,
    "setting": _setting,
    "max_minutes": _nothing,
    "availability": _times,
}
