import re
from collections import Counter
from importlib.resources import files

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from api.domain.caller import Role
from api.domain.contacts import ContactAbout, ContactKind, ContactReply
from api.domain.due import DueKind
from api.domain.imports import ImportKind
from api.domain.moves import ORDER_MOVES, PROPOSAL_MOVES, NotFromHere, ProposalState, ReturnCause
from api.domain.practice import CandidateOrder
from api.domain.proposals import DeclineReason, Side, StartedFrom
from api.domain.records import ContactBasis, IntakeChannel, Means, OrderState, Origin, Through
from api.exchange.kinds import FIELDS
from api.routes.language import label, translator
from matching.language import Language
from matching.vocabulary import AnchorKind

API = files("api")
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]


def messages_in_the_code() -> set[str]:
    options = {"**/templates/**.html": {"extensions": "jinja2.ext.i18n"}}
    keywords = {"N_": None, "_": None, "gettext": None, "ngettext": (1, 2)}
    found = extract_from_dir(str(API), METHODS, options, keywords)
    return {message for _, _, message, _, _ in found}


def _texts(said: str | tuple[str, ...]) -> tuple[str, ...]:
    """A message, or both its singular and its plural."""
    return (said,) if isinstance(said, str) else tuple(said)


def catalogue(domain: str, language: str, kind: str):
    folder = API / "translations" / language / "LC_MESSAGES"
    with (folder / f"{domain}.{kind}").open("rb") as file:
        return read_po(file) if kind == "po" else read_mo(file)


def test_every_message_is_said_in_danish():
    danish = catalogue("messages", "da", "po")
    said = {message.id for message in danish if all(_texts(message.string))}
    assert messages_in_the_code() - said == set()


def test_a_message_stands_once_and_has_one_translation():
    """What a merge by union leaves behind is taken silently: the last of two translations wins."""
    for path in files("api").joinpath("translations/da/LC_MESSAGES").iterdir():
        if path.suffix != ".po":
            continue
        said = re.findall(
            r'^(?:msgctxt ".*"\n)?msgid .*(?:\n".*)*', path.read_text("utf-8"), flags=re.MULTILINE
        )
        assert [one for one, times in Counter(said).items() if times > 1] == []
        assert re.findall(r'^msgstr .*\nmsgstr ".*', path.read_text("utf-8"), flags=re.MULTILINE) == []


def test_a_translation_keeps_every_fact_of_its_message():
    for message in catalogue("messages", "da", "po"):
        if message.id and message.string:
            assert not list(message.check()), message.id
            facts = {
                frozenset(_facts(text)) for said in (message.id, message.string) for text in _texts(said)
            }
            assert len(facts) == 1


def _facts(text: str) -> list[str]:
    braces = [part.split("}")[0].split("!")[0] for part in text.split("{")[1:]]
    return braces + re.findall(r"%\((\w+)\)", text)


@pytest.mark.parametrize(("domain", "language"), [("messages", "da"), ("labels", "da"), ("labels", "en")])
def test_the_compiled_catalogue_is_that_of_its_source(domain, language):
    source = {
        (m.context, _texts(m.id)): _texts(m.string)
        for m in catalogue(domain, language, "po")
        if m.id and m.string
    }
    compiled = {
        (_text(m.context), _texts(m.id)): _texts(m.string) for m in catalogue(domain, language, "mo") if m.id
    }
    assert compiled == source


def _text(context: bytes | str | None) -> str | None:
    return context.decode() if isinstance(context, bytes) else context


def test_every_role_has_a_label_in_both_languages():
    for language in Language:
        labelled = {m.id for m in catalogue("labels", language, "po") if m.context == "role" and m.string}
        assert labelled == set(Role)
    assert label(Language.DANISH, "role", Role.COORDINATOR) == "tovholder"


LABELLED = {
    "candidate_order": CandidateOrder,
    "centre_kind": AnchorKind,
    "channel": IntakeChannel,
    "contact_about": ContactAbout,
    "contact_basis": ContactBasis,
    "contact_kind": ContactKind,
    "contact_reply": ContactReply,
    "decline_reason": DeclineReason,
    "field": {field.name for fields in FIELDS.values() for field in fields if "." not in field.name},
    "import_kind": ImportKind,
    "due_kind": DueKind,
    "means": Means,
    "order_state": OrderState,
    "origin": Origin,
    "proposal_state": ProposalState,
    "return_cause": ReturnCause,
    "side": Side,
    "started_from": StartedFrom,
    "through": Through,
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("context", LABELLED)
def test_every_code_of_the_desk_has_a_label_in_both_languages(language, context):
    labelled = {m.id for m in catalogue("labels", language, "po") if m.context == context and m.string}
    assert labelled == set(LABELLED[context])


def test_a_move_that_cannot_be_is_told_in_danish_words_as_people_call_the_states():
    for table, context in ((ORDER_MOVES, "order_state"), (PROPOSAL_MOVES, "proposal_state")):
        for before, possible in table.items():
            for after in set(table) - possible:
                said = NotFromHere(before, after, frozenset(possible)).said(translator(Language.DANISH))
                assert all(label(Language.DANISH, context, state) in said for state in (before, after))
                assert not set(re.findall(r"[a-z_]+", said)) & {str(state) for state in table}
                for state in possible:
                    assert label(Language.DANISH, context, state) in said


def test_no_refusal_shows_a_state_as_a_code():
    # a fact that is formatted as it is stored would be shown as a code: states go through `state_word`
    found = {message for message in messages_in_the_code() if "!s}" in str(message)}
    allowed = {
        "It is {before!s} and cannot become {after!s}.",
        "The job order is {state!s}: nobody waits to hear whether it is wanted.",
    }
    assert found == allowed
