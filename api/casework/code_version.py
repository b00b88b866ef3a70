"""Which version of the code answers: named in the audit row of a list, so that it can be replayed."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def code_version() -> str:
    """The version of the installed package; "source" when it runs without having been installed."""
    try:
        return version("frikortmatch")
    except PackageNotFoundError:
        return "source"
