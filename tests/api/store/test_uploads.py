"""Files on their way in: found by who sent them, for a day."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.caller import Caller
from api.domain.imports import LONGEST
from api.domain.uploads import Step, Upload
from api.store import Store, uploads
from api.store.errors import Missing
from tests.api.makers import make_upload


def kept(store: Store, upload: Upload) -> Upload:
    with store.unit() as unit:
        uploads.add(unit, upload)
        unit.commit()
    return upload


def test_a_file_comes_back_as_it_was_sent(store: Store, naestved: Caller):
    upload = kept(store, make_upload(naestved, content=bytes(range(256)) * 9, mapping={"name": "Hvem"}))
    with store.unit(read_only=True) as unit:
        assert uploads.find(unit, naestved, upload.id) == upload
        assert uploads.find(unit, naestved, upload.id, content=False) == replace(upload, content=None)
        assert uploads.waiting(unit, naestved) == (replace(upload, content=None),)


def test_a_file_is_found_by_nobody_else(store: Store, naestved: Caller, colleague: Caller, vejle: Caller):
    upload = kept(store, make_upload(naestved))
    with store.unit(read_only=True) as unit:
        for other in (colleague, vejle):
            assert uploads.find(unit, other, upload.id) is None
            assert uploads.waiting(unit, other) == ()


def test_a_change_without_the_content_leaves_the_content(store: Store, naestved: Caller):
    upload = kept(store, make_upload(naestved))
    changed = replace(upload, content=None, step=Step.LOOKED, told={"rows": 1})
    with store.unit() as unit:
        uploads.replace(unit, changed)
        assert uploads.find(unit, naestved, upload.id) == replace(changed, content=upload.content)


def test_a_file_that_was_dropped_is_not_there_to_be_changed(store: Store, naestved: Caller):
    upload = kept(store, make_upload(naestved))
    with store.unit() as unit:
        uploads.drop(unit, upload)
        assert uploads.find(unit, naestved, upload.id) is None
        with pytest.raises(Missing):
            uploads.replace(unit, upload)


def test_what_has_expired_goes_when_the_next_one_comes(store: Store, naestved: Caller, colleague: Caller):
    fresh = make_upload(naestved)
    old = kept(store, make_upload(colleague, expires_at=fresh.since - timedelta(seconds=1)))
    with store.unit() as unit:
        assert uploads.find(unit, colleague, old.id) is None
        uploads.add(unit, fresh)
        with pytest.raises(Missing):
            uploads.replace(unit, old)


def test_what_is_stored_waits_no_more(store: Store, naestved: Caller):
    upload = kept(store, make_upload(naestved, step=Step.STORED))
    with store.unit(read_only=True) as unit:
        assert uploads.waiting(unit, naestved) == ()
        assert uploads.find(unit, naestved, upload.id) is not None


@given(st.sampled_from(Step), st.integers(-100, 10_000))
def test_work_stands_where_it_began_once_it_was_broken_off(step: Step, seconds: int):
    caller = Caller(user_id="u", username="u", municipality="0370", role="consultant")  # type: ignore[arg-type]
    upload = make_upload(caller, step=step)
    now = upload.since + timedelta(seconds=seconds)
    broken_off = {Step.LOOKING: Step.COLUMNS, Step.STORING: Step.LOOKED}
    expected = broken_off.get(step, step) if timedelta(seconds=seconds) > LONGEST else step
    assert upload.standing(now) is expected
