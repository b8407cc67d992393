"""What a tap leaves behind: a lost copy loses its buttons, a breach leaves one row and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import event, func, select, update

from bot.clock import TurnableClock
from bot.sandbox.errors import bad_request
from bot.sandbox.house import House, account, group_chat, open_house
from notices.notice import State
from rules.refused import NOTED_AN_HOUR
from rules.roster import Official, Role
from rules.working_days import SHANGHAI
from storage.audit import verify
from storage.tables import audit, outbox
from storage.taps import REFUSED, Tap, adopt, refused
from storage.unit_of_work import UnitOfWork
from tests.reliability.phones import note

MORNING = datetime(2026, 9, 9, 9, 0, tzinfo=SHANGHAI).astimezone(UTC)
STRANGER = 990001


class Scene:
    """A house in which the head of 财政局 has reported a leave, and the vice mayor is asked."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.head: Official
        self.leader: Official
        self.asked = 0

    async def open(self) -> "Scene":
        roster = await self.house.roster()
        self.head = next(one for one in roster.with_role(Role.UNIT_HEAD) if one.unit.name == "财政局")
        leader = roster.in_charge_of(self.head.unit)
        assert leader is not None
        self.leader = leader
        deputy = roster.of(self.head.unit, Role.DEPUTY_HEAD)[0]
        chat = account(self.head)
        await self.house.telegram.says(chat, chat, note(date(2026, 9, 15), date(2026, 9, 17), deputy))
        await self.house.settle()
        await self.tap(self.head, self.newest(self.head), "提交")
        self.asked = self.newest(self.leader)
        return self

    def newest(self, official: Official) -> int:
        return self.house.telegram.history(account(official))[-1]["message_id"]

    def newest_with(self, official: Official, label: str) -> int:
        """The newest of the person's messages with that button."""
        shown = self.house.telegram.history(account(official))
        return next(
            view["message_id"]
            for view in reversed(shown)
            if any(button["label"] == label for row in view["buttons"] for button in row)
        )

    def labels(self, official: Official, message: int) -> list[str]:
        shown = self.house.telegram.history(account(official))
        view = next(one for one in shown if one["message_id"] == message)
        return [button["label"] for row in view["buttons"] for button in row]

    async def tap(self, official: Official, message: int, button: str, *, forged: bool = False) -> str:
        """Tap, and give back what was said to it."""
        chat = account(official)
        query = await self.house.telegram.presses(chat, chat, message, button, forged=forged)
        await self.house.settle()
        return next(act.text for act in self.house.telegram.done if act.query_id == query)

    async def lose(self, message: int) -> int:
        """As a kill between sending and marking leaves it: sent a second time, the first copy unknown."""
        await self.house.stop()
        async with self.house.office.work("killed") as work:
            row = await work.session.scalar(select(outbox.c.id).where(outbox.c.message_id == message))
            again = update(outbox).where(outbox.c.id == row)
            await work.session.execute(again.values(message_id=None, sent_at=None, state=State.WAITING))
        await self.house.start()
        await self.house.settle()
        async with self.house.office.work("look") as work:
            second = await work.session.scalar(select(outbox.c.message_id).where(outbox.c.id == row))
        assert second is not None
        assert second != message
        return int(second)

    async def breaches(self) -> list[tuple[Any, ...]]:
        async with self.house.office.database.session() as session:
            rows = await session.execute(
                select(audit.c.actor, audit.c.subject, audit.c.detail)
                .where(audit.c.action == REFUSED)
                .order_by(audit.c.id)
            )
            assert (await verify(session)).fault == ""
            return [tuple(row) for row in rows]

    async def rows(self) -> int:
        """Everything the books hold, but for the answers to taps."""
        async with self.house.office.database.session() as session:
            told = await session.scalar(select(func.count()).where(outbox.c.kind != "toast"))
            noted = await session.scalar(select(func.count()).where(audit.c.action != REFUSED))
        return (told or 0) + (noted or 0)


# ---------------------------------------------------------------- a copy that the books do not know


