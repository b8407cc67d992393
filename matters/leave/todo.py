"""A leave's approval (art. 77), as what waits on a desk."""

from collections.abc import Iterable

from matters.leave.show import bring_up_to_date
from matters.todo import Counted
from notices.leave import overtaken, told
from notices.leave.card import approver_card, card
from notices.leave.papers import papers
from notices.notice import Notice
from rules.approval import Approval
from rules.leave.matter import Leave
from rules.leave.report import article_of
from storage.queries.leave.leaves import asked_now
from storage.unit_of_work import UnitOfWork


async def _asked(_work: UnitOfWork, leave: Leave, approval: Approval, why: str) -> Iterable[Notice]:
    return [told.asked(approval, leave, why)]


async def _papers(_work: UnitOfWork, leave: Leave, approval: Approval) -> Iterable[Notice]:
    return papers(leave, approval.holder)


def _again(leave: Leave, _approval: Approval) -> str:
    matter = f"{leave.change.kind}申请" if leave.change else "请假报告"
    return f"这份{matter}已送您一个工作日，请审批："


APPROVAL = Counted[Leave, Approval](
    matter=Leave,
    code="leave",
    open=asked_now,
    waiting=lambda leave: [leave.waiting] if leave.waiting else [],
    applicant=lambda leave, _approval, _now: leave.applicant,
    called=lambda leave, _approval: f"{leave.applicant.titled}的请假报告",
    card=lambda leave, approval, holder: approver_card(approval, leave, holder),
    text=lambda leave, _approval, _roster: card(leave),
    asked=_asked,
    papers=_papers,
    redraw=lambda work, leave, _approval: bring_up_to_date(work, leave),
    urgent=lambda leave: leave.urgent,
    article=article_of,
    again=_again,
    silent=lambda leave, approval, roster: told.silent(approval, leave, roster),
    spared=lambda approval, today: approval.reminded_on(today),
    occasion=lambda leave, _approval: leave.occasion,
    near=overtaken.near,
)
