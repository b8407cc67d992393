"""What the office's morning card says of meetings: today's and the next working day's, and what is open."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from notices.board_morning import Section
from notices.meeting.excuse import excuse_card
from notices.meeting.summary import counted
from rules.meeting.attendance import Attendee
from rules.meeting.excuse import Excuse
from rules.meeting.matter import Meeting
from rules.working_days import SHANGHAI


def held(meetings: Sequence[Meeting], today: date) -> Section:
    """When and where, and how many come."""
    return Section(
        f"今天和下一个工作日的会议{len(meetings)}场",
        [
            Markup("{} {}，{}，{}").format(
                _when(meeting, today), meeting.title, meeting.place, _count(meeting)
            )
            for meeting in meetings
        ],
        [f"meeting:{meeting.id}" for meeting in meetings],
        [meeting.start for meeting in meetings],
    )


def _when(meeting: Meeting, today: date) -> str:
    local = meeting.start.astimezone(SHANGHAI)
    day = "今天" if local.date() == today else f"{local.month}月{local.day}日"
    return f"{day}{local:%H:%M}"


def _count(meeting: Meeting) -> str:
    return f"应到{len(meeting.members)}人：{counted(meeting.members)}"


def waiting(open_ones: Sequence[tuple[Meeting, Attendee, Excuse]]) -> Section:
    """Excuses that nobody has decided on yet; without the report first of all that."""
    return Section(
        f"会议请假待批{len(open_ones)}件",
        [
            Markup("{}，{}，{}").format(one.official.titled, meeting.title, _where(excuse))
            for meeting, one, excuse in open_ones
        ],
        [excuse_card(meeting, one) for meeting, one, _ in open_ones],
    )


def _where(excuse: Excuse) -> str:
    if excuse.report_missing:
        return "书面请假报告未交"
    return f"待{excuse.holder.titled if excuse.holder else '区政府办公室'}审批"
