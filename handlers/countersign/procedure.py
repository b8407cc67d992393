"""Countersigning (会签) as the chat knows it."""

from handlers.countersign import delivery, entry, find, overdue
from handlers.manifest import Procedure
from matters.countersign.undo import put_back
from rules.countersign.said import ANSWERS, SAID

COUNTERSIGN = Procedure(
    "countersign",
    [*entry.ROUTES, *delivery.ROUTES, *overdue.ROUTES],
    forms=[*entry.FORMS, *delivery.FORMS],
    todo=[entry.todo],
    mine=[entry.mine],
    finder=find,
    said=SAID,
    answers=ANSWERS,
    takes_files=entry.takes_files,
    papers=find.papers,
    decisions=[
        "无不同意见",
        "有不同意见",
        "同意延期",
        "不同意延期",
        "采纳",
        "部分采纳",
        "不采纳",
        "保留意见",
        "协调意见",
        "重开",
        "提交会议",
        "办结",
        "撤回",
        "退回修改",
    ],
    put_back=put_back,
)
