"""The note for the citizen's file: who looked, what suits and why in a line, what is to be asked and done."""

import re
from datetime import datetime, timedelta
from html import unescape
from io import BytesIO
from zipfile import ZipFile

from hypothesis import given
from hypothesis import strategies as st

from api.pages.journal import MOST, WIDTH, counts_line
from matching.times import DENMARK_TIME
from tests.api.pages.test_shortlists import NEAR, page, world

__all__ = ["world"]

LONG = "Rive blade og feje stier rundt om de gamle bygninger bag ved kirken og ned til åen"


def note(reader, world, query="", **headers):
    text = reader.get(f"/citizens/{world['anna']}/shortlist{query}", **headers).text
    return unescape(re.search(r'id="journal"[^>]*>([^<]*)', text)[1])


def paragraph(note, heading):
    """The lines below a heading; none where the note has no such heading."""
    found = [one.splitlines() for one in note.split("\n\n") if one.startswith(heading)]
    return found[0][1:] if found else []


def day(days=0):
    return f"{datetime.now(DENMARK_TIME) + timedelta(days=days):%d-%m-%Y}"


def suggest(reader, world, task):
    sent = reader.send(f"/citizens/{world['anna']}/proposals", {"order_id": world[task]})
    return re.search(r"recorded=(\w+)", sent.headers["location"])[1]


def test_the_note_says_who_looked_when_and_nowhere_the_citizens_name(reader, world):
    written = note(reader, world)
    first, second = written.splitlines()[:2]
    assert first == "Tasks that may suit"
    assert re.fullmatch(rf"{day()} at \d\d:\d\d, consultant, business consultant", second)
    assert "Anna" not in written
    *_, advice, last = written.splitlines()
    assert advice == "The order is advice; a person decides."
    assert last == "The list can be found again in the citizen's log by the day and time above."
    assert not re.search(r"[0-9a-f]{8}|policy", written)


def test_a_name_that_somebody_wrote_into_a_note_or_a_reason_is_a_letter(service, reader, world):
    suggested = suggest(reader, world, "Have")
    path = f"/api/v1/proposals/{suggested}"
    told = {"note": "anna vil gerne, Annas søster kører; Annabella ikke"}
    assert service.ask("consultant", "POST", f"{path}/contacted", told).status_code == 200
    body = {"title": "Hækken", "employer_id": world["Have A/S"], "activities": {"green": 1}}
    service.made("consultant", "job-orders", body)
    shortlist = service.ask("consultant", "GET", f"/api/v1/citizens/{world['anna']}/shortlist").json()
    shown = [item["id"] for item in shortlist["items"]]
    body = {"citizen_id": world["anna"], "shown": shown, "order": shown[::-1], "reason": "ANNA kender dem"}
    assert service.ask("consultant", "POST", f"/api/v1/lists/{shortlist['list']}/reorder", body).is_success
    written = note(reader, world)
    assert not re.search(r"\banna\b|\bannas\b", written, re.IGNORECASE)
    assert "A. kender dem" in " ".join(written.split())


def test_a_workbook_of_a_list_has_no_name_of_the_citizen(reader, world):
    sent = reader.get(f"/citizens/{world['anna']}/shortlist.xlsx")
    assert "Anna" not in sent.headers["content-disposition"]
    with ZipFile(BytesIO(sent.content)) as book:
        told = [book.read(name).decode() for name in book.namelist()]
    assert any("Havearbejde" in one for one in told)
    assert not any("Anna" in one for one in told)


def test_what_suits_has_a_line_of_what_and_a_line_of_why(reader, world):
    first, why = paragraph(note(reader, world), "What suits:")
    assert re.fullmatch(r"1\. Havearbejde, Have A/S, \d+ points", first)
    assert re.match(r"   \d+ min\. by bicycle; .*gladly", why)
    (unranked, _) = paragraph(note(reader, world, "?ranked=no"), "What suits:")
    assert unranked == "1. Havearbejde, Have A/S"


def test_a_question_stands_once_with_all_that_hang_on_it(service, reader, world):
    body = {"title": "Baren", "employer_id": world["Kro A/S"], "activities": {"green": 1}}
    service.made("consultant", "job-orders", body)
    lines = " ".join(" ".join(paragraph(note(reader, world), "Ask first:")).split())
    assert lines.count("alcohol") == 1
    assert "Kroarbejde, Kro A/S" in lines
    assert "Baren, Kro A/S" in lines


