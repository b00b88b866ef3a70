"""Why a pair loses points, why it is left out, and what would change it: one sentence for each fact.

The same facts in Danish and in English, short enough for a row.
"""

from collections.abc import Callable
from math import ceil, floor

from geo import Precision
from geo.errors import N_
from matching.assessment import Pair
from matching.cautions import Caution, EarningsCaution
from matching.citizens import Needs
from matching.language import Speech
from matching.orders import JobOrder
from matching.policy import Part
from matching.scoring import soft_setting
from matching.times import Slot
from matching.vocabulary import Activity, Answer, Attitude, Demand, Setting, Support, parse_code

LOAD = "load"
"""The fifth line of every ledger: open proposals, which carry a price instead of a weight."""


def reasons(pair: Pair, speech: Speech) -> dict[str, str]:
    """One sentence for each part of the score, the load included."""
    order = pair.order
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
        minutes=speech.number(pair.minutes),
        mode=speech.label(pair.citizen.mode),
    )
    if order.precision is Precision.ADDRESS:
        return sentence
    return sentence + speech.say(" (place known by its {precision})", precision=speech.label(order.precision))


def _suitability(needs: Needs, order: JobOrder, speech: Speech) -> str:
    if not order.activities:
        return speech.say("Nobody has said what the task consists of")
    return ", ".join(
        f"{speech.label(activity)}: {speech.label(needs.attitudes.get(activity, Attitude.UNKNOWN))}"
        for activity in order.activities
    )


def _wishes(needs: Needs, order: JobOrder, speech: Speech) -> str:
    wished = _wished(needs, order, speech)
    groups = {answer: [wish for wish, answered in wished if answered is answer] for answer in Answer}
    told = (
        (N_("met: {wishes}"), groups[Answer.YES]),
        (N_("not met: {wishes}"), groups[Answer.NO]),
        (N_("not known: {wishes}"), groups[Answer.UNKNOWN]),
    )
    parts = [speech.say(text, wishes=", ".join(wishes)) for text, wishes in told if wishes]
    if soft_setting(needs):
        parts += _setting_wish(needs, order.setting, speech)
    return "; ".join(parts) or speech.say("No wishes stated")


def _setting_wish(needs: Needs, setting: Setting, speech: Speech) -> list[str]:
    if setting is Setting.UNKNOWN:
        return [speech.label(setting)]
    sides = (Setting.INDOOR, Setting.OUTDOOR) if setting is Setting.BOTH else (setting,)
    attitudes = (needs.setting.get(side, Attitude.UNKNOWN) for side in sides)
    return [
        f"{speech.label(side)}: {speech.label(attitude)}"
        for side, attitude in zip(sides, attitudes, strict=True)
    ]


def _wished(needs: Needs, order: JobOrder, speech: Speech) -> list[tuple[str, Answer]]:
    flip = {Answer.YES: Answer.NO, Answer.NO: Answer.YES, Answer.UNKNOWN: Answer.UNKNOWN}
    supports = [
        (speech.label(support), order.supports.get(support, Answer.UNKNOWN))
        for support in Support
        if support in needs.wishes
    ]
    exposures = [
        (
            speech.say("without {demand}", demand=speech.label(demand)),
            flip[order.demands.get(demand, Answer.UNKNOWN)],
        )
        for demand in Demand
        if demand in needs.prefers_not
    ]
    return supports + exposures


