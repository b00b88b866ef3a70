"""Options that several commands take, each written once."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.terminal import spoken
from matching.language import Language

Db = Annotated[
    str | None,
    typer.Option(
        "--db",
        envvar="FRIKORTMATCH_DB",
        metavar="URL",
        help="The database.",
        show_default="sqlite:///frikortmatch.db",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]


def _remembered(asked: Language | None) -> Language | None:
    spoken.set(asked)
    return asked


Say = Annotated[
    Language | None,
    typer.Option(
        "--language", help="Danish or English.", show_default="da", callback=_remembered, is_eager=True
    ),
]
Municipality = Annotated[
    str, typer.Option("--municipality", metavar="CODE", help="Four digits, such as 0370.")
]
K = Annotated[int, typer.Option("--k", min=0, max=1000, help="How many to show.")]
Sheet = Annotated[
    str | None, typer.Option("--sheet", help="The sheet of a workbook; the first with data otherwise.")
]
Mapping = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help='TOML: our field = "their header", for other headers.'),
]
