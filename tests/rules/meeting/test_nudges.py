"""Whom a meeting waits for and when they are reminded; who asks whom to stay away; when enough are left."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.absence import StandIn
from rules.hours import OfficeHours
from rules.meeting.attendance import Attendee, Reply
from rules.meeting.count import quorum_of, turned
from rules.meeting.excuse import Excuse, ExcuseState
from rules.meeting.excusing import (
    decider,
    hand_in,
    must_write,
    new_excuse,
    on_paper,
    pass_chair,
)
from rules.meeting.matter import Meeting, MeetingKind
from rules.meeting.members import Wanted
from rules.meeting.nudges import (
    at_work,
    before_deadline,
    calls_at,
    silent,
    told_long_enough,
    undecided,
    units_of,
    without_report,
)
from rules.meeting.reply import answer, ask_excuse, decide_excuse, may_ask_excuse
from rules.meeting.terms import MeetingTerms
from rules.refused import Refused
from rules.roster import Official, Role
from rules.working_days import Calendar
from tests.cast import beijing
from tests.meeting_cast import WEDNESDAY, District

HOURS, CALENDAR, TERMS = OfficeHours(), Calendar(), MeetingTerms()
NOW, LATER = beijing("2026-12-02 10:00"), beijing("2026-12-03 10:00")


@pytest.fixture
def district() -> District:
    return District()


def excused(district: District, meeting: Meeting, official: Official) -> tuple[Attendee, Excuse]:
    place = meeting.place_of(official)
    excuse = new_excuse(meeting, place, "在外地", district.roster, NOW)
    ask_excuse(meeting, official, excuse, NOW)
    return place, excuse


# ---------------------------------------------------------------- when


@pytest.mark.parametrize(
    ("reply_by", "due"),
    [
        ("2026-12-07 12:00", "2026-12-04 15:00"),  # Monday: the Friday before
        ("2026-10-10 12:00", "2026-10-09 15:00"),  # a make-up Saturday
        ("2026-10-08 12:00", "2026-09-30 15:00"),  # across 国庆
        ("2026-12-06 12:00", "2026-12-04 15:00"),  # a Sunday, set by hand
    ],
)
def test_the_afternoon_of_the_working_day_before(district: District, reply_by: str, due: str) -> None:
    meeting = district.meeting()
    meeting.reply_by = beijing(reply_by)
    assert before_deadline(meeting, CALENDAR, HOURS) == beijing(due)


@pytest.mark.parametrize(
    ("reply_by", "start", "due"),
    [
        ("2026-12-07 12:00", "2026-12-08 14:30", "2026-12-07 14:30"),  # half an hour of the afternoon
        ("2026-12-07 17:50", "2026-12-08 14:30", "2026-12-08 08:50"),
        ("2026-12-05 12:00", "2026-12-08 14:30", "2026-12-07 09:00"),  # Saturday: Monday
        ("2026-12-08 13:30", "2026-12-08 14:30", "2026-12-08 13:30"),  # no time left: at once
    ],
)
def test_the_office_calls_a_while_after_the_deadline(
    district: District, reply_by: str, start: str, due: str
) -> None:
    meeting = district.meeting(start=start)
    meeting.reply_by = beijing(reply_by)
    assert calls_at(meeting, CALENDAR, HOURS, TERMS) == beijing(due)


def test_noon_is_office_time_and_rest_days_are_not() -> None:
    for moment, open_ in (
        ("2026-12-07 12:00", True),
        ("2026-12-07 13:00", True),
        ("2026-12-07 08:29", False),
        ("2026-12-07 18:01", False),
        ("2026-12-06 12:00", False),
        ("2026-10-10 12:00", True),
    ):
        assert at_work(beijing(moment), CALENDAR, HOURS) is open_


# ---------------------------------------------------------------- whom


def test_nobody_who_answered_or_is_away_is_reminded(district: District) -> None:
    meeting = district.meeting(wanted=Wanted(topics=[district.units["财政局"]]))
    answer(meeting, district["孙宇宙"], NOW)
    excused(district, meeting, district["李洪荒"])
    meeting.place_of(district["周日月"]).leave_id = 5
    district["吴盈昃"].left_at = NOW
    names = [one.official.name for one in silent(meeting)]
    assert names == ["钱玄黄", "王列张", "冯寒来", "陈暑往", "华果珍", "郑辰宿", "陶鳞潜"]
    place = meeting.place_of(district["陶鳞潜"])
    assert not told_long_enough(place, WEDNESDAY, TERMS)
    assert told_long_enough(place, NOW, TERMS)
    district.units["财政局"].group_chat_id = -1
    district.units["区政府"].group_chat_id = -2  # leaders are called, never named in a group
    assert units_of(silent(meeting)) == {district.units["财政局"]: [place]}


def test_an_excuse_waits_for_its_report_or_for_its_decision(district: District) -> None:
    meeting = district.meeting(wanted=Wanted(topics=[district.units["财政局"]]))
    head, director = district["陶鳞潜"], district["王列张"]
    place, _ = excused(district, meeting, head)
    assert (without_report(meeting), undecided(meeting)) == ([place], [])
    with pytest.raises(Refused, match=r"书面请假报告还没有送到.*第五十五条"):
        decide_excuse(meeting, director, place, ExcuseState.GRANTED, NOW)
    with pytest.raises(Refused, match="由本人提交"):
        hand_in(meeting, director, place, NOW, text="代写")
    hand_in(meeting, head, place, NOW, text="在外地招商")
    assert (without_report(meeting), undecided(meeting)) == ([], [place])
    decide_excuse(meeting, director, place, ExcuseState.GRANTED, NOW)
    assert undecided(meeting) == []
    with pytest.raises(Refused, match="不用再交书面报告"):
        hand_in(meeting, head, place, NOW, text="又一份")


def test_a_report_on_paper_is_entered_by_the_office(district: District) -> None:
    meeting = district.meeting(wanted=Wanted(topics=[district.units["财政局"]]))
    place, excuse = excused(district, meeting, district["陶鳞潜"])
    with pytest.raises(Refused, match="由区政府办公室登记"):
        on_paper(meeting, district["孙宇宙"], place, NOW)
    on_paper(meeting, district["卫冬藏"], place, NOW)
    assert excuse.report == "纸质报告已送区政府办公室，区政府办公室值班室科员 卫冬藏登记。"
    with pytest.raises(Refused, match="不用重复登记"):
        on_paper(meeting, district["卫冬藏"], place, NOW)


# ---------------------------------------------------------------- who decides


@pytest.mark.parametrize(
    ("kind", "who", "whom", "written"),
    [
        (MeetingKind.EXECUTIVE, "孙宇宙", "赵天地", False),
        (MeetingKind.EXECUTIVE, "王列张", "赵天地", False),  # a member: no report
        (MeetingKind.EXECUTIVE, "冯寒来", "王列张", True),
        (MeetingKind.PLENARY, "陶鳞潜", "王列张", True),
        (MeetingKind.PLENARY, "王列张", "赵天地", True),
        (MeetingKind.PLENARY, "李洪荒", "赵天地", False),
        (MeetingKind.MAYORS, "王列张", "赵天地", False),
    ],
)
def test_whom_article_55_names(
    district: District, kind: MeetingKind, who: str, whom: str, *, written: bool
) -> None:
    meeting = district.meeting(kind)
    assert decider(meeting, district[who], district.roster) is district[whom]
    assert must_write(meeting, meeting.place_of(district[who])) is written


def test_after_the_deadline_an_excuse_goes_by_the_office_but_coming_does_not(district: District) -> None:
    meeting, late = district.meeting(), beijing("2026-12-07 12:00")
    silent_one, denied = district["孙宇宙"], district["李洪荒"]
    place, _ = excused(district, meeting, denied)
    decide_excuse(meeting, district["赵天地"], place, ExcuseState.DENIED, NOW)
    for one in (silent_one, denied):
        with pytest.raises(Refused, match=r"请假请电话报区政府办公室.*第五十五条"):
            may_ask_excuse(meeting, one, late)
        answer(meeting, one, late)
    with pytest.raises(Refused, match="截止"):
        answer(meeting, silent_one, late)


def test_it_lies_on_one_desk_at_a_time(district: District) -> None:
    meeting = district.meeting()
    mayor, executive = district["赵天地"], district["钱玄黄"]
    _, excuse = excused(district, meeting, district["孙宇宙"])
    excuse.asked_at = excuse.reminded_at = NOW
    excuse.reassign(StandIn(mayor, executive), NOW)
    assert [excuse.holder, excuse.reminded_at, excuse.unattended_at] == [executive, None, None]
    excuse.reassign(StandIn(mayor, None), LATER)
    assert (excuse.holder, excuse.unattended_at) == (mayor, LATER)
    excuse.reassign(None, LATER)
    assert [excuse.holder, excuse.unattended_at] == [mayor, None]


def test_a_new_office_director_is_asked_in_the_place_of_the_former(district: District) -> None:
    meeting = district.meeting(wanted=Wanted(topics=[district.units["财政局"]]))
    place, excuse = excused(district, meeting, district["陶鳞潜"])
    assert decider(meeting, place.official, district.roster) is excuse.decider
    district["冯寒来"].role = Role.OFFICE_DIRECTOR
    assert decider(meeting, place.official, district.without("王列张")) is district["冯寒来"]


# ---------------------------------------------------------------- who presides, and whether it holds


def test_the_chair_passes_with_the_mayor_and_comes_back_with_them(district: District) -> None:
    meeting, mayor = district.meeting(), district["赵天地"]
    excused(district, meeting, mayor)
    said = pass_chair(meeting, mayor, district.roster)
    assert said == "区长赵天地外出，委托常务副区长 钱玄黄召集并主持。（依据《工作规则》第四十九条）"
    assert (meeting.chair, meeting.chair_reason) == (district["钱玄黄"], said)
    assert pass_chair(meeting, district["孙宇宙"], district.roster) is None
    answer(meeting, mayor, NOW)
    assert pass_chair(meeting, mayor, district.roster) == (
        "区长可以出席，会议仍由区长 赵天地主持。（依据《工作规则》第四十九条）"
    )
    assert (meeting.chair, meeting.chair_reason) == (mayor, "")


def test_a_plenary_meeting_is_not_presided_over_by_another(district: District) -> None:
    meeting, mayor = district.meeting(MeetingKind.PLENARY), district["赵天地"]
    excused(district, meeting, mayor)
    said = pass_chair(meeting, mayor, district.roster)
    assert said == "区长赵天地外出，全体会议须由区长召集和主持，请另定时间。（依据《工作规则》第四十八条）"
    assert meeting.chair is mayor


Act = Callable[[Meeting, Official, District], None]


def _excuse(meeting: Meeting, official: Official, district: District) -> None:
    place = meeting.place_of(official)
    place.excuse, place.reply = None, None
    excused(district, meeting, official)


def _come(meeting: Meeting, official: Official, _district: District) -> None:
    answer(meeting, official, NOW)


def _deny(meeting: Meeting, official: Official, _district: District) -> None:
    place = meeting.place_of(official)
    if place.excuse and place.excuse.state is ExcuseState.PENDING:
        decide_excuse(meeting, _mayor(meeting), place, ExcuseState.DENIED, NOW)


def _mayor(meeting: Meeting) -> Official:
    return meeting.members[0].official


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from([_excuse, _come, _deny])), max_size=30))
def test_each_change_is_told_once(steps: list[tuple[int, Act]]) -> None:
    district = District()
    meeting, told = district.meeting(), []
    for who, act in steps:
        act(meeting, meeting.members[who].official, district)
        found = turned(meeting, NOW)
        told += [found.short] if found else []
        now = quorum_of(meeting)
        assert now is not None
        assert now.short == (meeting.short_at is not None)
        gone = sum(one.reply is Reply.EXCUSED and not one.denied for one in meeting.members)
        assert now.short == (len(meeting.members) - gone < 4)
    assert told == [place % 2 == 0 for place in range(len(told))]


def test_only_a_quorum_meeting_has_one(district: District) -> None:
    assert turned(district.meeting(MeetingKind.MAYORS), NOW) is None