def test_what_was_suggested_says_where_it_stands_and_what_falls_due(service, reader, world):
    assert paragraph(note(reader, world), "Suggested and agreed:") == []
    garden, inn = (suggest(reader, world, task) for task in ("Have", "Kro"))
    (one, other) = sorted(paragraph(note(reader, world), "Suggested and agreed:"))
    assert re.fullmatch(rf"- Havearbejde, Have A/S: proposed {day()}, contact by \d\d-\d\d-\d{{4}}", one)
    assert other.startswith("- Kroarbejde, Kro A/S: proposed ")

    def came(id_, outcome, **said):
        assert (
            service.ask("consultant", "POST", f"/api/v1/proposals/{id_}/{outcome}", said).status_code == 200
        )

    came(garden, "contacted", through="drop_in_centre")
    came(inn, "declined", declined_by="employer", reason="times")
    lines = "\n".join(paragraph(note(reader, world), "Suggested and agreed:"))
    assert f"- Havearbejde, Have A/S: contacted {day()}, drop-in centre" in lines
    assert f"- Kroarbejde, Kro A/S: declined {day()}, the employer" in lines
    came(garden, "not-able-now", review_on=f"{datetime.now(DENMARK_TIME) + timedelta(days=9):%Y-%m-%d}")
    assert f"ask again on {day(9)}" in "\n".join(paragraph(note(reader, world), "Suggested and agreed:"))


def test_a_note_to_a_suggestion_goes_into_the_file(reader, world):
    told = {"order_id": world["Have"], "note": "Glæder sig,\r\nmen ring først"}
    assert reader.send(f"/citizens/{world['anna']}/proposals", told).status_code == 303
    (line, *more) = paragraph(note(reader, world), "Suggested and agreed:")
    said = " ".join([line, *map(str.strip, more)])
    assert said.startswith(f"- Havearbejde, Have A/S: proposed {day()}, ")
    assert said.endswith(", note: Glæder sig, men ring først")
    danish = " ".join(note(reader, world, Accept_Language="da").split())
    assert "bemærkning: Glæder sig, men ring først" in danish


def test_an_order_of_ones_own_goes_into_the_file_with_its_reason(service, reader, world):
    garden = {"title": "Bede", "employer_id": world["Have A/S"], "activities": {"green": 1}}
    other = service.made("consultant", "job-orders", garden)["id"]
    listed = re.search(r'name="list_id" value="(\w+)"', page(reader, world))[1]
    form = {
        f"place.{world['Have']}": "2",
        f"place.{other}": "1",
        "list_id": listed,
        "reason": "Vil helst ud først",
    }
    assert reader.send(f"/citizens/{world['anna']}/reorder", form).status_code == 303
    told, *rows = paragraph(note(reader, world), "What suits:")
    assert told == f"In the order that consultant gave on {day()}: Vil helst ud først"
    assert [row.split(",")[0] for row in rows if row[0] != " "] == ["1. Bede", "2. Havearbejde"]
    assert paragraph(note(reader, world), "Suggested and agreed:") == []


def test_a_way_that_is_an_estimate_is_called_one_and_no_other(service, reader, world):
    assert "an estimate" not in note(reader, world)
    vague = {"name": "Vag A/S", "place": {"postcode": "4700"}, "demands": {"alcohol_present": "no"}}
    vague_id = service.made("consultant", "employers", vague)["id"]
    body = {"title": "Vagt arbejde", "employer_id": vague_id, "activities": {"green": 1}}
    service.made("consultant", "job-orders", body)
    [way] = re.findall(r"Vagt arbejde[^\n]*\n   ([^;]*);", note(reader, world))
    assert way.endswith("by bicycle, the distance is an estimate")
    danish = " ".join(note(reader, world, Accept_Language="da").split())
    assert "afstanden er et skøn" in danish


def test_how_many_are_left_out_stands_in_a_line_with_the_commonest_reasons(service, reader, world):
    assert re.search(r"^1 left out: .+ \(1\)$", note(reader, world), re.MULTILINE)
    for _ in range(2):
        body = {"title": "Lager", "employer_id": world["Have A/S"], "demands": {"alcohol_present": "yes"}}
        service.made("consultant", "job-orders", body | {"activities": {"green": 1}})
    [told] = re.findall(r"^3 udeladt: .+$", note(reader, world, Accept_Language="da"), re.MULTILINE)
    assert len(told) <= WIDTH
    assert re.findall(r"\((\d)\)", told) == ["2", "1"]


@given(st.lists(st.tuples(st.text("abc: ", min_size=1, max_size=40), st.integers(1, 99)), min_size=1))
def test_what_is_counted_in_a_line_adds_up_and_fits_where_it_can(counted):
    line = counts_line("12 left out:", counted, "other")
    told = [int(count) for count in re.findall(r"\((\d+)\)", line)]
    assert sum(told) == sum(count for _, count in counted)
    named = len(told) - (line.count("other (") > 0)
    assert told[:named] == [count for _, count in counted[:named]]
    assert named >= 1
    # beyond the width only where not even the commonest reason fits
    assert len(line) <= WIDTH or named == 1


def test_reasons_that_do_not_fit_into_the_line_are_counted_together():
    counted = [("x" * 30, 9), ("y" * 30, 7), ("z" * 30, 3), ("v", 2)]
    assert counts_line("21 left out:", counted, "other") == f"21 left out: {'x' * 30} (9), other (12)"
    assert counts_line("9 left out:", counted[:1], "other") == f"9 left out: {'x' * 30} (9)"


def test_where_nothing_is_left_out_the_note_says_nothing_of_it(service, reader, world):
    likes = {"attitudes": {"green": "gladly", "machine_work": "can"}}
    path = f"/api/v1/citizens/{world['anna']}"
    assert service.ask("consultant", "PATCH", path, likes, If_Match="*").status_code == 200
    assert "left out" not in note(reader, world)


