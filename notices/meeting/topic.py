"""The topics of a meeting and their gates (art. 52-54), as units, office and mayor hear of them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from markupsafe import Markup

from notices.card import headline
from notices.meeting.card import titled
from notices.meeting.count import keepers
from notices.meeting.excuse import which
from notices.meeting.late_topic import LAY, button, people_of, settled, way
from notices.notice import Button, Notice, Rows
from rules.articles import cite
from rules.countersign.legal import worth_asking
from rules.countersign.matter import Countersign
from rules.dates.reading import moment_words
from rules.meeting.gates import Deadlines, behind, last_day
from rules.meeting.matter import Meeting
from rules.meeting.topic import Gate, GateKind, LateState, Topic
from rules.roster import Official, Roster
from rules.working_days import Calendar, shanghai_day

TOPICS, TOPIC, DATES, BEHIND, LEGAL, REVIEWED = "topics", "topic", "dates", "behind", "legal", "reviewed"
GATES: Final = tuple(GateKind)
TICKED: Final = {
    GateKind.MATERIALS: "材料已送审",
    GateKind.MAYOR: "已报区长、已印制",
    GateKind.COMMITTEE: "已报区委、已送达",
}


# ---------------------------------------------------------------- one topic


def topic_card(meeting: Meeting, topic: Topic, *, unit: bool) -> str:
    """The name of the card of those who run the meeting, or of the reporting unit's."""
    return f"meeting:{meeting.id}:topic:{topic.id}" + (":unit" if unit else "")


def text(
    meeting: Meeting,
    topic: Topic,
    sheet: Countersign | None,
    deadlines: Deadlines,
    calendar: Calendar,
    today: date,
) -> Markup:
    """The same from what is given."""
    lines = [
        headline("", f"议题{topic.number}“{topic.title}”", "", "" if meeting.live else meeting.state),
        Markup("会议：{}").format(which(meeting)),
    ]
    if topic.unit:
        lines.append(Markup("汇报单位：{}").format(topic.unit.name))
    if not meeting.live:
        return Markup("\n").join(lines)
    lines += _late(topic)
    lines += _countersign(topic, sheet)
    lines += _legal(topic)
    lines += [_gate_line(meeting, gate, deadlines, calendar, today) for gate in topic.gates]
    if topic.gates:
        lines.append(Markup("{}").format(cite(54)))
    return Markup("\n").join(lines)


def _late(topic: Topic) -> Iterator[Markup]:
    late = topic.admission
    if late is None:
        return
    if late.state is LateState.PENDING and not late.reason:
        yield Markup(
            "<b>临时议题</b>：已不足会前10个工作日，除特殊情况外不受理；确需列入的，写明理由报区长审定。"
        )
        return
    yield Markup("<b>临时议题</b>：{}").format(settled(topic) or way(topic) or late.state)
    if late.reason:
        yield Markup("理由：{}").format(late.reason)


def _countersign(topic: Topic, sheet: Countersign | None) -> Iterator[Markup]:
    """What art. 53 wants, and what is against it."""
    against = behind(topic, sheet)
    which_one = f"{topic.countersign_id}号《{sheet.title}》" if sheet else ""
    if not against:
        yield Markup("✅ 会签{}：意见一致，可以提交会议").format(which_one)
        return
    yield Markup("⚠️ 会签{}：{}").format(which_one, "；".join(against))
    if sheet is not None:
        yield Markup("未协商一致的议题，原则上不提交会议研究。{}").format(cite(53))
    else:
        yield Markup("会前应书面征求相关部门意见并协调一致。{}").format(cite(53))


def _legal(topic: Topic) -> Iterator[Markup]:
    if topic.legal_at and topic.legal_by:
        at = moment_words(topic.legal_at)
        yield Markup("✅ 合法性审查：已通过，{}于{}登记").format(topic.legal_by.name, at)
    elif topic.legal:
        yield Markup("⬜ 合法性审查：未完成")
    elif worth_asking(topic.title):
        yield Markup("从题名看可能是规范性文件或合同，请核对是否须合法性审查。")


