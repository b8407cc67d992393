"""Plays a rehearsal on a stage, scene by scene, and tells where the bot did otherwise than written."""

import re
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.rehearsal.cast import Unknown
from bot.rehearsal.difference import Comparison, Deed, Difference, Key, compare, fits
from bot.rehearsal.minutes import in_order
from bot.rehearsal.scene import Act, Event, Happening, Kind, Preparation, Say, Scene, Script, Tap, Turn
from bot.rehearsal.script import leaving_out, moment, names

_CODE = re.compile(r"〔([^〔〕]+)的(绑定码|签到码)〕")
BEFORE = 14
"""So many written lines before the differing scene are shown, from the time line on."""


class Who(Protocol):
    """Finds the chats behind written names (`Cast` does)."""

    def account(self, called: str) -> int:
        """The person's Telegram user id."""

    def chats(self, called: str) -> Sequence[int]:
        """The chats of a written receiver."""

    def group(self, called: str) -> int:
        """The chat id of a group."""

    def called(self, chats: Sequence[int]) -> str:
        """How a rehearsal names these chats."""


class Stage(Protocol):
    """The bot, its office and the people's phones. Every method returns when the bot has come to rest."""

    async def open(self, at: datetime, preparation: Preparation) -> Who:
        """Everything is new, the clock stands at `at`, what was to be prepared is so."""

    async def turn(self, to: datetime) -> None:
        """The clock goes on to that time, through every due moment."""

    async def say(self, person: int, chat: int, text: str, answers: int = 0) -> None:
        """A person writes, maybe in reply to the message of that id."""

    async def send_file(
        self, person: int, chat: int, name: str, caption: str, size: int | None, more: Sequence[str]
    ) -> None:
        """A person sends a file, or with `more` an album; `size` in bytes is what it pretends to have."""

    async def code(self, called: str) -> str:
        """A binding code newly issued to that official."""

    async def door_code(self, title: str) -> str:
        """What the QR code at the door of the meeting of that title says."""

    async def tap(self, person: int, chat: int, message: int, data: str) -> None:
        """A person presses a button, be it still there or not."""

    async def share_number(self, person: int, label: str) -> bool:
        """A person presses the key that shares their number; False where none of that label is there."""

    async def share_contact(self, person: int, whose: int) -> None:
        """A person sends the bot somebody's contact."""

    async def tap_together(self, taps: Sequence[tuple[int, int, int, str]]) -> None:
        """Several people (or one several times) press buttons at the same moment, each as in `tap`."""

    async def happen(self, event: Event, chat: int, group: str) -> None:
        """Something befalls the bot, or its link to a person or group; 0 and empty where there is none."""

    async def take_over(self, event: Event, text: str) -> None:
        """The administrator takes a paper over: a roster's changes, or an arrangement of days off."""

    def deeds(self) -> Sequence[Deed]:
        """What the bot has done since this was last asked, in order."""

    async def close(self) -> None:
        """All is put away; also after a failure."""


class Impossible(Exception):  # noqa: N818 - said to the writer in their own words
    """What a person is to do cannot be done, such as pressing a button that no card bears."""


@dataclass
class Played:
    """One scene after it was played; `failure` is why its act could not be done."""

    scene: Scene
    comparison: Comparison
    failure: str = ""
    deeds: Sequence[Deed] = ()
    who: Who | None = None

    @property
    def agrees(self) -> bool:
        """Whether everything went as written."""
        return self.comparison.agrees and not self.failure


async def play(script: Script, stage: Stage) -> list[Difference]:
    """The first difference, where the play ends; nothing if all went as written."""
    async with aclosing(scenes(script, stage)) as every:
        async for played in every:
            if not played.agrees:
                return [_difference(script, played)]
    return []


