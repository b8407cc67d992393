"""Who belongs to which meeting, who presides, by when people answer, and what is warned of."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.engagement import Engagement, EngagementKind
from rules.hours import OfficeHours
from rules.meeting.attendance import Part
from rules.meeting.matter import InName, MeetingKind
from rules.meeting.members import (
    Wanted,
    chair_for,
    check_chair,
    kinds_for,
    left_out,
    list_for,
    may_call,
    reply_by,
)
from rules.meeting.terms import MeetingTerms
from rules.meeting.warnings import (
    DistrictMeeting,
    clashes,
    grounds,
    invites_mayor_wrongly,
    plenaries,
    rest_day,
    too_long_ago,
)
from rules.refused import Refused
from rules.roster import Role
from rules.settings import Settings
from rules.working_days import Calendar, CalendarDay
from tests.cast import beijing
from tests.meeting_cast import WEDNESDAY, District

DISTRICT = District()
ROSTER, MAYOR = DISTRICT.roster, DISTRICT["赵天地"]
TERMS, LEGAL = MeetingTerms(), Settings().legal_review


def seats(kind: MeetingKind, wanted: Wanted | None = None) -> dict[Part, list[str]]:
    listed = list_for(kind, ROSTER, wanted or Wanted(), MAYOR, LEGAL)
    return {part: [one.name for one, held in listed.seats if held is part] for part in Part}


def units(*names: str) -> list[object]:
    return [DISTRICT.units[name] for name in names]


def test_an_executive_meeting() -> None:
    topics = [DISTRICT.units["住建局"], DISTRICT.units["司法局"]]
    found = seats(MeetingKind.EXECUTIVE, Wanted(topics=topics, units=[DISTRICT.units["财政局"]]))
    assert found == {
        Part.MEMBER: ["赵天地", "钱玄黄", "孙宇宙", "李洪荒", "周日月", "吴盈昃", "王列张"],
        Part.ATTENDING: ["冯寒来", "陈暑往", "华果珍", "郑辰宿", "陶鳞潜"],
        Part.TOPIC: ["章问道"],  # the head of 司法局 is there throughout
    }


def test_a_plenary_with_and_without_the_towns() -> None:
    found = seats(MeetingKind.PLENARY)
    assert len(found[Part.MEMBER]) == 7 + 20
    assert found[Part.ATTENDING] == ["冯寒来", "陈暑往"]
    assert "殷与敬" not in found[Part.MEMBER]
    asked = seats(MeetingKind.PLENARY, Wanted(towns=True))
    assert len(asked[Part.ATTENDING]) == 2 + 10 + 1
    assert {"殷与敬", "汪仁慈"} <= set(asked[Part.ATTENDING])


def test_the_mayors_meeting_and_one_of_chosen_people() -> None:
    assert len(seats(MeetingKind.MAYORS)[Part.MEMBER]) == 7
    assert seats(MeetingKind.MAYORS)[Part.ATTENDING] == []
    chosen = Wanted(units=[DISTRICT.units["财政局"]], people=[DISTRICT["李洪荒"]])
    assert seats(MeetingKind.SPECIAL, chosen)[Part.MEMBER] == ["赵天地", "李洪荒", "陶鳞潜"]


def test_a_vacant_office_is_said() -> None:
    listed = list_for(
        MeetingKind.EXECUTIVE, DISTRICT.without("华果珍"), Wanted(), MAYOR, Settings().legal_review
    )
    assert listed.remarks == ["司法局主要负责人空缺，改列司法局副局长 金海咸，请核对。"]


def test_who_presides() -> None:
    caller, executive = DISTRICT["卫冬藏"], DISTRICT["钱玄黄"]
    assert chair_for(MeetingKind.EXECUTIVE, ROSTER, [], caller).official is MAYOR
    passed = chair_for(MeetingKind.EXECUTIVE, ROSTER, [MAYOR], caller)
    assert passed.official is executive
    assert passed.reason == "区长赵天地外出，委托常务副区长 钱玄黄召集并主持。（依据《工作规则》第四十九条）"
    both = chair_for(MeetingKind.EXECUTIVE, ROSTER, [MAYOR, executive], caller)
    assert both.warning.startswith("区长赵天地外出，常务副区长也外出，无人可以主持")
    plenary = chair_for(MeetingKind.PLENARY, ROSTER, [MAYOR], caller)
    assert plenary.warning.endswith("（依据《工作规则》第四十八条）")
    vice = DISTRICT["孙宇宙"]
    assert chair_for(MeetingKind.SPECIAL, ROSTER, [], vice).official is vice
    assert "委托常务副区长主持" in check_chair(MeetingKind.EXECUTIVE, vice, ROSTER, [])
    assert check_chair(MeetingKind.EXECUTIVE, executive, ROSTER, []) == ""
    assert "由区长或副区长召集" in check_chair(MeetingKind.SPECIAL, caller, ROSTER, [])


def test_nobody_who_is_away_presides_and_no_member_is_left_out() -> None:
    executive, vice = ROSTER.executive_vice_mayor, ROSTER.with_role(Role.VICE_MAYOR)[0]
    assert executive
    assert check_chair(MeetingKind.EXECUTIVE, executive, ROSTER, [executive]).endswith("不能主持。")
    seats = [one for one, _ in list_for(MeetingKind.EXECUTIVE, ROSTER, Wanted(), None, "").seats]
    assert left_out(MeetingKind.EXECUTIVE, ROSTER, seats) == ""
    seats.remove(vice)
    assert left_out(MeetingKind.EXECUTIVE, ROSTER, seats) == (
        f"名单里没有会议组成人员{vice.name}；不能出席的，应由本人请假。"
        "（依据《工作规则》第四十九条、第五十五条）"
    )
    assert left_out(MeetingKind.SPECIAL, ROSTER, []) == ""


def test_a_town_calls_no_district_wide_meeting() -> None:
    assert kinds_for(DISTRICT.head("财政局")) == [MeetingKind.DISTRICT]
    assert kinds_for(DISTRICT.head("云腾街道")) == []
    with pytest.raises(Refused, match="镇（街道）不召开"):
        may_call(DISTRICT.head("云腾街道"), MeetingKind.DISTRICT)


def test_who_calls_what() -> None:
    assert kinds_for(DISTRICT["卫冬藏"]) == [one for one in MeetingKind if one is not MeetingKind.DISTRICT]
    assert kinds_for(DISTRICT["孙宇宙"]) == [MeetingKind.SPECIAL]
    assert kinds_for(DISTRICT["戚龙师"]) == [MeetingKind.DISTRICT]
    assert kinds_for(DISTRICT["姜羽翔"]) == []
    with pytest.raises(Refused, match=r"您可以召集专题会议.*第五十一条"):
        may_call(DISTRICT["孙宇宙"], MeetingKind.EXECUTIVE)


@pytest.mark.parametrize(
    ("start", "now", "at", "why"),
    [
        ("2026-12-08 14:30", "2026-12-02 09:00", "2026-12-07 12:00", "会前一个工作日"),
        # Monday 12 October: the working day before is the make-up Saturday.
        ("2026-10-12 09:00", "2026-09-30 09:00", "2026-10-10 12:00", "会前一个工作日，10日是补班"),
        (
            "2026-12-08 14:30",
            "2026-12-07 11:30",
            "2026-12-07 18:00",
            "会前一个工作日12:00已过，改为当日下班前",
        ),
        ("2026-12-08 14:30", "2026-12-08 09:00", "2026-12-08 13:30", "会前一个工作日已过，改为会前60分钟"),
        ("2026-12-08 14:30", "2026-12-08 13:00", "2026-12-08 14:30", "会议临近，开会之前均可答复"),
        (
            "2026-12-29 09:00",
            "2026-12-02 09:00",
            "2026-12-28 12:00",
            "会前一个工作日，暂定，放假安排尚未公布",
        ),
    ],
)
def test_by_when_people_answer(start: str, now: str, at: str, why: str) -> None:
    found = reply_by(beijing(start), beijing(now), Calendar(), OfficeHours(), TERMS)
    assert (found.at, found.why) == (beijing(at), why)


@given(
    st.datetimes(
        beijing("2026-01-05 08:00").replace(tzinfo=None), beijing("2026-12-20 08:00").replace(tzinfo=None)
    ),
    st.integers(1, 60 * 24 * 30),
)
def test_the_deadline_lies_between_now_and_the_meeting(now: object, ahead: int) -> None:
    moment = beijing(str(now)[:16])
    start = moment + timedelta(minutes=ahead)
    found = reply_by(start, moment, Calendar(), OfficeHours(), TERMS)
    assert moment < found.at <= start


def test_a_third_plenary_and_a_rest_day() -> None:
    start = beijing("2026-12-08 09:00")
    assert plenaries(1, start) == ""
    assert plenaries(2, start) == (
        "这是2026年第3次全体会议；全体会议一般每年召开1—2次。（依据《工作规则》第四十八条）"
    )
    assert rest_day(start, Calendar(), WEDNESDAY) == ""
    assert (
        rest_day(beijing("2026-12-05 09:00"), Calendar(), WEDNESDAY)
        == "12月5日（周六）是休息日，请核对时间。"
    )
    day_off = Calendar([CalendarDay(date(2026, 12, 8), False, "通知", "放假")])
    assert rest_day(start, day_off, WEDNESDAY) == "12月8日（周二）是休息日（放假），请核对时间。"


def test_two_weeks_without_an_executive_meeting() -> None:
    last = beijing("2026-11-18 09:00")
    assert not too_long_ago(last, beijing("2026-12-02 23:00"))
    assert too_long_ago(last, beijing("2026-12-03 08:30"))
    assert not too_long_ago(None, WEDNESDAY)


def test_clashes_name_people_never_reasons() -> None:
    start, end = beijing("2026-12-08 14:30"), beijing("2026-12-08 16:30")
    vice, other = DISTRICT["孙宇宙"], DISTRICT["李洪荒"]
    found = [
        Engagement(vice, EngagementKind.LEAVE, "就医", start, end, "leave:1", "济南"),
        Engagement(other, EngagementKind.MEETING, "防汛专题会议", start, end, "meeting:3"),
        Engagement(other, EngagementKind.MEETING, "本次", start, end, "meeting:7"),
        Engagement(other, EngagementKind.EVENT, "只是邀请", start, end, "invitation:3", firm=False),
    ]
    assert clashes(found, WEDNESDAY, but="meeting:7") == [
        "同期外出：孙宇宙。",
        "与会议“防汛专题会议”（12月8日（周二）14:30）冲突：李洪荒。",
    ]


def test_what_article_58_wants_approved() -> None:
    start = beijing("2026-12-08 08:30")
    unit, town, vice = DISTRICT.units["财政局"], DISTRICT["殷与敬"], DISTRICT["钱玄黄"]

    def asked(
        *invited: object,
        in_name: InName = InName.OWN_SYSTEM,
        hours: int = 3,
        others: int = 0,
        texts: tuple[str, ...] = (),
    ) -> DistrictMeeting:
        return DistrictMeeting(unit, in_name, start, start + timedelta(hours=hours), invited, others, texts)  # type: ignore[arg-type]

    assert grounds(asked(DISTRICT.head("住建局"))) == []
    assert grounds(asked(in_name=InName.DISTRICT)) == ["以区政府名义召开，须经办公室审核后报批"]
    assert grounds(asked(vice, town, hours=8, others=1)) == [
        "财政局2026年第2次，超过每年1次",
        "时长8小时，超过半天",
        "邀请副区长出席（钱玄黄），须按程序报批",
        "请镇街负责人参加（1人），须报区政府分管领导批准",
    ]
    words = ("全区财政系统表彰大会", "稷下论坛会堂")
    assert grounds(asked(vice, texts=words))[1:] == [
        "文中有“表彰大会”“论坛”，区政府领导出席须经区委、区政府批准（依据《工作规则》第八十七条）"
    ]
    assert grounds(asked(texts=words)) == []  # no leader is to come
    assert invites_mayor_wrongly(asked(MAYOR))
    assert not invites_mayor_wrongly(asked(MAYOR, in_name=InName.DISTRICT))
    assert "邀请区长出席" in grounds(asked(MAYOR, in_name=InName.DISTRICT))
