"""Telegram fails in the ways it does: errors of its own, answers lost on the way, a line that is down."""

import asyncio

import pytest

from bot.sandbox.telegram import ApiError
from tests.reliability.books import repeated_messages
from tests.reliability.office import Troubled

BROKEN = ConnectionResetError("broken")
BAD_GATEWAY = ApiError(502, "Bad Gateway")


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot's own pauses after an error, a hundred times shorter."""
    monkeypatch.setattr("bot.delivery._FIRST_BACKOFF", 0.01)
    monkeypatch.setattr("bot.again.FIRST", 0.01)


@pytest.mark.parametrize("error", [BROKEN, BAD_GATEWAY], ids=["line", "5xx"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_call_that_goes_wrong_is_made_again(office: Troubled, error: Exception, after: bool) -> None:
    methods = ("getUpdates", "sendMessage", "editMessageText", "answerCallbackQuery", "sendMessage")
    for method in methods:
        office.line.fails(error, method, after=after)
    await office.leaves(*office.heads[:3])
    await office.rest()
    await office.assert_all_is_well()
    # Only a message whose answer was lost can stand there twice: nobody can tell that it arrived.
    assert await repeated_messages(office.database, office.line) == (2 if after else 0)


async def test_a_long_outage_delays_everything_and_loses_nothing(office: Troubled) -> None:
    await office.leaves(*office.heads[:2])
    office.line.cut()
    working = asyncio.create_task(office.leaves(*office.heads[2:5]))
    before = office.line.called.total()
    await asyncio.sleep(1)
    assert office.line.called.total() - before < 400
    office.line.down = False
    await working
    await office.rest()
    await office.assert_all_is_well()
    assert await repeated_messages(office.database, office.line) == 0
