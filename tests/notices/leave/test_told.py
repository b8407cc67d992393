"""What each person reads of a leave, whole texts (art. 7, 9, 77)."""

from datetime import date

import pytest

from notices.leave import told as notices
from notices.leave.card import card, own_buttons
from notices.leave.words import dates_of
from notices.notice import Notice
from rules.approval import Decision
from rules.dates.reading import Half
from rules.leave.matter import Leave
from tests.cast import Cast, beijing

TEN, ELEVEN = beijing("2026-11-26 10:00"), beijing("2026-11-26 11:00")
RETURNED = beijing("2026-12-03 17:00")
GROUP = -500


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def leave(cast: Cast) -> Leave:
    return cast.report(cast.head, cast.deputy)


@pytest.fixture
def approved(cast: Cast, leave: Leave) -> Leave:
    leave.decide(cast.vice, 0, Decision.AGREE, TEN)
    leave.decide(cast.mayor, 1, Decision.AGREE, ELEVEN, "注意安全")
    return leave


def read(sent: list[Notice]) -> dict[str, str]:
    """Each text by who reads it; nobody may read two."""
    texts = {to(notice): str(notice.text) for notice in sent}
    assert len(texts) == len(sent)
    return texts


def to(notice: Notice) -> str:
    return "群" if isinstance(notice.to, int) else notice.to.name


def labels(notice: Notice) -> list[str]:
    return [button.label for row in notice.buttons for button in row]


WHEN = "时间：12月1日（周二）至12月3日（周四），共3天\n"
FACTS = f"""\
类别：出差
{WHEN}地点：济南
事由：参加全省财政工作会议
代为主持：财政局副局长 陈暑往
电话：13800000007
"""


def test_the_approver_sees_every_fact_and_the_buttons(leave: Leave) -> None:
    assert leave.waiting is not None
    notice = notices.asked(leave.waiting, leave)
    assert str(notice.text) == (
        "<b>冯寒来（财政局局长）请假 12月1日至3日，请您审批</b>\n"
        f"{FACTS}"
        "审批：●孙 → ○赵\n"
        "（依据《工作规则》第七十七条）"
    )
    assert labels(notice) == ["同意", "不同意", "退回修改", "同意并附言", "征求意见"]
    assert notice.buttons[0][0].data == "leave:12:agree:0"
    assert (notice.card, notice.subject) == ("leave:12:0", "财政局局长 冯寒来的请假报告待审批")


def test_an_urgent_report_says_so_and_why(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy, urgent_reason="接<省里>通知")
    lines = str(card(leave)).split("\n")
    assert lines[0] == "<b>冯寒来（财政局局长）紧急请假 12月1日至3日，待孙宇宙审批</b>"
    assert "紧急理由：接&lt;省里&gt;通知" in lines


def test_one_step_further(cast: Cast, leave: Leave) -> None:
    leave.decide(cast.vice, 0, Decision.AGREE, TEN)
    assert read(notices.agreed(leave)) == {
        "赵天地": (
            "<b>冯寒来（财政局局长）请假 12月1日至3日，请您审批</b>\n"
            f"{FACTS}"
            "审批：✓孙 11月26日 10:00 → ●赵\n"
            "（依据《工作规则》第七十七条）"
        ),
    }


def test_approved_each_reads_what_concerns_them(cast: Cast, approved: Leave) -> None:
    assert read(notices.approved(approved, cast.roster)) == {
        "冯寒来": (
            "<b>您的请假 12月1日至3日，赵天地已同意</b>\n"
            f"{WHEN}"
            "代为主持：财政局副局长 陈暑往\n"
            "意见：注意安全\n"
            "请保持通信联络畅通，确保24小时能随时取得联系；返回后发「销假」。（依据《工作规则》第七十七条）"
        ),
        "陈暑往": (
            "<b>冯寒来（财政局局长）外出 12月1日至3日，由您代为主持</b>\n"
            f"{WHEN}"
            "外出期间由您代为主持工作。（依据《工作规则》第七十七条）\n"
            "联系电话：13800000007"
        ),
        "吴盈昃": (
            "<b>冯寒来（财政局局长）请假 12月1日至3日，已批准</b>\n"
            f"{FACTS}"
            "审批：✓孙 11月26日 10:00 → ✓赵 11:00\n"
            "区长 赵天地意见：注意安全"
        ),
        "郑辰宿": (
            "<b>冯寒来（财政局局长）请假 12月1日至3日，已批准</b>\n"
            f"{FACTS}"
            "审批：✓孙 11月26日 10:00 → ✓赵 11:00\n"
            "区长 赵天地意见：注意安全"
        ),
        "王列张": (
            "<b>冯寒来（财政局局长）请假 12月1日至3日，已批准</b>\n"
            f"{FACTS}"
            "审批：✓孙 11月26日 10:00 → ✓赵 11:00\n"
            "区长 赵天地意见：注意安全"
        ),
        "群": "<b>冯寒来（财政局局长）外出 12月1日至3日，由陈暑往代为主持工作</b>",
    }


