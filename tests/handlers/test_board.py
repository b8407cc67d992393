"""/board in the local chat: one card that changes, a photo beside it, text alone where none can be drawn."""

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import date

import pytest

from bot.clock import TurnableClock
from bot.sandbox.events import MessageView
from bot.sandbox.house import House, account, open_house
from notices.pictures.fonts import chinese_font
from rules.dates.reading import Half
from rules.leave.matter import Leave, LeaveKind, LeaveState
from rules.roster import Official
from tests.cast import beijing

THURSDAY = beijing("2026-09-17 10:00")


class Phone:
    """One official's private chat with the bot."""

    def __init__(self, house: House, official: Official) -> None:
        self.house, self.telegram = house, house.telegram
        self.chat = account(official)

    @property
    def seen(self) -> list[MessageView]:
        """What the bot has sent, oldest first."""
        return [view for view in self.telegram.history(self.chat) if view["sender"]["is_bot"]]

    async def asks(self) -> MessageView:
        await self.telegram.says(self.chat, self.chat, "在岗")
        await self.house.settle()
        return self.seen[-1]

    async def taps(self, card: MessageView, label: str) -> list[str]:
        """Taps the button of that label; returns what the bot answered to the tap."""
        before = len(self.telegram.done)
        data = next(b["data"] for row in card["buttons"] for b in row if b["label"] == label)
        await self.telegram.presses(self.chat, self.chat, card["message_id"], data)
        await self.house.settle()
        return [act.text for act in self.telegram.done[before:] if act.method == "answerCallbackQuery"]

    def now(self, card: MessageView) -> MessageView:
        """The card as it reads now."""
        return next(view for view in self.seen if view["message_id"] == card["message_id"])


@pytest.fixture
async def phone(sqlite_district_url: str) -> AsyncIterator[Phone]:
    """The liaison's of a department whose head is away on 17 and 18 September."""
    async with open_house(sqlite_district_url, TurnableClock(THURSDAY)) as house:
        async with house.office.work("leave") as work:
            roster = await work.roster()
            unit = roster.unit("财政局")
            assert unit is not None
            head, deputy, liaison = roster.of(unit)
            leave = Leave(
                applicant=head,
                kind=LeaveKind.TRIP,
                start=date(2026, 9, 17),
                start_half=Half.AM,
                end=date(2026, 9, 18),
                end_half=Half.AM,
                place="济南",
                reason="参加会议",
                acting=deputy,
                phone=head.phone,
                submitted_at=beijing("2026-09-14 09:00"),
                state=LeaveState.APPROVED,
            )
            work.add(leave)
        yield Phone(house, liaison)


async def test_a_tap_changes_the_card_it_is_under_and_no_other(phone: Phone) -> None:
    first = await phone.asks()
    second = await phone.asks()
    await phone.taps(first, "下周")
    assert phone.now(first)["text"].startswith("在岗 · 财政局 · 下周 9月21日至27日\n")
    assert phone.now(second)["text"].startswith("在岗 · 财政局 · 今天 9月17日（周四）\n")
    await phone.taps(phone.now(first), "今天")
    assert phone.now(first)["text"] == second["text"]


async def test_a_tap_on_what_is_shown_already_is_no_mistake(phone: Phone) -> None:
    card = await phone.asks()
    assert await phone.taps(card, "今天") == [""]
    assert phone.now(card) == card


@pytest.mark.skipif(chinese_font() is None, reason="no Chinese font on this machine")
async def test_the_picture_comes_as_a_photo(phone: Phone) -> None:
    card = await phone.asks()
    assert await phone.taps(card, "图") == ["图马上就到。"]
    picture = phone.seen[-1]
    assert picture["text"] == "在岗 · 财政局 · 本周 9月14日至20日\n截至9月17日10:00"
    assert picture["file"] is not None
    assert picture["file"]["photo"]
    name, kind, content = phone.telegram.file(picture["file"]["file_id"])
    assert (name, kind) == ("在岗.png", "image/png")
    assert content.startswith(b"\x89PNG")
    assert [act.method for act in phone.telegram.done][-1] in ("sendPhoto", "answerCallbackQuery")
    assert phone.now(card) == card


async def test_without_a_font_the_tap_says_so(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.board.chinese_font", lambda: None)
    card = await phone.asks()
    assert await phone.taps(card, "图") == ["这台机器没有中文字体，暂时不能出图，请看文字。"]
    assert phone.seen[-1] == card


async def test_a_picture_that_cannot_be_drawn_goes_out_as_text(
    phone: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_drawing: object) -> bytes:
        raise RuntimeError("a font that is none")

    monkeypatch.setattr("handlers.board.chinese_font", lambda: "font")
    monkeypatch.setattr("bot.wire.draw", broken)
    card = await phone.asks()
    await phone.taps(card, "图")
    assert phone.seen[-1]["file"] is None
    assert phone.seen[-1]["text"] == "在岗 · 财政局 · 本周 9月14日至20日\n截至9月17日10:00"
    assert "could not be drawn" in caplog.text


async def test_a_week_with_nobody_away_has_no_picture(phone: Phone) -> None:
    card = await phone.asks()
    await phone.taps(card, "下周")
    assert await phone.taps(phone.now(card), "图") == ["下周无人外出，没有可画的。"]
    assert len(phone.seen) == len([view for view in phone.seen if view["file"] is None])


async def test_drawing_holds_no_transaction(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a picture is drawn others write to the database: the outbox has its data, delivery draws."""
    written: list[str] = []
    office = phone.house.office

    def slow(_drawing: object) -> bytes:
        done = threading.Event()

        async def write() -> None:
            async with office.work("meanwhile") as work:
                written.append(str(await work.calendar() is not None))
            done.set()

        loop.call_soon_threadsafe(lambda: asyncio.ensure_future(write()))
        assert done.wait(10)
        return b"\x89PNG\r\n\x1a\n"

    loop = asyncio.get_running_loop()
    monkeypatch.setattr("handlers.board.chinese_font", lambda: "font")
    monkeypatch.setattr("bot.wire.draw", slow)
    await phone.taps(await phone.asks(), "图")
    assert written == ["True"]
