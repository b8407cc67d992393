"""What a topic has to pass before the meeting (art. 53, 54): ticked, reminded of, and late topics."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.countersign.matter import Countersign, CountersignKind
from rules.hours import OfficeHours
from rules.meeting.attendance import Part
from rules.meeting.gates import (
    behind,
    choose,
    decide_late,
    due_now,
    may_lay,
    next_reminder,
    note_late,
    put_reason,
    reminders,
    reviewed,
    strike,
    tick,
    waits,
    want_review,
)
from rules.meeting.matter import Meeting, MeetingKind
from rules.meeting.topic import (
    Gate,
    GateKind,
    LateState,
    LateTopic,
    Topic,
    gate_deadlines,
    lay_agenda,
    read_agenda,
)
from rules.periods import Periods
from rules.refused import Refused
from rules.working_days import SHANGHAI, Calendar, shanghai_day
from tests.cast import beijing
from tests.meeting_cast import District

CALENDAR, HOURS = Calendar(), OfficeHours()
SEPTEMBER = beijing("2026-09-01 09:00")


def scene(kind: MeetingKind = MeetingKind.EXECUTIVE) -> tuple[District, Meeting, Topic]:
    """A meeting on 8 October, called on 1 September, with one topic of 住建局."""
    district = District()
    meeting = district.meeting(kind, start="2026-10-08 14:30", now=SEPTEMBER)
    meeting.topics = lay_agenda([], read_agenda("1. 供热方案（住建局，20分钟）", district.roster), SEPTEMBER)
    topic = meeting.topics[0]
    topic.count_gates(dates(meeting))
    return district, meeting, topic


def dates(meeting: Meeting) -> dict:  # type: ignore[type-arg]
    return gate_deadlines(meeting.day, CALENDAR, Periods())


def test_the_office_ticks_everything_and_the_unit_only_that_the_mayor_was_briefed() -> None:
    district, meeting, topic = scene()
    clerk, head = district["卫冬藏"], district.head("住建局")
    with pytest.raises(Refused, match="由区政府办公室登记"):
        tick(meeting, topic, GateKind.MATERIALS, head, SEPTEMBER)
    with pytest.raises(Refused, match="汇报单位和区政府办公室"):
        tick(meeting, topic, GateKind.MAYOR, district.head("财政局"), SEPTEMBER)
    assert tick(meeting, topic, GateKind.MAYOR, head, SEPTEMBER).done_by is head
    tick(meeting, topic, GateKind.MATERIALS, clerk, SEPTEMBER)
    with pytest.raises(Refused, match="已经登记，无需重复"):
        tick(meeting, topic, GateKind.MATERIALS, clerk, SEPTEMBER)
    assert [gate.kind for _, gate in waits(meeting)] == [GateKind.COMMITTEE]


def test_the_legal_review_is_the_offices() -> None:
    district, meeting, topic = scene()
    with pytest.raises(Refused, match="区政府办公室"):
        want_review(meeting, topic, district.head("住建局"))
    want_review(meeting, topic, district["卫冬藏"])
    reviewed(meeting, topic, district["卫冬藏"], SEPTEMBER)
    assert (topic.legal, topic.legal_at, topic.legal_by) == (True, SEPTEMBER, district["卫冬藏"])


def test_only_a_topics_countersign_of_the_reporting_unit_stands_behind_it() -> None:
    district, meeting, topic = scene()
    head = district.head("住建局")
    assert behind(topic, None) == ["还没有选定"]
    of_others = Countersign(district.units["财政局"], head, CountersignKind.TOPIC, "供热方案", SEPTEMBER)
    draft = Countersign(district.units["住建局"], head, CountersignKind.DRAFT, "供热方案", SEPTEMBER)
    own = Countersign(district.units["住建局"], head, CountersignKind.TOPIC, "供热方案", SEPTEMBER)
    of_others.id, draft.id, own.id = 1, 2, 3
    for wrong in (of_others, draft):
        with pytest.raises(Refused, match="汇报单位主办、类型为“议题”"):
            choose(meeting, topic, head, wrong)
    choose(meeting, topic, head, own)
    assert behind(topic, own) == ["尚未送会签"]
    topic.countersign_id = 1
    assert behind(topic, of_others) == ["会签1号由财政局主办，不是汇报单位的"]
    assert behind(topic, None) == ["没有会签1号"]


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.sampled_from(list(GateKind)))
def test_reminders_fall_into_office_hours_of_the_date_and_of_the_working_day_before(
    day: date, kind: GateKind
) -> None:
    due = gate_deadlines(day, CALENDAR, Periods())[kind].day
    before, on = reminders(Gate(kind, due), CALENDAR, HOURS)
    assert shanghai_day(on) == due
    assert shanghai_day(before) == CALENDAR.before(due, 1).day
    assert all(HOURS.is_open(CALENDAR, at) for at in (before, on))


def test_each_date_is_reminded_of_twice_and_never_once_done() -> None:
    _, meeting, topic = scene()
    for gate in topic.gates:
        gate.nudged_at = SEPTEMBER
    told: list[tuple[str, GateKind]] = []
    now = SEPTEMBER
    while at := next_reminder(meeting, CALENDAR, HOURS, now):
        now = at
        for _, gate in due_now(meeting, CALENDAR, HOURS, now):
            gate.nudged_at = now
            told.append((f"{now.astimezone(SHANGHAI):%m-%d %H:%M}", gate.kind))
            if gate.kind is GateKind.MAYOR:
                gate.done_at = now
    assert told == [
        ("09-16 15:00", GateKind.MATERIALS),
        ("09-17 08:30", GateKind.MATERIALS),
        ("09-22 15:00", GateKind.MAYOR),
        ("09-24 15:00", GateKind.COMMITTEE),
        ("09-28 08:30", GateKind.COMMITTEE),
    ]


def test_what_a_stop_has_missed_is_not_said_after_the_day() -> None:
    _, meeting, topic = scene()
    late = beijing("2026-09-18 09:00")
    assert due_now(meeting, CALENDAR, HOURS, late) == []
    assert due_now(meeting, CALENDAR, HOURS, beijing("2026-09-17 11:00")) == [(topic, topic.gates[0])]


@pytest.mark.parametrize(
    ("kind", "now", "late"),
    [
        (MeetingKind.EXECUTIVE, "2026-09-17 23:59", False),
        (MeetingKind.EXECUTIVE, "2026-09-18 00:00", True),
        (MeetingKind.PLENARY, "2026-09-18 00:00", True),
        (MeetingKind.MAYORS, "2026-09-18 00:00", False),
    ],
)
def test_a_topic_added_inside_w10_is_late(kind: MeetingKind, now: str, late: bool) -> None:
    district, meeting, topic = scene(kind)
    lines = read_agenda("供热方案（住建局）\n防汛（水务局）", district.roster)
    meeting.topics = lay_agenda(meeting.topics, lines, beijing(now))
    fresh = note_late(meeting, dates(meeting), beijing(now))
    assert [one.title for one in fresh] == (["防汛"] if late else [])
    assert topic.late is None


def test_the_mayor_or_their_stand_in_decides_on_a_late_topic_with_a_reason() -> None:
    district, meeting, topic = scene()
    mayor, deputy, clerk = district["赵天地"], district["钱玄黄"], district["卫冬藏"]
    topic.admission = LateTopic()
    with pytest.raises(Refused, match="先经区长同意"):
        tick(meeting, topic, GateKind.MATERIALS, clerk, SEPTEMBER)
    with pytest.raises(Refused, match="还没有写明理由"):
        decide_late(meeting, topic, mayor, None, SEPTEMBER, agree=True)
    with pytest.raises(Refused, match="由区政府办公室报区长审定"):
        put_reason(meeting, topic, district.head("住建局"), "急", mayor, SEPTEMBER)
    put_reason(meeting, topic, clerk, "省里昨日通知", mayor, SEPTEMBER)
    with pytest.raises(Refused, match="由区长审定"):
        decide_late(meeting, topic, deputy, None, SEPTEMBER, agree=True)
    late = decide_late(meeting, topic, deputy, deputy, SEPTEMBER, agree=True)
    assert (topic.late, late.decided_by, late.acting_for) == (LateState.APPROVED, deputy, mayor)
    with pytest.raises(Refused, match="已由常务副区长 钱玄黄（代区长 赵天地）审定"):
        decide_late(meeting, topic, mayor, None, SEPTEMBER + timedelta(minutes=1), agree=False)
    with pytest.raises(Refused, match="无需再报"):
        may_lay(meeting, topic, clerk)


def test_who_was_there_for_a_struck_topic_only_goes_with_it() -> None:
    district, meeting, first = scene()
    lines = read_agenda("供热方案（住建局）\n防汛（水务局）\n河道（水务局）", district.roster)
    meeting.topics = lay_agenda(meeting.topics, lines, SEPTEMBER)
    for unit in ("住建局", "水务局"):
        meeting.add(district.head(unit), Part.TOPIC)
    flood, river = meeting.topics[1:]
    assert strike(meeting, flood) == []
    assert [(one.number, one.title) for one in meeting.topics] == [(1, "供热方案"), (2, "河道")]
    assert strike(meeting, river) == [district.head("水务局")]
    assert meeting.topics == [first]
