"""Telegram's sending limits: overall, in a private chat and in a group."""

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.flood import Flood
from tests.bot.sandbox.stage import Clock


def wait(flood: Flood, chat_id: int) -> int:
    """The seconds told to wait, 0 where the message went through."""
    try:
        flood.check(chat_id)
    except ApiError as error:
        return int(error.parameters["retry_after"])
    return 0


@pytest.fixture
def flood(clock: Clock) -> Flood:
    flood = Flood(clock.ticks)
    flood.on = True
    return flood


def test_thirty_a_second_overall(flood: Flood, clock: Clock) -> None:
    assert [wait(flood, chat) for chat in range(1, 31)] == [0] * 30
    assert wait(flood, 31) == 1
    assert wait(flood, 32) == 1
    clock.turn(seconds=1.01)
    assert [wait(flood, chat) for chat in range(1, 31)] == [0] * 30


def test_an_even_pace_just_below_meets_no_429(flood: Flood, clock: Clock) -> None:
    for chat in range(1, 601):
        assert wait(flood, chat) == 0
        clock.turn(seconds=1 / 29)


def test_one_a_second_in_a_private_chat_after_a_burst(flood: Flood, clock: Clock) -> None:
    assert [wait(flood, 1) for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    assert wait(flood, 2) == 0
    for _ in range(10):
        clock.turn(seconds=1.01)
        assert wait(flood, 1) == 0


def test_twenty_a_minute_in_a_group(flood: Flood, clock: Clock) -> None:
    for _ in range(20):
        assert wait(flood, -1) == 0
        clock.turn(seconds=1)
    assert wait(flood, -1) == 40
    clock.turn(seconds=20)
    assert wait(flood, -1) == 20, "who does not wait is told again"
    assert wait(flood, -2) == 0
    clock.turn(seconds=20.1)
    assert wait(flood, -1) == 0
