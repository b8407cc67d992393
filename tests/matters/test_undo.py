"""A decision taken back: what it wrote, told and set is as before; not once somebody has acted on it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from markupsafe import Markup
from sqlalchemy import select, update

from handlers.undo import PUT_BACK
from matters.leave.show import bring_up_to_date
from matters.undo import live, over, take_back
from notices.leave.told import asked
from notices.message_text import plain
from notices.notice import Attachment, Notice, State
from rules.approval import Decision
from rules.dates.reading import Half
from rules.leave.matter import Leave, LeaveState
from rules.leave.nudges import SILENT
from rules.refused import Refused
from rules.roster import Official
from storage.database import Database
from storage.outbox import Kind
from storage.queries.absence import FOLLOW
from storage.tables import audit, outbox, undos
from storage.undo import OVER
from storage.unit_of_work import UnitOfWork
from tests.cast import Cast
from tests.stage import Stage, enter

ID = 7


class UndoStage(Stage[Cast]):
    """The head's report lies before the vice mayor, then before the mayor."""

    async def lay(self) -> None:
        """Everybody has their cards."""
        async with self.office.work("cast") as work:
            await enter(work, self.cast.units, self.cast.officials)
        async with self.office.work("report") as work:
            people = {one.id: one for one in (await work.roster()).officials}
            leave = Cast().report(
                people[self.cast.head.id],
                people[self.cast.deputy.id],
                start=(date(2026, 12, 8), Half.AM),
                end=(date(2026, 12, 9), Half.PM),
                roster=await work.roster(),
                now=self.now,
            )
            leave.id = ID
            work.add(leave)
            await work.flush()
            await bring_up_to_date(work, leave)
            assert leave.waiting
            await work.send(asked(leave.waiting, leave))
        await self.said()

    async def decides(
        self, who: Official, decision: Decision = Decision.AGREE, papers: tuple[Attachment, ...] = ()
    ) -> int:
        """The one asked decides; whoever comes next has their card, the applicant a line and a paper.

        Both have the `papers` behind it.
        """
        async with self.office.work(f"decides:{who.id}:{self.now}") as work:
            leave, official = await self._both(work, who)
            before = list(leave.approvals)
            waiting = leave.waiting
            assert waiting
            leave.decide(official, waiting.position, decision, work.now, "意见")
            await work.note(official, "leave.decided", f"leave:{ID}", article=77, undo=str(decision))
            await bring_up_to_date(work, leave, before)
            if leave.waiting:
                await work.send(asked(leave.waiting, leave))
            await work.send(
                Notice(leave.applicant, Markup("您的报告，有了<b>结果</b>\n第二行"), news=True),
                Notice(leave.applicant, Markup(""), attachment=Attachment("单.docx", b"x")),
                *(
                    Notice(one, Markup(), files=papers)
                    for one in (leave.applicant, self.cast.mayor)
                    if papers
                ),
            )
        async with self.office.work("look") as work:
            id: int = (await work.session.scalars(select(undos.c.id).order_by(undos.c.id))).all()[-1]
        await self.said()
        return id

    async def undoes(self, who: Official, id: int) -> str:
        """They tap [撤销…]."""
        async with self.office.work(f"undoes:{who.id}:{self.now}") as work:
            official = (await work.roster()).by_id(who.id)
            assert official
            return await take_back(work, official, id, PUT_BACK)

    async def leave(self) -> Leave:
        """As it stands."""
        async with self.office.work("look") as work:
            return (await self._both(work, self.cast.head))[0]

    async def look(self, official: Official, card: str = "") -> tuple[str, list[str]]:
        """How the last message of theirs looks, of that card where one is named: first line and buttons."""
        async with self.office.work("look") as work:
            rows = (await work.session.execute(select(outbox).order_by(outbox.c.id))).all()
        own = [row for row in rows if row.official_id == official.id and row.kind is Kind.MESSAGE]
        last = [row for row in own if not card or row.card == card][-1]
        shown = [row.payload for row in rows if last.id in (row.id, row.target_id)][-1]
        labels = [button["text"] for row in shown.get("keyboard") or () for button in row]
        return plain(shown["text"]).split("\n")[0], labels

    async def _both(self, work: UnitOfWork, who: Official) -> tuple[Leave, Official]:
        official = (await work.roster()).by_id(who.id)
        assert official
        return await work.lock(Leave, ID), official


