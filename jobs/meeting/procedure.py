"""Meetings (会议) as the clock knows them."""

from jobs.manifest import Daily, Procedure
from jobs.meeting import count, due, following, morning, nudges, outage, sign_in, topics
from matters.meeting.todo import CLEARANCE, EXCUSE, LATE_TOPIC, late_topics_to_mayor
from rules.meeting.gates import GATE
from rules.meeting.matter import Meeting
from rules.meeting.nudges import CALLS, NUDGE, SILENT
from rules.meeting.sign_in import DOOR, OFFER
from storage.queries.meeting import personal
from storage.queries.meeting.meetings import (
    BEGINS,
    COUNT,
    DEADLINE,
    ENDS,
    EVE,
    HOUR,
    ended_between,
)

MEETING = Procedure(
    "meeting",
    timers={
        # 15:00 on the working day before a meeting, an hour before it: where it is; not to the excused.
        EVE: due.remind_eve,
        HOUR: due.remind_hour,
        # A clearance, excuse or late topic (art. 58, 55, 54) let lie for a working day, and for a second one.
        SILENT: due.silent,
        # A meeting's start and end.
        BEGINS: due.begins,
        ENDS: due.ends,
        # Fifteen minutes before the start: shall the sign-in be opened? Half an hour after the end: closed.
        OFFER: sign_in.offer,
        DOOR: sign_in.close,
        # 15:00 the working day before a topic's date and its morning (art. 54), as long as it is open.
        GATE: topics.remind,
        # Soon after an answer, however many come at once: the office's live count.
        COUNT: count.live,
        # 15:00 on the working day before a meeting's RSVP deadline: whoever has not answered.
        NUDGE: nudges.nudge,
        # The RSVP deadline: the mayor's summary of the excuses (art. 55), the silent once more.
        DEADLINE: nudges.deadline,
        # Half an hour of office time later: the groups of the silent, and the office's call list.
        CALLS: nudges.calls,
    },
    # Hundreds answer within a minute, and each answer sets it.
    locked={COUNT: Meeting},
    daily={
        # 8:40, but said once a week only: more than two weeks without a 常务会议 (art. 49).
        "meeting.fortnight": Daily("40 8 * * *", due.fortnight),
    },
    follow=[EXCUSE.follow, following.follow, CLEARANCE.follow, LATE_TOPIC.follow],
    # Places at meetings, and what was to be cleared (art. 58).
    displaced=[following.on_left, late_topics_to_mayor],
    # Why they were excused from meetings is kept no longer than the office has set ([retention] left_days).
    cut_down=[personal.cut_down],
    after_roster=[
        # Excuses go to whom art. 55 names now.
        following.excuses_on_roster,
        # A department's meetings (art. 58) go on with who is there now, before whoever is in charge of it.
        following.on_roster,
    ],
    # Reminders, and what now falls on a rest day; the RSVP deadline; the dates of topics (art. 54).
    recount=[due.recount, nudges.recount, topics.recount],
    morning=[morning.meetings],
    put_off=[outage.after_outage],
    tell_put_off=[outage.tell_after_outage],
    # An RSVP deadline that fell into even a short outage is put off.
    ends_between=[ended_between],
)
