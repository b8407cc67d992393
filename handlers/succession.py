"""单位撤并: the office desk says which unit takes over what a closed one has left behind (art. 10)."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from handlers.context import Route
from handlers.countersign.sending import ask, hand_in
from handlers.forms.kinds import Form
from handlers.taps import Tap, on_tap
from matters import succession
from matters.countersign.show import bring_up_to_date, lead_below
from matters.invitation.show import bring_up_to_date as invitation_cards
from matters.meeting import clearing
from matters.meeting import topic as topic_matter
from matters.meeting.todo import to_who_is_in_charge
from notices import succession as notices
from notices.countersign import clock as countersign_clock
from notices.countersign import mediation as settling
from notices.countersign.card import lead, release_text
from notices.countersign.names import release_card
from notices.countersign.told import to_release
from notices.invitation import told as invitations
from notices.invitation.words import told_in_unit
from notices.meeting import clearing as meeting_clearing
from notices.meeting import told as meetings
from notices.meeting.office import office_buttons, office_card
from notices.notice import Notice
from rules.countersign.matter import Countersign, CountersignState
from rules.countersign.stall import unanswered
from rules.fields import Scene, UnitsField
from rules.forms import ABOUT, Values
from rules.invitation.matter import Invitation
from rules.meeting.matter import Meeting
from rules.meeting.topic import Topic
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, Unit
from rules.succession import (
    ARTICLE,
    Review,
    in_hand,
    may_assign,
    successors,
    take_invitation,
    take_meeting,
    take_review,
    take_sheet,
    take_topic,
)
from storage.queries.absence import follow_soon
from storage.queries.countersign import sheets as stored
from storage.queries.countersign.people import People, leading
from storage.queries.succession import left_behind, locked
from storage.unit_of_work import UnitOfWork


@on_tap("succession:countersign|review|meeting|invitation|topic:<left>")
async def start(tap: Tap[None]) -> str:
    """[由其他单位承接]: which unit is it?"""
    one = succession.matter_of(await locked(tap.work, tap.act, tap["left"]), tap.work)
    may_assign(tap.official, one.unit, over=not one.left)
    await tap.begin(TAKE_OVER, {"matter": one.subject, ABOUT: one.plain})
    return "请在下方选定承接单位。"


def _successors(scene: Scene) -> Sequence[Unit]:
    return successors(scene.roster)


def _one_unit(units: list[Unit], scene: Scene) -> None:  # noqa: ARG001
    if len(units) > 1:
        raise Refused("只能由一个单位承接")


async def _submit(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """The unit has it from now on: it gets the cards, all who have to do with it hear of it."""
    kind, _, id = str(values["matter"]).partition(":")
    left, unit, roster = await locked(work, kind, int(id)), values["unit"][0], await work.roster()
    one = succession.matter_of(left, work)
    person = in_hand(unit, roster)
    if person is None:
        raise Refused(f"{unit.name}没有主要负责人，请先更新花名册。")
    if isinstance(left, Countersign):
        await _sheet(work, official, left, unit, person)
    elif isinstance(left, Review):
        await _review(work, official, left.sheet, unit)
    elif isinstance(left, Meeting):
        await _meeting(work, official, left, unit, person)
    elif isinstance(left, Invitation):
        await _invitation(work, official, left, unit, person)
    else:
        await _topic(work, official, *left, unit)
    detail = {"from": one.unit.name, "to": unit.name}
    await work.note(official, f"{kind}.taken_over", one.subject, article=ARTICLE, detail=detail)
    outcome = Markup("现由{}承接（{}）。").format(unit.name, official.titled)
    await succession.settle(work, one, outcome)
    return Markup("{}：现由{}承接。").format(one.what, unit.name)


TAKE_OVER = Form(
    name="succession.take_over",
    title="明确承接单位",
    fields=(
        UnitsField(
            "unit",
            "承接单位",
            ask="由哪个单位承接？",
            among=_successors,
            check=_one_unit,
            most=1,
            example="财政局",
        ),
    ),
    submit=_submit,
    refusal_ends=True,  # another at the desk was quicker
)


# ---------------------------------------------------------------- each kind


async def _sheet(work: UnitOfWork, clerk: Official, sheet: Countersign, unit: Unit, person: Official) -> None:
    was = sheet.lead_unit
    calendar, hours = await work.calendar(), work.office.settings.hours
    longer = take_sheet(sheet, clerk, unit, person, work.now, calendar, hours)
    await work.flush()
    why = Markup("{}已撤并，{}由{}承接（{}）。").format(was.name, sheet.matter, unit.name, clerk.titled)
    if sheet.state is CountersignState.PREPARED:
        await hand_in(work, sheet, await stored.seat(work, unit), again=False)
    else:
        await bring_up_to_date(work, sheet, *sheet.standing)
        await _tell_lead(work, sheet, why)
        to_lead = await leading(work, sheet)
        for one in sheet.standing:
            if unanswered(one):
                await work.send(*(card for to in to_lead for card in settling.to_answer(sheet, one, to)))
    people = await People.of(work)
    for one in longer:
        await work.send(
            *countersign_clock.put_off(sheet, one, f"主办单位现为{unit.name}", people.unit(one), ())
        )
    if (head := people.roster.head_of(unit)) is not None:
        await follow_soon(work, head)  # wishes for more time, a version that waits: to who decides for it now


async def _review(work: UnitOfWork, clerk: Official, sheet: Countersign, unit: Unit) -> None:
    was = Review(sheet).unit
    calendar, hours, roster = await work.calendar(), work.office.settings.hours, await work.roster()
    asked, longer = take_review(sheet, clerk, unit, roster.head_of(unit), work.now, calendar, hours)
    await work.flush()
    if asked is not None and asked.asked_at == work.now:
        await ask(work, sheet)
    await bring_up_to_date(work, sheet, *([asked] if asked else []))
    whom = "主办单位" if unit is sheet.lead_unit else unit.name
    why = Markup("{}已撤并，{}的合法性审查由{}承接（{}）。").format(
        was.name, sheet.matter, whom, clerk.titled
    )
    await _tell_lead(work, sheet, why)
    if asked is not None and longer:
        people = await People.of(work)
        await work.send(
            *countersign_clock.put_off(
                sheet, asked, f"{was.name}已撤并，合法性审查由贵单位承接", people.unit(asked), ()
            )
        )


async def _tell_lead(work: UnitOfWork, sheet: Countersign, why: Markup) -> None:
    """Those who follow the sheet for its lead unit get its card anew, below what they have."""
    periods = work.office.settings.periods
    if sheet.state is CountersignState.PREPARED:
        seat = await stored.seat(work, sheet.lead_unit)
        if seat.signer is not None:
            await work.redraw(release_card(sheet), release_text(sheet, periods))
            await work.retire(release_card(sheet))
            await work.send(to_release(sheet, seat.signer, periods, why))
        return
    await lead_below(work, sheet)
    await work.send(*(lead(sheet, to, periods, why) for to in await leading(work, sheet)))


async def _meeting(work: UnitOfWork, clerk: Official, meeting: Meeting, unit: Unit, person: Official) -> None:
    was = meeting.unit
    take_meeting(meeting, clerk, unit, person)
    why = f"{was.name if was else ''}已撤并，这次会议由{unit.name}承接。"
    await to_who_is_in_charge(work, meeting)
    await clearing.bring_up_to_date(work, meeting)
    if meeting.called_at is None:
        await work.send(meeting_clearing.for_asker(meeting, why))
        return
    text = Markup("“{}”：{}").format(meeting.title, why)
    await work.send(
        Notice(person, text, office_buttons(meeting), subject="会议由贵单位承接", card=office_card(meeting))
    )


async def _topic(work: UnitOfWork, clerk: Official, meeting: Meeting, topic: Topic, unit: Unit) -> None:
    was = topic.unit
    take_topic(meeting, topic, clerk, unit)
    await topic_matter.redraw(work, meeting, topic)
    roster = await work.roster()
    head = roster.head_of(unit)
    text = Markup("“{}”议题《{}》原由{}汇报，该单位已撤并，现由贵单位准备、汇报。").format(
        meeting.title, topic.title, was.name if was else ""
    )
    told = dict.fromkeys(one for one in (head, in_hand(unit, roster)) if one is not None)
    for one in told:
        notice = Notice(one, text, subject="议题由贵单位汇报")
        if topic.gates and not meeting.manages(one):  # asked for already: with what is to be done, and when
            card = await topic_matter.card(work, meeting, topic, one)
            notice = replace(card, text=Markup("{}\n\n{}").format(text, card.text))
        await work.send(notice)
    if meeting.live and head is not None and meeting.of(head) is None:
        line = f"议题“{topic.title}”改由{unit.name}汇报，其主要负责人不在名单上，需参会的请点「加单位」。"
        await work.send(*meetings.to_desk(meeting, line, roster))


async def _invitation(
    work: UnitOfWork, clerk: Official, invitation: Invitation, unit: Unit, person: Official
) -> None:
    was = invitation.unit
    take_invitation(invitation, clerk, unit, person, work.now)
    await invitation_cards(work, invitation)
    roster = await work.roster()
    why = f"{was.name}已撤并，这件邀请由{unit.name}承接。"
    told = dict.fromkeys(
        [*told_in_unit(invitation, roster), *([roster.head_of(unit)] if roster.head_of(unit) else [])]
    )
    await work.send(*(invitations.own(invitation, roster, to, why) for to in told if to is not None))


# ---------------------------------------------------------------- for /todo


async def todo(work: UnitOfWork, official: Official) -> list[Notice]:
    """What closed units have left behind, for everybody at the office desk."""
    if official.role not in OFFICE_DESK:
        return []
    return [notices.card(succession.matter_of(one, work), official) for one in await left_behind(work)]


FORMS: tuple[Form, ...] = (TAKE_OVER,)
ROUTES: list[Route] = [start]
