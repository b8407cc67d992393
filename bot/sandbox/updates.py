"""The queue of updates and its one reader: getUpdates with offsets and long polling."""

import asyncio
from collections import deque
from typing import Any

from bot.sandbox.errors import conflict

Raw = dict[str, Any]

FIRST_ID = 100_000_001
MOST_AT_ONCE = 100
FUTURE_IDS = 10
LONGEST_POLL = 50
BY_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """Updates in order until they are confirmed by a higher offset."""

    def __init__(self) -> None:
        self._pending: deque[Raw] = deque()
        self.taken = asyncio.Event()
        """Set while nothing waits to be confirmed."""
        self.taken.set()
        self._next_id = FIRST_ID
        self._allowed: frozenset[str] | None = None
        self._reader: asyncio.Future[None] | None = None
        self.webhook_url = ""

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def allowed(self) -> list[str]:
        """The kinds asked for; empty for the usual ones."""
        return sorted(self._allowed or ())

    def push(self, kind: str, content: Raw) -> int:
        """Queue an update of this kind; one that was not asked for is dropped (its id is 0)."""
        if kind not in self._allowed if self._allowed else kind in BY_REQUEST_ONLY:
            return 0
        return self.push_raw({kind: content})

    def push_raw(self, update: Raw) -> int:
        """Queue an update as it is under the next id, or under its own `update_id` if that is not used up."""
        id_ = max(self._next_id, int(update.get("update_id", 0)))
        self._next_id = id_ + 1
        self._pending.append({**update, "update_id": id_})
        self.taken.clear()
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)
        return id_

    def allow(self, kinds: list[str]) -> None:
        """Give only these kinds from now on; an empty list stands for the usual ones."""
        self._allowed = frozenset(kinds) or None

    def confirm(self, offset: int) -> None:
        """Forget what stands before the offset; a negative one keeps only that many from the end."""
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        elif offset <= self._next_id + FUTURE_IDS:
            while self._pending and self._pending[0]["update_id"] < offset:
                self._pending.popleft()
        if not self._pending:
            self.taken.set()

    def clear(self) -> None:
        """Forget everything."""
        self._pending.clear()
        self.taken.set()

    def first(self, limit: int) -> list[Raw]:
        """The oldest ones, unconfirmed."""
        if limit >= len(self._pending):
            return list(self._pending)
        return [self._pending[n] for n in range(limit)]

    def interrupt(self, reason: str) -> None:
        """End the long poll that is under way with a 409."""
        if self._reader is not None and not self._reader.done():
            self._reader.set_exception(conflict(reason))

    async def get(self, offset: int, limit: int, seconds: float) -> list[Raw]:
        """The updates from the offset on, after at most that many seconds of waiting for one."""
        if self.webhook_url:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self.confirm(offset)
        if not self._pending and seconds > 0:
            await self._wait(min(seconds, LONGEST_POLL))
        return self.first(min(max(limit, 1), MOST_AT_ONCE))

    async def next(self) -> Raw:
        """The oldest update, unconfirmed, as soon as there is one."""
        while not self._pending:
            await self._wait(LONGEST_POLL)
        return self._pending[0]

    async def _wait(self, seconds: float) -> None:
        self.interrupt(
            "terminated by other getUpdates request; make sure that only one bot instance is running"
        )
        reader = self._reader = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await reader
        except TimeoutError:
            pass
        finally:
            if self._reader is reader:
                self._reader = None
