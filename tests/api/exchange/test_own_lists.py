"""Lists of centres and of citizens, from a file to the store."""

import json
from dataclasses import replace
from datetime import date

import pytest

from api.casework import centres as desk
from api.config import Settings
from api.domain.caller import Caller, Channel, Role
from api.domain.imports import ImportKind
from api.exchange.importing import Asked, File
from api.exchange.own_lists import import_centres, import_citizens
from api.store import assignments, centres, citizens, imports, users
from api.store import audit as log
from geo import Mode, Refused
from matching.vocabulary import AnchorKind, Answer
from tests.api.makers import make_centre

CENTRES = [
    ("Værested", "Type", "Adresse", "Postnr", "By", "Telefon"),
    ("Havnen", "værested", "Eksempelvej 4", "4700", "Næstved", "55 77 12 12"),
    ("Skovbo", "bosted", "", "4684", "Holmegaard", ""),
]
HEADER = (
    "Borger",
    "Værested",
    "Konsulent",
    "Transport",
    "Gerne",
    "Kan ikke",
    "Skal undgå",
    "Behøver",
    "Har ikke",
)
B17 = (
    "B-17",
    "havnen",
    "bodil",
    "cykel",
    "Grønt arbejde, Kontor, post og it",
    "machine_work",
    "maskiner",
    "",
    "",
)
B18 = ("B-18", "Skovbo", "", "", "", "", "", "kontaktperson", "kørekort")


@pytest.fixture
def settings(one_settings: Settings) -> Settings:
    return one_settings


@pytest.fixture
def boss(naestved: Caller) -> Caller:
    return replace(naestved, role=Role.COORDINATOR)


@pytest.fixture
def file(csv_file):
    return lambda rows: File(data=csv_file(rows), name="liste.csv")


@pytest.fixture
def at_home(store, boss, file):
    """The centres of the list are known."""
    assert import_centres(store, boss, file(CENTRES), Asked()).stored


def taken(done):
    return done.stored, done.counts.added, done.counts.changed, done.counts.unchanged


def said(done):
    return [(cell.row, cell.column, cell.reason.said()) for cell in done.reading.refused]


def known_centres(store, caller):
    with store.unit(read_only=True) as unit:
        return {centre.name: centre for centre in centres.all_of(unit, caller.municipality)}


def known_citizens(store, caller):
    with store.unit(read_only=True) as unit:
        ids = citizens.names(unit, caller)
        return {record.name: record for record in citizens.some(unit, caller, ids).values()}


def test_centres_are_added_and_the_second_time_nothing_changes(store, boss, file):
    assert taken(import_centres(store, boss, file(CENTRES), Asked())) == (True, 2, 0, 0)
    kept = known_centres(store, boss)
    assert (kept["Havnen"].phone, kept["Skovbo"].kind) == ("55 77 12 12", AnchorKind.SUPPORTED_HOUSING)
    assert all(centre.place.point for centre in kept.values())
    assert taken(import_centres(store, boss, file(CENTRES), Asked())) == (True, 0, 0, 2)


def test_a_row_outside_the_municipality_is_taken_in_and_remarked_on(store, boss, file):
    away = ("Åen", "værested", "Torvet 1", "7100", "Vejle", "")
    done = import_centres(store, boss, file([*CENTRES, away]), Asked())
    assert taken(done) == (True, 3, 0, 0)
    told = [(note.row, note.column, note.said()) for note in done.reading.notes if "outside" in note.said()]
    assert told == [
        (4, "Postnr", "The place lies in Vejle / Hedensted, outside the municipality, as far as is known.")
    ]


def test_a_list_corrects_a_centre_and_a_blank_cell_leaves_what_is_known(store, boss, file, at_home):
    rows = [CENTRES[0], ("HAVNEN", "", "", "", "", "11 22 33 44"), CENTRES[2]]
    assert taken(import_centres(store, boss, file(rows), Asked())) == (True, 0, 1, 1)
    havnen = known_centres(store, boss)["Havnen"]
    assert (havnen.phone, havnen.place.street, havnen.version) == ("11 22 33 44", "Eksempelvej", 2)


def test_rows_of_centres_are_refused_by_row_and_column_and_nothing_is_stored(store, boss, file):
    rows = [
        *CENTRES,
        ("", "", "", "", "", ""),
        ("Fort", "slot", "", "", "", ""),
        ("havnen", "", "", "", "", ""),
    ]
    done = import_centres(store, boss, file(rows), Asked())
    assert not done.stored
    assert [(row, column) for row, column, _ in said(done)] == [(5, "Type"), (6, "Værested")]
    assert known_centres(store, boss) == {}
    left = import_centres(store, boss, file(rows), Asked(skip_refused=True))
    assert taken(left) == (True, 2, 0, 0)


