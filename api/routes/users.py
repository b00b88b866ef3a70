"""`/api/v1/users`: colleagues of the municipality, by whoever looks after them."""

from fastapi import APIRouter, Response

from api.casework import colleagues as desk
from api.routes.answers import Id, page, tag
from api.routes.bodies import StrictRoute
from api.routes.cursors import Stretched
from api.routes.etags import IfMatch
from api.routes.guards import ColleaguesWrite
from api.routes.units import ReadUnit, WriteUnit
from api.schemas.shapes import Page
from api.schemas.users import User, UserUpdate
from api.store import users

router = APIRouter(prefix="/api/v1/users", tags=["users"], route_class=StrictRoute)


@router.get("", operation_id="list_users")
def list_users(caller: ColleaguesWrite, stretch: Stretched, unit: ReadUnit) -> Page[User]:
    """Who can sign in for the municipality, those who are shut out included."""
    found = users.page(unit, caller, stretch.after_id, stretch.limit)
    return page(stretch, found.items, found.next, User.of)


@router.get("/{user_id}", operation_id="read_user")
def read_user(user_id: Id, caller: ColleaguesWrite, unit: ReadUnit, response: Response) -> User:
    """One colleague."""
    record = desk.read(unit, caller, user_id)
    tag(response, record.version)
    return User.of(record)


@router.patch("/{user_id}", operation_id="update_user")
def update_user(
    user_id: Id,
    caller: ColleaguesWrite,
    body: UserUpdate,
    seen: IfMatch,
    unit: WriteUnit,
    response: Response,
) -> User:
    """Change a colleague's name or role, shut them out or let them in again, from their next request on."""
    said = body.model_dump(exclude_unset=True)
    if said.get("name", "") is None:
        said["name"] = ""
    record = desk.change(unit, caller, user_id, seen, **said)
    tag(response, record.version)
    return User.of(record)
