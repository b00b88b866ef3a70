import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from api.casework import contacts, reservations
from api.casework import proposals as desk
from api.config import Settings
from api.domain.caller import Caller, Channel, Role
from api.domain.contacts import ContactKind
from api.domain.drafts import CallDraft
from api.domain.imports import ImportKind, ImportRun
from api.domain.moves import ProposalState
from api.domain.proposals import StartedFrom
from api.domain.records import (
    ChainLink,
    CitizenRecord,
    JobOrderRecord,
    KeptReading,
    Municipality,
    Through,
)
from api.domain.reordering import Reordered
from api.store import (
    Store,
    Unit,
    access_grants,
    assignments,
    citizens,
    clock_pauses,
    drafts,
    employers,
    idempotency,
    imports,
    job_orders,
    moves,
    municipalities,
    new_id,
    open_store,
    reorderings,
    uploads,
    users,
)
from api.store.columns import SealedText
from api.store.errors import SealBroken
from api.store.idempotency import GivenAnswer
from api.store.sealing import Keyring, Sealed, owner
from api.store.tables import Base, CitizenRow
from matching.citizens import Needs
from tests.api.makers import make_citizen, make_employer, make_order, make_upload

KEYS = Keyring({1: b"1" * 32, 2: b"2" * 32}, current=2)
words = st.text(st.characters(codec="utf-8"))


@given(words, st.lists(words, min_size=1, max_size=3))
def test_what_was_sealed_opens_for_its_owner(said: str, row: list[str]):
    assert KEYS.open(KEYS.seal(said, CitizenRow.name, *row), CitizenRow.name, *row) == said


@given(st.lists(words, max_size=3), st.lists(words, max_size=3))
def test_no_two_rows_have_the_same_owner(one: list[str], other: list[str]):
    assert (owner(CitizenRow.name, *one) == owner(CitizenRow.name, *other)) == (one == other)


def test_a_sealed_text_opens_in_no_other_row_or_column():
    sealed = KEYS.seal("Anna", CitizenRow.name, "0370", "c-1")
    for column, row in [(CitizenRow.name, ("0370", "c-2")), (CitizenRow.needs, ("0370", "c-1"))]:
        with pytest.raises(SealBroken):
            KEYS.open(sealed, column, *row)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_a_sealed_text_that_was_changed_in_any_byte_does_not_open(at: int, flip: int):
    token = bytearray(KEYS.seal("Anna", CitizenRow.name, "c-1").token)
    token[at % len(token)] ^= flip
    with pytest.raises(SealBroken):
        KEYS.open(Sealed(bytes(token)), CitizenRow.name, "c-1")


@pytest.mark.parametrize("token", [b"", b"\2", b"\2" + b"0" * 12])
def test_a_sealed_text_that_was_cut_does_not_open(token: bytes):
    with pytest.raises(SealBroken):
        KEYS.open(Sealed(token), CitizenRow.name, "c-1")


def test_the_same_text_is_sealed_differently_each_time():
    assert len({KEYS.seal("Anna", CitizenRow.name, "c-1").token for _ in range(100)}) == 100


def test_a_text_sealed_with_an_earlier_key_still_opens():
    earlier = Keyring({1: b"1" * 32}, current=1).seal("Anna", CitizenRow.name, "c-1")
    assert KEYS.open(earlier, CitizenRow.name, "c-1") == "Anna"
    assert KEYS.seal("Anna", CitizenRow.name, "c-1").key_id == 2


def test_sealed_texts_that_were_exchanged_between_rows_are_refused(store: Store, naestved: Caller):
    with store.unit() as unit:
        citizens.add_all(unit, naestved, [make_citizen(naestved, id="c-1"), make_citizen(naestved, id="c-2")])
        moved = "UPDATE citizen SET name = (SELECT name FROM citizen WHERE id = 'c-1') WHERE id = 'c-2'"
        unit.session.execute(text(moved))
        assert citizens.find(unit, naestved, "c-1") is not None
        with pytest.raises(SealBroken):
            citizens.find(unit, naestved, "c-2")


def test_which_columns_are_sealed_is_known():
    sealed = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.type.__class__.__name__ == "SealedText"
    }
    assert sealed == {
        "access_grant.reason",
        "call_draft.content",
        "clock_pause.reason",
        "contact_reservation.reason",
        "employer_contact.note",
        "job_order.reading",
        "job_order_move.note",
        "list_reorder.reason",
        "proposal.note",
        "proposal_move.note",
        "citizen.chain",
        "citizen.name",
        "citizen.needs",
        "employer.contact_basis_note",
        "employer.contact_person",
        "employer.phone",
        "idempotency.body",
        "import_run.report",
        "job_order.text",
        "job_order.times_text",
        "record_version.body",
        "upload.about",
        "upload.content",
    }