def test_a_name_that_two_known_centres_have_is_refused(store, boss, file, at_home):
    with store.unit() as unit:
        centres.add(unit, boss, make_centre(boss, name="Havnen"))
        unit.commit()
    done = import_centres(store, boss, file(CENTRES), Asked())
    assert "several centres" in said(done)[0][2]
    assert "several centres" in said(import_citizens(store, boss, file([HEADER, B17]), Asked()))[0][2]


def test_a_citizen_is_put_to_no_centre_that_has_closed(store, boss, file, at_home):
    with store.unit() as unit:
        havnen = next(one for one in centres.all_of(unit, boss.municipality) if one.name == "Havnen")
        desk.close(unit, boss, havnen.id, date(2026, 11, 2), None)
        unit.commit()
    done = import_citizens(store, boss, file([HEADER, B17, B18]), Asked(skip_refused=True))
    assert [(row, column) for row, column, _ in said(done)] == [(2, "Værested")]
    assert "is closed from 2026-11-02 on" in said(done)[0][2]
    assert list(known_citizens(store, boss)) == ["B-18"]


def test_citizens_come_with_what_was_said_and_become_their_consultants_work(
    store, boss, naestved, file, at_home
):
    assert taken(import_citizens(store, boss, file([HEADER, B17, B18]), Asked())) == (True, 2, 0, 0)
    kept, homes = known_citizens(store, boss), known_centres(store, boss)
    first, second = kept["B-17"], kept["B-18"]
    assert first.needs.attitudes == {"green": "gladly", "office": "gladly", "machine_work": "cannot"}
    assert (first.needs.mode, first.needs.avoids) == (Mode.BICYCLE, {"machines"})
    assert first.anchors[0].centre_id == homes["Havnen"].id
    assert (second.anchors[0].kind, second.needs.needs) == (AnchorKind.SUPPORTED_HOUSING, {"contact_person"})
    assert second.needs.abilities == {"driving_licence": Answer.NO}
    with store.unit(read_only=True) as unit:
        assert assignments.of_citizen(unit, boss, first.id) == (naestved.user_id,)
        assert assignments.of_citizen(unit, boss, second.id) == ()
        rows = [(one.action, one.citizen_id) for one in log.entries(unit, "0370") if one.citizen_id]
    assert rows == [
        *[("citizen_registered", one.id) for one in (first, second)],
        ("citizen_assigned", first.id),
    ]


def test_a_consultant_is_known_by_their_own_name_where_nobody_else_has_it(
    store, boss, naestved, file, at_home
):
    def consultants(row):
        done = import_citizens(store, boss, file([HEADER, row]), Asked(dry_run=True))
        return [why for _, column, why in said(done) if column == "Konsulent"]

    row = (B17[0], B17[1], "mette Holm", *B17[3:])
    assert "nobody 'mette Holm'" in consultants(row)[0]
    with store.unit() as unit:
        users.set_name(unit, boss, naestved.user_id, "Mette Holm")
        unit.commit()
    assert consultants(row) == []
    with store.unit() as unit:
        users.add(unit, boss.municipality, "mette2", Role.CASEWORKER, name="Mette Holm")
        unit.commit()
    assert "nobody 'mette Holm'" in consultants(row)[0]


def test_who_is_known_stays_as_they_are_whatever_a_list_says(store, boss, file, at_home):
    import_citizens(store, boss, file([HEADER, B17]), Asked())
    other = ("b-17", "Skovbo", "", "", "", "", "", "", "")
    assert taken(import_citizens(store, boss, file([HEADER, other]), Asked())) == (True, 0, 0, 1)
    kept = known_citizens(store, boss)["B-17"]
    assert (kept.version, kept.needs.mode) == (1, Mode.BICYCLE)


def test_that_known_names_were_asked_about_is_written_down_also_by_a_dry_run(store, boss, file, at_home):
    import_citizens(store, boss, file([HEADER, B17]), Asked())
    import_citizens(store, boss, file([HEADER, B17]), Asked(dry_run=True))
    with store.unit(read_only=True) as unit:
        last = log.entries(unit, "0370")[-1]
    assert (last.action, last.details) == ("citizens_searched", {"found": 1})


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        (("", *B17[1:]), "Borger", "no name or reference"),
        (("B", "", *B17[2:]), "Værested", "not said where the way starts"),
        (("B", "Havn", *B17[2:]), "Værested", "Did you mean 'Havnen'?"),
        (("B", "Muren", *B17[2:]), "Værested", "Write it down under drop-in centres first"),
        (("B", "Havnen", "anton", *B17[3:]), "Konsulent", "nobody 'anton' who works with citizens"),
        (("B", "Havnen", "vera", *B17[3:]), "Konsulent", "nobody 'vera' who works with citizens"),
        (("B", "Havnen", "", "fly", *B17[4:]), "Transport", "not one of the words"),
        (("B", "Havnen", "", "", "", "angst", "", "", ""), "Kan ikke", "never why"),
        (
            ("B", "Havnen", "", "", "green", "green", "", "", ""),
            "Kan ikke",
            "in the column 'Gerne' as well",
        ),
        (("B", "Havnen", "", "", "", "", "kørekort", "", ""), "Skal undgå", "not one of the words"),
    ],
)
def test_a_row_of_citizens_is_refused_by_row_and_column(store, boss, vejle, file, at_home, row, column, why):
    done = import_citizens(store, boss, file([HEADER, row]), Asked())
    assert not done.stored
    ((number, title, reason),) = said(done)
    assert (number, title) == (2, column)
    assert why in reason
    assert known_citizens(store, boss) == {}


