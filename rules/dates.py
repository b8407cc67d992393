"""Dates as people write them, and as they are said to people. Days and hours are Shanghai's."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from math import ceil
from typing import Final

from rules.date_words import (
    EVENING,
    LONGEST,
    MORNING,
    Found,
    NoSuchDay,
    Unreadable,
    clean,
    clip,
    instant,
    look_up,
    number,
    plain,
    take_day,
    take_time,
)
from rules.refused import Refused
from rules.working_days import DAY, SHANGHAI, weekday

Now = date | datetime
"""Today, or an aware instant that lies in it."""

_NOON: Final = timedelta(hours=12)
_DAY_LIKE: Final = "12月1日"
_MOMENT_LIKE: Final = "12月3日 14:30"
_SPAN_LIKE: Final = "12月1日至12月3日"
_HALF: Final = re.compile(r"(上午|早上|早晨|清晨|中午|下午|午后|傍晚|晚上|全天|整天|一天)")
_LENGTH: Final = re.compile(
    r"(?P<rest>.*?) ?[,;、(]? ?(?:起|开始)? ?[,(]? ?(?:共计?|计|为期)? ?"
    r"(?P<days>\d{1,3}(?:\.[05])?|[一二两三四五六七八九十]{1,3}) ?天(?P<half>半)?(?:时间)? ?\)?"
)
_HALF_A_DAY: Final = re.compile(r"半天|半日")
_JOINED: Final = re.compile(r" ?(?:至|到|~+|—+|–|―) ?")


class Half(StrEnum):
    """One of the two halves of a working day."""

    AM = "上午"
    PM = "下午"


def moment_words(moment: datetime) -> str:
    """An instant on a Beijing clock: 12月1日 09:30."""
    local = moment.astimezone(SHANGHAI)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


@dataclass(frozen=True)
class HalfDaySpan:
    """From one half day to another, both counted."""

    start: date
    start_half: Half
    end: date
    end_half: Half


def parse_day(text: str, now: Now) -> date:
    """The day meant by 12月1日, 2026-12-01, 12.1, 明天, 下周三.

    Without a year it is this year's, or next year's when this year's is more than about two months past: on
    23 November 1月4日 is the coming one, 11月20日 the one gone by (which the caller refuses).
    """
    said = _said(text, _DAY_LIKE)
    try:
        found = take_day(said, _today(now))
        if found and (not found.rest or _HALF.fullmatch(found.rest) or take_time(found.rest) is not None):
            return found.day
        if not found and (known := _one_day(said, now)):
            return known
    except NoSuchDay as none:
        raise _none(none, _DAY_LIKE) from None
    raise Unreadable(f"看不懂「{clip(said)}」这个日期", _DAY_LIKE)


def parse_moment(text: str, now: Now) -> datetime:
    """The moment, as aware UTC, meant by 12月3日 14:30, 12.3下午2点半, 明天9点, 下午3点 (today's)."""
    said = _said(text, _MOMENT_LIKE)
    try:
        found = take_day(said, _today(now)) or Found(_today(now), said)
        if (since_midnight := take_time(found.rest.lstrip(","))) is not None:
            return instant(found.day, since_midnight).astimezone(UTC)
        read = look_up(said, _instant(now))
    except NoSuchDay as none:
        raise _none(none, _MOMENT_LIKE) from None
    if read and read[1] - read[0] < timedelta(hours=1):
        return read[0].replace(tzinfo=SHANGHAI).astimezone(UTC)
    if read or found.day != _today(now) or found.rest != said:
        raise Unreadable(f"「{clip(said)}」没有写清几点", _MOMENT_LIKE)
    raise Unreadable(f"看不懂「{clip(said)}」这个时间", _MOMENT_LIKE)


def parse_span(text: str, now: Now) -> HalfDaySpan:
    """The span meant by 12月1日至12月3日, 12月1日下午到3日上午, 明天, 12月1日起3天.

    A day alone is from its morning to its afternoon. The end is read from the start on: 12月30日至1月4日
    goes over the new year. A stated length (共3天) must be right.
    """
    said = _said(text, _SPAN_LIKE)
    try:
        return _span(said, now)
    except NoSuchDay as none:
        raise _none(none, _SPAN_LIKE) from None


def _span(said: str, now: Now) -> HalfDaySpan:
    if _HALF_A_DAY.search(said):
        raise Unreadable("半天请写明上午还是下午", "12月1日上午")
    bare = re.sub(r"^[从自]|(?:期间|止)$", "", said)
    counted = _LENGTH.fullmatch(bare)
    stated = _length(counted) if counted else None
    bare = counted["rest"] if counted else bare
    parts = _JOINED.split(bare, maxsplit=1)
    if len(parts) == 1:
        parts = _hyphenated(bare, _today(now))
    first = _edge(parts[0], now)
    last = _edge(parts[1], now, near=first.day) if first and len(parts) == 2 else first
    if first is None or last is None:
        raise Unreadable(f"看不懂「{clip(said)}」这个时间", _SPAN_LIKE)
    if len(parts) == 1 and stated and stated >= 1:  # 12月1日起3天
        last = _Edge(first.day + (ceil(stated) - 1) * DAY, last.since_midnight if stated == 1 else None)
    span = HalfDaySpan(first.day, first.starts, last.day, last.ends)
    if (span.end, span.end_half is Half.PM) < (span.start, span.start_half is Half.PM):
        raise Unreadable("结束时间早于开始时间", _SPAN_LIKE)
    if stated and stated not in (_days(span), _half_days(span) / 2):
        length = f"{_half_days(span) / 2:g}"
        raise Refused(f"{say_day(span.start)}至{say_day(span.end)}是{length}天，不是{stated:g}天，请核对。")
    return span


def _length(counted: re.Match[str]) -> float:
    """The stated number of days: 3, 三, 2.5, 两天半."""
    written = counted["days"]
    days = float(written) if written[0].isdecimal() else number(written)
    return days + (0.5 if counted["half"] else 0)


def _days(span: HalfDaySpan) -> int:
    return (span.end - span.start).days + 1


def _half_days(span: HalfDaySpan) -> int:
    return 2 * _days(span) - (span.start_half is Half.PM) - (span.end_half is Half.AM)


@dataclass(frozen=True)
class _Edge:
    """One end of a span: the day, and the time or half written with it."""

    day: date
    since_midnight: timedelta | None = None

    @property
    def starts(self) -> Half:
        """As a beginning: noon begins the afternoon."""
        return Half.PM if self.since_midnight is not None and self.since_midnight >= _NOON else Half.AM

    @property
    def ends(self) -> Half:
        """As an end: until noon is the morning only."""
        return Half.AM if self.since_midnight is not None and self.since_midnight <= _NOON else Half.PM


def _edge(text: str, now: Now, near: date | None = None) -> _Edge | None:
    """One end of a span; `near` is its first day when this is the last."""
    if plainly := _plain_edge(text, _today(now), near):
        return plainly
    read = look_up(text, _instant(now))
    if read is None or read[0].date() != read[1].date():
        return None
    half_known = read[1].time() < time(12) or read[0].time() >= time(12)
    return _Edge(read[0].date(), _since_midnight(read[0]) if half_known else None)


def _plain_edge(text: str, today: date, near: date | None = None) -> _Edge | None:
    found = take_day(text, today, near)
    if found and not found.rest:
        return _Edge(found.day)
    if found is None and near:
        found = Found(near, text)  # 12月1日上午至下午
    if found is None:
        return None
    if half := _HALF.fullmatch(found.rest):
        return _Edge(found.day, _half_begins(half[0]))
    since_midnight = take_time(found.rest)
    return _Edge(found.day, since_midnight) if since_midnight is not None else None


def _half_begins(word: str) -> timedelta | None:
    if word in MORNING:
        return timedelta(hours=8)
    if word in EVENING:
        return timedelta(hours=14)
    return _NOON if word == "中午" else None


def _hyphenated(text: str, today: date) -> list[str]:
    """Start and end around the one hyphen that parts two dates; the text alone where none does."""
    if _plain_edge(text, today):
        return [text]
    for hyphen in re.finditer(r" ?- ?", text):
        before, behind = text[: hyphen.start()], text[hyphen.end() :]
        start = _plain_edge(before, today)
        if start and _plain_edge(behind, today, start.day):
            return [before, behind]
    return [text]


def _one_day(said: str, now: Now) -> date | None:
    read = look_up(said, _instant(now))
    whole = read is not None and read[1] - read[0] > timedelta(hours=23)
    return read[0].date() if read and whole and read[0].date() == read[1].date() else None


def _said(text: str, example: str) -> str:
    said = clean(text)
    if not said:
        raise Unreadable("没有写时间", example)
    if len(said) > LONGEST:
        raise Unreadable(f"看不懂「{clip(said)}」这个时间", example)
    return plain(said)


def _none(none: NoSuchDay, example: str) -> Unreadable:
    what = "没有这个时间" if re.search(r"[:点时]", none.message) else "没有这一天"
    return Unreadable(f"「{clip(none.message.strip())}」{what}", example)


def _today(now: Now) -> date:
    return now.astimezone(SHANGHAI).date() if isinstance(now, datetime) else now


def _instant(now: Now) -> datetime:
    return now if isinstance(now, datetime) else datetime.combine(now, time(), SHANGHAI)


def _since_midnight(wall: datetime) -> timedelta:
    return timedelta(hours=wall.hour, minutes=wall.minute)


def say_day(day: date, now: Now | None = None) -> str:
    """12月1日（周二）, with the year before it when that is not this year; never without `now`."""
    year = f"{day.year}年" if now is not None and day.year != _today(now).year else ""
    return f"{year}{day.month}月{day.day}日（{weekday(day)}）"


def say_moment(moment: datetime, now: Now | None = None) -> str:
    """12月3日（周四）14:30, in Shanghai time; the year as in `say_day`."""
    local = moment.astimezone(SHANGHAI)
    return f"{say_day(local.date(), now)}{local:%H:%M}"
