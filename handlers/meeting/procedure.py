"""Meetings (会议) as the chat knows them."""

from handlers.manifest import Procedure
from handlers.meeting import (
    change,
    clearing,
    draft,
    entry,
    excuse,
    find,
    form,
    prepare,
    record,
    reply,
    sign_in,
    topic,
)
from matters.meeting.undo import put_back
from rules.meeting.said import ANSWERS, SAID

MEETING = Procedure(
    "meeting",
    [
        *entry.ROUTES,
        *draft.ROUTES,
        *clearing.ROUTES,
        *reply.ROUTES,
        *prepare.ROUTES,
        *record.ROUTES,
        *change.ROUTES,
        *excuse.ROUTES,
        *topic.ROUTES,
    ],
    forms=[
        *form.FORMS,
        *draft.FORMS,
        *clearing.FORMS,
        *reply.FORMS,
        *prepare.FORMS,
        *record.FORMS,
        *change.FORMS,
        *excuse.FORMS,
        *sign_in.FORMS,
        *topic.FORMS,
    ],
    todo=[clearing.todo, excuse.todo, topic.todo, entry.todo],
    mine=[entry.mine],
    together=[("准假", "会议请假")],
    arriving=[entry.unanswered],
    finder=find,
    said=SAID,
    answers=ANSWERS,
    takes_files=change.takes_files,
    decisions=[
        "变更",
        "取消会议",
        "参加",
        "请假",
        "派员",
        "准假",
        "不准假",
        "审核通过",
        "退回",
        "同意",
        "不同意",
        "撤回",
        "登记",
        "同意列入",
        "不同意列入",
    ],
    put_back=put_back,
    first=sign_in.ROUTES,  # a code at the door is a /start with something behind it
)
