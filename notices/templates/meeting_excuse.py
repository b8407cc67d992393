"""Draws 会议请假报告.docx beside this file; run it after changing what the report looks like.

python -m notices.templates.meeting_excuse
"""

from pathlib import Path
from typing import Final

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FILE: Final = Path(__file__).parent / "会议请假报告.docx"
_LATIN = "Times New Roman"


def draw() -> Word:
    """The report on one A4 page in the form of a letter to the office, with its placeholders."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    properties = document.core_properties
    properties.author = properties.comments = ""
    properties.title = "会议请假报告"
    _line(document, "会 议 请 假 报 告", font="宋体", size=22, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, "")
    _line(document, "{{ 办公室 }}：")
    _line(
        document,
        "定于{{ 会议时间 }}在{{ 会议地点 }}召开的{{ 会议 }}，本人应{{ 身份 }}，因故不能参加，特此请假。",
        indent=True,
    )
    _line(document, "请假事由：{{ 正文 }}", indent=True)
    _line(document, "妥否，请批示。{{ 依据 }}", indent=True)
    _line(document, "")
    for words in ("{{ 单位 }}", "{{ 职务 }}　{{ 姓名 }}", "{{ 报告时间 }}"):
        _line(document, words, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _line(document, "联系电话：{{ 电话 }}")
    _line(document, "")
    _line(document, "{{ 审批人 }}意见：{{ 审批 }}")
    return document


def _line(
    document: Word,
    text: str,
    *,
    font: str = "仿宋",
    size: float = 16,
    bold: bool = False,
    indent: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> None:
    """One paragraph in one run, so that a placeholder is never torn apart."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.line_spacing = Pt(28)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.bold = _LATIN, Pt(size), bold
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


if __name__ == "__main__":
    draw().save(str(FILE))
