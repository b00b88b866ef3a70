"""What may be asked of an address service: a street, a number and a postcode, of a centre or an employer.

Whatever else stands in an address stays here: "c/o" and a name, floor and door, the town. A service learns
which house is looked for, and neither whose it is nor what for.
"""

import re
from dataclasses import dataclass, field

from geo.addresses import Address, house_number
from geo.geocoding import AddressQuery, not_to_be_placed

LONGEST_STREET = 40
"""Characters of the longest street name in the Danish Address Register."""

_STREET = re.compile(rf"(?!(?i:att\b))(?=.*[^\W\d_])(?!.*\d{{4}})[\w .'’-]{{1,{LONGEST_STREET}}}")
_NUMBER = re.compile(r"(?P<first>\d{1,4}(?:\s?[a-zæøå])?)(?:(?P<more>\s?[-/]).*|[\s,].*)?", re.IGNORECASE)
_POSTCODE = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Question:
    """A house, as it is asked for; `text` is all that is sent.

    Of a range of numbers the first is asked for; `exact` says that there was none. It makes no other house.
    """

    street: str
    number: str
    postcode: str
    exact: bool = field(default=True, compare=False)

    @property
    def text(self) -> str:
        """The house in one line; at most 52 characters, and a service takes 73."""
        return f"{self.street} {self.number}, {self.postcode}"


def question_of(query: AddressQuery) -> Question | None:
    """What to ask for an address; None when it names no house, or might say more than where that is.

    Raises `Refused` for anything but the address of a centre or an employer.
    """
    if not isinstance(query, AddressQuery):
        raise not_to_be_placed("query", query)
    return _of(query.address)


def _of(address: Address) -> Question | None:
    street, postcode = " ".join(address.street.split()), address.postcode.strip()
    number = _NUMBER.fullmatch(address.house_number.strip())
    if not (number and _STREET.fullmatch(street) and _POSTCODE.fullmatch(postcode)):
        return None
    return Question(street, house_number(number["first"]), postcode, exact=not number["more"])
