"""What an installation can set, read from `FRIKORTMATCH_…` in the environment.

`Settings` is passed to whoever needs it and never kept as a global, so that two services can live in one
process (as the tests do). What may hold a password or a secret is a `SecretStr` and does not reach a log.
"""

from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from geo.errors import N_, Refused


def _service_address(said: str) -> str:
    """An address that can be asked without anybody reading along, or one on this machine; "" for none."""
    try:
        where = urlsplit(said)
        plain = bool(where.hostname) and not (where.query or where.fragment or "@" in where.netloc)
        safe = where.scheme == "https" or (where.scheme == "http" and _on_this_machine(where.hostname))
        usable = plain and safe and where.port != 0
    except ValueError:
        usable = False
    if said and not usable:
        raise ValueError("an address that begins with https:// is needed")
    return said


def _on_this_machine(host: str | None) -> bool:
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost"


class Settings(BaseSettings):
    """The settings of one installation; `read_settings` refuses bad ones in plain words.

    `db` is an SQLAlchemy URL. `key_file` holds the keys of the sealed columns; without it, they stand beside
    an SQLite database in `<file>.key`, and must be named for any other database.

    `address_service` is the address of Adressevælger, such as https://adressevaelger.dk; without it, nobody
    outside is asked for anything. `address_seconds` is how long one request may take, and
    `address_import_seconds` how long an import may ask in all.

    `sign_in_failures` wrong passwords in a row make a name at one address wait for the next attempt: ten
    seconds, twice as long after each more, and never longer than `sign_in_wait_seconds`.

    `upload_bytes` is the largest request that brings a file.

    `cafe_days` is how long a job café is kept after its day.
    """

    model_config = SettingsConfigDict(env_prefix="FRIKORTMATCH_", frozen=True)

    db: SecretStr = SecretStr("sqlite:///frikortmatch.db")
    key_file: Path | None = None
    busy_seconds: float = Field(default=5.0, ge=0, le=60)
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    session_idle_minutes: int = Field(default=10, ge=1)
    session_hours: int = Field(default=8, ge=1)
    sign_in_failures: int = Field(default=5, ge=3, le=100)
    sign_in_wait_seconds: int = Field(default=300, ge=10, le=3600)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    language: Literal["da", "en"] = "da"
    address_service: Annotated[str, AfterValidator(_service_address)] = ""
    address_token: SecretStr = SecretStr("")
    address_seconds: float = Field(default=2.0, ge=0.1, le=30)
    addresses_per_second: float = Field(default=5.0, gt=0, le=100)
    address_import_seconds: float = Field(default=60.0, ge=0, le=86_400)
    upload_bytes: int = Field(default=20_000_000, ge=10_000, le=20_000_000)
    cafe_days: int = Field(default=7, ge=0, le=60)

    @property
    def session_idle(self) -> timedelta:
        """How long a browser session lasts without a request."""
        return timedelta(minutes=self.session_idle_minutes)

    @property
    def sign_in_longest_wait(self) -> timedelta:
        """How long whoever has guessed too often waits at most."""
        return timedelta(seconds=self.sign_in_wait_seconds)

    @property
    def session_length(self) -> timedelta:
        """How long a browser session lasts at most."""
        return timedelta(hours=self.session_hours)


def environment_of(settings: Settings) -> dict[str, str]:
    """What to set in the environment of another process for it to read these settings, secrets included."""
    prefix = Settings.model_config["env_prefix"]
    told = {name: getattr(settings, name) for name in settings.model_fields_set}
    return {
        f"{prefix}{name.upper()}": value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        for name, value in told.items()
        if value is not None
    }


def read_settings(**given: object) -> Settings:
    """Settings from the environment, with `given` (from the command line) above it; None means not given.

    Raises `Refused` naming the first setting that cannot be used.
    """
    chosen = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**chosen)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
    name = ".".join(map(str, first["loc"]))
    problem = N_("The setting {name} cannot be used: {reason}.")
    remedy = N_("Correct FRIKORTMATCH_{variable}, or leave it out for the default.")
    raise Refused(name, problem, remedy, name=name, reason=first["msg"], variable=name.upper())
