"""Having a department's district-wide meeting cleared before it is called (art. 58)."""

from datetime import datetime

from rules.meeting.clearance import GOOD, Clearance, Step, Verdict
from rules.meeting.matter import Meeting, MeetingState
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, desk_acts_for

REPEATABLE = frozenset({MeetingState.DECLINED, MeetingState.CANCELLED})
"""What came to nothing, and may be called again with what it said."""


def ask_clearance(meeting: Meeting, official: Official, approver: Official | None, now: datetime) -> None:
    """Ask for clearance (art. 58): the office, then the approver, if there is a ground for them."""
    meeting.may_manage(official)
    if meeting.state not in (MeetingState.DRAFT, MeetingState.SENT_BACK):
        raise Refused(f"这次会议{meeting.state}，不能重复报批。")
    meeting.state = MeetingState.PENDING
    first = len(meeting.clearances)
    meeting.clearances.append(Clearance(Step.OFFICE, first, asked_at=now))
    if approver is not None:
        meeting.clearances.append(Clearance(Step.VICE_MAYOR, first + 1, approver))


def clear(
    meeting: Meeting,
    official: Official,
    position: int,
    verdict: Verdict,
    now: datetime,
    comment: str = "",
    *,
    stand_in: Official | None = None,
) -> Clearance:
    """Enter one step's verdict; after the last good one the meeting may be called."""
    step = may_clear(meeting, official, position, stand_in)
    step.verdict, step.comment, step.decided_by, step.decided_at = verdict, comment, official, now
    if verdict in GOOD:
        following = meeting.waiting
        if following is None:
            meeting.state = MeetingState.DRAFT
        else:
            following.asked_at = now
    else:
        meeting.state = MeetingState.SENT_BACK if verdict is Verdict.SENT_BACK else MeetingState.DECLINED
        meeting.clearances = [one for one in meeting.clearances if one.verdict]
    return step


def may_clear(
    meeting: Meeting, official: Official, position: int, stand_in: Official | None = None
) -> Clearance:
    """The step at `position`, if it is this official's to decide; otherwise says why not."""
    step = next((one for one in meeting.clearances if one.position == position), None)
    if step is None or (step.verdict is None and step is not meeting.waiting):
        raise Refused("这张卡片已经失效，请发「待办」查看最新事项。")
    if meeting.orphaned and step.verdict is None and meeting.unit:
        raise Refused(f"{meeting.unit.name}已撤并，待区政府办公室明确承接单位后再审批。", 10)
    step.require(official, official if step.approver is None else stand_in, of=meeting.called_by)
    if step.approver is None and official.role not in OFFICE_DESK:
        raise Refused("这次会议由区政府办公室审核。", 58)
    return step


def take_back(meeting: Meeting, official: Official) -> None:
    """撤回 by who asked, as long as it is not decided: it may be changed and handed in again.

    Where the department is closed the office desk does, and may then call it off.
    """
    closed = meeting.unit is not None and desk_acts_for(meeting.unit, official)
    if official is not meeting.called_by and not closed:
        raise Refused("只能由提出的同志撤回。")
    if meeting.state is not MeetingState.PENDING:
        raise Refused(f"这次会议{meeting.state}，不能撤回。")
    meeting.state = MeetingState.SENT_BACK
    meeting.clearances = [one for one in meeting.clearances if one.verdict]


def hand_back(meeting: Meeting) -> None:
    """Approved, and yet it cannot be called as it stands: it may be changed and handed in again."""
    meeting.state = MeetingState.SENT_BACK


def lapse(meeting: Meeting) -> None:
    """Its hour has come before everybody had decided: it may be handed in again for another time."""
    if meeting.state is MeetingState.PENDING:
        meeting.state = MeetingState.SENT_BACK
        meeting.clearances = [one for one in meeting.clearances if one.verdict]
