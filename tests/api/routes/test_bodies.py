import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.routes.bodies import MAX_DEPTH, strict_json
from api.routes.problem import Malformed

leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=0), inner)
)

MALFORMED = {
    "nothing but a bracket": b"[",
    "NaN": b'{"a": NaN}',
    "Infinity": b"[-Infinity]",
    "a float beyond the largest": b"[1e999]",
    "an integer beyond 64 bits": b"[9223372036854775808]",
    "an integer of 5,000 digits": b"[" + b"9" * 5_000 + b"]",
    "the same key twice": b'{"a": 1, "a": 2}',
    "the same key twice, deep inside": b'[{"x": {"a": 1, "a": 1}}]',
    "half a surrogate pair": b'["\\ud800"]',
    "half a surrogate pair in a key": b'{"\\udc00": 1}',
    "NUL in a text": b'{"a": {"b": ["\\u0000"]}}',
    "NUL in a key": b'{"\\u0000": 1}',
    "no UTF-8": b'["\xe6"]',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "too deep": b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
    "a million brackets": b"[" * 1_000_000,
    "an open string full of brackets": b'"' + b"[" * 100,
    "a comment": b"{} // nothing",
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
def test_json_that_reads_two_ways_is_refused(body):
    with pytest.raises(Malformed):
        strict_json(body)


@given(values)
def test_all_other_json_is_read_as_it_stands(value):
    assert strict_json(json.dumps(value).encode()) == value


def test_brackets_inside_a_text_are_not_depth():
    text = "[{" * 100 + '\\"'
    assert strict_json(json.dumps({"a": text}).encode()) == {"a": text}


def test_the_deepest_allowed_is_read():
    assert strict_json(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH) is not None


def test_a_whole_surrogate_pair_is_a_letter():
    assert strict_json(b'["\\ud83c\\udf31"]') == ["\U0001f331"]


def test_the_refusal_names_the_field():
    with pytest.raises(Malformed) as refused:
        strict_json(b'{"needs": {"wishes": ["ok", "no\\u0000"]}}')
    assert refused.value.field == "needs.wishes.1"


@pytest.mark.parametrize(
    "text",
    ['"' + '\\"' * 300_000, '"' + '\\"' * 300_000 + "\\", '{"a":"' + "\\" * 500_001, "[" * 21],
    ids=["a string that never ends", "ends in a backslash", "only backslashes", "too deep"],
)
def test_a_text_made_to_be_read_again_and_again_is_read_once(text: str) -> None:
    # read again from every quotation mark, the first two would take about an hour
    with pytest.raises(Malformed):
        strict_json(text.encode())


def test_a_name_that_comes_twice_among_many_is_found_at_once() -> None:
    names = ",".join(f'"n{number}":1' for number in range(60_000))
    with pytest.raises(Malformed):
        strict_json(("{" + names + ',"n59999":2}').encode())
