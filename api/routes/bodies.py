"""How a request is read: a body at most so large, JSON without anything that reads two ways, known names.

NaN, a key that comes twice, half a surrogate pair, a NUL in a text and a number beyond 64 bits are refused
before a schema sees them: a framework's defaults store some of them and fail on others. Reading stops at the
limit, whatever length was announced.
"""

import json
import re
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Collection, Coroutine, Iterable, Mapping
from typing import Any, get_args, get_origin

from fastapi import Request, Response, params
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute

from api.routes.problem import Malformed, TooLarge, WrongMediaType
from api.routes.turns import turns_of
from api.routes.validation import shortened
from geo.errors import N_, Refused, UnknownCode

MAX_BYTES = 1024 * 1024
"""The largest body of a route that does not take files."""

MAX_DEPTH = 20
"""How deep objects and lists may stand in one another."""

JSON_TYPES = ("application/json", "application/merge-patch+json")
_INTEGERS = range(-(2**63), 2**63)
_DIGITS = 20
_READING = ("GET", "HEAD")
# possessive, and a string may end with the text: nothing is ever tried twice, so time grows with length alone
_BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|([\[{])|([\]}])', re.DOTALL)


class StrictRequest(Request):
    """A request whose body is bounded and whose JSON is unambiguous."""

    most = MAX_BYTES

    async def stream(self) -> AsyncGenerator[bytes, None]:
        """The body in pieces; raises `TooLarge` as soon as it passes the limit."""
        size = 0
        async for piece in super().stream():
            size += len(piece)
            if size > self.most:
                remedy = N_("Send less at a time.")
                raise TooLarge("body", N_("The body is larger than {limit} bytes."), remedy, limit=self.most)
            yield piece

    async def json(self) -> Any:
        """The body as `strict_json` reads it; raises `WrongMediaType` when it is announced as another."""
        if not hasattr(self, "_json"):
            body = await self.body()
            announced = self.headers.get("content-type", "").partition(";")[0].strip().lower()
            if body and announced not in JSON_TYPES:
                remedy = N_("Send JSON with Content-Type: application/json.")
                problem = N_("{announced!r} cannot be read here.")
                raise WrongMediaType("content-type", problem, remedy, announced=announced)
            self._json = strict_json(body) if body else None
        return self._json


