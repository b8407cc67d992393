"""Dates as people write them, and as they are said to people. Days and hours are Shanghai's.

A text is put into one spelling (date_words), taken to pieces (date_tokens), gathered into points
(time_points) and read for what is asked: a day, a moment, a sitting from one time to another, a span of half
days. What can be read in one way only is the value. What can be read in several, or says more than was
understood, is asked about with `Unsure`; only what means nothing is `Unreadable`.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, TypeVar

from rules.dates.clock import AFTERNOON, EVENING
from rules.dates.half_days import SPAN_LIKE, Half, HalfDaySpan, forward, read_spans
from rules.dates.meaning import Place
from rules.dates.points import Apart, Point, apart
from rules.dates.stretches import spans
from rules.dates.tokens import tokens
from rules.dates.words import LONGEST, NoSuchDay, Unreadable, clean, clip, plain
from rules.refused import Refused, Unsure
from rules.working_days import DAY, SHANGHAI, Calendar, weekday

__all__ = [
    "Half",
    "HalfDaySpan",
    "Now",
    "Sitting",
    "moment_words",
    "parse_day",
    "parse_end",
    "parse_moment",
    "parse_sitting",
    "parse_span",
    "say_day",
    "say_moment",
    "say_sitting",
]

Now = date | datetime
"""Today, or an aware instant that lies in it."""

T = TypeVar("T")

_NOON: Final = timedelta(hours=12)
_DAY_LIKE: Final = "12月1日"
_MOMENT_LIKE: Final = "12月3日 14:30"
_OFFERED: Final = 4
"""So many readings are offered; of more, none is likelier than writing it again."""


def moment_words(moment: datetime) -> str:
    """An instant on a Beijing clock: 12月1日 09:30."""
    local = moment.astimezone(SHANGHAI)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def month_day(day: date, after: date | None = None) -> str:
    """11月23日; after a day of the same month 25日, of another year with the year."""
    if after and (day.year, day.month) == (after.year, after.month):
        return f"{day.day}日"
    year = f"{day.year}年" if after and day.year != after.year else ""
    return f"{year}{day.month}月{day.day}日"


def day_in_full(day: date) -> str:
    """2026年12月1日, as on paper."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment_in_full(moment: datetime) -> str:
    """An instant on a Beijing clock, as on paper: 2026年12月1日 09:30."""
    local = moment.astimezone(SHANGHAI)
    return f"{day_in_full(local.date())} {local:%H:%M}"


@dataclass(frozen=True)
class Sitting:
    """From one time to another, as aware UTC; `until` is None where no end was written."""

    start: datetime
    until: datetime | None = None


def parse_day(text: str, now: Now, *, past: bool = False, calendar: Calendar | None = None) -> date:
    """The day meant by 12月1日, 2026-12-01, 12.1, 明天, 下周三, 春节.

    Without a year it is this year's, or next year's when this year's is more than about two months past: on
    23 November 1月4日 is the coming one, 11月20日 the one gone by (which the caller refuses). With `past`,
    what is asked for has happened: the latest such day. Raises Unsure, Unreadable or another `Refused`.
    """
    said, made = _taken_apart(text, _DAY_LIKE)
    place = Place(_today(now), past=past, calendar=calendar)
    with_day = [point for point in made.points if point.words]
    if not with_day:
        if made.stretches:
            raise _a_day_of(said, made, place, now)
        raise Unreadable(f"看不懂「{clip(said)}」这个日期", _DAY_LIKE)
    found: list[date] = []
    with _that_exist(_DAY_LIKE):
        for point in with_day:
            near = found[0] if found and made.spanning else None
            found += point.days(replace(place, near=near))
    doubtful = made.doubtful or bool(made.length) or len(made.points) > 1
    why = made.at_odds(place)
    open_ones = found if past else _not_gone(found, lambda day: day, place.today)
    doubtful = doubtful or len(set(found)) > 1
    return _settled(said, open_ones, lambda day: _offered(day, now), doubtful=doubtful, why=why)


def parse_moment(text: str, now: Now, *, past: bool = False, calendar: Calendar | None = None) -> datetime:
    """The moment, as aware UTC, meant by 12月3日 14:30, 12.3下午2点半, 明天9点, 下午3点 (today's).

    Of a time from one hour to another the beginning is offered. `past` and what is raised as in `parse_day`.
    """
    said, made = _taken_apart(text, _MOMENT_LIKE)
    place = Place(_today(now), past=past, calendar=calendar)
    found, doubtful = _beginnings(said, made, now, place)
    doubtful = doubtful or made.spanning or made.listed
    why = made.at_odds(place)
    return _settled(said, found, lambda moment: say_moment(moment, now), doubtful=doubtful, why=why)


