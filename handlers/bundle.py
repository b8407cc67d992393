"""A number under a message that tells of several things: that one is shown, with its buttons."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from handlers.context import Context, Route, sender
from matters import bundle
from notices.bundle import OPEN


async def show(update: Update, context: Context) -> None:
    """Whoever got the message opens what stands in it; it stays where it is."""
    official, match = await sender(update, context), context.match
    if match is not None:
        await bundle.open_again(context.work, official, int(match["first"]), int(match["last"]))


ROUTES: list[Route] = [
    CallbackQueryHandler(show, pattern=rf"^{OPEN}:(?P<first>\d{{1,18}}):(?P<last>\d{{1,18}})\Z")
]
