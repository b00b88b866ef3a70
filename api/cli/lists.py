"""`shortlist` and `candidates`: the same lists as over HTTP, for reading in a terminal."""

from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from api.casework import rankings
from api.casework.catalogues import Catalogues
from api.casework.clocks import Clock
from api.casework.municipalities import caller_of_citizen, caller_of_order
from api.casework.rankings import CandidatesFound, ShortlistFound, Wanted
from api.casework.supply import Kind
from api.cli import options
from api.cli.terminal import console, language_of, say_json, the_store, write
from api.routes.language import Translate, translator
from api.schemas.candidates import Candidates
from api.schemas.shortlists import Shortlist
from matching import Ledger
from matching.language import Language, Speech, speech
from matching.lists import Ranking
from matching.sentences import rule_heading
from matching.standing import Group
from matching.times import DENMARK_TIME, today_in_denmark

EXCLUDED_SHOWN = 5
"""How many of those left out are named beneath the counts."""

UNDER, LABELS = 9, 26
"""How far what is said of a pair is indented under its name, and the room for the name of a part."""

Naming = Callable[[Ledger], str]
"""What the other side of a pair is called in a list."""

Telling = Callable[[Ledger], list[str]]
"""What is told beneath the name, before anything else."""


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
    today = today_in_denmark()
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
    today = today_in_denmark()
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
    catalogue = result.found.catalogue

    def name(ledger: Ledger) -> str:
        row = catalogue.row(ledger.order_id)
        employer = result.employer_names.get(catalogue.employer_ids[row], "")
        said = " · ".join(filter(None, (catalogue.titles[row], employer)))
        return f"{said} ({ledger.order_id})"

    def told(ledger: Ledger) -> list[str]:
        prospect = result.prospects.get(ledger.order_id)
        if prospect is None:
            return []
        asks = ", ".join(prospect.ask_for(result.found.citizen, language))
        asking = [_("ask for: {asks}").format(asks=asks)] if asks else []
        return [*asking, prospect.because(language)]

    heading = _("Shortlist for {citizen}, policy {policy}")
    write(out, heading.format(citizen=result.citizen_id, policy=result.policy), style="bold")
    _show(result.found, name, language, _, out, told)
    if result.kind is Kind.EMPLOYERS and result.silent_employers:
        text = _("{count} are not suggested for first contact: protected from advertising, or not known.")
        out.print()
        write(out, text.format(count=result.silent_employers))
    if result.resting:
        text = _(
            "{count} rest: contacted lately, or until a day they have given. The first is free from {day}."
        )
        out.print()
        write(
            out,
            text.format(count=len(result.resting), day=speech(language).day(min(result.resting.values()))),
        )


def _show_candidates(result: CandidatesFound, language: Language, out: Console) -> None:
    _ = translator(language)
    heading = _("Candidates for {order}, policy {policy}")
    write(out, heading.format(order=result.found.order.title, policy=result.policy), style="bold")
    write(out, _deadline(result.clock, language))

    def name(ledger: Ledger) -> str:
        return f"{result.initials[ledger.citizen_id]} · {ledger.citizen_id}"

    _show(result.found, name, language, _, out)


def _deadline(clock: Clock, language: Language) -> str:
    _ = translator(language)
    if clock.contact_by is None:
        return _("The contact clock stands still.")
    day = speech(language).day(clock.contact_by.astimezone(DENMARK_TIME).date())
    return _("Contact deadline: {day}").format(day=day)


def _nothing_more(ledger: Ledger) -> list[str]:
    return []


def _show(
    found: Ranking,
    name: Naming,
    language: Language,
    _: Translate,
    out: Console,
    told: Telling = _nothing_more,
) -> None:
    said = speech(language)
    items = [found.ledger(index, language) for index in found.shown()]
    _section(_("On the list"), found.items_total, len(items), _, out)
    for item in items:
        _show_item(item, name(item), told(item), said, out)
    asked = [found.ledger(index, language) for index in found.shown(Group.ASKED)]
    _section(_("Ask first, points if the answers suit"), found.ask_total, len(asked), _, out)
    for item in asked:
        _show_question(item, name(item), told(item), said, _, out)
    _show_excluded(found, name, language, _, out)


def _section(title: str, total: int, shown: int, _: Translate, out: Console) -> None:
    count = _("{shown} of {total}").format(shown=shown, total=total) if shown < total else str(total)
    out.print()
    out.print(Text.assemble((title, "bold"), f" ({count})"))


def _show_item(item: Ledger, name: str, told: list[str], said: Speech, out: Console) -> None:
    write(out, f"{item.rank:>3}. {item.points:>3} {name}", style="bold", hanging=UNDER)
    for text in told:
        write(out, text, indent=UNDER, hanging=2)
    for line in item.parts:
        # rounded first: next to nothing lost is nothing lost, not "−0,0"
        lost = round(line.lost or 0.0, 1)
        figure = ("−" if lost else "") + said.number(lost, 1)
        label = said.about("part", line.part)
        write(out, f"{label:<{LABELS}}{figure:>6}  {line.reason}", indent=UNDER, hanging=LABELS + 8)
    for warned in item.warnings:
        write(out, f"! {warned.text}", indent=UNDER, hanging=2, style="yellow")


def _show_question(
    item: Ledger, name: str, told: list[str], said: Speech, _: Translate, out: Console
) -> None:
    points = "–" if item.points is None else item.points
    write(out, f"{points:>3} {name}", indent=5, hanging=4)
    for text in told:
        write(out, text, indent=UNDER, hanging=2)
    for question in item.questions:
        write(out, f"? {said.label(question.of)}: {question.text}", indent=UNDER, hanging=2, style="cyan")


def _show_excluded(found: Ranking, name: Naming, language: Language, _: Translate, out: Console) -> None:
    said = speech(language)
    stopped = found.shown(Group.EXCLUDED)[:EXCLUDED_SHOWN]
    _section(_("Left out, because"), found.excluded_total, len(stopped), _, out)
    for rule, count in found.excluded_counts.items():
        write(out, f"{count:>8}  {rule_heading(rule, said)}", hanging=10)
    for ledger in (found.ledger(index, language) for index in stopped):
        write(out, name(ledger), indent=5, hanging=4)
        for line in ledger.stopped_by:
            write(out, line.text, indent=UNDER, hanging=2)
        for change in ledger.would_change:
            write(out, change, indent=UNDER + 2, hanging=2, style="dim")
