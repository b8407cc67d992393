"""A meeting's life: the list, answers, excuses, changes, clearance, sign-in (art. 48-51, 55, 58)."""

from datetime import timedelta

import pytest

from rules.meeting.attendance import Deputy, Part, Reply
from rules.meeting.clearance import Verdict
from rules.meeting.clearing import ask_clearance, clear, take_back
from rules.meeting.count import quorum_of, tally
from rules.meeting.excuse import Excuse, ExcuseState
from rules.meeting.excusing import decider, must_write, new_excuse
from rules.meeting.matter import Meeting, MeetingKind, MeetingState
from rules.meeting.members import Wanted
from rules.meeting.reply import (
    answer,
    ask_excuse,
    confirm,
    confirm_leave,
    decide_excuse,
    may_answer,
    prepare,
    record_coming,
    send_deputy,
)
from rules.meeting.sign_in import (
    Correction,
    awaited_at,
    begin,
    correct,
    end,
    lapse_sign_in,
    minutes_late,
    open_sign_in,
    sign_in,
)
from rules.meeting.topic import Topic
from rules.refused import Refused
from rules.roster import Official
from rules.working_days import DAY
from tests.cast import beijing
from tests.meeting_cast import WEDNESDAY, District

NOW = WEDNESDAY + timedelta(hours=1)


@pytest.fixture
def district() -> District:
    return District()


def excused(meeting: Meeting, official: Official, district: District) -> Excuse:
    """They ask to stay away."""
    asked = new_excuse(meeting, meeting.place_of(official), "在外地开会", district.roster, NOW)
    ask_excuse(meeting, official, asked, NOW)
    return asked


def test_answers_change_until_the_deadline_then_through_the_office(district: District) -> None:
    meeting, vice = district.meeting(), district["孙宇宙"]
    assert answer(meeting, vice, NOW).reply is Reply.COMING
    asked = excused(meeting, vice, district)
    assert (meeting.place_of(vice).reply, meeting.place_of(vice).excuse) == (Reply.EXCUSED, asked)
    answer(meeting, vice, NOW)
    assert meeting.place_of(vice).excuse is None
    late = beijing("2026-12-07 12:00")
    with pytest.raises(Refused, match=r"^回执已于12月7日 12:00截止。确需变更的，请与区政府办公室联系"):
        answer(meeting, vice, late)
    clerk = district["卫冬藏"]
    record_coming(meeting, clerk, meeting.place_of(vice), "电话", late)
    place = meeting.place_of(vice)
    assert (place.replied_by, place.source) == (clerk, "电话")
    with pytest.raises(Refused, match="电话答复由会议召集人和区政府办公室登记"):
        record_coming(meeting, vice, place, "电话", late)


def test_nobody_else_answers(district: District) -> None:
    meeting = district.meeting()
    with pytest.raises(Refused, match="您不在“区政府常务会议”的参会名单内"):
        answer(meeting, district.head("财政局"), NOW)
    with pytest.raises(Refused, match="已经开始"):
        answer(meeting, district["孙宇宙"], meeting.start)


def test_members_come_themselves_others_send_somebody_where_allowed(district: District) -> None:
    meeting = district.meeting(wanted=Wanted(units=[district.units["财政局"]]))
    head, deputy = district.head("财政局"), Deputy("姜羽翔", "财政局副局长")
    with pytest.raises(Refused, match=r"须本人参加，不能派员代替.*第五十五条"):
        send_deputy(meeting, district["孙宇宙"], deputy, NOW)
    with pytest.raises(Refused, match="没有安排派员列席"):
        send_deputy(meeting, head, deputy, NOW)
    meeting.deputies = True
    assert send_deputy(meeting, head, deputy, NOW).answered == "派员：财政局副局长 姜羽翔"
    assert not meeting.place_of(head).expected


