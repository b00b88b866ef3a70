"""What is still to be asked: once, of the workplace or of the order, the most useful first."""

from hypothesis import given
from hypothesis import strategies as st

from api.domain.caller import Caller, Role
from api.domain.questions import Stakes, open_questions
from matching.citizens import Needs
from matching.orders import Task
from matching.vocabulary import Answer, Demand, Support, of_the_place
from tests.api.makers import make_employer, make_order

BODIL = Caller("u-1", "bodil", "0370", Role.CONSULTANT)
REQUIRED = (Support.CONTACT_PERSON, Demand.MACHINES, Demand.ALCOHOL_PRESENT)
NOBODY = Stakes.of([])
SILENT = make_employer(BODIL, id="e-1", demands={}, supports={})

codes = st.sampled_from([*Demand, *Support])
answers = st.dictionaries(codes, st.sampled_from(Answer), max_size=6)


def order(number, said=None):
    demands = {code: answer for code, answer in (said or {}).items() if isinstance(code, Demand)}
    supports = {code: answer for code, answer in (said or {}).items() if isinstance(code, Support)}
    return make_order(SILENT, id=f"o-{number}", task=Task(demands=demands, supports=supports))


def employer(said):
    demands = {code: answer for code, answer in said.items() if isinstance(code, Demand)}
    supports = {code: answer for code, answer in said.items() if isinstance(code, Support)}
    return make_employer(BODIL, id="e-1", demands=demands, supports=supports)


def asked(firm, orders, required=REQUIRED, stakes=NOBODY):
    return [(one.about, one.order_id) for one in open_questions(firm, orders, required, stakes)]


def test_a_workplace_without_an_order_is_asked_everything_once():
    assert asked(SILENT, []) == [(about, None) for about in REQUIRED]


def test_what_comes_with_the_work_is_asked_of_each_order_and_the_rest_of_the_workplace():
    assert asked(SILENT, [order(1), order(2)]) == [
        (Support.CONTACT_PERSON, None),
        (Demand.ALCOHOL_PRESENT, None),
        (Demand.MACHINES, "o-1"),
        (Demand.MACHINES, "o-2"),
    ]


def test_what_was_answered_for_the_workplace_is_asked_of_no_order():
    told = employer({Demand.MACHINES: Answer.NO, Support.CONTACT_PERSON: Answer.NO})
    assert asked(told, [order(1)]) == [(Demand.ALCOHOL_PRESENT, None)]


def test_what_was_answered_for_one_order_is_asked_of_the_others_only():
    found = asked(SILENT, [order(1, {Demand.MACHINES: Answer.YES}), order(2)], (Demand.MACHINES,))
    assert found == [(Demand.MACHINES, "o-2")]


def test_unknown_is_no_answer():
    said = dict.fromkeys(REQUIRED, Answer.UNKNOWN)
    assert len(asked(employer(said), [order(1, said)])) == len(REQUIRED)


def test_what_decides_for_most_comes_first_and_then_what_most_wish():
    people = [
        Needs(avoids={"alcohol_present"}, wishes={"contact_person"}),
        Needs(avoids={"alcohol_present"}),
        Needs(abilities={"driving_licence": "no", "digital_tools": "yes"}),
    ]
    required = (Demand.DIGITAL_TOOLS, *REQUIRED, Demand.DRIVING_LICENCE)
    found = open_questions(SILENT, [order(1)], required, Stakes.of(people))
    assert [one.about for one in found] == [
        Demand.ALCOHOL_PRESENT,
        Demand.DRIVING_LICENCE,
        Support.CONTACT_PERSON,
        Demand.DIGITAL_TOOLS,
        Demand.MACHINES,
    ]
    assert [one.matters_to for one in found] == [2, 1, 0, 0, 0]


def test_a_question_that_settles_several_orders_comes_before_one_that_settles_one():
    stakes = Stakes.of([Needs(avoids={"machines", "alcohol_present"})])
    found = open_questions(SILENT, [order(1), order(2)], REQUIRED, stakes)
    assert (found[0].about, found[0].settles) == (Demand.ALCOHOL_PRESENT, 2)


@given(answers, st.lists(answers, max_size=3), st.lists(codes, max_size=6))
def test_exactly_what_nobody_has_answered_is_asked_and_nothing_twice(told, tasks, required):
    orders = [order(number, said) for number, said in enumerate(tasks)]
    found = asked(employer(told), orders, tuple(required))
    assert len(set(found)) == len(found)

    def known(said, about):
        return said.get(about, Answer.UNKNOWN) is not Answer.UNKNOWN

    for about in set(required):
        still = [f"o-{number}" for number, said in enumerate(tasks) if not known(said, about)]
        asked_of = [order_id for code, order_id in found if code == about]
        if known(told, about) or (tasks and not still):
            assert asked_of == []
        elif of_the_place(about) or not tasks:
            assert asked_of == [None]
        else:
            assert asked_of == still
    assert {about for about, _ in found} <= set(required)
