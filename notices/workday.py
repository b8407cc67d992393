"""Answers about working days (工作日): the day, how it was counted, and whether that is still 暂定."""

from datetime import date, datetime

from markupsafe import Markup, escape

from rules.dates.reading import say_day
from rules.dates.workday_question import EXAMPLES, Count, OneDay, Question, Stretch
from rules.periods import Periods
from rules.received import last_of
from rules.working_days import DAY, Calendar, shanghai_day

_AHEAD = 60
"""How many days ahead the overview looks for festivals and make-up days."""
_LISTED = 10
"""Special days listed at most: a phone screen."""


def answer(question: Question, calendar: Calendar, now: datetime, periods: Periods) -> Markup:
    """The answer to one question."""
    match question:
        case Count():
            return _counted(question, calendar, now, periods)
        case OneDay():
            return _one_day(question.day, calendar, now)
        case Stretch():
            return _stretch(question, calendar, now)


def overview(calendar: Calendar, now: datetime, periods: Periods) -> Markup:
    """What bare /workday shows: today, the next working days, what is coming, and how to ask."""
    today = shanghai_day(now)
    works = "上班" if calendar.is_working(today) else "休息"
    coming = [today + step * DAY for step in range(1, _AHEAD + 1)]
    lines = [
        Markup("<b>工作日</b>"),
        Markup("今天{}{}，{}。").format(say_day(today, now), _special(calendar, today), works),
        Markup("接下来：{}。").format("、".join(_next_few(calendar, today))),
        *_months(calendar, today),
        *_special_days(calendar, coming, now),
        *_cut_off(periods),
        Markup("\n可以这样问："),
        *[Markup("· <code>{}</code>").format(example) for example in EXAMPLES],
    ]
    return Markup("\n").join(lines)


def _next_few(calendar: Calendar, today: date) -> list[str]:
    said: list[str] = []
    day = today
    for _ in range(3):
        day = calendar.next_working(day)
        said.append(f"{day.month}月{day.day}日({calendar.label(day)})")
    return said


def _months(calendar: Calendar, today: date) -> list[Markup]:
    """What is left of this month in working days, and what the next has."""
    begins = (today.replace(day=1) + 31 * DAY).replace(day=1)
    ends = (begins + 31 * DAY).replace(day=1) - DAY
    left = calendar.working_between(today + DAY, begins - DAY)
    whole = calendar.working_between(begins, ends)
    return [
        Markup("{}月还有{}个工作日（今天不算），{}月{}个{}。").format(
            today.month, left, begins.month, whole, _mark(calendar, begins, ends)
        )
    ]


def _cut_off(periods: Periods) -> list[Markup]:
    """The office's own rule for what is received late in the day, where it has one."""
    if periods.cut_off is None:
        return []
    rule = Markup("{}以后或休息日收到的，按次一工作日收到计（办公室规定）。")
    return [rule.format(periods.receipt_cut_off)]


def _counted(question: Count, calendar: Calendar, now: datetime, periods: Periods) -> Markup:
    if question.unit == "天" and not question.backwards:
        day = question.start + question.count * DAY
        return _one_day(day, calendar, now)
    if question.unit == "天":
        deadline = calendar.days_before(question.start, question.count)
    elif question.backwards:
        deadline = calendar.before(question.start, question.count)
    else:
        deadline = calendar.after(question.start, question.count)
    mark = "，暂定" if deadline.provisional else ""
    head = Markup("<b>{}</b>{}{}").format(say_day(deadline.day, now), _special(calendar, deadline.day), mark)
    lines = [head, escape(deadline.explain("当日"))]
    if deadline.unit == "工作日" and not deadline.backwards:
        lines += _received_late(question, calendar, periods)
    return Markup("\n").join(lines)


def _received_late(question: Count, calendar: Calendar, periods: Periods) -> list[Markup]:
    """Where the period would end for what is received that day after the office's cut-off."""
    receipt = last_of(question.start, calendar, periods)
    if not receipt.moved:
        return []
    deadline = calendar.after(receipt.day, question.count)
    when = f"{periods.receipt_cut_off}以后" if calendar.is_working(question.start) else ""
    start, counts = question.start, receipt.day
    return [
        Markup("从收到起算的，{}月{}日{}收到按次一工作日（{}月{}日）收到计（办公室规定），到{}。").format(
            start.month, start.day, when, counts.month, counts.day, deadline.label
        )
    ]


def _one_day(day: date, calendar: Calendar, now: datetime) -> Markup:
    name = calendar.name_of(day)
    head = Markup("<b>{}</b>").format(say_day(day, now))
    if calendar.is_working(day):
        line = Markup("{}上班{}。").format(head, "，补班" if name == "补班" else "")
    else:
        why = "，周末" if name.startswith("周") else "" if name == "放假" else f"，{name}"
        following = calendar.next_working(day)
        line = (
            Markup("{}放假{}。").format(head, why)
            if why != "，周末"
            else Markup("{}休息{}。").format(head, why)
        )
        line += Markup("\n之后的工作日：{}{}。").format(
            say_day(following, now), _special(calendar, following)
        )
    if (awaited := calendar.awaits(day)) is not None:
        line += Markup("\n（暂定：{}年放假安排尚未公布）").format(awaited)
    elif added := calendar.additions.get(day):
        line += Markup("\n依据：{}").format(added.source)
    return line


def _stretch(question: Stretch, calendar: Calendar, now: datetime) -> Markup:
    first, last = question.first, question.last
    count = calendar.working_between(first, last)
    if question.month:
        year = f"{first.year}年" if first.year != shanghai_day(now).year else ""
        head = Markup("<b>{}{}月</b>有<b>{}</b>个工作日{}。").format(
            year, first.month, count, _mark(calendar, first, last)
        )
    else:
        head = Markup("{}至{}有<b>{}</b>个工作日{}。").format(
            say_day(first, now), say_day(last, now), count, _mark(calendar, first, last)
        )
    days = [first + step * DAY for step in range((last - first).days + 1)]
    return Markup("\n").join([head, *_special_days(calendar, days, now)])


def _special_days(calendar: Calendar, days: list[date], now: datetime) -> list[Markup]:
    """One line for each run of days off that is not a plain weekend, and for each day made up."""
    runs: list[tuple[str, date, date]] = []
    for day in days:
        name = calendar.name_of(day)
        if name.startswith("周"):
            continue
        if runs and runs[-1][0] == name != "补班" and runs[-1][2] == day - DAY:
            runs[-1] = (name, runs[-1][1], day)
        else:
            runs.append((name, day, day))
    lines = []
    for name, first, last in runs[:_LISTED]:
        what = name if name in {"补班", "放假"} else f"{name}放假"
        until = f"至{say_day(last, now)}" if last != first else ""
        lines.append(
            Markup("{}{}：{}{}").format(say_day(first, now), until, what, _mark(calendar, first, last))
        )
    if len(runs) > _LISTED:
        lines.append(Markup("……"))
    return lines


def _special(calendar: Calendar, day: date) -> str:
    """What sets the day apart, behind its weekday: 补班, 国庆节, else nothing."""
    name = calendar.name_of(day)
    return "" if name.startswith("周") else name


def _mark(calendar: Calendar, first: date, last: date) -> str:
    provisional = any(calendar.is_provisional(first + step * DAY) for step in range((last - first).days + 1))
    return "（暂定）" if provisional else ""
