"""A new job order as a form: what the employer said, what was read out of it, who asks, and how it came in.

Beside each field that the reading can fill stands what it last put there (`read.` and the name), so that new
words are read anew while everything that the consultant has corrected stays.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import Depends
from stdnum.dk import cvr as cvr_number

from api.domain.records import EmployerRecord
from api.domain.telephones import require_telephone
from api.domain.workplaces import refusals
from api.exchange import codes, values
from api.exchange.days import day_back
from api.pages.forms import Sent, Told, Unacceptable, Values, Wrong
from api.pages.task_form import ACTIVITIES, TASK, iso, sent_task, task_body, values_of_task, wrong_in
from api.routes.language import Translate
from api.routes.problem import Several
from api.schemas.employers import EmployerCreate
from api.schemas.job_orders import JobOrderCreate
from api.schemas.shapes import LONGEST_TEXT
from api.store import new_id
from geo import Refused
from geo.errors import N_
from matching.language import Speech
from matching.reading import TaskReading

SHORTEST_TITLE, LONGEST_TITLE = 20, 60
NEW_EMPLOYER = ("name", "cvr", "phone", "contact_person", "street", "house_number", "postcode", "town")
CALL = (
    "find",
    "employer_id",
    "channel",
    "origin",
    "received_on",
    "follow_up_on",
    *(f"new.{name}" for name in NEW_EMPLOYER),
)
"""The fields about who asks and how it came in."""

LONGEST = {"text": LONGEST_TEXT, "find": 100}
"""Characters of what is read or searched by before any schema looks at it."""

TOKEN = "token"
"""The field that tells one form from the next, however often it is sent."""

TOLD_NEAR = "told_near"
"""The field with the ids of the employers that were offered, of whom a new one is another on purpose."""

_BEFORE = "read."
_USUAL = ("channel", "origin", "received_on")
"""What a form that nobody has touched holds already."""

_SENTENCE_ENDS = re.compile(r"\n|[.!?]\s+(?=[A-ZÆØÅ])")
_GREETING = re.compile(
    r"(?:hej(?: hej)?|hallo|halløj|goddag|davs|god ?(?:morgen|dag|eftermiddag)"
    r"|mit navn er|jeg hedder|du taler med|jeg ringer|det er|jeg er|vi er|her er)"
    r"\b[^,.!?:;–\n]*[,.!?:;–\n]+\s*",
    re.IGNORECASE,
)
"""Who calls, and from where, up to where the next part of the sentence begins."""

_ASKING = re.compile(
    r"\b(?:kan i (?:skaffe|finde|undvære)|(?:vi|jeg)\s+"
    r"(?:(?:sku'?|skulle|skal|ku'?|kunne|vil)\s+(?:godt |gerne )?(?:bruge|have|ha'?)"
    r"|mangler|søger|har brug for))\s+(?:en|nogen|to|et par|hjælp)\b(?:\s+\w+){0,2}?"
    r"\s+(?:til at|til|der kan?'?|som kan?'?)\s+(?=\w)",
    re.IGNORECASE,
)
"""How employers begin before they come to the task: "Vi sku' bruge en til at"."""


_TO_A_DAY = re.compile(r"[\s,;:–-]*(?:\b(?:om|på|i|hver(?: anden)?|både)\b)?[\s,;:–-]*\Z", re.IGNORECASE)
"""What stands between the work and the days on which it is done."""


def sent(form: Mapping[str, str]) -> dict[str, str]:
    """What a browser sent, field by field; absent is ""."""
    return {**sent_task(form), **{name: " ".join(form.get(name, "").split()) for name in CALL}}


async def _bounded(form: Sent) -> dict[str, str]:
    """The form, unless the words that are read, or those that are searched by, are too long."""
    told = sent(form)
    too_long = [name for name, most in LONGEST.items() if len(told[name]) > most]
    if too_long:
        problem, remedy = N_("The text is too long."), N_("At most {max_length} characters.")
        raise Several([Refused(name, problem, remedy, max_length=LONGEST[name]) for name in too_long])
    return form


Bounded = Annotated[dict[str, str], Depends(_bounded)]


def pressed(form: Mapping[str, str]) -> str | None:
    """What names this press of the button: pressed again with the same form it is the same.

    None for a form that was not given a token, where every press counts.
    """
    if not form.get(TOKEN):
        return None
    text = json.dumps([form[TOKEN], sent(form)], sort_keys=True)
    return f"intake {hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"


def typed(form: Mapping[str, str]) -> dict[str, str]:
    """What somebody has typed or chosen, with what was read of it; empty while that is nothing."""
    told = sent(form)
    before = {f"{_BEFORE}{name}": form.get(f"{_BEFORE}{name}", "") for name in TASK}
    begun = any(told[name] for name in ("text", *CALL) if name not in _USUAL)
    if not begun and all(told[name] == before[f"{_BEFORE}{name}"] for name in TASK):
        return {}
    return {name: value for name, value in {**told, **before}.items() if value}


def filled(form: Mapping[str, str], reading: Values) -> dict[str, str]:
    """The form with what was read now wherever the consultant has not said otherwise."""
    told = sent(form)
    corrected = {name for name in TASK if told[name] != form.get(f"{_BEFORE}{name}", "")}
    if corrected & set(ACTIVITIES):
        corrected |= set(ACTIVITIES)
    return {**told, **{name: reading.get(name, "") for name in TASK if name not in corrected}}


def read_unseen(form: Mapping[str, str], reading: Values) -> bool:
    """Whether the words say something else than what the consultant was last shown of them."""
    return any(form.get(f"{_BEFORE}{name}", "") != reading.get(name, "") for name in TASK)


def values_of(reading: TaskReading, speech: Speech) -> dict[str, str]:
    """What a reading puts into the form; what is only usual or implied puts nothing there."""
    found = {**values_of_task(reading.to_task(), speech), "title": _title(reading)}
    return {**found, "places": str(reading.places.value) if reading.places else ""}


def read_whole(
    told: Values, reading: TaskReading, municipality: str, translate: Translate
) -> tuple[JobOrderCreate, EmployerRecord | None]:
    """The job order, and the employer written down with it; raises `Unacceptable` with all that is wrong."""
    wrong: list[Wrong] = []
    order = new = None
    try:
        order = read(told, reading, translate)
    except Unacceptable as found:
        wrong += found.wrong
    try:
        new = new_employer(told, order.employer_id if order else "", municipality, translate)
    except Unacceptable as found:
        wrong += found.wrong
    if order is None or wrong:
        raise Unacceptable(tuple(wrong))
    return order, new


def read(told: Values, reading: TaskReading, translate: Translate) -> JobOrderCreate:
    """The job order that the form describes; raises `Unacceptable`.

    The schema that the API reads decides. An employer who is new has an id from now on.
    """
    form = Told(told, translate)
    form.wrong += nobody_asks(told, translate)
    received = form.parsed("received_on", day_back)
    shares = {str(code): found.share for code, found in reading.activities.items()}
    body = {
        **task_body(form, shares),
        "employer_id": told["employer_id"] or new_id(),
        "received_on": iso(received),
        "state": "open",
        "channel": told["channel"] or None,
        "origin": told["origin"] or None,
    }
    order = form.checked(JobOrderCreate, body, lambda one: wrong_in(one, translate), JobOrderCreate.to_task)
    if order is None or form.wrong:
        raise Unacceptable(tuple(form.wrong))
    return order


def nobody_asks(told: Values, translate: Translate) -> tuple[Wrong, ...]:
    """What is wrong when no employer is chosen and none is written down; else nothing."""
    if told["employer_id"] or told["new.name"]:
        return ()
    return (Wrong("find", translate(N_("Choose who asks, or write down a new employer."))),)


def new_employer(
    told: Values, employer_id: str, municipality: str, translate: Translate
) -> EmployerRecord | None:
    """The employer who is written down here; None when one was chosen. Raises `Unacceptable`."""
    if told["employer_id"] or not told["new.name"]:
        return None

    def at(refused: Refused) -> Wrong:
        wrong = wrong_in(refused, translate)
        return Wrong(f"new.{wrong.name}", wrong.said)

    said = {name: told[f"new.{name}"] for name in NEW_EMPLOYER}
    place = {name: said.pop(name) for name in ("street", "house_number", "postcode", "town")}
    form = Told(told, translate)
    # read first: a number that is none must not keep the schema from telling of the other fields
    body = {**said, "cvr": form.parsed("new.cvr", codes.cvr) or "", "place": place}
    found = form.checked(EmployerCreate, body, at)
    record = found.to_record(employer_id, municipality) if found else None
    form.wrong += map(at, refusals(record) if record else ())
    if record is None:
        # what a schema refuses elsewhere must not keep a person's number from being told of
        for name in ("name", "contact_person"):
            form.parsed(f"new.{name}", values.impersonal)
    if form.wrong:
        raise Unacceptable(tuple(form.wrong))
    return record


def field_of(words: str) -> str:
    """The field of a new employer that words are for by which one was looked for: name, CVR or telephone."""
    digits = words.replace(" ", "")
    if cvr_number.is_valid(digits):
        return "new.cvr"
    try:
        require_telephone("phone", words)
    except Refused:
        return "new.name"
    return "new.phone"


def _title(reading: TaskReading) -> str:
    """What the work is, in its own words: the sentence that tells of it, without who calls and how one asks.

    Pay at its end is left out: it has a field of its own and may change. What is long is cut before the days,
    else where a part of it ends, else between words.
    """
    told = [piece.start for found in reading.activities.values() for piece in found.evidence]
    begin = _after_greetings(reading.text, told)
    start, end = _sentence(reading.text, begin, min((at for at in told if at >= begin), default=begin))
    end = _without_pay(reading, start, end)
    asked = list(_ASKING.finditer(reading.text, start, end))
    begin = asked[0].end() if asked else start
    first = _capital(reading.text[begin:end])
    if len(first) <= LONGEST_TITLE:
        return first
    before_days = _capital(reading.text[begin : _first_day(reading, begin, end)])
    if SHORTEST_TITLE <= len(before_days) <= LONGEST_TITLE:
        return before_days
    head = first[: LONGEST_TITLE + 1]
    comma, cut = head.rfind(", "), max(head.rfind(", "), head.rfind(" og "))
    if comma >= SHORTEST_TITLE and " " not in head[comma + 2 : cut]:
        cut = comma  # a single word after it is the beginning of something else
    return head[:cut] if cut >= SHORTEST_TITLE else head.rpartition(" ")[0] or head[:-1]


def _capital(words: str) -> str:
    told = words.strip().rstrip(". ")
    return told[:1].upper() + told[1:]


def _first_day(reading: TaskReading, begin: int, end: int) -> int:
    """Where the days begin that are named in a sentence, with what leads to them; its end without any."""
    named = reading.weekdays.evidence if reading.weekdays else ()
    first = min((piece.start for piece in named if begin < piece.start < end), default=end)
    leads = _TO_A_DAY.search(reading.text, begin, first)
    return leads.start() if leads else first


def _without_pay(reading: TaskReading, start: int, end: int) -> int:
    """Where a sentence ends without the last part of it, when that tells of the pay and of no work."""
    if not reading.pay_dkk_per_hour:
        return end
    paid = reading.pay_dkk_per_hour.evidence[0]
    comma = reading.text.rfind(", ", start, paid.start)
    work = [piece.start for found in reading.activities.values() for piece in found.evidence]
    is_last = paid.end <= end and not reading.text[paid.end : end].strip(". ")
    return comma if comma > 0 and is_last and not any(comma < at < end for at in work) else end


def _after_greetings(text: str, told: Sequence[int]) -> int:
    """Where the employer comes to the task; the name of a bakery tells of no baking."""
    begin = len(text) - len(text.lstrip())
    while found := _GREETING.match(text, begin):
        goes_on = any(at >= found.end() for at in told) if told else found.end() < len(text.rstrip())
        if not goes_on:
            break
        begin = found.end()
    return begin


def _sentence(text: str, begin: int, at: int) -> tuple[int, int]:
    """Where the sentence begins and ends in which a place of the text stands."""
    ends = list(_SENTENCE_ENDS.finditer(text, begin))
    start = max((end.end() for end in ends if end.end() <= at), default=begin)
    return start, min((end.start() for end in ends if end.start() >= at), default=len(text))
