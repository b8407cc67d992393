"""Three pages for who watches the machine, on their own port: does it live, can it serve, does it keep up.

`/healthz` answers 200 as long as the process can answer at all; one that cannot should be started anew.
`/readyz` answers 200 where the bot takes updates and can store them, else 503 with a line each why not; one
that stands by on PostgreSQL is not ready. `/metrics` is for Prometheus: numbers, never a person or a text.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.application import Working
from bot.connections import Health
from bot.web_server import serving
from storage.database_unavailable import DatabaseUnavailable
from storage.office import Office
from storage.queries.backlog import Backlog, backlog

PATIENCE_SECONDS: Final = 2.0
"""A database that has not answered by then is away, as far as readiness goes."""

_COUNTED: Final = {
    "received": "updates stored in the inbox",
    "handled": "updates handled, whatever came of them",
    "refused": "updates answered by a refusal of the rules",
    "parked": "updates given up after failing, kept for the engineer",
    "sent": "rows of the outbox that Telegram took",
    "failed": "rows of the outbox that Telegram will never take",
    "throttled": "calls that Telegram answered with 429",
}
_WAITING: Final = {
    "updates": "updates stored and not handled",
    "messages": "rows of the outbox not sent",
    "timers": "due moments that the clock has not dealt with",
}


class Pages:
    """What the pages tell of; nothing works while the bot stands by, or is still starting."""

    def __init__(self) -> None:
        self.working: Working | None = None

    def show(self, working: Working | None) -> None:
        """From now on tell of this."""
        self.working = working

    async def reasons(self) -> list[str]:
        """Why the bot cannot serve now, in Chinese; empty where it can."""
        working = self.working
        if working is None:
            return ["机器人正在启动，或是候补，另一台在值班。"]
        found = []
        if working.sending is not None and working.sending.done():
            found.append("发送已停止。")
        if await self._backlog(working.office) is None:
            found.append(f"数据库{PATIENCE_SECONDS:.0f}秒内没有应答。")
        if not working.office.in_contact():
            found.append("与 Telegram 没有联系，或停机期间积压的消息还没有收完。")
        return found

    async def metrics(self) -> bytes:
        """All numbers in Prometheus' text format; while the bot stands by only that it does."""
        working = self.working
        behind = await self._backlog(working.office) if working else None
        registry = CollectorRegistry()
        registry.register(_Numbers(working, behind))
        return generate_latest(registry)

    @staticmethod
    async def _backlog(office: Office) -> Backlog | None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS), office.database.session() as session:
                return await backlog(session, office.now())
        except (TimeoutError, DatabaseUnavailable, DBAPIError):
            return None


class _Numbers:
    """One moment's numbers, as prometheus_client collects them."""

    def __init__(self, working: Working | None, behind: Backlog | None) -> None:
        self._working = working
        self._behind = behind

    def collect(self) -> Iterator[Metric]:
        """Every metric with its value."""
        working = self._working
        on_duty = working is not None and working.sending is not None
        yield GaugeMetricFamily("banjie_on_duty", "1 sends and keeps the clock, 0 does not", float(on_duty))
        if working is None:
            return
        counted = sum(working.counted, Counter[str]())
        for name, meaning in _COUNTED.items():
            yield CounterMetricFamily(f"banjie_{name}", f"{meaning}, since the start", counted[name])
        in_contact = float(working.office.in_contact())
        yield GaugeMetricFamily(
            "banjie_in_contact", "1 while what people write can reach the bot", in_contact
        )
        yield GaugeMetricFamily("banjie_database_up", "1 while it answers", float(self._behind is not None))
        if self._behind is not None:
            yield from self._waiting(self._behind, working.office.now())

    @staticmethod
    def _waiting(behind: Backlog, now: datetime) -> Iterator[Metric]:
        for name, meaning in _WAITING.items():
            since = getattr(behind, f"{name}_since")
            seconds = (now - since).total_seconds() if since else 0.0
            yield GaugeMetricFamily(f"banjie_waiting_{name}", meaning, getattr(behind, name))
            yield GaugeMetricFamily(
                f"banjie_oldest_{name}_seconds", f"age of the oldest of: {meaning}", seconds
            )
        yield GaugeMetricFamily("banjie_parked_updates", "updates kept for the engineer", behind.parked)


def health_app(pages: Pages) -> Starlette:
    """The three pages."""

    async def live(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def ready(_request: Request) -> Response:
        reasons = await pages.reasons()
        said = "\n".join(reasons) or "ok"
        return PlainTextResponse(f"{said}\n", status_code=503 if reasons else 200)

    async def metrics(_request: Request) -> Response:
        return Response(await pages.metrics(), media_type=CONTENT_TYPE_LATEST)

    return Starlette(routes=[Route("/healthz", live), Route("/readyz", ready), Route("/metrics", metrics)])


@asynccontextmanager
async def health(section: Health) -> AsyncIterator[Pages]:
    """Serve the pages for as long as the block lasts, also while the bot stands by."""
    pages = Pages()
    async with serving(health_app(pages), section.listen, section.port):
        yield pages
