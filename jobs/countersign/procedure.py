"""Countersigning (会签) as the clock knows it."""

from jobs.countersign import board, due, extension, following, overdue, settling, stall
from jobs.manifest import Daily, Procedure
from matters.countersign.todo import MEDIATION
from rules.countersign.clock import CLOCK, OVERDUE, TOLD
from rules.countersign.stall import STALLED

COUNTERSIGN = Procedure(
    "countersign",
    timers={
        # Nudges, the 24:00 after which silence is consent (art. 63), missing signatures (art. 53, 59).
        CLOCK: due.look,
        # The opening after that 24:00: lead and consulted unit hear of it.
        TOLD: due.tell,
        # That morning: a vice mayor's list of late signatures, one message for all of their units.
        OVERDUE: overdue.tell_leader,
        # After the answers something was let lie for a working day: nudged; for a second one: told.
        STALLED: stall.look,
    },
    daily={
        # 8:30 on working days: more time that was asked for and not answered until that day was over.
        "countersign.extensions": Daily("30 8 * * *", extension.overtaken),
    },
    follow=[following.follow, MEDIATION.follow, settling.follow],
    after_roster=[
        # New heads sign what waits for their unit; of a closed one nothing is asked any more.
        following.on_roster,
        # Mediations go to the vice mayor who is in charge now.
        settling.on_roster,
    ],
    recount=[due.recount],
    morning=[board.countersigns, stall.morning],
    put_off=[due.after_outage],
    tell_put_off=[due.tell_after_outage],
    # A unit was asked: its period begins with the delivery (art. 63).
    receipt=due.receipt,
)
