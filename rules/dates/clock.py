"""A time of day as it is said: 下午3点, 晚上12点, 凌晨1点; and what may be meant where that is not certain.

Official papers count to 24; people speak of twelve hours. So 3点 alone is asked about, 03:00 is not; and of
the small hours it is seldom certain to which day they belong: 今晚1点 lies in tomorrow.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

DAWN: Final = frozenset({"凌晨", "清晨", "拂晓"})
MORNING: Final = DAWN | {"早晨", "早上", "一早", "早间", "早", "晨", "上午", "午前"}
NOON: Final = frozenset({"中午", "正午", "午间"})
AFTERNOON: Final = frozenset({"下午", "午后", "傍晚", "黄昏"})
EVENING: Final = frozenset({"晚上", "晚间", "夜晚", "晚", "夜里", "夜间", "夜"})
NIGHT: Final = frozenset({"半夜", "深夜", "午夜", "子夜", "后半夜"})

_HALF_DAY: Final = 12


@dataclass(frozen=True)
class Clock:
    """Hour and minute as written.

    `padded`: a nought before the hour (09:00) shows the clock of 24; `loose`: one digit of the minute (9:5).
    """

    hour: int
    minute: int = 0
    padded: bool = False
    loose: bool = False


def meant(clock: Clock, part: str) -> tuple[timedelta, ...]:
    """What may be meant, as time since the midnight that begins the day, the likeliest first.

    One is certain, several are asked about, none is no time there is. Past 24 hours it is the next day.
    """
    hour, minute = clock.hour, clock.minute
    if minute > 59 or hour > 24 or (hour == 24 and minute and part not in NIGHT | EVENING):
        return ()
    hours = _hours(clock, part)
    return tuple(timedelta(hours=each, minutes=minute) for each in hours)


def certain(clock: Clock, part: str) -> bool:
    """Whether the only reading there is also is what anybody would take it for."""
    return len(_hours(clock, part)) == 1 and not clock.loose and not _odd(clock, part)


def _odd(clock: Clock, part: str) -> bool:
    """Said in a way that may be a slip: 上午12点, 上午1点, 早上2点, 凌晨9点, 下午11点, 晚上12点半."""
    hour = clock.hour
    if part in DAWN:
        return hour > 6
    if part in MORNING:
        return hour < 5 or hour == _HALF_DAY
    if part in AFTERNOON:
        return 9 <= hour <= 11
    return part in NOON and hour == 10


def _hours(clock: Clock, part: str) -> tuple[int, ...]:
    hour, minute = clock.hour, clock.minute
    if not part:
        return (hour + 12, hour) if 1 <= hour <= 6 and not clock.padded else (hour,)
    if part in MORNING:
        return _in_the_morning(hour, part)
    if part in NOON:
        return (hour,) if 10 <= hour <= 14 else (hour + 12,) if hour in (1, 2) else ()
    if part in AFTERNOON:
        return _in_the_afternoon(hour, minute)
    return _at_night(hour, minute, part)


def _in_the_morning(hour: int, part: str) -> tuple[int, ...]:
    if part in DAWN and hour in (12, 24):
        return (0,) if hour == _HALF_DAY else ()
    return (hour,) if hour <= _HALF_DAY else ()


def _in_the_afternoon(hour: int, minute: int) -> tuple[int, ...]:
    if hour == _HALF_DAY:
        return (12,) if minute else (12, 24)
    if hour == 0:
        return (12, 0)
    return (hour + 12,) if hour < _HALF_DAY else (hour,) if hour < 24 else ()


def _at_night(hour: int, minute: int, part: str) -> tuple[int, ...]:
    if hour in (0, 12, 24):
        if part in EVENING and not minute and hour:
            return (24,)  # 晚上12点 ends the day
        return (0, 24) if part in NIGHT else (24, 0)
    if hour <= 4:
        return (hour, 24 + hour) if part in NIGHT else (24 + hour, hour)
    if hour < _HALF_DAY:
        return (hour,) if part in NIGHT and hour == 5 else (hour + 12,)
    return (hour,) if hour >= 17 else ()
