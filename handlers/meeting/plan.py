"""A meeting as the form means it: the plan its preview tells of, and the meeting that is made of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from handlers.meeting.fields import end_of, plainly
from matters.engagements import engagements
from rules.articles import cite
from rules.dates.reading import say_moment
from rules.fields import Paper
from rules.forms import Values, may_repeat
from rules.leave.routes import Step, holder
from rules.meeting.attendance import Part
from rules.meeting.clearing import REPEATABLE
from rules.meeting.matter import InName, Meeting, MeetingKind, MeetingPaper, MeetingState
from rules.meeting.members import Chair, Listed, Wanted, chair_for, left_out, list_for, reply_by, vacant
from rules.meeting.plan import Plan
from rules.meeting.topic import TopicLine, read_agenda
from rules.meeting.warnings import DistrictMeeting, clashes, grounds, plenaries, rest_day, too_few
from rules.refused import Refused
from rules.roster import LEADERS, Official, Role, Roster, Unit
from storage.queries.engagements import on_leave
from storage.queries.meeting.meetings import held_in_year
from storage.unit_of_work import UnitOfWork

YES_TOWNS, NO_TOWNS = "列席", "不列席"
YES_DEPUTY, NO_DEPUTY = "可以派员", "不派员"


async def plan(work: UnitOfWork, official: Official, values: Values) -> Plan:
    """Put it together: the list by the roster, who presides, by when people answer, what is warned of."""
    roster, calendar, settings = await work.roster(), await work.calendar(), work.office.settings
    kind, start = MeetingKind(values["kind"]), plainly(values["start"])
    end = end_of(values["start"], values.get("length"), settings.meeting.usual)
    topics = read_agenda(values["topics"], roster) if values.get("topics") else []
    away = {one.official for one in await on_leave(work, _formal_members(roster), start, end)}
    chair = chair_of(kind, values.get("chair"), roster, away, official)
    listed = list_for(kind, roster, _wanted(values, topics), chair.official, settings.legal_review)
    usual = reply_by(start, work.now, calendar, settings.hours, settings.meeting)
    chosen: datetime | None = values.get("reply_by")
    in_name = InName(values["in_name"]) if kind is MeetingKind.DISTRICT else None
    unit = official.unit if kind is MeetingKind.DISTRICT else None
    why, approver = [], None
    if unit is not None and in_name is not None:
        said = [str(values.get(key) or "") for key in ("title", "place", "topics")]
        asked = await district(work, unit, in_name, start, end, listed, values.get("meeting"), said)
        why = grounds(asked)
        head = roster.head_of(unit) or official
        approver = holder(Step.IN_CHARGE, head, roster)[0] if why else None
    warnings = await warned_of(work, kind, chair, listed.seats, start, end, values.get("meeting"))
    return Plan(
        kind,
        values.get("title") or _usual_title(kind),
        start,
        end,
        topics,
        chair,
        listed,
        chosen or usual.at,
        "" if chosen else usual.why,
        [*listed.remarks, *warnings],
        unit,
        in_name,
        why,
        approver,
    )


def _formal_members(roster: Roster) -> list[Official]:
    return roster.with_role(*LEADERS, Role.OFFICE_DIRECTOR)


def _usual_title(kind: MeetingKind) -> str:
    return f"区政府{kind}" if kind in (MeetingKind.PLENARY, MeetingKind.EXECUTIVE) else str(kind)


async def warned_of(
    work: UnitOfWork,
    kind: MeetingKind,
    chair: Chair,
    seats: Sequence[tuple[Official, Part]],
    start: datetime,
    end: datetime,
    but: int | None = None,
) -> list[str]:
    """What is against this time with these people, with the article; `but` is the meeting itself."""
    roster = await work.roster()
    warnings = [chair.warning, left_out(kind, roster, [one for one, _ in seats])]
    if kind is MeetingKind.PLENARY:
        warnings.append(plenaries(await held_in_year(work, kind, start, but=but), start))
    warnings.append(rest_day(start, await work.calendar(), work.now))
    if kind is MeetingKind.EXECUTIVE:
        members = [one for one, part in seats if part is Part.MEMBER]
        away = {one.official for one in await on_leave(work, members, start, end)}
        warnings.append(too_few(len(members), len(away)))
    found = await engagements(work, [one for one, _ in seats], start, end)
    warnings += clashes(found, work.now, but=f"meeting:{but}" if but else "")
    return [one for one in warnings if one]


async def look_again(work: UnitOfWork, meeting: Meeting) -> None:
    """A draft's time or list has changed: what is warned of follows; vacancies stay said."""
    roster = await work.roster()
    empty = [vacant(unit) for unit in roster.units if roster.head_of(unit) is None]
    said = [line for line in meeting.remarks if line.startswith(tuple(empty))]
    away = {
        one.official for one in await on_leave(work, roster.with_role(*LEADERS), meeting.start, meeting.end)
    }
    by_rule = chair_for(meeting.kind, roster, away, meeting.called_by)
    chair = by_rule if by_rule.official is meeting.chair else Chair(meeting.chair)
    seats = [(one.official, one.part) for one in meeting.attendees]
    warned = await warned_of(work, meeting.kind, chair, seats, meeting.start, meeting.end, meeting.id)
    meeting.warn_anew([*said, *warned])


