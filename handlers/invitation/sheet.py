"""[呈批表]: an invitation in Word, for the office, and for the leaders who were asked (art. 86)."""

from handlers.context import Route
from handlers.taps import Tap, on_tap
from matters.invitation import paper
from rules.invitation.ledger import may_know
from rules.invitation.matter import Invitation
from rules.refused import Refused


@on_tap("invitation:<id>:form", Invitation)
async def send(tap: Tap[Invitation]) -> str:
    """The form as it stands now, to the one who tapped."""
    if not may_know(tap.matter, tap.official):
        raise Refused("呈批表只发给区政府办公室和经手答复的领导。")
    return await paper.send(tap.work, tap.official, tap.matter)


ROUTES: list[Route] = [send]
