from datetime import date

import pytest

from api.domain.records import ContactBasis, IndustrySystem
from api.exchange import codes
from api.exchange.values import Given
from geo import Refused


def cell(value):
    said = []
    return Given("field", value, lambda text, **facts: said.append(text.format(**facts))), said


@pytest.mark.parametrize(
    ("parse", "written", "code"),
    [
        (codes.cvr, "99003626", "99003626"),
        (codes.cvr, 99003626.0, "99003626"),
        (codes.cvr, "DK 99 00 36 26", "99003626"),
        (codes.cvr, "", ""),
        (codes.p_number, "1999000367", "1999000367"),
        (codes.p_number, 1999000367.0, "1999000367"),
        (codes.postcode, "DK-4700", "4700"),
        (codes.postcode, 4700.0, "4700"),
        (codes.postcode, "4700,0", "4700"),
        (codes.p_number, "1999100001.0", "1999100001"),
        (codes.cvr, "99003626,00", "99003626"),
        (codes.municipality_code, "0370", "0370"),
        (codes.industry_code, "021000", "021000"),
        (codes.industry_code, "52.10.00", "521000"),
        (codes.employees, "10-19", "10-19"),
        (codes.employees, 0.0, "0"),
        (codes.industry_system, "DB 07", IndustrySystem.DB07),
        (codes.industry_system, "", IndustrySystem.UNKNOWN),
        (codes.contact_basis, "Samtykke", ContactBasis.CONSENT),
        (codes.contact_basis, "own_relation", ContactBasis.OWN_RELATION),
        (codes.contact_basis, "", None),
    ],
)
def test_codes_are_read_and_nothing_is_said(parse, written, code):
    given, said = cell(written)
    assert parse(given) == code
    assert said == []


@pytest.mark.parametrize(
    ("parse", "written", "code"),
    [
        (codes.municipality_code, "370", "0370"),
        (codes.municipality_code, 370.0, "0370"),
        (codes.industry_code, 21000.0, "021000"),
    ],
)
def test_a_lost_zero_is_put_back_and_said(parse, written, code):
    given, said = cell(written)
    assert parse(given) == code
    assert "a zero in front had been lost" in said[0]


@pytest.mark.parametrize(
    ("parse", "written", "word"),
    [
        (codes.cvr, "99003627", "check digit"),
        (codes.cvr, "9900362", "eight digits"),
        (codes.cvr, "Næstved", "eight digits"),
        (codes.p_number, "199900036", "ten digits"),
        (codes.p_number, "19990003671", "ten digits"),
        (codes.postcode, "4700,5", "4 digits"),
        (codes.postcode, "47", "does not have 4 digits. Write all of them, zeros in front included."),
        (codes.postcode, "9999", "No place known here has the postcode"),
        (codes.telephone, "123", "is not a telephone number"),
        (codes.postcode, "99999", "has more than 4 digits. Write 4 of them."),
        (codes.postcode, "٤٧٠٠", "4 digits"),
        (codes.industry_code, "5210", "6 digits"),
        (codes.industry_system, "NACE", "list of industries"),
        (codes.contact_basis, "fordi", "own_relation"),
        (codes.employees, date(2026, 4, 2), "date of an interval"),
        (codes.employees, "02-apr", "date of an interval"),
    ],
)
def test_what_is_no_code_is_refused(parse, written, word):
    with pytest.raises(Refused) as refused:
        parse(cell(written)[0])
    assert word in refused.value.said()
