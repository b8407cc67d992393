"""One form being filled, in one unit of work: reading answers, asking on, and keeping one live message."""

import dataclasses
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Self

from markupsafe import Markup
from sqlalchemy import select

from handlers.form_kinds import FORMS, GUARDS, Form
from notices import forms as pages
from notices.form_buttons import View
from notices.forms import Page, Sheet
from rules.fields import Ambiguous, Field, Files, Moment, Paper, Pick, Scene
from rules.forms import FORM_PATIENCE, Draft, Problem, Values
from rules.labelled import Note
from rules.refused import Refused, Unsure
from rules.roster import Official
from rules.text import DAMAGED, clean, clip, one_line
from storage.outbox import Notice, Urgency
from storage.tables import drafts
from storage.work import Work

STALE = "form.stale"
"""The timer that asks after a form left half-way."""
DAMAGED_SAID = f"有的字收到时已经损坏，显示为“{DAMAGED}”，请核对、补上。"
_MISSED = timedelta(minutes=1)
"""What was written so long ago had to wait: nobody was there to receive it."""
_STEPS = ("_from", "_to", "_day", "_filter")
"""Where the answer to the question now asked stands half-way."""


async def open_draft(work: Work, official: Official, chat_id: int) -> Draft | None:
    """The form that lies half-filled in the chat, its row locked."""
    found: Draft | None = await work.session.scalar(
        select(Draft)
        .where(drafts.c.official_id == official.id, drafts.c.chat_id == chat_id, drafts.c.closed_at.is_(None))
        .order_by(drafts.c.id.desc())
        .limit(1)
        .with_for_update()
    )
    if found is not None and found.procedure not in FORMS:
        await close(work, found)  # a form of an older version: nobody can go on with it
        return None
    return found


def _waited(work: Work, draft: Draft) -> datetime:
    """When what the form says now was said.

    Where it had to wait for a bot that was not there, so had what follows it now: the person could not go on.
    """
    if work.now - work.acted_at >= _MISSED:
        draft.keep(_waited=work.acted_at.isoformat())
    elif (waited := draft.values.get("_waited")) and work.now - draft.updated_at <= FORM_PATIENCE:
        work.date_back(datetime.fromisoformat(waited))
    return work.acted_at


