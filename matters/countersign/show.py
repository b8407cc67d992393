"""A sheet's cards (会签): sent, redrawn as it stands, and taken back."""

from matters import succession as succession_matter
from matters.meeting.topic import redraw_resting_on
from notices.countersign import lead as countersign_lead
from notices.countersign.card import (
    consulted_text,
    draft_buttons,
    late_buttons,
    lead_buttons,
    lead_text,
    objection_buttons,
    release_buttons,
    release_text,
    sign_buttons,
    signing_text,
)
from notices.countersign.extension import extension_buttons, extension_card, extension_text
from notices.countersign.names import (
    draft_card,
    late_card,
    lead_card,
    objection_card,
    release_card,
    sign_card,
)
from notices.countersign.succession import of_review, of_sheet
from rules.countersign.answer import Opinion
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign, CountersignKind
from rules.countersign.succession import Review
from rules.periods import Periods
from storage.queries.countersign.clock import reschedule
from storage.queries.countersign.stall import reschedule as reschedule_stalls
from storage.unit_of_work import UnitOfWork

# ---------------------------------------------------------------- keeping every copy true


async def bring_up_to_date(work: UnitOfWork, sheet: Countersign, *changed: Consultation) -> None:
    """Edit the cards of the units that changed and those of the lead unit, and set the units' timers anew."""
    if changed:
        await reschedule(work, sheet, *changed)
    await reschedule_stalls(work, sheet)
    periods = work.office.settings.periods
    for one in changed:
        await redraw_unit(work, sheet, one, periods)
    await work.redraw(release_card(sheet), release_text(sheet, periods), release_buttons(sheet))
    await work.redraw(lead_card(sheet), lead_text(sheet, periods), lead_buttons(sheet))
    if sheet.lead_unit.closed_at is not None:
        await succession_matter.bring_up_to_date(work, of_sheet(sheet))
    if sheet.reviewer is not None and sheet.reviewer.closed_at is not None:
        await succession_matter.bring_up_to_date(work, of_review(Review(sheet)))
    if sheet.kind is CountersignKind.TOPIC:
        await redraw_resting_on(work, sheet)


async def take_draft_away(work: UnitOfWork, sheet: Countersign, one: Consultation) -> None:
    """Before it is passed to somebody else: who had it passed to them has nothing to draft any more."""
    if one.passed_to is not None:
        name = draft_card(sheet, one, one.passed_to)
        await work.retire(name, consulted_text(sheet, one, work.office.settings.periods))


async def redraw_unit(work: UnitOfWork, sheet: Countersign, one: Consultation, periods: Periods) -> None:
    text = consulted_text(sheet, one, periods)
    signed_by = [answer.signer for answer in one.answers]
    for holder in dict.fromkeys([one.head, one.stand_in, *signed_by]):
        if holder is not None:
            signing = signing_text(sheet, one, holder, periods)
            await work.redraw(sign_card(sheet, one, holder), signing, sign_buttons(sheet, one, holder))
    for drafter in dict.fromkeys([None, one.passed_to]):
        await work.redraw(draft_card(sheet, one, drafter), text, draft_buttons(sheet, one))
    for extension in one.extensions:
        card = extension_card(sheet, extension)
        text_now = extension_text(sheet, one, extension)
        await work.redraw(card, text_now, extension_buttons(sheet, one, extension))
    for answer in one.answers:
        if answer is one.late:
            text, buttons = countersign_lead.opinion_text(sheet, one, answer), late_buttons(sheet, one)
            await work.redraw(late_card(sheet, one), text, buttons)
        elif answer.opinion is Opinion.OBJECTION and answer is one.answer:
            text, buttons = countersign_lead.opinion_text(sheet, one, answer), objection_buttons(sheet, one)
            await work.redraw(objection_card(sheet, one), text, buttons)
