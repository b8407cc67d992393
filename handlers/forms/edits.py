"""A person changes a message that was read: the form follows where it still can; if not, they are told.

Telegram also speaks of an edit where nobody made one, for a reaction say, and then without an edit date
(tdlib/telegram-bot-api, issue 388): a phone shows no 已编辑 there, and nothing is answered.
"""

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from handlers.context import Context, Route, sender
from handlers.forms.beginning import ask_which, show_again
from handlers.forms.files import is_file, paper_of
from handlers.forms.filling import Filling, open_draft
from handlers.forms.kinds import FORMS
from handlers.forms.notes import amends, opened_by
from notices import forms as pages
from notices.notice import Notice, Urgency
from rules.fields import Files
from rules.labelled import Note, read_note
from rules.text import clean
from storage.together import heard_before


async def edited(update: Update, context: Context) -> None:
    """In private; groups hear nothing of what is changed there."""
    message, work = update.effective_message, context.work
    if message is None or message.chat.type != "private":
        return
    if message.edit_date is None or message.location:  # a place shared live moves by itself
        return
    at_once = message.edit_date == message.date
    if await heard_before(work.session, update.update_id, at_once=at_once):
        return
    official = await sender(update, context)
    draft = await open_draft(work, official, message.chat.id)
    if draft is None:
        await work.send(Notice(message.chat.id, pages.EDIT_IS_NOTHING, urgency=Urgency.ANSWER))
        return
    filling = await Filling.of(work, official, draft, message.message_id)
    if draft.waiting:
        await _of_what_waits(filling, message)
        return
    taken = _file_replaced(filling, message)
    if _words_replaced(filling, message) or taken:
        filling.remarks.append(pages.EDIT_TAKEN)
        await filling.go_on(fresh=True, more_may_come=True)
    else:
        filling.remarks.append(str(pages.EDIT_IS_NOTHING))
        await show_again(filling)


def _words_replaced(filling: Filling, message: Message) -> bool:
    """Read the lines anew that came from this message and still stand; False where there are none."""
    text = message.text or message.caption or ""
    lines = [field for field in filling.form.fields if filling.said.get(field.key) == message.message_id]
    if not lines:
        return False
    note = _note_in(filling, text)
    if note is not None:
        for field in lines:
            if not note.values.get(field.key):
                filling.empty(field)
        filling.take_note(note)
    elif len(lines) == 1 and clean(text):
        (field,) = lines
        if filling.draft.asking == field.key:
            filling.answer(field, text)
        else:
            filling.write(field, text)
    else:
        return False
    return True


def _note_in(filling: Filling, text: str) -> Note | None:
    """The text as a note to this form, with or without its opening word."""
    if opened_by(text) is filling.form:
        return read_note(text, filling.form.fields)
    return amends(text, filling.form.fields)


def _file_replaced(filling: Filling, message: Message) -> bool:
    """Put the file that is in the message now where the form holds the one that was in it."""
    held = [paper for paper in filling.papers if paper.message == message.message_id]
    if not held or not is_file(message) or paper_of(message).file_id == held[0].file_id:
        return False
    (old,) = held[:1]
    field = next(
        field
        for field in filling.fields
        if isinstance(field, Files) and old in (filling.scene.values.get(field.key) or [])
    )
    papers = list(filling.scene.values[field.key])
    place = papers.index(old)
    rest = papers[:place] + papers[place + 1 :]
    new = filling.accepted(field, paper_of(message), rest)
    if new is not None:
        filling.put(field, [*rest[:place], new, *rest[place:]])
    elif rest:
        filling.put(field, rest)
    else:
        filling.empty(field)
    return True


async def _of_what_waits(filling: Filling, message: Message) -> None:
    """The note of a form that waits is read only when that is begun: until then it is simply the new one."""
    waiting, text = filling.draft.waiting, message.text or message.caption or ""
    form = FORMS.get(waiting["form"])
    if waiting["message"] == message.message_id and form is not None and opened_by(text) is form:
        waiting["note"] = text
        filling.draft.keep(_next=waiting)
        await ask_which(filling, pages.EDIT_TAKEN)
    else:
        await ask_which(filling, str(pages.EDIT_IS_NOTHING))


ROUTES: list[Route] = [MessageHandler(filters.UpdateType.EDITED_MESSAGE, edited)]
"""Before all others, for PTB offers an edited message to every handler of messages and commands."""
