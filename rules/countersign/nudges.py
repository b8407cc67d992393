"""催办 by hand, of the lead unit or of who is in charge: how often a unit may be reminded (art. 53, 63).

At most once a half-day for each unit, not within an hour of a reminder of the bot's own, before or after it,
and in office hours. What is urgent (急件) may be nudged at any hour, but no more often.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from rules.countersign.clock import nudges, pressed_when
from rules.countersign.consultation import Consultation, Seat
from rules.countersign.matter import Countersign, CountersignState
from rules.countersign.terms import CountersignTerms
from rules.dates.reading import Half, moment_words
from rules.hours import OfficeHours
from rules.refused import Refused
from rules.roster import Official
from rules.working_days import SHANGHAI, Calendar, shanghai_day

BY_LEAD: Final = "主办单位催办"
"""Under this word the lead unit's own reminders are written down, beside the bot's."""
BY_LEADER: Final = "分管领导催办"
BY_HAND: Final = frozenset({BY_LEAD, BY_LEADER})
_NOON: Final = 12


def nudge(
    sheet: Countersign,
    official: Official,
    seat: Seat,
    now: datetime,
    calendar: Calendar,
    hours: OfficeHours,
    terms: CountersignTerms,
) -> tuple[Sequence[Consultation], Sequence[tuple[Consultation, str]]]:
    """催办 of all who have not answered: those who are reminded now, and the others with why not.

    Refused where nobody may be reminded. `seat` is the lead unit's.
    """
    sheet.may_lead(official, seat)
    if sheet.state is not CountersignState.OPEN:
        raise Refused(f"这份会签{sheet.state}，无需催办。")
    if not sheet.waiting:
        raise Refused("各单位均已答复，无需催办。")
    cases = [(sheet, one) for one in sheet.waiting]
    reminded, left = _remind(cases, BY_LEAD, now, calendar, hours, terms)
    return [one for _, one in reminded], left


Case = tuple[Countersign, Consultation]


def press(
    cases: Sequence[Case], now: datetime, calendar: Calendar, hours: OfficeHours, terms: CountersignTerms
) -> tuple[Sequence[Case], Sequence[tuple[Consultation, str]]]:
    """催办全部 by who is in charge of the units whose signatures are late: as `nudge`."""
    if not cases:
        raise Refused("分管单位已没有逾期未签的会签。")
    return _remind(cases, BY_LEADER, now, calendar, hours, terms)


def _remind(
    cases: Sequence[Case],
    by: str,
    now: datetime,
    calendar: Calendar,
    hours: OfficeHours,
    terms: CountersignTerms,
) -> tuple[Sequence[Case], Sequence[tuple[Consultation, str]]]:
    if not hours.is_open(calendar, now) and not any(sheet.urgent for sheet, _ in cases):
        raise Refused("现在是休息时间，请在上班时间催办；确有急事，请直接致电。")
    found = [(case, why_not(*case, now, calendar, hours, terms)) for case in cases]
    reminded, left = [case for case, why in found if not why], [(case[1], why) for case, why in found if why]
    if not reminded:
        raise Refused(f"{say_left(left)}。")
    for _, one in reminded:
        one.nudged(now, by)
    return reminded, left


def why_not(
    sheet: Countersign,
    one: Consultation,
    now: datetime,
    calendar: Calendar,
    hours: OfficeHours,
    terms: CountersignTerms,
) -> str:
    """Why the unit may not be reminded now, in a clause; empty where it may."""
    if one.delivered_at is None:
        return "尚未送达，暂不催办"
    for at, what in reversed(one.nudged_when):
        if what in BY_HAND and _half_day(at) == _half_day(now):
            return f"{moment_words(at)}已催办过，半天只催办一次"
    told = [at for at, what in one.nudged_when if what not in BY_HAND]
    told += pressed_when(one, calendar)
    last = max(told, default=None)
    if last is not None and now < last + terms.nudge_pause:
        return f"{moment_words(last)}机器人刚提醒过，请于{moment_words(last + terms.nudge_pause)}后再催办"
    coming = [at for at, _ in nudges(sheet, one, calendar, hours) if now < at < now + terms.nudge_pause]
    if coming:
        return f"机器人将于{moment_words(coming[0])}提醒，不必催办"
    return ""


def say_left(left: Sequence[tuple[Consultation, str]]) -> str:
    """The units not reminded, those of one reason together."""
    by_reason: dict[str, list[str]] = {}
    for one, why in left:
        by_reason.setdefault(why, []).append(one.unit.name)
    return "；".join(f"{'、'.join(names)}：{why}" for why, names in by_reason.items())


def _half_day(at: datetime) -> tuple[object, Half]:
    """The Shanghai day, and which half of it: noon divides them."""
    return shanghai_day(at), Half.AM if at.astimezone(SHANGHAI).hour < _NOON else Half.PM
