"""What those who attend an event are reminded of, and the desk beside them: place, papers, whom to call.

The contact given is the office's (art. 86); the organiser's is for the desk.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from notices.card import files, with_files
from notices.invitation.words import about, facts
from notices.notice import Notice
from rules.invitation.matter import Invitation
from rules.invitation.request import InvitationRequest
from rules.roster import Official
from rules.working_days import DAY, SHANGHAI, shanghai_day


def to_attendee(
    request: InvitationRequest,
    invitation: Invitation,
    office: Sequence[Official],
    now: datetime,
) -> list[Notice]:
    """To whoever comes by this request: the reminder, and behind it programme and speech."""
    attendee = request.attendee
    if attendee is None:
        return []
    lines = [
        _heading(invitation, now, "请您出席"),
        *facts(invitation),
        *([Markup("您代{}出席。").format(request.leader.titled)] if attendee is not request.leader else []),
        *_with_him(attendee, invitation),
        *_papers(invitation),
        *_office(office),
    ]
    soon = invitation.start - now < DAY / 2
    card = replace(_notice(attendee, invitation, lines), asks=soon, until=invitation.start)
    return with_files(card, *_files(attendee, invitation))


def to_liaison(
    liaison: Official,
    request: InvitationRequest,
    invitation: Invitation,
    office: Sequence[Official],
    now: datetime,
) -> list[Notice]:
    """To the liaison of whoever comes by this request, with the same papers."""
    lines = [
        _heading(invitation, now, f"{request.attends}出席"),
        *facts(invitation),
        Markup("出席：{}").format(request.attends),
        *_papers(invitation),
        *_office(office),
        Markup("已同时提醒本人，请做好衔接。"),
    ]
    return with_files(_notice(liaison, invitation, lines), *_files(liaison, invitation))


def to_desk(clerk: Official, invitation: Invitation, now: datetime) -> list[Notice]:
    """To the desk, which keeps the leaders' day: who goes, and the organiser's contact."""
    going = "、".join(request.attends for request in invitation.attending)
    lines = [
        _heading(invitation, now, "请做好衔接"),
        *facts(invitation),
        Markup("出席：{}").format(going),
        *_papers(invitation),
        Markup("主办方联系人：{} {}").format(invitation.contact, invitation.phone),
        *([Markup("⚠️ 主办单位报来变更，尚未审核，请先办理。")] if invitation.change is not None else []),
        Markup("已同时提醒出席的同志，请做好衔接。"),
    ]
    return with_files(_notice(clerk, invitation, lines), *_files(clerk, invitation))


def _notice(to: Official, invitation: Invitation, lines: Sequence[Markup]) -> Notice:
    matter = f"invitation:{invitation.id}"
    return Notice(to, Markup("\n").join(lines), subject="活动提醒", matter=matter)


def _heading(invitation: Invitation, now: datetime, wanted: str) -> Markup:
    """明天的活动“…”，请您出席."""
    day, today = invitation.start.astimezone(SHANGHAI).date(), shanghai_day(now)
    near = {today: "今天的活动", today + DAY: "明天的活动"}.get(day, "活动")
    return about(invitation, wanted, mine=True, asked=near)


def _with_him(attendee: Official, invitation: Invitation) -> Iterator[Markup]:
    others = [one.titled for one in invitation.attendees if one is not attendee]
    if others:
        yield Markup("一同出席：{}").format("、".join(others))


def _papers(invitation: Invitation) -> Iterator[Markup]:
    """What follows; that a speech is wanted and none has come is said too."""
    if files := [*invitation.programme, *invitation.speech_drafts]:
        yield Markup("附后：{}").format("、".join(f"《{paper.name}》" for paper in files))
    if invitation.speech and not invitation.speech_drafts:
        yield Markup("需要讲话，代拟稿尚未报来。")


def _office(office: Sequence[Official]) -> Iterator[Markup]:
    """Whom to call: who at the office has it in hand."""
    if office:
        said = "、".join(f"{one.titled} {one.phone}".strip() for one in office)
        yield Markup("联系：{}").format(said)


def _files(to: Official, invitation: Invitation) -> list[Notice]:
    """Programme and speech as Telegram already has them."""
    held = [*invitation.programme, *invitation.speech_drafts]
    return files(to, ((f"{invitation.event}：{paper.purpose}", paper) for paper in held))
