"""Messages that are neither words nor files: a contact or a place answers where it can, all else is declined.

Every kind of message there is gets an answer in private, also one that Telegram will bring in later; groups
are not spoken to.
"""

from telegram import Message, Update
from telegram.ext import filters

from handlers.context import Context, sender
from handlers.forms.beginning import ask_which
from handlers.forms.filling import Filling, open_draft
from notices import forms as pages
from notices.notice import Notice, Urgency
from rules.fields.shared import from_contact, from_place
from storage.together import is_first_of_album


async def other(update: Update, context: Context) -> None:
    """Whatever is left."""
    message, work = update.effective_message, context.work
    if message is None:
        return
    official = await sender(update, context)
    draft = await open_draft(work, official, message.chat.id)
    if draft is None:
        if not await is_first_of_album(work.session, update.update_id):
            return
        await work.send(Notice(message.chat.id, pages.declined(_kind(update)), urgency=Urgency.ANSWER))
        return
    filling = await Filling.of(work, official, draft, message.message_id)
    album = message.media_group_id or ""
    again = filling.recall(album)
    asked = filling.form.field(draft.asking)
    text = None if draft.waiting else _answer(message, filling)
    if text is None or asked is None:
        said = str(pages.declined(_kind(update)))
        filling.remarks += [] if said in filling.remarks else [said]
        filling.remember(album)
        if draft.waiting:
            await ask_which(filling, fresh=not again)
        else:
            await filling.show(fresh=not again)
    elif filling.answer(asked, text):
        await filling.go_on(fresh=True)
    else:
        await filling.show(fresh=True)


def _answer(message: Message, filling: Filling) -> str | None:
    """What a contact or a place says to the question now asked, if anything."""
    asked = filling.form.field(filling.draft.asking)
    if contact := message.contact:
        name = f"{contact.last_name or ''}{contact.first_name}"
        if contact.first_name.isascii():
            name = f"{contact.first_name} {contact.last_name or ''}"
        return from_contact(asked, name, contact.phone_number)
    if venue := message.venue:
        return from_place(asked, venue.title, venue.address)
    return None


def _kind(update: Update) -> str:
    message = update.effective_message
    if message is not None and message.contact:
        return "名片"
    if message is not None and (message.venue or message.location):
        return "位置"
    if message is not None and (message.voice or message.video_note):
        return "语音"
    if message is not None and (message.sticker or message.dice):
        return "表情"
    return "设置" if filters.StatusUpdate.ALL.check_update(update) else ""
