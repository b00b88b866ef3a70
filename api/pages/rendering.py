"""Templates to HTML: one typed context a page, in the reader's language, and no undefined word."""

from functools import cache
from typing import Protocol

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from api.routes.language import language_of, translations
from matching.language import Language


class Context(Protocol):
    """What a page shows: a frozen dataclass, known to its template as `page`, which names that template."""

    @property
    def template(self) -> str:
        """The file below `templates/`."""


def render(request: Request, page: Context, status: int = 200) -> HTMLResponse:
    """The page as the answer to `request`."""
    language = language_of(request.scope)
    html = _templates(language).get_template(page.template).render(page=page, language=str(language))
    headers = {"Content-Language": str(language), "Vary": "Accept-Language"}
    return HTMLResponse(html, status, headers=headers)


@cache
def _templates(language: Language) -> Environment:
    loader = PackageLoader("api.pages", "templates")
    templates = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.i18n"]
    )
    templates.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    return templates
