"""What a reader chooses for this browser: the language, and whether single keys are shortcuts."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.pages.layout import SHORTCUTS
from api.pages.rendering import render
from api.pages.sign_in import local
from api.routes.bodies import StrictRoute
from api.routes.guards import session_caller
from api.routes.language import COOKIE
from matching.language import Language

router = APIRouter(include_in_schema=False, route_class=StrictRoute)
KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class KeyboardPage:
    """Which keys do what, and the switch."""

    template: str = "keyboard.html"


@router.get("/keyboard")
def keyboard(request: Request) -> HTMLResponse:
    """The keys, each with what it does."""
    session_caller(request)
    return render(request, KeyboardPage())


@router.post("/keyboard")
def switch_shortcuts(request: Request, shortcuts: Annotated[str, Form(max_length=3)] = "off") -> Response:
    """Switch single-key shortcuts on or off (WCAG 2.1.4)."""
    answer = RedirectResponse("/keyboard", 303)
    _keep(request, answer, SHORTCUTS, "on" if shortcuts == "on" else "off")
    return answer


@router.post("/language")
def choose_language(
    request: Request,
    language: Annotated[Language, Form()],
    next: Annotated[str, Form(max_length=1000)] = "/",
) -> Response:
    """Speak another language from now on, and show the page again."""
    answer = RedirectResponse(local(next), 303)
    _keep(request, answer, COOKIE, str(language))
    return answer


def _keep(request: Request, answer: Response, name: str, value: str) -> None:
    secure = request.url.scheme == "https"
    seconds = int(KEPT.total_seconds())
    answer.set_cookie(name, value, seconds, path="/", secure=secure, httponly=True, samesite="lax")
