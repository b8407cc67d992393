"""What a sentence or a reply is answered with, word for word."""

import pytest

from notices.notice import Button, Notice
from notices.sentences import told
from rules.roster import Official, Role, Unit, UnitKind

OFFICIAL = Official(
    "陶鳞潜", Unit("财政局", "千文区财政局", UnitKind.DEPARTMENT), "财政局局长", Role.UNIT_HEAD
)
OFFICIAL.id = 3
AGREE = Button("同意", "leave:12:agree:0")
REMARK = Button("留言", "remark:leave:12")
DECLINE = Button("不同意", "leave:12:decline:0")
LEAVE = "姜羽翔12月8日至12月9日的请假"


def shown(notice: Notice) -> str:
    rows = ["".join(f"[{button.label}]" for button in row) for row in notice.buttons]
    return "\n".join([str(notice.text), *rows])


def data(notice: Notice) -> list[str]:
    return [button.data for row in notice.buttons for button in row]


def test_what_is_not_understood_gets_the_way_to_the_menu() -> None:
    assert shown(told.unsure(OFFICIAL, "你好", [], 7)) == (
        "没看懂您的意思。请点“菜单”选要办的事，或发“帮助”看怎么写。\n[菜单][帮助]"
    )


def test_what_may_be_meant_is_offered_and_takes_the_words_along() -> None:
    notice = told.unsure(OFFICIAL, "不请假了 <b>", ["请假", "我的"], 7)
    assert shown(notice) == (
        "还不能确定您要办什么，什么也没有办。要办的请点下面的按钮；都不是的，请点“菜单”。\n"
        "您写的是：不请假了 &lt;b&gt;\n[请假][我的]\n[菜单]"
    )
    assert data(notice) == ["say:7:请假", "say:7:我的", "menu:menu"]


def test_one_button_is_asked_about_with_the_name_of_the_matter() -> None:
    notice = told.ask(OFFICIAL, 7, AGREE, LEAVE, "", taken=False)
    assert shown(notice) == f"「同意」{LEAVE}？\n[是][否]"
    assert data(notice) == ["yes:7:leave:12:agree:0", "no:7"]
    assert (notice.card, notice.of) == ("ask:3:7", "leave:12")


def test_a_reason_goes_along_and_a_remark_that_cannot_is_said_not_to() -> None:
    assert shown(told.ask(OFFICIAL, 7, DECLINE, LEAVE, "会期冲突", taken=True)) == (
        f"「不同意」{LEAVE}？\n您写的是：会期冲突\n[是][否]"
    )
    assert shown(told.ask(OFFICIAL, 7, AGREE, LEAVE, "注意安全", taken=False)) == (
        f"「同意」{LEAVE}？\n（这个按钮不带附言，“注意安全”不会发出。）\n[是][否]"
    )


def test_of_several_one_is_chosen() -> None:
    options = [(AGREE, LEAVE), (Button("同意", "leave:13:agree:0"), "杨调阳12月10日的请假")]
    notice = told.choose(OFFICIAL, 7, "同意", options, "")
    assert shown(notice) == (
        "“同意”可以是下面几件，点哪一件，就办哪一件；都不是的，请点“都不是”。\n"
        f"[同意：{LEAVE}]\n[同意：杨调阳12月10日的请假]\n[都不是]"
    )
    many = told.choose(OFFICIAL, 7, "同意", options * 5, "")
    assert "只列了前8件，其余请发“待办”逐件办理。" in many.text
    assert len(many.buttons) == 9


def test_any_other_words_offer_themselves_as_the_reason() -> None:
    assert shown(told.as_words(OFFICIAL, 7, LEAVE, [DECLINE, REMARK], "会期冲突", "leave:1")) == (
        f"{LEAVE}：这是哪一项的理由或意见？\n点一下即办；都不是的，请点“都不是”。\n"
        "您写的是：会期冲突\n[不同意]\n[留言]\n[都不是]"
    )


@pytest.mark.parametrize(
    ("notice", "text"),
    [
        (
            told.gone(OFFICIAL, "同意", LEAVE),
            f"{LEAVE}：现在没有可点的「同意」，可能已经办过，或者不再等您。请发“待办”看还有什么等您办。\n[待办]",
        ),
        (told.nothing_waits(OFFICIAL, "同意"), "现在没有等您「同意」的事项。\n[待办][菜单]"),
        (told.tap_it(OFFICIAL), "请点上面问题下的按钮，写字不作数。"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(notice: Notice, text: str) -> None:
    assert shown(notice) == text


def test_the_question_says_what_came_of_it() -> None:
    assert told.done("「同意」…", asked_on=False) == "✓ 「同意」…"
    assert told.done("「转呈领导」…", asked_on=True) == "「转呈领导」…：请在下面接着填。"


def test_data_without_room_for_the_question_is_not_asked_about() -> None:
    assert told.fits(AGREE.data, 1_000_000_000)
    assert not told.fits("x" * 50, 1_000_000_000)
