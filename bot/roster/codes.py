"""Binding codes as they are handed out: a table, csv for a machine, or a page to print with QR codes."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno
from markupsafe import Markup
from rich.console import Console
from rich.table import Table

from notices.spreadsheet import Column, Worksheet, write_csv
from rules.binding import spaced
from rules.roster import Official, Unit
from rules.working_days import SHANGHAI

CSV_HEADINGS = ("姓名", "单位", "职务", "code")

_STYLE = Markup("""
  @page { size: A4; margin: 12mm }
  body { font: 14px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #111;
         margin: 0 auto; max-width: 190mm }
  section { break-after: page; padding: 4mm 0 }
  section:last-of-type { break-after: auto }
  h1 { font-size: 20px; margin: 0 0 2mm }
  p { margin: 0 0 4mm; color: #444 }
  .cards { display: grid; grid-template-columns: repeat(2, 1fr); gap: 5mm }
  .card { border: 1px dashed #888; border-radius: 3mm; padding: 4mm; break-inside: avoid;
          display: flex; gap: 4mm; align-items: center }
  .card svg { width: 30mm; height: 30mm; flex: none }
  .card b { font-size: 17px }
  code { font: 600 17px/1.6 ui-monospace, Consolas, monospace; letter-spacing: .06em; white-space: nowrap }
""")


@dataclass(frozen=True)
class HandedOut:
    """A fresh code in words; it exists only here and on paper, the database keeps its hash."""

    official: Official
    code: str
    expires_at: datetime


def deep_link(bot_name: str, code: str) -> str:
    """The link that opens the chat with the bot and sends the code on a tap."""
    return f"https://t.me/{bot_name}?start={code}"


def as_table(codes: Sequence[HandedOut], console: Console) -> None:
    """For the terminal."""
    table = Table("姓名", "单位", "职务", "绑定码", "有效期至", title="绑定码（每码只能用一次）")
    for each in codes:
        row = (
            each.official.name,
            each.official.unit.name,
            each.official.post,
            spaced(each.code),
            _until(each),
        )
        table.add_row(*row)
    console.print(table)


def as_csv(codes: Sequence[HandedOut]) -> bytes:
    """Columns 姓名,单位,职务,code, as every table of ours is written for Excel."""
    rows = [(c.official.name, c.official.unit.name, c.official.post, c.code) for c in codes]
    written = io.BytesIO()
    write_csv(Worksheet("绑定码", [Column(heading) for heading in CSV_HEADINGS], rows), written)
    return written.getvalue()


def as_html(codes: Sequence[HandedOut], *, office_name: str, bot_name: str = "") -> str:
    """A page to print and cut: a sheet per unit, a card per person with code and QR code.

    Without the bot's user name there is nothing to link to, and the QR code is left out.
    """
    by_unit: dict[Unit, list[Markup]] = {}
    for each in codes:
        by_unit.setdefault(each.official.unit, []).append(_card(each, bot_name))
    sheets = (
        Markup("<section><h1>{} · 办结绑定码</h1><p>{}</p><div class=cards>{}</div></section>").format(
            unit.full_name, _how_to(bot_name), Markup("").join(cards)
        )
        for unit, cards in by_unit.items()
    )
    head = Markup(
        "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>{}绑定码</title><style>{}</style>"
    )
    return str(head.format(office_name, _STYLE) + Markup("\n").join(sheets) + Markup("</html>\n"))


def _how_to(bot_name: str) -> str:
    scan = "用手机扫码，或" if bot_name else ""
    return f"{scan}在与机器人的私聊中发送“/start 绑定码”。每码限本人使用一次，请勿转交、拍照外传。"


def _card(each: HandedOut, bot_name: str) -> Markup:
    qr = Markup("")
    if bot_name:
        # A local page, and segno's own markup: nothing of a person's text goes into it but the code.
        svg = segno.make(deep_link(bot_name, each.code), error="m", micro=False).svg_inline(
            border=2, omitsize=True
        )
        qr = Markup(svg)  # noqa: S704
    return Markup("<div class=card>{}<div><b>{}</b><br>{}<br><code>{}</code><br>{}前有效</div></div>").format(
        qr, each.official.name, each.official.post, spaced(each.code), _until(each)
    )


def _until(each: HandedOut) -> str:
    """The moment of expiry in Shanghai time, e.g. 10月7日17:00."""
    moment = each.expires_at.astimezone(SHANGHAI)
    return f"{moment.month}月{moment.day}日{moment:%H:%M}"
