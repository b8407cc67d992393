"""What people read of a request to call back, whole texts."""

from datetime import timedelta

import pytest

from notices import reach as notices
from notices.notice import Notice, State, Urgency
from rules.reach import CallRequest, Ending, ask
from rules.reach_terms import ReachTerms
from tests.cast import Cast, beijing

NIGHT = beijing("2026-12-02 23:50")
DUE = beijing("2026-12-03 00:20")


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def call(cast: Cast) -> CallRequest:
    leave = cast.report(cast.head, cast.deputy)
    made = ask(cast.clerk, cast.head, leave=leave, before=None, terms=ReachTerms(), now=NIGHT)
    made.id = 3
    return made


def labels(notice: Notice) -> list[str]:
    return [button.label for row in notice.buttons for button in row]


def test_the_one_who_is_asked(call: CallRequest) -> None:
    notice = notices.own(call)
    assert str(notice.text) == (
        "<b>王列张（区政府办公室科员），请您尽快回电</b>\n"
        "电话：13800000006\n"
        "请于12月3日 00:20前点「已收到，马上回电」。（依据《工作规则》第七十七条）"
    )
    assert labels(notice) == ["已收到，马上回电"]
    assert (notice.card, notice.subject, notice.urgency) == ("call:3", "请回电", Urgency.ANSWER)
    assert notice.buttons[0][0].data == "call:3:answer"


def test_the_office_while_it_waits(cast: Cast, call: CallRequest) -> None:
    notice = notices.office(call, cast.clerk)
    assert str(notice.text) == (
        "<b>请冯寒来（财政局局长）回电，等待回应</b>\n"
        "电话：13800000007\n"
        "发出：12月2日 23:50，区政府办公室科员 王列张\n"
        "限12月3日 00:20前回应"
    )
    assert labels(notice) == ["已联系上", "撤回"]


def test_the_desk_when_there_is_no_answer(cast: Cast, call: CallRequest) -> None:
    call.run_out(DUE)
    used = [("短信", State.SENT), ("139邮箱", State.WAITING), ("钉钉群", State.FAILED)]
    told = notices.desk(call, cast.roster, used)
    assert [notice.to for notice in told] == [cast.director, cast.deputy_director, cast.clerk]
    assert {str(notice.text) for notice in told} == {
        (
            "<b>请冯寒来（财政局局长）回电，未回应</b>\n"
            "电话：13800000007\n"
            "发出：12月2日 23:50，区政府办公室科员 王列张\n"
            "其他渠道：短信已发出、139邮箱正在发送、钉钉群未发出\n"
            "请直接致电；联系上后请点「已联系上」。"
        )
    }
    assert labels(told[0]) == ["已联系上", "再次请回电", "撤回"]
    assert str(notices.own_text(call)).endswith(
        "\n已过12月3日 00:20，请立即点「已收到，马上回电」并回电。（依据《工作规则》第七十七条）"
    )


def test_a_tap_in_time_and_a_late_one(cast: Cast, call: CallRequest) -> None:
    call.answer(cast.head, NIGHT)
    assert str(notices.answered(call).text) == "<b>冯寒来（财政局局长）已收到，马上回电</b>"
    assert str(notices.own_text(call)).endswith("\n您已于12月2日 23:50回应。")
    assert (notices.own_buttons(call), notices.office_buttons(call)) == ((), ())
    call.answered_at = DUE + timedelta(minutes=85)
    assert (
        str(notices.answered(call).text) == "<b>冯寒来（财政局局长）已收到，马上回电（超时1小时25分钟）</b>"
    )
    assert str(notices.office_text(call)).endswith("\n回应：12月3日 01:45（超时1小时25分钟）")


def test_what_the_office_entered(cast: Cast, call: CallRequest) -> None:
    call.end(cast.director, Ending.PHONED, DUE)
    assert str(notices.office_text(call)).split("\n")[0] == "<b>请冯寒来（财政局局长）回电，已电话联系上</b>"
    assert str(notices.office_text(call)).endswith("\n已电话联系上：12月3日 00:20，区政府办公室主任 吴盈昃")
    assert str(notices.own_text(call)).endswith("\n区政府办公室已与您电话联系上，不必再点。")


def test_without_any_number(cast: Cast, call: CallRequest) -> None:
    call.phone = cast.clerk.phone = ""
    assert "电话：（花名册未登记）" in str(notices.office_text(call))
    assert "电话：花名册未登记" in str(notices.own_text(call))


def test_the_button_on_a_leave_that_stands(cast: Cast) -> None:
    leave = cast.report(cast.head, cast.deputy)
    assert notices.leave_button(leave) == ()
    mayors = cast.report(cast.mayor, cast.executive)
    assert [button.label for row in notices.leave_button(mayors) for button in row] == ["请回电"]