def parse_sitting(text: str, now: Now, *, past: bool = False, calendar: Calendar | None = None) -> Sitting:
    """A moment, or from one to another: 12月3日 14:30至17:00, 12月3日下午2点—4点, 12月9日9:00至12月10日12:00.

    An end without its part of the day is the first after the beginning: 5点 after 14:30 is 17:00. One that
    is not after it at all is left so, for the caller to refuse.
    """
    said, made = _taken_apart(text, _MOMENT_LIKE)
    place = Place(_today(now), past=past, calendar=calendar)
    starts, doubtful = _beginnings(said, made, now, place)
    sittings = [Sitting(start) for start in starts]
    if made.spanning and len(made.points) == 2 and not made.listed and made.points[1].clock:
        first, last = made.points
        with _that_exist(_MOMENT_LIKE):
            ends = [_end_after(start, last, place, part=first.part) for start in starts]
        sittings = [Sitting(start, end) for start, (end, _) in zip(starts, ends, strict=True)]
        doubtful = doubtful or any(odd for _, odd in ends)
    else:
        doubtful = doubtful or made.listed or made.spanning
    why = made.at_odds(place)
    return _settled(said, sittings, lambda each: say_sitting(each, now), doubtful=doubtful, why=why)


def parse_end(text: str, start: datetime, now: Now, calendar: Calendar | None = None) -> datetime:
    """When what begins at `start` ends: 17:00, 下午5点, 次日1:00, 12月11日17:00; as in `parse_sitting`."""
    said, made = _taken_apart(text, _MOMENT_LIKE)
    if len(made.points) != 1 or made.points[0].clock is None:
        raise Unreadable(f"「{clip(said)}」没有写清几点", _MOMENT_LIKE)
    with _that_exist(_MOMENT_LIKE):
        until, odd = _end_after(start, made.points[0], Place(_today(now), calendar=calendar))
    return _settled(said, [until], lambda moment: say_moment(moment, now), doubtful=made.doubtful or odd)


def parse_span(text: str, now: Now, calendar: Calendar | None = None) -> HalfDaySpan:
    """The span meant by 12月1日至12月3日, 12月1日下午到3日上午, 明天, 12月1日起3天, 12月1日、2日, 下周末.

    A day alone is from its morning to its afternoon. The end is read from the start on: 12月30日至1月4日
    goes over the new year. A stated length (共3天) must be right. With `calendar`, 国庆假期 is offered as
    the days off there are.
    """
    said, made = _taken_apart(text, SPAN_LIKE)
    if made.dangling and made.points:
        raise Unreadable(f"「{clip(said)}」没有写全从哪天到哪天", SPAN_LIKE)
    with _that_exist(SPAN_LIKE):
        found, doubtful = read_spans(said, made, _today(now), calendar)
    ahead = [span for span in found if forward(span)]
    if not ahead:
        why = "结束时间早于开始时间" if found else f"看不懂「{clip(said)}」这个时间"
        raise Unreadable(why, SPAN_LIKE)
    if made.length >= 1 and len(ahead) == 1 and len(made.points) == 2:
        _check_length(ahead[0], made.length)
    why = made.at_odds(Place(_today(now), calendar=calendar))
    open_ones = _not_gone(ahead, lambda span: span.start, _today(now))
    doubtful = doubtful or len(set(ahead)) > 1
    return _settled(said, open_ones, lambda span: _say_span(span, now), doubtful=doubtful, why=why)


def _check_length(span: HalfDaySpan, stated: float) -> None:
    length = span.days
    if stated not in ((span.end - span.start).days + 1, length):
        raise Refused(f"{say_day(span.start)}至{say_day(span.end)}是{length:g}天，不是{stated:g}天，请核对。")


# ---------------------------------------------------------------- from text to points


def _taken_apart(text: str, example: str) -> tuple[str, Apart]:
    said = clean(text)
    if not said:
        raise Unreadable("没有写时间", example)
    if len(said) > LONGEST:
        raise Unreadable(f"看不懂「{clip(said)}」这个时间", example)
    made = apart(tokens(plain(said)))
    counted = any("工作日" in text for text in made.stretches) or any(
        "个工作日" in text for text in made.rest
    )
    if counted and (made.points or made.rest):  # 12月1日起3个工作日: neither that day nor any other beside it
        raise Unreadable(f"「{clip(said)}」要数工作日，没有写明是几月几日", example)
    return said, made


@contextmanager
def _that_exist(example: str) -> Iterator[None]:
    """Of days and hours that there are none of it is said which."""
    try:
        yield
    except NoSuchDay as none:
        what = "没有这个时间" if any(sign in none.message for sign in ":点") else "没有这一天"
        raise Unreadable(f"「{clip(none.message.strip())}」{what}", example) from None


def _not_gone(found: list[T], first: Callable[[T], date], today: date) -> list[T]:
    """The readings that have not gone by, where there are such: nobody is offered what is past."""
    return [each for each in found if first(each) >= today] or found


def _settled(said: str, found: Iterable[T], say: Callable[[T], str], *, doubtful: bool, why: str = "") -> T:
    """The one reading there is; several, or a doubtful one, are asked about. `why` is said instead."""
    readings = list(dict.fromkeys(found))
    if len(readings) == 1 and not doubtful:
        return readings[0]
    words = [say(each) for each in readings]
    asked = "，还是".join(words[:2])
    raise Unsure(why or f"「{clip(said)}」是{asked}？", words[:_OFFERED])


# ---------------------------------------------------------------- days and moments


