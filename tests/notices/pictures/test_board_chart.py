"""The board as a picture: what is on it, its size, and what happens without a Chinese font."""

import json
import struct
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from notices.pictures import fonts
from notices.pictures.board_chart import ROWS, Bar, Chart, Row, charts
from notices.pictures.day_heads import DayHead
from notices.pictures.drawing import draw
from notices.pictures.fonts import chinese_font
from rules.board import View
from rules.dates.reading import Half
from rules.leave.matter import Leave, LeaveState
from tests.cast import Cast, beijing
from tests.notices.board_scene import board, crowd, stands

WEDNESDAY = beijing("2026-10-07 09:30")

needs_font = pytest.mark.skipif(chinese_font() is None, reason="no Chinese font on this machine")


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def leaves(cast: Cast) -> list[Leave]:
    """The second week of National Day: one beyond the week, one overdue, one back, one half a day."""

    def leave(who: str, acting: str, start: tuple[int, Half], end: tuple[int, Half], id: int) -> Leave:
        first, last = date(2026, 10, start[0]), date(2026, 10, end[0])
        stand_in = getattr(cast, acting) if acting else None
        report = cast.report(getattr(cast, who), stand_in, start=(first, start[1]), end=(last, end[1]))
        return stands(report, id)

    back = leave("deputy", "", (5, Half.AM), (6, Half.PM), 3)
    back.state, back.returned_at = LeaveState.RETURNED, beijing("2026-10-06 10:00")
    return [
        leave("vice", "executive", (1, Half.AM), (12, Half.AM), 1),
        leave("head", "deputy", (5, Half.PM), (6, Half.AM), 2),
        back,
        leave("clerk", "", (9, Half.PM), (9, Half.PM), 4),
    ]


def test_every_leader_has_a_row_and_everybody_away_their_bar(cast: Cast, leaves: list[Leave]) -> None:
    (chart,) = charts(board(cast, cast.mayor, View.WEEK, WEDNESDAY, *leaves))
    assert (chart.title, chart.note) == ("在岗 · 本周 10月5日至11日", "截至10月7日09:30")
    assert chart.rows == (
        Row("赵天地", "区长", "在岗", "区政府领导"),
        Row("钱玄黄", "常务副区长", "在岗", "区政府领导"),
        Row(
            "孙宇宙",
            "副区长",
            "钱玄黄补位",
            "区政府领导",
            (Bar(0, 13, "外出", earlier=True, until="至10月12日"),),
        ),
        Row("王列张", "科员", "", "办公室", (Bar(9, 9, "未开始"),)),
        Row("冯寒来", "财政局局长", "陈暑往代", "部门", (Bar(1, 4, "未销假"),)),
        Row("陈暑往", "财政局副局长", "", "部门", (Bar(0, 2, "已销假"),)),
    )


def test_rest_days_make_up_days_and_today_are_marked(cast: Cast, leaves: list[Leave]) -> None:
    (chart,) = charts(board(cast, cast.mayor, View.WEEK, WEDNESDAY, *leaves))
    assert chart.days == (
        DayHead("5", "一", "国庆节", rest=True, provisional=False, today=False),
        DayHead("6", "二", "国庆节", rest=True, provisional=False, today=False),
        DayHead("7", "三", "国庆节", rest=True, provisional=False, today=True),
        DayHead("8", "四", "", rest=False, provisional=False, today=False),
        DayHead("9", "五", "", rest=False, provisional=False, today=False),
        DayHead("10", "六", "补班", rest=False, provisional=False, today=False),
        DayHead("11", "日", "休", rest=True, provisional=False, today=False),
    )


def test_days_of_an_unpublished_year_are_provisional(cast: Cast) -> None:
    december = (date(2026, 12, 31), Half.AM)
    leave = stands(cast.report(cast.head, None, start=december, end=(date(2027, 1, 1), Half.PM)), 1)
    (chart,) = charts(board(cast, cast.clerk, View.NEXT, beijing("2026-12-23 09:00"), leave))
    assert chart.title == "在岗 · 下周 12月28日至2027年1月3日"
    assert chart.note == "截至12月23日09:00　* 暂定：2027年放假安排尚未公布"
    assert [(day.number, day.mark, day.provisional) for day in chart.days[3:5]] == [
        ("31", "", True),
        ("1月1", "元旦", True),
    ]
    assert [row.note for row in chart.rows] == ["", "", "", ""]  # who will be in next week nobody knows


