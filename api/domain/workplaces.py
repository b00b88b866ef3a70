"""What cannot be kept of a workplace, whoever writes it down: numbers and postcodes that are none."""

from collections.abc import Callable, Iterator
from datetime import date

from stdnum.dk import cvr as cvr_number

from api.domain.civil_numbers import refuse_civil_numbers
from api.domain.plausible_days import YEARS_ON_FILE, require_not_far_off, require_not_long_ago
from api.domain.postcodes import require_postcode
from api.domain.records import EmployerRecord
from api.domain.telephones import require_telephone
from geo import Refused
from geo.errors import N_


def refusals(employer: EmployerRecord, before: EmployerRecord | None = None) -> Iterator[Refused]:
    """Everything that is wrong with an employer, field by field.

    Of one that is changed, only what differs from `before`: what is kept already stands in nobody's way.
    """
    was = dict(_checked(before)) if before else {}
    for field, text in _checked(employer):
        if text == was.get(field, ""):
            continue
        try:
            _RULES.get(field, _plain)(field, text)
        except Refused as refused:
            yield refused


def require_last_contact(employer: EmployerRecord, today: date) -> None:
    """Raise `Refused` for a day of the last contact that cannot be meant."""
    require_not_long_ago("last_contact_on", employer.last_contact_on, today, YEARS_ON_FILE)
    require_not_far_off("last_contact_on", employer.last_contact_on, today)


def _checked(employer: EmployerRecord) -> Iterator[tuple[str, str]]:
    yield "name", employer.name
    yield "cvr", employer.cvr
    yield "phone", employer.phone
    yield "contact_person", employer.contact_person
    yield "contact_basis_note", employer.contact_basis_note
    yield "industry", employer.industry
    yield "industry_code", employer.industry_code
    yield "employees", employer.employees
    yield "p_number", employer.p_number
    yield "municipality_code", employer.municipality_code
    yield "place.street", employer.place.street
    yield "place.house_number", employer.place.house_number
    yield "place.town", employer.place.town
    yield "place.postcode", employer.place.postcode


def _require_cvr(field: str, text: str) -> None:
    if text and not cvr_number.is_valid(text):
        remedy = N_("Compare it with the register; leave it out when it is not known.")
        raise Refused(field, N_("{value!r} is not a CVR number."), remedy, value=text)


def _require_p_number(field: str, text: str) -> None:
    # the register gives them out from 1,000,000,000 on, and a day can begin with 1 as well
    if not (text.isdigit() and text.startswith("1")):
        _plain(field, text)


def _plain(field: str, text: str) -> None:
    refuse_civil_numbers({field: text})


_RULES: dict[str, Callable[[str, str], None]] = {
    "cvr": _require_cvr,
    "p_number": _require_p_number,
    "phone": require_telephone,
    "place.postcode": require_postcode,
}
