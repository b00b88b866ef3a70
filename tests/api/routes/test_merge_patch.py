import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.routes.merge_patch import merge_patch

# the examples of RFC 7396, appendix A
EXAMPLES = [
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"a": None}, {}),
    ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
    ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
    (["a", "b"], ["c", "d"], ["c", "d"]),
    ({"a": "b"}, ["c"], ["c"]),
    ({"a": "foo"}, None, None),
    ({"a": "foo"}, "bar", "bar"),
    ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
    ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
    ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
]

leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
values = st.recursive(leaves, lambda inner: st.dictionaries(st.text(max_size=2), inner, max_size=3))


@pytest.mark.parametrize(("target", "patch", "merged"), EXAMPLES)
def test_the_examples_of_the_standard(target, patch, merged):
    assert merge_patch(target, patch) == merged


@given(target=values, patch=values)
def test_a_patch_applied_twice_changes_nothing_more(target, patch):
    once = merge_patch(target, patch)
    assert merge_patch(once, patch) == once


def test_neither_target_nor_patch_is_changed():
    target, patch = {"a": {"b": 1}}, {"a": {"b": None, "c": 2}}
    assert merge_patch(target, patch) == {"a": {"c": 2}}
    assert (target, patch) == ({"a": {"b": 1}}, {"a": {"b": None, "c": 2}})
