"""The invitation (活动邀请) as a form: what is asked, what is checked, where it goes (art. 86, 87)."""

from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from handlers.forms.kinds import Form
from handlers.invitation.fields import INVITE_FIELDS, SILENT, SPEAKS, speaks
from matters.invitation import tell
from matters.invitation.show import bring_up_to_date, hand_out
from notices.invitation import told as notices
from rules.articles import cite
from rules.fields import Paper
from rules.forms import Problem, Values, may_repeat
from rules.invitation.changing import REPEATABLE
from rules.invitation.checks import written
from rules.invitation.deadline import EVENT_DAY, due
from rules.invitation.fields import EventTime
from rules.invitation.kinds import InvitationKind, questions
from rules.invitation.matter import MAY_INVITE, Invitation, InvitationFacts, InvitationState
from rules.invitation.papers import InvitationPaper, Purpose
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, Role, Roster
from rules.working_days import shanghai_day
from storage.queries.invitation.invitations import of_unit
from storage.unit_of_work import UnitOfWork


def may_invite(official: Official) -> None:
    """Heads and liaisons report events; the office enters what reaches it on paper or by telephone."""
    if official.role not in MAY_INVITE:
        raise Refused("邀请区政府领导参加活动，由单位主要负责人或联络员报区政府办公室。", 86)


# ---------------------------------------------------------------- what is checked and said before 提交


