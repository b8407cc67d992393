"""What is said of staying away from a meeting, of who comes and who is silent: whole texts."""

import io
from pathlib import Path

import pytest
from docx import Document

from notices.meeting.count import office_text, regained, short
from notices.meeting.excuse import (
    buttons,
    denied,
    excuse_card,
    granted,
    own_buttons,
    own_lines,
    text,
    to_decide,
    told_text,
)
from notices.meeting.excuse_paper import FORM, PLACEHOLDERS, fields
from notices.meeting.nudges import call_list, group, soon
from notices.meeting.office import office, reports_button
from notices.meeting.summary import summary
from notices.message_text import plain
from notices.notice import Rows
from notices.templates.meeting_excuse import draw
from rules.hours import OfficeHours
from rules.meeting.attendance import Attendee
from rules.meeting.count import quorum_of
from rules.meeting.excuse import Excuse, ExcuseState
from rules.meeting.excusing import hand_in, new_excuse
from rules.meeting.matter import Meeting
from rules.meeting.members import Wanted
from rules.meeting.nudges import silent
from rules.meeting.reply import answer, ask_excuse, confirm_leave, decide_excuse
from rules.meeting.slots import next_slots
from rules.roster import Official
from rules.working_days import Calendar
from tests.cast import beijing
from tests.meeting_cast import District

NOW = beijing("2026-12-02 10:00")
HANDBOOK = Path(__file__).parents[3] / "docs" / "handbook.zh.md"


@pytest.fixture
def district() -> District:
    return District()


@pytest.fixture
def meeting(district: District) -> Meeting:
    meeting = district.meeting(wanted=Wanted(topics=[district.units["财政局"]]))
    for place, one in enumerate(meeting.attendees, 1):
        one.id = place
    return meeting


def excused(district: District, meeting: Meeting, name: str, reason: str) -> tuple[Attendee, Excuse]:
    official = district[name]
    place = meeting.place_of(official)
    excuse = new_excuse(meeting, place, reason, district.roster, NOW)
    ask_excuse(meeting, official, excuse, NOW)
    return place, excuse


def labels(rows: Rows) -> list[list[str]]:
    return [[button.label for button in row] for row in rows]


def lines(place: Attendee, meeting: Meeting) -> str:
    return plain("\n".join(str(line) for line in own_lines(meeting, place)))


def test_the_card_of_who_decides(district: District, meeting: Meeting) -> None:
    place, excuse = excused(district, meeting, "陶鳞潜", "在外地<招商>")
    card = to_decide(meeting, place, excuse, district["王列张"])
    assert plain(card.text) == (
        "陶鳞潜（财政局局长）请假不参加“区政府常务会议”，请您审批\n"
        "会议：区政府常务会议，12月8日（周二）14:30\n"
        "财政局局长 陶鳞潜：列席议题\n"
        "事由：在外地<招商>\n"
        "书面请假报告：未交，收到后方可准假。\n"
        "（依据《工作规则》第五十五条）"
    )
    assert labels(card.buttons) == [["准假", "不准假"], ["准假并附言", "征求意见"], ["已收纸质报告"]]
    assert [button.data for row in card.buttons for button in row] == [
        "meeting:7:grant:12",
        "meeting:7:deny:12",
        "meeting:7:grant_noting:12",
        "advice:ask:meeting:7:excuse:12",
        "meeting:7:paper:12",
    ]
    hand_in(meeting, district["陶鳞潜"], place, NOW, text="招商推介会")
    assert labels(buttons(meeting, place, district["王列张"])) == [
        ["准假", "不准假"],
        ["准假并附言", "征求意见"],
        ["看请假报告"],
    ]
    decide_excuse(meeting, district["王列张"], place, ExcuseState.GRANTED, NOW)
    assert plain(text(meeting, place, excuse)) == (
        "陶鳞潜（财政局局长）请假不参加“区政府常务会议”，准假\n"
        "会议：区政府常务会议，12月8日（周二）14:30\n"
        "财政局局长 陶鳞潜：列席议题\n"
        "事由：在外地<招商>\n"
        "书面请假报告：已交（12月2日 10:00）\n"
        "已由区政府办公室主任 王列张于12月2日 10:00准假"
    )
    assert labels(buttons(meeting, place, district["王列张"])) == [["看请假报告"]]


