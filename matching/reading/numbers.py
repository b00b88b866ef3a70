"""The number words of the telephone, as folded text spells them, and counts such as "2,5" and "et par"."""

NUMBER_WORDS = (
    *("nul", "en", "to", "tre", "fire", "fem", "seks"),
    *("syv", "otte", "ni", "ti", "elleve", "tolv"),
)
"""From nought to twelve; the place is the number."""

_COUNTS = {word: float(number) for number, word in enumerate(NUMBER_WORDS)} | {
    "et": 1.0,
    "et par": 2.0,
    "en halv": 0.5,
    "halvanden": 1.5,
    "halvandet": 1.5,
    "½": 0.5,
}
COUNT = rf"(?:[0-9]{{1,3}}(?:[.,][0-9]{{1,2}})?½?|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
"""A count in figures or words, as a part of a pattern over folded text."""


def count_of(said: str) -> float:
    """The number that a piece found by `COUNT` says."""
    if said in _COUNTS:
        return _COUNTS[said]
    return float(said.rstrip("½").replace(",", ".")) + (0.5 if said.endswith("½") else 0.0)
