"""/export (台账): a ledger as an Excel file, everybody's for the office, the own unit's for its head."""

import asyncio
from datetime import date
from typing import Final

from telegram import Update

from handlers.context import Context, Route, opening, sender
from handlers.taps import Tap, on_tap
from matters import export
from matters.ledger import Ledger
from matters.ledgers import LEDGERS, open_to
from notices.ledger import Wanted
from notices.spreadsheet import as_xlsx
from rules.ledgers import unit_open_to
from rules.refused import Refused
from rules.stretch import Stretch
from rules.working_days import shanghai_day

LONGEST: Final = 3_000
"""Rows at most: a longer one would keep everybody else waiting, and is drawn up at the command line."""


async def start(update: Update, context: Context) -> None:
    """/export: which ledger, or at once for which time where there is only one."""
    official, work = await sender(update, context), context.work
    offered = open_to(official)
    if len(offered) == 1:
        only, unit = offered[0], unit_open_to(official, for_leaders=offered[0].for_leaders)
        await work.send(export.when(official, only, unit, shanghai_day(work.now)))
    else:
        await work.send(export.which(official, offered))


@on_tap("export:{ledger}")
async def pick(tap: Tap[None]) -> str:
    """A tap on a ledger: for which time?"""
    work, official, ledger = tap.work, tap.official, _named(tap.words["ledger"])
    unit = unit_open_to(official, for_leaders=ledger.for_leaders)
    await work.send(export.when(official, ledger, unit, shanghai_day(work.now)))
    return ""


@on_tap("export:{ledger}:{stretch}")
async def draw(tap: Tap[None]) -> str:
    """A tap on a time: the file comes as a document; that it was taken is kept in the audit."""
    work, official, ledger = tap.work, tap.official, _named(tap.words["ledger"])
    unit = unit_open_to(official, for_leaders=ledger.for_leaders)
    first, _, last = tap.words["stretch"].partition("-")
    wanted = Wanted(Stretch(_day(first), _day(last)), unit, official, _not_too_long)
    sheets = await ledger.draw_up(work, wanted)
    count = len(sheets[0].rows)
    if not count:
        raise Refused(f"这段时间（{wanted.stretch}）没有{ledger.title}记录。")
    content = await asyncio.to_thread(as_xlsx, sheets)
    detail = {"stretch": str(wanted.stretch), "unit": unit.name if unit else "", "rows": count}
    await work.note(official, "export", f"ledger:{ledger.name}", detail=detail)
    await work.send(export.made(official, ledger, wanted, content, count))
    return "台账已生成。"


def _not_too_long(_done: int, total: int) -> None:
    if total > LONGEST:
        raise Refused(f"这段时间的台账有{total}行，太长了：请缩短时间，或请管理员用 banjie export 导出。")


def _named(name: str) -> Ledger:
    if name not in LEDGERS:
        raise Refused("没有这种台账，请发「台账」重新选择。")
    return LEDGERS[name]


def _day(digits: str) -> date | None:
    """A Shanghai date out of a button; a forged one may not exist."""
    try:
        return date.fromisoformat(digits) if digits else None
    except ValueError:
        raise Refused("按钮里的日期不存在，请发「台账」重新选择。") from None


ROUTES: list[Route] = [
    *opening("export", "台账", start),
    pick,
    draw,
]
