"""`banjie export`: a ledger into a file, for the administrator."""

import asyncio
import io
import secrets
import sys
from datetime import date
from pathlib import Path

from bot.administration import open_database
from bot.clock import real_now
from bot.config import Config
from bot.progress import Advance, shown
from matters.ledger import Ledger
from matters.ledgers import LEDGERS
from notices.ledger import Wanted
from notices.spreadsheet import Worksheet, write_csv, write_xlsx
from rules.refused import Refused
from rules.stretch import Stretch
from storage.office import Office
from storage.revision import Schema, schema_of

STDOUT = Path("-")


def ledger_named(name: str) -> Ledger:
    """The ledger of that name; refused with the names there are."""
    if name in LEDGERS:
        return LEDGERS[name]
    known = "、".join(f"{each.name}（{each.title}）" for each in LEDGERS.values())
    raise Refused(f"没有台账 {name}。可以导出的有：{known}。")


def stretch_of(first: str, last: str) -> Stretch:
    """The dates given at the command line; empty ones leave that end open."""
    stretch = Stretch(_day("--from", first), _day("--to", last))
    if stretch.first and stretch.last and stretch.first > stretch.last:
        raise Refused(f"--from {first} 晚于 --to {last}。")
    return stretch


def _day(option: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(f"{option} 应是日期，如 2026-01-01，现为 {text}。") from None


async def export(config: Config, name: str, style: str, stretch: Stretch, out: Path | None) -> str:
    """Write the ledger to `out`, by default a file of its own name here; the sentence that says so.

    An existing file is never written over. With `-` it goes to standard output and the sentence is empty.
    """
    ledger = ledger_named(name)
    wanted = Wanted(stretch)
    file = out or Path(ledger.file_name(wanted, style))
    if file != STDOUT and file.exists():
        raise Refused(f"{file} 已经存在，请用 --out 换一个文件名。")
    if not file.parent.is_dir():
        raise Refused(f"没有文件夹 {file.parent}，请先建好。")
    sheets = await _read(config, ledger, stretch)
    content = await asyncio.to_thread(_written, sheets, style)
    if file == STDOUT:
        sys.stdout.buffer.write(content)
        return ""
    await asyncio.to_thread(file.write_bytes, content)
    return f"{ledger.title}台账已导出到 {file}：{stretch}，{len(sheets[0].rows)}件。"


async def _read(config: Config, ledger: Ledger, stretch: Stretch) -> list[Worksheet]:
    async with open_database(config) as database:
        match await schema_of(database):
            case Schema.EMPTY:
                raise Refused("还没有数据库，没有台账可导。请核对 [database] url。")
            case Schema.BEHIND | Schema.NEWER:
                raise Refused("数据库与程序的版本不合。请运行 banjie check。")
            case Schema.CURRENT:
                pass
        office = Office(database, config.settings, real_now)
        with shown("读取") as advance:
            async with office.work(f"export:{secrets.token_hex(6)}") as work:
                sheets = await ledger.draw_up(work, Wanted(stretch, advance=advance))
                detail = {"stretch": str(stretch), "unit": "", "rows": len(sheets[0].rows)}
                await work.note(None, "export", f"ledger:{ledger.name}", detail=detail)
        return sheets


def _written(sheets: list[Worksheet], style: str) -> bytes:
    content = io.BytesIO()
    with shown("写出") as advance:
        _write(sheets, style, content, advance)
    return content.getvalue()


def _write(sheets: list[Worksheet], style: str, to: io.BytesIO, advance: Advance) -> None:
    if style == "csv":
        write_csv(sheets[0], to, advance)
    else:
        write_xlsx(sheets, to, advance)
