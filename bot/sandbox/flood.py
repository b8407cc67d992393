"""Telegram's sending limits: what is refused with 429, and for how long.

Overall 30 messages in any second; in a private chat one a second after a small burst; in a group 20 in any
minute. Who is told to wait and does not is told again.
"""

import math
from collections import deque
from collections.abc import Callable

from bot.sandbox.errors import too_many_requests

OVERALL = (30, 1.0)
PRIVATE_BURST = 5
GROUP = (20, 60.0)


class _Window:
    """At most `most` in any `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._taken: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed."""
        while self._taken and now - self._taken[0] >= self._seconds:
            self._taken.popleft()
        return self._taken[0] + self._seconds - now if len(self._taken) >= self._most else 0.0

    def take(self, now: float) -> None:
        """Count one."""
        self._taken.append(now)


class _Bucket:
    """`burst` at once, then one a second."""

    def __init__(self, burst: int) -> None:
        self._burst = self._left = float(burst)
        self._at = 0.0

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed."""
        self._left = min(self._burst, self._left + now - self._at)
        self._at = now
        return max(0.0, 1.0 - self._left)

    def take(self, now: float) -> None:  # noqa: ARG002 - has the shape of a window's
        """Count one."""
        self._left -= 1.0


class Flood:
    """Counts what the bot sends. `on` switches the limits; `refused` counts the 429s."""

    def __init__(self, ticks: Callable[[], float]) -> None:
        self.on = False
        self.refused = 0
        self._ticks = ticks
        self._overall = _Window(*OVERALL)
        self._chats: dict[int, _Window | _Bucket] = {}
        self._waiting: dict[int, float] = {}

    def check(self, chat_id: int, many: int = 1) -> None:
        """Count a message to this chat, or the `many` of an album, or refuse it with 429."""
        if not self.on:
            return
        now = self._ticks()
        limit = self._chats.get(chat_id)
        if limit is None:
            limit = self._chats[chat_id] = _Window(*GROUP) if chat_id < 0 else _Bucket(PRIVATE_BURST)
        told = max(self._waiting.get(chat_id, 0.0), self._waiting.get(0, 0.0)) - now
        chat_wait, overall_wait = limit.wait(now), self._overall.wait(now)
        wait = max(told, chat_wait, overall_wait)
        if wait > 0:
            self._refuse(chat_id if chat_wait else 0, now, wait, again=told > 0)
        for _ in range(many):
            limit.take(now)
            self._overall.take(now)

    def _refuse(self, scope: int, now: float, wait: float, *, again: bool) -> None:
        seconds = max(1, math.ceil(wait))
        if not again:
            self._waiting[scope] = now + seconds
        self.refused += 1
        raise too_many_requests(seconds)
