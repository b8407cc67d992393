"""The short answers that any message may get."""

from markupsafe import Markup, escape

from rules.refused import Refused
from storage.outbox import Notice, Urgency
from storage.work import Work

SORRY = Markup("这一步没有办成，您的内容已留存。请稍后再试；仍不行，请致电区政府办公室。")


async def refuse(
    work: Work, chat_id: int | None, query_id: str | None, refused: Refused, *, stranger: bool
) -> None:
    """Tell the person the rule's sentence: an alert for a tap, a message for a text.

    Groups hear nothing of what strangers do there.
    """
    if query_id:
        await work.toast(query_id, str(refused), alert=True)
    elif chat_id and not (stranger and chat_id < 0):
        await work.send(Notice(chat_id, escape(str(refused)), urgency=Urgency.ANSWER))


async def sorry(work: Work, chat_id: int | None, query_id: str | None) -> None:
    """Something broke: say so once, politely, with what to do."""
    if query_id:
        await work.toast(query_id, str(SORRY), alert=True)
    elif chat_id:
        await work.send(Notice(chat_id, SORRY, urgency=Urgency.ANSWER))
