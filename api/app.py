"""`create_app(settings)`: the one place that wires store, routes and pages together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from threading import Thread

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from api.casework import readings
from api.casework.addresses import Addresses
from api.casework.catalogues import Catalogues
from api.casework.code_version import code_version
from api.config import Settings
from api.pages import (
    accesses,
    account,
    assignments,
    cafe,
    call_answers,
    call_draft,
    call_sheet,
    colleagues,
    contact_chain,
    documentation,
    employer_basis,
    employer_changes,
    failed_work,
    failures,
    handing_over,
    import_back,
    import_steps,
    import_words,
    intake,
    job_order_answers,
    job_order_facts,
    job_order_moves,
    kept_cafe,
    new_citizen,
    practice,
    preferences,
    recording,
    relocating,
    search,
    shortlist,
    sign_in,
    stored,
    today,
    week,
)
from api.pages import centres as centres_page
from api.pages import citizen as citizen_page
from api.pages import citizens as citizens_page
from api.pages import employer as employer_page
from api.pages import employers as employers_page
from api.pages import first_calls as first_calls_page
from api.pages import imports as imports_page
from api.pages import job_order as job_order_page
from api.pages import job_orders as job_orders_page
from api.pages.assets import Assets
from api.routes import (
    centres,
    citizens,
    contacts,
    due,
    employers,
    first_calls,
    health,
    imports,
    job_orders,
    lists,
    practices,
    proposals,
    read_task,
    users,
)
from api.routes.background import Background
from api.routes.description import describe
from api.routes.protection import HeadAsGet, Protection, SameOrigin
from api.routes.turns import new_turns
from api.store import Store, open_store

ROUTERS = (
    health.router,
    citizens.router,
    centres.router,
    employers.router,
    imports.router,
    imports.files,
    contacts.router,
    job_orders.router,
    proposals.router,
    lists.router,
    first_calls.router,
    due.router,
    practices.router,
    users.router,
    read_task.router,
)
PAGES = (
    sign_in.router,
    account.router,
    preferences.router,
    today.router,
    week.router,
    search.router,
    citizens_page.router,
    # ahead of the citizens by their ids, of which "new" is none
    new_citizen.router,
    citizen_page.router,
    assignments.router,
    shortlist.router,
    call_sheet.router,
    call_answers.router,
    recording.router,
    contact_chain.router,
    stored.router,
    cafe.router,
    kept_cafe.router,
    intake.router,
    call_draft.router,
    job_orders_page.router,
    job_order_page.router,
    job_order_answers.router,
    job_order_facts.router,
    job_order_moves.router,
    centres_page.router,
    relocating.router,
    employers_page.router,
    employer_page.router,
    employer_changes.router,
    employer_basis.router,
    first_calls_page.router,
    practice.router,
    colleagues.router,
    handing_over.router,
    accesses.router,
    failed_work.router,
    imports_page.router,
    imports_page.files,
    import_words.router,
    import_steps.router,
    import_back.router,
    documentation.router,
)
DESCRIPTION = """Ranks small paid tasks near the drop-in centre for holders of a Danish *socialt frikort*, and
explains every place.

Send `Authorization: Bearer TOKEN`. Every refusal is a problem document (RFC 9457), in Danish or, with
`Accept-Language: en`, in English. Every POST that keeps something takes an `Idempotency-Key`; changes are
merge patches (RFC 7396) and need the `ETag` of what they change in `If-Match`. What adds to a record need not
send it, and is held to it when it does. Fields and parameters that are not known are refused, with the
nearest known name. Every look at a citizen is written down before it is
answered."""


def create_app(settings: Settings, store: Store | None = None) -> FastAPI:
    """The service over the store of `settings`; a given `store` is used instead, and left open at the end.

    The database is opened when the service starts; `Unopened` then says why it cannot be.
    """
    app = FastAPI(
        title="frikortmatch",
        version=code_version(),
        description=DESCRIPTION,
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=partial(_opening, settings) if store is None else _lent,
    )
    _share(app, settings)
    if store is not None:
        app.state.store = store
    app.add_middleware(HeadAsGet)
    app.add_middleware(SameOrigin, present=failures.present)
    app.add_middleware(Protection, present=failures.present)
    failures.install(app)
    for router in (*ROUTERS, *PAGES):
        app.include_router(router)
    describe(app)
    app.mount("/static", Assets(), name="static")
    return app


@asynccontextmanager
async def _opening(settings: Settings, app: FastAPI) -> AsyncIterator[None]:
    """Opens the store when the service starts, and closes it at its end."""
    with await run_in_threadpool(open_store, settings) as opened:
        app.state.store = opened
        # each process holds catalogues of its own, and whoever asks first should not wait for them
        app.state.background.do(partial(app.state.catalogues.read_ahead, opened), patience=0)
        # likewise what reads a call; whoever ends the service does not wait for it
        Thread(target=readings.made_ready, name="reading", daemon=True).start()
        yield
        await run_in_threadpool(app.state.background.close)


@asynccontextmanager
async def _lent(app: FastAPI) -> AsyncIterator[None]:
    """Leaves a store that was given as it is."""
    yield
    await run_in_threadpool(app.state.background.close)


def _share(app: FastAPI, settings: Settings) -> None:
    """What all requests of a process have in common."""
    app.state.settings = settings
    app.state.catalogues = Catalogues()
    app.state.addresses = Addresses.of(settings)
    app.state.turns = new_turns()
    app.state.background = Background()
