"""Who belongs to a meeting (art. 48-51), who presides, and by when people answer.

The list is filled from the roster by the kind of meeting; the office may change it before it goes out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from rules.articles import cite
from rules.hours import OfficeHours
from rules.meeting.attendance import Part
from rules.meeting.matter import ARTICLES, FORMAL, Meeting, MeetingKind
from rules.meeting.terms import MeetingTerms
from rules.refused import Refused
from rules.roster import LEADERS, OFFICE_DESK, VICE_MAYORS, Official, Role, Roster, Unit, UnitKind
from rules.working_days import MAKE_UP, SHANGHAI, Calendar, shanghai_day


@dataclass(frozen=True)
class Wanted:
    """What was asked for beside the kind: `topics` the units that report, `units` those in attendance.

    `towns` asks for the heads of 镇街 and 开发区 at a 全体会议; `people` are chosen by name.
    """

    topics: Sequence[Unit] = ()
    units: Sequence[Unit] = ()
    people: Sequence[Official] = ()
    towns: bool = False


@dataclass(frozen=True)
class Listed:
    """The list by the roster: each with their part; `remarks` say where an office is vacant."""

    seats: list[tuple[Official, Part]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def list_for(
    kind: MeetingKind, roster: Roster, wanted: Wanted, chair: Official | None, legal_review: str
) -> Listed:
    """Who belongs to a meeting of that kind (art. 48-51); nobody twice, the weightier part holds."""
    listed = Listed()
    seats: dict[Official, Part] = {}
    for who, part in _seats(kind, roster, wanted, chair, legal_review):
        found = representative(who, roster, listed.remarks) if isinstance(who, Unit) else who
        if found is not None and found not in seats:
            seats[found] = part
    listed.seats.extend(sorted(seats.items(), key=lambda seat: list(Part).index(seat[1])))
    return listed


def _seats(
    kind: MeetingKind, roster: Roster, wanted: Wanted, chair: Official | None, legal_review: str
) -> Iterator[tuple[Official | Unit, Part]]:
    """Units and people in the order of the list, the weightier part of each first."""
    if kind in (MeetingKind.SPECIAL, MeetingKind.DISTRICT):
        chosen: list[Official | Unit] = [*([chair] if chair else []), *wanted.people]
        yield from ((who, Part.MEMBER) for who in [*chosen, *wanted.topics, *wanted.units])
        return
    leaders = sorted(roster.with_role(*LEADERS), key=lambda one: _RANK[one.role])
    yield from ((who, Part.MEMBER) for who in [*leaders, *roster.with_role(Role.OFFICE_DIRECTOR)])
    if kind is MeetingKind.PLENARY:
        yield from ((unit, Part.MEMBER) for unit in _of_kind(roster, UnitKind.DEPARTMENT))
    if kind is not MeetingKind.MAYORS:
        yield from ((who, Part.ATTENDING) for who in roster.with_role(Role.OFFICE_DEPUTY))
    if kind is MeetingKind.EXECUTIVE:
        legal = roster.unit(legal_review)
        yield from ((unit, Part.ATTENDING) for unit in [legal] if unit is not None)
        yield from ((who, Part.ATTENDING) for who in roster.with_role(Role.COUNSEL))
    if kind is MeetingKind.PLENARY and wanted.towns:
        yield from ((unit, Part.ATTENDING) for unit in _of_kind(roster, UnitKind.TOWN, UnitKind.ZONE))
    others: list[Official | Unit] = [*wanted.units, *wanted.people]
    yield from ((who, Part.ATTENDING) for who in others)
    yield from ((unit, Part.TOPIC) for unit in wanted.topics)


_RANK = {Role.MAYOR: 0, Role.EXECUTIVE_VICE_MAYOR: 1, Role.VICE_MAYOR: 2}


def _of_kind(roster: Roster, *kinds: UnitKind) -> list[Unit]:
    return [unit for unit in roster.units if unit.kind in kinds]


def left_out(kind: MeetingKind, roster: Roster, people: Iterable[Official]) -> str:
    """Who belongs to a meeting of that kind and is not on its list (art. 48-50); empty if nobody.

    A member less on the list would lower the line of art. 49; who cannot come asks to be excused (art. 55).
    """
    if kind not in FORMAL:
        return ""
    here = set(people)
    belong = list_for(kind, roster, Wanted(), None, "").seats
    names = [one.name for one, part in belong if part is Part.MEMBER and one not in here]
    if not names:
        return ""
    return f"名单里没有会议组成人员{'、'.join(names)}；不能出席的，应由本人请假。{cite(ARTICLES[kind], 55)}"


def representative(unit: Unit, roster: Roster, remarks: list[str]) -> Official | None:
    """The unit's head; where the place is vacant, a deputy of theirs, which is said in `remarks`."""
    head = roster.head_of(unit)
    if head is not None:
        return head
    deputy = next(iter(roster.of(unit, Role.DEPUTY_HEAD, Role.OFFICE_DEPUTY)), None)
    instead = f"，改列{deputy.titled}" if deputy else "，没有可列的同志"
    remarks.append(f"{vacant(unit)}{instead}，请核对。")
    return deputy


def vacant(unit: Unit) -> str:
    """How every remark on a unit without a head begins."""
    return f"{unit.name}主要负责人空缺"


# ---------------------------------------------------------------- who presides


