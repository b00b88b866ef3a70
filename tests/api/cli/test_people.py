import json

import pytest
from fastapi.testclient import TestClient

from api.access.sessions import SignInRefused, sign_in
from api.app import create_app
from api.config import Settings
from api.store import audit, open_store

ADD = ("user", "add", "anna", "--municipality", "0370", "--role", "consultant")
PASSWORD = "en lang adgangskode"


@pytest.fixture
def anna(run):
    assert run(*ADD, stdin=f"{PASSWORD}\r\n").code == 0


def status(folder, secret):
    settings = Settings(db=f"sqlite:///{folder}/frikortmatch.db")
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as http:
        return http.get("/api/v1/centres", headers={"Authorization": f"Bearer {secret}"}).status_code


@pytest.mark.usefixtures("anna")
def test_a_token_works_until_it_is_revoked(run, tmp_path):
    secret = run("token", "issue", "anna", "--label", "notebook").out.strip()
    assert status(tmp_path, secret) == 200
    (token,) = json.loads(run("token", "list", "anna", "--json").out)
    assert secret not in str(token)
    assert run("token", "revoke", "anna", token["id"]).code == 0
    assert status(tmp_path, secret) == 401
    assert "taget tilbage" in run("token", "list", "anna").out
    assert run("token", "revoke", "anna", token["id"]).code == 1


@pytest.mark.usefixtures("anna")
def test_who_is_shut_out_comes_in_no_more(run, tmp_path):
    secret = run("token", "issue", "anna").out.strip()
    assert run("user", "disable", "anna").code == 0
    assert status(tmp_path, secret) == 401
    assert run("token", "issue", "anna").code == 1
    (listed,) = json.loads(run("user", "list", "--municipality", "0370", "--json").out)
    assert (listed["username"], listed["role"]) == ("anna", "consultant")
    assert listed["disabled_at"]
    assert "spærret" in run("user", "list", "--municipality", "0370").out


@pytest.mark.usefixtures("anna")
def test_a_token_is_revoked_for_its_own_user_only(run):
    assert run("user", "add", "bo", *ADD[3:], stdin=PASSWORD).code == 0
    run("token", "issue", "bo")
    (token,) = json.loads(run("token", "list", "bo", "--json").out)
    assert run("token", "revoke", "anna", token["id"]).code == 1


@pytest.mark.usefixtures("anna")
def test_somebody_is_called_by_their_name_once_it_is_said(run):
    assert run("user", "add", "bo", *ADD[3:], "--name", "Bo  Lund\u202e", stdin=PASSWORD).code == 0
    assert run("user", "rename", "anna", "Anna Holm").code == 0
    listed = json.loads(run("user", "list", "--municipality", "0370", "--json").out)
    assert {one["username"]: one["name"] for one in listed} == {"anna": "Anna Holm", "bo": "Bo Lund"}
    assert "Anna Holm" in run("user", "list", "--municipality", "0370").out
    assert run("user", "rename", "anna", "").code == 0
    assert "Anna Holm" not in run("user", "list", "--municipality", "0370").out


@pytest.mark.usefixtures("anna")
@pytest.mark.parametrize("name", ["A" * 61, "Anna 010190-1234"])
def test_what_is_no_name_of_a_colleague_is_refused_and_nothing_is_changed(run, name):
    assert run("user", "rename", "anna", "Anna Holm").code == 0
    for words in (("rename", "anna", name), ("add", "bo", *ADD[3:], "--name", name)):
        said = run("user", *words, stdin=PASSWORD)
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith("name: ")
    (listed,) = json.loads(run("user", "list", "--municipality", "0370", "--json").out)
    assert listed["name"] == "Anna Holm"


def test_nobody_is_named_who_is_not_there(run):
    assert run("user", "rename", "ukendt", "Anna Holm").code == 1


@pytest.mark.usefixtures("anna")
def test_every_change_of_who_may_come_in_is_written_down(run, tmp_path):
    run("token", "issue", "anna")
    run("user", "rename", "anna", "Anna Holm")
    run("user", "disable", "anna")
    settings = Settings(db=f"sqlite:///{tmp_path}/frikortmatch.db")
    with open_store(settings) as store, store.unit(read_only=True) as unit:
        written = audit.entries(unit, "0370")
    assert [row.action for row in written] == ["user_added", "token_issued", "user_renamed", "user_disabled"]
    assert "Anna Holm" not in str(written)


@pytest.mark.usefixtures("anna")
@pytest.mark.parametrize("name", ["anna", "", "an na", " bo"])
def test_a_name_that_is_taken_or_none_is_refused(run, name):
    said = run("user", "add", name, *ADD[3:], stdin=PASSWORD)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("username: ")


def test_a_short_password_is_refused_and_nothing_is_made(run):
    said = run(*ADD, stdin="kort\n")
    assert (said.code, "4 tegn" in said.err) == (1, True)


@pytest.mark.usefixtures("anna")
def test_who_was_shut_out_comes_in_again_and_does_something_else(run, tmp_path):
    secret = run("token", "issue", "anna").out.strip()
    run("user", "disable", "anna")
    assert run("user", "enable", "anna").code == 0
    assert status(tmp_path, secret) == 200
    assert run("user", "role", "anna", "caseworker").code == 0
    (listed,) = json.loads(run("user", "list", "--municipality", "0370", "--json").out)
    assert (listed["role"], listed["disabled_at"]) == ("caseworker", None)


@pytest.mark.usefixtures("anna")
def test_there_is_no_role_of_any_other_name_and_nobody_else_to_let_in(run):
    assert run("user", "role", "anna", "king").code == 2
    assert run("user", "enable", "nobody").code == 1


@pytest.mark.usefixtures("anna")
def test_a_forgotten_password_is_replaced_by_one_that_is_printed_once(run, tmp_path):
    given = run("user", "password", "anna").out.strip()
    assert len(given) == 12
    assert run("user", "password", "ukendt").code == 1
    settings = Settings(db=f"sqlite:///{tmp_path}/frikortmatch.db")
    with open_store(settings) as store:
        assert sign_in(store, settings, "anna", given).caller.password_due
        with pytest.raises(SignInRefused):
            sign_in(store, settings, "anna", PASSWORD)
        with store.unit(read_only=True) as unit:
            written = audit.entries(unit, "0370")
    assert "password_given" in [row.action for row in written]
    assert given not in str(written)


@pytest.mark.usefixtures("anna")
def test_who_is_shut_out_is_printed_no_password(run):
    run("user", "disable", "anna")
    said = run("user", "password", "anna")
    assert (said.code, said.out) == (1, "")
