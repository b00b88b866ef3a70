"""What an address says of its postal district and municipality, and where it contradicts itself.

The postcode is believed before the name beside it: a wrong digit is rarer than a village in the place of its
district. What does not fit is said as a doubt, and the doubt with the worst grade counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from geo.addresses import Address
from geo.errors import N_
from geo.gazetteer import Gazetteer
from geo.names import Grade, Match, Names, Note, fold
from geo.places import Municipality, PostalDistrict, Town

SHORTEST = 3
"""Letters that a shortened name must have to be told from an initial."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """How safe a part of the answer is at best; the note says why, where it needs saying."""

    grade: Grade
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The postal district and the municipality an address is in, as far as they are known.

    `villages` are the parts of the address that may name a town beside these.
    """

    district: PostalDistrict | None
    municipality: Municipality | None
    villages: tuple[str, ...]
    doubts: tuple[Doubt, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """What there is to say about the doubts."""
        return tuple(doubt.note for doubt in self.doubts if doubt.note)

    @property
    def grade(self) -> Grade:
        """The worst of the doubts' grades."""
        return max((doubt.grade for doubt in self.doubts), default=Grade.A)


def surroundings(gazetteer: Gazetteer, address: Address, municipality: str) -> Surroundings:
    """Answer district and municipality of an address that came with a municipality's code or name, or ""."""
    match = _municipality(gazetteer, address, municipality)
    around = match.row if match else None
    district = _district(gazetteer, address, around.code if around else None)
    doubts = [
        *_about_municipality(match, municipality),
        *_about_postcode(address, district),
        *_about_town(gazetteer, address, district),
        *_about_both(district, around),
    ]
    return Surroundings(district, around, _villages(gazetteer, address, district), tuple(doubts))


def _municipality(gazetteer: Gazetteer, address: Address, said: str) -> Match[Municipality] | None:
    if said:
        return gazetteer.municipality(said)
    return gazetteer.municipality(address.town) if "kommune" in address.town.casefold() else None


def _district(gazetteer: Gazetteer, address: Address, code: str | None) -> PostalDistrict | None:
    """By postcode; without one by name, unless it is also the name of several towns or of one elsewhere."""
    if address.postcode:
        return gazetteer.postal_district(address.postcode)
    match = gazetteer.postal_district_named(address.town)
    district = match.row if match else None
    if not district or fold(district.name) != fold(address.town):
        return None
    town = gazetteer.town(address.town, municipality=code)
    if town and any(fold(row.name) == fold(address.town) for row in town.candidates):
        return district if town.row in gazetteer.towns_of(district) else None
    return district if code is None or code in district.municipalities else None


def _about_municipality(match: Match[Municipality] | None, said: str) -> Iterator[Doubt]:
    if said and not (match and match.row):
        yield Doubt(Grade.B, Note.of(N_("Municipality {municipality!r} is not known."), municipality=said))
    elif match:
        yield Doubt(match.grade)


def _about_postcode(address: Address, district: PostalDistrict | None) -> Iterator[Doubt]:
    if not address.postcode:
        yield Doubt(Grade.B, Note.of(N_("There is no postcode.")))
    elif not district:
        note = Note.of(N_("Postcode {postcode} is not a known postal district."), postcode=address.postcode)
        yield Doubt(Grade.B, note)


def _about_both(district: PostalDistrict | None, municipality: Municipality | None) -> Iterator[Doubt]:
    if district and municipality and municipality.code not in district.municipalities:
        yield Doubt(
            Grade.C,
            Note.of(
                N_("{number} {name} does not reach into the municipality of {municipality}."),
                number=district.number,
                name=district.name,
                municipality=municipality.name,
            ),
        )


def _about_town(gazetteer: Gazetteer, address: Address, district: PostalDistrict | None) -> Iterator[Doubt]:
    """Compare the name beside the postcode with the district's."""
    town = address.town
    if not (district and town) or town == district.name:
        return
    facts = {"number": district.number, "name": district.name, "town": town}
    if _means_district(gazetteer, town, district) or village(gazetteer, town, district):
        yield Doubt(Grade.B)
    elif gazetteer.knows(town):
        yield Doubt(Grade.C, Note.of(N_("{number} is {name}, not {town}."), **facts))
    else:
        yield Doubt(Grade.B, Note.of(N_("{town} is not known in {number} {name}."), **facts))


def _villages(gazetteer: Gazetteer, address: Address, district: PostalDistrict | None) -> tuple[str, ...]:
    """What may name a town: the parts before the postcode, a street without a number, the name at the end.

    A name beside a postcode or after a street is the postal district's before it is a town's: in 4700 Næstved
    every tenth workplace lies more than 6 km from the middle of Næstved.
    """
    names = [*address.extra, "" if address.house_number else address.street]
    postal = district and (address.postcode or address.street)
    if not (postal and district and _means_district(gazetteer, address.town, district)):
        names.append(address.town)
    return tuple(name for name in names if name)


def _means_district(gazetteer: Gazetteer, town: str, district: PostalDistrict) -> bool:
    """Whether a name is the district's, written shorter, longer or otherwise."""
    written, own = fold(town), fold(district.name)
    if len(written) >= SHORTEST and own.startswith(written):
        return True  # "7120 Vejle" for Vejle Øst
    if written.startswith(own):  # "4800 Nykøbing Falster" for Nykøbing F, but not "7100 Vejle Øst"
        match = gazetteer.postal_district_named(town)
        return not (match and match.row and fold(match.row.name) == written)
    near = Names([district], lambda row: row.name).match(town)
    return near is not None and near.grade is not Grade.C and not gazetteer.knows(town)


def village(
    gazetteer: Gazetteer, name: str, district: PostalDistrict | None, code: str | None = None
) -> Match[Town] | None:
    """The one town a name means within the district, else within the municipality of that code.

    A slip of a letter is allowed only where one of them narrows the choice, and only when nothing else in
    Denmark is called what was written: Rørvig is no slip for Rødvig.
    """
    match = gazetteer.town(name, district=district, municipality=None if district else code)
    if not (match and match.row) or match.grade is Grade.C:
        return None
    narrowed = bool(district or code) and not gazetteer.knows(name)
    return match if narrowed or fold(match.row.name) == fold(name) else None
