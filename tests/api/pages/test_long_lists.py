"""Long lists come in parts: each is light, and nobody is skipped while the list gets shorter."""

import re
from html import unescape

import pytest

from api.access.breaking_glass import LASTS
from api.casework import job_orders as orders_desk
from api.casework import proposals as proposals_desk
from api.casework.proposals import CameOf, NewProposal
from api.domain.caller import Channel
from api.domain.moves import ProposalState
from api.domain.proposals import StartedFrom
from api.domain.working_days import day_of
from api.store import access_grants, assignments, audit, citizens, employers, job_orders, users
from matching.vocabulary import Answer, Demand
from tests.api.makers import make_citizen, make_employer, make_order
from tests.api.pages.conftest import Reader
from tests.api.pages.test_weight import LIGHT

NAME = "Anne-Marie Kirstine Bjerregaard Søndergård nr. {}"
TITLE = "Luge bede, feje gård og male plankeværk bag hallen nr. {}"

ANSWERED = dict.fromkeys((Demand.MACHINES, Demand.HEAVY_LIFTING, Demand.ALCOHOL_PRESENT), Answer.NO)
"""All that the practice asks every employer, so that nothing is due but what a test is about."""


@pytest.fixture(autouse=True)
def words_as_written():
    """Here pages are weighed as they are sent: with what keeps dates on one line, and names a language."""


@pytest.fixture
def consultant(service):
    return caller_of(service, "consultant")


def caller_of(service, who):
    with service.store.unit(read_only=True) as unit:
        return users.caller_of(users.find(unit, "0370", service.user_ids[who]), Channel.HTTP)


@pytest.fixture
def boss(service):
    return Reader(service, "coordinator")


def some_citizens(service, caller, count):
    """So many citizens who are the caller's work, by id."""
    with service.store.unit() as unit:
        made = [make_citizen(caller, name=NAME.format(number)) for number in range(count)]
        for one in citizens.add_all(unit, caller, made):
            assignments.assign(unit, caller, one.id, caller.user_id)
        unit.commit()
    return [one.id for one in made]


def some_orders(service, caller, count):
    """So many job orders that the caller looks after, by id."""
    with service.store.unit() as unit:
        employer = employers.add(unit, caller, make_employer(caller))
        said = {"received_on": day_of(unit.at), "taken_by": caller.user_id}
        made = [make_order(employer, title=TITLE.format(number), **said) for number in range(count)]
        job_orders.add_all(unit, caller, made)
        unit.commit()
    return [one.id for one in made]


def some_suggestions(service, caller, count, state=None):
    """So many citizens, each suggested for the same task, by the suggestion's id."""
    with service.store.unit() as unit:
        employer = employers.add(unit, caller, make_employer(caller, demands=ANSWERED))
        task = make_order(employer, title=TITLE.format(1), places=count, received_on=day_of(unit.at))
        order = orders_desk.register(unit, caller, task)
        unit.commit()
    ids = []
    for citizen_id in some_citizens(service, caller, count):
        with service.store.unit() as unit:
            new = NewProposal(citizen_id=citizen_id, order_id=order.id, started_from=StartedFrom.JOB_ORDER)
            ids.append(proposals_desk.propose(unit, caller, new).proposal.id)
            if state:
                proposals_desk.record(unit, caller, ids[-1], CameOf(state=state))
            unit.commit()
    return ids


def onward(page, path):
    """The address of what follows, "" where nothing does."""
    found = re.search(rf'href="({re.escape(path)}\?[^"#]*(?:cursor|awaited)=[^"#]+)[^"]*">Show more<', page)
    return unescape(found[1]) if found else ""


def walked(reader, path, heading=""):
    """The pages of a list one after the other, each of which is light."""
    address = path
    while address:
        page = reader.get(address)
        assert page.status_code == 200
        assert len(page.content) < LIGHT, address
        yield page.text
        address = onward(part(page.text, heading) if heading else page.text, path)


def words(page):
    """What a page says."""
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def part(page, heading):
    return page.partition(f'id="{heading}"')[2].partition("</section>")[0]


