"""A list in one message: how a line reads, what is said of its due moment, and how pages turn."""

import pytest
from markupsafe import Markup

from matters.menu import MENU
from notices import listing
from notices.listing import Line
from notices.notice import Notice
from tests.cast import Cast, beijing

NOW = beijing("2026-12-01 09:00")


def line(notice: Notice) -> str:
    return listing.line_of(notice, NOW, "list:todo:leave:1:0").said


def card(text: str, subject: str = "") -> Notice:
    return Notice(Cast().mayor, Markup(text), subject=subject)  # noqa: S704 - written here


def test_a_line_is_the_cards_first_line_and_says_what_is_urgent() -> None:
    assert line(card("<b>杨某请假，请您审批</b>\n事由：开会", "杨某的请假")) == "杨某请假，请您审批"
    assert line(card("<b>请您回电</b>\n电话").wanted(None, urgent=True)) == "【急】请您回电"
    assert line(card("<b>杨某紧急请假</b>\n电话").wanted(None, urgent=True)) == "杨某紧急请假"


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2026-12-01 08:59", "已过时限"),
        ("2026-12-01 18:00", "今天18:00前"),
        ("2026-12-02 00:00", "今天内"),  # 24:00 of today
        ("2026-12-08 00:00", "12月7日前"),
        ("2026-12-07 12:00", "12月7日 12:00前"),
    ],
)
def test_until_when_it_is_wanted(due: str, said: str) -> None:
    assert line(card("请您审批").wanted(beijing(due))) == f"请您审批（{said}）"


def test_a_long_line_is_cut_before_its_due_moment() -> None:
    said = line(card("很" * 200).wanted(beijing("2026-12-01 08:00")))
    assert len(said) == listing.LONGEST
    assert said.endswith("…（已过时限）")


def test_pages_turn_round_and_keep_their_numbers() -> None:
    lines = [Line(f"第{number}件", f"open:{number}") for number in range(1, 12)]
    text, buttons = listing.page_of("待办", lines, 1, lambda page: f"page:{page}")
    assert text.split("\n") == ["<b>待办</b>", "9. 第9件", "10. 第10件", "11. 第11件", str(listing.OPEN_ONE)]
    assert [(key.label, key.data) for row in buttons for key in row] == [
        ("9", "open:9"),
        ("10", "open:10"),
        ("11", "open:11"),
        ("‹", "page:0"),
        ("2/2", "page:1"),
        ("›", "page:0"),
    ]


def test_a_page_that_is_no_more_is_the_last_one_and_one_page_has_no_pager() -> None:
    text, buttons = listing.page_of("待办", [Line("一件", "open:1")], 7, str)
    assert "1. 一件" in text
    assert [key.label for row in buttons for key in row] == ["1"]


def test_what_lines_say_is_read_back_without_their_numbers() -> None:
    lines = [Line("A&B <会>"), Line("第二件")]
    assert listing.said_in("\n".join(["头", *listing.numbered(lines)])) == ["A&B <会>", "第二件"]


def test_leaders_and_the_desk_have_what_waits_and_the_week_in_front() -> None:
    cast = Cast()
    for one in (cast.mayor, cast.vice, cast.clerk):
        assert [word.partition("：")[0] for _, word in MENU.commands(one)][:2] == ["待办", "周安排"]
    assert "周安排" not in str(MENU.commands(cast.head))
    for one in (cast.mayor, cast.director, cast.clerk, cast.head, cast.liaison):
        first = [key.label for row in MENU.buttons(one) for key in row]
        behind = [key.label for row in MENU.buttons(one, rare=True) for key in row]
        assert first[-1] == "更多"
        assert len(first) <= 14
        assert not set(first) & set(behind)
        assert "工作日" in behind
