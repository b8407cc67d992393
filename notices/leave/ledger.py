"""The leave ledger (请假台账) as sheets: 明细, every leave; 按人统计, each person's days away (art. 77).

The office sees everything. A head sees the leaves of his own unit; what only the approvers and the office may
know of them stands as 略 unless he was asked to approve.
"""

from collections.abc import Callable, Sequence
from typing import Final

from notices.leave.words import acting_label
from notices.ledger import Wanted
from notices.spreadsheet import Cell, Column
from rules.approval import Approval
from rules.leave.ledger import Line, Person, may_know
from rules.leave.matter import Leave, LeaveKind
from rules.leave.report import urgent_reason
from rules.roster import LEADERS
from rules.working_days import SHANGHAI

WITHHELD: Final = "（略）"

DETAIL: Final = (
    Column("姓名", 4),
    Column("单位", 7),
    Column("职务", 7),
    Column("类别", 4),
    Column("开始日期", 6),
    Column("起于", 3),
    Column("结束日期", 6),
    Column("止于", 3),
    Column("天数", 3),
    Column("工作日", 3),
    Column("地点", 6, wrap=True),
    Column("事由", 14, wrap=True),
    Column("代为主持", 8, wrap=True),
    Column("联系电话", 6),
    Column("报告时间", 8),
    Column("报告情况", 5),
    Column("紧急理由", 10, wrap=True),
    Column("状态", 5),
    Column("审批", 20, wrap=True),
    Column("销假时间", 8),
    Column("销假情况", 5),
    Column("逾期天数", 4),
    Column("编号", 3),
)


def detail(each: Line, wanted: Wanted) -> Sequence[Cell]:
    leave, applicant = each.leave, each.leave.applicant
    known = wanted.reader is None or may_know(leave, wanted.reader)

    def told(text: str) -> str:
        return text if known or not text else WITHHELD

    return (
        applicant.name,
        applicant.unit.name,
        applicant.post,
        str(leave.kind),
        leave.start,
        str(leave.start_half),
        leave.end,
        str(leave.end_half),
        each.days.calendar,
        each.days.working,
        told(leave.place),
        told(leave.reason),
        _acting(leave),
        told(leave.phone),
        leave.submitted_at,
        str(each.reported),
        told(urgent_reason(leave)),
        str(leave.state),
        "\n".join(_decided(approval, told) for approval in leave.approvals if approval.decision),
        leave.returned_at,
        str(each.returned),
        each.overdue or None,
        leave.id,
    )


def _acting(leave: Leave) -> str:
    """Who acts; for a leader also how (主持工作, 补位), which the column's head does not say."""
    if leave.acting is None:
        return ""
    how = f"（{acting_label(leave)}）" if leave.applicant.role in LEADERS else ""
    return leave.acting.titled + how


def _decided(approval: Approval, told: Callable[[str], str]) -> str:
    """常务副区长 某某（代区长 某某）：同意（2026-11-26 09:30），意见：……"""
    when = f"（{approval.decided_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}）" if approval.decided_at else ""
    comment = told(approval.comment)
    return f"{approval.by}：{approval.decision}{when}" + (f"，意见：{comment}" if comment else "")


SUMS: Final = (
    Column("姓名", 4),
    Column("单位", 7),
    Column("职务", 7),
    Column("件数", 3),
    Column("外出天数", 4),
    Column("其中工作日", 5),
    *(Column(f"{kind}天数", 5) for kind in LeaveKind),
    Column("已批未到天数", 6),
    Column("未销假件数", 5),
    Column("最长逾期天数", 6),
)


def person_row(person: Person) -> Sequence[Cell]:
    """Days gone by within the stretch; 0 is left empty, so that what there is stands out."""
    official = person.official
    return (
        official.name,
        official.unit.name,
        official.post,
        person.count,
        person.away.calendar,
        person.away.working,
        *(person.by_kind[kind] or None for kind in LeaveKind),
        person.ahead.calendar or None,
        person.open or None,
        person.longest_overdue or None,
    )
