"""A text that no form took: a sentence is put into the bot's own words, thanks get a sign."""

from typing import Final

from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers.context import Context, Route, sender
from handlers.sentences import replies
from handlers.sentences.again import as_if_written, quoted
from handlers.sentences.table import ALL_ANSWERS, TABLE
from matters.menu import MENU
from notices.sentences import told
from rules.board import sees_all
from rules.delegation import may_delegate
from rules.roster import Official
from rules.sentences.answers import button_meant
from rules.sentences.reading import Read, put_into, understand
from rules.working_days import shanghai_day

SAY: Final = rf"^{told.SAY}:(?P<key>\d{{1,12}}):(?P<word>\S{{1,8}})$"


async def heard(update: Update, context: Context, official: Official, text: str, *, lying: bool) -> bool:
    """Answer a text; False where it was not answered, because a form lies open that may want it.

    `lying`: while a form lies open only what is certain counts.
    """
    work, message = context.work, update.message
    if message is None:
        return False
    if not lying and await replies.without_a_card(update, context, official, text):
        return True
    read = await _read(context, official, text)
    if read.said and read.said != text.strip():
        await as_if_written(update, context, read.said)
        return True
    if lying:
        return False
    if read.courtesy:
        await work.react(message.chat.id, message.message_id)
    elif read.act and await replies.without_a_card(update, context, official, read.act):
        return True
    elif button := read.act or button_meant(text, ALL_ANSWERS):
        await work.send(told.nothing_waits(official, button))
    else:
        likely = _open_to(official, read.likely)
        await work.send(told.unsure(official, text, likely, update.update_id))
    return True


async def ordered(context: Context, official: Official, text: str) -> str:
    """What the sentence certainly asks for: 请假, 待办, 查找 会签 财政局; empty where it asks for nothing."""
    return (await _read(context, official, text)).said.partition("\n")[0]


async def _read(context: Context, official: Official, text: str) -> Read:
    if text.startswith("/"):
        return Read()
    work = context.work
    others = [one.name for one in (await work.roster()).officials if one is not official]
    return understand(text, TABLE, shanghai_day(work.acted_at), others)


def _open_to(official: Official, words: tuple[str, ...]) -> list[str]:
    """Those of the words that this person may use."""
    may = {entry.word for entry in MENU.of(official)}
    may |= {"周安排"} if sees_all(official) else set()
    may |= {"委托代办"} if may_delegate(official) else set()
    return [word for word in words if word in may]


async def say(update: Update, context: Context) -> None:
    """A tap on what a sentence may mean: it goes on from there, with what was written."""
    official, work, match = await sender(update, context), context.work, context.match
    if match is None:
        return
    word, key = match["word"], int(match["key"])
    text = put_into(word, quoted(update, told.QUOTED), TABLE, shanghai_day(work.acted_at))
    await work.redraw(told.said_card(official, key), told.meant(word))
    await as_if_written(update, context, text)


ROUTES: list[Route] = [CallbackQueryHandler(say, pattern=SAY)]
