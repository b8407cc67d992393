"""What people read at the door of a meeting, whole, and the attendance sheet in Excel and in Word."""

import io
from datetime import timedelta

from docx import Document
from openpyxl import load_workbook

from notices.meeting import sign_in as notices
from notices.meeting.paper import FORM, fields, lines, worksheet
from notices.message_text import plain
from notices.spreadsheet import as_xlsx
from rules.meeting.attendance import Deputy, Reply
from rules.meeting.excuse import Excuse, ExcuseState
from rules.meeting.matter import Meeting, MeetingKind
from rules.meeting.members import Wanted
from rules.meeting.sign_in import Correction, correct, end, lapse_sign_in, open_sign_in, sign_in
from tests.cast import beijing
from tests.meeting_cast import District


def held() -> tuple[District, Meeting]:
    """One in time, one late, one excused by who stands in, 财政局 by a deputy, one corrected."""
    district = District()
    meeting = district.meeting(MeetingKind.EXECUTIVE, wanted=Wanted(units=[district.units["财政局"]]))
    before = beijing("2026-12-03 09:00")
    excused, finance = meeting.place_of(district["周日月"]), meeting.place_of(district.head("财政局"))
    excused.put(Reply.EXCUSED, excused.official, before)
    excused.excuse = Excuse(
        "赴省开会",
        before,
        district["赵天地"],
        state=ExcuseState.GRANTED,
        decided_by=district["钱玄黄"],
        decided_at=before,
    )
    finance.put(Reply.DEPUTY, finance.official, before)
    finance.deputy_name, finance.deputy_post = "姜羽翔", "财政局副局长"
    open_sign_in(meeting, district["卫冬藏"], "c0de", beijing("2026-12-08 14:00"))
    sign_in(meeting, district["赵天地"], beijing("2026-12-08 14:25"))
    sign_in(meeting, district["姜羽翔"], beijing("2026-12-08 14:26"))
    sign_in(meeting, district["钱玄黄"], beijing("2026-12-08 14:40") + timedelta(seconds=30))
    secretary = meeting.place_of(district["王列张"])
    at = beijing("2026-12-08 14:30")
    correct(meeting, district["卫冬藏"], secretary, Correction(at, Deputy("某甲", "")), at)
    return district, meeting


def test_the_card_of_the_door_names_the_missing_to_the_desk_only() -> None:
    _, meeting = held()
    assert plain(notices.door_text(meeting, desk=False)) == (
        "区政府常务会议 12月8日 14:30，签到中\n"
        "时间：12月8日（周二）14:30至16:30\n"
        "到会3/应到7人\n"
        "列席到会1/5人\n"
        "⚠️ 到会2人，未过半数，还差2人。（依据《工作规则》第四十九条）\n"
        "迟到：钱玄黄10分钟\n"
        "代会：某甲（代王列张）、财政局副局长 姜羽翔（代陶鳞潜）"
    )
    assert plain(notices.door_text(meeting, desk=True)) == (
        "区政府常务会议 12月8日 14:30，签到中\n"
        "时间：12月8日（周二）14:30至16:30\n"
        "到会3/应到7人\n"
        "列席到会1/5人\n"
        "⚠️ 到会2人，未过半数，还差2人。（依据《工作规则》第四十九条）\n"
        "迟到：钱玄黄10分钟\n"
        "代会：某甲（代王列张）、财政局副局长 姜羽翔（代陶鳞潜）\n"
        "未签到（仅办公室可见）\n"
        "区领导：孙宇宙、李洪荒、吴盈昃\n"
        "办公室：冯寒来、陈暑往\n"
        "部门：华果珍\n"
        "其他：郑辰宿"
    )


def test_the_code_at_the_door_is_a_picture_of_a_link_for_this_meeting() -> None:
    district, meeting = held()
    assert notices.payload(meeting) == "qd_7_c0de"
    notice = notices.code(meeting, district["卫冬藏"], "banjie_bot")
    assert notice.attachment
    assert notice.attachment.photo
    assert notice.attachment.content.startswith(b"\x89PNG")
    assert plain(notice.text) == (
        "区政府常务会议签到二维码\n请打印张贴或在会场投屏。名单内的同志扫码后点「开始」即签到；结束签到后此码作废。"
    )


