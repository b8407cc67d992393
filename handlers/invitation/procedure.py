"""Invitations (活动邀请) as the chat knows them."""

from handlers.invitation import change, entry, find, sheet, turn
from handlers.manifest import Procedure
from matters.invitation import show
from rules.invitation.said import ANSWERS, SAID

INVITATION = Procedure(
    "invitation",
    [*entry.ROUTES, *sheet.ROUTES],
    forms=entry.FORMS,
    todo=[entry.todo],
    mine=[entry.mine],
    finder=find,
    said=SAID,
    answers=ANSWERS,
    takes_files=change.takes_files,
    papers=find.papers,
    decisions=[
        "变更",
        "撤回",
        "取消活动",
        "转呈领导",
        "退回",
        "请补充",
        "准予受理",
        "不予受理",
        "出席",
        "不出席",
        "委托他人",
        "接受",
        "不能参加",
        "同意变更",
        "不采纳变更",
    ],
    put_back=show.put_back,
    last=turn.LAST_ROUTES,
    guard=turn.guard,
    aside=turn.aside,
)
