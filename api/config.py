"""What an installation can set, read from `FRIKORTMATCH_…` in the environment.

`Settings` is passed to whoever needs it and never kept as a global, so that two services can live in one
process (as the tests do). What may hold a password or a secret is a `SecretStr` and does not reach a log.
"""

from datetime import timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from geo.errors import N_, Refused


class Settings(BaseSettings):
    """The settings of one installation; `read_settings` refuses bad ones in plain words.

    `db` is an SQLAlchemy URL. `key_file` holds the keys of the sealed columns; without it, they stand beside
    an SQLite database in `<file>.key`, and must be named for any other database.
    """

    model_config = SettingsConfigDict(env_prefix="FRIKORTMATCH_", frozen=True)

    db: SecretStr = SecretStr("sqlite:///frikortmatch.db")
    key_file: Path | None = None
    busy_seconds: float = Field(default=5.0, ge=0, le=60)
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    session_idle_minutes: int = Field(default=10, ge=1)
    session_hours: int = Field(default=8, ge=1)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    language: Literal["da", "en"] = "da"

    @property
    def session_idle(self) -> timedelta:
        """How long a browser session lasts without a request."""
        return timedelta(minutes=self.session_idle_minutes)

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
