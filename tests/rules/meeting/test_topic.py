"""Agendas as people write them, and the gates counted back from the meeting (art. 53, 54)."""

from datetime import date

import pytest

from rules.meeting.topic import (
    GateKind,
    TopicLine,
    gate_deadlines,
    lay_agenda,
    read_agenda,
    say_agenda,
    with_unit,
)
from rules.periods import Periods
from rules.refused import Partly, Refused
from rules.working_days import Calendar
from tests.meeting_cast import WEDNESDAY, District

DISTRICT = District()
HOUSING = DISTRICT.units["住建局"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("1. 城市更新管理办法（住建局，20分钟）", TopicLine("城市更新管理办法", HOUSING, 20)),
        ("一、城市更新管理办法(住建局 约20分钟)", TopicLine("城市更新管理办法", HOUSING, 20)),
        ("城市更新管理办法 住建局", TopicLine("城市更新管理办法", HOUSING)),
        ("① 城市更新", TopicLine("① 城市更新")),
        ("1、城市更新办法（征求意见稿）", TopicLine("城市更新办法（征求意见稿）")),
        (
            "2．城市更新办法（征求意见稿）（千文区住房和城乡建设局，须合法性审查，会签12号）",
            TopicLine("城市更新办法（征求意见稿）", HOUSING, 0, 12, True),
        ),
    ],
)
def test_an_agenda_is_read_as_people_write_it(text: str, line: TopicLine) -> None:
    read = read_agenda(text, DISTRICT.roster)
    assert read == [line]
    assert read_agenda(say_agenda(read), DISTRICT.roster) == read


def test_what_cannot_be_read_is_said_with_its_number() -> None:
    with pytest.raises(Refused, match="议题2的“住建委”看不懂"):
        read_agenda("1. 甲（住建局）\n2. 乙（住建委，20分钟）", DISTRICT.roster)
    with pytest.raises(Refused, match="议题1没有写题目"):
        read_agenda("1. （住建局，20分钟）", DISTRICT.roster)
    with pytest.raises(Refused, match="请压缩到120个字以内"):
        read_agenda("很" * 121, DISTRICT.roster)


def test_a_changed_agenda_keeps_what_a_topic_has_gone_through() -> None:
    first = lay_agenda([], read_agenda("甲（住建局）\n乙（财政局）", DISTRICT.roster), WEDNESDAY)
    first[1].legal = True
    second = lay_agenda(first, read_agenda("乙（财政局，30分钟）\n丙", DISTRICT.roster), WEDNESDAY)
    assert [(one.number, one.title, one.minutes, one.legal) for one in second] == [
        (1, "乙", 30, True),
        (2, "丙", 0, False),
    ]
    assert second[0] is first[1]


def test_gates_are_counted_back_and_move_with_the_meeting() -> None:
    calendar, periods = Calendar(), Periods()
    topic = lay_agenda([], [TopicLine("甲", HOUSING)], WEDNESDAY)[0]
    topic.count_gates(gate_deadlines(date(2026, 10, 8), calendar, periods))
    assert {gate.kind: gate.due for gate in topic.gates} == {
        GateKind.MATERIALS: date(2026, 9, 17),
        GateKind.MAYOR: date(2026, 9, 23),
        GateKind.COMMITTEE: date(2026, 9, 28),
    }
    done = topic.gate(GateKind.MATERIALS)
    assert done
    done.done(DISTRICT["卫冬藏"], WEDNESDAY)
    with pytest.raises(Refused, match="已经登记"):
        done.done(DISTRICT["卫冬藏"], WEDNESDAY)
    moved = topic.count_gates(gate_deadlines(date(2026, 10, 13), calendar, periods))
    assert [(gate.kind, was, gate.due) for gate, was in moved] == [
        (GateKind.MAYOR, date(2026, 9, 23), date(2026, 9, 30)),
        (GateKind.COMMITTEE, date(2026, 9, 28), date(2026, 10, 9)),
    ]


@pytest.mark.parametrize(
    ("line", "titles"),
    [
        ("1. 城市更新（住建局） 2. 预算调整（财政局）", ["城市更新", "预算调整"]),
        ("1、数字政府2.0版方案（科技局）；2、预算；3、其他事项", ["数字政府2.0版方案", "预算", "其他事项"]),
        ("1. 关于3. 0版的说明", ["关于3. 0版的说明"]),
        ("城市更新 2. 预算", ["城市更新 2. 预算"]),
    ],
)
def test_topics_in_one_line_are_told_apart_by_their_numbers(line: str, titles: list[str]) -> None:
    assert [topic.title for topic in read_agenda(line, DISTRICT.roster)] == titles


def test_one_topic_that_cannot_be_read_costs_none_of_the_others() -> None:
    with pytest.raises(Partly) as refusal:
        read_agenda("1. 甲（住建局）\n2. 乙（住建委，20分钟）\n3. 丙（财政局）", DISTRICT.roster)
    assert refusal.value.kept == "1. 甲（住建局）\n3. 丙（财政局）"
    assert refusal.value.around == ("1. 甲（住建局）", "2. 乙（住建委，20分钟）", "3. 丙（财政局）")
    unit = DISTRICT.roster.unit("住建局")
    assert unit is not None
    assert with_unit("2. 乙（住建委，20分钟）", unit, DISTRICT.roster) == "2. 乙（住建局，20分钟）"
    assert with_unit("2. 乙（征求意见稿）", unit, DISTRICT.roster) == "2. 乙（征求意见稿）（住建局）"
    assert with_unit("乙", unit, DISTRICT.roster) == "乙（住建局）"
