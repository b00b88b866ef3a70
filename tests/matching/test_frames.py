"""DataFrames of orders: what is understood, what is refused and how it is said, and the way back."""

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from geo import Point, Refused, UnknownCode
from matching import Catalogue, JobOrder
from tests.matching.generated import catalogues
from tests.matching.makers import make_order


def read(**columns: Any) -> JobOrder:
    """The one order of a frame with one row and these columns."""
    ready = {
        name: value if hasattr(value, "dtype") else pd.Series([value], dtype=object)
        for name, value in columns.items()
    }
    return Catalogue.from_frame(pd.DataFrame({"order_id": ["o-1"], **ready})).order("o-1")


# what is understood


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        (pd.array([True], dtype="boolean"), "yes"),
        (pd.array([False], dtype="boolean"), "no"),
        (pd.array([pd.NA], dtype="boolean"), None),
        (pd.Series([True]), "yes"),
        (True, "yes"),
        (np.False_, "no"),
        (None, None),
        (np.nan, None),
        (pd.NA, None),
        ("yes", "yes"),
        ("no", "no"),
        ("unknown", None),
        (pd.Series(["no"]), "no"),
        (pd.array(["unknown"], dtype="string"), None),
        (pd.array([pd.NA], dtype="string"), None),
        (pd.Categorical(["yes"]), "yes"),
        (pd.Categorical([True]), "yes"),
        (pd.Series([1.0]), "yes"),
        (pd.Series([np.nan]), None),
        (0, "no"),
    ],
    ids=repr,
)
def test_an_answer_is_yes_no_or_nothing(value: Any, answer: str | None) -> None:
    assert read(machines=value).demands.get("machines") == answer  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("value", "hours"),
    [
        (pd.array([3], dtype="Int64"), 3),
        (pd.array([pd.NA], dtype="Int64"), None),
        (pd.array([2.5], dtype="Float64"), 2.5),
        (pd.Series([2.5], dtype="float32"), 2.5),
        (pd.Series([np.nan], dtype="float32"), None),
        (pd.Series([3], dtype="uint8"), 3),
        ("2.5", 2.5),
        (pd.Categorical([4]), 4),
        (Decimal("2.5"), 2.5),
        (0, 0),
        (None, None),
    ],
    ids=repr,
)
def test_a_number_may_be_of_any_numeric_type(value: Any, hours: float | None) -> None:
    assert read(hours_per_week=value).hours_per_week == hours


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2026, 12, 1), date(2026, 12, 1)),
        (pd.Timestamp("2026-12-01 13:00"), date(2026, 12, 1)),
        (pd.Timestamp("2026-12-01 23:30", tz="UTC"), date(2026, 12, 2)),
        (pd.Series(pd.to_datetime(["2026-12-01"])), date(2026, 12, 1)),
        (pd.Series(pd.to_datetime(["2026-12-01 23:30+00:00"])), date(2026, 12, 2)),
        (pd.Series(pd.to_datetime([None])), None),
        ("2026-12-01", date(2026, 12, 1)),
        (pd.Series(["2026-12-01"]), date(2026, 12, 1)),
        (pd.Categorical(["2026-12-01"]), date(2026, 12, 1)),
        (date(9999, 12, 31), date(9999, 12, 31)),
        (None, None),
        (pd.NaT, None),
        (np.nan, None),
    ],
    ids=repr,
)
def test_a_day_may_be_a_date_a_moment_or_iso_text(value: Any, day: date | None) -> None:
    assert read(ends_on=value).ends_on == day


@pytest.mark.parametrize("value", ["fri 9-12", ["fri 9-12"], ("fri 9-12",), np.array(["fri 9-12"])], ids=repr)
def test_times_may_be_one_or_a_list(value: Any) -> None:
    assert [str(slot) for slot in read(times=value).times] == ["fri 9-12"]


@pytest.mark.parametrize("value", [None, np.nan, [], ()], ids=repr)
def test_no_times_are_unknown_times(value: Any) -> None:
    assert read(times=value).times == ()


def test_an_id_that_is_a_whole_number_is_taken_as_text() -> None:
    assert Catalogue.from_frame(pd.DataFrame({"order_id": [7]})).ids == ["7"]


def test_missing_texts_are_empty() -> None:
    order = read(title=None, employer_id=np.nan)
    assert (order.title, order.employer_id) == ("", "")


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA], ids=repr)
def test_a_place_without_coordinates_is_unknown(missing: Any) -> None:
    assert read(lat=missing, lon=missing).place is None


