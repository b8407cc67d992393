"""The 请假报告单 in Word, drawn up from the leave (art. 77)."""

from markupsafe import Markup

from matters import paper
from notices.leave.card import state_words
from notices.leave.paper import FORM, fields
from rules.leave.matter import Leave
from rules.roster import Official
from storage.unit_of_work import UnitOfWork


async def send(work: UnitOfWork, to: Official, leave: Leave) -> str:
    """The leave's form as it stands now, to whoever asked for it; what the tap is answered with."""
    values = fields(leave, await work.calendar(), work.office.settings, work.now)
    pattern = f"请假报告单（{{}}{leave.start.month}月{leave.start.day}日）"
    file = await paper.draw_up(work, FORM, values, pattern, leave.applicant.name)
    text = Markup("{}的请假报告单（{}）").format(leave.applicant.titled, state_words(leave))
    return await paper.send(work, to, FORM, file, text)
