"""Invitations (活动邀请) as the chat knows them."""

from handlers.invitation import change, entry, find, sheet, turn
from handlers.manifest import Finder, Procedure
from rules.invitation.said import ANSWERS, SAID

INVITATION = Procedure(
    "invitation",
    [*entry.ROUTES, *sheet.ROUTES],
    forms=entry.FORMS,
    todo=[entry.todo],
    mine=[entry.mine],
    finder=Finder(find.find, find.card),
    said=SAID,
    answers=ANSWERS,
    called=find.called,
    takes_files=change.takes_files,
    hears=find.hears,
    last=turn.LAST_ROUTES,
    guard=turn.guard,
    aside=turn.aside,
)
