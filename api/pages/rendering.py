"""Templates to HTML: one typed context a page, in the reader's language, and no undefined word."""

from collections.abc import Mapping
from functools import cache, partial
from typing import Protocol

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from api.access.masking import initials
from api.domain.telephones import is_telephone, telephone_shown
from api.pages.layout import layout_of
from api.pages.moments import Moments
from api.pages.unbroken import unbroken
from api.routes.language import label, translations
from matching.language import Language, speech
from matching.times import DENMARK_TIME, today_in_denmark


class Context(Protocol):
    """What a page shows: a frozen dataclass, known to its template as `page`, which names that template."""

    @property
    def template(self) -> str:
        """The file below `templates/`."""


def render(
    request: Request, page: Context, status: int = 200, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """The page as the answer to `request`."""
    layout = layout_of(request)
    language = layout.language
    refused = request.method == "POST" and status >= 400
    template = _templates(language).get_template(page.template)
    html = unbroken(template.render(page=page, layout=layout, refused=refused))
    own = {"Content-Language": str(language), "Vary": "Accept-Language, Cookie"}
    return HTMLResponse(html, status, headers={**own, **(headers or {})})


def by_htmx(request: Request) -> bool:
    """Whether a script of ours asks for part of a page; without scripts, whole pages are asked for."""
    return request.headers.get("hx-request") == "true"


DANISH = Markup(' lang="da"')
"""The attribute that says that a text is in Danish."""


def in_danish(language: Language, text: str) -> str:
    """The attribute of an element that holds what people wrote: they write in Danish, whoever reads it.

    Nothing on a page in Danish, and nothing for no text, as what stands in its place is the page's own.
    """
    return DANISH if text and language is not Language.DANISH else Markup("")


def written(language: Language, text: str) -> str:
    """What people wrote, for the middle of a sentence; not for an attribute, which holds no element."""
    mark = in_danish(language, text)
    return Markup("<span{}>{}</span>").format(mark, text) if mark else text


@cache
def _templates(language: Language) -> Environment:
    loader = PackageLoader("api.pages", "templates")
    templates = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    templates.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    templates.filters.update(telephone=telephone_shown, written=partial(written, language), initials=initials)
    templates.tests["telephone"] = is_telephone
    templates.globals.update(
        said=speech(language),
        in_danish=partial(in_danish, language),
        here=lambda at: at.astimezone(DENMARK_TIME),
        named=cache(partial(label, language)),
        when=Moments(language, translations(language)),
        today=today_in_denmark,
    )
    return templates
