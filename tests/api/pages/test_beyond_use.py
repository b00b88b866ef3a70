"""No amount of work makes a page heavy: a store beyond ordinary use, where every name is of 200 letters."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from starlette.routing import BaseRoute
from starlette.testclient import TestClient

from api.access import audit
from api.access.tokens import hash_of, new_secret
from api.app import create_app
from api.casework import contacts as contact_desk
from api.casework.contacts import NewContact
from api.config import Settings
from api.domain.caller import Caller, Channel, Role
from api.domain.contacts import ContactKind
from api.domain.imports import ImportKind
from api.domain.records import AnchorRecord
from api.domain.uploads import Step, Upload
from api.domain.working_days import day_of
from api.routes.guards import COOKIE
from api.store import (
    Unit,
    assignments,
    centres,
    citizens,
    employers,
    job_orders,
    sign_ins,
    uploads,
    users,
)
from matching.orders import Task
from matching.vocabulary import AnchorKind
from tests.api.copies import open_copy
from tests.api.makers import make_centre, make_citizen, make_employer, make_order, make_upload
from tests.api.pages.test_weight import LIGHT
from tests.api.service import People

READERS = ("consultant", "colleague", "coordinator")
LONG = 200
PLACED = 120
"""So many of the orders are one employer's."""

CITIZENS, ORDERS, ACTS, COLUMNS, CENTRES, COLLEAGUES = 300, 300, 200, 60, 30, 150

KINDS = (
    Task(activities={"green": 1}, demands={"machines": "no", "alcohol_present": "no"}, times=["fri 9-12"]),
    Task(activities={"green": 1}),
    Task(activities={"green": 1}, demands={"machines": "yes", "alcohol_present": "yes"}),
)
"""A task that suits, one to ask about, and one that is left out."""


def long_name(of: str, number: int) -> str:
    """A name of as many letters as a name may have, some of which are written as more than one byte."""
    return f"{of} {number} ".ljust(LONG, "æ")


@dataclass
class Filled:
    """The ids of what is heaviest in the store, and a way to read it as a browser does."""

    client: TestClient
    secrets: dict[str, str]
    ids: dict[str, str]

    def read(self, address: str, who: str = "consultant", language: str = "en") -> str:
        address = address.format(**self.ids)
        said = {"Accept-Language": language, "Cookie": f"{COOKIE}={self.secrets[who]}"}
        answer = self.client.get(address, headers={"Accept": "text/html", **said})
        assert answer.status_code == 200, address
        return answer.text


@pytest.fixture(autouse=True)
def words_as_written() -> None:
    """Here pages are weighed as they are sent."""


@pytest.fixture(scope="module")
def filled(
    peopled: tuple[Path, People], routes: list[BaseRoute], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Filled]:
    folder, people = peopled
    settings = Settings(db=f"sqlite:///{tmp_path_factory.mktemp('filled')}/frikortmatch.db")
    with open_copy(folder, settings) as store:
        with store.unit() as unit:
            secrets = {who: opened(unit, people.user_ids[who]) for who in READERS}
            told = fill(unit, people)
            unit.commit()
        app = create_app(settings, store)
        app.router.routes = list(routes)
        with TestClient(app, base_url="http://127.0.0.1:8000") as client:
            client.follow_redirects = False
            yield Filled(client, secrets, told)


def opened(unit: Unit, user_id: str) -> str:
    """The secret of a new session."""
    user, secret = users.find(unit, "0370", user_id), new_secret()
    assert user is not None
    sign_ins.add_session(unit, user, hash_of(secret), unit.at + timedelta(hours=8))
    return secret


def caller_of(unit: Unit, people: People, who: str) -> Caller:
    user = users.find(unit, "0370", people.user_ids[who])
    assert user is not None
    return users.caller_of(user, Channel.HTTP)


