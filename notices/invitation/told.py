"""What people are told of an invitation (art. 86): who sees what, in which words, with which buttons.

The unit hears the answer with the office's contact, never a leader's; groups hear nothing.
"""

from dataclasses import replace

from markupsafe import Markup, escape

from notices.card import labelled, sent_on, under
from notices.form_buttons import report_again
from notices.invitation.card import own_buttons, own_card, own_text, permit_buttons, permit_card, permit_text
from notices.invitation.words import about, changed, contact_line, told_in_unit
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
        under(why, text),
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
        under(why, permit_text(invitation, permission, to)),
        permit_buttons(invitation, permission, to),
        subject=f"{invitation.unit.name}的活动{'变更' if permission.change else '邀请'}待准予受理",
        card=permit_card(invitation, permission, to),
        until=invitation.start,
        replaces=tuple(permit_card(invitation, one, to) for one in invitation.permissions),
    )


def permission_silent(invitation: Invitation, permission: Permission, roster: Roster) -> list[Notice]:
    """To the desk, but for whoever keeps silent: nothing has been decided for two working days."""
    holder = permission.holder
    line = Markup("{}\n送{}已两个工作日，尚未决定是否受理（特殊情况）。\n电话：{}")
    first = about(invitation, "久未决定，请协助提醒")
    text = line.format(first, permission.whose, holder.phone or "花名册未载")
    told, matter = [one for one in roster.desk if one is not holder], f"invitation:{invitation.id}"
    return [Notice(one, text, subject="邀请久未决定", matter=matter, on_card=True) for one in told]


# ---------------------------------------------------------------- to the unit


def submitted(invitation: Invitation) -> Markup:
    """What the form's card becomes once the report has gone in."""
    permission = invitation.permission
    if permission is not None and permission.granted is None:
        return Markup("已报送，待办公室主任准予受理。\n因晚于规定时间，须由{}准予受理。{}").format(
            permission.whose, cite(86)
        )
    return Markup("已报送区政府办公室，办理情况随时告知。{}").format(cite(86))


def change_waits(permission: Permission) -> Markup:
    """The same for a change into the five working days."""
    said = Markup("变更已报送，此前仍按原定安排。\n因晚于规定时间，须由{}准予受理。{}")
    return said.format(permission.whose, cite(86))


def to_unit(invitation: Invitation, roster: Roster, text: Markup) -> list[Notice]:
    """A line to whoever reported it."""
    return [
        Notice(
            one,
            text,
            subject="活动邀请办理情况",
            matter=f"invitation:{invitation.id}",
            news=True,
            until=invitation.start,
        )
        for one in told_in_unit(invitation, roster)
    ]


def forwarded(invitation: Invitation, roster: Roster) -> list[Notice]:
    """The unit hears that it lies with the leaders; not with whom, for that is the office's to say."""
    first = about(invitation, "已转呈区领导，有答复即告知", mine=True)
    return to_unit(invitation, roster, Markup("{}\n{}").format(first, contact_line(invitation, roster)))


def given_back(invitation: Invitation, roster: Roster) -> list[Notice]:
    """退回, or 不予受理: the end, with the reason."""
    first = about(invitation, invitation.state, mine=True)
    text = Markup("{}\n理由：{}\n{}{}").format(
        first, invitation.comment, contact_line(invitation, roster), cite(86)
    )
    again = report_again("invitation", invitation.id)
    return [replace(each, buttons=again) for each in to_unit(invitation, roster, text)]


def wants_more(invitation: Invitation, roster: Roster) -> list[Notice]:
    """请补充: the unit learns what; its form opens again below this line."""
    first = about(invitation, "请您补充", mine=True)
    text = Markup("{}\n区政府办公室请补充：{}\n原填内容已保留，补好重新提交即可。\n{}").format(
        first, invitation.comment, contact_line(invitation, roster)
    )
    return to_unit(invitation, roster, text)


def permitted(invitation: Invitation, permission: Permission, roster: Roster) -> list[Notice]:
    """准予受理: it goes on to the desk."""
    first = about(invitation, "已准予受理", mine=True, said="的变更" if permission.change else "")
    text = Markup("{}\n{}，现由区政府办公室办理。").format(first, permission.done)
    return to_unit(invitation, roster, Markup("\n").join([text, *labelled("附言", permission.comment)]))


# ---------------------------------------------------------------- changes, the end


