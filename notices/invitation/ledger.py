"""The invitation ledger (活动邀请台账) as sheets: every invitation, every leader asked, and both added up.

The office sees everything. A head sees what his own unit reported and who came; what the office advised and
how the other leaders answered stands as 略.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from notices.ledger import Wanted
from notices.spreadsheet import Cell, Column
from rules.invitation.ledger import Leader, Line, Outcome, Sum, may_know
from rules.invitation.request import InvitationRequest, RequestState

WITHHELD: Final = "（略）"
WITHHELD_SAID: Final = "办公室拟办意见和未出席领导的答复不列。"
"""What a head is told is left out of his copy."""

DETAIL: Final = (
    Column("活动", 14, wrap=True),
    Column("类别", 4),
    Column("活动时间", 8),
    Column("结束时间", 8),
    Column("地点", 8, wrap=True),
    Column("主办单位", 8, wrap=True),
    Column("报送单位", 7),
    Column("报送人", 4),
    Column("报送时间", 8),
    Column("提前工作日", 5),
    Column("报送情况", 8),
    Column("特殊情况理由", 10, wrap=True),
    Column("批准文号", 8),
    Column("拟请领导", 10, wrap=True),
    Column("拟办意见", 14, wrap=True),
    Column("领导答复", 18, wrap=True),
    Column("出席", 12, wrap=True),
    Column("结果", 5),
    Column("说明", 10, wrap=True),
    Column("变更次数", 4),
    Column("经办", 4),
    Column("编号", 3),
)
ASKED: Final = (
    Column("领导", 4),
    Column("职务", 7),
    Column("活动", 14, wrap=True),
    Column("类别", 4),
    Column("活动时间", 8),
    Column("地点", 8, wrap=True),
    Column("主办单位", 8, wrap=True),
    Column("提前工作日", 5),
    Column("转呈时间", 8),
    Column("答复", 8),
    Column("答复人", 8, wrap=True),
    Column("答复时间", 8),
    Column("由谁出席", 8),
    Column("结果", 5),
    Column("邀请编号", 4),
)
LEADERS: Final = (
    Column("领导", 4),
    Column("职务", 7),
    Column("邀请件数", 4),
    Column("出席", 3),
    Column("委托他人出席", 6),
    Column("不出席", 4),
    Column("未答复", 4),
    Column("不再征询或取消", 7),
    Column("代他人出席", 5),
)
SUMS: Final = (
    Column("件数", 3),
    *(Column(str(each), 5) for each in Outcome),
    Column("逾期报送", 4),
    Column("平均提前工作日", 7),
)
_ORGANISERS: Final = (Column("主办单位", 10, wrap=True), *SUMS)
_KINDS: Final = (Column("类别", 6), *SUMS)


def detail(each: Line, wanted: Wanted) -> Sequence[Cell]:
    one = each.invitation
    known = wanted.reader is None or may_know(one, wanted.reader)

    def told(text: str) -> str:
        return text if known or not text else WITHHELD

    return (
        one.event,
        str(one.kind),
        one.start,
        one.end,
        one.place,
        one.organiser,
        one.unit.name,
        one.submitted_by.name,
        one.submitted_at,
        each.days,
        each.reported,
        one.special_reason,
        one.approval_number,
        one.asked_words,
        told("\n".join(dict.fromkeys(request.advice for request in one.requests if request.advice))),
        told("\n".join(_answered(each.asked))),
        "\n".join(_attends(request) for request in one.attending),
        str(each.outcome),
        one.comment,
        len(one.changes) or None,
        one.clerk.name if one.clerk else "",
        one.id,
    )


def _answered(requests: Iterable[InvitationRequest]) -> Iterator[str]:
    for request in requests:
        yield request.done or f"{request.leader.titled}：{request.state}"


def _attends(request: InvitationRequest) -> str:
    attendee = request.attendee
    if attendee is None or attendee is request.leader:
        return request.leader.titled
    return f"{attendee.titled}（代{request.leader.titled}）"


def asked_row(each: Line) -> Iterator[Sequence[Cell]]:
    one = each.invitation
    for request in each.asked:
        attendee = request.attendee if each.outcome is Outcome.ATTENDED else None
        yield (
            request.leader.name,
            request.leader.post_in_full,
            one.event,
            str(one.kind),
            one.start,
            one.place,
            one.organiser,
            each.days,
            request.forwarded_at,
            str(request.state),
            request.by if request.answer else "",
            request.decided_at,
            attendee.titled if attendee else "",
            str(each.outcome),
            one.id,
        )


_SILENT: Final = (
    RequestState.IN_LINE,
    RequestState.ASKED,
    RequestState.RETURNED,
    RequestState.DELEGATE_ASKED,
)


def leader_row(leader: Leader) -> Sequence[Cell]:
    """How often he was asked, and what came of it; 0 is left empty, so that what there is stands out."""
    states = leader.states
    return (
        leader.official.name,
        leader.official.post_in_full,
        leader.asked or None,
        states[RequestState.ATTENDS] or None,
        states[RequestState.DELEGATED] or None,
        states[RequestState.DECLINES] or None,
        sum(states[state] for state in _SILENT) or None,
        states[RequestState.CLOSED] or None,
        leader.for_others or None,
    )


def sums(found: Iterable[Sum]) -> list[Sequence[Cell]]:
    return [
        (
            one.name,
            one.count,
            *(one.outcomes[each] or None for each in Outcome),
            one.late or None,
            one.mean_days,
        )
        for one in found
    ]
