"""Delivery: takes rows of the outbox to Telegram, then marks them.

Order within a chat is kept; between chats people's answers go before broadcasts. A row is marked only
after Telegram took it, so a kill in between can send at most the few then in flight a second time, and
loses none.
"""

import asyncio
import heapq
import logging
import time
from collections import Counter, deque
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.albums import Parts, album
from bot.beside import Beside
from bot.digests import Digests
from bot.fallback import AppriseChannels, Channels, Fallback
from bot.marks import Mark, write
from bot.pace import Pace, Pacer
from bot.wire import Gone, Sent, seconds_of, transmit
from notices.notice import State, Urgency
from storage.database_unavailable import DatabaseUnavailable
from storage.office import Office
from storage.outbox import Kind, OutboxRow
from storage.queries import sent
from storage.queries.roster import follow_migration

log = logging.getLogger(__name__)

IN_FLIGHT = 16
"""Sends under way at once, the mark included: so many may be sent a second time after a kill."""
_FIRST_BACKOFF, _LONGEST_BACKOFF = 1.0, 60.0
"""Seconds a chat is left alone after an error; when the network is back nobody waits for longer."""
_MOST_FAULTS = 4
_CALLS = 10
"""Calls to Telegram at once; at 300 ms each that is the pace."""
_GATHER_SECONDS = 0.03
"""How long marks are gathered while more is being sent."""
_MARK_AGAIN_SECONDS = 1.0
_PAGE = 500


