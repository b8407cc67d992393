"""What each person reads of a changed or extended leave, whole texts (art. 77)."""

from datetime import date

import pytest

from notices.leave import change as notices
from notices.leave import told as words
from notices.leave.card import card, own_buttons
from notices.leave.told import return_at
from notices.notice import Notice
from rules.approval import Decision
from rules.dates.reading import Half, HalfDaySpan
from rules.leave.change import Change, ChangeKind, Wish
from rules.leave.life import propose, withdraw_change
from rules.leave.matter import Leave
from rules.leave.routes import LeaveRoutes
from rules.roster import Official
from tests.cast import Cast, beijing

TEN, ELEVEN, NOON = (beijing(f"2026-11-26 {hour}:00") for hour in (10, 11, 12))
LATER = HalfDaySpan(date(2026, 12, 2), Half.AM, date(2026, 12, 4), Half.PM)
LONGER = HalfDaySpan(date(2026, 12, 1), Half.AM, date(2026, 12, 5), Half.PM)
MOVED = "时间由12月1日至12月3日改为12月2日至12月4日"


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def leave(cast: Cast) -> Leave:
    leave = cast.report(cast.head, cast.deputy)
    leave.decide(cast.vice, 0, Decision.AGREE, TEN)
    leave.decide(cast.mayor, 1, Decision.AGREE, TEN)
    return leave


def wish(
    cast: Cast, leave: Leave, span: HalfDaySpan, acting: Official, kind: ChangeKind = ChangeKind.CHANGE
) -> Change:
    route = LeaveRoutes().route(leave.applicant, cast.roster)
    return propose(leave, leave.applicant, Wish(kind, span, acting, "会议<改期>"), route, ELEVEN)


def read(sent: list[Notice]) -> dict[str, str]:
    """Each text by who reads it; nobody may read two."""
    texts = {"群" if isinstance(n.to, int) else n.to.name: str(n.text) for n in sent}
    assert len(texts) == len(sent)
    return texts


def test_approvers_see_old_and_new(cast: Cast, leave: Leave) -> None:
    change = wish(cast, leave, LATER, cast.liaison)
    assert leave.waiting is not None
    assert str(words.asked(leave.waiting, leave).text) == (
        "<b>冯寒来（财政局局长）请假变更 12月2日至4日，请您审批</b>\n"
        "<i>您此前已于11月26日 10:00同意。</i>\n"
        "<b>变更：时间由12月1日至3日改为12月2日至4日，"
        "代为主持由财政局副局长 陈暑往改为财政局办公室主任 褚秋收</b>\n"
        "变更理由：会议&lt;改期&gt;\n"
        "类别：出差\n"
        "时间：12月1日（周二）至12月3日（周四），共3天\n"
        "地点：济南\n"
        "事由：参加全省财政工作会议\n"
        "代为主持：财政局副局长 陈暑往\n"
        "电话：13800000007\n"
        "审批：✓孙 11月26日 10:00 → ✓赵 10:00\n"
        "变更审批：●孙 → ○赵\n"
        "（依据《工作规则》第七十七条）"
    )
    assert notices.submitted(change, leave) == (
        "请假变更申请已提交，现送副区长 孙宇宙审批。\n批准之前，仍按原定安排。"
    )
    labels = [button.label for row in own_buttons(leave, begun=False) for button in row]
    assert labels[:3] == ["催办", "撤回变更", "撤回"]


def test_once_through_everybody_hears_what_is_different(cast: Cast, leave: Leave) -> None:
    change = wish(cast, leave, LATER, cast.liaison)
    first = leave.decide(cast.vice, 2, Decision.AGREE, ELEVEN)
    assert str(notices.step(first, change, leave).text) == (
        "<b>您的请假变更 12月2日至4日，孙宇宙已同意，现送赵天地审批</b>"
    )
    last = leave.decide(cast.mayor, 3, Decision.AGREE, NOON, "可")
    assert read(notices.in_force(change, leave, cast.roster, by=last)) == {
        "冯寒来": (
            "<b>您的请假变更 12月2日至4日，赵天地已同意</b>\n"
            "时间：12月2日（周三）至12月4日（周五），共3天\n"
            "意见：可\n"
            "返回后发「销假」。（依据《工作规则》第七十七条）"
        ),
        "陈暑往": "<b>冯寒来（财政局局长）外出 12月2日至4日，改由褚秋收代为主持，您无需再办</b>",
        "吴盈昃": (
            "<b>冯寒来（财政局局长）外出安排变更 12月2日至4日</b>\n"
            "时间由12月1日至3日改为12月2日至4日，代为主持由财政局副局长 陈暑往改为财政局办公室主任 褚秋收。"
        ),
        "郑辰宿": (
            "<b>冯寒来（财政局局长）外出安排变更 12月2日至4日</b>\n"
            "时间由12月1日至3日改为12月2日至4日，代为主持由财政局副局长 陈暑往改为财政局办公室主任 褚秋收。"
        ),
        "王列张": (
            "<b>冯寒来（财政局局长）外出安排变更 12月2日至4日</b>\n"
            "时间由12月1日至3日改为12月2日至4日，代为主持由财政局副局长 陈暑往改为财政局办公室主任 褚秋收。"
        ),
        "群": (
            "<b>冯寒来（财政局局长）外出安排变更 12月2日至4日</b>\n"
            "时间由12月1日至3日改为12月2日至4日，代为主持由财政局副局长 陈暑往改为财政局办公室主任 褚秋收。"
        ),
    }
    assert str(card(leave)).endswith(
        "审批：✓孙 11月26日 10:00 → ✓赵 10:00\n"
        "变更（11月26日 12:00）：时间由12月1日至3日改为12月2日至4日，"
        "代为主持由财政局副局长 陈暑往改为财政局办公室主任 褚秋收\n"
        "变更审批：✓孙 11月26日 11:00 → ✓赵 12:00\n"
        "区长 赵天地意见：可"
    )


