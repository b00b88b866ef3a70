from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.routes.cursors import Stretch, cursor, parse_cursor
from geo import Refused
from tests.api.morning import OPERATIONS

keys = st.lists(st.text(max_size=20).filter(lambda text: "\0" not in text), min_size=1, max_size=3)


@given(keys)
def test_a_cursor_is_read_back_as_its_key(key):
    assert parse_cursor(cursor(key, "here"), "here") == tuple(key)


@given(keys)
def test_a_cursor_of_another_list_is_refused(key):
    with pytest.raises(Refused):
        parse_cursor(cursor(key, "there"), "here")


@given(st.text(max_size=40))
def test_anything_else_is_refused(text):
    with pytest.raises(Refused):
        parse_cursor(text, "here")


@given(key=keys, at=st.integers(min_value=0), letter=st.sampled_from("AbC3"))
def test_a_cursor_with_one_letter_changed_is_refused(key, at, letter):
    whole = cursor(key, "here")
    at %= len(whole) - 1  # the last letter carries spare bits
    changed = whole[:at] + letter + whole[at + 1 :]
    if changed != whole:
        with pytest.raises(Refused):
            parse_cursor(changed, "here")


@pytest.mark.parametrize("key", [["a\0b"], ["\ud800"]])
def test_a_key_that_no_database_takes_is_refused_although_its_sum_is_right(key):
    with pytest.raises(Refused):
        parse_cursor(cursor(key, "here"), "here")


def parameters(operation):
    return {one["name"]: one for one in OPERATIONS[operation].get("parameters", ()) if one["in"] == "query"}


LISTS = sorted(name for name in OPERATIONS if "cursor" in parameters(name))
FILTERS = [(name, by) for name in LISTS for by in sorted(set(parameters(name)) - {"cursor", "limit"})]
VALUES = {"nobodys": True, "state": "proposed", "order_id": "one", "citizen_id": "one"}
"""Something to sift by, for each filter there is."""

KEYS = [("a",), (date(2026, 1, 1), "a")]


def asked(morning, operation, ids, **query):
    who = morning.headers(operation)
    return morning.client.get(operation.split()[1].format(**ids), headers=who, params=query)


def cursors_of(operation, ids, **by):
    """What the list could have told as `next`, for either sort key."""
    stretch = Stretch(operation.split()[1].format(**ids)).sifted(**by)
    return [stretch.next(key) for key in KEYS]


def goes_on(morning, operation, ids, cursors, **query):
    """Which of the cursors the list goes on from; all others are refused as such."""
    answers = {one: asked(morning, operation, ids, cursor=one, **query) for one in cursors}
    refused = {one: answer for one, answer in answers.items() if answer.status_code == 422}
    assert all(answer.json()["field"] == "cursor" for answer in refused.values())
    assert all(answers[one].status_code == 200 for one in set(answers) - set(refused))
    return set(answers) - set(refused)


@pytest.mark.parametrize("operation", LISTS)
def test_every_list_goes_on_from_its_own_cursors_and_no_others(morning, operation):
    ids = morning.ids(operation)
    assert len(goes_on(morning, operation, ids, cursors_of(operation, ids))) == 1
    elsewhere = ids | {name: f"{id_}-2" for name, id_ in ids.items() if f"{{{name}}}" in operation}
    others = [one for name in LISTS if name != operation for one in cursors_of(name, ids)]
    others += cursors_of(operation, elsewhere) if elsewhere != ids else []
    assert goes_on(morning, operation, ids, others) == set()


@pytest.mark.parametrize("operation", LISTS)
def test_what_a_list_tells_as_next_is_its_own_cursor(morning, operation):
    ids = morning.ids(operation)
    following = asked(morning, operation, ids, limit=1).json()["next"]
    assert following is None or goes_on(morning, operation, ids, [following]) == {following}


def test_the_lists_of_the_example_have_more_than_one_page(morning):
    longer = [name for name in LISTS if asked(morning, name, morning.ids(name), limit=1).json()["next"]]
    assert len(longer) >= 5


@pytest.mark.parametrize(("operation", "by"), FILTERS)
def test_a_list_that_is_sifted_otherwise_refuses_the_cursor(morning, operation, by):
    ids, sifted = morning.ids(operation), {by: VALUES[by]}
    whole, part = cursors_of(operation, ids), cursors_of(operation, ids, **sifted)
    assert len(goes_on(morning, operation, ids, part, **sifted)) == 1
    assert goes_on(morning, operation, ids, whole, **sifted) == set()
    assert goes_on(morning, operation, ids, part) == set()


@pytest.mark.parametrize("said", ["yes", "1", "True"])
def test_a_filter_said_in_other_words_is_the_same_filter(morning, said):
    operation, ids = "GET /api/v1/citizens", {}
    part = cursors_of(operation, ids, nobodys=True)
    assert len(goes_on(morning, operation, ids, part, nobodys=said)) == 1


@pytest.mark.parametrize("key", [("one", "two"), ("2026-02-30", "two"), ("x", "y", "z"), ("",)])
@pytest.mark.parametrize("operation", LISTS)
def test_a_made_up_key_never_makes_a_list_stumble(morning, operation, key):
    ids = morning.ids(operation)
    made_up = Stretch(operation.split()[1].format(**ids)).next(key)
    goes_on(morning, operation, ids, [made_up])
