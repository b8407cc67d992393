"""What people are told of an invitation (art. 86): who sees what, in which words, with which buttons.

The unit hears the answer with the office's contact, never a leader's; groups hear nothing.
"""

from dataclasses import replace

from markupsafe import Markup, escape

from notices.card import sent_on, under
from notices.form_buttons import report_again
from notices.invitation.card import own_buttons, own_card, own_text, permit_buttons, permit_card, permit_text
from notices.invitation.words import changed, contact_line, short, told_in_unit
from notices.notice import Button, Notice, Urgency
from rules.absence import StandIn
from rules.articles import cite
from rules.fields import Paper
from rules.invitation.change import InvitationChange
from rules.invitation.matter import Invitation
from rules.invitation.permission import Permission
from rules.invitation.request import InvitationRequest
from rules.roster import Official, Roster

TURN = "turn"
QUOTED = "原话："
_QUOTED_AT_MOST = 500
"""A phone screen; a caption takes no more than 1,024 characters."""

# ---------------------------------------------------------------- cards


def own(invitation: Invitation, roster: Roster, to: Official, why: str = "") -> Notice:
    """The unit's own card."""
    text = own_text(invitation, roster)
    return Notice(
        to,
        Markup("{}\n\n{}").format(why, text) if why else text,
        own_buttons(invitation),
        subject="本单位报送的活动邀请",
        card=own_card(invitation),
    )


def ask_permission(
    invitation: Invitation, permission: Permission, why: str = "", to: Official | None = None
) -> Notice:
    """The card for 办公室主任, or who stands in for them."""
    to = to or permission.holder
    return Notice(
        to,
        under(why, permit_text(invitation, permission), to, permission.director),
        permit_buttons(invitation, permission, to),
        subject=f"{invitation.unit.name}的活动{'变更' if permission.change else '邀请'}待准予受理",
        card=permit_card(invitation, permission, to),
        until=invitation.start,
    )


def permission_silent(invitation: Invitation, permission: Permission, roster: Roster) -> list[Notice]:
    """To the desk, but for whoever keeps silent: nothing has been decided for two working days."""
    holder = permission.holder
    line = Markup("{}报送的{}（特殊情况）送{}已两个工作日，尚未决定是否受理，请协助提醒。\n电话：{}")
    text = line.format(
        invitation.unit.name, short(invitation), permission.whose, holder.phone or "花名册未载"
    )
    return [Notice(one, text, subject="邀请久未决定") for one in roster.desk if one is not holder]


# ---------------------------------------------------------------- to the unit


def submitted(invitation: Invitation) -> Markup:
    """What the form's card becomes once the report has gone in."""
    permission = invitation.permission
    if permission is not None and permission.granted is None:
        return Markup("已报送。因晚于规定时间，须由{}准予受理。{}").format(permission.whose, cite(86))
    return Markup("已报送区政府办公室，办理情况随时告知。{}").format(cite(86))


def change_waits(permission: Permission) -> Markup:
    """The same for a change into the five working days."""
    said = Markup("变更已报送。因晚于规定时间，须由{}准予受理；此前仍按原定安排。{}")
    return said.format(permission.whose, cite(86))


def to_unit(invitation: Invitation, roster: Roster, text: Markup) -> list[Notice]:
    """A line to whoever reported it."""
    return [
        Notice(one, text, subject="活动邀请办理情况", matter=f"invitation:{invitation.id}", news=True)
        for one in told_in_unit(invitation, roster)
    ]


def forwarded(invitation: Invitation, roster: Roster) -> list[Notice]:
    """The unit hears that it lies with the leaders; not with whom, for that is the office's to say."""
    text = Markup("活动邀请{}已转呈区领导，有答复即告知。\n{}")
    return to_unit(invitation, roster, text.format(short(invitation), contact_line(invitation, roster)))


def given_back(invitation: Invitation, roster: Roster) -> list[Notice]:
    """退回, or 不予受理: the end, with the reason."""
    text = Markup("<b>活动邀请{}{}</b>\n理由：{}\n{}{}").format(
        short(invitation), invitation.state, invitation.comment, contact_line(invitation, roster), cite(86)
    )
    again = report_again("invitation", invitation.id)
    return [replace(each, buttons=again) for each in to_unit(invitation, roster, text)]


def wants_more(invitation: Invitation, roster: Roster) -> list[Notice]:
    """请补充: the unit learns what; its form opens again below this line."""
    text = Markup("<b>区政府办公室请补充：{}</b>\n活动邀请{}，原填内容已保留，补好重新提交即可。\n{}").format(
        invitation.comment, short(invitation), contact_line(invitation, roster)
    )
    return to_unit(invitation, roster, text)


def permitted(invitation: Invitation, permission: Permission, roster: Roster) -> list[Notice]:
    """准予受理: it goes on to the desk."""
    what = "的变更" if permission.change else ""
    text = Markup("活动邀请{}{}{}，现由区政府办公室办理。")
    return to_unit(invitation, roster, text.format(short(invitation), what, permission.done))


# ---------------------------------------------------------------- changes, the end


