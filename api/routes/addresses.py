"""Asking the address service for what a request saves, before its unit of work is open.

An endpoint that saves an address names its `Answers` ahead of its unit, so that nobody who wants to write
waits for a service outside.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from fastapi import Request

from api.casework.addresses import NOTHING_ASKED, Addresses
from api.casework.places import same_address
from api.domain.caller import Caller
from api.domain.records import Centre, EmployerRecord, Place
from api.routes.units import store_of
from geo.address_service import Answers

Body = TypeVar("Body")


@dataclass(frozen=True, slots=True)
class Asked(Generic[Body]):
    """What was sent, with what the address service knows of it. Whoever needs both takes them together.

    A body that two took apart would be checked twice, and its faults be told twice.
    """

    body: Body
    answers: Answers


def addresses_of(request: Request) -> Addresses:
    """The address service of this application."""
    addresses: Addresses = request.app.state.addresses
    return addresses


def ask(
    request: Request, caller: Caller, record: Centre | EmployerRecord, before: Place | None = None
) -> Answers:
    """What the service knows of the house; nothing is asked where a point was sent or the address stays."""
    stays = before is not None and same_address(before, record.place)
    if stays or record.place.point is not None:
        return NOTHING_ASKED
    return addresses_of(request).ask(store_of(request), caller, [record])
