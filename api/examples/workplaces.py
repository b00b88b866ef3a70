"""Made-up employers, in industries drawn at random."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle, islice

import numpy as np

from api.domain.records import ContactBasis, EmployerRecord
from api.examples.area import Area
from api.examples.files import Answers
from api.examples.industries import industries
from api.examples.municipality import SOURCE, identify
from api.examples.numbers import cvr_numbers, p_number, phone_number
from api.examples.phrases import phrases
from matching.vocabulary import Answer

COMPANIES = 7_000
"""Companies per municipality; beyond that number, employers are further workplaces of the same ones."""

BODIES = 8_000
"""Numbers set aside per municipality, as one body in eleven has no check digit."""

TOLD = 0.7
"""How often an answer that usually holds has been told."""

OWN_RELATION = 0.4
"""How many employers the municipality has worked with before, in the last year or so."""

EMPLOYEES = ("0", "1", "2-4", "5-9", "10-19", "20-49", "50-99")
PROTECTED = (Answer.YES, Answer.NO, Answer.UNKNOWN)


def employers(
    rng: np.random.Generator, area: Area, position: int, n: int, on: date
) -> Iterator[EmployerRecord]:
    """n employers; `position` of the municipality among all keeps their numbers apart from other ones'."""
    keys, words = sorted(industries()), phrases()
    code = area.municipality.code
    companies = cycle(islice(cvr_numbers(first_body=9_000_001 + position * BODIES), COMPANIES))
    kinds = rng.integers(len(keys), size=n).tolist()
    told = (rng.random((n, 6)) < TOLD).tolist()
    draws = rng.random((n, 4)).tolist()
    rows = zip(kinds, told, draws, area.places(rng, n, on), companies, strict=False)
    for number, (kind, heard, (size, contact, protected, known_on), place, cvr) in enumerate(rows, start=1):
        industry = industries()[keys[kind]]
        serial = position * 1_000_000 + number
        said = _heard(industry.usual, heard)
        yield EmployerRecord(
            id=identify("employer", code, f"g{number:06}"),
            municipality=code,
            name=f"{industry.said.capitalize()} Eksempel {number}, {place.town}",
            cvr=cvr,
            p_number=p_number(serial),
            place=place,
            municipality_code=code,
            industry_code=industry.code,
            industry_system=industry.system,
            industry=industry.title,
            employees=EMPLOYEES[int(size * len(EMPLOYEES))],
            phone=phone_number(serial),
            contact_person=words.contacts[int(contact * len(words.contacts))],
            advertising_protected=PROTECTED[int(protected * len(PROTECTED))],
            contact_basis=ContactBasis.OWN_RELATION if known_on < OWN_RELATION else None,
            source=SOURCE,
            last_contact_on=on - timedelta(days=int(known_on * 900)) if known_on < OWN_RELATION else None,
            demands=said.demands,
            supports=said.supports,
        )


def _heard(usual: Answers, heard: list[bool]) -> Answers:
    """The answers that have been told, of those that usually hold."""
    demands = {
        code: answer for (code, answer), told in zip(usual.demands.items(), heard, strict=False) if told
    }
    supports = {
        code: answer for (code, answer), told in zip(usual.supports.items(), heard[3:], strict=False) if told
    }
    return Answers(demands, supports)
