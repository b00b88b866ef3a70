"""The score of a pair and the points each part of it loses.

    score = 100 · Π f^w − load price

Parts are multiplied, because a pair is no better than its weakest side: on 2,866 measured pairs the product
beat the mean and either side alone. The points lost are shared out by w · ln f, so that they add up exactly.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo import Mode
from matching.citizens import Needs
from matching.columns import SETTINGS_BY_NUMBER, Columns, mask
from matching.facts import Rows
from matching.policy import Part, Policy
from matching.vocabulary import Activity, Answer, Attitude, Setting

Numbers = NDArray[np.float64]


_ACTIVITIES = tuple(Activity)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of n pairs: the value of each in [floor, 1], what each loses, the load's price, the score.

    All NaN where the place is unknown.
    """

    value: dict[Part, Numbers]
    lost: dict[Part, Numbers]
    lost_load: Numbers
    score: Numbers


def score_parts(needs: Needs, orders: Columns, minutes: Numbers, policy: Policy) -> Parts:
    """The score of every pair, reckoned as if all hard constraints were met.

    For a pair that hangs on an answer this is the score once it is answered well; an order in conflict keeps
    its known answers. `minutes` is NaN where the place is unknown, and so is then the score.
    """
    value = {
        Part.NEARNESS: nearness(minutes, needs.mode, policy),
        Part.SUITABILITY: suitability(needs, orders, policy),
        Part.WISHES: wishes(needs, orders, policy),
        Part.EMPLOYER_OPENNESS: openness(orders, policy),
    }
    value = {part: np.clip(number, policy.floor, 1.0) for part, number in value.items()}
    weighted = {part: policy.weights[part] * np.log(number) for part, number in value.items()}
    total = sum(weighted.values(), np.zeros(len(orders)))
    to_lose = 100.0 - 100.0 * np.exp(total)
    # a pair that loses nothing has a total of 0 and nothing to share out
    share = to_lose / np.where(total == 0.0, 1.0, total)
    # adding 0 makes a loss of nothing 0 and not -0, which would be shown
    lost = {part: share * number + 0.0 for part, number in weighted.items()}
    left = 100.0 - sum(lost.values(), np.zeros(len(orders)))
    lost_load = np.minimum(load_price(orders, policy), left)
    return Parts(value, lost, lost_load, left - lost_load)


def nearness(minutes: Numbers, mode: Mode, policy: Policy) -> Numbers:
    """1 up to the plateau, then halved for every `half_minutes` of the mode."""
    beyond = np.maximum(minutes - policy.plateau_minutes, 0.0)
    fallen: Numbers = np.exp2(-beyond / policy.half_minutes[mode])
    return fallen


def suitability(needs: Needs, orders: Columns, policy: Policy) -> Numbers:
    """The citizen's attitude to each activity of the task, weighed by its share.

    Activities that nobody has said count as one with no attitude. "cannot" counts the floor: such a pair is
    never ranked, but its ledger can be asked for.
    """
    return worth_of_mixes(needs, orders, policy)[orders.mix]


def worth_of_mixes(needs: Needs, orders: Columns, policy: Policy) -> Numbers:
    """The suitability of each mix of activities, by its number."""
    counts = {**policy.attitudes, Attitude.CANNOT: policy.floor}
    worth = {activity: counts[needs.attitudes.get(activity, Attitude.UNKNOWN)] for activity in _ACTIVITIES}
    return orders.mixes.weighed(worth, policy.attitudes[Attitude.UNKNOWN])


def wishes(needs: Needs, orders: Columns, policy: Policy) -> Numbers:
    """The share of the soft wishes that are met, all weighing alike; 1 when none is stated.

    A wished support is met by yes, an exposure rather avoided by no, and attitudes to the setting, stated as
    one wish, by their own value.
    """
    # what hangs on an answer is reckoned as answered well
    yes = orders.support_yes | (mask(needs.needs) & ~orders.support_no)
    no = orders.demand_no | (mask(needs.avoids) & ~orders.demand_yes)
    stated = len(needs.wishes) + len(needs.prefers_not)
    met = _answered(yes, orders.support_no, mask(needs.wishes), policy)
    met = met + _answered(no, orders.demand_yes, mask(needs.prefers_not), policy)
    if soft_setting(needs):
        stated += 1
        met = met + setting_values(needs, policy)[orders.setting]
    return met / stated if stated else np.ones(len(orders))


def soft_setting(needs: Needs) -> bool:
    """Whether a soft wish about the setting was stated; "cannot" is hard and no wish."""
    return any(attitude not in (Attitude.CANNOT, Attitude.UNKNOWN) for attitude in needs.setting.values())


def setting_values(needs: Needs, policy: Policy) -> Numbers:
    """What each setting counts as a wish, in the order of `SETTINGS_BY_NUMBER`.

    Both is the mean of the two. Unknown counts as an unknown wish, unless one setting cannot be: then the
    pair hangs on the answer, and is reckoned as if it were the other.
    """
    worth = {**policy.attitudes, Attitude.CANNOT: policy.wishes[Answer.NO]}
    attitude = {setting: needs.setting.get(setting, Attitude.UNKNOWN) for setting in SETTINGS_BY_NUMBER}
    indoor, outdoor = worth[attitude[Setting.INDOOR]], worth[attitude[Setting.OUTDOOR]]
    unknown = policy.wishes[Answer.UNKNOWN]
    if Attitude.CANNOT in attitude.values():
        unknown = outdoor if attitude[Setting.INDOOR] is Attitude.CANNOT else indoor
    value = {
        Setting.INDOOR: indoor,
        Setting.OUTDOOR: outdoor,
        Setting.BOTH: (indoor + outdoor) / 2,
        Setting.UNKNOWN: unknown,
    }
    return np.array([value[setting] for setting in SETTINGS_BY_NUMBER])


def openness(orders: Columns, policy: Policy, rows: slice | Rows = slice(None)) -> Numbers:
    """The employer's share of yes so far, drawn towards one half while there are few answers.

    Of all orders, or of some `rows`.
    """
    yes = orders.employer_yes[rows] + policy.prior_yes
    return yes / (yes + orders.employer_no[rows] + policy.prior_no)


def load_price(orders: Columns, policy: Policy) -> Numbers:
    """Points for open proposals per place, up to a ceiling.

    The load is priced because advice that everybody gets cancels itself: in a Danish field experiment the
    whole effect of job search advice was lost to crowding at full roll-out.
    """
    return policy.load_points * np.minimum(orders.load, policy.load_most_per_place)


def most_open(orders: Columns, policy: Policy) -> float:
    """What openness comes to at most, weighted: no employer here is known to be more open."""
    yes = orders.most_yes + policy.prior_yes
    return float(max(yes / (yes + policy.prior_no), policy.floor) ** policy.weights[Part.EMPLOYER_OPENNESS])


def _answered(
    met: NDArray[np.integer[Any]], unmet: NDArray[np.integer[Any]], wanted: int, policy: Policy
) -> Numbers:
    """The value of the wanted bits, summed: each met, unmet or unknown."""
    worth = policy.wishes
    met_count = np.bitwise_count(met & wanted).astype(np.float64)
    unmet_count = np.bitwise_count(unmet & wanted).astype(np.float64)
    unknown_count = wanted.bit_count() - met_count - unmet_count
    value: Numbers = (
        met_count * worth[Answer.YES] + unmet_count * worth[Answer.NO] + unknown_count * worth[Answer.UNKNOWN]
    )
    return value
