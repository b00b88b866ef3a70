"""One pair judged slowly and by itself, from the reference pages: the measure of the ranking under test.

Scalars and `math` alone; nothing of the code under test but the types of its input. Where the pages leave
room, the choice stands in a comment.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from matching import Citizen, JobOrder, Policy
from matching.times import Slot

ACTIVITIES = [
    "green",
    "outdoor_upkeep",
    "cleaning",
    "kitchen",
    "shop",
    "warehouse",
    "machine_work",
    "assembly",
    "crafts",
    "building_repair",
    "caretaking",
    "driving",
    "vehicles",
    "animals",
    "farming_forestry",
    "office",
    "laundry_textiles",
    "recycling",
    "events",
    "people_support",
]
DEMANDS = [
    "machines",
    "heavy_lifting",
    "heights",
    "driving_licence",
    "own_transport",
    "customer_contact",
    "crowds",
    "noise",
    "time_pressure",
    "early_start",
    "evening_or_night",
    "working_alone",
    "alcohol_present",
    "food_hygiene",
    "cash_handling",
    "children_present",
    "animals_present",
    "all_weather",
    "long_standing",
    "reading_writing",
    "digital_tools",
    "clean_record",
]
REQUIREMENTS = ["driving_licence", "own_transport", "reading_writing", "digital_tools", "clean_record"]
SUPPORTS = [
    "contact_person",
    "flexible_attendance",
    "short_shifts",
    "extra_breaks",
    "work_clothes",
    "same_day_pay",
    "companion_welcome",
    "lift_offered",
    "quiet_place",
]
PARTS = ("nearness", "suitability", "wishes", "employer_openness")
ERROR_KM = {"address": 0.02, "street": 0.3, "town": 1.5, "postal_district": 3.0, "municipality": 10.0}
EARTH_KM = 6371.0088


@dataclass(frozen=True)
class Verdict:
    """Everything the pages say of one pair."""

    rules: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]
    anchor: int
    km: float | None
    minutes: float | None
    values: Mapping[str, float]
    lost: Mapping[str, float]
    score: float | None

    @property
    def standing(self) -> str:
        return "excluded" if self.rules else "ask" if self.questions else "ranked"


def judge(citizen: Citizen, order: JobOrder, on: date, policy: Policy) -> Verdict:
    anchor, km, minutes = way(citizen, order, policy)
    rules: list[str] = []
    questions: list[tuple[str, str]] = []
    for rule, answer, of in constraints(citizen, order, minutes, on):
        if answer == "conflict":
            rules.append(rule)
        if answer == "unknown":
            questions.append((of, rule))
    if minutes is None:
        return Verdict(tuple(rules), tuple(questions), anchor, km, minutes, {}, {}, None)
    values = {
        "nearness": nearness(minutes, policy.plateau_minutes, policy.half_minutes[citizen.mode]),
        "suitability": suitability(citizen, order, policy),
        "wishes": wishes(citizen, order, policy),
        "employer_openness": openness(order, policy),
    }
    values = {part: min(1.0, max(policy.floor, value)) for part, value in values.items()}
    lost, score = points(values, order, policy)
    return Verdict(tuple(rules), tuple(questions), anchor, km, minutes, values, lost, score)


def best_first(verdicts: Mapping[str, Verdict], standing: str, tie: Callable[[str], Any]) -> list[str]:
    """The ids of one group in the order of the contract; those without a score come last."""

    def key(name: str) -> tuple[Any, ...]:
        score = verdicts[name].score
        whole = None if score is None else math.floor(round(score, 6))
        return (whole is None, -(whole or 0), tie(name), name)

    return sorted((name for name, verdict in verdicts.items() if verdict.standing == standing), key=key)


def load(order: JobOrder) -> float:
    """Open proposals per place; without places an order is excluded, and its ledger counts a single one."""
    return order.open_proposals / max(order.places, 1)


def longest_waiting(citizen: Citizen) -> tuple[bool, date]:
    return (citizen.waiting_since is None, citizen.waiting_since or date.min)


def way(citizen: Citizen, order: JobOrder, policy: Policy) -> tuple[int, float | None, float | None]:
    if order.place is None:
        return 0, None, None
    pace = policy.pace[citizen.mode]
    found = []
    for index, anchor in enumerate(citizen.anchors):
        straight = great_circle(anchor.point.lat, anchor.point.lon, order.place.lat, order.place.lon)
        reach = math.hypot(straight, ERROR_KM[str(order.precision)])
        minutes = pace.fixed_minutes + reach * pace.detour / pace.kmh * 60
        found.append((minutes, index, straight * pace.detour))
    minutes, index, km = min(found)
    return index, km, minutes


def great_circle(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    phi, to_phi = math.radians(lat), math.radians(to_lat)
    dphi, dlambda = to_phi - phi, math.radians(to_lon) - math.radians(lon)
    a = math.sin(dphi / 2) ** 2 + math.cos(phi) * math.cos(to_phi) * math.sin(dlambda / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, a)))


Constraint = tuple[str, str, str]
"""A rule, its answer (met, conflict, unknown) and who could say."""


def told(conflict: bool, unknown: bool = False) -> str:
    return "conflict" if conflict else "unknown" if unknown else "met"


def constraints(citizen: Citizen, order: JobOrder, minutes: float | None, on: date) -> Iterable[Constraint]:
    """Every constraint that somebody has stated, in the contract's order."""
    # an order of unknown place is always asked about, and about its place first
    yield "place", told(False, minutes is None), "employer"
    yield "ended", told(order.ends_on is not None and order.ends_on < on), ""
    yield "no_places_left", told(order.places == 0), ""
    for code in ACTIVITIES:
        if citizen.attitudes.get(code) == "cannot":
            yield f"attitude:{code}", told(code in order.activities, not order.activities), "employer"
    yield from answered_constraints(citizen, order)
    most, hours = citizen.max_hours_per_week, order.hours_per_week
    if most is not None:
        yield "max_hours", told(hours is not None and hours > most, hours is None), "employer"
    for code in ("indoor", "outdoor"):
        if citizen.setting.get(code) == "cannot":
            # what takes place on both sides takes place on this one too
            there, unsaid = str(order.setting) in (code, "both"), str(order.setting) == "unknown"
            yield f"setting:{code}", told(there, unsaid), "employer"
    if citizen.max_minutes is not None and minutes is not None:
        yield "max_minutes", told(minutes > citizen.max_minutes), ""
    if citizen.availability:
        fits = any(fits_slot(free, task) for free in citizen.availability for task in order.times)
        yield "availability", told(bool(order.times) and not fits, not order.times), "employer"


