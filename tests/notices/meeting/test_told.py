"""What people read of a meeting, whole: the person's card, the liaison's, the draft, changes, reminders."""

from datetime import timedelta

from markupsafe import Markup

from notices.meeting import card as cards
from notices.meeting import clearing
from notices.meeting import draft as drafts
from notices.meeting import listing as lists
from notices.meeting import told as notices
from notices.message_text import plain
from notices.notice import DATA_LIMIT, Notice
from rules.meeting.attendance import Deputy, Reply
from rules.meeting.clearing import ask_clearance
from rules.meeting.excusing import new_excuse
from rules.meeting.matter import InName, Meeting, MeetingKind, MeetingPaper
from rules.meeting.members import Wanted
from rules.meeting.reply import answer, ask_excuse, confirm_leave, prepare, send_deputy
from rules.meeting.topic import lay_agenda, read_agenda
from tests.cast import beijing
from tests.meeting_cast import WEDNESDAY, District

NOW = WEDNESDAY + timedelta(hours=1)
AGENDA = "1. 城市更新管理办法（住建局，20分钟）\n2. 取暖方案（发改局，30分钟）"


def scene(kind: MeetingKind = MeetingKind.EXECUTIVE, *, called: bool = True) -> tuple[District, Meeting]:
    """A 常务会议 with two topics and one unit in attendance, 派员 allowed."""
    district = District()
    topics = read_agenda(AGENDA, district.roster)
    wanted = Wanted(topics=[topic.unit for topic in topics if topic.unit], units=[district.units["财政局"]])
    meeting = district.meeting(kind, wanted=wanted, called=called)
    meeting.topics = lay_agenda([], topics, WEDNESDAY)
    meeting.deputies = True
    return district, meeting


def shown(text: Markup) -> str:
    return plain(text)


def labels(notice: Notice) -> list[list[str]]:
    assert all(len(button.data.encode()) <= DATA_LIMIT for row in notice.buttons for button in row)
    return [[button.label for button in row] for row in notice.buttons]


HEAD = "时间：12月8日（周二）14:30至16:30\n地点：三楼会议室\n主持：区长 赵天地\n"
AGENDA_SHOWN = "议题：\n1. 城市更新管理办法（住建局，约20分钟）\n2. 取暖方案（发改局，约30分钟）\n"
ASKED = "请于12月7日（周一）12:00前答复，不能参加须请假。（依据《工作规则》第五十五条）"


def test_a_members_card() -> None:
    district, meeting = scene()
    meeting.entrance = "座位见桌签"
    meeting.materials = [MeetingPaper("f1", "方案.docx")]
    card = cards.own(meeting, meeting.place_of(district["孙宇宙"]), NOW)
    assert shown(card.text) == (
        "区政府常务会议 12月8日 14:30，请您答复，12月7日 12:00前\n"
        "时间：12月8日（周二）14:30至16:30\n"
        "地点：三楼会议室\n"
        "主持：区长 赵天地\n"
        "您：出席\n"
        "议题：\n"
        "1. 城市更新管理办法（住建局，约20分钟）\n"
        "2. 取暖方案（发改局，约30分钟）\n"
        "入场：座位见桌签\n"
        "材料：《方案.docx》\n"
        "请于12月7日（周一）12:00前答复，不能参加须请假。（依据《工作规则》第五十五条）"
    )
    assert labels(card) == [["参加", "请假"], ["材料"]]


def test_who_is_there_for_their_topic_reads_only_that() -> None:
    district, meeting = scene()
    meeting.materials = [MeetingPaper("f1", "方案.docx")]
    card = cards.own(meeting, meeting.place_of(district.head("发改局")), NOW)
    assert shown(card.text) == (
        "区政府常务会议 12月8日 14:30，请您答复，12月7日 12:00前\n"
        "时间：12月8日（周二）14:30至16:30\n"
        "地点：三楼会议室\n"
        "主持：区长 赵天地\n"
        "您：列席下列议题，其余议题不用参加\n"
        "2. 取暖方案（发改局，约30分钟），预计14:50至15:20\n"
        "请于12月7日（周一）12:00前答复，不能参加须请假。（依据《工作规则》第五十五条）"
    )
    assert labels(card) == [["参加", "请假", "派员列席"]]
    meeting.topics[0].minutes = 0
    assert cards.topic_time(meeting, meeting.topics[1]) == "约30分钟"


