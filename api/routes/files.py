"""Routes that take files: a body as large as the settings say, from somebody who is signed in.

A stranger is turned away before anything of the body is read, so that nobody fills the memory of the service
without a name.
"""

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from api.config import Settings
from api.routes.bodies import StrictRoute
from api.routes.guards import bearer_of, known, signed_in


class FileRoute(StrictRoute):
    """A route whose body holds a file."""

    async def most_bytes(self, request: Request) -> int:
        """`upload_bytes` of the settings; raises as `signed_in` does."""
        signed_in(await run_in_threadpool(known, request, await bearer_of(request), None))
        settings: Settings = request.app.state.settings
        return settings.upload_bytes
