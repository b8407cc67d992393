"""Who hears what has been settled about an invitation: the unit, and the calendars of who comes (art. 86)."""

from markupsafe import Markup

from notices.card import labelled
from notices.invitation.card import outcome, own_buttons, own_card
from notices.invitation.told import to_unit
from notices.invitation.words import about, contact_line, titled, told_in_unit, when_of
from notices.notice import Notice
from rules.invitation.matter import Invitation
from rules.invitation.request import InvitationRequest
from rules.roster import Official, Roster

AS_BEFORE = "刚才的通知已撤销，活动仍按原定。点开附件可加入手机日历。"
TENTATIVE = "变更后的安排待领导答复，点开附件可更新手机日历。"


def answered(
    invitation: Invitation, request: InvitationRequest, roster: Roster, *, anew: bool
) -> list[Notice]:
    """The answer, with the office's contact."""
    lines = [
        about(invitation, "答复有变" if anew else "领导已答复", mine=True),
        Markup("<b>{}</b>").format(outcome(request)),
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
            news=True,
            until=invitation.start,
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
    first = about(invitation, "请等另行告知", mine=True)
    text = Markup("{}\n{}。\n{}").format(first, why, contact_line(invitation, roster))
    return to_unit(invitation, roster, text)


def event(invitation: Invitation) -> Markup:
    return Markup("{}\n时间：{}\n地点：{}").format(about(invitation), when_of(invitation), invitation.place)


def tell(to: Official, text: Markup, invitation: Invitation) -> Notice:
    """A line to one who has to do with it."""
    return Notice(
        to,
        text,
        subject=f"活动邀请{titled(invitation)}",
        matter=f"invitation:{invitation.id}",
        news=True,
        until=invitation.start,
    )


def told_clerk(invitation: Invitation, request: InvitationRequest, text: Markup) -> list[Notice]:
    """Who at the desk has it in hand hears how it goes on."""
    clerk = invitation.clerk or request.forwarded_by
    return (
        []
        if clerk.left_at
        else [
            Notice(
                clerk,
                text,
                subject=f"活动邀请{titled(invitation)}",
                matter=f"invitation:{invitation.id}",
                news=True,
                until=invitation.start,
            )
        ]
    )


def answer_line(invitation: Invitation, request: InvitationRequest) -> Markup:
    """For the office: who answered what."""
    return about(invitation, f"{request.leader.name}{request.state}") + Markup("\n{}。").format(
        request.settled
    )


def delegate_said(
    invitation: Invitation, request: InvitationRequest, delegate: Official, reason: str
) -> Markup:
    """For the leader and the office: the delegate takes it, or cannot."""
    whose = request.leader.titled
    if request.confirmed:
        return about(invitation, f"{delegate.name}代为出席") + Markup("\n代{}。").format(whose)
    first = about(invitation, f"{delegate.name}不能代为出席")
    return Markup("\n").join([first, Markup("代{}。").format(whose), *labelled("原因", reason)])
