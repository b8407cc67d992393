"""One form being filled, in one unit of work: asking on, and keeping one live message."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Self

from markupsafe import Markup, escape

from handlers.forms.kinds import FORMS, Destination, Form
from handlers.forms.reading import NOTHING
from handlers.forms.steps import Steps
from notices import forms as pages
from notices.form_buttons import View
from notices.forms import OpenForm, Page
from notices.notice import Notice, Urgency
from rules.fields import Scene
from rules.forms import FORM_PATIENCE, Draft, Problem
from rules.refused import Refused, Unsure
from rules.roster import Official
from rules.working_days import shanghai_day
from storage.queries import drafts
from storage.removal import take_away
from storage.unit_of_work import UnitOfWork

STALE = "form.stale"
"""The timer that asks after a form left half-way."""
_MISSED = timedelta(minutes=1)
"""What was written so long ago had to wait: nobody was there to receive it."""


async def open_draft(work: UnitOfWork, official: Official, chat_id: int) -> Draft | None:
    """The form that lies half-filled in the chat, its row locked."""
    found = await drafts.open_in(work, official, chat_id)
    if found is not None and found.procedure not in FORMS:
        await close(work, found)  # a form of an older version: nobody can go on with it
        return None
    return found


def _waited(work: UnitOfWork, draft: Draft) -> datetime:
    """When what the form says now was said.

    Where it had to wait for a bot that was not there, so had what follows it now: the person could not go on.
    That ends a fixed time after the first such word was received, however quickly one answers the other.
    """
    until = draft.values.get("_waited_until")
    if until and work.now <= datetime.fromisoformat(until):
        work.date_back(datetime.fromisoformat(draft.values["_waited"]))
    elif work.now - work.acted_at >= _MISSED:
        until = work.now + FORM_PATIENCE
        draft.keep(_waited=work.acted_at.isoformat(), _waited_until=until.isoformat())
    return work.acted_at


class Filling(Steps):
    """A draft with its form, open for the person's next answer."""

    def __init__(
        self,
        work: UnitOfWork,
        form: Form,
        draft: Draft,
        scene: Scene,
        message: int = 0,
        around: Mapping[str, Any] = NOTHING,
    ) -> None:
        self.work = work
        super().__init__(form, draft, scene, message, around)

    @classmethod
    async def of(cls, work: UnitOfWork, official: Official, draft: Draft, message: int = 0) -> Self:
        """Take up a draft again; `message` is the id of what is being read, if it is a message."""
        form = FORMS.get(draft.procedure)
        if form is None:
            raise Refused("这张表已经停用，请发“菜单”重新办理。")
        said_at = _waited(work, draft)
        if said_at - draft.updated_at >= FORM_PATIENCE:
            draft.keep(_said=None)  # it was left lying: what stands on it counts from when it is handed in
        scene = Scene(said_at, official, await work.roster(), await work.calendar(), work.office.settings)
        around = await form.around(work, official) if form.around else NOTHING
        return cls(work, form, draft, scene, message, around)

    @property
    def prefilled(self) -> bool:
        """Whether it began with answers on it, as a report that was sent back does, touched or not."""
        return any(
            value is not None and self.form.field(key) is not None for key, value in self.draft.values.items()
        )

    async def become(self, form: Form, stored: Mapping[str, Any]) -> None:
        """Go on as another form in the same message; what lay on this one is gone."""
        kept = {key: self.draft.values.get(key) for key in ("_album", "_waited", "_waited_until")}
        self.draft.procedure, self.draft.title = form.name, form.title
        self.draft.values, self.draft.problems, self.draft.asking = dict(stored), {}, None
        self.draft.keep(**kept)
        self.form = form
        self.around = await form.around(self.work, self.scene.official) if form.around else NOTHING
        self.look()

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
    def open_form(self) -> OpenForm:
        """The form as it stands, for rendering."""
        return OpenForm(
            self.form.title,
            self.fields,
            self.draft,
            self.scene,
            self.remarks,
            self.can_step_back,
            self.draft.assumed,
        )

    async def page(self, view: View) -> Page:
        """The question asked now, or the whole card."""
        field = self.form.field(self.draft.asking)
        if field is not None and field in self.fields:
            return pages.question(self.open_form, field, view)
        preview = Markup()
        problems = await self.problems()
        if self.form.preview and not problems:
            preview = await self.form.preview(self.work, self.scene.official, self.scene.values)
        return pages.card(self.open_form, preview, problems)

    async def show(self, *, fresh: bool, view: View | None = None) -> None:
        """Bring the live message up to date: beneath what the person wrote, or where it was tapped."""
        await self.show_page(lambda: self.page(view or View()), fresh=fresh)

    async def show_page(self, page: Callable[[], Awaitable[Page]], *, fresh: bool) -> None:
        """Show this page; it is drawn only once the turn is known, since its buttons bear it."""
        draft = self.draft
        if fresh:
            if draft.turn:
                await take_away(self.work, draft.card, pages.continued(draft))
            draft.turn += 1
        drawn = await page()
        draft.keep(_idle=None)
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

    async def doubt(self, text: str, why: str) -> None:
        """Ask whether the words are the answer to the question; nothing of them is lost meanwhile."""
        asked = self.form.field(self.draft.asking)
        if asked is not None:
            self.wrong(asked, text, Unsure(why, [text]))
            self.draft.keep(_touched=True)
            self.look()
        await self.show(fresh=True)

    async def go_on(self, *, fresh: bool, more_may_come: bool = False) -> None:
        """Ask the next question, show the card, or (a form without a card) submit at once.

        Where the form as a whole wants a field that was left empty, that field is asked for. While more of
        what was sent together may come, nothing is submitted by itself: the card waits for a tap.
        """
        if self.form.forbids is not None:
            said = await self.form.forbids(self.work, self.scene.official, self.scene.values)
            if said is not None:
                await self._end(said, fresh=fresh)
                return
        self.advance()
        if self.draft.asking is None and self.form.becomes is not None:
            await self._become_what_is_meant(self.form.becomes(self.scene.values), fresh=fresh)
            return
        if self.draft.asking is None:
            problems = await self.problems()
            if not problems and not self.form.confirm and not more_may_come:
                await self._submit_or_say(fresh=fresh)
                return
            self._ask_for(problems)
        await self.show(fresh=fresh)

    async def _become_what_is_meant(self, meant: Destination, *, fresh: bool) -> None:
        papers = self.papers
        await self.become(meant.form, meant.form.stored(meant.values))
        for paper in papers:
            self.take_paper(paper)
        await self.go_on(fresh=fresh)

    async def _submit_or_say(self, *, fresh: bool) -> None:
        """Submit; where that is refused to somebody who wrote, what was written stays on the card."""
        try:
            async with self.work.savepoint():
                text = await self._hand_in()
        except Refused as refused:
            if not fresh:  # a tap has its own way to be told
                raise
            self.remarks.append(str(refused))
            await self.show(fresh=True)
        else:
            await self._end(text if text is not None else pages.done(self.open_form), fresh=fresh)

    def _ask_for(self, problems: Sequence[Problem]) -> None:
        wanted = [field for field in self.fields if self.scene.values.get(field.key) is None]
        if problems and not self.form.confirm:
            wanted = wanted or self.fields[-1:]
        for field in wanted:
            said = [pages.said(p) for p in problems if p.key == field.key or not self.form.confirm]
            if said:
                self.wrong(field, "", Refused("；".join(said)))
                self.draft.asking = field.key
                self.look()  # what is refused is no longer an answer, and is not shown as one
                return

    async def submit(self, *, fresh: bool = False) -> None:
        """Do what the form is for, and close it in the same transaction."""
        text = await self._hand_in()
        await self._end(text if text is not None else pages.done(self.open_form), fresh=fresh)

    async def _hand_in(self) -> Markup | None:
        if (self.form.said or not self.form.confirm) and (said := self.draft.values.get("_said")):
            self.work.date_back(datetime.fromisoformat(said))  # what it asks besides may be left out
        submitted = self.work, self.scene.official, self.scene.values
        if not self.form.ends_on_refusal(self.scene.values):
            return await self.form.submit(*submitted)
        try:
            async with self.work.savepoint():
                return await self.form.submit(*submitted)
        except Refused as refused:
            return escape(str(refused))

    async def _end(self, text: Markup, *, fresh: bool) -> None:
        """Close the draft, and say this in its place."""
        draft, official = self.draft, self.scene.official
        await self.close()
        if fresh:
            await take_away(self.work, draft.card, pages.continued(draft))
            await self.work.send(Notice(address(official, draft.chat_id), text, urgency=Urgency.ANSWER))
        else:
            await self.work.redraw(draft.card, text)

    async def close(self) -> None:
        """The draft is finished with; no timer asks after it."""
        await close(self.work, self.draft, {paper.file_id: str(paper.message) for paper in self.papers})