async def show(script: Script, stage: Stage) -> list[str]:
    """The whole rehearsal with what the bot really did: written lines that agree are kept as they are."""
    lines = list(script.head)
    async with aclosing(scenes(script, stage)) as every:
        async for played in every:
            scene = played.scene
            if played.failure:
                return [*lines, *scene.source, f"# {played.failure}"]
            lines += [] if isinstance(scene.act, Turn) else scene.source
            lines += played.comparison.actual
            lines += leaving_out(scene.left_out)
            lines += scene.tail
    while not lines[-1].strip():  # a blank line before the last （对…从略） comes behind it
        lines.pop()
    return lines


async def minutes(script: Script, stage: Stage) -> list[str]:
    """All that was said to everybody, whatever is written: the same lines each time for the same bot.

    To set beside those of another version: what differs there, somebody would see.
    """
    lines = [f"# {script.title}"]
    async with aclosing(scenes(script, stage)) as every:
        async for played in every:
            scene = played.scene
            said = in_order(played.deeds, played.who.called) if played.who else {}
            if isinstance(
                scene.act, Turn
            ):  # what became due on the way comes before the time that was turned to
                here = said.pop(moment(scene.at), [])
                lines += ["", *(line for minute, told in said.items() for line in (minute, *told))]
                lines += [*scene.source, *here]
            else:
                lines += ["", *scene.source, *(line for told in said.values() for line in told)]
            lines += [f"# {played.failure}"] if played.failure else []
    return lines


async def scenes(script: Script, stage: Stage) -> AsyncGenerator[Played, None]:
    """Each scene as it was played, to the end or to one that could not be."""
    player: _Player | None = None
    try:
        for scene in script.scenes:
            try:
                if player is None:
                    player = _Player(stage, await stage.open(scene.at, script.preparation))
                await player.do(scene.act)
                deeds = player.seen()
                comparison = compare(scene, deeds, player.who.chats, player.who.called)
            except (Impossible, Unknown) as problem:
                yield Played(scene, Comparison(False, _as_written(scene), ()), str(problem))
                return
            yield Played(scene, comparison, deeds=deeds, who=player.who)
    finally:
        await stage.close()


def _as_written(scene: Scene) -> tuple[str, ...]:
    return tuple(f"  {line}" for one in scene.expected for line in one.source)


