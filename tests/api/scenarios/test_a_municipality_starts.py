"""From an empty database to the first list, in the order and the words of the README."""

from pathlib import Path

from api.casework.municipalities import caller_at
from api.config import Settings
from api.store import citizens, open_store
from tests.api.cli.conftest import Run, no_settings, run

__all__ = ["no_settings", "run"]

HERE = ("--municipality", "0370", "--db", "sqlite:///frikortmatch.db")
LISTS = {
    "centres": "Værested;Type;Adresse;Postnr;By\nHavnen;værested;Eksempelvej 4;4700;Næstved\n",
    "citizens": (
        "Borger;Værested;Konsulent;Transport;Gerne;Kan ikke;Skal undgå\n"
        "B-17;Havnen;bo;cykel;Grønt arbejde;machine_work;maskiner\n"
    ),
    "employers": (
        "Navn;CVR-nr;P-nr;Vej;Husnr;Postnr;By\n"
        "Eksempel Gartneri;99003626;1999000367;Eksempelvej;7;4700;Næstved\n"
    ),
    "job-orders": "Opgave;P-nr;Dag og tid\nLuge bede, ingen maskiner;1999000367;fredag 9-12\n",
}


def test_a_municipality_comes_from_an_empty_database_to_its_first_list(run: Run, tmp_path: Path):
    for name, role in (("anna", "coordinator"), ("bo", "consultant")):
        assert run("user", "add", name, "--role", role, *HERE, stdin="en lang adgangskode\n").code == 0
    for kind, text in LISTS.items():
        (tmp_path / f"{kind}.csv").write_text(text, encoding="utf-8")
        first, again = (run("import", kind, f"{kind}.csv", *HERE, "--language", "en") for _ in range(2))
        assert "Stored: new 1," in first.out, first.out + first.err
        assert "new 0, changed 0, unchanged 1, repeated 0" in again.out
    (citizen_id,) = citizen_ids(tmp_path)
    shown = run("shortlist", citizen_id, "--db", HERE[-1], "--language", "en")
    assert "Luge bede" in shown.out


def citizen_ids(folder: Path) -> set[str]:
    with open_store(Settings(db=f"sqlite:///{folder}/frikortmatch.db")) as store, store.unit() as unit:
        return set(citizens.names(unit, caller_at("0370")))
