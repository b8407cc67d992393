"""How a form begins, and what becomes of one that lies half-filled in the same chat.

Where a second form is begun over a half-filled one, the person chooses: the second waits on the first one's
draft with all that came with it, its note, its values and its files, also those that come meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from handlers.forms.filling import Filling, close, give_up, open_draft, put_aside
from handlers.forms.kinds import FORMS, Form
from matters import forms
from notices import forms as pages
from notices.notice import Notice, Urgency
from rules.fields import Paper
from rules.forms import Draft
from rules.labelled import read_note
from rules.refused import Refused
from rules.roster import Official
from storage.removal import take_away
from storage.unit_of_work import UnitOfWork

WAYS = pages.WAYS
CHOOSE = "请先点“继续”“先放着”或“放弃”。"


async def begin(
    work: UnitOfWork,
    official: Official,
    chat_id: int,
    form: Form,
    *,
    values: Mapping[str, Any] | None = None,
    note_text: str | None = None,
    message: int = 0,
) -> None:
    """Open the form for the official and ask its first question, or show the card if nothing is missing.

    `values` may hold hidden values (JSON, e.g. {"leave": 12}) and values of fields (as the field gives
    them: a date, an Official); `note_text` is a pasted note, with or without the opening word on its
    first line, `message` the id of the message it is. If another form lies half-filled in the chat, the
    person is asked which one to go on with. Begun in a group, the form is filled in private: what is written
    on it is nobody else's business.
    """
    if chat_id < 0:
        if official.telegram_id is None:
            raise Refused("请先绑定本人账号。")
        await work.send(Notice(chat_id, pages.in_private(form.title), urgency=Urgency.ANSWER))
        chat_id = official.telegram_id
    stored = form.stored(values or {})
    await start(work, official, chat_id, form, stored=stored, note_text=note_text, message=message)


async def start(
    work: UnitOfWork,
    official: Official,
    chat_id: int,
    form: Form,
    *,
    stored: Mapping[str, Any],
    note_text: str | None = None,
    papers: Sequence[Paper] = (),
    message: int = 0,
    remark: str = "",
) -> None:
    """As `begin`, with values as drafts store them and files that came with the note.

    Files that were sent just before, and that no form took, come along: a note may follow its files.
    """
    if FORMS.get(form.name) is not form:
        msg = f"form {form.name} is not among FORMS"
        raise LookupError(msg)
    draft = await open_draft(work, official, chat_id)
    album = papers[-1].album if papers else ""
    fresh = True
    if draft is not None:
        lying = await Filling.of(work, official, draft, message)
        searching = lying.form.becomes is not None and not draft.idle
        if form.takes_files:
            before = lying.papers if searching else [Paper(**paper) for paper in draft.loose]
            papers = [*before, *papers]
        if searching and form.takes_files:
            fresh = not (album and draft.values.get("_album") == album)
            await lying.become(form, stored)
        elif draft.touched or lying.prefilled:
            lying.remarks += [remark] if remark else []
            await _wait(lying, form, stored, note_text, papers, message)
            return
        else:
            await take_away(work, draft.card, pages.continued(draft))
            await close(work, draft)
            draft = None
    if draft is None:
        draft = Draft(official.id, chat_id, form.name, form.title, work.now, values=dict(stored))
        work.add(draft)
        await work.flush()
    filling = await Filling.of(work, official, draft, message)
    for paper in papers:  # first, since a note may speak of what only the file's name calls for
        filling.take_paper(paper)
    if note_text:
        note = read_note(note_text, form.fields)
        if note.values or note.unknown:
            draft.keep(_pasted=True, _touched=True)
        filling.take_note(note)
    if remark:
        filling.remarks.append(remark)
    filling.remember(album)
    await filling.go_on(fresh=fresh, more_may_come=bool(album))


# ---------------------------------------------------------------- two forms at a time


async def _wait(
    lying: Filling,
    form: Form,
    stored: Mapping[str, Any],
    note_text: str | None,
    papers: Sequence[Paper],
    message: int,
) -> None:
    """Let the form wait on the draft of the one that lies there, and ask which one is gone on with."""
    before = lying.draft.waiting
    if before and before["form"] != form.name:
        lying.remarks.append(f"先前要填的{_title(before)}没有留下。")
    elif before:
        papers = [*(Paper(**paper) for paper in before["papers"]), *papers]
    lying.draft.keep(
        _loose=None,
        _next={
            "form": form.name,
            "values": dict(stored),
            "note": note_text,
            "papers": [asdict(paper) for paper in papers],
            "message": message,
        },
    )
    await ask_which(lying)


async def ask_which(lying: Filling, *remarks: str, fresh: bool = True) -> None:
    """Ask (again) which of the two forms is gone on with."""
    lying.remarks += remarks
    draft, waiting = lying.draft, lying.draft.waiting
    title = _title(waiting)
    names = [paper["name"] for paper in waiting["papers"]]
    await lying.show_page(
        lambda: forms.ready(pages.one_at_a_time(draft, title, names, lying.remarks)), fresh=fresh
    )


async def show_again(lying: Filling) -> None:
    """Bring what is open beneath the newest message: the question which form, or the form itself."""
    if lying.draft.waiting:
        await ask_which(lying)
    else:
        await lying.show(fresh=True)


async def keep_waiting(lying: Filling, *papers: Paper) -> None:
    """Files that come while the person is asked are for the form that was begun last."""
    waiting, album = lying.draft.waiting, papers[0].album
    form = FORMS.get(waiting["form"])
    again = album != "" and lying.draft.values.get("_album") == album
    if form is None or not form.takes_files:
        names = "、".join(f"《{paper.name}》" for paper in papers)
        await ask_which(lying, f"{_title(waiting)}不用附件，{names}没有收。", fresh=not again)
    else:
        waiting["papers"] = [*waiting["papers"], *(asdict(paper) for paper in papers)]
        lying.draft.keep(_next=waiting, _album=album or None)
        await ask_which(lying, fresh=not again)


async def choose(lying: Filling, way: str, *, fresh: bool) -> None:
    """继续, 先放着 or 放弃, tapped or written: where another form waits, that one is dropped or begun."""
    draft, waiting = lying.draft, lying.draft.waiting
    if way == "go":
        draft.keep(_next=None)
        if waiting:
            lying.remarks.append(f"{_title(waiting)}没有留下，办完这一份再发。")
        await lying.show(fresh=fresh)
        return
    leave = put_aside if way == "later" else give_up
    await leave(lying.work, draft, fresh=fresh and not waiting)
    form = FORMS.get(waiting["form"]) if waiting else None
    if form is not None:
        await start(
            lying.work,
            lying.scene.official,
            draft.chat_id,
            form,
            stored=waiting["values"],
            note_text=waiting["note"],
            papers=[Paper(**paper) for paper in waiting["papers"]],
            message=waiting["message"],
        )


def messages_of_files(lying: Filling) -> set[int]:
    """The messages whose files lie on the form, on one that waits on it, or beside it."""
    waiting = lying.draft.waiting
    kept = [*(waiting["papers"] if waiting else []), *lying.draft.loose]
    return {paper.message for paper in lying.papers} | {Paper(**paper).message for paper in kept}


async def without(lying: Filling, messages: set[int]) -> tuple[set[str], bool]:
    """Take off the form, and off one that waits on it, what came with these messages.

    Gives back the names and words taken, and whether the form is still open: one that held nothing else is
    put away. Its card is not drawn anew, unless it is put away.
    """
    draft, before = lying.draft, set(lying.said)
    lines = {str(lying.draft.values.get(key) or "") for key, one in lying.said.items() if one in messages}
    taken = lying.give_back(messages)
    waiting = draft.waiting
    if waiting:
        papers = [Paper(**paper) for paper in waiting["papers"]]
        taken += [paper for paper in papers if paper.message in messages]
        lines |= {str(waiting["note"] or "")} if waiting["message"] in messages else set()
        waiting["papers"] = [asdict(paper) for paper in papers if paper.message not in messages]
        draft.keep(_next=None if waiting["message"] in messages else waiting)
    loose = [Paper(**paper) for paper in draft.loose]
    taken += [paper for paper in loose if paper.message in messages]
    draft.keep(_loose=[asdict(paper) for paper in loose if paper.message not in messages] or None)
    draft.keep(_album=None, _remarks=None)
    words = {paper.name for paper in taken} | {line for line in lines if len(line) > 1}
    if (taken or before - set(lying.said)) and not draft.touched and not draft.waiting:
        await lying.work.redraw(draft.card, pages.taken_back(draft))
        await close(lying.work, draft)
        return words, False
    lying.advance()
    return words, True


def _title(waiting: Mapping[str, Any]) -> str:
    form = FORMS.get(str(waiting["form"]))
    return form.title if form is not None else "另一份"


async def cancel(work: UnitOfWork, official: Official, chat_id: int) -> bool:
    """Give up the form that lies in the chat; False if there is none.

    Where another waits on it, 取消 could mean either: the person is asked again.
    """
    lying = await open_draft(work, official, chat_id)
    if lying is None:
        return False
    if lying.waiting:
        await ask_which(await Filling.of(work, official, lying), CHOOSE)
        return True
    await give_up(work, lying, fresh=True)
    return True
