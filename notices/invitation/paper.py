"""The 活动邀请呈批表: an invitation on paper for the file, filled into a Word template (art. 86, 87)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from notices.notice import Button, Rows
from notices.word_form import WordForm
from rules.articles import cite
from rules.dates.reading import moment_in_full
from rules.invitation.change import InvitationChange, InvitationChangeState
from rules.invitation.deadline import missed, notice
from rules.invitation.matter import Invitation
from rules.invitation.request import Answer, InvitationRequest
from rules.settings import Settings
from rules.working_days import SHANGHAI, Calendar, weekday

PLACEHOLDERS: Final[Mapping[str, str]] = {
    "编号": "本系统的邀请编号",
    "状态": "待办公室审核、已转呈、已答复等",
    "报送时间": "报送的时间",
    "活动": "活动名称",
    "类别": "调研、会议等",
    "规模": "活动规模",
    "时间": "从何时到何时",
    "地点": "活动地点",
    "主办": "主办单位",
    "报送单位": "报送单位全称",
    "联系人": "主办方联系人",
    "电话": "主办方联系电话",
    "拟请领导": "报送单位拟请的领导，或“请区政府安排”",
    "任务": "请领导做什么，是否讲话",
    "附件": "方案、讲话代拟稿、批准文件的文件名，没有时为空",
    "报送情况": "提前几个工作日；报晚的，特殊情况的理由",
    "准予情况": "办公室主任是否准予受理，不需要时为空",
    "批准文号": "区委、区政府批准文号，没有时为空",
    "变更情况": "时间、地点、议程的变更，没有时为空",
    "拟办": "办公室转呈谁、附言、拟议",
    "经办": "办公室经办人",
    "经办时间": "转呈或退回的时间",
    "批示": "各位领导，逐行取用，见下表",
    "出席": "最后由谁出席，没有时为空",
    "结果": "退回、取消等的说明，没有时为空",
    "依据": "所依据的条文",
    "办公室": "办公室名称，即 [office] name",
    "制表时间": "生成本表的时间",
}
LINE_PLACEHOLDERS: Final[Mapping[str, str]] = {
    "名目": "领导职务加“批示”",
    "意见": "出席、不出席、委托何人，以及所附的话",
    "签名": "答复人；代办的写明代谁",
    "时间": "答复时间",
}
"""What each line of 批示 has."""

FORM: Final = WordForm(
    "活动邀请呈批表", "呈批表", "invitation_template", PLACEHOLDERS, {"批示": LINE_PLACEHOLDERS}
)


def form_button(invitation: Invitation) -> Rows:
    """[呈批表], under the desk's card."""
    return ((Button("呈批表", f"invitation:{invitation.id}:form"),),)


def fields(invitation: Invitation, calendar: Calendar, settings: Settings, now: datetime) -> dict[str, Any]:
    """The value of every placeholder."""
    last = invitation.requests[-1] if invitation.requests else None
    clerk = last.forwarded_by if last else invitation.clerk
    handled = last.forwarded_at if last else invitation.settled_at if clerk else None
    permission = invitation.permission
    return {
        "编号": str(invitation.id),
        "状态": str(invitation.state),
        "报送时间": moment_in_full(invitation.submitted_at),
        "活动": invitation.event,
        "类别": str(invitation.kind),
        "规模": invitation.size,
        "时间": _span(invitation.start, invitation.end),
        "地点": invitation.place,
        "主办": invitation.organiser,
        "报送单位": invitation.unit.full_name,
        "联系人": invitation.contact,
        "电话": invitation.phone,
        "拟请领导": invitation.asked_words,
        "任务": _task(invitation),
        "附件": "\n".join(_papers(invitation)),
        "报送情况": _reported(invitation, calendar, settings),
        "准予情况": _said(permission.done, permission.comment) if permission and permission.done else "",
        "批准文号": invitation.approval_number,
        "变更情况": "\n".join(_change(change, invitation) for change in invitation.changes),
        "拟办": "\n".join(_proposed(invitation)),
        "经办": clerk.titled if clerk else "",
        "经办时间": moment_in_full(handled) if handled else "",
        "批示": list(_lines(invitation)),
        "出席": "\n".join(request.attends for request in invitation.attending) or "暂无",
        "结果": f"{invitation.state}：{invitation.comment}" if invitation.comment else "",
        "依据": cite(86, 87) if invitation.needs_approval else cite(86),
        "办公室": settings.office_name,
        "制表时间": moment_in_full(now),
    }


