"""`places refine`: houses for what is only known by its postal district."""

import json
from collections.abc import Iterator

import pytest

from tests.geo.address_stub import Said, Stub, as_json, known_everywhere, says, serving

REFINE = ("places", "refine", "--municipality", "0370")
ROWS = 45


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving(Stub()) as served:
        yield served


@pytest.fixture
def listed(run, tmp_path):
    """Employers of a list that was taken in while no service was set."""
    rows = [f"Eksempel {n};99003626;{1_999_000_000 + n};Torvet {n};4700;Næstved" for n in range(1, ROWS + 1)]
    (tmp_path / "liste.csv").write_text("\n".join(["Navn;CVR-nr;P-nr;Adresse;Postnr;By", *rows, ""]))
    assert run("import", "employers", "liste.csv", "--municipality", "0370").code == 0


@pytest.fixture
def set_to(monkeypatch, stub):
    monkeypatch.setenv("FRIKORTMATCH_ADDRESS_SERVICE", stub.url)
    monkeypatch.setenv("FRIKORTMATCH_ADDRESSES_PER_SECOND", "100")


def test_without_a_service_it_says_how_to_set_one(run, listed):
    said = run(*REFINE, "--language", "en")
    assert said.code == 1
    assert "FRIKORTMATCH_ADDRESS_SERVICE" in said.err


def test_houses_are_found_a_few_at_a_time_until_none_is_left(run, listed, set_to, stub):
    told = json.loads(run(*REFINE, "--limit", "30", "--json").out)
    assert (told["looked_for"], told["found"], told["left"]) == (30, 30, ROWS - 30)
    said = run(*REFINE, "--language", "en")
    assert "15 of 15 houses were found." in said.out
    assert "left" not in said.out
    assert len(stub.searched) == ROWS
    assert json.loads(run(*REFINE, "--json").out)["looked_for"] == 0


def test_houses_that_are_not_known_are_counted_and_not_looked_for_again(run, listed, set_to, stub):
    stub.answer = lambda path: (
        Said(as_json({"status": "ok", "fund": []})) if "Torvet+1" in path else known_everywhere(path)
    )
    said = run(*REFINE, "--language", "en")
    assert "34 of 45 houses were found." in said.out
    assert "11 are not known to the address service." in said.out
    stub.requests.clear()
    assert "0 of 0 houses" in run(*REFINE, "--language", "en").out
    assert stub.requests == []


def test_a_service_that_fails_stops_it_and_what_was_found_stays(run, listed, set_to, stub):
    stub.answer = lambda path: Said(b"", 500) if len(stub.requests) > 50 else known_everywhere(path)
    said = run(*REFINE, "--language", "en")
    assert said.code == 0
    assert "The address service does not answer. What was found is stored" in said.out
    assert "25 of 40 houses were found." in said.out
    assert "20 are left for another time." in said.out
    stub.answer = known_everywhere
    assert "20 of 20 houses were found." in run(*REFINE, "--language", "en").out


def test_it_is_said_in_danish(run, listed, set_to):
    assert "huse blev fundet" in run(*REFINE).out


def test_an_import_asks_when_a_service_is_set(run, tmp_path, set_to, stub):
    (tmp_path / "liste.csv").write_text(
        "Navn;CVR-nr;P-nr;Adresse;Postnr;By\nEksempel;99003626;1999000001;Torvet 1;4700;Næstved\n"
    )
    said = run("import", "employers", "liste.csv", "--municipality", "0370", "--language", "en")
    assert "Placed by its address at 'Torvet 1, 4700 Næstved'" in said.out
    assert stub.searched == ["Torvet 1, 4700"]


def test_an_address_of_the_service_that_anybody_could_read_along_is_refused(run, listed, monkeypatch):
    monkeypatch.setenv("FRIKORTMATCH_ADDRESS_SERVICE", "http://adressevaelger.dk")
    said = run(*REFINE)
    assert said.code == 1
    assert "https://" in said.err


def test_nothing_to_look_for_is_no_failure(run, set_to, stub, tmp_path):
    run("migrate")
    stub.answer = says(b"")
    assert run(*REFINE).code == 0
    assert stub.requests == []
