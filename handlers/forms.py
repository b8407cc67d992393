"""Forms, written once for every procedure.

A procedure declares a `Form` (handlers.form_kinds) of fields (rules.fields) and calls `begin`. Two ways in,
step by step with buttons or all at once as a pasted note with labelled lines, meet in one card
[提交] [修改] [取消]. There is one live message to a form: taps change it where it stands, and after what
was typed a fresh one follows while the old one loses its buttons. The draft is in the database, so that a
restart loses nothing.
"""

import re
from collections.abc import Sequence
from typing import Any

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from handlers import form_taps
from handlers.context import PRIVATE, Context, Route, command, sender, word
from handlers.form_beginning import begin, cancel, start
from handlers.form_filling import Filling, open_draft
from handlers.form_kinds import ASIDES, FORMS, Form, enter
from notices import forms as pages
from notices import menu
from rules.fields import Field, Files, Paper, Text
from rules.labelled import Note, read_note
from rules.refused import Refused
from rules.roster import Official
from rules.text import clean
from storage.outbox import Notice, Urgency
from storage.work import Work

__all__ = ["FORMS", "ROUTES", "Form", "begin", "enter"]

LABELS_ENOUGH = 2
"""So many labelled lines tell which form is meant when the opening word was left out."""


def opened_by(text: str) -> Form | None:
    """The form whose word (or title) stands on the first line."""
    first = re.sub(r"[:：。!！\s]+$", "", clean(text).split("\n")[0]).lstrip("/")
    for form in FORMS.values():
        if form.word and first in (form.word, form.title, *form.aliases):
            return form
    return None


def guessed(text: str) -> Form | None:
    """The form a note without its opening word must mean: two labels or more fit it, and no other so well."""
    fits = {
        form.name: len(note.values)
        for form in FORMS.values()
        if form.word and (note := amends(text, form.fields)) is not None
    }
    best = max(fits.values(), default=0)
    likely = [name for name, fit in fits.items() if fit == best]
    return FORMS[likely[0]] if best >= LABELS_ENOUGH and len(likely) == 1 else None


def amends(text: str, fields: Sequence[Field[Any]]) -> Note | None:
    """The labelled lines, if the text begins with one of the form's own labels."""
    note = read_note(text, fields)
    first_line = read_note(clean(text).split("\n")[0], fields)
    return note if first_line.values else None


async def typed(update: Update, context: Context) -> None:
    """Text nothing else took: a pasted note, an edit (时间：12月2日), or the answer to the question asked."""
    message, work = update.effective_message, context.work
    if message is None or not message.text:
        return
    official = await sender(update, context)
    form = opened_by(message.text)
    draft = await open_draft(work, official, message.chat.id)
    if form is None and draft is None:
        form = guessed(message.text)
    if form is not None:
        await begin(work, official, message.chat.id, form, note_text=message.text)
        await _aside(work, official, form, message.text)
        return
    if draft is None or message.text.startswith("/"):
        if await _aside(work, official, None, message.text):
            return
        buttons = menu.buttons_for(official)
        await work.send(Notice(message.chat.id, menu.NOT_UNDERSTOOD, buttons=buttons, urgency=Urgency.ANSWER))
        return
    filling = await Filling.of(work, official, draft)
    await _fill(filling, message.text)
    await _aside(work, official, filling.form, message.text)


async def _aside(
    work: Work, official: Official, form: Form | None, text: str, paper: Paper | None = None
) -> bool:
    """Whether something beside the forms has answered the text, or the file that came with it."""
    answered = [await look(work, official, form, text, paper) for look in ASIDES]
    return any(answered)


async def _fill(filling: Filling, text: str) -> None:
    """Text for the form that is open."""
    draft = filling.draft
    if draft.values.get("_next"):
        raise Refused("请先点“继续”或“放弃”。")
    asked = filling.form.field(draft.asking)
    note = amends(text, filling.form.fields)
    if note is not None:
        filling.take_note(note)
    elif not clean(text):
        filling.remarks.append("没有收到文字，请重新写。")
    elif asked is None:
        filling.remarks.append("表已填齐，请点按钮；要改哪一项，可点“修改”。")
    elif not filling.answer(asked, text):
        await filling.show(fresh=True)
        return
    await filling.go_on(fresh=True)


async def attached(update: Update, context: Context) -> None:
    """A file: for the form that is open, or, with a note as its caption, the beginning of one."""
    message, work = update.effective_message, context.work
    if message is None:
        return
    official = await sender(update, context)
    paper = paper_of(message)
    caption = message.caption or ""
    form = opened_by(caption) if caption else None
    if form is not None:
        if not any(isinstance(field, Files) for field in form.fields):
            raise Refused(f"{form.title}不用附件，请只发文字。")
        await start(work, official, message.chat.id, form, stored={}, note_text=caption, papers=[paper])
        await _aside(work, official, form, caption)
        return
    draft = await open_draft(work, official, message.chat.id)
    if draft is None:
        text = f"{caption}\n《{paper.name}》" if caption else paper.name
        if await _aside(work, official, None, text, paper):
            return
        raise Refused(f"文件《{paper.name}》没有收：请在文件说明的第一行写要办的事{_with_files()}。")
    filling = await Filling.of(work, official, draft)
    field = filling.take_paper(paper)
    if caption:
        _heed_caption(filling, caption)
    album = message.media_group_id
    again = album is not None and draft.values.get("_album") == album
    draft.keep(_album=album)
    papers = filling.scene.values.get(field.key) or []
    if draft.asking == field.key and papers and len(papers) < field.most:
        await filling.show(fresh=not again)
    else:
        await filling.go_on(fresh=not again)


def _heed_caption(filling: Filling, caption: str) -> None:
    """Words under a file: labelled lines, the text now asked for, or nothing we know of, which is said."""
    asked = filling.form.field(filling.draft.asking)
    note = amends(caption, filling.form.fields)
    if note is not None:
        filling.take_note(note)
    elif isinstance(asked, Text):
        filling.answer(asked, caption)
    else:
        filling.remarks.append(f"文件下的文字没有收：{clean(caption)[:30]}")


def _with_files() -> str:
    words = [f.word for f in FORMS.values() if f.word and any(isinstance(field, Files) for field in f.fields)]
    return f"，例：{'、'.join(words)}" if words else ""


def paper_of(message: Message) -> Paper:
    """The document or photo of a message; another kind is refused."""
    if message.document:
        document = message.document
        return Paper(document.file_id, document.file_name or "文件", document.file_size or 0)
    if message.photo:
        photo = message.photo[-1]
        return Paper(photo.file_id, "照片.jpg", photo.file_size or 0, photo=True)
    raise Refused("这里只收文字、文件和照片，语音、视频、表情请换成文字。")


async def cancelled(update: Update, context: Context) -> None:
    """/cancel 取消: the open form is given up."""
    official = await sender(update, context)
    chat = update.effective_chat
    if chat is not None and not await cancel(context.work, official, chat.id):
        await context.work.send(Notice(chat.id, pages.NOTHING_OPEN, urgency=Urgency.ANSWER))


ROUTES: list[Route] = [
    command("cancel", cancelled),
    word("取消", cancelled),
    CallbackQueryHandler(form_taps.tap, pattern=form_taps.BUTTON),
    CallbackQueryHandler(form_taps.forged, pattern=form_taps.ANY_BUTTON),
    MessageHandler(filters.UpdateType.MESSAGE & PRIVATE & filters.ATTACHMENT, attached),
    MessageHandler(filters.UpdateType.MESSAGE & PRIVATE & filters.TEXT, typed),
]
"""The last two take whatever is left: these routes come after every procedure's own."""
