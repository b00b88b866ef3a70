"""Lists over HTTP: all or nothing, unless refused rows may be left out."""

import pytest

from api.store import employers

HEADER = "Virksomhedsnavn;CVR-nr;P-nr"
GOOD = "Eksempel Et;99003626;1999000367"
BAD = "Eksempel To;99003627;1999000484"


def csv(*rows):
    return "\r\n".join(rows).encode("utf-8-sig")


@pytest.fixture
def send(service):
    def sent(*rows, who="consultant", **form):
        headers = {"Authorization": f"Bearer {service.tokens[who]}"}
        files = {"file": ("C:\\lister\\virksomheder.csv", csv(*rows))}
        told = {"kind": "employers", **form}
        return service.client.post("/api/v1/imports", data=told, files=files, headers=headers)

    return sent


def stored(service):
    with service.store.unit(read_only=True) as unit:
        return [one.name for one in employers.all_of(unit, "0370")]


def test_a_list_is_stored_and_found_again(service, send):
    made = send(HEADER, GOOD)
    assert made.status_code == 201
    assert (made.json()["added"], made.json()["file_name"]) == (1, "virksomheder.csv")
    found = service.ask("consultant", "GET", made.headers["location"]).json()
    assert found == made.json() | {"at": found["at"], "by": service.user_ids["consultant"]}
    assert [one["id"] for one in service.ask("operator", "GET", "/api/v1/imports").json()["items"]] == [
        found["id"]
    ]
    assert service.ask("away", "GET", made.headers["location"]).status_code == 404
    assert stored(service) == ["Eksempel Et"]


def test_the_same_list_sent_again_changes_nothing(service, send):
    send(HEADER, GOOD)
    again = send(HEADER, GOOD).json()
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 1)


def test_one_refused_row_stores_nothing_and_says_why(service, send):
    answer = send(HEADER, GOOD, BAD)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["stored"], told["refused_rows"]) == (False, 1)
    cell = told["refused"][0]
    assert (cell["row"], cell["column"], cell["value"]) == (3, "CVR-nr", "99003627")
    assert "is not a CVR number" in cell["detail"]
    assert stored(service) == []


def test_the_others_are_stored_where_that_is_asked_for(service, send):
    made = send(HEADER, GOOD, BAD, skip_refused="true")
    assert made.status_code == 201
    assert stored(service) == ["Eksempel Et"]
    assert (
        service.ask("consultant", "GET", made.headers["location"]).json()["refused"] == made.json()["refused"]
    )


def test_a_dry_run_stores_nothing(service, send):
    answer = send(HEADER, GOOD, dry_run="true")
    assert (answer.status_code, answer.json()["added"]) == (200, 1)
    assert stored(service) == []


def test_a_mapping_names_the_columns(service, send):
    told = send("Hvem;CVR-nr", "Eksempel Et;99003626", mapping='name = "Hvem"')
    assert told.status_code == 201
    assert stored(service) == ["Eksempel Et"]
    assert send("Hvem;CVR-nr", "Eksempel Et;99003626", mapping="name =").status_code == 422


def test_what_is_no_list_is_refused(send):
    assert send("").status_code == 422
    assert send("Hvem;CVR-nr", "x;99003626").status_code == 422
    assert send(HEADER, GOOD, kind="people").status_code == 422
    assert send(HEADER, GOOD, kind="citizens").status_code == 403


def test_a_list_of_citizens_with_a_column_for_anything_else_is_refused_whole(service, send):
    service.made("coordinator", "centres", {"name": "Havnen"})
    rows = ("Navn;Værested;Hjem", "B-17;Havnen;Hemmelig Vej 4")
    answer = send(*rows, who="coordinator", kind="citizens", skip_refused="true")
    assert answer.status_code == 422
    assert "The column 'Hjem' is none of a list of citizens." in answer.text
    assert "Hemmelig" not in answer.text
    assert service.ask("coordinator", "GET", "/api/v1/imports").json()["items"] == []


def test_a_list_is_taken_back_once_and_the_same_key_gets_the_same_answer(service, send):
    path = send(HEADER, GOOD).headers["location"]
    answers = [
        service.ask("consultant", "POST", f"{path}/taken-back", {}, Idempotency_Key="k-1") for _ in range(2)
    ]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json() == answers[1].json() == service.ask("consultant", "GET", path).json()
    told = answers[0].json()["taken_back"]
    assert (told["removed"], told["restored"], told["stayed"], told["stays"]) == (1, 0, {}, [])
    assert told["by"] == service.user_ids["consultant"]
    again = service.ask("consultant", "POST", f"{path}/taken-back", {})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/conflict")
    assert stored(service) == []


def test_what_stays_is_told_with_its_reason_and_in_lists_by_number(service, send):
    other = "Eksempel To;99003626;1999000484"
    path = send(HEADER, GOOD, other).headers["location"]
    with service.store.unit(read_only=True) as unit:
        first = next(one.id for one in employers.all_of(unit, "0370") if one.name == "Eksempel Et")
    service.made("consultant", "job-orders", {"title": "Luge bede", "employer_id": first})
    told = service.ask("consultant", "POST", f"{path}/taken-back", {}).json()["taken_back"]
    assert (told["removed"], told["stayed"]) == (1, {"ordered": 1})
    assert told["stays"] == [{"kind": "employer", "id": first, "why": "ordered"}]
    (listed,) = service.ask("consultant", "GET", "/api/v1/imports").json()["items"]
    assert listed["taken_back"] == told | {"stays": []}
    assert stored(service) == ["Eksempel Et"]


def test_nobody_takes_back_what_they_may_not_take_in(service, send):
    path = send(HEADER, GOOD).headers["location"]
    for who, status in (("caseworker", 403), ("analyst", 403), ("away", 404), (None, 401)):
        assert service.ask(who, "POST", f"{path}/taken-back", {}).status_code == status
    service.made("coordinator", "centres", {"name": "Havnen"})
    path = send("Navn;Værested", "B-17;Havnen", who="coordinator", kind="citizens").headers["location"]
    assert service.ask("consultant", "POST", f"{path}/taken-back", {}).status_code == 404
    gone = service.ask("coordinator", "POST", f"{path}/taken-back", {}, Idempotency_Key="k-2")
    assert gone.json()["taken_back"]["removed"] == 1
    assert service.ask("coordinator", "GET", "/api/v1/citizens").json()["items"] == []
    assert stored(service) == ["Eksempel Et"]
