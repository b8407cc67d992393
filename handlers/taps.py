"""A tap on a button: who tapped, on which matter, what the button's data says.

The route reads the data, checks the sender against the roster, loads the matter with its row locked and
answers the tap; the handler is the use case, and gives back what the person is told for a moment. What it
refuses it raises: the unit of work is the transaction of this one tap, so nothing of it stays.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar, cast, overload

from telegram import CallbackQuery, Chat, Update
from telegram.ext import CallbackQueryHandler

from handlers.context import Context, Route, own_chat, sender
from handlers.forms.beginning import begin
from handlers.forms.kinds import Form
from notices.sentences import told
from rules.refused import Refused
from rules.roster import Official
from storage.unit_of_work import UnitOfWork

M = TypeVar("M")
DEAD: Final = "这个按钮已失效，请发送“待办”或“菜单”重新打开。"
_PART: Final = re.compile(
    r"<(?P<number>\w+)>(?P<optional>\?)?|\{(?P<word>\w+)\}|\*(?P<rest>\w+)|(?P<act>[\w|]+)"
)


class Alert(str):
    """What is said in a window that the person has to close."""

    __slots__ = ()


@dataclass(frozen=True)
class Tap(Generic[M]):
    """One tap: the `official` who tapped, the `matter` with its row locked, and the rest of the data.

    `act` is which of the route's words the button bears; the numbers are read as `tap["position"]`, what is
    neither stands in `words`. `chat` is where the button hangs, the person's own chat or a group.
    """

    work: UnitOfWork
    official: Official
    matter: M
    act: str
    query: CallbackQuery
    chat: Chat
    numbers: Mapping[str, int]
    words: Mapping[str, str]

    def __getitem__(self, name: str) -> int:
        """A number of the data; 0 where the button left out one that may be left out."""
        return self.numbers.get(name, 0)

    async def sure(self, question: str) -> bool:
        """Whether they have said 是 to the question; where not, it is asked, and nothing else may be done.

        For what the whole office hears of. Its first line, without the mark, says afterwards what was done.
        What was tapped while nothing could be received counts from then: it is not asked about later.
        """
        sure = self.work.sure or self.work.acted_at < self.work.now
        if not sure:
            key, data = self.work.update_id or 0, str(self.query.data)
            await self.work.send(told.sure(self.official, key, question, data))
        return sure

    async def begin(self, form: Form, values: Mapping[str, Any] | None = None) -> None:
        """Open the form for the person, in their own chat wherever the button hangs."""
        await begin(self.work, self.official, own_chat(self.official), form, values=values)


Handle = Callable[[Tap[M]], Awaitable[str]]


@overload
def on_tap(data: str) -> Callable[[Handle[None]], Route]: ...
@overload
def on_tap(data: str, cls: type[M]) -> Callable[[Handle[M]], Route]: ...


def on_tap(data: str, cls: type[M] | None = None) -> Callable[[Handle[M]], Route]:
    """The route of the buttons whose data looks like this: "leave:<id>:agree|decline:<position>".

    Words parted by | are what `Tap.act` may be. A name in <> is a number, <id> the matter's, with ? behind it
    one that may be left out; a name in {} is anything without a colon, one after * whatever is left. Without
    `cls` the tap has no matter. What the handler gives back is shown for a moment at the top of the screen,
    or as an `Alert`.
    """
    parts = "".join(_segment(part) for part in data.split(":")).removeprefix(":")
    pattern, counted = re.compile(rf"{parts}\Z", re.DOTALL), set(re.findall(r"<(\w+)>", data))

    def route(handle: Handle[M]) -> Route:
        async def tapped(update: Update, context: Context) -> None:
            query, match, chat = update.callback_query, context.match, update.effective_chat
            official = await sender(update, context)
            if query is None or match is None or chat is None:  # under no message: none of ours
                raise Refused(DEAD)
            said = {name: value for name, value in match.groupdict().items() if value is not None}
            numbers = {name: int(said.pop(name)) for name in counted & said.keys()}
            matter = cast("M", None if cls is None else await context.work.lock(cls, numbers["id"]))
            act = said.pop("act", "")
            answer = await handle(Tap(context.work, official, matter, act, query, chat, numbers, said))
            await context.work.toast(query.id, answer, alert=isinstance(answer, Alert))

        return CallbackQueryHandler(tapped, pattern=pattern)

    return route


def _segment(part: str) -> str:
    """The pattern of one part of the data with the colon before it."""
    found = _PART.fullmatch(part)
    if found is None:
        raise ValueError(f"not a part of a button's data: {part!r}")
    match found.lastgroup:
        case "number" | "optional":
            return f"(?::(?P<{found['number']}>[0-9]{{1,9}})){found['optional'] or ''}"
        case "word":
            return rf":(?P<{found['word']}>[A-Za-z0-9_.-]{{1,48}})"
        case "rest":
            return f":(?P<{found['rest']}>.*)"
    return f":(?P<act>{part})" if "|" in part else f":{part}"
