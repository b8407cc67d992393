"""The 呈批表 in Word, drawn up from the invitation."""

from markupsafe import Markup

from matters import paper
from notices.invitation.paper import FORM, fields
from rules.invitation.matter import Invitation
from rules.roster import Official
from storage.unit_of_work import UnitOfWork


async def send(work: UnitOfWork, to: Official, invitation: Invitation) -> str:
    """The invitation's form as it stands now, to whoever asked for it; what the tap is answered with."""
    values = fields(invitation, await work.calendar(), work.office.settings, work.now)
    file = await paper.draw_up(work, FORM, values, "活动邀请呈批表（{}）", invitation.event)
    text = Markup("《{}》活动邀请呈批表（{}）").format(invitation.event, invitation.state)
    return await paper.send(work, to, FORM, file, text)
