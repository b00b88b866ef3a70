import re
from datetime import datetime
from html.parser import HTMLParser

import pytest

from matching.times import DENMARK_TIME
from tests.api.pages.conftest import Reader
from tests.api.pages.test_imports import BAD, GOOD, HEADER, Lists, csv

PLACE = {"lat": 55.2306, "lon": 11.7605}
TITLE, OTHER, EMPLOYER, WORDS, NOTE, CENTRE = (
    "Luge bede i gården",
    "Feje fortovet",
    "Gartneriet på Åsen",
    "Vi vil gerne have hjælp",
    "De ringer selv tilbage",
    "Havnens værested",
)
WRITTEN = (TITLE, OTHER, EMPLOYER, WORDS, NOTE, CENTRE)
PERSON, HEADINGS = "Åse Ågård", ("h1", "h2", "h3")
COORDINATOR = "coordinator reads: "
VOID = ("meta", "link", "input", "br", "img", "rect", "wbr", "hr", "path", "circle")


class Texts(HTMLParser):
    """Every text of a page that somebody wrote, with whether an element around it says in which language."""

    def __init__(self, page):
        super().__init__()
        self.open, self.found = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        while tag not in VOID and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if any(tag in ("title", "textarea", "script") for tag, _ in self.open):
            return
        # a reason of the ranking is a sentence of `matching`, which knows of no elements
        if any(tag == "dd" for tag, _ in self.open):
            return
        told = [attrs["lang"] for _, attrs in self.open if "lang" in attrs]
        # names of people need a mark where they stand in a heading
        named = (PERSON,) if any(tag in HEADINGS for tag, _ in self.open) else ()
        self.found += [(text, told[-1]) for text in (*WRITTEN, *named) if text in data]


@pytest.fixture(autouse=True)
def words_as_written():
    """Elements and attributes around words are looked at here."""


@pytest.fixture
def pages(service):
    """Where what people wrote is shown: its own pages, and those of the day."""
    made = service.made
    places = [{"name": name, "place": PLACE} for name in (CENTRE, f"Ny {CENTRE}")]
    centre, new = (made("coordinator", "centres", body)["id"] for body in places)
    anna = {"name": PERSON, "anchors": [{"centre_id": centre}], "attitudes": {"green": "gladly"}}
    citizen = made("consultant", "citizens", anna | {"avoids": ["machines"]})["id"]
    employer = made("consultant", "employers", {"name": EMPLOYER, "place": PLACE})["id"]
    task = {"employer_id": employer, "activities": {"green": 1}, "channel": "phone"}
    order = made("consultant", "job-orders", task | {"title": TITLE, "text": WORDS})["id"]
    other = made("consultant", "job-orders", task | {"title": OTHER, "demands": {"machines": "no"}})["id"]
    suggested = made("consultant", "proposals", {"citizen_id": citizen, "order_id": other})["id"]
    told = {"kind": "call", "about": "job_order", "order_id": order, "reply": "no", "note": NOTE}
    made("consultant", f"employers/{employer}/contacts", told)
    on = f"{datetime.now(DENMARK_TIME):%Y-%m-%d}"
    back = {"kind": "call", "note": NOTE, "order_id": other, "on": on, "follow_up_on": on}
    contact = made("consultant", f"employers/{employer}/contacts", back)["id"]
    closed = {"seen": "1", "closed_from": "02-11-2026"}
    Reader(service, "coordinator").send(f"/centres/{centre}/closed", closed)
    parts = ("", "/shortlist", "/call-sheet", "/contact-chain", "/assignments")
    return [
        "/today",
        *(f"/citizens/{citizen}{part}" for part in parts),
        "/job-orders",
        f"/job-orders/{order}",
        f"/job-orders/{other}",
        f"/job-orders/{order}/facts",
        "/employers",
        f"/employers/{employer}",
        "/cafe",
        "/centres",
        f"/centres/{centre}",
        f"{COORDINATOR}/centres/{centre}/relocation?to={new}",
        f"/proposals/{suggested}/outcome",
        f"/today?recorded={suggested}",
        f"/today?followed_up={contact}",
    ]


def read(reader, address, **headers):
    """A page as the consultant reads it, or the coordinator where only that role may."""
    who, _, rest = address.partition(COORDINATOR)
    answer = (Reader(reader.service, "coordinator") if rest else reader).get(rest or who, **headers)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.text


def test_what_people_wrote_in_danish_says_so_on_every_page_in_english(pages, reader):
    found = {address: Texts(read(reader, address)).found for address in pages}
    assert {text for texts in found.values() for text, _ in texts} == {*WRITTEN, PERSON}
    missing = {address: {text for text, lang in texts if lang != "da"} for address, texts in found.items()}
    assert {address: texts for address, texts in missing.items() if texts} == {}


def test_a_page_in_danish_says_it_once_for_all(pages, service, reader):
    for address in pages:
        page = read(reader, address, Accept_Language="da")
        assert '<html lang="da">' in page
        assert page.count('lang="da"') == 1


def test_whom_to_ring_first_and_about_what_is_danish_as_well(service, reader):
    employer = service.made("consultant", "employers", {"name": EMPLOYER, "place": PLACE})["id"]
    task = {"employer_id": employer, "title": TITLE, "activities": {"green": 1}}
    service.made("consultant", "job-orders", task)
    anchors = [{"kind": "postal_district", "postcode": "4700"}]
    waits = {"name": OTHER, "anchors": anchors, "attitudes": {"green": "gladly"}, "avoids": ["heights"]}
    service.made("consultant", "citizens", waits)
    assert set(Texts(reader.get("/calls").text).found) == {(EMPLOYER, "da"), (TITLE, "da"), (OTHER, "da")}


def test_what_was_read_out_of_words_is_danish_as_well(service, reader):
    text = "Vi mangler en til at luge bede og rive grus tirsdag formiddag"
    answer = reader.send("/intake/reading", {"text": text})
    chips = answer.text.partition('id="reading"')[2]
    words = re.findall(r"“(.*?)”", chips)
    assert words
    assert all(one.startswith('<span lang="da">') for one in words)


def test_rows_of_a_list_are_danish_as_well(reader):
    lists = Lists(reader)
    refused = BAD.replace("Eksempel To", EMPLOYER).replace("99003627", "ikke oplyst endnu")
    page = lists.looked(lists.sent(csv(HEADER, GOOD, refused))).text
    assert '<th scope="row"><span lang="da">Eksempel Et</span></th>' in " ".join(page.split())
    assert '<span lang="da">ikke oplyst endnu</span>' in page
