"""The difference a new roster makes, shown before it is taken over."""

from collections.abc import Collection, Iterator, Sequence

from rich.console import Console
from rich.text import Text

from rules.roster import Official, Unit
from rules.roster_change import PersonChange, RosterChange
from rules.roster_import import BadRow, PersonRow, UnitRow
from rules.roster_match import Doubt
from rules.working_days import SHANGHAI

_STYLES = {
    "请先确认": "bold magenta",
    "新增": "green",
    "变更": "yellow",
    "调动": "cyan",
    "撤并": "red",
    "恢复": "green",
    "离任": "red",
    "请留意": "magenta",
}


def plain(change: RosterChange, bound_again: Collection[Official] = ()) -> str:
    """The difference as plain text, section by section; the last line counts it up.

    `bound_again` are those of the returned whose account is theirs again.
    """
    lines: list[str] = []
    for title, items in _sections(change, bound_again):
        lines += [f"{title}（{len(items)}）", *(f"  {item}" for item in items)]
    return "\n".join([*lines, summary(change)])


def show(change: RosterChange, console: Console, bound_again: Collection[Official] = ()) -> None:
    """The same in colours, for a terminal."""
    for title, items in _sections(change, bound_again):
        style = next((style for word, style in _STYLES.items() if word in title), "")
        console.print(Text(f"{title}（{len(items)}）", style=f"bold {style}"), soft_wrap=True)
        for item in items:
            console.print(Text(f"  {item}", style=style), soft_wrap=True)
    console.print(Text(summary(change), style="bold"), soft_wrap=True)


def show_rejection(bad_rows: Sequence[BadRow], console: Console) -> None:
    """Every bad row, and that nothing was changed."""
    for bad in bad_rows:
        console.print(Text(str(bad), style="red"), soft_wrap=True)
    console.print(Text(rejection_summary(bad_rows), style="bold"), soft_wrap=True)


def summary(change: RosterChange) -> str:
    """One line: 单位新增1、变更0、撤并0；人员新增2、变更1（调动1）、离任0。"""
    if not change:
        return "花名册没有变化。"
    units = (
        f"单位新增{len(change.units_new)}、变更{len(change.units_changed)}、撤并{len(change.units_closed)}"
    )
    moved = f"（调动{len(change.people_moved)}）" if change.people_moved else ""
    people = f"人员新增{len(change.people_new)}、变更{len(change.people_changed)}{moved}"
    back = f"、恢复{len(change.people_back)}" if change.people_back else ""
    doubts = f"；待确认{len(change.doubts)}" if change.doubts else ""
    return f"{units}；{people}、离任{len(change.people_left)}{back}{doubts}。"


def rejection_summary(bad_rows: Sequence[BadRow]) -> str:
    """How many faults there are, and that the roster stays as it was."""
    return f"共{len(bad_rows)}处问题，花名册未作任何改动。"


def doubts_summary(change: RosterChange) -> str:
    """What is to be done before the roster can be taken over."""
    return (
        f"有{len(change.doubts)}处要先确认，花名册未作任何改动。"
        "请在终端里运行以逐项回答，或按上面所列加 --same、--new 后重新导入。"
    )


def _asked(doubt: Doubt[UnitRow, Unit] | Doubt[PersonRow, Official]) -> str:
    """One question with what is the same, and how to answer it."""
    before = "、".join(_who(one) for one in doubt.candidates)
    ways = " 或 ".join(f"--same '{doubt.name}={name}'" for name in doubt.names)
    return (
        f"{_who(doubt.row)}：是不是原来的{before}？（{doubt.why}）"
        f"是的，加 {ways}；不是，加 --new '{doubt.name}'"
    )


def _who(one: UnitRow | PersonRow | Unit | Official) -> str:
    if isinstance(one, UnitRow | Unit):
        return f"“{one.name}”（{one.full_name}）"
    phone = f"，{one.phone}" if one.phone else ""
    return f"{one.unit.name} {one.name}（{one.post}{phone}{_left(one)}）"


def _left(one: PersonRow | Official) -> str:
    if isinstance(one, PersonRow) or one.left_at is None:
        return ""
    day = one.left_at.astimezone(SHANGHAI)
    return f"，{day.year}年{day.month}月{day.day}日离任"


def question(doubt: Doubt[UnitRow, Unit] | Doubt[PersonRow, Official], place: int) -> str:
    """The same for one candidate, to be answered with yes or no."""
    return f"{_who(doubt.row)}就是原来的{_who(doubt.candidates[place])}吗？（{doubt.why}）"


def _binding(back: PersonChange, bound_again: Collection[Official]) -> str:
    if back.official in bound_again:
        return "绑定恢复"
    name = f"{back.row.name}({back.row.unit.name})"
    return f"原来没有绑定，或者账号已由他人使用，请发码：banjie roster codes --person '{name}'"


def _sections(change: RosterChange, bound_again: Collection[Official]) -> Iterator[tuple[str, list[str]]]:
    """Every section that has something in it, with a line for each unit or person."""
    bound = "，已绑定，将解除"
    sections = {
        "请先确认是否同一单位、同一人": [_asked(doubt) for doubt in change.doubts],
        "单位新增": [f"{row.name}（{row.full_name}，{row.kind}）" for row in change.units_new],
        "单位变更": [
            f"{each.unit.name}：{'；'.join(map(str, each.differences))}" for each in change.units_changed
        ],
        "单位撤并": [unit.name for unit in change.units_closed],
        "人员新增": [f"{row.unit.name} {row.name}（{row.post}，{row.role}）" for row in change.people_new],
        "人员调动": [
            f"{each.official.name}：{'；'.join(map(str, each.differences))}（绑定保留）"
            for each in change.people_moved
        ],
        "人员变更": [
            f"{each.official.unit.name} {each.official.name}：{'；'.join(map(str, each.differences))}"
            for each in change.people_changed
            if not each.moved
        ],
        "人员恢复": [
            f"{_who(each.official)}：" + "；".join([*map(str, each.differences), _binding(each, bound_again)])
            for each in change.people_back
        ],
        "人员离任": [
            f"{official.unit.name} {official.name}（{official.post}{bound if official.telegram_id else ''}）"
            for official in change.people_left
        ],
        "请留意": [str(warning) for warning in change.warnings],
    }
    for title, items in sections.items():
        if items:
            yield title, items
