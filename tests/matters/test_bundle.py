"""What the clock reminds one person of at one moment is one message, and a number in it opens each thing."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from markupsafe import Markup
from sqlalchemy import func, select

from bot import clock
from bot.clock import TurnableClock
from bot.sandbox.house import House, account, open_house
from matters.bundle import let_out, things_of
from notices.notice import Attachment, Button, Notice, Reminder, State
from rules.roster import Official, Role
from storage.database_unavailable import DatabaseUnavailable
from storage.queries.roster import unbind
from storage.tables import audit, outbox
from storage.unit_of_work import UnitOfWork
from tests.cast import beijing

MORNING = beijing("2026-09-09 08:30")


class Row(NamedTuple):
    """What of a row of the outbox says which thing it is of."""

    once: str
    payload: dict[str, Any]
    subject: str = ""


def _card(to: Official, matter: int, words: str = "请答复：", **more: object) -> Notice:
    asked = ((Button("同意", f"matter:{matter}:agree"),),)
    reminder = Reminder("matter.remind", f"matter:{matter}", 77)
    text = Markup("{}\n<b>第{}件</b>").format(words, matter)
    return Notice(to, text, asked, f"第{matter}件", card=f"matter:{matter}:own", reminds=reminder)


async def _asked(house: House, to: Official, *matters: int) -> None:
    """The cards were sent some time ago, not as reminders."""
    async with house.office.work("asked") as work:
        await work.send(*(replace(_card(to, matter), reminds=None) for matter in matters))
    await house.turn(house.clock.now() + timedelta(minutes=1))


async def _reminded(house: House, cause: str, *notices: Notice) -> None:
    """The clock tells of them, each in a unit of work of its own."""
    for place, notice in enumerate(notices):
        async with house.office.work(f"{cause}:{place}") as work:
            work.reminding = True
            await work.send(notice)


async def _next_minute(house: House) -> None:
    async with house.office.work(f"soon:{house.clock.now()}") as work:
        await work.timer("unreached", 1, house.clock.now() + timedelta(minutes=1))
    await house.turn(house.clock.now() + timedelta(minutes=2))


def _seen(house: House, official: Official) -> list[str]:
    return [view["text"] for view in house.telegram.history(account(official))]


async def _reminders(house: House) -> int:
    async with house.office.database.session() as session:
        return await session.scalar(select(func.count()).where(audit.c.action == "matter.remind")) or 0


def _keys(house: House, official: Official) -> list[str]:
    """The buttons of the latest message."""
    rows = house.telegram.history(account(official))[-1]["buttons"]
    return [key["label"] for row in rows for key in row]


async def _head(house: House) -> Official:
    return (await house.roster()).with_role(Role.UNIT_HEAD)[0]


async def test_two_things_of_one_morning_are_one_message(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head = await _head(house)
        await _asked(house, head, 7, 8)
        before = len(_seen(house, head))
        info = Notice(head, Markup("您代某人办理已到期。"))
        await _reminded(house, "t", _card(head, 7, "已送您一个工作日："), _card(head, 8), info)
        await _next_minute(house)
        (said,) = _seen(house, head)[before:]
        assert said == (
            "有3件事提醒您：\n"
            "1. 第7件：已送您一个工作日\n"
            "2. 第8件：请答复\n"
            "3. 您代某人办理已到期。\n"
            "点数字，看该件、办该件。"
        )
        assert _keys(house, head) == ["1", "2"]


async def test_each_of_them_counts_as_a_reminder_that_arrived(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head = await _head(house)
        await _asked(house, head, 7, 8)
        before = await _reminders(house)
        await _reminded(house, "t", _card(head, 7), _card(head, 8))
        await _next_minute(house)
        assert await _reminders(house) == before + 2
        async with house.office.database.session() as session:
            left = select(func.count()).where(outbox.c.state.in_([State.HELD, State.BUNDLED, State.WAITING]))
            assert await session.scalar(left) == 0


async def test_a_number_opens_the_thing_as_it_is_by_now(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head = await _head(house)
        await _asked(house, head, 7, 8)
        await _reminded(house, "t", _card(head, 7), _card(head, 8))
        await _next_minute(house)
        async with house.office.work("decided") as work:
            await work.redraw("matter:8:own", Markup("<b>第8件</b>，已办"))
            await work.retire("matter:8:own")
        await house.turn(house.clock.now() + timedelta(minutes=1))
        bundle = house.telegram.history(account(head))[-1]
        for number, text, keys in (("1", "请答复：\n第7件", ["同意"]), ("2", "第8件，已办", [])):
            await house.telegram.presses(account(head), account(head), bundle["message_id"], number)
            await house.settle()
            assert _seen(house, head)[-1] == text
            assert _keys(house, head) == keys
        assert await _reminders(house) == 2, "opened, it counts as no second reminder"


async def test_one_thing_alone_comes_as_it_is(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head = await _head(house)
        await _asked(house, head, 7)
        before = len(_seen(house, head))
        await _reminded(house, "t", _card(head, 7, "已送您一个工作日："))
        await _next_minute(house)
        assert _seen(house, head)[before:] == ["已送您一个工作日：\n第7件"]


async def test_a_card_that_is_new_to_the_person_comes_by_itself_and_at_once(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head = await _head(house)
        await _asked(house, head, 7)
        before = len(_seen(house, head))
        await _reminded(house, "t", _card(head, 7), _card(head, 9, "请您审批："))
        await house.settle()
        assert _seen(house, head)[before:] == ["请您审批：\n第9件"]


async def test_whom_it_does_not_reach_the_desk_hears_of_each(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head = await _head(house)
        clerk = (await house.roster()).with_role(Role.OFFICE_STAFF)[0]
        await _asked(house, head, 7, 8)
        house.telegram.blocks(account(head))
        await _reminded(house, "t", _card(head, 7), _card(head, 8))
        await _next_minute(house)
        await house.turn(house.clock.now() + timedelta(minutes=15))
        lost = [text for text in _seen(house, clerk) if "没有收到通知" in text]
        assert "第7件" in "".join(lost)
        assert "第8件" in "".join(lost)


async def test_more_than_fit_are_a_second_message(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head = await _head(house)
        before = len(_seen(house, head))
        await _reminded(house, "t", *(Notice(head, Markup("第{}条提醒。").format(n)) for n in range(1, 24)))
        await _next_minute(house)
        first, second = _seen(house, head)[before:]
        assert first.startswith("有20件事提醒您：\n1. 第1条提醒。\n2.")
        assert second == "有3件事提醒您：\n1. 第21条提醒。\n2. 第22条提醒。\n3. 第23条提醒。"


async def test_what_a_fault_of_the_database_held_back_goes_out_with_the_next_tick(
    district_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head, tries = await _head(house), []
        before = len(_seen(house, head))

        async def away(work: UnitOfWork) -> None:
            tries.append(work)
            if len(tries) == 1:
                raise DatabaseUnavailable
            await let_out(work)

        monkeypatch.setattr("matters.bundle.let_out", away)
        await _reminded(house, "t", Notice(head, Markup("第1条提醒。")), Notice(head, Markup("第2条提醒。")))
        sweeper = clock.Clock(house.office)
        with pytest.raises(DatabaseUnavailable):
            await sweeper.sweep()
        await sweeper.sweep()
        await house.settle()
        (said,) = _seen(house, head)[before:]
        assert said.startswith("有2件事提醒您：")


async def test_whoever_has_another_account_by_then_is_not_told_on_the_old_one(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head = await _head(house)
        old, before = account(head), len(_seen(house, head))
        await _reminded(house, "t", Notice(head, Markup("第1条提醒。"), subject="第1条"))
        async with house.office.work("unbound") as work:
            await unbind(work, await work.lock(Official, head.id))
        await _next_minute(house)
        assert [view["text"] for view in house.telegram.history(old)][before:] == []


async def test_what_was_held_goes_to_the_account_that_they_have_by_now(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head = await _head(house)
        await _reminded(house, "t", Notice(head, Markup("第1条提醒。"), subject="第1条"))
        async with house.office.work("moved") as work:
            person = await work.lock(Official, head.id)
            home = account(person)
            await unbind(work, person)
            person.bind(home)
        async with house.office.work("bundle") as work:
            await let_out(work)
            told = select(outbox.c.chat_id).where(outbox.c.subject == "第1条")
            assert await work.session.scalar(told) == home


async def test_a_text_and_its_files_are_held_alike(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head = await _head(house)
        file = Attachment("稿.pdf", file_id="a")
        for files in ((file,), (file, file)):
            async with house.office.work(f"t{len(files)}") as work:
                work.reminding = True
                new = replace(_card(head, 80 + len(files)), reminds=None)
                await work.send(
                    new, Notice(head, Markup("提醒。"), files=files), Notice(head, Markup(), files=files)
                )
                told = select(outbox.c.state).where(outbox.c.once.like(f"t{len(files)}:%"))
                states = list(await work.session.scalars(told.order_by(outbox.c.id)))
            assert states == [State.WAITING, State.HELD, State.HELD, State.HELD]


@pytest.mark.parametrize(("quiet", "silent"), [((True, True), True), ((True, False), False)])
async def test_what_only_informs_makes_no_phone_ring_together_either(
    district_url: str, quiet: tuple[bool, bool], silent: bool
) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head = await _head(house)
        before = len(house.telegram.done)
        await _reminded(house, "t", *(Notice(head, Markup("知悉。"), asks=not each) for each in quiet))
        await _next_minute(house)
        (act,) = [one for one in house.telegram.done[before:] if one.method == "sendMessage"]
        assert act.silent is silent


@pytest.mark.parametrize(
    "things",
    [
        [["a|", "a#1|text"], ["b|", "b#1|text"]],  # files right before their text
        [["a|text", "b|"], ["c|text"]],  # an album of their own behind it
        [["a|text", "a#1|text"], ["b|file", "b#1|", "b#2|text", "c|file"]],
        [["a|text"], ["b||材料"]],  # files that are a thing by themselves
    ],
)
def test_files_belong_to_the_text_that_they_go_with(things: list[list[str]]) -> None:
    def row(written: str) -> Row:
        once, kind, *subject = written.split("|")
        return Row(once, {kind or "files": "x"}, *subject)

    told: list[list[Any]] = [[row(one) for one in each] for each in things]
    assert list(things_of([one for each in told for one in each])) == told