@pytest.fixture
async def stage(database: Database) -> UndoStage:
    there = UndoStage(database, Cast())
    await there.lay()
    return there


async def rows(stage: UndoStage, table: Any, *columns: str) -> Sequence[Any]:
    async with stage.office.work("look") as work:
        return (await work.session.execute(select(*(table.c[name] for name in columns)))).all()


async def test_the_question_is_theirs_again_as_it_was_and_nobody_elses(stage: UndoStage) -> None:
    cast, before = stage.cast, await stage.timers(ID)
    id = await stage.decides(cast.vice)
    assert (await stage.look(cast.vice))[1] == ["撤销同意"]
    stage.now += timedelta(minutes=9, seconds=59)
    assert await stage.undoes(cast.vice, id) == "已撤销同意。"
    leave = await stage.leave()
    first, second = leave.approvals
    assert (first.decision, first.decided_by, first.decided_at, first.comment) == (None, None, None, "")
    assert (first.asked_at, second.asked_at) == (leave.submitted_at, None)
    assert await stage.timers(ID) == before  # the vice mayor's silence counts on from when they were asked
    assert (await stage.look(cast.vice))[1][:3] == ["同意", "不同意", "退回修改"]
    assert (await stage.look(cast.mayor))[0].startswith("〔副区长 孙宇宙已于11月26日")
    assert (await stage.look(cast.mayor))[1] == []
    noted = await rows(stage, audit, "actor_id", "action", "article", "detail")
    assert noted[-1] == (cast.vice.id, "leave.undo", 77, {"what": "同意"})


async def test_who_was_told_of_it_hears_that_it_does_not_hold(stage: UndoStage) -> None:
    cast = stage.cast
    id = await stage.decides(cast.vice)
    await stage.undoes(cast.vice, id)
    told = [(one.name, one.text) for one in await stage.said()]
    line = "<b>您的报告，孙宇宙撤销了“同意”</b>\n刚才告知您的不作数，请等重新告知。"
    assert told == [(cast.head.name, line)]


async def test_the_ones_after_are_there_again_where_the_way_had_ended(stage: UndoStage) -> None:
    id = await stage.decides(stage.cast.vice, Decision.DECLINE)
    assert len((await stage.leave()).approvals) == 1
    await stage.undoes(stage.cast.vice, id)
    leave = await stage.leave()
    assert (leave.state, leave.decided_at) == (LeaveState.PENDING, None)
    assert [one.approver.id for one in leave.approvals] == [stage.cast.vice.id, stage.cast.mayor.id]
    assert leave.waiting is leave.approvals[0]


async def test_papers_that_went_with_it_are_deleted_also_while_on_their_way(
    stage: UndoStage,
) -> None:
    cast, album = stage.cast, (Attachment("甲.pdf", file_id="A"), Attachment("乙.pdf", file_id="B"))
    id = await stage.decides(cast.vice, papers=album)
    all_told = await rows(stage, outbox, "id", "payload")
    before = sorted((row for row in all_told if "files" in row.payload), key=lambda row: row.id)
    assert [len(row.payload["files"]) for row in before] == [2, 2]
    async with stage.office.work("delivered") as work:
        sent = {"state": State.SENT, "message_id": 72, "message_ids": [71, 72]}
        await work.session.execute(update(outbox).where(outbox.c.id == before[0].id).values(sent))
    await stage.undoes(cast.vice, id)
    after = await rows(stage, outbox, "id", "kind", "state", "payload")
    assert {row.payload["message_id"] for row in after if row.kind is Kind.REMOVAL} == {71, 72}
    on_its_way = next(row for row in after if row.id == before[1].id)
    assert (on_its_way.state, "files" in on_its_way.payload) == (State.DROPPED, False)


