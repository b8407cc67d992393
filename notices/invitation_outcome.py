"""Who hears what has been settled about an invitation: the unit, and the calendars of who comes (art. 86)."""

from collections.abc import Sequence

from markupsafe import Markup

from notices import calendar_file
from notices.invitation import to_unit
from notices.invitation_card import outcome, own_buttons, own_card
from notices.invitation_words import contact_line, office_contact, short, titled, told_in_unit, when_of
from rules.invitation import Invitation
from rules.invitation_request import InvitationRequest
from rules.roster import Official, Roster
from storage.outbox import Notice
from storage.work import Work

_TENTATIVE = "变更后的安排（待领导答复，点开附件可更新手机日历）：\n"


def answered(
    invitation: Invitation, request: InvitationRequest, roster: Roster, *, anew: bool
) -> list[Notice]:
    """The answer, with the office's contact."""
    head = "答复有变：" if anew else ""
    lines = [
        Markup("<b>{}{}</b>").format(head, outcome(request)),
        Markup("活动：{}").format(invitation.event),
        Markup("时间：{}").format(when_of(invitation)),
        Markup("地点：{}").format(invitation.place),
    ]
    if request.attendee:
        lines.append(Markup("时间、地点、议程如有变化，请即点「变更」。"))
    lines.append(contact_line(invitation, roster))
    return [
        Notice(
            one,
            Markup("\n").join(lines),
            own_buttons(invitation),
            subject="活动邀请答复",
            card=own_card(invitation),
        )
        for one in told_in_unit(invitation, roster)
    ]


def waits_again(invitation: Invitation, request: InvitationRequest, roster: Roster) -> list[Notice]:
    """An answer that the unit knows has been taken back: it is to wait."""
    return _wait(invitation, roster, f"{request.leader.titled}的答复有变")


def without(invitation: Invitation, gone: Official, roster: Roster) -> list[Notice]:
    """Somebody who was to come is no longer in office: the unit is to wait."""
    return _wait(invitation, roster, f"{gone.titled}已离任或职务调整")


def _wait(invitation: Invitation, roster: Roster, why: str) -> list[Notice]:
    text = Markup("<b>{}，请等另行告知</b>\n活动邀请{}\n{}").format(
        why, short(invitation), contact_line(invitation, roster)
    )
    return to_unit(invitation, roster, text)


# ---------------------------------------------------------------- to those who come


def in_calendar(
    invitation: Invitation,
    to: Official,
    work: Work,
    roster: Roster,
    why: str = "",
    *,
    tentative: bool = False,
) -> Notice:
    """The entry for the phone's own calendar, again with every change; `tentative` until he answers anew."""
    text = f"{invitation.kind}；{invitation.task}；联系：{office_contact(invitation, roster)}"
    attends = any(to in (one.attendee, one.leader) for one in invitation.requests)
    file = calendar_file.entry(
        invitation,
        _appointment(invitation, work, text),
        to,
        now=work.now,
        tentative=tentative,
        attends=attends,
    )
    return Notice(
        to,
        Markup("{}{}").format(why, _event(invitation)),
        attachment=file,
        subject=f"活动日程{titled(invitation)}",
    )


def off_calendar(invitation: Invitation, to: Official, work: Work, why: Markup) -> Notice:
    """It does not take place, or not with him: the entry goes from his calendar."""
    file = calendar_file.entry(invitation, _appointment(invitation, work), to, now=work.now, off=True)
    return Notice(to, why, attachment=file, subject=f"活动日程{titled(invitation)}取消")


def _appointment(invitation: Invitation, work: Work, text: str = "") -> calendar_file.Appointment:
    settings = work.office.settings
    return calendar_file.Appointment(
        invitation.event,
        invitation.start,
        invitation.until(settings.invitation),
        invitation.place,
        text,
        settings.office_name,
    )


def _event(invitation: Invitation) -> Markup:
    return Markup("{}\n{}\n{}").format(invitation.event, when_of(invitation), invitation.place)


