"""Trying again: what is tried, how long it waits, what goes through, and that a stop does not wait."""

import asyncio
from collections.abc import Iterator

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot import again as module
from bot.again import Stopped, again


class Line:
    """Fails with each of these errors in turn, then answers."""

    def __init__(self, *errors: Exception) -> None:
        self.errors: Iterator[Exception] = iter(errors)
        self.told: list[str] = []
        self.failed = asyncio.Event()

    async def call(self) -> str:
        if error := next(self.errors, None):
            raise error
        return "answered"

    def said(self, error: BaseException, seconds: float) -> None:
        self.told.append(f"{error} {seconds:.0f}")
        self.failed.set()


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What was waited for, in seconds; nothing really is."""
    pauses: list[float] = []

    async def rest(_: object, seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(module, "_rest", rest)
    return pauses


async def test_pauses_double_up_to_half_a_minute(slept: list[float]) -> None:
    line = Line(*(NetworkError("down") for _ in range(7)))
    assert await again(line.call, NetworkError, said=line.said) == "answered"
    assert slept == [1, 2, 4, 8, 16, 30, 30]
    assert line.told[0] == "down 1"
    assert line.told[-1] == "down 30"


async def test_where_telegram_says_how_long_it_is_as_long(slept: list[float]) -> None:
    line = Line(RetryAfter(17), NetworkError("down"))
    assert await again(line.call, RetryAfter, NetworkError) == "answered"
    assert slept == [17, 2]


async def test_other_errors_go_through_and_so_does_the_last_of_several_tries(slept: list[float]) -> None:
    with pytest.raises(ValueError, match="ours"):
        await again(Line(NetworkError("down"), ValueError("ours")).call, NetworkError)
    with pytest.raises(BadRequest):
        await again(Line(BadRequest("no")).call, NetworkError, but=(BadRequest,))
    with pytest.raises(NetworkError, match="third"):
        await again(Line(*map(NetworkError, ("first", "second", "third"))).call, NetworkError, tries=3)
    assert slept == [1, 1, 2]


async def test_a_stop_does_not_wait_for_another_try() -> None:
    stopped = asyncio.Event()
    line = Line(*(NetworkError("down") for _ in range(100)))
    waiting = asyncio.create_task(again(line.call, NetworkError, stopped=stopped, said=line.said))
    await line.failed.wait()
    stopped.set()
    with pytest.raises(Stopped):
        await asyncio.wait_for(waiting, 0.5)
    assert len(line.told) == 1


async def test_what_is_cancelled_is_not_tried_again() -> None:
    line = Line(NetworkError("down"), NetworkError("down"))
    waiting = asyncio.create_task(again(line.call, Exception, said=line.said))
    await line.failed.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert len(line.told) == 1