def test_a_vice_mayors_substitute_and_the_report_to_the_committee(cast: Cast) -> None:
    leave = cast.report(cast.vice, cast.executive)
    leave.decide(cast.mayor, 0, Decision.AGREE, TEN)
    texts = read(notices.approved(leave, cast.roster))
    assert texts["孙宇宙"] == (
        "<b>您的请假 12月1日至3日，赵天地已同意</b>\n"
        f"{WHEN}"
        "补位：常务副区长 钱玄黄\n"
        "请按要求向区委报备。\n"
        "请保持通信联络畅通，确保24小时能随时取得联系；返回后发「销假」。（依据《工作规则》第七十七条）"
    )
    assert texts["钱玄黄"] == (
        "<b>孙宇宙（副区长）外出 12月1日至3日，由您补位</b>\n"
        f"{WHEN}"
        "外出期间由您补位，代为处理有关工作。（依据《工作规则》第九条）\n"
        "联系电话：13800000003"
    )
    assert texts["王列张"].endswith("\n审批：✓赵 11月26日 10:00")


def test_the_mayors_leave_tells_who_presides(cast: Cast) -> None:
    leave = cast.report(cast.mayor, cast.executive)
    texts = read(notices.approved(leave, cast.roster))
    assert sorted(texts) == sorted(["钱玄黄", "吴盈昃", "郑辰宿", "王列张"])
    assert texts["钱玄黄"] == (
        "<b>赵天地（区长）外出 12月1日至3日，由您主持工作</b>\n"
        f"{WHEN}"
        "外出期间由您主持区政府全面工作。（依据《工作规则》第七条）\n"
        "联系电话：13800000001"
    )


def test_the_mayor_may_name_another_vice_mayor(cast: Cast) -> None:
    texts = read(notices.approved(cast.report(cast.mayor, cast.vice), cast.roster))
    assert texts["孙宇宙"].split("\n")[1] == "时间：12月1日（周二）至12月3日（周四），共3天"
    assert texts["钱玄黄"] == (
        "<b>赵天地（区长）外出 12月1日至3日，由孙宇宙主持工作</b>\n"
        f"{WHEN}"
        "外出期间指定副区长 孙宇宙主持区政府工作。（依据《工作规则》第七条）"
    )


def test_declined(cast: Cast, leave: Leave) -> None:
    leave.decide(cast.vice, 0, Decision.AGREE, TEN)
    approval = leave.decide(cast.mayor, 1, Decision.DECLINE, ELEVEN, "会期冲突")
    assert read(notices.declined(approval, leave)) == {
        "冯寒来": ("<b>您的请假 12月1日至3日，未获同意</b>\n区长 赵天地不同意。\n理由：会期冲突"),
        "孙宇宙": "<b>冯寒来（财政局局长）请假 12月1日至3日，未获同意</b>",
    }


def test_sent_back(cast: Cast, leave: Leave) -> None:
    approval = leave.decide(cast.vice, 0, Decision.SEND_BACK, TEN, "请改期")
    assert read(notices.sent_back(approval, leave)) == {
        "冯寒来": (
            "<b>您的请假 12月1日至3日，请修改后再报</b>\n"
            "副区长 孙宇宙退回修改。\n"
            "意见：请改期\n"
            "原填内容已保留，改好后重新提交即可。"
        ),
    }
    assert str(card(leave)).endswith("\n副区长 孙宇宙意见：请改期")


def test_withdrawn_before_the_decision_concerns_the_approver_only(cast: Cast, leave: Leave) -> None:
    leave.withdraw(cast.head, TEN)
    told = notices.withdrawn(leave, [cast.vice], stood=False, roster=cast.roster)
    assert read(told) == {
        "孙宇宙": "<b>冯寒来（财政局局长）请假 12月1日至3日，已撤回，无需再办</b>",
    }


def test_withdrawn_after_it_all_who_were_told(cast: Cast, approved: Leave) -> None:
    approved.withdraw(cast.head, ELEVEN)
    told = notices.withdrawn(approved, [cast.vice, cast.mayor], stood=True, roster=cast.roster)
    assert read(told) == {
        "孙宇宙": "<b>冯寒来（财政局局长）请假 12月1日至3日，已撤回，原定外出取消</b>",
        "赵天地": "<b>冯寒来（财政局局长）请假 12月1日至3日，已撤回，原定外出取消</b>",
        "陈暑往": "<b>冯寒来（财政局局长）请假 12月1日至3日，已撤回，原定外出取消</b>",
        "吴盈昃": "<b>冯寒来（财政局局长）请假 12月1日至3日，已撤回，原定外出取消</b>",
        "郑辰宿": "<b>冯寒来（财政局局长）请假 12月1日至3日，已撤回，原定外出取消</b>",
        "王列张": "<b>冯寒来（财政局局长）请假 12月1日至3日，已撤回，原定外出取消</b>",
        "群": "<b>冯寒来（财政局局长）外出 12月1日至3日，已取消</b>",
    }


