"""The cards of an invitation - unit, leaders, delegates, 办公室主任 - and how every copy is kept true."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from notices.capacity import Word, above
from notices.card import (
    DESK,
    DONE,
    LATER,
    REFUSED,
    WAITS,
    Step,
    asks,
    beside,
    copy_of,
    labelled,
    mark_of,
    progress,
    step_of,
)
from notices.form_buttons import report_again
from notices.invitation.desk import trail
from notices.invitation.words import about, changed, contact_line, facts, named, papers_button
from notices.notice import Button, Rows
from rules.articles import cite
from rules.engagement import Engagement, EngagementKind
from rules.invitation.changing import REPEATABLE
from rules.invitation.matter import OPEN, Invitation, InvitationState
from rules.invitation.permission import Permission
from rules.invitation.request import Answer, InvitationRequest, RequestState
from rules.roster import Official, Roster
from rules.working_days import SHANGHAI

PERMIT, REFUSE = "permit", "refuse"
ATTEND, DECLINE, DELEGATE, PROPOSED, RETHINK = "attend", "decline", "delegate", "proposed", "rethink"
ACCEPT, UNABLE = "accept", "unable"
CANCEL, CHANGE, UNCHANGE, REVISE, NUDGE = "cancel", "change", "unchange", "revise", "nudge"
PROCEDURE = "invitation"
"""The name under which delegations and stand-ins speak of it."""

# ---------------------------------------------------------------- the unit's own card


def own_card(invitation: Invitation) -> str:
    """The name of the unit's card."""
    return f"invitation:{invitation.id}:own"


def own_text(invitation: Invitation, roster: Roster) -> Markup:
    """What the unit reported and where it stands."""
    wanted = "请补充" if invitation.state is InvitationState.INCOMPLETE else invitation.state
    lines = [about(invitation, wanted, mine=True)]
    if invitation.change is not None:
        waits = f"待{invitation.question.holder.name}准予" if invitation.question else "待办公室审核"
        lines += [Markup("<b>已报变更，{}：</b>").format(waits), *changed(invitation.change, invitation)]
    lines += [
        *facts(invitation),
        Markup("请领导：{}").format(invitation.asked_words),
        *named(invitation),
    ]
    lines += labelled("批准文号", invitation.approval_number)
    lines += labelled("特殊情况", invitation.special_reason)
    lines += labelled("说明", invitation.comment)
    way = _way(invitation)
    lines += labelled("进度", progress(way)) if len(way) > 1 else []
    lines += [_result(request) for request in invitation.requests if request.final and not request.closed_at]
    lines.append(contact_line(invitation, roster))
    return Markup("\n").join(lines)


_MARKS = {RequestState.ATTENDS: DONE, RequestState.DELEGATED: DONE, RequestState.DECLINES: REFUSED}


def _way(invitation: Invitation) -> list[Step]:
    """The desks it passes, as the unit may know them: which leader is being asked is not theirs to know."""
    asked = [one for one in invitation.requests if one.closed_at is None and one.asked_at is not None]
    steps = []
    if (late := invitation.permission) is not None:
        mark = "" if late.granted is None else DONE if late.granted else REFUSED
        steps.append(step_of(late, mark, waits=late is invitation.question))
    if asked:
        steps.append(Step(DONE, asked[0].forwarded_by, at=asked[0].forwarded_at))
    elif invitation.state in OPEN:
        steps.append(Step(WAITS if invitation.state is InvitationState.AT_DESK else LATER, DESK))
    for one in asked:
        mark = _MARKS.get(one.state, "")
        steps.append(step_of(one, mark, waits=True) if mark else Step(WAITS, "领导"))
    return steps


def _result(request: InvitationRequest) -> Markup:
    return Markup("答复：{}").format(outcome(request))


def outcome(request: InvitationRequest) -> str:
    """区长 某某出席；区长 某某委托副区长 某某出席；区长 某某因公务安排不能出席."""
    who = request.leader.titled
    match request.state:
        case RequestState.ATTENDS:
            return f"{who}出席"
        case RequestState.DELEGATED if request.delegate is not None:
            how = "委托" if request.answer is Answer.DELEGATE else "外出，由"
            return f"{who}{how}{request.delegate.titled}出席"
        case RequestState.DECLINES:
            return f"{who}因公务安排，不能出席"
    return f"{who}{request.state}"


def own_buttons(invitation: Invitation) -> Rows:
    """What the unit may do now."""
    if invitation.state not in OPEN:
        again = report_again("invitation", invitation.id) if invitation.state in REPEATABLE else ()
        return (*again, *papers_button(invitation))
    off = "取消活动" if invitation.requests else "撤回"
    if invitation.state is InvitationState.INCOMPLETE:
        acts = [("补充", REVISE)]
    else:
        acts = [("催办", NUDGE)] if invitation.state is not InvitationState.ANSWERED else []
        acts.append(("撤回变更", UNCHANGE) if invitation.change else ("变更", CHANGE))
    acts.append((off, CANCEL))
    row = tuple(Button(word, f"invitation:{invitation.id}:{act}") for word, act in acts)
    return (row, *papers_button(invitation, proposed=True))


