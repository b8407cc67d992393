"""Files: for the form that is open, for the one its caption begins, or for one that is still to be named.

Files sent together (an album) come as one update each, the note under the first of them or, with documents,
under the last. So a file is entered at once, and goes along when a later one says what all of them are for.
"""

from dataclasses import asdict
from typing import Any

from telegram import Message, Update

from handlers.context import Context, sender
from handlers.forms.beginning import keep_waiting, start
from handlers.forms.filling import Filling, open_draft
from handlers.forms.kinds import FORMS, Form
from handlers.forms.notes import amends, beside, guessed, opened_by, speaks_of_another
from matters.menu import MENU
from notices import forms as pages
from rules.fields import Choice, Files, Paper, Scene, Text
from rules.forms import Values
from rules.refused import Refused
from rules.roster import Official
from rules.text import clean, clip, one_line
from storage.unit_of_work import UnitOfWork


def _purposes(scene: Scene) -> list[str]:
    """What this person may begin with a file."""
    may = {entry.word for entry in MENU.of(scene.official)}
    return [form.word for form in FORMS.values() if form.word in may and form.takes_files]


def _meant(values: Values) -> Form:
    return next(form for form in FORMS.values() if form.word == values["purpose"])


async def _never(*_: object) -> None:
    msg = "what the files are for is not submitted: it becomes the form that is meant"
    raise AssertionError(msg)


SEARCHING = Form(
    name=pages.SEARCHING,
    title="发来的文件",
    fields=(
        Files("papers", "文件", ask="请把文件发过来。"),
        Choice(
            "purpose",
            "用途",
            ask="文件收到了，用来办什么？",
            hint="请点一项；也可直接发说明，第一行写要办的事。",
            options=_purposes,
        ),
    ),
    submit=_never,
    becomes=_meant,
)
"""Files that came without a word: they wait for the note that follows, or for a tap."""
FORMS_OF_FILES = (SEARCHING,)


async def attached(update: Update, context: Context) -> None:
    """A document or a photo."""
    message, work = update.effective_message, context.work
    if message is None:
        return
    official = await sender(update, context)
    paper = paper_of(message)
    draft = await open_draft(work, official, message.chat.id)
    filling = await Filling.of(work, official, draft, message.message_id) if draft else None
    caption = message.caption or ""
    form = opened_by(caption) if caption else None
    if form is None and caption:
        lies_open = filling is not None and not (filling.form.becomes or filling.draft.waiting)
        form = speaks_of_another(caption, filling.form) if filling and lies_open else guessed(caption)
    if form is not None:
        await _begun_by(work, official, message, form, paper, filling)
    elif filling is None:
        await _searching(work, official, message, paper)
    elif filling.draft.waiting:
        await keep_waiting(filling, paper)
    else:
        await _taken(filling, paper, caption)


async def _begun_by(
    work: UnitOfWork, official: Official, message: Message, form: Form, paper: Paper, filling: Filling | None
) -> None:
    """The note under the file begins a form: what was sent together with it goes there too."""
    caption = message.caption or ""
    before: list[Paper] = []
    if filling is not None and paper.album and filling.form.becomes is None:
        before = filling.give_back({one.message for one in filling.papers if one.album == paper.album})
    papers, remark = [*before, paper], ""
    if not form.takes_files:
        names = "、".join(f"《{one.name}》" for one in papers)
        papers, remark = [], f"{form.title}不用附件，{names}没有收。"
    await start(
        work,
        official,
        message.chat.id,
        form,
        stored={},
        note_text=caption,
        papers=papers,
        message=message.message_id,
        remark=remark,
    )
    await beside(work, official, form, caption)


async def _searching(work: UnitOfWork, official: Official, message: Message, paper: Paper) -> None:
    """No form is open: whatever looks aside may take it, or it waits for the word that names its purpose."""
    caption = message.caption or ""
    text = f"{caption}\n《{paper.name}》" if caption else paper.name
    if await beside(work, official, None, text, paper):
        return
    scene = Scene(work.now, official, await work.roster(), await work.calendar(), work.office.settings)
    if not _purposes(scene):
        raise Refused(f"文件《{paper.name}》没有收：您现在没有要交文件的事项，可发“菜单”看能办什么。")
    field = SEARCHING.fields[0]
    assert isinstance(field, Files)  # noqa: S101 - as declared above
    field.accept(paper, [])
    remark = f"文件下的文字没有收：{clip(one_line(clean(caption)), 30)}" if caption else ""
    await start(work, official, message.chat.id, SEARCHING, stored={}, papers=[paper], remark=remark)


async def _taken(filling: Filling, paper: Paper, caption: str) -> None:
    """The open form has it, if it has a place for files; if not, it is kept for a note that may follow."""
    draft = filling.draft
    again = filling.recall(paper.album)
    field = filling.take_paper(paper)
    if field is None:
        loose = [one for one in draft.loose if one["file_id"] != paper.file_id]
        draft.keep(_loose=[*loose, asdict(paper)])
        filling.remarks.append(pages.no_place(filling.form.title, paper.name))
    if caption:
        _heed_caption(filling, caption)
    filling.remember(paper.album)
    papers = filling.scene.values.get(field.key) or [] if field else []
    if field is None or (draft.asking == field.key and papers and len(papers) < field.most):
        await filling.show(fresh=not again)
    else:
        await filling.go_on(fresh=not again, more_may_come=paper.album != "")


def _heed_caption(filling: Filling, caption: str) -> None:
    """Words under a file: labelled lines, the text now asked for, or nothing we know of, which is said."""
    asked = filling.form.field(filling.draft.asking)
    note = amends(caption, filling.form.fields)
    if note is not None:
        filling.take_note(note)
    elif isinstance(asked, Text):
        filling.answer(asked, caption)
    else:
        filling.remarks.append(f"文件下的文字没有收：{clip(one_line(clean(caption)), 30)}")


def is_file(message: Message) -> bool:
    """Whether it is one that forms take."""
    return bool(message.document or message.photo)


def paper_of(message: Message) -> Paper:
    """The document or photo of a message, with the message it came in; another kind is refused."""
    came: dict[str, Any] = {"message": message.message_id, "album": message.media_group_id or ""}
    if message.document:
        document = message.document
        return Paper(document.file_id, document.file_name or "文件", document.file_size or 0, **came)
    if message.photo:
        photo = message.photo[-1]
        return Paper(photo.file_id, "照片.jpg", photo.file_size or 0, photo=True, **came)
    raise Refused(str(pages.ONLY_WORDS_AND_FILES))
