"""The board as text: whole texts as each person reads them (art. 77)."""

from datetime import date

import pytest

from notices.board import Board, buttons, text
from notices.message_text import length
from rules.board import View
from rules.dates.reading import Half
from rules.leave.matter import Leave, LeaveState
from tests.cast import Cast, beijing
from tests.notices.board_scene import board, crowd, stands

WEDNESDAY = beijing("2026-12-02 09:30")


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def leaves(cast: Cast) -> list[Leave]:
    """A vice mayor from this afternoon, a head until tomorrow noon, a clerk overdue, an archivist back."""
    clerk = cast.report(
        cast.clerk, None, start=(date(2026, 11, 30), Half.AM), end=(date(2026, 12, 1), Half.PM)
    )
    archivist = cast.report(cast.archivist, None)
    archivist.reason, archivist.place = "去<济南>", "& 青岛"
    leaves = [
        stands(cast.report(cast.head, cast.deputy, end=(date(2026, 12, 3), Half.AM)), 1),
        stands(cast.report(cast.vice, cast.executive, start=(date(2026, 12, 2), Half.PM)), 2),
        stands(clerk, 3),
        stands(archivist, 4),
    ]
    archivist.state, archivist.returned_at = LeaveState.RETURNED, beijing("2026-12-02 09:00")
    return leaves


def test_today_for_the_office_with_reasons(cast: Cast, leaves: list[Leave]) -> None:
    assert str(text(board(cast, cast.director, View.TODAY, WEDNESDAY, *leaves))) == (
        "<b>在岗 · 今天 12月2日（周三）</b>\n"
        "截至12月2日09:30，外出3人。\n"
        "区政府领导3位，在岗2位。\n"
        "<b>区政府领导</b>\n"
        "副区长 孙宇宙，今天下午起至12月3日\n"
        "　补位：常务副区长 钱玄黄\n"
        "　出差，济南，参加全省财政工作会议\n"
        "<b>办公室</b>\n"
        "区政府办公室科员 王列张，11月30日至12月1日，未销假\n"
        "　出差，济南，参加全省财政工作会议\n"
        "<b>部门</b>\n"
        "财政局局长 冯寒来，至12月3日上午\n"
        "　代为主持：财政局副局长 陈暑往\n"
        "　出差，济南，参加全省财政工作会议\n"
        "今天返岗：档案馆馆长 卫冬藏"
    )


def test_a_leader_who_does_not_approve_reads_no_reason(cast: Cast, leaves: list[Leave]) -> None:
    assert str(text(board(cast, cast.executive, View.TODAY, WEDNESDAY, *leaves[:2]))) == (
        "<b>在岗 · 今天 12月2日（周三）</b>\n"
        "截至12月2日09:30，外出2人。\n"
        "区政府领导3位，在岗2位。\n"
        "<b>区政府领导</b>\n"
        "副区长 孙宇宙，今天下午起至12月3日\n"
        "　补位：常务副区长 钱玄黄\n"
        "<b>部门</b>\n"
        "财政局局长 冯寒来，至12月3日上午\n"
        "　代为主持：财政局副局长 陈暑往"
    )


def test_a_department_reads_of_its_own_people_only(cast: Cast, leaves: list[Leave]) -> None:
    assert str(text(board(cast, cast.liaison, View.TODAY, WEDNESDAY, *leaves))) == (
        "<b>在岗 · 财政局 · 今天 12月2日（周三）</b>\n"
        "截至12月2日09:30，外出1人。\n"
        "财政局局长 冯寒来，至12月3日上午\n"
        "　代为主持：财政局副局长 陈暑往"
    )


def test_the_week_with_everybody_who_is_away_in_it(cast: Cast, leaves: list[Leave]) -> None:
    assert str(text(board(cast, cast.executive, View.WEEK, WEDNESDAY, *leaves))) == (
        "<b>在岗 · 本周 11月30日至12月6日</b>\n"
        "截至12月2日09:30，外出4人。\n"
        "<b>区政府领导</b>\n"
        "副区长 孙宇宙，12月2日下午至3日\n"
        "　补位：常务副区长 钱玄黄\n"
        "<b>办公室</b>\n"
        "区政府办公室科员 王列张，11月30日至12月1日，未销假\n"
        "<b>部门</b>\n"
        "财政局局长 冯寒来，12月1日至3日上午\n"
        "　代为主持：财政局副局长 陈暑往\n"
        "<b>其他</b>\n"
        "档案馆馆长 卫冬藏，12月1日至2日上午，已销假\n"
        "　出差，&amp; 青岛，去&lt;济南&gt;"
    )


def test_a_long_reason_is_cut(cast: Cast) -> None:
    leave = stands(cast.report(cast.head, cast.deputy), 1)
    leave.reason = "很长的事由" * 10
    lines = str(text(board(cast, cast.clerk, View.TODAY, WEDNESDAY, leave))).split("\n")
    assert lines[-1] == "　出差，济南，很长的事由很长的事由很长的事由很长…"


