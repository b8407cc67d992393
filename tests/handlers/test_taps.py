"""What a button's data has to look like, and what the handler is given of it."""

import re

import pytest
from telegram.ext import CallbackQueryHandler

from handlers.taps import Tap, on_tap
from rules.leave.matter import Leave


async def nothing(tap: Tap[Leave]) -> str:
    return tap.act


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("leave:12:agree:0", {"id": "12", "act": "agree", "position": "0"}),
        ("leave:12:decline:31", {"id": "12", "act": "decline", "position": "31"}),
        ("leave:12:withdraw:0", None),
        ("leave:12:agree", None),
        ("leave:12:agree:0:1", None),
        ("leave:-1:agree:0", None),
        ("leave:1234567890:agree:0", None),
        ("leave:１２:agree:0", None),  # full-width digits are forged: no button of ours bears them
        ("leave:12:agree:0\n", None),
    ],
)
def test_only_data_of_that_form_is_taken(data: str, said: dict[str, str] | None) -> None:
    route = on_tap("leave:<id>:agree|decline:<position>", Leave)(nothing)
    assert isinstance(route, CallbackQueryHandler)
    assert isinstance(route.pattern, re.Pattern)
    match = route.pattern.match(data)
    assert (match.groupdict() if match else None) == said


def test_one_word_is_no_choice() -> None:
    route = on_tap("leave:<id>:papers", Leave)(nothing)
    assert isinstance(route, CallbackQueryHandler)
    assert isinstance(route.pattern, re.Pattern)
    found = route.pattern.match("leave:7:papers")
    assert found is not None
    assert found.groupdict() == {"id": "7"}


@pytest.mark.parametrize("data", ["leave:<id", "leave:", "leave:<id>:a b"])
def test_what_can_be_no_data_is_a_mistake_of_ours(data: str) -> None:
    with pytest.raises(ValueError, match="not a part of a button's data"):
        on_tap(data, Leave)
