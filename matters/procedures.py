"""Every procedure with what is done to its matters from chat, clock and command line: one line each.

The order is that of the menu, of the ledgers offered, and of what is said to clash with a leave. What asks
all of them (the menu, the engagements) is imported by no `procedure.py`: that would close a circle.
"""

from typing import Final

from matters.briefing.procedure import BRIEFING
from matters.countersign.procedure import COUNTERSIGN
from matters.invitation.procedure import INVITATION
from matters.leave.procedure import LEAVE
from matters.manifest import Procedure
from matters.meeting.procedure import MEETING

PROCEDURES: Final[tuple[Procedure, ...]] = (
    LEAVE,
    COUNTERSIGN,
    MEETING,
    INVITATION,
    BRIEFING,
)
