"""Every procedure the clock has a part in: one line each, in the order in which each is called.

A delegation that ends with a roster must have ended before a meeting's clearance looks for who decides.
"""

from typing import Final

from jobs import delegation, reach, succession
from jobs.briefing.procedure import BRIEFING
from jobs.countersign.procedure import COUNTERSIGN
from jobs.invitation.procedure import INVITATION
from jobs.leave.procedure import LEAVE
from jobs.manifest import Procedure
from jobs.meeting.procedure import MEETING
from matters import advice
from matters.advice import ADVICE
from rules.remarks.advice import TIMER
from storage.queries.reach import OVERDUE, clear_numbers

PROCEDURES: Final[tuple[Procedure, ...]] = (
    LEAVE,
    COUNTERSIGN,
    # Delegations that no longer fit end; what stays with somebody who is away follows.
    Procedure("delegation", displaced=[delegation.on_left]),
    MEETING,
    INVITATION,
    BRIEFING,
    Procedure(
        "call",
        # Half an hour after a 请回电, at any hour (art. 77): the office has the number, other ways are used.
        timers={OVERDUE: reach.overdue},
        # Who has left is not asked to call back any more.
        displaced=[reach.on_left],
        cut_down=[clear_numbers],
    ),
    Procedure(
        "advice",
        # Whoever was asked for their view (征求意见) is silent: reminded, then who asked is told.
        timers={TIMER: advice.silence},
        follow=[ADVICE.follow],
    ),
    # What a closed unit leads, calls, reports or has invited to: the office desk says who takes it over.
    Procedure("succession", after_roster=[succession.on_roster], morning=[succession.morning]),
)