@pytest.mark.parametrize(
    ("header", "cell", "why"),
    [
        ("Diagnose", "", "never why"),
        ("CPR-nr.", "", "not kept of a citizen"),
        ("Adresse", "Eksempelvej 4", "not kept of a citizen"),
        ("Alder", "47", "not asked for"),
        ("Kalder sig", "Bo", "none of a list of citizens"),
        ("", "Eksempelvej 4", "below no header"),
        ("Venter siden", "010190-1234", "a CPR number"),
        ("Venter siden", "101901234", "none is kept"),
    ],
)
def test_a_file_with_what_is_not_kept_of_citizens_is_refused_as_a_whole(
    store, boss, workbook, at_home, header, cell, why
):
    said = int(cell) if cell.isdigit() else cell
    data = workbook({"Ark1": [(*HEADER, header), (*B17, said)]})
    if header == "Venter siden":
        why = "a CPR number"
    with pytest.raises(Refused) as refused:
        import_citizens(store, boss, File(data=data, name="b.xlsx"), Asked(skip_refused=True))
    assert why in refused.value.said()
    assert header in refused.value.said()
    assert not cell or cell not in refused.value.said()
    assert known_citizens(store, boss) == {}


@pytest.mark.parametrize("day", ["01-01-1899", "31-12-9999"])
def test_a_day_since_when_nobody_can_have_waited_is_refused_at_its_cell(store, boss, file, at_home, day):
    done = import_citizens(store, boss, file([(*HEADER, "Venter siden"), (*B17, day)]), Asked())
    (refused,) = done.reading.refused
    assert (refused.row, refused.column) == (2, "Venter siden")
    assert known_citizens(store, boss) == {}


def test_what_is_kept_of_a_run_quotes_no_row_that_was_refused(store, boss, file, at_home):
    rows = [HEADER, B17, ("Karen Hemmelig", "Ukendt sted", *B17[2:])]
    done = import_citizens(store, boss, file(rows), Asked(skip_refused=True))
    with store.unit(read_only=True) as unit:
        (run,) = imports.page(unit, boss, [ImportKind.CITIZENS]).items
    assert run.id == done.run_id
    assert "Hemmelig" not in run.report
    assert "Ukendt" not in run.report
    (cell,) = json.loads(run.report)["refused"]
    assert (cell["row"], cell["column"]) == (3, "Værested")


def test_the_command_line_takes_in_citizens_of_nobody(store, naestved, file, at_home):
    shell = Caller("", "root", "0370", Role.COORDINATOR, Channel.COMMAND_LINE)
    assert taken(import_citizens(store, shell, file([HEADER, B18]), Asked())) == (True, 1, 0, 0)


def test_all_that_is_wrong_with_a_row_is_told_at_once_each_with_its_column_and_the_way_out(
    store, boss, vejle, file, at_home
):
    bad = ("B", "Havn", "anton", "fly", "kichen, have", "", "skizofreni", "", "")
    done = import_citizens(store, boss, file([HEADER, bad, B18, ("", "Muren", *B17[2:])]), Asked())
    assert [(row, column) for row, column, _ in said(done)] == [
        (2, "Værested"),
        (2, "Konsulent"),
        (2, "Transport"),
        (2, "Gerne"),
        (2, "Skal undgå"),
        (4, "Borger"),
        (4, "Værested"),
    ]
    assert all(cell.reason.remedy for cell in done.reading.refused)
    assert "Did you mean 'Havnen'?" in said(done)[0][2]
    assert len(done.reading.refused_rows) == 2
    left = import_citizens(store, boss, file([HEADER, bad, B18]), Asked(skip_refused=True))
    assert taken(left) == (True, 1, 0, 0)


def test_days_and_hours_of_a_citizen_are_read(store, boss, file, at_home):
    header, row = (*HEADER, "Kan komme"), (*B18, "tirsdag og torsdag kl. 10-14")
    import_citizens(store, boss, file([header, row]), Asked())
    times = known_citizens(store, boss)["B-18"].needs.availability
    assert [str(slot) for slot in times] == ["tue 10-14", "thu 10-14"]


@pytest.mark.parametrize("times", ["mandag", "formiddag", "efter aftale", "man 9-12 og tirsdag", "fre 14-10"])
def test_days_without_hours_are_not_guessed_at(store, boss, file, at_home, times):
    done = import_citizens(store, boss, file([(*HEADER, "Kan komme"), (*B18, times)]), Asked())
    ((row, column, why),) = said(done)
    assert (row, column) == (2, "Kan komme")
    assert "man-fre 9-12" in why