def test_nobody_away(cast: Cast) -> None:
    assert str(text(board(cast, cast.mayor, View.TODAY, WEDNESDAY))) == (
        "<b>在岗 · 今天 12月2日（周三）</b>\n截至12月2日09:30，今天无人外出。\n区政府领导3位，全部在岗。"
    )
    assert str(text(board(cast, cast.head, View.NEXT, WEDNESDAY))) == (
        "<b>在岗 · 财政局 · 下周 12月7日至13日</b>\n截至12月2日09:30，下周目前无人外出。"
    )


def test_holidays_make_up_days_and_what_is_provisional(cast: Cast) -> None:
    golden = board(cast, cast.mayor, View.WEEK, beijing("2026-10-05 09:00"))
    assert str(text(golden)) == (
        "<b>在岗 · 本周 10月5日至11日</b>\n"
        "5日至7日国庆节放假；10日（周六补班）。\n"
        "截至10月5日09:00，本周无人外出。"
    )
    new_year = board(cast, cast.mayor, View.NEXT, beijing("2026-12-21 09:00"))
    assert str(text(new_year)) == (
        "<b>在岗 · 下周 12月28日至2027年1月3日</b>\n"
        "1日元旦放假；暂定：2027年放假安排尚未公布。\n"
        "截至12月21日09:00，下周目前无人外出。"
    )
    eve = board(cast, cast.mayor, View.TODAY, beijing("2026-12-31 09:00"))
    assert str(text(eve)).startswith("<b>在岗 · 今天 12月31日（周四，暂定）</b>\n")


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (("2026-12-02", Half.AM), ("2026-12-02", Half.PM), "今天"),
        (("2026-12-02", Half.AM), ("2026-12-02", Half.AM), "今天上午"),
        (("2026-12-02", Half.PM), ("2026-12-02", Half.PM), "今天下午"),
        (("2026-12-01", Half.PM), ("2026-12-02", Half.PM), "至今天"),
        (("2026-12-01", Half.PM), ("2026-12-02", Half.AM), "至今天上午"),
        (("2026-12-02", Half.AM), ("2026-12-04", Half.PM), "今天起至12月4日"),
        (("2026-12-01", Half.AM), ("2027-01-04", Half.AM), "至1月4日上午"),
    ],
)
def test_until_when_said_from_today(
    cast: Cast, start: tuple[str, Half], end: tuple[str, Half], said: str
) -> None:
    first, last = (date.fromisoformat(start[0]), start[1]), (date.fromisoformat(end[0]), end[1])
    leave = stands(cast.report(cast.head, None, start=first, end=last), 1)
    shown = str(text(board(cast, cast.liaison, View.TODAY, WEDNESDAY, leave))).split("\n")
    assert shown[2] == f"财政局局长 冯寒来，{said}"


def test_one_who_acts_and_is_away_themselves(cast: Cast) -> None:
    head = stands(cast.report(cast.head, cast.deputy), 1)
    deputy = stands(cast.report(cast.deputy, cast.liaison), 2)
    assert str(text(board(cast, cast.liaison, View.TODAY, WEDNESDAY, head, deputy))) == (
        "<b>在岗 · 财政局 · 今天 12月2日（周三）</b>\n"
        "截至12月2日09:30，外出2人。\n"
        "财政局局长 冯寒来，至12月3日\n"
        "　代为主持：财政局副局长 陈暑往（也外出，现由财政局办公室主任 褚秋收代）\n"
        "财政局副局长 陈暑往，至12月3日\n"
        "　代为主持：财政局办公室主任 褚秋收"
    )


def labels(shown: Board, page: int = 0) -> list[list[tuple[str, str]]]:
    return [[(button.label, button.data) for button in row] for row in buttons(shown, page, "77")]


def test_buttons_show_other_days_on_the_same_card(cast: Cast) -> None:
    assert labels(board(cast, cast.head, View.WEEK, WEDNESDAY)) == [
        [
            ("今天", "board:today:0:77"),
            ("本周", "board:week:0:77"),
            ("下周", "board:next:0:77"),
            ("图", "board:chart:week:77"),
        ]
    ]


def test_a_long_list_is_paged_and_every_page_has_its_heading(cast: Cast) -> None:
    shown = board(cast, cast.executive, View.TODAY, WEDNESDAY, *crowd(cast, 30))
    pages = [str(text(shown, page)).split("\n") for page in range(3)]
    assert [page[1] for page in pages] == [f"截至12月2日09:30，外出30人，第{n}/3页。" for n in (1, 2, 3)]
    assert [page.count("<b>其他</b>") for page in pages] == [1, 1, 1]
    assert sum("，至12月3日" in line for page in pages for line in page) == 30
    assert all(len(page) < 32 for page in pages)
    assert all(length(text(shown, page)) < 1500 for page in range(3))
    turning = [[label for label, _ in labels(shown, page)[1]] for page in range(3)]
    assert turning == [["下一页"], ["上一页", "下一页"], ["上一页"]]
    assert labels(shown, 1)[1] == [("上一页", "board:today:0:77"), ("下一页", "board:today:2:77")]


def test_a_page_that_is_no_more_is_the_last_one(cast: Cast, leaves: list[Leave]) -> None:
    shown = board(cast, cast.mayor, View.TODAY, WEDNESDAY, *leaves)
    assert text(shown, 9) == text(shown, 0)
