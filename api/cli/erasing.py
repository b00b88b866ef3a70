"""`erase`: a citizen who is not to be here any more."""

from typing import Annotated

import typer

from api.casework.erasure import erase as erase_citizen
from api.casework.municipalities import caller_of_citizen
from api.cli import options
from api.cli.terminal import console, language_of, the_store, write
from api.routes.language import translator
from geo.errors import N_


def erase(
    citizen_id: Annotated[str, typer.Argument(metavar="CITIZEN_ID")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    language: options.Say = None,
    db: options.Db = None,
) -> None:
    """Erase a citizen for good; there is no way back.

    What is only about them goes, every version included; contacts with employers stay, without whom and what
    was said. The log keeps that it was done. Backups are not reached: erase again after restoring one.

    Example: frikortmatch erase citizen-0370-01
    """
    said = translator(language_of(language))
    if not yes:
        question = N_("Erase {citizen} and everything that is only about them? There is no way back.")
        typer.confirm(said(question).format(citizen=citizen_id), abort=True)
    with the_store(db) as store, store.unit() as unit:
        erase_citizen(unit, caller_of_citizen(unit, citizen_id), citizen_id)
        unit.commit()
    write(console(), said(N_("{citizen} is erased.")).format(citizen=citizen_id))