def test_a_liaison_prepares_and_the_person_confirms(district: District) -> None:
    meeting = district.meeting(wanted=Wanted(units=[district.units["财政局"]]))
    head, liaison = district.head("财政局"), district["戚龙师"]
    place = meeting.place_of(head)
    prepare(meeting, liaison, place, Reply.COMING, NOW)
    assert (place.reply, place.prepared_by) == (None, liaison)
    assert confirm(meeting, head, NOW).reply is Reply.COMING
    with pytest.raises(Refused, match="没有待您确认的回执"):
        confirm(meeting, head, NOW)
    with pytest.raises(Refused, match="只有本单位联络员"):
        prepare(meeting, district["韩律吕"], place, Reply.COMING, NOW)


def test_who_is_on_approved_leave_only_confirms(district: District) -> None:
    meeting, vice = district.meeting(), district["孙宇宙"]
    with pytest.raises(Refused, match="没有已批准的请假"):
        confirm_leave(meeting, vice, NOW)
    place = meeting.place_of(vice)
    place.leave_id, place.away = 3, "12月7日至12月9日"
    assert not place.expected
    confirm_leave(meeting, vice, NOW)
    assert place.granted
    assert place.answered == "请假（准假）"
    with pytest.raises(Refused, match="已经确认"):
        confirm_leave(meeting, vice, NOW)


def test_leaders_ask_the_mayor_others_the_director_in_writing(district: District) -> None:
    units = [district.units["财政局"]]
    executive = district.meeting(wanted=Wanted(units=units))
    plenary = district.meeting(MeetingKind.PLENARY)
    mayor, director, head = district["赵天地"], district["王列张"], district.head("财政局")
    rules = [
        (executive, district["孙宇宙"], mayor, False),
        (executive, director, mayor, False),
        (executive, head, director, True),
        (executive, mayor, None, False),
        (plenary, head, director, True),
        (plenary, director, mayor, True),
        (plenary, district["冯寒来"], director, True),
    ]
    for meeting, who, whom, written in rules:
        assert decider(meeting, who, district.roster) is whom
        assert must_write(meeting, meeting.place_of(who)) is written


def test_an_excuse_needs_its_report_and_its_decider(district: District) -> None:
    meeting = district.meeting(wanted=Wanted(units=[district.units["财政局"]]))
    head, director = district.head("财政局"), district["王列张"]
    asked, place = excused(meeting, head, district), meeting.place_of(head)
    with pytest.raises(Refused, match=r"书面请假报告还没有送到.*第五十五条"):
        decide_excuse(meeting, director, place, ExcuseState.GRANTED, NOW)
    asked.report = "因参加全省会议，不能列席。"
    with pytest.raises(Refused, match="不能由本人审批"):
        decide_excuse(meeting, head, place, ExcuseState.GRANTED, NOW)
    with pytest.raises(Refused, match="由区政府办公室主任 王列张审批"):
        decide_excuse(meeting, district["冯寒来"], place, ExcuseState.GRANTED, NOW)
    decide_excuse(meeting, district["冯寒来"], place, ExcuseState.GRANTED, NOW, stand_in=district["冯寒来"])
    assert asked.done == "已由区政府办公室副主任 冯寒来（代区政府办公室主任 王列张）于12月2日 10:00准假"
    with pytest.raises(Refused, match="不能重复办理"):
        decide_excuse(meeting, director, place, ExcuseState.DENIED, NOW)


def test_the_mayors_own_stands_at_once(district: District) -> None:
    meeting = district.meeting()
    assert excused(meeting, district["赵天地"], district).state is ExcuseState.GRANTED


def test_another_time_asks_anew_and_keeps_what_was_said(district: District) -> None:
    meeting, vice = district.meeting(), district["孙宇宙"]
    answer(meeting, vice, NOW)
    meeting.may_change(district["卫冬藏"], NOW)
    start = beijing("2026-12-09 09:00")
    meeting.move(start, start + timedelta(hours=2), beijing("2026-12-08 12:00"), NOW)
    meeting.changed(["时间改为12月9日"], NOW)
    place = meeting.place_of(vice)
    assert (place.reply, place.earlier) == (None, ["原定12月8日 14:30：参加（12月2日 10:00）"])
    assert meeting.version == 1
    with pytest.raises(Refused, match="由召集人和区政府办公室办理"):
        meeting.may_change(vice, NOW)
    assert meeting.cancel(district["卫冬藏"], "合并召开", NOW) is MeetingState.CALLED
    with pytest.raises(Refused, match="已取消，不用再答复"):
        may_answer(meeting, vice, NOW)
    with pytest.raises(Refused, match="会议已取消，不能取消"):
        meeting.cancel(district["卫冬藏"], "", NOW)