async def results(
    work: Work, invitation: Invitation, request: InvitationRequest, *, anew: bool = False
) -> list[Notice]:
    """What is settled: the unit hears it, and it goes into the calendars of who comes and of the office.

    Whose calendar bore it by an earlier answer has it taken off.
    """
    if not request.final:
        return []
    roster = await work.roster()
    told = answered(invitation, request, roster, anew=anew)
    before, coming = request.entry_with, request.attendee
    clerk = invitation.clerk or request.forwarded_by
    if before is not None and before is not coming:
        line = Markup("活动{}：{}。").format(short(invitation), outcome(request))
        told += [
            off_calendar(invitation, one, work, line)
            for one in _still_here(before, clerk if not coming else None)
        ]
    if coming is not None:
        told.append(in_calendar(invitation, coming, work, roster))
        if clerk is not coming:
            why = f"{coming.titled}出席："
            told += [in_calendar(invitation, one, work, roster, why) for one in _still_here(clerk)]
    request.entry_with = coming
    return told


def _still_here(*people: Official | None) -> list[Official]:
    return list(dict.fromkeys(one for one in people if one is not None and one.left_at is None))


def taken_off(work: Work, invitation: Invitation, line: Markup) -> list[Notice]:
    """It does not take place: it goes from every calendar that bears it."""
    bearers = [request.entry_with for request in invitation.requests]
    clerks = [invitation.clerk] if any(bearers) else []
    return [off_calendar(invitation, one, work, line) for one in _still_here(*bearers, *clerks)]


def let_go(
    work: Work, invitation: Invitation, requests: Sequence[InvitationRequest], line: Markup
) -> list[Notice]:
    """Nobody comes by these requests any more: off their calendars, off the desk's with the last."""
    bearers = [request.entry_with for request in requests]
    for request in requests:
        request.entry_with = None
    clerks = [invitation.clerk] if any(bearers) and not invitation.attending else []
    return [off_calendar(invitation, one, work, line) for one in _still_here(*bearers, *clerks)]


def moved_on_phones(
    work: Work,
    invitation: Invitation,
    anew: Sequence[InvitationRequest],
    roster: Roster,
    line: Markup,
) -> list[Notice]:
    """Time or place have changed: no phone may ring at the old ones until the leaders have answered anew.

    Who is asked keeps the new time free; who was to go in a leader's place has it taken off, with the line.
    """
    bearing = [request for request in anew if request.entry_with is not None]
    told: list[Notice] = []
    for request in bearing:
        bearer = request.entry_with
        if bearer is request.holder:
            told.append(in_calendar(invitation, bearer, work, roster, _TENTATIVE, tentative=True))
            continue
        told += [off_calendar(invitation, one, work, line) for one in _still_here(bearer)]
        request.entry_with = None
    clerk = invitation.clerk if bearing else None
    told += [
        in_calendar(invitation, one, work, roster, _TENTATIVE, tentative=True) for one in _still_here(clerk)
    ]
    return told


def tell(to: Official, text: Markup, invitation: Invitation) -> Notice:
    """A line to one who has to do with it."""
    return Notice(to, text, subject=f"活动邀请{titled(invitation)}")


def told_clerk(invitation: Invitation, request: InvitationRequest, text: Markup) -> list[Notice]:
    """Who at the desk has it in hand hears how it goes on."""
    clerk = invitation.clerk or request.forwarded_by
    return [] if clerk.left_at else [Notice(clerk, text, subject=f"活动邀请{titled(invitation)}")]


def answer_line(invitation: Invitation, request: InvitationRequest) -> Markup:
    """For the office: who answered what."""
    return Markup("活动邀请{}：{}。").format(short(invitation), request.done)


def delegate_said(
    invitation: Invitation, request: InvitationRequest, delegate: Official, reason: str
) -> Markup:
    """For the leader and the office: the delegate takes it, or cannot."""
    whose, about = request.leader.titled, short(invitation)
    if request.confirmed:
        return Markup("{}已接受，代{}出席{}。").format(delegate.titled, whose, about)
    why = f"：{reason}" if reason else ""
    return Markup("{}不能代{}出席{}{}。").format(delegate.titled, whose, about, why)
