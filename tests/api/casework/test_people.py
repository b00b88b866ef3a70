from dataclasses import replace
from datetime import date

import pytest

from api.casework import following
from api.casework.catalogues import Catalogues
from api.domain.records import AnchorRecord
from api.store import centres, citizens
from geo import Point
from matching.vocabulary import AnchorKind
from tests.api.makers import SQUARE, make_centre, make_citizen

ON = date(2026, 12, 1)


def held(store, kept, caller):
    with store.unit(read_only=True) as unit:
        return kept.people(unit, caller)


@pytest.mark.parametrize("most", [500, 0], ids=["change by change", "all anew"])
def test_who_is_held_is_who_would_be_read_anew(store, naestved, most, monkeypatch):
    monkeypatch.setattr(following, "MOST_CHANGES", most)
    with store.unit() as unit:
        centre = centres.add(unit, naestved, make_centre(naestved))
        start = AnchorRecord(kind=AnchorKind.DROP_IN_CENTRE, centre_id=centre.id)
        first, second = (
            citizens.add(unit, naestved, make_citizen(naestved, anchors=(start,))) for _ in range(2)
        )
        unit.commit()
    kept = Catalogues()
    assert set(held(store, kept, naestved).by_id) == {first.id, second.id}
    with store.unit() as unit:
        citizens.replace(unit, naestved, replace(first, ready=False), first.version)
        citizens.replace(unit, naestved, replace(second, not_able_until=ON), second.version)
        third = citizens.add(unit, naestved, make_citizen(naestved))
        unit.commit()
    followed, anew = held(store, kept, naestved), held(store, Catalogues(), naestved)
    assert followed == anew
    assert list(followed.by_id) == sorted([second.id, third.id])
    with store.unit() as unit:
        moved = replace(centre, place=replace(SQUARE, point=Point(55.25, 11.75)))
        centres.replace(unit, naestved, moved, centre.version)
        unit.commit()
    followed = held(store, kept, naestved)
    assert followed == held(store, Catalogues(), naestved)
    assert followed.by_id[second.id].citizen.anchors[0].point == Point(55.25, 11.75)


def test_who_is_not_able_now_is_able_from_the_day_of_the_review(store, naestved):
    with store.unit() as unit:
        person = citizens.add(unit, naestved, make_citizen(naestved, not_able_until=ON))
        unit.commit()
    candidate = held(store, Catalogues(), naestved).by_id[person.id]
    assert (candidate.able(date(2026, 11, 30)), candidate.able(ON)) == (False, True)


def test_nobody_s_name_is_held_in_memory(store, naestved):
    with store.unit() as unit:
        person = citizens.add(unit, naestved, make_citizen(naestved, name="Karla Kanariefugl"))
        unit.commit()
    assert "Kanariefugl" not in repr(held(store, Catalogues(), naestved))
    assert person.id in repr(held(store, Catalogues(), naestved))
