"""A bot of python-telegram-bot's own on LocalTelegram: in-process, and over HTTP on this machine."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.sandbox.telegram import LocalTelegram
from tests.bot.sandbox.stage import GROUP, LI, WANG, ZHANG, Clock, speaking


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def servers(clock: Clock) -> LocalTelegram:
    """Two people who have opened the bot, one who has not, and a group of all three."""
    servers = LocalTelegram(clock.now, ticks=clock.ticks)
    servers.add_user(LI, "强", "李")
    servers.add_user(WANG, "芳", "王", "wangfang")
    servers.add_user(ZHANG, "敏", "张")
    servers.open_chat(LI)
    servers.open_chat(WANG)
    servers.add_group(GROUP, "财政局工作群", [LI, WANG, ZHANG], announce=False)
    return servers


@pytest.fixture(params=["in process", "over HTTP"])
async def bot(servers: LocalTelegram, request: pytest.FixtureRequest) -> AsyncIterator[Bot]:
    async with speaking(servers, request.param) as bot:
        yield bot
