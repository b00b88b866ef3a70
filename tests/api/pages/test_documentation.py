"""`/docs`: every call with its examples, in both languages, without a script of its own."""

import html
import json

from api.pages.documentation import NAMES


def described(service):
    found = service.client.app.openapi()["paths"]
    return {told["operationId"]: told for methods in found.values() for told in methods.values()}


def test_every_operation_stands_on_the_page_and_has_one_of_its_own_with_its_examples(service):
    index = service.client.get("/docs").text
    for name, told in described(service).items():
        assert f'href="/docs/{name}"' in index
        shown = html.unescape(service.client.get(f"/docs/{name}").text)
        assert html.escape(told["description"]) in shown or told["description"] in shown
        bodies = [told["requestBody"]] if "requestBody" in told else []
        for content in (*bodies, *told["responses"].values()):
            (media,) = content["content"].values()
            assert json.dumps(media["example"], ensure_ascii=False, indent=2) in shown


def test_an_operation_that_is_none_has_no_page(service):
    answer = service.client.get("/docs/fire_everybody", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")


def test_every_part_has_a_name_that_people_use(service):
    assert set(NAMES) == {told["tags"][0] for told in described(service).values()}


def test_headings_and_refusals_are_said_in_the_readers_language_and_calls_in_english(service):
    danish, english = (
        service.client.get("/docs/read_proposal", headers={"Accept-Language": language}).text
        for language in ("da", "en")
    )
    for text, heading, refused in (
        (danish, "Afvises med", "Dette er ikke åbent for dig."),
        (english, "Refused with", "This is not open to you."),
    ):
        assert f"<h2>{heading}</h2>" in text
        assert f"<code>403</code> {refused}</summary>" in text
        assert '<p lang="en">One proposal.</p>' in text
    assert (
        ">Når noget bliver afvist</h2>" in service.client.get("/docs", headers={"Accept-Language": "da"}).text
    )


def test_it_is_read_without_signing_in_and_links_the_description_for_programs(service):
    answer = service.client.get("/docs")
    assert answer.status_code == 200
    assert 'href="/openapi.json"' in answer.text
    assert "documentation.js" not in answer.text