def test_the_card_after_each_answer() -> None:
    district, meeting = scene()
    head = district.head("财政局")
    place = answer(meeting, head, NOW)
    assert shown(cards.own_text(meeting, place, NOW)) == (
        "区政府常务会议 12月8日 14:30，已答复参加\n"
        "时间：12月8日（周二）14:30至16:30\n"
        "地点：三楼会议室\n"
        "主持：区长 赵天地\n"
        "您：列席\n"
        "议题：\n"
        "1. 城市更新管理办法（住建局，约20分钟）\n"
        "2. 取暖方案（发改局，约30分钟）\n"
        "回执：参加（12月2日 10:00）\n"
        "12月7日（周一）12:00前可以改。"
    )
    send_deputy(meeting, head, Deputy("姜羽翔", "财政局副局长"), NOW)
    assert shown(cards.own_text(meeting, place, NOW)) == (
        "区政府常务会议 12月8日 14:30，已答复派员：财政局副局长 姜羽翔\n"
        "时间：12月8日（周二）14:30至16:30\n"
        "地点：三楼会议室\n"
        "主持：区长 赵天地\n"
        "您：列席\n"
        "议题：\n"
        "1. 城市更新管理办法（住建局，约20分钟）\n"
        "2. 取暖方案（发改局，约30分钟）\n"
        "回执：派员：财政局副局长 姜羽翔（12月2日 10:00）\n"
        "12月7日（周一）12:00前可以改。"
    )
    assert cards.own(meeting, place, meeting.reply_by).buttons == ()


def test_one_on_leave_confirms_and_nobody_reads_why() -> None:
    district, meeting = scene()
    place = meeting.place_of(district["孙宇宙"])
    place.leave_id, place.away = 3, "12月7日至12月9日"
    card = cards.own(meeting, place, NOW)
    assert shown(card.text).endswith("您12月7日至12月9日已批准请假，请确认不能参加；能参加的，请点「参加」。")
    assert labels(card) == [["确认请假", "参加"]]
    confirm_leave(meeting, district["孙宇宙"], NOW)
    assert labels(cards.own(meeting, place, NOW)) == [["参加"]]


def test_what_the_liaison_reads_and_prepares() -> None:
    district, meeting = scene()
    place, liaison = meeting.place_of(district.head("财政局")), district["戚龙师"]
    card = cards.to_liaison(meeting, place, liaison, NOW)
    assert shown(card.text) == (
        "区政府常务会议 12月8日 14:30，可为陶鳞潜代拟回执\n"
        "时间：12月8日（周二）14:30至16:30\n"
        "地点：三楼会议室\n"
        "主持：区长 赵天地\n"
        "财政局局长 陶鳞潜：列席\n"
        "议题：\n"
        "1. 城市更新管理办法（住建局，约20分钟）\n"
        "2. 取暖方案（发改局，约30分钟）\n"
        "可代拟回执，由本人于12月7日（周一）12:00前确认。"
    )
    assert labels(card) == [["代拟参加", "代拟请假", "代拟派员"]]
    prepare(meeting, liaison, place, Reply.EXCUSED, NOW, reason="赴省开会")
    own = cards.own(meeting, place, NOW)
    assert "财政局综合科科长 戚龙师代拟：请假（赴省开会），请您确认。" in shown(own.text)
    assert labels(own)[0] == ["确认请假"]
    assert "已代拟：请假，待本人确认。" in shown(cards.liaison_text(meeting, place, NOW))  # not why


def test_the_draft_names_everybody() -> None:
    _, meeting = scene(called=False)
    meeting.attendees[2].leave_id = 3
    meeting.remarks = ["同期外出：孙宇宙。"]
    card = drafts.draft(meeting, meeting.called_by, NOW, "会前一个工作日")
    assert shown(card.text) == (
        "区政府常务会议 12月8日 14:30，请核对名单并发出通知\n"
        "时间：12月8日（周二）14:30至16:30\n"
        "地点：三楼会议室\n"
        "主持：区长 赵天地\n"
        "议题：\n"
        "1. 城市更新管理办法（住建局，约20分钟）\n"
        "2. 取暖方案（发改局，约30分钟）\n"
        "应到7人\n"
        "区领导6人：赵天地、钱玄黄、孙宇宙（外出）、李洪荒、周日月、吴盈昃\n"
        "办公室1人：王列张\n"
        "列席5人\n"
        "办公室2人：冯寒来、陈暑往\n"
        "部门2人：华果珍、陶鳞潜\n"
        "其他1人：郑辰宿\n"
        "列席议题2人\n"
        "部门2人：章问道、蒋闰余\n"
        "列席单位可以派员。\n"
        "回执截止：12月7日（周一）12:00（会前一个工作日）\n"
        "⚠️ 同期外出：孙宇宙。"
    )
    assert labels(card) == [["发出通知"], ["加单位", "加人", "减人"], ["修改", "放弃"]]


def test_a_change_says_what_it_was() -> None:
    district, meeting = scene()
    place = answer(meeting, district["孙宇宙"], NOW)
    notices.calendar(meeting, place, NOW)
    meeting.changed(["地点"], NOW)
    told = notices.changed(meeting, place, ["地点：三楼会议室 → 二楼会议室", notices.AGENDA], NOW)
    assert shown(told.text) == (
        "区政府常务会议 12月8日 14:30，有变更\n"
        "地点：三楼会议室 → 二楼会议室\n"
        "议题有调整\n"
        "议题：\n"
        "1. 城市更新管理办法（住建局，约20分钟）\n"
        "2. 取暖方案（发改局，约30分钟）\n"
        "时间：12月8日（周二）14:30至16:30\n"
        "原来的答复仍然有效。"
    )
    assert told.attachment
    assert b"SEQUENCE:1" in told.attachment.content
    other = meeting.place_of(district.head("发改局"))
    theirs = notices.changed(meeting, other, [notices.AGENDA], NOW)
    assert "城市更新" not in shown(theirs.text)
    assert theirs.attachment is None


