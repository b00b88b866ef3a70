"""`serve`: the API and its pages, in one process or several."""

import os
import socket
from pathlib import Path
from typing import Annotated

import typer

from api.cli import options
from api.cli.paths import check_appendable
from api.cli.terminal import console, language_of, the_store
from api.config import Settings, read_settings
from api.routes.language import translator
from geo import Refused
from geo.errors import N_
from matching.language import Language

Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="The port to listen on; 0: a free one.")]

MOST_UNASKED = 4
"""So many processes at most are started by themselves: each keeps catalogues of its own in memory."""


def serve(
    host: Annotated[
        str | None, typer.Option("--host", help="The address to listen on.", show_default="127.0.0.1")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", min=0, max=65535, help="The port to listen on; 0: a free one.", show_default="8000"
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            min=1,
            max=64,
            help="How many processes answer.",
            show_default="one a core, at most 4",
        ),
    ] = None,
    log_file: Annotated[
        Path | None, typer.Option("--log-file", metavar="FILE", help="Where to log; the terminal otherwise.")
    ] = None,
    language: options.Say = None,
    db: options.Db = None,
) -> None:
    """Serve the API and its pages until stopped with Ctrl+C.

    Example: frikortmatch serve --port 8080
    """
    if log_file:
        check_appendable(log_file)
    with the_store(db):
        pass  # refused here, in plain words, rather than while the server starts
    settings = read_settings(db=db, host=host, port=port)
    serve_until_stopped(settings, workers or workers_by_cores(), log_file, language_of(language))


def workers_by_cores() -> int:
    """A process for each core that this one may use, a few at most; one where the system does not tell."""
    # of the systems with Python, Linux tells; several processes have not been tried on the others
    return min(len(os.sched_getaffinity(0)), MOST_UNASKED) if hasattr(os, "sched_getaffinity") else 1


def serve_until_stopped(settings: Settings, workers: int, log_file: Path | None, language: Language) -> None:
    """Listen, say where, and serve; raises `Refused` when the port cannot be listened on."""
    from api.cli.server import run  # loads the whole service, for which no other command has to wait

    with _listening(settings.host, settings.port) as listener:
        host, port = listener.getsockname()[:2]
        address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        said = translator(language)(N_("Serving on {address}  (stop with Ctrl+C)")).format(address=address)
        out = console()
        out.print()
        out.print(said, style="bold", soft_wrap=True)
        run(settings, workers, log_file, listener)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        problem = N_("{host}, port {value}, cannot be listened on ({reason}).")
        remedy = N_("Stop what is running there, or give another --port or --host.")
        raise Refused(
            "port", problem, remedy, host=host, value=port, reason=str(error.strerror).partition(" (")[0]
        ) from None
