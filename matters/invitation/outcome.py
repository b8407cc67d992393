"""What is settled about an invitation: told to the unit, put into calendars and taken off them."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from notices import calendar_file
from notices.card import under
from notices.invitation.card import outcome
from notices.invitation.outcome import AS_BEFORE, TENTATIVE, answered, event
from notices.invitation.words import about, office_contact, titled
from notices.notice import Notice
from rules.invitation.matter import Invitation
from rules.invitation.request import InvitationRequest
from rules.roster import Official, Roster
from storage.unit_of_work import UnitOfWork

# ---------------------------------------------------------------- to those who come


def in_calendar(
    invitation: Invitation,
    to: Official,
    work: UnitOfWork,
    roster: Roster,
    why: str = "",
    *,
    tentative: bool = False,
) -> Notice:
    """The entry for the phone's own calendar, again with every change; `tentative` until they answer anew."""
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
        under(why, event(invitation)),
        attachment=file,
        subject=f"活动日程{titled(invitation)}",
        matter=f"invitation:{invitation.id}",
    )


def off_calendar(invitation: Invitation, to: Official, work: UnitOfWork, why: Markup) -> Notice:
    """It does not take place, or not with them: the entry goes from their calendar."""
    file = calendar_file.entry(invitation, _appointment(invitation, work), to, now=work.now, off=True)
    return Notice(
        to,
        why,
        attachment=file,
        subject=f"活动日程{titled(invitation)}取消",
        matter=f"invitation:{invitation.id}",
        news=True,
    )


def _appointment(invitation: Invitation, work: UnitOfWork, text: str = "") -> calendar_file.Appointment:
    settings = work.office.settings
    return calendar_file.Appointment(
        invitation.event,
        invitation.start,
        invitation.until(settings.invitation),
        invitation.place,
        text,
        settings.office_name,
    )


async def results(
    work: UnitOfWork, invitation: Invitation, request: InvitationRequest, *, anew: bool = False
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
        first = about(invitation, "请从手机日历中移除")
        line = Markup("{}\n{}。").format(first, outcome(request))
        told += [
            off_calendar(invitation, one, work, line)
            for one in _still_here(before, clerk if not coming else None)
        ]
    if coming is not None:
        told.append(in_calendar(invitation, coming, work, roster))
        if clerk is not coming:
            why = f"{coming.titled}出席。"
            told += [in_calendar(invitation, one, work, roster, why) for one in _still_here(clerk)]
    request.bears(coming)
    return told


def _still_here(*people: Official | None) -> list[Official]:
    return list(dict.fromkeys(one for one in people if one is not None and one.left_at is None))


def taken_off(work: UnitOfWork, invitation: Invitation, line: Markup) -> list[Notice]:
    """It does not take place: it goes from every calendar that bears it."""
    bearers = [request.entry_with for request in invitation.requests]
    clerks = [invitation.clerk] if any(bearers) else []
    return [off_calendar(invitation, one, work, line) for one in _still_here(*bearers, *clerks)]


def as_before(work: UnitOfWork, invitation: Invitation, roster: Roster) -> list[Notice]:
    """It is not off, nor at another time, as was told: the phones of who comes bear it again."""
    for request in invitation.attending:
        request.bears(request.attendee)
    clerks = [invitation.clerk] if invitation.attending else []
    people = _still_here(*invitation.attendees, *clerks)
    return [replace(in_calendar(invitation, one, work, roster, AS_BEFORE), news=True) for one in people]


def let_go(
    work: UnitOfWork, invitation: Invitation, requests: Sequence[InvitationRequest], line: Markup
) -> list[Notice]:
    """Nobody comes by these requests any more: off their calendars, off the desk's with the last."""
    bearers = [request.entry_with for request in requests]
    for request in requests:
        request.bears(None)
    clerks = [invitation.clerk] if any(bearers) and not invitation.attending else []
    return [off_calendar(invitation, one, work, line) for one in _still_here(*bearers, *clerks)]


def moved_on_phones(
    work: UnitOfWork,
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
            told.append(in_calendar(invitation, bearer, work, roster, TENTATIVE, tentative=True))
            continue
        told += [off_calendar(invitation, one, work, line) for one in _still_here(bearer)]
        request.bears(None)
    clerk = invitation.clerk if bearing else None
    told += [
        in_calendar(invitation, one, work, roster, TENTATIVE, tentative=True) for one in _still_here(clerk)
    ]
    return told
