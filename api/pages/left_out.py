"""Why not X? Everything that is not on the list, by rule and by name, with what would change it."""

from dataclasses import dataclass

from api.casework.rankings import ShortlistFound
from api.pages.part_by_weight import first_part, weight_of
from api.pages.shortlist_rows import orders_of
from api.pages.shortlist_view import View
from matching import Ledger, Shortlist
from matching.assessment import too_far, way_to
from matching.language import Speech
from matching.sentences import rule_heading
from matching.standing import Group

FIRST, MOST, NAMED = 3, 30, 8
"""How many are told without being asked for, how many of a rule at most, and how many of a name."""

HEAVIEST, REASON = 24_000, 500
"""Bytes of what is told that a page holds beside its list, and those of one task beside its words."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that leaves something out: its code, how people call it, and how many it stops first."""

    code: str
    heading: str
    count: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One task or employer, and why it stands where it stands."""

    id: str
    title: str
    employer: str
    employer_id: str
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many were left out by which rule, and those that were asked about, or that came nearest.

    `nearest_minutes` is how long the way to the nearest place takes where all of them are too far, else None.
    """

    total: int
    rules: tuple[Rule, ...]
    reasons: tuple[Reason, ...]
    more: int
    nearest_minutes: float | None = None


def left_out(found: ShortlistFound, view: View, speech: Speech) -> LeftOut:
    """What was left out; of a name that is asked about, also what is on the list or hangs on an answer."""
    if view.why:
        ids = _named(found, view.why)
    elif view.rule:
        frame = found.found.excluded
        ids = list(frame["order_id"][frame["rule"] == view.rule])
    else:
        ids = [found.found.ids[index] for index in found.found.shown(Group.EXCLUDED)[:FIRST]]
    asked_for = (_reason(found, id_, speech) for id_ in ids[: NAMED if view.why else MOST])
    reasons = first_part(tuple(asked_for), _weight_of, HEAVIEST)
    counts = found.found.excluded_counts
    return LeftOut(
        total=found.found.excluded_total,
        rules=tuple(Rule(code, rule_heading(code, speech), count) for code, count in counts.items()),
        reasons=reasons,
        more=len(ids) - len(reasons),
        nearest_minutes=_nearest(found.found),
    )


def _nearest(found: Shortlist) -> float | None:
    # what is ranked, or hangs on an answer only, is within reach
    if not found.excluded_total or found.items_total or found.ask_total:
        return None
    orders = found.catalogue.columns
    minutes = way_to(found.citizen, orders.sites(), found.policy).minutes[orders.present]
    return float(minutes.min()) if too_far(found.citizen, minutes).all() else None


def _named(found: ShortlistFound, words: str) -> list[str]:
    """Those in whose title or employer's name all the words stand."""
    wanted = words.casefold().split()
    return [
        id_
        for id_, title, employer in orders_of(found)
        if all(word in f"{title} {found.employer_names.get(employer, '')}".casefold() for word in wanted)
    ]


def _reason(found: ShortlistFound, id_: str, speech: Speech) -> Reason:
    order = found.found.catalogue.order(id_)
    ledger = found.found.ledger(found.found.catalogue.row(id_), speech.language)
    employer = found.employer_names.get(order.employer_id, "")
    return Reason(id_, order.title, employer, order.employer_id, ledger)


def _weight_of(reason: Reason) -> int:
    ledger = reason.ledger
    said = [line.text for line in ledger.stopped_by] + [one.text for one in ledger.questions]
    return REASON + weight_of(reason.title, reason.employer, *said, *ledger.would_change)