def to_do(page):
    """The suggestions that stand among what is to do."""
    found = re.findall(r'action="/proposals/(\w+)/outcome"', part(page, "h-due"))
    return list(dict.fromkeys(found))


def listed(page):
    """The citizens of a list, by id."""
    return re.findall(r'<th scope="row"><a href="/citizens/(\w+)"', page)


def test_whoever_records_all_that_is_shown_and_goes_on_is_shown_all_the_others(service, reader, consultant):
    ids, shown = set(some_suggestions(service, consultant, 7)), []
    address = "/today?limit=3"
    while address:
        rows = to_do(page := reader.get(address).text)
        shown += rows
        for id_ in rows:
            told = {"outcome": "contacted", "back": "/today"}
            assert reader.send(f"/proposals/{id_}/outcome", told).status_code == 303
        following = onward(part(page, "h-due"), "/today")
        address = f"{following}&limit=3" if following else ""
    assert set(shown) == ids
    assert len(shown) == len(ids)


def test_who_records_on_a_later_part_of_the_day_stays_there_and_the_count_is_told_anew(
    service, reader, consultant
):
    some_suggestions(service, consultant, 60)
    first = reader.get("/today").text
    assert "60 things to do, the 12 most urgent are shown." in words(first)
    address = onward(part(first, "h-due"), "/today")
    second = reader.get(address).text
    assert "60 things to do, number 13 to 24 are shown." in words(second)
    assert not set(to_do(first)) & set(to_do(second))
    back = unescape(re.search(r'name="back" value="([^"]+)"', part(second, "h-due"))[1])
    assert back == address
    done, *others = to_do(second)
    told = {"outcome": "contacted", "back": back}
    swapped = reader.send(f"/proposals/{done}/outcome", told, HX_Request="true").text
    count = swapped.partition('id="due-count"')[2].partition("</p>")[0]
    assert "59 things to do, number 13 to 24 are shown." in words(count)
    after = reader.get(reader.send(f"/proposals/{others[0]}/outcome", told).headers["location"]).text
    assert to_do(after)[:10] == others[1:]
    assert len(to_do(after)) == 12


def test_the_day_is_light_and_goes_on_with_all_that_is_due_and_all_who_are_awaited(
    service, reader, consultant
):
    due = set(some_suggestions(service, consultant, 30))
    contacted = set(some_suggestions(service, consultant, 30, ProposalState.CONTACTED))
    assert due == {id_ for page in walked(reader, "/today", "h-due") for id_ in to_do(page)}
    pages = list(walked(reader, "/today", "h-awaited"))
    for page, told in zip(pages, ("1–5 of 30", "6–20 of 30", "21–30 of 30"), strict=True):
        assert told in words(part(page, "h-awaited"))
    rows = [re.findall(r'"/proposals/(\w+)/outcome"', part(page, "h-awaited")) for page in pages]
    assert contacted == {id_ for found in rows for id_ in found}


@pytest.mark.parametrize("name", ["cursor", "awaited"])
def test_a_garbled_place_begins_at_the_start_and_says_so(service, reader, consultant, name):
    (id_,) = some_suggestions(service, consultant, 1)
    for garbled in ("x", "bm90aGluZw"):
        page = reader.get(f"/today?{name}={garbled}")
        assert page.status_code == 422
        assert "This is not a cursor of this list." in page.text
        assert to_do(page.text) == [id_]


def test_what_is_gone_to_the_end_of_the_list_meanwhile_is_said_with_the_way_back(service, reader, consultant):
    some_suggestions(service, consultant, 4)
    first = reader.get("/today?limit=3").text
    address = onward(part(first, "h-due"), "/today")
    (last,) = to_do(reader.get(address).text)
    reader.send(f"/proposals/{last}/outcome", {"outcome": "contacted", "back": "/today"})
    page = part(reader.get(address).text, "h-due")
    assert "Nothing is left further down the list." in page
    assert re.search(r'href="/today">From the beginning<', page)