def test_the_list_may_be_edited_but_the_chair_stays(district: District) -> None:
    meeting = district.meeting(called=False)
    head = district.head("财政局")
    assert meeting.add(head, Part.ATTENDING).part is Part.ATTENDING
    assert [one.position for one in meeting.attendees] == list(range(len(meeting.attendees)))
    meeting.drop(head)
    assert meeting.of(head) is None
    with pytest.raises(Refused, match="主持会议，不能移出名单"):
        meeting.drop(district["赵天地"])


def test_what_may_not_be_called(district: District) -> None:
    meeting = district.meeting(called=False)
    with pytest.raises(Refused, match="已经过去"):
        meeting.call(district["卫冬藏"], meeting.start)
    with pytest.raises(Refused, match="由召集人和区政府办公室办理"):
        meeting.call(district["孙宇宙"], NOW)
    meeting.call(district["卫冬藏"], NOW)
    with pytest.raises(Refused, match="已通知，不能重复通知"):
        meeting.call(district["卫冬藏"], NOW)


def test_a_departments_meeting_is_cleared_first(district: District) -> None:
    meeting = district.meeting(MeetingKind.DISTRICT, called=False)
    head, vice = district.head("财政局"), district["钱玄黄"]
    meeting.called_by = head
    meeting.add(head, Part.MEMBER)
    with pytest.raises(Refused, match=r"须先经区政府办公室审核、按程序报批.*第五十八条"):
        meeting.call(head, NOW)
    ask_clearance(meeting, head, vice, NOW)
    with pytest.raises(Refused, match="已经失效"):
        clear(meeting, vice, 1, Verdict.AGREED, NOW)
    with pytest.raises(Refused, match="由区政府办公室审核"):
        clear(meeting, vice, 0, Verdict.PASSED, NOW)
    clear(meeting, district["卫冬藏"], 0, Verdict.PASSED, NOW)
    clear(meeting, vice, 1, Verdict.AGREED, NOW)
    assert meeting.clearances[1].settled == "常务副区长 钱玄黄于12月2日 10:00同意"
    meeting.call(head, NOW)
    assert meeting.state is MeetingState.CALLED


def test_sent_back_taken_back_and_declined(district: District) -> None:
    meeting = district.meeting(MeetingKind.DISTRICT, called=False)
    head, clerk, vice = district.head("财政局"), district["卫冬藏"], district["钱玄黄"]
    meeting.called_by = head
    ask_clearance(meeting, head, vice, NOW)
    clear(meeting, clerk, 0, Verdict.SENT_BACK, NOW, "请合并召开")
    assert (meeting.state, len(meeting.clearances)) == (MeetingState.SENT_BACK, 1)
    ask_clearance(meeting, head, vice, NOW)
    take_back(meeting, head)
    assert meeting.waiting is None
    ask_clearance(meeting, head, vice, NOW)
    clear(meeting, clerk, 1, Verdict.PASSED, NOW)
    clear(meeting, vice, 2, Verdict.DECLINED, NOW, "不开")
    assert meeting.state is MeetingState.DECLINED
    with pytest.raises(Refused, match="未获同意，不能重复通知"):
        meeting.call(head, NOW)


def test_signing_in_late_and_corrected(district: District) -> None:
    meeting, vice, clerk = district.meeting(), district["孙宇宙"], district["卫冬藏"]
    with pytest.raises(Refused, match="签到还没有开启"):
        sign_in(meeting, vice, NOW)
    before, after = meeting.start - timedelta(minutes=20), meeting.start + timedelta(minutes=5)
    with pytest.raises(Refused, match="最早在会前一天"):
        open_sign_in(meeting, clerk, "abc", NOW)
    open_sign_in(meeting, clerk, "abc", before)
    assert not sign_in(meeting, district["赵天地"], before).late
    begin(meeting)
    assert sign_in(meeting, vice, after).late
    with pytest.raises(Refused, match="无需重复"):
        sign_in(meeting, vice, after)
    correct(meeting, clerk, meeting.place_of(vice), Correction(meeting.start), after)
    assert not meeting.place_of(vice).late
    end(meeting, meeting.end)
    assert (meeting.state, meeting.sign_in_open) == (MeetingState.OVER, True)
    assert lapse_sign_in(meeting, meeting.end + timedelta(minutes=30))
    assert not meeting.sign_in_open
    with pytest.raises(Refused, match="签到已经结束"):
        sign_in(meeting, district["钱玄黄"], meeting.end + timedelta(minutes=31))


