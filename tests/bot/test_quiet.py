"""Only what asks somebody for something makes a phone ring, and a digest holds back nothing pressing."""

from datetime import timedelta

import pytest
from markupsafe import Markup

from bot.clock import TurnableClock
from bot.sandbox.house import House, account, group_chat, open_house
from notices.notice import Attachment, Button, Notice, Urgency
from rules.quiet.choice import Call, Choice
from rules.roster import Official, Role
from storage.quiet import let_go
from tests.cast import THURSDAY, Cast, beijing

HEAD = Cast().head
FILE = Attachment("参会.ics", content=b"BEGIN:VCALENDAR")


def _with(*labels: str) -> tuple[tuple[Button, ...], ...]:
    return (tuple(Button(label, "matter:7:act") for label in labels),)


@pytest.mark.parametrize(
    ("notice", "call"),
    [
        (Notice(HEAD, Markup("请审批"), _with("同意（代）", "不同意")), Call.ASKS),
        (Notice(HEAD, Markup("您的报告"), _with("撤回", "催办", "文件（2件）", "议题1")), Call.TELLS),
        (Notice(HEAD, Markup("在岗"), ((Button("在岗", "menu:board"),),)), Call.TELLS),
        (Notice(HEAD, Markup("已销假")), Call.TELLS),
        (Notice(HEAD, Markup("已销假"), _with("知悉"), quiet=True), Call.TELLS),
        (Notice(HEAD, Markup("请电话联系"), asks=True), Call.ASKS),
        (Notice(HEAD, Markup("会议已取消"), news=True, attachment=FILE), Call.ASKS),
        (Notice(HEAD, Markup("日历"), attachment=FILE), Call.TELLS),
        (Notice(HEAD, Markup("会签"), receipt="countersign:7"), Call.ASKS),
        (Notice(HEAD, Markup("急件"), _with("同意"), urgent=True), Call.URGENT),
        (Notice(HEAD, Markup("报告单"), attachment=FILE, urgency=Urgency.ANSWER), Call.ANSWER),
        (Notice(-500, Markup("外出"), _with("同意")), Call.TELLS),
    ],
)
def test_what_a_notice_wants_of_its_reader(notice: Notice, call: Call) -> None:
    assert notice.call is call


async def _head(house: House, quiet: Choice = Choice.ACTS) -> Official:
    async with house.office.work("chosen") as work:
        head = (await work.roster()).with_role(Role.UNIT_HEAD)[0]
        head.choose(quiet)
        return head


async def test_the_phone_is_told_to_be_silent(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(beijing("2026-09-09 09:00"))) as house:
        head, before = await _head(house), len(house.telegram.done)
        async with house.office.work("told") as work:
            await work.send(
                Notice(head, Markup("请审批"), _with("同意")),
                Notice(head, Markup("已销假")),
                Notice(group_chat(head.unit), Markup("外出")),
            )
        await house.settle()
        told = [one for one in house.telegram.done[before:] if one.method.startswith("send")]
        assert [one.silent for one in told if one.chat_id == account(head)] == [False, True]
        assert [one.silent for one in told if one.chat_id == group_chat(head.unit)] == [True]


async def test_a_digest_brings_together_what_can_wait(district_url: str) -> None:
    now = THURSDAY + timedelta(hours=1)
    async with open_house(district_url, TurnableClock(now)) as house:
        head = await _head(house, Choice.DIGEST)

        def seen() -> list[str]:
            return [view["text"].split("\n")[0] for view in house.telegram.history(account(head))][before:]

        before = len(house.telegram.history(account(head)))
        async with house.office.work("told") as work:
            await work.send(
                Notice(head, Markup("已送审"), subject="甲"),
                Notice(head, Markup("请审批"), _with("同意")),  # nobody says until when: it waits for nothing
                Notice(head, Markup("明年的事"), _with("同意"), subject="乙", until=now + timedelta(days=99)),
                Notice(head, Markup("下午两点开会"), _with("参加"), until=now + timedelta(hours=4)),
                Notice(head, Markup("急"), _with("同意"), urgent=True),
                Notice(head, Markup("会签"), _with("无不同意见"), receipt="countersign:7"),
            )
        await house.turn(beijing("2026-11-26 14:29"))
        assert seen() == ["请审批", "下午两点开会", "急", "会签"]
        await house.turn(beijing("2026-11-26 14:30"))
        assert seen()[4:] == ["有2件事提醒您："]
        await house.turn(beijing("2026-11-26 14:40"))
        async with house.office.work("more") as work:
            await work.send(Notice(head, Markup("已审批")))
        await house.turn(beijing("2026-11-26 16:00"))
        assert seen()[5:] == []
        async with house.office.work("enough") as work:
            await let_go(work, head)
        await house.turn(beijing("2026-11-26 16:01"))
        assert seen()[5:] == ["已审批"]
