"""Every procedure there is: one line each, in the order in which what waits for a person is shown."""

from collections.abc import Mapping
from typing import Final

from handlers import calendar, delegation, reach, succession
from handlers.briefing.procedure import BRIEFING
from handlers.countersign.procedure import COUNTERSIGN
from handlers.forms import again, aside
from handlers.invitation.procedure import INVITATION
from handlers.leave.procedure import LEAVE
from handlers.manifest import Finder, Procedure
from handlers.meeting.procedure import MEETING
from matters import advice
from matters.delegation import put_back
from rules.sentences.expressions import answer
from rules.sentences.general import ANSWERS_OF_CALLS

PROCEDURES: Final[tuple[Procedure, ...]] = (
    Procedure("call", reach.ROUTES, forms=reach.FORMS, todo=[reach.todo], answers=ANSWERS_OF_CALLS),
    LEAVE,
    COUNTERSIGN,
    MEETING,
    INVITATION,
    BRIEFING,
    Procedure(
        "delegation",
        delegation.ROUTES,
        forms=delegation.FORMS,
        todo=[delegation.todo],
        mine=[delegation.mine],
        decisions=("接受", "不接受", "结束委托"),
        put_back=put_back,
    ),
    Procedure("succession", succession.ROUTES, forms=succession.FORMS, todo=[succession.todo]),
    Procedure("drafts", [*aside.ROUTES, *again.ROUTES], mine=[aside.mine]),
    # Views asked for (征求意见): asked and answered in handlers/advice.py, which looks through all of these.
    Procedure("advice", (), todo=[advice.todo], answers=[answer("写意见", words=True)]),
    Procedure("holidays", calendar.ROUTES, forms=calendar.FORMS),
)
FINDERS: Final[Mapping[str, Finder]] = {each.code: each.finder for each in PROCEDURES if each.finder}
"""By the word that begins the names of their matters, of what 查找 finds, and of the buttons."""
