"""Delivery keeps order and pace, and does with each failure what the design says."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from markupsafe import Markup, escape
from sqlalchemy import select
from telegram.error import NetworkError

from bot.delivery import IN_FLIGHT
from bot.pace import Bucket, Pace, Pacer
from notices.notice import Button, Notice, State, Urgency
from rules.roster import Official, Role, Unit, UnitKind
from rules.settings import Settings
from storage.database import Database
from storage.office import Office
from storage.tables import outbox
from tests.stage import Line

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
HEAD, DEPUTY, CLERK = 101, 102, 103
YES = ((Button("同意", "leave:1:agree"),),)


class DeliveryLine(Line):
    """A head, a deputy and a clerk, and what was queued for them."""

    async def send(self, *notices: Notice, cause: str = "test") -> None:
        async with self.office.work(cause) as work:
            await work.send(*notices)

    async def states(self) -> list[tuple[State, Any]]:
        async with self.office.database.session() as session:
            rows = await session.execute(select(outbox.c.state, outbox.c.error).order_by(outbox.c.id))
            return [(row.state, row.error) for row in rows]

    def said(self, chat: int) -> list[str]:
        return [view["text"] for view in self.telegram.history(chat) if view["sender"]["is_bot"]]


@pytest.fixture
async def scene(database: Database) -> DeliveryLine:
    scene = DeliveryLine(Office(database, Settings(), lambda: NOW))
    unit = Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT)
    desk = Unit("区政府办", "千文区政府办公室", UnitKind.OFFICE)
    await scene.settle(
        *(
            Official(f"某{id}", of, "职务", role, phone=f"1380000{id:04}", telegram_id=id)
            for id, role, of in (
                (HEAD, Role.UNIT_HEAD, unit),
                (DEPUTY, Role.DEPUTY_HEAD, unit),
                (CLERK, Role.OFFICE_STAFF, desk),
            )
        )
    )
    return scene


async def test_what_was_queued_before_a_stop_is_sent_after_the_start(scene: DeliveryLine) -> None:
    await scene.send(Notice(HEAD, Markup("一")), Notice(HEAD, Markup("二")))
    async with scene.sending() as delivery:
        await delivery.idle()
    assert scene.said(HEAD) == ["一", "二"]
    assert [state for state, _ in await scene.states()] == [State.SENT, State.SENT]


async def test_the_same_key_is_never_queued_twice(scene: DeliveryLine) -> None:
    await scene.send(Notice(HEAD, Markup("晨报"), once="morning:2026-11-23"), cause="a")
    with pytest.raises(Exception, match=r"(?i)unique"):
        await scene.send(Notice(HEAD, Markup("晨报"), once="morning:2026-11-23"), cause="b")
    async with scene.sending() as delivery:
        await delivery.idle()
    assert scene.said(HEAD) == ["晨报"]


async def test_a_blocked_person_is_unreached_and_the_next_in_line_and_the_desk_are_told(
    scene: DeliveryLine,
) -> None:
    scene.telegram.blocks(HEAD)
    await scene.send(Notice(scene.people[HEAD], Markup("秘密事由"), subject="会签答复期限"))
    async with scene.sending() as delivery:
        await delivery.idle()
    assert (await scene.states())[0] == (State.FAILED, "Forbidden: bot was blocked by the user")
    lost = "发给财政局职务 某101的“会签答复期限”未能送达。"
    assert scene.said(DEPUTY) == [
        f"某101没有收到通知，请转告\n{lost}请转告本人尽快查看，或致电区政府办公室。"
    ]
    assert scene.said(CLERK) == [f"某101没有收到通知，请电话告知\n{lost}请电话告知本人：13800000101。"]


async def test_one_who_is_not_bound_is_unreached_in_the_same_way(scene: DeliveryLine) -> None:
    async with scene.office.work("unbind") as work:
        head = await work.lock(Official, scene.people[HEAD].id)
        head.telegram_id = None
        await work.send(Notice(head, Markup("正文"), subject="请假报告待审批"))
    async with scene.sending() as delivery:
        await delivery.idle()
    assert len(scene.said(DEPUTY)) == len(scene.said(CLERK)) == 1


async def test_a_network_error_is_tried_again_in_order(
    scene: DeliveryLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery._FIRST_BACKOFF", 0.01)
    scene.telegram.fails(NetworkError("down"), "sendMessage", times=2)
    await scene.send(Notice(HEAD, Markup("一")), Notice(HEAD, Markup("二")), Notice(CLERK, Markup("三")))
    async with scene.sending() as delivery:
        await delivery.idle()
    assert scene.said(HEAD) == ["一", "二"]
    assert scene.said(CLERK) == ["三"]


async def test_a_card_still_waiting_is_shown_as_its_last_edit_wants_it(scene: DeliveryLine) -> None:
    await scene.send(Notice(HEAD, Markup("请审批"), buttons=YES, card="leave:1"))
    async with scene.office.work("decided") as work:
        await work.redraw("leave:1", Markup("已由区长同意"))
    async with scene.sending() as delivery:
        await delivery.idle()
    assert scene.said(HEAD) == ["已由区长同意"]
    assert [state for state, _ in await scene.states()] == [State.SENT, State.DROPPED]


async def test_every_copy_of_a_sent_card_is_edited(scene: DeliveryLine) -> None:
    async with scene.sending() as delivery:
        for who in (HEAD, CLERK):
            await scene.send(Notice(who, Markup("请审批"), buttons=YES, card="leave:1"), cause=str(who))
        await delivery.idle()
        async with scene.office.work("decided") as work:
            await work.redraw("leave:1", Markup("已由区长同意"))
        await delivery.idle()
    for who in (HEAD, CLERK):
        view = scene.telegram.history(who)[-1]
        assert (view["text"], view["buttons"]) == ("已由区长同意", [])


async def test_an_edit_that_changes_nothing_counts_as_done(scene: DeliveryLine) -> None:
    async with scene.sending() as delivery:
        await scene.send(Notice(HEAD, Markup("请审批"), card="leave:1"))
        await delivery.idle()
        async with scene.office.work("same") as work:
            await work.redraw("leave:1", Markup("请审批"))
        await delivery.idle()
    assert [state for state, _ in await scene.states()] == [State.SENT, State.SENT]


async def test_a_toast_for_a_tap_too_old_is_let_go(scene: DeliveryLine) -> None:
    async with scene.sending() as delivery:
        async with scene.office.work("late") as work:
            await work.toast("4242", "已记录。")
        await delivery.idle()
    assert [state for state, _ in await scene.states()] == [State.DROPPED]


async def test_a_group_that_became_a_supergroup_is_followed(scene: DeliveryLine) -> None:
    scene.telegram.add_group(-900, "财政局工作群", [HEAD])
    async with scene.office.work("bind") as work:
        head = await work.lock(Official, scene.people[HEAD].id)
        head.unit.group_chat_id = -900
    new = scene.telegram.migrate(-900)
    await scene.send(Notice(-900, Markup("一")), Notice(-900, Markup("二")))
    async with scene.sending() as delivery:
        await delivery.idle()
    assert scene.said(new)[-2:] == ["一", "二"]
    async with scene.office.work("look") as work:
        assert (await work.lock(Unit, head.unit.id)).group_chat_id == new


async def test_429_is_waited_out_and_nothing_is_lost(scene: DeliveryLine) -> None:
    scene.telegram.limits = True
    await scene.send(*(Notice(HEAD, escape(str(number))) for number in range(6)))
    async with scene.sending() as delivery:
        await asyncio.wait_for(delivery.idle(), 30)
    assert scene.said(HEAD) == [str(number) for number in range(6)]


async def test_429_for_the_pace_over_all_stops_everybody_for_as_long_as_told(scene: DeliveryLine) -> None:
    chats = range(1000, 1045)
    for chat in chats:
        scene.telegram.add_user(chat, f"某{chat}")
        scene.telegram.open_chat(chat)
    scene.telegram.limits = True
    await scene.send(*(Notice(chat, Markup("通知")) for chat in chats))
    async with scene.sending(Pace(overall=500)) as delivery:
        await asyncio.wait_for(delivery.idle(), 30)
    assert all(scene.said(chat) == ["通知"] for chat in chats)
    assert scene.telegram.refused <= IN_FLIGHT


async def test_answers_go_before_broadcasts(scene: DeliveryLine) -> None:
    await scene.send(
        Notice(HEAD, Markup("广播"), urgency=Urgency.BROADCAST),
        Notice(CLERK, Markup("答复"), urgency=Urgency.ANSWER),
    )
    async with scene.sending(Pace(overall=50)) as delivery:
        await delivery.idle()
    assert [act.text for act in scene.telegram.done if act.method == "sendMessage"] == ["答复", "广播"]


async def test_a_second_message_to_the_same_chat_goes_out_at_its_pace(scene: DeliveryLine) -> None:
    await scene.send(*(Notice(HEAD, escape(str(number))) for number in range(4)))
    async with scene.sending(Pace(overall=100, chat=50, chat_burst=1)) as delivery:
        await asyncio.wait_for(delivery.idle(), 10)
    assert scene.said(HEAD) == [str(number) for number in range(4)]


# ---------------------------------------------------------------- pace


def _ticking() -> tuple[Callable[[], float], Callable[[float], None]]:
    at = [100.0]

    def pass_time(seconds: float) -> None:
        at[0] += seconds

    return lambda: at[0], pass_time


def test_the_pace_over_all_is_even() -> None:
    clock, pass_time = _ticking()
    pacer = Pacer(Pace(overall=28), clock)
    slots = []
    for chat in range(1, 57):
        pass_time(max(0.0, pacer.slot - clock()))
        slots.append(clock())
        pacer.took(chat)
    gaps = [later - earlier for earlier, later in pairwise(slots)]
    assert gaps == pytest.approx([1 / 28] * 55)


def test_a_pause_is_not_made_up_for_by_a_burst() -> None:
    clock, pass_time = _ticking()
    pacer = Pacer(Pace(overall=28), clock)
    pacer.took(1)
    pass_time(60)
    pacer.took(2)
    pacer.took(3)
    assert pacer.slot == pytest.approx(clock() + 1 / 28)


def test_a_slow_group_holds_up_nobody_else() -> None:
    clock, _ = _ticking()
    pacer = Pacer(Pace(), clock)
    for _ in range(3):
        pacer.took(-5)
    assert pacer.ready_at(-5) > clock() + 3
    assert pacer.ready_at(7) <= clock()


def test_a_group_gets_at_most_twenty_in_any_minute() -> None:
    pace = Pace()
    bucket = Bucket(pace.group, pace.group_burst, 0.0)
    at, sent = 0.0, []
    while at < 300:
        at = bucket.ready_at(at)
        bucket.take(at)
        sent.append(at)
    assert max(sum(1 for one in sent if start <= one < start + 60) for start in sent) <= 20
