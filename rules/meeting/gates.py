"""What a topic has to pass before the meeting: ticked off, reminded of, and late topics (art. 53, 54).

Art. 54 speaks of 全体会议 and 常务会议 only; what art. 53 wants of a topic holds for 区长办公会议 too.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Final

from rules.countersign.life import obstacles
from rules.countersign.matter import Countersign, CountersignKind
from rules.hours import OfficeHours
from rules.meeting.attendance import Part
from rules.meeting.matter import Meeting, MeetingKind, MeetingState
from rules.meeting.topic import Gate, GateKind, LateState, LateTopic, Topic
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, Role, Roster
from rules.working_days import Calendar, Deadline, shanghai_day

GATE: Final = "meeting.gate"
"""Timer of a meeting: the next reminder of a topic's date."""
GATED: Final = frozenset({MeetingKind.PLENARY, MeetingKind.EXECUTIVE})
"""Art. 54: 提交区政府全体会议、常务会议研究的议题."""
THE_DAY_BEFORE: Final = time(15, 0)
"""The first reminder, by the Shanghai clock, on the working day before the date."""
Deadlines = Mapping[GateKind, Deadline]


def topic_of(meeting: Meeting, id: int) -> Topic:
    """The topic with that id; refused if it is not on the agenda any more."""
    found = next((topic for topic in meeting.topics if topic.id == id), None)
    if found is None:
        raise Refused(f"这项议题已不在“{meeting.title}”的议程里。")
    return found


def speaks_for(topic: Topic, official: Official) -> bool:
    """Whether they are of those who see to it for the reporting unit."""
    return official.unit is topic.unit and official.role in (Role.UNIT_HEAD, Role.LIAISON)


def may_see(meeting: Meeting, topic: Topic, official: Official) -> None:
    """The office, who called the meeting, and the reporting unit."""
    if not meeting.manages(official) and not speaks_for(topic, official):
        raise Refused("议题由汇报单位和区政府办公室办理。", 54)


def _at_work(meeting: Meeting, topic: Topic) -> None:
    if not meeting.live:
        raise Refused(f"会议{meeting.state}，不用再登记。")
    if topic.late is LateState.PENDING:
        raise Refused("临时议题须先经区长同意列入。", 54)


# ---------------------------------------------------------------- what stands behind it (art. 53)


def behind(topic: Topic, sheet: Countersign | None) -> list[str]:
    """What stands against the topic by its countersign, one clause each."""
    if topic.countersign_id is None:
        return ["还没有选定"]
    if sheet is None:
        return [f"没有会签{topic.countersign_id}号"]
    if sheet.lead_unit is not topic.unit:
        return [f"会签{topic.countersign_id}号由{sheet.lead_unit.name}主办，不是汇报单位的"]
    return [clause.replace(f"《{sheet.title}》", "") for clause in obstacles(sheet)]


def choose(meeting: Meeting, topic: Topic, official: Official, sheet: Countersign) -> None:
    """Name the countersign behind it: a topic's, led by the reporting unit."""
    may_see(meeting, topic, official)
    if not meeting.live:
        raise Refused(f"会议{meeting.state}，不能再选。")
    if sheet.kind is not CountersignKind.TOPIC or sheet.lead_unit is not topic.unit:
        raise Refused("请选汇报单位主办、类型为“议题”的会签。", 53)
    if topic.countersign_id == sheet.id:
        raise Refused(f"已选定会签{sheet.id}号，无需重复。")
    topic.countersign_id = sheet.id


def want_review(meeting: Meeting, topic: Topic, official: Official) -> None:
    """The office says that the topic needs the legal review."""
    _desk(official, "是否须合法性审查，由区政府办公室确定。", 53)
    _at_work(meeting, topic)
    if topic.legal:
        raise Refused("已登记须合法性审查，无需重复。")
    topic.legal = True


def reviewed(meeting: Meeting, topic: Topic, official: Official, now: datetime) -> None:
    """The office has the legal review's result."""
    _desk(official, "合法性审查由区政府办公室登记。", 53)
    _at_work(meeting, topic)
    if topic.legal_at is not None:
        raise Refused("合法性审查已经登记，无需重复。")
    topic.legal, topic.legal_at, topic.legal_by = True, now, official


def _desk(official: Official, message: str, article: int) -> None:
    if official.role not in OFFICE_DESK:
        raise Refused(message, article)


# ---------------------------------------------------------------- the dates (art. 54)


def tick(meeting: Meeting, topic: Topic, kind: GateKind, official: Official, now: datetime) -> Gate:
    """Enter that it is done: the office everything, the reporting unit that it has briefed the mayor."""
    may_see(meeting, topic, official)
    if official.role not in OFFICE_DESK and not (kind is GateKind.MAYOR and speaks_for(topic, official)):
        raise Refused(f"“{kind}”由区政府办公室登记。", 54)
    _at_work(meeting, topic)
    gate = topic.gate(kind)
    if gate is None:
        raise Refused("这类会议的议题没有这个节点。", 54)
    gate.done(official, now)
    return gate


