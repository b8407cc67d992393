"""The words in which an invitation is spoken of: when, what, whom to call."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup, escape

from notices.card import files, headline, labelled
from notices.invitation.paper import form_button
from notices.notice import Button, Notice, Rows
from rules.dates.reading import say_moment
from rules.invitation.change import InvitationChange
from rules.invitation.matter import Invitation
from rules.invitation.papers import InvitationPaper
from rules.roster import Official, Role, Roster
from rules.working_days import SHANGHAI

PAPERS = "papers"


def when(start: datetime, end: datetime | None, now: datetime) -> str:
    """12月10日（周四）09:00至11:00, in Shanghai time, the year where it is not that of `now`."""
    said = say_moment(start, now)
    if end is None:
        return said
    first, last = start.astimezone(SHANGHAI), end.astimezone(SHANGHAI)
    return f"{said}至{f'{last:%H:%M}' if first.date() == last.date() else say_moment(end, now)}"


def when_of(invitation: Invitation) -> str:
    """When its event is."""
    return when(invitation.start, invitation.end, invitation.submitted_at)


def short(invitation: Invitation) -> str:
    """Within a sentence: “城区重点项目调研”（12月10日 09:00）."""
    local = invitation.start.astimezone(SHANGHAI)
    return f"“{invitation.event}”（{local.month}月{local.day}日 {local:%H:%M}）"


def titled(invitation: Invitation) -> str:
    """The same where it stands within quotation marks itself: 《城区重点项目调研》（12月10日 09:00）."""
    return short(invitation).replace("“", "《", 1).replace("”（", "》（", 1)


def about(
    invitation: Invitation, wanted: object = "", *, mine: bool = False, asked: str = "活动", said: str = ""
) -> Markup:
    """The first line of all that is said of it: whose event it is and when, and what is wanted of the reader.

    To the unit itself (`mine`) it is not named.
    """
    local = invitation.start.astimezone(SHANGHAI)
    when = f"{local.month}月{local.day}日 {local:%H:%M}"
    who = "" if mine else invitation.unit.name
    return headline(who, f"{asked}“{invitation.event}”{said}", when, wanted)


def facts(invitation: Invitation) -> list[Markup]:
    """What, when and where, a line each; never the organiser's telephone."""
    lines = [
        Markup("活动：{}（{}）").format(invitation.event, invitation.kind),
        Markup("时间：{}").format(when_of(invitation)),
        Markup("地点：{}").format(invitation.place),
        Markup("主办：{}").format(invitation.organiser),
    ]
    lines += labelled("规模", invitation.size)
    speech = "（请讲话）" if invitation.speech else ""
    if invitation.task or speech:
        lines.append(Markup("任务：{}{}").format(invitation.task or "出席", speech))
    return lines


def changed(change: InvitationChange, invitation: Invitation, *, reason: bool = True) -> list[Markup]:
    """What an organiser wants otherwise, old → new."""
    now, lines = invitation.submitted_at, []
    if change.of_time:
        old, new = when(change.was_start, change.was_end, now), when(change.start, change.end, now)
        lines.append(Markup("时间：{} → {}").format(old, new))
    if change.of_place:
        lines.append(Markup("地点：{} → {}").format(change.was_place, change.place))
    if change.programme:
        names = "、".join(f"《{p.name}》" for p in invitation.papers if p.change == change.number)
        lines.append(Markup("议程：更新为{}").format(names))
    if change.reason and reason:
        lines.append(Markup("原因：{}").format(change.reason))
    return lines


def named(invitation: Invitation) -> list[Markup]:
    """The line that names the files, if there are any."""
    found = standing_papers(invitation)
    return [Markup("材料：") + escape("、".join(f"《{paper.name}》" for paper in found))] if found else []


def standing_papers(invitation: Invitation) -> Sequence[InvitationPaper]:
    """The files that hold now."""
    return [*invitation.approval_papers, *invitation.programme, *invitation.speech_drafts]


def papers_button(invitation: Invitation, *, proposed: bool = False) -> Rows:
    """[材料（2件）] to have them sent; `proposed` counts what came with a change that is to be vetted."""
    found = [*standing_papers(invitation), *(invitation.proposed_programme if proposed else [])]
    button = Button(f"材料（{len(found)}件）", f"invitation:{invitation.id}:{PAPERS}")
    return ((button,),) if found else ()


def foot(invitation: Invitation) -> Rows:
    """[材料（2件）] [呈批表] under the desk's card: the form is the office's."""
    return (
        tuple(
            button
            for row in (*papers_button(invitation, proposed=True), *form_button(invitation))
            for button in row
        ),
    )


def papers(invitation: Invitation, to: Official | int, *, proposed: bool = False) -> list[Notice]:
    """Every file, as Telegram already has it.

    `proposed`: with what came with a change that waits for the office, for those who vet or sent it.
    """
    pending = invitation.proposed_programme if proposed else []
    found = [*standing_papers(invitation), *pending]
    return files(
        to,
        (
            (f"{invitation.event}：{'报来变更的' if paper in pending else ''}{paper.purpose}", paper)
            for paper in found
        ),
    )


def office_contact(invitation: Invitation, roster: Roster) -> str:
    """Whom to call: who at the desk has it in hand, or the first there; never a leader."""
    clerk = invitation.clerk
    if clerk is None or roster.by_id(clerk.id) is None or clerk not in roster.desk:
        clerk = next(iter(reversed(roster.desk)), None)
    return f"{clerk.titled} {clerk.phone}".strip() if clerk else "区政府办公室"


def contact_line(invitation: Invitation, roster: Roster) -> Markup:
    """联系：区政府办公室…, for the unit and for those who attend."""
    return Markup("联系：{}").format(office_contact(invitation, roster))


def told_in_unit(invitation: Invitation, roster: Roster) -> list[Official]:
    """Who at the unit hears what becomes of it: who reported it, else its liaisons, else its head."""
    by = roster.by_id(invitation.submitted_by.id)
    if by is not None and by.unit is invitation.unit:
        return [by]
    head = roster.head_of(invitation.unit)
    return roster.of(invitation.unit, Role.LIAISON) or ([head] if head else [])
