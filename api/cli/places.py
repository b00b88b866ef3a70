"""`places`: better points for centres and employers, from the address service."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from api.casework.addresses import Addresses
from api.casework.municipalities import caller_at, name_of
from api.casework.refining import Placed, Refined, refine, to_refine
from api.cli import options
from api.cli.terminal import console, language_of, say_json, the_store, write
from api.config import read_settings
from api.domain.caller import Caller
from api.routes.language import translator
from api.store import Store
from geo import Refused
from geo.errors import N_
from matching.language import Language

places = typer.Typer(help="Where centres and employers are.", no_args_is_help=True)


@places.command("refine")
def refine_places(
    municipality: options.Municipality,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many houses to look for.")] = 500,
    language: options.Say = None,
    as_json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Ask the address service for the houses of centres and employers known by town or postal district.

    Example: frikortmatch places refine --municipality 0370 --limit 200
    """
    name_of(municipality)
    addresses = Addresses.of(read_settings())
    if not addresses.asks:
        problem = N_("No address service is set, and nobody is asked without one.")
        raise Refused("address_service", problem, N_("Set FRIKORTMATCH_ADDRESS_SERVICE; see REFERENCE.md."))
    spoken, caller = language_of(language), caller_at(municipality)
    with the_store(db) as store:
        waiting = to_refine(store, caller, addresses)
        done = _watched(store, caller, addresses, waiting[:limit], spoken)
    left = len(waiting) - done.found - done.not_found - done.several
    if as_json:
        say_json({**asdict(done), "left": left, "stopped": addresses.paused})
    else:
        _tell(done, left, addresses.paused, spoken)


def _watched(
    store: Store, caller: Caller, addresses: Addresses, records: list[Placed], language: Language
) -> Refined:
    """Refine with a bar on standard error, where somebody looks on."""
    out = Console(stderr=True)
    done = Refined()
    with Progress(console=out, disable=not out.is_terminal, transient=True) as bar:
        task = bar.add_task(translator(language)(N_("Looking for houses")), total=len(records))
        for few in refine(store, caller, addresses, records):
            done += few
            bar.advance(task, few.looked_for)
    return done


def _tell(done: Refined, left: int, stopped: bool, language: Language) -> None:
    _, out = translator(language), console()
    text = N_("{found} of {looked_for} houses were found.")
    write(out, _(text).format(found=done.found, looked_for=done.looked_for), style="bold")
    for text, count in (
        (N_("{count} are not known to the address service."), done.not_found),
        (N_("{count} may be any of several houses."), done.several),
        (N_("{count} were not answered."), done.no_answer),
        (N_("{count} were changed by somebody meanwhile, and left."), done.changed_meanwhile),
        (N_("{count} are left for another time."), left),
    ):
        if count:
            write(out, _(text).format(count=count), indent=2)
    if stopped:
        text = N_("The address service does not answer. What was found is stored; try again later.")
        write(out, _(text))
