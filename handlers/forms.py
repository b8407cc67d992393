"""Forms, written once for every procedure.

A procedure declares a `Form` and calls `begin`; two ways in (step by step with buttons, or a pasted note
with labelled lines) meet in one card [提交] [修改] [取消].
"""

from collections.abc import Mapping
from typing import Any

from handlers.form_kinds import FORMS, Form, enter
from rules.roster import Official
from storage.work import Work

__all__ = ["FORMS", "Form", "begin", "enter"]


async def begin(
    work: Work,
    official: Official,
    chat_id: int,
    form: Form,
    *,
    values: Mapping[str, Any] | None = None,
    note_text: str | None = None,
) -> None:
    """Open the form for the official and ask its first question, or show the card if nothing is missing.

    `values` may hold hidden values (JSON, e.g. {"leave": 12}) and values of fields (as the field gives
    them: a date, an Official); `note_text` is a pasted note, with or without the opening word on its
    first line. If another form lies half-filled in the chat, the person is asked which one to go on with.
    """
    raise NotImplementedError(form.name, values, note_text, official, chat_id, work)