def _openness(order: JobOrder, speech: Speech) -> str:
    if order.employer_yes == order.employer_no == 0:
        return speech.say("New employer, no answers yet")
    return speech.say(
        "Employer's earlier answers: {yes} yes, {no} no",
        yes=speech.brief(order.employer_yes),
        no=speech.brief(order.employer_no),
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


def rule_text(rule: str, pair: Pair, speech: Speech) -> str:
    """Why a rule stops the pair."""
    return _tell(_STOPS, rule, pair, speech)


def would_change(rule: str, pair: Pair, speech: Speech) -> str:
    """What would take the rule away."""
    return _tell(_CHANGES, rule, pair, speech)


def rule_heading(rule: str, speech: Speech) -> str:
    """A rule in few words, as it heads a count: "skal undgås: alkohol"."""
    family, _, code = rule.partition(":")
    heading = speech.about("rule", family)
    return f"{heading}: {speech.label(_CODED[family](code))}" if code else heading


def question(rule: str, speech: Speech) -> str:
    """What to ask to settle a pair that hangs on it."""
    family, _, code = rule.partition(":")
    if family in ("avoids", "needs"):
        return speech.about("question", code)
    if family == "abilities":
        return speech.about("question to the citizen", code)
    return speech.about("question", family)


def caution_text(caution: Caution, speech: Speech) -> str:
    """What a warning says."""
    if isinstance(caution, EarningsCaution):
        return speech.say(
            "About {expected} kr. this year; room for {room} kr., {hours} hours at this pay",
            expected=speech.number(caution.expected_dkk),
            room=speech.number(caution.room_dkk),
            hours=speech.number(floor(caution.hours_left)),  # an hour that does not fit is no room
        )
    requirement = parse_code(Demand, "rule", caution.rule.partition(":")[2])
    return speech.say(
        "Ask whether it takes {requirement}: the citizen answers no",
        requirement=speech.label(requirement),
    )


_STOPS = {
    "ended": N_("The period ended on {ends_on}"),
    "no_places_left": N_("No places are left"),
    "attitude": N_("{activity}: the citizen cannot"),
    "avoids": N_("There is {demand} here, which has to be avoided"),
    "needs": N_("The workplace cannot offer {support}"),
    "abilities": N_("It takes {demand}, which the citizen does not have"),
    "max_hours": N_("{hours} hours a week, at most {max_hours} are possible"),
    "setting": N_("The work is {setting}, which cannot be"),
    "max_minutes": N_("{minutes} min. on the way, at most {max_minutes} are possible"),
    "availability": N_("{times}, when the citizen cannot come"),
}

_CHANGES = {
    "ended": N_("The employer prolongs the period"),
    "no_places_left": N_("A place becomes free"),
    "attitude": N_("The employer can leave out: {activity}"),
    "avoids": N_("The employer can arrange it without {demand}"),
    "needs": N_("The employer can offer {support}"),
    "abilities": N_("The employer can do without {demand}"),
    "max_hours": N_("The employer makes do with {max_hours} hours a week"),
    "setting": N_("The work can be done {other_setting}"),
    "max_minutes": N_("{minutes} min. on the way are accepted, or a faster way is found"),
    "availability": N_("A time is agreed within {availability}"),
}


_CODED: dict[str, type[Activity] | type[Demand] | type[Support] | type[Setting]] = {
    "attitude": Activity,
    "avoids": Demand,
    "needs": Support,
    "abilities": Demand,
    "setting": Setting,
}


def _tell(texts: dict[str, str], rule: str, pair: Pair, speech: Speech) -> str:
    family, _, code = rule.partition(":")
    return speech.say(texts[family], **_FACTS[family](pair, code, speech))


def _labelled(kind: type[Activity] | type[Demand] | type[Support]) -> "_Facts":
    def facts(pair: Pair, code: str, speech: Speech) -> dict[str, str]:
        return {kind.__name__.lower(): speech.label(kind(code))}

    return facts


def _nothing(pair: Pair, code: str, speech: Speech) -> dict[str, str]:
    return {}


def _end(pair: Pair, code: str, speech: Speech) -> dict[str, str]:
    ends_on = pair.order.ends_on
    return {"ends_on": speech.day(ends_on) if ends_on else ""}


def _hours(pair: Pair, code: str, speech: Speech) -> dict[str, str]:
    hours, most = pair.order.hours_per_week, pair.citizen.max_hours_per_week
    return {"hours": speech.brief(hours or 0), "max_hours": speech.brief(most or 0)}


def _setting(pair: Pair, code: str, speech: Speech) -> dict[str, str]:
    other = Setting.INDOOR if code == Setting.OUTDOOR else Setting.OUTDOOR
    return {"setting": speech.label(pair.order.setting), "other_setting": speech.label(other)}


def _minutes(pair: Pair, code: str, speech: Speech) -> dict[str, str]:
    most = pair.citizen.max_minutes
    # rounded up, so that what is asked for is enough
    return {"minutes": speech.number(ceil(pair.minutes or 0)), "max_minutes": speech.brief(most or 0)}


def _times(pair: Pair, code: str, speech: Speech) -> dict[str, str]:
    def told(slots: tuple[Slot, ...]) -> str:
        return ", ".join(speech.slot(slot) for slot in slots)

    return {"times": told(pair.order.times), "availability": told(pair.citizen.availability)}


_Facts = Callable[[Pair, str, Speech], dict[str, str]]
_FACTS: dict[str, _Facts] = {
    "ended": _end,
    "no_places_left": _nothing,
    "attitude": _labelled(Activity),
    "avoids": _labelled(Demand),
    "needs": _labelled(Support),
    "abilities": _labelled(Demand),
    "max_hours": _hours,
    "setting": _setting,
    "max_minutes": _minutes,
    "availability": _times,
}
