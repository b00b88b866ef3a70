from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.records import AnchorRecord, CitizenRecord
from api.pages.citizen_form import names, read, sent, values_of
from api.pages.forms import Unacceptable
from matching.citizens import SETTINGS, Needs
from matching.times import Slot, Weekday
from matching.vocabulary import (
    EXPOSURES,
    REQUIREMENTS,
    Activity,
    AnchorKind,
    Answer,
    Attitude,
    Support,
)

KINDS = {"a-centre": AnchorKind.DROP_IN_CENTRE, "a-house": AnchorKind.SUPPORTED_HOUSING}
CENTRE = AnchorRecord(kind=AnchorKind.DROP_IN_CENTRE, centre_id="a-centre")
HOUSE = AnchorRecord(kind=AnchorKind.SUPPORTED_HOUSING, centre_id="a-house")
DISTRICT = AnchorRecord(kind=AnchorKind.POSTAL_DISTRICT, postcode="4700")
said = st.sampled_from([one for one in Attitude if one is not Attitude.UNKNOWN])
amounts = st.none() | st.integers(0, 160) | st.sampled_from([2.5, 7.25])
slots = st.builds(
    lambda day, start, length: Slot(day, start * 15, start * 15 + length * 15),
    st.sampled_from(Weekday),
    st.integers(0, 80),
    st.integers(1, 16),
)


@st.composite
def records(draw):
    avoids, prefers_not = (draw(st.frozensets(st.sampled_from(sorted(EXPOSURES)))) for _ in range(2))
    needs, wishes = (draw(st.frozensets(st.sampled_from(Support))) for _ in range(2))
    listed = draw(st.lists(slots, max_size=4))
    told = Needs(
        attitudes=draw(st.dictionaries(st.sampled_from(Activity), said)),
        setting=draw(st.dictionaries(st.sampled_from(sorted(SETTINGS)), said)),
        avoids=avoids,
        prefers_not=prefers_not - avoids,
        needs=needs,
        wishes=wishes - needs,
        abilities=draw(
            st.dictionaries(st.sampled_from(sorted(REQUIREMENTS)), st.sampled_from([Answer.YES, Answer.NO]))
        ),
        max_minutes=draw(amounts),
        availability=sorted(listed, key=lambda slot: list(Weekday).index(slot.day)),
        max_hours_per_week=draw(amounts),
        earnings_room_dkk=draw(st.none() | st.integers(0, 99_999)),
    )
    anchors = draw(st.lists(st.sampled_from([CENTRE, HOUSE, DISTRICT]), min_size=1, max_size=4))
    return CitizenRecord(
        id="c",
        municipality="0370",
        name="Eva Eksempel",
        anchors=tuple(anchors),
        needs=told,
        ready=draw(st.booleans()),
        objects_to_ranking=draw(st.booleans()),
        waiting_since=draw(st.none() | st.dates(date(2000, 1, 1), date(2099, 1, 1))),
    )


@given(records())
def test_a_citizen_goes_through_the_form_unchanged(record):
    body = read(sent(values_of(record)), KINDS, str)
    kept = replace(
        record,
        name=body.name,
        anchors=body.to_anchors(),
        needs=body.to_needs(),
        ready=body.ready,
        objects_to_ranking=body.objects_to_ranking,
        waiting_since=body.waiting_since,
    )
    assert kept == record


def plain(**told):
    return {
        **dict.fromkeys(names(), ""),
        "name": "Eva",
        "anchor.0": "centre:a-centre",
        "mode": "walk",
        **told,
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("name", ""),
        ("anchor.0", ""),
        ("anchor.0", "postcode:" + "4" * 50),
        ("waiting_since", "for nylig"),
        ("max_minutes", "mange"),
        ("max_minutes", "2000"),
        ("max_hours_per_week", "200"),
        ("earnings_room_dkk", "-1"),
        ("earnings_room_dkk", "20,000"),
        ("max_minutes", "1 time"),
        ("hours.fri", "hele dagen"),
        ("hours.mon", "9-25"),
        ("attitude.green", "perhaps"),
        ("mode", "balloon"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(name, text):
    told = plain(**{name: text})
    with pytest.raises(Unacceptable) as refused:
        read(told, KINDS, str)
    assert name in [wrong.name for wrong in refused.value.wrong]
    assert all(wrong.said for wrong in refused.value.wrong)


def test_a_postcode_counts_where_no_centre_is_chosen():
    assert sent({"anchor.0": "", "district.0": " 4700 "})["anchor.0"] == "postcode:4700"
    assert sent({"anchor.0": "postcode:", "district.0": ""})["anchor.0"] == ""
    assert sent({"anchor.0": "centre:a-centre", "district.0": "4700"})["anchor.0"] == "centre:a-centre"


def test_several_stretches_of_a_day_are_read_with_their_quarters():
    body = read(plain(**{"hours.fri": "9-11, 13-15.30 og 20-21"}), KINDS, str)
    assert body.availability == ("fri 9-11", "fri 13-15:30", "fri 20-21")


@pytest.mark.parametrize("said", ["kl. 9 til 12", "9 til 12", "fra ni til tolv", "mellem 9 og 12", "9 to 12"])
def test_hours_are_read_as_they_are_said_and_stand_in_the_form_as_clock_times(said):
    body = read(plain(**{"hours.fri": said}), KINDS, str)
    assert body.availability == ("fri 9-12",)
    kept = CitizenRecord(id="a", municipality="0370", name="Eva", anchors=(), needs=body.to_needs())
    assert values_of(kept)["hours.fri"] == "9.00–12.00"


def test_a_part_of_the_day_is_told_what_to_write_instead():
    with pytest.raises(Unacceptable) as refused:
        read(plain(**{"hours.fri": "formiddag"}), KINDS, str)
    (wrong,) = refused.value.wrong
    assert (wrong.name, wrong.said) == (
        "hours.fri",
        "'formiddag' does not say from when to when. Write the hours like 9-12, or 9-11, 13-15.30.",
    )


def test_more_times_than_are_kept_are_told_at_a_field_of_the_form():
    with pytest.raises(Unacceptable) as refused:
        read(plain(**{f"hours.{day}": ", ".join(["9-10"] * 10) for day in Weekday}), KINDS, str)
    assert [wrong.name for wrong in refused.value.wrong] == ["hours.mon"]


def test_sums_and_hours_are_read_as_they_are_said():
    said = {"earnings_room_dkk": "20.000 kr.", "max_hours_per_week": "7,5 timer", "max_minutes": "45 min."}
    body = read(plain(**said), KINDS, str)
    assert (body.earnings_room_dkk, body.max_hours_per_week, body.max_minutes) == (20_000, 7.5, 45)
