"""Briefings (简报) as the clock knows them."""

from jobs.briefing import due
from jobs.manifest import Procedure
from matters.briefing.todo import REGISTRATION
from rules.briefing.clock import CLOCK

BRIEFING = Procedure(
    "briefing",
    # A silent director; months without an issue, or December: does it go on (art. 66)? The end of its year.
    timers={CLOCK: due.look},
    follow=[REGISTRATION.follow],
    after_roster=[due.on_roster],
    recount=[due.recount],
    morning=[due.sections],
)
