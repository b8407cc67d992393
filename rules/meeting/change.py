"""What is changed of a meeting once it stands, and how that is said: old → new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.dates.reading import say_moment
from rules.meeting.matter import Meeting, MeetingPaper
from rules.meeting.topic import TopicLine, lay_agenda, say_agenda
from rules.roster import Official
from rules.working_days import SHANGHAI


@dataclass(frozen=True)
class MeetingChange:
    """A meeting as it shall be from now on; `papers` are the names of the materials that are new."""

    title: str
    start: datetime
    end: datetime
    place: str
    entrance: str
    topics: Sequence[TopicLine]
    chair: Official | None
    chair_reason: str
    reply_by: datetime
    deputies: bool
    papers: Sequence[str] = ()

    def of_time(self, meeting: Meeting) -> bool:
        """Whether everybody has to be asked anew."""
        return (self.start, self.end) != (meeting.start, meeting.end)

    def of_agenda(self, meeting: Meeting) -> bool:
        """Whether the topics differ."""
        return say_agenda(self.topics) != say_agenda(meeting.topics)

    def enter(self, meeting: Meeting, papers: Sequence[MeetingPaper]) -> None:
        """It is so from now on, but for the agenda; the new materials join those there are."""
        meeting.title, meeting.place, meeting.entrance = self.title, self.place, self.entrance
        meeting.start, meeting.end, meeting.reply_by = self.start, self.end, self.reply_by
        meeting.chair, meeting.chair_reason = self.chair, self.chair_reason
        meeting.deputies = self.deputies
        meeting.materials = [*meeting.materials, *papers]

    def enter_agenda(self, meeting: Meeting, now: datetime) -> None:
        """Its topics are these; those that stay keep what is known of them."""
        meeting.topics = lay_agenda(meeting.topics, self.topics, now)

    def lines(self, meeting: Meeting, now: datetime) -> list[str]:
        """One line for each thing that changes, without the agenda."""
        pairs = [
            ("名称", meeting.title, self.title),
            ("时间", _hours(meeting.start, meeting.end, now), _hours(self.start, self.end, now)),
            ("地点", meeting.place, self.place),
            ("入场", meeting.entrance or "无说明", self.entrance or "无说明"),
            ("主持", _named(meeting.chair), _named(self.chair)),
        ]
        if not self.of_time(meeting):
            before, after = say_moment(meeting.reply_by, now), say_moment(self.reply_by, now)
            pairs.append(("回执截止", before, after))
        lines = [f"{what}：{before} → {after}" for what, before, after in pairs if before != after]
        if self.deputies != meeting.deputies:
            lines.append("列席单位可以派员" if self.deputies else "列席单位不再派员")
        if self.papers:
            lines.append(f"新增材料：{'、'.join(f'《{name}》' for name in self.papers)}")
        return lines


def _hours(start: datetime, end: datetime, now: datetime) -> str:
    return f"{say_moment(start, now)}至{end.astimezone(SHANGHAI):%H:%M}"


def _named(official: Official | None) -> str:
    return official.titled if official else "未定"
