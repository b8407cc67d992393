"""The menu (菜单) and help (帮助), and the answer to what nobody else understands."""

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers.context import Context, Route, opening, sender
from handlers.forms.aside import lying_aside
from handlers.taps import DEAD
from matters.menu import MENU
from notices import help as pages
from notices import menu
from notices.notice import Notice, Urgency
from rules.administrators import who_runs_it
from rules.refused import Refused


async def show(update: Update, context: Context) -> None:
    """/menu: everything this person may start, as buttons; what they have begun and put aside as well."""
    official = await sender(update, context)
    aside = len(await lying_aside(context.work, official))
    text, buttons = menu.menu_text(official), (*MENU.buttons(official), *menu.drafts(aside))
    await context.work.send(Notice(official, text, buttons=buttons, urgency=Urgency.ANSWER))


async def more(update: Update, context: Context) -> None:
    """更多: what is started now and then."""
    official = await sender(update, context)
    buttons = MENU.buttons(official, rare=True)
    await context.work.send(Notice(official, menu.MORE, buttons=buttons, urgency=Urgency.ANSWER))


async def explain(update: Update, context: Context) -> None:
    """/help: what to send for what, on one screen for the person's role."""
    official, work = await sender(update, context), context.work
    settings = work.office.settings
    runs_it = official in who_runs_it(await work.roster(), settings.administrators)
    text, buttons = pages.page(official, settings), pages.buttons(runs_it=runs_it)
    await work.send(Notice(official, text, buttons=buttons, urgency=Urgency.ANSWER))


async def running(update: Update, context: Context) -> None:
    """What whoever runs the bot does with it; no secret, whoever asks."""
    official = await sender(update, context)
    await context.work.send(
        Notice(official, pages.running(), buttons=((pages.HANDBOOK,),), urgency=Urgency.ANSWER)
    )


async def handbook(update: Update, context: Context) -> None:
    """The whole handbook, as a file."""
    official = await sender(update, context)
    said = Markup("使用手册全文。各种情形怎么办，都在里面。")
    await context.work.send(Notice(official, said, attachment=pages.handbook(), urgency=Urgency.ANSWER))


async def dead(update: Update, context: Context) -> None:
    """A tap that no procedure knows: forged, or left over from an older version."""
    await sender(update, context)
    raise Refused(DEAD)


ROUTES: list[Route] = [
    *opening("menu", "菜单", show),
    CallbackQueryHandler(more, pattern=r"^menu:more$"),
    *opening("help", "帮助", explain),
    *opening("handbook", "使用手册", handbook),
    *opening("running", "管理机器人", running),
]
# PTB takes a tap without any data (of a game, of an altered phone) for one of every handler's, whatever its
# pattern says: such a tap is met here, before it comes to those that read their pattern's match.
FIRST_ROUTES: list[Route] = [CallbackQueryHandler(dead, pattern=lambda _data: False)]
LAST_ROUTES: list[Route] = [CallbackQueryHandler(dead)]
