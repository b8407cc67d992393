"""请假 from a meeting (art. 55): why, in writing where it has to be, and who decides."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from handlers.context import Route
from handlers.forms.kinds import Form, asks
from handlers.taps import Tap, on_tap
from matters.meeting import count
from matters.meeting import excuse as excuse_matter
from matters.meeting.chair import settle_chair
from matters.meeting.excuse_paper import sent
from matters.meeting.show import redraw_own
from matters.meeting.silence import reschedule
from matters.meeting.tell import ask_again
from matters.meeting.todo import EXCUSE
from notices.card import NOTING
from notices.meeting import excuse as notices
from notices.meeting import overtaken
from notices.meeting.told import out_of_calendar
from notices.notice import Notice
from rules.fields import Files, Text, reason
from rules.fields.base import Scene
from rules.forms import Values
from rules.meeting.attendance import Attendee
from rules.meeting.excuse import AFTERWARDS, ExcuseState
from rules.meeting.excusing import article_of, hand_in, may_report, must_write, new_excuse, on_paper
from rules.meeting.matter import Meeting
from rules.meeting.reply import ask_excuse, decide_excuse, may_ask_excuse, may_decide_excuse
from rules.refused import Refused
from rules.roster import Official
from storage.queries.absence import absences, decides_for
from storage.queries.meeting.meetings import attendee_of, with_excuses
from storage.unit_of_work import UnitOfWork

_DECISIONS = {
    notices.GRANT: ExcuseState.GRANTED,
    notices.DENY: ExcuseState.DENIED,
    notices.RATIFY: ExcuseState.RATIFIED,
    notices.VOID: ExcuseState.VOID,
}

# ---------------------------------------------------------------- asking


async def begin(tap: Tap[Meeting]) -> None:
    """They have tapped 请假: ask for the reason, and for the report where art. 55 wants it in writing."""
    place = may_ask_excuse(tap.matter, tap.official, tap.work.acted_at)
    hidden: dict[str, Any] = {"meeting": tap.matter.id, "written": must_write(tap.matter, place)}
    if place.excuse is not None:  # it was denied: what was said then is proposed again
        hidden["before"] = place.excuse.reason
    await tap.begin(asking_excuse, hidden)


def _said(meeting: Meeting, place: Attendee) -> Markup:
    excuse = place.excuse
    if excuse is None or excuse.holder is None:
        return Markup("已登记：不能出席{}，已告知区政府办公室。").format(meeting.title)
    whom = excuse.holder.titled
    if excuse.report_missing:
        line = Markup("已向{}请假：{}。\n书面请假报告未交，收到后才能准假，请在会议卡片上点「写请假报告」。")
        return line.format(whom, meeting.title)
    return Markup("已向{}请假：{}。").format(whom, meeting.title)


async def asked(work: UnitOfWork, meeting: Meeting, attendee: Attendee) -> None:
    """An excuse was entered: whoever decides has the card, the office and the mayor what they are to know.

    By the person themselves, confirmed as prepared, or recorded by the office.
    """
    excuse = attendee.excuse
    if excuse is None:
        return
    await work.flush()
    roster = await work.roster()
    if excuse.decider is not None and excuse.state is ExcuseState.PENDING:
        if not excuse.report_missing:
            excuse.ask(work.now)
        stand_in = await EXCUSE.lay(work, meeting, excuse)
        await EXCUSE.ask(work, meeting, excuse, "")
        await reschedule(work, meeting)
        if stand_in and stand_in.official:
            await redraw_own(work, meeting, attendee)  # it names who decides instead
    if meeting.formal and notices.leads(attendee.official):
        await work.send(*notices.told(meeting, attendee, excuse, roster.desk))
    await settle_chair(work, meeting, attendee.official)
    if meeting.formal and meeting.summarised_at is not None:
        await _add(work, meeting, attendee)


async def _add(work: UnitOfWork, meeting: Meeting, attendee: Attendee) -> None:
    """After the summary one more (补报), to the mayor or who stands in, unless the card is theirs anyway."""
    excuse, mayor = attendee.excuse, (await work.roster()).mayor
    if excuse is None or mayor is None or mayor is attendee.official:
        return
    stand_in = await decides_for(work, mayor, attendee.official, "meeting")
    to = (stand_in.official if stand_in else None) or mayor
    if to is not excuse.holder:
        await work.send(notices.added(meeting, attendee, excuse, to))


# ---------------------------------------------------------------- the written report


def _written(values: Values) -> bool:
    return bool(values.get("written")) and not values.get("file")


def _as_reason(scene: Scene) -> str | None:
    return scene.values.get("reason")


_why = reason("事由", "请写一句请假事由。", "赴省参加财政工作会议")
_FILE = Files("file", "报告", most=1, optional=True, shown=lambda _: False)


def _enter_report(
    work: UnitOfWork, meeting: Meeting, official: Official, place: Attendee, values: Values
) -> bool:
    """Whatever report the form holds; False if it holds none."""
    papers, text = values.get("file") or [], values.get("report") or ""
    if not papers and not text:
        return False
    file = (papers[0].file_id, papers[0].name, papers[0].photo) if papers else None
    hand_in(meeting, official, place, work.now, text="" if file else text, file=file)
    return True


async def _report_is_in(work: UnitOfWork, meeting: Meeting, place: Attendee) -> None:
    """The cards say so, and whoever decides has it."""
    await excuse_matter.redraw(work, meeting, place)
    await redraw_own(work, meeting, place)
    await count.answered(work, meeting)
    if place.excuse is not None and place.excuse.holder is not None:
        await work.send(*await sent(work, meeting, place, place.excuse.holder))


@on_tap("meeting:<id>:report|paper|show:<attendee>", Meeting)
async def written(tap: Tap[Meeting]) -> str:
    """[写请假报告] on the own card; [已收纸质报告] and [看请假报告] on the card of who decides."""
    return await _WRITTEN[tap.act](tap, attendee_of(tap.matter, tap["attendee"]))


async def _write(tap: Tap[Meeting], place: Attendee) -> str:
    excuse = may_report(tap.matter, tap.official, place)
    await tap.begin(handing_in, {"meeting": tap.matter.id, "written": True, "reason": excuse.reason})
    return "请在下方写明，或直接发报告文件。"


async def _on_paper(tap: Tap[Meeting], place: Attendee) -> str:
    work, official, meeting = tap.work, tap.official, tap.matter
    on_paper(meeting, official, place, work.now)
    await work.note(
        official,
        "meeting.report",
        f"meeting:{meeting.id}",
        article=55,
        detail={"for": place.official.titled, "source": "纸质"},
    )
    await excuse_matter.redraw(work, meeting, place)
    await redraw_own(work, meeting, place)
    await count.answered(work, meeting)
    return "已登记收到纸质报告。"


async def _show(tap: Tap[Meeting], place: Attendee) -> str:
    work, official, meeting, excuse = tap.work, tap.official, tap.matter, place.excuse
    stand_in = await _stand_in(work, place)
    deciders = (excuse.decider, stand_in, excuse.decided_by) if excuse else ()
    if official not in deciders and not meeting.manages(official):
        raise Refused("书面请假报告只发给审批人和区政府办公室。", 55)
    await work.send(*await sent(work, meeting, place, official))
    return ""


_WRITTEN: dict[str, Callable[[Tap[Meeting], Attendee], Awaitable[str]]] = {
    notices.REPORT: _write,
    notices.PAPER: _on_paper,
    notices.SHOW: _show,
}


@on_tap("meeting:<id>:reports", Meeting)
async def reports(tap: Tap[Meeting]) -> str:
    """[书面报告（2份）] on the office's card: all of them as files."""
    work, official, meeting = tap.work, tap.official, tap.matter
    meeting.may_manage(official)
    for one in meeting.attendees:
        await work.send(*await sent(work, meeting, one, official))
    return ""


