"""Leave among what /find finds: by name, unit, post, kind, state and dates; by place and reason for some.

Everybody finds their own reports and those they decide; the office, the leaders and the unit's head
everybody's (of the unit); others what their unit's board shows. Who may not read place and reason cannot find
by them.
"""

from notices.leave import papers as leave_papers
from notices.leave import told as notices
from notices.leave.card import card as whole
from notices.leave.card import form_button, office_buttons, office_card, own_card, state_words
from notices.leave.find import brief, line
from notices.leave.words import dates_of
from notices.notice import Notice
from rules.find import Found, Words
from rules.leave.ledger import STANDS, may_know
from rules.leave.matter import Leave
from rules.leave.returning import returned_late
from rules.refused import Refused
from rules.remarks.remark import Hearers
from rules.roster import LEADERS, OFFICE_DESK, Official, Role
from storage.queries.absence import absences
from storage.queries.leave.find import found_by
from storage.unit_of_work import UnitOfWork


async def find(work: UnitOfWork, official: Official, words: Words, limit: int) -> list[Found]:
    """The newest reports that the words fit and the official may see."""
    found = await found_by(work, official, words, limit)
    return [
        Found(f"leave:{leave.id}", leave.submitted_at, line(leave, known=may_know(leave, official)))
        for leave in found
    ]


async def card(work: UnitOfWork, official: Official, id: int) -> Notice:
    """The report as this official may see it, with what they may do with it now."""
    leave = await work.lock(Leave, id)
    late = returned_late(leave, await work.calendar())
    if leave.applicant is official:
        return notices.own(leave, begun=leave.begun(work.now), late=late)
    waiting = leave.waiting
    if waiting and (await absences(work)).may_decide(official, waiting.approver, leave.applicant):
        return notices.asked(waiting, leave, to=official)
    if official.role in OFFICE_DESK:
        return Notice(official, whole(leave, late), office_buttons(leave), card=office_card(leave))
    if may_know(leave, official):
        return Notice(official, whole(leave, late), form_button(leave))
    if not _may_see(leave, official):
        raise Refused("这份请假报告不在您可以查看的范围内。")
    return Notice(official, brief(leave, state_words(leave)))


async def called(work: UnitOfWork, official: Official, id: int) -> str:
    """杨某12月8日至12月9日的请假; 您…的请假 to the applicant."""
    leave = await work.lock(Leave, id)
    whose = "您" if leave.applicant is official else leave.applicant.name
    return f"{whose}{dates_of(leave)}的请假"


async def hears(work: UnitOfWork, official: Official, id: int, _of: str) -> Hearers:
    """The applicant and who has to decide; every approver reads it, and the office."""
    leave = await work.lock(Leave, id)
    if official is not leave.applicant and not may_know(leave, official):
        raise Refused("请假报告由本人、审批人和区政府办公室留言。")
    people = [leave.applicant, *([leave.waiting.holder] if leave.waiting else [])]
    places = [f"leave:{id}:{one.position}" for one in leave.approvals]
    return Hearers(people, [own_card(leave), office_card(leave), *places])


async def papers(work: UnitOfWork, to: Official, id: int) -> list[Notice]:
    """What came with the report."""
    return leave_papers.papers(await work.lock(Leave, id), to)


def _may_see(leave: Leave, official: Official) -> bool:
    if official.role in LEADERS:
        return True
    if leave.applicant.unit is not official.unit:
        return False
    return official.role is Role.UNIT_HEAD or leave.state in STANDS
