"""What the clock does for 会签: the period begins with the delivery, nudges, and what silence comes to.

Silence is consent (art. 63) only for a draft, only with proof of delivery, only after 24:00 of the last day,
and only while the bot can be reached: an answer that is on its way goes first.
"""

import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Final

from jobs.countersign import reminders
from matters.countersign import clock
from matters.countersign import delivery as delivery_matter
from matters.countersign.show import bring_up_to_date
from notices.countersign import clock as notices
from notices.countersign import delivery
from notices.notice import State
from rules.countersign.clock import (
    DEEMED_TOLD,
    OVERDUE,
    TOLD,
    Nudge,
    Step,
    due_now,
    nudge_due,
    presses,
    runs,
    step_due,
    told_of,
)
from rules.countersign.consultation import Consultation, Delivery
from rules.countersign.matter import Countersign, CountersignState
from rules.outage import Outage, stretch
from rules.working_days import Calendar
from storage.database_unavailable import is_away
from storage.queries.countersign.clock import (
    AT_ONCE,
    due_sheets,
    look_at,
    matter,
    put_off,
    reschedule,
    running,
    sheets,
    wants,
)
from storage.queries.countersign.people import People
from storage.queries.countersign.sheets import find
from storage.queries.outage import NEVER, judged_before, outages_since
from storage.queries.sent import keys_beginning
from storage.receipt import Receipt, Sending, sendings
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=1)
"""So long is waited, again and again, where silence may not be judged yet, or a sheet was at fault."""
_LONG_AGO: Final = NEVER


# ---------------------------------------------------------------- delivery


async def receipt(work: UnitOfWork, consultation_id: int, got: Receipt) -> None:
    """A card of the unit was accepted by Telegram, or refused for good.

    Whatever else of the sheet is settled by now is taken along: sixty units take one round, not sixty.
    """
    if not await wants(work, consultation_id, got):
        return
    found = await find(work, consultation_id)
    if found is None:
        return
    sheet = found[0]
    people, waiting = await People.of(work), {matter(one): one for one in sheet.waiting}
    fates: dict[str, list[Sending]] = defaultdict(list)
    for sending in await sendings(work, waiting.keys()):
        fates[sending.receipt.matter].append(sending)
    begun = [one for name, one in waiting.items() if await _begin(work, sheet, one, fates[name], people)]
    if begun:
        await bring_up_to_date(work, sheet, *begun)
    for name, one in waiting.items():
        await _unreached(work, sheet, one, fates[name], people)
        await reminders.settle(work, sheet, one, fates[name], people)


async def _begin(
    work: UnitOfWork, sheet: Countersign, one: Consultation, fates: Sequence[Sending], people: People
) -> bool:
    """The period begins with the first delivery to somebody who may answer; whether it has just begun."""
    entitled = {official.id: official for official in people.entitled(one)}
    proofs = [
        (each.receipt.sent_at, each.receipt.row_id, each.receipt)
        for each in fates
        if each.receipt.sent_at is not None and each.receipt.official_id in entitled
    ]
    if one.delivered_at is not None or not proofs:
        return False
    at, _, proof = min(proofs)
    to = entitled[proof.official_id or 0]
    return await delivery_matter.start(work, sheet, one, Delivery(at, to, proof.message_id))


async def _unreached(
    work: UnitOfWork, sheet: Countersign, one: Consultation, fates: Sequence[Sending], people: People
) -> None:
    """Whom Telegram would not take it for: the office is told, in one message for all of the unit."""
    got = {each.receipt.official_id for each in fates if each.state is State.SENT}
    lost = {each.receipt.official_id for each in fates if each.state is State.FAILED} - got
    if not lost or any(each.under_way for each in fates):
        return
    if one.delivered_at is not None and got:
        told = delivery.named_in(await keys_beginning(work, delivery.missed_key(one)))
        new = [o for o in map(people.roster.by_id, sorted(filter(None, lost - told))) if o]
        for start in range(0, len(new), delivery.NAMED_AT_ONCE):
            some = new[start : start + delivery.NAMED_AT_ONCE]
            await work.send(*delivery.missed(sheet, one, some, people.roster))
    elif one.delivered_at is None and one.unreachable_at is None:
        one.nobody_reached(work.now)
        await work.note(
            None,
            "countersign.unreachable",
            f"countersign:{sheet.id}",
            article=sheet.kind.article,
            detail={"unit": one.unit.name},
        )
        lead = people.lead(sheet)
        await work.send(*delivery.unreachable(sheet, one, people.entitled(one), lead, people.roster))
        await bring_up_to_date(work, sheet)


# ---------------------------------------------------------------- the clock comes


