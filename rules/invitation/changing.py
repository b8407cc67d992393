"""变更: the organiser moves time or place, or has another programme; the office looks first."""

from collections.abc import Sequence
from datetime import datetime

from rules.invitation.change import InvitationChange, InvitationChangeState
from rules.invitation.deadline import missed
from rules.invitation.matter import OPEN, Invitation, InvitationState
from rules.invitation.papers import InvitationPaper
from rules.invitation.request import Answer, InvitationRequest
from rules.periods import Periods
from rules.refused import Refused
from rules.roster import Official
from rules.working_days import Calendar, Deadline, shanghai_day

REPEATABLE = frozenset(
    {
        InvitationState.SENT_BACK,
        InvitationState.NOT_ADMITTED,
        InvitationState.CANCELLED,
        InvitationState.LAPSED,
    }
)
"""What came to nothing, and may be reported again with what it said."""


def may_change(invitation: Invitation, official: Official, now: datetime) -> None:
    """变更 by the organiser, of what the office has taken up, until the event has begun."""
    invitation.require_own(official)
    if invitation.state not in OPEN:
        raise Refused(f"这件邀请{invitation.state}，不能变更。")
    if invitation.state is InvitationState.INCOMPLETE:
        raise Refused("办公室请您补充材料，请点「补充」，连同变更一并改好。")
    if invitation.change is not None:
        raise Refused("上一次变更办公室还在审核，请等审核后再报，或先撤回。")
    if invitation.begun(now):
        raise Refused("活动时间已到，不能变更；请致电区政府办公室。")


def too_late(
    invitation: Invitation, start: datetime, now: datetime, calendar: Calendar, periods: Periods
) -> Deadline | None:
    """The deadline of art. 86 that a new time misses as a report made now would; None where it does not.

    Another hour of the same day needs nothing: for that day it was reported in time, or permitted.
    """
    if shanghai_day(start) == shanghai_day(invitation.start):
        return None
    return missed(start, now, calendar, periods)


def propose(
    invitation: Invitation,
    official: Official,
    start: datetime,
    end: datetime | None,
    place: str,
    papers: Sequence[InvitationPaper],
    reason: str,
    now: datetime,
    permitter: Official | None = None,
) -> InvitationChange:
    """The organiser wants time, place or programme changed; the old ones stand till the office agrees.

    `permitter` must allow one whose new time is `too_late`, before the desk may take it; the report itself
    still waiting for them, the one answer covers both.
    """
    may_change(invitation, official, now)
    if (start, end, place) == (invitation.start, invitation.end, invitation.place) and not papers:
        raise Refused("时间、地点、议程都没有变，不必报变更。")
    if permitter is not None and not reason:
        raise Refused("新的时间晚于规定的报送时间，请写明特殊情况。", 86)
    number = len(invitation.changes) + 1
    was = (invitation.start, invitation.end, invitation.place)
    change = InvitationChange(number, official, now, start, end, place, *was, bool(papers), reason)
    invitation.changes = [*invitation.changes, change]
    for paper in papers:
        paper.change = number
    invitation.papers = [*invitation.papers, *papers]
    if permitter is not None and invitation.state is not InvitationState.PERMISSION:
        invitation.ask_permission(permitter, now, number)
    return change


def withdraw_change(invitation: Invitation, official: Official, now: datetime) -> InvitationChange:
    """The organiser takes the change back that the office has not looked at yet."""
    invitation.require_own(official)
    change = _pending(invitation)
    change.settle(InvitationChangeState.WITHDRAWN, official, now)
    return change


def refuse_change(invitation: Invitation, clerk: Official, reason: str, now: datetime) -> InvitationChange:
    """The office leaves time, place and programme as they were."""
    invitation.at_desk(clerk)
    change = _pending(invitation)
    change.settle(InvitationChangeState.REFUSED, clerk, now, reason)
    invitation.clerk = clerk
    return change


def take_change(
    invitation: Invitation, clerk: Official, now: datetime
) -> tuple[InvitationChange, list[InvitationRequest]]:
    """The office agrees; with another time or place every leader concerned is asked anew.

    Returns the change and the requests that are asked anew. Who had declined is left in peace.
    """
    invitation.at_desk(clerk)
    change = _pending(invitation)
    if invitation.question is not None:
        raise Refused(f"新的时间晚于规定的报送时间，须先由{invitation.question.whose}准予。", 86)
    if change.start <= now:
        raise Refused("变更后的时间已经过去，请点「不采纳变更」。")
    change.settle(InvitationChangeState.IN_FORCE, clerk, now)
    invitation.start, invitation.end, invitation.place = change.start, change.end, change.place
    invitation.version += 1
    invitation.clerk = clerk
    anew: list[InvitationRequest] = []
    if change.asks_anew:
        for request in invitation.requests:
            answered = request.answer in (Answer.ATTEND, Answer.DELEGATE)
            if request.closed_at is None and (answered or request.waiting):
                request.ask(now)
                anew.append(request)
    if anew:
        invitation.state, invitation.settled_at = InvitationState.WITH_LEADERS, None
    return change, anew


def _pending(invitation: Invitation) -> InvitationChange:
    if invitation.change is None or invitation.state not in OPEN:
        raise Refused("这次变更已经办理，请看最新的卡片。")
    return invitation.change
