"""Forms left half-way."""

from notices import forms as pages
from rules.forms import FORM_PATIENCE, Draft
from storage.outbox import Notice
from storage.work import Work


async def offer(work: Work, draft_id: int) -> None:
    """After half an hour without a word (`FORM_PATIENCE`): 继续 or 放弃?

    Asked once, until the form is touched again. The moment is checked again, for the person may have
    written meanwhile; one who has left is not asked.
    """
    draft = await work.session.get(Draft, draft_id, with_for_update=True)
    if draft is None or draft.closed_at is not None or work.now < draft.updated_at + FORM_PATIENCE:
        return
    official = (await work.roster()).by_id(draft.official_id)
    if official is None or official.telegram_id is None:
        draft.close(work.now)
        return
    await work.redraw(draft.card, pages.continued(draft))
    draft.turn += 1
    page = pages.lie_idle(draft)
    to = official if draft.chat_id == official.telegram_id else draft.chat_id
    await work.send(Notice(to, page.text, page.buttons, card=draft.card))
