"""Lists on their way in, one at each step, under addresses that pictures and tests know."""

from datetime import UTC, datetime

from api.access.scopes import Scope, may
from api.casework import employers as employers_desk
from api.casework import taking_lists_back
from api.casework.addresses import Addresses
from api.casework.seeding import Login
from api.domain.caller import Caller, Channel
from api.domain.imports import ImportKind
from api.domain.records import RecordKind
from api.domain.uploads import KEPT_FOR, Upload
from api.exchange import uploading
from api.exchange.importing import LookingUp
from api.exchange.telling import Voice
from api.exchange.uploading import Means
from api.routes.language import translator
from api.store import Store, uploads, users
from matching.language import Language
from matching.vocabulary import Answer, Demand

HEADER = "Navn på firma;CVR-nr;P-nr;Adresse;Postnr;By;Telefon;Branche;Noter"
GOOD, WRONG = "99003626", "99003627"
COLUMNS, LOOKED, STORING, STORED, BACK = (
    "/imports/columns",
    "/imports/looked",
    "/imports/storing",
    "/imports/stored",
    "/imports/back",
)


def list_of(count: int, first: int = 1) -> bytes:
    """A list as a case system exports it: an odd header, every fifth CVR number wrong."""
    rows = (
        f"Listens Eksempel {number};{WRONG if number % 5 == 0 else GOOD};{1999000000 + number};"
        f"Torvet {number};4700;Næstved;55 77 00 {number:02};Detailhandel;Ring om formiddagen"
        for number in range(first, first + count)
    )
    return "\r\n".join((HEADER, *rows)).encode("utf-8-sig")


def add_lists(store: Store, login: Login) -> None:
    """A file of somebody's at each of the four steps, and one that was taken back."""
    with store.unit(read_only=True) as unit:
        user = users.by_username(unit, login.username)
    assert user is not None
    caller = users.caller_of(user, Channel.BROWSER)
    assert may(caller, Scope.IMPORTS_WRITE)
    means = Means(
        store=store,
        caller=caller,
        voice=Voice(Language.DANISH, translator(Language.DANISH)),
        looking_up=LookingUp(addresses=Addresses(), seconds=0),
    )
    for address in (COLUMNS, LOOKED, STORING, STORED, BACK):
        _at(means, caller, address)


def _at(means: Means, caller: Caller, address: str) -> None:
    now = datetime.now(UTC)
    upload = Upload(
        id=address.rpartition("/")[2],
        municipality=caller.municipality,
        kind=ImportKind.EMPLOYERS,
        file_name="fasit-udtræk.csv",
        content=list_of(3, first=41) if address == BACK else list_of(12),
        since=now,
        by=caller.user_id,
        expires_at=now + KEPT_FOR,
    )
    with means.store.unit() as unit:
        uploads.add(unit, upload)
        unit.commit()
    if address == COLUMNS:
        return
    with means.store.unit() as unit:
        chosen = {column.header: column.field for column in uploading.offered(upload).columns if column.field}
        upload = uploading.choose(unit, upload, {**chosen, "Navn på firma": "name"}, None)
        unit.commit()
    uploading.look(means, upload)
    if address == LOOKED:
        return
    with means.store.unit() as unit:
        upload = uploading.begin(unit, uploading.opened(unit, caller, upload.id))
        unit.commit()
    if address in (STORED, BACK):
        uploading.take_in(means, upload, skip_refused=True)
        _used(means, caller, upload.id) if address == STORED else _taken_back(means, caller, upload.id)


def _used(means: Means, caller: Caller, run_id: str) -> None:
    """One of the employers has answered something since."""
    with means.store.unit() as unit:
        _, found = taking_lists_back.look(unit, caller, run_id)
        employer = found.going[RecordKind.EMPLOYER][0]
        employers_desk.answer(unit, caller, employer.id, Demand.NOISE, Answer.NO)
        unit.commit()


def _taken_back(means: Means, caller: Caller, run_id: str) -> None:
    with means.store.unit() as unit:
        taking_lists_back.take_back(unit, caller, run_id)
        unit.commit()