async def test_only_by_who_made_it_once_and_in_time(stage: UndoStage) -> None:
    cast, id = stage.cast, await stage.decides(stage.cast.vice)
    with pytest.raises(Refused, match="“同意”只能由作出的同志本人撤销。"):
        await stage.undoes(cast.mayor, id)
    await stage.undoes(cast.vice, id)
    with pytest.raises(Refused, match="“同意”已经撤销，不必重复。"):
        await stage.undoes(cast.vice, id)
    stage.now += timedelta(minutes=1)
    again = await stage.decides(cast.vice)
    stage.now += timedelta(minutes=10)
    with pytest.raises(Refused, match="“同意”已超过10分钟，不能撤销；需要改变的，请与区政府办公室联系。"):
        await stage.undoes(cast.vice, again)
    with pytest.raises(Refused, match="这个按钮已失效"):
        await stage.undoes(cast.vice, again + 1)


async def test_not_once_somebody_has_acted_on_it_until_that_is_taken_back_too(stage: UndoStage) -> None:
    cast = stage.cast
    vices, mayors = await stage.decides(cast.vice), await stage.decides(cast.mayor)
    assert "撤销同意" not in (await stage.look(cast.vice))[1]
    with pytest.raises(Refused, match="区长 赵天地已经办理，不能再撤销“同意”。"):
        await stage.undoes(cast.vice, vices)
    assert (await stage.leave()).state is LeaveState.APPROVED  # and nothing of it has happened
    await stage.undoes(cast.mayor, mayors)
    assert (await stage.look(cast.vice))[1] == ["撤销同意"]
    await stage.undoes(cast.vice, vices)
    assert (await stage.leave()).approvals[1].asked_at is None


async def test_not_once_the_matter_has_gone_another_way(stage: UndoStage) -> None:
    id = await stage.decides(stage.cast.vice)
    async with stage.office.work("withdraws") as work:
        leave = await work.lock(Leave, ID)
        leave.withdraw(leave.applicant, work.now)
    with pytest.raises(Refused, match="这件事已有新的进展，不能再撤销“同意”。"):
        await stage.undoes(stage.cast.vice, id)


async def test_where_a_question_lies_is_no_act(stage: UndoStage) -> None:
    id = await stage.decides(stage.cast.vice)
    async with stage.office.work("reminded") as work:
        waiting = (await work.lock(Leave, ID)).waiting
        assert waiting
        waiting.reminded(work.now)
        waiting.unattended_at = work.now
    await stage.undoes(stage.cast.vice, id)
    assert (await stage.leave()).approvals[1].reminded_at is not None


async def test_what_was_due_meanwhile_is_looked_at_now_and_what_followed_follows_again(
    stage: UndoStage,
) -> None:
    cast = stage.cast
    await stage.decides(cast.vice)
    due = (await stage.timers(ID))[SILENT]
    stage.now = due - timedelta(minutes=1)
    id = await stage.decides(cast.mayor)
    assert SILENT not in await stage.timers(ID)
    stage.now = due + timedelta(minutes=5)
    await stage.undoes(cast.mayor, id)
    assert (await stage.timers(ID))[SILENT] == due
    assert (await stage.timers(cast.head.id))[FOLLOW] == stage.now


async def test_when_its_minutes_are_over_the_button_goes_and_what_it_changed_is_not_kept(
    stage: UndoStage,
) -> None:
    cast, id = stage.cast, await stage.decides(stage.cast.vice)
    assert (await stage.timers(id, OVER))[OVER] == stage.now + timedelta(minutes=10)
    async with stage.office.work("shown anew") as work:
        await bring_up_to_date(work, await work.lock(Leave, ID))
    assert (await stage.look(cast.vice))[1] == ["撤销同意"]
    async with stage.office.work("over") as work:
        vice = (await work.roster()).by_id(cast.vice.id)
        assert vice
        assert [one.buttons[0][0].label for one in await live(work, vice)] == ["撤销同意"]
        await over(work, id)
        assert await live(work, vice) == []
    assert (await stage.look(cast.vice))[1] == []
    assert await rows(stage, undos, "trace") == [(None,)]
    tapped_in_time = stage.now + timedelta(minutes=9)  # and brought only when the line was back
    async with stage.office.work("late", acted_at=tapped_in_time) as work:
        vice = (await work.roster()).by_id(cast.vice.id)
        assert vice
        with pytest.raises(Refused, match="“同意”已不能撤销；需要改变的，请与区政府办公室联系"):
            await take_back(work, vice, id, PUT_BACK)
