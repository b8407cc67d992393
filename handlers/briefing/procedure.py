"""Briefings (简报) as the chat knows them."""

from handlers.briefing import entry, find
from handlers.manifest import Finder, Procedure
from rules.briefing.said import ANSWERS, SAID

BRIEFING = Procedure(
    "briefing",
    entry.ROUTES,
    forms=entry.FORMS,
    todo=[entry.todo],
    mine=[entry.mine],
    finder=Finder(find.find, find.card),
    said=SAID,
    answers=ANSWERS,
    called=find.called,
    takes_files=entry.takes_files,
)
