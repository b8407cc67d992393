"""Meetings (会议) as the chat knows them."""

from handlers.manifest import Finder, Procedure
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
    finder=Finder(find.find, find.card),
    said=SAID,
    answers=ANSWERS,
    called=find.called,
    takes_files=change.takes_files,
    hears=find.hears,
    first=sign_in.ROUTES,  # a code at the door is a /start with something behind it
)
