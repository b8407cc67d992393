"""Leave (请假) as the chat knows it."""

from handlers.leave import acting, change, entry, filing, find, more_papers, paper
from handlers.manifest import Procedure
from matters.leave import show
from rules.leave.said import ANSWERS, SAID

LEAVE = Procedure(
    "leave",
    [*entry.ROUTES, *acting.ROUTES, *change.ROUTES, *filing.ROUTES, *paper.ROUTES],
    forms=[*entry.FORMS, *acting.FORMS, *change.FORMS, more_papers.MORE_PAPERS],
    todo=[entry.todo, filing.todo],
    mine=[entry.mine],
    together=[("同意", "请假")],
    arriving=[acting.asked],
    finder=find,
    said=SAID,
    answers=ANSWERS,
    takes_files=more_papers.takes_files,
    papers=find.papers,
    decisions=[
        "同意",
        "不同意",
        "退回修改",
        "追认",
        "作废",
        "变更",
        "续假",
        "撤回",
        "销假",
        "无法代为主持",
        "已报备",
    ],
    put_back=show.put_back,
)
