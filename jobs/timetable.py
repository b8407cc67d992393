"""The timetable: everything the clock does by itself, one line each.

A one-off moment (the return date of a leave, a form left half-way) is a timer in the database, set by the
use case that knows it. A daily duty is a timer as well, set again each time from its cron trigger, so that
a duty missed during a stop is caught up once, and a clock that is turned walks through all of them.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from apscheduler.triggers.cron import CronTrigger

from jobs import absence, board, calendar, forms, housekeeping, outage, reach, receipts, succession, week_plan
from jobs.countersign import due as countersign
from jobs.countersign import following as countersign_following
from jobs.countersign import settling as countersign_settling
from jobs.countersign import stall as countersign_stall
from jobs.invitation import due as invitation
from jobs.invitation import reminders as invitation_reminders
from jobs.leave import due as leave
from jobs.meeting import count as meeting_count
from jobs.meeting import due as meeting
from jobs.meeting import excuse_following as meeting_excuse_following
from jobs.meeting import following as meeting_following
from jobs.meeting import nudges as meeting_nudges
from jobs.meeting import sign_in as meeting_sign_in
from jobs.meeting import topics as meeting_topics
from matters import unreached as unreached_matter
from notices.unreached import UNREACHED
from rules.countersign.clock import CLOCK as COUNTERSIGN_CLOCK
from rules.countersign.clock import TOLD as COUNTERSIGN_TOLD
from rules.countersign.stall import STALLED as COUNTERSIGN_STALLED
from rules.invitation.nudges import BEGINS as INVITATION_BEGINS
from rules.invitation.nudges import SILENT as INVITATION_SILENT
from rules.invitation.reminders import EVE as EVENT_EVE
from rules.invitation.reminders import SHORTLY as EVENT_SHORTLY
from rules.meeting.gates import GATE as MEETING_GATE
from rules.meeting.nudges import CALLS as MEETING_CALLS
from rules.meeting.nudges import NUDGE as MEETING_NUDGE
from rules.meeting.sign_in import DOOR as MEETING_DOOR
from rules.meeting.sign_in import OFFER as MEETING_OFFER
from rules.roster import Official
from rules.working_days import SHANGHAI, Calendar
from storage.queries.absence import BEGINS, FOLLOW, TURNS
from storage.queries.meeting.meetings import BEGINS as MEETING_BEGINS
from storage.queries.meeting.meetings import CLEARING as MEETING_CLEARING
from storage.queries.meeting.meetings import COUNT as MEETING_COUNT
from storage.queries.meeting.meetings import DEADLINE as MEETING_DEADLINE
from storage.queries.meeting.meetings import ENDS as MEETING_ENDS
from storage.queries.meeting.meetings import EVE as MEETING_EVE
from storage.queries.meeting.meetings import HOUR as MEETING_HOUR
from storage.queries.outage import OVER, TOLD
from storage.queries.reach import OVERDUE
from storage.receipt import RECEIPT
from storage.unit_of_work import UnitOfWork

Fire = Callable[[UnitOfWork, int], Awaitable[None]]
"""What is done when a timer of the kind is due: in one transaction, rechecking, for the subject's id."""


@dataclass(frozen=True)
class Daily:
    """A duty with a cron line, in Beijing time."""

    cron: str
    fire: Fire

    def next_after(self, moment: datetime) -> datetime:
        """The next time it is due, strictly after the moment."""
        trigger = CronTrigger.from_crontab(self.cron, timezone=SHANGHAI)
        following: datetime = trigger.get_next_fire_time(moment, moment)
        return following


