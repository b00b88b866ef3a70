"""Numbers that are names: CVR, P-number, telephone, postcode, municipality and industry code.

They are text for good. Zeros in front that a spreadsheet has eaten are put back, and that is said. What is no
number of its kind raises `Refused`.
"""

import re
from datetime import date

from stdnum import exceptions
from stdnum.dk import cvr as cvr_number

from api.domain.postcodes import require_postcode
from api.domain.records import ContactBasis, IndustrySystem
from api.domain.telephones import require_telephone
from api.exchange.values import Given, impersonal
from geo.errors import N_

_PADDED = N_("{value!r} was read as {read!r}: a zero in front had been lost.")
_MONTHS = re.compile(r"\d+[-. ]*(jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)", re.IGNORECASE)

_BASES = {
    ContactBasis.OWN_RELATION: ("own_relation", "egen relation", "egen kontakt"),
    ContactBasis.INBOUND_ORDER: (
        "inbound_order",
        "indgående ordre",
        "egen henvendelse",
        "virksomheden henvendte sig",
    ),
    ContactBasis.CONSENT: ("consent", "samtykke"),
}
_BASIS_OF = {word: basis for basis, words in _BASES.items() for word in words}


def cvr(given: Given) -> str:
    """Eight digits with the right check digit; '' when blank (python-stdnum, also 'DK 99 00 36 26')."""
    if not given.text:
        return ""
    try:
        return str(cvr_number.validate(_whole(given.text)))
    except exceptions.InvalidChecksum:
        problem = N_("{value!r} is not a CVR number: the check digit is wrong.")
    except exceptions.ValidationError:
        problem = N_("{value!r} is not a CVR number: it has eight digits.")
    raise given.refused(problem, N_("Look it up in the business register."))


def p_number(given: Given) -> str:
    """Ten digits; '' when blank. A P-number has no check digit."""
    digits = re.sub(r"[ .-]", "", _whole(given.text))
    if digits and not re.fullmatch(r"[1-9][0-9]{9}", digits):
        remedy = N_("Look it up in the business register.")
        raise given.refused(N_("{value!r} is not a P-number: it has ten digits."), remedy)
    return digits


def postcode(given: Given) -> str:
    """Four digits of a postal district, as text; '' when blank."""
    found = _digits(given, re.sub(r"^DK[ -]*", "", _whole(given.text), flags=re.IGNORECASE), 4)
    require_postcode(given.field, found)
    return found


def telephone(given: Given) -> str:
    """A number that can be rung, as it is written; '' when blank."""
    require_telephone(given.field, given.text)
    return given.text


def municipality_code(given: Given) -> str:
    """Four digits, '0370'; '' when blank."""
    return _digits(given, given.text, 4)


def industry_code(given: Given) -> str:
    """Six digits as text, '52.10.00' as '521000'; '' when blank."""
    return _digits(given, re.sub(r"[. ]", "", given.text), 6)


def _whole(written: str) -> str:
    """A number without the decimals that a spreadsheet has given it: 4700,0 is 4700."""
    return re.sub(r"(?<=\d{4})[.,]0{1,2}$", "", written)


def _digits(given: Given, written: str, length: int) -> str:
    if not written:
        return ""
    if re.fullmatch(rf"[0-9]{{{length + 1},}}", written):
        raise given.refused(
            N_("{value!r} has more than {length} digits."), N_("Write {length} of them."), length=length
        )
    if not re.fullmatch(rf"[0-9]{{{length - 1},{length}}}", written):
        problem = N_("{value!r} does not have {length} digits.")
        raise given.refused(problem, N_("Write all of them, zeros in front included."), length=length)
    if len(written) < length:
        given.tell(_PADDED, value=written, read=written.zfill(length))
    return written.zfill(length)


def industry_system(given: Given) -> IndustrySystem:
    """DB07, DB25, or unknown when blank."""
    said = given.text.casefold().replace(" ", "")
    if said in ("", "ukendt", "unknown"):
        return IndustrySystem.UNKNOWN
    if said not in set(IndustrySystem):
        raise given.refused(N_("{value!r} is not a list of industries."), N_("Write DB07 or DB25."))
    return IndustrySystem(said)


def contact_basis(given: Given) -> ContactBasis | None:
    """Why an employer may be contacted, as a code or in Danish; None when blank."""
    if not given.text:
        return None
    found = _BASIS_OF.get(given.text.casefold())
    if found is None:
        remedy = N_("Use one of: {known}.")
        problem = N_("{value!r} is not a known basis for contact.")
        raise given.refused(problem, remedy, known=", ".join(ContactBasis))
    return found


def employees(given: Given) -> str:
    """The register's interval as it stands, '10-19'; '' when blank.

    Raises `Refused` where Excel has made a date of it: 2-4 becomes the 2nd of April.
    """
    if isinstance(given.cell, date) or _MONTHS.match(given.text):
        remedy = N_("Format the column as text and write the interval again, for example 2-4.")
        raise given.refused(N_("Excel has made a date of an interval: {value!r}."), remedy)
    return impersonal(given)
