"""A task whose words change: what is read anew, what stays, what has to be asked again."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from api.domain.tasks import reworded
from matching.orders import Task
from matching.vocabulary import Activity, Answer, Demand, Setting, Support, of_the_place

answers = st.dictionaries(st.sampled_from(Demand), st.sampled_from([Answer.YES, Answer.NO]), max_size=6)
tasks = st.builds(
    Task,
    activities=st.sampled_from([{}, {Activity.GREEN: 1}, {Activity.KITCHEN: 1}]),
    setting=st.sampled_from(Setting),
    demands=answers,
    supports=st.dictionaries(st.sampled_from(Support), st.sampled_from([Answer.YES, Answer.NO]), max_size=4),
    hours_per_week=st.sampled_from([None, 2, 3]),
    starts_on=st.sampled_from([None, date(2026, 12, 1)]),
)
WEEDING, DISHES = Task(activities="green"), Task(activities="kitchen")


@given(tasks, tasks)
def test_words_that_say_the_same_change_nothing(kept, words):
    assert reworded(kept, words, words) == kept


@given(tasks, tasks)
def test_a_task_nobody_touched_is_what_its_new_words_say_but_for_its_days(before, now):
    assert reworded(before, before, now).demands == now.demands
    assert reworded(before, before, now).supports == now.supports


@given(tasks, tasks, tasks)
def test_what_the_new_words_say_anew_always_counts(kept, before, now):
    found = reworded(kept, before, now)
    for code, said in now.demands.items():
        if before.demands.get(code) != said:
            assert found.demands[code] == said


@given(tasks, answers, tasks)
def test_an_answer_stays_while_the_work_is_the_same_and_the_words_are_silent_on_it(words, recorded, now):
    same_work = Task(activities=words.activities, demands=now.demands)
    kept = Task(activities=words.activities, demands={**words.demands, **recorded})
    found = reworded(kept, words, same_work)
    for code, said in recorded.items():
        if code not in same_work.demands and words.demands.get(code) != said:
            assert found.demands[code] == said


def test_another_kind_of_work_is_asked_about_anew_but_the_place_is_the_same():
    told = {Demand.MACHINES: Answer.NO, Demand.ALCOHOL_PRESENT: Answer.NO}
    kept = Task(activities="green", demands=told, supports={"contact_person": "yes"})
    found = reworded(kept, WEEDING, DISHES)
    assert found.activities == {Activity.KITCHEN: 1}
    assert found.demands == {Demand.ALCOHOL_PRESENT: Answer.NO}
    assert found.supports == {Support.CONTACT_PERSON: Answer.YES}
    assert not of_the_place(Demand.MACHINES)


def test_a_correction_of_the_reading_stays_when_other_words_of_the_text_change():
    read = Task(activities="green", demands={"machines": "yes"})
    corrected = Task(activities="green", demands={"machines": "no"}, hours_per_week=3)
    assert reworded(corrected, read, read) == corrected
    longer = Task(activities="green", demands={"machines": "yes", "all_weather": "yes"})
    assert reworded(corrected, read, longer).demands == {
        Demand.MACHINES: Answer.NO,
        Demand.ALL_WEATHER: Answer.YES,
    }
    assert reworded(corrected, read, longer).hours_per_week == 3
