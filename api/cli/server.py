"""The web server behind `serve` and `demo`: one process, or several that are started anew when one ends."""

import os
import socket
from contextlib import suppress
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from api.app import create_app
from api.config import Settings, environment_of, read_settings

KEPT_SECONDS = 75
"""How long a connection is kept on which nothing is asked.

Longer than the minute for which proxies keep theirs: what is sent on a connection just as it is closed is
lost, so whoever asks has to be the one who closes it.
"""


def run(settings: Settings, workers: int, log_file: Path | None, listener: socket.socket) -> None:
    """Answer what arrives at `listener`, with so many processes, until stopped."""
    config = uvicorn.Config(
        "api.cli.server:app_of_environment" if workers > 1 else create_app(settings),
        factory=workers > 1,
        workers=workers,
        server_header=False,
        timeout_keep_alive=KEPT_SECONDS,
        timeout_worker_healthcheck=60,  # a slow machine needs long to import everything
        log_config=_log_config(settings.log_level, log_file),
    )
    with suppress(KeyboardInterrupt):
        if workers == 1:
            uvicorn.Server(config).run([listener])
            return
        # a process of its own is not handed settings, but reads them as this one did
        os.environ.update(environment_of(settings))
        _Workers(config, sockets=[listener]).run()


class _Workers(Multiprocess):
    """Processes that end with the terminal they were started in, as a single one does."""

    def handle_hup(self) -> None:
        """End; the supervisor of the server would start them anew, with nobody left to stop them."""
        self.handle_term()


def app_of_environment() -> FastAPI:
    """The service as the environment sets it, for the processes of `--workers`."""
    return create_app(read_settings())


def _log_config(level: str, log_file: Path | None) -> dict[str, object]:
    """Times and messages only: no address of a reader and no body is ever logged."""
    to = (
        {"class": "logging.StreamHandler"}
        if log_file is None
        else {"class": "logging.FileHandler", "filename": str(log_file), "encoding": "utf-8"}
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"there": {**to, "formatter": "plain"}},
        "root": {"handlers": ["there"], "level": level},
        "loggers": {"uvicorn.access": {"level": "WARNING"}, "alembic": {"level": "WARNING"}},
    }
