"""The meeting ledger (会议台账) as sheets: every meeting, every place on its list, and both added up.

The office sees everything. A head sees their own unit's places; who stayed away without leave is told the
office only, so their copy says no more than that there was no sign-in.
"""

from collections.abc import Container
from typing import Final

from notices.ledger import Column, Table
from rules.meeting.attendance import Part
from rules.meeting.count import Quorum, signed_in
from rules.meeting.ledger import Place, Sum, places
from rules.meeting.matter import Meeting
from rules.meeting.presence import THERE, Presence, told
from rules.roster import OFFICE_DESK, Official, Unit

WITHHELD_SAID: Final = "未请假未到会的情况由办公室掌握，不列。"
"""What a head is told is left out of their copy."""


def _count(meeting: Meeting, outcomes: Container[Presence], *, members: bool = True) -> int | None:
    """How many of those in attendance, or of the others, it came out so for; 0 is left empty."""
    listed = [place for place in places(meeting) if (place.attendee.part is Part.MEMBER) is members]
    return sum(place.presence in outcomes for place in listed) or None


def _held(meeting: Meeting) -> Quorum | None:
    """Whether more than half were there (art. 49), where that was counted."""
    return signed_in(meeting) if meeting.sign_in_at else None


def _over_half(meeting: Meeting) -> str:
    held = _held(meeting)
    return "" if held is None else "是" if held.holds else "否"


MEETINGS: Final = Table[Meeting](
    "会议",
    (
        Column("会议", 14, lambda one: one.title),
        Column("类型", 6, lambda one: str(one.kind)),
        Column("时间", 8, lambda one: one.start),
        Column("结束时间", 8, lambda one: one.end),
        Column("地点", 8, lambda one: one.place),
        Column("主持", 8, lambda one: one.chair.titled if one.chair else ""),
        Column("状态", 4, lambda one: str(one.state)),
        Column("应到", 3, lambda one: _count(one, set(Presence))),
        Column("到会", 3, lambda one: _count(one, THERE)),
        Column("请假", 3, lambda one: _count(one, {Presence.EXCUSED})),
        Column("列席到会", 4, lambda one: _count(one, THERE, members=False)),
        Column("半数线", 4, lambda one: held.needed if (held := _held(one)) else None),
        Column("是否过半数", 5, _over_half),
        Column("议题数", 4, lambda one: len(one.topics) or None),
        Column(
            "议题",
            18,
            lambda one: "\n".join(f"{number}. {topic.title}" for number, topic in enumerate(one.topics, 1)),
        ),
        Column("通知时间", 8, lambda one: one.called_at),
        Column("变更次数", 4, lambda one: len(one.history) or None),
        Column("说明", 12, lambda one: one.cancel_reason or one.chair_reason),
        Column("编号", 3, lambda one: one.id),
    ),
)


def _excused(place: Place) -> str:
    return place.attendee.excuse.reason if place.attendee.excuse else place.attendee.away


PLACES: Final = Table[Place](
    "参会明细",
    (
        Column("会议", 14, lambda place: place.meeting.title),
        Column("时间", 8, lambda place: place.meeting.start),
        Column("姓名", 4, lambda place: place.attendee.official.name),
        Column("职务", 8, lambda place: place.attendee.official.post_in_full),
        Column("单位", 7, lambda place: place.attendee.official.unit.name),
        Column("身份", 5, lambda place: str(place.attendee.part)),
        Column("回执", 8, lambda place: place.attendee.answered),
        Column("回执时间", 8, lambda place: place.attendee.replied_at),
        Column("请假事由", 12, _excused),
        Column(
            "准假",
            12,
            lambda place: place.attendee.excuse.done if place.attendee.excuse else "",
        ),
        Column("派员", 8, lambda place: str(place.attendee.came or place.attendee.deputy or "")),
        Column("签到时间", 8, lambda place: place.attendee.signed_in_at),
        Column(
            "结果",
            5,
            lambda place: told(place.presence, to_desk=True),
            to_others=lambda place: told(place.presence, to_desk=False),
        ),
        Column("会议编号", 4, lambda place: place.meeting.id),
    ),
    knows=lambda _place, reader: reader.role in OFFICE_DESK,
)


def _came(outcome: Presence) -> Column[Sum[Official] | Sum[Unit]]:
    return Column(str(outcome), 4, lambda each: each.outcomes[outcome] or None)


_SUMS: Final[tuple[Column[Sum[Official] | Sum[Unit]], ...]] = (
    Column("通知次数", 4, lambda each: each.called),
    _came(Presence.CAME),
    _came(Presence.LATE),
    _came(Presence.DEPUTY),
    _came(Presence.EXCUSED),
    _came(Presence.ABSENT),
    _came(Presence.TO_COME),
    _came(Presence.UNKNOWN),
    Column("到会率（%）", 5, lambda each: each.share),
)
BY_PERSON: Final = Table[Sum[Official]](
    "按人员",
    (
        Column("姓名", 4, lambda each: each.of.name),
        Column("职务", 8, lambda each: each.of.post_in_full),
        *_SUMS,
    ),
)
BY_UNIT: Final = Table[Sum[Unit]]("按单位", (Column("单位", 8, lambda each: each.of.name), *_SUMS))
