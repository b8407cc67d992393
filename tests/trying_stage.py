"""A stage on which every decision that is made is taken back at once, looked at, and made after all.

Whatever can be taken back is thereby known to leave nothing behind: the rows of every matter, and the timers,
are afterwards as they were before the decision. What a procedure decides needs no test of its own for that.
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import func, select

from bot.rehearsal.stage import HouseStage
from handlers.undo import PUT_BACK
from matters.undo import take_back
from notices.unreached import UNREACHED
from rules.briefing.clock import CLOCK
from rules.refused import Refused
from storage.desk import REDRAW
from storage.queries.absence import FOLLOW
from storage.queries.meeting.meetings import COUNT
from storage.receipt import RECEIPT
from storage.tables import metadata, timers, undos
from storage.undo import OVER, SENT_OUT
from storage.unit_of_work import UnitOfWork

Rows = dict[str, list[Any]]
_NOT_OF_A_MATTER: Final = frozenset(
    [
        "inbox",
        "outbox",
        "audit",
        "audit_head",
        "undos",
        "undo_rows",
        "drafts",
        "officials",
        "units",
        "file_digests",
        "contact",
        "binding_codes",
    ]
)
_OF_TIMERS: Final = frozenset(["id", "next_at", "attempts"])
_FOLLOWING: Final = (FOLLOW, COUNT, CLOCK, REDRAW, UNREACHED, RECEIPT, OVER, "form.stale")
"""Kinds of timers that ask what there is to be done, and may be set once too often."""
TRIED: Final = {
    "第五十五条：变更告知改了什么，时间变更重新答复，取消告知全体": "meeting:变更 meeting:取消会议",
    "第六十六条：简报十二月续报备案，久没有报送的问是否停办": "briefing:续报 briefing:停办",
    "第六十六条：简报须核准备案，每个部门原则上只报送一种": "briefing:核准 briefing:不予备案",
    "撤销：会签的答复、办结，十分钟内本人可以撤销，期限照旧": (
        "countersign:无不同意见 countersign:有不同意见 countersign:办结"
    ),
    "第六十三条：申请延期，主办单位同意、不同意、不答复": "countersign:同意延期 countersign:不同意延期",
    "第五十三条：不同意见逐项答复，仍有分歧的报分管副区长协调": (
        "countersign:不采纳 countersign:保留意见 countersign:协调意见 countersign:提交会议"
    ),
    "第五十一条、第五十三条：协调随分管领导走，可召集专题会议、另行研究；撤回告知各方": (
        "countersign:撤回 countersign:部分采纳"
    ),
    "第六十三条：逾期意见可以重开；催办避开机器人自己的提醒": "countersign:重开 countersign:采纳",
    "第六十三条：联络员备稿，主要负责人送会签，各单位分别收到": "countersign:退回修改",
    "第九条：同时有多个政务活动，委托其他副区长代办": "delegation:接受 delegation:不接受 delegation:结束委托",
    "第八十六条：主办单位变更时间、议程，取消活动": "invitation:变更 invitation:撤回 invitation:取消活动",
    "第八十六条：变更后不足5个工作日的，与迟报一样须办公室主任准予": (
        "invitation:准予受理 invitation:不予受理 invitation:同意变更 invitation:不采纳变更"
    ),
    "第八十六条：几位领导依次征询，拟办一点即办，沉默退回办公室": "invitation:不出席",
    "第八十六条：两个单位同一时间邀请，委托他人代为出席": "invitation:委托他人 invitation:不能参加",
    "第九条：领导答应出席后请假，报办公室并请补位的同志代为出席": "invitation:接受 invitation:出席",
    "第八十六条：请补充、退回、撤回，补充后仍以首次报送计": "invitation:请补充 invitation:退回",
    "回复卡片：邀请，转呈、出席": "invitation:转呈领导 invitation:出席",
    "第七十七条：续假，到期之后按紧急事项办": "leave:续假",
    "第七十七条：批准后变更时间，批准之前仍按原定安排": "leave:变更",
    "第七十七条：退回修改与不同意": "leave:不同意 leave:退回修改",
    "第七十七条：副区长、办公室主任外出向区委报备，办公室逐项登记": "leave:已报备 leave:撤回",
    "第七十七条：代为主持的同志无法代为主持，另定一位": "leave:无法代为主持",
    "第七十七条：提前返回，一点即销假": "leave:同意 leave:销假",
    "第七十七条：行程已过仍未批准的，只能追认或者作废": "leave:追认 leave:作废",
    "第五十五条：区领导向区长请假，告知办公室；不准假的须参加": "meeting:不准假",
    "第五十八条：部门召开全区性会议，先经办公室审核，再按程序报批": (
        "meeting:审核通过 meeting:退回 meeting:同意 meeting:不同意 meeting:撤回"
    ),
    "第五十三条、第五十四条：议题会签有不同意见，临时议题须区长同意，外出的由主持工作的代办": (
        "meeting:同意列入 meeting:不同意列入"
    ),
    "第四十九条：常务会议，名单按花名册列出，各人一张卡，一点即复": "meeting:参加 meeting:派员",
    "第五十四条：会议改期跨国庆，议题期限重新计算，前一个工作日和当日各提醒一次": "meeting:登记",
    "回复卡片：会议，参加、请假、准假": "meeting:请假 meeting:准假",
}
"""Rehearsals on which each decision is taken back where it is made, with those that must be made there."""


class _Tried(Exception):  # noqa: N818 - nothing of a trial may stay
    pass


class TryingStage(HouseStage):
    """`tried` has every decision that was taken back, as leave:同意; `refused` why another could not be."""

    def __init__(self, database_url: str) -> None:
        super().__init__(database_url)
        self.tried: set[str] = set()
        self.refused: dict[str, str] = {}
        self._before: Rows = {}
        self._known = 0

    async def tap_together(self, taps: Sequence[tuple[int, int, int, str]]) -> None:
        """A tap may decide something; of several at once it is not known what was before each."""
        self._before = await self._look() if len(taps) == 1 and self._running else {}
        await super().tap_together(taps)

    async def say(self, person: int, chat: int, text: str, answers: int = 0) -> None:
        """So may the reason that was asked for."""
        self._before = await self._look() if self._running else {}
        await super().say(person, chat, text, answers)

    async def _look(self) -> Rows:
        async with self._house.office.work("look") as work:
            self._known = await work.session.scalar(select(func.max(undos.c.id))) or 0
            return await _dump(work)

    async def _rest(self) -> None:
        """Before the clock goes on from what was decided."""
        before, self._before = self._before, {}
        if before:
            await self._house.settle()
            await self._try(before)
        await super()._rest()

    async def _try(self, before: Rows) -> None:
        office = self._house.office
        async with office.work("look") as work:
            fresh = select(undos).where(undos.c.id > self._known).order_by(undos.c.id)
            made = (await work.session.execute(fresh)).all()
        for one in made:
            name = f"{one.subject.partition(':')[0]}:{one.what}"
            try:
                async with office.work(f"trial:{one.id}") as work:
                    official = (await work.roster()).by_id(one.official_id)
                    assert official is not None
                    await take_back(work, official, one.id, PUT_BACK)
                    await work.flush()
                    after = await _dump(work)
                    assert after == before, (name, _differing(before, after))
                    raise _Tried
            except Refused as refused:
                self.refused[name] = str(refused)
            except _Tried:
                self.tried.add(name)


async def _dump(work: UnitOfWork) -> Rows:
    """The rows of all matters, but for what has gone out to phones; timers but for what only follows."""
    rows: Rows = {}
    for table in metadata.sorted_tables:
        if table.name in _NOT_OF_A_MATTER:
            continue
        loose = _OF_TIMERS if table is timers else SENT_OUT
        columns = [column for column in table.c if column.name not in loose]
        found = (await work.session.execute(select(*columns).order_by(*columns[:1]))).all()
        rows[table.name] = [json.dumps([*row], default=str, ensure_ascii=False) for row in found]
    rows["timers"] = sorted(row for row in rows["timers"] if not any(word in row for word in _FOLLOWING))
    return rows


def _differing(before: Rows, after: Rows) -> dict[str, list[Any]]:
    return {
        name: [set(rows) - set(after[name]), set(after[name]) - set(rows)]
        for name, rows in before.items()
        if rows != after[name]
    }
