"""A list on its way in through the pages: what is chosen, refused, corrected and taken in."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from api.access import tokens
from api.casework.municipalities import caller_at
from api.domain.imports import ImportKind
from api.domain.uploads import KEPT_FOR, LONGEST
from api.exchange import uploading
from api.pages.import_steps import WaitingPage
from api.routes.bodies import MAX_BYTES
from api.store import employers, imports, users
from api.store.errors import Duplicate
from tests.api.exchange.conftest import workbook
from tests.api.pages.conftest import Reader
from tests.api.service import HOME

__all__ = ["workbook"]

HEADER = "Virksomhedsnavn;CVR-nr;P-nr;Telefon;Postnr"
GOOD = "Eksempel Et;99003626;1999000367;+45 95 63 35 48;4700"
BAD = "Eksempel To;99003627;1999000484;;4700"
CORRECTED = "Eksempel To;99003626;1999000484;;4700"


def csv(*rows):
    return "\r\n".join(rows).encode("utf-8-sig")


@pytest.fixture
def lists(reader):
    return Lists(reader)


class Lists:
    """Somebody who sends lists."""

    def __init__(self, reader):
        self.reader = reader

    def send(self, data, name="virksomheder.csv", **form):
        files = {"file": (name, data)}
        return self.reader._ask("POST", "/imports", {}, data={"kind": "employers", **form}, files=files)

    def sent(self, data, **form):
        """The address of a file that was kept."""
        answer = self.send(data, **form)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def columns(self, address):
        """What stands in the form of the columns."""
        page = self.reader.get(f"{address}/columns").text
        headers = re.findall(r'name="(header\.\d+)" value="([^"]*)"', page)
        chosen = re.findall(r'name="(field\.\d+)">(.*?)</select>', page, re.DOTALL)
        fields = [(name, "".join(re.findall(r'value="([^"]*)" selected', body))) for name, body in chosen]
        return dict(headers + fields)

    def looked(self, address, **other):
        """The page of what the file would do."""
        answer = self.reader.send(f"{address}/columns", {**self.columns(address), **other})
        assert answer.status_code == 303, answer.text
        self.settled()
        return self.reader.get(address)

    def taken_in(self, address, **form):
        """The page of what the file did."""
        answer = self.reader.send(f"{address}/store", form)
        assert answer.headers["location"] == address
        self.settled()
        return self.reader.get(address)

    def settled(self):
        """Wait until nothing is worked on any more: what is asked for last is done last."""
        self.reader.service.client.app.state.background.do(lambda: None, patience=60)


def stored(service):
    with service.store.unit(read_only=True) as unit:
        return {one.name for one in employers.all_of(unit, "0370")}


def tally(page):
    return [int(number) for number in re.findall(r"<dd>(\d+)</dd>", page.text)]


def test_a_list_is_looked_through_before_anything_is_stored(service, lists):
    address = lists.sent(csv(HEADER, GOOD))
    assert lists.columns(address) == {
        "header.0": "Virksomhedsnavn",
        "field.0": "name",
        "header.1": "CVR-nr",
        "field.1": "cvr",
        "header.2": "P-nr",
        "field.2": "p_number",
        "header.3": "Telefon",
        "field.3": "phone",
        "header.4": "Postnr",
        "field.4": "postcode",
    }
    page = lists.looked(address)
    assert tally(page) == [1, 0, 0, 0]
    assert "Eksempel Et" in page.text
    assert stored(service) == set()


def test_a_list_without_faults_is_taken_in_and_stands_in_the_history(service, lists, reader):
    address = lists.sent(csv(HEADER, GOOD))
    lists.looked(address)
    page = lists.taken_in(address)
    assert "virksomheder.csv is taken in" in page.text
    assert tally(page) == [1, 0, 0, 0]
    assert stored(service) == {"Eksempel Et"}
    history = reader.get("/imports").text
    assert f'<a href="{address}">virksomheder.csv</a>' in history
    assert "Not taken in yet" not in history


def test_a_place_far_away_stands_beside_the_numbers_and_not_among_what_was_tidied(lists):
    tidied = [f"Nær {n};;;+45 95 63 35 {n:02};4700" for n in range(10, 99)]
    many = [f"Nær {n};;;ikke et nummer {n};4700" for n in range(40)]
    page = lists.looked(lists.sent(csv(HEADER, *tidied, *many, "Langt Væk;;;;9990"))).text
    before, _, after = page.partition('id="elsewhere"')
    assert "<details>" not in before
    alert = after.partition("</div>")[0]
    assert "1 place lies outside the municipality" in alert
    assert "Row 131" in alert
    assert page.count("outside the municipality, as far as is known") == 1


def test_no_civil_registration_number_is_repeated_while_columns_are_chosen(lists, reader):
    address = lists.sent(csv(HEADER + ";Kontaktperson", GOOD + ";Ali 010180-1234"))
    page = reader.get(f"{address}/columns").text
    assert "Ali" in page
    assert "010180" not in page


def test_one_refused_row_stores_nothing_of_the_file(service, lists, reader):
    address = lists.sent(csv(HEADER, GOOD, BAD))
    page = lists.looked(address)
    assert tally(page) == [1, 0, 0, 1]
    assert "is not a CVR number" in page.text
    assert '>CVR-nr</td><td class="quoted" data-label="It says">99003627</td>' in page.text
    lists.taken_in(address)
    assert stored(service) == set()
    assert "Take in the other 1 row" in reader.get(address).text


def test_where_every_row_is_refused_nobody_is_told_to_take_in_the_others(lists):
    some, none = (lists.looked(lists.sent(csv(HEADER, *rows))).text for rows in ((GOOD, BAD), (BAD,)))
    assert "or take in the others now" in some
    assert "Correct them in the file and send it again.</p>" in none
    assert "Take in the other" not in none


def test_the_others_are_stored_where_that_is_chosen_and_the_refused_can_be_fetched(service, lists, reader):
    address = lists.sent(csv(HEADER, GOOD, BAD))
    lists.looked(address)
    page = lists.taken_in(address, skip_refused="yes")
    assert stored(service) == {"Eksempel Et"}
    assert "1 row was refused and is not stored" in page.text
    assert "is not a CVR number" in page.text
    fetched = reader.get(f"{address}/refused.csv")
    assert re.search(r'attachment; filename="to-correct-\w+\.csv"', fetched.headers["content-disposition"])
    rows = fetched.content.decode("utf-8-sig").splitlines()
    assert rows[0] == f"{HEADER};Afvist fordi"
    assert rows[1].startswith(BAD)
    assert len(rows) == 2


def test_refused_rows_come_in_once_they_are_corrected(service, lists, reader):
    address = lists.sent(csv(HEADER, GOOD, BAD))
    lists.looked(address)
    fetched = reader.get(f"{address}/refused.csv").content.decode("utf-8-sig")
    again = lists.sent(fetched.replace("99003627", "99003626").encode("utf-8-sig"))
    assert tally(lists.looked(again)) == [1, 0, 0, 0]
    lists.taken_in(again)
    assert stored(service) == {"Eksempel To"}


def test_columns_that_were_chosen_are_chosen_again_for_the_corrected_rows(lists, reader):
    header = HEADER.replace("Virksomhedsnavn", "Hvem")
    address = lists.sent(csv(header, GOOD, BAD))
    lists.looked(address, **{"field.0": "name"})
    like = address.rpartition("/")[2]
    assert f'name="like" value="{like}"' in reader.get(f"/imports?like={like}").text
    assert lists.columns(lists.sent(csv(header, CORRECTED), like=like))["field.0"] == "name"
    assert lists.columns(lists.sent(csv(header, CORRECTED)))["field.0"] == ""


def test_a_missing_column_is_told_in_the_words_of_the_form(service, lists, reader):
    address = lists.sent(csv(HEADER.replace("Virksomhedsnavn", "Hvem"), GOOD))
    answer = reader.send(f"{address}/columns", lists.columns(address))
    assert answer.status_code == 422
    assert "No column is chosen as: Name of the employer." in answer.text
    assert reader.send(f"{address}/store", {}).status_code == 422
    assert tally(lists.looked(address, **{"field.0": "name"})) == [1, 0, 0, 0]


def test_a_list_without_rows_is_told_with_the_way_back_to_its_columns(service, lists, reader):
    address = lists.sent(csv(HEADER))
    page = lists.looked(address)
    assert "The file cannot be taken in like this" in page.text
    assert f'href="{address}/columns"' in page.text
    assert reader.send(f"{address}/store", {}).status_code == 422
    assert stored(service) == set()


def test_two_columns_for_the_same_field_are_refused_with_what_was_chosen(lists, reader):
    address = lists.sent(csv(HEADER, GOOD))
    answer = reader.send(f"{address}/columns", {**lists.columns(address), "field.3": "name"})
    assert answer.status_code == 422
    assert "are both chosen for the same" in answer.text
    assert answer.text.count('value="name" selected') == 2


def test_a_column_that_is_left_out_is_not_read(service, lists, reader):
    address = lists.sent(csv(HEADER, GOOD))
    lists.looked(address, **{"field.3": ""})
    lists.taken_in(address)
    with service.store.unit(read_only=True) as unit:
        assert [one.phone for one in employers.all_of(unit, "0370")] == [""]


HOSTILE = {
    "nothing": (b"", "empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "PNG"),
    "a cut workbook": (b"PK\x03\x04" + b"0" * 100, "damaged"),
    "a page": (b"<!DOCTYPE html><html>", "HTML"),
    "a header twice": (csv("CVR-nr;CVR-nr", "1;2"), "there twice"),
    "a list of job orders": (csv("Opgave;CVR-nr", "Feje;99003626"), "holds job orders"),
}


@pytest.mark.parametrize(("data", "said"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_file_that_cannot_be_read_is_refused_where_it_was_sent(service, lists, reader, data, said):
    answer = lists.send(data, "fil.csv")
    assert answer.status_code == 422
    assert said in answer.text
    assert "Not taken in yet" not in reader.get("/imports").text


def test_a_form_without_a_file_is_told_so(reader):
    for files in ({"file": ("", b"")}, None):
        answer = reader._ask("POST", "/imports", {}, data={"kind": "employers"}, files=files)
        assert answer.status_code == 422
        assert "No file was chosen." in answer.text


def test_a_file_may_be_larger_than_other_bodies_and_not_larger_than_is_set(service, lists, settings):
    row = "Eksempel;99003626;1999000367;;4700;" + "x" * 200
    assert lists.send(csv(f"{HEADER};Noter", *[row] * (2 * MAX_BYTES // len(row)))).status_code == 303
    answer = lists.send(b"x" * (settings.upload_bytes + 1))
    assert answer.status_code == 413
    assert "The body is larger than" in answer.text


def test_a_stranger_cannot_send_a_large_file(service):
    files = {"file": ("a.csv", b"x" * (MAX_BYTES + 1))}
    answer = service.client.post("/imports", files=files, headers={"Accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


def test_a_file_is_nobodys_but_who_sent_it(service, lists):
    address = lists.sent(csv(HEADER, GOOD))
    for who in ("colleague", "away", "operator"):
        other = Reader(service, who)
        assert other.get(address).status_code == 404
        assert other.get(f"{address}/columns").status_code == 404
        assert other.get(f"{address}/refused.csv").status_code == 404
        assert "virksomheder.csv" not in other.get("/imports").text


def test_what_was_taken_in_is_the_municipalitys_to_see_and_nobody_elses(service, lists, reader):
    address = lists.sent(csv(HEADER, GOOD, BAD))
    lists.looked(address)
    lists.taken_in(address, skip_refused="yes")
    colleague, away = Reader(service, "colleague"), Reader(service, "away")
    assert "virksomheder.csv is taken in" in colleague.get(address).text
    assert "refused.csv" not in colleague.get(address).text
    assert away.get(address).status_code == 404
    assert "virksomheder.csv" not in away.get("/imports").text


def test_pressing_twice_stores_once(service, lists, reader):
    address = lists.sent(csv(HEADER, GOOD))
    lists.looked(address)
    lists.taken_in(address)
    assert reader.send(f"{address}/store", {}).status_code == 422
    with service.store.unit(read_only=True) as unit:
        assert len(imports.page(unit, caller_at("0370"), ImportKind).items) == 1


def test_a_dropped_file_is_forgotten(service, lists, reader):
    address = lists.sent(csv(HEADER, GOOD))
    back = reader.send(f"{address}/drop", {}).headers["location"]
    assert "The file is forgotten. Nothing of it was stored." in reader.get(back).text
    assert "forgotten. Nothing" not in reader.get("/imports").text
    assert reader.get(address).status_code == 404


def test_a_file_is_forgotten_after_a_day(service, lists, reader, time_machine):
    time_machine.move_to(datetime(2026, 12, 1, 8, tzinfo=UTC))
    address = lists.sent(csv(HEADER, GOOD))
    time_machine.shift(KEPT_FOR)
    assert reader.get(address).status_code == 404
    other = lists.sent(csv(HEADER, GOOD))
    with service.store.unit(read_only=True) as unit:
        kept = unit.session.connection().exec_driver_sql("SELECT id FROM upload").scalars().all()
    assert kept == [other.rpartition("/")[2]]


def begun(service, address):
    """Say that the file is being taken in, as a request does before the work."""
    with service.store.unit() as unit:
        caller = tokens.resolve(unit, service.tokens["consultant"])
        uploading.begin(unit, uploading.opened(unit, caller, address.rpartition("/")[2]))
        unit.commit()


def test_whoever_waits_is_told_and_asked_again_with_and_without_scripts(service, lists, reader):
    address = lists.sent(csv(HEADER, GOOD))
    lists.looked(address)
    begun(service, address)
    page = reader.get(address)
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page.text
    assert f'hx-get="{address}" hx-trigger="every 1s"' in page.text
    assert "The file is being worked on." in reader.get(address, HX_Request="true").text
    for change in ("columns", "store"):
        assert reader.send(f"{address}/{change}", {}).status_code == 422


def test_a_script_that_waited_is_led_to_what_became_of_the_file(lists, reader):
    address = lists.sent(csv(HEADER, GOOD))
    lists.looked(address)
    answer = reader.get(address, HX_Request="true")
    assert (answer.text, answer.headers["hx-redirect"]) == ("", address)


def test_work_that_was_broken_off_can_be_begun_again(service, lists, reader, time_machine):
    time_machine.move_to(datetime(2026, 12, 1, 8, tzinfo=UTC))
    address = lists.sent(csv(HEADER, GOOD))
    lists.looked(address)
    begun(service, address)
    time_machine.shift(LONGEST + timedelta(seconds=1))
    assert tally(reader.get(address)) == [1, 0, 0, 0]
    lists.taken_in(address)
    assert stored(service) == {"Eksempel Et"}


def test_a_fault_of_ours_is_told_without_what_the_file_says(service, lists, reader, monkeypatch, caplog):
    def broken(*_args):
        raise RuntimeError("Eksempel Et")

    address = lists.sent(csv(HEADER, GOOD))
    monkeypatch.setattr(uploading, "import_list", broken)
    page = lists.looked(address)
    assert "The service failed on this file. Nothing was stored." in page.text
    assert "RuntimeError at" in caplog.text
    assert "Eksempel" not in caplog.text


def test_a_list_whose_rows_somebody_else_stored_meanwhile_is_not_said_to_be_stored(
    service, lists, reader, monkeypatch
):
    def clashing(*_args):
        raise Duplicate("employers.p_number")

    address = lists.sent(csv(HEADER, GOOD))
    lists.looked(address)
    monkeypatch.setattr(uploading, "import_list", clashing)
    page = lists.taken_in(address)
    assert "This is stored already, or what it belongs to is not there any more." in page.text
    assert "employers.p_number" not in page.text
    assert stored(service) == set()


def test_a_sheet_of_a_workbook_can_be_chosen(service, lists, reader, workbook):
    rows = [HEADER.split(";"), GOOD.split(";")]
    address = lists.sent(workbook({"Forside": [["Titel"], ["Liste"]], "Data": rows}))
    # the sheet in which most columns are known
    assert "<option selected>Data</option>" in reader.get(address).text
    page = reader.get(f"{address}/columns?sheet=Forside").text
    assert '<input type="hidden" name="sheet" value="Forside">' in page
    chosen = {"header.0": "Virksomhedsnavn", "field.0": "name", "header.1": "CVR-nr", "field.1": "cvr"}
    reader.send(f"{address}/columns", {**chosen, "sheet": "Data"})
    lists.settled()
    assert tally(reader.get(address)) == [1, 0, 0, 0]
    nowhere = reader.get(f"{address}/columns?sheet=Ingen")
    assert nowhere.status_code == 422
    assert 'id="refused"' in nowhere.text


def test_of_two_sheets_that_say_nothing_the_first_is_shown(lists, reader, workbook):
    address = lists.sent(workbook({"Forside": [["Titel"], ["Liste"]], "Bagside": [["Andet"], ["noget"]]}))
    assert "<option selected>Forside</option>" in reader.get(address).text


def test_job_orders_come_in_where_their_employers_are_known(service, lists, reader):
    address = lists.sent(csv(HEADER, GOOD))
    lists.looked(address)
    lists.taken_in(address)
    orders = csv("Opgave;P-nr;Timer", "Feje gårdsplads;1999000367;2", "Luge bede;1999000484;2")
    address = lists.sent(orders, kind="job-orders", name="ordrer.csv")
    page = lists.looked(address)
    assert tally(page) == [1, 0, 0, 1]
    assert "There is no employer with P-number 1999000484." in page.text
    assert "Feje gårdsplads" in page.text
    basis = "1 employer gets the basis “has approached us”"
    assert basis in page.text
    fetched = reader.get(f"{address}/refused.csv").content.decode("utf-8-sig").splitlines()
    assert [row.partition(";")[0] for row in fetched] == ["Opgave", "Luge bede"]
    run = lists.taken_in(address, skip_refused="yes").text
    assert basis in run
    assert 'href="/job-orders">See the job orders' in run
    with service.store.unit(read_only=True) as unit:
        (kept,) = employers.all_of(unit, "0370")
    assert (kept.contact_basis, kept.contact_basis_note) == ("inbound_order", "fra listen ordrer.csv")


def test_texts_of_a_file_stand_escaped_in_every_page(lists, reader):
    hostile = "<script>alert(1)<script>"
    data = csv(f"{HEADER};{hostile}", f"{hostile};99003627;1999000367;;4700;{hostile}")
    address = lists.sent(data, name=f"{hostile}.csv")
    first = reader.get(address).text
    second = lists.looked(address).text
    for page in (first, second, reader.get("/imports").text):
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_what_lies_on_the_disk_is_sealed(service, lists):
    address = lists.sent(csv(HEADER, GOOD))
    lists.looked(address)
    with service.store.unit(read_only=True) as unit:
        rows = unit.session.connection().exec_driver_sql("SELECT * FROM upload").all()
    assert len(rows) == 1
    for told in ("Eksempel", "99003626", "virksomheder.csv"):
        assert told not in str(rows)


@pytest.mark.parametrize(("seconds", "told"), [(0, 0), (14, 0), (15, 15), (29, 15), (61, 60)])
def test_that_a_file_is_still_worked_on_is_announced_at_each_quarter_of_a_minute(seconds, told):
    assert WaitingPage(upload=None, seconds=seconds).told == told


CENTRES = "Værested;Adresse;Postnr;By\r\nHavnen;Eksempelvej 4;4700;Næstved\r\n"
CITIZENS = "Borger;Værested;Gerne\r\nB-17;Havnen;green\r\nB-18;Ukendt;\r\n"


@pytest.fixture
def boss(service):
    return Reader(service, "coordinator")


def test_a_coordinator_takes_in_the_centres_and_then_their_citizens(boss):
    assert 'value="citizens"' in boss.get("/imports").text
    lists = Lists(boss)
    address = lists.sent(CENTRES.encode(), kind="centres")
    looked, run = lists.looked(address).text, lists.taken_in(address).text
    assert "Eksempelvej 4, 4700 Næstved" in looked
    assert 'href="/centres"' in run
    address = lists.sent(CITIZENS.encode(), kind="citizens")
    looked, run = lists.looked(address).text, lists.taken_in(address, skip_refused="yes").text
    assert "green work" in looked.lower()
    assert "no drop-in centre named &#39;Ukendt&#39;" in looked
    assert 'href="/citizens/all"' in run
    assert "Ukendt" not in run


def test_the_preview_of_citizens_says_where_they_start_and_whose_work_they_become(service, boss):
    service.made("coordinator", "centres", {"name": "Havnen"})
    with service.store.unit(read_only=True) as unit:
        user = users.find(unit, HOME, service.user_ids["consultant"])
    sent = f"Borger;Værested;Konsulent\r\nB-17;HAVNEN;{user.username.upper()}\r\nB-18;Havnen;\r\n"
    lists = Lists(boss)
    looked = lists.looked(lists.sent(sent.encode(), kind="citizens")).text
    assert looked.count('data-label="Drop-in centre">Havnen</td>') == 2
    assert '<a href="/citizens">Citizens</a> <a href="/imports">' in looked
    assert f'data-label="Consultant">{user.called}</td>' in looked
    assert 'data-label="Consultant">nobody yet</td>' in looked


def test_nobody_else_is_told_of_a_list_of_citizens_nor_may_send_one(service, boss):
    service.made("coordinator", "centres", {"name": "Havnen"})
    lists = Lists(boss)
    address = lists.sent("Borger;Værested\r\nB-17;Havnen\r\n".encode(), name="citizens.csv", kind="citizens")
    lists.looked(address)
    lists.taken_in(address)
    for role in ("consultant", "operator"):
        other = Reader(service, role)
        assert 'value="citizens"' not in other.get("/imports").text
        assert "citizens.csv" not in other.get("/imports").text
        assert other.get(address).status_code == 404
        assert other.send("/imports", {"kind": "citizens"}).status_code == 403
        listed = service.ask(role, "GET", "/api/v1/imports").json()
        assert listed["items"] == []
        assert service.ask(role, "GET", f"/api/v1{address}").status_code == 404
    assert [one["kind"] for one in service.ask("coordinator", "GET", "/api/v1/imports").json()["items"]] == [
        "citizens"
    ]


def test_a_file_with_cpr_numbers_is_not_even_kept(boss):
    text = "Borger;Værested\r\n010190-1234;Havnen\r\n"
    sent = Lists(boss).send(text.encode(), name="b.csv", kind="citizens")
    assert sent.status_code == 422
    assert "Row 2, column &#39;Borger&#39;: a CPR number" in sent.text
    assert "010190" not in sent.text
    assert "b.csv" not in boss.get("/imports").text


SHEETS = {"Borgere": [["Borger", "Værested"], ["B-17", "Havnen"]]}


@pytest.mark.parametrize("header", ["Adresse", "Bemærkning", "Født", "Note 2", "Diagnose"])
def test_a_list_of_citizens_with_a_column_for_what_is_never_kept_is_not_even_kept(service, boss, header):
    text = f"Navn;Værested;{header}\r\nB-17;Havnen;Hemmelig Vej 4\r\n"
    sent = Lists(boss).send(text.encode(), name="b.csv", kind="citizens")
    assert sent.status_code == 422
    assert f"The column &#39;{header}&#39; is not kept of a citizen." in sent.text
    assert "Hemmelig" not in sent.text
    assert "b.csv" not in boss.get("/imports").text
    assert uploads_kept(service) == 0


def test_columns_of_citizens_that_are_not_recognised_are_named_first(service, boss):
    service.made("coordinator", "centres", {"name": "Havnen"})
    lists = Lists(boss)
    address = lists.sent(b"Kaldes;Sted\r\nB-17;Havnen\r\n", kind="citizens")
    page = boss.get(address).text
    assert "2 columns were not recognised: Kaldes, Sted" in page
    assert page.count('<option value="">– choose –</option>') == 2
    assert "leave out" not in page.partition("<form")[2]
    assert boss.send(f"{address}/columns", lists.columns(address)).status_code == 422
    named = {"field.0": "citizen", "field.1": "centre"}
    assert tally(lists.looked(address, **named))[0] == 1
    lists.taken_in(address)
    assert service.ask("coordinator", "GET", "/api/v1/citizens").json()["items"][0]["initials"] == "B."


def test_a_column_of_citizens_that_is_nothing_to_choose_keeps_the_list_outside(boss):
    lists = Lists(boss)
    address = lists.sent("Navn;Værested;Skostørrelse\r\nB-17;Havnen;43\r\n".encode(), kind="citizens")
    answer = boss.send(f"{address}/columns", lists.columns(address))
    assert answer.status_code == 422
    assert "The column &#39;Skostørrelse&#39; is left out" in answer.text
    assert "drop the file and send it without the column" in answer.text


def test_neither_is_one_with_cells_below_no_header_nor_with_a_sheet_beside_it(service, boss, workbook):
    lists = Lists(boss)
    text = "Navn;Værested;\r\nB-17;Havnen;Hemmelig Vej 4\r\n"
    sent = lists.send(text.encode(), name="b.csv", kind="citizens")
    assert "Row 2: something stands below no header, in column number 3." in sent.text
    beside = workbook({**SHEETS, "Adresser": [["B-17", "Hemmelig Vej 4"]]})
    sent = lists.send(beside, name="b.xlsx", kind="citizens")
    assert "the workbook holds the sheet &#39;Adresser&#39;" in sent.text
    assert uploads_kept(service) == 0
    lists.sent(workbook({**SHEETS, "Ark2": []}), name="b.xlsx", kind="citizens")


def test_no_column_of_citizens_can_be_left_out_afterwards(boss):
    lists = Lists(boss)
    address = lists.sent(CITIZENS.encode(), kind="citizens")
    assert "leave out" not in boss.get(address).text
    answer = boss.send(f"{address}/columns", {**lists.columns(address), "field.2": ""})
    assert answer.status_code == 422
    assert "The column &#39;Gerne&#39; is left out" in answer.text


def uploads_kept(service):
    with service.store.unit(read_only=True) as unit:
        return unit.session.connection().exec_driver_sql("SELECT count(*) FROM upload").scalar_one()


def test_the_times_that_were_read_stand_in_the_preview(lists):
    address = lists.sent(csv(HEADER, GOOD))
    lists.looked(address)
    lists.taken_in(address)
    orders = csv(
        "Opgave;P-nr;Dag og tid",
        "Feje gårdsplads;1999000367;man og ons 9-11",
        "Luge bede;1999000367;efter aftale",
        "Vaske op hver fredag 12-14;1999000367;",
    )
    page = lists.looked(lists.sent(orders, kind="job-orders", name="ordrer.csv")).text
    assert 'data-label="Times">Mon, Wed 9-11</td>' in page
    assert 'data-label="Times">efter aftale <span class="soft">no hours could be read</span></td>' in page
    assert 'data-label="Times">Fri 12-14</td>' in page


def test_columns_and_words_are_listed_for_the_lists_that_are_the_readers(reader, boss):
    page = reader.get("/imports/words").text
    assert "Opgavebeskrivelse" in page
    assert "Green work" in page
    assert "Starts from" not in page
    assert "Starts from" in boss.get("/imports/words").text
    assert Reader(reader.service, "centre_staff").get("/imports/words").status_code == 403
    danish = boss.get("/imports/words", Accept_Language="da").text
    assert "Grønt arbejde" in danish
    assert "kørekort" in danish.lower()


def test_a_word_that_is_none_is_told_with_the_nearest_and_where_all_of_them_stand(boss):
    lists = Lists(boss)
    boss.service.made("coordinator", "centres", {"name": "Havnen"})
    text = "Borger;Værested;Gerne;Transport\r\nB-17;Havnen;havearbejde, kichen;fly\r\n"
    address = lists.sent(text.encode(), kind="citizens")
    lists.looked(address)
    page = boss.get(address, Accept_Language="da").text
    assert "Mente du Grønt arbejde / Køkken, kantine og café?" in page
    assert page.count("<tr data-row>") == 2
    assert 'Alle ordene: <a href="/imports/words">se listen</a>.' in page
    assert "/imports/words" not in re.sub("<[^>]+>", "", page)


def test_what_is_chosen_on_a_part_of_many_columns_is_kept_on_the_way_to_the_others_and_back(lists, reader):
    address = lists.sent(many_columns())
    first = lists.columns(address)
    assert len(first) < 2 * 61
    answer = reader.send(f"{address}/columns", {**first, "field.0": "name", "part": "1", "to": "2"})
    assert answer.headers["location"] == f"{address}/columns?part=2"
    second = reader.get(answer.headers["location"]).text
    assert "What you choose is kept as you go on." in second
    headers = re.findall(r'name="(header\.\d+)" value="([^"]*)"', second)
    assert not {header for _, header in headers} & set(first.values())
    chosen = {**dict(headers), "field.0": "contact_person", "part": "2"}
    assert reader.send(f"{address}/columns", {**chosen, "to": "1"}).status_code == 303
    assert lists.columns(address)["field.0"] == "name"
    assert '<option value="contact_person" selected>' in reader.get(f"{address}/columns?part=2").text
    page = lists.looked(address)
    assert tally(page) == [1, 0, 0, 0]
    assert "Navn 0" in page.text
    assert headers[0][1].replace("Felt", "Navn") in page.text


def test_a_column_that_is_chosen_anew_makes_a_look_before_it_count_no_more(service, lists, reader):
    address = lists.sent(many_columns())
    lists.looked(address, **{"field.0": "name"})
    reader.send(f"{address}/columns", {**lists.columns(address), "field.0": "town", "part": "1", "to": "2"})
    answer = reader.send(f"{address}/store", {})
    assert answer.status_code == 422
    assert stored(service) == set()


def test_two_columns_for_the_same_are_told_where_they_were_chosen_also_across_parts(lists, reader):
    address = lists.sent(many_columns())
    reader.send(f"{address}/columns", {**lists.columns(address), "field.0": "name", "to": "2"})
    second = reader.get(f"{address}/columns?part=2").text
    headers = dict(re.findall(r'name="(header\.\d+)" value="([^"]*)"', second))
    answer = reader.send(f"{address}/columns", {**headers, "field.0": "name", "part": "2", "to": "1"})
    assert answer.status_code == 422
    assert "are both chosen for the same" in answer.text
    assert dict(re.findall(r'name="(header\.\d+)" value="([^"]*)"', answer.text)) == headers


def many_columns():
    """A file with more columns than a page holds, of which the last alone is recognised."""
    headers, cells = (";".join(f"{word} {n}" for n in range(60)) for word in ("Felt", "Navn"))
    return csv(f"{headers};CVR-nr", f"{cells};99003626")
