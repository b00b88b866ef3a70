from dataclasses import dataclass
from typing import Any

import pytest
from markupsafe import Markup

from tests.api.service import Service, peopled, routes, service, settings

__all__ = ["Reader", "peopled", "reader", "routes", "service", "settings"]


@pytest.fixture(autouse=True)
def words_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """What keeps a date on one line, and names a language, has its own test; elsewhere words are read."""
    monkeypatch.setattr("api.pages.rendering.unbroken", str)
    monkeypatch.setattr("api.pages.rendering.DANISH", Markup(""))


@dataclass
class Reader:
    """Somebody who reads pages of the service; Næstved's consultant unless another is named."""

    service: Service
    who: str = "consultant"

    def get(self, path: str, **headers: str) -> Any:
        return self._ask("GET", path, headers)

    def send(self, path: str, form: dict[str, Any], **headers: str) -> Any:
        return self._ask("POST", path, headers, data=form)

    def _ask(self, method: str, path: str, headers: dict[str, str], **sent: Any) -> Any:
        told = {"Accept": "text/html", "Authorization": f"Bearer {self.service.tokens[self.who]}"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.service.client.request(method, path, headers={**told, **named}, **sent)


@pytest.fixture
def reader(service: Service) -> Reader:
    return Reader(service)
