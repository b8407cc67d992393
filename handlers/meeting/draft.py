"""The draft of a meeting before 发出通知, and its list edited before and after: 加单位, 加人, 减人."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from handlers.context import Route
from handlers.forms.kinds import Form, asks
from handlers.meeting.calling import send_out
from handlers.meeting.plan import look_again
from handlers.taps import Tap, on_tap
from matters.meeting import clearing as clearing_matter
from matters.meeting import count, draft, excuse, tell
from notices.meeting import draft as drafts
from notices.meeting import told as notices
from rules.dates.reading import say_moment
from rules.fields import OfficialsField, Scene, UnitsField
from rules.forms import Values
from rules.meeting.attendance import Part
from rules.meeting.matter import FORMAL, Meeting, MeetingKind
from rules.meeting.members import left_out, representative
from rules.refused import Refused
from rules.roster import Official, Role, Unit
from storage.queries.meeting.life import mark_leaves, set_timers
from storage.unit_of_work import UnitOfWork


@on_tap("meeting:<id>:send|give_up|units_add|people_add|people_drop", Meeting)
async def act(tap: Tap[Meeting]) -> str:
    """[发出通知] [加单位] [加人] [减人] [放弃]."""
    work, official, meeting = tap.work, tap.official, tap.matter
    meeting.may_manage(official)
    if tap.act == drafts.SEND:
        closes = meeting.reply_by
        await send_out(work, meeting, official)
        await draft.redraw_draft(work, meeting)
        later = f"原定回执截止已过，改为{say_moment(meeting.reply_by)}。"
        return f"已通知{len(meeting.attendees)}人。{later if meeting.reply_by != closes else ''}"
    if tap.act == drafts.GIVE_UP:
        await _give_up(work, meeting, official)
        return "已放弃。"
    _may_edit(meeting, official, work)
    people = [one.official.id for one in meeting.attendees if one.official is not meeting.chair]
    await tap.begin(EDITS[tap.act], {"meeting": meeting.id, "on": people})
    return ""


async def _give_up(work: UnitOfWork, meeting: Meeting, official: Official) -> None:
    if meeting.live:
        raise Refused("会议已经通知，请点「取消会议」。")
    if meeting.kind is MeetingKind.DISTRICT and official is not meeting.called_by:
        raise Refused("只能由提出的同志放弃；不同意召开的，请点「退回」。", 58)
    before = tuple(meeting.clearances)
    meeting.cancel(official, "放弃", work.now)
    await work.note(official, "meeting.give_up", f"meeting:{meeting.id}")
    await draft.redraw_draft(work, meeting)
    await clearing_matter.bring_up_to_date(work, meeting, before)


def _may_edit(meeting: Meeting, official: Official, work: UnitOfWork) -> None:
    meeting.may_change(official, work.now)
    if meeting.kind is MeetingKind.DISTRICT and meeting.live:
        raise Refused("部门全区性会议的名单已经批准，不能自行增减；确需调整的，请与区政府办公室联系。", 58)


# ---------------------------------------------------------------- who is added


def part_of_added(meeting: Meeting, official: Official) -> Part:
    """In attendance at the three formal meetings, unless they belong to it; a member of the others."""
    if meeting.kind not in FORMAL:
        return Part.MEMBER
    belongs = {Role.MAYOR, Role.EXECUTIVE_VICE_MAYOR, Role.VICE_MAYOR, Role.OFFICE_DIRECTOR}
    return Part.MEMBER if official.role in belongs else Part.ATTENDING


async def _add(work: UnitOfWork, official: Official, meeting: Meeting, people: Sequence[Official]) -> str:
    """Put them on the list; where the meeting is called, they get their cards at once."""
    _may_edit(meeting, official, work)
    fresh = [one for one in people if meeting.of(one) is None]
    for one in people:
        meeting.add(one, part_of_added(meeting, one))
    await work.flush()
    await mark_leaves(work, meeting)
    said = f"增加{notices.names(fresh)}" if fresh else "都已在名单内"
    await _edited(work, official, meeting, said)
    if meeting.live:
        await tell.invite(work, meeting, [meeting.place_of(one) for one in fresh])
    return said


async def _edited(work: UnitOfWork, official: Official, meeting: Meeting, said: str) -> None:
    await work.note(official, "meeting.list", f"meeting:{meeting.id}", detail={"what": said})
    if meeting.live:
        await set_timers(work, meeting)
        await count.moved(work, meeting)
    else:
        await look_again(work, meeting)
        await draft.redraw_draft(work, meeting)


def _on_list(scene: Scene) -> list[Official]:
    listed = (scene.roster.by_id(id) for id in scene.values.get("on") or [])
    return [one for one in listed if one is not None]


@asks("meeting.units", "增加单位", UnitsField("units", "单位", ask="增加哪些单位的主要负责人？"))
async def adding_units(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    meeting, roster = await work.lock(Meeting, values["meeting"]), await work.roster()
    units: list[Unit] = values["units"]
    remarks: list[str] = []
    people = [representative(unit, roster, remarks) for unit in units]
    said = await _add(work, official, meeting, [one for one in people if one is not None])
    return Markup("{}。{}").format(said, "".join(remarks))


@asks("meeting.people", "增加人员", OfficialsField("people", "人员", ask="增加哪些同志？", most=200))
async def adding_people(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    meeting = await work.lock(Meeting, values["meeting"])
    return Markup("{}。").format(await _add(work, official, meeting, values["people"]))


@asks(
    "meeting.drop",
    "减少人员",
    OfficialsField("people", "人员", ask="减少哪些同志？", among=_on_list, most=200),
)
async def dropping_people(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    """Take them off; who was told is told again, and their card loses its buttons.

    Who cannot be taken off (any more) is named, and costs none of the others.
    """
    meeting = await work.lock(Meeting, values["meeting"])
    people: list[Official] = values["people"]
    _may_edit(meeting, official, work)
    gone, kept = meeting.drop_all(people)
    if not gone:
        return escape("".join(kept))
    if meeting.live:
        for place in gone:
            if place.excuse is not None:
                await excuse.withdrawn(work, meeting, place, place.excuse)
            await tell.take_off(work, meeting, place)
    said = f"减少{notices.names([place.official for place in gone])}"
    await _edited(work, official, meeting, said)
    missing = left_out(meeting.kind, await work.roster(), [one.official for one in meeting.attendees])
    remarks = "".join(f"\n⚠️ {remark}" for remark in (*kept, missing) if remark)
    return Markup("{}。{}").format(said, remarks)


EDITS: dict[str, Form] = {
    drafts.UNITS_ADD: adding_units,
    drafts.PEOPLE_ADD: adding_people,
    drafts.PEOPLE_DROP: dropping_people,
}

FORMS: tuple[Form, ...] = tuple(EDITS.values())
ROUTES: list[Route] = [act]
