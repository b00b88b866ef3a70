"""`policy diff`: whose place would move if another policy counted."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from api.casework.catalogues import Catalogues
from api.casework.municipalities import caller_at, name_of
from api.casework.policies import PoliciesCompared, compare
from api.cli import options
from api.cli.terminal import console, language_of, say_json, the_store, write
from api.cli.texts import read_policy
from api.routes.language import Translate, translator
from api.store import municipalities
from api.store.errors import Missing
from matching import Citizen, Policy
from matching.language import Speech, speech
from matching.list_diff import Move
from matching.times import today_in_denmark

SHIPPED = "default"
"""The word for the policy that is shipped, in place of a file."""
MOVES_SHOWN = 10
"""How many of the largest moves are named."""

Named = Annotated[str, typer.Argument(metavar="FILE.toml|default", show_default=False)]


def diff(
    old: Named,
    new: Named,
    municipality: options.Municipality,
    k: options.K = 20,
    language: options.Say = None,
    as_json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Show whose place would move under another policy, over all citizens who are ready.

    Example: frikortmatch policy diff default policy.toml --municipality 0370
    """
    said = language_of(language)
    policies = _named(old), _named(new)
    _ = translator(said)

    def followed(people: Sequence[Citizen]) -> Iterable[Citizen]:
        out = Console(stderr=True)
        text = _("Ranking under both policies")
        return track(people, text, console=out, transient=True, disable=as_json or not out.is_terminal)

    today = today_in_denmark()
    name_of(municipality)
    with the_store(db) as store:
        with store.unit(read_only=True) as unit:
            if municipalities.find(unit, municipality) is None:
                raise Missing("municipality", municipality)
        found = compare(store, Catalogues(), caller_at(municipality), *policies, k, today, followed)
    if as_json:
        say_json(_as_json(found))
    else:
        _show(found, _, speech(said), console())


def _named(name: str) -> Policy:
    return Policy.default() if name == SHIPPED else read_policy(Path(name))


def _as_json(found: PoliciesCompared) -> dict[str, object]:
    told, moves = found.diff, found.diff.largest_moves(MOVES_SHOWN)
    return {
        "old": told.old,
        "new": told.new,
        "k": told.k,
        "citizens": told.citizens,
        "without_place": found.without_place,
        "lists_changed": len(told.changed),
        "entering": told.entering,
        "leaving": told.leaving,
        "numbers": [asdict(number) for number in told.numbers],
        "largest_moves": [asdict(move) for move in moves],
        "lists": [
            {**asdict(change), "initials": found.initials[change.citizen_id]} for change in told.changed
        ],
    }


def _show(found: PoliciesCompared, _: Translate, said: Speech, out: Console) -> None:
    told = found.diff
    heading = _("Policy {old} against {new}")
    write(out, heading.format(old=told.old, new=told.new), style="bold")
    lines = _(
        "{changed} of {citizens} lists change among the first {k}; {entering} pairs enter, {leaving} leave."
    )
    counts = {"entering": told.entering, "leaving": told.leaving, "k": told.k, "citizens": told.citizens}
    write(out, lines.format(changed=len(told.changed), **counts))
    if found.without_place:
        missing = _("{count} citizens have no known place to start from and are not counted.")
        write(out, missing.format(count=found.without_place))
    _show_numbers(found, _, said, out)
    moves = told.largest_moves(MOVES_SHOWN)
    if moves:
        out.print()
        write(out, _("Largest moves"), style="bold")
    for move in moves:
        write(out, _moved(move, found, _), indent=2, hanging=2)


def _show_numbers(found: PoliciesCompared, _: Translate, said: Speech, out: Console) -> None:
    out.print()
    if not found.diff.numbers:
        write(out, _("The numbers are the same."))
        return
    write(out, _("Numbers that differ"), style="bold")
    for number in found.diff.numbers:
        write(out, f"{number.name}: {said.brief(number.old)} → {said.brief(number.new)}", indent=2)
        sources = [_("becomes: {source}").format(source=number.new_source)]
        if number.new_source != number.old_source:
            sources.insert(0, _("was: {source}").format(source=number.old_source))
        for source in sources:
            write(out, source, indent=4, hanging=2, style="dim")


def _moved(move: Move, found: PoliciesCompared, _: Translate) -> str:
    outside = _("not among the first {k}").format(k=found.diff.k)
    was, becomes = (rank if rank else outside for rank in (move.old_rank, move.new_rank))
    citizen = f"{found.initials[move.citizen_id]} · {move.citizen_id}"
    order = f"{found.titles[move.order_id]} ({move.order_id})"
    return f"{citizen}: {order}: {was} → {becomes}"
