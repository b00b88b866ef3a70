"""The number words of the telephone, as folded text spells them."""

NUMBER_WORDS = (
    *("nul", "en", "to", "tre", "fire", "fem", "seks"),
    *("syv", "otte", "ni", "ti", "elleve", "tolv"),
)
"""From nought to twelve; the place is the number."""
