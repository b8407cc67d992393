"""The leaders' week as text and as a picture: whole texts, who reads what, pages, what the picture holds."""

import json
import struct
from datetime import date

import pytest

from notices.pictures.day_heads import DayHead
from notices.pictures.drawing import draw
from notices.pictures.fonts import chinese_font
from notices.pictures.week_plan_chart import Away, Block, PlanChart, PlanRow, chart
from notices.pictures.week_plan_picture import wrapped
from notices.week_plan import about, asked_for, buttons, opening, text, weekly
from rules.dates.half_days import Half, HalfDaySpan
from rules.engagement import EngagementKind
from rules.roster import Official, Role
from tests.cast import Cast, beijing
from tests.notices.week_plan_scene import busy_week, engaged, shown

needs_font = pytest.mark.skipif(chinese_font() is None, reason="no Chinese font on this machine")
EVENT, MEETING, LEAVE = EngagementKind.EVENT, EngagementKind.MEETING, EngagementKind.LEAVE

FOR_THE_OFFICE = """\
<b>领导下周安排 · 11月30日至12月6日</b>
截至11月27日16:00，冲突2处，待定1项。
🔴 钱玄黄 12月2日（周三）09:00-11:00：外出（出差，济南）、重点项目调研
🔴 孙宇宙 12月3日（周四）10:00-11:00：城市更新项目签约仪式、安全生产专题会议
<b>11月30日（周一）</b>
14:30-17:00 第38次常务会议，三楼会议室：全体领导
<b>12月1日（周二）</b>
外出：钱玄黄（出差，济南）
<b>12月2日（周三）</b>
外出：🔴钱玄黄上午（出差，济南）
09:00-11:00 重点项目调研，经开区：🔴钱玄黄
<b>12月3日（周四）</b>
09:00-11:00 城市更新项目签约仪式，会展中心：🔴孙宇宙
10:00-11:30 安全生产专题会议，二楼会议室：🔴孙宇宙
14:00起 全省招商推介活动，会展中心：赵天地
<b>12月4日（周五）</b>
全天 全省招商推介活动，会展中心：赵天地
15:00-17:00 银企座谈会，财政局：孙宇宙（待定）
<b>12月5日（周六）</b>
至12:00 全省招商推介活动，会展中心：赵天地"""


@pytest.fixture
def cast() -> Cast:
    return Cast()


def test_what_the_office_reads(cast: Cast) -> None:
    assert text(shown(cast, cast.clerk, busy_week(cast))) == FOR_THE_OFFICE


def test_another_leader_is_not_told_what_one_is_away_for(cast: Cast) -> None:
    told = text(shown(cast, cast.mayor, busy_week(cast)))
    assert told == FOR_THE_OFFICE.replace("（出差，济南）", "")


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (
            ("2026-12-03", Half.AM),
            ("2026-12-03", Half.AM),
            "<b>{} · 12月3日（周四）上午</b>\n目前没有会议、活动和外出。",
        ),
        (
            ("2026-12-03", Half.PM),
            ("2026-12-03", Half.PM),
            "<b>{} · 12月3日（周四）下午</b>\n14:00起 全省招商推介活动，会展中心",
        ),
        (
            ("2026-11-30", Half.AM),
            ("2026-12-03", Half.AM),
            "<b>{} · 11月30日（周一）至12月3日（周四）</b>\n11月30日 14:30-17:00 第38次常务会议，三楼会议室",
        ),
    ],
)
def test_what_one_leader_has_down_then(
    cast: Cast, start: tuple[str, Half], end: tuple[str, Half], told: str
) -> None:
    span = HalfDaySpan(date.fromisoformat(start[0]), start[1], date.fromisoformat(end[0]), end[1])
    notice = about(shown(cast, cast.clerk, busy_week(cast)), cast.mayor, span)
    assert notice.text == told.format(cast.mayor.titled)
    assert [button.data for row in notice.buttons for button in row] == ["plan:open:20261130"]


