"""Only what asks somebody for something makes a phone ring: groups' lines, files and copies come silently."""

import pytest
from markupsafe import Markup

from bot.clock import TurnableClock
from bot.sandbox.house import account, group_chat, open_house
from notices.notice import Attachment, Button, Notice, Urgency
from rules.roster import Role
from tests.cast import beijing

ASKED = ((Button("同意", "matter:7:agree"),),)


@pytest.mark.parametrize(
    ("to", "more", "silent"),
    [
        ("head", {"buttons": ASKED}, False),
        ("head", {}, False),
        ("head", {"quiet": True}, True),
        ("head", {"attachment": Attachment("参会.ics", content=b"BEGIN:VCALENDAR")}, True),
        (
            "head",
            {"attachment": Attachment("请假报告单.docx", content=b"PK"), "urgency": Urgency.ANSWER},
            False,
        ),
        ("group", {}, True),
        ("group", {"urgency": Urgency.ANSWER}, False),
    ],
)
async def test_what_rings(district_url: str, to: str, more: dict[str, object], silent: bool) -> None:
    async with open_house(district_url, TurnableClock(beijing("2026-09-09 09:00"))) as house:
        head = (await house.roster()).with_role(Role.UNIT_HEAD)[0]
        chat = group_chat(head.unit)
        before = len(house.telegram.done)
        async with house.office.work("told") as work:
            await work.send(Notice(head if to == "head" else chat, Markup("某事"), **more))  # type: ignore[arg-type] # one of the fields each
        await house.settle()
        (act,) = [one for one in house.telegram.done[before:] if one.method.startswith("send")]
        assert act.chat_id == (account(head) if to == "head" else chat)
        assert act.silent is silent
