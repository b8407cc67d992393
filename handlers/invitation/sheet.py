"""[呈批表]: an invitation in Word, for the office, and for the leaders who were asked (art. 86)."""

import logging

from handlers.context import Route
from handlers.taps import Tap, on_tap
from matters.invitation import paper
from notices.invitation import paper as invitation_form
from notices.word_form import BadTemplate
from rules.invitation.ledger import may_know
from rules.invitation.matter import Invitation
from rules.refused import Refused

log = logging.getLogger(__name__)


@on_tap("invitation:<id>:form", Invitation)
async def send(tap: Tap[Invitation]) -> str:
    """The form as it stands now, to the one who tapped."""
    work, official, invitation = tap.work, tap.official, tap.matter
    if not may_know(invitation, official):
        raise Refused("呈批表只发给区政府办公室和经手答复的领导。")
    try:
        form = await paper.draw_up(work, invitation)
    except BadTemplate as bad:
        log.error("the form of invitation %s could not be drawn up: %s", invitation.id, bad)  # noqa: TRY400 - said whole
        raise Refused("呈批表暂时生成不了：模板有误，请告区政府办公室。") from bad
    await work.send(invitation_form.sent(official, invitation, form))
    return "呈批表已生成。"


ROUTES: list[Route] = [send]