def test_a_department_has_its_own_people_only_and_no_headings(cast: Cast, leaves: list[Leave]) -> None:
    (chart,) = charts(board(cast, cast.liaison, View.WEEK, WEDNESDAY, *leaves))
    assert [(row.name, row.post, row.section) for row in chart.rows] == [
        ("冯寒来", "局长", ""),
        ("陈暑往", "副局长", ""),
    ]


def test_no_reason_and_no_phone_on_the_picture(cast: Cast, leaves: list[Leave]) -> None:
    pictures = charts(board(cast, cast.clerk, View.WEEK, WEDNESDAY, *leaves))
    assert pictures
    for chart in pictures:
        told = json.dumps(chart.packed(), ensure_ascii=False)
        assert cast.head.name in told
        assert not any(secret in told for secret in ("济南", "财政工作会议", "138"))


def test_nobody_away_no_picture(cast: Cast) -> None:
    assert charts(board(cast, cast.mayor, View.WEEK, WEDNESDAY)) == []


def test_many_people_take_several_pictures(cast: Cast) -> None:
    many = board(cast, cast.mayor, View.WEEK, beijing("2026-12-02 09:00"), *crowd(cast, 70))
    pictures = charts(many)
    assert [len(chart.rows) for chart in pictures] == [ROWS] * 4
    assert pictures[3].note == f"截至12月2日09:00　第4/4张，另有{73 - 4 * ROWS}人见文字"


def test_a_chart_survives_the_outbox(cast: Cast, leaves: list[Leave]) -> None:
    (chart,) = charts(board(cast, cast.mayor, View.WEEK, WEDNESDAY, *leaves))
    assert Chart.unpacked(json.loads(json.dumps(chart.packed()))) == chart


@needs_font
def test_the_picture_is_a_png_as_wide_as_a_phone(cast: Cast, leaves: list[Leave]) -> None:
    (chart,) = charts(board(cast, cast.mayor, View.WEEK, WEDNESDAY, *leaves))
    picture = draw(chart.packed())
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert picture.endswith(b"IEND\xaeB\x60\x82")
    assert struct.unpack(">II", picture[16:24]) == (1080, 352 + 6 * 98 + 3 * 48)
    assert 10_000 < len(picture) < 500_000


@needs_font
def test_the_largest_picture_is_one_that_telegram_takes(cast: Cast) -> None:
    """Width and height together at most 10,000, neither over 20 times the other (Bot API, sendPhoto)."""
    many = board(cast, cast.mayor, View.WEEK, beijing("2026-12-02 09:00"), *crowd(cast, 70))
    width, height = struct.unpack(">II", draw(charts(many)[0].packed())[16:24])
    assert width + height <= 10_000
    assert height / width < 2


@needs_font
@pytest.mark.parametrize("heavy", [False, True])
@pytest.mark.parametrize("words", ["14:30-17:00", "1111111111", "WWWW", "第38次常务会议", "至2027年1月3日"])
def test_words_end_where_they_were_measured_to_end(words: str, heavy: bool) -> None:
    """Neither guessed too narrow (written over the edge) nor too wide (made small for nothing)."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only where pictures are drawn

    from notices.pictures.canvas import Canvas, Lettering  # noqa: PLC0415

    canvas = Canvas(80, Lettering())
    end = canvas.text(100, 40, words, 30, heavy=heavy)
    ink = ImageOps.invert(Image.open(BytesIO(canvas.png())).convert("L")).getbbox()
    assert ink is not None
    left, _, right, _ = ink
    assert 100 <= left <= 100 + 4
    assert end - 5 <= right <= end + 1


def test_without_a_font_nothing_is_drawn(
    cast: Cast, leaves: list[Leave], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notices.pictures.canvas.chinese_font", lambda: None)
    (chart,) = charts(board(cast, cast.mayor, View.WEEK, WEDNESDAY, *leaves))
    with pytest.raises(RuntimeError, match="no Chinese font"):
        draw(chart.packed())


def test_the_font_is_looked_for_without_fontconfig_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(fonts, "_FOLDERS", (str(tmp_path),))
    assert fonts.chinese_font.__wrapped__() is None
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    for name in ("DejaVuSans.ttf", "NotoSansMonoCJKsc-Bold.otf", "wqy-zenhei.ttc", "NotoSansCJK-Bold.ttc"):
        (folder / name).touch()
    assert fonts.chinese_font.__wrapped__() == folder / "wqy-zenhei.ttc"
    (folder / "NotoSansCJK-Regular.ttc").touch()
    assert fonts.chinese_font.__wrapped__() == folder / "NotoSansCJK-Regular.ttc"