# ---------------------------------------------------------------- 办公室主任


_PERMIT = InvitationState.PERMISSION


def permit_card(invitation: Invitation, permission: Permission, holder: Official | None = None) -> str:
    """The name of the card that asks whether a late one is taken up; a stand-in's has a name of its own."""
    return copy_of(
        f"invitation:{invitation.id}:permit{invitation.permissions.index(permission)}",
        permission.director,
        holder,
    )


def permit_text(invitation: Invitation, permission: Permission, to: Official | None = None) -> Markup:
    """The question to 办公室主任: about the report, or about a change into the five working days."""
    late = next((one for one in invitation.changes if one.number == permission.change), None)
    by = late.proposed_by if late else invitation.submitted_by
    why = late.reason if late else invitation.special_reason
    asked, waits = "变更" if late else "报送", permission is invitation.question
    state = permission.done and ("已准予受理" if permission.granted else "未准予受理")
    wanted = asks("准予受理", to, permission.director) if waits and to else state
    lines = [about(invitation, wanted or (_PERMIT if waits else (late or invitation).state), asked=asked)]
    change = late or (invitation.change if waits else None)
    if change is not None:
        lines.append(Markup("<b>主办单位报来变更：</b>"))
        lines += changed(change, invitation, reason=late is None)
    lines += [
        *facts(invitation),
        Markup("请领导：{}").format(invitation.asked_words),
        Markup("{}：{}").format(asked, by.titled),
        *labelled("办理", permission.done),
    ]
    lines += [Markup("特殊情况：{}").format(why), *named(invitation)]
    lines += labelled("附言" if permission.granted else "理由", permission.comment)
    if waits:
        lines.append(Markup("晚于规定时间{}，是否准予受理？{}").format(asked, cite(86)))
    return Markup("\n").join(lines)


def permit_buttons(invitation: Invitation, permission: Permission, holder: Official | None = None) -> Rows:
    """[准予受理] [不予受理]; a stand-in's are marked 代."""
    if permission is not invitation.question:
        return ()
    mark = mark_of(permission.director, holder)
    acts = (("准予受理", PERMIT), ("不予受理", REFUSE))
    which = f":{permission.change}" if permission.change else ""
    row = tuple(Button(word + mark, f"invitation:{invitation.id}:{act}{which}") for word, act in acts)
    more = beside(row[0], PERMIT, permit_card(invitation, permission))
    return (row, more, *papers_button(invitation, proposed=bool(permission.change)))


# ---------------------------------------------------------------- the leaders


def leader_card(invitation: Invitation, request: InvitationRequest, holder: Official | None = None) -> str:
    """The name of one leader's card; a stand-in's copies have a name of their own."""
    return copy_of(f"invitation:{invitation.id}:{request.position}", request.leader, holder)


def leader_text(
    invitation: Invitation,
    request: InvitationRequest,
    clashes: Sequence[Engagement],
    roster: Roster,
    to: Official | None = None,
) -> Markup:
    """What the leader has to know to answer with one tap; `to` reads what they have said on it already."""
    answers = request.waiting and to is not None and invitation.state in OPEN and request.closed_at is None
    wanted = asks("答复", to, request.leader) if answers else _state_words(invitation, request)
    lines = [
        about(invitation, wanted),
        *facts(invitation),
        Markup("请领导：{}").format(invitation.asked_words),
    ]
    others = [r for r in invitation.requests if r is not request and r.closed_at is None]
    if others:
        lines.append(Markup("同请：{}").format("；".join(f"{r.leader.titled}{r.state}" for r in others)))
    lines += labelled("办公室意见", request.advice)
    if proposal := proposed(request):
        lines.append(Markup("办公室拟办：{}").format(proposal))
    if request.waiting:
        lines += [Markup("⚠️ {}").format(clash_words(one)) for one in clashes]
    if request.refusal:
        lines.append(Markup("⚠️ {}").format(request.refusal))
    lines += named(invitation)
    if request.settled and not request.waiting:
        lines.append(trail(request))
    lines.append(contact_line(invitation, roster))
    lines.append(Markup("{}").format(cite(86)))
    text = Markup("\n").join(lines)
    return above(text, to, request.leader, "答复", _words(invitation)) if request.waiting else text


def _words(invitation: Invitation) -> Iterator[Word]:
    """What leaders, who stood in for them and who was to go in their place have said on the invitation."""
    for one in invitation.requests:
        if one.answer is not None:
            yield Word(one.decided_by, one.leader, one.decided_at, f"答复{one.answer}")
        if one.confirmed:
            yield Word(one.delegate, one.leader, one.confirmed_at, "答应代为出席")