def _to_proposer(
    change: InvitationChange, invitation: Invitation, roster: Roster, text: Markup
) -> list[Notice]:
    """Who reported the event and who asked for the change, if that is somebody else in the unit."""
    by = roster.by_id(change.proposed_by.id)
    also = [by] if by is not None and by.unit is invitation.unit else []
    people = dict.fromkeys([*told_in_unit(invitation, roster), *also])
    return [
        Notice(one, text, subject="活动变更办理情况", matter=f"invitation:{invitation.id}", news=True)
        for one in people
    ]


def change_seen(
    change: InvitationChange, invitation: Invitation, roster: Roster, *, anew: bool
) -> list[Notice]:
    """The unit hears that its change is in force, and what follows from it."""
    after = "时间或地点有变，正重新征求领导意见，有答复即告知。" if anew else "已告知领导。"
    after = after if invitation.requests else ""
    lines = [Markup("<b>变更已采纳</b>"), *changed(change, invitation), escape(after)]
    text = Markup("\n").join([*filter(None, lines), contact_line(invitation, roster)])
    return _to_proposer(change, invitation, roster, text)


def change_refused(change: InvitationChange, invitation: Invitation, roster: Roster) -> list[Notice]:
    """The unit hears that all stays as it was."""
    text = Markup("<b>变更未采纳，仍按原定安排</b>\n活动邀请{}\n理由：{}\n{}").format(
        short(invitation), change.comment, contact_line(invitation, roster)
    )
    return _to_proposer(change, invitation, roster, text)


def moved(change: InvitationChange) -> str:
    """Above the card of a leader who is asked anew."""
    what = "、".join([*(["时间"] if change.of_time else []), *(["地点"] if change.of_place else [])])
    return f"主办单位变更了{what}，请重新答复。"


def programme_changed(change: InvitationChange, invitation: Invitation, to: Official) -> Notice:
    """Who comes hears of another programme."""
    lines = [Markup("<b>活动{}议程有更新</b>").format(short(invitation)), *changed(change, invitation)]
    return Notice(
        to, Markup("\n").join(lines), subject="活动议程更新", matter=f"invitation:{invitation.id}", news=True
    )


def cancelled_line(invitation: Invitation) -> Markup:
    """To everybody who knows of it."""
    reason = f"（{invitation.comment}）" if invitation.comment else ""
    gone = invitation.unit.closed_at is not None
    by = f"{invitation.unit.name}已撤并，区政府办公室" if gone else "主办单位"
    if not invitation.requests:
        return Markup("{}已撤回活动邀请{}{}，无需再办。").format(by, short(invitation), reason)
    return Markup("{}已取消活动{}{}，不再需要出席。").format(by, short(invitation), reason)


def lapsed(invitation: Invitation, roster: Roster) -> list[Notice]:
    """The event begins and nobody has answered: the unit and the desk know that it ends so."""
    text = Markup("活动{}时间已到，邀请未能办结，请以电话联系为准。\n{}").format(
        short(invitation), contact_line(invitation, roster)
    )
    desk = Markup("活动{}时间已到，邀请没有办结，已告{}。").format(short(invitation), invitation.unit.name)
    return [
        *to_unit(invitation, roster, text),
        *(Notice(one, desk, subject="活动邀请未办结") for one in roster.desk),
    ]


# ---------------------------------------------------------------- a leader goes away


def away(request: InvitationRequest, stand_in: StandIn | None) -> str:
    """Above the desk's card: who had accepted will be away."""
    who = request.leader.titled
    if stand_in is None or stand_in.official is None:
        return f"{who}已答应出席，活动时将外出，暂无人补位，请另行安排。{cite(9)}"
    ground = cite(stand_in.article or 9)
    return f"{who}已答应出席，活动时将外出，已请{stand_in.official.titled}代为出席。{ground}"


def comes_after_all(invitation: Invitation, request: InvitationRequest) -> Markup:
    """Their leave is off: they come themselves."""
    return Markup("{}活动时已不外出，活动{}由本人出席。").format(request.leader.titled, short(invitation))


# ---------------------------------------------------------------- past the office


def turned(official: Official, text: str, days: int, paper: Paper | None = None) -> Notice:
    """An attempt to reach a leader directly: the article, and a button that carries over what was written.

    `days` is how many working days ahead the office wants to know (art. 86); the file that came, 请柬 or
    another, lies on the card itself, so that the button carries it over as well.
    """
    quoted = text if len(text) <= _QUOTED_AT_MOST else f"{text[: _QUOTED_AT_MOST - 1]}…"
    return Notice(
        official,
        Markup(
            "邀请区政府领导参加的活动，一律由区政府办公室统一安排，不得直接向领导个人发送请柬；应提前{}个工作日报办公室。{}\n"
            "请点「填报邀请」，所写内容一并带入。\n<i>{}{}</i>"
        ).format(days, cite(86), QUOTED, quoted),
        ((Button("填报邀请", f"invitation:{TURN}"),),),
        attachment=sent_on(paper) if paper else None,
        urgency=Urgency.ANSWER,
    )
