"""What is read of a topic, whole: the card, the reminder, what moved, and a late one before the mayor."""

from datetime import date

from notices.meeting import late_topic
from notices.meeting import topic as notices
from notices.message_text import plain
from notices.notice import DATA_LIMIT, Rows
from rules.countersign.matter import Countersign, CountersignKind
from rules.meeting.gates import Deadlines, behind
from rules.meeting.matter import Meeting, MeetingKind
from rules.meeting.topic import GateKind, LateState, LateTopic, Topic, gate_deadlines, lay_agenda, read_agenda
from rules.periods import Periods
from rules.working_days import Calendar
from tests.cast import beijing
from tests.meeting_cast import District

CALENDAR = Calendar()
SEPTEMBER = beijing("2026-09-01 09:00")
OFFICE_ROWS = [
    ["材料已送审"],
    ["已报区长、已印制"],
    ["已报区委、已送达"],
    ["选会签", "须合法性审查"],
    ["期限怎么算"],
]


def scene() -> tuple[District, Meeting, Topic, Deadlines]:
    district = District()
    meeting = district.meeting(MeetingKind.EXECUTIVE, start="2026-10-08 14:30", now=SEPTEMBER)
    lines = read_agenda("1. 城市更新管理办法（住建局，20分钟）", district.roster)
    meeting.topics = lay_agenda([], lines, SEPTEMBER)
    topic, deadlines = meeting.topics[0], gate_deadlines(meeting.day, CALENDAR, Periods())
    topic.id = 9
    topic.count_gates(deadlines)
    return district, meeting, topic, deadlines


def labels(rows: Rows) -> list[list[str]]:
    assert all(len(button.data.encode()) <= DATA_LIMIT for row in rows for button in row)
    return [[button.label for button in row] for row in rows]


HEAD = "议题1 · 城市更新管理办法\n会议：区政府常务会议，10月8日（周四）14:30\n汇报单位：住建局\n"


def test_a_topics_card_before_anything_is_done() -> None:
    _, meeting, topic, deadlines = scene()
    text = notices.text(meeting, topic, None, deadlines, CALENDAR, date(2026, 9, 1))
    assert plain(text) == (
        "议题1“城市更新管理办法”\n"
        "会议：区政府常务会议，10月8日（周四）14:30\n"
        "汇报单位：住建局\n"
        "⚠️ 会签：还没有选定\n"
        "会前应书面征求相关部门意见并协调一致。（依据《工作规则》第五十三条）\n"
        "从题名看可能是规范性文件或合同，请核对是否须合法性审查。\n"
        "⬜ 议题材料送审：9月17日(周四)前\n"
        "⬜ 向区长汇报、印制材料：9月23日(周三)前\n"
        "⬜ 向区委报备、送达材料：9月28日(周一)前\n"
        "（依据《工作规则》第五十四条）"
    )
    assert labels(notices.buttons(meeting, topic, unit=False, late=False)) == OFFICE_ROWS
    of_unit = [["已报区长、已印制"], ["选会签"], ["期限怎么算"]]
    assert labels(notices.buttons(meeting, topic, unit=True, late=False)) == of_unit


def test_a_topics_card_when_some_is_done_and_some_is_late() -> None:
    district, meeting, topic, deadlines = scene()
    clerk, head = district["卫冬藏"], district.head("住建局")
    sheet = Countersign(district.units["住建局"], head, CountersignKind.TOPIC, "更新办法", SEPTEMBER)
    sheet.id = topic.countersign_id = 12
    topic.legal, topic.legal_at, topic.legal_by = True, beijing("2026-09-24 09:00"), clerk
    topic.gates[1].done(head, beijing("2026-09-22 10:00"))
    text = notices.text(meeting, topic, sheet, deadlines, CALENDAR, date(2026, 9, 29))
    assert plain(text) == (
        "议题1“城市更新管理办法”\n"
        "会议：区政府常务会议，10月8日（周四）14:30\n"
        "汇报单位：住建局\n"
        "⚠️ 会签12号《更新办法》：尚未送会签\n"
        "未协商一致的议题，原则上不提交会议研究。（依据《工作规则》第五十三条）\n"
        "✅ 合法性审查：已通过，卫冬藏于9月24日 09:00登记\n"
        "⚠️ 议题材料送审：应于9月17日(周四)前，已逾期\n"
        "✅ 向区长汇报、印制材料：章问道于9月22日 10:00登记\n"
        "⬜ 向区委报备、送达材料：9月28日(周一)已到，请抓紧，至迟9月30日(周三)\n"
        "（依据《工作规则》第五十四条）"
    )
    assert labels(notices.buttons(meeting, topic, unit=False, late=True)) == [
        ["材料已送审"],
        ["已报区委、已送达"],
        ["选会签"],
        ["按临时议题报区长"],
        ["期限怎么算"],
    ]


def test_the_reminder_goes_to_head_liaison_and_office() -> None:
    district, meeting, topic, deadlines = scene()
    due = [(topic, topic.gates[0])]
    told = notices.remind(
        meeting, due, {topic: behind(topic, None)}, deadlines, date(2026, 9, 16), district.roster
    )
    assert {one.to for one in told} == {
        district["章问道"],
        district["苏平章"],
        *district.roster.desk,
    }
    assert {plain(one.text) for one in told} == {
        (
            "区政府常务会议 10月8日 14:30，请按期办理议题\n"
            "1. 城市更新管理办法（住建局，约20分钟）\n"
            "· 议题材料送审：9月17日(周四)到期\n"
            "· 会签：还没有选定\n"
            "（依据《工作规则》第五十三条、第五十四条）"
        )
    }


def test_how_the_dates_were_counted() -> None:
    district, meeting, topic, deadlines = scene()
    assert plain(notices.explained(meeting, topic, deadlines, district["卫冬藏"]).text).split("\n")[3] == (
        "向区委报备、送达材料：提前3个工作日：10月8日会议当日不计；9月30日①、29日②、28日③ → 9月28日"
    )


def test_a_late_topic_before_the_mayor_and_who_stands_in() -> None:
    district, meeting, topic, _ = scene()
    topic.admission = late = LateTopic(reason="省里昨日通知", mayor=district["赵天地"])
    assert plain(late_topic.late_text(meeting, topic, ["财政局尚未答复"])) == (
        "住建局临时议题“城市更新管理办法”，请您审定\n"
        "会议：区政府常务会议，10月8日（周四）14:30\n"
        "理由：省里昨日通知\n"
        "⚠️ 会签：财政局尚未答复\n"
        "会前10个工作日以内提出，除特殊情况外，会前一般不临时受理议题。（依据《工作规则》第五十四条）"
    )
    mayor, deputy = district["赵天地"], district["钱玄黄"]
    assert labels(late_topic.late_buttons(meeting, topic, mayor)) == [["同意列入", "不同意列入"]]
    assert labels(late_topic.late_buttons(meeting, topic, deputy)) == [["同意列入（代）", "不同意列入（代）"]]
    assert topic.numbered == "1. 城市更新管理办法（住建局，约20分钟）（临时议题，待区长审定）"
    late.state, late.decided_by, late.decided_at = LateState.APPROVED, deputy, beijing("2026-09-21 09:00")
    assert late_topic.settled(topic) == "常务副区长 钱玄黄（代区长）于9月21日 09:00同意列入"
    assert late_topic.late_buttons(meeting, topic, mayor) == ()
    assert topic.gate(GateKind.MATERIALS) is topic.gates[0]
