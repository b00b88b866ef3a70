"""The usual endings of a Danish word: the lexicon names a word once and means all its forms.

Rules, not a word list: they also make forms nobody uses, which does no harm. Irregular forms (børn, gjorde)
stand in the lexicon beside the word.
"""

_VOWELS = "aeiouyæøå"
_AFTER_CONSONANT = ("e", "en", "et", "er", "erne", "ene", "ne", "es", "t", "ede", "ens", "ets", "ernes", "enes")
_AFTER_E = ("", "e", "er", "es", "et", "ede", "en", "ende", "t", "te", "erne", "ene", "ens", "ets", "ernes", "s")
_AFTER_VOWEL = ("", "r", "s", "t", "et", "en", "er", "ene", "erne", "ede", "es", "ende", "ens", "ets")


def forms(word: str) -> frozenset[str]:
    """The word with all its usual endings, itself included."""
    if len(word) < 2 or not word.isalpha():
        return frozenset({word})
    if word.endswith("e"):
        return frozenset(_simple_end(word[:-1] + ending) for ending in _AFTER_E)
    if word[-1] in _VOWELS:
        return frozenset(word + ending for ending in _AFTER_VOWEL)
    stems = [word]
    if word[-2] in _VOWELS:
        stems.append(word + word[-1])  # hæk, hækken
    if word[-2:] in {"el", "er", "en"}:
        stems.append(word[:-2] + word[-1])  # cykel, cykler
    endings = [stem + ending for stem in stems for ending in _AFTER_CONSONANT]
    return frozenset([word, word + "s", *endings])


def _simple_end(form: str) -> str:
    """A Danish word ends in one consonant: tømme, tøm."""
    doubled = len(form) > 2 and form[-1] == form[-2] and form[-1] not in _VOWELS
    return form[:-1] if doubled else form
