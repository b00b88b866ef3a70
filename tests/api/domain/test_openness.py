"""What counts as an employer's own answer: every state, side, reason and cause has its row."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.contacts import ContactReply
from api.domain.moves import ProposalState, ReturnCause
from api.domain.openness import NEW, OF_REASON, OF_REPLY, OF_RETURN, OF_STATE, Openness, said_by
from api.domain.proposals import DeclineReason, Side
from matching.vocabulary import Answer

TODAY = date(2026, 12, 1)
ANSWERS = {"e-1": ((TODAY, True), (date(2025, 12, 1), False)), "e-2": ((TODAY, False),)}


def test_the_tables_leave_nothing_out():
    assert set(OF_STATE) == set(ProposalState) - {ProposalState.DECLINED}
    assert set(OF_REASON) == set(DeclineReason)
    assert set(OF_RETURN) == set(ReturnCause)
    assert set(OF_REPLY) == set(ContactReply)


def test_of_what_is_replied_to_a_contact_only_yes_and_no_are_answers():
    said = {reply: answer for reply, answer in OF_REPLY.items() if answer is not Answer.UNKNOWN}
    assert said == {ContactReply.YES: Answer.YES, ContactReply.NO: Answer.NO}


def test_only_taking_somebody_on_is_a_yes():
    told = {state for state in set(OF_STATE) if said_by(state, None, None) is Answer.YES}
    assert told == {ProposalState.ACCEPTED}
    assert Answer.YES not in {*OF_REASON.values(), *OF_RETURN.values()}


@pytest.mark.parametrize("reason", DeclineReason)
def test_a_citizen_s_no_is_never_the_employer_s(reason: DeclineReason):
    assert said_by(ProposalState.DECLINED, Side.CITIZEN, reason) is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (DeclineReason.TASK, Answer.NO),
        (DeclineReason.OTHER, Answer.NO),
        (DeclineReason.NOT_ANSWERED, Answer.UNKNOWN),
        (DeclineReason.TAKEN_OTHERWISE, Answer.UNKNOWN),
    ],
)
def test_an_employer_s_no_counts_and_its_silence_does_not(reason: DeclineReason, said: Answer):
    assert said_by(ProposalState.DECLINED, Side.EMPLOYER, reason) is said


def test_what_is_of_the_citizen_alone_says_nothing_of_the_employer():
    for state, side, reason in product(
        (ProposalState.NOT_ABLE_NOW, ProposalState.WITHDRAWN, ProposalState.CONTACTED),
        (None, *Side),
        (None, *DeclineReason),
    ):
        assert said_by(state, side, reason) is Answer.UNKNOWN
    assert OF_RETURN[ReturnCause.CITIZEN_NOT_ABLE] is Answer.UNKNOWN


def test_an_order_that_its_employer_calls_off_is_a_no_and_no_other_return_is():
    said = {cause for cause, answer in OF_RETURN.items() if answer is not Answer.UNKNOWN}
    assert (said, OF_RETURN[ReturnCause.EMPLOYER_WITHDREW]) == ({ReturnCause.EMPLOYER_WITHDREW}, Answer.NO)


def test_answers_are_halved_by_their_age_and_who_gave_none_is_new():
    found = Openness.reckoned(ANSWERS, TODAY, 12)
    assert (found.of("e-1"), found.of("e-2"), found.of("e-3")) == ((1.0, 0.5), (0.0, 1.0), NEW)
    assert found.aged_to(date(2027, 12, 1), 12).of("e-1") == (0.5, 0.25)
    assert found.aged_to(TODAY, 6).of("e-1") == (1.0, 0.25)
    assert found.aged_to(TODAY, 12) is found


def test_following_touches_those_who_are_named_and_forgets_whose_answers_are_gone():
    found = Openness.reckoned(ANSWERS, TODAY, 12)
    told = found.followed(["e-1", "e-3"], {"e-3": ((TODAY, True),)})
    assert (told.of("e-1"), told.of("e-2"), told.of("e-3")) == (NEW, (0.0, 1.0), (1.0, 0.0))
    assert "e-1" not in told.answers
    assert found.followed(["e-1", "e-9"], ANSWERS) is found


answers = st.dictionaries(
    st.sampled_from(["e-1", "e-2", "e-3"]),
    st.lists(
        st.tuples(st.integers(-2000, 30).map(lambda ago: TODAY + timedelta(days=ago)), st.booleans()),
        min_size=1,
        max_size=4,
    ).map(tuple),
)


@given(answers, answers, st.sets(st.sampled_from(["e-1", "e-2", "e-3"])))
def test_what_follows_is_what_would_be_reckoned_anew(before, after, names):
    told = Openness.reckoned(before, TODAY, 12).followed(names, after)
    known = {id_: each for id_, each in before.items() if id_ not in names}
    anew = Openness.reckoned(known | {id_: after[id_] for id_ in names & after.keys()}, TODAY, 12)
    assert (told.answers, told.histories) == (anew.answers, anew.histories)