async def look(work: UnitOfWork, _minute: int) -> None:
    """Meet everything that is due: nudges, silence, signatures that are missing.

    One sheet that is at fault holds up no other; it is looked at again a minute later.
    """
    ids = await due_sheets(work)
    if not ids:
        return
    round_ = Round(work, await judged_before(work))
    judged = await sheets(work, ids)
    if not await _unharmed(work, "all together", round_.judge(judged)):
        judged = await sheets(work, [id for id in ids if await _alone(work, id, round_.judge)])
    for sheet in judged:
        if round_.due(sheet):
            await _alone(work, sheet.id, round_.remind_and_escalate)
    await look_at(work, {work.now} if len(ids) == AT_ONCE else set())


async def _alone(
    work: UnitOfWork, id: int, deed: Callable[[Sequence[Countersign]], Coroutine[None, None, None]]
) -> bool:
    """Do it for this sheet, read anew; where it fails it is put off."""
    unharmed = await _unharmed(work, id, deed(await sheets(work, [id])))
    if not unharmed:
        await put_off(work, id, work.now + PATIENCE)
    return unharmed


async def _unharmed(work: UnitOfWork, which: int | str, deed: Coroutine[None, None, None]) -> bool:
    """Do it; False where it failed and has left nothing behind. Only a database that is away stops all."""
    try:
        async with work.savepoint():
            await deed
    except Exception as error:
        if is_away(error):
            raise
        log.exception("countersign %s could not be looked at", which)
        return False
    return True


class Round:
    """One coming of the clock; who is who is read once, and only if somebody has to be told."""

    def __init__(self, work: UnitOfWork, judged_before: datetime) -> None:
        self.work = work
        self.judged_before = judged_before
        self._people: People | None = None

    async def people(self) -> People:
        """Whom it concerns."""
        if self._people is None:
            self._people = await People.of(self.work)
        return self._people

    async def judge(self, found: Sequence[Countersign]) -> None:
        """Enter silence as consent where its time has come, on as many sheets as there are."""
        async with self.work.batched():
            for sheet in found:
                lapsed = [one for one in self._silent(sheet) if self._may_judge(one)]
                for one in lapsed:
                    sheet.lapse(one, self.work.now)
                if lapsed:
                    await clock.lapsed(self.work, sheet, lapsed)

    def due(self, sheet: Countersign) -> list[Consultation]:
        """What of the sheet is to be looked at now."""
        now = self.work.now
        return [one for one in sheet.consultations if one.clock_at is not None and one.clock_at <= now]

    async def remind_and_escalate(self, found: Sequence[Countersign]) -> None:
        """Nudge, tell further up, and say when the sheets are to be looked at next."""
        now = self.work.now
        for sheet in found:
            silent = self._silent(sheet)  # and may not be judged yet
            others = [one for one in self.due(sheet) if one not in silent]
            await self._nudge(sheet, others)
            await self._escalate(sheet, others)
            if others:
                await reschedule(self.work, sheet, *others)
            for one in silent:
                one.look_at(now + PATIENCE)
            if silent:
                await look_at(self.work, {now + PATIENCE})

    def _silent(self, sheet: Countersign) -> list[Consultation]:
        return [one for one in sheet.consultations if sheet.may_lapse(one, self.work.now)]

    def _may_judge(self, one: Consultation) -> bool:
        return one.closes_at is not None and one.closes_at <= self.judged_before

    async def _nudge(self, sheet: Countersign, those: Sequence[Consultation]) -> None:
        work = self.work
        calendar, settings = await work.calendar(), work.office.settings
        for one in those:
            what = nudge_due(sheet, one, work.now, calendar, settings.hours) if runs(sheet, one) else None
            if what is None:
                continue
            people = await self.people()
            last = what in (Nudge.LAST, Nudge.HOUR) and one.asked is not None and one.asked.telegram_id
            near = [one.asked, one.passed_to] if last else people.turn(one)  # by then it is for who signs
            whom = [each for each in dict.fromkeys(near) if each is not None and each.telegram_id is not None]
            one.nudged(work.now, what)
            if not whom:  # the office rings them
                await reminders.lost(work, sheet, one, work.now, what, people)
                continue
            await work.send(
                *notices.nudge(sheet, one, what, whom, settings.periods, calendar, settings.hours)
            )

    async def _escalate(self, sheet: Countersign, those: Sequence[Consultation]) -> None:
        work = self.work
        calendar, settings = await work.calendar(), work.office.settings
        first: list[Consultation] = []
        for one in those:
            step = step_due(sheet, one, work.now, calendar, settings.hours)
            if step is None:
                continue
            people = await self.people()
            first += [one] if step is Step.HEAD else []
            pressed = presses(one, step, work.now, calendar)
            one.escalated(work.now, step)
            if pressed:
                whom = people.unit(one) if step is Step.HEAD else people.signer(one)
                await work.send(*notices.overdue(sheet, one, whom, settings.periods))
            leader = people.leader(one)
            if step is not Step.HEAD and leader is not None:
                await work.timer(OVERDUE, leader.id, work.now)
            await work.note(
                None,
                "countersign.overdue",
                f"countersign:{sheet.id}",
                article=sheet.article_of(one),
                detail={"unit": one.unit.name, "step": step},
            )
        if first:
            await self.tell_lead(sheet, first)

    async def tell_lead(self, sheet: Countersign, unsigned: Sequence[Consultation] = ()) -> None:
        """One notice to the lead unit of all that the end of a period has brought, to each unit its own.

        Whatever comes first that morning, a missing signature or the word of who consented, brings both.
        """
        work, periods = self.work, self.work.office.settings.periods
        untold = [one for one in sheet.current if one.deemed and not told_of(one)]
        if not untold and not unsigned:
            return
        people = await self.people()
        for one in untold:
            one.escalated(work.now, DEEMED_TOLD)
            await work.send(*notices.deemed_to_unit(sheet, one, people.signer(one), periods))
        if unsigned:
            await bring_up_to_date(work, sheet)
        await work.send(*notices.period_over(sheet, untold, unsigned, people.lead(sheet), periods))


