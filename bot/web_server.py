"""A web server within the bot: the webhook has one, and the pages for who watches the machine."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp


class _Server(uvicorn.Server):
    """uvicorn without its own signal handling: the bot stops as a whole."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to us."""
        yield


@asynccontextmanager
async def serving(app: ASGIApp, listen: str, port: int) -> AsyncIterator[asyncio.Task[None]]:
    """Serve the app for as long as the block lasts; the task ends only by an error, such as a port in use."""
    server = _Server(uvicorn.Config(app, host=listen, port=port, log_level="warning", lifespan="off"))
    task = asyncio.create_task(server.serve(), name=f"server on port {port}")
    try:
        yield task
    finally:
        server.should_exit = True
        await asyncio.gather(task, return_exceptions=True)
