"""The ledger of briefings (简报台账) as sheets: every kind, and every issue of it (art. 66)."""

from typing import Final

from notices.ledger import Column, Table
from rules.briefing.matter import Briefing, Issue

KINDS: Final = Table[Briefing](
    "简报",
    (
        Column("单位", 8, lambda one: one.unit.name),
        Column("名称", 10, lambda one: one.title),
        Column("周期", 4, lambda one: str(one.cycle)),
        Column("主送", 8, lambda one: str(one.readers)),
        Column("备案到", 4, lambda one: one.year),
        Column("状态", 4, lambda one: str(one.state)),
        Column("申请人", 8, lambda one: one.submitted_by.titled),
        Column("申请时间", 8, lambda one: one.submitted_at),
        Column("增加理由", 12, lambda one: one.special),
        Column("核准", 14, lambda one: one.settled),
        Column("期数", 3, lambda one: len(one.issues) or None),
        Column("最近一期时间", 8, lambda one: one.issues[-1].sent_at if one.issues else None),
        Column("停办时间", 8, lambda one: one.stopped_at),
        Column("编号", 3, lambda one: one.id),
    ),
)
ISSUES: Final = Table[tuple[Briefing, Issue]](
    "各期",
    (
        Column("单位", 8, lambda row: row[0].unit.name),
        Column("名称", 10, lambda row: row[0].title),
        Column("期号", 3, lambda row: row[1].number),
        Column("报送时间", 8, lambda row: row[1].sent_at),
        Column("报送人", 8, lambda row: row[1].sent_by.titled),
        Column("文件", 14, lambda row: row[1].name),
        Column("已阅", 12, lambda row: "、".join(one.reader.name for one in row[1].read)),
    ),
)
