import pytest

OURS = {"Sec-Fetch-Site": "same-origin"}


def test_a_language_that_was_chosen_counts_before_the_browsers(service):
    answer = service.client.post("/language", data={"language": "da", "next": "/keyboard"}, headers=OURS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/keyboard")
    assert '<html lang="da">' in service.client.get("/keyboard", headers={"Accept-Language": "en"}).text


def test_a_language_that_is_not_spoken_is_not_kept(service):
    answer = service.client.post("/language", data={"language": "xx"}, headers=OURS)
    assert answer.status_code == 422
    service.client.cookies.set("language", "xx")
    assert '<html lang="en">' in service.client.get("/keyboard", headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize("outside", ["//evil.example", "https://evil.example"])
def test_a_change_of_language_leads_nowhere_else(service, outside):
    answer = service.client.post("/language", data={"language": "da", "next": outside}, headers=OURS)
    assert answer.headers["location"] == "/"


def test_single_keys_can_be_switched_off_and_on_again(service):
    assert 'data-shortcuts="on"' in service.client.get("/keyboard").text
    for choice in ("off", "on"):
        service.client.post("/keyboard", data={"shortcuts": choice}, headers=OURS)
        assert f'data-shortcuts="{choice}"' in service.client.get("/keyboard").text
