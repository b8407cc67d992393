"""Leave (请假) as the chat knows it."""

from handlers.leave import acting, change, entry, filing, find, more_papers, paper
from handlers.manifest import Finder, Procedure
from rules.leave.said import ANSWERS, SAID

LEAVE = Procedure(
    "leave",
    [*entry.ROUTES, *acting.ROUTES, *change.ROUTES, *filing.ROUTES, *paper.ROUTES],
    forms=[*entry.FORMS, *acting.FORMS, *change.FORMS, more_papers.MORE_PAPERS],
    todo=[entry.todo, filing.todo],
    mine=[entry.mine],
    together=[("同意", "请假")],
    arriving=[acting.asked],
    finder=Finder(find.find, find.card),
    said=SAID,
    answers=ANSWERS,
    called=find.called,
    takes_files=more_papers.takes_files,
    hears=find.hears,
)