def _gate_line(meeting: Meeting, gate: Gate, deadlines: Deadlines, calendar: Calendar, today: date) -> Markup:
    label = deadlines[gate.kind].label if deadlines[gate.kind].day == gate.due else short(gate.due)
    if gate.done_at and gate.done_by:
        late = "，逾期" if shanghai_day(gate.done_at) > last_day(gate, meeting, calendar) else ""
        return Markup("✅ {}：{}于{}登记{}").format(
            gate.kind, gate.done_by.name, moment_words(gate.done_at), late
        )
    if today > last_day(gate, meeting, calendar):
        return Markup("⚠️ {}：应于{}前，已逾期").format(gate.kind, label)
    if today > gate.due:
        return Markup("⬜ {}：{}已到，请抓紧，至迟{}").format(
            gate.kind, label, calendar.before(meeting.day, 1).label
        )
    return Markup("⬜ {}：{}前").format(gate.kind, label)


def short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def buttons(meeting: Meeting, topic: Topic, *, unit: bool, late: bool) -> Rows:
    """What the office may tick off; of the reporting unit only that it has briefed the mayor.

    `late` says that the date for the materials is over: the office may lay it before the mayor.
    """
    if not meeting.live:
        return ()
    rows: list[tuple[Button, ...]] = []
    open_gates = [
        gate for gate in topic.gates if gate.open and not (unit and gate.kind is not GateKind.MAYOR)
    ]
    if topic.late is LateState.PENDING:
        if not unit:
            rows.append((button(meeting, topic, "报区长审定", LAY),))
        return tuple(rows)
    rows += [
        (Button(TICKED[gate.kind], f"meeting:{meeting.id}:gate:{topic.id}:{GATES.index(gate.kind)}"),)
        for gate in open_gates
    ]
    more = [button(meeting, topic, "选会签", BEHIND)]
    if not unit and topic.legal_at is None:
        more.append(
            button(meeting, topic, "已通过合法性审查", REVIEWED)
            if topic.legal
            else button(meeting, topic, "须合法性审查", LEGAL)
        )
    rows.append(tuple(more))
    gate = topic.gate(GateKind.MATERIALS)
    if not unit and topic.late is None and late and gate is not None and gate.open:
        rows.append((button(meeting, topic, "按临时议题报区长", LAY),))
    if topic.gates:
        rows.append((button(meeting, topic, "期限怎么算", DATES),))
    return tuple(rows)


def explained(meeting: Meeting, topic: Topic, deadlines: Deadlines, to: Official) -> Notice:
    """How the three dates were counted."""
    lines = [headline("", f"议题“{topic.title}”的期限怎么算")]
    lines += [
        Markup("{}：{}").format(gate.kind, deadlines[gate.kind].explain("会议当日")) for gate in topic.gates
    ]
    return Notice(to, Markup("\n").join([*lines, Markup("{}").format(cite(54))]), subject=meeting.title)


# ---------------------------------------------------------------- reminded


def remind(
    meeting: Meeting,
    due: Iterable[tuple[Topic, Gate]],
    against: Mapping[Topic, list[str]],
    deadlines: Deadlines,
    today: date,
    roster: Roster,
) -> list[Notice]:
    """The dates of today and of the next working day: to each unit its own, to the office all."""
    by_person: dict[Official, list[tuple[Topic, Gate]]] = {}
    for topic, gate in due:
        for one in dict.fromkeys([*people_of(topic, roster), *keepers(meeting, roster)]):
            by_person.setdefault(one, []).append((topic, gate))
    notices = []
    for one, gates in by_person.items():
        topics = list(dict.fromkeys(topic for topic, _ in gates))
        lines = [titled(meeting, "请按期办理议题")]
        for topic in topics:
            lines.append(Markup("{}").format(topic.numbered))
            for other, gate in gates:
                if other is topic:
                    when = "今天到期" if gate.due == today else f"{deadlines[gate.kind].label}到期"
                    lines.append(Markup("· {}：{}").format(gate.kind, when))
            if against.get(topic):
                lines.append(Markup("· 会签：{}").format("；".join(against[topic])))
        lines.append(Markup("{}").format(cite(53, 54) if any(against.get(t) for t in topics) else cite(54)))
        rows = tuple((button(meeting, topic, f"议题{topic.number}", TOPIC),) for topic in topics)
        notices.append(Notice(one, Markup("\n").join(lines), rows, subject=f"{meeting.title}议题期限"))
    return notices


# ---------------------------------------------------------------- the office's card


def topics_button(meeting: Meeting) -> Rows:
    """[议题], where there are any to see to."""
    if not (meeting.formal and meeting.live and meeting.topics):
        return ()
    return ((Button("议题", f"meeting:{meeting.id}:{TOPICS}"),),)
