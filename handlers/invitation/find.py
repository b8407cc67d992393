"""Invitations among what /find finds: by event, kind, place, organiser, unit, leader, state and time.

The office finds every one, the unit's head and liaison what the unit has reported; a leader, who stands in
for them and who goes in their place what they were asked.
"""

from handlers.invitation import entry as invitations_at_hand
from matters.invitation import tell
from notices.invitation import told as notices
from notices.invitation.card import leader_text, own_card
from notices.invitation.desk import desk_card
from notices.invitation.words import papers as sent_with
from notices.invitation.words import papers_button, short
from notices.notice import Notice
from rules.dates.reading import moment_words
from rules.find import Found, Words
from rules.invitation.matter import MAY_INVITE, Invitation
from rules.refused import Refused
from rules.remarks.remark import Hearers
from rules.roster import OFFICE_DESK, Official
from storage.queries.invitation.find import found_by
from storage.unit_of_work import UnitOfWork


async def find(work: UnitOfWork, official: Official, words: Words, limit: int) -> list[Found]:
    """The newest invitations that the words fit and the official may see."""
    found = await found_by(work, official, words, limit)
    return [Found(f"invitation:{one.id}", one.submitted_at, _line(one)) for one in found]


async def called(work: UnitOfWork, _official: Official, id: int) -> str:
    """“城区重点项目调研”（12月10日 09:00）的邀请."""
    return f"{short(await work.lock(Invitation, id))}的邀请"


async def hears(work: UnitOfWork, official: Official, id: int, _of: str) -> Hearers:
    """The office hears units and leaders, the unit the office: nobody reaches a leader past it (art. 86)."""
    invitation = await work.lock(Invitation, id)
    if official.role in OFFICE_DESK:
        return Hearers([invitation.submitted_by], [own_card(invitation), desk_card(invitation)])
    desk = [invitation.clerk] if invitation.clerk else (await work.roster()).desk
    return Hearers(desk, [desk_card(invitation)])


async def papers(work: UnitOfWork, to: Official, id: int) -> list[Notice]:
    """What was reported with it."""
    return sent_with(await work.lock(Invitation, id), to)


async def card(work: UnitOfWork, official: Official, id: int) -> Notice:
    """The invitation as this official may see it, with what they may do with it now."""
    invitation, roster = await work.lock(Invitation, id), await work.roster()
    at_hand = await invitations_at_hand.todo(work, official)
    live = next((one for one in at_hand if one.card.startswith(f"invitation:{id}:")), None)
    if live is not None:
        return live
    if official.role in OFFICE_DESK:
        (desk,) = await tell.at_desk(work, invitation, to=[official])
        return desk
    for request in reversed(invitation.requests):
        if official is request.leader and request.asked_at is not None:
            return await tell.asked(work, invitation, request, to=official)
        if official is request.delegate:
            return await tell.ask_delegate(work, invitation, request, official)
        if official in (request.stand_in, request.decided_by):
            text = leader_text(invitation, request, [], roster)
            return Notice(official, text, papers_button(invitation))
    if invitation.unit is official.unit and official.role in MAY_INVITE:
        return notices.own(invitation, roster, official)
    raise Refused("这件活动邀请不在您可以查看的范围内。")


def _line(invitation: Invitation) -> str:
    """活动邀请：城区重点项目调研（调研）财政局 12月10日 09:00 云腾街道 · 已答复."""
    return (
        f"活动邀请：{invitation.event}（{invitation.kind}）{invitation.organiser} "
        f"{moment_words(invitation.start)} {invitation.place} · {invitation.state}"
    )
