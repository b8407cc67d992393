"""How fast we may send: evenly, from our side, so that Telegram never has to say 429.

Telegram's limits (Bots FAQ, "My bot is hitting limits"): about 30 messages a second over all chats,
one a second in one chat with short bursts allowed, 20 a minute in one group.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """Sends per second over all chats, per private chat and per group; `burst` of them at once in a chat.

    `overall` 0 means without limit: for a Bot API server of one's own and for the local chat.
    """

    overall: float = 28.6
    chat: float = 1.0
    chat_burst: int = 3
    group: float = 17 / 60
    group_burst: int = 3

    @property
    def unlimited(self) -> bool:
        """Whether nothing is held back."""
        return self.overall <= 0


UNLIMITED = Pace(overall=0)


class Bucket:
    """Tokens of one chat: filled at `rate` a second up to `burst`; `ready_at` says when the next may go."""

    __slots__ = ("_burst", "_filled_at", "_rate", "_tokens")

    def __init__(self, rate: float, burst: int, at: float) -> None:
        self._rate = rate
        self._burst = burst
        self._tokens = float(burst)
        self._filled_at = at

    def ready_at(self, at: float) -> float:
        """The moment (seconds on the caller's clock) from which one may be sent."""
        self._fill(at)
        return at if self._tokens >= 1 else at + (1 - self._tokens) / self._rate

    def take(self, at: float, many: int = 1) -> None:
        """Use one token up, or as many as there are files in an album: the next wait is then longer."""
        self._fill(at)
        self._tokens -= many

    def full(self, at: float) -> bool:
        """Whether it has rested long enough to be forgotten."""
        self._fill(at)
        return self._tokens >= self._burst

    def _fill(self, at: float) -> None:
        self._tokens = min(self._burst, self._tokens + max(0.0, at - self._filled_at) * self._rate)
        self._filled_at = at


class Pacer:
    """Says when a chat may be sent to; holds no queue of its own. Times are seconds on `clock`."""

    def __init__(self, pace: Pace, clock: Callable[[], float]) -> None:
        self._pace = pace
        self._clock = clock
        self._buckets: dict[int, Bucket] = {}
        self._held: dict[int, float] = {}
        self._slot = clock()

    def ready_at(self, chat_id: int) -> float:
        """From when this chat's own pace, and a hold put on it, allow a message."""
        held = self._held.get(chat_id, 0.0)
        if self._pace.unlimited:
            return held
        bucket = self._buckets.get(chat_id)
        return max(held, bucket.ready_at(self._clock())) if bucket else held

    @property
    def slot(self) -> float:
        """From when the pace over all chats allows the next message."""
        return self._slot

    def took(self, chat_id: int, many: int = 1) -> None:
        """A message goes to this chat now, or `many` together."""
        if self._pace.unlimited:
            return
        at = self._clock()
        # Evenly: being woken a little late is made up for, a pause is not.
        gap = 1 / self._pace.overall
        self._slot = max(self._slot, at - gap) + gap * many
        bucket = self._buckets.get(chat_id)
        if bucket is None:
            rate, burst = (
                (self._pace.group, self._pace.group_burst)
                if chat_id < 0
                else (self._pace.chat, self._pace.chat_burst)
            )
            self._buckets[chat_id] = bucket = Bucket(rate, burst, at)
        bucket.take(at, many)
        if len(self._buckets) > 5000:
            self._buckets = {chat: one for chat, one in self._buckets.items() if not one.full(at)}

    def hold(self, chat_id: int, seconds: float) -> None:
        """Telegram said 429, or the network failed: leave the chat alone for so long."""
        self._held[chat_id] = self._clock() + seconds

    def hold_all(self, seconds: float) -> None:
        """Leave every chat alone for so long."""
        self._slot = max(self._slot, self._clock() + seconds)

    def release(self, chat_id: int) -> None:
        """A message went through."""
        self._held.pop(chat_id, None)
