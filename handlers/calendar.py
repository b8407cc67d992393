"""放假安排 in the chat: the State Council's notice is pasted, looked over on a card, and entered by a tap."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup
from telegram import Message, Update
from telegram.ext import MessageHandler, filters
from typing_extensions import override

from handlers.context import PRIVATE, Context, Route, opening, sender
from handlers.forms.entry import begin
from handlers.forms.kinds import Form
from matters import calendar
from matters.calendar import Recount
from notices import calendar as notices
from rules.administrators import require_runs_it, who_runs_it
from rules.fields import Scene, Text
from rules.forms import Problem, Values
from rules.holiday_change import change
from rules.holiday_notice import is_notice, read_arrangement
from rules.refused import Refused
from rules.roster import Official
from storage.unit_of_work import UnitOfWork

RECOUNTS: Final[list[Recount]] = []
"""What counts again once the days have changed; `bot.application` enters it, since it is the clock's part."""


async def start(update: Update, context: Context) -> None:
    """放假安排, or the button under the yearly reminder: the notice is asked for."""
    official = await _who(update, context)
    if update.effective_chat is not None:
        await begin(context.work, official, update.effective_chat.id, HOLIDAYS)


async def pasted(update: Update, context: Context) -> None:
    """The notice itself, without a word before it. What cannot be read is said with the line it is about."""
    message = update.effective_message
    official = await _who(update, context)
    if message is None or not message.text:
        return
    calendar.read(context.work, message.text)
    values = {"notice": message.text}
    await begin(context.work, official, message.chat.id, HOLIDAYS, values=values, message=message.message_id)


async def _who(update: Update, context: Context) -> Official:
    official, work = await sender(update, context), context.work
    require_runs_it(official, await work.roster(), work.office.settings.administrators)
    return official


class _IsNotice(filters.MessageFilter):
    """A text that is a notice of days off."""

    @override
    def filter(self, message: Message) -> bool:
        return bool(message.text) and is_notice(message.text or "")


@dataclass(frozen=True)
class NoticeText(Text):
    """The text of a notice, which the card names by its number."""

    @override
    def parse(self, text: str, scene: Scene) -> str:
        """The text, refused with the line that cannot be read."""
        read_arrangement(text, scene.today.year + 1)
        return super().parse(text, scene)

    @override
    def say(self, value: str, scene: Scene) -> str:
        return read_arrangement(value, scene.today.year + 1).source


async def _check(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:
    require_runs_it(official, await work.roster(), work.office.settings.administrators)
    try:
        change(await work.calendar(), calendar.read(work, values["notice"]))
    except Refused as refused:
        return [Problem("notice", refused.message, refused.article)]
    return []


async def _preview(work: UnitOfWork, _official: Official, values: Values) -> Markup:
    arrangement = calendar.read(work, values["notice"])
    return notices.preview(arrangement, change(await work.calendar(), arrangement))


async def _submit(work: UnitOfWork, official: Official, values: Values) -> Markup:
    roster, names = await work.roster(), work.office.settings.administrators
    require_runs_it(official, roster, names)
    taken = await calendar.take_over(work, values["notice"], RECOUNTS, official)
    await work.send(*notices.entered_by(official, taken.arrangement, who_runs_it(roster, names)))
    return notices.entered(taken.arrangement, taken.change, taken.moved)


HOLIDAYS = Form(
    name="holidays",
    title="放假安排",
    fields=(
        NoticeText(
            "notice",
            "通知",
            ask="请把国务院办公厅放假安排通知的全文粘贴到这里发出。",
            hint="连同标题和文号；年中调整一个节日的通知也可以。",
            longest=4096,
            multiline=True,
        ),
    ),
    check=_check,
    preview=_preview,
    submit=_submit,
)
ROUTES: list[Route] = [
    *opening("holidays", "放假安排", start),
    MessageHandler(PRIVATE & filters.UpdateType.MESSAGE & filters.TEXT & _IsNotice(), pasted),
]
FORMS = [HOLIDAYS]
