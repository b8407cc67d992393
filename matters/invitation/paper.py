"""The 呈批表 in Word, drawn up from the invitation."""

import asyncio

from notices.file_name import file_name
from notices.invitation.paper import FORM, fields
from notices.notice import Attachment
from rules.invitation.matter import Invitation
from storage.unit_of_work import UnitOfWork

# ---------------------------------------------------------------- Word


async def draw_up(work: UnitOfWork, invitation: Invitation) -> Attachment:
    """The invitation's form as a file to send; raises BadTemplate if the office's own is of no use."""
    settings = work.office.settings
    values = fields(invitation, await work.calendar(), settings, work.now)
    template = FORM.template(settings.invitation_template)
    content = await asyncio.to_thread(FORM.render, template, values)
    return Attachment(file_name("活动邀请呈批表（{}）.docx", invitation.event), content)