@dataclass(frozen=True)
class Chair:
    """Who presides, with what is to be said of it; `reason` stands on the card, `warning` in the preview."""

    official: Official | None
    reason: str = ""
    warning: str = ""


def chair_for(kind: MeetingKind, roster: Roster, away: Iterable[Official], caller: Official) -> Chair:
    """Who presides by the rules, given who is away on approved leave during the meeting (art. 48-51)."""
    gone, mayor = set(away), roster.mayor
    if kind is MeetingKind.SPECIAL:
        return Chair(caller if caller.role in LEADERS else None)
    if kind is MeetingKind.DISTRICT:
        return Chair(None)
    if mayor is not None and mayor not in gone:
        return Chair(mayor)
    why = f"区长{mayor.name}外出" if mayor else "区长空缺"
    if kind is not MeetingKind.EXECUTIVE:
        article = 48 if kind is MeetingKind.PLENARY else 50
        return Chair(mayor, warning=f"{why}，{kind}须由区长召集和主持，请另定时间。{cite(article)}")
    executive = roster.executive_vice_mayor
    if executive is None or executive in gone:
        also = "常务副区长也外出" if executive else "常务副区长空缺"
        return Chair(mayor, warning=f"{why}，{also}，无人可以主持，请另定时间。{cite(49)}")
    return Chair(executive, reason=f"{why}，委托{executive.titled}召集并主持。{cite(49)}")


def check_chair(kind: MeetingKind, chair: Official, roster: Roster, away: Iterable[Official]) -> str:
    """What is against this person's presiding, in one sentence; empty if nothing."""
    if kind is MeetingKind.SPECIAL and chair.role not in LEADERS:
        return "专题会议由区长或副区长召集和主持。" + cite(51)
    if kind is MeetingKind.EXECUTIVE and chair.role is not Role.MAYOR:
        if chair is not roster.executive_vice_mayor:
            return "常务会议由区长主持，区长不能出席时委托常务副区长主持。" + cite(49)
    elif kind in (MeetingKind.PLENARY, MeetingKind.MAYORS) and chair.role is not Role.MAYOR:
        return f"{kind}由区长召集和主持。{cite(48 if kind is MeetingKind.PLENARY else 50)}"
    return f"{chair.titled}同期外出，不能主持。" if chair in set(away) else ""


def may_call(official: Official, kind: MeetingKind) -> None:
    """The desk calls the government's meetings, a leader a 专题会议, a unit asks for its own (art. 58)."""
    if official.role in OFFICE_DESK:
        if kind is MeetingKind.DISTRICT:
            raise Refused("部门全区性会议由主办部门提出，经区政府办公室审核后按程序报批。", 58)
        return
    if kind is MeetingKind.DISTRICT and official.role in (Role.UNIT_HEAD, Role.LIAISON):
        if official.unit.kind is UnitKind.TOWN:
            raise Refused("全区性会议由区政府部门提出，镇（街道）不召开。", 58)
        return
    if kind is MeetingKind.SPECIAL and official.role in LEADERS:
        return
    if official.role in VICE_MAYORS | {Role.MAYOR}:
        raise Refused("全体会议、常务会议、区长办公会议由区政府办公室通知；您可以召集专题会议。", 51)
    raise Refused("会议由区政府办公室通知，请与区政府办公室联系。")


def kinds_for(official: Official) -> list[MeetingKind]:
    """What this person may call."""
    allowed = []
    for kind in MeetingKind:
        try:
            may_call(official, kind)
        except Refused:
            continue
        allowed.append(kind)
    return allowed


# ---------------------------------------------------------------- the RSVP deadline


@dataclass(frozen=True)
class ReplyBy:
    """The RSVP deadline, with how it came about, for the preview."""

    at: datetime
    why: str


def renew_reply_by(
    meeting: Meeting, now: datetime, calendar: Calendar, hours: OfficeHours, terms: MeetingTerms
) -> None:
    """The draft has lain about, or its clearance took long: whoever is called still has time to answer."""
    if meeting.reply_by <= now < meeting.start:
        meeting.reply_by = reply_by(meeting.start, now, calendar, hours, terms).at


def reply_by(
    start: datetime, now: datetime, calendar: Calendar, hours: OfficeHours, terms: MeetingTerms
) -> ReplyBy:
    """By default the working day before at 12:00; if that is past or too near, the nearest sensible moment.

    Then the close of that day, then an hour before the start, then the start itself.
    """
    before = calendar.before(shanghai_day(start), 1)
    at_least = now + timedelta(minutes=terms.reply_at_least_minutes)
    usual = datetime.combine(before.day, terms.reply_time, SHANGHAI).astimezone(UTC)
    if usual >= at_least:
        mark = f"，{before.day.day}日是补班" if before.names[-1] == MAKE_UP else ""
        unsure = "，暂定，放假安排尚未公布" if before.provisional else ""
        return ReplyBy(usual, f"会前一个工作日{mark}{unsure}")
    closing = hours.closing(before.day)
    if closing >= at_least:
        return ReplyBy(closing, f"会前一个工作日{terms.reply_by}已过，改为当日下班前")
    near = start - terms.remind_before
    if near >= at_least:
        return ReplyBy(near, f"会前一个工作日已过，改为会前{terms.remind_minutes}分钟")
    return ReplyBy(start, "会议临近，开会之前均可答复")
