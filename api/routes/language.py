"""Which language an answer is said in: the one the reader asks for, else the installation's own (Danish).

The service's own messages are looked up first, those of `geo` and `matching` behind them.
"""

from collections.abc import Callable
from functools import cache
from gettext import NullTranslations, translation
from importlib.resources import files

from starlette.datastructures import Headers
from starlette.types import Scope

from matching.language import Language

Translate = Callable[[str], str]
"""A gettext function: the English sentence in, the one to say out."""


@cache
def translations(language: Language) -> NullTranslations:
    """The messages of the service, and of `geo` and `matching` beneath it, in `language`."""
    # messages are written in English, so English needs no catalogue of them
    spare = language == Language.ENGLISH
    own, beneath = (
        translation("messages", str(files(name) / "translations"), [language], fallback=spare)
        for name in ("api", "matching")
    )
    own.add_fallback(beneath)
    return own


def label(language: Language, context: str, code: str) -> str:
    """What people call a code of the service, such as a role."""
    return translation("labels", str(files("api") / "translations"), [language]).pgettext(context, code)


def translator(language: Language) -> Translate:
    """Says messages in `language`; what has no translation is said in English."""
    return translations(language).gettext


def language_of(scope: Scope) -> Language:
    """The first of our languages as `Accept-Language` prefers them; the installation's own otherwise."""
    spoken = {str(language): language for language in Language}
    accepted = Headers(scope=scope).get("accept-language", "")
    wishes = [_wish(part) for part in accepted.split(",")]
    for tag, _ in sorted((wish for wish in wishes if wish[1] > 0), key=lambda wish: -wish[1]):
        if tag in spoken:
            return spoken[tag]
    return Language(scope["app"].state.settings.language)


def _wish(part: str) -> tuple[str, float]:
    tag, _, weight = part.partition(";")
    _, _, number = weight.partition("=")
    try:
        weighed = float(number) if number else 1.0
    except ValueError:
        weighed = 0.0
    return tag.strip().lower().partition("-")[0], weighed
