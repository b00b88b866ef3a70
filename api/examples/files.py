"""The package's own data files, read once and with every name in them known."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from geo import Refused
from geo.errors import N_
from matching.citizens import parse_field
from matching.vocabulary import Answer, Demand, Support, parse_code

Row = Mapping[str, Any]


class Answers(NamedTuple):
    """What is said of demands and supports; what is not said is unknown."""

    demands: dict[Demand, Answer]
    supports: dict[Support, Answer]


@cache
def read_data(name: str) -> Row:
    """The content of `data/NAME.toml`; callers read it, nobody changes it."""
    return tomllib.loads(files("api.examples").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


def known(row: Row, *names: str) -> Row:
    """Answer the row itself; raises `UnknownCode` for a field that is not among `names`."""
    for field in row:
        parse_field(field, names)
    return row


def read_answers(row: Row) -> Answers:
    """The lists `yes` and `no` of a row as answers; raises `Refused` for a code that stands in both."""
    said = {**dict.fromkeys(row.get("yes", ()), Answer.YES), **dict.fromkeys(row.get("no", ()), Answer.NO)}
    if twice := sorted(set(row.get("yes", ())) & set(row.get("no", ()))):
        remedy = N_("Leave it in one of the lists, or out of both when it is not known.")
        raise Refused("yes", N_("{value} is answered both yes and no."), remedy, value=", ".join(twice))
    demands, supports = _apart(said)
    return Answers(
        {parse_code(Demand, "demands", code): said[code] for code in demands},
        {parse_code(Support, "supports", code): said[code] for code in supports},
    )


def _apart(codes: Iterable[str]) -> tuple[list[str], list[str]]:
    """Demands, and supports; a code that is neither is left among the demands, to be refused there."""
    supports = [code for code in codes if code in set(Support)]
    return [code for code in codes if code not in supports], supports