def _state_words(invitation: Invitation, request: InvitationRequest) -> str:
    if invitation.state not in OPEN:
        return str(invitation.state)
    if request.closed_at is not None:
        return request.closed_why
    if request.waiting:
        return f"待{request.holder.name}答复"
    return f"{request.leader.name}{request.state}"


def proposed(request: InvitationRequest) -> str:
    """The answer the office has prepared, in words; empty where there is none."""
    if request.proposal is Answer.DELEGATE and request.proposed_delegate:
        return f"委托{request.proposed_delegate.titled}出席"
    return str(request.proposal) if request.proposal else ""


def clash_words(one: Engagement) -> str:
    """时间冲突：12月10日 09:00-11:00会议“…”."""
    first, last = one.start.astimezone(SHANGHAI), one.end.astimezone(SHANGHAI)
    if one.kind is EngagementKind.LEAVE:
        return f"时间冲突：{first.month}月{first.day}日起外出（{one.title}）"
    until = f"{last:%H:%M}" if first.date() == last.date() else f"{last.month}月{last.day}日 {last:%H:%M}"
    head = "时间冲突" if one.firm else "同时另有邀请（未定）"
    return f"{head}：{first.month}月{first.day}日 {first:%H:%M}-{until}{one.kind}“{one.title}”"


def leader_buttons(
    invitation: Invitation, request: InvitationRequest, holder: Official | None = None, *, begun: bool = False
) -> Rows:
    """[出席] [不出席] [委托他人], above them the office's proposal; once answered [改变答复]."""
    papers = papers_button(invitation)
    if invitation.state not in OPEN or request.closed_at is not None or request.asked_at is None or begun:
        return papers
    mark = mark_of(request.leader, holder)
    ref = f"invitation:{invitation.id}"
    if not request.waiting:
        return ((Button(f"改变答复{mark}", f"{ref}:{RETHINK}:{request.position}"),), *papers)
    acts = ((Answer.ATTEND, ATTEND), (Answer.DECLINE, DECLINE), (Answer.DELEGATE, DELEGATE))
    answer = tuple(Button(f"{word}{mark}", f"{ref}:{act}:{request.position}") for word, act in acts)
    proposal = proposed(request)
    prepared = (Button(f"同意拟办：{proposal}{mark}", f"{ref}:{PROPOSED}:{request.position}"),)
    more = beside(answer[0], ATTEND, leader_card(invitation, request))
    return (*((prepared,) if proposal else ()), answer, more, *papers)


# ---------------------------------------------------------------- who goes in a leader's place


def delegate_card(invitation: Invitation, request: InvitationRequest, delegate: Official) -> str:
    """The name of a delegate's card."""
    return f"invitation:{invitation.id}:d{request.position}:{delegate.id}"


def delegate_text(
    invitation: Invitation,
    request: InvitationRequest,
    delegate: Official,
    clashes: Sequence[Engagement],
    roster: Roster,
) -> Markup:
    """What is asked of the one who is to go in a leader's place."""
    whose = request.leader.post_in_full
    if delegate is not request.delegate or request.closed_at is not None or invitation.state not in OPEN:
        head = "不需要您出席"
    elif request.confirmed:
        head = f"您代{whose}出席"
    else:
        head = f"请您代{whose}出席"
    lines = [about(invitation, head)]
    if request.awaits_delegate and delegate is request.delegate:
        away = request.answer is Answer.ATTEND
        why = f"{request.leader.titled}外出。" if away else f"{request.by}委托您出席。"
        lines.append(Markup("{}").format(why))
    lines += facts(invitation)
    if request.awaits_delegate and delegate is request.delegate:
        lines += [Markup("⚠️ {}").format(clash_words(one)) for one in clashes]
    lines += [*named(invitation), contact_line(invitation, roster)]
    lines.append(Markup("{}").format(cite(9 if request.covers_leave else 86)))
    text = Markup("\n").join(lines)
    asked = request.awaits_delegate and delegate is request.delegate
    return above(text, delegate, request.leader, "出席", _words(invitation)) if asked else text


def delegate_buttons(invitation: Invitation, request: InvitationRequest, delegate: Official) -> Rows:
    """[接受] [不能参加] until they have said."""
    papers = papers_button(invitation)
    if invitation.state not in OPEN or not request.awaits_delegate or delegate is not request.delegate:
        return papers if delegate is request.delegate else ()
    ref = f"invitation:{invitation.id}"
    acts = (("接受", ACCEPT), ("不能参加", UNABLE))
    return (tuple(Button(word, f"{ref}:{act}:{request.position}") for word, act in acts), *papers)
