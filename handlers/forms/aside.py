"""草稿: the forms that were put aside, and how one of them is taken up again."""

from markupsafe import Markup
from telegram import Update

from handlers.context import Context, Route, opening, sender
from handlers.forms.beginning import CHOOSE, ask_which
from handlers.forms.filling import Filling, close, open_draft, put_aside
from handlers.forms.kinds import FORMS
from handlers.taps import Tap, on_tap
from notices import forms as pages
from notices.form_buttons import rows_of
from notices.notice import Button, Notice, Urgency
from rules.dates.reading import say_moment
from rules.forms import Draft
from rules.refused import Refused
from rules.roster import Official
from rules.text import clip, one_line
from storage.queries import drafts
from storage.removal import take_away
from storage.unit_of_work import UnitOfWork

LIST = "drafts"
_NUMBERS_A_ROW = 5
_TOLD = 30
"""So much of a form is told in its line."""


async def lying_aside(work: UnitOfWork, official: Official) -> list[Draft]:
    """Those that the official has put aside."""
    chat = official.telegram_id
    found = [] if chat is None else await drafts.aside(work, official, chat)
    return [each for each in found if each.procedure in FORMS]


async def _list(work: UnitOfWork, official: Official) -> Notice:
    """The same, a line and a number each."""
    lying = await lying_aside(work, official)
    lines = [await _line(work, official, draft) for draft in lying]
    buttons = [Button(str(number), f"{LIST}:{draft.id}") for number, draft in enumerate(lying, 1)]
    page = pages.aside(lines, rows_of(buttons, _NUMBERS_A_ROW))
    return Notice(official, page.text, page.buttons, urgency=Urgency.ANSWER)


async def _line(work: UnitOfWork, official: Official, draft: Draft) -> Markup:
    filling = await Filling.of(work, official, draft)
    values = filling.scene.values
    told = [field.say(values[field.key], filling.scene) for field in filling.fields if values.get(field.key)]
    when = say_moment(draft.aside_at, work.now) if draft.aside_at else ""
    return Markup("{}（{}）{}").format(draft.title, when, clip(one_line("，".join(told)), _TOLD))


async def listed(update: Update, context: Context) -> None:
    """草稿."""
    official = await sender(update, context)
    await context.work.send(await _list(context.work, official))


async def mine(work: UnitOfWork, official: Official) -> list[Notice]:
    """They stand among one's own matters too."""
    return [await _list(work, official)] if await lying_aside(work, official) else []


@on_tap(f"{LIST}:<draft>")
async def take_up(tap: Tap[None]) -> str:
    """A number of the list: that form is open again; one that lay open takes its place there.

    Where another form waits on the one that lies open, that is settled first, or what waits would be lost.
    """
    work, official = tap.work, tap.official
    draft = await drafts.by_id(work, tap["draft"])
    if draft is None or draft.official_id != official.id:
        raise Refused("这张表不在了，请发“草稿”重新打开。")
    if draft.closed_at is not None or draft.aside_at is None:
        return "这张表已不在草稿里。"
    lying = await open_draft(work, official, draft.chat_id)
    if lying is not None:
        filling = await Filling.of(work, official, lying)
        if lying.waiting:
            await ask_which(filling, CHOOSE)
            return CHOOSE
        if filling.prefilled or lying.touched:
            await put_aside(work, lying)
        else:
            await take_away(work, lying.card, pages.continued(lying))
            await close(work, lying)
    draft.take_up(work.now)
    await work.flush()
    await (await Filling.of(work, official, draft)).go_on(fresh=True, more_may_come=True)
    return ""


ROUTES: list[Route] = [*opening("drafts", "草稿", listed), take_up]
