"""A department's district-wide meeting on its way to be cleared (art. 58), for all whom it concerns."""

from collections.abc import Iterator

from markupsafe import Markup

from notices.capacity import Word, above
from notices.card import (
    BACK,
    DONE,
    REFUSED,
    asks,
    beside,
    copy_of,
    labelled,
    mark_of,
    named,
    progress,
    step_of,
    under,
)
from notices.form_buttons import report_again
from notices.meeting.card import agenda, head, titled
from notices.meeting.draft import list_lines
from notices.notice import Button, Notice, Rows
from rules.articles import cite
from rules.meeting.clearance import Clearance, Step, Verdict
from rules.meeting.clearing import REPEATABLE
from rules.meeting.matter import Meeting, MeetingState
from rules.meeting.succession import meeting_left
from rules.roster import Official, Role, Roster

PASS, SEND_BACK, AGREE, DECLINE = "pass", "send_back", "agree", "decline"
TAKE_BACK, REVISE, GIVE_UP = "take_back", "revise", "give_up"
VERDICTS = {
    PASS: Verdict.PASSED,
    SEND_BACK: Verdict.SENT_BACK,
    AGREE: Verdict.AGREED,
    DECLINE: Verdict.DECLINED,
}


def step_card(meeting: Meeting, step: Clearance, holder: Official | None = None) -> str:
    """The name of the card of one step; a stand-in's copies have a name of their own."""
    return copy_of(f"meeting:{meeting.id}:clear:{step.position}", step.approver, holder)


def asker_card(meeting: Meeting) -> str:
    """The name of the card of the one who asks."""
    return f"meeting:{meeting.id}:asked"


def text(meeting: Meeting, wanted: str = "") -> Markup:
    """The whole meeting, why it has to be cleared, and how far it has got or what is `wanted`."""
    unit = meeting.unit.name if meeting.unit else ""
    lines = [
        head(meeting, state=wanted or state_words(meeting)),
        Markup("主办：{}（{}）").format(unit, meeting.in_name),
        *agenda(meeting.topics),
        *list_lines(meeting),
        *(Markup("⚠️ {}").format(remark) for remark in meeting.remarks),
        *_grounds(meeting),
        *_trail(meeting),
        *([Markup("召开单位已撤并，待区政府办公室明确承接单位。")] if meeting_left(meeting) else []),
    ]
    return Markup("\n").join(lines)


def asked_text(meeting: Meeting, step: Clearance, to: Official | None) -> Markup:
    """The same for who is to clear it, with what `to` has said on it already in this round."""
    if step is not meeting.waiting:
        return text(meeting)
    if step.approver is None:
        return text(meeting, asks("审核"))
    begun = max(one.position for one in meeting.clearances if one.step is Step.OFFICE)
    words = (
        Word(one.decided_by, one.approver or one.decided_by.unit, one.decided_at, one.verdict)
        for one in meeting.clearances
        if one.position >= begun and one.decided_by is not None
    )
    return above(text(meeting, asks("审批", to, step.approver)), to, step.approver, "审批", words)


def state_words(meeting: Meeting) -> str:
    """Where it stands, in a few words."""
    return f"待{named(meeting.waiting.holder)}审批" if meeting.waiting else str(meeting.state)


def _grounds(meeting: Meeting) -> Iterator[Markup]:
    if meeting.grounds:
        yield Markup("须报区政府分管领导审批{}：").format(cite(58))
        yield from (Markup("· {}").format(ground) for ground in meeting.grounds)
    else:
        yield Markup("经区政府办公室审核后召开。{}").format(cite(58))


_MARKS = {
    None: "",
    Verdict.PASSED: DONE,
    Verdict.AGREED: DONE,
    Verdict.SENT_BACK: BACK,
    Verdict.DECLINED: REFUSED,
}


def _trail(meeting: Meeting) -> Iterator[Markup]:
    asked = meeting.clearances
    steps = [step_of(one, _MARKS[one.verdict], waits=one is meeting.waiting) for one in asked]
    yield Markup("审批：{}").format(progress(steps))
    for one in asked:
        yield from labelled(f"{one.by}意见", one.comment)


def step_buttons(meeting: Meeting, step: Clearance, holder: Official | None = None) -> Rows:
    """[审核通过] [退回] for the office, [同意] [不同意] for the vice mayor; a stand-in's are marked 代."""
    if step is not meeting.waiting or meeting.orphaned:
        return ()
    mark = mark_of(step.approver, holder)
    acts = (PASS, SEND_BACK) if step.approver is None else (AGREE, DECLINE)
    row = tuple(
        Button(f"{VERDICTS[act]}{mark}", f"meeting:{meeting.id}:{act}:{step.position}") for act in acts
    )
    return (row, beside(row[0], acts[0], step_card(meeting, step)))


