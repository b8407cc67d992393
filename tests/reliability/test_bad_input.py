"""What people and forged clients may send: each gets an answer or is let go, and nothing stands still."""

import logging

import pytest

from bot.sandbox.house import account
from tests.reliability.books import assert_nothing_lost
from tests.reliability.office import Troubled

TEXTS = [
    "\x00",
    "请假\n地点：\x00济南\x00",
    "\ud83d",
    "请假\n地点：\udcff济南",
    "\u202e\u202d\u2066南济",
    "👨‍👩‍👧‍👦" * 300,
    "字" * 4096,
    "请假\n地点：" + "字" * 4000,
    "<b>&lt;</b>&amp;",
    "/start " + "9" * 3000,
    "/leave@other_bot",
    "%s %d {} {0} ${x}",
    "'; DROP TABLE inbox; --",
    "2月30日",
    "9" * 400,
    "请假\n时间：" + "9" * 30 + "月1日",
    "请假\n时间：2026年2月30日至2026年1月1日",
    "请假\n时间：9999年12月31日至10000年1月1日",
    "请假\n时间：3月10日至3月" + "9" * 50 + "日",
    "请假\n主持：\n电话：\n时间：",
]
TAPS = [
    "leave:999999999:agree:0",
    "leave:2147483648:agree:0",
    "leave:99999999999999999999:agree:0",
    "leave:1:agree:999",
    "leave:1:nonsense",
    "f:999999999:999999:submit",
    "f:1:1:span.m.999999",
    "f:1:1:span.s.99999999",
    "f:1:1:kind.c.999999999",
    "f:1:1:acting.p.999999",
    "menu:nothing",
    "\x00",
    "字" * 21,
    "",
]


async def test_any_text_is_answered(office: Troubled, caplog: pytest.LogCaptureFixture) -> None:
    chat = account(office.heads[0])
    caplog.set_level(logging.INFO)
    for text in TEXTS:
        message = _message(office, text)
        caplog.clear()
        before = len(office.line.done)
        office.line.push_update({"message": message})
        await office.rest()
        said = [act for act in office.line.done[before:] if act.chat_id == chat]
        assert said, f"{text[:30]!r} got no answer"
        assert len(caplog.records) <= 1, [record.getMessage() for record in caplog.records]
    await assert_nothing_lost(office.database, office.line)


def _message(office: Troubled, text: str) -> dict[str, object]:
    head = office.heads[0]
    person = office.line.world.users[account(head)].as_api()
    private = {"id": account(head), "type": "private", "first_name": head.name}
    message = {"message_id": 1, "date": 1772413200, "chat": private, "from": person, "text": text}
    command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
    if command:
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(command)}]
    return message


async def test_any_tap_is_answered(office: Troubled, caplog: pytest.LogCaptureFixture) -> None:
    await office.leaves(office.heads[1])
    await office.rest()
    chat = account(office.heads[1])
    view = office.line.history(chat)[-1]
    caplog.set_level(logging.INFO)
    for data in TAPS:
        caplog.clear()
        query_id = await office.line.presses(chat, chat, view["message_id"], data, forged=True)
        await office.rest()
        assert office.phones.answered[query_id] == 1, f"{data!r} got no answer"
        assert len(caplog.records) <= 1, [record.getMessage() for record in caplog.records]
    await assert_nothing_lost(office.database, office.line)