def chair_of(
    kind: MeetingKind, chosen: Official | None, roster: Roster, away: set[Official], caller: Official
) -> Chair:
    """Who presides: by the rules, or whom the office has chosen within them."""
    by_rule = chair_for(kind, roster, away, caller)
    if chosen is None or chosen is by_rule.official:
        if kind is MeetingKind.DISTRICT:
            return Chair(roster.head_of(caller.unit) or caller)
        return by_rule
    mayor = roster.mayor
    if kind is MeetingKind.EXECUTIVE and mayor is not None and chosen is not mayor:
        return Chair(chosen, reason=f"受区长委托，由{chosen.titled}召集并主持。{cite(49)}")
    return Chair(chosen)


def _wanted(values: Values, topics: Sequence[TopicLine]) -> Wanted:
    return Wanted(
        topics=[topic.unit for topic in topics if topic.unit is not None],
        units=values.get("units") or [],
        people=values.get("people") or [],
        towns=values.get("towns") == YES_TOWNS,
    )


async def district(
    work: UnitOfWork,
    unit: Unit,
    in_name: InName,
    start: datetime,
    end: datetime,
    listed: Listed,
    but: int | None,
    texts: Sequence[str] = (),
) -> DistrictMeeting:
    others = await held_in_year(work, MeetingKind.DISTRICT, start, unit=unit, but=but)
    seats = [one for one, _ in listed.seats]
    return DistrictMeeting(unit, in_name, start, end, seats, others, texts)


async def keep(work: UnitOfWork, official: Official, values: Values, made: Plan) -> Meeting:
    if values.get("meeting"):
        meeting = await work.lock(Meeting, values["meeting"])
        if meeting.called_by is not official or meeting.state is not MeetingState.SENT_BACK:
            raise Refused("这次会议已另行处理，请发「会议」查看。")
    else:
        meeting = Meeting(
            made.kind,
            made.title,
            made.start,
            made.end,
            values["place"],
            official,
            work.now,
            made.reply_by,
        )
        work.add(meeting)
    papers: list[Paper] = values.get("materials") or []
    made.enter(
        meeting,
        work.now,
        place=values["place"],
        entrance=values.get("entrance") or "",
        deputies=values.get("deputies") == YES_DEPUTY,
        materials=[MeetingPaper(one.file_id, one.name, one.size, one.photo) for one in papers],
    )
    return meeting


def summary(meeting: Meeting) -> dict[str, Any]:
    """What the audit keeps of a meeting."""
    return {
        "title": meeting.title,
        "start": say_moment(meeting.start),
        "chair": meeting.chair.titled if meeting.chair else "",
        "members": len(meeting.members),
        "others": len(meeting.attendees) - len(meeting.members),
    }


def as_before(official: Official, meeting: Meeting) -> dict[str, Any]:
    """A new meeting as this one was to be."""
    may_repeat(meeting.state, REPEATABLE, own=meeting.manages(official))
    return {key: value for key, value in refill(meeting).items() if key != "meeting"}


def refill(meeting: Meeting) -> dict[str, Any]:
    """The values of a department's meeting that was sent back, for the form to begin with."""
    people = [one.official for one in meeting.attendees if one.official is not meeting.chair]
    minutes = int((meeting.end - meeting.start).total_seconds() // 60)
    return {
        "meeting": meeting.id,
        "kind": meeting.kind,
        "in_name": meeting.in_name,
        "title": meeting.title,
        "start": meeting.start,
        "length": minutes,
        "place": meeting.place,
        "entrance": meeting.entrance or None,
        "topics": None,
        "units": None,
        "people": people or None,
        "chair": meeting.chair,
        "reply_by": None,
        "deputies": YES_DEPUTY if meeting.deputies else None,
        "materials": [Paper(one.file_id, one.name, one.size, one.photo) for one in meeting.materials] or None,
    }