def test_whole_minutes_count_and_begun_ones_do_not(district: District) -> None:
    meeting, clerk = district.meeting(), district["卫冬藏"]
    open_sign_in(meeting, clerk, "abc", meeting.start - timedelta(minutes=20))
    seconds = {"孙宇宙": 59, "李洪荒": 60, "周日月": 11 * 60 + 59}
    late = {
        name: minutes_late(meeting, sign_in(meeting, district[name], meeting.start + timedelta(seconds=past)))
        for name, past in seconds.items()
    }
    assert late == {"孙宇宙": 0, "李洪荒": 1, "周日月": 11}


def test_who_is_there_for_a_topic_is_late_for_that_topic_only(district: District) -> None:
    finance, housing, water = (district.units[name] for name in ("财政局", "住建局", "水务局"))
    meeting = district.meeting(wanted=Wanted(topics=[finance, housing, water]))
    meeting.topics = [
        Topic(1, "预算", finance, minutes=20),
        Topic(2, "城市更新", housing),
        Topic(3, "防汛", water, minutes=10),
    ]
    open_sign_in(meeting, district["卫冬藏"], "abc", meeting.start)
    at = meeting.start + timedelta(minutes=25)
    first, second, third = (
        sign_in(meeting, district.head(unit.name), at) for unit in (finance, housing, water)
    )
    assert [minutes_late(meeting, one) for one in (first, second, third)] == [25, 5, 0]
    assert awaited_at(meeting, third) is None  # nobody knows how long the one before it takes
    assert minutes_late(meeting, sign_in(meeting, district["孙宇宙"], at)) == 25


def test_who_presides_is_not_asked(district: District) -> None:
    meeting, mayor, executive = district.meeting(), district["赵天地"], district["钱玄黄"]
    place, other = meeting.place_of(mayor), meeting.place_of(executive)
    assert (place.unasked, place.answered, place.expected, other.reply) == (
        True,
        "主持，不用回执",
        True,
        None,
    )
    meeting.presided_by(executive, "")
    assert meeting.expect_chair() == [place, other]
    assert (place.reply, other.unasked) == (None, True)
    other.goes_on_leave(3, "12月7日至12月9日")
    assert (other.reply, meeting.expect_chair()) == (None, [])  # who is away only confirms that
    meeting.presided_by(mayor, "")
    answer(meeting, mayor, NOW)
    assert (meeting.expect_chair(), place.unasked) == ([], False)  # what they said themselves stands
    meeting.move(meeting.start + DAY, meeting.end + DAY, meeting.reply_by + DAY, NOW)
    assert (place.reply, meeting.expect_chair(), place.earlier) == (
        None,
        [place],
        ["原定12月8日 14:30：参加（12月2日 10:00）"],
    )
    assert district.meeting(called=False).expect_chair() == []


def test_the_quorum_is_lost_by_too_many_excuses_and_regained(district: District) -> None:
    meeting = district.meeting()
    members = [one.official for one in meeting.members]
    assert len(members) == 7
    for one in members[3:]:
        excused(meeting, one, district)
    found = quorum_of(meeting)
    assert found
    assert (found.needed, found.possible, found.short) == (4, 3, True)
    assert (tally(meeting.members).pending, tally(meeting.members).silent) == (4, 2)
    for one in members[:4]:
        answer(meeting, one, NOW)
    found = quorum_of(meeting)
    assert found
    assert found.holds
    assert not found.short
    assert quorum_of(district.meeting(MeetingKind.PLENARY)) is None
