"""What a button's data has to look like, and what the handler is given of it."""

import re

import pytest
from telegram.ext import CallbackQueryHandler

from handlers.taps import Tap, on_tap
from rules.leave.matter import Leave


async def nothing(tap: Tap[Leave]) -> str:
    return tap.act


async def nowhere(tap: Tap[None]) -> str:
    return tap.act


def pattern(data: str, cls: type[Leave] | None = None) -> re.Pattern[str]:
    route = on_tap(data)(nowhere) if cls is None else on_tap(data, cls)(nothing)
    assert isinstance(route, CallbackQueryHandler)
    assert isinstance(route.pattern, re.Pattern)
    return route.pattern


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
    match = pattern("leave:<id>:agree|decline:<position>", Leave).match(data)
    assert (match.groupdict() if match else None) == said


def test_one_word_is_no_choice() -> None:
    found = pattern("leave:<id>:papers", Leave).match("leave:7:papers")
    assert found is not None
    assert found.groupdict() == {"id": "7"}


@pytest.mark.parametrize(
    ("form", "data", "said"),
    [
        ("meeting:new", "meeting:new", {}),
        ("meeting:new", "meeting:newer", None),
        ("invitation:<id>:permit:<change>?", "invitation:4:permit", {"id": "4", "change": None}),
        ("invitation:<id>:permit:<change>?", "invitation:4:permit:2", {"id": "4", "change": "2"}),
        ("invitation:<id>:permit:<change>?", "invitation:4:permit:", None),
        ("plan:open:{day}", "plan:open:20261201", {"day": "20261201"}),
        ("plan:open:{day}", "plan:open:2026:1201", None),
        ("plan:open:{day}", "plan:open:明天", None),
        ("f:<draft>:{what}", "f:3:span.s.20261201", {"draft": "3", "what": "span.s.20261201"}),
        ("find:<page>:*words", "find:1:财政局 9:30", {"page": "1", "words": "财政局 9:30"}),
        ("find:<page>:*words", "find:1:一\n二", {"page": "1", "words": "一\n二"}),
    ],
)
def test_a_number_may_be_left_out_and_words_stand_for_themselves(
    form: str, data: str, said: dict[str, str | None] | None
) -> None:
    match = pattern(form).match(data)
    assert (match.groupdict() if match else None) == said


@pytest.mark.parametrize("data", ["leave:<id", "leave:", "leave:<id>:a b", "leave:{id}?", "leave:**x"])
def test_what_can_be_no_data_is_a_mistake_of_ours(data: str) -> None:
    with pytest.raises(ValueError, match="not a part of a button's data"):
        on_tap(data, Leave)
