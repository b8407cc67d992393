"""A leave among what was found: its line in the list, and the card of who may not know all of it."""

from markupsafe import Markup, escape

from notices.leave.card import state_words
from notices.leave.words import acting_label, dates_of, span_of
from rules.leave.matter import Leave


def line(leave: Leave, *, known: bool) -> str:
    """请假：财政局局长 某某 12月1日至12月3日 济南 · 已批准; the place where it is `known`."""
    place = f" {leave.place}" if known else ""
    return f"请假：{leave.applicant.titled} {dates_of(leave)}{place} · {state_words(leave)}"


def brief(leave: Leave, stands: str) -> Markup:
    """Who is away when and who acts; what only the approvers and the office may know is left out."""
    lines = [
        Markup("<b>请假报告 · {}</b>").format(stands),
        escape(leave.applicant.titled),
        Markup("类别：{}").format(leave.kind),
        Markup("时间：{}").format(span_of(leave)),
        *([Markup("{}：{}").format(acting_label(leave), leave.acting.titled)] if leave.acting else []),
        Markup("地点、事由、电话和审批意见只给本人、审批人和区政府办公室看。"),
    ]
    return Markup("\n").join(lines)