def test_the_return_is_asked_for_and_confirmed(cast: Cast, approved: Leave) -> None:
    nudge = notices.return_nudge(approved, over=False)
    assert str(nudge.text) == (
        "<b>您的假期，今天结束，返回后请销假</b>\n"
        f"{WHEN}"
        "返回后请点「销假」；不能按时返回的，请点「续假」。（依据《工作规则》第七十七条）"
    )
    assert labels(nudge) == ["销假", "续假", "变更", "报告单"]
    late = notices.return_nudge(approved, over=True)
    assert str(late.text).split("\n")[0] == "<b>您的假期，已于12月3日结束，请销假</b>"
    approved.report_back(cast.head, RETURNED)
    assert read(notices.returned(approved, [], cast.roster, 0)) == {
        "冯寒来": "<b>您的请假，已于12月3日 17:00销假</b>\n欢迎返岗。",
        "孙宇宙": "<b>冯寒来（财政局局长）请假，已于12月3日 17:00销假</b>",
        "赵天地": "<b>冯寒来（财政局局长）请假，已于12月3日 17:00销假</b>",
        "陈暑往": ("<b>冯寒来（财政局局长）请假，已于12月3日 17:00销假</b>\n您的代为主持到此结束。"),
        "吴盈昃": "<b>冯寒来（财政局局长）请假，已于12月3日 17:00销假</b>",
        "郑辰宿": "<b>冯寒来（财政局局长）请假，已于12月3日 17:00销假</b>",
        "王列张": "<b>冯寒来（财政局局长）请假，已于12月3日 17:00销假</b>",
        "群": "冯寒来（财政局局长）已返回岗位。",
    }


def test_the_group_never_reads_reason_place_or_phone(cast: Cast, approved: Leave) -> None:
    sent = notices.approved(approved, cast.roster)
    approved.report_back(cast.head, RETURNED)
    sent += notices.returned(approved, [], cast.roster, 0)
    told = [notice.text for notice in sent if notice.to == GROUP]
    assert len(told) == 2, "of the leave, and of the return"
    for text in told:
        assert not any(word in text for word in ("济南", "会议", "138", "出差", "意见"))


def test_an_approver_who_left(cast: Cast, leave: Leave) -> None:
    leave.approvals[0].approver = cast.executive
    cast.vice.left_at = TEN
    told = read(notices.passed_on(leave, cast.vice))
    assert told["冯寒来"] == ("<b>您的请假 12月1日至3日，转由钱玄黄审批</b>\n副区长 孙宇宙已离任。")
    assert told["钱玄黄"].startswith(
        "<b>冯寒来（财政局局长）请假 12月1日至3日，请您审批</b>\n"
        "<i>副区长 孙宇宙已离任，这份请假报告转您审批。</i>"
    )
    nobody = read(notices.nobody_left(leave, cast.vice, cast.roster))
    assert nobody["王列张"] == (
        "<b>冯寒来（财政局局长）请假 12月1日至3日，暂时无人审批，请处理</b>\n"
        "副区长 孙宇宙已离任。请补齐花名册或另行请示。"
    )
    assert nobody["冯寒来"] == (
        "<b>您的请假 12月1日至3日，暂时无人审批</b>\n副区长 孙宇宙已离任，已告区政府办公室。"
    )


def test_who_acts_or_applied_left(cast: Cast, approved: Leave) -> None:
    told = read(notices.acting_left(approved, cast.deputy, cast.roster))
    assert told["冯寒来"].startswith("<b>您的请假 12月1日至3日，请另定代为主持的同志</b>")
    cast.deputy.left_at = TEN
    told = read(notices.acting_left(approved, cast.deputy, cast.roster))
    assert told["冯寒来"] == (
        "<b>您的请假 12月1日至3日，请另定代为主持的同志</b>\n"
        "财政局副局长 陈暑往已离任，外出期间须另定代为主持工作的同志。"
        "（依据《工作规则》第七十七条）请发「我的」，点「变更」。"
    )
    lapsed = read(notices.lapsed(approved, [cast.vice], stood=True, roster=cast.roster))
    assert sorted(lapsed) == sorted(["孙宇宙", "陈暑往", "吴盈昃", "郑辰宿", "王列张"])
    assert lapsed["孙宇宙"] == "<b>冯寒来（财政局局长）请假 12月1日至3日，已离任，报告终止，无需再办</b>"


def test_dates_within_a_sentence(cast: Cast) -> None:
    day, next_year = date(2026, 12, 31), date(2027, 1, 4)
    said = [
        dates_of(cast.report(cast.liaison, start=start, end=end))
        for start, end in (
            ((day, Half.AM), (day, Half.PM)),
            ((day, Half.PM), (day, Half.PM)),
            ((day, Half.PM), (next_year, Half.AM)),
        )
    ]
    assert said == ["12月31日", "12月31日下午", "12月31日下午至2027年1月4日上午"]


def test_the_applicants_own_card_offers_what_they_may_do(cast: Cast, leave: Leave) -> None:
    def words(*, begun: bool) -> list[str]:
        return [button.label for row in own_buttons(leave, begun=begun) for button in row]

    assert words(begun=False) == ["催办", "变更", "撤回"]
    leave.decide(cast.vice, 0, Decision.SEND_BACK, TEN, "请改期")
    assert words(begun=False) == ["修改", "撤回"]