def test_a_frame_is_not_changed_by_being_read() -> None:
    frame = pd.DataFrame({"order_id": ["b", "a"], "machines": ["yes", None], "times": [["fri 9-12"], None]})
    before = frame.copy(deep=True)
    Catalogue.from_frame(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_the_index_of_a_frame_means_nothing() -> None:
    frame = pd.DataFrame(
        {"order_id": ["a", "b"], "machines": ["yes", "no"], "lat": 55.7, "lon": 9.5}, index=[9, 9]
    )
    assert Catalogue.from_frame(frame).order("b").demands == {"machines": "no"}


# the way back


@given(catalogues())
def test_an_order_that_goes_in_comes_out_equal(listed: list[JobOrder]) -> None:
    catalogue = Catalogue.from_orders(listed)
    assert [catalogue.order(order.id) for order in listed] == listed
    assert len(catalogue) == len(listed)
    assert all(order.id in catalogue for order in listed)


def test_an_order_that_is_not_here_is_refused() -> None:
    catalogue = Catalogue.from_orders([make_order()])
    assert "o-2" not in catalogue
    with pytest.raises(Refused, match=r"order_id: There is no job order 'o-2'"):
        catalogue.order("o-2")


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"order_id": []}),
        pd.DataFrame(
            columns=[
                "order_id",
                "title",
                "lat",
                "lon",
                "precision",
                "activities",
                "setting",
                "machines",
                "places",
            ]
        ),
        pd.DataFrame(
            {"order_id": pd.Series([], dtype="str"), "starts_on": pd.Series([], dtype="datetime64[s]")}
        ),
    ],
    ids=["ids only", "columns without types", "columns with types"],
)
def test_an_empty_frame_is_an_empty_catalogue(frame: pd.DataFrame) -> None:
    assert len(Catalogue.from_frame(frame)) == 0


# what is refused


@pytest.mark.parametrize(
    ("column", "near"),
    [
        ("latitude", "lat"),
        ("machine", "machines"),
        ("titel", "title"),
        ("hours_pr_week", "hours_per_week"),
        ("Places", "places"),
    ],
)
def test_an_unknown_column_is_refused_with_the_nearest(column: str, near: str) -> None:
    with pytest.raises(UnknownCode, match=f"'{column}' is not known. Did you mean '{near}'"):
        read(**{column: 1})


def test_an_unknown_column_that_is_near_to_none_is_refused_with_all() -> None:
    with pytest.raises(UnknownCode, match="'xyzzy' is not known. Use one of: .*title"):
        read(xyzzy=1)


def test_a_column_that_stands_twice_is_refused() -> None:
    frame = pd.DataFrame([["o-1", 1, 2]], columns=["order_id", "places", "places"])
    with pytest.raises(Refused, match="places: .*more than once"):
        Catalogue.from_frame(frame)


@pytest.mark.parametrize("thing", [None, [], "orders.csv", {"order_id": ["o-1"]}], ids=repr)
def test_what_is_no_frame_is_refused(thing: Any) -> None:
    with pytest.raises(Refused, match="is not a DataFrame"):
        Catalogue.from_frame(thing)


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        (["o-1", "o-2", "o-1"], "'o-1' stands more than once"),
        ([1, "1"], "'1' stands more than once"),
        (["o-1", None], "The id is missing"),
        (["o-1", np.nan], "The id is missing"),
        (["o-1", ""], "The id is missing"),
        (["o-1", "  "], "The id is missing"),
        ([True], "True is not an id"),
        ([1.5], "1.5 is not an id"),
        ([["o-1"]], "is not an id"),
    ],
    ids=repr,
)
def test_an_id_that_is_missing_twice_or_none_is_refused(ids: list[Any], said: str) -> None:
    with pytest.raises(Refused, match=f"order_id: .*{said}"):
        Catalogue.from_frame(pd.DataFrame({"order_id": pd.Series(ids, dtype=object)}))


@pytest.mark.parametrize(
    "frame", [pd.DataFrame(), pd.DataFrame({"title": ["Luge"]})], ids=["nothing", "no ids"]
)
def test_a_frame_without_ids_is_refused(frame: pd.DataFrame) -> None:
    with pytest.raises(Refused, match="order_id: The column is missing"):
        Catalogue.from_frame(frame)


@pytest.mark.parametrize(
    ("lat", "lon", "said"),
    [
        (55.7, None, "Only one of latitude and longitude"),
        (np.nan, 9.5, "Only one of latitude and longitude"),
        (9.5, 55.7, r"Swapped\? Latitude comes first"),
        (0, 0, "is not in Denmark"),
        (55.7, 93.6, "is not in Denmark"),
        (np.inf, 9.5, "is not in Denmark"),
        ("55,7", "9,5", "'55,7' is not a number"),
        ("north", 9.5, "'north' is not a number"),
    ],
    ids=repr,
)
def test_a_place_that_cannot_be_is_refused(lat: Any, lon: Any, said: str) -> None:
    with pytest.raises(Refused, match=rf"lat \(o-1\): .*{said}"):
        read(lat=lat, lon=lon)


def test_a_missing_column_of_two_coordinates_is_refused_as_half_a_place() -> None:
    with pytest.raises(Refused, match="Only one of latitude and longitude"):
        read(lat=55.7)