def _span(start: datetime, end: datetime | None) -> str:
    """2026年12月10日（周四）09:00至11:00."""
    first = start.astimezone(SHANGHAI)
    said = f"{first.year}年{first.month}月{first.day}日（{weekday(first.date())}）{first:%H:%M}"
    if end is None:
        return said
    last = end.astimezone(SHANGHAI)
    if last.date() == first.date():
        return f"{said}至{last:%H:%M}"
    year = f"{last.year}年" if last.year != first.year else ""
    return f"{said}至{year}{last.month}月{last.day}日（{weekday(last.date())}）{last:%H:%M}"


def _said(done: str, comment: str) -> str:
    return f"{done}：{comment}" if comment else done


def _task(invitation: Invitation) -> str:
    speech = "请领导讲话" if invitation.speech else "不安排讲话"
    return f"{invitation.task}（{speech}）" if invitation.task else speech


def _papers(invitation: Invitation) -> Iterator[str]:
    held = (invitation.programme, invitation.speech_drafts, invitation.approval_papers)
    for papers in held:
        yield from (f"{paper.purpose}：{paper.name}" for paper in papers)


def _reported(invitation: Invitation, calendar: Calendar, settings: Settings) -> str:
    """How long before, and why it came late where it did (art. 86)."""
    late = missed(invitation.start, invitation.submitted_at, calendar, settings.periods)
    if late is None:
        days = notice(invitation.start, invitation.submitted_at, calendar)
        return f"提前{days}个工作日报送"
    why = f"特殊情况：{invitation.special_reason}" if invitation.special_reason else "未说明理由"
    return f"应于{late.label}前报送，逾期。{why}"


def _change(change: InvitationChange, invitation: Invitation) -> str:
    what = []
    if change.of_time:
        what.append(f"时间由{_span(change.was_start, change.was_end)}改为{_span(change.start, change.end)}")
    if change.of_place:
        what.append(f"地点由{change.was_place}改为{change.place}")
    if change.programme:
        what.append("议程更新")
    why = f"，理由：{change.reason}" if change.reason else ""
    comment = ""
    if change.comment and change.state is InvitationChangeState.REFUSED:
        comment = f"，办公室意见：{change.comment}"
    permission = invitation.permission_for(change.number)
    admitted = f"，{permission.done}" if permission and permission.granted else ""
    return f"{'；'.join(what)}{why}（{change.state}{comment}{admitted}）"


def _proposed(invitation: Invitation) -> Iterator[str]:
    """What the office laid before whom, a line for each forwarding."""
    lines: dict[int, list[InvitationRequest]] = {}
    for request in invitation.requests:
        lines.setdefault(request.line, []).append(request)
    for asked in lines.values():
        order = (
            "（同时征询）"
            if len(asked) > 1 and asked[0].together
            else "（依次征询）"
            if len(asked) > 1
            else ""
        )
        advice = f"：{asked[0].advice}" if asked[0].advice else "。"
        yield f"转呈{'、'.join(request.leader.titled for request in asked)}{order}{advice}"
        for request in asked:
            if request.proposal is not None:
                delegate = request.proposed_delegate
                said = f"委托{delegate.titled}出席" if delegate else str(request.proposal)
                yield f"拟请{request.leader.titled}：{said}"


def _lines(invitation: Invitation) -> Iterator[dict[str, str]]:
    for request in invitation.requests:
        yield {
            "名目": f"{request.leader.post_in_full}批示",
            "意见": _answer(request),
            "签名": request.by if request.answer else "",
            "时间": moment_in_full(request.decided_at) if request.answer and request.decided_at else "",
        }
    if not invitation.requests:
        yield {"名目": "领导批示", "意见": "（尚未转呈）", "签名": "", "时间": ""}


def _answer(request: InvitationRequest) -> str:
    if request.answer is None:
        why = f"：{request.closed_why}" if request.closed_why else ""
        return f"（{request.state}{why}）"
    said = str(request.answer)
    if request.answer is Answer.DELEGATE and request.delegate:
        state = {None: "待确认", True: "已确认", False: "未能接受"}[request.confirmed]
        said = f"委托{request.delegate.titled}出席（{state}）"
    source = f"（{request.source}答复，办公室登记）" if request.source else ""
    comment = f"。{request.comment}" if request.comment else "。"
    return f"{said}{source}{comment}"