async def close(work: UnitOfWork, draft: Draft, files: Mapping[str, str] | None = None) -> None:
    """Finish with a draft, submitted (with these files, as `Draft.close` keeps them) or given up."""
    draft.close(work.now, files)
    await work.drop_timers(STALE, draft.id)


async def give_up(work: UnitOfWork, draft: Draft, *, fresh: bool = False) -> None:
    """Cancel a form: its card says so and loses its buttons, or, for who wrote it, a new message says so."""
    await _leave(work, draft, pages.given_up(draft), fresh=fresh)
    await close(work, draft)


async def put_aside(work: UnitOfWork, draft: Draft, *, fresh: bool = False) -> None:
    """先放着: it waits under 草稿, and another form may be the open one."""
    until = draft.put_aside(work.now)
    await work.timer(STALE, draft.id, until)
    said = pages.put_aside(draft, shanghai_day(until), shanghai_day(work.now))
    await _leave(work, draft, said, fresh=fresh)


async def _leave(work: UnitOfWork, draft: Draft, said: Markup, *, fresh: bool) -> None:
    if fresh:
        await take_away(work, draft.card, pages.continued(draft))
        await work.send(Notice(draft.chat_id, said, urgency=Urgency.ANSWER))
    else:
        await work.redraw(draft.card, said)


def address(official: Official, chat_id: int) -> Official | int:
    """The official themselves in their private chat, so that they count as unreached if it is closed."""
    return official if chat_id == official.telegram_id else chat_id
