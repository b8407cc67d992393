"""Briefings (简报) as the chat knows them."""

from handlers.briefing import entry, find
from handlers.manifest import Procedure
from matters.briefing import show
from rules.briefing.said import ANSWERS, SAID

BRIEFING = Procedure(
    "briefing",
    entry.ROUTES,
    forms=entry.FORMS,
    todo=[entry.todo],
    mine=[entry.mine],
    finder=find,
    said=SAID,
    answers=ANSWERS,
    takes_files=entry.takes_files,
    decisions=["核准", "不予备案", "续报", "停办"],
    put_back=show.put_back,
)