class _Player:
    """Does what people do, and remembers what they have seen."""

    def __init__(self, stage: Stage, who: Who) -> None:
        self.stage, self.who = stage, who
        self._past: list[Deed] = []

    def seen(self) -> list[Deed]:
        """What the bot did in this scene."""
        deeds = list(self.stage.deeds())
        self._past += deeds
        return deeds

    async def do(self, act: Act) -> None:
        """Has the act done."""
        match act:
            case Turn(to):
                await self.stage.turn(to)
            case Say(contact=called) if called:
                await self.stage.share_contact(self.who.account(act.who), self.who.account(called))
            case Say(file=""):
                place = self._place(act)
                await self.stage.say(*place, await self._spoken(act.text), self._answered(act, place[1]))
            case Say():
                spoken = await self._spoken(act.text)
                await self.stage.send_file(*self._place(act), act.file, spoken, act.size, act.more)
            case Tap(together=True):
                taps = [replace(act, who=who) for who in names(act.who)]
                places = [(*self._place(tap), tap) for tap in taps]
                await self.stage.tap_together(
                    [(person, chat, *self._button(tap, chat)) for person, chat, tap in places]
                )
            case Tap() if await self.stage.share_number(self.who.account(act.who), act.label):
                pass
            case Tap():
                person, chat = self._place(act)
                await self.stage.tap(person, chat, *self._button(act, chat))
            case Happening(event, text=text) if text:
                await self.stage.take_over(event, text)
            case Happening(event, called, group):
                await self.stage.happen(event, self.who.chats(called)[0] if called else 0, group)

    def _place(self, act: Say | Tap) -> tuple[int, int]:
        person = self.who.account(act.who)
        return person, self.who.group(act.group) if act.group else person

    def _answered(self, act: Say, chat: int) -> int:
        """The id of the message that is replied to: the newest that bears the words; 0 for none."""
        if not act.answers:
            return 0
        bearing = (card.message for card in self._cards(chat) if fits(f"…{act.answers}…", card.text))
        found = next(bearing, None)
        if found is None:
            raise Impossible(f"{act.group or act.who}那里没有写着「{act.answers}」的消息可以回复")
        return found

    async def _spoken(self, text: str) -> str:
        """The text with the codes it speaks of: for binding, or at a meeting's door."""
        for match in _CODE.finditer(text):
            code = self.stage.code if match[2] == "绑定码" else self.stage.door_code
            text = text.replace(match[0], await code(match[1]))
        return text

    def _button(self, tap: Tap, chat: int) -> tuple[int, str]:
        """The message and the data of the button meant."""
        cards = list(self._cards(chat))
        if tap.forged:
            if not cards:
                raise Impossible(f"{tap.group or tap.who}还没有收到过消息，没有地方可点")
            return cards[0].message, tap.label
        bearing = [(card, key) for card in cards if (key := self._key(tap, card))]
        if tap.stale:
            live = {(card.message, key.label) for card, key in bearing}
            past = (
                (deed, key)
                for deed in reversed(self._past)
                if deed.chat == chat and (key := self._key(tap, deed))
            )
            bearing = [(deed, key) for deed, key in past if (deed.message, key.label) not in live]
        if len(bearing) < tap.nth:
            raise Impossible(self._no_button(tap, cards, len(bearing)))
        card, key = bearing[tap.nth - 1]
        if not key.data:
            raise Impossible(f"「{key.label}」是链接或复制按钮，不会告诉机器人")
        return card.message, key.data

    def _no_button(self, tap: Tap, cards: list[Deed], found: int) -> str:
        if found:
            return f"带「{tap.label}」的卡片只有{found}张"
        there = "；".join("".join(f"［{key.label}］" for key in card.keys) for card in cards if card.keys)
        kind = "旧卡片" if tap.stale else "卡片"
        return f"{tap.group or tap.who}那里没有带「{tap.label}」的{kind}" + (
            f"，现有 {there}" if there else ""
        )

    def _cards(self, chat: int) -> Iterator[Deed]:
        """The chat's messages as they now look, the newest first."""
        latest: dict[int, Deed] = {}
        for deed in self._past:
            if deed.chat == chat and deed.message and deed.kind is not Kind.REACTION:
                latest[deed.message] = deed
        for _, deed in sorted(latest.items(), reverse=True):
            if deed.kind is not Kind.REMOVAL:
                yield deed

    def _key(self, tap: Tap, card: Deed) -> Key | None:
        """The card's button of that label: the very words, or else one that begins with them."""
        if tap.words and tap.words not in card.text:
            return None
        exact = (key for key in card.keys if fits(tap.label, key.label))
        longer = (key for key in card.keys if _begins(key.label, tap.label))
        return next(exact, None) or next(longer, None)


def _begins(label: str, words: str) -> bool:
    """同意（代） begins with 同意; 12 does not begin with 1."""
    return label.startswith(words) and not (words[-1].isdigit() and label[len(words) :][:1].isdigit())


def _difference(script: Script, played: Played) -> Difference:
    scene = played.scene
    before: list[str] = []
    for earlier in script.scenes[: script.scenes.index(scene)]:
        if isinstance(earlier.act, Turn):
            before = []
        before += [f"  {line}" for line in earlier.source]
        before += [f"  {line}" for one in earlier.expected for line in one.source]
        before += [f"  {line}" for line in leaving_out(earlier.left_out)]
    if isinstance(scene.act, Turn):
        before = []
    elif len(before) > BEFORE:
        before = [f"  {moment(scene.at)}", "  ……", *before[-BEFORE:]]
    minutes = [*before, *(f"  {line}" for line in scene.source)]
    minutes += [f"  ↑ {played.failure}"] if played.failure else []
    return Difference(script.path, script.title, scene.line, scene.at, (*minutes, *played.comparison.marked))