def _to_proposer(
    change: InvitationChange, invitation: Invitation, roster: Roster, text: Markup
) -> list[Notice]:
    """Who reported the event and who asked for the change, if that is somebody else in the unit."""
    by = roster.by_id(change.proposed_by.id)
    also = [by] if by is not None and by.unit is invitation.unit else []
    people = dict.fromkeys([*told_in_unit(invitation, roster), *also])
    return [
        Notice(
            one,
            text,
            subject="活动变更办理情况",
            matter=f"invitation:{invitation.id}",
            news=True,
            until=invitation.start,
        )
        for one in people
    ]


def change_seen(
    change: InvitationChange, invitation: Invitation, roster: Roster, *, anew: bool
) -> list[Notice]:
    """The unit hears that its change is in force, and what follows from it."""
    after = "时间或地点有变，正重新征求领导意见，有答复即告知。" if anew else "已告知领导。"
    after = after if invitation.requests else ""
    first = about(invitation, "变更已采纳", mine=True)
    lines = [first, *changed(change, invitation), escape(after)]
    text = Markup("\n").join([*filter(None, lines), contact_line(invitation, roster)])
    return _to_proposer(change, invitation, roster, text)


def change_refused(change: InvitationChange, invitation: Invitation, roster: Roster) -> list[Notice]:
    """The unit hears that all stays as it was."""
    first = about(invitation, "变更未采纳，仍按原定安排", mine=True)
    text = Markup("{}\n理由：{}\n{}").format(first, change.comment, contact_line(invitation, roster))
    return _to_proposer(change, invitation, roster, text)


def moved(change: InvitationChange, invitation: Invitation, before: str) -> Markup:
    """On the card of a leader who is asked anew: what was and what is, why, and what they answered before."""
    return Markup("\n").join([*changed(change, invitation), *labelled("此前", before)])


def programme_changed(change: InvitationChange, invitation: Invitation, to: Official) -> Notice:
    """Who comes hears of another programme."""
    lines = [about(invitation, "议程有更新"), *changed(change, invitation)]
    return Notice(
        to,
        Markup("\n").join(lines),
        subject="活动议程更新",
        matter=f"invitation:{invitation.id}",
        news=True,
        until=invitation.start,
    )


def cancelled_line(invitation: Invitation) -> Markup:
    """To everybody who knows of it."""
    first = about(invitation, "已取消，不需出席" if invitation.requests else "已撤回，无需再办")
    gone = invitation.unit.closed_at is not None
    lines = [f"{invitation.unit.name}已撤并，由区政府办公室了结。"] if gone else []
    lines += [f"原因：{invitation.comment}"] if invitation.comment else []
    return Markup("\n").join([first, *(escape(line) for line in lines)])


def lapsed(invitation: Invitation, roster: Roster) -> list[Notice]:
    """The event begins and nobody has answered: the unit and the desk know that it ends so."""
    first = about(invitation, "未能办结，请电话联系", mine=True)
    text = Markup("{}\n活动时间已到，邀请没有办结。\n{}").format(first, contact_line(invitation, roster))
    desk = Markup("{}\n已告{}。").format(about(invitation, "时间已到，邀请没有办结"), invitation.unit.name)
    return [
        *to_unit(invitation, roster, text),
        *(Notice(one, desk, subject="活动邀请未办结") for one in roster.desk),
    ]


def change_lapsed(invitation: Invitation, roster: Roster) -> list[Notice]:
    """The event begins and nobody has looked at its change: the unit and the desk hear so."""
    first = about(invitation, "变更未及审核，仍按原定", mine=True)
    then = "活动时间已到，变更没有审核；改了时间的，请另行报送。"
    text = Markup("{}\n{}\n{}").format(first, then, contact_line(invitation, roster))
    desk = Markup("{}\n已告{}。").format(about(invitation, "时间已到，变更没有审核"), invitation.unit.name)
    return [
        *to_unit(invitation, roster, text),
        *(Notice(one, desk, subject="活动变更未审核") for one in roster.desk),
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
    first = about(invitation, f"由{request.leader.name}本人出席")
    return first + Markup("\n{}活动时已不外出。").format(request.leader.titled)


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
            "<b>邀请区领导须报区政府办公室，请点「填报邀请」</b>\n"
            "一律由办公室统一安排，不得直接向领导个人发送请柬；应提前{}个工作日报送。{}\n"
            "所写内容一并带入。\n<i>{}{}</i>"
        ).format(days, cite(86), QUOTED, quoted),
        ((Button("填报邀请", f"invitation:{TURN}"),),),
        attachment=sent_on(paper) if paper else None,
        urgency=Urgency.ANSWER,
    )
