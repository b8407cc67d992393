"""Groups with topics, and groups that will not have the bot: nothing is lost in silence."""

from markupsafe import escape
from sqlalchemy import select

from bot.clock import TurnableClock
from bot.sandbox.house import House, account, group_chat, open_house
from notices.notice import Notice
from rules.roster import Official, Role
from storage.tables import units
from tests.cast import beijing

MORNING = beijing("2026-09-09 09:00")
TOPIC, OTHER = 7, 9


class Scene:
    """财政局 with its group, which has two topics."""

    def __init__(self, house: House, head: Official, clerk: Official) -> None:
        self.house, self.head, self.clerk = house, head, clerk
        self.chat = group_chat(head.unit)
        self.group = house.telegram.world.chat(self.chat)
        self.group.topics = {TOPIC: True, OTHER: True}

    @classmethod
    async def of(cls, house: House) -> "Scene":
        roster = await house.roster()
        head = next(one for one in roster.with_role(Role.UNIT_HEAD) if one.unit.name == "财政局")
        return cls(house, head, roster.with_role(Role.OFFICE_STAFF)[0])

    async def say(self, text: str, topic: int) -> None:
        await self.house.telegram.says(account(self.head), self.chat, text, topic=topic)
        await self.house.settle()

    async def notify(self, text: str) -> None:
        async with self.house.office.work(text) as work:
            await work.send(Notice(self.chat, escape(text)))
        await self.house.settle()

    def shown(self) -> list[tuple[str, int]]:
        """What the bot said in the group, and in which topic."""
        return [
            (one.raw["text"], one.raw.get("message_thread_id", 0))
            for one in self.group.messages.values()
            if one.by_bot
        ]

    def told(self, official: Official) -> list[str]:
        said = [view["text"] for view in self.house.telegram.history(account(official))]
        return [text for text in said if "工作群" in text]

    async def bound(self) -> tuple[int | None, int | None]:
        async with self.house.office.database.session() as session:
            found = select(units.c.group_chat_id, units.c.group_topic_id).where(
                units.c.id == self.head.unit.id
            )
            row = (await session.execute(found)).one()
            return row.group_chat_id, row.group_topic_id


async def test_answers_and_notices_go_to_the_topic_of_the_binding(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        scene = await Scene.of(house)
        await scene.say("/bind", TOPIC)
        assert scene.shown() == [("财政局的通知今后发到本话题。", TOPIC)]
        await scene.notify("通知")
        await scene.say("/menu", OTHER)
        assert scene.shown()[1:] == [("通知", TOPIC), ("请在与我的私聊中办理。", OTHER)]


async def test_a_closed_topic_is_told_of_once_and_again_when_it_works(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        scene = await Scene.of(house)
        await scene.say("/bind", TOPIC)
        scene.group.topics[TOPIC] = False
        for text in ("一", "二", "三"):
            await scene.notify(text)
        for one in (scene.head, scene.clerk):
            (said,) = scene.told(one)
            assert said.startswith("⚠️ 财政局工作群收不到通知\n绑定的话题已关闭。")
        scene.group.topics[TOPIC] = True
        await scene.notify("四")
        await scene.notify("五")
        for one in (scene.head, scene.clerk):
            assert scene.told(one)[1:] == ["✅ 财政局工作群已恢复接收通知。"]


async def test_a_group_where_the_bot_may_not_speak(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        scene = await Scene.of(house)
        for why in ("not enough rights to send text messages to the chat", "CHAT_WRITE_FORBIDDEN"):
            scene.group.refuses = why
            await scene.notify(why)
        for one in (scene.head, scene.clerk):
            (said,) = scene.told(one)
            assert "机器人在群内没有发言权限" in said


async def test_a_topic_that_is_gone_sends_its_notices_to_general(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        scene = await Scene.of(house)
        await scene.say("/bind", TOPIC)
        del scene.group.topics[TOPIC]
        await scene.notify("一")
        await scene.notify("二")
        assert scene.shown()[1:] == [("一", 0), ("二", 0)]
        assert len(scene.told(scene.head)) == 1
        assert await scene.bound() == (scene.chat, None)


async def test_a_group_that_put_the_bot_out_unnoticed(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        scene = await Scene.of(house)
        scene.group.bot = "kicked"
        await scene.notify("一")
        assert await scene.bound() == (None, None)
        assert "已被移出群" in scene.told(scene.clerk)[0]
