"""A citizen as a form: every fact one field with one text, so that two states can be laid side by side.

What a browser sends and what is kept come to the same mapping from field name to text; absent is "".
"""

import re
from collections.abc import Mapping
from functools import partial

from api.domain.records import AnchorRecord, CitizenRecord
from api.exchange import amounts
from api.exchange.days import day_back
from api.exchange.values import Given
from api.pages.forms import Told, Unacceptable, Values, Wrong, amount, some
from api.routes.language import Translate
from api.schemas.citizens import CitizenCreate
from geo import Mode, Refused
from geo.errors import N_
from matching.citizens import SETTINGS, Needs
from matching.reading import read_hours
from matching.times import Slot, Weekday
from matching.vocabulary import (
    EXPOSURES,
    REQUIREMENTS,
    Activity,
    AnchorKind,
    Demand,
    Setting,
    Support,
)

FEWEST_ANCHORS = 2
"""Places to start from that the form has room for, with one to spare."""

_DISTRICT, _CENTRE = "postcode:", "centre:"


def names(rows: int = FEWEST_ANCHORS) -> tuple[str, ...]:
    """Every field of the form, in its order."""
    return (
        "name",
        *(f"anchor.{row}" for row in range(rows)),
        "ready",
        "waiting_since",
        "objects_to_ranking",
        *(f"attitude.{code}" for code in Activity),
        *(f"setting.{code}" for code in Setting if code in SETTINGS),
        *(f"exposure.{code}" for code in Demand if code in EXPOSURES),
        *(f"support.{code}" for code in Support),
        *(f"ability.{code}" for code in Demand if code in REQUIREMENTS),
        "mode",
        "max_minutes",
        *(f"hours.{day}" for day in Weekday),
        "max_hours_per_week",
        "earnings_room_dkk",
    )


def values_of(record: CitizenRecord) -> dict[str, str]:
    """The citizen as it is kept."""
    needs = record.needs
    told = {
        "name": record.name,
        "ready": "yes" if record.ready else "",
        "waiting_since": f"{record.waiting_since:%d-%m-%Y}" if record.waiting_since else "",
        "objects_to_ranking": "yes" if record.objects_to_ranking else "",
        "mode": str(needs.mode),
        "max_minutes": amount(needs.max_minutes),
        "max_hours_per_week": amount(needs.max_hours_per_week),
        "earnings_room_dkk": amount(needs.earnings_room_dkk),
        **{f"anchor.{row}": _anchor(anchor) for row, anchor in enumerate(record.anchors)},
        **_answers(needs),
    }
    rows = max(FEWEST_ANCHORS, len(record.anchors) + 1)
    return {name: told.get(name, "") for name in names(rows)}


def _answers(needs: Needs) -> dict[str, str]:
    hours: dict[str, list[str]] = {}
    for slot in needs.availability:
        hours.setdefault(f"hours.{slot.day}", []).append(_clocks(slot))
    return {
        **{f"attitude.{code}": str(attitude) for code, attitude in needs.attitudes.items()},
        **{f"setting.{code}": str(attitude) for code, attitude in needs.setting.items()},
        **{f"exposure.{code}": "prefers_not" for code in needs.prefers_not},
        **{f"exposure.{code}": "avoids" for code in needs.avoids},
        **{f"support.{code}": "wishes" for code in needs.wishes},
        **{f"support.{code}": "needs" for code in needs.needs},
        **{f"ability.{code}": str(answer) for code, answer in needs.abilities.items()},
        **{name: ", ".join(told) for name, told in hours.items()},
    }


def _anchor(anchor: AnchorRecord) -> str:
    return f"{_CENTRE}{anchor.centre_id}" if anchor.centre_id else f"{_DISTRICT}{anchor.postcode}"


def sent(form: Mapping[str, str]) -> dict[str, str]:
    """What a browser sent, field by field; a district may stand beside the list of centres."""
    rows = max([FEWEST_ANCHORS, *(int(name[7:]) + 1 for name in form if re.fullmatch(r"anchor\.\d", name))])
    told = {name: " ".join(form.get(name, "").split()) for name in names(rows)}
    for row in range(rows):
        district = " ".join(form.get(f"district.{row}", "").split())
        if told[f"anchor.{row}"] in ("", _DISTRICT) and district:
            told[f"anchor.{row}"] = f"{_DISTRICT}{district}"
        elif told[f"anchor.{row}"] == _DISTRICT:
            told[f"anchor.{row}"] = ""
    return {**told, "mode": told["mode"] or str(Mode.WALK)}


