"""Lists of the municipality's own, its centres and its citizens, from their bytes to the store.

What a list of citizens held is not quoted in what is kept of the run: of a row that was refused, nothing
stays here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from api.access import audit
from api.casework.assignments import assignable
from api.casework.municipalities import taken_on
from api.casework.own_lists import ToldCentre, ToldCitizen, take_in_centres, take_in_citizens
from api.domain.accounts import UserRecord
from api.domain.caller import Caller
from api.domain.imports import ImportKind
from api.domain.plausible_days import require_waiting_since
from api.domain.records import AnchorRecord, Centre, CitizenRecord
from api.domain.working_days import day_of
from api.exchange.centres import NAME, read_centres
from api.exchange.citizens import CENTRE, CONSULTANT, NamedCitizen, read_citizens
from api.exchange.files import read_table
from api.exchange.importing import Asked, File, Imported, LookingUp, answers_of, settled
from api.exchange.reports import Draft, Reading, RefusedCell
from api.store import Store, Unit, centres
from geo import Refused
from geo.address_service import AnsweredGeocoder
from geo.errors import N_, nearest
from geo.names import fold


def import_centres(
    store: Store, caller: Caller, file: File, asked: Asked, looking_up: LookingUp | None = None
) -> Imported[ToldCentre]:
    """Take in a list of centres; raises `Refused` when the file or its columns cannot be read.

    With `looking_up`, houses of drop-in centres are asked for before anything is written, never those of
    supported housing.
    """
    table = read_table(file.data, file.name, sheet=file.sheet)
    told = read_centres(table, municipality=caller.municipality, mapping=file.mapping)
    records = [draft.record.centre for draft in told.drafts]
    if looking_up and (answers := answers_of(store, caller, asked, looking_up, records)):
        geocoder = AnsweredGeocoder(answers)
        told = read_centres(table, municipality=caller.municipality, mapping=file.mapping, geocoder=geocoder)
    with store.unit() as unit:
        taken_on(unit, caller.municipality)
        reading = centres_told_apart(unit, caller, told)
        counts = take_in_centres(unit, caller, [draft.record for draft in reading.drafts])
        return settled(unit, caller, ImportKind.CENTRES, file, asked, reading, counts)


def import_citizens(store: Store, caller: Caller, file: File, asked: Asked) -> Imported[ToldCitizen]:
    """Take in a list of citizens, each at a centre that is known; raises as `import_centres` does.

    That somebody has asked which of them are known is written down, whatever becomes of the file.
    """
    told = read_citizens(read_table(file.data, file.name, sheet=file.sheet), mapping=file.mapping)
    with store.unit() as unit:
        taken_on(unit, caller.municipality)
        reading = citizens_at_home(unit, caller, told)
        counts = take_in_citizens(unit, caller, [draft.record for draft in reading.drafts])
        done = settled(unit, caller, ImportKind.CITIZENS, file, asked, reading, counts, quoting=False)
    if not done.stored:
        with store.unit() as unit:
            taken_on(unit, caller.municipality)
            audit.record(unit, caller, "citizens_searched", details={"found": counts.unchanged})
            unit.commit()
    return done


def centres_told_apart(unit: Unit, caller: Caller, told: Reading[ToldCentre]) -> Reading[ToldCentre]:
    """The centres of a list; a row whose name several known centres have is refused."""
    several = _several(centres.all_of(unit, caller.municipality))
    named = [(draft.row, draft.record.centre.name) for draft in told.drafts]
    title = told.titles.get(NAME.name, NAME.name)
    return told.refusing(
        RefusedCell(row, title, name, _ambiguous(NAME.name, name))
        for row, name in named
        if fold(name) in several
    )


def citizens_at_home(unit: Unit, caller: Caller, told: Reading[NamedCitizen]) -> Reading[ToldCitizen]:
    """The citizens with their centres and consultants; a row with one that is not known is refused."""
    homes = _Homes(unit, caller)
    unknown = [
        RefusedCell(draft.row, told.titles.get(fault.field, fault.field), str(fault.facts["value"]), fault)
        for draft in (*told.drafts, *told.set_aside)
        for fault in homes.faults(draft.record)
    ]
    lost = {cell.row for cell in unknown}
    known = [draft for draft in told.drafts if draft.row not in lost]
    return told.turned([Draft(draft.row, homes.told(draft.record)) for draft in known], unknown)


class _Homes:
    """The centres of a municipality and those who work with its citizens, by name."""

    def __init__(self, unit: Unit, caller: Caller) -> None:
        """As they are known to the unit."""
        self._municipality, self._today = caller.municipality, day_of(unit.at)
        known = centres.all_of(unit, caller.municipality)
        self._centres = {fold(one.name): one for one in known}
        self._several = _several(known)
        self._users = _by_name(assignable(unit, caller))

    def faults(self, row: NamedCitizen) -> Iterator[Refused]:
        """Why a row cannot be taken: its centre or its consultant is not known, or a day cannot be meant."""
        for find, name in ((self._centre, row.centre), (self._user, row.consultant)):
            try:
                # a row without a centre was refused for that
                if name:
                    find(name)
            except Refused as reason:
                yield reason
        try:
            require_waiting_since(row.waiting_since, self._today)
        except Refused as reason:
            yield reason

    def told(self, row: NamedCitizen) -> ToldCitizen:
        """The citizen of a row in which nothing is at fault."""
        centre = self._centre(row.centre)
        record = CitizenRecord(
            id="",
            municipality=self._municipality,
            name=row.name,
            anchors=(AnchorRecord(kind=centre.kind, centre_id=centre.id),),
            needs=row.needs,
            waiting_since=row.waiting_since,
        )
        user = self._user(row.consultant)
        if user is None:
            return ToldCitizen(record=record, centre=centre.name)
        return ToldCitizen(record=record, user_id=user.id, centre=centre.name, consultant=user.called)

    def _centre(self, name: str) -> Centre:
        if fold(name) in self._several:
            raise _ambiguous(CENTRE.name, name)
        found = self._centres.get(fold(name))
        if found is None:
            near = nearest(name, [one.name for one in self._centres.values()])
            remedy = N_("Did you mean {near!r}? Otherwise write it down under drop-in centres first.")
            otherwise = N_("Write it down under drop-in centres first, or take in a list of them.")
            problem = N_("There is no drop-in centre named {value!r}.")
            raise Refused(CENTRE.name, problem, remedy if near else otherwise, value=name, near=near)
        if found.closed_on(self._today):
            problem = N_("{value!r} is closed from {day} on.")
            remedy = N_("Write the name of the centre where the citizen comes now.")
            raise Refused(CENTRE.name, problem, remedy, value=name, day=found.closed_from)
        return found

    def _user(self, name: str) -> UserRecord | None:
        if not name:
            return None
        found = self._users.get(name.casefold())
        if found is None:
            problem = N_("There is nobody {value!r} who works with citizens here.")
            remedy = N_("Write the name that your colleague signs in with, or leave it blank.")
            raise Refused(CONSULTANT.name, problem, remedy, value=name)
        return found


def _by_name(people: Sequence[UserRecord]) -> Mapping[str, UserRecord]:
    """Colleagues by the name they sign in with, and by their own where no other has it."""
    own = Counter(user.name.casefold() for user in people)
    called = {user.name.casefold(): user for user in people if own[user.name.casefold()] == 1}
    return called | {user.username.casefold(): user for user in people}


def _several(known: Iterable[Centre]) -> set[str]:
    """The names that more than one centre has."""
    names = Counter(fold(one.name) for one in known)
    return {name for name, times in names.items() if times > 1}


def _ambiguous(field: str, name: str) -> Refused:
    problem = N_("There are several centres named {value!r}.")
    return Refused(field, problem, N_("Give each a name of its own first."), value=name)
