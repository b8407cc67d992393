"""What the one who acts, the office's checklist and the papers read like, whole texts (art. 77, 7, 9)."""

import pytest

from notices.leave.acting import acting_lines, asked_to_act, declined, named
from notices.leave.card import card
from notices.leave.filing import to_file
from notices.leave.told import asked, with_papers
from notices.notice import Notice
from rules.acting import AskedToAct
from rules.approval import Decision
from rules.leave.acting import ask, aware, cannot
from rules.leave.filing import CANCELLED, CommitteeFiling
from rules.leave.matter import Leave, LeaveKind
from rules.leave.papers import LeavePaper
from rules.roster import Official
from tests.cast import Cast, beijing

NOW, LATER = beijing("2026-11-26 09:00"), beijing("2026-11-26 10:00")
DATES = "12月1日（周二）至12月3日（周四），共3天"
ANSWER = "请点「知悉」；确有困难的，请点「无法代为主持」并说明理由。"


@pytest.fixture
def cast() -> Cast:
    return Cast()


def shown(notice: Notice) -> str:
    buttons = "\n".join("".join(f"［{button.label}］" for button in row) for row in notice.buttons)
    return f"{notice.text}\n{buttons}" if buttons else str(notice.text)


def told(cast: Cast, applicant: Official, acting: Official) -> tuple[Leave, AskedToAct]:
    leave = cast.report(applicant, acting)
    one = ask(leave, DATES, NOW)
    assert one is not None
    return leave, one


def test_a_head_has_their_deputy_told(cast: Cast) -> None:
    leave, one = told(cast, cast.head, cast.deputy)
    assert shown(asked_to_act(leave, one)) == (
        "<b>冯寒来（财政局局长）拟外出 12月1日至3日，请您代为主持</b>\n"
        "时间：12月1日（周二）至12月3日（周四），共3天\n"
        "外出期间拟由您代为主持工作。（依据《工作规则》第七十七条）\n"
        "请点「知悉」；确有困难的，请点「无法代为主持」并说明理由。\n"
        "［知悉］［无法代为主持］"
    )
    aware(leave, cast.deputy, LATER)
    assert shown(asked_to_act(leave, one)) == (
        "<b>冯寒来（财政局局长）拟外出 12月1日至3日，由您代为主持</b>\n"
        "时间：12月1日（周二）至12月3日（周四），共3天\n"
        "外出期间拟由您代为主持工作。（依据《工作规则》第七十七条）\n"
        "您已于11月26日 10:00知悉。\n"
        "［无法代为主持］"
    )
    leave.decide(cast.vice, 0, Decision.AGREE, LATER)
    leave.decide(cast.mayor, 1, Decision.AGREE, LATER)
    assert shown(asked_to_act(leave, one)) == (
        "<b>冯寒来（财政局局长）外出 12月1日至3日，由您代为主持</b>\n"
        "时间：12月1日（周二）至12月3日（周四），共3天\n"
        "外出期间由您代为主持工作。（依据《工作规则》第七十七条）\n"
        "联系电话：13800000007\n"
        "报告已批准。您已于11月26日 10:00知悉。\n"
        "［无法代为主持］"
    )
    assert asked_to_act(leave, one).subject == "财政局局长 冯寒来外出期间的工作"


def test_a_vice_mayor_and_the_mayor(cast: Cast) -> None:
    leave, one = told(cast, cast.vice, cast.executive)
    assert "外出期间拟由您补位，代为处理有关工作。（依据《工作规则》第九条）" in shown(
        asked_to_act(leave, one)
    )
    leave, one = told(cast, cast.mayor, cast.executive)
    assert shown(asked_to_act(leave, one)) == (
        "<b>赵天地（区长）外出 12月1日至3日，请您主持工作</b>\n"
        "时间：12月1日（周二）至12月3日（周四），共3天\n"
        "外出期间由您主持区政府全面工作。（依据《工作规则》第七条）\n"
        "联系电话：13800000001\n"
        "请点「知悉」；确有困难的，请点「无法代为主持」并说明理由。\n"
        "［知悉］［无法代为主持］"
    )


def test_nothing_live_is_left_once_it_is_not_theirs_any_more(cast: Cast) -> None:
    leave, one = told(cast, cast.head, cast.deputy)
    leave.acting = cast.liaison
    assert shown(asked_to_act(leave, one)).endswith("\n已改由其他同志代为主持，您无需再办。")
    leave.acting = cast.deputy
    leave.withdraw(cast.head, LATER)
    assert shown(asked_to_act(leave, one)).endswith("\n报告已撤回，您无需再办。")


def test_who_cannot_act_is_read_by_all_concerned(cast: Cast) -> None:
    leave, one = told(cast, cast.head, cast.deputy)
    cannot(leave, cast.deputy, "<住院>", LATER)
    assert [str(line) for line in acting_lines(leave)] == [
        "代为主持：待另定",
        "财政局副局长 陈暑往无法代为主持：&lt;住院&gt;",
    ]
    [own] = declined(leave, one, cast.roster, anybody_else=True)
    assert (own.to, str(own.text)) == (
        cast.head,
        (
            "<b>您的外出 12月1日至3日，陈暑往无法代为主持</b>\n"
            "财政局副局长 陈暑往无法代为主持，理由：&lt;住院&gt;\n"
            "请另定一位同志。"
        ),
    )
    everybody = declined(leave, one, cast.roster, anybody_else=False)
    assert [notice.to for notice in everybody] == [
        cast.head,
        cast.director,
        cast.deputy_director,
        cast.clerk,
    ]
    assert str(everybody[1].text) == (
        "<b>冯寒来（财政局局长）外出 12月1日至3日，陈暑往无法代为主持</b>\n"
        "财政局副局长 陈暑往无法代为主持，理由：&lt;住院&gt;\n"
        "已没有其他同志可选，请协调。"
    )


