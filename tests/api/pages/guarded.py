"""Who may open which page and what they are told, in the words of the table of the JSON operations."""

from api.domain.caller import Role
from tests.api.routes.test_permissions import (
    ANY,
    AUDITOR,
    CONSULTANT,
    COORDINATOR,
    DESK,
    OPERATOR,
    OWN_PLACE,
    OWN_WORK,
    RELATIONS,
    STAFF,
    SUPPLY,
    Cell,
)

FORM = {"seen": "1", "name": "Dorte Dam Holm", "anchor.0": "postcode:4700", "ready": "yes"}
ANSWER = {"about": "avoids:machines", "answer": "no"}
ABLE = {"about": "abilities:driving_licence", "answer": "yes"}
TAKEN_BACK = {"about": "needs:quiet_place", "version": "1", "seen": "1"}
CALL = {"text": "", "title": "Luge bede", "new.name": "Gartneriet Syd"}

TELLING = {CONSULTANT, COORDINATOR}
"""Who writes down what employers answer, and where they are."""

IMPORTING = {CONSULTANT, COORDINATOR, OPERATOR}
UNREADABLE = dict.fromkeys(RELATIONS, 422)
"""A form without its file."""

UNSENT = OWN_PLACE | {"assigned": 422, "unassigned": 422}
"""A form in which nobody is chosen: `test_assignments` tells of those in which somebody is."""

NOT_THEIRS = dict.fromkeys(RELATIONS, 404)
"""Somebody whose work the citizen is not."""

NOWHERE = dict.fromkeys(RELATIONS, 404)
"""A file is its sender's own: these are nobody's, and `test_imports` tells of those that are somebody's."""

CHANGED_MEANWHILE = OWN_PLACE | {"assigned": 412, "unassigned": 412}
"""A form that was filled in before somebody else changed what it is about."""

OVERTAKEN = dict.fromkeys(RELATIONS, 412)
"""A form of what there is one of, filled in before somebody else changed it."""

