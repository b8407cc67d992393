"""Draws 请假报告单.docx beside this file; run it after changing what the form looks like.

    python -m notices.templates

An office does not need it: it edits a copy in Word and names it in [papers] leave_template.
"""

from pathlib import Path
from typing import Final

from docx import Document
from docx.document import Document as Word
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FILE: Final = Path(__file__).parent / "请假报告单.docx"
_BODY, _LABEL, _TITLE = "仿宋", "宋体", "宋体"
_LATIN = "Times New Roman"
_WIDTHS: Final = (Cm(2.7), Cm(4.9), Cm(2.5), Cm(5.5))
_ACROSS: Final = Cm(15.6)
_LOW, _HIGH = Cm(1.15), Cm(2.4)


def draw() -> Word:
    """The form on one A4 page, with its placeholders."""
    document = Document()
    _page(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(10)
    _write(title, "请 假 报 告 单", font=_TITLE, size=22, bold=True)
    above = document.add_paragraph()
    above.paragraph_format.tab_stops.add_tab_stop(_ACROSS, WD_TAB_ALIGNMENT.RIGHT)
    above.paragraph_format.space_after = Pt(2)
    _write(above, "{{ 紧急 }}编号：{{ 编号 }}（{{ 状态 }}）\t报告时间：{{ 报告时间 }}", size=11)
    table = document.add_table(rows=0, cols=4, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    _pair(table, ("姓　　名", "{{ 姓名 }}"), ("单　　位", "{{ 单位 }}"))
    _pair(table, ("职　　务", "{{ 职务 }}"), ("联系电话", "{{ 电话 }}"))
    _pair(table, ("类　　别", "{{ 类别 }}"), ("天　　数", "{{ 天数 }}"))
    _wide(table, "时　　间", "{{ 时间 }}")
    _wide(table, "地　　点", "{{ 地点 }}")
    _wide(table, "事　　由", "{{ 事由 }}", height=_HIGH)
    _only_if(table, "附件", "附　　件", "{{ 附件 }}")
    _only_if(table, "外事批件", "外事批件", "{{ 外事批件 }}")
    _wide(table, "{{ 主持名目 }}", "{{ 代为主持 }}")
    _only_if(table, "报告情况", "报告情况", "{{ 报告情况 }}")
    _only_if(table, "变更情况", "变更情况", "{{ 变更情况 }}")
    _tag(table, "{%tr for 项 in 审批 %}")
    opinion = _wide(table, "{{ 项.名目 }}", "{{ 项.意见 }}", height=_HIGH)
    signed = opinion.add_paragraph()
    signed.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    signed.paragraph_format.space_after = Pt(3)
    _write(signed, "{{ 项.签名 }}　{{ 项.时间 }}")
    _tag(table, "{%tr endfor %}")
    _only_if(table, "区委报备", "区委报备", "{{ 区委报备 }}")
    _wide(table, "销　　假", "{{ 销假 }}")
    below = document.add_paragraph()
    below.paragraph_format.space_before = Pt(6)
    _write(
        below,
        "说明：外出期间请保持通信联络畅通，确保24小时能随时取得联系；返回后及时销假。{{ 依据 }}",
        size=10.5,
    )
    made = document.add_paragraph()
    made.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _write(made, "{{ 办公室 }}　{{ 制表时间 }}制表", size=10.5)
    return document


def _page(document: Word) -> None:
    """A4 with the margins of GB/T 9704, as far as the form leaves them."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.top_margin, section.bottom_margin = Cm(3.0), Cm(2.5)
    properties = document.core_properties
    properties.author = properties.comments = ""
    properties.title = "请假报告单"


def _pair(table: Table, left: tuple[str, str], right: tuple[str, str]) -> None:
    row = _row(table, _LOW)
    for (label, value), at in ((left, 0), (right, 2)):
        _label(row.cells[at], label)
        _value(row.cells[at + 1], value)


def _wide(table: Table, label: str, value: str, height: Cm = _LOW) -> _Cell:
    """One label, and its value across the rest of the row."""
    row = _row(table, height)
    _label(row.cells[0], label)
    cell: _Cell = row.cells[1].merge(row.cells[3])
    _value(cell, value)
    return cell


def _only_if(table: Table, name: str, label: str, value: str) -> None:
    """A row that is left out where there is nothing to say."""
    _tag(table, f"{{%tr if {name} %}}")
    _wide(table, label, value)
    _tag(table, "{%tr endif %}")


def _tag(table: Table, tag: str) -> None:
    """A row of its own for a tag; it does not appear in the filled form."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    _write(row.cells[0].merge(row.cells[3]).paragraphs[0], tag, size=9)


def _row(table: Table, height: Cm) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    row.height, row.height_rule = height, WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell, width in zip(row.cells, _WIDTHS, strict=True):
        cell.width = width
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return row


def _label(cell: _Cell, text: str) -> None:
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(_apart(cell), text, font=_LABEL)


def _value(cell: _Cell, text: str) -> None:
    _write(_apart(cell), text)


def _apart(cell: _Cell) -> Paragraph:
    """The cell's paragraph, kept off the lines above and below it."""
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    return paragraph


def _write(
    paragraph: Paragraph, text: str, *, font: str = _BODY, size: float = 12, bold: bool = False
) -> Run:
    """Text in one run, so that a placeholder is never torn apart."""
    paragraph.paragraph_format.line_spacing = 1.25
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.bold = _LATIN, Pt(size), bold
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


if __name__ == "__main__":
    draw().save(str(FILE))
