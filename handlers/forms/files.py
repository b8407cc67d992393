"""Files: for the form that is open, for the one its caption begins, or for one that is still to be named.

Files sent together (an album) come as one update each, the note under the first of them or, with documents,
under the last. They are read as one: the first takes along all that have come by its turn (bot/receiving.py
waits for them). One that comes later still is entered by itself, and goes along if it says what all are for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from telegram import Message, Update
from typing_extensions import override

from handlers.context import Context, sender
from handlers.forms.beginning import keep_waiting, start
from handlers.forms.filling import Filling, open_draft
from handlers.forms.kinds import DESTINATIONS, FORMS, Destination, Form
from handlers.forms.notes import amends, beside, guessed, opened_by, speaks_of_another
from matters.menu import MENU
from notices import forms as pages
from rules.fields import Choice, Files, Paper, Scene, Text
from rules.forms import Values
from rules.refused import Refused
from rules.roster import Official
from rules.text import clean, clip, one_line
from storage import inbox
from storage.together import rest_of
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Purpose(Choice):
    """What files are for: a matter to begin with them, or one of the person's own that they go to."""

    @override
    def asked(self, scene: Scene) -> str:
        """How many there are, so that one that is lacking is noticed."""
        held = scene.values.get("papers") or ()
        return f"这{len(held)}份文件办什么？" if len(held) > 1 else "这份文件办什么？"


async def _around(work: UnitOfWork, official: Official) -> Mapping[str, Any]:
    """Where files may go now: forms of the menu by their word, and what the procedures name besides."""
    may = {entry.word for entry in MENU.of(official)}
    begun = [Destination(form.word, form) for form in FORMS.values() if form.word in may and form.takes_files]
    own = [one for find in DESTINATIONS for one in await find(work, official)]
    return {"destinations": {one.label: one for one in (*begun, *own)}}


async def _purposes_of(work: UnitOfWork, official: Official) -> bool:
    return bool((await _around(work, official))["destinations"])


def _purposes(scene: Scene) -> list[str]:
    return list(scene.values["destinations"])


def _meant(values: Values) -> Destination:
    found: Destination = values["destinations"][values["purpose"]]
    return found


async def _never(*_: object) -> None:
    msg = "what the files are for is not submitted: it becomes the form that is meant"
    raise AssertionError(msg)


SEARCHING = Form(
    name=pages.SEARCHING,
    title="发来的文件",
    fields=(
        Files("papers", "文件", ask="请把文件发过来。"),
        Purpose(
            "purpose",
            "用途",
            hint="请点一项；也可直接发说明，第一行写要办的事。",
            options=_purposes,
            columns=2,
        ),
    ),
    submit=_never,
    around=_around,
    becomes=_meant,
)
"""Files that came without a word: they wait for the note that follows, or for a tap."""
FORMS_OF_FILES = (SEARCHING,)


async def attached(update: Update, context: Context) -> None:
    """A document or a photo, with all that were sent together with it."""
    message, work = update.effective_message, context.work
    if message is None:
        return
    official = await sender(update, context)
    messages = [message, *await _sent_with(update, context)]
    papers = [paper_of(one) for one in messages]
    noted = next((one for one in messages if one.caption), message)
    caption = "\n".join(one.caption for one in messages if one.caption)
    draft = await open_draft(work, official, message.chat.id)
    filling = await Filling.of(work, official, draft, noted.message_id) if draft else None
    form = opened_by(caption) if caption else None
    if form is None and caption:
        lies_open = filling is not None and not (filling.form.becomes or filling.draft.waiting)
        form = speaks_of_another(caption, filling.form) if filling and lies_open else guessed(caption)
    if form is not None:
        await _begun_by(work, official, noted, caption, form, papers, filling)
    elif filling is None:
        await _searching(work, official, message, papers, caption)
    elif filling.draft.waiting:
        await keep_waiting(filling, *papers)
    else:
        await _taken(filling, papers, caption)


async def _sent_with(update: Update, context: Context) -> list[Message]:
    """The files sent together with this one that are here by now; they are done with in one transaction."""
    work, found = context.work, list[Message]()
    for update_id, raw in await rest_of(work.session, update.update_id):
        message = Update.de_json(raw, context.bot).message
        if message is not None and is_file(message):
            await inbox.done(work.session, update_id, work.now)
            found.append(message)
    return found


async def _begun_by(
    work: UnitOfWork,
    official: Official,
    message: Message,
    caption: str,
    form: Form,
    papers: list[Paper],
    filling: Filling | None,
) -> None:
    """The note under the file begins a form: what was sent together with it goes there too."""
    before: list[Paper] = []
    album = papers[0].album
    if filling is not None and album and filling.form.becomes is None:
        before = filling.give_back({one.message for one in filling.papers if one.album == album})
    papers, remark = [*before, *papers], ""
    if not form.takes_files:
        papers, remark = [], f"{form.title}不用附件，{_names(papers)}没有收。"
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


async def _searching(
    work: UnitOfWork, official: Official, message: Message, papers: list[Paper], caption: str
) -> None:
    """No form is open: whatever looks aside may take it, or they wait for who says what they are for."""
    text = f"{caption}\n{_names(papers)}" if caption else "\n".join(paper.name for paper in papers)
    if len(papers) == 1 and await beside(work, official, None, text, papers[0]):
        return
    if not await _purposes_of(work, official):
        raise Refused(f"文件{_names(papers)}没有收：您现在没有要交文件的事项，可发“菜单”看能办什么。")
    field = SEARCHING.fields[0]
    assert isinstance(field, Files)  # noqa: S101 - as declared above
    if len(papers) == 1:
        field.accept(papers[0], [])  # a single one that cannot be taken is refused, and asked about nothing
    remark = f"文件下的文字没有收：{clip(one_line(clean(caption)), 30)}" if caption else ""
    await start(work, official, message.chat.id, SEARCHING, stored={}, papers=papers, remark=remark)


async def _taken(filling: Filling, papers: list[Paper], caption: str) -> None:
    """The open form has them if it has a place for files; else they are kept for a note that may follow."""
    draft, album = filling.draft, papers[0].album
    again = filling.recall(album)
    field = None
    for paper in papers:
        field = filling.take_paper(paper)
        if field is None:
            loose = [one for one in draft.loose if one["file_id"] != paper.file_id]
            draft.keep(_loose=[*loose, asdict(paper)])
    if field is None:
        filling.remarks.append(pages.no_place(filling.form.title, _names(papers)))
    if caption:
        _heed_caption(filling, caption)
    filling.remember(album)
    held = filling.scene.values.get(field.key) or [] if field else []
    if field is None or (draft.asking == field.key and held and len(held) < field.most):
        await filling.show(fresh=not again)
    else:
        await filling.go_on(fresh=not again, more_may_come=album != "")


def _names(papers: Iterable[Paper]) -> str:
    return "、".join(f"《{paper.name}》" for paper in papers)


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
