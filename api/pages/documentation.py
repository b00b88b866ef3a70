"""`/docs`: the description of the service, readable without an outside host and under a closed-down CSP.

The viewer (swagger-ui-dist) is shipped as files, named with version, licence and hashes in
`static/vendor/swagger-ui/manifest.json`.
"""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.pages.rendering import render

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class DocumentationPage:
    """The frame that the viewer fills."""

    template: str = "documentation.html"


@router.get("/docs")
def documentation(request: Request) -> HTMLResponse:
    """The page for reading the description."""
    return render(request, DocumentationPage())