class StrictRoute(APIRoute):
    """A route that reads its body strictly, before the framework does; the route class of every router."""

    async def most_bytes(self, request: Request) -> int:
        """The largest body that this request may bring."""
        return MAX_BYTES

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Read the body, wait for a turn, then do what any route does."""
        handle = super().get_route_handler()
        takes_json = self.body_field and not isinstance(self.body_field.field_info, params.Form)
        fields = get_flat_params(self.dependant)
        asked = [field for field in fields if isinstance(field.field_info, params.Query)]
        taken = {field.alias: _is_list(field.field_info.annotation) for field in asked}
        heeded = frozenset(field.alias for field in fields if isinstance(field.field_info, params.Header))

        async def strictly(request: Request) -> Response:
            # links to a page may carry what somebody else put there; a program means what it sends
            if self.include_in_schema:
                _refuse_unasked(request.query_params.multi_items(), taken)
                _refuse_unheeded(request, heeded)
            strict = StrictRequest(request.scope, request.receive)
            strict.most = await self.most_bytes(request)
            if takes_json:
                await strict.json()
            elif self.body_field:
                await strict.body()
            elif self.include_in_schema and await strict.json() not in (None, {}):
                raise Refused("body", N_("This call takes no body."), N_("Leave it out."))
            if _is_form(request):
                # what a form said comes back with its page when it is refused
                request.state.body = await strict.body()
            # only now, so that whoever sends a body slowly takes nobody's turn
            async with turns_of(request):
                return await handle(strict)

        return strictly


def _is_form(request: Request) -> bool:
    return request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")


def _is_list(annotation: Any) -> bool:
    return any(get_origin(one) is list for one in (annotation, *get_args(annotation)))


def _refuse_unasked(sent: Iterable[tuple[str, str]], taken: Mapping[str, bool]) -> None:
    """Refuse the first parameter of an address that the call does not take, or that comes twice.

    `taken` says of each whether it is a list, which may repeat; a framework would heed the last one alone.
    """
    told: set[str] = set()
    for name, _ in sent:
        if name not in taken:
            raise _unknown(name, taken)
        if name in told and not taken[name]:
            raise Refused(name, N_("The parameter {value!r} comes twice."), N_("Send it once."), value=name)
        told.add(name)


def _unknown(name: str, taken: Collection[str]) -> Refused:
    """What is not among the parameters; its nearest name is told."""
    if taken:
        return UnknownCode(name, shortened(name), taken)
    problem = N_("{value!r} is not known.")
    return Refused(name, problem, N_("This call takes no parameters."), value=shortened(name))


def _refuse_unheeded(request: Request, heeded: Collection[str]) -> None:
    """Refuse a condition or a key that the call does not look at: it would be a promise that is not kept."""
    remedy = N_("Leave it out.")
    sent = request.headers.get("if-match", "*").strip()
    if request.method not in _READING and sent != "*" and "if-match" not in heeded:
        raise Refused("If-Match", N_("This call changes nothing that has a version."), remedy)
    if request.method == "POST" and "idempotency-key" in request.headers and "idempotency-key" not in heeded:
        raise Refused("Idempotency-Key", N_("This call takes no key: it may be sent again anyway."), remedy)


def strict_json(body: bytes) -> Any:
    """The value of a JSON text; raises `Malformed`, naming the field where there is one."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise Malformed("body", N_("Byte {at} is not UTF-8."), N_("Send UTF-8."), at=wrong.start) from None
    _refuse_depth(text)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_int=_integer,
            parse_float=_number,
        )
    except json.JSONDecodeError as wrong:
        problem = N_("The body is not JSON: line {line}, column {column}.")
        raise Malformed("body", problem, line=wrong.lineno, column=wrong.colno) from None
    _refuse_texts(value, "body")
    return value


def _refuse_depth(text: str) -> None:
    depth = 0
    for found in _BRACKETS.finditer(text):
        depth += (found[1] is not None) - (found[2] is not None)
        if depth > MAX_DEPTH:
            raise Malformed("body", N_("The body is nested deeper than {depth} levels."), depth=MAX_DEPTH)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        times = Counter(name for name, _ in pairs)
        twice = next(name for name, count in times.items() if count > 1)
        raise Malformed(twice, N_("The field {value!r} comes twice."), N_("Send it once."), value=twice)
    return found


def _no_constant(constant: str) -> None:
    remedy = N_("Leave a number out when it is not known.")
    raise Malformed("body", N_("{value} is not a number."), remedy, value=constant)


def _integer(digits: str) -> int:
    if len(digits) > _DIGITS or int(digits) not in _INTEGERS:
        raise Malformed("body", N_("A number is larger than can be kept."), N_("Give a smaller number."))
    return int(digits)


def _number(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise Malformed("body", N_("A number is larger than can be kept."), N_("Give a smaller number."))
    return number


def _refuse_texts(value: object, path: str) -> None:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _refuse_text(name, path)
            _refuse_texts(inner, name if path == "body" else f"{path}.{name}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _refuse_texts(inner, f"{path}.{index}")
    elif isinstance(value, str):
        _refuse_text(value, path)


def _refuse_text(text: str, path: str) -> None:
    halves = any("\ud800" <= letter <= "\udfff" for letter in text) if not text.isascii() else False
    if "\0" in text or halves:
        shown = path.encode("utf-8", "replace").decode()
        problem = N_("The text holds a character that cannot be kept.")
        raise Malformed(shown, problem, N_("Leave out NUL and half surrogate pairs."))
