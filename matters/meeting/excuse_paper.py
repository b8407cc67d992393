"""The written excuse in Word (art. 55), drawn up."""

import asyncio
import logging

from markupsafe import Markup

from notices.file_name import file_name
from notices.meeting.excuse_paper import FORM, fields, plain
from notices.notice import Attachment, Notice
from notices.word_form import BadTemplate
from rules.meeting.attendance import Attendee
from rules.meeting.matter import Meeting
from rules.roster import Official
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)


async def paper(work: UnitOfWork, meeting: Meeting, attendee: Attendee) -> Attachment | None:
    """The report as a file: what was typed in Word, or the file that was sent; None where there is none.

    Raises BadTemplate if the template is of no use.
    """
    excuse = attendee.excuse
    if excuse is None or not excuse.written or excuse.report_missing:
        return None
    if excuse.report_file_id:
        return Attachment(excuse.report_name, file_id=excuse.report_file_id, photo=excuse.report_photo)
    values = fields(meeting, attendee, excuse, work.office.settings.office_name)
    template = FORM.template(work.office.settings.meeting_excuse_template)
    content = await asyncio.to_thread(FORM.render, template, values)
    pattern = f"会议请假报告（{{}}{meeting.day.month}月{meeting.day.day}日）.docx"
    return Attachment(file_name(pattern, attendee.official.name), content)


async def sent(work: UnitOfWork, meeting: Meeting, attendee: Attendee, to: Official) -> list[Notice]:
    """The report to whoever decides, or asked for it; as plain text where the template is of no use."""
    try:
        file = await paper(work, meeting, attendee)
    except BadTemplate as bad:
        log.error("the report of meeting %s could not be drawn up: %s", meeting.id, bad)  # noqa: TRY400 - said whole
        return [Notice(to, plain(meeting, attendee), subject="书面请假报告")]
    if file is None:
        return []
    text = Markup("{}的书面请假报告（{}）").format(attendee.official.titled, meeting.title)
    return [Notice(to, text, subject="书面请假报告", attachment=file)]
