"""Names: what is no part of them, and their order in a Danish list, the same in every database."""

import unicodedata
from collections.abc import Sequence

from geo import Refused
from geo.errors import N_

LONGEST_REFERENCE = 100
"""Characters of what a citizen is known by, a name or a reference."""

_LETTERS = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y", "ð": "d", "þ": "th"})
"""æ, ø and å as the three characters that follow z; foreign letters where Danish registers file them."""


def filed_as(name: str) -> tuple[str, str]:
    """What to sort a name by: æ, ø, å last, aa as å, other accents and case only among equals.

    The name itself stands last, so that the order is total.
    """
    plain = unicodedata.normalize("NFC", name).casefold().replace("aa", "å").translate(_LETTERS)
    bare = "".join(sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))
    return bare, name


def holds(folded: str, words: Sequence[str]) -> bool:
    """Whether a folded text holds every one of the folded words; False without words.

    A word of one letter is an initial: it begins a word of the text, and several do in their order.

    >>> holds("per kaj eg", ["p", "k", "e"]), holds("eg per kaj", ["p", "k", "e"])
    (True, False)
    """
    if not words or not all(word in folded for word in words):
        return False
    initials = [word for word in words if len(word) == 1]
    beginnings = iter([word[0] for word in folded.split()] if initials else ())
    return all(letter in beginnings for letter in initials)


def require_at_most(longest: int, name: str, field: str = "name") -> None:
    """Refuse a name of more than `longest` characters: lists and sheets have no room for it."""
    if len(name) > longest:
        problem, remedy = N_("A name has {length} characters."), N_("Shorten it to {longest}.")
        raise Refused(field, problem, remedy, length=len(name), longest=longest)


def visible(name: str) -> str:
    """The name without control and direction characters; a break or a tab in it is a blank.

    What nobody sees would show a name backwards, or let one pass for another; half of a surrogate pair stays,
    to be refused where it is stored.

    >>> visible("Anna\\u202e Holm\\0")
    'Anna Holm'
    """
    if name.isprintable():
        return name
    kept = (" " if sign.isspace() else sign for sign in name if sign.isspace() or not _is_unseen(sign))
    return " ".join("".join(kept).split())


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cn")
