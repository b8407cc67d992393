"""The attendance sheet (签到表) in Word, drawn up."""

import asyncio

from markupsafe import Markup

from matters.paper import draw_up
from notices.file_name import file_name
from notices.meeting.paper import FORM, fields, worksheet
from notices.notice import Attachment, Notice, Urgency
from notices.spreadsheet import as_xlsx
from rules.meeting.matter import Meeting
from rules.roster import OFFICE_DESK, Official
from storage.unit_of_work import UnitOfWork


async def papers(work: UnitOfWork, meeting: Meeting, to: Official) -> list[Notice]:
    """Both files; where the office's own template is of no use the table goes alone, and says so."""
    desk = to.role in OFFICE_DESK
    pattern = f"{{}}签到表（{meeting.day.month}月{meeting.day.day}日）"
    table = await asyncio.to_thread(as_xlsx, [worksheet(meeting, desk=desk)])
    files, said = [Attachment(file_name(f"{pattern}.xlsx", meeting.title), table)], ""
    values = fields(meeting, work.office.settings.office_name, work.now, desk=desk)
    form = await draw_up(work, FORM, values, pattern, meeting.title)
    if form is not None:
        files.append(form)
    else:
        said = "\nWord 模板有误，签到表（.docx）未能生成，请告系统管理员。"
    text = Markup("“{}”签到表{}").format(meeting.title, said)
    return [
        Notice(to, text, subject=f"{meeting.title}签到表", attachment=file, urgency=Urgency.ANSWER)
        for file in files
    ]
