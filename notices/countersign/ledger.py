"""The countersign ledger (会签台账) as sheets: 会签, 各单位答复, 按单位统计 (art. 61, 63).

The office and the leaders see everything. A head sees the sheets of their own unit whole, of the others that
they went out and how their own unit answered.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from notices.ledger import WITHHELD, Column, Table, Wanted
from rules.countersign.answer import Opinion
from rules.countersign.consultation import Consultation
from rules.countersign.extension import ExtensionState
from rules.countersign.ledger import Line, Tally, leads, open_to
from rules.countersign.matter import Countersign, CountersignState
from rules.todo import acting_title
from rules.working_days import SHANGHAI

WITHHELD_SAID: Final = "其他单位主办的，只列本单位的答复。"
_HOUR: Final = timedelta(hours=1)


def shown(line: Line, wanted: Wanted) -> bool:
    """A unit's own ledger has the answers to its sheets, and its own answers to others'."""
    if wanted.unit is not None and wanted.unit not in (line.sheet.lead_unit, line.consultation.unit):
        return False
    return open_to(line, wanted.reader)


# ---------------------------------------------------------------- the sheets


def _released(sheet: Countersign) -> str:
    if sheet.released_by is None:
        return ""
    return acting_title(sheet.released_by, sheet.released_for or sheet.released_by)


def _mediated(sheet: Countersign) -> str:
    lines = []
    for one in sheet.mediations:
        if one.decision is not None:
            lines.append(f"{one.by}：{one.decision}" + (f"，{one.text}" if one.text else ""))
        elif one.open:
            lines.append(f"{one.holder.titled}协调中")
    return "\n".join(lines)


def _how_many(heading: str, width: int, holds: Callable[[Consultation], bool]) -> Column[Countersign]:
    """For how many units it holds, by the latest round of each; 0 is left empty."""
    return Column(heading, width, lambda sheet: _count(sheet, holds) or None, to_others=lambda _: WITHHELD)


def _count(sheet: Countersign, holds: Callable[[Consultation], bool]) -> int:
    return sum(map(holds, sheet.current)) if sheet.released_at else 0


SHEETS: Final = Table[Countersign](
    "会签",
    (
        Column("编号", 3, lambda sheet: sheet.id),
        Column("标题", 16, lambda sheet: sheet.title),
        Column("类型", 3, lambda sheet: str(sheet.kind)),
        Column("急件", 3, lambda sheet: "是" if sheet.urgent else ""),
        Column("主办单位", 6, lambda sheet: sheet.lead_unit.name),
        Column("经办人", 7, lambda sheet: sheet.drafter.titled),
        Column("拟送时间", 8, lambda sheet: sheet.prepared_at),
        Column("送出人", 10, _released),
        Column("送出时间", 8, lambda sheet: sheet.released_at),
        Column("稿次", 3, lambda sheet: sheet.round or None),
        Column("会签单位", 14, lambda sheet: "、".join(one.unit.name for one in sheet.current)),
        Column("单位数", 3, lambda sheet: len(sheet.current)),
        Column(
            "已答复",
            3,
            lambda sheet: _count(sheet, lambda one: one.opinion is not None),
            to_others=lambda _: WITHHELD,
        ),
        _how_many("无不同意见", 4, lambda one: one.opinion is Opinion.NO_OBJECTION),
        _how_many("有不同意见", 4, lambda one: one.opinion is Opinion.OBJECTION),
        _how_many("视为无不同意见", 5, lambda one: one.opinion is Opinion.DEEMED),
        _how_many("逾期意见", 4, lambda one: one.late is not None),
        _how_many("延期", 3, lambda one: one.extended),
        Column(
            "未答复",
            3,
            lambda sheet: (
                _count(sheet, lambda one: sheet.state is CountersignState.OPEN and one.waiting) or None
            ),
            to_others=lambda _: WITHHELD,
        ),
        Column("协调", 10, _mediated, to_others=lambda sheet: WITHHELD if sheet.mediations else ""),
        Column("状态", 4, lambda sheet: str(sheet.state)),
        Column("办结或撤回时间", 8, lambda sheet: sheet.ended_at),
        Column("理由", 10, lambda sheet: sheet.end_reason),
    ),
    knows=leads,
)

# ---------------------------------------------------------------- the answers


def _extensions(one: Consultation) -> str:
    return "\n".join(
        f"至{each.until.isoformat()}：{'待答复' if each.state is ExtensionState.ASKED else each.state}"
        for each in one.extensions
    )


def _signed(line: Line) -> str:
    return line.consultation.answer.by if line.consultation.answer else ""


def _said(line: Line) -> str:
    return line.consultation.answer.text if line.consultation.answer else ""


def _reply(line: Line) -> str:
    """采纳：……；单位：无不同意见."""
    objection = line.consultation.objection
    if objection is None or objection.reply is None:
        return ""
    text = f"：{objection.reply_text}" if objection.reply_text else ""
    stand = f"；会签单位：{objection.stand}" if objection.stand else ""
    return f"{objection.reply}{text}{stand}"


def _late(line: Line) -> str:
    late = line.consultation.late
    if late is None:
        return ""
    return f"{late.opinion}（{late.by}，{late.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}）{late.text}"


def _hours(worked: timedelta | None) -> float | None:
    return 10 * worked // _HOUR / 10 if worked is not None else None


ANSWERS: Final = Table[Line](
    "各单位答复",
    (
        Column("会签编号", 4, lambda line: line.sheet.id),
        Column("标题", 16, lambda line: line.sheet.title),
        Column("类型", 3, lambda line: str(line.sheet.kind)),
        Column("主办单位", 6, lambda line: line.sheet.lead_unit.name),
        Column("会签单位", 6, lambda line: line.consultation.unit.name),
        Column("稿次", 3, lambda line: line.consultation.round),
        Column("送会签时间", 8, lambda line: line.consultation.asked_at),
        Column("送达时间", 8, lambda line: line.consultation.delivered_at),
        Column("送达方式", 4, lambda line: str(line.consultation.channel or "")),
        Column("期限", 7, lambda line: line.consultation.due_label),
        Column("期限怎么算", 16, lambda line: line.consultation.due_explained),
        Column("延期", 8, lambda line: _extensions(line.consultation)),
        Column("催办次数", 4, lambda line: line.consultation.nudges_taken or None),
        Column("情况", 6, lambda line: str(line.timeliness)),
        Column("答复意见", 6, lambda line: str(line.consultation.opinion or "")),
        Column("答复时间", 8, lambda line: answer.at if (answer := line.consultation.answer) else None),
        Column("签署或录入", 12, _signed),
        Column("意见内容", 16, _said),
        Column("主办单位回复", 14, _reply),
        Column("逾期意见", 14, _late),
        Column("用时（工作小时）", 5, lambda line: _hours(line.worked)),
    ),
)

# ---------------------------------------------------------------- each unit's, added up


def _timely(tally: Tally) -> str:
    due = tally.asked - tally.waiting - tally.undelivered - tally.moot
    return f"{tally.in_time / due:.0%}" if due else ""


BY_UNIT: Final = Table[Tally](  # 0 is left empty, so that what there is stands out
    "按单位统计",
    (
        Column("单位", 7, lambda tally: tally.unit.name),
        Column("应答复", 4, lambda tally: tally.asked),
        Column("按期答复", 4, lambda tally: tally.in_time or None),
        Column("按期率", 4, _timely),
        Column("其中延期", 4, lambda tally: tally.extended or None),
        Column("逾期答复", 4, lambda tally: tally.late or None),
        Column("视为无不同意见", 5, lambda tally: tally.deemed or None),
        Column("逾期未答复", 5, lambda tally: tally.overdue or None),
        Column("待答复", 4, lambda tally: tally.waiting or None),
        Column("未送达", 4, lambda tally: tally.undelivered or None),
        Column("不再答复", 4, lambda tally: tally.moot or None),
        Column("有不同意见", 5, lambda tally: tally.objections or None),
        Column("平均用时（工作小时）", 6, lambda tally: _hours(tally.average)),
        Column("最长用时（工作小时）", 6, lambda tally: _hours(tally.longest) if tally.answered else None),
    ),
)