PAGES = {
    "GET /search": Cell(set(Role), ANY),
    "POST /search": Cell(set(Role), ANY, {"words": "Dam"}),
    "GET /week": Cell(DESK | {STAFF}, ANY),
    "GET /today": Cell(DESK | {STAFF}, ANY),
    "GET /citizens": Cell(DESK | {STAFF}, ANY),
    "GET /citizens/all": Cell(DESK, ANY),
    "GET /citizens/new": Cell(DESK, ANY),
    "POST /citizens/new": Cell(DESK, ANY, {"name": "Dorte Dam", "postcode": "4700", "another": "Dorte Dam"}),
    # somebody else has registered them: that they stand is said on their own page
    "POST /citizens/{citizen_id}/taken-back": Cell(DESK, OWN_WORK, {}),
    "GET /citizens/{citizen_id}": Cell(DESK | {STAFF}, OWN_WORK),
    "GET /citizens/{citizen_id}/stored": Cell(DESK | {STAFF}, OWN_WORK),
    "GET /citizens/{citizen_id}/assignments": Cell(DESK | {STAFF}, OWN_PLACE),
    "POST /citizens/{citizen_id}/assignments": Cell({COORDINATOR}, UNSENT, {}),
    "POST /citizens/{citizen_id}/assignments/ended": Cell({COORDINATOR}, NOT_THEIRS, {"user_id": "nobody"}),
    "POST /citizens/{citizen_id}": Cell(DESK, OWN_WORK, FORM),
    "POST /citizens/{citizen_id}/looks-for-more": Cell(DESK, OWN_WORK, {}),
    "POST /citizens/{citizen_id}/undo": Cell(DESK, OWN_WORK, {"version": "1", "seen": "2"}),
    "GET /citizens/{citizen_id}/contact-chain": Cell(DESK, OWN_WORK),
    "POST /citizens/{citizen_id}/contact-chain": Cell(DESK, OWN_WORK | {"assigned": 412}, {"seen": "99"}),
    "POST /citizens/{citizen_id}/access": Cell(DESK, OWN_PLACE, {"reason": "Ringer for en syg kollega"}),
    "GET /citizens/{citizen_id}/shortlist": Cell(DESK | {STAFF}, OWN_WORK),
    "GET /citizens/{citizen_id}/shortlist.xlsx": Cell(DESK | {STAFF}, OWN_WORK),
    "GET /citizens/{citizen_id}/call-sheet": Cell(DESK, OWN_WORK),
    "POST /citizens/{citizen_id}/answers/job-orders/{order_id}": Cell(DESK, OWN_WORK, ANSWER),
    "GET /cafe": Cell(DESK, ANY),
    "POST /cafe": Cell(DESK, ANY, {}),
    "GET /cafe/{cafe_id}": Cell(DESK, NOWHERE),
    "GET /cafe/{cafe_id}/sheets": Cell(DESK, NOWHERE),
    "GET /cafe/{cafe_id}/change": Cell(DESK, NOWHERE),
    "POST /cafe/{cafe_id}/change": Cell(DESK, NOWHERE, {}),
    "POST /cafe/{cafe_id}/plan": Cell(DESK, NOWHERE, {}),
    "POST /cafe/{cafe_id}/guests": Cell(DESK, NOWHERE, {"seen": "1"}),
    "POST /cafe/{cafe_id}/undo": Cell(DESK, NOWHERE, {"seen": "1"}),
    "POST /cafe/{cafe_id}/deleted": Cell(DESK, NOWHERE, {"seen": "1"}),
    "POST /citizens/{citizen_id}/answers/job-orders/{order_id}/undo": Cell(DESK, OWN_WORK, TAKEN_BACK),
    "POST /citizens/{citizen_id}/answers/employers/{employer_id}": Cell(TELLING, OWN_WORK, ANSWER),
    "POST /citizens/{citizen_id}/answers/employers/{employer_id}/place": Cell(
        TELLING, OWN_WORK, {"answer": "4700"}
    ),
    # the order is another employer's, and so is the contact
    "POST /citizens/{citizen_id}/answers/employers/{employer_id}/call": Cell(
        DESK, OWN_WORK | {"assigned": 422}, {"order_id": "none"}
    ),
    "POST /citizens/{citizen_id}/answers/employers/{employer_id}/call/undo": Cell(
        DESK, OWN_WORK | {"assigned": 404}, {"contact_id": "none"}
    ),
    "POST /citizens/{citizen_id}/answers/employers/{employer_id}/undo": Cell(TELLING, OWN_WORK, TAKEN_BACK),
    "POST /citizens/{citizen_id}/answers/abilities": Cell(DESK, OWN_WORK, ABLE),
    "POST /citizens/{citizen_id}/answers/abilities/undo": Cell(
        DESK, OWN_WORK, TAKEN_BACK | {"about": "abilities:clean_record"}
    ),
    "POST /citizens/{citizen_id}/proposals": Cell(DESK, OWN_WORK, {}),
    "POST /citizens/{citizen_id}/reorder": Cell(DESK, OWN_WORK, {"reason": "Har talt med stedet"}),
    "GET /intake": Cell(DESK, ANY),
    "POST /intake/reading": Cell(DESK, ANY, {"text": "Luge bede"}),
    "POST /intake": Cell({CONSULTANT, COORDINATOR}, ANY, CALL),
    "POST /intake/draft": Cell(DESK, ANY, {"text": "Luge bede"}),
    "POST /intake/draft/dropped": Cell(DESK, ANY, {"form": "none"}),
    "POST /intake/employee": Cell(DESK, ANY, {"text": "Det går godt"}),
    "GET /job-orders": Cell(SUPPLY, ANY),
    "GET /job-orders/{order_id}": Cell(SUPPLY, OWN_PLACE),
    "POST /job-orders/{order_id}/proposals": Cell(DESK, OWN_PLACE, {}),
    "POST /job-orders/{order_id}/answers": Cell(DESK, OWN_PLACE, ANSWER),
    "POST /job-orders/{order_id}/answers/undo": Cell(DESK, OWN_PLACE, TAKEN_BACK),
    "POST /job-orders/{order_id}/workplace-answers": Cell(TELLING, OWN_PLACE, ANSWER),
    "POST /job-orders/{order_id}/workplace-answers/undo": Cell(TELLING, OWN_PLACE, TAKEN_BACK),
    "POST /job-orders/{order_id}/place": Cell(TELLING, OWN_PLACE, {"answer": "4700"}),
    "POST /job-orders/{order_id}/abilities": Cell(DESK, OWN_WORK, ABLE),
    "POST /job-orders/{order_id}/abilities/undo": Cell(
        DESK, OWN_WORK, TAKEN_BACK | {"about": "abilities:clean_record"}
    ),
    "POST /job-orders/{order_id}/still-wanted": Cell(DESK, OWN_PLACE, {}),
    "POST /job-orders/{order_id}/taken-over": Cell(DESK, OWN_PLACE, {}),
    # of an order that nobody took over
    "POST /job-orders/{order_id}/handed-back": Cell(
        DESK, OWN_PLACE | {"assigned": 409, "unassigned": 409}, {"seen": "1"}
    ),
    # of an order that nobody closed
    "POST /job-orders/{order_id}/reopened": Cell(
        DESK, OWN_PLACE | {"assigned": 409, "unassigned": 409}, {"seen": "1"}
    ),
    "POST /job-orders/{order_id}/pause": Cell(DESK, OWN_PLACE, {"reason": "Ferielukket"}),
    "POST /job-orders/{order_id}/resume": Cell(DESK, OWN_PLACE, {}),
    "POST /job-orders/{order_id}/return": Cell(DESK, OWN_PLACE, {"cause": "no_candidate"}),
    "POST /job-orders/{order_id}/state": Cell(DESK, OWN_PLACE, {"state": "filled", "seen": "1"}),
    "GET /job-orders/{order_id}/facts": Cell(DESK, OWN_PLACE),
    "POST /job-orders/{order_id}/facts": Cell(DESK, CHANGED_MEANWHILE, {"seen": "99", "title": "Rive"}),
    "POST /job-orders/{order_id}/facts/undo": Cell(DESK, CHANGED_MEANWHILE, {"seen": "99", "version": "1"}),
    "GET /centres": Cell(SUPPLY | {STAFF}, ANY),
    "POST /centres": Cell({COORDINATOR, OPERATOR}, ANY, {}),
    "GET /centres/{centre_id}": Cell(SUPPLY | {STAFF}, OWN_PLACE),
    "POST /centres/{centre_id}": Cell(
        {COORDINATOR, OPERATOR}, CHANGED_MEANWHILE, {"seen": "99", "name": "Åen"}
    ),
    "POST /centres/{centre_id}/mark": Cell(
        {COORDINATOR, OPERATOR}, CHANGED_MEANWHILE, {"seen": "99", "lat": "55.2", "lon": "11.7"}
    ),
    "POST /centres/{centre_id}/closed": Cell(
        {COORDINATOR, OPERATOR}, CHANGED_MEANWHILE, {"seen": "99", "closed_from": "01-12-2026"}
    ),
    # of a centre that does not close: `test_relocating` tells of one that does
    "GET /centres/{centre_id}/relocation": Cell(
        {COORDINATOR}, OWN_PLACE | {"assigned": 303, "unassigned": 303}
    ),
    "POST /centres/{centre_id}/relocation": Cell({COORDINATOR}, UNSENT, {}),
    "POST /centres/{centre_id}/relocation/undone": Cell(
        {COORDINATOR}, OWN_PLACE | {"assigned": 409, "unassigned": 409}, {"at": "2026-11-20T09:00:00Z"}
    ),
    "POST /centres/{centre_id}/reopened": Cell({COORDINATOR, OPERATOR}, CHANGED_MEANWHILE, {"seen": "99"}),
    "GET /employers": Cell(SUPPLY, ANY),
    "GET /employers/{employer_id}": Cell(SUPPLY, OWN_PLACE),
    "GET /calls": Cell(DESK, ANY),
    "POST /employers/{employer_id}/answers": Cell(TELLING, OWN_PLACE, {"about": "machines", "answer": "no"}),
    "POST /employers/{employer_id}/mark": Cell(
        TELLING,
        CHANGED_MEANWHILE,
        {"seen": "99", "lat": "55.2", "lon": "11.7"},
    ),
    "POST /employers/{employer_id}/address": Cell(
        TELLING, CHANGED_MEANWHILE, {"seen": "99", "street": "Torvet"}
    ),
    "POST /employers/{employer_id}/contact-basis": Cell(
        TELLING, CHANGED_MEANWHILE, {"seen": "99", "basis": "consent"}
    ),
    "POST /employers/{employer_id}/contact-basis/withdrawn": Cell(TELLING, CHANGED_MEANWHILE, {"seen": "99"}),
    "POST /employers/{employer_id}/contact-basis/undo": Cell(
        TELLING, CHANGED_MEANWHILE, {"seen": "99", "version": "1"}
    ),
    "POST /employers/{employer_id}/contacts": Cell(DESK, OWN_PLACE, {"kind": "call"}),
    "POST /employers/{employer_id}/contacts/{contact_id}/settled": Cell(DESK, OWN_PLACE, {}),
    "POST /employers/{employer_id}/contacts/{contact_id}/reopened": Cell(DESK, OWN_PLACE, {}),
    # nobody here has written down the contact that would be taken back
    "POST /employers/{employer_id}/contacts/{contact_id}/taken-back": Cell(
        DESK, OWN_PLACE | {"assigned": 409, "unassigned": 409}, {}
    ),
    "POST /employers/{employer_id}/contacts/{contact_id}/reply": Cell(DESK, OWN_PLACE, {"reply": "yes"}),
    "POST /employers/{employer_id}/contacts/{contact_id}/note": Cell(DESK, OWN_PLACE, {"note": ""}),
    "POST /employers/{employer_id}/reservations": Cell(DESK, OWN_PLACE, {"reason": "Haster"}),
    "POST /employers/{employer_id}/reservations/{reservation_id}/given-back": Cell(DESK, OWN_PLACE, {}),
    "GET /practice": Cell(SUPPLY | {AUDITOR}, ANY),
    "POST /practice": Cell({COORDINATOR}, UNREADABLE, {"seen": "0", "contact_days": "tre"}),
    "POST /practice/put-back": Cell({COORDINATOR}, OVERTAKEN, {"version": "0", "seen": "99"}),
    "GET /colleagues": Cell({COORDINATOR, OPERATOR}, ANY),
    # of no role: `test_new_colleagues` tells of one who is added
    "POST /colleagues": Cell({COORDINATOR, OPERATOR}, UNREADABLE, {"username": "ny"}),
    "GET /colleagues/{user_id}": Cell({COORDINATOR, OPERATOR}, OWN_PLACE),
    "POST /colleagues/{user_id}": Cell(
        {COORDINATOR, OPERATOR}, CHANGED_MEANWHILE, {"seen": "99", "name": "Ole Lund"}
    ),
    "POST /colleagues/{user_id}/disabled": Cell({COORDINATOR, OPERATOR}, CHANGED_MEANWHILE, {"seen": "99"}),
    "POST /colleagues/{user_id}/password": Cell({COORDINATOR, OPERATOR}, CHANGED_MEANWHILE, {"seen": "99"}),
    "POST /colleagues/{user_id}/enabled": Cell({COORDINATOR, OPERATOR}, CHANGED_MEANWHILE, {"seen": "99"}),
    # to nobody: `test_handing_over` tells of what is
    "POST /colleagues/{user_id}/handed-over": Cell({COORDINATOR}, UNSENT, {}),
    "POST /colleagues/{user_id}/handed-over/undone": Cell(
        {COORDINATOR}, OWN_PLACE | {"assigned": 409, "unassigned": 409}, {"at": "2026-11-02T09:00:00Z"}
    ),
    "GET /account": Cell(set(Role), ANY),
    # too short: `test_account` tells of one that is changed
    "POST /account/password": Cell(set(Role), UNREADABLE, {}),
    "POST /account/others": Cell(set(Role), ANY, {}),
    "GET /accesses": Cell({COORDINATOR, AUDITOR}, ANY),
    # nobody has opened anybody: `test_accesses` tells of those that are there
    "POST /accesses/{grant_id}/seen": Cell({COORDINATOR, AUDITOR}, NOWHERE, {}),
    "POST /accesses/{grant_id}/undo": Cell({COORDINATOR, AUDITOR}, NOWHERE, {}),
    "GET /failures": Cell({COORDINATOR, OPERATOR}, ANY),
    # nothing has failed: `test_failed_work` tells of what has
    "POST /failures/seen-to": Cell({COORDINATOR, OPERATOR}, NOWHERE, {"work": "addresses"}),
    "GET /imports": Cell(IMPORTING, ANY),
    "GET /imports/words": Cell(IMPORTING, ANY),
    "POST /imports": Cell(IMPORTING, UNREADABLE, {"kind": "employers"}),
    "GET /imports/{import_id}": Cell(IMPORTING, NOWHERE),
    "GET /imports/{import_id}/columns": Cell(IMPORTING, NOWHERE),
    "POST /imports/{import_id}/columns": Cell(IMPORTING, NOWHERE, {}),
    "POST /imports/{import_id}/store": Cell(IMPORTING, NOWHERE, {}),
    "GET /imports/{import_id}/take-back": Cell(IMPORTING, NOWHERE),
    "POST /imports/{import_id}/taken-back": Cell(IMPORTING, NOWHERE, {}),
    "POST /imports/{import_id}/drop": Cell(IMPORTING, NOWHERE, {}),
    "GET /imports/{import_id}/refused.csv": Cell(IMPORTING, NOWHERE),
    "GET /proposals/{proposal_id}/outcome": Cell(DESK | {STAFF}, OWN_PLACE),
    "POST /proposals/{proposal_id}/outcome": Cell(DESK | {STAFF}, OWN_WORK, {"outcome": "contacted"}),
    # nobody has said yes
    "POST /proposals/{proposal_id}/start-agreed": Cell(DESK | {STAFF}, OWN_WORK | {"assigned": 412}, {}),
    "POST /proposals/{proposal_id}/begun": Cell(DESK | {STAFF}, OWN_WORK | {"assigned": 412}, {}),
    "POST /proposals/{proposal_id}/undo": Cell(DESK | {STAFF}, OWN_WORK | {"assigned": 422}, {}),
}
"""Every page behind a guard; what is answered 200 to a GET is answered 303 to a form."""
