"""The three municipalities written by hand: whole, made up, current, and no word on anyone's health."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files

import pytest
from stdnum.dk import cvr

from api.domain.caller import Role
from api.domain.records import EmployerRecord, JobOrderRecord
from api.examples.files import known, read_answers
from api.examples.municipality import ExampleMunicipality, logins, municipality_of
from api.examples.weeks import told_by_times
from api.examples.written import WRITTEN, example_municipality
from geo import Point, Precision, Refused, UnknownCode
from geo.gazetteer import Gazetteer
from matching.vocabulary import Activity, AnchorKind, Answer, Demand, Support

Written = dict[str, ExampleMunicipality]

DIAGNOSES = re.compile(
    r"skizo|psyko|psykisk|psykiat|depress|angst|bipolar|adhd|autis|asperger|borderline|ptsd|demen|diagnos"
    r"|misbrug|alkoholi|narko|stofaf|afhængig|abstinen|sygdom|\bsyg\b|handicap|hjerneskade|epilep|diabet"
    r"|spiseforstyr|personlighedsforstyr|ocd\b|udviklingshæm|sindslid|medicin|kontanthjælp|førtidspension",
    re.IGNORECASE,
)


def everything(written: Written) -> Iterator[object]:
    for one in written.values():
        yield from (*one.centres, *one.employers, *one.job_orders, *one.citizens)


def orders(written: Written) -> Iterator[tuple[JobOrderRecord, EmployerRecord]]:
    for one in written.values():
        employers = {employer.id: employer for employer in one.employers}
        yield from ((order, employers[order.employer_id]) for order in one.job_orders)


@pytest.mark.parametrize("code", WRITTEN)
def test_a_municipality_is_large_enough_to_look_at(written: Written, code: str):
    one = written[code]
    assert len(one.employers) >= 39
    assert len(one.job_orders) >= 50
    assert len(one.citizens) == 15
    kinds = Counter(centre.kind for centre in one.centres)
    assert kinds == {AnchorKind.DROP_IN_CENTRE: 2, AnchorKind.SUPPORTED_HOUSING: 1}
    assert {user.role for user in one.users} == set(Role)


def test_a_municipality_that_is_not_written_is_refused(on: date):
    with pytest.raises(UnknownCode, match="0660") as refused:
        example_municipality("0660", on)
    assert refused.value.facts["near"] == "0630"


def test_every_activity_occurs(written: Written):
    assert {activity for order, _ in orders(written) for activity in order.task.activities} == set(Activity)


@pytest.mark.parametrize("code", [*Demand, *Support])
def test_every_demand_and_support_is_answered_yes_somewhere_and_no_elsewhere(
    written: Written, code: Demand | Support
):
    said = set()
    for order, employer in orders(written):
        for source in (order.task, employer):
            said.add(source.demands.get(code) if isinstance(code, Demand) else source.supports.get(code))
    assert {Answer.YES, Answer.NO} <= said


def test_much_is_left_unanswered_so_that_there_is_something_to_ask(written: Written):
    for demand in (Demand.ALCOHOL_PRESENT, Demand.MACHINES):
        silent = [demand not in order.task.demands | employer.demands for order, employer in orders(written)]
        assert 0.1 < sum(silent) / len(silent) < 0.6
    assert any(not order.task.times for order, _ in orders(written))
    assert any(order.task.hours_per_week is None for order, _ in orders(written))
    assert any(employer.place.point is None for _, employer in orders(written))


def test_the_same_day_gives_the_same_data_and_another_day_moves_the_dates(written: Written, on: date):
    assert example_municipality("0370", on) == written["0370"]
    later = example_municipality("0370", on + timedelta(days=100))
    for before, after in zip(written["0370"].job_orders, later.job_orders, strict=True):
        assert before.text == after.text
        assert before.received_on is not None
        assert after.received_on == before.received_on + timedelta(days=100)


def test_orders_are_current(written: Written, on: date):
    for order, _ in orders(written):
        assert order.received_on is not None
        assert order.received_on < on
        assert order.task.ends_on is None or order.task.ends_on > on


def test_names_say_that_they_are_examples(written: Written):
    for one in written.values():
        assert all("Eksempel" in employer.name for employer in one.employers)
        assert all(citizen.name.endswith(" Eksempel") for citizen in one.citizens)
        assert all(centre.name.endswith("(eksempel)") for centre in one.centres)


def test_a_contact_person_is_a_role_or_an_example(written: Written):
    for _, employer in orders(written):
        named = re.search(r"\b[A-ZÆØÅ][a-zæøå]+", employer.contact_person)
        assert (
            named is None
            or "Eksempel" in employer.contact_person
            or employer.contact_person.isupper()
            or (employer.contact_person == "HR-afdelingen")
        )


def test_numbers_have_the_right_form_and_belong_to_no_one(written: Written):
    employers = [employer for one in written.values() for employer in one.employers]
    for employer in employers:
        assert cvr.is_valid(employer.cvr)
        assert employer.cvr.startswith("98")
        assert re.fullmatch(r"1998\d{6}", employer.p_number)
        assert re.fullmatch(r"\+45 00 \d\d \d\d \d\d", employer.phone)
    for numbers in ("cvr", "p_number", "phone"):
        assert len({getattr(employer, numbers) for employer in employers}) == len(employers)


def test_ids_are_unique_and_tell_the_municipality(written: Written):
    ids = [(record.id, record.municipality) for record in everything(written)]  # type: ignore[attr-defined]
    assert len({id for id, _ in ids}) == len(ids)
    assert all(municipality_of(id) == municipality for id, municipality in ids)


def test_texts_are_distinct(written: Written):
    texts = [order.text for order, _ in orders(written)]
    assert len(set(texts)) == len(texts)
    assert all(len(text.split()) > 15 for text in texts)


@pytest.mark.parametrize("file", [*WRITTEN, "phrases", "industries"])
def test_no_word_of_a_diagnosis_stands_in_the_data(file: str):
    text = files("api.examples").joinpath("data", f"{file}.toml").read_text(encoding="utf-8")
    assert DIAGNOSES.findall(text) == []


@pytest.mark.parametrize("said", ["Hun har angst.", "tidligere misbrug", "Han er syg", "ADHD", "psykiatrien"])
def test_the_list_of_words_would_find_a_diagnosis(said: str):
    assert DIAGNOSES.search(said)


@pytest.mark.parametrize("code", WRITTEN)
def test_places_lie_in_the_postal_district_they_name(written: Written, code: str):
    gazetteer = Gazetteer.shipped()
    for row in (*written[code].employers, *written[code].centres):
        district = gazetteer.postal_district(row.place.postcode)
        assert district is not None
        assert code in district.municipalities
        assert row.place.town == district.name
        if row.place.point:
            assert row.place.point.distance_km(district.point) < 6.0


def test_precision_varies_and_only_an_address_has_a_street(written: Written):
    known = Counter(
        employer.place.precision if employer.place.point else None
        for one in written.values()
        for employer in one.employers
    )
    assert known[Precision.ADDRESS] > 100
    assert known[Precision.POSTAL_DISTRICT] >= 3
    assert known[None] >= 2
    for one in written.values():
        for employer in one.employers:
            assert bool(employer.place.street) == (
                employer.place.point is not None and employer.place.precision is Precision.ADDRESS
            )


WEEKDAYS = {
    "mandag": "mon",
    "tirsdag": "tue",
    "onsdag": "wed",
    "torsdag": "thu",
    "fredag": "fri",
    "lørdag": "sat",
    "søndag": "sun",
}
NUMERALS = {"to": 2, "tre": 3, "fire": 4, "fem": 5, "ti": 10}


def test_what_a_text_says_of_pay_hours_and_days_is_what_the_task_holds(written: Written):
    heard = Counter[str]()
    for order, _ in orders(written):
        task, text = order.task, order.text
        if pay := re.search(r"(\d{3}) (?:kr\. )?i timen", text):
            heard["pay"] += 1
            assert task.pay_dkk_per_hour == float(pay[1])
        if hours := re.search(r"(?<!-)\b(to|tre|fire|fem|ti) timer om ugen(?! højst)", text, re.IGNORECASE):
            heard["hours"] += 1
            before = text[: hours.start()].split()[-1:]
            if before not in (["to-"], ["eller"]):
                assert task.hours_per_week == NUMERALS[hours[1].lower()]
        if task.times and (said := {code for day, code in WEEKDAYS.items() if f"{day} " in text.lower()}):
            heard["days"] += 1
            assert said & {slot.day for slot in task.times}, text
    assert heard["pay"] >= 3
    assert heard["hours"] >= 8
    assert heard["days"] >= 40


def test_the_clock_in_a_text_is_the_clock_of_the_task(written: Written):
    heard = 0
    for order, _ in orders(written):
        clock = re.search(
            r"\b(\d{1,2})(?:\.(\d\d))?(?: til | og | klokken )(\d{1,2})(?:\.(\d\d))?\b", order.text
        )
        if clock and order.task.times:
            heard += 1
            start = int(clock[1]) * 60 + int(clock[2] or 0)
            assert start in {slot.start for slot in order.task.times}, order.text
    assert heard >= 25


def test_times_and_what_is_said_of_early_and_late_agree(written: Written):
    for order, _ in orders(written):
        if order.task.times:
            assert told_by_times(order.task.times).items() <= order.task.demands.items(), order.title


PLAIN_FACTS = {
    r"\bingen maskiner\b": (Demand.MACHINES, Answer.NO),
    r"skal have kørekort|kørekort kræves|kørekort er et must": (Demand.DRIVING_LICENCE, Answer.YES),
    r"al slags vejr": (Demand.ALL_WEATHER, Answer.YES),
    r"straffeattest": (Demand.CLEAN_RECORD, Answer.YES),
    r"\bdet er tungt\b": (Demand.HEAVY_LIFTING, Answer.YES),
    r"\bkom(?:me|mer)?\b[^.]*\bnår (?:det passer|man vil|du vil|man har tid)\b": (
        Support.FLEXIBLE_ATTENDANCE,
        Answer.YES,
    ),
    r"samme dag\b|samme aften": (Support.SAME_DAY_PAY, Answer.YES),
    r"\bhenter\b.*\b(?:folk|værestedet|station)": (Support.LIFT_OFFERED, Answer.YES),
}


def test_what_a_text_says_plainly_is_answered_so(written: Written):
    found = Counter[str]()
    for order, employer in orders(written):
        answers = {**employer.demands, **employer.supports, **order.task.demands, **order.task.supports}
        for pattern, (code, answer) in PLAIN_FACTS.items():
            if re.search(pattern, order.text, re.IGNORECASE):
                found[pattern] += 1
                assert answers.get(code) is answer, (code, order.text)
    assert set(found) == set(PLAIN_FACTS)


def test_every_citizen_starts_from_a_centre_of_the_municipality(written: Written):
    for one in written.values():
        centres = {centre.id: centre.kind for centre in one.centres}
        for citizen in one.citizens:
            first = citizen.anchors[0]
            assert first.centre_id in centres
            assert first.kind is centres[first.centre_id]


@pytest.mark.parametrize("code", WRITTEN)
def test_there_is_a_login_for_each_role_and_no_secret_in_it(code: str):
    users = logins(code)
    assert [user.role for user in users] == list(Role)
    assert len({user.username for user in users}) == len(Role)
    assert all(code in user.username for user in users)
    assert {"password", "token"}.isdisjoint(vars(users[0]))


@pytest.mark.parametrize("code", WRITTEN)
def test_the_shown_citizen_is_everybodys_work_and_some_others_are_not(written: Written, code: str):
    one = written[code]
    whose = {role: {citizen for citizen, said in one.assignments if said is role} for role in Role}
    ids = {citizen.id for citizen in one.citizens}
    for role in (Role.CONSULTANT, Role.CASEWORKER, Role.CENTRE_STAFF):
        assert one.citizens[0].id in whose[role]
        assert whose[role] < ids
    assert whose[Role.ANALYST] == whose[Role.AUDITOR] == whose[Role.OPERATOR] == set()


def test_a_field_that_is_not_known_is_refused_with_the_nearest_one():
    with pytest.raises(UnknownCode, match="employes") as refused:
        known({"employes": "2-4"}, "employees", "industry")
    assert refused.value.facts["near"] == "employees"


def test_a_code_that_is_answered_twice_is_refused():
    with pytest.raises(Refused, match="noise"):
        read_answers({"yes": ["noise"], "no": ["noise", "crowds"]})


def test_a_code_that_is_not_known_is_refused():
    with pytest.raises(UnknownCode, match="machine"):
        read_answers({"yes": ["machine"]})


def test_a_point_of_the_data_is_given_latitude_first(written: Written):
    assert written["0630"].centres[0].place.point == Point(55.7088, 9.5331)
