"""What agrees, what does not, and how the difference reads."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.rehearsal.difference import Comparison, Deed, Key, compare, fits, written
from bot.rehearsal.scene import Kind
from bot.rehearsal.script import parse
from rules.working_days import SHANGHAI

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=SHANGHAI)
PEOPLE = {"区长": 1, "常务副区长": 2, "财政局主要负责人": 3}
NAMES = {chat: name for name, chat in PEOPLE.items()}


def told(
    to: str, text: str, *labels: str, kind: Kind = Kind.MESSAGE, at: datetime = NOON, file: str = ""
) -> Deed:
    """The bot told `to` this."""
    return Deed(at, kind, PEOPLE[to], text, (tuple(Key(label) for label in labels),) if labels else (), file)


def chats(called: str) -> Sequence[int]:
    """The chat of a person of this small cast."""
    return [PEOPLE[called]]


def called(chats: Sequence[int]) -> str:
    """Their names."""
    return "、".join(NAMES[chat] for chat in chats)


def compared(minutes: str, *deeds: Deed, act: str = "区长 → 机器人  请假") -> Comparison:
    """The last scene of these minutes against the deeds."""
    scene = parse(f"【2026-12-01 周二 12:00】\n{act}\n{minutes}").scenes[-1]
    return compare(scene, deeds, chats, called)


@pytest.mark.parametrize(
    ("pattern", "text", "same"),
    [
        ("已收到。", "已收到。", True),
        ("已收到。", "已收到。谢谢", False),
        ("已收到 编号 3", "已收到\n\n编号   3", True),
        ("请于…前回复", "请于10月10日(周六补班)前回复", True),
        ("请于…前回复", "请于10月10日前回复，谢谢", False),
        ("…前回复…", "请于10月10日前回复", True),
        ("甲…甲", "甲", False),
        ("甲…乙…丙", "甲1丙2乙3丙", True),
        ("甲…乙…丙", "甲1丙2乙", False),
        ("…", "", True),
    ],
)
def test_ellipsis_is_anything_and_blanks_do_not_count(pattern: str, text: str, same: bool) -> None:
    assert fits(pattern, text) is same


@pytest.mark.parametrize(
    ("buttons", "labels", "same"),
    [
        ("［同意］［不同意］", ["同意", "不同意"], True),
        ("［同意］", ["同意", "不同意"], False),
        ("［同意］…", ["同意", "不同意"], True),
        ("［同意］…［退回修改］", ["同意", "不同意", "退回修改"], True),
        ("［不同意］［同意］", ["同意", "不同意"], False),
        ("［同意…］［不同意］", ["同意（代）", "不同意"], True),
        ("", ["同意"], False),
        ("［同意］", [], False),
    ],
)
def test_buttons(buttons: str, labels: list[str], same: bool) -> None:
    assert compared(f"机器人 → 区长  请审批{buttons}", told("区长", "请审批", *labels)).agrees is same


def test_a_text_left_open_at_its_end_leaves_the_buttons_open_too() -> None:
    assert compared("机器人 → 区长  请审批…", told("区长", "请审批：刘洋", "同意")).agrees


def test_agreement_is_strict() -> None:
    one = told("区长", "已收到。")
    assert compared("机器人 → 区长  已收到。", one).agrees
    assert not compared("机器人 → 区长  已收到。", one, told("常务副区长", "请知悉。")).agrees
    left_out = "机器人 → 区长  已收到。\n（对常务副区长从略）"
    assert compared(left_out, one, told("常务副区长", "请知悉。"), told("常务副区长", "再知悉。")).agrees
    assert not compared(left_out, told("常务副区长", "请知悉。")).agrees
    assert not compared(left_out, one, told("区长", "已收到。")).agrees
    assert compared("（无消息）").agrees
    assert not compared("（无消息）", one).agrees


def test_order_counts_towards_one_person_only() -> None:
    first, second, other = told("区长", "一"), told("区长", "二"), told("常务副区长", "三")
    minutes = "机器人 → 区长  一\n机器人 → 区长  二\n机器人 → 常务副区长  三"
    assert compared(minutes, other, first, second).agrees
    assert not compared(minutes, second, first, other).agrees


def test_of_a_long_message_only_the_lines_that_differ_are_marked() -> None:
    minutes = "机器人 → 区长  请假报告\n    时间：12月1日，共4天\n    地点：济南［同意］"
    comparison = compared(minutes, told("区长", "请假报告\n时间：12月1日，共3天\n地点：济南", "同意"))
    assert comparison.marked == (
        "  机器人 → 区长  请假报告",
        "-     时间：12月1日，共4天",
        "-     地点：济南［同意］",
        "+     时间：12月1日，共3天",
        "+     地点：济南",
        "+     ［同意］",
        "  ↑ “请假报告 时间：12月1日，共”之后应是“4天 地点：济南”",
    )


def test_toasts_and_edits_have_no_order_with_messages() -> None:
    minutes = "机器人 提示 区长  「已记录。」\n机器人 改卡 → 区长  已同意\n机器人 → 区长  已通知财政局。"
    deeds = (
        told("区长", "已通知财政局。"),
        told("区长", "已同意", kind=Kind.EDIT),
        told("区长", "已记录。", kind=Kind.TOAST),
    )
    assert compared(minutes, *deeds).agrees


def test_hint_fits_an_alert_but_an_alert_must_be_one() -> None:
    alert = told("区长", "已经答复。", kind=Kind.ALERT)
    toast = told("区长", "已经答复。", kind=Kind.TOAST)
    assert compared("机器人 提示 区长  「已经答复。」", alert).agrees
    assert compared("机器人 弹窗 区长  「已经…」", alert).agrees
    assert not compared("机器人 弹窗 区长  「已经答复。」", toast).agrees


def test_several_receivers_each_get_it() -> None:
    minutes = "机器人 → 区长、常务副区长  请知悉。"
    assert compared(minutes, told("常务副区长", "请知悉。"), told("区长", "请知悉。")).agrees
    comparison = compared(minutes, told("区长", "请知悉。"))
    assert comparison.marked == ("- 机器人 → 区长、常务副区长  请知悉。", "  ↑ 没有发生（常务副区长）")
    assert comparison.actual == ("机器人 → 区长  请知悉。",)


def test_difference_stands_beside_what_was_written() -> None:
    comparison = compared(
        "机器人 → 财政局主要负责人  已报…\n机器人 → 区长  刘洋请假…请审批［同意］［不同意］",
        told("财政局主要负责人", "已报区长审批。"),
        told("区长", "刘洋请假\n12月1日至3日", "同意", "不同意"),
        told("常务副区长", "请知悉。"),
    )
    assert comparison.marked == (
        "  机器人 → 财政局主要负责人  已报…",
        "- 机器人 → 区长  刘洋请假…请审批［同意］［不同意］",
        "+ 机器人 → 区长  刘洋请假",
        "+     12月1日至3日",
        "+     ［同意］［不同意］",
        "  ↑ 没有“请审批”",
        "+ 机器人 → 常务副区长  请知悉。",
    )
    assert comparison.actual == (
        "机器人 → 财政局主要负责人  已报…",
        "机器人 → 区长  刘洋请假",
        "    12月1日至3日",
        "    ［同意］［不同意］",
        "机器人 → 常务副区长  请知悉。",
    )


def test_a_nudge_must_come_in_the_minute_it_is_written_under() -> None:
    turned = "【2026-12-03 周四 08:30】"
    due = NOON.replace(day=3, hour=8, minute=30) + timedelta(seconds=9)
    line = "机器人 → 区长  请销假。"
    assert compared(line, told("区长", "请销假。", at=due), act=turned).agrees
    early = compared(line, told("区长", "请销假。", at=due - timedelta(days=1)), act=turned)
    assert early.marked == (
        "- 机器人 → 区长  请销假。",
        "+ 【2026-12-02 周三 08:30:09】",
        "+ 机器人 → 区长  请销假。",
        "  ↑ 实际在【2026-12-02 周三 08:30:09】",
    )
    assert early.actual == (
        "【2026-12-02 周三 08:30:09】",
        "机器人 → 区长  请销假。",
        "【2026-12-03 周四 08:30】",
    )


def test_a_calendar_is_printed_by_its_first_row() -> None:
    rows = ((Key("‹"), Key("2026年12月"), Key("›")), *(tuple(Key(str(day)) for day in range(1, 8)),) * 5)
    deed = Deed(NOON, Kind.MESSAGE, 1, "哪天出发？", rows)
    assert written([deed], called) == ["机器人 → 区长  哪天出发？", "    ［‹］［2026年12月］［›］…"]
    assert compared("机器人 → 区长  哪天出发？\n    ［‹］［2026年12月］［›］…", deed).agrees


def test_what_is_printed_agrees_when_played_again() -> None:
    deeds = (
        told("区长", "请审批\n\n刘洋  12月1日", "同意", "不同意"),
        told("区长", "", file="请假台账.xlsx"),
        told("区长", "共3条\n请查收", file="请假台账.xlsx"),
        told("区长", "已同意", kind=Kind.EDIT),
        told("常务副区长", "已经答复。", kind=Kind.ALERT),
    )
    printed = [line for deed in deeds for line in written([deed], called)]
    assert compared("\n".join(printed), *deeds).agrees


def test_the_same_told_to_several_is_one_line() -> None:
    deeds = [told(one, "请知悉。") for one in ("区长", "常务副区长")]
    line = "机器人 → 区长、常务副区长  请知悉。"
    comparison = compared("", *deeds)
    assert comparison.marked == (f"+ {line}",)
    assert comparison.actual == (line,)
    assert compared(line, *deeds).agrees


def test_told_in_turns_it_is_still_one_line_each_unless_that_turned_the_order() -> None:
    both = ("区长", "常务副区长")
    in_turns = tuple(told(one, text) for one in both for text in ("一", "二"))
    assert compared("", *in_turns).actual == (
        "机器人 → 区长、常务副区长  一",
        "机器人 → 区长、常务副区长  二",
    )
    crossed = (told("区长", "一"), told("区长", "二"), told("常务副区长", "二"), told("常务副区长", "一"))
    assert compared("", *crossed).actual == (
        "机器人 → 区长  一",
        "机器人 → 区长、常务副区长  二",
        "机器人 → 常务副区长  一",
    )


def test_printed_minutes_keep_the_order_towards_a_person() -> None:
    deeds = (told("区长", "一"), told("区长", "二"))
    printed = compared("机器人 → 区长  二", *deeds).actual
    assert printed == ("机器人 → 区长  一", "机器人 → 区长  二")
    assert compared("\n".join(printed), *deeds).agrees


def test_whoever_is_left_out_is_not_printed() -> None:
    minutes = "机器人 → 区长  已收到。\n（对常务副区长从略）"
    comparison = compared(minutes, told("区长", "收到。"), told("常务副区长", "请知悉。"))
    assert comparison.actual == ("机器人 → 区长  收到。",)


@pytest.mark.parametrize("kind", Kind)
def test_who_is_not_named_as_left_out_may_be_told_nothing(kind: Kind) -> None:
    minutes = "机器人 → 区长  已收到。\n（对常务副区长从略）"
    comparison = compared(minutes, told("区长", "已收到。"), told("财政局主要负责人", "请知悉。", kind=kind))
    assert not comparison.agrees
    assert any(line.startswith("+ ") and "财政局主要负责人" in line for line in comparison.marked)


def test_either_of_two_may_be_the_one() -> None:
    minutes = (
        "机器人 提示 区长、常务副区长之一  「已同意。」\n机器人 提示 区长、常务副区长之一  「已由…同意」"
    )
    first, second = "已同意。", "已由别人同意"
    for winner, loser in (("区长", "常务副区长"), ("常务副区长", "区长")):
        done = told(winner, first, kind=Kind.TOAST), told(loser, second, kind=Kind.TOAST)
        assert compared(minutes, *done).agrees
    both = told("区长", first, kind=Kind.TOAST), told("常务副区长", first, kind=Kind.TOAST)
    assert not compared(minutes, *both).agrees