def test_a_stand_in_has_a_card_of_their_own(district: District, meeting: Meeting) -> None:
    place, excuse = excused(district, meeting, "孙宇宙", "赴省开会")
    excuse.stand_in = district["钱玄黄"]
    card = to_decide(meeting, place, excuse, district["钱玄黄"])
    assert plain(card.text).startswith(
        "孙宇宙（副区长）请假不参加“区政府常务会议”，请您代区长审批\n"
        "会议：区政府常务会议，12月8日（周二）14:30\n"
        "副区长 孙宇宙：出席\n"
        ""
    )
    assert labels(card.buttons) == [
        ["准假（代）", "不准假（代）"],
        ["准假并附言（代）", "征求意见"],
    ]
    assert excuse_card(meeting, place, district["钱玄黄"]) == f"meeting:7:excuse:3:{district['钱玄黄'].id}"
    assert excuse_card(meeting, place, district["赵天地"]) == "meeting:7:excuse:3"


def test_on_the_persons_own_card(district: District, meeting: Meeting) -> None:
    place, excuse = excused(district, meeting, "陶鳞潜", "在外地招商")
    assert lines(place, meeting) == (
        "请假事由：在外地招商\n"
        "待区政府办公室主任 王列张审批\n"
        "书面请假报告：未交，请尽快补交，收到前不予准假。（依据《工作规则》第五十五条）"
    )
    assert labels(own_buttons(meeting, place)) == [["写请假报告"]]
    hand_in(meeting, district["陶鳞潜"], place, NOW, file=("f", "报告.pdf", False))
    assert labels(own_buttons(meeting, place)) == [["重写请假报告"]]
    decide_excuse(meeting, district["王列张"], place, ExcuseState.DENIED, NOW)
    assert lines(place, meeting) == (
        "请假事由：在外地招商\n"
        "已由区政府办公室主任 王列张于12月2日 10:00答复不准假\n"
        "请按时参加。（依据《工作规则》第五十五条）"
    )
    assert own_buttons(meeting, place) == ()
    assert denied(meeting, excuse) == (
        "区政府办公室主任 王列张不准假，请按时参加，并点「参加」确认。（依据《工作规则》第五十五条）"
    )


def test_what_the_office_hears_of_a_leader(district: District, meeting: Meeting) -> None:
    place, excuse = excused(district, meeting, "孙宇宙", "赴省开会")
    assert plain(told_text(meeting, place, excuse)) == (
        "孙宇宙（副区长）请假不参加“区政府常务会议”，待批\n"
        "会议：区政府常务会议，12月8日（周二）14:30\n"
        "事由：赴省开会\n"
        "（依据《工作规则》第五十五条）"
    )
    decide_excuse(meeting, district["赵天地"], place, ExcuseState.GRANTED, NOW)
    assert plain(granted(meeting, place, excuse).text) == (
        "您请假不参加“区政府常务会议”，赵天地已准假\n会议：区政府常务会议，12月8日（周二）14:30"
    )
    mayor, own = excused(district, meeting, "赵天地", "参加市委会议")
    assert plain(told_text(meeting, mayor, own)) == (
        "赵天地（区长）不能出席“区政府常务会议”\n"
        "会议：区政府常务会议，12月8日（周二）14:30\n"
        "事由：参加市委会议\n"
        "（依据《工作规则》第五十五条）"
    )


def _answered(district: District, meeting: Meeting) -> Meeting:
    """Two come, one is excused, one asks, one is denied, one owes a report, one is on leave."""
    for name in ("赵天地", "钱玄黄"):
        answer(meeting, district[name], NOW)
    for name, state in (("孙宇宙", ExcuseState.GRANTED), ("李洪荒", ExcuseState.DENIED)):
        place, _ = excused(district, meeting, name, "赴省开会")
        decide_excuse(meeting, district["赵天地"], place, state, NOW)
    excused(district, meeting, "周日月", "就医")
    excused(district, meeting, "陶鳞潜", "在外地招商")
    away = meeting.place_of(district["吴盈昃"])
    away.leave_id, away.away = 5, "12月7日至12月9日"
    counsel = meeting.place_of(district["郑辰宿"])
    counsel.leave_id, counsel.away = 6, "12月8日"
    confirm_leave(meeting, district["郑辰宿"], NOW)
    return meeting


