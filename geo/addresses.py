"""A Danish address taken apart: street, number, floor and door, whatever else it says, postcode and town.

Read from the back, as Danish addresses are built: what stands last is postcode and town. The written forms
are those of the Danish Address Register ("Ridehusgade 49, 2. th, 5000 Odense C"), and what people make of
them: no commas, lines instead, a "c/o", a range of numbers, a village before the postcode.
"""

import re
from dataclasses import dataclass

from geo.errors import N_, Refused

LONGEST = 200
"""Characters of the longest text that is read as an address."""

_NUMBER = r"\d{1,4}\s?[a-zæøå]?(?:\s?[-/]\s?\d{1,4}\s?[a-zæøå]?)?"
_FLOOR = r"(?P<floor>st|stuen|kl|kld|kælder|\d{1,2})\b\.?(?:\s?sal\b)?\.?"
_DOOR = r"(?:\s*(?P<door>th|tv|mf|\d{1,4}[a-z]?|[a-z])\b\.?)?"
_FLAGS = re.IGNORECASE

_POSTCODE_FIRST = re.compile(r"(?:DK[\s-]*)?(?P<postcode>\d{4})(?:\s+(?P<town>\D.*))?", _FLAGS)
_POSTCODE_WITHIN = re.compile(r"(?P<rest>.*\d.*?)\s+(?:DK[\s-]*)?(?P<postcode>\d{4})\s+(?P<town>\D+)", _FLAGS)
_STREET = re.compile(
    rf"(?P<street>(?:\d+\.?\s+)?\D.*?)\s+(?P<number>{_NUMBER})(?:\s+(?P<unit>\S.*))?", _FLAGS
)
_UNIT = re.compile(rf"{_FLOOR}{_DOOR}", _FLAGS)
_DOOR_ALONE = re.compile(r"(?:dør\s*)?(?P<door>th|tv|mf|\d{1,4}[a-z]?)", _FLAGS)
_CARE_OF = re.compile(r"(?:c/o|att|v/|postboks)\b.*|(?:c/o|att\.|v/).*", _FLAGS)
_COUNTRY = {"danmark", "denmark", "dk"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """The parts of an address as they were written; what is not said is empty.

    `house_number` is brought to the register's form ("41N"). `extra` is what stands between the street and
    the postcode: a village, "c/o" and the like. A first part without a number is in `street`, although it
    may be a village; the reader of the address asks for both.
    """

    street: str = ""
    house_number: str = ""
    floor: str = ""
    door: str = ""
    extra: tuple[str, ...] = ()
    postcode: str = ""
    town: str = ""

    def __str__(self) -> str:
        """One line in the order of the Danish Address Register."""
        unit = " ".join(part for part in (self.floor and f"{self.floor}.", self.door) if part)
        parts = (
            _joined(self.street, self.house_number),
            unit,
            *self.extra,
            _joined(self.postcode, self.town),
        )
        return ", ".join(part for part in parts if part)


def parse_address(text: str) -> Address:
    """Take one line or several apart; what cannot be told is in `street`, `town` or `extra`.

    Raises `Refused` for what is longer than any address, before any work is done on it.
    """
    if len(text) > LONGEST:
        remedy = N_("Give street, number, postcode and town only; at most {longest} characters.")
        problem = N_("An address of {length} characters cannot be read.")
        raise Refused("address", problem, remedy, length=len(text), longest=LONGEST)
    parts = [" ".join(part.split()) for part in re.split(r"[,;\n\r]+", text)]
    parts = [part for part in parts if part and part.casefold() not in _COUNTRY]
    parts, postcode, town = _split_postcode(parts)
    found: dict[str, str] = {}
    extra = [part for part in parts if not _take(part, found)]
    if "street" not in found:
        found["street"] = next((part for part in extra if not _CARE_OF.fullmatch(part)), "")
        extra = [part for part in extra if part != found["street"]]
    return Address(**found, extra=tuple(extra), postcode=postcode, town=town)


def house_number(text: str) -> str:
    """A house number in the register's form: "041 n" becomes "41N"."""
    return re.sub(r"\s+", "", text).upper().lstrip("0")


def _split_postcode(parts: list[str]) -> tuple[list[str], str, str]:
    """What is left of the parts, postcode and town; the last part that can be a postcode is one."""
    for place in range(len(parts) - 1, -1, -1):
        if found := _POSTCODE_FIRST.fullmatch(parts[place]):
            after = parts[place + 1 :]
            town = found["town"] or (after.pop(0) if after else "")
            return parts[:place] + after, found["postcode"], town
        if found := _POSTCODE_WITHIN.fullmatch(parts[place]):
            return [*parts[:place], found["rest"], *parts[place + 1 :]], found["postcode"], found["town"]
    return _split_town(parts)


def _split_town(parts: list[str]) -> tuple[list[str], str, str]:
    """Without a postcode, a last part without digits is the town."""
    if parts and not re.search(r"\d", parts[-1]) and not _UNIT.fullmatch(parts[-1]):
        return parts[:-1], "", parts[-1]
    return parts, "", ""


def _take(part: str, found: dict[str, str]) -> bool:
    """Put street and number, or floor and door, where they belong; False for a part that is neither."""
    if _CARE_OF.fullmatch(part):
        return False
    street = _STREET.fullmatch(part) if "street" not in found else None
    if street and (not street["unit"] or _take_unit(street["unit"], found)):
        found["street"], found["house_number"] = street["street"], house_number(street["number"])
        return True
    return "floor" not in found and "door" not in found and _take_unit(part, found)


def _take_unit(text: str, found: dict[str, str]) -> bool:
    # "3." is a floor, "3" alone a door
    unit = _DOOR_ALONE.fullmatch(text) or _UNIT.fullmatch(text)
    if unit:
        found.update({name: value.lower() for name, value in unit.groupdict().items() if value})
    return unit is not None


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)
