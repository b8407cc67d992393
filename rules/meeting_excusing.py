"""Who decides on staying away from a meeting, and whether it has to be in writing (art. 55)."""

from datetime import datetime

from rules.meeting import Meeting, MeetingKind
from rules.meeting_attendance import Attendee
from rules.meeting_excuse import Excuse, ExcuseState
from rules.roster import LEADERS, Official, Role, Roster


def decider(meeting: Meeting, official: Official, roster: Roster) -> Official | None:
    """Whom he asks; None where nobody stands above him.

    Leaders the mayor, everybody else the office director, who asks the mayor himself (art. 55). A 专题会议
    and a department's meeting follow custom: whoever presides or called it decides.
    """
    if official.role is Role.MAYOR:
        return None
    if meeting.formal:
        director = next(iter(roster.with_role(Role.OFFICE_DIRECTOR)), None)
        line = [roster.mayor] if official.role in LEADERS else [director, roster.mayor]
    else:
        line = [meeting.chair, meeting.called_by, roster.mayor]
    return next((one for one in line if one is not None and one is not official), None)


def must_write(meeting: Meeting, attendee: Attendee) -> bool:
    """书面请假报告: from the other members of the 全体会议 and from everybody in attendance (art. 55)."""
    if not meeting.formal or attendee.official.role in LEADERS:
        return False
    return meeting.kind is MeetingKind.PLENARY or not attendee.member


def new_excuse(meeting: Meeting, attendee: Attendee, reason: str, roster: Roster, now: datetime) -> Excuse:
    """The excuse as it is asked for; the mayor's own stands at once."""
    whom = decider(meeting, attendee.official, roster)
    asked = Excuse(reason, now, decider=whom, written=must_write(meeting, attendee))
    if whom is None:
        asked.state, asked.decided_at = ExcuseState.GRANTED, now
    return asked
