"""The written excuse in Word (art. 55), drawn up."""

from markupsafe import Markup

from matters.paper import draw_up
from notices.meeting.excuse_paper import FORM, fields, plain
from notices.notice import Attachment, Notice
from rules.meeting.attendance import Attendee
from rules.meeting.matter import Meeting
from rules.roster import Official
from storage.unit_of_work import UnitOfWork


async def sent(work: UnitOfWork, meeting: Meeting, attendee: Attendee, to: Official) -> list[Notice]:
    """The report to whoever decides, or asked for it; nothing where there is none.

    What was typed goes in Word, as plain text where the template is of no use; a file as it was sent.
    """
    excuse = attendee.excuse
    if excuse is None or not excuse.written or excuse.report_missing:
        return []
    file: Attachment | None
    if excuse.report_file_id:
        file = Attachment(excuse.report_name, file_id=excuse.report_file_id, photo=excuse.report_photo)
    else:
        values = fields(meeting, attendee, excuse, work.office.settings.office_name)
        pattern = f"会议请假报告（{{}}{meeting.day.month}月{meeting.day.day}日）"
        file = await draw_up(work, FORM, values, pattern, attendee.official.name)
    if file is None:
        return [Notice(to, plain(meeting, attendee), subject="书面请假报告")]
    text = Markup("{}的书面请假报告（{}）").format(attendee.official.titled, meeting.title)
    return [Notice(to, text, subject="书面请假报告", attachment=file)]
