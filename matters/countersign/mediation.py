"""协调 (art. 53): the mediator is asked, and the cards show how it ended."""

from matters.countersign import unrevised
from notices.countersign.mediation import (
    asked_text,
    mediation_buttons,
    mediation_card,
    reply_buttons,
    reply_card,
    reply_text,
)
from rules.countersign.matter import Countersign
from rules.countersign.settling import parties
from storage.unit_of_work import UnitOfWork

# ---------------------------------------------------------------- keeping every copy true


async def redraw(work: UnitOfWork, sheet: Countersign) -> None:
    """Edit every card of replies and mediations."""
    await unrevised.over(work, sheet)
    for one in sheet.consultations:
        if one.objection is not None and one.objection.reply is not None:
            await work.redraw(reply_card(sheet, one), reply_text(sheet, one), reply_buttons(sheet, one))
    for mediation in sheet.mediations:
        if not parties(sheet, mediation):
            continue  # a later one has taken it up: the card stays as it was decided
        name, text = mediation_card(sheet, mediation), asked_text(sheet, mediation, mediation.holder)
        await work.redraw(name, text, mediation_buttons(sheet, mediation))
