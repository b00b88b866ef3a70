"""A stand-in for the national address service on a port of this machine, and what it is made to answer.

The bodies are written by hand after the documented shape of https://adressevaelger.dk/husnumre/soeg and
https://adressevaelger.dk/husnumre/{id}; no house in them is anybody's.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from geo import AddressQuery, Owner

HOUSE = "0a3f50b8-0000-32b8-e044-0003ba298018"
OTHER_HOUSE = "0a3f50b9-0000-32b8-e044-0003ba298018"
NEAR_NAESTVED = (675_548.0, 6_124_264.0)

QUERY = AddressQuery.line(Owner.EMPLOYER, "Grøndalvej 83, 4700 Næstved")


def hit(title: str, id_: str = HOUSE, kind: str = "husnummer") -> dict[str, str]:
    return {"type": kind, "id": id_, "titel": title}


def search(*hits: dict[str, str]) -> bytes:
    return as_json({"status": "ok", "beskrivelse": "", "fund": list(hits)})


def house(x: Any = NEAR_NAESTVED[0], y: Any = NEAR_NAESTVED[1], postcode: Any = "4700") -> bytes:
    return as_json(
        {
            "husnummer": {
                "husnummertekst": "83",
                "adgangspunkt": {"koordinater": {"x": x, "y": y}},
                "postnummer": {"postnr": postcode, "navn": "Næstved"},
                "navngivenvejkommunedel": {"kommune": "0370", "vejkode": "1234"},
            }
        }
    )


def as_json(answer: object) -> bytes:
    return json.dumps(answer, ensure_ascii=False).encode()


FOUND = search(hit("Grøndalvej 83, 4700 Næstved"))


@dataclass(frozen=True)
class Said:
    """One answer."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hangs: bool = False


def known_everywhere(path: str) -> Said:
    """Knows every house that is asked for, and places them all beside Næstved."""
    asked = parse_qs(urlsplit(path).query)
    if "tekst" not in asked:
        return Said(house())
    return Said(search(hit(f"{asked['tekst'][0]} Næstved")))


def says(searched: Said | bytes, looked_up: Said | bytes = b"") -> Callable[[str], Said]:
    """Answers every search with one thing and every look-up with another."""
    first, second = (one if isinstance(one, Said) else Said(one) for one in (searched, looked_up))
    return lambda path: first if "/soeg" in path else second


@dataclass
class Stub:
    """The service, what it answers, and every request it got: the line with its headers."""

    answer: Callable[[str], Said] = known_everywhere
    requests: list[str] = field(default_factory=list)
    released: Event = field(default_factory=Event)
    port: int = 0

    @property
    def domain(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.domain}"

    @property
    def searched(self) -> list[str]:
        """What was searched for."""
        paths = (line.split()[1] for line in self.requests)
        return [text for path in paths for text in parse_qs(urlsplit(path).query).get("tekst", [])]


@contextmanager
def serving(stub: Stub) -> Iterator[Stub]:
    """The stub on a free port of 127.0.0.1, until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length).decode()
            stub.requests.append(f"{self.requestline}\n{self.headers}\n{body}")
            said = stub.answer(self.path)
            if said.hangs:
                stub.released.wait(10)
            try:
                self.send_response(said.status)
                for name, value in {"Content-Length": str(len(said.body)), **said.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(said.body)
            except OSError:
                # who asked has gone
                self.close_connection = True

        def log_message(self, *said: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        stub.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield stub
        finally:
            stub.released.set()
            server.shutdown()
            thread.join()
