"""What bears a secrecy mark is refused (art. 59, 79), and taken out of the chat; nothing of it was stored."""

from telegram import Update
from telegram.ext import MessageHandler, filters

from handlers.context import Context, Route
from handlers.form_filling import open_draft
from notices import secrecy as notices
from rules.secrecy import ARTICLES

KEY = "banjie_secrecy"
"""Where a stripped update says which marks were seen (bot/secrecy.py); nothing, where it is not spoken of."""


class _Stripped(filters.UpdateFilter):
    """Updates of which only the bones were stored."""

    def filter(self, update: Update) -> bool:
        """Whether it is one."""
        return KEY in update.api_kwargs


async def refuse(update: Update, context: Context) -> None:
    """Say once what was seen and what to do; in private the message is taken out of the chat as well."""
    message, work = update.effective_message, context.work
    if message is None:
        return
    private, seen = message.chat.type == "private", update.api_kwargs[KEY]
    if private:
        await work.remove(message.chat.id, message.message_id)
    sender = message.from_user
    official = await work.official(sender.id) if sender else None
    if not seen or not (private or official):  # groups hear nothing of what strangers do there
        return
    words, place = seen["marks"], seen["place"]
    draft = await open_draft(work, official, message.chat.id) if official and private else None
    await work.note(
        official,
        "secrecy.refused",
        f"update:{update.update_id}",
        article=ARTICLES[0],
        detail={"marks": words, "place": place},
    )
    await work.send(notices.refused(message.chat.id, words, place, draft.title if draft else ""))


ROUTES: list[Route] = [MessageHandler(_Stripped(), refuse)]
