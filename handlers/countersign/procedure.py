"""Countersigning (会签) as the chat knows it."""

from handlers.countersign import delivery, entry, find, overdue
from handlers.manifest import Finder, Procedure
from rules.countersign.said import ANSWERS, SAID

COUNTERSIGN = Procedure(
    "countersign",
    [*entry.ROUTES, *delivery.ROUTES, *overdue.ROUTES],
    forms=[*entry.FORMS, *delivery.FORMS],
    todo=[entry.todo],
    mine=[entry.mine],
    finder=Finder(find.find, find.card),
    said=SAID,
    answers=ANSWERS,
    called=find.called,
    hears=find.hears,
)