def test_another_is_named(cast: Cast) -> None:
    leave, one = told(cast, cast.head, cast.deputy)
    cannot(leave, cast.deputy, "住院", LATER)
    leave.acting = cast.liaison
    [only] = named(leave, one.official, ["褚秋收尚未绑定账号"], cast.roster)
    assert (only.to, str(only.text)) == (
        cast.vice,
        (
            "<b>冯寒来（财政局局长）外出 12月1日至3日，改由褚秋收代为主持</b>\n"
            "代为主持：财政局办公室主任 褚秋收（原定财政局副局长 陈暑往）\n"
            "⚠️ 褚秋收尚未绑定账号"
        ),
    )
    leave.decide(cast.vice, 0, Decision.AGREE, LATER)
    leave.decide(cast.mayor, 1, Decision.AGREE, LATER)
    notices = named(leave, one.official, [], cast.roster)
    people = [cast.vice, cast.mayor, cast.director, cast.deputy_director, cast.clerk]
    assert [notice.to for notice in notices] == [*people, -500]
    assert {str(notice.text) for notice in notices[:-1]} == {
        (
            "<b>冯寒来（财政局局长）外出 12月1日至3日，改由褚秋收代为主持</b>\n"
            "代为主持：财政局办公室主任 褚秋收（原定财政局副局长 陈暑往）"
        )
    }
    assert str(notices[-1].text) == "<b>冯寒来（财政局局长）外出 12月1日至3日，改由褚秋收代为主持</b>"


def test_the_checklist_of_the_office(cast: Cast) -> None:
    leave = cast.report(cast.vice, cast.executive)
    filing = CommitteeFiling(DATES, NOW)
    filing.id = 3
    items = to_file(leave, filing, cast.roster)
    assert [notice.to for notice in items] == [cast.director, cast.deputy_director, cast.clerk]
    assert shown(items[0]) == (
        "<b>孙宇宙（副区长）外出 12月1日至3日，请向区委报备</b>\n"
        "时间：12月1日（周二）至12月3日（周四），共3天\n"
        "补位：常务副区长 钱玄黄\n"
        "请按要求向区委报备，办完请点「已报备」。（依据《工作规则》第七十七条）\n"
        "［已报备］"
    )
    assert items[0].buttons[0][0].data == "leave:12:filed:3"
    filing.tick(cast.clerk, cast.vice, LATER)
    assert shown(to_file(leave, filing, cast.roster)[0]) == (
        "<b>孙宇宙（副区长）外出 12月1日至3日，已向区委报备</b>\n"
        "时间：12月1日（周二）至12月3日（周四），共3天\n"
        "补位：常务副区长 钱玄黄\n"
        "已由区政府办公室科员 王列张于11月26日 10:00登记。"
    )
    off = CommitteeFiling(CANCELLED, NOW)
    off.id = 4
    assert shown(to_file(leave, off, cast.roster)[0]).startswith(
        "<b>孙宇宙（副区长）外出，请向区委报备</b>\n"
        "原已报备的外出取消\n"
        "请按要求向区委报备，办完请点「已报备」。（依据《工作规则》第七十七条）\n"
        "［已报备］"
    )
    off.dropped_at = LATER
    assert shown(to_file(leave, off, cast.roster)[0]).startswith(
        "<b>孙宇宙（副区长）外出，无需向区委报备</b>"
    )


def test_the_director_does_not_get_their_own(cast: Cast) -> None:
    filing = CommitteeFiling(DATES, NOW)
    filing.id = 3
    items = to_file(cast.report(cast.director, cast.deputy_director), filing, cast.roster)
    assert [notice.to for notice in items] == [cast.deputy_director, cast.clerk]


def test_papers_number_and_remarks_stand_on_the_card(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    leave.kind, leave.abroad_approval = LeaveKind.VISIT_ABROAD, "外审〔2026〕12号"
    leave.papers = [LeavePaper("A", "通知.pdf"), LeavePaper("B", "照片.jpg", photo=True)]
    leave.remarks = ["陈暑往同期已报外出"]
    assert str(card(leave)).split("\n")[2:10] == [
        "外事批号：外审〔2026〕12号",
        "时间：12月1日（周二）至12月3日（周四），共3天",
        "地点：济南",
        "事由：参加全省财政工作会议",
        "代为主持：财政局副局长 陈暑往",
        "电话：13800000007",
        "材料：《通知.pdf》、《照片.jpg》",
        "⚠️ 陈暑往同期已报外出",
    ]
    assert "⚠️ 陈暑往同期已报外出" in str(card(leave))
    assert leave.waiting is not None
    (first,) = with_papers(asked(leave.waiting, leave), leave)
    assert shown(first).endswith(
        "\n［同意］［不同意］［退回修改］\n［同意并附言］［征求意见］\n［材料（2件）］"
    )
    assert [(str(a.caption), a.name, a.file_id, a.photo) for a in first.files] == [
        ("财政局局长 冯寒来的请假材料", "通知.pdf", "A", False),
        ("财政局局长 冯寒来的请假材料", "照片.jpg", "B", True),
    ]
