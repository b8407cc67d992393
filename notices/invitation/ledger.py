"""The invitation ledger (活动邀请台账) as sheets: every invitation, every leader asked, and both added up.

The office sees everything. A head sees what their own unit reported and who came; what the office advised and
how the other leaders answered stands as 略.
"""

from typing import Final

from notices.ledger import Column, Table, secret
from rules.invitation.ledger import Asked, Leader, Line, Outcome, Sum, may_know
from rules.invitation.request import RequestState

WITHHELD_SAID: Final = "办公室拟办意见和未出席领导的答复不列。"
"""What a head is told is left out of their copy."""


def _advice(each: Line) -> str:
    return "\n".join(dict.fromkeys(one.advice for one in each.invitation.requests if one.advice))


def _answers(each: Line) -> str:
    requests = [asked.request for asked in each.asked]
    return "\n".join(one.settled or f"{one.leader.titled}：{one.state}" for one in requests)


def _attending(each: Line) -> str:
    return "\n".join(request.attends for request in each.invitation.attending)


DETAIL: Final = Table[Line](
    "明细",
    (
        Column("活动", 14, lambda each: each.invitation.event),
        Column("类别", 4, lambda each: str(each.invitation.kind)),
        Column("活动时间", 8, lambda each: each.invitation.start),
        Column("结束时间", 8, lambda each: each.invitation.end),
        Column("地点", 8, lambda each: each.invitation.place),
        Column("主办单位", 8, lambda each: each.invitation.organiser),
        Column("报送单位", 7, lambda each: each.invitation.unit.name),
        Column("报送人", 4, lambda each: each.invitation.submitted_by.name),
        Column("报送时间", 8, lambda each: each.invitation.submitted_at),
        Column("提前工作日", 5, lambda each: each.days),
        Column("报送情况", 8, lambda each: each.reported),
        Column("特殊情况理由", 10, lambda each: each.invitation.special_reason),
        Column("批准文号", 10, lambda each: each.invitation.approval_number),
        Column("拟请领导", 10, lambda each: each.invitation.asked_words),
        secret("拟办意见", 14, _advice),
        secret("领导答复", 18, _answers),
        Column("出席", 12, _attending),
        Column("结果", 5, lambda each: str(each.outcome)),
        Column("说明", 10, lambda each: each.invitation.comment),
        Column("变更次数", 4, lambda each: len(each.invitation.changes) or None),
        Column("经办", 4, lambda each: each.invitation.clerk.name if each.invitation.clerk else ""),
        Column("编号", 3, lambda each: each.invitation.id),
    ),
    knows=lambda each, reader: may_know(each.invitation, reader),
)


def _answered_by(each: Asked) -> str:
    return each.request.by if each.request.answer else ""


ASKED: Final = Table[Asked](
    "按领导明细",
    (
        Column("领导", 4, lambda each: each.request.leader.name),
        Column("职务", 7, lambda each: each.request.leader.post_in_full),
        Column("活动", 14, lambda each: each.line.invitation.event),
        Column("类别", 4, lambda each: str(each.line.invitation.kind)),
        Column("活动时间", 8, lambda each: each.line.invitation.start),
        Column("地点", 8, lambda each: each.line.invitation.place),
        Column("主办单位", 8, lambda each: each.line.invitation.organiser),
        Column("提前工作日", 5, lambda each: each.line.days),
        Column("转呈时间", 8, lambda each: each.request.forwarded_at),
        Column("答复", 8, lambda each: str(each.request.state)),
        Column("答复人", 8, _answered_by),
        Column("答复时间", 8, lambda each: each.request.decided_at),
        Column("由谁出席", 8, lambda each: each.attendee.titled if each.attendee else ""),
        Column("结果", 5, lambda each: str(each.line.outcome)),
        Column("邀请编号", 4, lambda each: each.line.invitation.id),
    ),
)


def _answered(heading: str, width: int, *states: RequestState) -> Column[Leader]:
    """How often they were left in one of these states; 0 is left empty, so that what there is stands out."""
    return Column(heading, width, lambda leader: sum(leader.states[one] for one in states) or None)


BY_LEADER: Final = Table[Leader](
    "按领导统计",
    (
        Column("领导", 4, lambda leader: leader.official.name),
        Column("职务", 7, lambda leader: leader.official.post_in_full),
        Column("邀请件数", 4, lambda leader: leader.asked or None),
        _answered("出席", 3, RequestState.ATTENDS),
        _answered("委托他人出席", 6, RequestState.DELEGATED),
        _answered("不出席", 4, RequestState.DECLINES),
        _answered(
            "未答复",
            4,
            RequestState.IN_LINE,
            RequestState.ASKED,
            RequestState.RETURNED,
            RequestState.DELEGATE_ASKED,
        ),
        _answered("不再征询或取消", 7, RequestState.CLOSED),
        Column("代他人出席", 5, lambda leader: leader.for_others or None),
    ),
)


def _ended(outcome: Outcome) -> Column[Sum]:
    return Column(str(outcome), 5, lambda each: each.outcomes[outcome] or None)


_SUMS: Final[tuple[Column[Sum], ...]] = (
    Column("件数", 3, lambda each: each.count),
    *(_ended(outcome) for outcome in Outcome),
    Column("逾期报送", 4, lambda each: each.late or None),
    Column("平均提前工作日", 7, lambda each: each.mean_days),
)
BY_ORGANISER: Final = Table[Sum]("按主办单位", (Column("主办单位", 10, lambda each: each.name), *_SUMS))
BY_KIND: Final = Table[Sum]("按类别", (Column("类别", 6, lambda each: each.name), *_SUMS))