def test_what_a_leader_reads_of_their_own(cast: Cast) -> None:
    week = busy_week(cast)
    assert text(shown(cast, cast.executive, week, own=True)) == (
        "<b>您下周的安排 · 11月30日至12月6日</b>\n"
        "截至11月27日16:00，冲突1处。\n"
        "🔴 12月2日（周三）09:00-11:00：外出（出差，济南）、重点项目调研\n"
        "<b>11月30日（周一）</b>\n"
        "14:30-17:00 第38次常务会议，三楼会议室\n"
        "<b>12月1日（周二）</b>\n"
        "全天 外出（出差，济南）\n"
        "<b>12月2日（周三）</b>\n"
        "🔴 上午 外出（出差，济南）\n"
        "🔴 09:00-11:00 重点项目调研，经开区"
    )
    assert text(shown(cast, cast.vice, week, own=True)).endswith(
        "<b>12月4日（周五）</b>\n15:00-17:00 银企座谈会，财政局（待定）"
    )


def test_who_has_nothing_down_is_named_and_a_week_without_anything_says_so(cast: Cast) -> None:
    meeting = engaged(
        cast.mayor, MEETING, "区长办公会议", "2026-12-31 09:00", "2026-12-31 11:00", "meeting:1"
    )
    now, monday = beijing("2026-12-22 10:00"), date(2026, 12, 28)
    assert text(shown(cast, cast.clerk, [meeting], now=now, monday=monday)) == (
        "<b>领导下周安排 · 12月28日至2027年1月3日</b>\n"
        "截至12月22日10:00。\n"
        "暂定：2027年放假安排尚未公布。\n"
        "<b>12月31日（周四，暂定）</b>\n"
        "09:00-11:00 区长办公会议：赵天地\n"
        "暂无安排：钱玄黄、孙宇宙"
    )
    assert text(shown(cast, cast.clerk, [], now=beijing("2026-11-30 08:30"))) == (
        "<b>领导本周安排 · 11月30日至12月6日</b>\n截至11月30日08:30。\n目前没有会议、活动和外出。"
    )


def test_days_running_on_with_the_same_stand_together(cast: Cast) -> None:
    away = engaged(cast.vice, LEAVE, "出差", "2026-11-29 00:00", "2026-12-03 12:00", "leave:1", "济南")
    assert text(shown(cast, cast.clerk, [away])).split("\n")[2:] == [
        "<b>11月30日（周一）至12月2日（周三）</b>",
        "外出：孙宇宙（出差，济南）",
        "<b>12月3日（周四）</b>",
        "外出：孙宇宙上午（出差，济南）",
        "暂无安排：赵天地、钱玄黄",
    ]
    assert text(shown(cast, cast.vice, [away], own=True)).split("\n")[2:4] == [
        "<b>11月30日（周一）至12月2日（周三）</b>",
        "全天 外出（出差，济南）",
    ]


def test_who_has_not_said_yes_is_marked_once_where_it_is_everybody(cast: Cast) -> None:
    def told(*firm: bool) -> str:
        week = [
            engaged(one, MEETING, "专题会议", "2026-12-01 09:00", "2026-12-01 10:00", "meeting:1", firm=yes)
            for one, yes in zip((cast.mayor, cast.executive, cast.vice), firm, strict=False)
        ]
        return text(shown(cast, cast.clerk, week)).split("\n")[3]

    assert told(True, True, True) == "09:00-10:00 专题会议：全体领导"
    assert told(False, False, False) == "09:00-10:00 专题会议：全体领导（待定）"
    assert told(True, False, True) == "09:00-10:00 专题会议：赵天地、钱玄黄（待定）、孙宇宙"
    assert told(False, False) == "09:00-10:00 专题会议：赵天地、钱玄黄（均待定）"
    assert told(False) == "09:00-10:00 专题会议：赵天地（待定）"


def test_what_people_wrote_stays_text_and_short(cast: Cast) -> None:
    title = "<b>很长</b>的活动名称" * 6
    event = engaged(cast.vice, EVENT, title, "2026-12-01 09:00", "2026-12-01 10:00", "invitation:1", "会\n场")
    line = text(shown(cast, cast.clerk, [event])).split("\n")[3]
    assert line == (
        "09:00-10:00 &lt;b&gt;很长&lt;/b&gt;的活动名称&lt;b&gt;很长&lt;/b&gt;的活动名称&lt;…，会 场：孙宇宙"
    )


