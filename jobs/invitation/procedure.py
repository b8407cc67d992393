"""Invitations (活动邀请) as the clock knows them."""

from jobs.invitation import due, following, reminders
from jobs.manifest import Procedure
from matters.invitation.todo import PERMISSION, REQUEST
from rules.invitation.nudges import BEGINS, SILENT
from rules.invitation.reminders import EVE, SHORTLY

INVITATION = Procedure(
    "invitation",
    timers={
        # Somebody asked to an event is silent for a working day, or till two before the event (art. 86).
        SILENT: due.silent,
        # The event begins: nobody is asked any more.
        BEGINS: due.begins,
        # The working day before an event, and two hours before it: who attends, and the desk (art. 86).
        EVE: reminders.remind_the_day_before,
        SHORTLY: reminders.remind_shortly_before,
    },
    follow=[PERMISSION.follow, REQUEST.follow, following.see_to_absent],
    # Leaders asked to events, and who was to go in their place.
    displaced=[due.on_left],
    # The silent, and the reminders of events, follow the working days.
    recount=[due.recount, reminders.recount],
    morning=[due.morning],
)
