"""The words that citizens, tasks and employers are described in, and nothing about any of them.

Needs are written as what work must allow ("no machines"), never as a diagnosis. Every answer is
three-valued: unknown is an answer of its own. Codes are English everywhere; labels live in the translations.
"""

from collections.abc import Set
from enum import StrEnum
from typing import TypeVar

from geo import UnknownCode


class Activity(StrEnum):
    """What the work is."""

    GREEN = "green"
    OUTDOOR_UPKEEP = "outdoor_upkeep"
    CLEANING = "cleaning"
    KITCHEN = "kitchen"
    SHOP = "shop"
    WAREHOUSE = "warehouse"
    MACHINE_WORK = "machine_work"
    ASSEMBLY = "assembly"
    CRAFTS = "crafts"
    BUILDING_REPAIR = "building_repair"
    CARETAKING = "caretaking"
    DRIVING = "driving"
    VEHICLES = "vehicles"
    ANIMALS = "animals"
    FARMING_FORESTRY = "farming_forestry"
    OFFICE = "office"
    LAUNDRY_TEXTILES = "laundry_textiles"
    RECYCLING = "recycling"
    EVENTS = "events"
    PEOPLE_SUPPORT = "people_support"


class Attitude(StrEnum):
    """A citizen's word on an activity or a setting; UNKNOWN when nothing was said."""

    GLADLY = "gladly"
    CAN = "can"
    UNKNOWN = "unknown"
    RATHER_NOT = "rather_not"
    CANNOT = "cannot"


class Answer(StrEnum):
    """Yes, no, or nobody has said."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Demand(StrEnum):
    """What the work or the workplace asks of a person."""

    MACHINES = "machines"
    HEAVY_LIFTING = "heavy_lifting"
    HEIGHTS = "heights"
    DRIVING_LICENCE = "driving_licence"
    OWN_TRANSPORT = "own_transport"
    CUSTOMER_CONTACT = "customer_contact"
    CROWDS = "crowds"
    NOISE = "noise"
    TIME_PRESSURE = "time_pressure"
    EARLY_START = "early_start"
    EVENING_OR_NIGHT = "evening_or_night"
    WORKING_ALONE = "working_alone"
    ALCOHOL_PRESENT = "alcohol_present"
    FOOD_HYGIENE = "food_hygiene"
    CASH_HANDLING = "cash_handling"
    CHILDREN_PRESENT = "children_present"
    ANIMALS_PRESENT = "animals_present"
    ALL_WEATHER = "all_weather"
    LONG_STANDING = "long_standing"
    READING_WRITING = "reading_writing"
    DIGITAL_TOOLS = "digital_tools"
    CLEAN_RECORD = "clean_record"


REQUIREMENTS = frozenset(
    {
        Demand.DRIVING_LICENCE,
        Demand.OWN_TRANSPORT,
        Demand.READING_WRITING,
        Demand.DIGITAL_TOOLS,
        Demand.CLEAN_RECORD,
    }
)
"""Demands a person must have something for; a citizen answers them with `abilities`."""

EXPOSURES = frozenset(Demand) - REQUIREMENTS
"""Demands a person may need to avoid; a citizen answers them with `avoids` or `prefers_not`."""


class Support(StrEnum):
    """What the workplace can offer."""

    CONTACT_PERSON = "contact_person"
    FLEXIBLE_ATTENDANCE = "flexible_attendance"
    SHORT_SHIFTS = "short_shifts"
    EXTRA_BREAKS = "extra_breaks"
    WORK_CLOTHES = "work_clothes"
    SAME_DAY_PAY = "same_day_pay"
    COMPANION_WELCOME = "companion_welcome"
    LIFT_OFFERED = "lift_offered"
    QUIET_PLACE = "quiet_place"


OF_THE_PLACE = frozenset(
    {
        Demand.ALCOHOL_PRESENT,
        Demand.ANIMALS_PRESENT,
        Demand.CHILDREN_PRESENT,
        Demand.CLEAN_RECORD,
        Demand.CROWDS,
        Demand.NOISE,
    }
)
"""Demands that come with the workplace; the others come with the work, and change when it does."""


def of_the_place(about: Demand | Support) -> bool:
    """Whether one answer holds for all work at a workplace."""
    return isinstance(about, Support) or about in OF_THE_PLACE


def rule_of_the_place(rule: str) -> bool:
    """Whether one answer settles a rule for all of an employer's orders: "needs:quiet_place" does."""
    family, _, code = rule.partition(":")
    return family == "needs" or (family == "avoids" and of_the_place(Demand(code)))


class Setting(StrEnum):
    """Where the task takes place."""

    INDOOR = "indoor"
    OUTDOOR = "outdoor"
    BOTH = "both"
    UNKNOWN = "unknown"

    @property
    def sides(self) -> tuple["Setting", ...]:
        """Where somebody has to be able to be: both in- and outdoors is in either; unknown names none."""
        if self is Setting.BOTH:
            return Setting.INDOOR, Setting.OUTDOOR
        return () if self is Setting.UNKNOWN else (self,)


class AnchorKind(StrEnum):
    """What kind of place a citizen's travel starts from."""

    DROP_IN_CENTRE = "drop_in_centre"
    SUPPORTED_HOUSING = "supported_housing"
    POSTAL_DISTRICT = "postal_district"
    OTHER = "other"


Code = TypeVar("Code", bound=StrEnum)


def parse_code(kind: type[Code], field: str, value: object, allowed: Set[Code] | None = None) -> Code:
    """Answer `value` as a code of `kind`; raises `UnknownCode` with the nearest known one otherwise."""
    try:
        # most are codes already, and a list parses thousands
        code = value if isinstance(value, kind) else kind(str(value))
    except ValueError:
        raise UnknownCode(field, value, allowed or kind) from None
    if allowed is not None and code not in allowed:
        raise UnknownCode(field, value, allowed)
    return code
