"""The files that a page asks for: those of `static/` as they are, and one style sheet joined from `styles/`.

A file for each subject is how people read the rules, and one for them all is how browsers fetch them best.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

HERE = Path(__file__).parent
STYLES = (
    "ground",
    "frame",
    "controls",
    "told",
    "surroundings",
    "forms",
    "lists",
    "rows",
    "map",
    "call_sheet",
    "outcomes",
    "today",
    "cafe",
    "intake",
    "job_orders",
    "imports",
    "employers",
    "first_calls",
)
"""The files of `styles/`, in the order in which one wins over those before it."""
SHEET = "pages.css"


@cache
def style_sheet() -> str:
    """The rules of all pages; the files they name are told from where the sheet itself is served."""
    return "\n".join((HERE / "styles" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)


class Assets(StaticFiles):
    """What is served below `/static`; whoever has the present state already is answered 304."""

    def __init__(self) -> None:
        """Serves what was installed; raises `OSError` when a file of the sheet is missing."""
        super().__init__(directory=HERE / "static")
        self.tag = f'"{sha256(style_sheet().encode()).hexdigest()[:32]}"'

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The style sheet, or else the file at `path`; 404 without one."""
        if path != SHEET or scope["method"] not in {"GET", "HEAD"}:
            return await super().get_response(path, scope)
        sheet = Response(style_sheet(), media_type="text/css", headers={"ETag": self.tag})
        if self.is_not_modified(sheet.headers, Headers(scope=scope)):
            return NotModifiedResponse(sheet.headers)
        return sheet
