"""The leave report (请假报告) as a form: what is asked, what is checked, where it goes (art. 77)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup, escape

from handlers.forms.kinds import Form
from handlers.leave.refill import as_before, departure
from matters.clashes import clashes
from matters.leave.show import bring_up_to_date
from notices.leave import told as notices
from notices.leave.words import span_of
from rules.articles import cite
from rules.dates.reading import Half, HalfDaySpan
from rules.dates.spans import explain_days, gone_by
from rules.fields import Choice, Field, Files, OfficialField, Paper, Phone, Place, Scene, SpanField, Text
from rules.forms import Problem, Values
from rules.leave.checks import Checked, acting_check, adjoining, together_check
from rules.leave.filing import filed_with_committee
from rules.leave.kinds import NEAREST_KINDS, WRITTEN_KINDS, kind_meant
from rules.leave.matter import OVERSEAS, Facts, Leave, LeaveKind
from rules.leave.papers import LeavePaper
from rules.leave.report import (
    article_of,
    begun_when_reported,
    bound,
    check,
    check_acting,
    missed_notice,
    needs_papers,
    reports_beforehand,
    stand_ins,
    usual_stand_in,
)
from rules.leave.trip import Trip, trip_of
from rules.refused import Refused
from rules.roster import Official, Role
from rules.working_days import Deadline, shanghai_day
from storage.queries.leave.leaves import acted_last, open_leaves, standing_leaves
from storage.queries.leave.trip import own_leaves
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ReportedSpan(HalfDaySpan):
    """From when to when, with what art. 77 says of it.

    `missed` is the notice that was missed, as far as it was; `begun` says that it had begun when it was
    reported, `urgent` that either has to be explained in writing (紧急外出). `trip` is the whole time away,
    with the other leaves that adjoin it; `papers` says whether its papers are wanted.
    """

    missed: Deadline | None = None
    begun: bool = False
    urgent: bool = False
    trip: Trip | None = None
    papers: bool = False


@dataclass(frozen=True)
class ReportedSpanField(SpanField):
    """A span that knows, whenever it is read, whether it is reported in time; the draft keeps the dates only.

    So a report begun in time and submitted after midnight is asked for its reason all the same. One that was
    sent back and goes out again for the same departure was reported when it was first submitted.
    """

    def hold(self, value: HalfDaySpan, scene: Scene) -> None:
        if reported_before(value, scene.values) is None:
            super().hold(value, scene)
        else:
            Field.hold(self, value, scene)

    def parse(self, text: str, scene: Scene) -> ReportedSpan:
        return _judged(super().parse(text, scene), scene)

    def unpack(self, stored: Any, scene: Scene) -> ReportedSpan:  # noqa: ANN401 - JSON
        return _judged(super().unpack(stored, scene), scene)

    def say(self, value: HalfDaySpan, scene: Scene) -> str:
        said = super().say(value, scene)
        if not isinstance(value, ReportedSpan):
            return said
        # Its own days alone do not say why papers are asked for.
        if value.papers and value.trip and value.trip.others:
            said += f"，连同相连的请假合计{value.trip.span.days:g}天"
        if value.begun:
            return f"{said}（报告时{'已经结束' if gone_by(value, scene.now) else '已经开始'}）"
        return f"{said}（应于{value.missed.label}前报告）" if value.missed else said


def _judged(span: HalfDaySpan, scene: Scene) -> ReportedSpan:
    official, settings = scene.official, scene.settings
    reported_at = reported_before(span, scene.values) or scene.now
    missed = missed_notice(official, span.start, reported_at, scene.calendar, settings.periods)
    begun = begun_when_reported(span, reported_at, settings.hours)
    urgent = missed is not None or (begun and reports_beforehand(official))
    trip = trip_of(
        span, [leave for leave in scene.values.get("own", ()) if leave.id != scene.values.get("leave")]
    )
    papers = needs_papers(official, trip, settings.periods)
    return ReportedSpan(*_parts(span), missed, begun, urgent, trip, papers)


def reported_before(span: HalfDaySpan, values: Values) -> datetime | None:
    """When this departure was reported already, where the report came back (退回修改); otherwise None."""
    before = values.get("reported")
    if before and before.get("departure") == departure(span):
        return datetime.fromisoformat(before["at"])
    return None


def _parts(span: HalfDaySpan) -> tuple[date, Half, date, Half]:
    return span.start, span.start_half, span.end, span.end_half


def _late(values: Values) -> bool:
    span = values.get("span")
    return isinstance(span, ReportedSpan) and span.urgent


def _long(values: Values) -> bool:
    span = values.get("span")
    return isinstance(span, ReportedSpan) and span.papers


def _overseas(values: Values) -> bool:
    return values.get("kind") in OVERSEAS


def _numbered(number: str, scene: Scene) -> None:  # noqa: ARG001
    if not any(character.isdecimal() for character in number):
        raise Refused("请写外事部门批准的文号；尚未批准的，请先办理外事审批")


# ---------------------------------------------------------------- what is checked and said before 提交


async def _check(work: UnitOfWork, official: Official, values: Values) -> list[Problem]:
    return check(
        official,
        values["span"],
        values["acting"],
        values["phone"],
        own=[leave for leave in await open_leaves(work, official) if leave.id != values.get("leave")],
        others=await standing_leaves(work),
        roster=await work.roster(),
        now=work.acted_at,
        reported=reported_before(values["span"], values) is not None,
    )


async def around(work: UnitOfWork, official: Official) -> dict[str, Any]:
    """Their other leaves, which may make one trip with this one; who acted last, and when those are away."""
    acted = await acted_last(work, official)
    theirs = await own_leaves(work, acted) if acted else []
    return {"own": await own_leaves(work, official), "acted": acted, "acted_away": theirs}


def _acting(scene: Scene) -> Official | None:
    """Who acted last time, else the usual one: as long as they may, and are there."""
    span, roster = scene.values.get("span"), scene.roster
    if not isinstance(span, HalfDaySpan):
        return None
    for one in (scene.values.get("acted"), usual_stand_in(scene.official, roster)):
        away = scene.values.get("acted_away", ())
        if one is not None and not check_acting(scene.official, one, span, roster, away, scene.today):
            return one
    return None


async def _looked_at(work: UnitOfWork, official: Official, values: Values) -> list[Checked]:
    """Every check that does not keep the report back, with what it found."""
    span, acting, today = values["span"], values["acting"], shanghai_day(work.acted_at)
    around, roster = await standing_leaves(work), await work.roster()
    looked_at = []
    if bound(official):
        looked_at.append(Checked("按时报告" if not span.urgent else ""))
    if span.begun:
        over = gone_by(span, work.acted_at)
        looked_at.append(Checked("", (f"报告时外出已经{'结束' if over else '开始'}",)))
    if acting:
        looked_at.append(acting_check(official, acting, span, around, roster, today, await work.calendar()))
    looked_at.append(Checked("不与本人其他请假重叠", tuple(adjoining(span.trip, today))))
    if together := together_check(official, span, around, today, acting):
        looked_at.append(together)
    looked_at.append(Checked("外出期间没有待办", tuple(await clashes(work, official, span))))
    return looked_at


def found_in(looked_at: Iterable[Checked]) -> list[str]:
    """What the applicant and those who approve have to know."""
    return [sentence for one in looked_at for sentence in one.found]


async def _preview(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """Who will approve, what art. 77 asks besides, and every check with what it found."""
    settings, span, acting = work.office.settings, values["span"], values["acting"]
    route = settings.leave_routes.route(official, await work.roster())
    lines = [f"审批：{route}", *route.remarks]
    if official.role is Role.MAYOR:
        lines = [f"无需审批；外出期间由{acting.titled}主持工作。{cite(7)}"]
    if explained := explain_days(span):
        lines.append(f"天数：{explained}。")
    if span.missed:
        lines.append(f"{span.missed.explain('出发当日')}。现属紧急外出，将注明理由送审。{cite(77)}")
    elif span.urgent:
        lines.append(f"外出须事前报告。现属紧急外出，将注明理由送审。{cite(77)}")
    if span.papers:
        lines.append(f"请核对通知、方案及日程安排是否齐全。{cite(77)}")
    if filed_with_committee(official):
        lines.append(f"另请按要求向区委报备。{cite(77)}")
    looked_at = await _looked_at(work, official, values)
    lines += [f"⚠️ {sentence}" for sentence in found_in(looked_at)]
    in_order = "；".join(one.what for one in looked_at if one.what and not one.found)
    if in_order:
        lines.append(f"✅ 已核对：{in_order}。")
    if acting:
        lines.append(f"提交后即告知{acting.name}，本人可提出无法代为主持。")
    return Markup("\n").join(escape(line) for line in lines)


# ---------------------------------------------------------------- 提交


async def _submit(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """Send it on its way: a new report, or the one that was sent back with new facts."""
    roster = await work.roster()
    route = work.office.settings.leave_routes.route(official, roster)
    facts = _facts(values, found_in(await _looked_at(work, official, values)))
    if "leave" in values:
        leave = await work.lock(Leave, values["leave"])
        leave.revise(official, facts, work.acted_at)
    else:
        leave = Leave(applicant=official, submitted_at=work.acted_at, **vars(facts))
        work.add(leave)
    leave.submit(route, work.acted_at)
    await work.flush()
    await work.note(
        official, "leave.submit", f"leave:{leave.id}", article=article_of(leave), detail=_summary(leave)
    )
    await bring_up_to_date(work, leave)
    await work.send(notices.own(leave, begun=leave.begun(work.now)))
    if leave.waiting:
        await work.send(*notices.with_papers(notices.asked(leave.waiting, leave), leave))
    else:
        await work.send(*notices.approved(leave, roster))
    return notices.submitted(leave)


def _facts(values: Values, found: list[str]) -> Facts:
    papers: list[Paper] = values.get("papers") or []
    span: HalfDaySpan = values["span"]
    return Facts(
        kind=LeaveKind(values["kind"]),
        start=span.start,
        start_half=span.start_half,
        end=span.end,
        end_half=span.end_half,
        place=values["place"],
        reason=values["reason"],
        acting=values["acting"],
        phone=values["phone"],
        urgent_reason=values.get("urgent_reason") or "",
        abroad_approval=values.get("abroad_approval") or "",
        papers=[LeavePaper(paper.file_id, paper.name, paper.size, paper.photo) for paper in papers],
        remarks=found,
    )


def _summary(leave: Leave) -> dict[str, str]:
    """What the audit keeps of a report: never the reason, the place or the phone."""
    return {
        "kind": leave.kind,
        "span": span_of(leave),
        "acting": leave.acting.titled if leave.acting else "",
        "papers": str(len(leave.papers)),
        "route": " → ".join(approval.approver.titled for approval in leave.approvals),
    }


LEAVE = Form(
    name="leave",
    title="请假报告",
    word="请假",
    aliases=("请假报告", "外出报告"),
    fields=(
        Choice(
            "kind",
            "类别",
            ask="请选择请假类别。",
            example="出差",
            aliases=("类型", "请假类别"),
            options=tuple(LeaveKind),
            synonyms=WRITTEN_KINDS,
            roughly=NEAREST_KINDS,
            default=lambda scene: kind_meant(scene.values.get("reason") or ""),
        ),
        Text(
            "abroad_approval",
            "外事批号",
            ask="外事部门批准的文号是什么？",
            hint="出访、出国出境须先办理外事审批。",
            example="外审〔2026〕12号",
            aliases=("外事批准文号", "外事审批号", "外事批件号", "批准文号", "批件号", "外事审批文号"),
            longest=60,
            shown=_overseas,
            check=_numbered,
        ),
        ReportedSpanField(
            "span",
            "时间",
            ask="外出从哪天到哪天？",
            example="{day}至{end}",
            aliases=("起止时间", "行止日期", "日期"),
        ),
        Text(
            "urgent_reason",
            "紧急理由",
            ask="报告晚于规定时间，属紧急外出，请书面说明理由。",
            example="接省里通知，明天上午参加紧急会议",
            aliases=("紧急外出", "紧急原因"),
            longest=200,
            shown=_late,
        ),
        Place("place", "地点", ask="去哪里？", example="济南", aliases=("去向", "目的地"), longest=100),
        Text(
            "reason",
            "事由",
            ask="外出事由是什么？",
            example="参加全省财政工作会议",
            aliases=("原因", "理由"),
            longest=300,
        ),
        OfficialField(
            "acting",
            "主持",
            ask="外出期间由谁代为主持工作？",
            hint="本单位的同志；区领导由其他副区长补位。",
            aliases=("代为主持", "代为主持工作", "主持工作", "补位", "代理"),
            optional=True,
            default=_acting,
            unasked=True,
            among=lambda scene: stand_ins(scene.official, scene.roster),
        ),
        Phone(
            "phone",
            "电话",
            ask="外出期间的联系电话？",
            hint="须保证24小时能随时取得联系。",
            example="13800000000",
            aliases=("手机", "联系电话"),
            default=lambda scene: scene.official.phone or None,
            unasked=True,
        ),
        Files(
            "papers",
            "材料",
            ask="这次外出须附材料，请发来有关通知、方案及日程安排。",
            hint=f"发完请点「发完了」。{cite(77)}",
            aliases=("附件", "通知、方案及日程安排"),
            shown=_long,
        ),
    ),
    check=_check,
    preview=_preview,
    submit=_submit,
    around=around,
    matter=Leave,
    from_matter=as_before,
)
