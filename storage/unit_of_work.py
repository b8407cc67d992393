"""One unit of work: one transaction for what happened, what it changed, and what is to be told."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from markupsafe import Markup
from sqlalchemy import Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import set_committed_value

from notices.notice import Notice, Rows, State, Urgency
from rules.absence import Absences
from rules.refused import Refused
from rules.remarks.remark import Remark
from rules.roster import Official, Roster
from rules.working_days import Calendar
from storage import audit, copies, days, desk, held, inbox, quiet, statements
from storage.mapping.base import NAMES_MANY
from storage.outbox import Kind, OutboxRow, Target, address, row_of
from storage.remarks import with_remarks
from storage.superseded import older, told_once
from storage.tables import outbox
from storage.topics import Spoken, directed
from storage.trace import Trace
from storage.undo import Offer, keep

if TYPE_CHECKING:
    from storage.office import Office
    from storage.taps import Tap

T = TypeVar("T")
_NO_DETAIL: Mapping[str, Any] = {}
_NONE_KNOWN: Mapping[int, Target] = {}


class AlreadyDone(Exception):  # noqa: N818 - not an error: another process was quicker
    """The update was handled by someone else while we were at it; nothing of ours may stay."""


@dataclass
class _Gathering:
    """What is held back within `UnitOfWork.batched`."""

    entries: list[audit.Entry] = field(default_factory=list)
    pages: dict[str, tuple[Markup, Rows]] = field(default_factory=dict)
    timers: dict[str, dict[int, datetime]] = field(default_factory=dict)


class UnitOfWork:
    """An open transaction with what a use case needs: loading, audit, outbox, timers.

    Opened for every update by the receiver and for every timer by the clock; handlers never commit. If
    the block raises, nothing of it has happened. `cause` is unique for what set it off (an update, a
    timer): notices without a key of their own derive theirs from it.
    """

    def __init__(
        self, office: "Office", cause: str, update_id: int | None = None, acted_at: datetime | None = None
    ) -> None:
        self.office = office
        self.cause = cause
        self.update_id = update_id
        self._acted_at = acted_at
        self.now: datetime = office.now()
        self.session: AsyncSession
        self.actor: Official | None = None
        """Who wrote or tapped: whatever they are told of it now is an answer."""
        self.reminding = False
        """Whether the clock has set it off: it reminds each person in one message (matters/bundle.py)."""
        self._was_held: dict[int, bool] = {}
        self.waiting: list[OutboxRow] = []  # what goes out with the commit
        self.written: list[OutboxRow] = []  # whatever was put into the outbox so far, held or not
        self._sent = 0
        self._noted = False
        self.toasted = False
        self.redrawn: set[str] = set()  # cards that were edited: what somebody looks at may be another
        self.remarks: dict[str, list[Remark]] = {}  # on matters whose cards went out (storage/remarks.py)
        self.spoken_in: Spoken | None = None
        self.tapped: Tap | None = None  # what set it off
        self.sure = False  # the person was asked about it, and has said 是
        self.trace = Trace()
        self.offer: Offer | None = None
        self._gathering: _Gathering | None = None
        self._roster: Roster | None = None
        self._calendar: Calendar | None = None

    async def __aenter__(self) -> Self:
        self._transaction = self.office.database.session()
        self.session = await self._transaction.__aenter__()
        self.session.info[Trace] = self.trace
        self.now = self.office.now()  # waiting for the writer's turn takes time
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None and self._noted:
                await desk.touch(self)
            if error is None and self.redrawn:
                await told_once(self)
            if error is None:
                await keep(self, self.offer, self.written)
            if error is None and self.update_id is not None:
                await self.session.flush()
                if not await inbox.done(self.session, self.update_id, self.now):
                    raise AlreadyDone
        except BaseException as late:
            await self._transaction.__aexit__(type(late), late, late.__traceback__)
            raise
        await self._transaction.__aexit__(kind, error, trace)
        if error is None and self.waiting:
            self.office.hand_over(self.waiting)

    @property
    def acted_at(self) -> datetime:
        """When the person did what set this off: that is in time or late by it, not by when its turn came.

        `now` where nobody did. What waited at Telegram or here, or for its last button, is not late for that.
        """
        return self.now if self._acted_at is None else min(self._acted_at, self.now)

    def date_back(self, acted_at: datetime | None) -> None:
        """What is done now was said already then; later than known so far is ignored."""
        if acted_at is not None:
            self._acted_at = min(acted_at, self.acted_at)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part that may fail alone: what it did is then undone and not told, and the rest stands."""
        before, written = list(self.waiting), list(self.written)
        trace, offer = self.trace.copy(), self.offer
        try:
            async with self.session.begin_nested():
                yield
                await self.session.flush()
        except BaseException:
            self.waiting[:], self.written[:] = before, written
            self.trace_into(trace, offer)
            self.remarks.clear()
            self.forget_absences()
            raise

    def trace_into(self, trace: Trace, offer: Offer | None = None) -> None:
        """What is changed from now on, and the decision by which, are those of this trace."""
        self.trace, self.offer = trace, offer
        self.session.info[Trace] = trace

    @asynccontextmanager
    async def batched(self) -> AsyncIterator[None]:
        """For very many matters in one go: what the block notes, redraws and sets a timer for is written at
        its end, each kind in one statement. Cards must not be sent or retired in it, for they would overtake.
        """
        gathering = self._gathering = _Gathering()
        try:
            yield
        finally:
            self._gathering = None
        await self.session.flush()
        if gathering.entries:
            await audit.append(self.session, *gathering.entries)
        if gathering.pages:
            await copies.redraw(self, gathering.pages)
        for kind, due in sorted(gathering.timers.items()):
            await self._timers(kind, due)

    # ------------------------------------------------------------ loading

    async def official(self, telegram_id: int) -> Official | None:
        """The official bound to this Telegram account, if one in office is."""
        found: Official | None = await self.session.scalar(statements.OF_ACCOUNT, {"account": telegram_id})
        if self.update_id is not None and self.actor is None:
            self.actor = found
        return found

    async def find_all(self, wanted: Select[T]) -> Sequence[T]:
        """Everything that the statement selects, in its order."""
        return (await self.session.scalars(wanted)).all()

    async def roster(self) -> Roster:
        """Everybody in office; read once in a unit of work."""
        if self._roster is None:
            units = (await self.session.scalars(statements.UNITS)).all()
            people = (await self.session.scalars(statements.PEOPLE)).all()
            of_id = {unit.id: unit for unit in units}
            for one in (each for each in people if "unit" not in vars(each)):
                set_committed_value(one, "unit", of_id[vars(one)["unit_id"]])
            self._roster = Roster(units, people)
        return self._roster

    def forget_roster(self) -> None:
        """Read it anew next time: it was changed in this unit of work."""
        self._roster = None
        self.forget_absences()

    def forget_absences(self) -> None:
        """Read anew next time who is away and who stands in: another may have changed it meanwhile.

        What this unit of work writes of leaves and delegations is forgotten by itself.
        """
        self.session.info.pop(Absences, None)

    async def calendar(self) -> Calendar:
        """Working days with the administrator's own additions on top."""
        if self._calendar is None:
            self._calendar = await days.calendar(self.session, self.office)
        return self._calendar

    def forget_calendar(self) -> None:
        """Read it anew next time: its days, or the outages, were changed in this unit of work."""
        self._calendar = self.office.unheard = None

    async def lock(self, cls: type[T], id: int) -> T:
        """The thing of that id, its row locked until the end; refused if there is none."""
        if cls in NAMES_MANY:
            await self.roster()
        # Only its own row: the unit joined to an official stays free for others.
        found = await self.session.get(cls, id, with_for_update={"of": cls}, populate_existing=True)
        if not self.office.database.is_sqlite:
            self.forget_absences()  # whoever held the row may have changed them
        if found is None:
            raise Refused("这件事已不存在，请从“待办”或“我的”重新打开。")
        return found

    async def alone(self, what: str) -> None:
        """Until the end nobody else does the same: for a new thing that has no row yet to be locked.

        What another finished meanwhile is seen by what is read afterwards. SQLite has one writer anyhow.
        """
        if self.session.get_bind().dialect.name == "postgresql":
            # Of two numbers, so that it never meets the lock of the bot on duty, which is of one.
            await self.session.execute(select(func.pg_advisory_xact_lock(1, func.hashtext(what))))
            self.forget_absences()

    def add(self, thing: object) -> None:
        """Keep a new thing; `flush` gives it its id."""
        self.session.add(thing)

    async def flush(self) -> None:
        """Write what was added, so that it has ids."""
        await self.session.flush()

    # ------------------------------------------------------------ telling

    async def send(self, *notices: Notice) -> None:
        """Put the notices into the outbox, in this order."""
        await self.queue(await quiet.rows_to_send(self, await with_remarks(self, notices)))

    async def redraw(self, card: str, text: Markup, buttons: Rows = ()) -> None:
        """Edit every copy of the card, sent or still waiting, so that no live button lies.

        A copy that never arrived needs none, and who has left office sees no more of it than how it stood
        when they left. The edit names the row, not the message: within one chat the order is kept, so by the
        time the edit's turn comes the message has its id.
        """
        self.redrawn.add(card)
        if self._gathering is not None:
            self._gathering.pages[card] = (text, buttons)
        else:
            await copies.redraw(self, {card: (text, buttons)})

    async def holders(self, card: str) -> set[int]:
        """The ids of the officials who have the card, or to whom it is on its way."""
        return set(await self.session.scalars(statements.HOLDERS, {"of": card}))

    async def retire(self, card: str, text: Markup | None = None) -> None:
        """Its copies say this at last, without buttons; a card sent later under this name starts anew."""
        if text is not None:
            await self.redraw(card, text)
        await self.flush()
        for id in await self.session.scalars(statements.RETIRE, {"retired": card}):
            self.trace.retired[id] = card

    async def toast(self, query_id: str, text: str = "", *, alert: bool = False) -> None:
        """Answer a tap: a line at the top of the screen, or an alert to be closed; the last answer counts."""
        said = [row.id for row in self.waiting if row.kind is Kind.TOAST]
        if said:
            await self.session.execute(delete(outbox).where(outbox.c.id.in_(said)))
            self.waiting = [row for row in self.waiting if row.id not in said]
        self.toasted = True
        payload = {"query": query_id, "text": text[:200], "alert": alert}
        await self.queue([row_of(Kind.TOAST, once=self.next_key(), payload=payload, urgency=Urgency.ANSWER)])

    async def menu(self, official: Official, commands: Sequence[tuple[str, str]]) -> None:
        """Set the command menu the official sees: (command, description) pairs."""
        payload = {"commands": [list(command) for command in commands]}
        await self.queue([row_of(Kind.MENU, once=self.next_key(), payload=payload, **address(official))])

    async def remove(self, chat_id: int, message_id: int) -> None:
        """Take a message out of a private chat that a person wrote there; Telegram lets bots for two days."""
        await self._upon(Kind.REMOVAL, chat_id, message_id=message_id)

    async def react(self, chat_id: int, message_id: int, sign: str = "👌") -> None:
        """Put a sign on what a person wrote, where that asks for no answer."""
        await self._upon(Kind.REACTION, chat_id, message_id=message_id, sign=sign)

    async def _upon(self, kind: Kind, chat_id: int, **payload: int | str) -> None:
        values = {"payload": payload, "chat_id": chat_id, "urgency": Urgency.ANSWER}
        await self.queue([row_of(kind, once=self.next_key(), **values)])

    def next_key(self) -> str:
        """The key of the next row of the outbox that has none of its own."""
        self._sent += 1
        return f"{self.cause}:{self._sent}"

    async def queue(self, rows: list[dict[str, Any]], targets: Mapping[int, Target] = _NONE_KNOWN) -> None:
        """Put rows into the outbox as they are; delivery has them right after the commit.

        `targets` is what is known of those of edits, by their ids.
        """
        if not rows:
            return
        await self.session.flush()
        rows = await directed(self.session, rows, self.spoken_in)
        if self.reminding:
            await held.hold(self.session, rows, self._was_held)
        pointing, self.waiting = await older(self.session, rows, self.waiting)
        rows = [*pointing, *rows]
        written = [{**row, "created_at": self.now} for row in rows]
        ids = (await self.session.scalars(statements.QUEUE, written)).all()
        for id, row in zip(ids, rows, strict=True):
            one = OutboxRow.written(id, row, targets.get(row["target_id"]))
            self.written.append(one)
            if row["state"] is State.WAITING:
                self.waiting.append(one)

    async def give_way(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Older copies point down to these rows, which go out now though they were written before."""
        pointing, self.waiting = await older(self.session, rows, self.waiting)
        await self.queue(pointing)

    def hand_over(self, rows: Iterable[OutboxRow]) -> None:
        """Have delivery send rows that were held until now, after the commit."""
        self.waiting += rows

    # ------------------------------------------------------------ writing down, and later

    async def note(
        self,
        actor: Official | None,
        action: str,
        subject: str,
        *,
        article: int | None = None,
        acting_for: Official | None = None,
        detail: Mapping[str, Any] = _NO_DETAIL,
        undo: str = "",
    ) -> None:
        """Write the decision into the audit; no actor means 系统, and `subject` reads like leave:12.

        With what it is called (`undo`: 同意) its maker may take it back (matters/undo.py): all that this unit
        of work writes is then the decision's.
        """
        self._noted = True
        entry = audit.Entry(
            at=self.now,
            actor_id=actor.id if actor else None,
            actor=actor.titled if actor else audit.SYSTEM,
            acting_for=acting_for.titled if acting_for else None,
            action=action,
            subject=subject,
            article=article,
            update_id=self.update_id,
            detail=dict(detail),
        )
        if actor is not None:
            self.offer = Offer(actor, subject, undo, article, entry.acting_for).after(self.offer)
        if self._gathering is not None:
            self._gathering.entries.append(entry)
            return
        await self.session.flush()
        await audit.append(self.session, entry)

    async def timer(self, kind: str, subject_id: int, due_at: datetime | None) -> None:
        """Have the clock look at the subject at `due_at` (None: not at all); one of this kind is replaced."""
        if due_at is None:
            await self.drop_timers(kind, subject_id)
        elif self._gathering is not None:
            self._gathering.timers.setdefault(kind, {})[subject_id] = due_at
        else:
            await self._timers(kind, {subject_id: due_at})

    async def _timers(self, kind: str, due: Mapping[int, datetime]) -> None:
        if not self.reminding:  # what the clock does nobody takes back
            before = await self.session.execute(statements.DUE, {"of": kind, "subjects": list(due)})
            self.trace.timed(kind, due, {row.subject_id: row.due_at for row in before})
        # In one order, so that no two wait for each other.
        await self.session.execute(
            statements.SET[self.office.database.is_sqlite],
            [{"kind": kind, "subject_id": id, "due_at": at, "next_at": at} for id, at in sorted(due.items())],
        )

    async def drop_timers(self, kind: str, *subjects: int) -> None:
        """Take the timers back, where there are any."""
        dropped = await self.session.execute(statements.DROP, {"of": kind, "subjects": subjects})
        self.trace.timed(kind, subjects, {row.subject_id: row.due_at for row in dropped})
