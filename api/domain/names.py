"""The order of names in a Danish list, the same whichever database they come from."""

import unicodedata

_LETTERS = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y", "ð": "d", "þ": "th"})
"""æ, ø and å as the three characters that follow z; foreign letters where Danish registers file them."""


def filed_as(name: str) -> tuple[str, str]:
    """What to sort a name by: æ, ø, å last, aa as å, other accents and case only among equals.

    The name itself stands last, so that the order is total.
    """
    plain = unicodedata.normalize("NFC", name).casefold().replace("aa", "å").translate(_LETTERS)
    bare = "".join(sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))
    return bare, name
