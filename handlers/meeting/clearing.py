"""Clearing a department's district-wide meeting (art. 58): 审核通过, 退回, 同意, 不同意; 撤回, 修改."""

from markupsafe import Markup

from handlers.context import Route
from handlers.forms.kinds import Form, asks
from handlers.meeting.calling import send_out
from handlers.meeting.form import MEETING
from handlers.meeting.plan import refill
from handlers.taps import Tap, on_tap
from matters.meeting import clearing
from notices.card import NOTING
from notices.meeting import clearing as notices
from notices.meeting.clearing import VERDICTS
from notices.notice import Notice
from rules.fields import reason
from rules.forms import Values
from rules.meeting.clearance import GOOD, Verdict
from rules.meeting.clearing import clear, hand_back, may_clear, take_back
from rules.meeting.matter import Meeting, MeetingState
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official
from storage.queries.absence import absences, decides_for
from storage.queries.meeting.meetings import waiting_for
from storage.unit_of_work import UnitOfWork


@on_tap("meeting:<id>:pass|pass_noting|send_back|agree|agree_noting|decline:<position>", Meeting)
async def decide(tap: Tap[Meeting]) -> str:
    """Somebody at the desk, or the vice mayor in charge, decides; a refusal asks for a line of reason."""
    work, official, meeting = tap.work, tap.official, tap.matter
    verdict, position = VERDICTS[tap.act.removesuffix(NOTING)], tap["position"]
    step = may_clear(meeting, official, position, await _stand_in(work, meeting))
    _of_step(step.approver is None, verdict)
    if verdict not in GOOD or tap.act.endswith(NOTING):
        hidden = {"meeting": meeting.id, "position": position}
        await tap.begin(REASONS[verdict], hidden)
        return "请在下方写明意见。"
    await _enter(work, official, meeting, position, verdict)
    return f"已{verdict}。"


def _of_step(by_office: bool, verdict: Verdict) -> None:
    """Each step has its own two words."""
    if by_office != (verdict in (Verdict.PASSED, Verdict.SENT_BACK)):
        raise Refused("这张卡片已经失效，请发「待办」查看最新事项。")


async def _stand_in(work: UnitOfWork, meeting: Meeting) -> Official | None:
    step = meeting.waiting
    if step is None or step.approver is None:
        return None
    stand_in = await decides_for(work, step.approver, meeting.called_by, "meeting")
    return stand_in.official if stand_in else None


async def _enter(
    work: UnitOfWork, official: Official, meeting: Meeting, position: int, verdict: Verdict, comment: str = ""
) -> None:
    stand_in, before = await _stand_in(work, meeting), tuple(meeting.clearances)
    step = clear(meeting, official, position, verdict, work.now, comment, stand_in=stand_in)
    await work.note(
        official,
        f"meeting.{verdict.name.lower()}",
        f"meeting:{meeting.id}",
        article=58,
        acting_for=step.approver if step.approver not in (None, official) else None,
        detail={"comment": comment},
        undo=str(verdict),
    )
    cleared = meeting.state is MeetingState.DRAFT
    late = meeting.obstacle_to_calling(work.now) if cleared else ""  # its time came while it was on its way
    if late:
        hand_back(meeting)
    elif cleared:
        await send_out(work, meeting, meeting.called_by)
    await clearing.bring_up_to_date(work, meeting, before)
    await clearing.ask(work, meeting)
    if late:
        await work.send(notices.for_asker(meeting, f"会议已获批准，但通知没有发出：{late}"))
    else:
        await work.send(notices.told(meeting, step))
    if step.approver is not None:
        await work.send(*notices.to_desk(meeting, step, await work.roster()))


def _reason(verdict: Verdict, question: str, phrases: str) -> Form:
    @asks(
        f"meeting.{verdict.name.lower()}",
        f"{verdict}的意见",
        reason("意见", question, "请与年度工作会议合并召开", phrases=phrases),
    )
    async def form(work: UnitOfWork, official: Official, values: Values) -> Markup | None:
        meeting = await work.lock(Meeting, values["meeting"])
        await _enter(work, official, meeting, values["position"], verdict, values["reason"])
        return Markup("已{}：{}。").format(verdict, meeting.title)

    return form


REASONS = {verdict: _reason(verdict, "请写一句附言，提出单位看得到。", "agree") for verdict in GOOD} | {
    Verdict.SENT_BACK: _reason(Verdict.SENT_BACK, "请写一句退回的意见。", "give_back"),
    Verdict.DECLINED: _reason(Verdict.DECLINED, "请写一句不同意的理由。", "decline"),
}


@on_tap("meeting:<id>:take_back|revise", Meeting)
async def own(tap: Tap[Meeting]) -> str:
    """撤回 and 修改 by who asked."""
    work, official, meeting = tap.work, tap.official, tap.matter
    if tap.act == notices.TAKE_BACK:
        before = tuple(meeting.clearances)
        take_back(meeting, official)
        await work.note(official, "meeting.take_back", f"meeting:{meeting.id}", article=58, undo="撤回")
        await clearing.bring_up_to_date(work, meeting, before)
        return "已撤回。"
    if official is not meeting.called_by or meeting.state is not MeetingState.SENT_BACK:
        raise Refused("只有提出的同志可以修改退回的会议。")
    await tap.begin(MEETING, refill(meeting))
    return ""


async def todo(work: UnitOfWork, official: Official) -> list[Notice]:
    """What waits for their clearance, themselves or in somebody's place, and their own that was sent back."""
    now = await absences(work)
    ids = {official.id, *(absent.id for absent in now.absent)}
    cards = []
    for meeting in await waiting_for(work, ids):
        step = meeting.waiting
        if step is None or official is meeting.called_by or meeting.orphaned:
            continue
        if step.approver is None:
            mine = official.role in OFFICE_DESK
        else:
            mine = now.may_decide(official, step.approver, meeting.called_by, "meeting")
        cards += [notices.asked(meeting, step, official).wanted(meeting.start)] if mine else []
    return cards


FORMS: tuple[Form, ...] = tuple(REASONS.values())
ROUTES: list[Route] = [
    decide,
    own,
]
