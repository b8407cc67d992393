"""What is warned of when a meeting is called, with the article, and what art. 58 wants approved."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rules.articles import cite
from rules.dates.reading import say_day, say_moment
from rules.engagement import Engagement, EngagementKind
from rules.invitation.kinds import InvitationKind, questions
from rules.meeting.matter import InName
from rules.meeting.terms import DISTRICT_MEETINGS_A_YEAR, EXECUTIVE_EVERY, HALF_A_DAY, PLENARIES_A_YEAR
from rules.periods import quorum
from rules.roster import LEADERS, VICE_MAYORS, Official, Role, Unit, UnitKind
from rules.working_days import SHANGHAI, Calendar, shanghai_day


def plenaries(others: int, start: datetime) -> str:
    """A third 全体会议 in one calendar year; `others` are those called or held in it beside this one."""
    if others < PLENARIES_A_YEAR:
        return ""
    year = start.astimezone(SHANGHAI).year
    return f"这是{year}年第{others + 1}次全体会议；全体会议一般每年召开1—{PLENARIES_A_YEAR}次。{cite(48)}"


def rest_day(start: datetime, calendar: Calendar, now: datetime) -> str:
    """A meeting on a day off."""
    day = shanghai_day(start)
    if calendar.is_working(day):
        return ""
    unsure = "（暂定，放假安排尚未公布）" if calendar.is_provisional(day) else ""
    name = calendar.name_of(day)
    said = say_day(day, now)
    return f"{said}是休息日{f'（{name}）' if name not in said else ''}{unsure}，请核对时间。"


def too_long_ago(last: datetime | None, now: datetime) -> bool:
    """Whether more than two weeks have passed since the last 常务会议 (art. 49), counted in days."""
    return last is not None and shanghai_day(now) - shanghai_day(last) > EXECUTIVE_EVERY


def clashes(found: Iterable[Engagement], now: datetime, *, but: str = "") -> list[str]:
    """One line for each thing that takes up somebody's time: leave by person, meetings together.

    `but` is this meeting's own matter. Reasons and places are nobody's business here.
    """
    away: dict[Official, Engagement] = {}
    meetings: dict[tuple[str, str, datetime], list[Official]] = {}
    for one in found:
        if one.matter == but or not one.firm:
            continue
        if one.kind is EngagementKind.LEAVE:
            away.setdefault(one.official, one)
        else:
            meetings.setdefault((one.kind, one.title, one.start), []).append(one.official)
    lines = [f"同期外出：{_names(list(away))}。"] if away else []
    for (kind, title, start), people in meetings.items():
        lines.append(f"与{kind}“{title}”（{say_moment(start, now)}）冲突：{_names(people)}。")
    return lines


def _names(people: Sequence[Official], most: int = 6) -> str:
    names = "、".join(one.name for one in people[:most])
    return f"{names}等{len(people)}人" if len(people) > most else names


def too_few(expected: int, away: int) -> str:
    """A 常务会议 that cannot be held from the start: too many members on approved leave (art. 49)."""
    needed = quorum(expected)
    if expected - away >= needed:
        return ""
    return f"应到{expected}人中{away}人外出，不足{needed}人，会议开不成，请另定时间。{cite(49)}"


# ---------------------------------------------------------------- art. 58


_IN_CHARGE = frozenset({Role.UNIT_HEAD, Role.DEPUTY_HEAD})
"""The 负责人 of a town."""


@dataclass(frozen=True)
class DistrictMeeting:
    """What art. 58 asks of a department's district-wide meeting; `others` are its own of the same year.

    `texts` are its title, place and topics, for the words of art. 87.
    """

    unit: Unit
    in_name: InName
    start: datetime
    end: datetime
    invited: Collection[Official]
    others: int = 0
    texts: Sequence[str] = ()


NO_MAYOR: Final = "部门召开的本系统全区性会议，一律不邀请区长出席，请将区长移出名单。"


def invites_mayor_wrongly(meeting: DistrictMeeting) -> bool:
    """A meeting of the department's own system never invites the mayor (一律不邀请区长出席, art. 58)."""
    return meeting.in_name is InName.OWN_SYSTEM and any(one.role is Role.MAYOR for one in meeting.invited)


def grounds(meeting: DistrictMeeting) -> list[str]:
    """Why the vice mayor in charge has to approve it, a line each; none: the office's review is enough."""
    return list(_grounds(meeting))


def _grounds(meeting: DistrictMeeting) -> Iterator[str]:
    if meeting.in_name is InName.DISTRICT:
        yield "以区政府名义召开，须经办公室审核后报批"
    if meeting.others >= DISTRICT_MEETINGS_A_YEAR:
        year = meeting.start.astimezone(SHANGHAI).year
        yield f"{meeting.unit.name}{year}年第{meeting.others + 1}次，超过每年{DISTRICT_MEETINGS_A_YEAR}次"
    if meeting.end - meeting.start > HALF_A_DAY:
        hours = (meeting.end - meeting.start).total_seconds() / 3600
        yield f"时长{hours:g}小时，超过半天"
    if any(one.role is Role.MAYOR for one in meeting.invited):
        yield "邀请区长出席"
    vice = [one for one in meeting.invited if one.role in VICE_MAYORS]
    if vice:
        yield f"邀请副区长出席（{_names(vice)}），须按程序报批"
    leaders = any(one.role in LEADERS for one in meeting.invited)
    if leaders and (found := questions(InvitationKind.MEETING, meeting.texts)):
        yield f"文中有“{'”“'.join(found)}”，区政府领导出席须经区委、区政府批准{cite(87)}"
    towns = [one for one in meeting.invited if one.unit.kind is UnitKind.TOWN and one.role in _IN_CHARGE]
    if towns:
        yield f"请镇街负责人参加（{len(towns)}人），须报区政府分管领导批准"
