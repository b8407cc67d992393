"""The office's card of an invitation: checks, the leaders' day, who is in charge, what there was before."""

from datetime import datetime, time

from markupsafe import Markup

from notices.invitation.words import foot
from notices.notice import Button, Rows
from rules.dates.reading import moment_words
from rules.engagement import Engagement, EngagementKind
from rules.invitation.matter import AWAITS_DESK, Invitation, InvitationState
from rules.invitation.request import InvitationRequest, RequestState
from rules.working_days import DAY, SHANGHAI, shanghai_day

FORWARD, BACK, MORE, PHONED = "forward", "back", "more", "phoned"
TAKE, KEEP = "take", "keep"


def desk_card(invitation: Invitation) -> str:
    """The name of the office's copies."""
    return f"invitation:{invitation.id}:desk"


def trail(request: InvitationRequest) -> Markup:
    """One leader's place in one line."""
    who = request.leader.titled
    match request.state:
        case RequestState.IN_LINE:
            return Markup("· {}：依次征询，尚未轮到").format(who)
        case RequestState.ASKED:
            held = f"，由{request.stand_in.titled}代为办理" if request.stand_in else ""
            return Markup("· {}：待答复（{}转呈{}）").format(
                who, moment_words(request.asked_at or request.forwarded_at), held
            )
        case RequestState.CLOSED:
            why = request.closed_why
            return Markup("· {}").format(why if why.startswith(who) else f"{who}：{why}")
        case RequestState.RETURNED:
            return Markup("· {}：未答复，请办公室办理").format(who)
    line = Markup("· {}").format(request.settled)
    line += Markup("，附言：{}").format(request.comment) if request.comment else ""
    if request.delegate is not None and request.delegate is not request.decided_by:
        line += Markup("，{}{}").format(request.delegate.titled, "已接受" if request.confirmed else "待确认")
    return line


def said_words(one: Engagement, start: datetime, until: datetime, day: datetime) -> str:
    """09:00-11:00会议“…”; with a mark where it meets the event."""
    later = one.start >= day + DAY  # a further day of an event that lasts several
    day = datetime.combine(shanghai_day(one.start), time(), SHANGHAI) if later else day
    first = max(one.start, day).astimezone(SHANGHAI)
    last = min(one.end, day + DAY).astimezone(SHANGHAI)
    whole = one.start <= day and one.end >= day + DAY
    span = "全天" if whole else f"{first:%H:%M}-{'24:00' if last.date() != first.date() else f'{last:%H:%M}'}"
    span = f"{first.month}月{first.day}日{span}" if later else span
    mark = "⚠️" if one.meets(start, until) else ""
    unsure = "" if one.firm else "（未定）"
    what = f"外出（{one.title}）" if one.kind is EngagementKind.LEAVE else f"{one.kind}“{one.title}”"
    return f"{mark}{span}{what}{unsure}"


def desk_buttons(invitation: Invitation) -> Rows:
    """[转呈领导] [退回] [请补充], what a change asks for, and the files."""
    id = invitation.id
    rows: list[tuple[Button, ...]] = []
    if invitation.change is not None and invitation.state in AWAITS_DESK:
        take, keep = (
            Button("同意变更", f"invitation:{id}:{TAKE}"),
            Button("不采纳变更", f"invitation:{id}:{KEEP}"),
        )
        rows.append((keep,) if invitation.question else (take, keep))
    elif invitation.state in AWAITS_DESK and not (
        invitation.state is InvitationState.ANSWERED and invitation.settled_at and not invitation.requests
    ):
        forward = Button("转呈领导", f"invitation:{id}:{FORWARD}")
        if invitation.state is InvitationState.AT_DESK:
            rows.append(
                (
                    forward,
                    Button("请补充", f"invitation:{id}:{MORE}"),
                    Button("退回", f"invitation:{id}:{BACK}"),
                )
            )
        else:
            phoned = Button("登记电话答复", f"invitation:{id}:{PHONED}")
            rows.append((forward, phoned) if invitation.waiting else (forward,))
    return (*rows, *foot(invitation))
