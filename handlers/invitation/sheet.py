"""[呈批表]: an invitation in Word, for the office, and for the leaders who were asked (art. 86)."""

import logging
from typing import Final

from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers.context import Context, Route, sender
from matters.invitation import paper
from notices.invitation import paper as invitation_form
from notices.word_form import BadTemplate
from rules.invitation.ledger import may_know
from rules.invitation.matter import Invitation
from rules.refused import Refused

BUTTON: Final = r"^invitation:(?P<id>\d{1,9}):form$"
log = logging.getLogger(__name__)


async def send(update: Update, context: Context) -> None:
    """The form as it stands now, to the one who tapped."""
    query, match = update.callback_query, context.match
    if query is None or match is None:
        return
    official, work = await sender(update, context), context.work
    invitation = await work.get(Invitation, int(match["id"]))
    if not may_know(invitation, official):
        raise Refused("呈批表只发给区政府办公室和经手答复的领导。")
    try:
        form = await paper.draw_up(work, invitation)
    except BadTemplate as bad:
        log.error("the form of invitation %s could not be drawn up: %s", invitation.id, bad)  # noqa: TRY400 - said whole
        raise Refused("呈批表暂时生成不了：模板有误，请告区政府办公室。") from bad
    await work.send(invitation_form.sent(official, invitation, form))
    await work.toast(query.id, "呈批表已生成。")


ROUTES: list[Route] = [CallbackQueryHandler(send, pattern=BUTTON)]