def last_day(gate: Gate, meeting: Meeting, calendar: Calendar) -> date:
    """After which day it is late: materials after their date, the others after the working day before."""
    day = gate.due if gate.kind is GateKind.MATERIALS else calendar.before(meeting.day, 1).day
    return calendar.still_counts(day)


def reminders(gate: Gate, calendar: Calendar, hours: OfficeHours) -> list[datetime]:
    """The two of its date: in the afternoon of the working day before, and in the morning of the date."""
    day = calendar.last_working_on_or_before(gate.due)
    before = calendar.before(day, 1).day
    return [hours.nudge_at(calendar, before, THE_DAY_BEFORE), hours.opening(day)]


def waits(meeting: Meeting) -> Iterator[tuple[Topic, Gate]]:
    """Every gate that is to be reminded of: open, and of a topic that stays on the agenda."""
    for topic in meeting.topics:
        if topic.late not in (LateState.PENDING, LateState.DECLINED):
            yield from ((topic, gate) for gate in topic.gates if gate.open)


def due_now(
    meeting: Meeting, calendar: Calendar, hours: OfficeHours, now: datetime
) -> list[tuple[Topic, Gate]]:
    """Those whose reminder has come since the last one, unless their day is over."""
    return [
        (topic, gate)
        for topic, gate in waits(meeting)
        if shanghai_day(now) <= gate.due
        and any(
            (gate.nudged_at is None or gate.nudged_at < at) and at <= now
            for at in reminders(gate, calendar, hours)
        )
    ]


def next_reminder(meeting: Meeting, calendar: Calendar, hours: OfficeHours, now: datetime) -> datetime | None:
    """When the clock has to look again; None where nothing is to come."""
    coming = (at for _, gate in waits(meeting) for at in reminders(gate, calendar, hours) if at > now)
    return min(coming, default=None) if meeting.live else None


# ---------------------------------------------------------------- added too late (临时议题)


def inside(deadlines: Deadlines, now: datetime) -> bool:
    """Whether the date for the materials is over."""
    return now >= deadlines[GateKind.MATERIALS].closes_at


def note_late(meeting: Meeting, deadlines: Deadlines, now: datetime) -> list[Topic]:
    """Those just added to the agenda of a meeting already called, inside W-10: 临时议题, for the mayor.

    What was on the agenda when the meeting was called is not 临时, however late it was called: the mayor has
    settled it (art. 52). Its materials may still be overdue.
    """
    if meeting.kind not in GATED or not meeting.live or not inside(deadlines, now):
        return []
    fresh = [topic for topic in meeting.topics if not topic.gates and topic.late is None]
    for topic in fresh:
        topic.admission = LateTopic()
    return fresh


def reporter(topic: Topic, roster: Roster) -> Official | None:
    """Whose topic it is: the reporting unit's head, who does not decide on it in the mayor's place."""
    return roster.head_of(topic.unit) if topic.unit else None


def put_reason(
    meeting: Meeting, topic: Topic, official: Official, reason: str, mayor: Official | None, now: datetime
) -> LateTopic:
    """The office lays a late topic before the mayor, with the reason."""
    may_lay(meeting, topic, official)
    late = topic.admission = topic.admission or LateTopic()
    late.reason, late.mayor = reason, mayor
    late.ask(now)
    return late


def may_lay(meeting: Meeting, topic: Topic, official: Official) -> None:
    """The office desk, before it is settled."""
    _desk(official, "临时议题由区政府办公室报区长审定。", 54)
    if meeting.state is not MeetingState.CALLED or meeting.kind not in GATED:
        raise Refused(f"会议{meeting.state}，不能再报临时议题。", 54)
    if topic.late not in (None, LateState.PENDING):
        raise Refused(f"这项议题{topic.late}，无需再报。", 54)


def decide_late(
    meeting: Meeting,
    topic: Topic,
    official: Official,
    stand_in: Official | None,
    now: datetime,
    *,
    agree: bool,
    acted_at: datetime | None = None,
) -> LateTopic:
    """同意列入 or 不同意列入 by the mayor, or who stands in for them; `acted_at` is when they tapped."""
    late = topic.admission
    if late is None:
        raise Refused("这项议题按正常程序列入，不用审定。")
    if not late.reason:
        raise Refused("区政府办公室还没有写明理由。", 54)
    if late.state is LateState.LAPSED and (acted_at or now) < meeting.start:
        late.state = LateState.PENDING  # said in time, received late
    if late.state is LateState.LAPSED:
        raise Refused("会议已开，这项临时议题会前未审定，未列入。", 54)
    late.require(official, stand_in)
    if not meeting.live:
        raise Refused(f"会议{meeting.state}，不用再审定。")
    late.state = LateState.APPROVED if agree else LateState.DECLINED
    late.decided_by, late.decided_at = official, now
    return late


def strike(meeting: Meeting, topic: Topic) -> list[Official]:
    """Take it off the agenda; gives those who were there for nothing else."""
    meeting.topics = [one for one in meeting.topics if one is not topic]
    for number, one in enumerate(meeting.topics, 1):
        one.number = number
    units = {one.unit for one in meeting.topics}
    return [
        one.official
        for one in meeting.attendees
        if one.part is Part.TOPIC and one.official.unit is topic.unit and topic.unit not in units
    ]