def test_the_offices_live_card(district: District, meeting: Meeting) -> None:
    _answered(district, meeting)
    assert plain(office_text(meeting)) == (
        "区政府常务会议 12月8日 14:30，7/12人已答复\n"
        "时间：12月8日（周二）14:30至16:30\n"
        "地点：三楼会议室\n"
        "主持：区长 赵天地\n"
        "回执截止：12月7日（周一）12:00\n"
        "应到7人：参加2、请假2（准1、待1）、不准假1、外出待确认1、未回复1\n"
        "列席5人：请假2（准1、待1）、未回复3\n"
        "区领导6人：参加2、请假2（准1、待1）、不准假1、外出待确认1\n"
        "办公室3人：未回复3\n"
        "部门2人：请假1（待1）、未回复1\n"
        "其他1人：请假1（准1）\n"
        "应到7人，须4人以上出席：现有3人参加，还差1人。（依据《工作规则》第四十九条）\n"
        "请假\n"
        "区领导：孙宇宙（准假）、李洪荒（不准假）、周日月（待批）\n"
        "部门：陶鳞潜（待批，报告未交）\n"
        "其他：郑辰宿（准假）\n"
        "未回复\n"
        "区领导：吴盈昃（外出）\n"
        "办公室：王列张、冯寒来、陈暑往\n"
        "部门：华果珍"
    )
    assert reports_button(meeting) == ()
    place = meeting.place_of(district["陶鳞潜"])
    hand_in(meeting, district["陶鳞潜"], place, NOW, text="招商推介会")
    assert ["书面报告（1份）"] in labels(office(meeting, district["卫冬藏"]).buttons)
    answer(meeting, district["王列张"], NOW)
    assert "✅ 应到7人，须4人以上出席：已有4人参加，成会。" in plain(office_text(meeting))


def test_the_mayors_summary(district: District, meeting: Meeting) -> None:
    _answered(district, meeting)
    assert plain(summary(meeting, district["赵天地"]).text) == (
        "区政府常务会议 12月8日 14:30，请假情况汇总\n"
        "地点：三楼会议室\n"
        "应到7人：参加2、请假2（准1、待1）、不准假1、外出待确认1、未回复1\n"
        "列席5人：请假2（准1、待1）、未回复3\n"
        "区领导\n"
        "· 副区长 孙宇宙：赴省开会。准假（区长 赵天地）\n"
        "· 副区长 李洪荒：赴省开会。不准假（区长 赵天地）\n"
        "· 副区长 周日月：就医。待您审批\n"
        "· 副区长 吴盈昃：已批准请假（12月7日至12月9日），会议回执未确认\n"
        "部门\n"
        "· 财政局局长 陶鳞潜：在外地招商。待区政府办公室主任 王列张审批，书面请假报告未交\n"
        "其他\n"
        "· 区政府法律顾问 郑辰宿：已批准请假：12月8日\n"
        "（依据《工作规则》第五十五条）"
    )