TIMERS: Mapping[str, Fire] = {
    # 30 minutes after the last word on a half-filled form: go on, or give it up?
    "form.stale": forms.offer,
    # An approver silent for a working day is nudged, on the second silent day the office is told.
    "leave.silent": leave.nudge_approver,
    # The evening of the end date (art. 77), then each working morning until 销假; then the office too.
    "leave.return": leave.nudge_return,
    # Ten minutes after a 同意: it can be undone no more.
    "leave.undo": leave.end_undoing,
    # A leave's first half day (art. 7, 9, 10, 77): what waits for the person moves to who stands in.
    BEGINS: absence.leave_begins,
    # Right after 销假, or anything else that changes who decides: what waits follows.
    FOLLOW: absence.follow_now,
    # A delegation's first half day, and its end.
    TURNS: absence.delegation_turns,
    # Half an hour after a 请回电, at any hour (art. 77): the office has the number, other channels are used.
    OVERDUE: reach.overdue,
    # Nudges, the 24:00 after which silence is consent (art. 63), missing signatures (53, 59): all due by now.
    COUNTERSIGN_CLOCK: countersign.look,
    # The opening after that 24:00: lead and consulted unit hear of it.
    COUNTERSIGN_TOLD: countersign.tell,
    # After the answers something was let lie for a working day: nudged; for a second one: told.
    COUNTERSIGN_STALLED: countersign_stall.look,
    # The bot could not receive for over an hour: deadlines are put off before any silence is judged.
    OVER: outage.reckon,
    # The opening after that: whom it concerns, and the office, hear of it.
    TOLD: outage.tell,
    # Somebody asked to an event is silent for a working day, or till two before the event (art. 86).
    INVITATION_SILENT: invitation.silent,
    # The event begins: nobody is asked any more.
    INVITATION_BEGINS: invitation.begins,
    # The working day before an event, and two hours before it: who attends, and the desk (art. 86).
    EVENT_EVE: invitation_reminders.remind_the_day_before,
    EVENT_SHORTLY: invitation_reminders.remind_shortly_before,
    # The leaders' week plan goes out.
    week_plan.WEEK_PLAN: week_plan.send,
    # 15:00 on the working day before a meeting, an hour before it: where it is; not to the excused.
    MEETING_EVE: meeting.remind_eve,
    MEETING_HOUR: meeting.remind_hour,
    # A department's meeting that nobody has cleared (art. 58): asked again each working morning.
    MEETING_CLEARING: meeting.remind_clearing,
    # A meeting's start and end.
    MEETING_BEGINS: meeting.begins,
    MEETING_ENDS: meeting.ends,
    # Fifteen minutes before the start: shall the sign-in be opened? Half an hour after the end it is closed.
    MEETING_OFFER: meeting_sign_in.offer,
    MEETING_DOOR: meeting_sign_in.close,
    # 15:00 the working day before a topic's date and its morning (art. 54), as long as it is open.
    MEETING_GATE: meeting_topics.remind,
    # Soon after an answer, however many come at once: the office's live count.
    MEETING_COUNT: meeting_count.live,
    # 15:00 on the working day before a meeting's RSVP deadline: whoever has not answered.
    MEETING_NUDGE: meeting_nudges.nudge,
    # The RSVP deadline: the mayor's summary of the excuses (art. 55), the silent once more.
    MEETING_DEADLINE: meeting_nudges.deadline,
    # Half an hour of office time later: the groups of the silent, and the office's call list.
    MEETING_CALLS: meeting_nudges.calls,
    # Telegram has taken a message that its matter has to know of, or never will.
    RECEIPT: receipts.settled,
    # Somebody was not reached while others of the unit had still to be tried: one message for all.
    UNREACHED: unreached_matter.tell_desk,
}

AT_ONCE: Collection[str] = (FOLLOW, OVER, RECEIPT)
"""Those set for the very moment: when the clock is set back, they do not wait for it to come again."""

DAILY: Mapping[str, Daily] = {
    # 8:30, but said once a week only: from 1 November until next year's holidays are loaded.
    "calendar.missing": Daily("30 8 * * *", calendar.warn_of_missing_year),
    # 8:30 on working days, to the office: who is away, who acts, what is overdue.
    "board.morning": Daily("30 8 * * *", board.morning),
    # Sets the moment of the leaders' week plan: Friday 16:00, to the office all, to each leader his own;
    # where that Friday is off, 16:00 on the last working day before it: earlier, never later.
    "week_plan.prepare": Daily("0 16 * * *", week_plan.prepare),
    # 8:40, but said once a week only: more than two weeks without a 常务会议 (art. 49).
    "meeting.fortnight": Daily("40 8 * * *", meeting.fortnight),
    # At night, when nobody waits: ids of updates that Telegram cannot send again.
    "housekeeping": Daily("40 3 * * *", housekeeping.forget),
}

DISPLACED: Sequence[Callable[[UnitOfWork, Official], Awaitable[None]]] = (
    # Somebody left, moved or changed role in a roster import: what waited for him goes on.
    leave.on_left,
    # Leaders asked to events, and who was to go in their place.
    invitation.on_left,
    # What stays with somebody who is away, and delegations, follow the new roster.
    absence.on_left,
    # Their places at meetings, and what they had to clear (art. 58).
    meeting_following.on_left,
    # Who has left is not asked to call back any more.
    reach.on_left,
)

AFTER_ROSTER: Sequence[Callable[[UnitOfWork], Awaitable[None]]] = (
    # After any roster import, whoever was displaced: a changed 分管 takes pending reports along.
    leave.on_roster,
    # New heads sign what waits for their unit; of a closed one nothing is asked any more.
    countersign_following.on_roster,
    # Mediations go to the vice mayor who is in charge now.
    countersign_settling.on_roster,
    # Excuses from meetings go to whom art. 55 names now.
    meeting_excuse_following.on_roster,
    # A department's meetings (art. 58) go on with who is there now, before whoever is in charge of it.
    meeting_following.on_roster,
    # What a closed unit leads, calls, reports or has invited to: the office desk says who takes it over.
    succession.on_roster,
)

RECOUNTS: Sequence[Callable[[UnitOfWork, Calendar, Calendar], Awaitable[list[str]]]] = (
    # After a calendar import, with the old one and the new: what moved, a line each for the administrator.
    leave.recount,
    # Reminders of meetings; what now falls on a rest day.
    meeting.recount,
    meeting_nudges.recount,
    # The dates of topics (art. 54).
    meeting_topics.recount,
    countersign.recount,
    # The reminders of events follow the working days.
    invitation.recount,
    invitation_reminders.recount,
)
