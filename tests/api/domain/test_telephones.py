import pytest

from api.domain.telephones import telephone_shown


@pytest.mark.parametrize("text", ["11223344", "11 22 33 44", "+45 11223344", "004511223344", "11-22-33-44"])
def test_a_danish_number_is_shown_in_one_way_however_it_was_written(text):
    assert telephone_shown(text) == "+45 11 22 33 44"


@pytest.mark.parametrize("text", ["", "+46 31 700 00 00", "112", "11 22 33 44 lok. 5", "spørg i køkkenet"])
def test_what_is_no_danish_number_is_shown_as_it_stands(text):
    assert telephone_shown(text) == text
