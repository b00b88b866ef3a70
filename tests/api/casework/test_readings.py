"""What consultants made of readings leaves the house without persons, and only what somebody confirmed."""

import pytest

from api.casework import employers as employers_desk
from api.casework import job_orders as desk
from api.casework.readings import labelled_texts
from api.domain.records import EmployerRecord, JobOrderRecord, OrderState
from api.store import audit, new_id
from matching.orders import Task
from matching.reading import read_labelled, written
from matching.vocabulary import Answer, Demand

TEXT = "Vi skal have luget bede. Ring til Birgit Holm på 55 55 12 12."


@pytest.fixture
def settings(one_settings):
    return one_settings


def taken(unit, caller, task=None, state=OrderState.OPEN):
    employer = employers_desk.register(
        unit, caller, EmployerRecord(id=new_id(), municipality=caller.municipality, name="Kirken")
    )
    order = JobOrderRecord(
        id=new_id(),
        municipality=caller.municipality,
        employer_id=employer.id,
        title="Luge",
        text=TEXT,
        state=state,
        task=task or Task(),
    )
    return desk.register(unit, caller, order)


def test_a_correction_is_exported_with_what_the_consultant_said(store, naestved):
    said = Task(activities=["green"], demands={Demand.MACHINES: Answer.NO})
    with store.unit() as unit:
        taken(unit, naestved, said)
        (found,) = labelled_texts(unit, naestved)
    assert found.task == said
    assert "luget bede" in found.text
    for personal in ("Birgit", "Holm", "55 55 12 12"):
        assert personal not in found.text
    assert read_labelled(written([found])) == [found]


def test_what_nobody_has_confirmed_is_not_exported(store, naestved):
    with store.unit() as unit:
        taken(unit, naestved, state=OrderState.RECEIVED)
        assert labelled_texts(unit, naestved) == []


def test_another_municipalitys_texts_stay_there(store, naestved, vejle):
    with store.unit() as unit:
        taken(unit, naestved, Task(activities=["green"]))
        assert labelled_texts(unit, vejle) == []


def test_an_export_is_written_down_with_its_size(store, naestved):
    with store.unit() as unit:
        taken(unit, naestved, Task(activities=["green"]))
        labelled_texts(unit, naestved)
        unit.commit()
        last = audit.entries(unit, naestved.municipality)[-1]
    assert (last.action, last.details) == ("readings_exported", {"texts": 1})
