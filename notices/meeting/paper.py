"""The 会议签到表: who was there, who came for whom, late, excused, missing; as .xlsx and as a Word form.

Who stayed away without excuse is named to the office desk only; in anybody else's copy there was no sign-in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from notices.ledger import Column, Table
from notices.meeting.card import sitting
from notices.spreadsheet import Worksheet
from notices.word_form import WordForm
from rules.articles import cite
from rules.dates.reading import moment_in_full, moment_words
from rules.meeting.attendance import Attendee
from rules.meeting.count import signed_in
from rules.meeting.excuse import ExcuseState
from rules.meeting.matter import Meeting
from rules.meeting.presence import Presence, outcomes, presence, there, told
from rules.meeting.sign_in import minutes_late
from rules.working_days import SHANGHAI, shanghai_day

PLACEHOLDERS: Final[Mapping[str, str]] = {
    "会议": "会议名称",
    "时间": "会议日期和时间",
    "地点": "会议地点",
    "主持": "主持人，没有时为空",
    "应到": "应到人数（出席人员）",
    "到会": "到会的出席人员人数",
    "列席": "列席到会人数和应列席人数，没有时为空",
    "迟到": "迟到的出席人员人数",
    "请假": "请假的出席人员人数",
    "缺席": "缺席的出席人员人数，没有时为空；非办公室的为空",
    "半数": "是否超过应到人数的二分之一，常务会议才有",
    "签到": "名单，逐行取用，见下表",
    "办公室": "办公室名称，即 [office] name",
    "制表时间": "生成本表的时间",
}
LINE_PLACEHOLDERS: Final[Mapping[str, str]] = {
    "序号": "名单上的次序",
    "姓名": "姓名",
    "职务": "单位、职务",
    "身份": "出席、列席、列席议题",
    "情况": "到会、迟到几分钟、派员到会、请假、缺席等",
    "时间": "签到时间，当天的只写几点几分",
    "备注": "谁代会；请假由谁准、代谁；办公室更正的",
}
FORM: Final = WordForm(
    "会议签到表", "签到表", "attendance_template", PLACEHOLDERS, {"签到": LINE_PLACEHOLDERS}
)


@dataclass(frozen=True)
class Line:
    """One person's line; `outcome` in words, `remark` who came for them or who excused them."""

    number: int
    attendee: Attendee
    outcome: str
    remark: str


def lines(meeting: Meeting, *, desk: bool) -> list[Line]:
    """The whole list in its order."""
    return [
        Line(number, one, _outcome(meeting, one, desk=desk), "；".join(_remarks(one)))
        for number, one in enumerate(meeting.attendees, 1)
    ]


def _outcome(meeting: Meeting, one: Attendee, *, desk: bool) -> str:
    found = presence(meeting, one)
    late = minutes_late(meeting, one)
    if found is Presence.LATE:
        return f"迟到{late}分钟"
    return told(found, to_desk=desk) + (f"，迟到{late}分钟" if late else "")


def _remarks(one: Attendee) -> Iterator[str]:
    if one.came and one.signed_in_at:
        yield f"{one.came}代会"
    elif one.deputy and one.signed_in_at is None:
        yield f"报{one.deputy}参会"
    excuse = one.excuse
    if one.signed_in_at is None and excuse is not None and not excuse.by_leave:
        yield excuse.done or ("请假待批" if excuse.state is ExcuseState.PENDING else str(excuse.state))
    elif one.signed_in_at is None and one.on_leave:
        yield f"{one.away}已批准外出"
    if one.corrected_by is not None:
        yield f"{one.corrected_by.name}更正"


LIST: Final = Table[Line](
    "签到表",
    (
        Column("序号", 3, lambda line: line.number),
        Column("姓名", 5, lambda line: line.attendee.official.name),
        Column("职务", 14, lambda line: line.attendee.official.post_in_full),
        Column("身份", 5, lambda line: str(line.attendee.part)),
        Column("情况", 8, lambda line: line.outcome),
        Column("签到时间", 8, lambda line: line.attendee.signed_in_at),
        Column("备注", 22, lambda line: line.remark),
    ),
)


def worksheet(meeting: Meeting, *, desk: bool) -> Worksheet:
    """The list as a table."""
    about = f"{meeting.title}签到表　{moment_in_full(meeting.start)}　{meeting.place}"
    return replace(LIST.worksheet(lines(meeting, desk=desk)), about=about)


def fields(meeting: Meeting, office: str, now: datetime, *, desk: bool) -> dict[str, Any]:
    """The value of every placeholder."""
    members = [one for one in meeting.attendees if one.member]
    others = [one for one in meeting.attendees if not one.member]
    came, beside = outcomes(meeting, members), outcomes(meeting, others)
    absent = came[Presence.ABSENT]
    return {
        "会议": meeting.title,
        "时间": f"{meeting.start.astimezone(SHANGHAI).year}年{sitting(meeting, meeting.start)}",
        "地点": meeting.place,
        "主持": meeting.chair.titled if meeting.chair else "",
        "应到": str(len(members)),
        "到会": str(there(came)),
        "列席": f"{there(beside)}/{len(others)}" if others else "",
        "迟到": str(came[Presence.LATE]),
        "请假": str(came[Presence.EXCUSED]),
        "缺席": str(absent) if desk and absent else "",
        "半数": _half(meeting),
        "签到": [
            {
                "序号": str(line.number),
                "姓名": line.attendee.official.name,
                "职务": line.attendee.official.post_in_full,
                "身份": str(line.attendee.part),
                "情况": line.outcome,
                "时间": _time(meeting, line.attendee.signed_in_at),
                "备注": line.remark,
            }
            for line in lines(meeting, desk=desk)
        ],
        "办公室": office,
        "制表时间": moment_in_full(now),
    }


def _half(meeting: Meeting) -> str:
    quorum = signed_in(meeting)
    if quorum is None:
        return ""
    word = "已过半数" if quorum.holds else "未过半数"
    return f"{word}：应到{quorum.expected}人，本人到会{quorum.certain}人。{cite(49)}"


def _time(meeting: Meeting, at: datetime | None) -> str:
    if at is None:
        return ""
    return f"{at.astimezone(SHANGHAI):%H:%M}" if shanghai_day(at) == meeting.day else moment_words(at)