def test_one_s_citizens_come_forty_at_a_time_and_only_who_is_shown_is_looked_at(service, reader, consultant):
    ids = set(some_citizens(service, consultant, 95))
    reader.get("/citizens")
    with service.store.unit(read_only=True) as unit:
        looks = [row for row in audit.entries(unit, "0370", limit=1000) if row.action == "citizen_listed"]
    assert len(looks) == 40
    pages = list(walked(reader, "/citizens"))
    assert [len(listed(page)) for page in pages] == [40, 40, 15]
    assert ids == {id_ for page in pages for id_ in listed(page)}
    for page, told in zip(pages, ("1–40 of 95", "41–80 of 95", "81–95 of 95"), strict=True):
        assert told in words(page)


def test_a_short_list_says_nothing_of_parts(service, reader, consultant):
    some_citizens(service, consultant, 40)
    page = reader.get("/citizens").text
    assert len(listed(page)) == 40
    assert "of 40" not in words(page)
    assert "Show more" not in page


def test_the_citizens_of_the_municipality_are_light_however_many_there_are(service, reader, consultant):
    ids = set(some_citizens(service, consultant, 90))
    assert ids == {id_ for page in walked(reader, "/citizens/all") for id_ in listed(page)}


def test_the_accesses_come_thirty_at_a_time_and_who_has_seen_one_goes_on_where_they_were(
    service, boss, consultant
):
    colleague = caller_of(service, "colleague")
    with service.store.unit() as unit:
        anna = citizens.add(unit, consultant, make_citizen(consultant))
        for number in range(70):
            access_grants.add(
                unit, colleague, anna.id, f"Nr. {number}: " + "ringer for en anden " * 20, LASTS
            )
        unit.commit()
    pages = list(walked(boss, "/accesses"))
    seen = [re.findall(r'action="/accesses/(\w+)/seen"', page) for page in pages]
    assert [len(ids) for ids in seen] == [30, 30, 10]
    assert len({id_ for ids in seen for id_ in ids}) == 70
    assert "31–60 of 70" in words(pages[1])
    cursor = re.search(r'name="cursor" value="([^"]+)"', pages[1])[1]
    answer = boss.send(f"/accesses/{seen[1][0]}/seen", {"cursor": cursor})
    page = boss.get(answer.headers["location"]).text
    assert re.findall(r'action="/accesses/(\w+)/seen"', page)[:29] == seen[1][1:]
    assert f'action="/accesses/{seen[1][0]}/undo"' in page


def test_a_leaver_s_desk_is_light_and_all_of_it_goes_over_by_one_press(service, boss, consultant):
    ids, orders = some_citizens(service, consultant, 230), some_orders(service, consultant, 130)
    address = f"/colleagues/{consultant.user_id}"
    pages = list(walked(boss, address))
    ticks = [re.findall(r'name="citizen" value="(\w+)"', page) for page in pages]
    assert [len(found) for found in ticks] == [100, 100, 30]
    assert set(ids) == {id_ for found in ticks for id_ in found}
    assert "101–200 of 230" in words(pages[1])
    assert "1–100 of 130" in words(pages[0])
    everything = "Hand over everything, also what is not shown: 230 citizens and 130 job orders"
    assert all(everything in words(page) for page in pages)
    to = service.user_ids["colleague"]
    assert boss.send(f"{address}/handed-over", {"to": to, "everything": "yes"}).status_code == 303
    with service.store.unit(read_only=True) as unit:
        assert assignments.of_user(unit, consultant, to) == set(ids)
        assert {one.id for one in job_orders.looked_after(unit, consultant, to)} == set(orders)


def test_a_sifted_list_of_job_orders_says_how_many_there_are_of_which_it_shows_some(
    service, reader, consultant
):
    some_orders(service, consultant, 60)
    page = words(reader.get("/job-orders?q=Luge").text)
    assert "60 job orders, 25 of them on this page" in page
    assert "1 job order" in words(reader.get("/job-orders?q=nr. 59").text)
    *_, last = walked(reader, "/job-orders")
    assert "60 job orders, 10 of them on this page" in words(last)
