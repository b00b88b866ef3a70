"""Fields of forms: what is typed reaches the server whole, which says what it does not take."""

import re
from importlib.resources import files

SHORTEST = 20
"""No number, day or postcode that somebody types has so many characters."""


def test_no_field_cuts_off_silently_what_is_typed_into_it():
    found = [
        (page.name, int(longest))
        for page in files("api.pages").joinpath("templates").iterdir()
        for longest in re.findall(r'maxlength="(\d+)"', page.read_text("utf-8"))
    ]
    assert len(found) > 30
    assert [one for one in found if one[1] < SHORTEST] == []
