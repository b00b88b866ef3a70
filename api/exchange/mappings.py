"""A mapping file: which header of a file stands for which field of ours, in TOML.

    name = "Kundenavn"
    cvr = "Org. nummer"

Left our field name, right the header as it stands in the file. Answers are named with their group:
`demands.machines = "Maskiner"`.
"""

import tomllib
from collections.abc import Iterator

from geo import Refused
from geo.errors import N_

_LONGEST_LINE = 1_000
"""Characters: a name with thousands of dots in it costs the reader of TOML seconds and hundreds of MB."""


def read_mapping(data: bytes, name: str) -> dict[str, str]:
    """Field to header; whether both exist is told when a table is read with it. Raises `Refused`."""
    try:
        said = tomllib.loads(_of_short_lines(data.decode("utf-8-sig")))
    except (ValueError, RecursionError) as broken:
        problem = N_("{name!r} is not a mapping file: {detail}.")
        remedy = N_('Write one line per field: name = "the header in the file".')
        raise Refused("mapping", problem, remedy, name=name, detail=str(broken)[:200], value=name) from None
    flat: dict[str, str] = {}
    for field, header in _flat(said):
        if not isinstance(header, str) or not header.strip():
            problem = N_("{ours!r} is not mapped to a header.")
            remedy = N_('Write one line per field: name = "the header in the file".')
            raise Refused("mapping", problem, remedy, ours=field, value=header)
        flat[field] = header
    return flat


def _of_short_lines(text: str) -> str:
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > _LONGEST_LINE:
            raise ValueError(f"line {number} is longer than {_LONGEST_LINE} characters")
    return text


def _flat(said: dict[str, object]) -> Iterator[tuple[str, object]]:
    for field, header in said.items():
        if isinstance(header, dict):
            yield from ((f"{field}.{code}", title) for code, title in header.items())
        else:
            yield field, header
