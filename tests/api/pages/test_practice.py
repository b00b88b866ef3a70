import re
from html import unescape

import pytest

from api.store import audit
from matching.vocabulary import Demand, Support
from tests.api.pages.conftest import Reader

FORM = {
    "seen": "0",
    "contact_days": "3",
    "review_days": "14",
    "silence_days": "30",
    "contact_limit": "1",
    "contact_window_days": "28",
    "yearly_days_off": "05-06, 24-12, 31-12",
    "extra_days_off": "",
    "candidates_by": "score",
    "required_answers": ["contact_person", "machines"],
}


@pytest.fixture
def coordinator(service):
    return Reader(service, "coordinator")


@pytest.fixture
def signed_in(service):
    """Somebody in a browser: what surrounds a page is told to a session."""

    def sign_in(who):
        form = {"username": who, "password": service.password}
        headers = {"Origin": "http://127.0.0.1:8000"}
        assert service.client.post("/sign-in", data=form, headers=headers).status_code == 303
        return service.client

    return sign_in


def kept(service):
    return service.ask("coordinator", "GET", "/api/v1/practices").json()


def saved(coordinator, **said):
    answer = coordinator.send("/practice", FORM | said)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == "/practice?done=saved"


def test_a_coordinator_sets_the_contact_limit_and_it_counts_from_now_on(service, coordinator):
    saved(coordinator, contact_limit="2", contact_window_days="60")
    practice = kept(service)
    assert (practice["contact_limit"], practice["contact_window_days"], practice["version"]) == (2, 60, 1)
    employer = service.made("consultant", "employers", {"name": "Gartneriet", "advertising_protected": "no"})
    assert "at most 2 times in 60 days" in coordinator.get(f"/employers/{employer['id']}").text
    with service.store.unit(read_only=True) as unit:
        row = next(one for one in audit.entries(unit, "0370") if one.action == "practice_changed")
    assert row.user_id == service.user_ids["coordinator"]


def test_all_of_the_form_is_kept_and_comes_back_as_it_was_written(service, coordinator):
    days = {"yearly_days_off": "24/12, 5. juni", "extra_days_off": "07-05-2027; 8. maj 2027"}
    saved(coordinator, **days, candidates_by="waiting_time", required_answers=["noise"], silence_days="45")
    practice = kept(service)
    assert practice["yearly_days_off"] == ["06-05", "12-24"]
    assert practice["extra_days_off"] == ["2027-05-07", "2027-05-08"]
    assert (practice["candidates_by"], practice["required_answers"]) == ("waiting_time", ["noise"])
    page = coordinator.get("/practice").text
    assert 'value="05-06, 24-12"' in page
    assert 'value="07-05-2027, 08-05-2027"' in page
    assert re.search(r'value="waiting_time" checked', page)
    assert re.findall(r'name="required_answers" value="(\w+)" checked', page) == ["noise"]


def test_the_page_says_where_each_value_comes_from_and_how_it_came_to_be(coordinator):
    saved(coordinator, contact_days="5")
    page = coordinator.get("/practice?done=saved").text
    assert "counts from now on" in page
    assert "Local practice; no paragraph says it." in page
    assert "Forældelsesloven § 27" in page
    history = page.partition('id="history"')[2]
    assert "working days until contact" in history
    assert "coordinator" in history
    assert "As it is where nobody has said anything" in history