# ---------------------------------------------------------------- deciding


@on_tap("meeting:<id>:grant|grant_noting|deny|ratify|void:<attendee>", Meeting)
async def decide(tap: Tap[Meeting]) -> str:
    """[准假] [不准假], later [追认] [作废]: whoever art. 55 names, or who stands in for them."""
    work, official, meeting = tap.work, tap.official, tap.matter
    place = attendee_of(meeting, tap["attendee"])
    if tap.act.endswith(NOTING):
        may_decide_excuse(meeting, official, place, await _stand_in(work, place))
        await tap.begin(noting, {"meeting": meeting.id, "attendee": place.id})
        return "请在下方写一句附言。"
    return await _enter(work, official, meeting, place, tap.act)


@asks(
    "meeting.grant",
    "准假的附言",
    reason("附言", "请写一句附言，本人看得到。", "请派副职列席", phrases="agree"),
)
async def noting(work: UnitOfWork, official: Official, values: Values) -> Markup:
    """准假 with a line that the one who asked reads."""
    meeting = await work.lock(Meeting, values["meeting"])
    place = attendee_of(meeting, values["attendee"])
    return Markup(await _enter(work, official, meeting, place, notices.GRANT, values["reason"]))  # noqa: S704 - our own words


async def _enter(
    work: UnitOfWork, official: Official, meeting: Meeting, place: Attendee, act: str, comment: str = ""
) -> str:
    state, stand_in = _DECISIONS[act], await _stand_in(work, place)
    excuse = decide_excuse(
        meeting, official, place, state, work.now, comment, stand_in=stand_in, acted_at=work.acted_at
    )
    await work.note(
        official,
        f"meeting.{act}",
        f"meeting:{meeting.id}",
        article=article_of(meeting),
        acting_for=None if official is excuse.decider else excuse.decider,
        detail={"for": place.official.titled},
        undo="准假" if state is ExcuseState.GRANTED else "不准假",
    )
    await excuse_matter.redraw(work, meeting, place)
    await redraw_own(work, meeting, place)
    if state in AFTERWARDS:
        await work.send(overtaken.settled(meeting, place, excuse))
    elif state is ExcuseState.GRANTED:
        await work.send(notices.granted(meeting, place, excuse), *out_of_calendar(meeting, place, work.now))
        await settle_chair(work, meeting, place.official)
    else:
        await ask_again(work, meeting, place, notices.denied(meeting, excuse))
    await count.answered(work, meeting)
    return f"已{excuse.outcome}。"


