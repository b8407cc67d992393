"""The parts a form in Word is drawn of: the page, its table of labels and values, tags for the filling."""

from typing import Final

from docx import Document
from docx.document import Document as Word
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_BODY, _LABEL, TITLE = "仿宋", "宋体", "宋体"
_LATIN = "Times New Roman"
_WIDTHS: Final = (Cm(2.7), Cm(4.9), Cm(2.5), Cm(5.5))
ACROSS = Cm(15.6)
LEFT, RIGHT = Cm(2.8), Cm(2.6)
LOW, HIGH = Cm(0.95), Cm(1.9)


def new(title: str, left: Cm = LEFT, right: Cm = RIGHT) -> Word:
    """An empty A4 page of that title, with the margins of GB/T 9704 as far as a form leaves them."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin, section.right_margin = left, right
    section.top_margin, section.bottom_margin = Cm(3.0), Cm(2.5)
    properties = document.core_properties
    properties.author = properties.comments = ""
    properties.title = title
    return document


def head(document: Word, title: str) -> None:
    """The form's name in large letters."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(10)
    write(paragraph, title, font=TITLE, size=22, bold=True)


def above(document: Word, text: str, across: Cm = ACROSS) -> None:
    """The line above the table; what stands behind a tab goes to its right end."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.tab_stops.add_tab_stop(across, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.paragraph_format.space_after = Pt(2)
    write(paragraph, text, size=10.5)


def table(document: Word) -> Table:
    """The form's table, as yet without rows."""
    made: Table = document.add_table(rows=0, cols=4, style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    for column, width in zip(made.columns, _WIDTHS, strict=True):
        column.width = width
    return made


def opinion(into: Table, label: str, text: str, who: str, when: str, height: Cm = HIGH) -> None:
    """A row in which somebody decides: what they say, and below it on the right who and when."""
    cell = wide(into, label, text, height=height)
    for words in (who, when):  # a line each, so that no date is torn apart
        signed = cell.add_paragraph()
        signed.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        signed.paragraph_format.space_after = Pt(0)
        write(signed, words, size=10.5)


def below(document: Word, text: str) -> None:
    """Small print under the table."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.paragraph_format.keep_with_next = True  # who made it is not alone on a page
    write(paragraph, text, size=10.5)


def made_by(document: Word) -> None:
    """The last line: the office, and when the form was drawn up."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    write(paragraph, "{{ 办公室 }}　{{ 制表时间 }}制表", size=10.5)


def pair(into: Table, left: tuple[str, str], right: tuple[str, str]) -> None:
    """Two labels in a row, each with its value."""
    row = _row(into, LOW)
    for (label, value), at in ((left, 0), (right, 2)):
        _label(row.cells[at], label)
        _value(row.cells[at + 1], value)


def wide(into: Table, label: str, value: str, height: Cm = LOW) -> _Cell:
    """One label, and its value across the rest of the row."""
    row = _row(into, height)
    _label(row.cells[0], label)
    cell: _Cell = row.cells[1].merge(row.cells[3])
    _value(cell, value)
    return cell


def only_if(into: Table, name: str, label: str, value: str) -> None:
    """A row that is left out where there is nothing to say."""
    tag(into, f"{{%tr if {name} %}}")
    wide(into, label, value)
    tag(into, "{%tr endif %}")


def tag(into: Table, tag: str) -> None:
    """A row of its own for a tag; it does not appear in the filled form."""
    row: _Row = into.add_row()  # type: ignore[no-untyped-call]
    write(row.cells[0].merge(row.cells[3]).paragraphs[0], tag, size=9)


def whole(into: Table) -> _Row:
    """A row that no end of a page cuts in two."""
    row: _Row = into.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return row


def repeated(row: _Row) -> None:
    """The headings: again at the top of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _row(into: Table, height: Cm) -> _Row:
    row = whole(into)
    row.height, row.height_rule = height, WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell, width in zip(row.cells, _WIDTHS, strict=True):
        cell.width = width
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return row


def _label(cell: _Cell, text: str) -> None:
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(apart(cell), text, font=_LABEL)


def _value(cell: _Cell, text: str) -> None:
    write(apart(cell), text)


def apart(cell: _Cell) -> Paragraph:
    """The cell's paragraph, kept off the lines above and below it."""
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    return paragraph


def write(paragraph: Paragraph, text: str, *, font: str = _BODY, size: float = 12, bold: bool = False) -> Run:
    """Text in one run, so that a placeholder is never torn apart."""
    paragraph.paragraph_format.line_spacing = 1.25
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.bold = _LATIN, Pt(size), bold
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run
