"""Leave (请假) as the clock knows it."""

from jobs.leave import due, morning
from jobs.manifest import Procedure
from matters.leave.todo import APPROVAL
from rules.leave.nudges import GONE, RETURN, SILENT
from storage.queries.leave import personal

LEAVE = Procedure(
    "leave",
    timers={
        # An approver silent for a working day is nudged, on the second silent day the office is told.
        SILENT: due.nudge_approver,
        # The evening of the end date (art. 77), then each working morning until 销假; then the office too.
        RETURN: due.nudge_return,
        # What was sent back and not reported again ends with its days, at the opening after them.
        GONE: due.run_out,
    },
    follow=[APPROVAL.follow],
    # What waited for who has left, moved or changed roles goes on.
    displaced=[due.on_left],
    # Why and where to they were away is kept no longer than the office has set ([retention] left_days).
    cut_down=[personal.cut_down],
    # A changed 分管 takes pending reports along.
    after_roster=[due.on_roster],
    recount=[due.recount],
    morning=[morning.away, morning.silent_approvers, morning.unapproved, morning.unfiled],
)