class Filling:
    """A draft with its form, open for the person's next answer."""

    def __init__(self, work: Work, form: Form, draft: Draft, scene: Scene) -> None:
        self.work = work
        self.form = form
        self.draft = draft
        self.scene = scene
        self.fields: list[Field[Any]] = []
        self.remarks: list[str] = []
        self.look()

    @classmethod
    async def of(cls, work: Work, official: Official, draft: Draft) -> Self:
        """Take up a draft again."""
        form = FORMS.get(draft.procedure)
        if form is None:
            raise Refused("这张表已经停用，请发“菜单”重新办理。")
        said_at = _waited(work, draft)
        scene = Scene(said_at, official, await work.roster(), await work.calendar(), work.office.settings)
        return cls(work, form, draft, scene)

    def look(self) -> None:
        """Read the draft again: which fields belong on it now, and what they hold.

        What no longer stands (a day that has gone by meanwhile, a person who left) becomes a problem.
        """
        keys = {field.key for field in self.form.fields}
        values = Values({k: v for k, v in self.draft.values.items() if k not in keys and k[0] != "_"})
        self.scene = dataclasses.replace(self.scene, values=values)
        self.fields = []
        for field in self.form.fields:
            sent_unasked = isinstance(field, Files) and self.draft.values.get(field.key)
            if field.shown is not None and not field.shown(values) and not sent_unasked:
                continue
            self.fields.append(field)
            stored = self.draft.values.get(field.key)
            if stored is None and field.key in self.draft.values:
                values[field.key] = None
            elif stored is not None:
                try:
                    value = field.unpack(stored, self.scene)
                    field.hold(value, self.scene)
                except Refused as refused:
                    self.wrong(field, "", refused, restorable=False)
                else:
                    values[field.key] = value

    # ------------------------------------------------------------ answers

    def put(self, field: Field[Any], value: object) -> None:
        """Enter a value that stands; None skips the field."""
        packed = None if value is None else field.pack(value)
        self.draft.keep(**{field.key: packed}, _touched=True, **dict.fromkeys(_STEPS))
        if not field.optional:
            self.draft.keep(_said=self.work.acted_at.isoformat())
        self.draft.problems = {k: v for k, v in self.draft.problems.items() if k != field.key}
        self.look()

    def empty(self, field: Field[Any]) -> None:
        """Take out what the field holds, to be asked again."""
        self.draft.values = {k: v for k, v in self.draft.values.items() if k != field.key}
        self.look()

    def wrong(self, field: Field[Any], written: str, refused: Refused, *, restorable: bool = True) -> None:
        """Keep what was written with what is wrong about it; what stood there before waits for 不改."""
        before = self.draft.values.get(field.key) if restorable else None
        if before is None and field.key in self.draft.problems:
            before = self.draft.problems[field.key][3]
        self.draft.values = {k: v for k, v in self.draft.values.items() if k != field.key}
        shown = clip(one_line(clean(written)), 40)
        looked_for = refused.name if isinstance(refused, Ambiguous) else None
        why = pages.said(refused)
        meant = list(refused.meant) if isinstance(refused, Unsure) else []
        self.draft.problems = {**self.draft.problems, field.key: [shown, why, looked_for, before, meant]}
        self.draft.keep(_filter=looked_for)

    def leave_as_it_was(self, field: Field[Any]) -> None:
        """不改: what stood there before the last try stands again."""
        if field.key in self.draft.problems:
            before = self.draft.problems[field.key][3]
            self.draft.problems = {k: v for k, v in self.draft.problems.items() if k != field.key}
            if before is not None:
                self.draft.keep(**{field.key: before})
            self.look()

    def read(self, field: Field[Any], text: str) -> Any:  # noqa: ANN401 - whatever the field holds
        """The value the text means; refused also where it belongs elsewhere."""
        if DAMAGED in clean(text) and DAMAGED_SAID not in self.remarks:
            self.remarks.append(DAMAGED_SAID)
        for guard in GUARDS:
            guard(self.form, field, text, self.scene)
        return field.read(text, self.scene)

    def write(self, field: Field[Any], text: str) -> None:
        """Enter what the person wrote for the field, right or wrong.

        Where only its first line makes sense, the lines below it were meant for something else.
        """
        try:
            self.put(field, self.read(field, text))
        except Refused as refused:
            first, _, rest = text.partition("\n")
            if rest and not field.lines:
                with suppress(Refused):
                    self.put(field, self.read(field, first))
                    self.not_taken([rest])
                    return
            self.wrong(field, text, refused)
            self.draft.keep(_touched=True)
            self.look()

    def answer(self, field: Field[Any], text: str) -> bool:
        """Enter what was typed after the field's own question; False if the question stands as it is.

        Less than a whole value will do: in a pick-list it narrows the list (a whole name adds to what is
        picked), and a day alone is half a moment.
        """
        try:
            value = self.read(field, text)
        except Refused as refused:
            if isinstance(field, Pick) and not isinstance(refused, Ambiguous):
                words = one_line(clean(text))
                if field.matching(self.scene, words):
                    self.draft.keep(_filter=words, _touched=True)
                    return False
            unsure = isinstance(refused, Unsure)
            if isinstance(field, Moment) and not unsure and (day := field.day_alone(text, self.scene)):
                self.draft.keep(_day=day.isoformat(), _touched=True)
                return False
            self.wrong(field, text, refused)
            self.draft.keep(_touched=True)
            self.look()
            return True
        if isinstance(field, Pick) and field.many:
            before = self.scene.values.get(field.key) or []
            value = list(dict.fromkeys([*before, *value]))
        self.put(field, value)
        return True

    def take_note(self, note: Note) -> None:
        """Enter a pasted note: what is right is kept, what is wrong is said, what is missing is asked for."""
        for field in self.form.fields:
            if note.values.get(field.key) and field in self.fields:
                self.write(field, note.values[field.key])
        self._not_on_this_form(note)
        if note.unknown:
            self.remarks.append(pages.unknown_labels(note.unknown, self.fields))
        if note.loose:
            self.not_taken(note.loose)

    def not_taken(self, lines: Sequence[str]) -> None:
        """Say which lines belong to no field."""
        self.remarks.append(f"没有收下不带栏目的文字：{clip(one_line('；'.join(lines)), 40)}")

    def _not_on_this_form(self, note: Note) -> None:
        shown = {field.key for field in self.fields}
        missed = [f.label for f in self.form.fields if f.key in note.values and f.key not in shown]
        if missed:
            self.remarks.append(f"这次不用填{'、'.join(missed)}。")

    def take_paper(self, paper: Paper) -> Files:
        """Enter a file; refused if the form has no place for it, said beside its line if it may not be."""
        field = self._place_for(paper)
        if field is None:
            raise Refused(f"{self.form.title}不用附件，《{paper.name}》没有收。")
        before = self.scene.values.get(field.key) or []
        try:
            papers = field.accept(dataclasses.replace(paper, name=one_line(clean(paper.name))), before)
        except Refused as refused:
            if before or field not in self.fields:
                self.remarks.append(f"{refused}。")
            else:
                self.wrong(field, "", refused)
            self.draft.keep(_touched=True)
        else:
            self.put(field, papers)
        return field

    def _place_for(self, paper: Paper) -> Files | None:
        """The field the file is for: the one now asked, one that its name tells, or the first still empty."""
        places = [field for field in (*self.fields, *self.form.fields) if isinstance(field, Files)]
        asked = [field for field in places if field.key == self.draft.asking]
        told = [field for field in places if any(word in paper.name for word in field.names)]
        empty = [field for field in places if field in self.fields and not self.draft.values.get(field.key)]
        return next(iter([*asked, *told, *empty, *places]), None)

    # ------------------------------------------------------------ asking on

    def advance(self) -> None:
        """Ask for what is wrong or missing next; nothing, if the form is whole.

        A pasted note answers everything optional, and what has a default: what it leaves out is the default
        or nothing.
        """
        self.draft.keep(**dict.fromkeys(_STEPS[:3]), _editing=None)
        for field in list(self.fields):
            if field.key in self.draft.problems:
                self.draft.asking = field.key
                looked_for = self.draft.problems[field.key][2]
                self.draft.keep(_filter=self.draft.values.get("_filter") or looked_for)
                return
            if field.key in self.draft.values or field not in self.fields:
                continue
            pasted = self.draft.values.get("_pasted")
            default = field.default(self.scene) if field.default and pasted else None
            if default is None and not (field.optional and pasted):
                self.draft.asking = field.key
                return
            self.put(field, default)
        if any(field.key not in self.draft.values for field in self.fields):
            self.advance()  # a value entered on the way has called for more
            return
        self.draft.asking = None

    async def problems(self) -> list[Problem]:
        """What stands against the form as a whole."""
        if self.form.check is None:
            return []
        try:
            found = await self.form.check(self.work, self.scene.official, self.scene.values)
        except Refused as refused:
            return [Problem("", refused.message, refused.article)]
        return found or []

    # ------------------------------------------------------------ the live message

    @property
    def sheet(self) -> Sheet:
        """The form as it stands, for rendering."""
        return Sheet(self.form.title, self.fields, self.draft, self.scene, self.remarks)

    async def page(self, view: View) -> Page:
        """The question asked now, or the whole card."""
        field = self.form.field(self.draft.asking)
        if field is not None and field in self.fields:
            return pages.question(self.sheet, field, view)
        preview = Markup()
        problems = await self.problems()
        if self.form.preview and not problems:
            preview = await self.form.preview(self.work, self.scene.official, self.scene.values)
        return pages.card(self.sheet, preview, problems)

    async def show(self, *, fresh: bool, view: View | None = None) -> None:
        """Bring the live message up to date: beneath what the person wrote, or where it was tapped."""
        await self.show_page(lambda: self.page(view or View()), fresh=fresh)

    async def show_page(self, page: Callable[[], Awaitable[Page]], *, fresh: bool) -> None:
        """Show this page; it is drawn only once the turn is known, since its buttons bear it."""
        draft = self.draft
        if fresh:
            if draft.turn:
                await self.work.redraw(draft.card, pages.continued(draft))
            draft.turn += 1
        drawn = await page()
        draft.updated_at = self.work.now
        await self.work.timer(STALE, draft.id, self.work.now + FORM_PATIENCE)
        if fresh:
            await self.work.send(
                Notice(
                    to=address(self.scene.official, draft.chat_id),
                    text=drawn.text,
                    buttons=drawn.buttons,
                    card=draft.card,
                    urgency=Urgency.ANSWER,
                )
            )
        else:
            await self.work.redraw(draft.card, drawn.text, drawn.buttons)

    async def go_on(self, *, fresh: bool) -> None:
        """Ask the next question, show the card, or (a form without a card) submit at once.

        Where the form as a whole wants a field that was left empty, that field is asked for.
        """
        if self.form.forbids is not None:
            said = await self.form.forbids(self.work, self.scene.official, self.scene.values)
            if said is not None:
                await self._end(said, fresh=fresh)
                return
        self.advance()
        if self.draft.asking is None:
            problems = await self.problems()
            if not problems and not self.form.confirm:
                await self.submit(fresh=fresh)
                return
            self._ask_for(problems)
        await self.show(fresh=fresh)

    def _ask_for(self, problems: Sequence[Problem]) -> None:
        wanted = [field for field in self.fields if self.scene.values.get(field.key) is None]
        if problems and not self.form.confirm:
            wanted = wanted or self.fields[-1:]
        for field in wanted:
            said = [pages.said(p) for p in problems if p.key == field.key or not self.form.confirm]
            if said:
                self.wrong(field, "", Refused("；".join(said)))
                self.draft.asking = field.key
                return

    async def submit(self, *, fresh: bool = False) -> None:
        """Do what the form is for, and close it in the same transaction."""
        if not self.form.confirm and (said := self.draft.values.get("_said")):
            self.work.date_back(datetime.fromisoformat(said))  # what it asks besides may be left out
        text = await self.form.submit(self.work, self.scene.official, self.scene.values)
        await self._end(text if text is not None else pages.done(self.sheet), fresh=fresh)

    async def _end(self, text: Markup, *, fresh: bool) -> None:
        """Close the draft, and say this in its place."""
        draft, official = self.draft, self.scene.official
        await self.close()
        if fresh:
            await self.work.redraw(draft.card, pages.continued(draft))
            await self.work.send(Notice(address(official, draft.chat_id), text, urgency=Urgency.ANSWER))
        else:
            await self.work.redraw(draft.card, text)

    async def close(self) -> None:
        """The draft is finished with; no timer asks after it."""
        await close(self.work, self.draft)


async def close(work: Work, draft: Draft) -> None:
    """Finish with a draft, submitted or given up; what was on it is not kept."""
    draft.close(work.now)
    await work.drop_timers(STALE, draft.id)


async def give_up(work: Work, draft: Draft) -> None:
    """Cancel a form: its card says so and loses its buttons."""
    await work.redraw(draft.card, pages.given_up(draft))
    await close(work, draft)


def address(official: Official, chat_id: int) -> Official | int:
    """The official himself in his private chat, so that he counts as unreached if it is closed."""
    return official if chat_id == official.telegram_id else chat_id
