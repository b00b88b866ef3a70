import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from matching.times import Slot
from matching.vocabulary import Activity, Answer, Demand, Setting, Support
from tests.evaluate.reading.labels import (
    FIRST,
    ORDERS,
    SECOND,
    Label,
    Mislabelled,
    Span,
    label_of,
    read_labels,
    read_texts,
)
from tests.evaluate.told import order_texts


@pytest.fixture(scope="module")
def texts():
    return read_texts()


@pytest.fixture(scope="module")
def first(texts):
    return read_labels(FIRST, texts)


@pytest.fixture
def written(tmp_path: Path):
    def write(*rows):
        path = tmp_path / "rows.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


def test_every_activity_is_the_main_one_of_ten_texts_and_one_text_in_eight_has_none(first):
    mains = Counter(label.main for label in first.values())
    assert min(mains[activity] for activity in Activity) >= 10
    assert 0.10 <= mains[None] / len(first) <= 0.18


@pytest.mark.parametrize("code", [*Demand, *Support])
@pytest.mark.parametrize("answer", [Answer.YES, Answer.NO])
def test_every_demand_and_support_is_both_stated_and_denied(first, code, answer):
    told = [{**label.demands, **label.supports}.get(code) for label in first.values()]
    assert told.count(answer) >= 3


def test_the_texts_are_of_every_length_and_no_three_begin_alike(texts):
    lengths = [len(text.split()) for text in texts.values()]
    openings = Counter(" ".join(text.casefold().split()[:3]) for text in texts.values())
    assert len(texts) >= 330
    assert min(lengths) <= 3
    assert max(lengths) >= 60
    assert max(openings.values()) <= 2


@pytest.mark.skipif(not SECOND.exists(), reason="nobody has labelled the texts a second time yet")
def test_the_second_labels_keep_the_rules_too(texts):
    assert len(read_labels(SECOND, texts)) == len(texts)


def test_the_labels_of_the_reference_orders_name_each_of_them_once(reference_data):
    assert len(read_labels(ORDERS, order_texts(reference_data))) == 63


def test_no_text_is_taken_from_the_reference_orders(reference_data, texts):
    def runs(text):
        words = text.casefold().split()
        return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}

    theirs = set().union(*(runs(text) for text in order_texts(reference_data).values()))
    assert theirs
    assert [one for one, text in texts.items() if runs(text) & theirs] == []


def test_a_line_is_read_into_codes_times_and_spans():
    row = {
        "id": "s1",
        "main": "green",
        "further": ["animals"],
        "setting": "outdoor",
        "demands": {"machines": "no"},
        "supports": {"lift_offered": "yes"},
        "hours_per_week": [2, None],
        "weekdays": ["mon", "fri"],
        "times": ["fri 9-11"],
        "clock": ["8:30-10"],
        "pay_dkk_per_hour": 140,
        "starts_on": "2026-12-01",
        "implied": ["all_weather"],
    }
    assert label_of(row) == Label(
        id="s1",
        main=Activity.GREEN,
        further=(Activity.ANIMALS,),
        setting=Setting.OUTDOOR,
        demands={Demand.MACHINES: Answer.NO},
        supports={Support.LIFT_OFFERED: Answer.YES},
        hours_per_week=Span(2, None),
        weekdays=tuple(Slot.parse(f"{day} 1-2").day for day in ("mon", "fri")),
        times=(Slot.parse("fri 9-11"),),
        clock=("8:30-10",),
        pay_dkk_per_hour=Span(140, 140),
        starts_on=date(2026, 12, 1),
        implied=frozenset({Demand.ALL_WEATHER}),
    )


def test_a_text_of_which_nothing_is_known_is_read_so():
    label = label_of({"id": "s1", "main": "unknown", "setting": "unknown"})
    assert label == Label("s1", None, Setting.UNKNOWN)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"main": "garden"}, "garden"),
        ({"setting": "inside"}, "inside"),
        ({"demands": {"machine": "no"}}, "machine"),
        ({"demands": {"machines": "unknown"}}, "unknown"),
        ({"supports": {"noise": "yes"}}, "noise"),
        ({"implied": ["cold"]}, "cold"),
        ({"further": ["green"]}, "named twice"),
        ({"further": ["animals", "animals"]}, "named twice"),
        ({"further": ["animals", "shop", "office"]}, "more than 2"),
        ({"main": "unknown", "further": ["shop"]}, "without a main"),
        ({"demands": {"noise": "no"}, "implied": ["noise"]}, "both said and implied: noise"),
        ({"weekdays": ["fri", "mon"]}, "order of the week"),
        ({"weekdays": ["fri", "fri"]}, "order of the week"),
        ({"weekdays": ["fre"]}, "fre"),
        ({"times": ["fri 9-11"]}, "weekdays lack: fri"),
        ({"weekdays": ["fri"], "times": ["fri 22-2"]}, "22-2"),
        ({"clock": ["9"]}, "9"),
        ({"hours_per_week": [4, 2]}, "runs from nothing"),
        ({"places": -1}, "runs from nothing"),
        ({"starts_on": "april"}, "april"),
        ({"start": "2026-12-01"}, "no such field: start"),
    ],
    ids=str,
)
def test_a_label_that_does_not_keep_the_rules_is_refused_and_says_why(written, wrong, told):
    path = written({"id": "s1", "main": "green", "setting": "outdoor", **wrong})
    with pytest.raises(Mislabelled, match=told) as refused:
        read_labels(path, ["s1"])
    assert "line 1: " in str(refused.value)


def test_all_that_is_wrong_is_told_at_once(written):
    label = {"id": "s1", "main": "green", "setting": "outdoor"}
    path = written(label, label, {**label, "id": "s9"}, {"id": "s2", "main": "green"})
    with pytest.raises(Mislabelled) as refused:
        read_labels(path, ["s1", "s2"])
    assert str(refused.value).splitlines() == [
        "rows.jsonl:",
        "line 2: s1 is labelled twice",
        "line 4: lacks setting",
        "s2 is not labelled",
        "s9 is no text",
    ]


def test_texts_that_stand_twice_or_carry_labels_are_refused(written):
    path = written(
        {"id": "s1", "text": "a"}, {"id": "s2", "text": "a"}, {"id": "s3", "text": "b", "main": "green"}
    )
    with pytest.raises(Mislabelled, match=r"s2: stands there twice\nline 3: has other fields"):
        read_texts(path)
