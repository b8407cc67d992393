"""A stage on which everybody else first tries what a person is about to do, and nothing of it stays.

Before a button is tapped or a form's answer written, the same is done by one of every role and relation, each
in a unit of work that is rolled back: altered phones, for most of them were never shown the button.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any, Final

from sqlalchemy import func, inspect, select
from telegram import Update

from bot.rehearsal.stage import HouseStage
from bot.sandbox.world import Message
from handlers.context import CURRENT
from rules.dates.reading import Half
from rules.forms import Draft
from rules.leave.matter import Leave, LeaveKind, LeaveState
from rules.refused import Refused
from rules.roster import LEADERS, Official, Role, Roster, Unit, UnitKind
from rules.working_days import shanghai_day
from storage import taps
from storage.outbox import Kind
from storage.queries import drafts as stored_drafts
from storage.queries.absence import decides_for
from storage.tables import drafts, outbox
from storage.unit_of_work import UnitOfWork
from tests.who_may.actions import SUBMIT, action_of

DID: Final = "✓"
TOLD: Final = "○"
REFUSED: Final = "×"
NOBODY: Final = "-"
OWN: Final = "本人"
AGAIN: Final = "本人再点一次"
STAND_IN: Final = "本人外出时的代行者"
AWAY: Final = "本人外出时"
LEFT: Final = "本人离任后"
STRANGER: Final = "未绑定的人"
IN_GROUP: Final = "外单位的人在群里"
ROLES: Final[dict[str, Callable[[Roster, Unit, Unit], Sequence[Official]]]] = {
    "本单位主要负责人": lambda roster, own, _: roster.of(own, Role.UNIT_HEAD),
    "本单位班子成员": lambda roster, own, _: roster.of(own, Role.DEPUTY_HEAD),
    "本单位联络员": lambda roster, own, _: roster.of(own, Role.LIAISON),
    "外单位主要负责人": lambda roster, _, other: roster.of(other, Role.UNIT_HEAD),
    "外单位班子成员": lambda roster, _, other: roster.of(other, Role.DEPUTY_HEAD),
    "外单位联络员": lambda roster, _, other: roster.of(other, Role.LIAISON),
    "办公室主任": lambda roster, *_: roster.with_role(Role.OFFICE_DIRECTOR),
    "办公室副主任": lambda roster, *_: roster.with_role(Role.OFFICE_DEPUTY),
    "办公室工作人员": lambda roster, *_: roster.with_role(Role.OFFICE_STAFF),
    "区长": lambda roster, *_: roster.with_role(Role.MAYOR),
    "常务副区长": lambda roster, *_: roster.with_role(Role.EXECUTIVE_VICE_MAYOR),
    "分管副区长": lambda roster, own, _: [one for one in [roster.in_charge_of(own)] if one],
    "其他副区长": lambda roster, own, _: [
        one for one in roster.with_role(Role.VICE_MAYOR) if one is not roster.in_charge_of(own)
    ],
    "法律顾问": lambda roster, *_: roster.with_role(Role.COUNSEL),
}
RELATIONS: Final = (OWN, AGAIN, *ROLES, STAND_IN, AWAY, LEFT, STRANGER, IN_GROUP)
"""The columns of the table."""
STRANGE: Final = {"id": 8_999_999_999, "is_bot": False, "first_name": "路人"}
"""An account that nobody has bound."""
FORGED_MESSAGE: Final = 999_999_999


_LEAVES = count(900_000)


class _Tried(Exception):  # noqa: N818 - nothing of a trial may stay
    pass


@dataclass(frozen=True)
class Deed:
    """What is about to be done, as the update of who does it."""

    action: str
    label: str
    person: int
    chat: int
    update: dict[str, Any]

    @property
    def taps(self) -> bool:
        """Whether it is a button, and no text."""
        return "callback_query" in self.update

    def by(self, user: dict[str, Any], chat: dict[str, Any] | None = None) -> dict[str, Any]:
        """The same by somebody else: in their own chat, or in that one, under a message they never had."""
        chat = chat or {"id": user["id"], "type": "private", "first_name": user["first_name"]}
        if "callback_query" in self.update:
            query = self.update["callback_query"]
            message = {**query["message"], "chat": chat, "message_id": FORGED_MESSAGE}
            return {**self.update, "callback_query": {**query, "from": user, "message": message}}
        message = {**self.update["message"], "from": user, "chat": chat}
        return {**self.update, "message": message}


class WhoStage(HouseStage):
    """`found` has for every action of `wanted` that came about (None: any) what each relation came to."""

    def __init__(self, database_url: str, wanted: set[str] | None) -> None:
        super().__init__(database_url)
        self.wanted = wanted
        self.found: dict[str, dict[str, str]] = {}
        self.labels: dict[str, str] = {}
        self.owners: dict[str, str] = {}
        self._tries = self._looked_through_to = 0
        self._scanning = False

    async def tap_together(self, taps: Sequence[tuple[int, int, int, str]]) -> None:
        """Somebody taps: everybody else tries first."""
        for person, place, message, data in taps[:1]:
            chat, _ = self._cast.chat_and_topic(place)
            if self._running and (deed := await self._tap(person, chat, message, data)):
                await self._try_everybody(deed)
        await super().tap_together(taps)

    async def _rest(self) -> None:
        """What was shown and will not be tapped is tried as well, by whom it was shown to."""
        await super()._rest()
        if not self._running or self._scanning:
            return
        self._scanning = True
        async with self._house.office.work("look") as work:
            columns = outbox.c.id, outbox.c.chat_id, outbox.c.payload
            kinds = outbox.c.kind.in_([Kind.MESSAGE, Kind.EDIT])
            new = select(*columns).where(outbox.c.id > self._looked_through_to, kinds)
            rows = (await work.session.execute(new.order_by(outbox.c.id))).all()
        for row in rows:
            self._looked_through_to = row.id
            keys = [key for line in row.payload.get("keyboard") or () for key in line]
            for data in (key["callback_data"] for key in keys if key.get("callback_data")):
                if (row.chat_id or 0) > 0 and self._is_wanted(action_of(data)):
                    message = self._bearing(row.chat_id, data)
                    if message and (deed := await self._tap(row.chat_id, row.chat_id, message, data)):
                        await self._try_everybody(deed)
        self._scanning = False

    def _bearing(self, chat: int, data: str) -> int:
        """The newest message of the chat with that button by now; 0 for none."""
        shown = self._house.telegram.world.chats[chat].messages
        for id, message in sorted(shown.items(), reverse=True):
            if any(key.get("callback_data") == data for key in _keys(message)):
                return id
        return 0

    async def say(self, person: int, chat: int, text: str, answers: int = 0) -> None:
        """An answer that a form waits for."""
        if self._running and person == chat and not answers and (deed := await self._answer(person, text)):
            await self._try_everybody(deed)
        await super().say(person, chat, text, answers)

    # ------------------------------------------------------------ what is about to be done

    def _is_wanted(self, action: str) -> bool:
        return bool(action) and action not in self.found and (self.wanted is None or action in self.wanted)

    async def _tap(self, person: int, chat: int, message: int, data: str) -> Deed | None:
        world = self._house.telegram.world
        action = action_of(data)
        shown = world.chats[chat].messages.get(message) if chat in world.chats else None
        if shown is None or person not in world.users:
            return None
        label = next((key["text"] for key in _keys(shown) if key.get("callback_data") == data), "")
        if not label:  # old or forged: not what it is for
            return None
        if action == "f:<draft>:<turn>:<what>" and data.endswith(":submit"):
            async with self._house.office.work("look") as work:
                draft = await stored_drafts.by_id(work, int(data.split(":")[1]))
            action = f"{SUBMIT}{draft.procedure}" if draft else action
        if not self._is_wanted(action):
            return None
        query = {
            "id": "1",
            "from": world.users[person].as_api(),
            "message": shown.raw,
            "chat_instance": "1",
            "data": data,
        }
        return Deed(action, label, person, chat, {"update_id": 1, "callback_query": query})

    async def _answer(self, person: int, text: str) -> Deed | None:
        world = self._house.telegram.world
        if person not in world.users:
            return None
        async with self._house.office.work("look") as work:
            lying = select(Draft).where(
                drafts.c.chat_id == person, drafts.c.closed_at.is_(None), drafts.c.aside_at.is_(None)
            )
            draft = await work.session.scalar(lying)
        action = f"{SUBMIT}{draft.procedure}" if draft is not None else ""
        if not self._is_wanted(action):
            return None
        user = world.users[person].as_api()
        message = {
            "message_id": FORGED_MESSAGE,
            "from": user,
            "chat": {"id": person, "type": "private", "first_name": user["first_name"]},
            "date": int(self._house.clock.now().timestamp()),
            "text": text,
        }
        deed = Deed(action, "", person, person, {"update_id": 1, "message": message})
        return deed if await self._ends(deed) else None

    async def _ends(self, deed: Deed) -> bool:
        """Whether it hands the form in; what only answers a question is none of the table's."""
        count = 0
        with suppress(Refused):
            async with self._trial() as work:
                await self._handle(work, deed.update)
                own = drafts.c.chat_id == deed.chat, drafts.c.closed_at == work.now
                count = await work.session.scalar(select(func.count()).where(*own)) or 0
        return count > 0

    # ------------------------------------------------------------ trying

    async def _try_everybody(self, deed: Deed) -> None:
        await self._house.settle()
        async with self._house.office.work("look") as work:
            roster = await work.roster()
        actor = next((one for one in roster.officials if one.telegram_id == deed.person), None)
        first, again = await self._twice(deed)
        if actor is None or first != DID:
            return
        own, other = _own_unit(actor, roster), other_unit(actor, roster)
        marks = dict.fromkeys(RELATIONS, NOBODY) | {OWN: first}
        if deed.taps:  # a text of somebody else's would be an answer to nothing
            marks[AGAIN] = again
        async with self._trial() as work:
            marks |= await self._others(work, deed, actor, roster, own, other) if deed.taps else {}
            marks |= await self._in_other_times(work, deed, actor)
        self.found[deed.action] = marks
        self.labels[deed.action], self.owners[deed.action] = deed.label, str(actor.role)

    async def _others(
        self, work: UnitOfWork, deed: Deed, actor: Official, roster: Roster, own: Unit, other: Unit
    ) -> dict[str, str]:
        """One of every role, and an outsider in the group."""
        marks = {}
        for name, find in ROLES.items():
            people = [one for one in find(roster, own, other) if one is not actor and one.telegram_id]
            if people:
                marks[name] = await self._within(work, deed.by(self._phone(people[0])))
        outsider = next((one for one in roster.of(other, Role.DEPUTY_HEAD) if one.telegram_id), None)
        if outsider and (chat := actor.unit.group_chat_id):
            group = {"id": chat, "type": "supergroup", "title": "群"}
            marks[IN_GROUP] = await self._within(work, deed.by(self._phone(outsider), group))
        return marks

    async def _in_other_times(self, work: UnitOfWork, deed: Deed, actor: Official) -> dict[str, str]:
        """Once they have left, while they are away, and by who then stands in; and by a stranger."""

        async def left() -> dict[str, Any]:
            (await _same(work, actor)).left_at = work.now
            return deed.update

        async def away() -> dict[str, Any]:
            await _leave(work, actor)
            return deed.update

        async def in_place() -> dict[str, Any]:
            await _leave(work, actor)
            stand_in = await decides_for(work, await _same(work, actor))
            assert stand_in is not None
            assert stand_in.official is not None
            return deed.by(self._phone(stand_in.official))

        marks = {STRANGER: await self._within(work, deed.by(STRANGE))}
        if actor.role in LEADERS | {Role.UNIT_HEAD, Role.OFFICE_DIRECTOR}:
            marks[AWAY] = await self._within(work, away)
            marks[STAND_IN] = await self._within(work, in_place) if deed.taps else NOBODY
        return marks | {LEFT: await self._within(work, left)}

    async def _within(
        self, work: UnitOfWork, raw: dict[str, Any] | Callable[[], Awaitable[dict[str, Any]]]
    ) -> str:
        """In a savepoint of the unit of work that all these trials share."""
        did, mark = False, ""
        try:
            async with work.savepoint():
                update = await raw() if callable(raw) else raw
                await work.flush()
                did = await self._handle(work, update)
                raise _Tried
        except Refused as refused:
            mark = _said(refused)
        except _Tried:
            mark = DID if did else TOLD
        for thing in list(work.session):
            if inspect(thing).expired:  # what the trial had changed
                await work.session.refresh(thing)
        return mark

    def _phone(self, official: Official) -> dict[str, Any]:
        return self._house.telegram.world.users[official.telegram_id or 0].as_api()

    async def _twice(self, deed: Deed) -> tuple[str, str]:
        """What comes of it, and what of the very same once more; then only what is noted again is a deed."""
        first, again = REFUSED, REFUSED
        with suppress(Refused):
            async with self._trial() as work:
                first = DID if await self._handle(work, deed.update) else TOLD
                work.session.expire_all()
                work.forget_roster()
                await self._handle(work, {**deed.update, "update_id": 2})
                again = DID if work._noted else TOLD
        return first, again

    @asynccontextmanager
    async def _trial(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work of which nothing stays; what the office keeps in memory is read anew as well."""
        self._tries += 1
        try:
            async with self._house.office.work(f"trial:{self._tries}", -self._tries) as work:
                yield work
                await work.flush()
                raise _Tried
        except _Tried:
            self._house.office.unheard = None

    async def _handle(self, work: UnitOfWork, raw: dict[str, Any]) -> bool:
        """As the receiver would; whether more came of it than a line at the top of the screen."""
        desk, before = self._house.desk, len(work.written)
        work.tapped, work.actor, work.sure, work._noted = taps.Tap.of(raw), None, False, False
        update = Update.de_json(raw, desk.application.bot)
        token = CURRENT.set(work)
        try:
            await desk.application.process_update(update)
        finally:
            CURRENT.reset(token)
        await work.flush()
        return work._noted or any(row.kind is not Kind.TOAST for row in work.written[before:])


async def _same(work: UnitOfWork, official: Official) -> Official:
    found = (await work.roster()).by_id(official.id)
    assert found is not None
    return found


async def _leave(work: UnitOfWork, actor: Official) -> None:
    """They are away from today on, with their deputy in charge, or who backs them up (art. 9, 77)."""
    roster = await work.roster()
    one = await _same(work, actor)
    if one.role is Role.UNIT_HEAD:
        acting = next(iter(roster.of(one.unit, Role.DEPUTY_HEAD)), None)
    elif one.role is Role.OFFICE_DIRECTOR:
        acting = next(iter(roster.with_role(Role.OFFICE_DEPUTY)), None)
    else:
        executive = next(iter(roster.with_role(Role.EXECUTIVE_VICE_MAYOR)), None)
        acting = (roster.by_id(one.backup_id) if one.backup_id else None) or executive
    today = shanghai_day(work.now)
    leave = Leave(
        applicant=one,
        kind=LeaveKind.TRIP,
        start=today - timedelta(days=1),
        start_half=Half.AM,
        end=today + timedelta(days=1),
        end_half=Half.PM,
        place="济南",
        reason="开会",
        acting=acting,
        phone=one.phone,
        submitted_at=work.now - timedelta(days=3),
        urgent_reason="急",
    )
    leave.id = next(_LEAVES)  # or SQLite would give one number to two that never meet
    leave.state = LeaveState.APPROVED
    work.add(leave)
    await work.flush()
    work.forget_absences()


def _own_unit(actor: Official, roster: Roster) -> Unit:
    """The unit whose people stand nearest: of a leader, the first that they are in charge of."""
    in_charge = (unit for unit in roster.units if unit.portfolio_id == actor.id)
    return next(in_charge, actor.unit) if actor.role in LEADERS else actor.unit


def other_unit(actor: Official, roster: Roster) -> Unit:
    """One that has nothing to do with them; the last of the roster, which no rehearsal plays with."""
    return [unit for unit in roster.units if unit.kind is UnitKind.DEPARTMENT and unit is not actor.unit][-1]


def _keys(message: Message) -> list[dict[str, Any]]:
    """The buttons under it by now."""
    lines = (message.raw.get("reply_markup") or {}).get("inline_keyboard", ())
    return [key for line in lines for key in line]


def _said(refused: Refused) -> str:
    """A refusal is one sentence or two of ours, and never empty."""
    assert str(refused).strip(), "a refusal says why"
    return REFUSED
