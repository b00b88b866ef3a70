"""What the address service has answered to a municipality, by the house that was asked for."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from api.domain.caller import Caller
from api.store.tables import AddressAnswerRow
from api.store.unit import Unit
from api.store.versioned import chunks
from geo import Point
from geo.address_service import SOURCE, Answer
from geo.questions import Question

_KEY = ("municipality", "asked")


def find(unit: Unit, caller: Caller, houses: Iterable[Question]) -> dict[Question, Answer]:
    """Those of the houses that were asked for before, with the last answer."""
    by_text = {house.text: house for house in houses}
    found: dict[Question, Answer] = {}
    for texts in chunks(by_text):
        asked = select(AddressAnswerRow).where(
            AddressAnswerRow.municipality == caller.municipality, AddressAnswerRow.asked.in_(texts)
        )
        found |= {by_text[row.asked]: _answer(row) for row in unit.session.scalars(asked)}
    return found


def keep(unit: Unit, caller: Caller, answers: Mapping[Question, Answer]) -> None:
    """Keep answers in the place of earlier ones, whoever else is keeping the same."""
    rows = [
        {
            "municipality": caller.municipality,
            "asked": house.text,
            "finding": answer.finding,
            "lat": answer.point and answer.point.lat,
            "lon": answer.point and answer.point.lon,
            "matched": answer.matched,
            "grade": answer.grade,
            "source": SOURCE,
            "dated": answer.on,
        }
        for house, answer in answers.items()
    ]
    if not rows:
        return
    dialect = postgresql if unit.session.get_bind().dialect.name == "postgresql" else sqlite
    adding = dialect.insert(AddressAnswerRow)
    brought = {name: adding.excluded[name] for name in rows[0] if name not in _KEY}
    unit.session.execute(adding.on_conflict_do_update(index_elements=_KEY, set_=brought), rows)


def _answer(row: AddressAnswerRow) -> Answer:
    point = None if row.lat is None or row.lon is None else Point(row.lat, row.lon)
    return Answer(finding=row.finding, on=row.dated, point=point, matched=row.matched, grade=row.grade)
