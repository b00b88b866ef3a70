"""Which language an answer is said in: the one the reader asks for, else the installation's own (Danish).

The service's own messages are looked up first, those of `geo` and `matching` behind them.
"""

from collections.abc import Callable
from functools import cache
from gettext import NullTranslations, translation
from importlib.resources import files

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
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


COOKIE = "language"
"""The cookie that keeps the language which a reader has chosen."""


def language_of(scope: Scope) -> Language:
    """The language that was chosen here, else the first of ours that `Accept-Language` prefers.

    The installation's own where neither says one.
    """
    spoken = {str(language): language for language in Language}
    headers = Headers(scope=scope)
    chosen = cookie_parser(headers.get("cookie", "")).get(COOKIE)
    if chosen in spoken:
        return spoken[chosen]
    accepted = headers.get("accept-language", "")
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
