"""The 请假报告单 in Word, drawn up from the leave (art. 77)."""

import asyncio

from notices.file_name import file_name
from notices.leave.paper import FORM, fields, template_of
from notices.notice import Attachment
from rules.leave.matter import Leave
from storage.unit_of_work import UnitOfWork

# ---------------------------------------------------------------- Word


async def draw_up(work: UnitOfWork, leave: Leave) -> Attachment:
    """The leave's form as a file to send; raises BadTemplate if the office's own template is of no use."""
    settings = work.office.settings
    values = fields(leave, await work.calendar(), settings, work.now)
    content = await asyncio.to_thread(FORM.render, template_of(settings), values)
    pattern = f"请假报告单（{{}}{leave.start.month}月{leave.start.day}日）.docx"
    return Attachment(file_name(pattern, leave.applicant.name), content)
