from html.parser import HTMLParser

import pytest

PLACE = {"lat": 55.2306, "lon": 11.7605}
TITLE, OTHER, EMPLOYER, WORDS, NOTE = (
    "Luge bede i gården",
    "Feje fortovet",
    "Gartneriet på Åsen",
    "Vi vil gerne have hjælp",
    "De ringer selv tilbage",
)
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
        # what is only announced is read as one text
        if any("data-told" in attrs or attrs.get("class") == "sr-only" for _, attrs in self.open):
            return
        told = [attrs["lang"] for _, attrs in self.open if "lang" in attrs]
        self.found += [(text, told[-1]) for text in (TITLE, OTHER, EMPLOYER, WORDS, NOTE) if text in data]


@pytest.fixture(autouse=True)
def words_as_written():
    """Elements and attributes around words are looked at here."""


@pytest.fixture
def pages(service):
    """Where what people wrote is shown: its own pages, and those of the day."""
    made = service.made
    centre = made("coordinator", "centres", {"name": "Havnen", "place": PLACE})["id"]
    anna = {"name": "Anna", "anchors": [{"centre_id": centre}], "attitudes": {"green": "gladly"}}
    citizen = made("consultant", "citizens", anna | {"avoids": ["machines"]})["id"]
    employer = made("consultant", "employers", {"name": EMPLOYER, "place": PLACE})["id"]
    task = {"employer_id": employer, "activities": {"green": 1}, "channel": "phone"}
    order = made("consultant", "job-orders", task | {"title": TITLE, "text": WORDS})["id"]
    other = made("consultant", "job-orders", task | {"title": OTHER, "demands": {"machines": "no"}})["id"]
    made("consultant", "proposals", {"citizen_id": citizen, "order_id": other})
    told = {"kind": "call", "about": "job_order", "order_id": order, "reply": "no", "note": NOTE}
    made("consultant", f"employers/{employer}/contacts", told)
    parts = ("", "/shortlist", "/call-sheet")
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
    ]


def test_what_people_wrote_in_danish_says_so_on_every_page_in_english(pages, reader):
    found = {address: Texts(reader.get(address).text).found for address in pages}
    assert {text for texts in found.values() for text, _ in texts} == {TITLE, OTHER, EMPLOYER, WORDS, NOTE}
    missing = {address: {text for text, lang in texts if lang != "da"} for address, texts in found.items()}
    assert {address: texts for address, texts in missing.items() if texts} == {}


def test_a_page_in_danish_says_it_once_for_all(pages, service, reader):
    for address in pages:
        page = reader.get(address, Accept_Language="da").text
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
