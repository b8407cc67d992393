"""The countersign ledger (会签台账) as sheets: 会签, 各单位答复, 按单位统计 (art. 61, 63).

The office and the leaders see everything. A head sees the sheets of his own unit whole, of the others that
they went out and how his own unit answered.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from notices.ledger import Wanted
from notices.spreadsheet import Cell, Column
from rules.countersign.answer import Opinion
from rules.countersign.consultation import Consultation
from rules.countersign.extension import ExtensionState
from rules.countersign.ledger import Line, Tally, leads, open_to
from rules.countersign.matter import Countersign, CountersignState
from rules.working_days import SHANGHAI

WITHHELD: Final = "（略）"
WITHHELD_SAID: Final = "其他单位主办的，只列本单位的答复。"
_HOUR: Final = timedelta(hours=1)

SHEETS: Final = (
    Column("编号", 3),
    Column("标题", 16, wrap=True),
    Column("类型", 3),
    Column("急件", 3),
    Column("主办单位", 6),
    Column("经办人", 7, wrap=True),
    Column("拟送时间", 8),
    Column("送出人", 10, wrap=True),
    Column("送出时间", 8),
    Column("稿次", 3),
    Column("会签单位", 14, wrap=True),
    Column("单位数", 3),
    Column("已答复", 3),
    Column("无不同意见", 4),
    Column("有不同意见", 4),
    Column("视为无不同意见", 5),
    Column("逾期意见", 4),
    Column("延期", 3),
    Column("未答复", 3),
    Column("协调", 10, wrap=True),
    Column("状态", 4),
    Column("办结或撤回时间", 8),
    Column("理由", 10, wrap=True),
)
_COUNTS: Final = 7
"""So many columns say how it got on, from 已答复 to 未答复."""

ANSWERS: Final = (
    Column("会签编号", 4),
    Column("标题", 16, wrap=True),
    Column("类型", 3),
    Column("主办单位", 6),
    Column("会签单位", 6),
    Column("稿次", 3),
    Column("送会签时间", 8),
    Column("送达时间", 8),
    Column("送达方式", 4),
    Column("期限", 7, wrap=True),
    Column("期限怎么算", 16, wrap=True),
    Column("延期", 8, wrap=True),
    Column("催办次数", 4),
    Column("情况", 6),
    Column("答复意见", 6),
    Column("答复时间", 8),
    Column("签署或录入", 12, wrap=True),
    Column("意见内容", 16, wrap=True),
    Column("主办单位回复", 14, wrap=True),
    Column("逾期意见", 14, wrap=True),
    Column("用时（工作小时）", 5),
)

SUMS: Final = (
    Column("单位", 7),
    Column("应答复", 4),
    Column("按期答复", 4),
    Column("按期率", 4),
    Column("其中延期", 4),
    Column("逾期答复", 4),
    Column("视为无不同意见", 5),
    Column("逾期未答复", 5),
    Column("待答复", 4),
    Column("未送达", 4),
    Column("不再答复", 4),
    Column("有不同意见", 5),
    Column("平均用时（工作小时）", 6),
    Column("最长用时（工作小时）", 6),
)


def shown(line: Line, wanted: Wanted) -> bool:
    """A unit's own ledger has the answers to its sheets, and its own answers to others'."""
    if wanted.unit is not None and wanted.unit not in (line.sheet.lead_unit, line.consultation.unit):
        return False
    return open_to(line, wanted.reader)


# ---------------------------------------------------------------- rows


def sheet_row(sheet: Countersign, wanted: Wanted) -> Sequence[Cell]:
    standing = sheet.standing if sheet.released_at else []
    known = leads(sheet, wanted.reader)
    counts: Sequence[Cell] = _counts(standing, sheet) if known else [WITHHELD] * _COUNTS
    return (
        sheet.id,
        sheet.title,
        str(sheet.kind),
        "是" if sheet.urgent else "",
        sheet.lead_unit.name,
        sheet.drafter.titled,
        sheet.prepared_at,
        _released(sheet),
        sheet.released_at,
        sheet.round or None,
        "、".join(one.unit.name for one in sheet.standing),
        len(sheet.standing),
        *counts,
        "\n".join(_mediated(sheet)) if known else WITHHELD if sheet.mediations else "",
        str(sheet.state),
        sheet.ended_at,
        sheet.end_reason,
    )


def _counts(standing: Sequence[Consultation], sheet: Countersign) -> Sequence[Cell]:
    """Where a unit was asked in several rounds, its latest counts; 0 is left empty."""
    opinions = [one.opinion for one in standing]
    return [
        len([opinion for opinion in opinions if opinion is not None]),
        opinions.count(Opinion.NO_OBJECTION) or None,
        opinions.count(Opinion.OBJECTION) or None,
        opinions.count(Opinion.DEEMED) or None,
        len([one for one in standing if one.late]) or None,
        len([one for one in standing if one.extended]) or None,
        len([one for one in standing if sheet.state is CountersignState.OPEN and one.waiting]) or None,
    ]


def _released(sheet: Countersign) -> str:
    if sheet.released_by is None:
        return ""
    acting = f"（代{sheet.released_for.titled}）" if sheet.released_for else ""
    return f"{sheet.released_by.titled}{acting}"


def _mediated(sheet: Countersign) -> Iterator[str]:
    for one in sheet.mediations:
        if one.decision is not None:
            yield f"{one.by}：{one.decision}" + (f"，{one.text}" if one.text else "")
        elif one.open:
            yield f"{one.asked.titled}协调中"


def answer_row(line: Line) -> Sequence[Cell]:
    sheet, one = line.sheet, line.consultation
    answer, late = one.answer, one.late
    return (
        sheet.id,
        sheet.title,
        str(sheet.kind),
        sheet.lead_unit.name,
        one.unit.name,
        one.round,
        one.asked_at,
        one.delivered_at,
        str(one.channel) if one.channel else "",
        one.due_label,
        one.due_explained,
        "\n".join(_extensions(one)),
        one.nudges_taken or None,
        str(line.timeliness),
        str(answer.opinion) if answer else "",
        answer.at if answer else None,
        answer.by if answer else "",
        answer.text if answer else "",
        _reply(one),
        f"{late.opinion}（{late.by}，{_clock(late.at)}）{late.text}" if late else "",
        _hours(line.worked),
    )


def _extensions(one: Consultation) -> Iterator[str]:
    for each in one.extensions:
        said = "待答复" if each.state is ExtensionState.ASKED else str(each.state)
        yield f"至{each.until.isoformat()}：{said}"


def _reply(one: Consultation) -> str:
    """采纳：……；单位：无不同意见."""
    objection = one.objection
    if objection is None or objection.reply is None:
        return ""
    text = f"：{objection.reply_text}" if objection.reply_text else ""
    stand = f"；会签单位：{objection.stand}" if objection.stand else ""
    return f"{objection.reply}{text}{stand}"


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _hours(worked: timedelta | None) -> float | None:
    return round(worked / _HOUR, 1) if worked is not None else None


def tally_row(tally: Tally) -> Sequence[Cell]:
    """One unit; 0 is left empty, so that what there is stands out."""
    due = tally.asked - tally.waiting - tally.undelivered - tally.moot
    return (
        tally.unit.name,
        tally.asked,
        tally.in_time or None,
        f"{tally.in_time / due:.0%}" if due else "",
        tally.extended or None,
        tally.late or None,
        tally.deemed or None,
        tally.overdue or None,
        tally.waiting or None,
        tally.undelivered or None,
        tally.moot or None,
        tally.objections or None,
        _hours(tally.average),
        _hours(tally.longest) if tally.answered else None,
    )
