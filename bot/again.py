"""Trying again what failed only for the moment: after a second, then ever later, half a minute at most.

For a task that waits itself. A chat left alone after an error is not one (bot/delivery.py: others go first
meanwhile), nor is a timer put off (bot/clock.py: that survives a stop).
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Final, TypeVar

from telegram.error import RetryAfter
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    stop_never,
    wait_exponential,
)
from tenacity.wait import wait_base

from bot.wire import seconds_of

T = TypeVar("T")

FIRST: float = 1.0
LONGEST: Final = 30.0
"""Seconds; who was waited for is back for at most so long before it is noticed."""


class Stopped(Exception):  # noqa: N818 - a state of things
    """The bot stops while something waits for another try."""


async def again(
    call: Callable[[], Awaitable[T]],
    *on: type[Exception],
    but: tuple[type[Exception], ...] = (),
    tries: int | None = None,
    pauses: wait_base | None = None,
    stopped: asyncio.Event | None = None,
    said: Callable[[BaseException, float], None] | None = None,
) -> T:
    """Call until it raises none of these errors, and give what it gave; any other error goes through.

    With `tries` the last of so many errors goes through as well. Where Telegram says how long to wait, that
    is done; otherwise the `pauses` count. `said` hears of each error and of the seconds until the next try.
    Raises Stopped where `stopped` is set while it waits.
    """
    try:
        return await call()  # nearly always; what tenacity keeps account of for a single call costs 0.1 ms
    except on as error:
        failed = [error]
    trying = AsyncRetrying(
        retry=retry_if_exception(
            lambda error: isinstance(error, on) and not isinstance(error, (*but, Stopped))
        ),
        stop=stop_never if tries is None else stop_after_attempt(tries),
        wait=partial(_pause, pauses or wait_exponential(FIRST, LONGEST)),
        sleep=partial(_rest, stopped),
        before_sleep=None if said is None else partial(_say, said),
        reraise=True,
    )
    given: T = await trying(partial(_call, call, failed))
    return given


async def _call(call: Callable[[], Awaitable[T]], failed: list[Exception]) -> T:
    """The call, or how it has just failed; a lambda alone is none of tenacity's coroutine functions."""
    if failed:
        raise failed.pop()
    return await call()


def _pause(pauses: wait_base, state: RetryCallState) -> float:
    error = state.outcome and state.outcome.exception()
    return seconds_of(error) if isinstance(error, RetryAfter) else pauses(state)


async def _rest(stopped: asyncio.Event | None, seconds: float) -> None:
    if stopped is None:
        await asyncio.sleep(seconds)
        return
    # Not wait_for: in Python 3.11 it swallows a cancellation that comes together with the event.
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stopped.wait()
    if stopped.is_set():
        raise Stopped


def _say(said: Callable[[BaseException, float], None], state: RetryCallState) -> None:
    error = state.outcome and state.outcome.exception()
    if error and state.next_action:
        said(error, state.next_action.sleep)