async def test_a_decision_on_the_lost_copy_takes_the_buttons_of_both(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        scene = await Scene(house).open()
        first = scene.asked
        second = await scene.lose(first)
        assert scene.labels(scene.leader, first) == scene.labels(scene.leader, second) != []
        assert await scene.tap(scene.leader, first, "同意") == "已同意。"
        for message in (first, second):
            assert "同意" not in scene.labels(scene.leader, message)
        tapped = [one for one in scene.labels(scene.leader, first) if one != "撤销同意"]
        assert tapped == scene.labels(scene.leader, second)
        assert await scene.breaches() == []


async def test_a_tap_quicker_than_the_mark_enters_nothing_twice_and_accuses_nobody(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        scene = await Scene(house).open()
        chat = account(scene.leader)
        shown = house.telegram.history(chat)[-1]["buttons"]
        data = next(button["data"] for row in shown for button in row if button["label"] == "同意")
        tap = Tap(chat, data, chat, scene.asked)
        own = outbox.c.chat_id == chat, outbox.c.message_id == scene.asked
        async with house.office.work("quick") as work:
            id = await work.session.scalar(select(outbox.c.id).where(*own))
            row = update(outbox).where(outbox.c.id == id)
            await work.session.execute(row.values(message_id=None, state=State.WAITING))
            assert await adopt(work, tap) is None
            await refused(work, tap, stranger=False)
            await work.session.execute(row.values(message_id=scene.asked, state=State.SENT))
        async with house.office.database.session() as session:
            assert list(await session.scalars(select(outbox.c.id).where(*own))) == [id]
        assert await scene.breaches() == []


async def test_a_tap_too_late_on_the_lost_copy_shows_it_as_the_matter_stands(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        scene = await Scene(house).open()
        first = scene.asked
        second = await scene.lose(first)
        await scene.tap(scene.leader, second, "同意")
        assert "同意" in scene.labels(scene.leader, first)  # nobody knows of it yet
        assert await scene.tap(scene.leader, first, "同意") == "已同意。"
        # The way back stands under the other copy alone: that one it is taken from again in ten minutes.
        assert (scene.labels(scene.leader, first), scene.labels(scene.leader, second)) == ([], ["撤销同意"])
        assert await scene.breaches() == []  # it was their own button


async def test_what_has_become_known_is_edited_from_then_on(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        scene = await Scene(house).open()
        first = scene.asked
        second = await scene.lose(first)
        await scene.tap(scene.leader, first, "退回修改")  # asks for the reason: nothing is decided
        await scene.tap(scene.head, scene.newest_with(scene.head, "撤回"), "撤回")
        assert scene.labels(scene.leader, first) == scene.labels(scene.leader, second) == []


async def test_an_edit_that_was_given_up_is_made_good_by_the_next_tap(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        scene = await Scene(house).open()
        house.telegram.fails(bad_request("can't parse entities"), "editMessageText", times=9)
        await scene.tap(scene.leader, scene.asked, "同意")
        house.telegram.world.troubles.clear()
        assert "同意" in scene.labels(scene.leader, scene.asked)
        assert await scene.tap(scene.leader, scene.asked, "同意") == "已同意。"
        assert "同意" not in scene.labels(scene.leader, scene.asked)


# ---------------------------------------------------------------- what a tap asks of the tables


@contextmanager
def reads(work: UnitOfWork) -> Iterator[list[str]]:
    """Every SELECT that goes to the database meanwhile, with its parameters."""
    engine, seen = work.office.database.engine.sync_engine, list[str]()

    def see(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            seen.append(f"{statement} {parameters}")

    event.listen(engine, "before_cursor_execute", see)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", see)


async def test_a_tap_asks_each_thing_once(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        scene = await Scene(house).open()
        chat, asked = account(scene.leader), scene.asked
        shown = house.telegram.history(chat)[-1]["buttons"]
        agree = next(button["data"] for row in shown for button in row if button["label"] == "同意")
        own, copy, forged = Tap(chat, agree, chat, asked), Tap(chat, agree, chat, 777), "leave:9:agree:0"
        counted: dict[str, int] = {}

        async def count(kind: str, tap: Tap, *, no: bool = False, stranger: bool = False) -> None:
            async with house.office.work(f"count:{kind}") as work:
                with reads(work) as seen:
                    if no:
                        await refused(work, tap, stranger=stranger)
                    else:
                        await adopt(work, tap)
                assert len(set(seen)) == len(seen), seen
                counted[kind] = len(seen)
                await work.session.rollback()

        await count("a tap that goes well", own)
        await count("the same on a copy not known", copy)
        await count("refused by a rule", own, no=True)
        await count("refused on a copy not known", copy, no=True)
        await count("forged", Tap(chat, forged, chat, asked), no=True)
        await count("forged under no message of ours", Tap(chat, forged, chat, 778), no=True)
        await count("a stranger's", Tap(STRANGER, agree, STRANGER, 5), no=True, stranger=True)
        assert counted == {
            "a tap that goes well": 1,
            "the same on a copy not known": 2,
            "refused by a rule": 1,
            "refused on a copy not known": 3,
            "forged": 4,
            "forged under no message of ours": 5,
            "a stranger's": 4,
        }


# ---------------------------------------------------------------- buttons that are not theirs


async def test_a_strangers_tap_leaves_one_row_and_nothing_else(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        scene = await Scene(house).open()
        house.telegram.add_user(STRANGER, "路人甲")
        mine = await house.telegram.says(STRANGER, STRANGER, "你好")
        await house.settle()
        before = await scene.rows()
        await house.telegram.presses(STRANGER, STRANGER, mine, "leave:1:agree:0", forged=True)
        await house.settle()
        assert await scene.rows() == before
        assert await scene.breaches() == [
            ("未绑定的账号", f"tap:{STRANGER}", {"why": "不在花名册或未绑定", "matter": "leave:1"})
        ]


async def test_forged_data_is_put_down_without_what_was_written_in_it(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        scene = await Scene(house).open()
        message = scene.newest(scene.head)
        before = await scene.rows()
        for data in ("leave:1:agree:0", "13800000031", "王芳:离婚", "f:9:1:submit", "menu:nothing"):
            assert await scene.tap(scene.head, message, data, forged=True)
        assert await scene.rows() == before
        subject = f"tap:{account(scene.head)}"
        assert await scene.breaches() == [
            (scene.head.titled, subject, {"why": "按钮系捏造", "matter": matter})
            for matter in ("leave:1", "", "", "f:9", "menu")
        ]


async def test_ones_own_button_that_comes_too_late_is_no_breach(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        scene = await Scene(house).open()
        async with house.office.database.session() as session:
            agree = await session.scalar(select(outbox.c.payload).where(outbox.c.message_id == scene.asked))
        assert agree is not None
        data = next(b["callback_data"] for row in agree["keyboard"] for b in row if b["text"] == "同意")
        await scene.tap(scene.leader, scene.asked, "同意")
        assert await scene.tap(scene.leader, scene.asked, data, forged=True) == "已同意。"
        assert await scene.breaches() == []


async def test_somebody_elses_button_in_a_group_is_put_down(district_url: str) -> None:
    async with open_house(district_url, TurnableClock(MORNING)) as house:
        scene = await Scene(house).open()
        roster = await house.roster()
        clerk = roster.with_role(Role.OFFICE_STAFF)[0]
        chat = group_chat(clerk.unit)
        other = next(one for one in roster.of(clerk.unit) if one is not clerk)
        house.telegram.join(account(scene.head), chat)
        await house.telegram.says(account(other), chat, "/unbind")
        await house.telegram.says(account(clerk), chat, "/bind")
        await house.settle()
        picked = house.telegram.history(chat)[-1]
        button = picked["buttons"][0][0]["data"]
        await house.telegram.presses(account(scene.head), chat, picked["message_id"], button)
        await house.settle()
        assert await scene.breaches() == [
            (
                scene.head.titled,
                f"tap:{account(scene.head)}",
                {"why": "不是本人的按钮", "matter": "bind"},
            )
        ]


async def test_a_flood_is_put_down_a_few_times_an_hour(district_url: str) -> None:
    clock = TurnableClock(MORNING)
    async with open_house(district_url, clock) as house:
        scene = await Scene(house).open()
        message = scene.newest(scene.head)
        for number in range(NOTED_AN_HOUR + 15):
            assert await scene.tap(scene.head, message, f"leave:{number}:agree:0", forged=True)
        found = await scene.breaches()
        assert len(found) == NOTED_AN_HOUR
        assert ["further" in detail for _, _, detail in found] == [False] * (NOTED_AN_HOUR - 1) + [True]
        await house.turn(MORNING + timedelta(minutes=61))
        await scene.tap(scene.head, message, "leave:1:agree:0", forged=True)
        assert len(await scene.breaches()) == NOTED_AN_HOUR + 1
