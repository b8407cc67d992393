"""Forms, written once for every procedure.

A procedure declares a `Form` (handlers.forms.kinds) of fields (rules.fields) and calls `begin`. Two ways in,
step by step with buttons or all at once as a pasted note with labelled lines, meet in one card
[提交] [修改] [取消]. There is one live message to a form: taps change it where it stands, and after what
was sent a fresh one follows while the old one loses its buttons, so that the newest message always shows how
to go on. The draft is in the database, so that a restart loses nothing.
"""

import re

from telegram import Update
from telegram.ext import MessageHandler, filters

from handlers.context import PRIVATE, Context, Route, command, sender, word
from handlers.forms import taps as form_taps
from handlers.forms.beginning import CHOOSE, WAYS, ask_which, begin, cancel, choose
from handlers.forms.files import FORMS_OF_FILES, attached, paper_of
from handlers.forms.filling import Filling, open_draft
from handlers.forms.kinds import FORMS, ORDERS, Form, enter
from handlers.forms.notes import amends, beside, guessed, heard, opened_by, speaks_of_another
from handlers.forms.other import other
from notices import forms as pages
from notices.notice import Notice, Urgency
from rules.fields import Text
from rules.roster import Official
from rules.sentences.answers import is_question
from rules.text import clean

__all__ = ["FORMS", "FORMS_OF_FILES", "ROUTES", "Form", "begin", "enter", "paper_of"]

_WORDS = {word: way for way, word in WAYS.items()}
"""Written instead of tapped, where these buttons are what is asked."""
_STOP = re.compile(
    r"(?:(?:先?不[填办写弄报]了|算了|取消|放弃|以后再[说填])(?:这张表|填表)?[吧啊，,。！!\s]*)+"
)
"""Hardly ever an answer."""
_ORDER = 12
"""Signs of an order among answers; what is longer is a sentence of the answer."""
_BACK = re.compile(r"(?:返?回|退回?到?|‹ ?)?上一[步项]")


async def typed(update: Update, context: Context) -> None:
    """Text nothing else took: a pasted note, an edit (时间：12月2日), or the answer to the question asked."""
    message, work = update.effective_message, context.work
    if message is None or not message.text:
        return
    text = message.text
    official = await sender(update, context)
    draft = await open_draft(work, official, message.chat.id)
    filling = await Filling.of(work, official, draft, message.message_id) if draft else None
    choosing = draft is not None and bool(draft.waiting or draft.idle)
    said = clean(text).strip('“”"。.！! ')
    if filling is not None and choosing and said in _WORDS:
        await choose(filling, _WORDS[said], fresh=True)
        return
    if filling is not None and not choosing and _BACK.fullmatch(said):
        filling.remarks += [] if filling.step_back() else ["这是第一步。"]
        await filling.show(fresh=True)
        return
    form = opened_by(text)
    if form is None and (filling is None or filling.form.becomes or filling.draft.waiting):
        form = guessed(text)
    elif form is None and filling is not None:
        free = isinstance(filling.form.field(filling.draft.asking), Text)  # there any words are the answer
        form = None if free else speaks_of_another(text, filling.form)
    if form is not None:
        await begin(work, official, message.chat.id, form, note_text=text, message=message.message_id)
        await beside(work, official, form, text)
    elif filling is None:
        if not await beside(work, official, None, text):
            await heard(update, context, official, text, lying=False)
    elif filling.draft.waiting:
        await ask_which(filling, CHOOSE)
    elif doubt := await _doubt(context, official, filling, text):
        await filling.doubt(text, doubt)
    elif filling.takes(text) or not await heard(update, context, official, text, lying=True):
        await _fill(filling, text)
        await beside(work, official, filling.form, text)


async def _doubt(context: Context, official: Official, filling: Filling, text: str) -> str:
    """Why free words that answer the question may be meant for something else; empty where they are not."""
    form = filling.form
    asked = form.field(filling.draft.asking)
    if not isinstance(asked, Text) or amends(text, form.fields) is not None:
        return ""
    if _STOP.fullmatch(clean(text)):
        return "是填在这里的吗？不填这张表了，请点“取消”"
    if len(clean(text)) > _ORDER or re.search("[，,。；;]", clean(text)[:-1]):
        return ""  # a sentence that only speaks of it: 因赴上海参加招商推介会，特此请假
    orders = [order for asks in ORDERS if (order := await asks(context, official, text))]
    asking = is_question(text)  # 另有会议 answers, 有会议吗 asks
    orders = [order for order in orders if asking or " " not in order]
    other = next((order for order in orders if order not in (form.word, clean(text))), "")
    if not other or other in form.title:  # words of the form itself are its answer: 请年假回家
        return ""
    return f"是填在这里的吗？另办的，请只发“{other}”"


async def _fill(filling: Filling, text: str) -> None:
    """Text for the form that is open."""
    asked = filling.form.field(filling.draft.asking)
    note = amends(text, filling.form.fields)
    if text.startswith("/"):
        filling.remarks.append("没有这个命令。")
        await filling.show(fresh=True)
        return
    if note is not None:
        filling.take_note(note)
    elif not clean(text):
        filling.remarks.append("没有收到文字，请重新写。")
    elif asked is None:
        filling.remarks.append("表已填齐，请点按钮；要改哪一项，就点哪一项。")
    elif not filling.answer(asked, text):
        await filling.show(fresh=True)
        return
    await filling.go_on(fresh=True)


async def cancelled(update: Update, context: Context) -> None:
    """/cancel 取消: the open form is given up."""
    official = await sender(update, context)
    chat = update.effective_chat
    if chat is not None and not await cancel(context.work, official, chat.id):
        await context.work.send(Notice(chat.id, pages.NOTHING_OPEN, urgency=Urgency.ANSWER))


ROUTES: list[Route] = [
    command("cancel", cancelled),
    word("取消", cancelled),
    form_taps.tapped,
    form_taps.forged,
    MessageHandler(filters.UpdateType.MESSAGE & PRIVATE & (filters.Document.ALL | filters.PHOTO), attached),
    MessageHandler(filters.UpdateType.MESSAGE & PRIVATE & filters.TEXT, typed),
    MessageHandler(filters.UpdateType.MESSAGE & PRIVATE, other),
]
"""The last three take whatever is left: these routes come after every procedure's own."""
