"""会议请假报告 (art. 55): a letter to the office, and below it who decided."""

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from notices.templates.sheet import head, new, write

NAME = "会议请假报告"
_SIZE = 16
"""三号, as GB/T 9704 wants the body of a letter."""


def draw() -> Word:
    """The report on one A4 page, with its placeholders."""
    document = new(NAME)
    head(document, "会 议 请 假 报 告")
    _line(document, "{{ 办公室 }}：")
    _line(
        document,
        "定于{{ 会议时间 }}在{{ 会议地点 }}召开{{ 会议 }}，本人应{{ 身份 }}，因故不能参加，特此请假。",
        indent=True,
    )
    _line(document, "请假事由：{{ 正文 }}", indent=True)
    _line(document, "妥否，请批示。{{ 依据 }}", indent=True)
    _line(document, "")
    for words in ("{{ 单位 }}", "{{ 职务 }}　{{ 姓名 }}", "{{ 报告时间 }}"):
        _line(document, words, right=True)
    _line(document, "联系电话：{{ 电话 }}")
    _line(document, "")
    _line(document, "{{ 审批人 }}意见：")
    _line(document, "{{ 审批 }}", indent=True)
    return document


def _line(document: Word, text: str, *, indent: bool = False, right: bool = False) -> None:
    paragraph = document.add_paragraph()
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * _SIZE)
    write(paragraph, text, size=_SIZE)