def test_reminders_and_the_end() -> None:
    district, meeting = scene()
    meeting.entrance = "东门入场"
    place = meeting.place_of(district.head("发改局"))
    (reminder,) = notices.reminder(meeting, place, soon=False)
    assert shown(reminder.text) == (
        "区政府常务会议 12月8日 14:30，请您按时参加\n"
        "时间：12月8日（周二）14:30至16:30\n"
        "地点：三楼会议室\n"
        "议题：取暖方案，预计14:50至15:20\n"
        "入场：东门入场"
    )
    coming = answer(meeting, district["孙宇宙"], NOW)
    notices.calendar(meeting, coming, NOW)
    meeting.cancel(meeting.called_by, "合并召开", NOW)
    off = notices.cancelled(meeting, coming, NOW)
    assert shown(off.text) == (
        "区政府常务会议 12月8日 14:30，已取消\n时间：12月8日（周二）14:30至16:30\n原因：合并召开"
    )
    assert off.attachment
    assert b"STATUS:CANCELLED" in off.attachment.content
    assert notices.cancelled(meeting, place, NOW).attachment is None
    assert cards.own(meeting, place, NOW).buttons == ()


def test_a_phone_forgets_what_its_owner_is_excused_from() -> None:
    district, meeting = scene()
    place = answer(meeting, district["孙宇宙"], NOW)
    assert notices.out_of_calendar(meeting, place, NOW) == []  # they never had it
    assert notices.calendar_moved(meeting, place, NOW) == []
    notices.calendar(meeting, place, NOW)
    place.leave_id, place.away = 3, "12月8日"
    assert notices.out_of_calendar(meeting, place, NOW) == []  # they come all the same
    confirm_leave(meeting, district["孙宇宙"], NOW)
    (off,) = notices.out_of_calendar(meeting, place, NOW)
    assert shown(off.text) == ("区政府常务会议 12月8日 14:30，您不参加\n点开附件可从手机日历中移除。")
    assert off.attachment
    assert b"METHOD:CANCEL" in off.attachment.content
    assert notices.out_of_calendar(meeting, place, NOW) == []  # once
    assert notices.dropped(meeting, place, NOW).attachment is None


def test_an_excuse_nobody_has_decided_is_no_leave() -> None:
    district, meeting = scene()
    vice = district["孙宇宙"]
    place = ask_excuse(
        meeting, vice, new_excuse(meeting, meeting.place_of(vice), "就医", district.roster, NOW), NOW
    )
    (told,) = notices.reminder(meeting, place, soon=True)
    assert shown(told.text).endswith("您的请假还没有批准，获准前请按时参加。")


def test_what_is_to_be_cleared() -> None:
    district, meeting = scene(MeetingKind.DISTRICT, called=False)
    meeting.called_by, meeting.unit = district["戚龙师"], district.units["财政局"]
    meeting.in_name, meeting.grounds = InName.DISTRICT, ["以区政府名义召开，须经办公室审核后报批"]
    ask_clearance(meeting, meeting.called_by, district["钱玄黄"], NOW)
    step = meeting.clearances[0]
    card = clearing.asked(meeting, step, district["卫冬藏"])
    assert shown(card.text) == (
        "区政府部门全区性会议 12月8日 14:30，请您审核\n"
        "时间：12月8日（周二）14:30至16:30\n"
        "地点：三楼会议室\n"
        "主办：财政局（以区政府名义）\n"
        "议题：\n"
        "1. 城市更新管理办法（住建局，约20分钟）\n"
        "2. 取暖方案（发改局，约30分钟）\n"
        "应到3人\n"
        "部门3人：章问道、蒋闰余、陶鳞潜\n"
        "须报区政府分管领导审批（依据《工作规则》第五十八条）：\n"
        "· 以区政府名义召开，须经办公室审核后报批\n"
        "审批：●办公室 → ○钱"
    )
    assert labels(card) == [["审核通过", "退回"], ["审核通过并附言", "征求意见"]]


def test_the_list_by_answers() -> None:
    district, meeting = scene()
    answer(meeting, district["孙宇宙"], NOW)
    send_deputy(meeting, district.head("财政局"), Deputy("姜羽翔", "财政局副局长"), NOW)
    text = shown(lists.names(meeting, meeting.called_by).text)
    assert text.startswith(
        "区政府常务会议 · 名单\n12月8日（周二）14:30至16:30\n参加2人：赵天地（区政府）、孙宇宙（区政府）\n"
        "派员1人：陶鳞潜（财政局）→财政局副局长 姜羽翔\n未回复11人："
    )


def test_two_weeks_without_one() -> None:
    district = District()
    told = notices.no_executive(beijing("2026-11-17 14:30"), NOW, district.roster)
    assert [notice.to for notice in told] == district.roster.desk
    assert shown(told[0].text) == (
        "已超过两周没有常务会议，请考虑安排\n"
        "上次是11月17日（周二）；常务会议一般每两周召开1次。（依据《工作规则》第四十九条）"
    )
