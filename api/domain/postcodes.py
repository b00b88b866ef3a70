"""Postcodes that there are, as the shipped postal districts tell them."""

from geo import Refused
from geo.errors import N_
from geo.gazetteer import Gazetteer


def require_postcode(field: str, text: str) -> None:
    """Refuse a postcode that no postal district has; none at all is none that is wrong.

    Those of post boxes and large receivers are no place where somebody works.
    """
    if text and Gazetteer.shipped().postal_district(text) is None:
        remedy = N_("Write the four digits of the place, or leave it out when it is not known.")
        raise Refused(field, N_("No place known here has the postcode {value!r}."), remedy, value=text)