def test_another_to_act_is_told_to_those_who_approved(cast: Cast, leave: Leave) -> None:
    change = wish(cast, leave, leave.span, cast.liaison)
    texts = read(notices.in_force(change, leave, cast.roster))
    assert sorted(texts) == sorted(["孙宇宙", "赵天地", "陈暑往", "吴盈昃", "郑辰宿", "王列张", "群"])
    assert {texts[name] for name in ("孙宇宙", "赵天地", "王列张", "群")} == {
        (
            "<b>冯寒来（财政局局长）外出安排变更 12月1日至3日</b>\n"
            "代为主持由财政局副局长 陈暑往改为财政局办公室主任 褚秋收。"
        )
    }
    assert notices.submitted(change, leave) == (
        "已变更，并已告知有关同志。\n更换主持工作的同志不需审批，报告即可。（依据《工作规则》第七十七条）"
    )


def test_refused_or_taken_back_the_old_stands(cast: Cast, leave: Leave) -> None:
    change = wish(cast, leave, LONGER, cast.deputy, ChangeKind.EXTENSION)
    leave.decide(cast.vice, 2, Decision.AGREE, ELEVEN)
    refusal = leave.decide(cast.mayor, 3, Decision.DECLINE, NOON, "会期未变")
    longer = "时间由12月1日至3日改为12月1日至5日"
    assert read(notices.refused(refusal, change, leave)) == {
        "冯寒来": (
            "<b>您的续假 12月1日至5日，未获同意</b>\n"
            "时间由12月1日至3日改为12月1日至5日\n"
            "理由：会期未变（区长 赵天地）\n"
            "仍按原定时间：12月1日（周二）至12月3日（周四），共3天"
        ),
        "孙宇宙": (
            "<b>冯寒来（财政局局长）续假 12月1日至5日，未获同意</b>\n"
            "时间由12月1日至3日改为12月1日至5日（区长 赵天地）"
        ),
    }
    assert f"续假（11月26日 12:00，不同意）：{longer}" in str(card(leave))
    again = wish(cast, leave, LATER, cast.deputy)
    withdraw_change(leave, cast.head, NOON)
    assert read(notices.taken_back(again, leave, [cast.vice])) == {
        "孙宇宙": (
            "<b>冯寒来（财政局局长）请假变更，已撤回，无需再办</b>\n"
            "时间由12月1日至3日改为12月2日至4日；仍按原定时间外出。"
        )
    }


def test_the_office_hears_of_silence_and_of_a_late_return(cast: Cast, leave: Leave) -> None:
    assert read(words.overdue(leave, cast.roster))["王列张"] == (
        "<b>冯寒来（财政局局长）请假 12月1日至3日，到期未销假，请联系</b>\n电话：13800000007"
    )
    wish(cast, leave, LONGER, cast.deputy, ChangeKind.EXTENSION)
    assert leave.waiting is not None
    assert read(words.overdue(leave, cast.roster))["王列张"].endswith(
        "\n本人已申请续假，待副区长 孙宇宙审批。"
    )
    assert read(words.silent(leave.waiting, leave, cast.roster))["王列张"] == (
        "<b>冯寒来（财政局局长）续假 12月1日至3日，久未审批，请协助提醒</b>\n"
        "送副区长 孙宇宙已两个工作日，尚未审批。\n"
        "电话：13800000003"
    )


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-12-01 09:00", "（提前2天）"),
        ("2026-12-03 20:00", ""),
        ("2026-12-05 09:00", "（逾期1天）"),
    ],
)
def test_a_return_says_how_early_or_late_it_is(cast: Cast, leave: Leave, at: str, said: str) -> None:
    leave.report_back(cast.head, beijing(at))
    local = at[5:].replace("-", "月").replace(" ", "日 ").replace("月0", "月")
    late = 1 if "逾期" in said else 0
    assert str(card(leave, late)).endswith(f"销假：{local}{said}")
    assert read(words.returned(leave, [], cast.roster, late))["王列张"] == (
        f"<b>冯寒来（财政局局长）请假，已于{local}销假{said}</b>"
    )


def test_a_moved_reminder(cast: Cast, leave: Leave) -> None:
    assert str(notices.moved(leave, ["销假提醒由A改为B"]).text) == (
        "<b>您的请假 12月1日至3日，放假安排有调整</b>\n销假提醒由A改为B"
    )
    assert return_at("2027年1月4日（周一）18:00", 2027) == (
        "销假提醒：2027年1月4日（周一）18:00（暂定，2027年放假安排尚未公布）。"
    )


def test_before_approval_those_are_told_who_have_no_fresh_card(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    leave.decide(cast.vice, 0, Decision.AGREE, TEN)
    acting = wish(cast, leave, leave.span, cast.liaison)
    assert sorted(read(notices.in_force(acting, leave, cast.roster))) == sorted(
        ["孙宇宙", "赵天地", "陈暑往"]
    )
    dates = wish(cast, leave, LATER, cast.liaison)
    assert read(notices.in_force(dates, leave, cast.roster)) == {}  # the vice mayor has a fresh card
    assert notices.submitted(dates, leave) == "已变更，请假报告重新送副区长 孙宇宙审批。"