def test_the_card_to_sign_in_and_what_becomes_of_it() -> None:
    district, meeting = held()
    card = notices.ask(meeting, district["姜羽翔"], district.head("财政局"))
    assert plain(card.text) == (
        "区政府常务会议 12月8日 14:30，请您签到\n"
        "时间：12月8日（周二）14:30至16:30\n"
        "地点：三楼会议室\n"
        "您受派代财政局局长 陶鳞潜参会。\n"
        "到会后请点「签到」，或扫会场的二维码。"
    )
    assert [[button.label for button in row] for row in card.buttons] == [["签到"]]
    late = notices.here(meeting, meeting.place_of(district["钱玄黄"]))
    assert plain(late) == ("区政府常务会议 12月8日 14:30，已签到\n12月8日 14:40签到，迟到10分钟")
    missed = notices.here(meeting, meeting.place_of(district["孙宇宙"]))
    assert plain(missed) == ("区政府常务会议 12月8日 14:30，未签到\n签到已结束，已到会的请与会务人员联系。")


def test_the_sheet_says_who_came_for_whom_late_excused_and_missing() -> None:
    district, meeting = held()
    end(meeting, beijing("2026-12-08 16:30"))
    lapse_sign_in(meeting, beijing("2026-12-08 17:00"))
    said = {one.attendee.official.name: (one.outcome, one.remark) for one in lines(meeting, desk=True)}
    assert said == {
        "赵天地": ("到会", ""),
        "钱玄黄": ("迟到10分钟", ""),
        "孙宇宙": ("缺席", ""),
        "李洪荒": ("缺席", ""),
        "周日月": ("请假", "已由常务副区长 钱玄黄（代区长 赵天地）于12月3日 09:00准假"),
        "吴盈昃": ("缺席", ""),
        "王列张": ("派员到会", "某甲代会；卫冬藏更正"),
        "冯寒来": ("缺席", ""),
        "陈暑往": ("缺席", ""),
        "华果珍": ("缺席", ""),
        "郑辰宿": ("缺席", ""),
        "陶鳞潜": ("派员到会", "财政局副局长 姜羽翔代会"),
    }
    others = {one.outcome for one in lines(meeting, desk=False)}
    assert others == {"到会", "迟到10分钟", "请假", "派员到会", "未签到"}
    assert district["孙宇宙"].name == "孙宇宙"


def test_the_sheet_in_excel() -> None:
    _, meeting = held()
    end(meeting, beijing("2026-12-08 16:30"))
    lapse_sign_in(meeting, beijing("2026-12-08 17:00"))
    page = load_workbook(io.BytesIO(as_xlsx([worksheet(meeting, desk=True)]))).active
    assert page is not None
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0] == ["序号", "姓名", "职务", "身份", "情况", "签到时间", "备注"]
    assert rows[2][:5] == [2, "钱玄黄", "常务副区长", "出席", "迟到10分钟"]
    assert f"{rows[2][5]:%H:%M}" == "14:40"


def test_the_sheet_in_word() -> None:
    _, meeting = held()
    end(meeting, beijing("2026-12-08 16:30"))
    lapse_sign_in(meeting, beijing("2026-12-08 17:00"))
    values = fields(meeting, "区政府办公室", beijing("2026-12-08 17:00"), desk=True)
    document = Document(io.BytesIO(FORM.render(FORM.shipped, values)))
    text = [paragraph.text for paragraph in document.paragraphs]
    assert text[:3] == [
        "区政府常务会议\n签到表",
        "时间：2026年12月8日（周二）14:30至16:30\t地点：三楼会议室",
        "主持：区长 赵天地　应到7人，到会3人，迟到1人，请假1人，缺席3人；列席到会1/5人",
    ]
    assert text[-2:] == [
        "未过半数：应到7人，本人到会2人。（依据《工作规则》第四十九条）",
        "区政府办公室　2026年12月8日 17:00制表",
    ]
    table = document.tables[0]
    assert [len(table.rows), *(cell.text for cell in table.rows[2].cells)] == [
        13,
        "2",
        "钱玄黄",
        "常务副区长",
        "出席",
        "迟到10分钟",
        "14:40",
        "",
    ]


def test_the_shipped_template_knows_its_placeholders() -> None:
    FORM.check(FORM.shipped)