def asker_buttons(meeting: Meeting) -> Rows:
    """[撤回] while it waits, [修改] [放弃] once it was sent back."""
    acts: tuple[tuple[str, str], ...] = ()
    if meeting.state is MeetingState.PENDING:
        acts = (("撤回", TAKE_BACK),)
    elif meeting.state is MeetingState.SENT_BACK:
        acts = (("修改", REVISE), ("放弃", GIVE_UP))
    elif meeting.state in REPEATABLE:
        return report_again("meeting", meeting.id)
    return (tuple(Button(word, f"meeting:{meeting.id}:{act}") for word, act in acts),) if acts else ()


def asked(meeting: Meeting, step: Clearance, to: Official, why: str = "") -> Notice:
    """The card of the step for whose turn it is."""
    holder = to if step.approver is not None else None
    shown = asked_text(meeting, step, to)
    return Notice(
        to,
        under(why, shown),
        step_buttons(meeting, step, holder),
        subject=f"{meeting.title}待审批",
        card=step_card(meeting, step, holder),
        until=meeting.start,
        replaces=tuple(
            step_card(meeting, one, holder) for one in meeting.clearances if one.approver is step.approver
        ),
    )


def for_asker(meeting: Meeting, why: str = "") -> Notice:
    """The asker's own card with what they may do."""
    shown = text(meeting)
    return Notice(
        meeting.called_by,
        under(why, shown),
        asker_buttons(meeting),
        subject=f"{meeting.title}报批",
        card=asker_card(meeting),
    )


def lapsed(meeting: Meeting, asked: Official | None, roster: Roster) -> list[Notice]:
    """To the asker, the desk and whoever was `asked`: its hour has come, and it was never cleared."""
    line = Markup("{}\n{}").format(titled(meeting, "到时未批准，已退回"), cite(58))
    return [
        *(
            []
            if meeting.called_by.left_at
            else [for_asker(meeting, "到了开会时间仍未批准；确需召开的，请修改时间后重新报批。")]
        ),
        *(
            Notice(one, line, subject=f"{meeting.title}未获批准", matter=f"meeting:{meeting.id}", news=True)
            for one in dict.fromkeys([*roster.desk, *([asked] if asked else [])])
        ),
    ]


def told(meeting: Meeting, step: Clearance) -> Notice:
    """To the asker: what was decided on it, and what comes next."""
    if step.verdict is Verdict.PASSED and meeting.waiting is not None:
        return for_asker(meeting, f"区政府办公室审核通过，现报{meeting.waiting.whose}审批。")
    if step.verdict is Verdict.SENT_BACK:
        return for_asker(meeting, f"区政府办公室将会议退回：{step.comment}")
    if step.verdict is Verdict.DECLINED:
        return for_asker(meeting, f"{step.settled}：{step.comment}")
    return for_asker(meeting, "会议已获批准，通知已经发出。")


def to_desk(meeting: Meeting, step: Clearance, roster: Roster) -> list[Notice]:
    """The office hears what the vice mayor has decided."""
    line = Markup("{}\n{}。{}").format(titled(meeting, state_words(meeting)), step.settled, cite(58))
    return [
        Notice(one, line, subject=f"{meeting.title}审批结果", matter=f"meeting:{meeting.id}", news=True)
        for one in roster.desk
    ]


def silent(meeting: Meeting, step: Clearance, roster: Roster) -> list[Notice]:
    """Nothing was decided for two working days: of the vice mayor to the desk, of the desk to its head."""
    subject = f"{meeting.title}久未审批"
    if step.approver is None:
        text = Markup("{}\n送区政府办公室审核已两个工作日，尚未办理。{}").format(
            titled(meeting, "久未审核，请督促"), cite(58)
        )
        return [Notice(one, text, subject=subject) for one in roster.with_role(Role.OFFICE_DIRECTOR)]
    holder = step.holder or step.approver
    text = Markup("{}\n送{}审批已两个工作日，尚未审批。{}\n电话：{}").format(
        titled(meeting, "久未审批，请协助提醒"), step.whose, cite(58), holder.phone or "花名册未载"
    )
    return [Notice(one, text, subject=subject) for one in roster.desk if one is not holder]
