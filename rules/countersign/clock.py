"""When the clock looks at a consulted unit, and what it then does (art. 53, 59, 61, 63).

Nudges go to who has not answered: at the opening one working day before the last day, at the opening of the
last day, and on it at 15:00. Where the last day is a rest day they come on the working day before it, and
where the lead unit has set an hour the last comes an hour of office time before it: earlier, never later.
After 24:00 of the last day silence is consent for a draft; a topic or a request wants a signature, and the
legal reviewer's opinion has no substitute: there it is only told further up, each working morning. Nothing
here knows of chats or tables.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from rules.countersign.consultation import Consultation
from rules.countersign.due import Due, due_after, due_on
from rules.countersign.extension import ExtensionState
from rules.countersign.matter import Countersign, CountersignState
from rules.dates.reading import moment_words
from rules.hours import OfficeHours
from rules.outage import Outage, last_day_after, stretch
from rules.periods import Periods
from rules.received import received
from rules.working_days import Calendar, shanghai_day

CLOCK: Final = "countersign.clock"
"""Timer of a minute (counted from 1970): some consultation has then to be looked at."""
TOLD: Final = "countersign.told"
"""Timer of a sheet: at the opening it is told whose silence became consent."""

OVERDUE: Final = "countersign.overdue"
"""Timer of a vice mayor: that morning signatures of units they are in charge of are late."""

DEEMED_TOLD: Final = "已告知视为无不同意见"
"""Stands among the escalations once lead and consulted unit have heard of it."""
LAST_NUDGE: Final = time(15)
BEFORE_HOUR: Final = timedelta(hours=1)
"""So much office time before an hour that was set comes the last reminder, where that is before 15:00."""
BETWEEN: Final = timedelta(hours=2)
"""Where the last reminder would come sooner than this after that of the morning, it takes its place."""
APART: Final = timedelta(hours=4)
"""No nudge comes sooner than this after the delivery: who has just been asked is not pressed."""


class Nudge(StrEnum):
    """A reminder of the bot's own, by its stage; the words stand in the evidence."""

    DAY_BEFORE = "期限前一个工作日"
    MORNING = "期限当日上午"
    LAST = "期限当日15时"
    HOUR = "主办单位要求的时间之前"


class Step(StrEnum):
    """How far up the silence of a unit that has to sign is told; the words stand in the books."""

    HEAD = "主要负责人"
    VICE_MAYOR = "分管副区长"
    OFFICE = "区政府办公室"


STEPS: Final = tuple(Step)


def hour_set(sheet: Countersign, consultation: Consultation) -> datetime | None:
    """The hour that the unit was told as its limit, as aware UTC; None where it was told a day."""
    until = sheet.limit.until
    told = until is not None and consultation.due_label == moment_words(until)
    return until if told and not consultation.extended else None


def last_at_work(
    sheet: Countersign, consultation: Consultation, calendar: Calendar, hours: OfficeHours
) -> date | None:
    """The last working day on which the unit can be reminded before its limit; None before its delivery."""
    if consultation.closes_at is None:
        return None
    last, until = last_day(consultation.closes_at), hour_set(sheet, consultation)
    day = calendar.last_working_on_or_before(last)
    over = until is not None and shanghai_day(until) == last == day and until <= hours.opening(day)
    return calendar.before(day, 1).day if over else day


def nudges(
    sheet: Countersign, consultation: Consultation, calendar: Calendar, hours: OfficeHours
) -> Sequence[tuple[datetime, Nudge]]:
    """When its unit is to be reminded of the end that stands now, as aware UTC, the earliest first.

    Each lies before the limit that it speaks of. Those that would come before the delivery, or right after
    it, are left out: with a very short limit there may be one, or none.
    """
    last = last_at_work(sheet, consultation, calendar, hours)
    if last is None or consultation.closes_at is None or consultation.delivered_at is None:
        return []
    morning, final = hours.opening(last), (hours.nudge_at(calendar, last, LAST_NUDGE), Nudge.LAST)
    stages = [(hours.opening(calendar.before(last, 1).day), Nudge.DAY_BEFORE)]
    until = hour_set(sheet, consultation)
    if until is not None:
        before = (hours.worked_before(calendar, until, BEFORE_HOUR), Nudge.HOUR)
        if shanghai_day(until) < last_day(consultation.closes_at):  # reached so late that it has a day more
            stages.append(before)
        else:
            final = min(before, final)
    if final[0] < morning + BETWEEN:
        stages.append((morning, final[1]))
    else:
        stages += [(morning, Nudge.MORNING), final]
    return [(at, nudge) for at, nudge in stages if at >= consultation.delivered_at + APART]


def nudge_due(
    sheet: Countersign, consultation: Consultation, now: datetime, calendar: Calendar, hours: OfficeHours
) -> Nudge | None:
    """The reminder that is to go out now; None out of office hours, or where the latest stage was sent.

    After a stop only the latest stage is made up for, so reminders never pile up.
    """
    if consultation.closes_at is None or now >= consultation.closes_at or not hours.is_open(calendar, now):
        return None
    begun = [stage for stage in nudges(sheet, consultation, calendar, hours) if stage[0] <= now]
    if not begun:
        return None
    at, nudge = begun[-1]
    own = [when for when, what in consultation.pressed_when if what in set(Nudge)]
    return nudge if not own or own[-1] < at else None