def test_no_line_is_wider_than_files_take_and_only_the_first_few_stand_there(service, reader, world):
    sober = {"name": "Parken", "place": NEAR, "demands": {"alcohol_present": "no"}}
    employer = service.made("consultant", "employers", sober)["id"]
    for number in range(MOST + 2):
        body = {"employer_id": employer, "title": f"{LONG} {number}", "activities": {"green": 1}}
        service.made("consultant", "job-orders", body)
    for language in ("da", "en"):
        written = note(reader, world, Accept_Language=language)
        assert max(map(len, written.splitlines())) <= WIDTH
        assert len(re.findall(r"^\d+\. ", written, re.MULTILINE)) == MOST
        assert LONG in re.sub(r"\s+", " ", written)


def test_what_to_remember_of_several_stands_once_with_their_numbers(service, reader, world):
    path = f"/api/v1/citizens/{world['anna']}"
    changed = service.ask("consultant", "PATCH", path, {"abilities": {"driving_licence": "no"}}, If_Match="*")
    assert changed.status_code == 200
    garden = {"title": "Bede", "employer_id": world["Have A/S"], "activities": {"green": 1}}
    service.made("consultant", "job-orders", garden)
    remembered = " ".join(note(reader, world).split("- Remember:")[1:]).split("\n\n")[0]
    assert remembered.count("driving licence") == 1
    assert remembered.endswith("(1, 2)")


def left_alone(service, world, firm, **said):
    told = {"kind": "call", "about": "job_order", "order_id": world[firm.split()[0]], **said}
    service.made("consultant", f"employers/{world[firm]}/contacts", told)


def test_whom_an_employer_asked_to_leave_alone_goes_into_the_file(service, reader, world):
    back = {"reply": "not_now", "follow_up_on": f"{datetime.now(DENMARK_TIME) + timedelta(days=60):%Y-%m-%d}"}
    left_alone(service, world, "Have A/S", **back)
    left_alone(service, world, "Kro A/S", **back)
    written = " ".join(note(reader, world).split())
    said = f"- Remember: The employer said on {day()}: not now, ring again on {day(60)}."
    assert f"{said} (1)" in written
    assert f"{said} (Kroarbejde, Kro A/S)" in written
    danish = " ".join(note(reader, world, Accept_Language="da").split())
    assert f"- Husk: Virksomheden sagde den {day()}: ikke nu, ring igen {day(60)}. (1)" in danish


def test_an_employers_no_goes_into_the_file(service, reader, world):
    left_alone(service, world, "Have A/S", reply="no")
    written = note(reader, world)
    assert paragraph(written, "The employer has said no:") == [f"- Havearbejde, Have A/S: {day()}"]
    assert "1. Havearbejde" not in written


def test_what_the_citizen_has_said_no_to_does_not_stand_among_what_suits(service, reader, world):
    garden = {"title": "Bede", "employer_id": world["Have A/S"], "activities": {"green": 1}}
    service.made("consultant", "job-orders", garden)
    assert re.search(r"^2\. ", note(reader, world), re.MULTILINE)
    no = {"declined_by": "citizen", "reason": "task", "note": "Vil hellere ud"}
    proposal = suggest(reader, world, "Have")
    assert service.ask("consultant", "POST", f"/api/v1/proposals/{proposal}/declined", no).status_code == 200
    written = note(reader, world)
    first, _ = paragraph(written, "What suits:")
    assert first.startswith("1. Bede, Have A/S, ")
    told = " ".join(" ".join(paragraph(written, "Suggested and agreed:")).split())
    said = f"- Havearbejde, Have A/S: declined {day()}, the citizen, the task, note: Vil hellere ud"
    assert told == said


def test_a_trial_is_told_as_one_with_what_the_citizen_has_said(reader, world):
    tried = "Trial: on foot, at most 30 minutes. The citizen has said: by bicycle, nothing about minutes."
    written = " ".join(note(reader, world, "?mode=walk&max_minutes=30").split())
    assert f"Start: Havnen. {tried}" in written
    danish = " ".join(note(reader, world, "?mode=walk&max_minutes=30", Accept_Language="da").split())
    assert "Prøve: til fods, højst 30 minutter. Borgeren har sagt: på cykel, intet om minutter." in danish
    for same in ("", "?mode=bicycle"):
        assert "Trial" not in note(reader, world, same)
        assert "Start: Havnen, by bicycle" in note(reader, world, same)


def test_that_the_citizen_is_not_able_now_stands_on_the_page_and_in_the_file(service, reader, world):
    said = f"The citizen is not able now: ask again on {day(9)}."
    proposal = suggest(reader, world, "Have")
    assert said not in page(reader, world)
    review = {"review_on": f"{datetime.now(DENMARK_TIME) + timedelta(days=9):%Y-%m-%d}"}
    came = service.ask("consultant", "POST", f"/api/v1/proposals/{proposal}/not-able-now", review)
    assert came.status_code == 200
    assert said in page(reader, world).partition('id="journal"')[0]
    assert said in note(reader, world)
