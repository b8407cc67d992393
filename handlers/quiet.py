"""/quiet (提醒设置): everybody chooses for themselves what rings; nobody else sees or sets it."""

from telegram import Update

from handlers.context import Context, Route, opening, sender
from handlers.taps import Tap, on_tap
from notices import quiet as notices
from rules.quiet.choice import Choice
from storage.quiet import let_go


async def show(update: Update, context: Context) -> None:
    """What is set now, and the three ways."""
    official, work = await sender(update, context), context.work
    await work.retire(notices.card(official))
    await work.send(notices.settings(official, work.office.settings.quiet))


@on_tap(f"{notices.CHOOSE}:all|acts|digest")
async def choose(tap: Tap[None]) -> str:
    """From now on; what has gathered for a digest that is not wanted any more comes at once."""
    work, official, terms = tap.work, tap.official, tap.work.office.settings.quiet
    before, chosen = official.quiet, notices.KEYS[tap.act]
    official.choose(chosen)
    if before is Choice.DIGEST and chosen is not before:
        await let_go(work, official)
    await work.redraw(notices.card(official), notices.text(official, terms), notices.buttons(official, terms))
    return "已设置。"


ROUTES: list[Route] = [*opening("quiet", "提醒设置", show), choose]