def test_a_crowded_week_comes_in_pages_that_keep_days_together(cast: Cast) -> None:
    crowded = [
        engaged(
            cast.mayor,
            EVENT,
            f"活动{day}{hour}",
            f"2026-12-0{day} {hour}:00",
            f"2026-12-0{day} {hour}:50",
            f"invitation:{day}{hour}",
        )
        for day in range(1, 5)
        for hour in range(10, 19)
    ]
    view = shown(cast, cast.clerk, crowded)
    first, second = text(view, 0).split("\n"), text(view, 1).split("\n")
    assert first[1] == "截至11月27日16:00。第1/2页。"
    assert [line for line in first if line.startswith("<b>12月")] == [
        "<b>12月1日（周二）</b>",
        "<b>12月2日（周三）</b>",
    ]
    assert len(first) == 2 + 2 * 10
    assert second[2] == "<b>12月3日（周四）</b>"
    assert text(view, 9) == text(view, 1)
    assert [[button.label for button in row] for row in buttons(view, 0, "7")] == [
        ["本周安排", "下周安排"],
        ["下一页"],
        ["图"],
    ]


def test_the_buttons_name_their_week(cast: Cast) -> None:
    def told(reader: Official, *, own: bool = False) -> list[list[tuple[str, str]]]:
        view = shown(cast, reader, busy_week(cast), own=own)
        return [[(one.label, one.data) for one in row] for row in buttons(view, 0, "w20261130")]

    assert told(cast.clerk) == [
        [("本周安排", "plan:all:20261123:0:w20261130"), ("下周安排", "plan:all:20261130:0:w20261130")],
        [("图", "plan:chart:20261130")],
    ]
    assert told(cast.mayor)[1] == [
        ("图", "plan:chart:20261130"),
        ("我的安排", "plan:own:20261130:0:w20261130"),
    ]
    assert told(cast.mayor, own=True) == [
        [("本周安排", "plan:own:20261123:0:w20261130"), ("下周安排", "plan:own:20261130:0:w20261130")],
        [("领导安排", "plan:all:20261130:0:w20261130")],
    ]
    assert [(one.label, one.data) for one in opening(date(2026, 11, 29))] == [
        ("领导本周安排", "plan:open:20261123"),
        ("领导下周安排", "plan:open:20261130"),
    ]


def test_the_card_of_a_friday_is_one_for_each_reader_and_week(cast: Cast) -> None:
    card = weekly(shown(cast, cast.clerk, busy_week(cast)))
    assert (card.once, card.card, card.subject) == (
        "week_plan:2026-11-30:6",
        "plan:6:w20261130",
        "领导下周安排",
    )
    own = weekly(shown(cast, cast.mayor, busy_week(cast), own=True))
    assert (own.once, own.subject) == ("week_plan:2026-11-30:1", "领导下周安排")
    assert asked_for(shown(cast, cast.clerk, busy_week(cast)), "77").card == "plan:6:77"


# ---------------------------------------------------------------- the picture


def test_what_the_picture_holds(cast: Cast) -> None:
    picture = chart(shown(cast, cast.clerk, busy_week(cast)))
    assert picture is not None
    assert (picture.title, picture.note) == (
        "领导下周安排 · 11月30日至12月6日",
        "截至11月27日16:00，冲突2处，待定1项",
    )
    plenary = Block(0, "14:30-17:00", "第38次常务会议", "会议")
    assert picture.rows == (
        PlanRow(
            "赵天地",
            "区长",
            (),
            (
                plenary,
                Block(3, "14:00起", "全省招商推介活动", "活动"),
                Block(4, "全天", "全省招商推介活动", "活动"),
                Block(5, "至12:00", "全省招商推介活动", "活动"),
            ),
        ),
        PlanRow(
            "钱玄黄",
            "常务副区长",
            (Away(2, 3), Away(4, 4, clash=True)),
            (plenary, Block(2, "09:00-11:00", "重点项目调研", "冲突")),
        ),
        PlanRow(
            "孙宇宙",
            "副区长",
            (),
            (
                plenary,
                Block(3, "09:00-11:00", "城市更新项目签约仪式", "冲突"),
                Block(3, "10:00-11:30", "安全生产专题会议", "冲突"),
                Block(4, "15:00-17:00", "银企座谈会", "待定"),
            ),
        ),
    )
    assert picture.days[5] == DayHead("5", "六", "休", rest=True, provisional=False, today=False)
    assert PlanChart.unpacked(json.loads(json.dumps(picture.packed()))) == picture


