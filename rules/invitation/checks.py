"""What the office looks at before it forwards an invitation, each with the article it rests on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rules.invitation.deadline import due, missed, notice
from rules.invitation.kinds import InvitationKind, kin, questions
from rules.invitation.matter import Invitation, InvitationFacts
from rules.invitation.papers import Purpose
from rules.periods import Periods
from rules.roster import Role
from rules.working_days import Calendar, shanghai_day

_FOREIGN: Final = re.compile(r"涉外|外事|外宾|外商|外籍|外国|领事|大使|国际|海外|港澳|台商")


@dataclass(frozen=True)
class Check:
    """One rule looked at: whether it is in order, what was found, and the article."""

    good: bool
    text: str
    article: int


def checks(invitation: Invitation, calendar: Calendar, periods: Periods) -> list[Check]:
    """Every rule that speaks of the invitation, in the order of the articles that matter most."""
    return [
        *_reported(invitation, calendar, periods),
        *_changed(invitation, calendar, periods),
        *_approved(invitation),
        *_other(invitation),
    ]


def written(about: Invitation | InvitationFacts) -> list[str]:
    """Whatever the unit has written of the event, wherever: also the names of files, and a change that waits.

    The paper of the approval is left out: it speaks of what is approved.
    """
    texts = [about.event, about.task, about.place, about.size, about.organiser, about.special_reason]
    texts += [paper.name for paper in about.papers if paper.purpose is not Purpose.APPROVAL]
    change = about.change if isinstance(about, Invitation) else None
    return [*texts, change.place, change.reason] if change is not None else texts


def _reported(invitation: Invitation, calendar: Calendar, periods: Periods) -> Iterator[Check]:
    deadline = due(shanghai_day(invitation.start), calendar, periods)
    days = notice(invitation.start, invitation.submitted_at, calendar)
    if missed(invitation.start, invitation.submitted_at, calendar, periods) is None:
        unsure = "，暂定" if deadline.provisional else ""
        unheard = "，期限届满时机器人中断，恢复当日报送算按期" if days < periods.invitation else ""
        yield Check(True, f"提前{days}个工作日报送{unsure}{unheard}", 86)
        return
    held = [invitation.permission_for(c.number) for c in invitation.changes if c.in_force and c.of_time]
    permission = next((one for one in reversed(held) if one is not None), invitation.permission)
    admitted = permission.done if permission and permission.granted else "尚未准予受理"
    if permission is None:  # it was in time when it was reported
        admitted = "活动改期后计算" if invitation.version else "报送时未逾期，放假安排变动后计算"
    yield Check(False, f"提前{days}个工作日报送，最迟应于{deadline.label}报送；{admitted}", 86)


def _changed(invitation: Invitation, calendar: Calendar, periods: Periods) -> Iterator[Check]:
    """A change that waits: five working days before the event it needs what a late report needs."""
    change = invitation.change
    if change is None or not change.asks_anew:
        return
    late = missed(change.start, change.proposed_at, calendar, periods)
    if late is None:
        return
    days = notice(change.start, change.proposed_at, calendar)
    permission = invitation.permission_for(change.number)
    if permission is None:  # the day stays, or the report's own permission covers it
        need = "请酌定"
    else:
        need = f"最迟应于{late.label}报送；{permission.done or f'待{permission.whose}准予'}"
    yield Check(bool(permission and permission.granted), f"变更距活动{days}个工作日，{need}", 86)


def _approved(invitation: Invitation) -> Iterator[Check]:
    if invitation.needs_approval:
        papers = "、".join(f"《{paper.name}》" for paper in invitation.approval_papers)
        if invitation.approval_number and papers:
            yield Check(True, f"{invitation.kind}，批准文号{invitation.approval_number}，附{papers}", 87)
        else:
            yield Check(False, f"{invitation.kind}，区委、区政府批准文号或文件未报齐", 87)
    texts = written(invitation)
    if found := questions(invitation.kind, texts):
        yield Check(False, f"文中有“{'”“'.join(found)}”，请核是否经区委、区政府批准", 87)
    if found := kin(invitation.kind, texts):
        yield Check(False, f"文中有“{'”“'.join(found)}”，第八十七条未列明，是否比照报批，请酌定", 87)


def _other(invitation: Invitation) -> Iterator[Check]:
    if invitation.speech:
        drafts = "、".join(f"《{paper.name}》" for paper in invitation.speech_drafts)
        yield Check(bool(drafts), f"请领导讲话，{f'附{drafts}' if drafts else '未附代拟稿'}", 76)
    if invitation.kind is InvitationKind.MEETING and any(one.role is Role.MAYOR for one in invitation.asked):
        yield Check(False, "部门召开的本系统全区性会议一律不邀请区长出席，请核", 58)
    if foreign := _FOREIGN.search(f"{invitation.event} {invitation.task}"):
        yield Check(False, f"文中有“{foreign[0]}”，涉外活动应送外事部门审核，请核", 58)
