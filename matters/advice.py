"""征求意见: it lies with who is asked, follows who stands in, and its silence is told to who asked."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from matters.todo import Counted
from notices import advice as notices
from notices.notice import Notice
from rules.remarks.advice import TIMER, Advice
from rules.reminders import LADDER, look_at
from rules.roster import Official
from storage.queries.absence import absences
from storage.queries.remarks import advices_of, bearing, open_advices
from storage.unit_of_work import UnitOfWork

ASK: Final = "advice:ask:"
"""The data of [征求意见] begins so: where that stands no more, it has been decided."""


async def _asked(_work: UnitOfWork, advice: Advice, _same: Advice, why: str) -> Sequence[Notice]:
    return [notices.asked(advice, why)]


async def bring_up_to_date(work: UnitOfWork, advice: Advice) -> None:
    """Every copy as it stands now, and the clock set to when its silence is over."""
    for holder in dict.fromkeys((advice.adviser, advice.holder)):
        shown = notices.buttons(advice, holder)
        await work.redraw(notices.card_of(advice, holder), notices.text(advice), shown)
    calendar, hours = await work.calendar(), work.office.settings.hours
    due = LADDER.due(advice, calendar, hours) if advice.open else None
    if due is None:
        await work.drop_timers(TIMER, advice.id)
    else:
        await work.timer(TIMER, advice.id, look_at(due, work.now, calendar, hours))


async def _redraw(work: UnitOfWork, advice: Advice, _same: Advice) -> None:
    await bring_up_to_date(work, advice)


ADVICE: Counted[Advice, Advice] = Counted(
    matter=Advice,
    code="advice",
    open=open_advices,
    waiting=lambda advice: [advice] if advice.open else [],
    applicant=lambda advice, _same, _now: advice.asked_by,
    called=lambda advice, _same: f"{advice.asked_by.titled}征求的意见",
    card=lambda advice, _same, holder: notices.card_of(advice, holder),
    text=lambda advice, _same, _roster: notices.text(advice),
    asked=_asked,
    redraw=_redraw,
    article=lambda _advice: None,
    again=lambda _advice, _same: "征求您的意见已一个工作日，请答复：",
    silent=lambda advice, _same, _roster: notices.silent(advice),
)


async def drop_if_decided(work: UnitOfWork, id: int) -> bool:
    """Whether nobody waits for it any more; its card says so then."""
    advice = await work.lock(Advice, id)
    if advice.open and not await bearing(work, advice.card, ASK):
        advice.is_moot(work.now)
        await bring_up_to_date(work, advice)
    return not advice.open


async def silence(work: UnitOfWork, id: int) -> None:
    """Its silence is looked at, where somebody still waits for it."""
    if not await drop_if_decided(work, id):
        advice = await work.lock(Advice, id)
        await ADVICE.remind_and_escalate(work, advice)
        await bring_up_to_date(work, advice)


async def todo(work: UnitOfWork, official: Official) -> list[Notice]:
    """The views that are asked of them, or of whom they stand in for."""
    now = await absences(work)
    return [
        replace(notices.asked(one), to=official)
        for one in await advices_of(work, [official, *now.absent])
        if now.may_decide(official, one.adviser, one.asked_by, ADVICE.code)
    ]
