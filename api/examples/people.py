"""Made-up centres and citizens, whose needs are drawn as people state them: few hard ones, some wishes."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeVar

import numpy as np

from api.domain.records import AnchorRecord, Centre, CitizenRecord
from api.examples.area import Area
from api.examples.municipality import identify
from api.examples.phrases import phrases
from api.examples.weeks import free_time
from geo import Mode, Precision
from matching.citizens import Needs
from matching.vocabulary import (
    EXPOSURES,
    REQUIREMENTS,
    Activity,
    AnchorKind,
    Answer,
    Attitude,
    Demand,
    Setting,
    Support,
)

DROP_IN_CENTRES = 2
MODES = {Mode.WALK: 0.35, Mode.BICYCLE: 0.3, Mode.BUS: 0.3, Mode.LIFT: 0.05}
"""How people come, as shares."""

ATTITUDES = {
    Attitude.GLADLY: 0.09,
    Attitude.CAN: 0.08,
    Attitude.RATHER_NOT: 0.04,
    Attitude.CANNOT: 0.02,
    Attitude.UNKNOWN: 0.77,
}
"""What is said of each activity, as shares; mostly nothing."""

SAID = {"avoids": 0.05, "prefers_not": 0.04, "needs": 0.05, "wishes": 0.12, "abilities": 0.25}
"""How often each code is named under a heading."""

SETTINGS = (Setting.INDOOR, Setting.OUTDOOR)
MINUTES = (15, 20, 30, 30, 45, 60)
_EXPOSURES = [code for code in Demand if code in EXPOSURES]
_REQUIREMENTS = [code for code in Demand if code in REQUIREMENTS]
_Listed = TypeVar("_Listed")


def centres(area: Area, on: date) -> tuple[Centre, ...]:
    """Two drop-in centres and one supported housing in the main town, at fixed corners of it."""
    code, words = area.municipality.code, phrases()
    pick = int(code)
    names = [
        *(f"Værestedet {words.drop_in_centres[(pick + n) % 8]} (eksempel)" for n in range(DROP_IN_CENTRES)),
        f"Bostedet {words.supported_housing[pick % 6]} (eksempel)",
    ]
    corners = ((0.2, 0.2), (-0.6, 0.3), (0.5, -0.9))
    return tuple(
        Centre(
            id=identify("centre", code, f"g{number:02}"),
            municipality=code,
            name=name,
            kind=AnchorKind.DROP_IN_CENTRE if number <= DROP_IN_CENTRES else AnchorKind.SUPPORTED_HOUSING,
            place=area.place(area.main, Precision.ADDRESS, corner, number, on),
            verified_on=on - timedelta(days=30 * number),
        )
        for number, (name, corner) in enumerate(zip(names, corners, strict=True), start=1)
    )


def citizens(
    rng: np.random.Generator, area: Area, centres: tuple[Centre, ...], n: int, on: date
) -> Iterator[CitizenRecord]:
    """n citizens, each with a centre to start from; every tenth names a postal district as well."""
    code, words = area.municipality.code, phrases()
    draws = rng.random((n, 5)).tolist()
    for number, (draw, needs) in enumerate(zip(draws, _needs(rng, n), strict=True), start=1):
        first, middle = _pick(words.first_names, draw[0]), _pick(words.middle_names, draw[1])
        centre = _pick(centres, draw[2])
        anchors = [AnchorRecord(kind=centre.kind, centre_id=centre.id)]
        if number % 10 == 0:
            postcode = _pick(area.districts, draw[3]).number[:4]
            anchors.append(AnchorRecord(kind=AnchorKind.POSTAL_DISTRICT, postcode=postcode))
        yield CitizenRecord(
            id=identify("citizen", code, f"g{number:06}"),
            municipality=code,
            name=f"{first} {middle} {words.surname}",
            anchors=tuple(anchors),
            needs=needs,
            waiting_since=on - timedelta(days=int(draw[4] * 400)) if draw[4] < 0.8 else None,
        )


def _needs(rng: np.random.Generator, n: int) -> Iterator[Needs]:
    attitudes = rng.choice(len(ATTITUDES), (n, len(Activity)), p=list(ATTITUDES.values())).tolist()
    avoids = _named(rng, n, _EXPOSURES, SAID["avoids"])
    prefers_not = _named(rng, n, _EXPOSURES, SAID["prefers_not"])
    needs = _named(rng, n, list(Support), SAID["needs"])
    wishes = _named(rng, n, list(Support), SAID["wishes"])
    able, unable = (_named(rng, n, _REQUIREMENTS, SAID["abilities"]) for _ in range(2))
    modes = rng.choice(len(MODES), n, p=list(MODES.values())).tolist()
    draws = rng.random((n, 8)).tolist()
    for i, draw in enumerate(draws):
        yield Needs(
            attitudes=_attitudes(attitudes[i]),
            setting={_pick(SETTINGS, draw[0]): _pick(tuple(ATTITUDES), draw[1])} if draw[0] < 0.4 else {},
            avoids=frozenset(avoids[i]),
            prefers_not=frozenset(prefers_not[i]) - frozenset(avoids[i]),
            needs=frozenset(needs[i]),
            wishes=frozenset(wishes[i]) - frozenset(needs[i]),
            abilities=dict.fromkeys(unable[i], Answer.NO) | dict.fromkeys(able[i], Answer.YES),
            mode=tuple(MODES)[modes[i]],
            max_minutes=_pick(MINUTES, draw[2] * 2) if draw[2] < 0.5 else None,
            availability=free_time(draw[3], draw[4]) if draw[5] < 0.25 else (),
            max_hours_per_week=2 + int(draw[6] * 40) if draw[6] < 0.25 else None,
            earnings_room_dkk=int(draw[7] * 800) * 100 if draw[7] < 0.5 else None,
        )


def _attitudes(drawn: list[int]) -> dict[Activity, Attitude]:
    """What is said of the activities; that nothing was said of one is left out."""
    said = zip(Activity, (tuple(ATTITUDES)[index] for index in drawn), strict=True)
    return {activity: attitude for activity, attitude in said if attitude is not Attitude.UNKNOWN}


def _named(rng: np.random.Generator, n: int, codes: list[_Listed], share: float) -> list[list[_Listed]]:
    """For each of n people the codes they name."""
    named = (rng.random((n, len(codes))) < share).tolist()
    return [[code for code, is_named in zip(codes, row, strict=True) if is_named] for row in named]


def _pick(listed: tuple[_Listed, ...], drawn: float) -> _Listed:
    return listed[int(drawn * len(listed))]
