"""请回电 (/call): the office asks anybody on the roster to call back, at any hour (art. 77)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from markupsafe import Markup
from telegram import Update
from telegram.ext import MessageHandler, filters

from handlers.context import PRIVATE, Context, Route, opening, sender
from handlers.forms.entry import begin
from handlers.forms.kinds import Form
from handlers.taps import Tap, on_tap
from matters import reach
from notices import reach as notices
from notices.notice import Notice
from rules.fields import OfficialField, Scene
from rules.fields.people import find_official
from rules.forms import Values
from rules.leave.matter import Leave
from rules.reach import CallRequest, Ending, ask
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official
from storage.queries.absence import absences
from storage.queries.reach import OVERDUE, elsewhere, open_requests, open_to
from storage.unit_of_work import UnitOfWork

WITH_NAME: Final = r"^\s*/?请回电[\s:：]+(?P<name>\S[^\n]{0,60})$"

# ---------------------------------------------------------------- asking


async def start(update: Update, context: Context) -> None:
    """/call 姓名 or 请回电 姓名 asks at once; without a name, or with one that is not clear, a list opens."""
    work, official = context.work, await sender(update, context)
    if update.effective_chat is None:
        return
    _may_ask(official)
    name = (context.match.groupdict().get("name") if context.match else None) or " ".join(context.args or ())
    if not name:
        await begin(work, official, update.effective_chat.id, CALL)
        return
    try:
        whom = find_official(name, (await work.roster()).officials, await _scene(work, official))
    except Refused:
        await begin(work, official, update.effective_chat.id, CALL, note_text=f"人员：{name}")
        return
    await _ask(work, official, whom)


@on_tap(f"leave:<id>:{notices.FROM_LEAVE}", Leave)
async def from_leave(tap: Tap[Leave]) -> str:
    """[请回电] on the office's copy of a leave."""
    _may_ask(tap.official)
    whom = tap.matter.applicant
    await _ask(tap.work, tap.official, whom)
    return f"已请{whom.name}回电。"


async def _ask(work: UnitOfWork, official: Official, whom: Official) -> CallRequest:
    """Send the card, at any hour, and set the clock."""
    whom = await work.lock(Official, whom.id)  # two at the desk at once: the second sees the first's request
    before = await open_to(work, whom)
    leave = (await absences(work)).away(whom)
    call = ask(official, whom, leave=leave, before=before, terms=work.office.settings.reach, now=work.now)
    work.add(call)
    await work.flush()
    await work.note(
        official, "reach.ask", f"call:{call.id}", article=call.article, detail={"official": whom.titled}
    )
    if before is not None:
        await work.drop_timers(OVERDUE, before.id)
        await reach.keep(work, before)
    await work.timer(OVERDUE, call.id, call.due_at)
    await work.send(notices.own(call), notices.office(call, official))
    return call


async def _submit(work: UnitOfWork, official: Official, values: Values) -> Markup:
    call = await _ask(work, official, values["official"])
    return Markup("已请{}回电。").format(call.official.titled)


def _anybody_else(scene: Scene) -> Sequence[Official]:
    return [one for one in scene.roster.officials if one is not scene.official]


def _may_ask(official: Official) -> None:
    if official.role not in OFFICE_DESK:
        raise Refused("“请回电”由区政府办公室发出，请与办公室联系。")


async def _scene(work: UnitOfWork, official: Official) -> Scene:
    return Scene(work.now, official, await work.roster(), await work.calendar(), work.office.settings)


CALL = Form(
    name="call",
    title="请回电",
    fields=(
        OfficialField(
            "official",
            "人员",
            ask="请谁回电？",
            hint="不论何时立即送达；不写事由，接通电话再说。",
            among=_anybody_else,
        ),
    ),
    submit=_submit,
    confirm=False,
)

# ---------------------------------------------------------------- answering, and what the office enters


@on_tap(f"call:<id>:{notices.ANSWER}", CallRequest)
async def answer(tap: Tap[CallRequest]) -> str:
    """The one who is asked taps 已收到，马上回电."""
    work, official, call = tap.work, tap.official, tap.matter
    call.answer(official, work.acted_at)
    await work.drop_timers(OVERDUE, call.id)
    late = {"late_minutes": call.late // timedelta(minutes=1)} if call.late else {}
    await work.note(official, "reach.answer", f"call:{call.id}", article=call.article, detail=late)
    await reach.keep(work, call)
    await work.send(notices.answered(call))
    return "已告知区政府办公室，请马上回电。"


@on_tap(f"call:<id>:{notices.PHONED}|{notices.WITHDRAW}|{notices.AGAIN}", CallRequest)
async def enter(tap: Tap[CallRequest]) -> str:
    """The office taps 已联系上, 撤回 or 再次请回电 on its card."""
    work, official, call = tap.work, tap.official, tap.matter
    if tap.act == notices.AGAIN:
        await _again(work, official, call)
        return f"已再次请{call.official.name}回电。"
    ending = Ending.PHONED if tap.act == notices.PHONED else Ending.WITHDRAWN
    call.end(official, ending, work.now)
    await work.drop_timers(OVERDUE, call.id)
    await work.note(official, f"reach.{tap.act}", f"call:{call.id}", article=call.article)
    await reach.keep(work, call)
    return "已登记。" if ending is Ending.PHONED else "已撤回。"


async def _again(work: UnitOfWork, official: Official, call: CallRequest) -> None:
    if not call.open:
        raise Refused("这次请回电已经办结；如需再请，请发「请回电」。")
    await _ask(work, official, call.official)


async def todo(work: UnitOfWork, official: Official) -> list[Notice]:
    """Their own to answer first; for the office desk, all that are still open."""
    waiting = await open_requests(work)
    cards = [
        notices.own(call).wanted(call.due_at, urgent=True) for call in waiting if call.official is official
    ]
    if official.role in OFFICE_DESK:
        cards += [
            notices.office(call, official, await elsewhere(work, call.id)).wanted(call.due_at, urgent=True)
            for call in waiting
            if call.official is not official
        ]
    return cards


FORMS: tuple[Form, ...] = (CALL,)
ROUTES: list[Route] = [
    *opening("call", "请回电", start),
    MessageHandler(PRIVATE & filters.Regex(WITH_NAME), start),
    from_leave,
    answer,
    enter,
]
