from collections import Counter

import pytest

from matching.vocabulary import Activity, Answer, Demand, Setting, Support
from tests.evaluate.reading.labels import FIRST, SECOND, SECOND_CORPUS, SENTENCES, read_labels, read_texts
from tests.evaluate.told import order_texts


@pytest.fixture(scope="module")
def texts():
    return read_texts(SECOND_CORPUS / SENTENCES.name)


@pytest.fixture(scope="module")
def first(texts):
    return read_labels(SECOND_CORPUS / FIRST.name, texts)


def runs(text: str) -> set[tuple[str, ...]]:
    """Every six words of the text that follow each other."""
    words = text.casefold().split()
    return {tuple(words[at : at + 6]) for at in range(len(words) - 5)}


def copied(texts, others) -> list[str]:
    theirs = set().union(*(runs(other) for other in others))
    assert theirs
    return [one for one, text in texts.items() if runs(text) & theirs]


def test_every_activity_is_the_main_one_of_ten_texts_and_one_text_in_ten_has_none(first):
    mains = Counter(label.main for label in first.values())
    assert min(mains[activity] for activity in Activity) >= 10
    assert 0.08 <= mains[None] / len(first) <= 0.18


@pytest.mark.parametrize("code", [*Demand, *Support])
@pytest.mark.parametrize("answer", [Answer.YES, Answer.NO])
def test_every_demand_and_support_is_both_stated_and_denied_four_times(first, code, answer):
    told = [{**label.demands, **label.supports}.get(code) for label in first.values()]
    assert told.count(answer) >= 4


@pytest.mark.parametrize(
    "field",
    [
        "hours_per_week",
        "hours_total",
        "weekdays",
        "times",
        "clock",
        "pay_dkk_per_hour",
        "places",
        "starts_on",
    ],
)
def test_every_field_of_time_and_pay_is_told_in_ten_texts_and_left_open_in_most(first, field):
    told = sum(getattr(label, field) not in (None, ()) for label in first.values())
    assert 10 <= told <= len(first) / 3


def test_every_setting_is_that_of_ten_texts(first):
    settings = Counter(label.setting for label in first.values())
    assert min(settings[setting] for setting in Setting) >= 10


def test_the_texts_are_of_every_length_and_no_three_begin_alike(texts):
    lengths = [len(text.split()) for text in texts.values()]
    openings = Counter(" ".join(text.casefold().split()[:3]) for text in texts.values())
    assert len(texts) >= 330
    assert min(lengths) <= 3
    assert max(lengths) >= 60
    assert max(openings.values()) <= 2


def test_no_text_is_taken_from_the_first_corpus(texts):
    assert copied(texts, read_texts().values()) == []


def test_no_text_is_taken_from_the_reference_orders(reference_data, texts):
    assert copied(texts, order_texts(reference_data).values()) == []


def test_the_second_labels_keep_the_rules_too(texts):
    assert len(read_labels(SECOND_CORPUS / SECOND.name, texts)) == len(texts)


def test_the_notes_name_no_text_that_is_not_there(texts):
    notes = (SECOND_CORPUS / "NOTES.md").read_text(encoding="utf-8")
    named = [line.split("`")[1] for line in notes.splitlines() if line.startswith("- `")]
    assert named
    assert set(named) <= set(texts)