async def _stand_in(work: UnitOfWork, place: Attendee) -> Official | None:
    """Who may decide in the place of the one named, at this moment."""
    if place.excuse is None or place.excuse.decider is None:
        return None
    stand_in = await decides_for(work, place.excuse.decider, place.official, "meeting")
    return stand_in.official if stand_in else None


async def todo(work: UnitOfWork, official: Official) -> list[Notice]:
    """The excuses that wait for this official's decision."""
    now = await absences(work)
    found = await with_excuses(work, {official.id, *(absent.id for absent in now.absent)})
    return [
        notices.to_decide(meeting, one, excuse, official).wanted(meeting.start)
        for meeting in found
        for one in meeting.attendees
        if (excuse := one.excuse) is not None
        and excuse.state is ExcuseState.PENDING
        and excuse.decider is not None
        and now.may_decide(official, excuse.decider, one.official, "meeting")
    ]


def _report_field(ask: str, *, optional: bool) -> Text:
    return Text(
        "report",
        "请假报告",
        ask=ask,
        hint="写好后由系统套成书面报告，送区政府办公室。",
        example="因赴省参加财政工作会议，不能列席",
        longest=1000,
        multiline=True,
        optional=optional,
        default=_as_reason,
        shown=_written,
    )


@asks(
    "meeting.excuse",
    "会议请假",
    replace(_why, default=lambda scene: scene.values.get("before")),
    _FILE,
    _report_field(
        "还须交书面请假报告（第五十五条）。请写正文，或直接发报告文件；也可以稍后再交。",
        optional=True,
    ),
)
async def asking_excuse(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    meeting = await work.lock(Meeting, values["meeting"])
    place = meeting.place_of(official)
    before = place.excuse
    excuse = new_excuse(meeting, place, values["reason"], await work.roster(), work.acted_at)
    ask_excuse(meeting, official, excuse, work.acted_at)
    if excuse.written:
        _enter_report(work, meeting, official, place, values)
    subject, article = f"meeting:{meeting.id}", article_of(meeting)
    await work.note(official, "meeting.excuse", subject, article=article, undo="请假")
    if before is not None:
        await excuse_matter.withdrawn(work, meeting, place, before)
    await asked(work, meeting, place)
    await redraw_own(work, meeting, place)
    await work.send(*out_of_calendar(meeting, place, work.now))
    await count.answered(work, meeting)
    return _said(meeting, place)


@asks(
    "meeting.report",
    "书面请假报告",
    _FILE,
    _report_field("请写书面请假报告的正文，或直接发报告文件。", optional=False),
)
async def handing_in(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
    meeting = await work.lock(Meeting, values["meeting"])
    place = meeting.place_of(official)
    _enter_report(work, meeting, official, place, values)
    await work.note(official, "meeting.report", f"meeting:{meeting.id}", article=55)
    await _report_is_in(work, meeting, place)
    excuse = place.excuse
    whom = excuse.holder.titled if excuse and excuse.holder else "区政府办公室"
    return Markup("书面请假报告已交，现送{}审批。").format(whom)


FORMS: tuple[Form, ...] = (asking_excuse, handing_in, noting)
ROUTES: list[Route] = [
    decide,
    written,
    reports,
]
