"""The desk's card of an invitation: what the leaders' week has beside it."""

from datetime import datetime, time

from markupsafe import Markup

from matters.engagements import engagements
from notices.card import labelled
from notices.invitation.desk import said_words, trail
from notices.invitation.words import about, changed, facts, named, short
from rules.articles import article, cite
from rules.dates.reading import moment_words
from rules.invitation.checks import checks
from rules.invitation.matter import AWAITS_DESK, Invitation, InvitationState
from rules.working_days import DAY, SHANGHAI, shanghai_day
from storage.queries.absence import absences
from storage.queries.invitation.invitations import history
from storage.unit_of_work import UnitOfWork


async def desk_text(work: UnitOfWork, invitation: Invitation) -> Markup:
    """All the office needs to decide where it goes."""
    lines = [about(invitation, _wanted(invitation))]
    if invitation.change is not None:
        lines += [Markup("<b>主办单位报来变更：</b>"), *changed(invitation.change, invitation)]
    lines += [
        *facts(invitation),
        Markup("请领导：{}").format(invitation.asked_words),
        Markup("报送：{} {}，{}").format(
            invitation.unit.name, invitation.submitted_by.name, moment_words(invitation.submitted_at)
        ),
        Markup("联系人：{} {}").format(invitation.contact, invitation.phone),
        *named(invitation),
    ]
    lines += labelled("特殊情况", invitation.special_reason)
    lines += labelled("说明", invitation.comment)
    lines += [trail(request) for request in invitation.requests]
    if invitation.state in AWAITS_DESK:
        lines += [*await _checked(work, invitation), *await _people(work, invitation)]
        lines += await _before(work, invitation)
    return Markup("\n").join(lines)


def _wanted(invitation: Invitation) -> str:
    """What is wanted of the desk, or where it stands."""
    if invitation.change is not None and invitation.question is None:
        return "请审核变更"
    return "请审核" if invitation.state is InvitationState.AT_DESK else invitation.state


async def _checked(work: UnitOfWork, invitation: Invitation) -> list[Markup]:
    found = checks(invitation, await work.calendar(), work.office.settings.periods)
    return [
        Markup("{} {}（{}）").format("✓" if one.good else "⚠️", one.text, article(one.article))
        for one in found
    ]


async def _people(work: UnitOfWork, invitation: Invitation) -> list[Markup]:
    """The day of the leaders who may be asked, and who is in charge of the unit, with their 补位 (art. 9)."""
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
        said = "；".join(said_words(each, begins, until, start) for each in his) or "无其他安排"
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


def _hours(work: UnitOfWork, invitation: Invitation) -> tuple[datetime, datetime]:
    """When it is, or is asked to be."""
    terms, change = work.office.settings.invitation, invitation.change
    if change is None:
        return invitation.start, invitation.until(terms)
    return change.start, change.end or change.start + terms.usual_length


async def _before(work: UnitOfWork, invitation: Invitation) -> list[Markup]:
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
