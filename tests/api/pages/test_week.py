import re
from datetime import date, datetime, timedelta
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from api.casework.own_week import Act, Done
from api.pages.week import part_of
from api.store import assignments
from matching.times import DENMARK_TIME
from tests.api.pages.test_citizens import made
from tests.api.pages.test_stored import naestved


def test_a_week_tells_what_the_reader_has_done_and_nobody_else(service, reader):
    anna = made(service, "consultant", "Anna Marie Holm")
    made(service, "colleague", "Carl Dam Eg")
    page = reader.get("/week").text
    assert "1 citizen registered" in page
    assert f'href="/citizens/{anna}"' in page
    assert "Carl" not in page
    assert "Only you can see this page." in page


def test_what_is_copied_holds_no_name_of_a_citizen(service, reader):
    made(service, "consultant", "Anna Marie Holm")
    text = reader.get("/week").text.split("<textarea")[1]
    assert "citizen registered" in text
    assert "Holm" not in text


def test_who_is_not_open_to_the_reader_any_more_is_not_named(service, reader):
    anna = made(service, "consultant", "Anna Marie Holm")
    with service.store.unit() as unit:
        assignments.end(unit, naestved(service), anna, service.user_ids["consultant"])
        unit.commit()
    assert "Holm" not in reader.get("/week").text


def test_what_was_taken_back_on_the_same_day_is_not_told(service, reader):
    anna = made(service, "consultant", "Anna Marie Holm")
    firm = service.made("consultant", "employers", {"name": "Gartneriet"})["id"]
    task = {"employer_id": firm, "title": "Luge bede", "activities": {"green": 1}}
    order = service.made("consultant", "job-orders", task)["id"]
    bo = made(service, "consultant", "Bo Eg")
    pair, other = (
        service.made("consultant", "proposals", {"citizen_id": id_, "order_id": order})["id"]
        for id_ in (anna, bo)
    )

    def does(path, **said):
        answer = service.ask("consultant", "POST", f"/api/v1/{path}", said)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def told():
        return unescape(reader.get("/week").text).split("<strong>")[1].split("</strong>")[0]

    does(f"proposals/{pair}/contacted", through="citizen")
    contact = does(f"employers/{firm}/contacts", kind="call")["id"]
    does(f"job-orders/{order}/answers", about="machines", answer="no")
    assert told() == (
        "2 citizen registered, 1 job order taken down, 2 suggested, 1 what came of a suggestion, "
        "1 contact with an employer, 1 answer of an employer"
    )
    does(f"proposals/{pair}/taken-back")
    does(f"employers/{firm}/contacts/{contact}/taken-back")
    does(f"job-orders/{order}/answers", about="machines", answer="unknown")
    assert told() == "2 citizen registered, 1 job order taken down, 2 suggested"
    does(f"proposals/{other}/taken-back")
    assert told() == "2 citizen registered, 1 job order taken down, 1 suggested"


def test_another_week_is_named_in_the_address_and_an_empty_one_says_so(reader):
    page = reader.get("/week?week=2025-W47")
    assert "Week 47, 17-11-2025 to 23-11-2025" in page.text
    assert "/week?week=2025-W48" in page.text
    assert "Nothing is written down of you in this week." in page.text


def test_the_week_before_is_led_to_only_where_something_was_done_in_one(service, reader):
    assert "The week before" not in reader.get("/week").text
    made(service, "consultant", "Anna Marie Holm")
    assert "The week before" not in reader.get("/week").text
    ahead = reader.get("/week?week=2026-W49").text
    assert 'href="/week?week=2026-W48">The week before' in ahead
    assert "The week after" not in ahead


def test_a_week_that_does_not_exist_is_said_to_be_none(reader):
    for week in ("2025-W54", "2025", "W", "x-W1"):
        page = reader.get(f"/week?week={week}")
        assert page.status_code == 422
        assert f"There is no week {week}." in page.text


@given(st.lists(st.lists(st.integers(0, 30_000), min_size=1, max_size=4), min_size=1, max_size=7))
def test_a_day_stands_whole_in_a_part_unless_it_fits_into_none(lengths):
    monday = date(2026, 11, 16)
    days = {monday + timedelta(days=place): acts(each) for place, each in enumerate(lengths)}
    parts = [part_of(days, 1)]
    while parts[-1].after:
        parts.append(part_of(days, parts[-1].after))
    stretches = [stretch for part in parts for stretch in part.rows]
    together = {}
    for one in stretches:
        assert one.goes_on is (one.day in together)
        together[one.day] = [*together.get(one.day, []), *one.done]
    assert together == days
    cut = {one.day for one in stretches if one.goes_on}
    assert all(sum(map(len, (one.about for one in days[day]))) > 30_000 for day in cut)


def acts(lengths):
    noon = datetime(2026, 11, 16, 12, tzinfo=DENMARK_TIME)
    return [
        Done(at=noon, act=Act.TAKEN_DOWN, about="x" * length, address="/job-orders/1") for length in lengths
    ]


def test_a_week_in_which_an_order_sent_back_was_opened_again_is_told(service, reader):
    anna = made(service, "consultant", "Anna Marie Holm")
    firm = service.made("consultant", "employers", {"name": "Gartneriet"})["id"]
    task = {"employer_id": firm, "title": "Luge bede", "activities": {"green": 1}}
    order = service.made("consultant", "job-orders", task)["id"]
    service.made("consultant", "proposals", {"citizen_id": anna, "order_id": order})
    sent = service.ask("consultant", "POST", f"/api/v1/job-orders/{order}/return", {"cause": "other"})
    assert sent.status_code < 300, sent.text
    page = reader.get(f"/job-orders/{order}?done=returned").text
    seen = re.search(r'/reopened"><input type="hidden" name="seen" value="(\d+)"', page)[1]
    assert reader.send(f"/job-orders/{order}/reopened", {"seen": seen}).status_code == 303
    week = unescape(reader.get("/week").text).split("<strong>")[1].split("</strong>")[0]
    assert "1 suggested" in week
    assert "sent back" not in week
    assert "came of a suggestion" not in week
