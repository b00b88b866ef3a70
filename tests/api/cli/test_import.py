import json

import pytest

GOOD = "Eksempel Et;99003626;1999000367"
BAD = "Eksempel To;99003627;1999000484"
NAMED = ("import", "employers", "liste.csv", "--municipality", "0370")


@pytest.fixture
def liste(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text("\n".join(["Navn;CVR-nr;P-nr", GOOD, BAD, ""]))
    return path


def test_a_clean_list_is_stored_and_counted(run, liste):
    liste.write_text(liste.read_text().replace(BAD, ""))
    assert "Gemt: nye 1, ændrede 0, uændrede 0, gentagne 0, afviste 0. Læste rækker: 1." in run(*NAMED).out
    again = run(*NAMED, "--language", "en")
    assert "Stored: new 0, changed 0, unchanged 1, repeated 0, refused 0. Rows read: 1." in again.out
    assert "not suggested for first contact" in again.out


def test_rows_that_say_the_same_again_are_counted_as_duplicates(run, liste):
    liste.write_text("\n".join(["Navn;CVR-nr;P-nr", GOOD, GOOD, BAD, ""]))
    assert "new 1, changed 0, unchanged 0, repeated 1, refused 1. Rows read: 3." in " ".join(
        run(*NAMED, "--dry-run", "--language", "en").out.split()
    )
    told = json.loads(run(*NAMED, "--skip-refused", "--json").out)
    assert [told[name] for name in ("rows", "added", "duplicates", "refused_rows")] == [3, 1, 1, 1]


def test_a_refused_row_is_named_and_nothing_is_stored(run, liste):
    said = run(*NAMED)
    assert said.code == 1
    assert "række 3, CVR-nr: '99003627'" in said.out
    assert "Ville blive gemt: nye 1," in said.out
    assert "Afviste rækker: 1" in said.err
    assert "--skip-refused" in said.err
    assert "Gemt: nye 1," in run(*NAMED, "--skip-refused").out


def test_how_well_a_place_is_known_is_said_in_words(run, tmp_path):
    (tmp_path / "liste.csv").write_text("Navn;CVR-nr;Postnr;By\nEksempel;99003626;4700;Næstved\n")
    for language in ("da", "en"):
        said = run(*NAMED, "--language", language)
        assert "4700 Næstved" in said.out
        assert "postal_district" not in said.out


def test_a_dry_run_says_what_would_happen_and_leaves_the_database_empty(run, liste, tmp_path):
    said = run(*NAMED, "--dry-run")
    assert (said.code, said.err) == (0, "")
    assert "Ville blive gemt: nye 1," in said.out
    assert "Afviste rækker: 1. Som filen er, bliver intet gemt." in said.out
    few = ("--municipalities", 1, "--citizens", 0, "--employers", 1, "--orders", 0)
    assert run("seed", "--logins", "logins.json", *few).code == 0, "seed takes only an empty database"


def test_skipped_rows_go_to_a_file_that_comes_in_corrected(run, liste, tmp_path):
    said = run(*NAMED, "--skip-refused")
    assert said.code == 0
    assert "liste-refused.csv" in said.out
    refused = tmp_path / "liste-refused.csv"
    assert refused.stat().st_mode & 0o777 == 0o600
    being_corrected = refused.read_bytes().replace(b"99003627", b"99004916", 1)
    refused.write_bytes(being_corrected)

    assert "liste-refused-2.csv" in run(*NAMED, "--skip-refused").out
    assert refused.read_bytes() == being_corrected, "rows that somebody corrects are not written over"
    corrected = run("import", "employers", "liste-refused.csv", "--municipality", "0370", "--skip-refused")
    assert "Gemt: nye 1," in corrected.out
    assert not (tmp_path / "liste-refused-refused.csv").exists()


def test_json_tells_the_same(run, liste):
    said = run(*NAMED, "--json", "--language", "en")
    assert said.code == 1
    told = json.loads(said.out)
    assert (told["stored"], told["rows"], told["added"], told["refused_rows"]) == (False, 2, 1, 1)
    (cell,) = told["refused"]
    assert (cell["row"], cell["column"], cell["value"]) == (3, "CVR-nr", "99003627")
    assert "is not a CVR number" in cell["reason"]
    stored = json.loads(run(*NAMED, "--json", "--skip-refused").out)
    assert stored["refused_to"] == "liste-refused.csv"


def test_many_refused_rows_are_counted_rather_than_shown(run, tmp_path):
    rows = [f"Eksempel {n};99003627;{1_999_000_000 + n}" for n in range(50)]
    (tmp_path / "liste.csv").write_text("\n".join(["Navn;CVR-nr;P-nr", *rows]))
    said = run(*NAMED)
    assert said.out.count("99003627") == 20
    assert "… og 30 mere" in said.out or "… og 30 flere" in said.out
