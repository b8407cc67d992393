"""What is printed fits: rows stay whole, headings come again, columns are as wide as what stands in them."""

from itertools import pairwise

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from notices.countersign import ledger as countersigns
from notices.countersign.paper import FORM as COUNTERSIGN
from notices.invitation import ledger as invitations
from notices.invitation.paper import FORM as INVITATION
from notices.leave import ledger as leaves
from notices.leave.paper import FORM as LEAVE
from notices.ledger import Table
from notices.meeting import ledger as meetings
from notices.meeting.paper import FORM as ATTENDANCE
from notices.meeting.paper import LIST
from notices.word_form import WordForm

PADDING = Cm(0.38)
"""What Word keeps free at both sides of a cell."""
TABLES = [
    *(one for ledger in (leaves, countersigns, meetings, invitations) for one in vars(ledger).values()),
    LIST,
]


def breadth(text: str) -> float:
    """In characters of Chinese; beside Chinese, Word leaves a quarter of one free before and after digits."""
    wide = [ord(char) > 0x2000 for char in text]
    return sum(1 if each else 0.5 for each in wide) + sum(
        0.25 for here, after in pairwise(wide) if here != after
    )


@pytest.mark.parametrize("form", [LEAVE, COUNTERSIGN, INVITATION, ATTENDANCE], ids=lambda form: form.title)
def test_no_end_of_a_page_cuts_a_row(form: WordForm) -> None:
    (table,) = Document(str(form.shipped)).tables
    filled = [row for row in table.rows if not row.cells[0].text.startswith("{%")]
    assert [row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in filled] == [True] * len(filled)


def test_the_columns_of_the_attendance_sheet_hold_their_words() -> None:
    document = Document(str(ATTENDANCE.shipped))
    heads, *_ = document.tables[0].rows
    assert heads._tr.find(f".//{qn('w:tblHeader')}") is not None
    longest = ("序号", "欧阳问道", "办公室主任", "列席议题", "迟到11分钟", "签到时间", "")
    widths = [cell.width or Cm(0) for cell in heads.cells]
    assert [breadth(text) * Pt(10.5) + PADDING <= width for text, width in zip(longest, widths, strict=True)]
    section = document.sections[0]
    page, left, right = section.page_width, section.left_margin, section.right_margin
    assert None not in (page, left, right)
    assert sum(widths) <= (page or 0) - (left or 0) - (right or 0)


def test_a_digest_stands_in_one_line() -> None:
    cell = next(
        row.cells[1]
        for row in Document(str(COUNTERSIGN.shipped)).tables[0].rows
        if "校验值" in row.cells[1].text
    )
    size = cell.paragraphs[1].runs[0].font.size
    assert size is not None
    assert breadth(f"SHA-256：{'a' * 64}") * size + PADDING <= Cm(4.9 + 2.5 + 5.5)


def test_no_date_of_a_ledger_is_too_wide_for_its_column() -> None:
    """A date and time that does not fit is shown as ########."""
    columns = [column for table in TABLES if isinstance(table, Table) for column in table.columns]
    assert len(columns) > 100
    for column in columns:
        least = 8 if column.heading.endswith("时间") else 5 if column.heading.endswith("日期") else 0
        assert column.width >= least, column.heading
        assert breadth(column.heading) <= 2 * column.width + 2, (
            f"{column.heading} stands in more than two lines"
        )