def unused(form: Mapping[str, str], before: Values, translate: Translate) -> tuple[Wrong, ...]:
    """Postcodes beside a chosen centre, which needs none; what stood there `before` was not typed."""
    found = []
    for name, text in some(form, "district").items():
        anchor, postcode = f"anchor.{name}", " ".join(text.split())
        chosen = form.get(anchor, "").startswith(_CENTRE)
        if chosen and postcode and before.get(anchor) != f"{_DISTRICT}{postcode}":
            problem = N_("{value!r} stands beside a place that was chosen, and was not used.")
            remedy = N_("Clear it, or choose the postcode in the list.")
            found.append(Wrong(anchor, Refused(anchor, problem, remedy, value=postcode).said(translate)))
    return tuple(found)


def read(told: Values, kinds: Mapping[str, AnchorKind], translate: Translate) -> CitizenCreate:
    """The citizen that the form describes; raises `Unacceptable`.

    `kinds` are the kinds of the municipality's centres by id. The schema that the API reads decides, so that
    nothing comes in here that would not come in there.
    """
    form = Told(told, translate)
    body = _body(form, [_anchor_of(text, kinds) for text in some(told, "anchor").values()])
    if not body["anchors"]:
        form.wrong.insert(
            0, Wrong("anchor.0", translate(N_("Choose a drop-in centre, or write a postcode.")))
        )
        # an anchor that the schema takes, so that it says what else is wrong
        body["anchors"] = [{"kind": "postal_district", "postcode": ""}]
    found = form.checked(CitizenCreate, body, partial(_wrong, translate), CitizenCreate.to_needs)
    if found is None or form.wrong:
        raise Unacceptable(tuple(form.wrong))
    return found


def _body(form: Told, anchors: list[dict[str, str]]) -> dict[str, object]:
    """The citizen as the API is sent one."""
    told, since = form.values, form.parsed("waiting_since", day_back)
    return {
        "name": told["name"],
        "ready": told["ready"] == "yes",
        "objects_to_ranking": told["objects_to_ranking"] == "yes",
        "waiting_since": since.isoformat() if since else None,
        "anchors": anchors,
        "attitudes": some(told, "attitude"),
        "setting": some(told, "setting"),
        "avoids": _chosen(told, "exposure", "avoids"),
        "prefers_not": _chosen(told, "exposure", "prefers_not"),
        "needs": _chosen(told, "support", "needs"),
        "wishes": _chosen(told, "support", "wishes"),
        "abilities": some(told, "ability"),
        "mode": told["mode"],
        "max_minutes": form.parsed("max_minutes", amounts.minutes),
        "max_hours_per_week": form.parsed("max_hours_per_week", amounts.hours_per_week),
        "earnings_room_dkk": form.parsed("earnings_room_dkk", amounts.money),
        "availability": [str(slot) for day in Weekday for slot in form.parsed(f"hours.{day}", _slots) or ()],
    }


def _slots(given: Given) -> tuple[Slot, ...]:
    """The times that the field of a day tells; raises `Refused` for what says no hours."""
    if not given.text:
        return ()
    told = read_hours(given.text)
    if not told:
        problem = N_("{value!r} does not say from when to when.")
        raise given.refused(problem, N_("Write the hours like 9-12, or 9-11, 13-15.30."))
    return tuple(Slot(Weekday(given.field.removeprefix("hours.")), *hours) for hours in told)


def _clocks(slot: Slot) -> str:
    """The hours of a time as they are shown back: 9.00–12.30."""
    (begins, past), (ends, over) = divmod(slot.start, 60), divmod(slot.end, 60)
    return f"{begins}.{past:02}–{ends}.{over:02}"


def _chosen(told: Values, family: str, choice: str) -> list[str]:
    return [code for code, text in some(told, family).items() if text == choice]


def _anchor_of(text: str, kinds: Mapping[str, AnchorKind]) -> dict[str, str]:
    if text.startswith(_DISTRICT):
        return {"kind": str(AnchorKind.POSTAL_DISTRICT), "postcode": text.removeprefix(_DISTRICT)}
    centre = text.removeprefix(_CENTRE)
    return {"kind": str(kinds.get(centre, AnchorKind.DROP_IN_CENTRE)), "centre_id": centre}


def _wrong(translate: Translate, refused: Refused) -> Wrong:
    """A refusal of the schema, or of the desk, at its field of the form."""
    return Wrong(name_of(refused), refused.said(translate))


_FAMILIES = {"attitudes": "attitude", "setting": "setting", "abilities": "ability"}


def name_of(refused: Refused) -> str:
    """The field of the form that a refusal of the schema, or of the desk, is about."""
    first, *rest = refused.field.split(".")
    if first == "anchors":
        return f"anchor.{rest[0]}" if rest else "anchor.0"
    if first == "availability":
        return f"hours.{Weekday.MON}"  # more times than are kept, over all the days
    return f"{_FAMILIES[first]}.{rest[0]}" if first in _FAMILIES and rest else first