REFUSALS: list[tuple[str, Any, str]] = [
    ("precision", "adress", "Did you mean 'address'"),
    ("precision", 3, "3 is not known"),
    ("setting", "outdoors", "Did you mean 'outdoor'"),
    ("activities", "gren", "Did you mean 'green'"),
    ("activities", {"green": 0.7}, "is not a mix of activities"),
    ("activities", {"green": 0.7, "shop": 0.7}, "sum to 1"),
    ("activities", {"green": 1.0, "shop": 0.0}, "shares above 0"),
    ("activities", {"green": 1.5, "shop": -0.5}, "is not an amount"),
    ("activities", {"green": np.nan}, "is not an amount"),
    ("activities", {"green": [1]}, "is not an amount"),
    ("activities", ["green", "shop", "kitchen", "office"], "one to three"),
    ("activities", [["green"]], "is not known"),
    ("activities", 5, "5 is not a list of activities"),
    ("activities", "", "is not known"),
    ("machines", "maybe", "'maybe' is not an answer. Give True, False or nothing"),
    ("machines", "", "'' is not an answer"),
    ("machines", 2, "2 is not an answer"),
    ("machines", [1], "is not an answer"),
    ("contact_person", "ja", "'ja' is not an answer"),
    ("hours_per_week", -1, "-1 is not an amount"),
    ("hours_per_week", np.inf, "inf is not an amount"),
    ("hours_per_week", "two", "'two' is not a number"),
    ("hours_per_week", [2], "is not a number"),
    ("hours_per_week", 10**400, "is not a number"),
    ("hours_per_week", pd.Series(pd.to_datetime(["2026-12-01"])), "is not a number"),
    ("hours_per_week", pd.Series(pd.to_timedelta(["2h"])), "is not a number"),
    ("pay_dkk_per_hour", -140.0, "-140.0 is not an amount"),
    ("places", -1, "-1 is not a number of places"),
    ("places", 1.5, "1.5 is not a number of places. Give a whole number"),
    ("places", 1e12, "is not a number of places"),
    ("open_proposals", 0.5, "0.5 is not a number of"),
    ("employer_yes", -0.1, "-0.1 is not an amount"),
    ("employer_no", "often", "'often' is not a number"),
    ("times", ["friday 9-12"], "'friday' is not known. Did you mean 'fri'"),
    ("times", ["fri 12-9"], "does not run forward"),
    ("times", 5, "is not a list of times"),
    ("times", pd.Timestamp("2026-12-01 09:00"), "is not a list of times"),
    ("starts_on", "01-12-2026", "'01-12-2026' is not a date. Write it like 2026-12-01"),
    ("starts_on", "2026", "'2026' is not a date"),
    ("starts_on", "2026-W48", "'2026-W48' is not a date"),
    ("starts_on", "2026W48", "'2026W48' is not a date"),
    ("starts_on", 20261201, "20261201 is not a date"),
    ("starts_on", True, "True is not a date"),
    ("ends_on", [1], "is not a date"),
    ("ends_on", "2026-02-30", "is not a date"),
]


@pytest.mark.parametrize(("column", "value", "said"), REFUSALS, ids=[f"{c}={v!r}" for c, v, _ in REFUSALS])
def test_a_value_that_is_not_understood_is_refused_with_column_order_and_way_out(
    column: str, value: Any, said: str
) -> None:
    with pytest.raises(Refused, match=rf"^{column} \(o-1\): .*{said}"):
        read(**{column: value})


def test_an_order_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(Refused, match=r"ends_on \(o-1\): It ends before it starts"):
        read(starts_on=date(2026, 12, 2), ends_on=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        ("lat", 55.7, 5.7),
        ("activities", "green", "grene"),
        ("machines", True, "perhaps"),
        ("hours_per_week", 2.0, -2.0),
        ("times", ["fri 9-12"], ["fri 9"]),
        ("ends_on", date(2026, 12, 1), "soon"),
        ("setting", "indoor", "inside"),
    ],
)
def test_the_one_bad_row_of_ten_thousand_is_named(column: str, good: Any, bad: Any) -> None:
    values = [good] * 10_000
    values[7_421] = bad
    frame = pd.DataFrame(
        {"order_id": [f"o-{number}" for number in range(10_000)], column: pd.Series(values, dtype=object)}
    )
    if column == "lat":
        frame["lon"] = 9.5
    with pytest.raises(Refused, match=rf"{column} \(o-7421\)"):
        Catalogue.from_frame(frame)


def test_a_refusal_is_said_by_any_translation_with_its_facts_filled_in() -> None:
    with pytest.raises(Refused) as refusal:
        read(hours_per_week=-1)
    assert refusal.value.where == "o-1"
    assert refusal.value.said(lambda text: text.upper().replace("VALUE!R", "value!r")).startswith("-1 IS NOT")


def test_a_place_is_kept_to_the_last_digit() -> None:
    point = Point(55.70930000000001, 9.535700000000002)
    assert Catalogue.from_orders([make_order(place=point)]).order("o-1").place == point
