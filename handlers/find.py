"""/find (查找): matters by name, unit, place, title, state or time, for whoever may see them."""

from dataclasses import replace
from typing import Final

from markupsafe import Markup
from telegram import Update
from telegram.ext import MessageHandler, filters

from handlers.context import PRIVATE, Context, Route, opening, sender
from handlers.forms.entry import begin
from handlers.forms.kinds import Form
from handlers.procedures import FINDERS
from handlers.taps import Tap, on_tap
from notices import find as notices
from notices.listing import PAGE
from notices.notice import Notice, Rows, Urgency
from rules.fields import Text
from rules.find import newest, read
from rules.forms import Values
from rules.refused import Refused
from rules.roster import Official
from rules.working_days import shanghai_day
from storage.unit_of_work import UnitOfWork

_PAGES: Final = 99
"""Nobody turns further; a forged page would have everything read."""
WITH_WORDS: Final = r"^\s*/?查找[\s:：]+(?P<words>\S[^\n]*)$"


async def start(update: Update, context: Context) -> None:
    """/find words, 查找 words: at once; without words they are asked for."""
    official, work = await sender(update, context), context.work
    said = (context.match.groupdict().get("words") if context.match else None) or " ".join(context.args or ())
    if said:
        await _send(work, official, said)
    elif update.effective_chat is not None:
        await begin(work, official, update.effective_chat.id, FIND)


@on_tap("find:<page>:{key}:*words")
async def turn(tap: Tap[None]) -> str:
    """上一页, 下一页: the same message shows it."""
    key, page = tap.words["key"], min(tap["page"], _PAGES)
    text, buttons = await _page(tap.work, tap.official, tap.words["words"], page, key)
    await tap.work.redraw(_card(tap.official, key), text, buttons)
    return ""


@on_tap("find:{procedure}:<matter>")
async def show(tap: Tap[None]) -> str:
    """A tap on a number: the matter's card as it is now, for whoever may see it."""
    finder = FINDERS.get(tap.words["procedure"])
    if finder is None:
        raise Refused("这个按钮已失效，请发“查找”重新查。")
    card = await finder.card(tap.work, tap.official, tap["matter"])
    await tap.work.send(replace(card, urgency=Urgency.ANSWER))
    return ""


async def _send(work: UnitOfWork, official: Official, said: str) -> None:
    key = str(work.update_id or 0)
    text, buttons = await _page(work, official, said, 0, key)
    await work.send(Notice(official, text, buttons, card=_card(official, key), urgency=Urgency.ANSWER))


async def _page(work: UnitOfWork, official: Official, said: str, page: int, key: str) -> tuple[Markup, Rows]:
    words = read(said, shanghai_day(work.now))
    wanted = (page + 1) * PAGE + 1
    found = [one for each in FINDERS.values() for one in await each.find(work, official, words, wanted)]
    ordered = newest(found)
    shown, more = ordered[page * PAGE : (page + 1) * PAGE], len(ordered) > (page + 1) * PAGE
    return notices.text(words, shown, page), notices.buttons(words, shown, page, key, more=more)


def _card(official: Official, key: str) -> str:
    """The name of one person's one list: a tap changes the message it is under, and no other."""
    return f"find:{official.id}:{key}"


async def _submit(work: UnitOfWork, official: Official, values: Values) -> Markup:
    await _send(work, official, values["words"])
    return notices.LOOKED


FIND = Form(
    name="find",
    title="查找",
    fields=(
        Text(
            "words",
            "查找",
            ask="查什么？写姓名、单位、地点、标题、状态或时间，几个词之间空一格。",
            example="财政局 12月",
            longest=100,
        ),
    ),
    submit=_submit,
    confirm=False,
)
FORMS: tuple[Form, ...] = (FIND,)
ROUTES: list[Route] = [
    *opening("find", "查找", start),
    MessageHandler(PRIVATE & filters.Regex(WITH_WORDS), start),
    show,
    turn,
]