def test_too_few_and_enough_again(district: District, meeting: Meeting) -> None:
    for name in ("孙宇宙", "李洪荒", "周日月", "吴盈昃"):
        excused(district, meeting, name, "赴省开会")
    quorum = quorum_of(meeting)
    assert quorum is not None
    slots = next_slots(meeting, [], Calendar(), OfficeHours())
    told = short(meeting, quorum, slots, district.roster)
    first = (
        "区政府常务会议 12月8日 14:30，出席人数不足，请商定改期\n"
        "应到7人，须4人以上出席，最多可到3人。（依据《工作规则》第四十九条）\n"
        "请假：副区长 孙宇宙、副区长 李洪荒、副区长 周日月、副区长 吴盈昃\n"
        "可改到（按已知的外出、会议、活动）：\n"
        "1. 12月9日（周三）10:00至12:00，都有空\n"
        "2. 12月9日（周三）14:30至16:30，都有空\n"
        "3. 12月10日（周四）10:00至12:00，都有空"
    )
    texts: dict[Official | int, str] = {one.to: plain(one.text) for one in told}
    assert texts == {
        **dict.fromkeys(district.roster.desk, first),
        district["赵天地"]: f"{first}\n要改期，请告区政府办公室。",
    }
    assert [labels(one.buttons) for one in told if one.to is district["赵天地"]] == [[]]
    assert "近两周没有过半数成员都有空的时间，请另行商定。" in plain(
        short(meeting, quorum, [], district.roster)[0].text
    )
    answer(meeting, district["孙宇宙"], NOW)
    again = quorum_of(meeting)
    assert again is not None
    back = regained(meeting, again, district.roster)
    assert {one.to for one in back} == {*district.roster.desk, district["赵天地"]}
    assert plain(back[0].text) == (
        "区政府常务会议 12月8日 14:30，出席人数已恢复\n"
        "应到7人，须4人以上出席，现最多可到4人，已有2人参加。（依据《工作规则》第四十九条）"
    )


def test_the_silent_are_called_and_their_groups_hear_a_name(district: District, meeting: Meeting) -> None:
    assert soon(meeting, Calendar()) == "会议回执12月7日（周一）12:00截止，请您答复。"
    waiting = [one for one in silent(meeting) if one.official.name in ("孙宇宙", "陶鳞潜", "冯寒来")]
    district["冯寒来"].phone = ""
    assert plain(call_list(meeting, waiting, district["卫冬藏"]).text) == (
        "区政府常务会议 12月8日 14:30，3人未回复，请电话催问\n"
        "区领导\n"
        "副区长 孙宇宙：13800000003\n"
        "办公室\n"
        "区政府办公室副主任 冯寒来：（花名册未登记电话）\n"
        "部门\n"
        "财政局局长 陶鳞潜：13800000031"
    )
    bureau = district.units["财政局"]
    assert group(meeting, bureau, waiting[-1:]) is None
    bureau.group_chat_id = -5
    line = group(meeting, bureau, waiting[-1:])
    assert line is not None
    assert plain(line.text) == "区政府常务会议 12月8日 14:30，陶鳞潜未回复，请提醒"


# ---------------------------------------------------------------- the report in Word


def test_the_report_in_word(district: District, meeting: Meeting) -> None:
    place, excuse = excused(district, meeting, "陶鳞潜", "在外地招商")
    hand_in(meeting, district["陶鳞潜"], place, NOW, text="因赴上海参加招商推介会，\n不能列席。{{ 7 * 7 }}")
    decide_excuse(meeting, district["王列张"], place, ExcuseState.GRANTED, NOW)
    form = FORM.render(FORM.shipped, fields(meeting, place, excuse, "区政府办公室"))
    assert [paragraph.text for paragraph in Document(io.BytesIO(form)).paragraphs if paragraph.text] == [
        "会 议 请 假 报 告",
        "区政府办公室：",
        (
            "定于2026年12月8日（周二）14:30在三楼会议室召开区政府常务会议，"
            "本人应列席，因故不能参加，特此请假。"
        ),
        "请假事由：因赴上海参加招商推介会，\n不能列席。{{ 7 * 7 }}",
        "妥否，请批示。（依据《工作规则》第五十五条）",
        "千文区财政局",
        "局长　陶鳞潜",
        "2026年12月2日",
        "联系电话：13800000031",
        "区政府办公室主任意见：",
        "准假。区政府办公室主任 王列张　12月2日 10:00",
    ]


def test_the_shipped_template_is_the_one_that_is_drawn() -> None:
    FORM.check(FORM.shipped)
    shipped = Document(str(FORM.shipped))
    assert draw().element.xml == shipped.element.xml
    assert [name for name in PLACEHOLDERS if name not in shipped.element.xml] == []


def test_the_handbook_has_every_placeholder() -> None:
    handbook = HANDBOOK.read_text(encoding="utf-8")
    for name, meaning in PLACEHOLDERS.items():
        assert f"| `{name}` | {meaning} |" in handbook