def test_no_sensitive_text_lies_readable_on_the_disk(sqlite_settings: Settings, tmp_path: Path):
    with open_store(sqlite_settings, create=True) as store:
        canaries = write_canaries(store)
        during = everything_in(tmp_path)
    assert len(canaries) == 22
    for content in (during, everything_in(tmp_path)):
        assert b"readable on purpose" in content
        assert [canary for canary in canaries if canary.encode() in content] == []


def everything_in(folder: Path) -> bytes:
    files = sorted(path for path in folder.iterdir() if path.is_file())
    assert any(path.name == "frikortmatch.db" for path in files)
    return b"".join(path.read_bytes() for path in files)


def write_canaries(store: Store) -> list[str]:
    made: list[str] = []

    def canary() -> str:
        # letters alone: random digits may look like a civil registration number, which is refused
        made.append("Kanarie" + "".join(secrets.choice(ascii_lowercase) for _ in range(16)))
        return made[-1]

    with store.unit() as unit:
        municipalities.add(unit, Municipality(code="0370", name="readable on purpose"))
        user = users.add(unit, "0370", "bodil", Role.CONSULTANT)
        caller = users.caller_of(user, Channel.HTTP)
        # the needs are codes; a number that nobody else uses marks them
        chain = (ChainLink(through=Through.OTHER, name=canary(), number=canary()),)
        citizen = make_citizen(caller, name=canary(), needs=Needs(max_minutes=8642.97531), chain=chain)
        made.append("8642.97531")
        citizens.add(unit, caller, citizen)
        citizens.replace(unit, caller, citizen, 1)
        assignments.assign(unit, caller, citizen.id, caller.user_id)
        access_grants.add(unit, caller, citizen.id, canary(), timedelta(minutes=60))
        employer = make_employer(caller, phone=canary(), contact_person=canary(), contact_basis_note=canary())
        employers.add(unit, caller, employer)
        reading = KeptReading(proposed={"text": canary()})
        order = make_order(employer, text=canary(), times_text=canary(), reading=reading)
        job_orders.add(unit, caller, order)
        write_desk(unit, caller, citizen, order, canary)
        upload = make_upload(caller, content=canary().encode(), file_name=canary())
        uploads.add(unit, upload)
        typed = CallDraft(form="form", fields={"text": canary()}, since=unit.at)
        drafts.put(unit, caller, typed)
        uploads.replace(unit, replace(upload, told={"said": canary()}))
        unit.commit()
    # changed and taken away again: neither may stay in a free page
    with store.unit() as unit:
        run = ImportRun(
            id=new_id(),
            municipality="0370",
            kind=ImportKind.EMPLOYERS,
            file_name="a.csv",
            file_hash="0",
            report=made[0],
        )
        imports.add(unit, caller, run)
        answer = GivenAnswer(request_hash="0", status=201, body=made[0])
        idempotency.keep(unit, caller, "k", answer)
        assert without_any_text(unit) == []
        for table in ("proposal_move", "proposal", "employer_contact", "contact_reservation", "job_order"):
            unit.session.execute(text(f"DELETE FROM {table}"))
        unit.commit()
    return made


def write_desk(
    unit: Unit, caller: Caller, citizen: CitizenRecord, order: JobOrderRecord, canary: Callable[[], str]
) -> None:
    """Everything that is noted down while an order is worked on."""
    made = desk.propose(
        unit,
        caller,
        desk.NewProposal(
            citizen_id=citizen.id, order_id=order.id, started_from=StartedFrom.JOB_ORDER, note=canary()
        ),
    )
    declined = desk.CameOf(state=ProposalState.WITHDRAWN, note=canary())
    desk.record(unit, caller, made.proposal.id, declined)
    moves.keep(unit, caller, moves.OF_ORDERS, order.id, "open", "open", note=canary())
    clock_pauses.begin(unit, caller, order.id, canary())
    reorderings.add(
        unit,
        caller,
        Reordered(
            id=new_id(),
            municipality=caller.municipality,
            list_id="list",
            citizen_id=citizen.id,
            shown=("a", "b"),
            order=("b", "a"),
            reason=canary(),
            by=caller.user_id,
            at=unit.at,
        ),
    )
    reservations.reserve(unit, caller, order.employer_id, reason=canary())
    said = {"kind": ContactKind.CALL, "note": canary(), "by_employer": True}
    contacts.record(unit, caller, order.employer_id, contacts.NewContact(**said))


def without_any_text(unit: Unit) -> list[str]:
    """The sealed columns in which nothing lies: what is not written down cannot leak, and proves nothing."""
    return [
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, SealedText)
        and not unit.session.scalar(select(func.count()).select_from(table).where(column.is_not(None)))
    ]