def test_what_one_is_away_for_is_not_on_the_picture(cast: Cast) -> None:
    picture = chart(shown(cast, cast.clerk, busy_week(cast)))
    assert picture is not None
    told = json.dumps(picture.packed(), ensure_ascii=False)
    assert not any(secret in told for secret in ("出差", "济南"))


def test_an_empty_week_has_no_picture(cast: Cast) -> None:
    assert chart(shown(cast, cast.clerk, [])) is None


def test_a_day_with_too_much_is_counted_out_and_stays_red(cast: Cast) -> None:
    many = [
        engaged(
            cast.vice,
            EVENT,
            f"活动{hour}",
            f"2026-12-01 {hour:02}:00",
            f"2026-12-01 {hour + 1:02}:00",
            f"e:{hour}",
        )
        for hour in range(8, 16)
    ]
    clash = engaged(cast.vice, MEETING, "会议", "2026-12-01 15:00", "2026-12-01 15:30", "meeting:1")
    for engagements, look in ((many, "待定"), ([*many, clash], "冲突")):
        picture = chart(shown(cast, cast.clerk, engagements))
        assert picture is not None
        blocks = picture.rows[2].blocks
        assert len(blocks) == 5
        assert blocks[-1] == Block(1, "", f"另有{len(engagements) - 4}项", look)


@needs_font
def test_it_is_drawn_as_wide_as_a_phone_and_telegram_takes_the_largest(cast: Cast) -> None:
    people = [Official(f"吴成{n}", cast.leaders, "副区长", Role.VICE_MAYOR) for n in range(9)]
    for id, person in enumerate(people, 100):
        person.id = id
    cast.officials += people
    crowded = [
        engaged(
            person,
            EVENT,
            "名称很长的重大项目集中签约活动",
            f"2026-12-01 {hour:02}:00",
            f"2026-12-01 {hour:02}:50",
            f"e:{hour}",
        )
        for person in [cast.mayor, cast.executive, cast.vice, *people]
        for hour in range(8, 17)
    ]
    picture = chart(shown(cast, cast.clerk, crowded))
    assert picture is not None
    drawn = draw(picture.packed())
    width, height = struct.unpack(">II", drawn[16:24])
    assert width == 1080
    assert width + height <= 10_000
    assert len(drawn) < 3_000_000


@needs_font
def test_clashes_are_red_on_the_picture(cast: Cast) -> None:
    """The red of a clash is in the picture of such a week but for the legend's small patch."""
    from io import BytesIO  # noqa: PLC0415 - only where pictures are drawn

    from PIL import Image  # noqa: PLC0415

    def red(*engagements: str) -> int:
        week = [
            engaged(cast.vice, EVENT, "签约", f"2026-12-01 {at}:00", f"2026-12-01 {at}:50", f"e:{n}")
            for n, at in enumerate(engagements)
        ]
        picture = chart(shown(cast, cast.clerk, week))
        assert picture is not None
        colours = Image.open(BytesIO(draw(picture.packed()))).getcolors(maxcolors=1 << 24) or []
        return sum(count for count, colour in colours if colour == (0xCC, 0x3B, 0x33))

    assert red("09", "10") < 1_000
    assert red("09", "09") > 10_000


def test_a_title_is_wrapped_to_three_lines() -> None:
    def lines(title: str) -> list[str]:
        return wrapped(title, 110, lambda words: 26.0 * len(words))

    assert lines("城市更新项目") == ["城市更新", "项目"]
    assert lines("城市更新项目集中签约仪式暨推介") == ["城市更新", "项目集中", "签约仪…"]
    assert lines("") == [""]
