"""A call that is half taken down: what stands in its form, until it is registered or a day has passed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

KEPT_FOR = timedelta(hours=24)
"""How long a call that was broken off waits, from its first word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDraft:
    """What was typed of a call since `since`; `form` tells one form from the next.

    `kept` says that it was put aside on purpose. `fields` is empty of a call that was written down: what a
    browser sends late of the same form is not taken for a new one.
    """

    form: str
    fields: Mapping[str, str]
    since: datetime
    kept: bool = False
