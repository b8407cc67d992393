"""Of one person's copies of a card only the newest is live, whatever had become of the older ones."""

from markupsafe import Markup
from sqlalchemy import select

from bot.clock import TurnableClock
from bot.sandbox.house import House, account, open_house
from notices.notice import Button, Notice, State
from rules.roster import Official, Role
from storage.outbox import Kind
from storage.tables import outbox
from tests.cast import beijing

MORNING = beijing("2026-09-09 09:00")
DOWN = "↓ 第7件：见下方最新卡片"


def _card(to: Official, words: str, name: str = "matter:7:own", replaces: tuple[str, ...] = ()) -> Notice:
    asked = ((Button("同意", "matter:7:agree"),),)
    text = Markup("<b>第7件，请您审批</b>\n{}").format(words)
    return Notice(to, text, asked, "第7件", card=name, replaces=replaces)


async def _sent(house: House, *notices: Notice) -> None:
    async with house.office.work(f"sent:{notices[0].text}") as work:
        await work.send(*notices)


def _seen(house: House, official: Official) -> list[tuple[str, bool]]:
    history = house.telegram.history(account(official))
    return [(view["text"].split("\n")[-1], bool(view["buttons"])) for view in history]


def _whole(house: House, official: Official) -> list[tuple[str, list[str]]]:
    history = house.telegram.history(account(official))
    return [(view["text"], [key["label"] for row in view["buttons"] for key in row]) for view in history]


async def test_the_older_copy_points_down_and_is_edited_no_more(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head, other = (await house.roster()).with_role(Role.UNIT_HEAD)[:2]
        await _sent(house, _card(head, "一"), _card(other, "一"))
        await house.settle()
        async with house.office.work("again") as work:
            await work.redraw(
                "matter:7:own", Markup("<b>第7件</b>\n改过"), ((Button("同意", "matter:7:agree"),),)
            )
            await work.send(_card(head, "二"))
        await house.settle()
        assert _seen(house, head)[-2:] == [(DOWN, False), ("二", True)]
        assert _seen(house, other)[-1] == ("改过", True), "who is not told anew keeps theirs"
        async with house.office.work("done") as work:
            await work.redraw("matter:7:own", Markup("<b>第7件</b>\n已办"))
        await house.settle()
        assert _seen(house, head)[-2:] == [(DOWN, False), ("已办", False)]


async def test_another_name_of_the_same_matter_gives_way_where_it_is_said(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head = (await house.roster()).with_role(Role.UNIT_HEAD)[0]
        await _sent(house, _card(head, "首轮", "matter:7:0"))
        await _sent(house, _card(head, "他事", "matter:7:else"))
        await _sent(house, _card(head, "次轮", "matter:7:1", ("matter:7:0",)))
        await house.settle()
        assert _seen(house, head)[-3:] == [(DOWN, False), ("他事", True), ("次轮", True)]


async def test_one_that_was_never_sent_is_not_sent_any_more(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head = (await house.roster()).with_role(Role.UNIT_HEAD)[0]
        before = len(_seen(house, head))
        async with house.office.work("both") as work:
            await work.send(_card(head, "一"))
            await work.send(_card(head, "二"))
        await house.settle()
        assert _seen(house, head)[before:] == [("二", True)]
        async with house.office.database.session() as session:
            rows = await session.execute(
                select(outbox.c.state).where(outbox.c.kind == Kind.MESSAGE, outbox.c.subject == "第7件")
            )
            assert sorted(row.state for row in rows) == [State.DROPPED, State.SENT]


async def test_what_is_news_becomes_the_card_that_was_edited_for_its_reader(district_url: str) -> None:
    """With its buttons, and with what the card says beside; kept when it is drawn again as it stood."""
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head = (await house.roster()).with_role(Role.UNIT_HEAD)[0]
        await _sent(house, _card(head, "时间：1日"))
        await house.settle()
        card = Markup("<b>第7件，已同意</b>\n时间：1日\n地点：济南"), ((Button("撤回", "matter:7:off"),),)
        async with house.office.work("agreed") as work:
            await work.redraw("matter:7:own", *card)
            news = Markup("<b>您的第7件，赵某已同意</b>\n时间：1日")
            await work.send(Notice(head, news, matter="matter:7"))
        await house.settle()
        assert _whole(house, head)[-2:] == [
            ("↓ 您的第7件：见下方最新卡片", []),
            ("您的第7件，赵某已同意\n时间：1日\n地点：济南", ["撤回"]),
        ]
        async with house.office.work("again") as work:
            await work.redraw("matter:7:own", card[0] + Markup("\n主持：钱某"), card[1])
        await house.settle()
        told = "您的第7件，赵某已同意\n时间：1日\n地点：济南\n主持：钱某"
        assert _whole(house, head)[-1] == (told, ["撤回"])
        async with house.office.work("off") as work:
            await work.redraw("matter:7:own", Markup("<b>第7件，已撤回</b>\n时间：1日"))
        await house.settle()
        assert _whole(house, head)[-1] == ("第7件，已撤回\n时间：1日", [])


async def test_a_card_of_its_own_stays_beside_the_one_that_was_edited(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        head = (await house.roster()).with_role(Role.UNIT_HEAD)[0]
        await _sent(house, _card(head, "一"))
        await house.settle()
        async with house.office.work("else") as work:
            await work.redraw("matter:7:own", Markup("<b>第7件</b>\n改过"))
            await work.send(_card(head, "另问", "matter:7:else"))
        await house.settle()
        assert _seen(house, head)[-2:] == [("改过", False), ("另问", True)]
