"""Contacts and reservations: few per employer, by all teams together, seen by every list."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from api.casework import contact_corrections as corrections
from api.casework import contacts as desk
from api.casework import follow_ups, practices, reservations
from api.casework.contacts import NewContact
from api.casework.employers import read
from api.casework.errors import ContactLimitReached, NotYourWork
from api.domain.accounts import Outcome
from api.domain.caller import Caller
from api.domain.contacts import ContactAbout, ContactKind, ContactReply
from api.domain.practice import Practice
from api.domain.records import ContactBasis, EmployerRecord
from api.domain.working_days import day_of
from api.store import Store, assignments, audit, citizens, contacts, employers, job_orders
from api.store.errors import Missing
from geo import Refused
from matching.vocabulary import Answer
from tests.api.makers import make_citizen, make_employer, make_order
from tests.api.meanwhile import meanwhile

MONTH = timedelta(days=28)


@pytest.fixture
def firm(store: Store, naestved: Caller) -> EmployerRecord:
    """An employer who has never been contacted."""
    with store.unit() as unit:
        found = employers.add(unit, naestved, make_employer(naestved, last_contact_on=None))
        unit.commit()
    return found


@pytest.fixture
def today(store: Store) -> date:
    with store.unit(read_only=True) as unit:
        return day_of(unit.at)


def call(store: Store, caller: Caller, firm: EmployerRecord, **said) -> desk.ContactSeen:
    with store.unit() as unit:
        seen = desk.record(unit, caller, firm.id, NewContact(**{"kind": ContactKind.CALL, **said}))
        unit.commit()
    return seen


def reserve(store: Store, caller: Caller, firm: EmployerRecord, **said):
    with store.unit() as unit:
        kept = reservations.reserve(unit, caller, firm.id, **said)
        unit.commit()
    return kept


def history(store: Store, caller: Caller, firm: EmployerRecord, **said) -> desk.ContactHistory:
    with store.unit() as unit:
        found = desk.of_employer(unit, caller, firm.id, **said)
        unit.commit()
    return found


def log(store: Store, action: str):
    with store.unit(read_only=True) as unit:
        return [entry for entry in audit.entries(unit, "0370", limit=1000) if entry.action == action]


def test_a_contact_is_written_down_and_the_employer_s_last_contact_follows(store, naestved, firm, today):
    said = {"team": "Jobcentret", "note": "Ringede om vikarer", "kind": ContactKind.VISIT}
    seen = call(store, naestved, firm, **said)
    kept = seen.contact
    assert (kept.on, kept.team, kept.note, kept.kind) == (today, *said.values())
    assert (kept.by, kept.employer_id) == (naestved.user_id, firm.id)
    found = history(store, naestved, firm)
    assert found.items == (seen,)
    assert (found.state.taken, found.state.next_free_on) == ((today,), today + MONTH)
    with store.unit(read_only=True) as unit:
        assert read(unit, naestved, firm.id).last_contact_on == today
    [entry] = log(store, "contact_recorded")
    assert (entry.subject, entry.details["contact"]) == (firm.id, kept.id)
    assert said["note"] not in str(entry)


def test_what_is_written_down_late_does_not_move_the_last_contact_back(store, naestved, firm, today):
    call(store, naestved, firm)
    call(store, naestved, firm, on=today - timedelta(days=9))
    with store.unit(read_only=True) as unit:
        assert read(unit, naestved, firm.id).last_contact_on == today
    days = [one.contact.on for one in history(store, naestved, firm).items]
    assert days == [today, today - timedelta(days=9)]


def test_what_the_employer_began_is_written_down_and_does_not_count(store, naestved, firm, today):
    call(store, naestved, firm, by_employer=True)
    found = history(store, naestved, firm)
    assert len(found.items) == 1
    assert (found.state.taken, found.state.next_free_on) == ((), today)
    with store.unit(read_only=True) as unit:
        assert read(unit, naestved, firm.id).last_contact_on is None


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("on", {"on": date(2999, 1, 1)}),
        ("follow_up_on", {"follow_up_on": date(2020, 1, 1)}),
        ("follow_up_on", {"reply": ContactReply.NOT_NOW}),
        ("order_id", {"order_id": "o-9"}),
        ("reservation_id", {"reservation_id": "r-9"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_is_refused_by_name_and_nothing_is_kept(store, naestved, firm, field, said):
    with pytest.raises(Refused) as refused:
        call(store, naestved, firm, **said)
    assert refused.value.field == field
    assert history(store, naestved, firm).items == ()


def test_an_order_of_another_employer_is_not_spoken_about_with_this_one(store, naestved, firm):
    with store.unit() as unit:
        other = employers.add(unit, naestved, make_employer(naestved))
        own = job_orders.add(unit, naestved, make_order(firm))
        foreign = job_orders.add(unit, naestved, make_order(other))
        unit.commit()
    assert call(store, naestved, firm, order_id=own.id).contact.order_id == own.id
    with pytest.raises(Refused):
        call(store, naestved, firm, order_id=foreign.id)


def working(day):
    return Practice().calendar.working_day_of(day)


@pytest.mark.parametrize("days_off", [(), ("2027-01-04", "2027-01-05")])
def test_a_day_that_is_offered_is_a_working_day_that_keeps_to_the_limit(store, naestved, firm, days_off):
    friday = datetime(2026, 12, 4, 9, tzinfo=UTC)
    with store.unit() as unit:
        practices.change(unit, naestved, {"extra_days_off": list(days_off)}, None)
        unit.commit()
    with time_machine.travel(friday, tick=False), store.unit() as unit:
        desk.record(unit, naestved, firm.id, NewContact(kind=ContactKind.CALL))
        state = desk.state_of(unit, naestved, employers.find(unit, naestved, firm.id))
    # the limit ends on New Year's Day, a Friday
    assert state.next_free_on == date(2027, 1, 1)
    assert state.offered_on == (date(2027, 1, 6) if days_off else date(2027, 1, 4))


def test_one_team_s_call_lowers_the_other_s_allowance(store, naestved, colleague, firm, today):
    call(store, colleague, firm, team="Social")
    with pytest.raises(ContactLimitReached) as reached:
        reserve(store, naestved, firm)
    assert reached.value.next_free_on == working(today + MONTH)
    assert reserve(store, naestved, firm, on=today + MONTH).on == today + MONTH


def test_of_two_who_reserve_the_last_contact_at_once_one_is_told_the_next_free_day(
    patient: Store, naestved: Caller, colleague: Caller, firm: EmployerRecord, today: date
):
    with patient.unit() as unit:
        first = reservations.reserve(unit, naestved, firm.id)
        second = meanwhile(patient, lambda: reserve(patient, colleague, firm))
        unit.commit()
    with pytest.raises(ContactLimitReached) as reached:
        second.result(timeout=60)
    assert reached.value.next_free_on == working(today + MONTH)
    with patient.unit(read_only=True) as unit:
        kept, _, state = reservations.of_employer(unit, naestved, firm.id)
    assert kept == (first,)
    assert state.taken == (today,)


def test_of_many_who_reserve_at_once_as_many_win_as_there_are_contacts_left(
    patient: Store, naestved: Caller, firm: EmployerRecord, today: date
):
    with patient.unit() as unit:
        practices.change(unit, naestved, {"contact_limit": 3}, None)
        unit.commit()

    def told(_number: int) -> date:
        try:
            return reserve(patient, naestved, firm).on
        except ContactLimitReached as reached:
            return reached.next_free_on

    with ThreadPoolExecutor(6) as threads:
        days = sorted(threads.map(told, range(12)))
    assert days == [today] * 3 + [working(today + MONTH)] * 9
    with patient.unit(read_only=True) as unit:
        kept, _, state = reservations.of_employer(unit, naestved, firm.id)
    assert (len(kept), state.taken) == (3, (today,) * 3)


def test_a_call_and_a_reservation_at_once_do_not_both_take_the_last_contact(
    patient: Store, naestved: Caller, colleague: Caller, firm: EmployerRecord
):
    with patient.unit() as unit:
        desk.record(unit, naestved, firm.id, NewContact(kind=ContactKind.CALL))
        second = meanwhile(patient, lambda: reserve(patient, colleague, firm))
        unit.commit()
    with pytest.raises(ContactLimitReached):
        second.result(timeout=60)


def test_with_a_reason_the_limit_is_passed_over_and_the_log_says_so(store, naestved, firm, today):
    reserve(store, naestved, firm)
    with pytest.raises(ContactLimitReached):
        reserve(store, naestved, firm, reason="  ")
    beyond = reserve(store, naestved, firm, reason="Bestyreren bad om det")
    assert (beyond.on, beyond.reason) == (today, "Bestyreren bad om det")
    entries = log(store, "contact_reserved")
    assert [entry.details["beyond_limit"] for entry in entries] == [False, True]
    assert "Bestyreren" not in str(entries)


def test_the_limit_is_the_municipality_s_own(store, naestved, firm, today):
    with store.unit() as unit:
        practices.change(unit, naestved, {"contact_limit": 2, "contact_window_days": 7}, None)
        unit.commit()
    for _ in range(2):
        reserve(store, naestved, firm)
    with pytest.raises(ContactLimitReached) as reached:
        reserve(store, naestved, firm)
    assert reached.value.next_free_on == working(today + timedelta(days=7))


def test_a_reserved_day_that_is_given_back_is_free(store, naestved, colleague, firm, today):
    kept = reserve(store, naestved, firm)
    with store.unit() as unit:
        state = reservations.give_back(unit, colleague, firm.id, kept.id)
        unit.commit()
    assert state.next_free_on == today
    assert reserve(store, colleague, firm).on == today
    with store.unit() as unit, pytest.raises(Missing):
        reservations.give_back(unit, naestved, firm.id, kept.id)


def test_a_day_that_has_been_is_not_reserved(store, naestved, firm, today):
    with pytest.raises(Refused) as refused:
        reserve(store, naestved, firm, on=today - timedelta(days=1))
    assert refused.value.field == "on"


def test_a_contact_uses_up_the_caller_s_nearest_reserved_day(store, naestved, colleague, firm, today):
    with store.unit() as unit:
        practices.change(unit, naestved, {"contact_limit": 9}, None)
        unit.commit()
    later = reserve(store, naestved, firm, on=today + timedelta(days=9))
    near = reserve(store, naestved, firm, on=today + timedelta(days=1))
    theirs = reserve(store, colleague, firm)
    call(store, naestved, firm)
    with store.unit(read_only=True) as unit:
        kept, _, state = reservations.of_employer(unit, naestved, firm.id)
    assert kept == (theirs, later)
    assert state.taken == (today, today, later.on)
    [entry] = log(store, "contact_recorded")
    assert entry.details["reservation"] == near.id


def test_a_contact_uses_up_the_reserved_day_that_it_names(store, naestved, colleague, firm):
    theirs = reserve(store, colleague, firm)
    call(store, naestved, firm, by_employer=True)
    with store.unit(read_only=True) as unit:
        assert reservations.of_employer(unit, naestved, firm.id)[0] == (theirs,)
    call(store, naestved, firm, reservation_id=theirs.id)
    with store.unit(read_only=True) as unit:
        assert reservations.of_employer(unit, naestved, firm.id)[0] == ()


def test_today_can_be_named_as_the_day_to_reserve(store, naestved, firm, today):
    assert reserve(store, naestved, firm, on=today).on == today


def test_no_day_is_reserved_that_nobody_can_mean(store, naestved, firm, today):
    with pytest.raises(Refused) as refused:
        reserve(store, naestved, firm, on=today + timedelta(days=5 * 366))
    assert refused.value.field == "on"


def test_a_reason_that_was_not_needed_is_no_passing_over_of_the_limit(store, naestved, firm):
    reserve(store, naestved, firm, reason="Bestyreren bad om det")
    [entry] = log(store, "contact_reserved")
    assert entry.details["beyond_limit"] is False
    assert "why" not in entry.details


def test_who_is_told_to_wait_is_told_a_day_on_which_people_work(store, naestved, firm):
    friday = datetime(2026, 12, 4, 9, tzinfo=UTC)
    with time_machine.travel(friday, tick=False):
        call(store, naestved, firm)
        with pytest.raises(ContactLimitReached) as reached:
            reserve(store, naestved, firm)
    # the limit ends on New Year's Day, a Friday
    assert reached.value.next_free_on == date(2027, 1, 4)


def test_the_nearest_reserved_day_may_be_one_that_has_gone_by(store, naestved, firm, today):
    with store.unit() as unit:
        practices.change(unit, naestved, {"contact_limit": 9}, None)
        unit.commit()
    near = reserve(store, naestved, firm, on=today)
    later = reserve(store, naestved, firm, on=today + timedelta(days=20))
    with time_machine.travel(datetime.combine(today, time(12), UTC) + timedelta(days=12), tick=False):
        call(store, naestved, firm)
        with store.unit(read_only=True) as unit:
            assert reservations.of_employer(unit, naestved, firm.id)[0] == (near,)
        call(store, naestved, firm, kind=ContactKind.VISIT)
    assert [entry.details["reservation"] for entry in log(store, "contact_recorded")] == [later.id, near.id]


def test_a_second_word_of_one_conversation_uses_up_a_day_only_when_it_names_it(store, naestved, firm, today):
    call(store, naestved, firm)
    day = reserve(store, naestved, firm, on=today + MONTH)
    call(store, naestved, firm)
    with store.unit(read_only=True) as unit:
        assert reservations.of_employer(unit, naestved, firm.id)[0] == (day,)
    call(store, naestved, firm, reservation_id=day.id)
    with store.unit(read_only=True) as unit:
        assert reservations.of_employer(unit, naestved, firm.id)[0] == ()


def test_a_reserved_day_is_used_up_by_one_conversation_alone(store, naestved, firm, today):
    day = reserve(store, naestved, firm)
    call(store, naestved, firm)
    call(store, naestved, firm, kind=ContactKind.VISIT)
    assert [entry.details.get("reservation") for entry in log(store, "contact_recorded")] == [day.id, None]
    with pytest.raises(Refused) as refused:
        call(store, naestved, firm, kind=ContactKind.MAIL, reservation_id=day.id)
    assert refused.value.field == "reservation_id"
    # two conversations count twice, and the day that one of them used up not once more
    assert history(store, naestved, firm).state.taken == (today, today)
    with store.unit() as unit, pytest.raises(Missing):
        reservations.give_back(unit, naestved, firm.id, day.id)


@pytest.mark.parametrize("ago", [27, 28], ids=["the last day", "the day after it"])
def test_a_contact_counts_up_to_the_last_day_of_the_window(store, naestved, firm, today, ago):
    on = today - timedelta(days=ago)
    call(store, naestved, firm, on=on)
    state = history(store, naestved, firm).state
    assert state.taken == ((on,) if ago == 27 else ())
    assert state.next_free_on == today + timedelta(days=28 - ago)


def test_the_history_of_an_employer_is_read_a_stretch_at_a_time(store, naestved, firm, today):
    for ago in (3, 0, 3, 1):
        call(store, naestved, firm, on=today - timedelta(days=ago))
    shown, after = [], None
    for _ in range(4):
        found = history(store, naestved, firm, after=after, limit=1)
        shown += found.items
        after = found.next
    assert after is None
    assert [(today - one.contact.on).days for one in shown] == [0, 1, 3, 3]
    assert len({one.contact.id for one in shown}) == 4


def test_what_is_to_be_come_back_to_is_told_until_somebody_has(store, naestved, colleague, firm, today):
    ago = today - timedelta(days=5)
    # of other things nobody knows whether a later call was about the same
    other = {"about": ContactAbout.OTHER}
    late = call(store, naestved, firm, **other, on=ago, follow_up_on=today - timedelta(days=1)).contact
    due = call(store, colleague, firm, **other, follow_up_on=today).contact
    call(store, naestved, firm, **other, follow_up_on=today + timedelta(days=1))
    call(store, naestved, firm, **other)
    with store.unit() as unit:
        assert contacts.due(unit, naestved, today) == (late, due)
        settled = follow_ups.settle(unit, naestved, firm.id, late.id)
        assert settled.contact.settled_at == unit.at
        assert contacts.due(unit, naestved, today) == (due,)
        # once more changes nothing
        assert follow_ups.settle(unit, colleague, firm.id, late.id) == settled
        with pytest.raises(Missing):
            follow_ups.settle(unit, naestved, "e-9", due.id)
        unit.commit()
    assert len(log(store, "follow_up_settled")) == 1


def test_what_was_said_of_a_citizen_is_open_to_those_whose_work_the_citizen_is(
    store, naestved, colleague, firm
):
    with store.unit() as unit:
        anna = citizens.add(unit, naestved, make_citizen(naestved))
        assignments.assign(unit, naestved, anna.id, naestved.user_id)
        unit.commit()
    said = {"note": "Anna kan begynde på mandag", "reply": ContactReply.YES}
    mine = call(store, naestved, firm, citizen_id=anna.id, **said)
    assert (mine.name, mine.initials, mine.contact.note) == (
        anna.name,
        "A.M.H.",
        "Anna kan begynde på mandag",
    )
    [masked] = history(store, colleague, firm).items
    assert (masked.name, masked.initials, masked.contact.note) == (None, "A.M.H.", "")
    assert (mine.contact.reply, masked.contact.reply) == (ContactReply.YES, ContactReply.UNKNOWN)
    with store.unit() as unit, pytest.raises(NotYourWork):
        corrections.correct_reply(unit, colleague, firm.id, mine.contact.id, ContactReply.NO)
    with store.unit(read_only=True) as unit:
        assert contacts.last_replies(unit, naestved, [firm.id]) == {}
    with pytest.raises(NotYourWork):
        call(store, colleague, firm, citizen_id=anna.id)
    with store.unit() as unit, pytest.raises(NotYourWork):
        corrections.correct_note(unit, colleague, firm.id, mine.contact.id, "")
    with store.unit() as unit:
        corrections.correct_note(unit, naestved, firm.id, mine.contact.id, "")
        unit.commit()
    corrected = [(one.outcome, one.citizen_id, one.details) for one in log(store, "contact_note_corrected")]
    assert corrected == [
        (Outcome.DENIED, anna.id, {}),
        (Outcome.PERMITTED, anna.id, {"contact": mine.contact.id, "removed": True}),
    ]
    looks = [entry for entry in log(store, "contact_listed") if entry.user_id == colleague.user_id]
    assert [(look.citizen_id, look.details["masked"]) for look in looks] == [(anna.id, True)]
    assert [entry.outcome for entry in log(store, "contact_recorded")] == [
        Outcome.PERMITTED,
        Outcome.DENIED,
    ]


def taken_back(store, caller, contact):
    with store.unit() as unit:
        state = corrections.take_back(unit, caller, contact.employer_id, contact.id)
        unit.commit()
    return state


def test_a_reserved_day_is_there_again_when_the_contact_that_used_it_up_is_taken_back(
    store, naestved, firm, today
):
    day = reserve(store, naestved, firm, on=today + timedelta(days=3), reason="Aftalt med Grethe")
    contact = call(store, naestved, firm).contact
    assert taken_back(store, naestved, contact).taken == (day.on,)
    with store.unit(read_only=True) as unit:
        assert reservations.of_employer(unit, naestved, firm.id)[0] == (day,)
    [entry] = log(store, "contact_taken_back")
    assert entry.details["reservation"] == day.id
    # and is used up, or given back, like any other
    call(store, naestved, firm)
    with store.unit() as unit, pytest.raises(Missing):
        reservations.give_back(unit, naestved, firm.id, day.id)


def test_a_reserved_day_is_not_there_again_when_somebody_else_has_got_the_contact(
    store, naestved, colleague, firm, today
):
    reserve(store, naestved, firm, on=today + timedelta(days=20))
    contact = call(store, naestved, firm).contact
    theirs = reserve(store, colleague, firm, on=today + MONTH)
    assert taken_back(store, naestved, contact).taken == (theirs.on,)
    with store.unit(read_only=True) as unit:
        assert reservations.of_employer(unit, naestved, firm.id)[0] == (theirs,)
    [entry] = log(store, "contact_taken_back")
    assert "reservation" not in entry.details


def corrected(store, caller, contact, reply, follow_up_on=None):
    with store.unit() as unit:
        seen = corrections.correct_reply(
            unit, caller, contact.employer_id, contact.id, reply, follow_up_on
        ).contact
        unit.commit()
    return seen


def test_what_the_employer_said_is_put_right_with_the_day_to_come_back(
    store, naestved, colleague, firm, today
):
    spring = today + timedelta(days=120)
    contact = call(store, naestved, firm, note="Ringer tilbage").contact
    later = corrected(store, colleague, contact, ContactReply.NOT_NOW, spring)
    assert (later.reply, later.follow_up_on, later.note) == (ContactReply.NOT_NOW, spring, "Ringer tilbage")
    with store.unit() as unit:
        assert follow_ups.settle(unit, naestved, firm.id, contact.id).contact.settled_at == unit.at
        unit.commit()
    # the same day is come back to already; another one, or none, is not
    assert corrected(store, naestved, contact, ContactReply.YES, spring).settled_at
    assert not corrected(store, naestved, contact, ContactReply.YES, today).settled_at
    assert corrected(store, naestved, contact, ContactReply.NO).follow_up_on is None
    steps = [(one.details["before"], one.details["after"]) for one in log(store, "contact_reply_corrected")]
    assert steps == [("unknown", "not_now"), ("not_now", "yes"), ("yes", "yes"), ("yes", "no")]


def test_a_correction_that_cannot_be_changes_nothing(store, naestved, vejle, firm, today):
    contact = call(store, naestved, firm, reply=ContactReply.NO).contact
    for day in (None, today - timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            corrected(store, naestved, contact, ContactReply.NOT_NOW, day)
        assert refused.value.field == "follow_up_on"
    for who, where in ((vejle, firm.id), (naestved, "e-9")):
        with store.unit() as unit, pytest.raises(Missing):
            corrections.correct_reply(unit, who, where, contact.id, ContactReply.YES)
    [kept] = history(store, naestved, firm).items
    assert kept.contact == contact


def test_the_last_that_an_employer_said_is_told_and_silence_of_nobody_is_not(store, naestved, firm, today):
    ago = today - timedelta(days=9)
    call(store, naestved, firm, on=ago, reply=ContactReply.NO)
    call(store, naestved, firm, on=today - timedelta(days=20), reply=ContactReply.YES)
    call(store, naestved, firm)
    with store.unit(read_only=True) as unit:
        [(id_, last)] = contacts.last_replies(unit, naestved, [firm.id, "e-9"]).items()
    assert (id_, last.reply, last.on) == (firm.id, ContactReply.NO, ago)


def test_another_municipality_s_employer_does_not_exist(store, vejle, firm):
    for act in (
        lambda unit: desk.record(unit, vejle, firm.id, NewContact(kind=ContactKind.CALL)),
        lambda unit: desk.of_employer(unit, vejle, firm.id),
        lambda unit: reservations.reserve(unit, vejle, firm.id),
        lambda unit: reservations.of_employer(unit, vejle, firm.id),
        lambda unit: reservations.give_back(unit, vejle, firm.id, "r-1"),
    ):
        with store.unit() as unit, pytest.raises(Missing):
            act(unit)


def test_another_municipality_s_contacts_are_not_due_here(store, naestved, vejle, firm, today):
    kept = call(store, naestved, firm, follow_up_on=today).contact
    with store.unit() as unit:
        assert contacts.due(unit, vejle, today) == ()
        assert contacts.find(unit, vejle, kept.id) is None
        assert not contacts.settle(unit, vejle, kept.id)
        with pytest.raises(Missing):
            contacts.add(unit, vejle, kept)


def test_a_note_lies_sealed_and_only_its_own_row_opens_it(store, naestved, firm):
    call(store, naestved, firm, note="Spørg efter Grethe")
    with store.unit(read_only=True) as unit:
        [row] = unit.session.scalars(contacts._own(naestved))
        assert b"Grethe" not in row.note.token
        opened = unit.keys.open(row.note, contacts.EmployerContactRow.note, "0370", row.id)
    assert opened == "Spørg efter Grethe"


@pytest.mark.parametrize("protected", [Answer.YES, Answer.UNKNOWN])
def test_no_day_is_reserved_at_who_must_not_be_contacted_first_whatever_the_reason(
    store, naestved, firm, protected
):
    silent = {"advertising_protected": protected, "contact_basis": None}
    with store.unit() as unit:
        quiet = employers.add(unit, naestved, make_employer(naestved, **silent))
        unit.commit()
    for said in ({}, {"reason": "Det haster"}):
        with pytest.raises(Refused) as refused:
            reserve(store, naestved, quiet, **said)
        assert refused.value.field == "contact_basis"
    with store.unit(read_only=True) as unit:
        assert reservations.of_employer(unit, naestved, quiet.id)[0] == ()


@pytest.mark.parametrize(
    "known",
    [
        {"advertising_protected": Answer.YES, "contact_basis": ContactBasis.CONSENT},
        {"advertising_protected": Answer.NO, "contact_basis": None},
    ],
    ids=["basis", "not protected"],
)
def test_with_a_basis_or_without_protection_a_day_is_reserved(store, naestved, known):
    with store.unit() as unit:
        open_one = employers.add(unit, naestved, make_employer(naestved, last_contact_on=None, **known))
        unit.commit()
    assert reserve(store, naestved, open_one).employer_id == open_one.id