def answered_constraints(citizen: Citizen, order: JobOrder) -> Iterable[Constraint]:
    demands = {str(code): str(answer) for code, answer in order.demands.items()}
    supports = {str(code): str(answer) for code, answer in order.supports.items()}
    for code in (code for code in DEMANDS if code in citizen.avoids):
        answer = demands.get(code, "unknown")
        yield f"avoids:{code}", told(answer == "yes", answer == "unknown"), "employer"
    for code in (code for code in SUPPORTS if code in citizen.needs):
        answer = supports.get(code, "unknown")
        yield f"needs:{code}", told(answer == "no", answer == "unknown"), "employer"
    for code in (code for code in REQUIREMENTS if demands.get(code) == "yes"):
        ability = citizen.abilities.get(code, "unknown")
        yield f"abilities:{code}", told(ability == "no", ability == "unknown"), "citizen"


def fits_slot(free: Slot, task: Slot) -> bool:
    shared = min(free.end, task.end) - max(free.start, task.start)
    return free.day == task.day and (shared >= 60 or shared == task.end - task.start)


def nearness(minutes: float, plateau: float, half: float) -> float:
    return 1.0 if minutes <= plateau else 2.0 ** (-(minutes - plateau) / half)


def suitability(citizen: Citizen, order: JobOrder, policy: Policy) -> float:
    worth = {str(attitude): value for attitude, value in policy.attitudes.items()} | {"cannot": policy.floor}
    if not order.activities:
        return worth["unknown"]
    return math.fsum(
        share * worth[citizen.attitudes.get(code, "unknown")] for code, share in order.activities.items()
    )


def wishes(citizen: Citizen, order: JobOrder, policy: Policy) -> float:
    """The mean worth of the soft wishes; what hangs on an answer counts as answered well."""
    worth = {str(answer): value for answer, value in policy.wishes.items()}
    found: list[float] = []
    for code in citizen.wishes:
        answer = str(order.supports.get(code, "unknown"))
        if answer == "unknown" and code in citizen.needs:
            answer = "yes"
        found.append(worth[answer])
    for code in citizen.prefers_not:
        answer = str(order.demands.get(code, "unknown"))
        if answer == "unknown" and code in citizen.avoids:
            answer = "no"
        found.append(worth[{"yes": "no", "no": "yes", "unknown": "unknown"}[answer]])
    stated = {str(code): str(attitude) for code, attitude in citizen.setting.items()}
    if any(attitude in ("gladly", "can", "rather_not") for attitude in stated.values()):
        found.append(setting_wish(stated, str(order.setting), policy))
    return math.fsum(found) / len(found) if found else 1.0


def setting_wish(stated: Mapping[str, str], setting: str, policy: Policy) -> float:
    value = {str(attitude): worth for attitude, worth in policy.attitudes.items()}
    value["cannot"] = policy.wishes["no"]
    indoor, outdoor = (value[stated.get(side, "unknown")] for side in ("indoor", "outdoor"))
    if setting == "unknown":
        # a side that cannot be makes it a question, and the good answer is the other side
        if stated.get("indoor") == "cannot":
            return outdoor
        return indoor if stated.get("outdoor") == "cannot" else policy.wishes["unknown"]
    return {"indoor": indoor, "outdoor": outdoor, "both": (indoor + outdoor) / 2}[setting]


def openness(order: JobOrder, policy: Policy) -> float:
    yes = order.employer_yes + policy.prior_yes
    return yes / (yes + order.employer_no + policy.prior_no)


def points(values: Mapping[str, float], order: JobOrder, policy: Policy) -> tuple[dict[str, float], float]:
    """Points lost by part, and the score they leave."""
    logs = {part: policy.weights[part] * math.log(value) for part, value in values.items()}
    total = math.fsum(logs.values())
    product = 100 * math.prod(value ** policy.weights[part] for part, value in values.items())
    lost = {f"lost_{part}": (100 - product) * log / total if total else 0.0 for part, log in logs.items()}
    left = 100 - math.fsum(lost.values())
    # the load takes no more than what is left, so that the score stays within 0 to 100
    lost["lost_load"] = min(policy.load_points * min(policy.load_most_per_place, load(order)), left)
    return lost, left - lost["lost_load"]
