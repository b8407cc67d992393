"""The office's card of an invitation: checks, the leaders' day, who is in charge, what there was before."""

from datetime import datetime, time

from markupsafe import Markup

from notices.invitation_words import changed, facts, foot, named, short
from rules.articles import article, cite
from rules.dates import moment_words
from rules.engagement import Engagement, EngagementKind
from rules.invitation import AWAITS_DESK, Invitation, InvitationState
from rules.invitation_checks import checks
from rules.invitation_request import InvitationRequest, RequestState
from rules.working_days import DAY, SHANGHAI, shanghai_day
from storage.absence import absences
from storage.engagements import engagements
from storage.invitation import history
from storage.outbox import Button, Rows
from storage.work import Work

FORWARD, BACK, MORE, PHONED = "forward", "back", "more", "phoned"
TAKE, KEEP = "take", "keep"


def desk_card(invitation: Invitation) -> str:
    """The name of the office's copies."""
    return f"invitation:{invitation.id}:desk"


async def desk_text(work: Work, invitation: Invitation) -> Markup:
    """All the office needs to decide where it goes."""
    lines = [
        Markup("<b>活动邀请 · {}</b>").format(invitation.state),
        *facts(invitation),
        Markup("请领导：{}").format(invitation.asked_words),
        Markup("报送：{} {}，{}").format(
            invitation.unit.name, invitation.submitted_by.name, moment_words(invitation.submitted_at)
        ),
        Markup("联系人：{} {}").format(invitation.contact, invitation.phone),
        *named(invitation),
    ]
    if invitation.special_reason:
        lines.append(Markup("特殊情况：{}").format(invitation.special_reason))
    if invitation.comment:
        lines.append(Markup("说明：{}").format(invitation.comment))
    if invitation.change is not None:
        lines.append(Markup("<b>主办单位报来变更：</b>"))
        lines += changed(invitation.change, invitation)
    lines += [trail(request) for request in invitation.requests]
    if invitation.state in AWAITS_DESK:
        lines += [*await _checked(work, invitation), *await _people(work, invitation)]
        lines += await _before(work, invitation)
    return Markup("\n").join(lines)


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
    line = Markup("· {}").format(request.done)
    if request.delegate is not None and request.delegate is not request.decided_by:
        line += Markup("，{}{}").format(request.delegate.titled, "已接受" if request.confirmed else "待确认")
    return line


async def _checked(work: Work, invitation: Invitation) -> list[Markup]:
    found = checks(invitation, await work.calendar(), work.office.settings.periods)
    return [
        Markup("{} {}（{}）").format("✓" if one.good else "⚠️", one.text, article(one.article))
        for one in found
    ]


async def _people(work: Work, invitation: Invitation) -> list[Markup]:
    """The day of the leaders who may be asked, and who is in charge of the unit, with his 补位 (art. 9)."""
    roster = await work.roster()
    charge = roster.in_charge_of(invitation.unit)
    backup = roster.by_id(charge.backup_id) if charge else None
    named_ones = [one for one in invitation.asked if one.left_at is None]
    people = list(dict.fromkeys(one for one in (*named_ones, charge, backup) if one is not None))
    begins, until = _hours(work, invitation)
    day = shanghai_day(begins)
    start = datetime.combine(day, time(), SHANGHAI)
    taken = [
        one
        for one in await engagements(work, people, start, max(start + DAY, until))
        if one.matter != f"invitation:{invitation.id}"
    ]
    lines = [Markup("{}月{}日安排：").format(day.month, day.day)]
    for one in people:
        mark = "（分管）" if one is charge else "（补位）" if one is backup else ""
        his = [taken_up for taken_up in taken if taken_up.official is one]
        said = "；".join(_said(each, begins, until, start) for each in his) or "无其他安排"
        lines.append(Markup("· {}{}：{}").format(one.titled, mark, said))
    away = await absences(work)
    lines += [
        Markup("⚠️ {}现在外出，转呈后由{}代为办理{}").format(
            one.titled, held.official.titled, cite(held.article or 9)
        )
        for one in named_ones
        if (held := away.decides_for(one, "invitation")) and held.official
    ]
    return lines


def _hours(work: Work, invitation: Invitation) -> tuple[datetime, datetime]:
    """When it is, or is asked to be."""
    terms, change = work.office.settings.invitation, invitation.change
    if change is None:
        return invitation.start, invitation.until(terms)
    return change.start, change.end or change.start + terms.usual_length


def _said(one: Engagement, start: datetime, until: datetime, day: datetime) -> str:
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


async def _before(work: Work, invitation: Invitation) -> list[Markup]:
    """What the same unit or organiser had this year."""
    year = shanghai_day(invitation.start).year
    since = datetime(year, 1, 1, tzinfo=SHANGHAI)
    earlier = await history(work, invitation, since)
    if not earlier:
        return [Markup("今年首次邀请区政府领导")]
    attended = [one for one in earlier if one.attending]
    line = Markup("今年同一单位（主办）已邀请{}次，领导出席{}次").format(len(earlier), len(attended))
    if attended:
        last = attended[-1]
        line += Markup("；最近：{}，{}").format(short(last), "、".join(one.name for one in last.attendees))
    return [line]


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
                    Button("退回", f"invitation:{id}:{BACK}"),
                    Button("请补充", f"invitation:{id}:{MORE}"),
                )
            )
        else:
            phoned = Button("登记电话答复", f"invitation:{id}:{PHONED}")
            rows.append((forward, phoned) if invitation.waiting else (forward,))
    return (*rows, *foot(invitation))
