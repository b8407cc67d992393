"""How a form begins, and what becomes of one that lies half-filled in the same chat."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.form_filling import Filling, close, open_draft
from handlers.form_kinds import FORMS, Form
from notices import forms as pages
from rules.fields import Paper
from rules.forms import Draft
from rules.labelled import read_note
from rules.refused import Refused
from rules.roster import Official
from storage.outbox import Notice, Urgency
from storage.work import Work


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
    Begun in a group, the form is filled in private: what is written on it is nobody else's business.
    """
    if chat_id < 0:
        if official.telegram_id is None:
            raise Refused("请先绑定本人账号。")
        await work.send(Notice(chat_id, pages.in_private(form.title), urgency=Urgency.ANSWER))
        chat_id = official.telegram_id
    stored = {}
    for key, value in (values or {}).items():
        field = form.field(key)
        stored[key] = field.pack(value) if field is not None and value is not None else value
    await start(work, official, chat_id, form, stored=stored, note_text=note_text)


async def start(
    work: Work,
    official: Official,
    chat_id: int,
    form: Form,
    *,
    stored: Mapping[str, Any],
    note_text: str | None = None,
    papers: Sequence[Paper] = (),
) -> None:
    """As `begin`, with values as drafts store them and files that came with the note."""
    if FORMS.get(form.name) is not form:
        msg = f"form {form.name} is not among FORMS"
        raise LookupError(msg)
    lying = await open_draft(work, official, chat_id)
    if lying is not None and lying.touched and lying.procedure in FORMS:
        waiting = {"form": form.name, "values": dict(stored), "note": note_text}
        lying.keep(_next=waiting)
        filling = await Filling.of(work, official, lying)
        await filling.show_page(lambda: pages.ready(pages.one_at_a_time(lying, form.title)), fresh=True)
        return
    if lying is not None:
        await work.redraw(lying.card, pages.set_aside(lying))
        await close(work, lying)
    draft = Draft(official.id, chat_id, form.name, form.title, work.now, values=dict(stored))
    work.add(draft)
    await work.flush()
    filling = await Filling.of(work, official, draft)
    for paper in papers:  # first, since a note may speak of what only the file's name calls for
        filling.take_paper(paper)
    if note_text:
        note = read_note(note_text, form.fields)
        if note.values or note.unknown:
            draft.keep(_pasted=True, _touched=True)
        filling.take_note(note)
    await filling.go_on(fresh=True)


async def cancel(work: Work, official: Official, chat_id: int) -> bool:
    """Give up the form that lies in the chat; False if there is none."""
    lying = await open_draft(work, official, chat_id)
    if lying is None:
        return False
    await work.redraw(lying.card, pages.continued(lying))
    await work.send(Notice(chat_id, pages.given_up(lying), urgency=Urgency.ANSWER))
    await close(work, lying)
    return True
