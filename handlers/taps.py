"""A tap on a matter's button: who tapped, on which matter, what the button's data says.

The route finds the data, checks the sender against the roster, loads the matter with its row locked and
answers the tap; the handler is the use case, and gives back what the person is told for a moment.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from telegram import CallbackQuery, Update
from telegram.ext import CallbackQueryHandler

from handlers.context import Context, Route, sender
from rules.roster import Official
from storage.unit_of_work import UnitOfWork

M = TypeVar("M")
_NUMBER: Final = "[0-9]{1,9}"
_PART: Final = re.compile(r"<(?P<number>\w+)>|(?P<words>[\w|]+)")


@dataclass(frozen=True)
class Tap(Generic[M]):
    """One tap: the `official` who tapped, the `matter` with its row locked, and the rest of the data.

    `act` is which of the route's words the button bears; the numbers are read as `tap["position"]`. `chat`
    is where the button hangs: the person's own, or a group's.
    """

    work: UnitOfWork
    official: Official
    matter: M
    act: str
    query: CallbackQuery
    chat: int
    numbers: Mapping[str, int]

    def __getitem__(self, name: str) -> int:
        """A number of the data."""
        return self.numbers[name]

    async def alert(self, text: str) -> None:
        """Say it in a window that the person closes; the handler then gives back None."""
        await self.work.toast(self.query.id, text, alert=True)


def on_tap(data: str, cls: type[M]) -> Callable[[Callable[[Tap[M]], Awaitable[str | None]]], Route]:
    """The route of the buttons whose data looks like this: "leave:<id>:agree|decline:<position>".

    A name in <> is a number, <id> the matter's; words parted by | are what `Tap.act` may be. What the
    handler gives back is shown for a moment at the top of the screen; None where it has answered the tap.
    """
    pattern = ":".join(_segment(part) for part in data.split(":"))

    def route(handle: Callable[[Tap[M]], Awaitable[str | None]]) -> Route:
        async def tapped(update: Update, context: Context) -> None:
            query, match, chat = update.callback_query, context.match, update.effective_chat
            if query is None or match is None or chat is None:  # a route for taps is given nothing else
                return
            official = await sender(update, context)
            said: dict[str, str] = {key: value for key, value in match.groupdict().items() if value}
            act = said.pop("act", "")
            numbers = {key: int(value) for key, value in said.items()}
            matter = await context.work.lock(cls, numbers["id"])
            toast = await handle(Tap(context.work, official, matter, act, query, chat.id, numbers))
            if toast is not None:
                await context.work.toast(query.id, toast)

        return CallbackQueryHandler(tapped, pattern=rf"^{pattern}\Z")

    return route


def _segment(part: str) -> str:
    found = _PART.fullmatch(part)
    if found is None:
        raise ValueError(f"not a part of a button's data: {part!r}")
    if found["number"]:
        return f"(?P<{found['number']}>{_NUMBER})"
    return f"(?P<act>{part})" if "|" in part else part
