import pytest

from api.routes.etags import etag, if_match
from api.routes.problem import PreconditionMissing
from geo import Refused


def test_the_tag_of_a_version_matches_that_version():
    assert if_match(etag(3)) == {3}


def test_several_tags_match_any_of_their_versions():
    assert if_match('"3", "4"') == {3, 4}


def test_a_star_matches_any_version():
    assert if_match("*") is None


@pytest.mark.parametrize("weak", ['W/"3"', '"abc"', '"99999999999999999999"', '"²"'])
def test_a_weak_or_foreign_tag_matches_no_version(weak):
    assert if_match(weak) == frozenset()


@pytest.mark.parametrize("garbled", ["3", '"3', "*, 3", '"3" "4"'])
def test_what_is_no_tag_is_refused(garbled):
    with pytest.raises(Refused):
        if_match(garbled)


def test_an_empty_header_is_a_missing_one():
    with pytest.raises(PreconditionMissing):
        if_match(" ")
