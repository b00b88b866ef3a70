import json
import re
import shutil
import stat
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.casework.marking import DESK_FIELDS
from api.config import Settings
from api.examples.canaries import CANARY_FIELDS

FEW = ("--citizens", 3, "--employers", 4, "--orders", 5)
SEED = ("seed", "--logins", "logins.json", "--db", "sqlite:///new.db", "--municipalities", 2, *FEW)
PATHS = {"citizen": "citizens", "employer": "employers", "job_order": "job-orders"}


def client(database: Path) -> TestClient:
    return TestClient(create_app(Settings(db=f"sqlite:///{database}")), base_url="http://127.0.0.1:8000")


def bearer(login: dict[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {login['token']}"}


def test_the_demonstration_shows_its_stages_a_list_and_the_sign_in(demonstrated):
    folder, said = demonstrated
    assert (said.code, said.err) == (0, "")
    stages = [said.out.index(f"{name} (") for name in ("Vejle", "Holstebro", "Næstved")]
    assert stages == sorted(stages)
    assert "Liste til citizen-0370-01" in said.out
    logins = json.loads((folder / "demo" / "logins.json").read_text())
    (login,) = [one for one in logins if (one["municipality"], one["role"]) == ("0370", "consultant")]
    for shown in (login["username"], login["password"], login["token"]):
        assert shown in said.out
    assert len({(one["municipality"], one["role"]) for one in logins}) == len(logins) == 21


def test_the_command_that_is_told_can_be_typed(demonstrated, monkeypatch):
    folder, said = demonstrated
    monkeypatch.chdir(folder)
    told = re.search(r"flere lister: (\S+) shortlist ID --db sqlite:///demo/demo.db", said.out)[1]
    assert shutil.which(told)


def test_what_lets_somebody_in_is_for_its_owner_alone(demonstrated):
    folder, _ = demonstrated
    for name in ("logins.json", "demo.db", "demo.db.key"):
        assert stat.S_IMODE((folder / "demo" / name).stat().st_mode) == 0o600


def test_a_demonstrated_password_and_token_work(demonstrated):
    folder, _ = demonstrated
    logins = json.loads((folder / "demo" / "logins.json").read_text())
    login = next(one for one in logins if (one["municipality"], one["role"]) == ("0370", "consultant"))
    with client(folder / "demo" / "demo.db") as http:
        found = http.get("/api/v1/citizens/citizen-0370-01/shortlist", headers=bearer(login))
        assert found.status_code == 200


def test_a_second_demonstration_begins_anew_and_leaves_the_first_as_it_is(run, tmp_path):
    first, second = run("demo", "--no-serve"), run("demo", "--no-serve", "--language", "en")
    assert (first.code, second.code, second.err) == (0, 0, "")
    assert "Shortlist for citizen-0370-01" in second.out
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == [
        "demo-2.db",
        "demo-2.db.key",
        "demo.db",
        "demo.db.key",
        "logins.json",
    ]


def test_seed_fills_an_empty_database_and_only_that(run, tmp_path):
    assert run(*SEED).code == 0
    logins = (tmp_path / "logins.json").read_text()
    assert len(json.loads(logins)) == 14
    again = run(*SEED)
    assert (again.code, again.out) == (1, "")
    assert "example data" in run(*SEED, "--language", "en").err
    assert (tmp_path / "logins.json").read_text() == logins, "the sign-ins that hold are not lost"


@pytest.mark.parametrize("option", ["--logins", "--canaries"])
def test_nothing_is_seeded_when_its_sign_ins_could_not_be_kept(run, tmp_path, option):
    said = run(*SEED, option, "nowhere/file.json")
    assert said.code == 1
    assert "nowhere/file.json" in said.err
    assert [path.name for path in tmp_path.iterdir()] == []


def test_every_canary_can_be_found_through_the_service_and_none_on_the_disk(run, tmp_path):
    assert run(*SEED, "--canaries", "canaries.jsonl").code == 0
    lines = [json.loads(line) for line in (tmp_path / "canaries.jsonl").read_text().splitlines()]
    assert len({line["canary"] for line in lines}) == len(lines)
    of_records = {f"{kind}.{name}" for kind, names in CANARY_FIELDS.items() for name in names}
    assert {line["field"] for line in lines} == of_records | set(DESK_FIELDS)
    logins = json.loads((tmp_path / "logins.json").read_text())
    headers = {one["municipality"]: bearer(one) for one in logins if one["role"] == "coordinator"}
    with client(tmp_path / "new.db") as http:
        marked = [line for line in lines if line["field"] in of_records]
        at_the_desk = [line for line in lines if line["field"] not in of_records]
        for line in marked:
            kind, _, name = line["field"].partition(".")
            path = f"/api/v1/{PATHS[kind]}/{line['id']}"
            theirs = headers[line["municipality"]]
            if kind == "citizen":
                asked = http.post(
                    f"{path}/access-requests", json={"reason": "Leder efter sit mærke"}, headers=theirs
                )
                assert asked.status_code == 201, asked.text
            found = http.get(path, headers=theirs)
            assert found.status_code == 200, found.text
            assert line["canary"] in str(found.json()[name]), line
        for line in at_the_desk:
            theirs = headers[line["municipality"]]
            found = [http.get(path, headers=theirs) for path in _desk_paths(http, line, theirs)]
            assert {answer.status_code for answer in found} == {200}
            assert any(line["canary"] in answer.text for answer in found), line
    on_disk = b"".join(path.read_bytes() for path in tmp_path.glob("new.db*"))
    assert [line["field"] for line in lines if line["canary"].encode() in on_disk] == []


DESK_PATHS = {
    "citizen.chain": "citizens/{id}/contact-chain",
    "job_order_move.note": "job-orders/{id}/moves",
    "clock_pause.reason": "job-orders/{id}/clock-pauses",
    "employer_contact.note": "employers/{id}/contacts",
    "contact_reservation.reason": "employers/{id}/contact-reservations",
    "proposal.note": "proposals?order_id={id}",
}


def _desk_paths(http: TestClient, line: dict[str, str], headers: dict[str, str]) -> list[str]:
    """Where a mark of the desk is read; the logs of an order's proposals are one step further."""
    if line["field"] != "proposal_move.note":
        return [f"/api/v1/{DESK_PATHS[line['field']].format(id=line['id'])}"]
    listed = http.get(f"/api/v1/proposals?order_id={line['id']}", headers=headers).json()["items"]
    return [f"/api/v1/proposals/{one['id']}/moves" for one in listed]
