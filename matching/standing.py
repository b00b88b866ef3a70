"""Where every order of a catalogue stands for a citizen, without the score of any: ranked, asked or excluded.

Every rule is held against every order, packed 64 to a word, and whatever it stops first is counted as it
goes. A way is reckoned only where the citizen has a limit, and then only near the edge of its reach.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Generic

import numpy as np

from matching.assessment import Assessment, too_far, way_to
from matching.catalogue import Catalogue
from matching.citizens import Citizen
from matching.columns import Columns
from matching.constraints import Check, checks
from matching.facts import AnyFlags, Facts, FactsByRows, Flags, Words
from matching.policy import Policy
from matching.reach import out_of_reach


class Group(StrEnum):
    """Where a pair can stand."""

    RANKED = "ranked"
    ASKED = "asked"
    EXCLUDED = "excluded"

    def of(self, found: Assessment) -> Flags:
        """Where the pairs of the group are."""
        flags: Flags = getattr(found, self.value)
        return flags


@dataclass(frozen=True, slots=True)
class Totals:
    """The sizes of the ranked and the asked group, and of the excluded one by the first rule that applies."""

    ranked: int
    asked: int
    excluded: dict[str, int]


@dataclass(frozen=True)
class Sieve:
    """Where the orders of a catalogue stand for a citizen on a day."""

    citizen: Citizen
    catalogue: Catalogue
    on: date
    policy: Policy

    def group(self, group: Group) -> Flags:
        """The orders of a group, one flag per row of the catalogue, to be changed at will."""
        return np.concatenate([half.of(group) for half in self._halves])

    @cached_property
    def totals(self) -> Totals:
        """The sizes of the groups."""
        stopped = Counter[str]()
        for half in self._halves:
            stopped.update(half.stopped)
        return Totals(
            ranked=sum(half.size(Group.RANKED) for half in self._halves),
            asked=sum(half.size(Group.ASKED) for half in self._halves),
            excluded={rule: count for rule, count in stopped.items() if count},
        )

    @cached_property
    def _halves(self) -> "list[_Half[Words] | _Half[Flags]]":
        """The orders that the grid was laid for, which are many, and those that came since."""
        settled, loose = self._settled(), self.catalogue.loose
        return [settled, self._loose(loose)] if len(loose) else [settled]

    def _settled(self) -> "_Half[Words]":
        facts = self.catalogue.facts
        far = facts.never()
        if self.citizen.max_minutes is not None:
            far = facts.told(out_of_reach(self.citizen, facts.orders, self.catalogue.grid, self.policy))
        present = facts.told(self.catalogue.columns.present[: len(facts.orders)])
        return _Half(facts, present, checks(self.citizen, facts, far, self.on))

    def _loose(self, orders: Columns) -> "_Half[Flags]":
        facts = FactsByRows(orders)
        far = too_far(self.citizen, way_to(self.citizen, orders.sites(), self.policy).minutes)
        return _Half(facts, orders.present, checks(self.citizen, facts, far, self.on))


class _Half(Generic[AnyFlags]):
    """A part of the orders after every rule: what is open still, what hangs on an answer, what stopped."""

    def __init__(self, facts: Facts[AnyFlags], present: AnyFlags, rules: Iterable[Check[AnyFlags]]) -> None:
        """The rules are held against the orders in turn; each counts what it is the first to stop."""
        self._facts, self._present = facts, present
        self._open, self._unknown = present, facts.never()
        self.stopped: dict[str, int] = {}
        before = facts.count(present)
        for check in rules:
            self._open = self._open & ~check.conflict
            self._unknown = self._unknown | check.unknown
            after = facts.count(self._open)
            self.stopped[check.rule] = before - after
            before = after

    def size(self, group: Group) -> int:
        """How many orders are in a group."""
        return self._facts.count(self._flags(group))

    def of(self, group: Group) -> Flags:
        """The orders of a group, by rows."""
        return self._facts.by_rows(self._flags(group))

    def _flags(self, group: Group) -> AnyFlags:
        flags: AnyFlags
        if group is Group.EXCLUDED:
            flags = self._present & ~self._open
        else:
            flags = self._open & (self._unknown if group is Group.ASKED else ~self._unknown)
        return flags
