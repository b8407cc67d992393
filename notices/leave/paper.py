"""The 请假报告单: a leave on paper, filled into a Word template that the office may change (art. 77)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from notices.leave.card import state_words
from notices.leave.words import acting_label, ground
from notices.word_form import WordForm
from rules.acting import ActingAnswer
from rules.approval import Approval, Decision
from rules.dates.reading import Half, HalfDaySpan, moment_in_full
from rules.leave.ledger import STANDS, days_in, missed
from rules.leave.matter import Leave, LeaveState
from rules.leave.report import bound, urgent_reason
from rules.periods import Periods
from rules.settings import Settings
from rules.working_days import Calendar, weekday

PLACEHOLDERS: Final[Mapping[str, str]] = {
    "编号": "本系统的请假编号",
    "状态": "待谁审批、已批准、已销假等",
    "紧急": "紧急外出时是“【紧急】”，否则为空",
    "报告时间": "提交报告的时间",
    "姓名": "外出人",
    "单位": "单位全称",
    "职务": "职务",
    "电话": "外出期间的联系电话",
    "类别": "出差、学习等",
    "时间": "从何时到何时",
    "天数": "几天，其中工作日几天",
    "地点": "外出地点",
    "事由": "外出事由",
    "附件": "通知、方案等文件名，没有时为空",
    "外事批件": "外事批件文号，没有时为空",
    "主持名目": "“主持工作”“补位”或“代为主持”",
    "代为主持": "外出期间代为主持工作的人",
    "报告情况": "是否按时报告，紧急外出的书面理由；没有期限要求时为空",
    "变更情况": "续假、变更，没有时为空",
    "审批": "各位审批人，逐行取用，见下表",
    "区委报备": "报备登记，不需要时为空",
    "销假": "销假时间",
    "依据": "所依据的条文，没有时为空",
    "办公室": "办公室名称，即 [office] name",
    "制表时间": "生成本单的时间",
}
OPINION_PLACEHOLDERS: Final[Mapping[str, str]] = {
    "名目": "审批人职务加“意见”",
    "意见": "同意、不同意、退回修改，以及所附的话",
    "签名": "办理人；代办的写明代谁",
    "时间": "办理时间",
}
"""What each line of 审批 has."""


FORM: Final = WordForm("请假报告单", "报告单", "leave_template", PLACEHOLDERS, {"审批": OPINION_PLACEHOLDERS})


# ---------------------------------------------------------------- what stands on the form


def fields(leave: Leave, calendar: Calendar, settings: Settings, now: datetime) -> dict[str, Any]:
    """The value of every placeholder."""
    days = days_in(leave.span, calendar)
    return {
        "编号": str(leave.id),
        "状态": _state(leave),
        "紧急": "【紧急】" if leave.urgent else "",
        "报告时间": moment_in_full(leave.submitted_at),
        "姓名": leave.applicant.name,
        "单位": leave.applicant.unit.full_name,
        "职务": leave.applicant.post,
        "电话": leave.phone,
        "类别": str(leave.kind),
        "时间": _span(leave.span),
        "天数": f"{days.calendar:g}天（工作日{days.working:g}天）",
        "地点": leave.place,
        "事由": leave.reason,
        "附件": "\n".join(paper.name for paper in leave.papers),
        "外事批件": leave.abroad_approval,
        "主持名目": acting_label(leave),
        "代为主持": _acting(leave),
        "报告情况": _reported(leave, calendar, settings.periods),
        "变更情况": "\n".join(_changes(leave)),
        "审批": list(_opinions(leave)),
        "区委报备": "\n".join(_filings(leave)),
        "销假": _returned(leave),
        "依据": ground(leave),
        "办公室": settings.office_name,
        "制表时间": moment_in_full(now),
    }


def _state(leave: Leave) -> str:
    """What was ratified afterwards says so, and when: it was not approved before the departure."""
    if not (leave.ratified and leave.decided_at and leave.state in STANDS):
        return state_words(leave)
    return f"{leave.state}，{moment_in_full(leave.decided_at)}追认"


def _span(span: HalfDaySpan) -> str:
    first, last = (
        f"{day.year}年{day.month}月{day.day}日（{weekday(day)}）{half}"
        for day, half in (
            (span.start, Half.PM.value if span.start_half is Half.PM else ""),
            (span.end, Half.AM.value if span.end_half is Half.AM else ""),
        )
    )
    if span.start == span.end:
        return first if span.end_half is Half.PM else last
    return f"{first}至{last.removeprefix(f'{span.start.year}年')}"


def _acting(leave: Leave) -> str:
    if leave.acting is None:
        return "无"
    aware = any(
        asked.official is leave.acting and asked.answer is ActingAnswer.AWARE for asked in leave.asked_to_act
    )
    return leave.acting.titled + ("（本人已知悉）" if aware else "")


def _reported(leave: Leave, calendar: Calendar, periods: Periods) -> str:
    late = missed(leave, calendar, periods)
    due = f"应于{late.label}前报告" if late else ""
    if reason := urgent_reason(leave):
        return "紧急外出" + (f"，{due}" if due else "") + f"。书面理由：{reason}"
    if due:
        return f"迟报，{due}"
    return f"已提前{periods.leave_notice_days}天报告" if bound(leave.applicant) else ""


def _changes(leave: Leave) -> Iterator[str]:
    for change in leave.changes:
        what = []
        if change.of_dates:
            what.append(f"{_span(change.was_span)}改为{_span(change.span)}")
        if change.of_acting:
            was, now = (one.titled if one else "无" for one in (change.was_acting, change.acting))
            what.append(f"{acting_label(leave)}由{was}改为{now}")
        why = f"，理由：{change.reason}" if change.reason else ""
        at = moment_in_full(change.proposed_at)
        yield f"{change.kind}（{change.state}）：{'；'.join(what)}{why}。{at}提出"


def _opinions(leave: Leave) -> Iterator[dict[str, str]]:
    changes = {change.round: change for change in leave.changes if change.round}
    for approval in leave.approvals:
        change = changes.get(approval.round)
        yield {
            "名目": f"{approval.approver.post_in_full}意见" + (f"\n（{change.kind}）" if change else ""),
            "意见": _opinion(approval, leave),
            "签名": _signature(approval),
            "时间": moment_in_full(approval.decided_at) if approval.decided_at else "",
        }
    if not leave.approvals:
        said = "无需审批，已告知有关同志。" if leave.state in STANDS else ""
        yield {"名目": "审批意见", "意见": said, "签名": "", "时间": ""}


def _opinion(approval: Approval, leave: Leave) -> str:
    if approval.decision is None:
        return "（待审批）" if approval is leave.waiting else "（尚未送审）"
    mark = "：" if approval.decision is Decision.SEND_BACK and approval.comment else "。"
    return f"{approval.decision}{mark}{approval.comment}"


def _signature(approval: Approval) -> str:
    """Who decided; a stand-in with the mark for whom (代)."""
    if approval.decision is None:
        return ""
    by = approval.decided_by or approval.approver
    return by.name if by is approval.approver else f"{by.name}（代{approval.approver.titled}）"


def _filings(leave: Leave) -> Iterator[str]:
    for filing in leave.filings:
        if filing.filed_at and filing.filed_by:
            yield f"{filing.what}：{filing.filed_by.titled}于{moment_in_full(filing.filed_at)}登记"
        elif filing.open:
            yield f"{filing.what}：待报备"


def _returned(leave: Leave) -> str:
    if leave.returned_at:
        return f"{moment_in_full(leave.returned_at)}销假"
    if leave.state is LeaveState.CONTINUED:
        return "接续下一份请假，一并销假"
    return "尚未销假" if leave.state is LeaveState.APPROVED else ""
