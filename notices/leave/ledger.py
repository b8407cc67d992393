"""The leave ledger (请假台账) as sheets: 明细, every leave; 按人统计, each person's days away (art. 77).

The office sees everything. A head sees the leaves of their own unit; what only the approvers and the office
may know of them stands as 略 unless they were asked to approve.
"""

from typing import Final

from notices.leave.words import acting_label, state_of
from notices.ledger import WITHHELD, Column, Table, secret
from rules.approval import Approval
from rules.leave.ledger import Line, Person, may_know
from rules.leave.matter import Leave, LeaveKind
from rules.leave.report import urgent_reason
from rules.roster import LEADERS
from rules.working_days import SHANGHAI


def _acting(leave: Leave) -> str:
    """Who acts; for a leader also how (主持工作, 补位), which the column's head does not say."""
    if leave.acting is None:
        return ""
    how = f"（{acting_label(leave)}）" if leave.applicant.role in LEADERS else ""
    return leave.acting.titled + how


def _decided(approvals: list[Approval], *, known: bool) -> str:
    """常务副区长 某某（代区长 某某）：同意（2026-11-26 09:30），意见：……"""
    lines = []
    for one in approvals:
        if not one.decision:
            continue
        when = f"（{one.decided_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}）" if one.decided_at else ""
        comment = one.comment if known or not one.comment else WITHHELD
        lines.append(f"{one.by}：{one.decision}{when}" + (f"，意见：{comment}" if comment else ""))
    return "\n".join(lines)


DETAIL: Final = Table[Line](
    "明细",
    (
        Column("姓名", 4, lambda each: each.leave.applicant.name),
        Column("单位", 7, lambda each: each.leave.applicant.unit.name),
        Column("职务", 7, lambda each: each.leave.applicant.post),
        Column("类别", 4, lambda each: str(each.leave.kind)),
        Column("开始日期", 6, lambda each: each.leave.start),
        Column("起于", 3, lambda each: str(each.leave.start_half)),
        Column("结束日期", 6, lambda each: each.leave.end),
        Column("止于", 3, lambda each: str(each.leave.end_half)),
        Column("天数", 3, lambda each: each.days.calendar),
        Column("工作日", 3, lambda each: each.days.working),
        secret("地点", 6, lambda each: each.leave.place),
        secret("事由", 14, lambda each: each.leave.reason),
        Column("代为主持", 8, lambda each: _acting(each.leave)),
        secret("联系电话", 6, lambda each: each.leave.phone),
        Column("报告时间", 8, lambda each: each.leave.submitted_at),
        Column("报告情况", 5, lambda each: str(each.reported)),
        secret("紧急理由", 10, lambda each: urgent_reason(each.leave)),
        Column("状态", 5, lambda each: state_of(each.leave)),
        Column(
            "审批",
            20,
            lambda each: _decided(each.leave.approvals, known=True),
            to_others=lambda each: _decided(each.leave.approvals, known=False),
        ),
        Column("销假时间", 8, lambda each: each.leave.returned_at),
        Column("销假情况", 5, lambda each: str(each.returned)),
        Column("逾期天数", 4, lambda each: each.overdue or None),
        Column("编号", 3, lambda each: each.leave.id),
    ),
    knows=lambda each, reader: may_know(each.leave, reader),
)


def _of_kind(kind: LeaveKind) -> Column[Person]:
    return Column(f"{kind}天数", 5, lambda person: person.by_kind[kind] or None)


BY_PERSON: Final = Table[Person](  # days gone by within the stretch; 0 is left empty
    "按人统计",
    (
        Column("姓名", 4, lambda person: person.official.name),
        Column("单位", 7, lambda person: person.official.unit.name),
        Column("职务", 7, lambda person: person.official.post),
        Column("件数", 3, lambda person: person.count),
        Column("外出天数", 4, lambda person: person.away.calendar),
        Column("其中工作日", 5, lambda person: person.away.working),
        *(_of_kind(kind) for kind in LeaveKind),
        Column("已批未到天数", 6, lambda person: person.ahead.calendar or None),
        Column("未销假件数", 5, lambda person: person.open or None),
        Column("最长逾期天数", 6, lambda person: person.longest_overdue or None),
    ),
)
