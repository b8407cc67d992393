"""The short answers that any message may get: the rule's sentence, or that something broke."""

from markupsafe import escape

from notices import own_number
from notices.answers import SORRY
from notices.notice import Notice, Urgency
from rules.refused import Refused
from storage import undo
from storage.taps import Tap
from storage.unit_of_work import UnitOfWork


async def refuse(
    work: UnitOfWork,
    chat_id: int | None,
    query_id: str | None,
    refused: Refused,
    *,
    stranger: bool,
    tap: Tap | None = None,
) -> None:
    """Tell the person the rule's sentence: an alert for a tap, a message for a text.

    Who taps once more what they have decided just so is told that in passing. Groups hear nothing of what
    strangers do there.
    """
    made = await undo.same(work.session, tap.account, tap.data, work.now) if tap else None
    if query_id and made is not None:
        await work.toast(query_id, made.done)
    elif query_id:
        await work.toast(query_id, str(refused), alert=True)
    elif chat_id and stranger:
        if chat_id > 0:
            await work.send(own_number.to_stranger(chat_id, str(refused), work.office.settings.binding))
    elif chat_id:
        await work.send(Notice(chat_id, escape(str(refused)), urgency=Urgency.ANSWER))


async def sorry(work: UnitOfWork, chat_id: int | None, query_id: str | None) -> None:
    """Something broke: say so once, politely, with what to do."""
    if query_id:
        await work.toast(query_id, str(SORRY), alert=True)
    elif chat_id:
        await work.send(Notice(chat_id, SORRY, urgency=Urgency.ANSWER))