def _a_day_of(said: str, made: Apart, place: Place, now: Now) -> Refused:
    """What is longer than a day: its days where they are few, else from when to when it is."""
    found = spans(made.stretches[0], place, None)
    few = [first + step * DAY for first, last in found[:1] for step in range((last - first).days + 1)]
    if len(few) == 1:
        return Unsure(f"「{clip(said)}」是{say_day(few[0], now)}？", [say_day(few[0], now)])
    if 1 < len(few) <= 3:
        return Unsure(f"「{clip(said)}」是哪一天", [say_day(day, now) for day in few])
    if found:
        first, last = found[0]
        return Unreadable(
            f"「{clip(said)}」是{say_day(first, now)}至{say_day(last, now)}，没有写是哪一天", _DAY_LIKE
        )
    return Unreadable(f"「{clip(said)}」没有写是哪一天", _DAY_LIKE)


def _beginnings(said: str, made: Apart, now: Now, place: Place) -> tuple[list[datetime], bool]:
    """The moments that may be meant by the points (of a span: by its first), and whether to ask."""
    points = made.points[:1] if made.spanning else made.points
    found: list[datetime] = []
    doubtful = made.doubtful or bool(made.length)
    with _that_exist(_MOMENT_LIKE):
        for point in points:
            days = point.days(place) or (() if made.stretches else (place.today,))
            clocks = point.clocks()
            doubtful = doubtful or not point.plain_clock
            found += [_instant(day, since) for day in days for since in clocks]
    if not found:
        understood = any(point.words for point in points) or bool(made.stretches)
        missing = "是哪一天" if any(point.clock for point in points) else "几点"
        raise Unreadable(
            f"「{clip(said)}」没有写清{missing}" if understood else f"看不懂「{clip(said)}」这个时间",
            _MOMENT_LIKE,
        )
    if isinstance(now, datetime) and len(found) > 1:
        open_ones = [moment for moment in found if (moment <= now) == place.past]
        found = open_ones or found
        doubtful = True
    return found, doubtful


def _end_after(start: datetime, point: Point, place: Place, *, part: str = "") -> tuple[datetime, bool]:
    """The first reading after the start (5点 after 14:30 is 17:00), and whether it is to be asked about.

    `part` is the part of the day written with the start: after 下午2点, 8点 needs no asking. If no reading is
    after the start, it is the first all the same.
    """
    local = start.astimezone(SHANGHAI)
    days = point.days(replace(place, near=local.date(), past=False)) or (local.date(),)
    plain = [_instant(day, since) for day in days for since in point.clocks()]
    later = [end for end in plain if end > start]
    clock = point.clock
    if later or point.part or clock is None or clock.padded or clock.hour >= 12:
        return min(later, default=plain[0]), False
    evening = [end for each in plain if (end := each + _NOON) > start]
    asked = clock.hour > 6 and part not in AFTERNOON | EVENING
    return min(evening, default=plain[0]), asked and bool(evening)


def _instant(day: date, since_midnight: timedelta) -> datetime:
    return (datetime.combine(day, time(), SHANGHAI) + since_midnight).astimezone(UTC)


# ---------------------------------------------------------------- said to people


def _today(now: Now) -> date:
    return now.astimezone(SHANGHAI).date() if isinstance(now, datetime) else now


def say_day(day: date, now: Now | None = None) -> str:
    """12月1日（周二）, with the year before it when that is not this year; never without `now`."""
    year = f"{day.year}年" if now is not None and day.year != _today(now).year else ""
    return f"{year}{day.month}月{day.day}日（{weekday(day)}）"


def say_moment(moment: datetime, now: Now | None = None) -> str:
    """12月3日（周四）14:30, in Shanghai time; the year as in `say_day`."""
    local = moment.astimezone(SHANGHAI)
    return f"{say_day(local.date(), now)}{local:%H:%M}"


def say_sitting(sitting: Sitting, now: Now | None = None) -> str:
    """12月3日（周四）14:30至17:00, with the day before the end where it is another."""
    said = say_moment(sitting.start, now)
    if sitting.until is None:
        return said
    same = sitting.start.astimezone(SHANGHAI).date() == sitting.until.astimezone(SHANGHAI).date()
    until = f"{sitting.until.astimezone(SHANGHAI):%H:%M}" if same else say_moment(sitting.until, now)
    return f"{said}至{until}"


def _offered(day: date, now: Now) -> str:
    """As `say_day`, with the year of what has gone by as well: read again without it, it may be the next."""
    year = f"{day.year}年" if day < _today(now) and day.year == _today(now).year else ""
    return year + say_day(day, now)


def _say_span(span: HalfDaySpan, now: Now) -> str:
    """12月1日（周二）下午至12月3日（周四）; whole days leave the halves out."""
    start, end = _offered(span.start, now), _offered(span.end, now)
    if span.start == span.end:
        return start + (span.start_half.value if span.start_half is span.end_half else "")
    first = Half.PM.value if span.start_half is Half.PM else ""
    last = Half.AM.value if span.end_half is Half.AM else ""
    return f"{start}{first}至{end}{last}"
