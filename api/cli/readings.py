"""`readings`: what consultants made of the readings of task texts, to teach and measure the next version."""

from pathlib import Path
from typing import Annotated

import typer

from api.casework.municipalities import caller_at, name_of
from api.casework.readings import labelled_texts
from api.cli import options
from api.cli.paths import promised
from api.cli.terminal import the_store
from matching.reading.corrections import written

readings = typer.Typer(help="What consultants made of readings.", no_args_is_help=True)


@readings.command("export")
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl")],
    municipality: options.Municipality,
    language: options.Say = None,
    db: options.Db = None,
) -> None:
    """Write the texts that consultants confirmed or corrected, without persons and places, a line each.

    Names that are written small are not found: read the file before it leaves the house.

    Example: frikortmatch readings export corrections.jsonl --municipality 0370
    """
    name_of(municipality)
    with promised(file) as out:
        with the_store(db) as store, store.unit() as unit:
            texts = labelled_texts(unit, caller_at(municipality))
            unit.commit()
        out.write(written(texts).encode())
    typer.echo(len(texts))