def fill(unit: Unit, people: People) -> dict[str, str]:
    """Put everything into the store; the ids of what is looked at."""
    caller, coordinator = (caller_of(unit, people, who) for who in ("consultant", "coordinator"))
    today = day_of(unit.at)
    houses = [make_centre(caller, name=long_name("Værested", number)) for number in range(CENTRES)]
    houses[0] = make_centre(caller, name=long_name("Værested", 0), valid_to=today)
    for house in houses:
        centres.add(unit, caller, house)
    start = AnchorRecord(kind=AnchorKind.DROP_IN_CENTRE, centre_id=houses[0].id)
    people_there = [
        make_citizen(caller, name=long_name("Anna", number), anchors=(start,)) for number in range(CITIZENS)
    ]
    citizens.add_all(unit, caller, people_there)
    for one in people_there:
        for by in (caller, coordinator):
            assignments.assign(unit, by, one.id, by.user_id)
    firms = [
        make_employer(caller, name=long_name("Firma", number), cvr="", contact_person=long_name("Bo", number))
        for number in range(ORDERS)
    ]
    idle = [
        make_employer(
            caller,
            name=long_name("Ingen", number),
            cvr="",
            industry=f"Branche {number} ".ljust(60, "æ"),
            last_contact_on=None,
        )
        for number in range(ORDERS)
    ]
    employers.add_all(unit, caller, [*firms, *idle])
    # a third suits, a third hangs on an answer, a third is left out
    tasks = [
        make_order(firm, title=long_name("Opgave", number), task=KINDS[number % len(KINDS)])
        for number, firm in enumerate(firms)
    ]
    tasks += [
        make_order(firms[0], title=long_name("Også", number), task=KINDS[2]) for number in range(PLACED - 1)
    ]
    job_orders.add_all(unit, caller, tasks)
    for number in range(ACTS):
        new = NewContact(kind=ContactKind.CALL, note=long_name("Talte om", number) * (1 if number else 25))
        contact_desk.record(unit, caller, firms[0].id, new)
    colleague = caller_of(unit, people, "colleague")
    for _ in range(ACTS // 3):
        contact_desk.record(unit, colleague, firms[1].id, NewContact(kind=ContactKind.CALL))
    for one in people_there[:ACTS]:
        audit.record(unit, caller, "citizen_registered", citizen_id=one.id, subject=one.id)
    for number in range(COLLEAGUES):
        name = f"Kollega {number} ".ljust(60, "æ")
        users.add(unit, "0370", f"kollega{number}".ljust(100, "x"), Role.CONSULTANT, name=name)
    columns, refused = wide(caller), cut(caller)
    uploads.add(unit, columns)
    uploads.add(unit, refused)
    return {
        "closing": houses[0].id,
        "moved_to": houses[1].id,
        "employer": firms[0].id,
        "order": tasks[0].id,
        "idle": " ".join(one.id for one in idle),
        "citizen": people_there[0].id,
        "columns": columns.id,
        "refused": refused.id,
    }


def wide(caller: Caller) -> Upload:
    """A file with more columns than a list of employers or job orders has."""
    headers = ["Virksomhedsnavn", *(long_name("Kolonne", number) for number in range(COLUMNS))]
    rows = [
        ";".join(long_name(word, number) for number in range(COLUMNS + 1)) for word in ("En", "To", "Tre")
    ]
    content = "\r\n".join([";".join(headers), *rows]).encode("utf-8-sig")
    return make_upload(caller, kind=ImportKind.JOB_ORDERS, content=content)


def cut(caller: Caller) -> Upload:
    """A file of which every row is refused, as somebody has looked through it."""
    refused = [
        {
            "row": number,
            "column": long_name("Kolonne", number),
            "value": long_name("Celle", number),
            "problem": "{value!r} is not a CVR number: the check digit is wrong.",
            "remedy": "Look the number up, or leave the cell blank.",
            "facts": {"value": long_name("Celle", number)},
        }
        for number in range(ORDERS)
    ]
    told = {"rows": ORDERS, "refused_rows": ORDERS, "refused_total": ORDERS, "refused": refused}
    told |= {"notes_total": ORDERS, "notes": refused, "added": 0, "changed": 0, "unchanged": 0}
    return make_upload(caller, step=Step.LOOKED, told={**told, "not_to_be_called": 0, "first": []})


PAGES = {
    "week": ("consultant", "/week"),
    "centre that closes": ("coordinator", "/centres/{closing}"),
    "moving a house": ("coordinator", "/centres/{closing}/relocation?to={moved_to}"),
    "centres": ("coordinator", "/centres"),
    "calls": ("consultant", "/calls"),
    "employers": ("consultant", "/employers"),
    "one employer": ("consultant", "/employers/{employer}"),
    "shortlist": ("consultant", "/citizens/{citizen}/shortlist"),
    "why not, of a name": ("consultant", "/citizens/{citizen}/shortlist?why=e"),
    "why not, of a rule": ("consultant", "/citizens/{citizen}/shortlist?rule=avoids:machines"),
    "why not, of an employer": ("consultant", "/citizens/{citizen}/shortlist?kind=employers&why=e"),
    "one order": ("consultant", "/job-orders/{order}"),
    "orders": ("consultant", "/job-orders?state=all"),
    "columns of a file": ("consultant", "/imports/{columns}/columns"),
    "refused rows": ("consultant", "/imports/{refused}"),
    "colleagues": ("coordinator", "/colleagues"),
}
"""Who reads what; the names stand for ids of the store."""


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_page_stays_light_beyond_ordinary_use(filled, page, language):
    who, address = PAGES[page]
    assert len(filled.read(address, who, language).encode()) < LIGHT


def walked(filled: Filled, address: str, who: str, way: str) -> list[str]:
    """The page and all that its way on leads to, one after the other; each of them light."""
    pages = [filled.read(address, who)]
    while found := re.search(rf'href="([^"]*)">{way}<', pages[-1]):
        pages.append(filled.read(unescape(found[1]).partition("#")[0], who))
        assert len(pages) < 100
    assert all(len(page.encode()) < LIGHT for page in pages)
    return pages


def rows(pages: Iterable[str], pattern: str) -> list[str]:
    return [row for page in pages for row in re.findall(pattern, page, re.DOTALL)]


def test_nothing_of_a_full_week_is_lost_between_its_parts_and_all_of_it_stands_on_paper(filled):
    parts = walked(filled, "/week", "consultant", "The rest of the week")
    assert len(parts) > 2
    whole = filled.read("/week?whole=yes")
    acts = r"<li data-row>(.*?)</li>"
    assert rows(parts, acts) == rows([whole], acts)
    assert len(rows([whole], acts)) == 2 * ACTS
    text = whole.partition("<textarea")[2].partition("</textarea>")[0]
    assert len(text.splitlines()) > 2 * ACTS
    assert not any("<textarea" in part for part in parts)
    assert [part.count(", continued</h2>") for part in parts] == [0, *(1 for _ in parts[1:])]


def test_a_week_that_is_one_part_is_light_with_the_text_of_it(filled):
    page = filled.read("/week", "colleague")
    assert "<textarea" in page
    assert "The rest of the week" not in page
    assert LIGHT / 2 < len(page.encode()) < LIGHT


@pytest.mark.parametrize("page", ["centre that closes", "moving a house"])
def test_everybody_who_starts_at_a_centre_is_reached_by_its_way_on(filled, page):
    who, address = PAGES[page]
    pages = walked(filled, address, who, "Show more")
    assert len(set(rows(pages, r'href="/citizens/(\w+)#h-start"'))) == CITIZENS
    assert "From the first one" in pages[-1]


def test_of_whom_a_call_is_for_those_who_are_not_named_are_counted(filled):
    page = filled.read("/calls")
    first = re.split(r'<li class="place"', page)[1]
    named = len(re.findall(r'href="/citizens/\w+/shortlist', first))
    (more,) = re.findall(r"and (\d+) more of yours", first)
    (reached,) = re.findall(r"<strong>(\d+)</strong> citizen", first)
    assert named + int(more) == int(reached) == CITIZENS


def test_every_contact_with_an_employer_is_reached_by_its_way_on(filled):
    pages = walked(filled, "/employers/{employer}", "consultant", "Earlier contacts")
    assert len(set(rows(pages, r'/contacts/(\w+)/reply"'))) == ACTS


def test_every_order_of_an_employer_is_reached_by_its_way_on_and_can_be_what_a_contact_is_about(filled):
    pages = walked(filled, "/employers/{employer}", "consultant", "Earlier job orders")
    listed = rows(pages, r'<th scope="row"><a href="/job-orders/(\w+)"')
    assert len(set(listed)) == len(listed) == PLACED
    assert rows(pages, r'<option value="(\w{32})"') == listed
    assert "Later job orders" in pages[-1]


def test_an_order_that_a_contact_is_to_be_about_can_be_chosen_whichever_part_holds_it(filled):
    page = filled.read("/employers/{employer}?about=job_order&order={order}")
    assert f'<option value="{filled.ids["order"]}" selected' in page


def test_an_industry_that_is_too_rare_to_be_chosen_is_led_to_by_its_employers(filled):
    page = filled.read("/employers")
    offered = rows([page], r'<option value="(Branche \d+)')
    assert 0 < len(offered) < ORDERS
    rare = next(number for number in range(ORDERS) if f"Branche {number}" not in offered)
    firm = filled.ids["idle"].split()[rare]
    (address,) = rows([filled.read(f"/employers/{firm}")], r'href="(/employers\?industry=[^"]*)"')
    sifted = filled.read(unescape(address))
    assert "1 employer of 600" in sifted
    assert re.search(rf'<option value="Branche {rare} æ*" selected>', sifted)


def test_every_colleague_is_reached_by_the_way_on(filled):
    pages = walked(filled, "/colleagues", "coordinator", "The next colleagues")
    found = rows(pages, r'<th scope="row"><a href="/colleagues/(\w+)"')
    assert len(pages) > 1
    assert len(set(found)) == len(found) > COLLEAGUES
    assert "The colleagues before" in pages[-1]


def test_what_a_rule_leaves_out_is_found_by_name_also_where_not_all_of_it_is_told(filled):
    page = filled.read("/citizens/{citizen}/shortlist?rule=avoids:machines")
    told = page.partition('<ul class="left-out">')[2].partition("</ul>")[0].count("<li data-row>")
    (more,) = re.findall(r"(\d+) more; write the name of one", page)
    (all_of_it,) = re.findall(r'rule=avoids%3Amachines#why" aria-current="true">[^<]*</a> (\d+)', page)
    assert told > 5
    assert told + int(more) == int(all_of_it)
    named = filled.read("/citizens/{citizen}/shortlist?why=Også+118")
    (one,) = re.findall(r'<ul class="left-out">(.*?)</section>', named, re.DOTALL)
    assert one.count("<li data-row>") == 1
    assert "Også 118" in one
