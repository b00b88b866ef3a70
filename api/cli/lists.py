"""`shortlist` and `candidates`: the same lists as over HTTP, for reading in a terminal."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from api.casework import rankings
from api.casework.catalogues import Catalogues, Kind
from api.casework.municipalities import caller_of_citizen, caller_of_order
from api.casework.rankings import CandidatesFound, ShortlistFound, Wanted
from api.cli import options
from api.cli.terminal import console, language_of, say_json, the_store
from api.routes.language import Translate, translator
from api.schemas.shortlists import Candidates, Shortlist
from matching import Ledger
from matching.language import Language, Speech, speech
from matching.ranking import Ranking
from matching.sentences import rule_heading
from matching.times import DENMARK_TIME

EXCLUDED_SHOWN = 5
"""How many of those left out are named beneath the counts."""

Naming = Callable[[Ledger], str]
"""What the other side of a pair is called in a list."""


def shortlist(
    citizen_id: Annotated[str, typer.Argument(metavar="CITIZEN_ID")],
    kind: Annotated[Kind, typer.Option("--kind", help="What to suggest.")] = Kind.JOB_ORDERS,
    k: options.K = 10,
    language: options.Say = None,
    as_json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Rank job orders near a citizen's drop-in centre and explain every place.

    Example: frikortmatch shortlist citizen-0370-01 --k 5
    """
    said = language_of(language)
    today = datetime.now(DENMARK_TIME).date()
    with the_store(db) as store:
        with store.unit(read_only=True) as unit:
            caller = caller_of_citizen(unit, citizen_id)
        wanted = Wanted(kind=kind, k=k)
        found = rankings.for_citizen(store, Catalogues(), caller, citizen_id, wanted, today)
    if as_json:
        say_json(Shortlist.of(found, said).model_dump(mode="json"))
    else:
        show_shortlist(found, said, console())


def candidates(
    order_id: Annotated[str, typer.Argument(metavar="ORDER_ID")],
    k: options.K = 10,
    language: options.Say = None,
    as_json: options.Json = False,
    db: options.Db = None,
) -> None:
    """Rank the citizens who are ready for a job order, by the same pair score.

    Example: frikortmatch candidates order-0370-001
    """
    said = language_of(language)
    today = datetime.now(DENMARK_TIME).date()
    with the_store(db) as store:
        with store.unit(read_only=True) as unit:
            caller = caller_of_order(unit, order_id)
        found = rankings.for_order(store, Catalogues(), caller, order_id, k, ranked=True, on=today)
    if as_json:
        say_json(Candidates.of(found, said).model_dump(mode="json"))
    else:
        _show_candidates(found, said, console())


def show_shortlist(result: ShortlistFound, language: Language, out: Console) -> None:
    """A shortlist with its reasons, what to ask first and what was left out."""
    _ = translator(language)
    titles = dict(zip(result.found.ids, result.found.catalogue.titles, strict=True))
    employers = dict(zip(result.found.ids, result.found.catalogue.employer_ids, strict=True))

    def name(ledger: Ledger) -> str:
        employer = result.employer_names.get(employers[ledger.order_id], "")
        return f"{titles[ledger.order_id]} · {employer}" if employer else titles[ledger.order_id]

    heading = _("Shortlist for {citizen}, policy {policy}")
    out.print(heading.format(citizen=result.citizen_id, policy=result.policy), style="bold")
    _show(result.found, name, language, _, out)


def _show_candidates(result: CandidatesFound, language: Language, out: Console) -> None:
    _ = translator(language)
    heading = _("Candidates for {order}, policy {policy}")
    out.print(heading.format(order=result.found.order.title, policy=result.policy), style="bold")

    def name(ledger: Ledger) -> str:
        return f"{result.initials[ledger.citizen_id]} · {ledger.citizen_id}"

    _show(result.found, name, language, _, out)


def _show(found: Ranking, name: Naming, language: Language, _: Translate, out: Console) -> None:
    said = speech(language)
    items = [found.ledger(index, language) for index in found.shown]
    _section(_("On the list"), found.items_total, len(items), _, out)
    for item in items:
        _show_item(item, name(item), said, out)
    asked = [found.ledger(index, language) for index in found.shown_asked]
    _section(_("Ask first"), found.ask_total, len(asked), _, out)
    for item in asked:
        _show_question(item, name(item), said, _, out)
    _show_excluded(found, name, language, _, out)


def _section(title: str, total: int, shown: int, _: Translate, out: Console) -> None:
    count = _("{shown} of {total}").format(shown=shown, total=total) if shown < total else str(total)
    out.print()
    out.print(Text.assemble((title, "bold"), f" ({count})"))


def _show_item(item: Ledger, name: str, said: Speech, out: Console) -> None:
    out.print(Text.assemble(f"{item.rank:>3}. ", (f"{item.points:>3} ", "bold"), name))
    for line in item.parts:
        lost = f"−{said.number(line.lost or 0.0, 1)}"
        label = said.about("part", line.part)
        out.print(Padding(Text(f"{label:<26}{lost:>6}  {line.reason}"), (0, 0, 0, 9)))
    for warned in item.warnings:
        out.print(Padding(Text(f"! {warned.text}", style="yellow"), (0, 0, 0, 9)))


def _show_question(item: Ledger, name: str, said: Speech, _: Translate, out: Console) -> None:
    points = "–" if item.points is None else item.points
    out.print(Text(f"     {points:>3} {name}"))
    for question in item.questions:
        whom = said.label(question.of)
        out.print(Padding(Text(f"? {whom}: {question.text}", style="cyan"), (0, 0, 0, 9)))


def _show_excluded(found: Ranking, name: Naming, language: Language, _: Translate, out: Console) -> None:
    said = speech(language)
    _section(_("Left out, because"), len(found.excluded), min(len(found.excluded), EXCLUDED_SHOWN), _, out)
    for rule, count in found.excluded_counts.items():
        out.print(Text(f"{count:>8}  {rule_heading(rule, said)}"))
    for other in found.excluded[found.key].head(EXCLUDED_SHOWN):
        ledger = found.explain(other, language)
        out.print(Padding(Text(name(ledger)), (0, 0, 0, 5)))
        for line in ledger.stopped_by:
            text = _("{reason}. It would change if: {change}").format(
                reason=line.text, change=line.would_change
            )
            out.print(Padding(Text(text, style="dim"), (0, 0, 0, 9)))
