from datetime import timedelta
from pathlib import Path

import pytest

from api.config import Settings, environment_of, read_settings
from geo import Refused


def test_settings_have_defaults_that_work_on_a_laptop():
    settings = read_settings()
    assert settings.db.get_secret_value() == "sqlite:///frikortmatch.db"
    assert (settings.host, settings.port, settings.language) == ("127.0.0.1", 8000, "da")
    assert settings.session_idle == timedelta(minutes=10)
    assert settings.session_length == timedelta(hours=8)


def test_what_is_given_stands_above_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FRIKORTMATCH_PORT", "9000")
    monkeypatch.setenv("FRIKORTMATCH_DB", "sqlite:///other.db")
    assert read_settings(port=None).port == 9000
    assert read_settings(port=9001).port == 9001
    assert read_settings().db.get_secret_value() == "sqlite:///other.db"


@pytest.mark.parametrize(
    ("name", "value"),
    [("port", "many"), ("port", "70000"), ("language", "sv"), ("session_hours", "0"), ("busy_seconds", "-1")],
)
def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str):
    monkeypatch.setenv(f"FRIKORTMATCH_{name.upper()}", value)
    with pytest.raises(Refused) as refused:
        read_settings()
    assert refused.value.field == name
    assert f"FRIKORTMATCH_{name.upper()}" in refused.value.said()


def test_a_setting_that_does_not_exist_is_refused():
    with pytest.raises(Refused, match="colour"):
        read_settings(colour="red")


def test_the_address_of_the_database_is_not_shown():
    settings = Settings(db="postgresql://user:hemmelig@host/name")
    assert "hemmelig" not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_settings_reach_another_process_through_its_environment_as_they_are(monkeypatch: pytest.MonkeyPatch):
    settings = read_settings(
        db="postgresql://user:hemmelig@host/name", key_file=Path("keys"), busy_seconds=0.5, language="en"
    )
    for name, value in environment_of(settings).items():
        monkeypatch.setenv(name, value)
    assert read_settings() == settings


@pytest.mark.parametrize(
    "address",
    [
        "http://adressevaelger.dk",
        "http://10.0.0.1/adresser",
        "ftp://adressevaelger.dk",
        "file:///etc/passwd",
        "adressevaelger.dk",
        "https://",
        "https://user:secret@adressevaelger.dk",
        "https://adressevaelger.dk/?token=1",
        "https://adressevaelger.dk:99999",
        "https://[::1",
    ],
)
def test_an_address_service_is_asked_where_nobody_reads_along(address: str):
    with pytest.raises(Refused, match="https://"):
        read_settings(address_service=address)


@pytest.mark.parametrize(
    "address",
    ["", "https://adressevaelger.dk", "https://proxy.kommune.dk:8443/adresser", "http://127.0.0.1:8080"],
)
def test_an_address_service_may_be_any_safe_one_or_one_on_this_machine(address: str):
    assert read_settings(address_service=address).address_service == address


def test_the_token_of_the_address_service_is_not_shown():
    settings = Settings(address_token="hemmelig")
    assert "hemmelig" not in f"{settings!r} {settings} {settings.model_dump_json()}"
