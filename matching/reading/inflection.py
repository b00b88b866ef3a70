"""The usual endings of a Danish word: the lexicon names a word once and means all its forms.

Rules, not a word list: they also make forms nobody uses, which does no harm. The irregular forms of the verbs
that tasks are told with stand here; those of other words (børn) in the lexicon beside the word.
"""

_IRREGULAR = {
    "sætte": ("sat", "satte"),
    "lægge": ("lagt", "lagde"),
    "gøre": ("gjort", "gjorde", "gør"),
    "tælle": ("talt", "talte"),
    "bære": ("båret", "bar"),
    "skære": ("skåret", "skar"),
    "sælge": ("solgt", "solgte"),
    "hjælpe": ("hjulpet", "hjalp"),
    "binde": ("bundet",),
    "rive": ("revet",),
    "skrive": ("skrevet",),
    "trække": ("trukket",),
    "stryge": ("strøget",),
    "følge": ("fulgt",),
    "tage": ("ta",),
    "give": ("gi",),
    "spørge": ("spurgt",),
}
_VOWELS = "aeiouyæøå"
_AFTER_CONSONANT = (
    "e",
    "en",
    "et",
    "er",
    "erne",
    "ene",
    "ne",
    "es",
    "t",
    "ede",
    "ens",
    "ets",
    "ernes",
    "enes",
)
_AFTER_E = (
    "",
    "e",
    "er",
    "es",
    "et",
    "ede",
    "en",
    "ende",
    "t",
    "te",
    "erne",
    "ene",
    "ens",
    "ets",
    "ernes",
    "s",
)
_AFTER_VOWEL = ("", "r", "s", "t", "et", "en", "er", "ene", "erne", "ede", "es", "ende", "ens", "ets")


def forms(word: str) -> frozenset[str]:
    """The word with all its usual endings, itself included."""
    if len(word) < 2 or not word.isalpha():
        return frozenset({word})
    if word.endswith("e"):
        regular = frozenset(_simple_end(word[:-1] + ending) for ending in _AFTER_E)
        return regular | frozenset(_IRREGULAR.get(word, ()))
    if word[-1] in _VOWELS:
        return frozenset(word + ending for ending in _AFTER_VOWEL)
    stems = [word]
    if word[-2] in _VOWELS:
        stems.append(word + word[-1])  # hæk, hækken
    if word[-2:] in {"el", "er", "en"} and len(word) > 3 and word[-3] not in _VOWELS:
        stems.append(word[:-2] + word[-1])  # cykel, cykler
    endings = [stem + ending for stem in stems for ending in _AFTER_CONSONANT]
    return frozenset([word, word + "s", *endings])


def _simple_end(form: str) -> str:
    """A Danish word ends in one consonant: tømme, tøm."""
    doubled = len(form) > 2 and form[-1] == form[-2] and form[-1] not in _VOWELS
    return form[:-1] if doubled else form