async def _check(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:
    may_invite(official)
    problems = []
    for other in await of_unit(work, official.unit):
        same = other.event == values["event"] and other.start == values["when"]
        if same and other.id != values.get("invitation") and official.role not in OFFICE_DESK:
            problems.append(Problem("", "这个活动已经报送，发「我的」可查看、变更。"))
    return problems


async def _preview(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """When it had to be reported, and what the office will ask about."""
    settings, calendar = work.office.settings, await work.calendar()
    when: EventTime = values["when"]
    deadline = due(shanghai_day(when), calendar, settings.periods)
    lines = [f"报送期限：{deadline.explain(EVENT_DAY)}。{cite(86)}"]
    if when.late is not None:
        roster = await work.roster()
        lines.append(f"⚠️ 已晚于规定时间，提交后先送{permitter(official, roster).titled}，准予受理的再办。")
    facts = _facts(values)
    found = questions(facts.kind, written(facts))
    if found:
        lines.append(f"⚠️ 文中有“{'”“'.join(found)}”，未经区委、区政府批准不安排。{cite(87)}")
    if not values.get("programme"):
        lines.append("未附方案、议程，办公室可能请您补充。")
    return Markup("\n").join(escape(line) for line in lines)


def permitter(official: Official, roster: Roster) -> Official:
    """Who allows one that comes late: 办公室主任, for their own the first deputy."""
    others = [*roster.with_role(Role.OFFICE_DIRECTOR), *roster.with_role(Role.OFFICE_DEPUTY)]
    found = next((one for one in others if one is not official), None)
    if found is None:
        raise Refused("花名册里没有区政府办公室主任，特殊情况暂不能受理，请致电区政府办公室。", 86)
    return found


# ---------------------------------------------------------------- 提交


async def _submit(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """Send it in: a new one, or one that was to be completed."""
    may_invite(official)
    roster, facts = await work.roster(), _facts(values)
    when: EventTime = values["when"]
    if "invitation" in values:
        invitation = await work.lock(Invitation, values["invitation"])
        invitation.revise(official, facts, work.acted_at)
    else:
        invitation = Invitation(
            unit=official.unit, submitted_by=official, submitted_at=work.acted_at, **vars(facts)
        )
        work.add(invitation)
    late = when.late is not None
    invitation.submit(permitter(official, roster) if late else None, work.acted_at)
    await work.flush()
    await work.note(
        official, "invitation.submit", f"invitation:{invitation.id}", article=86, detail=_summary(invitation)
    )
    await send_in(work, invitation)
    if "invitation" not in values:
        await work.send(notices.own(invitation, roster, official))
    return notices.submitted(invitation)


async def send_in(work: UnitOfWork, invitation: Invitation) -> None:
    """Lay it before 办公室主任, or before the desk."""
    permission = invitation.permission
    if invitation.state is InvitationState.PERMISSION and permission is not None:
        await hand_out(work, invitation, permission)
        await bring_up_to_date(work, invitation)
        await work.send(notices.ask_permission(invitation, permission))
    else:
        await bring_up_to_date(work, invitation)
        await work.send(*await tell.at_desk(work, invitation))


def _facts(values: Values) -> InvitationFacts:
    when: EventTime = values["when"]
    end: datetime | None = when.until or values.get("end")
    return InvitationFacts(
        event=values["event"],
        kind=InvitationKind(values["kind"]),
        start=EventTime.of(when),
        end=end,
        place=values["place"],
        organiser=values["organiser"],
        asked=list(values.get("asked") or []),
        size=values.get("size") or "",
        task=values.get("task") or "",
        speech=speaks(values),
        contact=values["contact"],
        phone=values["phone"],
        special_reason=values.get("special_reason") or "",
        approval_number=values.get("approval_number") or "",
        papers=[
            InvitationPaper(paper.file_id, paper.name, purpose, paper.size, paper.photo)
            for key, purpose in PURPOSES.items()
            for paper in values.get(key) or []
        ],
    )


PURPOSES = {"approval": Purpose.APPROVAL, "programme": Purpose.PROGRAMME, "speech_draft": Purpose.SPEECH}


def _summary(invitation: Invitation) -> dict[str, str]:
    """What the audit keeps of a report: never the phone."""
    return {
        "event": invitation.event,
        "kind": invitation.kind,
        "start": invitation.start.isoformat(),
        "leaders": invitation.asked_words,
        "papers": str(len(invitation.papers)),
        "state": invitation.state,
    }


def refill(invitation: Invitation) -> dict[str, Any]:
    """The values of one that is to be completed, for the form to begin with."""
    kept: dict[str, Any] = {
        "invitation": invitation.id,
        "reported": {
            "at": invitation.submitted_at.isoformat(),
            "day": shanghai_day(invitation.start).isoformat(),
        },
        "event": invitation.event,
        "kind": invitation.kind,
        "when": EventTime.of(invitation.start, invitation.end),
        "place": invitation.place,
        "organiser": invitation.organiser,
        "asked": list(invitation.asked),
        "size": invitation.size or None,
        "task": invitation.task or None,
        "speech": SPEAKS if invitation.speech else SILENT,
        "contact": invitation.contact,
        "phone": invitation.phone,
    }
    if invitation.end is None:
        kept["end"] = None
    for key in ("special_reason", "approval_number"):
        if getattr(invitation, key):
            kept[key] = getattr(invitation, key)
    for key, purpose in PURPOSES.items():
        found = [Paper(p.file_id, p.name, p.size, p.photo) for p in invitation.papers_for(purpose)]
        if found or key == "programme":
            kept[key] = found or None
    return kept


def as_before(official: Official, invitation: Invitation) -> dict[str, Any]:
    """A new report that says what this one said: it is reported when it is submitted."""
    may_invite(official)
    may_repeat(invitation.state, REPEATABLE, own=official.unit is invitation.unit)
    said = refill(invitation)
    return {
        key: value for key, value in said.items() if key not in ("invitation", "reported", "special_reason")
    }


INVITE = Form(
    name="invitation",
    title="活动邀请",
    word="邀请",
    aliases=("活动邀请", "邀请领导"),
    fields=INVITE_FIELDS,
    check=_check,
    preview=_preview,
    submit=_submit,
    refusal_ends=lambda values: "invitation" in values,  # cancelled, or completed by a colleague meanwhile
    matter=Invitation,
    from_matter=as_before,
)
