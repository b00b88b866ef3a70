"""The verb "have" is no garden, and a denial reaches over a comma only into what is told of the denied."""

import pytest

from matching.reading import read_task
from matching.vocabulary import Activity, Answer, Demand, Support


@pytest.mark.parametrize(
    "told",
    [
        "Vi skal have hjælp til at pakke kasser",
        "Vi vil også gerne have hjælp til at pakke kasser",
        "Kan vi have hjælp til at pakke kasser",
        "Vi skulle have mand på til at pakke kasser",
        "Vi kunne godt tænke os at have hjælp til at pakke kasser",
        "Jeg vil gerne have arbejde udført: pakke kasser",
    ],
)
def test_whoever_wants_to_have_help_has_no_garden(told: str) -> None:
    assert set(read_task(told).activities) == {Activity.WAREHOUSE}


@pytest.mark.parametrize(
    "told",
    [
        "Lidt have arbejde bag præstegården",
        "Vi skal have lavet have arbejde",
        "Have arbejde, to timer om ugen",
        "Vi skal have hjælp i haven",
        "Vi skal have havehjælp",
        "Pasning af have",
    ],
)
def test_a_garden_is_one_also_where_its_work_is_written_apart(told: str) -> None:
    assert set(read_task(told).activities) == {Activity.GREEN}


@pytest.mark.parametrize(
    "told",
    [
        "ingen alkohol, fast kontaktperson er Bente",
        "Ingen alkohol, kontaktperson er Bente",
        "Ingen maskiner, fast kontaktperson",
        "Der er ingen stress, kontaktperson er Ole",
        "Ingen maskiner, der er en fast kontaktperson",
        "Ingen alkohol, men en fast kontaktperson",
    ],
)
def test_what_stands_behind_the_comma_of_a_denial_is_not_denied(told: str) -> None:
    assert read_task(told).supports[Support.CONTACT_PERSON].answer is Answer.YES


@pytest.mark.parametrize(
    "told",
    [
        "ingen ordning, der giver en fast kontaktperson",
        "Vi har ingen ordning, som giver en fast kontaktperson",
        "Vi har ikke nogen, der kan være fast kontaktperson",
        "Der er ikke nogen, du kan spørge",
        "Ingen fast kontaktperson, ingen alkohol",
        "Ingen fadøl, flexordning eller kontaktperson",
    ],
)
def test_what_is_told_of_somebody_or_something_that_is_not_there_is_not_there_either(told: str) -> None:
    assert read_task(told).supports[Support.CONTACT_PERSON].answer is Answer.NO


def test_work_that_nobody_asks_for_asks_nothing() -> None:
    demands = read_task("Der er ingen opgaver, der kræver kørekort").demands
    assert demands[Demand.DRIVING_LICENCE].answer is Answer.NO
    assert read_task("Ingen støj, der er kunder i butikken").demands[Demand.NOISE].answer is Answer.NO
    said = read_task("Ingen støj, der er kunder i butikken").demands.get(Demand.CUSTOMER_CONTACT)
    assert said is not None
    assert said.answer is Answer.YES