def step_due(
    sheet: Countersign, consultation: Consultation, now: datetime, calendar: Calendar, hours: OfficeHours
) -> Step | None:
    """How far up the silence is to be told this morning; None where it is not, or was told today.

    On the first working morning to the head, on the second to the vice mayor in charge as well, from the
    third on to the office too, until there is an answer.
    """
    if not escalates(sheet, consultation) or not consultation.overdue(now):
        return None
    today, since = shanghai_day(now), consultation.closes_at
    told = [shanghai_day(datetime.fromisoformat(at)) for at, _ in consultation.escalations]
    if today in told or not calendar.is_working(today) or now < hours.opening(today):
        return None
    if now >= hours.closing(today):
        return None
    told_since = {day for day in told if since is not None and day >= shanghai_day(since)}
    return STEPS[min(len(told_since), len(STEPS) - 1)]


def presses(consultation: Consultation, step: Step, now: datetime, calendar: Calendar) -> bool:
    """Whether the clock reminds the unit itself that morning: at each step once, then once a week.

    Those above have it on their list every morning, and press the unit with one tap (办公室规定).
    """
    told = {what for _, what in consultation.escalations}
    return step not in told or calendar.begins_week(shanghai_day(now))


def pressed_when(consultation: Consultation, calendar: Calendar) -> Iterator[datetime]:
    """When the clock reminded the unit itself after its last day."""
    steps = set()
    for written, what in consultation.escalations:
        at = datetime.fromisoformat(written)
        if what not in steps or calendar.begins_week(shanghai_day(at)):
            yield at
        steps.add(what)


def is_new_to_leader(consultation: Consultation, now: datetime) -> bool:
    """Whether who is in charge of the unit hears of its silence for the first time today."""
    above = (Step.VICE_MAYOR, Step.OFFICE)
    told = [at for at, what in consultation.escalations if what in above]
    return bool(told) and all(shanghai_day(datetime.fromisoformat(at)) == shanghai_day(now) for at in told)


def told_of(consultation: Consultation) -> bool:
    """Whether it has been told that its silence was taken for consent, since that was last entered."""
    entered = consultation.answer.at if consultation.answer else None
    return any(
        what == DEEMED_TOLD and (entered is None or datetime.fromisoformat(at) >= entered)
        for at, what in consultation.escalations
    )


def told_overdue(consultation: Consultation) -> bool:
    """Whether it has been told, since the end that stands now, that a signature is missing."""
    ended = consultation.closes_at
    return consultation.waiting and any(
        what in set(Step) and ended is not None and datetime.fromisoformat(at) >= ended
        for at, what in consultation.escalations
    )


def escalates(sheet: Countersign, consultation: Consultation) -> bool:
    """Whether its silence is told further up rather than taken for consent."""
    return runs(sheet, consultation) and not sheet.lapses(consultation)


def runs(sheet: Countersign, consultation: Consultation) -> bool:
    """Whether its period runs: a unit leads the sheet round, there is proof of delivery, no answer."""
    return (
        sheet.state is CountersignState.OPEN
        and sheet.lead_unit.closed_at is None
        and consultation.waiting
        and consultation.delivered_at is not None
        and consultation.closes_at is not None
    )


def next_look(
    sheet: Countersign, consultation: Consultation, now: datetime, calendar: Calendar, hours: OfficeHours
) -> datetime | None:
    """When the clock is to look at it next, strictly after `now`; None where there is nothing to come.

    For a draft whose end is past but not yet entered that is at once (`now`).
    """
    if not runs(sheet, consultation) or consultation.closes_at is None:
        return None
    if consultation.overdue(now):
        if sheet.lapses(consultation):
            return now
        today = hours.opening(shanghai_day(now))
        first = calendar.is_working(shanghai_day(now)) and now < today
        return today if first else hours.opening(calendar.next_working(shanghai_day(now)))
    to_come = [at for at, _ in nudges(sheet, consultation, calendar, hours) if at > now]
    return min([*to_come, consultation.closes_at])


# ---------------------------------------------------------------- the end of the period


def last_day(closes_at: datetime) -> date:
    """The Shanghai day at whose 24:00 the period ends."""
    return shanghai_day(closes_at - timedelta(microseconds=1))


def due_now(
    sheet: Countersign,
    consultation: Consultation,
    outages: Iterable[Outage],
    calendar: Calendar,
    hours: OfficeHours,
    periods: Periods,
) -> Due | None:
    """The end of the unit's period as the calendar and the outages have it now; None before its delivery.

    It runs from the delivery, or from when the lead unit agreed to more time; an outage counts from then on.
    """
    if consultation.delivered_at is None:
        return None
    agreed = [one for one in consultation.extensions if one.state is ExtensionState.AGREED and one.decided_at]
    if agreed:
        since, due = agreed[-1].decided_at, due_on(agreed[-1].until, calendar, agreed[-1].why)
    else:
        since = received(consultation.delivered_at, calendar, periods).since(hours)
        due = due_after(consultation.delivered_at, sheet.limit, calendar, periods)
    if since is None:
        return due
    last, causes = last_day_after(outages, since, last_day(due.closes_at), calendar, hours)
    if not causes:
        return due
    later = due_on(last, calendar)
    away = "、".join(stretch(outage) for outage in causes)
    explained = f"{due.explained}；{away}机器人未能收取消息，顺延至{later.label}"
    return Due(later.closes_at, later.label, explained, due.provisional or later.provisional)