def test_an_earlier_practice_is_put_back_as_a_new_version(service, coordinator):
    saved(coordinator, contact_limit="4")
    saved(coordinator, contact_limit="9", seen="1")
    answer = coordinator.send("/practice/put-back", {"version": "1", "seen": "2"})
    assert answer.headers["location"] == "/practice?done=put-back"
    assert (kept(service)["contact_limit"], kept(service)["version"]) == (4, 3)
    coordinator.send("/practice/put-back", {"version": "0", "seen": "3"})
    assert kept(service)["contact_limit"] == 1
    assert coordinator.send("/practice/put-back", {"version": "77", "seen": "4"}).status_code == 404
    assert coordinator.send("/practice/put-back", {"version": "1", "seen": "1"}).status_code == 412
    assert kept(service)["version"] == 4


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("contact_days", "tre", "is not possible here"),
        ("contact_limit", "0", "is not possible here"),
        ("review_days", "", "is not possible here"),
        ("yearly_days_off", "31-02", "is not a day of the year"),
        ("extra_days_off", "snart", "is not a date"),
        ("candidates_by", "luck", "luck"),
        ("required_answers", "luck", "luck"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_kept(service, coordinator, field, text, said):
    page = coordinator.send("/practice", FORM | {"silence_days": "77", field: text})
    assert page.status_code == 422
    assert said in page.text
    assert 'value="77"' in page.text
    assert kept(service)["version"] == 0


def test_all_that_cannot_be_is_told_at_once_under_the_name_of_its_field(service, coordinator):
    wrong = {"contact_days": "0", "contact_limit": "to", "extra_days_off": "29-02-2027, 07-05-2027, 1/5"}
    page = coordinator.send("/practice", FORM | wrong, Accept_Language="da")
    assert page.status_code == 422
    notice = page.text.split('id="refused"')[1].split("</ul>")[0]
    faults = [(place, unescape(said)) for place, said in re.findall(r'<a href="#(\w+)">([^<]*)</a>', notice)]
    assert [place for place, _ in faults] == list(wrong)
    days, limit, extra = (said for _, said in faults)
    assert re.match("Hverdage, til en borger [^:]*: '0'", days)
    assert re.match("Kontakter til [^:]*: 'to'", limit)
    assert re.match("Enkelte dage: '29-02-2027' .*'1/5'", extra)
    assert "07-05" not in extra
    for name, text in wrong.items():
        assert f'id="refused-{name}"' in page.text
        assert re.search(rf'name="{name}" value="{text}"', page.text)
    assert kept(service)["version"] == 0


def test_who_comes_second_sees_both_and_loses_nothing(service, coordinator):
    saved(coordinator, contact_limit="4")
    late = coordinator.send("/practice", FORM | {"contact_limit": "7"})
    assert late.status_code == 412
    assert 'name="seen" value="1"' in late.text
    assert 'name="contact_limit" value="7"' in late.text
    assert "Somebody else has changed this" in late.text
    assert kept(service)["contact_limit"] == 4


def test_others_read_the_practice_and_change_nothing(service, reader):
    page = reader.get("/practice").text
    assert "A coordinator changes it." in page
    assert '<button class="button button-primary"' not in page.partition("<main")[2].partition("</main")[0]
    main = page.partition("<main")[2].partition("</main")[0]
    assert main.index("A coordinator changes it.") < main.index("<dl")
    assert not re.search(r"<(input|select|textarea|form)\b", main)
    for told in ("<dd>3</dd>", "<dd>05-06, 24-12, 31-12</dd>", "<li>a regular contact person</li>"):
        assert told in main
    assert Reader(service, "centre_staff").get("/practice").status_code == 403


def test_the_foot_of_a_page_leads_to_who_may_read_it(service, signed_in):
    assert 'href="/practice"' in signed_in("consultant").get("/today").text
    assert 'href="/practice"' not in signed_in("centre_staff").get("/today").text


def test_what_is_asked_about_stands_in_groups_and_each_of_it_once(coordinator):
    page = coordinator.get("/practice").text
    offered = re.findall(r'name="required_answers" value="(\w+)"', page)
    assert sorted(offered) == sorted([*Demand, *Support])
    for heading, first in (("can offer", "contact_person"), ("to avoid", "machines"), ("to have", "driving")):
        group = page.partition(f"{heading}</legend>")[2].partition("</fieldset>")[0]
        assert re.search(rf'value="{first}', group)
