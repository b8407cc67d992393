"""The stage that rehearsals are played on: the real bot and its database, on the local chat."""

import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path

from bot.clock import TurnableClock
from bot.config import BadConfig, load
from bot.rehearsal.cast import Cast, Unknown
from bot.rehearsal.difference import Deed
from bot.rehearsal.papers import take_calendar, take_roster
from bot.rehearsal.player import Impossible
from bot.rehearsal.scene import Event, Preparation
from bot.rehearsal.witness import Witness
from bot.sandbox.house import House, account, group_chat, open_house
from notices.meeting.sign_in import payload
from rules.binding import FreshCode
from rules.meeting.matter import HELD
from rules.settings import Settings
from storage.queries import roster as stored
from storage.queries.meeting.meetings import open_meetings

_FIRST_FOUNDED = -6_000_000_001
LONGEST_REST = 60
"""Real seconds after which the bot is taken to be stuck."""
CONTENT = "演练用的文件。".encode()
"""What is in every file that people send in a rehearsal."""


class HouseStage:
    """A house of its own on an empty database; the clock stands still but when it is turned."""

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._stack = AsyncExitStack()
        self._founded = 0
        self._running = True
        self._house: House
        self._cast: Cast
        self._witness: Witness

    async def open(self, at: datetime, preparation: Preparation) -> Cast:
        """The sample district moves in, all bound but those the preparation names."""
        house = open_house(self._database_url, TurnableClock(at), settings=_settings(preparation))
        self._house = await self._stack.enter_async_context(house)
        self._house.desk.delivery.gather_seconds = 0.0  # after each step everything is waited for
        self._house.desk.receiver.album_seconds = 0.0  # and what is sent together comes at once
        async with self._house.office.work("rehearsal") as work:
            roster = await work.roster()
            self._cast = Cast(
                roster,
                {official.id: account(official) for official in roster.officials},
                {unit.id: group_chat(unit) for unit in roster.units},
            )
            for called in preparation.unbound:
                if self._cast.is_group(called):
                    chat = self._cast.group(called)
                    next(unit for unit in roster.units if group_chat(unit) == chat).group_chat_id = None
                else:
                    self._cast.official(called).telegram_id = None
        await self._rest()
        self._witness = Witness(self._house.telegram, self._house.clock.now, self._cast.place)
        return self._cast

    async def turn(self, to: datetime) -> None:
        """Through every due moment; while the bot is stopped only the time passes."""
        if self._running:
            await self._house.turn(to)
            await self._rest()
        else:
            self._house.clock.set(to)

    async def say(self, person: int, chat: int, text: str, answers: int = 0) -> None:
        """A person writes; who speaks in a group for the first time joins it."""
        chat, topic = self._cast.chat_and_topic(chat)
        self._enter(person, chat)
        if topic:
            self._house.telegram.world.chat(chat).topics.setdefault(topic, True)
        await self._house.telegram.says(person, chat, text, answers or None, topic=topic)
        await self._rest()

    async def send_file(
        self, person: int, chat: int, name: str, caption: str, size: int | None, more: Sequence[str]
    ) -> None:
        """A person sends a file of no importance, or several together, the note under the last."""
        chat, _ = self._cast.chat_and_topic(chat)
        self._enter(person, chat)
        telegram = self._house.telegram
        if more:
            names = [name, *more]
            notes = [*([""] * len(more)), caption]
            files = [(each, CONTENT, note) for each, note in zip(names, notes, strict=True)]
            await telegram.sends_album(person, chat, files)
        else:
            await telegram.sends_file(person, chat, name, CONTENT, caption, size=size)
        await self._rest()

    async def tap(self, person: int, chat: int, message: int, data: str) -> None:
        """A person presses a button, as an altered phone would: the bot has to see what it is worth."""
        await self.tap_together([(person, chat, message, data)])

    async def share_number(self, person: int, label: str) -> bool:
        """A person presses the key that shares their number; False where none of that label is there."""
        shown = (
            self._house.telegram.keyboard(person, person)
            if person in self._house.telegram.world.users
            else None
        )
        if shown is None or label not in shown["sharing"]:
            return False
        await self._house.telegram.shares_number(person)
        await self._rest()
        return True

    async def share_contact(self, person: int, whose: int) -> None:
        """A person sends the bot somebody's contact, their own or another's."""
        self._enter(person, person)
        self._enter(whose, whose)
        other = self._house.telegram.world.users[whose]
        await self._house.telegram.shares_contact(person, person, f"86{other.phone}", other.first_name)
        await self._rest()

    async def tap_together(self, taps: Sequence[tuple[int, int, int, str]]) -> None:
        """All the presses are under way before the bot has handled the first."""
        for person, place, message, data in taps:
            chat, _ = self._cast.chat_and_topic(place)
            self._enter(person, chat)
            try:
                await self._house.telegram.presses(person, chat, message, data, forged=True)
            except LookupError as gone:
                raise Impossible("那条消息已经撤下") from gone
        await self._rest()

    async def take_over(self, event: Event, text: str) -> None:
        """As from the command line while the bot runs; newcomers get an account, bound like the others."""
        office = self._house.office
        if event is Event.CALENDAR:
            await take_calendar(office, text)
        else:
            await take_roster(office, text)
            async with office.work("rehearsal:bind") as work:
                roster = await work.roster()
                for official in roster.officials:
                    if account(official) not in self._house.telegram.world.users:
                        self._house.telegram.add_user(account(official), official.name, phone=official.phone)
                        self._house.telegram.open_chat(account(official))
                        official.telegram_id = account(official)
                self._cast.follow(roster, {official.id: account(official) for official in roster.officials})
        await self._rest()

    async def code(self, called: str) -> str:
        """A binding code newly issued by the office."""
        code = FreshCode()
        async with self._house.office.work("rehearsal") as work:
            roster = await work.roster()
            official = roster.by_id(self._cast.official(called).id)
            if official is None:
                raise Unknown(f"花名册上已没有“{called}”")
            await stored.give_code(work, official, code)
        return code.words

    async def door_code(self, title: str) -> str:
        """What the QR code at the door of the meeting of that title says."""
        async with self._house.office.work("rehearsal") as work:
            for meeting in await open_meetings(work, *HELD):
                if meeting.title == title and meeting.sign_in_code:
                    return payload(meeting)
        raise Unknown(f"没有开启签到的“{title}”")

    async def happen(self, event: Event, chat: int, group: str) -> None:
        """The bot is stopped or started, blocked, put out; a group is upgraded or founded."""
        telegram = self._house.telegram
        match event:
            case Event.RESTART:
                await self._house.stop()
                await self._house.start()
            case Event.STOP:
                await self._house.stop()
                self._running = False
            case Event.START:
                await self._house.start()
                self._running = True
            case Event.BLOCK:
                telegram.blocks(chat)
            case Event.UNBLOCK:
                telegram.unblocks(chat)
            case Event.REMOVE:
                telegram.kick_bot(chat)
            case Event.MUTE | Event.UNMUTE:
                telegram.mute_bot(chat, muted=event is Event.MUTE)
            case Event.CLOSE_TOPIC | Event.REOPEN_TOPIC:
                forum, topic = self._cast.chat_and_topic(chat)
                telegram.world.chat(forum).topics[topic] = event is Event.REOPEN_TOPIC
            case Event.DELETE_TOPIC:
                forum, topic = self._cast.chat_and_topic(chat)
                telegram.world.chat(forum).topics.pop(topic, None)
            case Event.UPGRADE:
                self._cast.add_group(self._cast.called([chat]), telegram.migrate(chat))
            case Event.FOUND:
                self._enter(chat, chat)
                self._cast.add_group(group, _FIRST_FOUNDED - self._founded)
                telegram.add_group(self._cast.group(group), group, [chat])
                self._founded += 1
        await self._rest()

    def deeds(self) -> Sequence[Deed]:
        """What people saw the bot do."""
        return self._witness.take()

    async def close(self) -> None:
        """Stop the bot and give the database back."""
        await self._stack.aclose()

    async def _rest(self) -> None:
        """Let the bot come to rest, and the clock sweep what has become due at this very moment."""
        if not self._running:
            return
        try:
            async with asyncio.timeout(LONGEST_REST):
                await self._house.turn(self._house.clock.now())
                await self._house.settle()
        except TimeoutError:
            raise Impossible(f"机器人{LONGEST_REST}秒钟还没有办完") from None

    def _enter(self, person: int, chat: int) -> None:
        """A stranger has an account from their first word on; a group lets in whoever speaks there."""
        telegram = self._house.telegram
        if person not in telegram.world.users:
            number = f"139{person % 10**8:08d}"
            telegram.add_user(person, self._cast.called([person]), phone=number)
        if chat != person:
            telegram.join(person, chat)


def _settings(preparation: Preparation) -> Settings:
    """The settings of a configuration file with these lines only."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "准备"
        file.write_text("\n".join(f"{key} = {value}" for key, value in preparation.settings.items()), "utf-8")
        try:
            return load(file, token=False).settings
        except BadConfig as wrong:
            raise Unknown(str(wrong)) from wrong
