"""Who may open which page and what they are told, in the words of the table of the JSON operations."""

from tests.api.routes.test_permissions import (
    ANY,
    CONSULTANT,
    COORDINATOR,
    DESK,
    OWN_PLACE,
    OWN_WORK,
    STAFF,
    Cell,
)

FORM = {"seen": "1", "name": "Dorte Dam Holm", "anchor.0": "postcode:4700"}
ANSWER = {"about": "avoids:machines", "answer": "no"}

PAGES = {
    "GET /today": Cell(DESK | {STAFF}, ANY),
    "GET /citizens": Cell(DESK | {STAFF}, ANY),
    "GET /citizens/all": Cell(DESK, ANY),
    "POST /citizens/search": Cell(DESK | {STAFF}, ANY, {"name": "Dam"}),
    "GET /citizens/{citizen_id}": Cell(DESK | {STAFF}, OWN_WORK),
    "POST /citizens/{citizen_id}": Cell(DESK, OWN_WORK, FORM),
    "POST /citizens/{citizen_id}/undo": Cell(DESK, OWN_WORK, {"version": "1", "seen": "2"}),
    "POST /citizens/{citizen_id}/access": Cell(DESK, OWN_PLACE, {"reason": "Ringer for en syg kollega"}),
    "GET /citizens/{citizen_id}/shortlist": Cell(DESK | {STAFF}, OWN_WORK),
    "GET /citizens/{citizen_id}/shortlist.xlsx": Cell(DESK | {STAFF}, OWN_WORK),
    "GET /citizens/{citizen_id}/call-sheet": Cell(DESK, OWN_WORK),
    "POST /citizens/{citizen_id}/answers/job-orders/{order_id}": Cell(DESK, OWN_WORK, ANSWER),
    "GET /cafe": Cell(DESK, ANY),
    "POST /cafe": Cell(DESK, ANY, {}),
    "POST /cafe/plan": Cell(DESK, ANY, {}),
    "POST /citizens/{citizen_id}/answers/employers/{employer_id}": Cell(
        {CONSULTANT, COORDINATOR}, OWN_WORK, ANSWER
    ),
    "GET /proposals/{proposal_id}/outcome": Cell(DESK | {STAFF}, OWN_PLACE),
    "POST /proposals/{proposal_id}/outcome": Cell(DESK | {STAFF}, OWN_WORK, {"outcome": "contacted"}),
}
"""Every page behind a guard; what is answered 200 to a GET is answered 303 to a form."""
