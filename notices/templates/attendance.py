"""会议签到表 (art. 49, 55): the list of a meeting, with who was there."""

from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Cm
from docx.table import Table, _Row

from notices.templates.sheet import above, apart, below, head, made_by, new, repeated, whole, write

NAME = "会议签到表"
_WIDTHS = (Cm(1.2), Cm(1.9), Cm(4.3), Cm(2.0), Cm(2.5), Cm(1.9), Cm(3.2))
_HEADS = ("序号", "姓名", "职务", "身份", "情况", "签到时间", "备注")


def draw() -> Word:
    """The list on as many pages as it needs, with its placeholders."""
    document = new(NAME, Cm(2.0), Cm(2.0))
    head(document, "{{ 会议 }}\n签到表")  # in a line of its own: a long name breaks anywhere
    above(document, "时间：{{ 时间 }}\t地点：{{ 地点 }}", Cm(17.0))
    above(document, "{% if 主持 %}主持：{{ 主持 }}　{% endif %}应到{{ 应到 }}人，到会{{ 到会 }}人"
          "，迟到{{ 迟到 }}人，请假{{ 请假 }}人{% if 缺席 %}，缺席{{ 缺席 }}人{% endif %}"
          "{% if 列席 %}；列席到会{{ 列席 }}人{% endif %}")  # fmt: skip
    rows: Table = document.add_table(rows=0, cols=len(_HEADS), style="Table Grid")
    rows.alignment, rows.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(rows.columns, _WIDTHS, strict=True):
        column.width = width
    repeated(_line(rows, *_HEADS))
    _tag(rows, "{%tr for 项 in 签到 %}")
    _line(
        rows, *(f"{{{{ 项.{word} }}}}" for word in ("序号", "姓名", "职务", "身份", "情况", "时间", "备注"))
    )
    _tag(rows, "{%tr endfor %}")
    below(document, "{{ 半数 }}")
    made_by(document)
    return document


def _line(into: Table, *words: str) -> _Row:
    row = whole(into)
    for cell, width, text in zip(row.cells, _WIDTHS, words, strict=True):
        cell.width = width
        write(apart(cell), text, size=10.5)
    return row


def _tag(into: Table, tag: str) -> None:
    row: _Row = into.add_row()  # type: ignore[no-untyped-call]
    write(row.cells[0].merge(row.cells[-1]).paragraphs[0], tag, size=9)