async def tell(work: UnitOfWork, sheet_id: int) -> None:
    """At the opening: the lead unit and the units hear whose silence has become consent."""
    sheet = await work.lock(Countersign, sheet_id)
    hours, calendar = work.office.settings.hours, await work.calendar()
    opening = hours.next_opening(calendar, work.now)
    if opening > work.now:  # days have changed, or after a stop
        await work.timer(TOLD, sheet.id, opening)
        return
    if sheet.state not in (CountersignState.OPEN, CountersignState.CLOSED):
        return
    round_ = Round(work, await judged_before(work))
    if round_.due(sheet):  # signatures are missing as well
        await round_.remind_and_escalate([sheet])
    await round_.tell_lead(sheet)


# ---------------------------------------------------------------- the end of the period moves


async def after_outage(work: UnitOfWork, _outage: Outage) -> None:
    """The bot could not receive: what that took of open periods is added back, at once and silently."""
    await _reckon(work, await outages_since(work, _LONG_AGO))


async def tell_after_outage(work: UnitOfWork, outage: Outage) -> Sequence[str]:
    """In office hours: those whose period it moved hear it, and the lead unit; a line for each."""
    lines: list[str] = []
    away = stretch(outage)
    people = await People.of(work)
    cause = f"{away}机器人未能收取消息"
    async for sheet in _running(work):
        for one in sheet.waiting:
            if one.due is None or away not in one.due_explained:
                continue
            told = notices.put_off(sheet, one, cause, people.unit(one), people.lead(sheet))
            await work.send(*told)
            lines.append(f"{sheet.matter}，{one.unit.name}：顺延至{one.due_label}")
    return lines


async def recount(work: UnitOfWork, _old: Calendar, _new: Calendar) -> list[str]:
    """Working days have changed: periods are counted anew; whose end moved hears it, a line each."""
    people = await People.of(work)
    lines: list[str] = []
    for sheet, one, was in await _reckon(work, await outages_since(work, _LONG_AGO)):
        told = notices.moved(sheet, one, was, people.unit(one), people.lead(sheet))
        await work.send(*told)
        lines.append(f"{sheet.matter}，{one.unit.name}：{was}改为{one.due_label}")
    return lines


async def _reckon(work: UnitOfWork, missing: Sequence[Outage]) -> list[tuple[Countersign, Consultation, str]]:
    """Count every running period anew; those whose end has moved, with the old label.

    The card is redrawn where only the words have changed too (暂定 falls away when the days are known).
    """
    calendar, settings = await work.calendar(), work.office.settings
    moved: list[tuple[Countersign, Consultation, str]] = []
    async for sheet in _running(work):
        changed: list[Consultation] = []
        for one in sheet.waiting:
            due = due_now(sheet, one, missing, calendar, settings.hours, settings.periods)
            if due is None or due == one.due:
                continue
            was, label = one.closes_at, one.due_label
            one.put_due(due)
            changed.append(one)
            if was != due.closes_at:
                moved.append((sheet, one, label))
                await work.note(
                    None,
                    "countersign.due",
                    f"countersign:{sheet.id}",
                    article=sheet.kind.article,
                    detail={"unit": one.unit.name, "was": label, "now": due.label, "how": due.explained},
                )
        if changed:
            await bring_up_to_date(work, sheet, *changed)
    return moved


async def _running(work: UnitOfWork) -> AsyncIterator[Countersign]:
    """Every sheet with a unit whose period runs, many at a time."""
    ids = await running(work)
    for begin in range(0, len(ids), AT_ONCE):
        for sheet in await sheets(work, ids[begin : begin + AT_ONCE]):
            yield sheet
