"""The same POST sent twice is done once: `Idempotency-Key`.

The answer is kept, sealed, in the transaction of the work itself, so that there is never one without the
other. The same key with the same body is answered with it again; with another body it is a conflict.
"""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Header, Request, Response

from api.domain.caller import Caller
from api.routes.problem import Conflict
from api.store import Unit, idempotency
from api.store.idempotency import GivenAnswer
from geo import Refused
from geo.errors import N_

_KEY = re.compile(r"[\x21-\x7e]{1,200}")


class Once:
    """Gives the answer to a creation, the first one whenever its key comes again."""

    def __init__(self, key: str | None, request_hash: str) -> None:
        """`request_hash` covers method, address and body; without a key every request creates."""
        self.key = key
        self.request_hash = request_hash

    def answer(self, unit: Unit, caller: Caller, create: Callable[[], Response]) -> Response:
        """The answer of `create`, or the one given to this key before; raises `Conflict` for another body."""
        return self.answered(unit, caller, create)[0]

    def answered(self, unit: Unit, caller: Caller, create: Callable[[], Response]) -> tuple[Response, bool]:
        """The same, and whether the answer had been given before."""
        if self.key is None:
            return create(), False
        given = idempotency.find(unit, caller, self.key)
        if given is None:
            response = create()
            idempotency.keep(unit, caller, self.key, _kept(self.request_hash, response))
            return response, False
        if given.request_hash != self.request_hash:
            problem = N_("This key was used for another request.")
            raise Conflict("Idempotency-Key", problem, N_("Use a new key for a new request."))
        return Response(given.body, given.status, headers=given.headers), True


def _kept(request_hash: str, response: Response) -> GivenAnswer:
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    body = bytes(response.body).decode()
    return GivenAnswer(request_hash=request_hash, status=response.status_code, headers=headers, body=body)


async def _once(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(description="Your own name for this request; sending it again is safe", max_length=200),
    ] = None,
) -> Once:
    if idempotency_key is not None and not _KEY.fullmatch(idempotency_key):
        remedy = N_("Use 1 to 200 visible ASCII characters, such as a UUID.")
        raise Refused("Idempotency-Key", N_("This is not a key."), remedy)
    said = [request.method, request.url.path, sorted(request.query_params.items()), await request.json()]
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return Once(idempotency_key, hashlib.sha256(text.encode()).hexdigest())


CreatedOnce = Annotated[Once, Depends(_once)]
"""`Idempotency-Key` of a creation, in the signature of every POST that keeps something."""