class Delivery:
    """The one that sends; rows come right after their commit (`hand_over`) or from the table (`collect`)."""

    def __init__(self, office: Office, bot: Bot, pace: Pace, channels: Channels | None = None) -> None:
        self.office = office
        self.bot = bot
        self.counted = Counter[str]()  # since the start, by the words of bot/health.py
        # Kinds that keep no order in a chat, and wait for other servers or for long downloads.
        self._beside: dict[Kind, Beside] = {
            Kind.FALLBACK: Fallback(office, channels or AppriseChannels({}), self._settle),
            Kind.DIGEST: Digests(office, bot, self._settle),
        }
        self._pacer = Pacer(pace, time.monotonic)
        self._queues: dict[int, deque[OutboxRow]] = {}
        self._ready: list[tuple[Urgency, int, int]] = []  # heap: urgency, first row, chat
        self._later: list[tuple[float, int]] = []  # heap: moment, chat
        self._known: set[int] = set()
        self._busy: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.gather_seconds = _GATHER_SECONDS
        self._marks: list[Mark] = []
        self._message_ids: dict[int, int] = {}
        # What of an album has gone out file by file, so that another try sends only the rest.
        self._parts: dict[int, Parts] = {}
        self._backoff: dict[int, float] = {}
        self._faults: dict[int, int] = {}
        self._wake = asyncio.Event()
        self._marked = asyncio.Event()
        self._full = asyncio.Event()
        # Held while rows are marked or read, so that none is read as waiting and queued after it was marked.
        self._table = asyncio.Lock()
        self._idle = asyncio.Event()
        self._idle.set()
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self._lines = asyncio.Semaphore(_CALLS)
        self._under_way: set[int] = set()
        office.hand_over = self.hand_over

    # ------------------------------------------------------------ in

    def hand_over(self, rows: Sequence[OutboxRow]) -> None:
        """Queue rows that were just committed."""
        for row in rows:
            self._enqueue(row)
        self._wake.set()

    async def collect(self) -> int:
        """Queue what waits in the table and is not queued yet, from before a start or by another process."""
        count, after = 0, 0
        while True:
            async with self._table:
                async with self.office.database.session() as session:
                    page = await sent.waiting(session, after, _PAGE)
                new = [one for one in page if one.id not in self._known]
                for one in new:
                    self._enqueue(one)
            count += len(new)
            if len(page) < _PAGE:
                self._wake.set()
                return count
            after = page[-1].id

    async def fetch(self, ids: Collection[int]) -> None:
        """Queue these rows of the table, behind what another process has written before for their chats."""
        async with self._table, self.office.database.session() as session:
            self.hand_over(await sent.waiting_with_older(session, ids))

    def _enqueue(self, row: OutboxRow) -> None:
        if row.id in self._known:
            return
        self._known.add(row.id)
        self._idle.clear()
        if beside := self._beside.get(row.kind):
            beside.take(row)
            return
        # Toasts belong to no chat and an unbound person has none: each is a queue of its own,
        # far outside Telegram's ids, which stay under 2**52.
        key = row.chat_id if row.chat_id is not None else 2**60 + row.id
        queue = self._queues.get(key)
        if queue is None:
            self._queues[key] = queue = deque()
        queue.append(row)
        if len(queue) == 1 and key not in self._busy:
            heapq.heappush(self._ready, (row.urgency, row.id, key))

    # ------------------------------------------------------------ out

    async def run(self) -> None:
        """Send for ever."""
        marker = asyncio.create_task(self._mark_for_ever())
        try:
            while True:
                chat = self._next()
                if chat is None:
                    await self._rest()
                    continue
                if self._slots.locked():
                    self._full.set()
                await self._slots.acquire()
                row, overtaken = self._take(chat)
                self._under_way.add(row.id)
                task = asyncio.create_task(self._deliver(chat, row, overtaken))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
        finally:
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await asyncio.gather(*(beside.stop() for beside in self._beside.values()))
            marker.cancel()
            await asyncio.gather(marker, return_exceptions=True)
            await self._mark()

    @property
    def is_idle(self) -> bool:
        """Whether nothing queued is still unsent or unmarked."""
        return not self._known

    async def idle(self) -> None:
        """Wait until everything queued has been sent, or given up, and marked."""
        await self._idle.wait()

    def _next(self) -> int | None:
        """The chat to send to now, if its own pace and the pace over all allow one."""
        now = time.monotonic()
        while self._later and self._later[0][0] <= now:
            _, chat = heapq.heappop(self._later)
            queue = self._queues.get(chat)
            if queue and chat not in self._busy:
                heapq.heappush(self._ready, (queue[0].urgency, queue[0].id, chat))
        while self._ready:
            _, id, chat = self._ready[0]
            queue = self._queues.get(chat)
            if not queue or chat in self._busy or queue[0].id != id:
                heapq.heappop(self._ready)
                continue
            ready_at = self._pacer.ready_at(chat)
            if ready_at > time.monotonic():  # not `now`: the pacer has read the clock since
                heapq.heappop(self._ready)
                heapq.heappush(self._later, (ready_at, chat))
                continue
            if queue[0].kind is Kind.TOAST or queue[0].chat_id is None:
                heapq.heappop(self._ready)
                return chat
            if self._pacer.slot > now:
                return None
            heapq.heappop(self._ready)
            self._pacer.took(chat, queue[0].messages)
            return chat
        return None

    async def _rest(self) -> None:
        """Sleep until the pace allows the next one or something new comes."""
        moments = [self._later[0][0]] if self._later else []
        if self._ready:
            moments.append(self._pacer.slot)
        self._wake.clear()
        # Not wait_for: in Python 3.11 it swallows a cancellation that comes together with the event.
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, min(moments) - time.monotonic()) if moments else None):
                await self._wake.wait()

    def _take(self, chat: int) -> tuple[OutboxRow, list[OutboxRow]]:
        """The chat's next row, and those that it overtakes: a card is shown as its latest edit wants it."""
        queue = self._queues[chat]
        first = queue.popleft()
        self._busy.add(chat)
        if first.kind not in (Kind.MESSAGE, Kind.EDIT) or not queue:
            return first, []
        card = first.id if first.kind is Kind.MESSAGE else first.target_id
        edits = [later for later in queue if later.kind is Kind.EDIT and later.target_id == card]
        if not edits or (first.receipt and "below" in edits[-1].payload):  # what is to be proof goes as it is
            return first, []
        for later in edits:
            queue.remove(later)
        latest = edits[-1].payload
        shown: dict[str, Any] = {key: latest[key] for key in ("text", "keyboard", "below") if key in latest}
        return replace(first, payload={**first.payload, **shown}), edits

    async def _deliver(self, chat: int, row: OutboxRow, overtaken: list[OutboxRow]) -> None:
        again: OutboxRow | None = row
        try:
            again = await self._try(chat, row)
        except DatabaseUnavailable:
            self._back_off(chat)
        except Exception:
            # A fault of ours: tried a few times like one of the network, and not held against the rest.
            self._faults[row.id] = self._faults.get(row.id, 0) + 1
            if self._faults[row.id] < _MOST_FAULTS:
                log.exception("outbox row %s broke the delivery and is tried again", row.id)
                self._back_off(chat)
            else:
                log.exception("outbox row %s broke the delivery and is given up", row.id)
                self._settle(row, State.FAILED, error="internal error")
                again = None
        finally:
            if again is not None:
                self._put_back(chat, again, overtaken)
                self._free(row.id)
            else:
                self._pacer.release(chat)
                self._backoff.pop(chat, None)
                for later in overtaken:
                    self._settle(later, State.DROPPED)
            self._busy.discard(chat)
            queue = self._queues.get(chat)
            if queue:
                heapq.heappush(self._ready, (queue[0].urgency, queue[0].id, chat))
            else:
                self._queues.pop(chat, None)
            self._wake.set()

    def _free(self, row: int) -> None:
        if row in self._under_way:
            self._under_way.remove(row)
            self._slots.release()

    def _put_back(self, chat: int, row: OutboxRow, overtaken: list[OutboxRow]) -> None:
        queue = self._queues.setdefault(row.chat_id if row.chat_id is not None else chat, deque())
        queue.extendleft(reversed([row, *overtaken]))
        if row.chat_id is not None and row.chat_id != chat:  # the group moved: everything goes along
            moved = self._queues.pop(chat, deque())
            queue.extend(replace(one, chat_id=row.chat_id) for one in moved)
            heapq.heappush(self._ready, (queue[0].urgency, queue[0].id, row.chat_id))

    async def _try(self, chat: int, row: OutboxRow) -> OutboxRow | None:
        """Send once and settle the row; gives it back where it has to be tried again."""
        try:
            done = await self._send(row)
        except RetryAfter as busy:
            self.counted["throttled"] += 1
            private = row.chat_id is not None and not row.is_group
            if private and self._pacer.ready_at(chat) <= time.monotonic():
                self._pacer.hold_all(seconds_of(busy))  # within its own pace, so it is the pace over all
            self._pacer.hold(chat, seconds_of(busy))
            return row
        except ChatMigrated as moved:
            await self._follow(chat, moved.new_chat_id)
            return replace(row, chat_id=moved.new_chat_id)
        except Forbidden as no:
            self._settle(row, State.FAILED, error=str(no))
        except Gone as gone:
            # Nothing to show any more (the tap is too old, the card was deleted): the matter itself stands.
            self._settle(row, State.DROPPED, error=str(gone))
        except BadRequest as bad:
            if "chat not found" not in str(bad).lower():
                log.error("Telegram refuses outbox row %s: %s", row.id, bad)  # noqa: TRY400 - one line says it
            self._settle(row, State.FAILED, error=str(bad))
        except TelegramError as error:
            log.info("outbox row %s waits: %s", row.id, error)
            self._back_off(chat)
            return row
        else:
            self._settle(row, State.SENT, error=done.lacking, sent=done)
        return None

    def _back_off(self, chat: int) -> None:
        pause = self._backoff.get(chat, _FIRST_BACKOFF)
        self._backoff[chat] = min(pause * 2, _LONGEST_BACKOFF)
        self._pacer.hold(chat, pause)

    async def _send(self, row: OutboxRow) -> Sent:
        if row.kind is not Kind.TOAST and row.chat_id is None:
            raise Forbidden("not bound to a Telegram account")
        if row.kind is Kind.MESSAGE and "below" in row.payload:
            raise Gone("a newer card follows")
        message_id = None
        if row.target_id is not None:
            message_id = await self._message_id(row)
        async with self._lines:
            if row.is_album:
                return await album(self.bot, row, self._parts.setdefault(row.id, {}))
            return await transmit(self.bot, row, message_id)

    async def _message_id(self, edit: OutboxRow) -> int:
        assert edit.target_id is not None  # noqa: S101 - looked at by the caller
        known = edit.edited or self._message_ids.get(edit.target_id)
        if known is None:
            async with self.office.database.session() as session:
                known = await sent.message_of(session, edit.target_id)
        if known is None:
            raise Gone("the card never arrived")
        return known

    async def _follow(self, old: int, new: int) -> None:
        """A group became a supergroup: its unit and all that waits for it go along."""
        async with self.office.work(f"migrate:{old}") as work:
            await follow_migration(work, old, new)

    # ------------------------------------------------------------ marking

    def _settle(
        self,
        row: OutboxRow,
        state: State,
        error: str | None = None,
        sent: Sent | None = None,
    ) -> None:
        """Note the row's fate; its slot is free again once that is written down."""
        self.counted[state] += 1
        if sent and sent.message_id:
            self._message_ids[row.id] = sent.message_id
        self._marks.append(
            Mark(
                row,
                state,
                self.office.now() if state is State.SENT else None,
                sent.message_id if sent and row.kind is Kind.MESSAGE else None,
                error[:300] if error else None,
                sent.message_ids if sent else None,
            )
        )
        self._marked.set()

    async def _mark_for_ever(self) -> None:
        last = 0.0
        while True:
            await self._marked.wait()
            if (early := last + self.gather_seconds - time.monotonic()) > 0 and not self._slots.locked():
                # Others have just been marked and more is being sent: one transaction for all.
                with suppress(TimeoutError):
                    async with asyncio.timeout(early):
                        await self._full.wait()
            self._full.clear()
            self._marked.clear()
            try:
                await self._mark()
            except DatabaseUnavailable:
                log.info("the outbox waits to be marked")
            except Exception:  # whatever it is, what was sent must be marked
                log.exception("the outbox could not be marked, again in a second")
            else:
                last = time.monotonic()
                continue
            await asyncio.sleep(_MARK_AGAIN_SECONDS)
            self._marked.set()

    async def _mark(self) -> None:
        """Write down, in one transaction, what became of the rows; pass on what reached nobody."""
        async with self._table:
            marks = list(self._marks)
            if marks:
                async with self.office.work(f"delivery:{marks[0].outbox_row.id}") as work:
                    await write(work, marks)
            del self._marks[: len(marks)]
            for mark in marks:
                self._known.discard(mark.outbox_row.id)
                self._message_ids.pop(mark.outbox_row.id, None)
                self._faults.pop(mark.outbox_row.id, None)
                self._parts.pop(mark.outbox_row.id, None)
                self._free(mark.outbox_row.id)
            if not self._known:
                self._idle.set()
