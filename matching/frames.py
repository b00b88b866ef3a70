"""A DataFrame of job orders, checked column by column and turned into the columns the ranking reads.

A missing column means unknown. Whatever is not understood is refused with its column, the order it stands
at and the way out; nothing is guessed and nothing is dropped.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from typing import Any, Generic, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo import Precision, Refused
from geo.errors import N_
from geo.point import in_denmark
from matching.citizens import parse_field, parse_id, refused_amount
from matching.columns import (
    BIT,
    NO_END,
    NO_START,
    PRECISIONS_BY_NUMBER,
    SETTINGS_BY_NUMBER,
    Columns,
    day_number,
)
from matching.orders import MOST, JobOrder, refused_count, shares
from matching.registers import Mix, Mixes, Timetable, Timetables
from matching.times import parse_day, parse_slots
from matching.vocabulary import Code, Demand, Setting, Support, parse_code

TEXTS = ("order_id", "employer_id", "title")
COUNTS = {"places": 1, "open_proposals": 0}
"""Whole numbers and what stands for them when nothing is given."""

KNOWN_COLUMNS = frozenset(
    {
        *TEXTS,
        *COUNTS,
        *("lat", "lon", "precision", "activities", "setting", "hours_per_week", "pay_dkk_per_hour", "times"),
        *("employer_yes", "employer_no", "starts_on", "ends_on"),
        *map(str, (*Demand, *Support)),
    }
)
_UNTOLD, _YES, _NO = range(3)
_SAID: dict[object, int] = {True: _YES, "yes": _YES, False: _NO, "no": _NO, "unknown": _UNTOLD}
_Entry = TypeVar("_Entry")


def check_columns(frame: pd.DataFrame) -> None:
    """Refuse a column that is not known, naming the nearest one that is, and a frame without ids."""
    if not isinstance(frame, pd.DataFrame):
        raise Refused("orders", N_("{value} is not a DataFrame."), value=type(frame).__name__)
    for name in frame.columns:
        parse_field(str(name), KNOWN_COLUMNS)
    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()][0]
        remedy = N_("Keep one column of each name.")
        raise Refused(str(twice), N_("The column stands more than once."), remedy, value=twice)
    if "order_id" not in frame:
        raise Refused("order_id", N_("The column is missing."), N_("Every job order needs an id of its own."))


def read_ids(frame: pd.DataFrame) -> list[str]:
    """The ids as text; refused when one is missing, stands twice, or is neither text nor a whole number."""
    values = frame["order_id"].tolist()
    if frame["order_id"].isna().any():
        parse_id("order_id", None)
    # kinds are few, values are many
    for kind in set(map(type, values)) - {str, int}:
        parse_id("order_id", next(value for value in values if type(value) is kind))
    ids = list(map(str, values))
    if not all(map(str.strip, ids)):
        parse_id("order_id", "")
    if len(set(ids)) < len(ids):
        twice = next(name for name, times in Counter(ids).items() if times > 1)
        every = N_("Every job order needs an id of its own.")
        raise Refused("order_id", N_("{value!r} stands more than once."), every, value=twice)
    return ids


def read_texts(frame: pd.DataFrame, name: str) -> list[str]:
    """A column of text; empty where nothing is given."""
    if name not in frame:
        return [""] * len(frame)
    gaps = frame[name].isna().tolist()
    return ["" if gap else str(value) for value, gap in zip(frame[name].tolist(), gaps, strict=True)]


def read_columns(frame: pd.DataFrame, ids: list[str]) -> Columns:
    """The columns of a frame whose ids are known; raises `Refused` for the first value that cannot be."""
    table = _Table(frame, ids)
    lat, lon = table.coordinates()
    mixes, timetables = _Register[Mix](()), _Register[Timetable](())
    starts, ends = table.days("starts_on", NO_START), table.days("ends_on", NO_END)
    table.refuse_where((ends < starts) & (starts != NO_START), "ends_on", N_("It ends before it starts."))
    return Columns(
        lat=lat,
        lon=lon,
        precision=table.codes("precision", Precision, PRECISIONS_BY_NUMBER, Precision.ADDRESS),
        mix=table.numbered("activities", mixes, lambda value: tuple(shares(value).items())),
        setting=table.codes("setting", Setting, SETTINGS_BY_NUMBER, Setting.UNKNOWN),
        **table.answers("demand", Demand, np.uint32),
        **table.answers("support", Support, np.uint16),
        timetable=table.numbered("times", timetables, lambda value: parse_slots(value, "times")),
        hours=table.amounts("hours_per_week", np.nan),
        pay=table.amounts("pay_dkk_per_hour", np.nan),
        places=table.counts("places"),
        open_proposals=table.counts("open_proposals"),
        employer_yes=table.amounts("employer_yes", 0.0, MOST),
        employer_no=table.amounts("employer_no", 0.0, MOST),
        starts=starts,
        ends=ends,
        present=np.ones(len(ids), np.bool_),
        mixes=Mixes(mixes.entries),
        timetables=Timetables(timetables.entries),
    )


def frame_of(orders: Iterable[JobOrder]) -> pd.DataFrame:
    """Orders as the frame they could have come from: one row each, one column per fact."""
    rows = [
        {
            "order_id": order.id,
            "employer_id": order.employer_id,
            "title": order.title,
            "lat": order.place.lat if order.place else np.nan,
            "lon": order.place.lon if order.place else np.nan,
            "precision": order.precision,
            "activities": order.activities or None,
            "setting": order.setting,
            "hours_per_week": order.hours_per_week,
            "pay_dkk_per_hour": order.pay_dkk_per_hour,
            "times": order.times or None,
            "places": order.places,
            "open_proposals": order.open_proposals,
            "employer_yes": order.employer_yes,
            "employer_no": order.employer_no,
            "starts_on": order.starts_on,
            "ends_on": order.ends_on,
            **{str(code): str(answer) for code, answer in (*order.demands.items(), *order.supports.items())},
        }
        for order in orders
    ]
    return pd.DataFrame(rows, columns=None if rows else ["order_id"])


class _Register(Generic[_Entry]):
    """Numbers for values that repeat: the empty one is 0, the others follow as they come."""

    def __init__(self, empty: _Entry) -> None:
        self._numbers: dict[_Entry, int] = {empty: 0}

    def number(self, entry: _Entry) -> int:
        """The number of a value, a new one for one not seen before."""
        return self._numbers.setdefault(entry, len(self._numbers))

    @property
    def entries(self) -> tuple[_Entry, ...]:
        """The values by number."""
        return tuple(self._numbers)


def _key(raw: Any) -> Hashable:
    """What is alike is read alike; texts and lists of codes, which are most of them, take the short way."""
    if raw.__class__ is str:
        return str(raw)
    if raw.__class__ is list:
        key = tuple(raw)
        try:
            hash(key)
        except TypeError:
            return _hashable(raw)
        return key
    return raw if isinstance(raw, date) else _hashable(raw)


def _hashable(raw: Any) -> Hashable:
    """A key for any raw value: what cannot be a code is known by its looks."""
    if isinstance(raw, Mapping):
        return ("mapping", *((_hashable(code), _hashable(share)) for code, share in raw.items()))
    if isinstance(raw, str | int | float):
        return raw
    return tuple(map(_hashable, raw)) if isinstance(raw, Iterable) else repr(raw)


def _answer(value: object, name: str) -> int:
    said = _SAID.get(value) if isinstance(value, Hashable) else None
    if said is None:
        remedy = N_("Give True, False or nothing.")
        raise Refused(name, N_("{value!r} is not an answer."), remedy, value=value)
    return said


def _day_number(value: object, name: str) -> int:
    day = parse_day(value, name)
    assert day is not None, "what is missing is never read"
    return day_number(day)


def _finite(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return np.nan


class _Table:
    """A frame that is read column by column and knows at which order something is wrong."""

    def __init__(self, frame: pd.DataFrame, ids: list[str]) -> None:
        self._frame = frame
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    def refuse_where(self, wrong: NDArray[np.bool_], name: str, problem: str, remedy: str = "") -> None:
        """Refuse the first row that is wrong, with its id and value."""
        self._refuse(wrong, name, lambda value: Refused(name, problem, remedy, value=value))

    def amounts(self, name: str, missing: float, most: float = np.inf) -> NDArray[np.float64]:
        """Numbers from 0 up to the most; `missing` where nothing is given."""
        numbers = self._numbers(name)
        wrong = (numbers < 0) | (numbers > most) | np.isinf(numbers)
        self._refuse(wrong, name, lambda value: refused_amount(name, value, most))
        return np.where(np.isnan(numbers), missing, numbers)

    def counts(self, name: str) -> NDArray[np.int32]:
        """Whole numbers from 0 to `MOST`; the contract's default where nothing is given."""
        numbers = self._numbers(name)
        wrong = (numbers < 0) | (numbers > MOST) | (numbers != np.floor(numbers))
        self._refuse(wrong & ~np.isnan(numbers), name, lambda value: refused_count(name, value))
        return np.where(np.isnan(numbers), COUNTS[name], numbers).astype(np.int32)

    def _refuse(self, wrong: NDArray[np.bool_], name: str, refused: Callable[[object], Refused]) -> None:
        """Refuse the first row that is wrong in a column, as its value is refused, naming its id."""
        if not wrong.any():
            return
        row = int(np.argmax(wrong))
        value = self._frame[name].iloc[row] if name in self._frame else None
        raise refused(value.item() if isinstance(value, np.generic) else value).at(self._ids[row])

    def coordinates(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Latitude and longitude, NaN where the place is unknown."""
        lat, lon = self._numbers("lat"), self._numbers("lon")
        half = np.isnan(lat) != np.isnan(lon)
        problem = N_("Only one of latitude and longitude is given.")
        self.refuse_where(half, "lat", problem, N_("Give both, or neither when the place is not known."))
        outside = ~in_denmark(lat, lon) & ~np.isnan(lat)
        swapped = in_denmark(lon[outside][:1], lat[outside][:1]).any()
        bounds = N_("Denmark lies within 54.4 to 57.9 N and 7.9 to 15.3 E.")
        remedy = N_("Swapped? Latitude comes first.") if swapped else bounds
        self.refuse_where(outside, "lat", N_("{value} is not in Denmark."), remedy)
        return lat, lon

    def days(self, name: str, missing: int) -> NDArray[np.int32]:
        """Days since 1970; `missing` where nothing is given."""
        if name not in self._frame:
            return np.full(len(self), missing, np.int32)
        column = self._frame[name]
        if not isinstance(column.dtype, np.dtype) or column.dtype.kind != "M":
            return self._each(name, lambda value: _day_number(value, name), missing, np.int32)
        days = column.to_numpy(dtype="datetime64[D]")
        return np.where(np.isnat(days), missing, days.astype(np.int64)).astype(np.int32)

    def codes(
        self, name: str, kind: type[Code], places: tuple[Code, ...], missing: Code
    ) -> NDArray[np.uint8]:
        """Codes as their place in `places`."""
        register = {code: number for number, code in enumerate(places)}
        return self._each(
            name, lambda value: register[parse_code(kind, name, value)], register[missing], np.uint8
        )

    def numbered(
        self, name: str, register: _Register[_Entry], read: Callable[[Any], _Entry]
    ) -> NDArray[np.intp]:
        """Values as their number in a register; 0 where nothing is given."""
        return self._each(name, lambda value: register.number(read(value)), 0, np.intp)

    def answers(
        self, name: str, kind: type[Demand] | type[Support], bits: type[Any]
    ) -> dict[str, NDArray[Any]]:
        """Two bit columns of a vocabulary: a known yes and a known no."""
        yes, no = np.zeros(len(self), bits), np.zeros(len(self), bits)
        for code in kind:
            if code in self._frame:
                said_yes, said_no = self._three_valued(code)
                yes |= said_yes * bits(BIT[code])
                no |= said_no * bits(BIT[code])
        return {f"{name}_yes": yes, f"{name}_no": no}

    def _three_valued(self, name: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        column = self._frame[name]
        if not pd.api.types.is_bool_dtype(column.dtype):
            said = self._each(name, lambda value: _answer(value, name), _UNTOLD, np.uint8)
            return said == _YES, said == _NO
        yes = column.fillna(False).to_numpy(np.bool_)
        return yes, ~(yes | column.isna().to_numpy(np.bool_))

    def _numbers(self, name: str) -> NDArray[np.float64]:
        if name not in self._frame:
            return np.full(len(self), np.nan)
        column = self._frame[name]
        if getattr(column.dtype, "kind", "O") in "mMc":
            # pandas would count a date in microseconds
            column = column.astype(str)
        try:
            numbers = pd.to_numeric(column, errors="coerce").to_numpy(np.float64, na_value=np.nan)
        except OverflowError:
            numbers = np.array([_finite(value) for value in column], np.float64)
        wrong = np.isnan(numbers) & column.notna().to_numpy(np.bool_)
        self.refuse_where(wrong, name, N_("{value!r} is not a number."))
        return np.ascontiguousarray(numbers)

    def _each(
        self, name: str, number_of: Callable[[Any], int], missing: int, kind: type[Any]
    ) -> NDArray[Any]:
        """One number per row, from a function that is asked once per different value and may refuse.

        The refusal then names the order.
        """
        if name not in self._frame:
            return np.full(len(self), missing, kind)
        column = self._frame[name]
        values, gaps = column.tolist(), column.isna().tolist()
        keys = [None if gap else _key(value) for value, gap in zip(values, gaps, strict=True)]
        numbers: dict[Hashable, int] = {None: missing}
        for row, key in enumerate(keys):
            if key not in numbers:
                try:
                    numbers[key] = number_of(values[row])
                except Refused as refused:
                    raise refused.at(self._ids[row]) from None
        return np.fromiter(map(numbers.__getitem__, keys), kind, len(keys))
