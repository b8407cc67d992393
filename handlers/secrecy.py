"""What bears a secrecy mark is refused (art. 59, 79), and taken out of the chat; nothing of it was stored.

What was sent together with it goes too, also where it came earlier and was read: out of the chat, off the
form that took it, out of what was told about it.
"""

from datetime import datetime

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from handlers.context import Context, Route
from handlers.forms.beginning import show_again, without
from handlers.forms.filling import Filling, open_draft
from notices import secrecy as notices
from rules.roster import Official
from rules.secrecy import ARTICLES
from storage.together import read_before, wipe
from storage.work import Work

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
    sender = message.from_user
    official = await work.official(sender.id) if sender else None
    filling, stayed = None, False
    if private:
        await work.remove(message.chat.id, message.message_id)
        filling, stayed = await _take_back(work, official, message)
    if not seen or not (private or official):  # groups hear nothing of what strangers do there
        if filling is not None:
            await show_again(filling)
        return
    words, place = seen["marks"], seen["place"]
    await work.note(
        official,
        "secrecy.refused",
        f"update:{update.update_id}",
        article=ARTICLES[0],
        detail={"marks": words, "place": place},
    )
    form = filling.draft.title if filling else ""
    await work.send(notices.refused(message.chat.id, words, place, form, stayed=stayed))
    if filling is not None:
        await show_again(filling)


async def _take_back(work: Work, official: Official | None, message: Message) -> tuple[Filling | None, bool]:
    """Undo what came with the message, or together with it, before this was known.

    Gives back the form that is still open, and whether something was read before that lies on no form now:
    it may have been handed in with one.
    """
    album, chat = message.media_group_id, message.chat.id
    before = await read_before(work.session, (chat, album)) if album else []
    for one in before:
        if one.message_id != message.message_id:
            await work.remove(chat, one.message_id)
    draft = await open_draft(work, official, chat) if official else None
    if draft is None or official is None:
        return None, bool(before)
    lying = await Filling.of(work, official, draft)
    gone = {one.message_id for one in before} | {message.message_id}
    names, is_open = await without(lying, gone)
    if names:
        since = min((one.received_at for one in before), default=datetime.min.replace(tzinfo=work.now.tzinfo))
        await wipe(work.session, chat, since, names)
    return (lying if is_open else None), bool(before) and not names


ROUTES: list[Route] = [MessageHandler(_Stripped(), refuse)]
