"""What nobody has decided before a meeting (art. 54, 55, 58): said when it is near, and when it has begun."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from markupsafe import Markup

from notices.card import headline, introduced
from notices.meeting.card import titled
from notices.meeting.count import keepers
from notices.meeting.excuse import excuse_card, which
from notices.meeting.late_topic import first_line, people_of
from notices.notice import Notice
from rules.articles import cite
from rules.meeting.attendance import Attendee
from rules.meeting.clearance import Clearance
from rules.meeting.excuse import Excuse, ExcuseState
from rules.meeting.excusing import article_of
from rules.meeting.matter import Meeting
from rules.meeting.topic import LateTopic, Topic
from rules.reminders import Stage
from rules.roster import Official, Roster

Near = tuple[str, Iterable[Notice]]
_COME: Final[Mapping[Stage, str]] = {
    Stage.EVE: "会议在即",
    Stage.DAY: "会议今天召开",
    Stage.OVER: "会议已开",
}


def near(meeting: Meeting, attendee: Attendee, excuse: Excuse, stage: Stage, roster: Roster) -> Near:
    """An excuse: what stands above the card, and what desk and person hear.

    On the eve the reminder of the meeting itself tells the person; the clock sends it at the same moment.
    """
    come, past = _COME[stage], stage is Stage.OVER
    asks = "追认或作废" if past else "审批"
    who = introduced(attendee.official)
    first = headline(who, f"请假不参加“{meeting.title}”", "", f"{come}，尚未审批")
    told = [
        replace(
            one, matter=excuse_card(meeting, attendee), news=False, on_card=True
        )  # the morning card says it as well
        for one in _to_desk(meeting, first, f"待{excuse.whose}{asks}", excuse.holder, roster)
        if one.to is not attendee.official
    ]
    if stage is not Stage.EVE:
        holds = "未经批准不到会的，须经追认才作请假。" if past else "获准以前，请按时参加。"
        first, ground = headline("", "您的会议请假", "", f"{come}，尚未批准"), cite(article_of(meeting))
        own = Markup("{}\n会议：{}\n待{}{}，电话{}。\n{}{}").format(
            first, which(meeting), excuse.whose, asks, _phone(excuse.holder), holds, ground
        )
        told.append(_news(meeting, attendee.official, own, "会议请假未批"))
    do = "请点「追认」或「作废」" if past else "请即办理"
    return f"{come}，这件会议请假尚未审批，{do}：", told


def settled(meeting: Meeting, attendee: Attendee, excuse: Excuse) -> Notice:
    """追认 or 作废: what it comes to for the person."""
    holds = "按请假登记。" if excuse.state is ExcuseState.RATIFIED else "不作请假，未到会的按缺席登记。"
    text = Markup("{}\n会议：{}（已开）\n{}。{}{}").format(
        headline("", "您的会议请假", "", f"已{excuse.state}"),
        which(meeting),
        excuse.done,
        holds,
        cite(article_of(meeting)),
    )
    return _news(meeting, attendee.official, text, "会议请假事后审批")


def without_report(meeting: Meeting, attendee: Attendee, excuse: Excuse, roster: Roster) -> list[Notice]:
    """The written report never came (art. 55): the excuse is void, and everybody concerned hears it once."""
    who = attendee.official
    line = Markup("{}\n会议已开，书面请假报告未交，不作请假。{}\n会议：{}")
    text, own = (
        line.format(headline(whose, "会议请假", "", "已作废"), cite(55), which(meeting))
        for whose in (introduced(who), "您的")
    )
    told = [*([excuse.holder] if excuse.holder else []), *roster.desk]
    others = [one for one in dict.fromkeys(told) if one is not who]
    return [
        _news(meeting, who, own, "会议请假作废"),
        *(_news(meeting, one, text, "会议请假作废") for one in others),
    ]


def clearance_near(meeting: Meeting, step: Clearance, stage: Stage, roster: Roster) -> Near:
    """A clearance (art. 58): what stands above the card, and what asker and desk hear."""
    first, waits = titled(meeting, f"{_COME[stage]}，尚未批准"), f"待{step.whose}办理"
    text = Markup("{}\n{}。批准以前，不能通知开会。{}").format(first, waits, cite(58))
    told = [_news(meeting, meeting.called_by, text, "会议未获批准")]
    if step.approver is not None:
        told += _to_desk(meeting, first, waits, step.holder, roster)
    return f"{_COME[stage]}，尚未审批，请即办理。", told


def late_near(meeting: Meeting, topic: Topic, late: LateTopic, stage: Stage, roster: Roster) -> Near:
    """A late topic (art. 54): what stands above the card, and what the reporting unit and the desk hear."""
    first, waits = first_line(topic, f"{_COME[stage]}，尚未审定"), f"待{late.whose}审定"
    text = Markup("{}\n{}；会前未审定的，不列入。{}\n会议：{}").format(first, waits, cite(54), which(meeting))
    told = [_news(meeting, one, text, "临时议题未审定") for one in people_of(topic, roster)]
    told += _to_desk(meeting, first, waits, late.holder, roster)
    return f"{_COME[stage]}，这项临时议题尚未审定，请即办理：", told


def not_heard(meeting: Meeting, topic: Topic, late: LateTopic, roster: Roster) -> list[Notice]:
    """The meeting has begun without the mayor's word on it: who was asked, unit and office hear it."""
    text = Markup("{}\n会前未审定。{}\n会议：{}").format(
        first_line(topic, "未列入会议"), cite(54), which(meeting)
    )
    people = [late.holder, *people_of(topic, roster), *keepers(meeting, roster)]
    told = dict.fromkeys(one for one in people if one is not None)
    return [_news(meeting, one, text, "临时议题未列入") for one in told]


def _to_desk(
    meeting: Meeting, first: Markup, waits: str, holder: Official | None, roster: Roster
) -> list[Notice]:
    text = Markup("{}\n{}，请协助提醒。\n会议：{}\n电话：{}").format(
        first, waits, which(meeting), _phone(holder)
    )
    return [_news(meeting, one, text, "会前尚未审批") for one in roster.desk if one is not holder]


def _phone(holder: Official | None) -> str:
    return (holder.phone if holder else "") or "花名册未载"


def _news(meeting: Meeting, to: Official, text: Markup, subject: str) -> Notice:
    return Notice(to, text, subject=subject, matter=f"meeting:{meeting.id}", news=True)
