"""A file that was handed in before the mark on what came with it was known: out of every matter (art. 79)."""

from collections.abc import AsyncIterator

import pytest
from markupsafe import Markup
from sqlalchemy import select

from bot.sandbox.house import account
from notices.notice import Attachment, Notice
from rules.roster import Official, Role
from rules.secrecy import TOGETHER
from storage.database import Database
from storage.tables import metadata, outbox
from storage.tables.invitation import invitation_papers
from storage.tables.leave import leave_papers
from storage.tables.meeting import meeting_excuses, meeting_papers
from tests.bot.secrecy_scene import MARKED, PLAIN, SecrecyScene, everywhere, press, says, scene_on

MEETING = """会议
类型：专题会议
名称：防汛会
时间：12月8日 9:00至10:00
地点：四楼
主持：吴盈昃
单位：水务局、应急局"""


@pytest.fixture
async def scene(database: Database) -> AsyncIterator[SecrecyScene]:
    async with scene_on(database) as scene:
        yield scene


def colleague(scene: SecrecyScene, of: Official, role: Role) -> Official:
    return next(one for one in scene.roster.officials if one.unit is of.unit and one.role is role)


async def speaks(scene: SecrecyScene, official: Official, *said: str) -> None:
    """From now on this one is at the phone; what was said long ago is no hand-over with what comes now."""
    scene.head = account(official)
    for one in said:
        await scene.line.says(scene.head, scene.head, one)
        await scene.house.settle()


async def hands_in(scene: SecrecyScene, *buttons: str) -> None:
    """The file without a mark, and with it what is filled in is handed in."""
    await scene.house.turn(scene.house.office.now() + 2 * TOGETHER)
    await scene.line.sends_file(scene.head, scene.head, PLAIN, b"x")
    await scene.house.settle()
    for button in buttons:
        await press(scene, button)


async def assert_recalled(scene: SecrecyScene, title: str, *, reached: bool = True) -> None:
    """It had reached others; now it is in no table and in no chat, and those concerned know."""
    carried = [view for view in everywhere(scene) if view["file"] and view["file"]["name"] == PLAIN]
    assert any(view["chat_id"] != scene.head for view in carried) is reached
    async with scene.house.office.database.session() as session:
        sent = await session.scalars(select(outbox.c.payload).where(outbox.c.kind == "message"))
        assert any(PLAIN in str(payload) for payload in sent)
    await says(scene, MARKED)
    await scene.house.settle()
    async with scene.house.office.database.session() as session:
        for table in metadata.sorted_tables:
            rows = (await session.execute(select(table))).all()
            assert PLAIN not in str(rows), table.name
    assert [view for view in everywhere(scene) if view["file"] and view["file"]["name"] == PLAIN] == []
    assert f"已经随{title}提交的，已从中取出" in "".join((await scene.answers(scene.head))[-2:])
    assert [row["handed in"] for row in await scene.refusals()] == [[title]]


async def test_papers_of_a_leave(scene: SecrecyScene) -> None:
    head = scene.roster.with_role(Role.UNIT_HEAD)[0]
    deputy = colleague(scene, head, Role.DEPUTY_HEAD)
    note = "请假\n类别：出差\n时间：12月7日至12月11日\n地点：济南\n事由：考察\n主持："
    await speaks(scene, head, note + deputy.name)
    await hands_in(scene, "发完了", "提交")
    async with scene.house.office.database.session() as session:
        assert list(await session.scalars(select(leave_papers.c.name))) == [PLAIN]
    await assert_recalled(scene, "请假报告")


async def test_materials_of_a_meeting(scene: SecrecyScene) -> None:
    clerk = scene.roster.with_role(Role.OFFICE_STAFF)[0]
    await speaks(scene, clerk, MEETING)
    await hands_in(scene, "提交", "发出通知")
    async with scene.house.office.database.session() as session:
        assert list(await session.scalars(select(meeting_papers.c.name))) == [PLAIN]
    await assert_recalled(scene, "会议通知")


async def test_programme_of_an_invitation(scene: SecrecyScene) -> None:
    liaison = scene.roster.with_role(Role.LIAISON)[0]
    note = "邀请\n活动：现场会\n类别：会议\n时间：12月10日 9:00\n地点：云腾街道\n领导：李洪荒"
    await speaks(scene, liaison, note)
    await hands_in(scene, "提交")
    async with scene.house.office.database.session() as session:
        assert list(await session.scalars(select(invitation_papers.c.name))) == [PLAIN]
    await assert_recalled(scene, "活动邀请", reached=False)


async def test_report_of_who_excuses_themselves_from_a_meeting(scene: SecrecyScene) -> None:
    clerk = scene.roster.with_role(Role.OFFICE_STAFF)[0]
    finance = next(one for one in scene.roster.with_role(Role.UNIT_HEAD) if one.unit.name == "财政局")
    await speaks(scene, clerk, "会议\n类型：区长办公会\n时间：12月4日 9:00\n地点：二楼\n列席：财政局")
    await press(scene, "提交")
    await press(scene, "发出通知")
    await speaks(scene, finance)
    await press(scene, "请假")
    await speaks(scene, finance, "赴省开会")
    await hands_in(scene)
    async with scene.house.office.database.session() as session:
        assert list(await session.scalars(select(meeting_excuses.c.report_name))) == [PLAIN]
    await assert_recalled(scene, "会议请假")
    async with scene.house.office.database.session() as session:
        assert list(await session.scalars(select(meeting_excuses.c.report_file_id))) == [""]


async def test_what_was_passed_on_to_a_group(scene: SecrecyScene) -> None:
    clerk = scene.roster.with_role(Role.OFFICE_STAFF)[0]
    await speaks(scene, clerk, MEETING)
    await hands_in(scene, "提交", "发出通知")
    async with scene.house.office.work("to the group") as work:
        file_id = str(await work.session.scalar(select(meeting_papers.c.file_id)))
        paper = Attachment(PLAIN, file_id=file_id)
        await work.send(Notice(scene.group, Markup("会议材料"), attachment=paper))
    await scene.house.settle()
    assert [view["file"]["name"] for view in scene.line.history(scene.group) if view["file"]] == [PLAIN]
    await assert_recalled(scene, "会议通知")
    assert [view for view in scene.line.history(scene.group) if view["file"]] == []
