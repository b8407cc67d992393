"""The meeting ledger (会议台账) as sheets: every meeting, every place on its list, and both added up.

The office sees everything. A head sees his own unit's places; who stayed away without leave is told the
office only, so his copy says no more than that there was no sign-in.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from notices.ledger import Wanted
from notices.spreadsheet import Cell, Column
from rules.meeting.attendance import Part
from rules.meeting.count import quorum_of, signed_in
from rules.meeting.ledger import Place, Sum, places
from rules.meeting.matter import Meeting
from rules.meeting.presence import THERE, Presence
from rules.roster import Official, Unit

WITHHELD_SAID: Final = "未请假未到会的情况由办公室掌握，不列。"
"""What a head is told is left out of his copy."""
NOT_SIGNED_IN: Final = "未签到"

MEETINGS: Final = (
    Column("会议", 14, wrap=True),
    Column("类型", 6),
    Column("时间", 8),
    Column("结束时间", 8),
    Column("地点", 8, wrap=True),
    Column("主持", 8),
    Column("状态", 4),
    Column("应到", 3),
    Column("到会", 3),
    Column("请假", 3),
    Column("列席到会", 4),
    Column("半数线", 4),
    Column("是否过半数", 5),
    Column("议题数", 4),
    Column("议题", 18, wrap=True),
    Column("通知时间", 8),
    Column("变更次数", 4),
    Column("说明", 12, wrap=True),
    Column("编号", 3),
)
PLACES: Final = (
    Column("会议", 14, wrap=True),
    Column("时间", 8),
    Column("姓名", 4),
    Column("职务", 8),
    Column("单位", 7),
    Column("身份", 5),
    Column("回执", 8),
    Column("回执时间", 8),
    Column("请假事由", 12, wrap=True),
    Column("准假", 12, wrap=True),
    Column("派员", 8),
    Column("签到时间", 8),
    Column("结果", 5),
    Column("会议编号", 4),
)
_OUTCOMES: Final = (
    Presence.CAME,
    Presence.LATE,
    Presence.DEPUTY,
    Presence.EXCUSED,
    Presence.ABSENT,
    Presence.UNKNOWN,
)
SUMS: Final = (
    Column("通知次数", 4),
    *(Column(str(each), 4) for each in _OUTCOMES),
    Column("到会率（%）", 5),
)


def meeting_row(meeting: Meeting) -> Sequence[Cell]:
    listed = places(meeting)
    members = [place for place in listed if place.attendee.part is Part.MEMBER]
    others = [place for place in listed if place.attendee.part is not Part.MEMBER]
    held = quorum_of(meeting) and meeting.sign_in_at and signed_in(meeting)
    return (
        meeting.title,
        str(meeting.kind),
        meeting.start,
        meeting.end,
        meeting.place,
        meeting.chair.titled if meeting.chair else "",
        str(meeting.state),
        len(members) or None,
        _count(members, THERE),
        _count(members, {Presence.EXCUSED}),
        _count(others, THERE),
        held.needed if held else None,
        ("是" if held.holds else "否") if held else "",
        len(meeting.topics) or None,
        "\n".join(f"{number}. {topic.title}" for number, topic in enumerate(meeting.topics, 1)),
        meeting.called_at,
        len(meeting.history) or None,
        meeting.cancel_reason or meeting.chair_reason,
        meeting.id,
    )


def _count(listed: Iterable[Place], outcomes: Iterable[Presence]) -> int | None:
    """How many; 0 is left empty, so that what there is stands out."""
    return sum(place.presence in outcomes for place in listed) or None


def place_row(place: Place, wanted: Wanted) -> Sequence[Cell]:
    one, meeting = place.attendee, place.meeting
    excuse = one.excuse
    outcome = str(place.presence)
    if wanted.unit is not None and place.presence in (Presence.ABSENT, Presence.UNKNOWN):
        outcome = NOT_SIGNED_IN
    return (
        meeting.title,
        meeting.start,
        one.official.name,
        one.official.post_in_full,
        one.official.unit.name,
        str(one.part),
        one.answered,
        one.replied_at,
        excuse.reason if excuse else one.away,
        excuse.done if excuse else "",
        str(one.came or one.deputy or ""),
        one.signed_in_at,
        outcome,
        meeting.id,
    )


def people(found: Iterable[Sum[Official]]) -> list[Sequence[Cell]]:
    return [(one.of.name, one.of.post_in_full, *_sum(one)) for one in found]


def units(found: Iterable[Sum[Unit]]) -> list[Sequence[Cell]]:
    return [(one.of.name, *_sum(one)) for one in found]


def _sum(one: Sum[Official] | Sum[Unit]) -> Sequence[Cell]:
    return (one.called, *(one.outcomes[each] or None for each in _OUTCOMES), one.share)
