"""/workday (工作日): which day a period ends on, whether a day is worked, how many working days there are."""

import re
from typing import Final

from telegram import Update
from telegram.ext import MessageHandler, filters

from handlers.context import PRIVATE, Context, Route, opening, sender
from notices import workday
from notices.notice import Notice, Urgency
from rules.dates.workday_question import understand

CALLED: Final = re.compile(r"^\s*/?(?:workday(?:@\w+)?\b|工作日)[\s:：,，]*", re.IGNORECASE)

ASKED: Final = re.compile(
    r"^[^\n:：]{0,24}(?:工作日[^\n:：]{0,14}(?:哪一?天|几号|什么时候)|(?:几|多少)个?工作日|上班[吗么嘛不])[?？\s]*$"
)
"""A question asked outright, without the word 工作日 before it. Narrow, so that it takes no form's answer."""


async def ask(update: Update, context: Context) -> None:
    """The answer with the days counted; bare /workday shows how to ask."""
    official, work = await sender(update, context), context.work
    message = None if update.callback_query else update.effective_message
    question = CALLED.sub("", (message.text or "") if message else "", count=1).strip()
    calendar, periods = await work.calendar(), work.office.settings.periods
    if question:
        text = workday.answer(understand(question, work.now, calendar), calendar, work.now, periods)
    else:
        text = workday.overview(calendar, work.now, periods)
    await work.send(Notice(official, text, urgency=Urgency.ANSWER))


ROUTES: list[Route] = [
    *opening("workday", "工作日", ask),
    MessageHandler(PRIVATE & filters.Regex(r"^\s*/?工作日[\s:：,，]+[^\n]+$"), ask),
    MessageHandler(PRIVATE & filters.Regex(ASKED), ask),
]
