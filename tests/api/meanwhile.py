"""What somebody else does between two steps of a request."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest


def after(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, then: Callable[[], object]) -> None:
    """Something happens once, just after a function of a module has answered."""
    real, once = getattr(module, name), [then]

    def stand_in(*args: Any, **named: Any) -> Any:
        answer = real(*args, **named)
        if once:
            once.pop()()
        return answer

    monkeypatch.setattr(module, name, stand_in)
