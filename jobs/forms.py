"""Forms left half-way."""

from notices import forms as pages
from notices.notice import Notice
from rules.forms import FORM_PATIENCE, KEPT_ASIDE, Draft
from rules.roster import Official
from storage.queries import drafts
from storage.removal import take_away
from storage.unit_of_work import UnitOfWork


async def offer(work: UnitOfWork, draft_id: int) -> None:
    """After half an hour without a word (`FORM_PATIENCE`): 继续, 先放着 or 放弃?

    Asked once, until the form is touched again. The moment is checked again, for the person may have
    written meanwhile; one who has left is not asked. One that was put aside is no longer kept after
    `KEPT_ASIDE`, and its person is told.
    """
    draft = await drafts.by_id(work, draft_id)
    if draft is None or draft.closed_at is not None:
        return
    official = (await work.roster()).by_id(draft.official_id)
    if official is None or official.telegram_id != draft.chat_id:
        draft.close(work.now)  # they have left, or have another account now: the old chat is told nothing
        return
    if draft.aside_at is not None:
        if work.now >= draft.aside_at + KEPT_ASIDE:
            await work.send(Notice(official, pages.forgotten(draft)))
            draft.close(work.now)
        return
    if draft.waiting or work.now < draft.updated_at + FORM_PATIENCE:
        return  # the same question is asked already, with the other form named; or they have gone on
    if draft.procedure == pages.SEARCHING:
        await _let_go(work, draft, official)
        return
    await take_away(work, draft.card, pages.continued(draft))
    draft.turn += 1
    draft.keep(_idle=True)
    page = pages.lie_idle(draft)
    await work.send(Notice(official, page.text, page.buttons, card=draft.card))


async def _let_go(work: UnitOfWork, draft: Draft, official: Official) -> None:
    """Files that nobody has said a word of lie longer than a form, and go with one quiet word."""
    kept = work.office.settings.files
    if work.now < draft.updated_at + kept.patience:
        await work.timer("form.stale", draft.id, draft.updated_at + kept.patience)
        return
    names = [paper["name"] for paper in draft.values.get("papers") or ()]
    await take_away(work, draft.card, pages.continued(draft))
    draft.close(work.now)
    await work.send(Notice(official, pages.let_go(names, kept.keep_hours), quiet=True))
