"""The 会议请假报告: the written report of art. 55, set into a Word template from what was typed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup

from notices.word_form import WordForm
from rules.articles import cite
from rules.dates.reading import day_in_full, moment_words
from rules.meeting.attendance import Attendee
from rules.meeting.excuse import Excuse, ExcuseState
from rules.meeting.matter import Meeting
from rules.working_days import SHANGHAI, shanghai_day, weekday

PLACEHOLDERS: Final[Mapping[str, str]] = {
    "会议": "会议名称",
    "会议时间": "会议日期和时间",
    "会议地点": "会议地点",
    "身份": "出席、列席",
    "姓名": "请假人",
    "单位": "单位全称",
    "职务": "职务",
    "电话": "花名册所登记的电话",
    "正文": "本人所写的请假事由",
    "报告时间": "提交报告的日期",
    "审批人": "审批人的职务",
    "审批": "准假、不准假及办理人、时间，未批时为空",
    "依据": "所依据的条文",
    "办公室": "办公室名称，即 [office] name",
}
FORM: Final = WordForm("会议请假报告", "书面请假报告", "meeting_excuse_template", PLACEHOLDERS)


def fields(meeting: Meeting, attendee: Attendee, excuse: Excuse, office: str) -> dict[str, Any]:
    """The value of every placeholder."""
    official = attendee.official
    settled = excuse.state is not ExcuseState.PENDING and excuse.decided_at is not None
    at = moment_words(excuse.decided_at) if excuse.decided_at else ""
    return {
        "会议": meeting.title,
        "会议时间": _moment(meeting.start),
        "会议地点": meeting.place,
        "身份": "出席" if attendee.member else "列席",
        "姓名": official.name,
        "单位": official.unit.full_name,
        "职务": official.post,
        "电话": official.phone,
        "正文": excuse.report or excuse.reason,
        "报告时间": _day(excuse.reported_at or excuse.raised_at),
        "审批人": excuse.decider.post_in_full if excuse.decider else "",
        "审批": f"{excuse.state}。{excuse.by}　{at}" if settled else "",
        "依据": cite(55),
        "办公室": office,
    }


def _moment(instant: datetime) -> str:
    local = instant.astimezone(SHANGHAI)
    return f"{_day(instant)}（{weekday(local.date())}）{local:%H:%M}"


def _day(instant: datetime) -> str:
    return day_in_full(shanghai_day(instant))


def plain(meeting: Meeting, attendee: Attendee) -> Markup:
    body = attendee.excuse.report if attendee.excuse else ""
    head = Markup("{}的书面请假报告（{}；模板有误，未能生成文件，请告区政府办公室）")
    return Markup("\n").join(
        [head.format(attendee.official.titled, meeting.title), Markup("{}").format(body)]
    )
